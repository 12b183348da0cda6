"""What a descriptor must say that the profile does not ask for: licence, sources, who, when, words in two languages.

``package_descriptor`` writes them so: a title is ``zh · en``, a description two paragraphs.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from generator.errors import Problem
from generator.package.sheets import package_problem

_STATED = ("version", "created", "licenses", "sources", "contributors")
_PARTS = {"title": " · ", "description": "\n\n"}


def check_words(path: Path, descriptor: dict[str, Any]) -> Iterator[Problem]:
    """What the descriptor at ``path`` leaves out, of itself, its tables, their columns and codes."""
    for key in _STATED:
        if not descriptor.get(key):
            yield package_problem(path, 0, "unstated", f"no {key}", f"{key} that say something")
    for where, one in _worded(descriptor):
        for key, between in _PARTS.items():
            if not _in_both_languages(one.get(key), between):
                yield _problem(path, where, key)
    for where, field in _fields(descriptor):
        codes = field.get("categories") or []
        labels = {one["value"]: one.get("label") for one in codes if isinstance(one, dict) and "value" in one}
        for code in field.get("constraints", {}).get("enum", ()):
            if not _in_both_languages(labels.get(code), _PARTS["title"]):
                yield _problem(path, f"{where}, code {code}", "label")


def _problem(path: Path, where: str, key: str) -> Problem:
    return package_problem(path, 0, "words", f"{where}: no {key}", f"its {key} in Chinese and in English")


def _in_both_languages(text: object, between: str) -> bool:
    zh, _, en = text.partition(between) if isinstance(text, str) else ("", "", "")
    return bool(zh.strip() and en.strip())


def _worded(descriptor: dict[str, Any]) -> Iterator[tuple[str, dict[str, Any]]]:
    """Everything that has a title and a description, with what it is called in a message."""
    yield "the package", descriptor
    for resource in descriptor.get("resources") or []:
        yield str(resource.get("name")), resource
    yield from _fields(descriptor)


def _fields(descriptor: dict[str, Any]) -> Iterator[tuple[str, dict[str, Any]]]:
    for resource in descriptor.get("resources") or []:
        for field in (resource.get("schema") or {}).get("fields", []):
            yield f"{resource.get('name')}.{field.get('name')}", field
