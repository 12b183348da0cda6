"""A chart as a page shows it: legend, caption, description and a table of the same rows."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from markupsafe import Markup

from generator import charts

Row = dict[str, Any]
Draw = Callable[[charts.Chart], str]


@dataclass(frozen=True)
class Table:
    """The twin of a chart. Columns have zh, en and number; cells text, href and number."""

    title: str
    columns: tuple[Row, ...]
    rows: tuple[tuple[Row, ...], ...]

    @property
    def is_matrix(self) -> bool:
        """Whether all columns but the first are figures: then the table says so once, not every cell."""
        return all(column["number"] for column in self.columns[1:])


@dataclass(frozen=True)
class Figure:
    """A chart as a page shows it. ``svg`` is markup of ours."""

    id: str
    title: str
    caption: str
    svg: Markup
    table: Table
    legend: tuple[Row, ...] = field(default=())


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
