"""The page of what is due: printed due dates and milestones by month, as of the documents and never of the clock."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from typing import Any, NamedTuple

import msgspec

from generator.assess.states import calendar_state, newest_document_date
from generator.model import AssessedCommitment, AssessedRegister, Milestone
from generator.pages.commitment_page import commitment_file
from generator.pages.environment import render
from generator.pages.filters import place_filter, programme_filter, table_filter, text_filter, year_data, year_filter
from generator.pages.listparts import LongList, Rendered
from generator.pages.longlists import CUTTING, Cutting, YearPieces, plan_list, read_pieces, rows_to_pieces
from generator.pages.outline import CityYear, has_report
from generator.pages.published import PublishedYear
from generator.pages.summaries import Summaries, Summary, YearRef
from generator.pages.texts import commitment_to_title, render_date, render_target
from generator.pages.words import DUE_STATES, PROGRAMMES, STATUSES, Word, word_of

Row = dict[str, Any]

KINDS = {"commitment": Word("承诺期限", "Due date"), "milestone": Word("节点", "Milestone")}

CALENDAR = "due.ics"
"""The calendar of a year's due dates and milestones, beside its page."""

_SUMMED = ("commitments", "printed", "steps", "dated_steps", "past_due", "past_silent")


class DueItem(msgspec.Struct, frozen=True, array_like=True):
    """A due date or a dated milestone. ``at``: the day of the material that ``state`` is as of."""

    kind: str
    state: str
    programme: str
    day: date
    at: date | None
    reported: bool
    href: str
    title: str
    text: str
    said: tuple[str, ...]
    status: str


class YearDue(msgspec.Struct, frozen=True):
    """How much of a year is dated, and what it is a part of.

    ``months``: year, month and kind of what is dated, with how many there are, in the order of the documents.
    ``states``: due state → commitments. ``steps`` are all milestones. ``as_of`` is the day of the newest material.
    """

    months: tuple[tuple[int, int, str, int], ...]
    commitments: int
    states: dict[str, int]
    past_silent: int
    steps: int
    as_of: date | None


def year_to_due(published: PublishedYear) -> YearDue:
    """The sums of a year on the page of what is due."""
    year = published.year
    months = Counter((one.day.year, one.day.month, one.kind) for one in _dates_of(year))
    days = [item.as_of for item in year.commitments if item.as_of]
    days += [day for register in year.registers if (day := newest_document_date(register.register))]
    return YearDue(
        months=tuple((*month, count) for month, count in months.items()),
        commitments=len(year.commitments),
        states=dict(Counter(item.due_state for item in year.commitments)),
        past_silent=sum(item.due_state == "past_due" and not has_report(item) for item in year.commitments),
        steps=sum(len(item.commitment.milestones) for item in year.commitments),
        as_of=max(days, default=None),
    )


def year_to_items(published: PublishedYear) -> tuple[DueItem, ...]:
    """What is dated of a year, in the order of the documents."""
    return tuple(due_items(published.year))


DUE = Summary("due", YearDue, year_to_due)
DUE_ITEMS: Summary[tuple[DueItem, ...]] = Summary("due-items", tuple[DueItem, ...], year_to_items)


def has_dates(year: CityYear) -> bool:
    """Whether any due date or milestone of a year has a day, so that there is a calendar of it."""
    return any(item.commitment.due or any(step.due for step in item.commitment.milestones) for item in year.commitments)


def due_items(year: CityYear) -> list[DueItem]:
    """The due dates and dated milestones of a year, in the order of the documents."""
    return [_item(dated, year) for dated in _dates_of(year)]


def count_due_items(year: CityYear) -> int:
    """How many there are."""
    return sum(1 for _ in _dates_of(year))


class _Dated(NamedTuple):
    """A commitment with a day, its own or that of one of its milestones, which is a ``step``."""

    day: date
    item: AssessedCommitment
    register: AssessedRegister
    step: Milestone | None = None

    @property
    def kind(self) -> str:
        """What is dated."""
        return "milestone" if self.step else "commitment"


def _dates_of(year: CityYear) -> Iterator[_Dated]:
    for register in year.registers:
        for item in register.commitments:
            commitment = item.commitment
            if commitment.due:
                yield _Dated(commitment.due, item, register)
            yield from (_Dated(step.due, item, register, step) for step in commitment.milestones if step.due)


def _item(dated: _Dated, year: CityYear) -> DueItem:
    due, item, register, step = dated
    at = item.as_of or newest_document_date(register.register)
    return DueItem(
        kind=dated.kind,
        state=calendar_state(due, at),
        programme=register.register.programme,
        day=due,
        at=at,
        reported=has_report(item),
        href=f"{commitment_file(year, item.commitment)}.html{'#milestones' if step else ''}",
        title=commitment_to_title(item.commitment),
        text=step.text if step else "",
        said=tuple(_particulars(item, step)),
        status=item.status,
    )


def _particulars(item: AssessedCommitment, step: Milestone | None) -> list[str]:
    """The number that a milestone asks for, or the words that a due date was read from."""
    if step is None:
        return [f"原文“{item.commitment.due_text}”"] if item.commitment.due_text else []
    return [render_target(step.comparator or "eq", step.value, step.unit)] if step.value is not None else []


def render_due(summaries: Summaries, cutting: Cutting = CUTTING) -> Rendered:
    """``/due/``, with the further parts of its list."""
    listed = _list_due(summaries, cutting)
    counts = listed.plan.counts
    filters = [
        text_filter("养老"),
        place_filter(counts, summaries.years),
        year_filter(counts),
        programme_filter(counts),
        table_filter("kind", "类别", KINDS, counts),
        table_filter("due", "到期情况", DUE_STATES, counts),
    ]
    years = list(summaries.of(DUE))
    rows = [_year_row(year, found) for year, found in years]
    markdown = render(
        "due.md",
        filters=filters,
        groups=listed.first_groups(),
        rest=listed.rest(filters),
        calendar=_calendar(_count_months(found for _, found in years), listed.plan.places),
        sums=_sums(rows),
        years=rows,
    )
    return Rendered(markdown, listed.files())


def _list_due(summaries: Summaries, cutting: Cutting) -> LongList:
    def read(years: Sequence[YearRef] | None) -> Iterator[tuple[YearRef, list[Row]]]:
        for year, items in summaries.of(DUE_ITEMS, years):
            yield year, [item_to_row(item, year) for item in items]

    plan = plan_list(read_pieces(summaries, DUE_PIECES, read, _order_of, cutting), cutting)
    return LongList(read, _order_of, plan, "到期事项", "due", "项", heading=_heading)


def _order_of(row: Row) -> str:
    day: date = row["date"]
    return day.isoformat()


def year_to_pieces(published: PublishedYear) -> YearPieces:
    """What the list has to know of a year to be cut."""
    year = YearRef(published.year.place, published.year.year)
    return rows_to_pieces([item_to_row(item, year) for item in due_items(published.year)], _order_of)


DUE_PIECES = Summary("due-pieces", YearPieces, year_to_pieces)


def item_to_row(item: DueItem, year: YearRef) -> Row:
    """A due date or milestone as an item of the list."""
    return {
        "data": {"kind": item.kind, "due": item.state, **year_data(year, item.programme)},
        "group": month_id(item.day.year, item.day.month),
        "date": item.day,
        "no": f"{item.day.day}日",
        "href": f"../{year.path}/{item.href}",
        "title": item.title,
        "text": item.text,
        "text_en": "",
        "remarks": [
            word_of(KINDS, item.kind).zh,
            *item.said,
            f"{year.place.zh} {year.year}",
            word_of(PROGRAMMES, item.programme).zh,
            _state_in_words(item),
        ],
        "tone": item.status,
        "word": word_of(STATUSES, item.status).zh,
    }


def _state_in_words(item: DueItem) -> str:
    said = word_of(DUE_STATES, item.state).zh
    if item.state == "past_due" and not item.reported:
        said += "，还没有进展文件，不等于没有完成"
    return f"{said}（{f'材料至 {item.at.isoformat()}' if item.at else '材料没有日期'}）"


def _heading(month: str) -> Row:
    """The heading of a month, from its anchor."""
    _, year, number = month.split("-")
    return {"id": month, "zh": f"{year} 年 {int(number)} 月", "en": "", "notes": [], "note_en": ""}


def month_id(year: int, month: int) -> str:
    """The anchor of a month on the page."""
    return f"m-{year}-{month:02d}"


def _count_months(years: Iterable[YearDue]) -> Counter[tuple[int, int, str]]:
    """Year, month and kind → how many."""
    counts: Counter[tuple[int, int, str]] = Counter()
    for year, month, kind, count in (month for found in years for month in found.months):
        counts[year, month, kind] += count
    return counts


def _calendar(counts: Counter[tuple[int, int, str]], places: Mapping[str, str]) -> list[Row]:
    """Year by year the months that have something, each with how many due dates and milestones, and where they are."""
    return [
        {
            "year": year,
            "count": sum(number for (of, _, _), number in counts.items() if of == year),
            "months": [
                {
                    "month": month,
                    "href": f"{places[month_id(year, month)]}#{month_id(year, month)}",
                    "commitments": counts[year, month, "commitment"],
                    "milestones": counts[year, month, "milestone"],
                }
                for month in sorted({month for of, month, _ in counts if of == year})
            ],
        }
        for year in sorted({year for year, _, _ in counts})
    ]


def _sums(years: Iterable[Row]) -> Row:
    sums = Counter[str]()
    for row in years:
        sums.update({name: row[name] for name in _SUMMED})
    return {name: sums[name] for name in _SUMMED}


def _year_row(year: YearRef, found: YearDue) -> Row:
    """How much of a year is dated, and how it stands on the day of its newest material."""
    kinds = Counter[str]()
    for _, _, kind, count in found.months:
        kinds[kind] += count
    return {
        "name": f"{year.place.zh} {year.year}",
        "href": f"../{year.path}/",
        "commitments": found.commitments,
        "dated": found.commitments - found.states.get("undated", 0),
        "printed": kinds["commitment"],
        "not_due": found.states.get("not_due", 0),
        "due": found.states.get("due", 0),
        "past_due": found.states.get("past_due", 0),
        "past_silent": found.past_silent,
        "steps": found.steps,
        "dated_steps": kinds["milestone"],
        "calendar": f"../{year.path}/{CALENDAR}" if found.months else "",
        "as_of": render_date(found.as_of),
    }
