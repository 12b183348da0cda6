"""Rows: what every layout reads blocks into, and the steps that layouts share (headings, lost cells)."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import Any, Literal, TypeVar

from generator.ingest.persons import is_contact, is_person
from generator.lookups import Lookups
from generator.model import Place
from generator.quantities import Grammar, find_due
from generator.text import NOTHING, Traced, containment, unwrap

T = TypeVar("T")
B = TypeVar("B")

#: Fields whose cell a merged cell of the table may have covered: a row without it has the one above.
SPANNING = ("number", "category", "leader", "lead_units", "lead_official")
_LONG = 40
#: A longer text is no heading of which a part is told.
_HEADING = 16
#: A row of a table by areas is about a row of a list when this share of its wording stands there.
_SAME_WORDING = 0.8


#: Levels of areas and the signs between them. 市区 is a part of a city.
_LEVELS = re.compile(r"(?:责任|实施)?各?[区县市旗乡镇街道、()（）/／]{2,12}")
_NO_HEADINGS = ("市区", "镇区")
_UNMADE = object()
#: What stands between the cells of neighbouring columns of one field; a plan by quarters is a list of steps.
GLUE = {"lead_units": "、", "support_units": "、", "plan": "；", "report": "\n"}

FigureKind = Literal["promised", "done", "rate", "open", "row-number"]


@dataclass(frozen=True)
class Figure:
    """A cell of one area, or of the whole place where ``area`` is empty.

    ``heading`` says what its column is of, ``subject`` names the project.
    """

    kind: FigureKind
    area: str
    cell: Traced
    heading: str = ""
    subject: str = ""


@dataclass(frozen=True)
class Row:
    """One commitment as a layout found it: the paragraphs of each field, by the fields of ``headers.yml``.

    ``figures`` are what a table by areas reports.
    """

    fields: Mapping[str, tuple[Traced, ...]]
    line: int
    section: Traced = field(default_factory=lambda: Traced("", ()))
    figures: tuple[Figure, ...] = ()

    def get(self, name: str) -> Traced:
        """The paragraphs of a field, joined with line feeds; empty where it has none."""
        cells = self.fields.get(name)
        return Traced.join(cells, glue="\n") if cells else NOTHING


@dataclass(frozen=True)
class AreaRow:
    """The split of one total by areas. ``shares`` are (area, cell) pairs; ``note`` is a cell that spans them.

    ``fields`` are its other columns; they count where no list of commitments stands beside the split.
    """

    number: Traced
    text: Traced
    total: Traced
    shares: tuple[tuple[str, Traced], ...]
    line: int
    note: Traced = field(default_factory=lambda: Traced("", ()))
    fields: Mapping[str, Traced] = field(default_factory=dict)


def stated_rows(rows: Sequence[Row | AreaRow]) -> list[Row]:
    """The rows that are commitments. Where nothing but a split by areas is printed, its rows are.

    Where a list stands beside a table of what areas did, the figures of that table go to the rows of the list that
    are worded alike.
    """
    listed = [row for row in rows if isinstance(row, Row)]
    if not listed:
        return [
            Row({name: (cell,) for name, cell in _cells_of(row) if cell}, row.line)
            for row in rows
            if isinstance(row, AreaRow) and row.text
        ]
    stated = [row for row in listed if not any(one.area for one in row.figures)]
    alone: list[Row] = []
    for row in listed:
        if not any(one.area for one in row.figures):
            continue
        scored = [(_same_wording(row.get("text").text, one), -at) for at, one in enumerate(stated)]
        likeness, at = max(scored, default=(0.0, 0))
        if likeness >= _SAME_WORDING:
            stated[-at] = replace(stated[-at], figures=(*stated[-at].figures, *row.figures))
        else:
            alone.append(row)
    return stated + alone


def _same_wording(project: str, listed: Row) -> float:
    """How much of a project's name stands in the wording of a row, or of that wording in a line that names both."""
    text = listed.get("text").text
    back = containment(text, project) if len(text) >= _WORDED and listed.get("report") else 0.0
    return max(containment(project, text), back)


#: A wording is long enough to be found again in the line that a table stands below.
_WORDED = 8


def _cells_of(row: AreaRow) -> tuple[tuple[str, Traced], ...]:
    named = {"number": row.number, "text": row.text, "total": row.total}
    return tuple((named | {name: cell for name, cell in row.fields.items() if name not in named}).items())


@dataclass(frozen=True)
class Reading:
    """What reading a document goes by: the lookups, the grammar, the place, the year, the title of the part."""

    lookups: Lookups
    grammar: Grammar
    place: Place
    year: int
    title: str = ""
    #: What is made of texts → the text → it. All parts of a document share it: no title decides it.
    of_texts: defaultdict[object, dict[str, Any]] = field(default_factory=lambda: defaultdict(dict), compare=False)
    #: (what is made, the ids of the blocks that it is made of) → those blocks, which keeps their ids theirs, and it.
    _made: dict[tuple[object, ...], tuple[Sequence[object], Any]] = field(
        default_factory=dict, init=False, compare=False
    )

    def of_text(self, make: Callable[[str, Reading], T], text: str) -> T:
        """What ``make`` makes of a text, made once: every layout asks every line for its labels and its units."""
        known = self.of_texts[make]
        made = known.get(text, _UNMADE)
        if made is _UNMADE:
            made = known[text] = make(text, self)
        return made  # type: ignore[no-any-return]

    def of_blocks(self, make: Callable[[Sequence[B], Reading], T], blocks: Sequence[B]) -> T:
        """What ``make`` makes of a run of blocks, made once: detection and reading ask for the same tables, lines."""
        key = (make, *map(id, blocks))
        if key not in self._made:
            self._made[key] = tuple(blocks), make(blocks, self)
        return self._made[key][1]  # type: ignore[no-any-return]

    @cached_property
    def areas(self) -> Mapping[str, str]:
        """Names under which the areas of the place are printed → their names in ``places.yml``."""
        names: dict[str, str] = {}
        for area in self.lookups.places.areas_of(self.place.slug):
            names |= {name: area.zh for name in (*area.short, area.zh)}
        return names

    @cached_property
    def cues(self) -> Sequence[tuple[re.Pattern[str], float]]:
        """The cues of promising and reporting, with their weights."""
        words = self.lookups.phrases.cues["promise_or_report"]
        return tuple((re.compile(pattern), weight) for pattern, weight in words.items())

    @cached_property
    def any_cue(self) -> re.Pattern[str]:
        """One of the cues: most cells of tables have none."""
        return re.compile("|".join(f"(?:{pattern.pattern})" for pattern, _ in self.cues))

    @cached_property
    def label_fields(self) -> Mapping[str, str]:
        """Labels that stand before a colon (进展情况:) → the field that they introduce."""
        fields = {word: header.field for header in self.lookups.headers for word in header.exact if len(word) > 1}
        kinds = {"lead": "lead_units", "support": "support_units", "leader": "leader", "due": "due"}
        for kind, name in kinds.items():
            fields |= {word: name for word in self.lookups.words(f"label_{kind}")}
        return fields

    @cached_property
    def label_pattern(self) -> re.Pattern[str]:
        """A label with what sets it off; its group holds the label, white space as printed."""
        words = sorted(self.label_fields, key=len, reverse=True)
        labels = "|".join(r"\s*".join(map(re.escape, word)) for word in words)
        return re.compile(rf"\**([【\[])?(?P<label>{labels})(?(1)[】\]]\s*[:：]?|\**\s*[:：])\**\s*")

    @cached_property
    def bracketed_report(self) -> re.Pattern[str]:
        """A bracket that begins as reports do, or with a label."""
        begins = (*self.lookups.words("begins_report"), *map(re.escape, self.label_fields))
        return re.compile(rf"[(（](?=\s*(?:{'|'.join(begins)}))")

    def header_field(self, heading: str) -> str:
        """The field that a column heading means; empty when it is no heading that is known."""
        bare = "".join(heading.split())
        if bare in self._headings or len(bare) > _HEADING:
            return self._headings.get(bare, "")
        return next((field for word, field in self._heading_parts if word in bare), "")

    @cached_property
    def _headings(self) -> Mapping[str, str]:
        """A whole heading → its field, that of the first header of ``headers.yml`` that has it."""
        return {word: header.field for header in reversed(self.lookups.headers) for word in header.exact}

    @cached_property
    def _heading_parts(self) -> Sequence[tuple[str, str]]:
        """(word, field) of the words that a short heading may hold, in the order of ``headers.yml``."""
        return tuple((word, header.field) for header in self.lookups.headers for word in header.contains)

    def heads_areas(self, heading: str) -> bool:
        """Whether a cell heads a column of areas: 区县, 区、县(市), and every other order of such levels."""
        bare = "".join(heading.split())
        mixed = _LEVELS.fullmatch(bare) is not None and len(set(bare) & set("区县市旗乡镇")) >= 2
        return bare in self.lookups.words("area_headings") or (mixed and bare not in _NO_HEADINGS)

    def area_of(self, heading: str) -> str:
        """The area that a column heading names; empty when it names none."""
        bare = "".join(heading.split())
        if bare in self.areas:
            return self.areas[bare]
        if bare in self.lookups.words("city_level"):
            return bare
        endings = self.lookups.words("area_endings")
        return bare if 2 <= len(bare) <= 12 and bare.endswith(endings) and not self.header_field(bare) else ""


def name_told_apart(columns: Sequence[str]) -> tuple[str, ...]:
    """Columns of which two say what is promised (项目名称, 目标任务): the first is the name."""
    if list(columns).count("text") < 2:
        return tuple(columns)
    first = list(columns).index("text")
    return (*columns[:first], "name", *columns[first + 1 :])


def is_blank(cell: Traced, reading: Reading) -> bool:
    """Whether a cell is empty, or prints one of the signs that stand for nothing."""
    return not cell.text.strip() or cell.text.strip() in reading.lookups.words("empty_cell")


def align(cells: Sequence[Traced], columns: Sequence[str], reading: Reading) -> dict[str, Traced]:
    """Cells to columns, in order, where merged cells were lost and a row has fewer cells than the header.

    Every cell is given to the column that it looks most like; the order of both is kept. With as many cells as
    columns each cell has its own.
    """
    if len(cells) >= len(columns):
        return _each_its_own(cells, columns)
    best: dict[tuple[int, int], tuple[float, tuple[int, ...]]] = {(0, 0): (0.0, ())}
    for column in range(len(columns) + 1):
        for cell in range(min(column, len(cells)) + 1):
            options = []
            if column and (column - 1, cell) in best:
                score, chosen = best[column - 1, cell]
                options.append((score - 0.1, chosen))
            if column and cell and (column - 1, cell - 1) in best:
                score, chosen = best[column - 1, cell - 1]
                fit = likeness(columns[column - 1], cells[cell - 1], reading)
                options.append((score + fit, (*chosen, column - 1)))
            if options:
                best[column, cell] = max(options)
    _, chosen = best[len(columns), len(cells)]
    return {columns[column]: cells[index] for index, column in enumerate(chosen)}


def in_place(cells: Sequence[Traced], columns: Sequence[str], reading: Reading) -> dict[str, Traced] | None:
    """Cells to columns where a row has as many as the header, blank ones too, and none looks out of place.

    Nothing is lost then, or what is lost was made up by blank cells at the end: None where sharing the cells out anew
    (``align``) fits them better.
    """
    filled = [cell for cell in cells if cell]
    anew = align(filled, columns, reading)
    own = _each_its_own(cells, columns)
    fit, other = (sum(likeness(name, cell, reading) for name, cell in given.items() if cell) for given in (own, anew))
    return own if fit >= other - _AS_GOOD else None


#: Fits that differ by less are as good.
_AS_GOOD = 0.05


def likeness(column: str, cell: Traced, reading: Reading) -> float:
    """How much a cell looks like one of a field: positive for likely, negative for unlikely."""
    text = cell.text
    if not text:
        return 0.0
    if column == "total" or ":" in column:
        return _likeness_of_total(cell, reading)
    if column not in _LIKE:
        return min(len(text), _LONG) / _LONG
    looks, yes, no = _LIKE[column]
    return yes if looks(text, reading) else no


def _likeness_of_total(cell: Traced, reading: Reading) -> float:
    if len(cell) <= 20 and reading.grammar.quantities(cell.text):
        return 1.0
    return 0.5 if is_blank(cell, reading) else -2.0


def _each_its_own(cells: Sequence[Traced], columns: Sequence[str]) -> dict[str, Traced]:
    """As many cells as columns: units, steps of a plan and reports are one list, of others the last cell counts."""
    given: dict[str, Traced] = {}
    for column, cell in zip(columns, cells, strict=False):
        listed = [given[column], cell] if column in given and column in GLUE else [cell]
        given[column] = Traced.join((one for one in listed if one), glue=GLUE.get(column, ""))
    return given


def _is_number(text: str, reading: Reading) -> bool:
    return re.fullmatch(r"\d{1,3}[.、]?", text) is not None


def _is_due(text: str, reading: Reading) -> bool:
    return len(text) <= 14 and find_due(text, reading.year) is not None


def _is_plan(text: str, reading: Reading) -> bool:
    return len(text) > 10 and find_due(text, reading.year) is not None


def _is_category(text: str, reading: Reading) -> bool:
    return len(text) <= 20 and not reading.grammar.quantities(text)


def _is_person(text: str, reading: Reading) -> bool:
    return is_person(text, reading.lookups)


def _is_contact(text: str, reading: Reading) -> bool:
    return is_contact(text, reading.lookups)


def is_units(text: str, reading: Reading) -> bool:
    """Whether a cell holds names of units and nothing else."""
    bare = "".join(text.split()).lstrip("".join(reading.lookups.words("lead_signs")))
    if _SAYS.search(bare) or not bare:
        return False
    names = [_BRACKETED.sub("", name) for name in _BETWEEN_UNITS.split(bare)]
    endings = reading.lookups.words("unit_endings")
    return all(len(name) <= 20 and not _DIGIT.search(name) for name in names) and sum(
        name.endswith(endings) for name in names
    ) >= max(1, len(names) * 0.7)


_SAYS = re.compile(r"[。:：]")
_BRACKETED = re.compile(r"[(（<＜].*?[)）>＞]$")
_BETWEEN_UNITS = re.compile(r"[、,，;；]")
_DIGIT = re.compile(r"\d")

#: Field → what its cells look like, and how much it counts when a cell does, and when it does not.
_LIKE: dict[str, tuple[Callable[[str, Reading], bool], float, float]] = {
    "number": (_is_number, 1.0, -3.0),
    "due": (_is_due, 1.0, -2.0),
    "leader": (_is_person, 1.0, -2.0),
    "lead_official": (_is_person, 1.0, -2.0),
    "contact": (_is_contact, 1.0, -2.0),
    "lead_units": (is_units, 1.0, -1.5),
    "support_units": (is_units, 1.0, -1.5),
    "plan": (_is_plan, 1.5, -1.0),
    "category": (_is_category, 0.5, -0.5),
}


def clean(cell: Traced) -> Traced:
    """A cell without the white space that wrapping left in it."""
    return unwrap(cell)
