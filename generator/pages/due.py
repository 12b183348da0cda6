"""The page of what is due: printed due dates and milestones by month, as of the documents and never of the clock."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import date
from itertools import groupby
from typing import Any

from generator.assess.states import calendar_state, newest_document_date
from generator.model import AssessedCommitment, AssessedRegister, Milestone
from generator.pages.commitment_page import commitment_file
from generator.pages.environment import render
from generator.pages.filters import place_filter, programme_filter, table_filter, text_filter, year_data, year_filter
from generator.pages.outline import City, CityYear, has_report
from generator.pages.texts import commitment_to_title, render_date, render_target
from generator.pages.words import DUE_STATES, PROGRAMMES, STATUSES, Word, word_of

Row = dict[str, Any]

KINDS = {"commitment": Word("承诺期限", "Due date"), "milestone": Word("节点", "Milestone")}

CALENDAR = "due.ics"
"""The calendar of a year's due dates and milestones, beside its page."""


def has_dates(year: CityYear) -> bool:
    """Whether any due date or milestone of a year has a day, so that there is a calendar of it."""
    return any(item.commitment.due or any(step.due for step in item.commitment.milestones) for item in year.commitments)


def render_due(cities: Sequence[City]) -> str:
    """The Markdown of ``/due/``."""
    years = [year for city in cities for year in city.years]
    rows = sorted((row for year in years for row in due_rows(year)), key=lambda row: row["date"])
    return render(
        "due.md",
        filters=[
            text_filter("养老"),
            place_filter(rows, years),
            year_filter(rows),
            programme_filter(rows),
            table_filter("kind", "类别", KINDS, rows),
            table_filter("due", "到期情况", DUE_STATES, rows),
        ],
        months=_months(rows),
        calendar=_calendar(rows),
        sums=_sums(years, rows),
        years=[_year_row(year) for year in years],
    )


def due_rows(year: CityYear) -> list[Row]:
    """The due dates and dated milestones of a year as items of a list, in the order of the documents."""
    return [
        row for register in year.registers for item in register.commitments for row in _item_rows(item, register, year)
    ]


def _item_rows(item: AssessedCommitment, register: AssessedRegister, year: CityYear) -> list[Row]:
    commitment = item.commitment
    rows = [_row(item, register, year, commitment.due)] if commitment.due else []
    return rows + [_row(item, register, year, step.due, step) for step in commitment.milestones if step.due]


def _row(
    item: AssessedCommitment, register: AssessedRegister, year: CityYear, due: date, step: Milestone | None = None
) -> Row:
    kind = "milestone" if step else "commitment"
    at = item.as_of or newest_document_date(register.register)
    state = calendar_state(due, at)
    programme = register.register.programme
    anchor = "#milestones" if step else ""
    return {
        "data": {"kind": kind, "due": state, **year_data(year, programme)},
        "date": due,
        "no": f"{due.day}日",
        "href": f"../{year.path}/{commitment_file(year, item.commitment)}.html{anchor}",
        "title": commitment_to_title(item.commitment),
        "text": step.text if step else "",
        "text_en": "",
        "remarks": [
            word_of(KINDS, kind).zh,
            *_particulars(item, step),
            f"{year.place.zh} {year.year}",
            word_of(PROGRAMMES, programme).zh,
            _state_in_words(state, item, at),
        ],
        "tone": item.status,
        "word": word_of(STATUSES, item.status).zh,
    }


def _particulars(item: AssessedCommitment, step: Milestone | None) -> list[str]:
    """The number that a milestone asks for, or the words that a due date was read from."""
    if step is None:
        return [f"原文“{item.commitment.due_text}”"] if item.commitment.due_text else []
    return [render_target(step.comparator or "eq", step.value, step.unit)] if step.value is not None else []


def _state_in_words(state: str, item: AssessedCommitment, at: date | None) -> str:
    said = word_of(DUE_STATES, state).zh
    if state == "past_due" and not has_report(item):
        said += "，还没有进展文件，不等于没有完成"
    return f"{said}（{f'材料至 {at.isoformat()}' if at else '材料没有日期'}）"


def _months(rows: Sequence[Row]) -> list[Row]:
    """Rows, which are in the order of their dates, month by month."""
    return [
        {"id": month_id(year, month), "name": f"{year} 年 {month} 月", "rows": list(group)}
        for (year, month), group in groupby(rows, key=lambda row: (row["date"].year, row["date"].month))
    ]


def month_id(year: int, month: int) -> str:
    """The anchor of a month on the page."""
    return f"m-{year}-{month:02d}"


def _calendar(rows: Sequence[Row]) -> list[Row]:
    """Year by year the months that have something, each with how many due dates and milestones."""
    days = [row["date"] for row in rows]
    counts = Counter((row["date"].year, row["date"].month, row["data"]["kind"]) for row in rows)
    return [
        {
            "year": year,
            "count": sum(day.year == year for day in days),
            "months": [
                {
                    "month": month,
                    "id": month_id(year, month),
                    "commitments": counts[year, month, "commitment"],
                    "milestones": counts[year, month, "milestone"],
                }
                for month in sorted({day.month for day in days if day.year == year})
            ],
        }
        for year in sorted({day.year for day in days})
    ]


def _sums(years: Iterable[CityYear], rows: Sequence[Row]) -> Row:
    items = [item for year in years for item in year.commitments]
    kinds = Counter(row["data"]["kind"] for row in rows)
    past = [item for item in items if item.due_state == "past_due"]
    return {
        "commitments": len(items),
        "dated": kinds["commitment"],
        "steps": sum(len(item.commitment.milestones) for item in items),
        "dated_steps": kinds["milestone"],
        "past": len(past),
        "past_silent": sum(not has_report(item) for item in past),
    }


def _year_row(year: CityYear) -> Row:
    """How much of a year is dated, and how it stands on the day of its newest material."""
    states = Counter(item.due_state for item in year.commitments)
    steps = [step for item in year.commitments for step in item.commitment.milestones]
    days = [item.as_of for item in year.commitments if item.as_of]
    days += [day for register in year.registers if (day := newest_document_date(register.register))]
    return {
        "name": f"{year.place.zh} {year.year}",
        "href": f"../{year.path}/",
        "commitments": len(year.commitments),
        "dated": len(year.commitments) - states["undated"],
        "not_due": states["not_due"],
        "due": states["due"],
        "past_due": states["past_due"],
        "steps": len(steps),
        "dated_steps": sum(step.due is not None for step in steps),
        "calendar": f"../{year.path}/{CALENDAR}" if has_dates(year) else "",
        "as_of": render_date(max(days, default=None)),
    }
