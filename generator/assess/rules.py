"""The rules of the assessment in one place: every threshold, with its words.

The method page is made from these records, so a threshold that changes here changes there. Nothing in this
module decides anything; ``states``, ``rates`` and ``checks`` do, with these numbers.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal


@dataclass(frozen=True)
class Threshold:
    """A number that a rule decides by. ``unit`` is ``points`` (percentage points), ``share``, ``times`` or empty."""

    code: str
    value: Decimal
    unit: str
    zh: str
    en: str


BEHIND = Threshold(
    "behind",
    Decimal(10),
    "points",
    "比已到期的官方节点少这么多个百分点或以上，记为“落后”；不到则为“按进度”",
    "this many points or more below the last official milestone that has passed is 'behind'; less is 'on schedule'",
)

FAR_BEHIND = Threshold(
    "far_behind",
    Decimal(30),
    "points",
    "比已到期的官方节点少得超过这么多个百分点，记为“严重落后”",
    "more than this many points below the last official milestone that has passed is 'far behind'",
)

AHEAD = Threshold(
    "ahead",
    Decimal(10),
    "points",
    "比已到期的官方节点多这么多个百分点或以上，记为“超前”",
    "this many points or more above the last official milestone that has passed is 'ahead'",
)

APPROXIMATE = Threshold(
    "approximate",
    Decimal("0.05"),
    "share",
    "“左右”的目标，相差不超过这个比例视为达到；超出这个比例视为超过",
    "a target with 'about' (左右) is reached within this share below it, and exceeded beyond this share above it",
)

FAR_ABOVE = Threshold(
    "far_above",
    Decimal(5),
    "times",
    "实际值达到目标的这么多倍或以上，而公布的完成率并不印证，先视为读错或口径不同，不作判断",
    "a result this many times its target or more, which no published rate confirms, is first taken for a misreading "
    "or another scope, and not judged",
)

FAR_BELOW = Threshold(
    "far_below",
    Decimal("0.001"),
    "share",
    "实际值不到目标的这个比例，先怀疑单位（万、亿、万亿）读错或印错，不作判断",
    "a result below this share of its target is first taken for a wrong unit (万, 亿, 万亿), and not judged",
)

SAME_TEXT = Threshold(
    "same_text",
    Decimal(10),
    "characters",
    "承诺文字（不计标点）到这么多个字，两处相同才算重复",
    "wordings of this many characters or more, punctuation aside, are compared when duplicates are looked for",
)

SAME_REPORT = Threshold(
    "same_report",
    Decimal(20),
    "characters",
    "进展文字（不计标点）到这么多个字，两处相同才算重复；“已全部完成”之类的短句各处都会有",
    "reports of this many characters or more are compared when duplicates are looked for; short ones are often alike",
)

SAME_MEASURE = Threshold(
    "same_measure",
    Decimal(5),
    "characters",
    "指标名称（不计动词）到这么多个字，两处相同才视为同一件事",
    "two targets are taken for one project when what they count has the same name of this many characters or more",
)

ALIKE = Threshold(
    "alike",
    Decimal("0.8"),
    "share",
    "同一清单里的两项，表述相似到这个比例，才视为同一件事",
    "two commitments of one list are taken for one project when their wordings are this much alike or more",
)

THEME_SCORE = Threshold(
    "theme_score",
    Decimal(2),
    "",
    "承诺的用词按主题加权，达到这个分数才归入该主题；都不到的不归",
    "the words of a commitment are weighed theme by theme; it is given a theme from this weight on, else none",
)

SECOND_THEME = Threshold(
    "second_theme",
    Decimal("0.6"),
    "share",
    "第二个主题的分数要达到第一个的这个比例，否则只归一个主题",
    "a second theme is given only from this share of the first one's weight on",
)

ROUNDING = Threshold(
    "rounding",
    Decimal("0.01"),
    "share",
    "后一份文件重印的目标数只是四舍五入（末位以下），且相差不超过这个比例，不算改动",
    "a target that a later document prints rounded, and no further off than this share, is not a changed one",
)

SAME_WORDS = Threshold(
    "same_words",
    Decimal("0.5"),
    "share",
    "后一份文件重印的目标，指标名称（不计动词）与原目标相似到这个比例，才逐项比较",
    "a target that a later document prints again is compared with the promised one when the names of what they count, "
    "verbs aside, are this much alike or more",
)

SAME_NAME = Threshold(
    "same_name",
    Decimal("0.9"),
    "share",
    "两份文件的指标名称，一个有这个比例包含在另一个里，也视为同一指标",
    "names of measures in two documents are the same, too, when this share of one stands within the other",
)

SAME_THING = Threshold(
    "same_thing",
    Decimal(8),
    "characters",
    "承诺的程度与报告的程度：事项名称有连续这么多个字相同（或同一书名号标题），才视为同一事项",
    "steps of a work: a thing is the same in promise and report when so many characters in a row of its name are, "
    "or its title is",
)

BARE_RATE = Threshold(
    "bare_rate",
    Decimal(6),
    "characters",
    "比率自己的说明不超过这么多个字（如“投资完成率”），才视为紧接在前的数的比率，可以倒推基数",
    "a rate whose own words are no longer than this (投资完成率) is one of the number before it, so that a base can be "
    "inferred",
)

TEN_THOUSAND = Threshold(
    "ten_thousand",
    Decimal(5),
    "times",
    "数量级：实际值乘以一万以后，与目标相差不到这么多倍，提示可能是“万亿”印作“亿”或漏了“万”",
    "a result that would be within this many times its target if it were 10,000 times as large points to a lost 万",
)

THRESHOLDS = (
    BEHIND,
    FAR_BEHIND,
    AHEAD,
    APPROXIMATE,
    FAR_ABOVE,
    FAR_BELOW,
    SAME_TEXT,
    SAME_REPORT,
    SAME_MEASURE,
    ALIKE,
    THEME_SCORE,
    SECOND_THEME,
    ROUNDING,
    SAME_WORDS,
    SAME_NAME,
    SAME_THING,
    BARE_RATE,
    TEN_THOUSAND,
)
