"""What happens to pages: nesting, spans, entities, charsets, tags that are lost or in the wrong place."""

from __future__ import annotations

import re
from collections.abc import Callable
from random import Random

HtmlMutator = Callable[[str, Random], str]

_TAG = re.compile(r"<[^<>]{1,200}>")
_NESTED = (
    "div",
    "span",
    "table",
    "td",
    "tr",
    "table><tr><td",
    "b",
    "ul><li",
    "sup",
    "font",
    "a",
    "p",
    "blockquote",
    "svg",
    "math",
)
_SPANS = ("0", "1", "2", "-1", "1000", "1001", "65535", "1000000000", "9" * 30, "１０", "", "1e9", "\u0663")
_ENTITIES = (
    "&#0;", "&#x1F;", "&#128;", "&#xD800;", "&#xDFFF;", "&#xFFFE;", "&#x110000;", "&#99999999999;", "&nbsp;",
    "&bogus;", "&#x202e;",
    "&lt;script&gt;", "&amp;amp;", "&#38;", "&#x200b;", "&#8232;", "&frac12;", "&sup2;", "&#65297;",
)  # fmt: skip
_PIECES = (
    "<!--", "-->", "<![CDATA[", "]]>", "<script>", "</script>", "<style>", "<title>", "<template>", "<noscript>",
    "<textarea>",
    "<iframe>", "<plaintext>", "<base href='http://127.0.0.1/'>", "<br>", "<hr>", "<h1>", "<h7>", "<header>",
    "<article>", "<del>",
    "<sup>2</sup>", "<p hidden>", "<p style='display:none'>", "<col span=99999>", "<caption>", "<thead>", "<tfoot>",
    "<th>", "<xml>",
    "<o:p>", "<?php ?>", "<!DOCTYPE html [<!ENTITY a 'b'>]>", "<td", "</td>", "</table>", "</body></html>", "<\x00p>",
    "< p>", "<>",
)  # fmt: skip
_CHARSETS = (
    "utf-8",
    "gb2312",
    "gbk",
    "big5",
    "utf-16",
    "utf-7",
    "iso-2022-cn",
    "latin-1",
    "rot13",
    "hex",
    "idna",
    "x" * 400,
    "",
)


def nest(page: str, draw: Random) -> str:
    """Elements in one another, closed or not."""
    name, times = draw.choice(_NESTED), draw.choice((3, 30, 250, 600, 2500))
    at = draw.randint(0, len(page))
    closing = f"</{name.split('>')[0]}>" * times if draw.random() < 0.5 else ""
    return page[:at] + f"<{name}>" * times + "1个" + closing + page[at:]


def span_cells(page: str, draw: Random) -> str:
    """Spans of nothing, of millions, of no number."""
    name = draw.choice(("colspan", "rowspan"))
    wanted = draw.choice((1, 1, 50))
    return re.sub(
        "<t[dh]",
        lambda cell: f"{cell[0]} {name}='{draw.choice(_SPANS)}'" if draw.random() < 0.3 else cell[0],
        page,
        count=wanted,
    )


def lose_tag(page: str, draw: Random) -> str:
    """Tags are missing."""
    tags = [*_TAG.finditer(page)]
    for tag in sorted(draw.sample(tags, min(len(tags), draw.choice((1, 3, 20)))), key=lambda tag: -tag.start()):
        page = page[: tag.start()] + page[tag.end() :]
    return page


def swap_tags(page: str, draw: Random) -> str:
    """Tags stand in one another's place."""
    tags = [*_TAG.finditer(page)]
    if len(tags) < 2:
        return page
    one, other = sorted(draw.sample(tags, 2), key=lambda tag: tag.start())
    return page[: one.start()] + other[0] + page[one.end() : other.start()] + one[0] + page[other.end() :]


def _inserted(pieces: tuple[str, ...]) -> HtmlMutator:
    def insert(page: str, draw: Random) -> str:
        for _again in range(draw.choice((1, 1, 4))):
            at = draw.randint(0, len(page))
            page = page[:at] + draw.choice(pieces) + page[at:]
        return page

    return insert


def declare_charset(page: str, draw: Random) -> str:
    """The page says that it is in another encoding."""
    return f'<meta http-equiv="Content-Type" content="text/html; charset={draw.choice(_CHARSETS)}">' + page


def repeat_rows(page: str, draw: Random) -> str:
    """A row or a cell very often."""
    tag = draw.choice(("<tr", "<td"))
    start = page.find(tag, draw.randint(0, len(page)))
    end = page.find(tag, start + 1)
    times = draw.choice((5, 50, 400))
    return page[:end] + page[start:end] * times + page[end:] if 0 <= start < end <= start + 2000 else page


MUTATORS: tuple[HtmlMutator, ...] = (
    nest,
    span_cells,
    span_cells,
    lose_tag,
    swap_tags,
    _inserted(_ENTITIES),
    _inserted(_PIECES),
    _inserted(_PIECES),
    declare_charset,
    repeat_rows,
)
