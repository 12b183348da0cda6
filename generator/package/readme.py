"""The README that travels in the zip of a package, and that of a release."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from generator.model import Publication
from generator.package.subsets import Subset


def readme_text(subset: Subset, site_url: str = "", missing: Mapping[str, int] | None = None) -> str:
    """The README that travels in the zip: what, as of when, licence, how to cite, caveats; Chinese, then English.

    ``missing`` are formats that the package is too large for, with the most rows of which they are made.
    """
    too_large = (missing or {}).items()
    as_of = subset.as_of()
    url = f"{site_url.rstrip('/')}/data/{subset.folder}/datapackage.json" if site_url else ""
    titles = (f"- {source.issuer}《{source.title}》{source.document_number}".rstrip() for source in subset.sources)
    documents = dict.fromkeys(titles)  # one document may carry several programmes
    publication = subset.publication
    publisher = publication.publisher.name
    licence_zh, licence_en = _licences(publication)
    lines = [
        f"{publisher.zh} · {subset.title_zh}",
        "",
        "内容：datapackage.json 说明各表各列；*.csv 与 *.json 内容相同（UTF-8）。",
        *(f"没有 {name}：各表合计超过 {rows:,} 行；请用 CSV、JSON 或 Parquet。" for name, rows in too_large),
        f"进展截至：{as_of.isoformat() if as_of else '只有计划，尚无进展'}；版本：{subset.version()}",
        f"表结构版本：{publication.schema_version}；增加一列，第二个数加一；删去或改动一列，第一个数加一。",
        f"许可：数据以{licence_zh}发布，使用时请注明出处。",
        "官方文件的原文归原发布机关。",
        f"引用：{publisher.zh}. {subset.title_zh}[DS]. 版本 {subset.version()}.{f' {url}' if url else ''}",
        "注意：数据由官方文件读取并复算，可能有误；每个数字都附原文位置，请以原文为准。",
        "“核查发现”只说明数字之间不一致，不是对任何单位的评价；状态只截至所列日期。",
        "CSV 中会被电子表格当作公式的文字（以 = + - @ 等开头，如“-3 个百分点”）前面加了一个 '，读取时去掉；",
        "其他格式保持原文。",
        "",
        "来源：",
        *documents,
        "",
        f"{publisher.en} · {subset.title_en}",
        "",
        "Contents: datapackage.json describes every table and column; *.csv and *.json hold the same rows (UTF-8).",
        *(
            f"No {name}: the tables have more than {rows:,} rows together; use CSV, JSON or Parquet."
            for name, rows in too_large
        ),
        f"Progress as of: {as_of.isoformat() if as_of else 'plans only, no progress yet'}; version {subset.version()}",
        f"Schema version: {publication.schema_version}; a new column raises the second number,",
        "one that goes or changes the first.",
        f"Licence: {licence_en}; name the source.",
        "Official wording stays with its authority.",
        f"Cite as: {publisher.en}. {subset.title_en} [Data set]. Version {subset.version()}.{f' {url}' if url else ''}",
        "Caveats: read from official documents and recomputed; errors are possible. Every number carries its place",
        "in the source, and the source prevails. A finding says that numbers disagree and judges nobody; a status",
        "holds as of its date only. In CSV, text that a spreadsheet would run as a formula (it starts with = + - @ and",
        "the like, and is no plain number) has an ' before it, to be taken away; the other formats hold it as it is.",
    ]
    return "\n".join(lines) + "\n"


def release_readme(descriptor: Mapping[str, Any], publication: Publication, day: date) -> str:
    """The README of a release: what it is, that it never changes, licence, how to cite; Chinese, then English."""
    publisher = publication.publisher.name
    zh, en = _licences(publication)
    sources = [f"- {source['title']}" for source in descriptor.get("sources", [])]
    version = descriptor["version"]
    versions = f"{descriptor['schemaVersion']} / {descriptor['rulesVersion']}"
    lines = [
        f"{publisher.zh} · {publication.title.zh} · {day}",
        "",
        f"这是 {day} 公布的全部数据，永不改动；更正只出现在以后的版本里。",
        "核对：sha256sum --check SHA256SUMS",
        "内容：datapackage.json 说明各表各列；*.csv 与同名的 *.json 内容相同（UTF-8）；",
        "sbom.cdx.json 列出生成所用的软件（CycloneDX 1.6）。",
        f"版本：{version}；表结构 / 规则：{versions}",
        f"许可：数据以{zh}发布，使用时请注明出处。官方文件的原文归原发布机关。",
        f"引用：{publisher.zh}. {publication.title.zh}[DS/OL]. 版本 {version}. ({day})[引用日期]. 所在网址.",
        "注意：数据由官方文件读取并复算，可能有误；每个数字都附原文位置，请以原文为准。",
        "",
        "来源：",
        *sources,
        "",
        f"{publisher.en} · {publication.title.en} · {day}",
        "",
        f"All data as published on {day}. These files never change; corrections are in later releases.",
        "To check them: sha256sum --check SHA256SUMS",
        "Contents: datapackage.json describes every table and column; *.csv and *.json of a name hold the same rows",
        "(UTF-8); sbom.cdx.json lists the software that it was made with (CycloneDX 1.6).",
        f"Version {version}; schema / rules: {versions}",
        f"Licence: {en}; name the source. Official wording stays with its authority.",
        f"Cite as: {publisher.en} ({day.year}). {publication.title.en} [Data set]. Version {version}. Address.",
        "Caveats: read from official documents and recomputed; errors are possible. Every number carries its place",
        "in the source, and the source prevails.",
    ]
    return "\n".join(lines) + "\n"


def _licences(publication: Publication) -> tuple[str, str]:
    """The licences in words, in Chinese and English."""
    zh = "、".join(f"{one.title.zh}（{one.name}，{one.path}）" for one in publication.licenses)
    en = ", ".join(f"{one.title.en} ({one.name}, {one.path})" for one in publication.licenses)
    return zh, en
