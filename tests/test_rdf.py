"""Turtle and JSON-LD say the same, whatever the texts hold, and nothing that is not a term of a vocabulary passes."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rdflib import Graph, URIRef
from rdflib import Literal as Said
from rdflib.compare import isomorphic

from generator.metadata.rdf import Iri, Node, Text, render_json_ld, render_turtle
from tests.metadata_examples import HOSTILE, HOSTILE_URL

SUBJECT = "https://example.org/#a"
TITLE = URIRef("http://purl.org/dc/terms/title")


def graphs(nodes: list[Node]) -> tuple[Graph, Graph]:
    turtle, json_ld = render_turtle(nodes), render_json_ld(nodes)
    return Graph().parse(data=turtle, format="turtle"), Graph().parse(data=json_ld, format="json-ld")


def titled(*values: Iri | Text | Node) -> list[Node]:
    return [Node(("dcat:Dataset",), (("dct:title", values), ("dct:source", ())), SUBJECT)]


def test_the_syntax_is_what_people_would_write() -> None:
    inner = Node(("dct:PeriodOfTime",), (("dcat:startDate", [Text("2024-01-01", datatype="xsd:date")]),))
    said = render_turtle(titled(Text("题", "zh"), Text("plain"), Iri("https://example.org/a b"), inner))
    assert said.endswith(
        "\n<https://example.org/#a>\n"
        "  a dcat:Dataset ;\n"
        '  dct:title "题"@zh, "plain", <https://example.org/a%20b>, [\n'
        "    a dct:PeriodOfTime ;\n"
        '    dcat:startDate "2024-01-01"^^xsd:date\n'
        "  ] .\n"
    )


@pytest.mark.parametrize(
    "text", [HOSTILE.replace("\ud800", ""), "\\", '"', "\\u0022", "a\r\nb", "\x00", "", "\u3000", "'''"]
)
def test_text_comes_back_as_it_was(text: str) -> None:
    for graph in graphs(titled(Text(text, "zh"), Text(text))):
        assert set(graph.objects(URIRef(SUBJECT), TITLE)) == {Said(text, lang="zh"), Said(text)}


@given(st.text(max_size=40), st.text(max_size=40))
def test_any_text_and_address_leave_both_syntaxes_alike(text: str, address: str) -> None:
    inner = Node(("foaf:Document",), (("dct:title", [Text(text)]),))
    turtle, json_ld = graphs(titled(Text(text, "en"), Iri(f"https://example.org/{address}"), inner))
    assert len(turtle) == 6 and isomorphic(turtle, json_ld)


def test_hostile_addresses_stay_addresses() -> None:
    turtle, json_ld = graphs(titled(Iri(HOSTILE_URL)))
    assert len(turtle) == 2 and isomorphic(turtle, json_ld)
    (address,) = turtle.objects(URIRef(SUBJECT), TITLE)
    assert str(address).startswith("https://example.org/a%20b%3E%22%3Cc%3E") and "%41%25" in str(address)


def test_half_a_character_is_replaced() -> None:
    nodes = titled(Text(HOSTILE, "zh"))
    turtle, json_ld = graphs(nodes)
    assert isomorphic(turtle, json_ld)
    assert "\ufffd" in render_turtle(nodes) and "\ufffd" in render_json_ld(nodes)
    render_turtle(nodes).encode()
    json.loads(render_json_ld(nodes).encode())


@pytest.mark.parametrize("term", ["dct:title> . <x", "other:title", "title", "dct:", "dct:a b", "dct:title\n"])
def test_what_is_no_term_is_refused(term: str) -> None:
    for node in (Node((term,), (), SUBJECT), Node(("dcat:Dataset",), ((term, [Text("x")]),), SUBJECT)):
        for render in (render_turtle, render_json_ld):
            with pytest.raises(ValueError, match="no term"):
                render([node])
