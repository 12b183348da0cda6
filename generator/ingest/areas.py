"""Tables by areas, whichever way they lie → for each project what is promised, done and published of each area.

Areas in rows:                                   Areas in columns:
区县 | 新增助餐点60个 | 改造小区12个 |            序号 | 项目名称 | 目标数 | 完成数 | 东塘区 | 南汀区 |
     | 目标数 | 完成数 | 目标数 | 完成数 |        1 | 新增助餐点 | 60个 | 66个 | 27个 | 39个 |
东塘区 | 25 | 27 | 5 | 5 |
合计 | 60 | 66 | 12 | 11 |
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from generator.ingest.blocks import Block
from generator.ingest.columns import with_unit, without_unit
from generator.ingest.rows import Figure, FigureKind, Reading, clean, is_blank
from generator.text import Traced

_NOTHING = Traced("", ())
#: What a whole table is counted in, above it: 单位:个.
_CAPTION = re.compile(r"[(（]?(?:计量)?单位\s*[:：]")
#: A number with its unit and nothing else.
_DIGIT = re.compile(r"\d")
_BARE = re.compile(r"[\d.,，%％]+\s*[^\d\s]{0,4}")


@dataclass
class Project:
    """What one commitment has in a table by areas: its wording, its other fields, the figures."""

    text: Traced
    line: int
    fields: dict[str, tuple[Traced, ...]] = field(default_factory=dict)
    figures: list[Figure] = field(default_factory=list)

    def settled(self, kind: FigureKind) -> Project:
        """The project with the figures that say nothing themselves taken for one kind."""
        figures = [replace(one, kind=kind) if one.kind == "open" else one for one in self.figures]
        return replace(self, figures=figures)

    def shares(self, kind: FigureKind) -> tuple[tuple[str, Traced], ...]:
        """The figures of single areas of one kind."""
        return tuple((one.area, one.cell) for one in self.figures if one.kind == kind and one.area)

    def whole(self, kind: FigureKind) -> Traced:
        """The figure of the whole place of one kind; empty where none is printed."""
        return next((one.cell for one in self.figures if one.kind == kind and not one.area), _NOTHING)


@dataclass(frozen=True)
class AreaTable:
    """A table by areas: its projects, the areas, and whether those stand in rows."""

    projects: tuple[Project, ...]
    areas: tuple[str, ...]
    in_rows: bool

    @property
    def done(self) -> bool:
        """Whether figures say what was done."""
        return any(one.kind == "done" for project in self.projects for one in project.figures)

    @property
    def open(self) -> bool:
        """Whether nothing says of some figures if they are promised or done."""
        return any(one.kind == "open" for project in self.projects for one in project.figures)


def blocks_to_area_table(blocks: Sequence[Block], reading: Reading) -> AreaTable | None:
    """The table by areas that a run of blocks holds; None when there is none, or when its rows have lost cells."""
    return reading.of_blocks(_find_area_table, blocks)


def _find_area_table(blocks: Sequence[Block], reading: Reading) -> AreaTable | None:
    rows = [block for block in blocks if block.kind == "row"]
    if not rows:
        return None
    lines = [block.text for block in blocks if block.kind != "row" and block.line < rows[0].line]
    titles = ("".join(line.text for line in lines), reading.title)
    named = [line for line in lines if not _CAPTION.match(line.text)]
    subject = named[-1] if named else _NOTHING
    table = _areas_in_rows(rows, titles, subject, reading) or _areas_in_columns(rows, titles, reading)
    return _with_caption(table, caption_unit(blocks, reading)) if table else None


def _with_caption(table: AreaTable, unit: str) -> AreaTable:
    """The table with the unit of its caption on the bare numbers that are no rates."""
    for project in table.projects if unit else ():
        project.figures = [
            replace(one, cell=with_unit(one.cell, unit)) if one.kind not in {"rate", "row-number"} else one
            for one in project.figures
        ]
    return table


def caption_unit(blocks: Sequence[Block], reading: Reading) -> str:
    """The unit that a caption states for the whole table (单位:个); empty where none does, or several are named."""
    match = next((one for block in blocks if (one := _CAPTION.match(block.text.text))), None)
    unit = re.sub(r"[)）\s]+$", "", match.string[match.end() :]).strip() if match else ""
    numbers = reading.grammar.quantities(f"1{unit}") if unit else []
    return unit if len(numbers) == 1 and numbers[0].unit and numbers[0].end == 1 + len(unit) else ""


def heads_areas(block: Block, reading: Reading) -> bool:
    """Whether a row is the header of a table with areas in its rows: it begins with 区县 or its kin."""
    return any(reading.heads_areas(cell.text) for cell in block.cells[:2])


def names_areas(block: Block, reading: Reading) -> bool:
    """Whether a row is the header of a table by areas: it names two or more, or begins with 区县."""
    return block.kind == "row" and (heads_areas(block, reading) or _names_areas(block, reading))


def _area(cell: Traced, reading: Reading) -> str | None:
    """The area that a cell names, empty for the whole place; None for any other cell."""
    bare = "".join(cell.text.split())
    if bare in reading.lookups.words("whole_place"):
        return ""
    heading = reading.heads_areas(bare)
    return None if heading or _DIGIT.search(bare) else reading.area_of(bare) or None


def _mostly_figures(projects: Sequence[Project], reading: Reading) -> bool:
    """Whether the cells of areas are numbers, or signs for none: those of a list are units and sentences."""
    cells = [one.cell for project in projects for one in project.figures if one.area]
    figures = sum(is_blank(cell, reading) or _BARE.match(cell.text) is not None for cell in cells)
    return bool(cells) and figures >= 0.7 * len(cells)


def _collide(projects: Sequence[Project]) -> bool:
    """Whether an area has two figures of one kind in one project: then the header was not understood."""
    told = [
        [(one.kind, one.area, one.heading) for one in project.figures if one.kind != "row-number"]
        for project in projects
    ]
    return any(len(set(one)) < len(one) for one in told)


def _cells(block: Block) -> list[Traced]:
    cells = [clean(cell) for cell in block.cells]
    while cells and not cells[-1]:
        cells.pop()
    return cells


# --- Areas in rows -----------------------------------------------------------------------------


def _areas_in_rows(rows: Sequence[Block], titles: Sequence[str], subject: Traced, reading: Reading) -> AreaTable | None:
    """``subject`` is the line above the table: its columns are of that where no heading names a project."""
    start = next((index for index, row in enumerate(rows) if _begins_with_area(row, reading) is not None), 0)
    body = [(row, at) for row in rows[start:] if (at := _begins_with_area(row, reading)) is not None]
    areas = [area for row, at in body if (area := _area(row.cells[at], reading))]
    if not start or len(set(areas)) < 2 or len(body) < 0.8 * len(rows[start:]):
        return None
    at = body[0][1]
    width = max(len(_cells(row)) for row, _ in body) - at - 1
    headings = _headings([_cells(row) for row in rows[:start]][-2:], at, width, reading)
    if headings and all(not below and _only_tells_kind(one, reading) for one, below in headings):
        headings = [(subject, one) for one, _ in headings] if subject else []
    if not headings:
        return None
    projects = _columns_to_projects(headings, [row for row, _ in body], at, titles, reading)
    if not _mostly_figures(projects, reading) or _collide(projects):
        return None
    return AreaTable(tuple(projects), tuple(dict.fromkeys(areas)), in_rows=True)


def _begins_with_area(row: Block, reading: Reading) -> int | None:
    """Index of the cell that names an area: the first, or the second after a number."""
    if row.cells and _area(row.cells[0], reading) is not None:
        return 0
    numbered = len(row.cells) > 1 and re.fullmatch(r"\s*\d{0,3}\s*", row.cells[0].text)
    return 1 if numbered and _area(row.cells[1], reading) is not None else None


def _headings(headers: list[list[Traced]], at: int, width: int, reading: Reading) -> list[tuple[Traced, Traced]]:
    """(project, what of it) of each column of figures; empty when the header does not fit the columns."""
    top = headers[0][at + 1 :]
    if len(headers) == 1:
        return [(cell, _NOTHING) for cell in top] if len(top) == width else []
    below = headers[1][-width:]
    named = [cell for cell in top if cell]
    if len(below) < width or not named:
        return []
    if not any(_told_kind(cell.text, reading) for cell in below):
        return [(cell, _NOTHING) for cell in below]
    if len(top) == width:
        filled: list[Traced] = []
        for cell in top:
            filled.append(cell or (filled[-1] if filled else _NOTHING))
        return list(zip(filled, below, strict=True))
    each, rest = divmod(width, len(named))
    return [] if rest else [(named[index // each], cell) for index, cell in enumerate(below)]


def _columns_to_projects(
    headings: list[tuple[Traced, Traced]], body: list[Block], at: int, titles: Sequence[str], reading: Reading
) -> list[Project]:
    projects: list[Project] = []
    for column, (heading, lower) in enumerate(headings):
        name, unit = _named(heading, reading)
        below, own = _named(lower, reading)
        unit = own or unit
        if not projects or projects[-1].text.text != name.text:
            projects.append(Project(name, body[0].line))
        kind = _told_kind(below.text or heading.text, reading) or _kind_of_titles(titles, reading)
        for row in body:
            cells = [clean(cell) for cell in row.cells]
            area = _area(row.cells[at], reading)
            if area is not None and at + 1 + column < len(cells) and cells[at + 1 + column]:
                cell = with_unit(cells[at + 1 + column], unit)
                projects[-1].figures.append(Figure(kind, area, cell, below.text))
    if at and projects:
        projects[0].figures += [Figure("row-number", "", row.cells[0]) for row in body if row.cells[0]]
    return projects


# --- Areas in columns --------------------------------------------------------------------------


def _areas_in_columns(rows: Sequence[Block], titles: Sequence[str], reading: Reading) -> AreaTable | None:
    start = next((index for index, row in enumerate(rows) if _names_areas(row, reading)), None)
    if start is None:
        return None
    header, spanning, body = _header_over_two_lines(rows, start, reading)
    areas = tuple(area for cell in header if (area := _area(cell, reading)))
    complete = [row for row in body if len(_cells(row)) == len(header)]
    if len(complete) < max(1, 0.8 * len(body)):
        return None
    kind = _kind_of_titles((spanning, *titles), reading)
    if kind == "open" and any(_told_kind(cell.text, reading) == "done" for cell in header):
        kind = "done"
    projects = [_row_to_project(header, row, kind, reading) for row in complete]
    if not _mostly_figures(projects, reading):
        return None
    return AreaTable(tuple(one for one in projects if one.text), areas, in_rows=False)


def _names_areas(row: Block, reading: Reading) -> bool:
    return sum(bool(_area(cell, reading)) for cell in row.cells if cell) >= 2


def _header_over_two_lines(
    rows: Sequence[Block], start: int, reading: Reading
) -> tuple[list[Traced], str, list[Block]]:
    """The header with the areas of the line below in the place of the heading that spans them, that, and the body."""
    header, spanning = _cells(rows[start]), ""
    if start and all(_area(cell, reading) is not None for cell in header if cell):
        *left, last = _cells(rows[start - 1])
        header, spanning = [*left, *(cell for cell in header if cell)], last.text
    return header, spanning, list(rows[start + 1 :])


def _row_to_project(header: list[Traced], row: Block, kind: FigureKind, reading: Reading) -> Project:
    project = Project(_NOTHING, row.line)
    unit = ""
    for heading, cell in zip(header, _cells(row), strict=True):
        area = _area(heading, reading)
        name = reading.header_field(heading.text)
        if area is not None:
            project.figures.append(Figure(kind, area, cell))
        elif name == "text" and not project.text and not _BARE.fullmatch(cell.text):
            project.text, unit = _named(cell, reading)
        elif name == "report" and not _BARE.fullmatch(cell.text):
            project.fields[name] = (cell,)
        elif told := _told_kind(heading.text, reading):
            project.figures.append(Figure(told, "", cell, heading.text))
        elif name:
            project.fields[name] = (cell,)
    project.figures = [
        replace(one, cell=one.cell if one.kind == "rate" else with_unit(one.cell, unit)) for one in project.figures
    ]
    return project


# --- What a column is of -----------------------------------------------------------------------


def _told_kind(heading: str, reading: Reading) -> FigureKind | None:
    """Promised, done or rate, where a heading says so."""
    bare = re.sub(r"\s+", "", heading)
    return next(
        (kind for kind, name in _TOLD if any(word in bare for word in reading.lookups.words(name))),
        None,
    )


def _only_tells_kind(heading: Traced, reading: Reading) -> bool:
    """Whether a heading says what its figures are (年度目标, 已完工, 完成率) and names no project beside that."""
    bare = re.sub(r"\s+", "", _named(heading, reading)[0].text)
    words = [word for _, name in _TOLD for word in reading.lookups.words(name) if word in bare]
    return bool(words) and len(bare) - max(map(len, words)) <= _BESIDE


#: 数, 情况 or 上半年 beside a word that tells a kind names no project.
_BESIDE = 3


#: What a column can be of, and the words that say so; 完成率 before 完成, 目标完成数 before 目标.
_TOLD: tuple[tuple[FigureKind, str], ...] = (
    ("rate", "area_rate"),
    ("done", "area_done"),
    ("promised", "area_promised"),
)


def _kind_of_titles(titles: Sequence[str], reading: Reading) -> FigureKind:
    """What figures are whose columns do not say it: as the nearest title does that says one thing, else open."""
    for title in titles:
        split = any(word in title for word in reading.lookups.words("split_titles"))
        done = any(word in title for word in reading.lookups.words("progress_titles"))
        if split != done:
            return "done" if done else "promised"
    return "open"


def _named(heading: Traced, reading: Reading) -> tuple[Traced, str]:
    """A heading without the unit in brackets at its end, and that unit; empty where it has none that is known."""
    bare, unit = without_unit(heading.text, reading)
    return (heading[: len(bare)], unit) if unit else (heading, "")
