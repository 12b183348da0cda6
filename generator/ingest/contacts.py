"""Whom citizens may call: names and telephone numbers that a document prints and no register repeats."""

from __future__ import annotations

import re
from dataclasses import replace

from generator.ingest.rows import Reading, Row
from generator.lookups import Lookups
from generator.text import Traced

#: Mobile numbers, and numbers of a line with their area code.
TELEPHONE = re.compile(r"(?<!\d)(?:1[3-9]\d{9}|[(（]?0\d{2,3}[)）]?\s?[-—－]?\s?\d{7,8}(?:[-—－]\d{1,4})?)(?!\d)")


def row_without_contacts(row: Row, reading: Reading) -> Row:
    """A row whose cells say no 联系人:… and 电话:…; its column of contacts is left for the number accounting alone."""
    label = reading.lookups.once(_label)
    if not any(label.search(cell.text) for cells in row.fields.values() for cell in cells):
        return row
    fields = {
        name: cells if name == "contact" else tuple(without_contacts(cell, reading) for cell in cells)
        for name, cells in row.fields.items()
    }
    return replace(row, fields=fields)


def without_contacts(text: Traced, reading: Reading) -> Traced:
    """A text without the labels of contacts and what they introduce, brackets included."""
    spans = _labelled_spans(text.text, reading)
    return text.without(spans).strip() if spans else text


def contact_offsets(text: Traced, reading: Reading) -> frozenset[int]:
    """Source offsets of what a text says of contacts: behind their labels, or of the shape of a telephone number."""
    spans = [*(match.span() for match in TELEPHONE.finditer(text.text)), *_labelled_spans(text.text, reading)]
    return frozenset(offset for start, end in spans for offset in text.offsets[start:end])


def _labelled_spans(text: str, reading: Reading) -> list[tuple[int, int]]:
    if not reading.lookups.once(_label).search(text):
        return []
    return [match.span() for match in reading.lookups.once(_labelled).finditer(text)]


def _label(lookups: Lookups) -> re.Pattern[str]:
    return re.compile("|".join(lookups.words("label_contact")))


def _labelled(lookups: Lookups) -> re.Pattern[str]:
    """联系人:…,电话:… to the end of the sentence, the cell or the bracket. 服务电话:12345 is part of a wording."""
    words = lookups.longest("label_contact")
    label = rf"(?<![\u4e00-\u9fff])(?:{'|'.join(words)})\s*[:：]"
    return re.compile(rf"[(（]{label}[^()（）|\n]*[)）]|[,，;；]?\s*{label}[^。;；|\n)）]*")
