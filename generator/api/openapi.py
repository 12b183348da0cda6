"""The OpenAPI 3.1 description of every JSON address of the site."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from generator.api.components import make_components
from generator.api.downloads import DOWNLOAD_COMPONENTS, download_kinds
from generator.api.shapes import DAY, DIALECT, JsonSchema, ref
from generator.pages.addresses import ADDRESS_KINDS, example_addresses, example_parameters
from generator.pages.summaries import Summaries
from generator.schemas import TableSchema
from generator.tables import Row

API_VERSION = "1.1.0"
"""Of the addresses and of the shapes of records: a new field or address raises the second number; a field or an
address that goes, or means something else, the first."""

_ANSWERS: dict[str, tuple[str, ...]] = {
    "site": ("Site",),
    "place": ("PlaceRecord",),
    "year": ("YearRecord",),
    "commitment": ("CommitmentRecord", "RetiredCommitment"),
    "departments": ("Departments",),
    "department": ("DepartmentRecord", "DepartmentMoved"),
    "measures": ("Measures",),
    "measure": ("MeasureRecord", "MeasureSums"),
    "themes": ("Themes",),
    "theme": ("ThemeRecord", "ThemeSums"),
    "changes": ("ChangesFeed",),
    "place_changes": ("ChangesFeed",),
    "department_changes": ("ChangesFeed",),
}
"""Kind of address → the records that may stand there."""

_PARAMETERS: dict[str, tuple[str, JsonSchema]] = {
    "place": ("地区的网址名 Slug of the place.", {"type": "string", "pattern": "^[a-z0-9]+(?:-[a-z0-9]+)*$"}),
    "year": ("承诺的年份 Year of the commitments.", {"type": "integer", "minimum": 1000, "maximum": 9999}),
    "commitment": (
        "承诺编号去掉地区和年份 The commitment_id without place and year.",
        {"type": "string", "pattern": "^(?:livelihood|key-work|feedback)-\\d+$"},
    ),
    "department_slug": (
        "责任单位的网址名，见 responsibilities 表 Slug of the department, as in the table responsibilities.",
        {"type": "string", "pattern": "^[a-z0-9]+(?:-[a-z0-9]+)*$"},
    ),
    "measure_id": (
        "指标编号，见 measures 表 Id of the measure, as in the table measures.",
        {"type": "string", "pattern": "^[a-z0-9]+(?:-[a-z0-9]+)*$"},
    ),
    "theme_id": (
        "主题编号，见 themes 表 Id of the theme, as in the table themes.",
        {"type": "string", "pattern": "^[a-z0-9]+(?:-[a-z0-9]+)*$"},
    ),
    "day": ("一期的日期，见 releases/index.json Day of a release, as in releases/index.json.", DAY),
    "table": (
        "表名 Name of a table, as in the descriptor beside it.",
        {"type": "string", "pattern": "^(?!datapackage$)[a-z_]+$"},
    ),
}

_ABOUT = """\
静态文件，只读，无需密钥：每个地区、年份、承诺、责任单位、指标、主题各有一个固定的 JSON 网址。\
网页 `/x/` 的数据是 `/x/index.json`，网页 `/x/y.html` 的数据是 `/x/y.json`。
字段与数据包中的表同名同义；数值是十进制字符串，不经浮点；百分数保持百分数；\
文字未印出时为空字符串，其他没有的值为 null；一条承诺的记录略去没有值的字段。\
`href` 和 `links` 中的网址相对于所在文件。整张表的文件（`/data/…`）中数值是 JSON 数字。

Static files, read only, no key: one JSON address for each place, year, commitment, department, measure and theme. \
The data of the page `/x/` are at `/x/index.json`, those of `/x/y.html` at `/x/y.json`.
Fields have the names and the meaning of the columns of the data packages. Numbers that are not counts are decimal \
strings, so that no reader rounds them; percentages stay percent. A text that is not printed is empty, any other value \
that is missing is null; the record of a commitment leaves such fields out. References in `href` and `links` are \
relative to the file that they stand in. The files of whole tables (`/data/…`) hold JSON numbers."""


@dataclass(frozen=True)
class SiteSaid:
    """What the description says of the site. ``licence`` is the name and the address of that of the data."""

    url: str
    title: str
    licence: tuple[str, str]


def make_description(site: SiteSaid, summaries: Summaries, schemas: Sequence[TableSchema]) -> Row:
    """The description as builtins."""
    name, address = site.licence
    info = {
        "title": f"{site.title}：JSON",
        "version": API_VERSION,
        "description": _ABOUT,
        "license": {"name": name, "url": address},
    }
    return {
        "openapi": "3.1.0",
        "info": info,
        "jsonSchemaDialect": DIALECT,
        "servers": [{"url": site.url.rstrip("/")}],
        "paths": {**_record_paths(site.url, summaries), **_download_paths(schemas)},
        "components": {"parameters": _parameters(summaries), "schemas": _schemas(schemas)},
    }


def _record_paths(site_url: str, summaries: Summaries) -> dict[str, Any]:
    examples = example_addresses(summaries)
    paths = {}
    for kind in ADDRESS_KINDS:
        media: dict[str, Any] = {"schema": _one_of(_ANSWERS[kind.code])}
        if kind.code in examples:
            media["examples"] = {"real": {"externalValue": site_url + examples[kind.code]}}
        summary = f"{kind.what.zh} {kind.what.en}"
        paths[f"/{kind.pattern}"] = _path(kind.code, summary, kind.pattern, media)
    return paths


def _schemas(schemas: Sequence[TableSchema]) -> dict[str, JsonSchema]:
    return {**make_components(schemas), **DOWNLOAD_COMPONENTS}


def _one_of(names: tuple[str, ...]) -> JsonSchema:
    return ref(names[0]) if len(names) == 1 else {"oneOf": [ref(name) for name in names]}


def _download_paths(schemas: Sequence[TableSchema]) -> dict[str, Any]:
    return {
        f"/{kind.pattern}": _path(kind.code, f"{kind.what.zh} {kind.what.en}", kind.pattern, {"schema": kind.schema})
        for kind in download_kinds(schemas)
    }


def _path(code: str, summary: str, pattern: str, media: dict[str, Any]) -> dict[str, Any]:
    names = re.findall(r"\{(\w+)\}", pattern)
    answer = {"description": summary, "content": {"application/json": media}}
    get: dict[str, Any] = {
        "operationId": f"get_{code}",
        "summary": summary,
        "responses": {"200": answer, "404": {"description": "没有这样的记录 There is no such record."}},
    }
    if names:
        get["parameters"] = [{"$ref": f"#/components/parameters/{name}"} for name in names]
    return {"get": get}


def _parameters(summaries: Summaries) -> dict[str, Any]:
    examples = example_parameters(summaries)
    found: dict[str, Any] = {}
    for name, (description, schema) in _PARAMETERS.items():
        found[name] = {"name": name, "in": "path", "required": True, "description": description, "schema": schema}
        if name in examples:
            found[name]["example"] = int(examples[name]) if schema["type"] == "integer" else examples[name]
    return found
