"""The departments of a place, and one department: what it leads and what it supports."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from generator.api.lines import COMMITMENT_LINE, commitment_line
from generator.api.render import record_to_builtins
from generator.api.shapes import COUNT, HREF, TEXT, YEAR, Shape, closed, links, many, ref, said
from generator.api.summary import counts_to_summary
from generator.pages.addresses import TWIN
from generator.pages.counts import add_counts
from generator.pages.duties import CityDuties, Department, Duty, read_duties
from generator.pages.published import PublishedYear
from generator.pages.summaries import CityRef, Summaries, Summary
from generator.tables import Row

_SLUG = said(TEXT, "责任单位的永久网址名，同 responsibilities 表 Permanent slug, as in the table responsibilities.")
_NAME = said(TEXT, "规范名称 The one normal name.")
_KIND = said(TEXT, "单位、全部地区或其他 `unit`, `areas` or `others`, as in the table responsibilities.")
_LED = said(COUNT, "牵头的承诺 Commitments that it leads.")
_SUPPORTED = said(COUNT, "只是配合的承诺 Commitments that it only supports.")

DEPARTMENT_LINE = Shape(
    "DepartmentLine",
    "一个责任单位 A department, in short.",
    own={
        "department_slug": _SLUG,
        "department": _NAME,
        "kind": _KIND,
        "led": _LED,
        "supported": _SUPPORTED,
        "href": said(HREF, "这个单位的 JSON The department, relative to this file."),
    },
)

DEPARTMENTS = Shape(
    "Departments",
    "一个地区的责任单位 The departments of a place.",
    own={
        "place": ref("Place"),
        "commitments": said(COUNT, "承诺总数 All commitments of the place: what the next two are of."),
        "commitments_naming_any": said(COUNT, "写明责任单位的承诺 Those that name a department."),
        "commitments_naming_lead": said(COUNT, "写明牵头单位的承诺 Those that name one that leads."),
        "departments": many(ref("DepartmentLine")),
        "links": links(page="网页 The page.", place="所属地区 Its place."),
    },
)

DUTY = Shape(
    "Duty",
    "一个单位对一条承诺的责任 A commitment in short, with the part that the department has in it.",
    COMMITMENT_LINE.table,
    COMMITMENT_LINE.columns,
    {
        **COMMITMENT_LINE.own,
        "year": YEAR,
        "named": said(
            many(closed({"unit": TEXT, "official": TEXT, "leader": TEXT, "scope": TEXT})),
            "文件写明的每一处 Each place where the document names it, with the columns of the table responsibilities.",
        ),
    },
)

DEPARTMENT = Shape(
    "DepartmentRecord",
    "一个责任单位 A department. A commitment that it leads is not listed among those that it supports.",
    own={
        "place": ref("Place"),
        "department_slug": _SLUG,
        "department": _NAME,
        "kind": _KIND,
        "printed": said(many(TEXT), "文件中的写法 The names by which documents print it."),
        "summary_led": ref("Summary"),
        "led": many(ref("Duty")),
        "supported": many(ref("Duty")),
        "years_without_support": said(
            many(YEAR), "不区分牵头与配合的年份 Years whose documents name units and none that supports."
        ),
        "links": links(
            page="网页 The page.", departments="所有责任单位 All departments.", changes="数据变动 Changes in its data."
        ),
    },
)

MOVED = Shape(
    "DepartmentMoved",
    "改了网址名的责任单位 A department whose slug is another now.",
    own={
        "department_slug": said(TEXT, "从前的网址名 The slug that it had."),
        "moved_to": said(HREF, "现在的 JSON Where the department is now, relative to this file."),
    },
)


def _published_to_lines(published: PublishedYear) -> dict[str, Row]:
    return {
        item.commitment.id: record_to_builtins(commitment_line(published, item, ""))
        for item in published.year.commitments
        if item.commitment.responsibilities
    }


LINES: Summary[dict[str, Row]] = Summary("department-lines", dict[str, Row], _published_to_lines)
"""Commitment of a year that names units → the line of it, as published; its address from the root of the site."""


def departments_to_records(summaries: Summaries, city: CityRef) -> Iterator[tuple[str, Row]]:
    """Address from the root of the site → record, of all departments of a place; none where no document names any."""
    duties = read_duties(summaries, city)
    if not duties.departments:
        return
    folder = f"{city.place.slug}/departments"
    lines = {identifier: line for _, of_year in summaries.of(LINES, city.years) for identifier, line in of_year.items()}
    yield f"{folder}/{TWIN}", departments_record(duties)
    for one in duties.departments:
        yield f"{folder}/{one.slug}/{TWIN}", department_record(duties, one, lines)
    for former, slug in duties.former.items():
        yield f"{folder}/{former}/{TWIN}", moved_record(former, slug)


def departments_record(duties: CityDuties) -> Row:
    """The record of all departments of a place."""
    return {
        "place": duties.city.place,
        "commitments": duties.total,
        "commitments_naming_any": duties.named,
        "commitments_naming_lead": duties.led,
        "departments": [
            {
                "department_slug": one.slug,
                "department": one.name,
                "kind": one.kind,
                "led": len(one.led),
                "supported": len(one.supported),
                "href": f"{one.slug}/{TWIN}",
            }
            for one in duties.departments
        ],
        "links": {"page": "./", "place": f"../{TWIN}"},
    }


def department_record(duties: CityDuties, one: Department, lines: Mapping[str, Row]) -> Row:
    """The record of one department. ``lines``: commitment → its line, with its address from the root of the site."""
    return {
        "place": duties.city.place,
        "department_slug": one.slug,
        "department": one.name,
        "kind": one.kind,
        "printed": list(one.printed),
        "summary_led": counts_to_summary(add_counts(duty.item.counts for duty in one.led)),
        "led": [_duty(duty, lines[duty.item.id]) for duty in one.led],
        "supported": [_duty(duty, lines[duty.item.id]) for duty in one.supported],
        "years_without_support": [int(year) for year in duties.undivided(one.years)],
        "links": {"page": "./", "departments": f"../{TWIN}", "changes": "changes.json"},
    }


def moved_record(former: str, slug: str) -> Row:
    """The record at a slug that a department had before."""
    return {"department_slug": former, "moved_to": f"../{slug}/{TWIN}"}


def _duty(duty: Duty, line: Row) -> Row:
    return {
        **line,
        "href": f"../../../{line['href']}",
        "year": duty.year.year,
        "named": [
            {"unit": one.unit, "official": one.official, "leader": one.leader, "scope": one.scope} for one in duty.lines
        ],
    }
