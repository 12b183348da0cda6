"""Statements about things, and their two syntaxes: Turtle and JSON-LD. Same statements, same bytes.

A node is named or blank; blank nodes stand inside the one that speaks of them. Terms of vocabularies are written with
the prefixes below, so the code that makes statements reads like the standard that it follows.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from generator.metadata.addresses import to_url
from generator.metadata.texts import render_json

PREFIXES = {
    "adms": "http://www.w3.org/ns/adms#",
    "dcat": "http://www.w3.org/ns/dcat#",
    "dcatap": "http://data.europa.eu/r5r/",
    "dct": "http://purl.org/dc/terms/",
    "foaf": "http://xmlns.com/foaf/0.1/",
    "prov": "http://www.w3.org/ns/prov#",
    "skos": "http://www.w3.org/2004/02/skos/core#",
    "spdx": "http://spdx.org/rdf/terms#",
    "vcard": "http://www.w3.org/2006/vcard/ns#",
    "xsd": "http://www.w3.org/2001/XMLSchema#",
}
_TERM = re.compile(rf"(?:{'|'.join(PREFIXES)}):[A-Za-z_]\w*\Z", re.ASCII)
_ESCAPES = {"\\": "\\\\", '"': '\\"', "\n": "\\n", "\r": "\\r", "\t": "\\t"}


@dataclass(frozen=True)
class Iri:
    """Something that is named elsewhere, by its address."""

    value: str


@dataclass(frozen=True)
class Text:
    """A value: text in a language (``zh``, ``en``), or of a datatype (``xsd:date``), or plain."""

    value: str
    language: str = ""
    datatype: str = ""


@dataclass(frozen=True)
class Node:
    """A thing, what it is, and what is said of it. A node without ``iri`` is blank."""

    types: tuple[str, ...]
    properties: tuple[tuple[str, Sequence[Iri | Text | Node]], ...]
    iri: str = ""


def render_turtle(nodes: Sequence[Node]) -> str:
    """The statements as Turtle (RDF 1.1). Nodes at the top are named. Raises ValueError for a term without a prefix."""
    head = "".join(f"@prefix {prefix}: <{address}> .\n" for prefix, address in PREFIXES.items())
    body = "".join(f"\n<{to_url(node.iri)}>\n{_turtle_properties(node, 1)} .\n" for node in nodes)
    return head + body


def _turtle_properties(node: Node, depth: int) -> str:
    indent = "  " * depth
    lines = [f"{indent}a {', '.join(map(_term, node.types))}"]
    lines += [
        f"{indent}{_term(name)} {', '.join(_turtle_value(value, depth) for value in values)}"
        for name, values in node.properties
        if values
    ]
    return " ;\n".join(lines)


def _turtle_value(value: Iri | Text | Node, depth: int) -> str:
    if isinstance(value, Iri):
        return f"<{to_url(value.value)}>"
    if isinstance(value, Node):
        return f"[\n{_turtle_properties(value, depth + 1)}\n{'  ' * depth}]"
    quoted = f'"{_turtle_characters(value.value)}"'
    if value.language:
        return f"{quoted}@{value.language}"
    return f"{quoted}^^{_term(value.datatype)}" if value.datatype else quoted


def _turtle_characters(text: str) -> str:
    """A text inside quotation marks: most have nothing that is written otherwise."""
    if text.isprintable() and '"' not in text and "\\" not in text:
        return text
    return "".join(map(_turtle_character, text))


def _turtle_character(char: str) -> str:
    """A character inside quotation marks; control characters and halves of pairs are written by their numbers."""
    if char in _ESCAPES:
        return _ESCAPES[char]
    if "\ud800" <= char <= "\udfff":
        return "\ufffd"
    return char if char.isprintable() or char == "\u3000" else f"\\u{ord(char):04X}" if ord(char) < 0x10000 else char


@lru_cache(1024)
def _term(name: str) -> str:
    if not _TERM.match(name):
        raise ValueError(f"no term of a vocabulary with a prefix: {name!r}")
    return name


def render_json_ld(nodes: Sequence[Node]) -> str:
    """The same statements as JSON-LD 1.1, in one graph."""
    data = {"@context": PREFIXES, "@graph": [_json_node(node) for node in nodes]}
    return render_json(data)


def _json_node(node: Node) -> dict[str, Any]:
    return dict(_json_entries(node))


def _json_entries(node: Node) -> Iterator[tuple[str, Any]]:
    if node.iri:
        yield "@id", to_url(node.iri)
    yield "@type", [_term(name) for name in node.types]
    for name, values in node.properties:
        if values:
            yield _term(name), [_json_value(value) for value in values]


def _json_value(value: Iri | Text | Node) -> dict[str, Any]:
    if isinstance(value, Iri):
        return {"@id": to_url(value.value)}
    if isinstance(value, Node):
        return _json_node(value)
    said: dict[str, Any] = {"@value": re.sub("[\ud800-\udfff]", "\ufffd", value.value)}
    if value.language:
        return {**said, "@language": value.language}
    return {**said, "@type": _term(value.datatype)} if value.datatype else said
