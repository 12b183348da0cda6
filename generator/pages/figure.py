"""A chart as a page shows it: legend, caption, description and a table of the same rows."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any, TypeVar

from markupsafe import Markup

from generator import charts

Row = dict[str, Any]
Item = TypeVar("Item")
Draw = Callable[[charts.Chart], str]


#: Charts of more rows are drawn in two parts, which a wide page sets side by side.
_LONG = 12


@dataclass(frozen=True)
class Table:
    """The twin of a chart. Columns have zh, en and number; cells text, href and number."""

    title: str
    columns: tuple[Row, ...]
    rows: tuple[tuple[Row, ...], ...]

    @property
    def numbers(self) -> str:
        """Classes that say which columns are figures, once for the table and not in every cell; none past the ninth."""
        if len(self.columns) > 2 and all(column["number"] for column in self.columns[1:]):
            return "dx-matrix"
        return " ".join(f"dx-n{place}" for place, column in enumerate(self.columns, 1) if column["number"])


@dataclass(frozen=True)
class Figure:
    """A chart as a page shows it, in one part or two that are read one after the other.

    ``drawings`` are markup of ours; there are none where one sentence, ``said``, tells all that a chart would.
    """

    id: str
    title: str
    caption: str
    drawings: tuple[Markup, ...] = ()
    table: Table | None = None
    legend: tuple[Row, ...] = field(default=())
    said: str = ""

    @property
    def links(self) -> int:
        """How many links the keyboard passes on its way through the chart."""
        return sum(drawing.count("<a ") for drawing in self.drawings)


def split_rows(rows: Sequence[Item]) -> list[Sequence[Item]]:
    """The rows of one chart, or of two where they are many."""
    if len(rows) <= _LONG:
        return [rows]
    half = (len(rows) + 1) // 2
    return [rows[:half], rows[half:]]


def column(zh: str, en: str = "") -> Row:
    """A column's title in both languages."""
    return {"zh": zh, "en": en, "number": False}


def number_column(zh: str, en: str = "") -> Row:
    """The title of a column of figures, which stand right."""
    return {"zh": zh, "en": en, "number": True}


def cell(text: object, href: str = "") -> Row:
    """A cell of a table, perhaps a link."""
    return {"text": str(text), "href": href, "number": False}


def number_cell(text: object) -> Row:
    """A cell with a figure."""
    return {"text": str(text), "href": "", "number": True}
