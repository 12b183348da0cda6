"""YAML in and out: typed, exact, with lines in every message. The only user of ``yaml``.

YAML 1.1 guesses types (``0571`` is 377, ``no`` is false, ``1.10`` is 1.1). Here nothing is guessed: every
scalar stays the text that is written, and the record type says what it must be. A key that stands twice is
refused; PyYAML would keep the last one in silence.
"""

from __future__ import annotations

import os
import re
import tempfile
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any, TypeVar

import msgspec
import yaml

from generator.errors import ContentError, Problem

T = TypeVar("T")

_NULLS = {"", "null", "~"}
_BUILTIN_TYPES = (Decimal, date)


class _Loader(yaml.CSafeLoader):
    """Composes nodes only; no implicit types."""


_Loader.yaml_implicit_resolvers = {}


class _Dumper(yaml.CSafeDumper):
    """Block style, indented lists, no aliases."""

    def ignore_aliases(self, data: Any) -> bool:
        return True

    def increase_indent(self, flow: bool = False, indentless: bool = False) -> None:
        super().increase_indent(flow, False)


# A plain scalar that PyYAML would resolve to an integer must be represented as one, or it is tagged "!!float".
_INTEGER = re.compile(r"-?\d+\Z")
_Dumper.add_representer(
    Decimal,
    lambda dumper, value: dumper.represent_scalar(
        "tag:yaml.org,2002:int" if _INTEGER.match(format(value, "f")) else "tag:yaml.org,2002:float",
        format(value, "f"),
    ),
)


def load(path: Path, kind: type[T]) -> T:
    """Read one YAML file as a record of the given type.

    Raises ContentError, with the line, when the file is missing or not UTF-8, when it is not YAML, when a key
    stands twice, and when a value is not what ``kind`` says.
    """
    return parse(read_text(path), path, kind)


def read_text(path: Path) -> str:
    """The text of a file under ``content/``. Raises ContentError when it is missing or not UTF-8."""
    try:
        return path.read_text(encoding="utf-8")
    except FileNotFoundError:
        problem = Problem(path, 0, "file-missing", "no such file", "a YAML file", "create it or name another")
    except UnicodeDecodeError as error:
        problem = Problem(path, 0, "not-utf-8", f"byte {error.start} is not UTF-8", "UTF-8 text", "save it as UTF-8")
    except OSError as error:
        problem = Problem(path, 0, "unreadable", error.strerror or "unreadable", "a YAML file", "check its permissions")
    raise ContentError(problem)


def parse(text: str, path: Path, kind: type[T]) -> T:
    """The record of the given type that ``text`` holds; ``path`` is for messages only."""
    try:
        node = yaml.compose(text, Loader=_Loader)
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        line = mark.line + 1 if mark else 0
        found = getattr(error, "problem", None) or "not YAML"
        raise ContentError(
            Problem(path, line, "yaml-syntax", found, "expected well-formed YAML", "correct this line")
        ) from None
    if node is None:
        raise ContentError(Problem(path, 0, "yaml-empty", "an empty file", "expected a record", "fill it in"))
    value = _node_to_value(node, path)
    try:
        return msgspec.convert(value, kind, strict=False)
    except msgspec.ValidationError as error:
        raise ContentError(_validation_problem(str(error), node, path)) from None


def dump(record: Any, path: Path) -> None:
    """Write a record as YAML, whole or not at all. Same record, same bytes."""
    write_text(path, render(record))


def render(record: Any) -> str:
    """A record as YAML text: keys in the order of the type, defaults left out, Chinese as it is."""
    builtins = msgspec.to_builtins(record, builtin_types=_BUILTIN_TYPES)
    return str(yaml.dump(builtins, Dumper=_Dumper, allow_unicode=True, sort_keys=False, width=10**6))


def write_text(path: Path, text: str) -> None:
    """Write UTF-8 text with LF through a temporary file beside it, so that no reader sees half of it."""
    path.parent.mkdir(parents=True, exist_ok=True)
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
    try:
        with os.fdopen(handle, "w", encoding="utf-8", newline="\n") as file:
            file.write(text)
        os.chmod(name, 0o644)
        os.replace(name, path)
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise


def _node_to_value(node: yaml.Node, path: Path) -> Any:
    """Nodes as dicts, lists and strings; a plain null is None. Aliases and tags are refused by what they are."""
    if isinstance(node, yaml.ScalarNode):
        return None if node.style is None and node.value in _NULLS else node.value
    if isinstance(node, yaml.SequenceNode):
        return [_node_to_value(child, path) for child in node.value]
    mapping: dict[str, Any] = {}
    for key, child in node.value:
        if key.value in mapping:
            raise ContentError(
                Problem(
                    path, key.start_mark.line + 1, "yaml-duplicate-key", f"key {key.value!r} stands twice",
                    "expected each key once", "remove one of the two",
                )
            )
        mapping[key.value] = _node_to_value(child, path)
    return mapping


_STEP = re.compile(r"\.([A-Za-z_]\w*)|\[(\d+|\.\.\.)\]")


def _validation_problem(message: str, root: yaml.Node, path: Path) -> Problem:
    """msgspec's message, with the line of the node that its path (``$.commitments[3].due``) leads to."""
    what, _, where = message.partition(" - at `")
    node = root
    for name, index in _STEP.findall(where.rstrip("`").lstrip("$")):
        step = _child(node, name, index)
        if step is None:
            break
        node = step
    place = where.rstrip("`").lstrip("$.") or "the file"
    return Problem(
        path, node.start_mark.line + 1, "content-invalid", f"{place}: {what}",
        "expected what generator/model.py says", "correct the value",
    )


def _child(node: yaml.Node, name: str, index: str) -> yaml.Node | None:
    if name and isinstance(node, yaml.MappingNode):
        return next((child for key, child in node.value if key.value == name), None)
    if index.isdigit() and isinstance(node, yaml.SequenceNode) and int(index) < len(node.value):
        child: yaml.Node = node.value[int(index)]
        return child
    return None
