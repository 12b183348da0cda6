"""YAML in and out: typed, exact, with lines in every message. The only user of ``yaml``.

YAML 1.1 guesses types (``0571`` is 377, ``no`` is false, ``1.10`` is 1.1). Here nothing is guessed: every
scalar stays the text that is written, and the record type says what it must be. What is hard to review is
refused: a key that stands twice (PyYAML would keep the last one in silence), anchors and aliases (nine
lines of them can stand for gigabytes), tags, and nesting deeper than any file of ours.
"""

from __future__ import annotations

import os
import re
import tempfile
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import lru_cache
from pathlib import Path
from typing import Any, TypeVar

import msgspec
import yaml

from generator.errors import ContentError, Problem, naming

T = TypeVar("T")
ReadFile = Callable[[Path], bytes]
"""How the bytes of a file are had: from the disk, or from where they were brought along. Raises OSError."""

MAX_DEPTH = 40
_STAGED = ".staged"

_NULLS = {"", "null", "~"}
# Control characters but white space, which documents have, and what nobody sees: who reviews a text would see numbers
# in another order than they stand, or two words alike that are not. Readers drop the same. YAML refuses some itself.
_CONTROL = re.compile(
    "[\x00-\x08\x0e-\x1b\x1d-\x1f\x7f-\x84\x86-\x9f"
    "\xad\u061c\u180e\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb\ufffe\uffff]"
)
_BUILTIN_TYPES = (Decimal, date)


def load(path: Path, kind: type[T], read: ReadFile = Path.read_bytes) -> T:
    """Read one YAML file as a record of the given type.

    Raises ContentError, with the line, when the file is missing or not UTF-8, when it is not YAML or uses
    what is refused here, and when a value is not what ``kind`` says.
    """
    return parse(read_text(path, read), path, kind)


def read_text(path: Path, read: ReadFile = Path.read_bytes) -> str:
    """The text of a file under ``content/``. Raises ContentError when it is missing or not UTF-8."""
    try:
        return read(path).decode("utf-8")
    except FileNotFoundError:
        problem = Problem(path, 0, "file-missing", "no such file", "expected a YAML file", "create it or name another")
    except UnicodeDecodeError as error:
        line = error.object.count(b"\n", 0, error.start) + 1
        found = f"byte {error.object[error.start]:#04x} is not UTF-8"
        problem = Problem(path, line, "not-utf-8", found, "expected UTF-8 text", "save the file as UTF-8")
    except OSError as error:
        found = error.strerror or "unreadable"
        problem = Problem(path, 0, "unreadable", found, "expected a YAML file", "check the path and its permissions")
    raise ContentError(problem)


@dataclass(frozen=True)
class Setting:
    """A top-level value of a configuration that is not ours alone, where it stands, and the variable it came from."""

    value: str
    line: int
    variable: str = ""


def load_setting(path: Path, key: str) -> Setting | None:
    """A text of ``mkdocs.yml`` (``site_url``, ``extra.repository``) as MkDocs reads it.

    ``!ENV [NAME, default]`` is what the environment says.

    None where the key is missing. Raises ContentError when the file is missing or not YAML.
    """
    text = read_text(path)
    try:
        node = yaml.compose(text, Loader=yaml.CSafeLoader)
    except yaml.YAMLError as error:
        raise ContentError(_syntax_problem(error, text, path)) from None
    found: Any = node
    for step in key.split("."):
        pairs = found.value if isinstance(found, yaml.MappingNode) else []
        found = next((value for name, value in pairs if name.value == step), None)
    if found is None:
        return None
    line = found.start_mark.line + 1
    items = found.value if isinstance(found, yaml.SequenceNode) else [found]
    words = [item.value if isinstance(item, yaml.ScalarNode) else "" for item in items]
    if found.tag != "!ENV":
        value = words[0] if isinstance(found, yaml.ScalarNode) else ""
        return Setting("" if value in _NULLS else value, line)
    names, default = (words[:-1], words[-1]) if len(words) > 1 else (words, "")
    variable = next((name for name in names if name in os.environ), "")
    return Setting(os.environ[variable] if variable else default, line, variable)


def parse(text: str, path: Path, kind: type[T]) -> T:
    """The record of the given type that ``text`` holds; ``path`` is for messages only."""
    try:
        value = _Reader(text, path).read()
    except yaml.YAMLError as error:
        raise ContentError(_syntax_problem(error, text, path)) from None
    if value is None:
        raise ContentError(Problem(path, 0, "yaml-empty", "an empty file", "expected a record", "fill it in"))
    try:
        return msgspec.convert(value, kind, strict=False)
    except msgspec.ValidationError as error:
        raise ContentError(_validation_problem(str(error), text, path)) from None


def dump(record: Any, path: Path) -> None:
    """Write a record as YAML, whole or not at all. Same record, same bytes."""
    write_text(path, render(record))


def render(record: Any) -> str:
    """A record as YAML text: keys in the order of the type, defaults left out, Chinese as it is."""
    builtins = msgspec.to_builtins(record, builtin_types=_BUILTIN_TYPES)
    events: list[yaml.Event] = [yaml.StreamStartEvent(), yaml.DocumentStartEvent(explicit=False)]
    _put_events(builtins, events)
    events += (yaml.DocumentEndEvent(explicit=False), yaml.StreamEndEvent())
    return str(yaml.emit(events, Dumper=yaml.CSafeDumper, allow_unicode=True, width=10**6))


def _put_events(value: Any, events: list[yaml.Event]) -> None:
    """A value in block style. PyYAML alone would make nodes of it first, which takes most of the time."""
    if isinstance(value, dict):
        events.append(_MAPPING)
        for key, inner in value.items():
            events.append(_text_event(key))
            _put_events(inner, events)
        events.append(_MAPPING_END)
    elif isinstance(value, (list, tuple)):
        events.append(_SEQUENCE)
        for inner in value:
            _put_events(inner, events)
        events.append(_SEQUENCE_END)
    else:
        events.append(_text_event(value) if isinstance(value, str) else _plain_event(_plain(value)))


_MAPPING = yaml.MappingStartEvent(None, None, implicit=True, flow_style=False)
_MAPPING_END = yaml.MappingEndEvent()
_SEQUENCE = yaml.SequenceStartEvent(None, None, implicit=True, flow_style=False)
_SEQUENCE_END = yaml.SequenceEndEvent()
_RESOLVER = yaml.resolver.Resolver()


@lru_cache(1 << 14)
def _text_event(text: str) -> yaml.Event:
    """A text, which stands without quotes where YAML would take it for one, and its characters let it."""
    tag = _RESOLVER.resolve(yaml.ScalarNode, text, (True, False))  # type: ignore[no-untyped-call]
    return yaml.ScalarEvent(None, None, (tag == _RESOLVER.DEFAULT_SCALAR_TAG, True), text)


@lru_cache(1 << 10)
def _plain_event(text: str) -> yaml.Event:
    return yaml.ScalarEvent(None, None, (True, False), text)


def _plain(value: Any) -> str:
    """What is no text, as YAML writes it. Raises TypeError for what no record holds, as a float, which is not exact."""
    if value is None:
        return "null"
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, Decimal) and value.is_finite():
        return format(value or abs(value), "f")
    if isinstance(value, (int, date)):
        return str(value)
    raise TypeError(f"{value!r} in a record")


def write_text(path: Path, text: str) -> None:
    """Write UTF-8 text with LF through a temporary file beside it, so that no reader sees half of it."""
    write_texts({path: text})


def write_texts(texts: Mapping[Path, str]) -> None:
    """Write several files that belong together: all are written in full before the first one is replaced."""
    with staged_texts(texts) as staged:
        for path, new in staged.items():
            os.replace(new, path)


@contextmanager
def staged_texts(texts: Mapping[Path, str]) -> Iterator[dict[Path, Path]]:
    """Texts written beside their places, path → where it waits; what still waits there at the end goes.

    The names say what it is for (``is_staged``), to whoever comes after a run that was killed.
    """
    staged: dict[Path, Path] = {}
    try:
        for path, text in texts.items():
            path.parent.mkdir(parents=True, exist_ok=True)
            handle, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.", suffix=_STAGED)
            staged[path] = Path(name)
            with naming(path), os.fdopen(handle, "w", encoding="utf-8", newline="\n") as file:
                file.write(text)
            os.chmod(name, 0o644)
        yield staged
    finally:
        for new in staged.values():
            new.unlink(missing_ok=True)


def is_staged(path: Path) -> bool:
    """Whether a file is one of ``staged_texts``, which only a killed run leaves."""
    return path.name.startswith(".") and path.name.endswith(_STAGED)


class _Reader:
    """Values from the parser's events: dicts, lists, strings, and None for a plain null; the rest is refused.

    A register is ten thousand events. So each is asked for directly, told apart by its exact type, and a text without
    any control character, nor a backslash that could stand for one, is not searched again value by value.
    """

    def __init__(self, text: str, path: Path) -> None:
        self._loader = yaml.CSafeLoader(text)
        self._next: Callable[[], Any] = self._loader.get_event
        self._path = path
        self._depth = 0
        self._may_hold_controls = "\\" in text or _CONTROL.search(text) is not None

    def read(self) -> Any:
        """The one document of the text, or None when there is none."""
        value, documents = None, 0
        try:
            while (kind := type(event := self._next())) is not yaml.StreamEndEvent:
                if kind is yaml.DocumentStartEvent:
                    documents += 1
                    if documents > 1:
                        raise self._refusal(event, "yaml-documents", "a second document", "one document a file")
                    value = self._value(self._next())
        finally:
            self._loader.dispose()
        return value

    def _value(self, event: Any) -> Any:
        kind = type(event)
        if kind is yaml.AliasEvent or event.anchor is not None:
            raise self._refusal(event, "yaml-alias", "an anchor or alias", "every value written out")
        if event.tag is not None:
            raise self._refusal(event, "yaml-tag", f"the tag {event.tag}", "a value without a tag")
        if kind is yaml.ScalarEvent:
            value: str = event.value
            if self._may_hold_controls and (control := _CONTROL.search(value)):
                found = f"the control character U+{ord(control.group()):04X}"
                raise self._refusal(event, "control-character", found, "printable text")
            return None if value in _NULLS and not event.style else value
        self._depth += 1
        if self._depth > MAX_DEPTH:
            raise self._refusal(event, "yaml-depth", f"more than {MAX_DEPTH} levels", "a file that can be reviewed")
        read = self._sequence() if kind is yaml.SequenceStartEvent else self._mapping()
        self._depth -= 1
        return read

    def _sequence(self) -> list[Any]:
        items: list[Any] = []
        following, value_of = self._next, self._value
        while type(event := following()) is not yaml.SequenceEndEvent:
            items.append(value_of(event))
        return items

    def _mapping(self) -> dict[str, Any]:
        mapping: dict[str, Any] = {}
        following, value_of = self._next, self._value
        while type(event := following()) is not yaml.MappingEndEvent:
            key = value_of(event)
            if not isinstance(key, str):
                raise self._refusal(event, "yaml-key", "a key that is not a word", "a word before each colon")
            if key in mapping:
                raise self._refusal(event, "yaml-duplicate-key", f"key {key!r} stands twice", "each key once")
            mapping[key] = value_of(following())
        return mapping

    def _refusal(self, event: Any, code: str, found: str, expected: str) -> ContentError:
        line = event.start_mark.line + 1
        return ContentError(Problem(self._path, line, code, found, f"expected {expected}", _REMEDIES[code]))


_REMEDIES = {
    "yaml-documents": "put it into a file of its own, or remove the line ---",
    "yaml-alias": "write the value out, or quote it if & or * belongs to it",
    "yaml-tag": "remove the tag, or quote the value if ! belongs to it",
    "yaml-depth": "check the indentation and the brackets",
    "yaml-key": "write the key, or quote the value if it is text",
    "yaml-duplicate-key": "remove one of the two",
    "control-character": "remove the character",
}


def _syntax_problem(error: yaml.YAMLError, text: str, path: Path) -> Problem:
    if isinstance(error, yaml.reader.ReaderError):
        line = text.count("\n", 0, error.position) + 1
        found = f"the control character U+{_code_point(error.character):04X}"
        return Problem(path, line, "yaml-syntax", found, "expected printable text", "remove the character")
    mark = getattr(error, "problem_mark", None)
    line = mark.line + 1 if mark else 0
    found = getattr(error, "problem", None) or "not YAML"
    lines = text.split("\n")
    if 0 < line <= len(lines) and _TAB_INDENT.match(lines[line - 1]):
        return Problem(path, line, "yaml-syntax", "a tab in the indentation", "expected spaces", "replace the tab")
    remedy = "correct this line or the one before it; quote text that holds : # or a leading symbol"
    return Problem(path, line, "yaml-syntax", found, "expected well-formed YAML", remedy)


def _code_point(character: int | str | bytes) -> int:
    return character if isinstance(character, int) else ord(character)


_TAB_INDENT = re.compile(r" *\t")
_STEP = re.compile(r"\.([A-Za-z_]\w*)|\[(\d+)\]")
_UNKNOWN_FIELD = re.compile(r"unknown field `([^`]+)`")


def _validation_problem(message: str, text: str, path: Path) -> Problem:
    """The validation message, with the line that its path (``$.commitments[3].due``) leads to."""
    what, _, where = message.partition(" - at `")
    where = where.rstrip("`").lstrip("$")
    unknown = _UNKNOWN_FIELD.search(what)
    mark, value = _find(text, where + (f".{unknown[1]}" if unknown else ""))
    found = f"{where.lstrip('.')}: {what}" if where else what
    if value is not None and not unknown:
        found += f" ({value!r})"
    expected = "expected the fields and types of the record (generator/model)"
    return Problem(path, mark.line + 1, "content-invalid", found, expected, "correct the value")


def find_line(text: str, where: str) -> int:
    """The line, from 1, on which a value stands: ``.commitments[3].id``; that of what holds it where it has none."""
    return _find(text, where)[0].line + 1


def _find(text: str, where: str) -> tuple[yaml.Mark, str | None]:
    """Where a path of the value is written: the mark of its key or item, and the text if it is a scalar."""
    node: Any = yaml.compose(text, Loader=yaml.CSafeLoader)
    mark: yaml.Mark = node.start_mark
    for name, index in _STEP.findall(where):
        if isinstance(node, yaml.MappingNode):
            pairs = [pair for pair in node.value if pair[0].value == name]
        elif isinstance(node, yaml.SequenceNode) and index:
            pairs = [(item, item) for item in node.value[int(index) : int(index) + 1]]
        else:
            pairs = []
        if not pairs:
            break
        mark, node = pairs[0][0].start_mark, pairs[0][1]
    return mark, node.value if isinstance(node, yaml.ScalarNode) else None
