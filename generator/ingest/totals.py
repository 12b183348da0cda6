"""Totals that a document states of its own list: 10件民生实事, 十方面48项, 一、幸福养老（5项）.

They stand in titles, in the preface before the first row, and in the headings of sections. They are the document's
words; what a person counted (``expect`` in the sidecar) is another thing, and refuses a reading that differs.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from generator.ingest.blocks import Block
from generator.ingest.rows import Reading, Row
from generator.model import Programme, StatedTotal, TotalOf
from generator.patterns import alternation
from generator.text import Traced, chinese_to_decimal

_NUMERAL = r"(?:\d{1,4}|[一二两三四五六七八九十百]{1,6})"
#: A heading is no longer than this; a longer paragraph counts other things, too.
_HEADING = 60
#: Characters that a quote keeps on either side of a total.
_AROUND = 12
#: Lists of words in ``phrases.yml`` that name each programme.
_NAMES: dict[Programme, str] = {
    "livelihood": "livelihood_titles",
    "key-work": "key_work_titles",
    "feedback": "feedback_titles",
}


def read_totals(
    programme: Programme, preface: Sequence[Block], blocks: Sequence[Block], rows: Sequence[Row], reading: Reading
) -> tuple[StatedTotal, ...]:
    """The totals of one programme, in the order of the document, each number once.

    ``preface`` are the blocks before its list that belong to no other programme, its title among them; there a total
    must name the programme. ``blocks`` are its own: what stands before the first row is its introduction.
    """
    first = min((row.line for row in rows), default=0)
    found = [total for block in preface for total in _named(block.text, programme, reading)]
    for block in blocks:
        if block.line < first and block.kind != "row":
            found += [*_named(block.text, programme, reading), *_plain(block.text, reading, "")]
    sections = {row.section.start: row.section for row in rows if row.section}
    found += [total for _, section in sorted(sections.items()) for total in _plain(section, reading, section.text)]
    return tuple({(one.value, one.of, one.section): one for one in reversed(found)}.values())[::-1]


def _named(text: Traced, programme: Programme, reading: Reading) -> Iterator[StatedTotal]:
    """Totals beside the name of the programme, unless the clause speaks of another year's or government's."""
    names = alternation(reading.lookups.words(_NAMES[programme]))
    items, groups = _measures(reading)
    counted = rf"{_NUMERAL}\s*(?:{groups}|{items})"
    leads = alternation(reading.lookups.words("total_leads"))
    between = alternation(reading.lookups.words("total_between"))
    before = rf"(?P<one>{counted}(?:[、,，]?\s*{counted})*)(?:{between})*(?:{names})"
    patterns = (
        rf"{before}(?:[、,，]?\s*(?:{leads})?\s*(?P<two>{counted}))?",
        rf"(?:{names})(?:{between})*(?:{leads})\s*(?P<one>{counted})",
    )
    for match in (match for pattern in patterns for match in re.finditer(pattern, text.text)):
        clause = re.split(r"[,，。;；:：]", text.text[: match.start()])[-1]
        if not any(word in clause for word in reading.lookups.words("total_elsewhere")):
            for name in sorted(name for name, words in match.groupdict().items() if words):
                yield from _totals(text, *match.span(name), reading, "")


def _plain(text: Traced, reading: Reading, section: str) -> Iterator[StatedTotal]:
    """Totals in a heading of the list itself: 共48项, （5项）."""
    if len(text) > _HEADING:
        return
    items = alternation(reading.lookups.words("total_plain"))
    leads = alternation(reading.lookups.words("total_leads"))
    counted = rf"{_NUMERAL}\s*(?:{items})"
    pattern = rf"(?:{leads})\s*(?P<led>{counted})|[(（]\s*(?:{leads})?\s*(?P<alone>{counted})\s*[)）]"
    for match in re.finditer(pattern, text.text):
        yield from _totals(text, *match.span("led" if match["led"] else "alone"), reading, section)


def _totals(text: Traced, start: int, end: int, reading: Reading, section: str) -> Iterator[StatedTotal]:
    items, groups = _measures(reading)
    for match in re.finditer(
        rf"({_NUMERAL})\s*(?:(?P<groups>{groups})|(?:{items}))", text.text[start : max(start, end)]
    ):
        value = int(match[1]) if match[1].isdecimal() else int(chinese_to_decimal(match[1]) or 0)
        if value:
            span = text[start + match.start() : start + match.end()]
            of: TotalOf = "groups" if match["groups"] else "items"
            quote = text.text[max(0, start - _AROUND) : end + _AROUND].strip()
            yield StatedTotal(value=value, of=of, quote=quote, start=span.start, end=span.end, section=section)


def _measures(reading: Reading) -> tuple[str, str]:
    return alternation(reading.lookups.words("total_items")), alternation(reading.lookups.words("total_groups"))
