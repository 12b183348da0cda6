"""What can be read in a page: the text of its ``<article>``, piece by piece, as a reader sees it.

A page of ours is read by its tags alone, which costs a third of a parser. Where tags do not tell where an element ends
(a hidden paragraph without its end tag), the page is parsed.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from html import unescape

import lxml.html

_LEFT_OUT = frozenset({"svg", "script", "style", "form", "nav", "template"})
"""Drawings (their tables are read), filters, and the ways to other pages: not what a page says."""
_UNSEEN = "dx-hidden"
"""Labels for listeners inside a sentence: a phrase is found across them."""
_LINED = "dx-quote"
"""Quotes, whose lines are those of the document: numbers at their ends do not run together."""
_INLINE = frozenset(
    {"a", "abbr", "b", "bdi", "cite", "code", "data", "del", "em", "i", "ins", "kbd", "mark", "q", "s", "samp", "small"}
    | {"span", "strong", "sub", "sup", "time", "u", "var", "wbr"}
)
_ENDED = (
    _LEFT_OUT | _INLINE - {"wbr"} | {"blockquote", "caption", "details", "div", "figure", "pre", "section", "table"}
)
"""Elements that always have an end tag."""
_REST = r"""[^>"']*(?:"[^"]*"[^>"']*|'[^']*'[^>"']*)*>"""
"""A tag after its name: its attributes, whose values may hold any character."""
_EDGE = "\0"
_ARTICLE = re.compile(r"<article(?=[\s>])")
_COMMENT = re.compile(r"<!--.*?-->", re.DOTALL)
_HEADING = re.compile(r"<h1(?=[\s>]).*?</h1\s*>", re.DOTALL)
_TAG = re.compile(rf"</?[a-zA-Z]{_REST}")
_TOUCHING = re.compile(rf"(?:</|<(?:area|br|col|embed|hr|img|input|source|track)(?=[\s/>])){_REST}(?=<[a-zA-Z])")
"""The end of an element, with no text before the next begins."""
_APART = re.compile(rf"{_EDGE}|<(?!/?(?:{'|'.join(sorted(_INLINE))})[\s/>])(?=/?[a-zA-Z]){_REST}")
_MARKED = re.compile(
    rf"<(?:({'|'.join(sorted(_LEFT_OUT))})(?=[\s/>]){_REST}"
    rf"|(pre(?=[\s>])|[a-zA-Z][^\s/>]*(?=[^>]*(?:hidden|{_LINED})))({_REST}))"
)
"""What may be left out, or shown line by line: for the name alone, or perhaps for its attributes."""
_PARSER = lxml.html.HTMLParser(encoding="utf-8", remove_comments=True, remove_pis=True)


@dataclass(frozen=True)
class PageText:
    """What can be read in a page: its first heading, and its pieces of text, in order."""

    title: str
    texts: tuple[str, ...]


@dataclass(frozen=True)
class Searched:
    """A page that is searched. ``wording`` is the official text, in commitments; ``status`` the code of theirs."""

    location: str
    page: PageText
    status: str = ""
    wording: str = ""


class _UnknownEndError(Exception):
    """Tags do not tell where an element ends."""


def read_page(html: bytes) -> PageText:
    """A finished page as it is found: all text of its ``<article>`` but drawings, forms and navigation.

    Each paragraph, cell, heading or label is a text of its own, so that a phrase is found inside one and never across
    two. A page without an article has no text.
    """
    text = html.decode("utf-8", "replace")
    found = _ARTICLE.search(text)
    if not found:
        return PageText("", ())
    end = text.find("</article>", found.end())
    if end < 0:
        return parse_page(html)
    article = text[found.start() : end]
    if "<!--" in article:
        article = _COMMENT.sub("", article)
    try:
        texts = tuple(_markup_to_texts(_mark_edges(article)))
    except _UnknownEndError:
        return parse_page(html)
    heading = _HEADING.search(article)
    return PageText(squeeze(unescape(_TAG.sub("", heading[0]))) if heading else "", texts)


def squeeze(text: str) -> str:
    """Text with one space wherever white space stands, and none at its ends."""
    return " ".join(text.split())


def _mark_edges(article: str) -> str:
    """The article without what is left out, and with an edge for the end of each line that is shown as one."""
    if _EDGE in article:
        raise _UnknownEndError
    kept, at = [], 0
    for tag in _MARKED.finditer(article):
        if tag.start() < at:
            continue
        name, left_out = _kind_of(tag)
        if left_out is None:
            continue
        content, end = _find_end(article, tag.end(), name)
        if left_out:
            kept += [article[at : tag.start()], "<i></i>"]
        else:
            kept += [article[at : tag.end()], _lines_to_edges(article[tag.end() : content]), f"</{name}>"]
        at = end
    return "".join([*kept, article[at:]])


def _kind_of(tag: re.Match[str]) -> tuple[str, bool | None]:
    """The name of an element, and whether it is left out (True), shown line by line (False), or neither."""
    left_out, name, attributes = tag.groups()
    if left_out:
        return left_out, True
    seen, lined = _read_attributes(attributes)
    return name, None if seen and not lined and name != "pre" else not seen


@cache
def _read_attributes(attributes: str) -> tuple[bool, bool]:
    """By the parser, so that ``title="hidden"`` is not ``hidden``."""
    element = lxml.html.fragment_fromstring(f"<i{attributes}</i>")
    return _is_seen(element), _has_lines(element)


def _find_end(article: str, start: int, name: str) -> tuple[int, int]:
    """Where the content that starts there ends, and where its element does."""
    if name not in _ENDED and not article.startswith(f"</{name}>", article.find("<", start)):
        raise _UnknownEndError
    depth = 1
    for tag in re.compile(rf"<(/?){name}(?=[\s/>])[^>]*>").finditer(article, start):
        depth += -1 if tag[1] else 1
        if not depth:
            return tag.start(), tag.end()
    raise _UnknownEndError


def _lines_to_edges(content: str) -> str:
    if _MARKED.search(content) or any("\n" in tag for tag in _TAG.findall(content)):
        raise _UnknownEndError
    return content.replace("\n", _EDGE)


def _markup_to_texts(article: str) -> Iterator[str]:
    """Elements with nothing between them, not even a space, stand apart on the page: a date and what is due."""
    for piece in _APART.split(_TOUCHING.sub(_EDGE, article)):
        text = _TAG.sub("", piece) if "<" in piece else piece
        if text and (squeezed := squeeze(unescape(text) if "&" in text else text)):
            yield squeezed


def _is_seen(element: lxml.html.HtmlElement) -> bool:
    return element.get("class") != _UNSEEN and element.get("hidden") is None


def _has_lines(element: lxml.html.HtmlElement) -> bool:
    return _LINED in (element.get("class") or "").split()


# --- parsed -----------------------------------------------------------------------------------------------


def parse_page(html: bytes) -> PageText:
    """The same as ``read_page``, of the tree that a parser makes of the page."""
    article = lxml.html.document_fromstring(html, parser=_PARSER).find(".//article")
    if article is None:
        return PageText("", ())
    heading = article.find(".//h1")
    title = "" if heading is None else squeeze(str(heading.xpath("string()")))
    return PageText(title, tuple(_texts_of(article)))


def _texts_of(article: lxml.html.HtmlElement) -> Iterator[str]:
    pieces: list[str] = []
    for piece in _pieces_of(article):
        if piece is not None:
            pieces.append(piece)
        elif text := squeeze("".join(pieces)):
            yield text
            pieces.clear()
        else:
            pieces.clear()


def _pieces_of(element: lxml.html.HtmlElement, *, lined: bool = False) -> Iterator[str | None]:
    """Text as it stands, and None wherever one piece ends and another begins.

    ``lined``: the page shows each line of the text as a line of its own.
    """
    edge, lined = element.tag not in _INLINE, lined or element.tag == "pre" or _has_lines(element)
    if edge:
        yield None
    yield from _lines_of(element.text or "", lined=lined)
    for child in element:
        if child.tag not in _LEFT_OUT and _is_seen(child):
            yield from _pieces_of(child, lined=lined)
        tail = child.tail or ("" if child.getnext() is None else None)
        yield from _lines_of(tail, lined=lined)
    if edge:
        yield None


def _lines_of(text: str | None, *, lined: bool) -> Iterator[str | None]:
    if not lined or text is None:
        yield text
        return
    first, *others = text.split("\n")
    yield first
    for line in others:
        yield from (None, line)
