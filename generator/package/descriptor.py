"""A package and its tables → ``datapackage.json`` (Data Package 2.0). Pure."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

import msgspec

from generator.assess import RULES_VERSION
from generator.model import License, Remark
from generator.package.subsets import Subset
from generator.publication import BETWEEN
from generator.schemas import Code, Column, Deprecated, TableSchema, Words

_PROFILE = "https://datapackage.org/profiles/2.0/datapackage.json"
_GUARD_ZH = "CSV 中会被电子表格当作公式的文字前面加了一个 '，读取时去掉。"
_GUARD_EN = "In CSV, text that a spreadsheet would run as a formula has an ' before it, to be taken away."
_WEB = re.compile(r"https?://\S+\Z")


@dataclass(frozen=True)
class TableFile:
    """A written CSV file of one table: its digest and size."""

    schema: TableSchema
    sha256: str
    size: int


def package_descriptor(subset: Subset, files: Sequence[TableFile]) -> dict[str, Any]:
    """The descriptor of one package. It names no address: what is committed is the same wherever it is published."""
    description = description_of(subset)
    descriptor: dict[str, Any] = {
        "$schema": _PROFILE,
        "name": subset.name,
        "title": f"{subset.title_zh}{BETWEEN}{subset.title_en}",
        "description": f"{description.zh}\n\n{description.en}",
        "version": subset.version(),
        "schemaVersion": subset.publication.schema_version,
        "rulesVersion": RULES_VERSION,
        "keywords": [*subset.publication.keywords.zh, *subset.publication.keywords.en],
        "licenses": [_licence(licence) for licence in subset.publication.licenses],
        "contributors": _contributors(subset),
        "sources": _sources(subset),
        "resources": [_resource(file) for file in files],
    }
    newest = subset.newest_date()
    if newest:
        descriptor["created"] = f"{newest.isoformat()}T00:00:00Z"
    return descriptor


def render_descriptor(descriptor: Mapping[str, Any]) -> bytes:
    """The text of ``datapackage.json``."""
    return msgspec.json.format(msgspec.json.encode(descriptor), indent=2) + b"\n"


def both(words: Remark | Words | Code) -> str:
    """A title in both languages, Chinese first."""
    return f"{words.zh}{BETWEEN}{words.en}"


def _licence(licence: License) -> dict[str, str]:
    return {"name": licence.name, "path": licence.path, "title": both(licence.title)}


def description_of(subset: Subset) -> Remark:
    """What a package holds and as of when, in both languages."""
    as_of = subset.as_of()
    zh = f"进展截至{as_of.isoformat()}。" if as_of else "目前只有计划，尚无进展文件。"
    en = f"Progress as of {as_of.isoformat()}." if as_of else "Plans only; no document reports on progress yet."
    said = subset.publication.description
    zh, en = f"{said.zh}{zh}{_GUARD_ZH}", f"{said.en} {en} {_GUARD_EN}"
    return Remark(zh=f"{subset.title_zh}。{zh}", en=f"{subset.title_en}. {en}")


def _contributors(subset: Subset) -> list[dict[str, Any]]:
    issuers = dict.fromkeys(source.issuer for source in subset.sources if source.issuer)
    issuing = [{"title": issuer, "roles": ["creator"]} for issuer in issuers]
    publisher = subset.publication.publisher
    publishing: dict[str, Any] = {"title": both(publisher.name)}
    if publisher.url:
        publishing["path"] = publisher.url
    if publisher.email:
        publishing["email"] = publisher.email
    return [*issuing, {**publishing, "roles": ["contributor", "publisher"]}]


def _sources(subset: Subset) -> list[dict[str, str]]:
    """The documents, once each: one document may carry several programmes."""
    entries: dict[tuple[str, str], dict[str, str]] = {}
    for source in subset.sources:
        entry = {"title": f"{source.issuer}《{source.title}》{source.document_number}"}
        if _WEB.match(source.url):
            entry["path"] = source.url
        entries[(entry["title"], source.url)] = entry
    return list(entries.values())


def _resource(file: TableFile) -> dict[str, Any]:
    schema = file.schema
    return {
        "name": schema.name,
        "type": "table",
        "path": f"{schema.name}.csv",
        "title": both(schema.title),
        "description": f"{schema.description.zh}\n\n{schema.description.en}",
        "format": "csv",
        "mediatype": "text/csv",
        "encoding": "utf-8",
        "bytes": file.size,
        "hash": f"sha256:{file.sha256}",
        "dialect": {"header": True, "delimiter": ",", "lineTerminator": "\n", "quoteChar": '"', "doubleQuote": True},
        "schema": table_schema(schema),
    }


@cache
def table_schema(schema: TableSchema) -> dict[str, Any]:
    """A schema as Table Schema has it. Titles and descriptions carry both languages, Chinese first."""
    descriptor: dict[str, Any] = {
        "fields": [_field(column) for column in schema.columns],
        "missingValues": [""],
        "primaryKey": list(schema.primary_key),
    }
    if schema.foreign_keys:
        descriptor["foreignKeys"] = [
            {"fields": list(key.fields), "reference": {"resource": key.table, "fields": list(key.references)}}
            for key in schema.foreign_keys
        ]
    return descriptor


def _field(column: Column) -> dict[str, Any]:
    constraints: dict[str, Any] = {}
    if column.required:
        constraints["required"] = True
    if column.unique:
        constraints["unique"] = True
    if column.minimum is not None:
        constraints["minimum"] = column.minimum
    if column.pattern:
        constraints["pattern"] = column.pattern
    if column.enum:
        constraints["enum"] = list(column.enum)
    field: dict[str, Any] = {
        "name": column.name,
        "type": column.type,
        "title": both(column.title),
        "description": f"{column.description.zh}\n\n{column.description.en}",
    }
    if column.labels:
        field["categories"] = [{"value": code.value, "label": both(code)} for code in column.labels]
    if column.deprecated:
        field |= _deprecation(field["description"], column.deprecated)
    return {**field, "constraints": constraints} if constraints else field


def _deprecation(description: str, said: Deprecated) -> dict[str, Any]:
    """A column that is to go says so in words, in its description, and for machines, in a property of ours."""
    zh = f"此列将停用，保留到{said.until}{f'，改用 {said.use}' if said.use else ''}：{said.reason.zh}"
    en = f"This column is to go; it stays until {said.until}{f'; use {said.use}' if said.use else ''}: {said.reason.en}"
    dates = {"since": said.since.isoformat(), "until": said.until.isoformat()}
    stated = {**dates, "use": said.use} if said.use else dates
    return {"description": f"{description}\n\n{zh}\n\n{en}", "deprecated": stated}
