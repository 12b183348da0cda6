"""Records as YAML text: the block style of PyYAML, byte for byte, of what registers are made of.

A register has tens of thousands of texts and numbers. Nearly all stand in YAML as they are, which one pattern tells;
what it does not know (texts with quotes or colons, those that read like a number) is PyYAML's to write, each text once.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from datetime import date
from decimal import Decimal
from functools import lru_cache
from typing import Any

WriteText = Callable[[str], str]
"""A text as PyYAML writes it behind a key at the margin: lines after the first begin with two spaces or are empty."""

_WIDE = (
    "\u2014-\u2027\u2030-\u205e\u2100-\u214f\u2190-\u22ff\u2460-\u24ff"
    "\u3001-\u303f\u3200-\u33ff\u3400-\u9fff\uff01-\uff5e"
)
_INSIDE = rf"[{_WIDE}\u00b7\u00d70-9A-Za-z%+/.()\-,;_~<>=*^$\[\]{{}}]"
#: A text that begins so is no number, date or word of YAML's, and begins with no sign of YAML's.
_PLAIN = re.compile(rf"(?:[{_WIDE}]|[A-Za-z](?=.*[-0-9{_WIDE}])|[0-9][0-9.,]*[%{_WIDE}]){_INSIDE}*")
#: Such lines one below the other stand between single quotes.
_LINES = re.compile(rf"{_INSIDE}+(?:\n{_INSIDE}+)+")
#: Ends of lines that YAML keeps as they are, and sets the next line in behind them.
_OTHER_ENDS = re.compile("[\x85\u2028\u2029]")
_NATURAL = re.compile(r"[1-9][0-9]{0,17}|0")
_NUMBER = re.compile(r"-?(?:0|[1-9][0-9]*)(?:\.[0-9]+)?")
_NAME = re.compile(r"[a-z]{2}[a-z0-9_]*")
#: Words that YAML takes for values.
_NO_NAMES = frozenset(("no", "on", "off", "yes", "true", "false", "null"))
_WORDS = {True: "true", False: "false", None: "null"}
#: PyYAML is asked to wrap texts only beyond this length.
_LONGEST = 10**5
_REMEMBERED = 1 << 12


def render_mapping(record: Mapping[str, Any], write_text: WriteText) -> str | None:
    """A record as text. None where it holds what no register does: a key that is no plain word, a list in a list."""
    lines: list[str] = []
    try:
        _write_mapping(record, "", "", lru_cache(_REMEMBERED)(write_text), lines)
    except _UnknownFormError:
        return None
    return "\n".join((*lines, ""))


class _UnknownFormError(Exception):
    """Something that only PyYAML knows how to write."""


def _write_mapping(record: Mapping[str, Any], first: str, indent: str, write_text: WriteText, lines: list[str]) -> None:
    """The lines of a mapping whose first key stands behind ``first``, and the others behind ``indent``."""
    if not record:
        raise _UnknownFormError
    lead = first
    for key, value in record.items():
        if isinstance(value, (dict, list, tuple)):
            lines.append(f"{lead}{_key(key)}:")
            _write_nested(value, indent, write_text, lines)
        else:
            lines.append(f"{lead}{_key(key)}: {_scalar(value, indent, write_text)}")
        lead = indent


def _write_nested(value: Any, indent: str, write_text: WriteText, lines: list[str]) -> None:
    inner = f"{indent}  "
    if isinstance(value, dict):
        _write_mapping(value, inner, inner, write_text, lines)
    else:
        _write_items(value, f"{indent}- ", inner, write_text, lines)


def _write_items(items: Sequence[Any], first: str, inner: str, write_text: WriteText, lines: list[str]) -> None:
    if not items:
        raise _UnknownFormError
    for item in items:
        if isinstance(item, dict):
            _write_mapping(item, first, inner, write_text, lines)
        elif isinstance(item, (list, tuple)):
            raise _UnknownFormError
        else:
            lines.append(first + _scalar(item, inner[2:], write_text))


@lru_cache(1 << 8)
def _key(name: object) -> str:
    if not isinstance(name, str) or not _NAME.fullmatch(name) or name in _NO_NAMES:
        raise _UnknownFormError
    return name


def _scalar(value: Any, indent: str, write_text: WriteText) -> str:
    """A value that is written in its line, and in those below it, which are two spaces further in than ``indent``."""
    kind = type(value)
    if kind is str:
        return _text(value, indent, write_text)
    if kind is int or kind is date:
        return str(value)
    if kind is Decimal and _NUMBER.fullmatch(digits := format(value or abs(value), "f")):
        return digits
    if kind is bool or value is None:
        return _WORDS[value]
    raise _UnknownFormError


def _text(text: str, indent: str, write_text: WriteText) -> str:
    if len(text) < _LONGEST:
        if _PLAIN.fullmatch(text):
            return text
        if _NATURAL.fullmatch(text):
            return f"'{text}'"
        if _LINES.fullmatch(text):
            return "'" + text.replace("\n", f"\n\n{indent}  ") + "'"
    if _OTHER_ENDS.search(text):
        raise _UnknownFormError
    return write_text(text).replace("\n  ", f"\n{indent}  ")
