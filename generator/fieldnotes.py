"""What editors say of the fields that people fill in, in both languages; names as in ``generator.model``."""

from __future__ import annotations

from collections.abc import Mapping

FIELD_NOTES: Mapping[str, Mapping[str, str]] = {
    "Sidecar": {
        "document": "文件名，不含文件夹。 File name of the document, without folder.",
        "sha256": "文件的 SHA-256，由 `duixian new` 填写；文件换了就要换。 Filled in by `duixian new`.",
        "place": "地区，按文件的写法：云溪市；须在 places.yml 里。 The place as documents print it; one of places.yml.",
        "year": "承诺所属的年份。 The year that the commitments are for.",
        "kind": "plan 计划，quarter 季度，half_year 半年，annual 全年。 A plan, or a report of that time.",
        "programmes": "文件里的一个或几个类别。 The programmes in it, one or more.",
        "title": "文件的标题，照印。 The title as printed.",
        "issuer": "发文单位，照印。 Who issued it, as printed.",
        "document_number": "文号。 Its number: 云政办发〔2024〕3号.",
        "index_number": "政府信息公开索引号。 Its number in the index of open government information.",
        "written_on": "成文日期，年-月-日。 Day on which it was written.",
        "published_on": "发布日期，年-月-日。 Day on which it was published.",
        "as_of": "报告截至哪一天，以及凭什么这样说；计划不填。 Up to when a report speaks, and the reason.",
        "url": "原网页的地址。 Address of the page that it was saved from.",
        "layout": "版式，只在认错时填。 Layout, only where detection needs help.",
        "note": "读者应当知道的事。 What readers should know about the text.",
        "ignore": "不是内容的文字，逐条写明理由。 Text that is not content, each with its reason.",
        "public": "像个人信息而该公开的文字和理由。 Text that looks private and is public, and why.",
        "corrections": "原文的错字漏字，逐条写明理由。 Misprints put right, each with its reason.",
    },
    "Part": {
        "programme": "livelihood 民生实事，key-work 重点工作，feedback 整改目标。",
        "title": "文件里这一部分开头的那一行，照印。 The printed line that opens it.",
        "expect": "你自己数出来的总数，读出的不同就拒绝。 Totals that you counted; another reading is refused.",
    },
    "Expect": {"commitments": "承诺有几条。 How many commitments there are."},
    "Stated": {
        "value": "值，日期写年-月-日。 The value; a day as 2024-06-30.",
        "reason": "凭什么这样说。 Why it is so.",
    },
    "Ignored": {
        "text": "照印的文字。 The text as printed.",
        "reason": "为什么不是内容。 Why it is no content.",
    },
    "Correction": {
        "found": "原文的字样。 What the text has.",
        "replace": "应读作什么。 What is to be read instead.",
        "reason": "凭什么这样改。 How you know.",
        "count": "原文里出现几次。 How often it stands there.",
    },
    "Place": {
        "zh": "中文全称：云溪市。 The full name in Chinese.",
        "en": "英文名。 The name in English.",
        "slug": "拼音，小写，是网址的一部分，永不改动。 In pinyin, lower case; part of addresses, never changed.",
        "kind": "province 省，city 市，district 区，county 县，functional 功能区。",
        "code": "GB/T 2260 六位代码，加引号；功能区没有。 Six digits, in quotes; a functional area has none.",
        "parent": "所在地区的 slug。 The slug of the place that it lies in.",
        "short": "文件里的其他叫法。 Other names under which documents print it.",
    },
    "AuditItem": {
        "judgement": "right 读对了，wrong 读错了，unclear 看不准。 Is it read as the source says?",
        "note": "读错时写明应为什么。 What would be right.",
    },
    "Split": {
        "home": "总站的网址，以 / 结尾。 Address of the site that leads to the parts, with a slash at its end.",
        "parts": "各个网站，互不包含。 The sites, of which none lies in another.",
        "here": "由 `duixian build --part` 填写；只放一部分内容的仓库自己写。 "
        "Filled in by the build; a repository that holds only one part says which.",
    },
    "SplitPart": {
        "place": "地区的网址名（省），见 places.yml。 Slug of the place, as in places.yml.",
        "address": "该网站的网址，以 / 结尾。 Address of its site, with a slash at its end.",
    },
}
