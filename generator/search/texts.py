"""What can be read in a page: the text of its ``<article>``, piece by piece, as a reader sees it.

A page of ours is read by its tags alone, and what lies between two of them is mostly known from other pages. Where tags
do not tell where an element ends (a hidden paragraph without its end tag), the page is parsed, which costs many times
as much.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from html import unescape
from typing import NamedTuple

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
_EDGE, _ENDS, _BEGINS, _ASIDE = b"\0", b"\1", b"\2", b"\3"
"""Signs in the place of tags: an edge between two texts; an inline element that ends, with no text after it; one that
begins; and an element that is not simply read."""
_SIGNS = (_EDGE, _ENDS, _BEGINS, _ASIDE)
_ARTICLE = re.compile(rb"<article(?=[\s>])")
_COMMENT = re.compile(rb"<!--.*?-->", re.DOTALL)
_HEADING = re.compile(rb"<h1(?=[\s>]).*?</h1\s*>", re.DOTALL)
_TAG = re.compile(r"""</?[a-zA-Z][^>"']*(?:"[^"]*"[^>"']*|'[^']*'[^>"']*)*>""")
_NAME = re.compile(r"/?[a-zA-Z][^\s/]*")
_MOST_KEPT = 8_192
"""Pieces of markup that are remembered: more than the pages of a year share."""
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
    found = _ARTICLE.search(html)
    if not found:
        return PageText("", ())
    end = html.find(b"</article>", found.end())
    if end < 0:
        return parse_page(html)
    article = html[found.start() : end]
    if b"<!--" in article:
        article = _COMMENT.sub(b"", article)
    try:
        texts = _article_to_texts(article)
    except _UnknownEndError:
        return parse_page(html)
    heading = _HEADING.search(article)
    return PageText(squeeze(unescape(_TAG.sub("", _decode(heading[0])))) if heading else "", texts)


def squeeze(text: str) -> str:
    """Text with one space wherever white space stands, and none at its ends."""
    return " ".join(text.split())


def _decode(markup: bytes) -> str:
    return markup.decode("utf-8", "replace")


def _article_to_texts(article: bytes) -> tuple[str, ...]:
    """Cut at its tags: most pieces, a tag and the text after it, have been met in other pages, or in this one.

    Elements with nothing between them, not even a space, stand apart on the page: a date and what is due.
    """
    if any(sign in article for sign in _SIGNS):
        raise _UnknownEndError
    pieces = article.split(b"<")[1:]
    signed = [*map(_SIGNED.__getitem__, pieces)]
    at = 0
    while (at := _find_aside(signed, at)) < len(signed):
        at = _read_aside(pieces, signed, at)
    joined = b"".join(signed).replace(_ENDS + _BEGINS, _EDGE).replace(_ENDS, b"").replace(_BEGINS, b"")
    text = squeeze(unescape(_decode(joined)) if b"&" in joined else _decode(joined))
    edge = _decode(_EDGE)
    return tuple(filter(None, text.replace(f" {edge}", edge).replace(f"{edge} ", edge).split(edge)))


class _Signed(dict[bytes, bytes]):
    """Each piece of markup with a sign in the place of its tag."""

    def __missing__(self, piece: bytes) -> bytes:
        if len(self) >= _MOST_KEPT:
            self.clear()
        tag, closed, text = piece.partition(b">")
        name, left_out, before, alone = _read_tag(tag) if closed else _UNCLEAR
        read = name and left_out is None
        self[piece] = signed = (before + text if text else alone) if read else _ASIDE
        return signed


_SIGNED = _Signed()


class _Tag(NamedTuple):
    """``name``, that of an end tag with its slash; ``before``, the sign that stands for it before text, and ``alone``.

    ``left_out``: whether its element is left out, or shown line by line (False), or neither.
    """

    name: str
    left_out: bool | None
    before: bytes
    alone: bytes


_UNCLEAR = _Tag("", None, b"", b"")
"""What has no name, or a value that may hold what looks like the end of a tag."""


@lru_cache(_MOST_KEPT)
def _read_tag(tag: bytes) -> _Tag:
    decoded = _decode(tag)
    found = _NAME.match(decoded)
    if not found or "'" in decoded or decoded.count('"') % 2:
        return _UNCLEAR
    name = found[0]
    left_out = _is_left_out(name, decoded[len(name) :])
    if name.removeprefix("/") not in _INLINE:
        return _Tag(name, left_out, _EDGE, _EDGE)
    return _Tag(name, left_out, b"", _ENDS) if name[0] == "/" else _Tag(name, left_out, _BEGINS, _BEGINS)


def _is_left_out(name: str, attributes: str) -> bool | None:
    if name in _LEFT_OUT:
        return True
    if name[0] == "/":
        return None
    told = "hidden" in attributes or _LINED in attributes
    seen, lined = _read_attributes(attributes) if told else (True, False)
    return None if seen and not lined and name != "pre" else not seen


@cache
def _read_attributes(attributes: str) -> tuple[bool, bool]:
    """By the parser, so that ``title="hidden"`` is not ``hidden``."""
    element = lxml.html.fragment_fromstring(f"<i{attributes}></i>")
    return _is_seen(element), _has_lines(element)


def _find_aside(signed: Sequence[bytes], start: int) -> int:
    try:
        return signed.index(_ASIDE, start)
    except ValueError:
        return len(signed)


def _read_aside(pieces: Sequence[bytes], signed: list[bytes], start: int) -> int:
    """Sign the element that begins there as it is shown, and tell where it ends."""
    tag, _, text = pieces[start].partition(b">")
    name, left_out, before, _ = _read_tag(tag)
    if not name:
        raise _UnknownEndError
    end = _find_end(pieces, start + 1, name)
    if left_out:
        after = pieces[end].partition(b">")[2]
        signed[start : end + 1] = [_BEGINS + (after or _ENDS), *[b""] * (end - start)]
        return end + 1
    if _ASIDE in signed[start + 1 : end]:
        raise _UnknownEndError
    lined = [before + text, *signed[start + 1 : end]]
    signed[start:end] = [piece.replace(b"\n", _EDGE) for piece in lined]
    return end


def _find_end(pieces: Sequence[bytes], start: int, name: str) -> int:
    """The piece with the end tag of the element whose content begins there."""
    same, depth = _same_name(name), 1
    for number in range(start, len(pieces) if name in _ENDED else min(start + 1, len(pieces))):
        if tag := same(pieces[number]):
            depth += -1 if tag[1] else 1
            if not depth:
                return number
    raise _UnknownEndError


@cache
def _same_name(name: str) -> Callable[[bytes], re.Match[bytes] | None]:
    """Matches tags of this name; the first group has the slash of end tags."""
    return re.compile(rf"(/?){re.escape(name)}[\s/>]".encode()).match


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
