"""The unit that a column states in its heading, and the bare numbers below it."""

from __future__ import annotations

import re

from generator.ingest.rows import Reading
from generator.text import Traced

#: A unit in brackets at the end of a heading: 新增就业(万人).
_UNIT = re.compile(r"[(（](?:单位[:：])?\s*([^()（）\d\s]{1,6})\s*[)）]$")


def without_unit(heading: str, reading: Reading) -> tuple[str, str]:
    """A heading without the unit in brackets at its end, and that unit; empty where it has none that is known."""
    match = _UNIT.search(heading)
    if match is None or not reading.grammar.quantities(f"1{match[1]}")[0].unit:
        return heading, ""
    return heading[: match.start()].rstrip(), match[1]


def with_unit(cell: Traced, unit: str) -> Traced:
    """A bare number with the unit of its column; the unit takes the place of the number's last character."""
    if not unit or not re.fullmatch(r"[\d.,，]+", cell.text):
        return cell
    return Traced(cell.text + unit, cell.offsets + (cell.offsets[-1],) * len(unit))
