"""JSON Schemas of the files below ``content/``, for editors: made of the record types, with their docstrings.

They say what the program itself refuses: unknown and missing fields, values of another type or none of an enumeration.
What holds between records (an id that leads somewhere, a slug of its own) the program checks alone.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from inspect import cleandoc
from pathlib import Path
from typing import Any

import msgspec

from generator.assess.words import GarbledWords, SpokenWords
from generator.fieldnotes import FIELD_NOTES
from generator.model import (
    Audit,
    Catalogue,
    Comparators,
    DataRelease,
    Departments,
    DepartmentSlugs,
    English,
    Header,
    Measure,
    Numerals,
    Phrases,
    Place,
    Publication,
    Register,
    Sidecar,
    Split,
)
from generator.schemas import Code, TableSchema
from generator.yamlfile import write_texts

FOLDER = "schemas/json"
"""Where they are committed, below ``content/``."""

_WORDS = dict[str, tuple[str, ...]]
TYPES: Mapping[str, tuple[str, Any]] = {
    "register": ("registers/*/*/*.yml", Register),
    "sidecar": ("documents/*.yml", Sidecar),
    "places": ("places.yml", tuple[Place, ...]),
    "publication": ("publication.yml", Publication),
    "parts": ("parts.yml", Split),
    "audit": ("audits/*.yml", Audit),
    "changes": ("changes/*.yml", DataRelease),
    "table": ("schemas/*.yml", TableSchema),
    "measures": ("lookups/measures.yml", tuple[Measure, ...]),
    "themes": ("lookups/themes.yml", Catalogue),
    "departments": ("lookups/departments.yml", Departments),
    "department_slugs": ("lookups/department_slugs.yml", DepartmentSlugs),
    "units": ("lookups/units.yml", _WORDS),
    "headers": ("lookups/headers.yml", tuple[Header, ...]),
    "phrases": ("lookups/phrases.yml", Phrases),
    "numerals": ("lookups/numerals.yml", Numerals),
    "comparators": ("lookups/comparators.yml", Comparators),
    "reported_words": ("lookups/reported_words.yml", SpokenWords),
    "garbled_words": ("lookups/garbled_words.yml", GarbledWords),
    "codes": ("lookups/codes.yml", dict[str, tuple[Code, ...]]),
    "english": ("lookups/english.yml", English),
}
"""Name of a schema → which files below ``content/`` it is for, and the type that they are read as."""

#: Fields of a type that do not stand in its file: they come from other files.
_FROM_ELSEWHERE = {
    "Catalogue": ("measures", "slugs"),
    "DepartmentSlugs": ("areas",),
    "GarbledWords": ("units", "measures", "signs", "action_verbs"),
}
_DIALECT = "https://json-schema.org/draft/2020-12/schema"
#: YAML reads a plain 25 or 0.4 as a number; a quoted one is as good, and exact.
_DECIMAL = {"anyOf": [{"type": "number"}, {"type": "string", "pattern": r"^-?[0-9]+(\.[0-9]+)?$"}]}
#: Text is what is written: a code or a number that is not quoted is text, too (``yamlfile``).
_TEXT = ["string", "number"]


def schema_file(name: str) -> str:
    """The file name of a schema: ``register.schema.json``."""
    return f"{name}.schema.json"


def make_schemas() -> dict[str, str]:
    """File name → JSON Schema (draft 2020-12) as text. Same types, same bytes."""
    return {schema_file(name): _render(name, *entry) for name, entry in TYPES.items()}


def _render(name: str, files: str, kind: Any) -> str:
    (whole,), components = msgspec.json.schema_components([kind], ref_template="#/$defs/{name}")
    definitions = {key: _describe(key, _adapt(part)) for key, part in components.items()}
    schema = {
        "$schema": _DIALECT,
        "title": f"Duixian: {name}",
        "$comment": f"content/{files}; made by `duixian schema --write` from generator/model",
        **_adapt(whole),
        "$defs": {key: definitions[key] for key in components if key in _reached(whole, definitions)},
    }
    return json.dumps({key: part for key, part in schema.items() if part}, ensure_ascii=False, indent=1) + "\n"


def _reached(whole: Any, definitions: Mapping[str, Any]) -> set[str]:
    """The definitions that the whole refers to, directly or through others."""
    reached: set[str] = set()
    waiting = list(_references(whole))
    while waiting:
        name = waiting.pop()
        if name not in reached:
            reached.add(name)
            waiting += _references(definitions[name])
    return reached


def _references(part: Any) -> Iterator[str]:
    if isinstance(part, dict):
        if "$ref" in part:
            yield part["$ref"].rpartition("/")[2]
        part = list(part.values())
    if isinstance(part, list):
        for one in part:
            yield from _references(one)


def _adapt(part: Any) -> Any:
    """A part of a schema as an editor of YAML needs it."""
    if isinstance(part, list):
        return [_adapt(one) for one in part]
    if not isinstance(part, dict):
        return part
    if part.get("format") == "decimal":
        return {**{key: value for key, value in part.items() if key not in {"type", "format"}}, **_DECIMAL}
    adapted = {key: _adapt(value) for key, value in part.items()}
    if part.get("type") == "string" and not {"format", "enum", "pattern"} & part.keys():
        adapted["type"] = _TEXT
    if isinstance(part.get("description"), str):
        adapted["description"] = cleandoc(part["description"]).replace("``", "`")
    return adapted


def _describe(name: str, schema: dict[str, Any]) -> dict[str, Any]:
    """The schema of a record with the notes on its fields, and without those that its file does not have."""
    for field in _FROM_ELSEWHERE.get(name, ()):
        del schema["properties"][field]
    for field, note in FIELD_NOTES.get(name, {}).items():
        schema["properties"][field] = {"description": note, **schema["properties"][field]}
    return schema


def write_schemas(content: Path) -> tuple[Path, ...]:
    """Write every schema below a content folder and return the paths."""
    texts = {content / FOLDER / name: text for name, text in make_schemas().items()}
    write_texts(texts)
    return tuple(texts)
