"""Addresses under ``/data/``: whole tables, descriptors of packages, and the releases that never change."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from generator.api.components import table_component
from generator.api.shapes import COUNT, DAY, DAY_OR_NONE, HREF, TEXT, JsonSchema, closed, many, ref, said
from generator.pages.words import Word
from generator.schemas import TableSchema

_DIGEST: JsonSchema = {"type": "string", "pattern": "^[0-9a-f]{64}$"}

RELEASE: JsonSchema = {
    "description": "一期不再改动的数据 A release: data that never change. Addresses are relative to this file.",
    **closed(
        {
            "released": said(DAY, "公布日期 Its day."),
            "name": said(TEXT, "数据包名称 Name of its package."),
            "version": said(TEXT, "数据包版本 Version of its package."),
            "schemaVersion": said(TEXT, "表结构版本 Version of the published tables."),
            "rulesVersion": said(TEXT, "核算规则版本 Version of the rules."),
            "descriptor": said(HREF, "数据包描述 Descriptor of its package."),
            "sums": closed({"path": HREF, "sha256": _DIGEST}),
            "archive": closed({"path": HREF, "bytes": COUNT, "sha256": _DIGEST}),
            "changes": said(HREF, "与上一期相比 What changed since the one before."),
            "reason": closed({"zh": TEXT, "en": TEXT}),
        }
    ),
}
RELEASES: JsonSchema = {
    "description": "所有各期，最新在前 All releases, newest first.",
    **closed({"latest": said(DAY_OR_NONE, "最新一期 The newest."), "releases": many(ref("Release"))}),
}
DESCRIPTOR: JsonSchema = {
    "description": "数据包描述 A Data Package 2.0 descriptor, as https://datapackage.org/profiles/2.0/datapackage.json",
    "type": "object",
    "required": ["$schema", "name", "resources"],
}
_OLD_ROW: JsonSchema = {
    "description": "当时的一行 A row as it was then; the descriptor beside it says its columns.",
    "type": "object",
}
_BILL_OF_MATERIALS: JsonSchema = {
    "description": "CycloneDX 1.6：用什么软件生成 CycloneDX 1.6: the software that the release was made with.",
    "type": "object",
    "required": ["bomFormat", "specVersion", "serialNumber", "metadata", "components", "dependencies"],
    "properties": {"bomFormat": {"const": "CycloneDX"}, "specVersion": {"const": "1.6"}},
}
DOWNLOAD_COMPONENTS = {
    "Release": RELEASE,
    "Releases": RELEASES,
    "PackageDescriptor": DESCRIPTOR,
    "OldRow": _OLD_ROW,
    "BillOfMaterials": _BILL_OF_MATERIALS,
}

_SCOPES = (
    ("all", "data/all", Word("全部", "Everything")),
    ("year", "data/{place}/{year}", Word("一个地区的一年", "A year of a place")),
)
_KEPT = (
    ("latest", "data/latest", Word("最新一期", "The newest release")),
    ("release", "data/releases/{day}", Word("一期", "A release")),
)


@dataclass(frozen=True)
class DownloadKind:
    """A kind of file under ``/data/``: its address as a pattern, and the schema of what stands there."""

    code: str
    pattern: str
    what: Word
    schema: JsonSchema


def download_kinds(schemas: Sequence[TableSchema]) -> Iterator[DownloadKind]:
    """All kinds of JSON files under ``/data/``."""
    for code, folder, what in (*_SCOPES, *_KEPT):
        title = Word(f"{what.zh}：数据包描述", f"{what.en}: descriptor of the package")
        yield DownloadKind(f"{code}_package", f"{folder}/datapackage.json", title, ref("PackageDescriptor"))
    for code, folder, what in _SCOPES:
        for schema in schemas:
            title = Word(f"{what.zh}：{schema.title.zh}", f"{what.en}: {schema.title.en}")
            rows = many(ref(table_component(schema.name)))
            yield DownloadKind(f"{code}_table_{schema.name}", f"{folder}/{schema.name}.json", title, rows)
    for code, folder, what in _KEPT:
        title = Word(f"{what.zh}：软件物料清单", f"{what.en}: bill of materials")
        yield DownloadKind(f"{code}_sbom", f"{folder}/sbom.cdx.json", title, ref("BillOfMaterials"))
        title = Word(f"{what.zh}：一张表", f"{what.en}: a table")
        yield DownloadKind(f"{code}_table", f"{folder}/{{table}}.json", title, many(ref("OldRow")))
    yield DownloadKind("releases", "data/releases/index.json", Word("所有各期", "All releases"), ref("Releases"))
    yield DownloadKind("newest", "data/releases/latest.json", Word("最新一期", "The newest release"), ref("Release"))
