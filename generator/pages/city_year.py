"""The page of a city's year: what was promised, what became of it, charts, list, findings, sources, downloads."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from generator.model import AssessedCommitment, AssessedRegister, Commitment
from generator.pages.commitment_page import commitment_file
from generator.pages.count_figures import evidence_figure, theme_figure, unit_figure, verdict_figure
from generator.pages.district_figure import district_figure
from generator.pages.due import CALENDAR, count_due_items, has_dates
from generator.pages.environment import render
from generator.pages.figure import Draw, Figure
from generator.pages.laggards import laggard_rows
from generator.pages.list_fields import ListFields
from generator.pages.listparts import LongList, Rendered
from generator.pages.longlists import CUTTING, Cutting, plan_list, rows_to_pieces
from generator.pages.milestone_figure import milestone_figure
from generator.pages.outline import CityYear, has_report, is_computable
from generator.pages.rows import finding_to_row, source_to_row
from generator.pages.silence import silent_items
from generator.pages.status_figure import status_figure
from generator.pages.summaries import YearRef
from generator.pages.sums import material_date
from generator.pages.tallies import registers_to_tallies, target_tally, targets_in_words, total_of_tallies
from generator.pages.target_figures import target_figures
from generator.pages.texts import commitment_to_title, render_share, shorten
from generator.pages.words import PROGRAMMES, STATE_TONES, STATUSES, word_of
from generator.tables import leading_names

Row = dict[str, Any]

_FINDINGS_OF_MANY = 200
"""Findings that the page of a year shows where they are too many for it; all stand in the list of all cities."""


def render_city_year(year: CityYear, draw: Draw, cutting: Cutting = CUTTING) -> Rendered:
    """``/<city>/<year>/``, with the further parts of its list."""
    figures = year_to_figures(year, draw)
    title = f"{year.place.zh} {year.year} 年"
    fields = ListFields(year)
    filters, listed = fields.controls(), _list_commitments(year, fields, title, cutting)
    findings = _finding_rows(year)
    markdown = render(
        "city_year.md",
        title=title,
        description=f"{title}公开承诺 {len(year.commitments)} 项：原文、目标、节点、责任单位与核查结果。",
        year=year,
        summary=year_summary(year),
        figures=figures,
        programmes=[_programme_row(register) for register in year.registers],
        items=[row for group in listed.first_groups() for row in group["rows"]],
        rest=listed.rest(filters),
        filters=filters,
        findings=findings if len(findings) <= cutting.whole else findings[:_FINDINGS_OF_MANY],
        more_findings=f"../../findings/{_here(year)}" if len(findings) > cutting.whole else "",
        elsewhere=_elsewhere(year),
        laggards=laggard_rows(year),
        has_units=any(leading_names(item.commitment) for item in year.commitments),
        tallies=registers_to_tallies(year.registers),
        sources=[source_to_row(source) for source in year.sources],
        downloads=f"../../data/{year.path}/",
        calendar=CALENDAR if has_dates(year) else "",
        package=f"{year.place.slug}-{year.year}",
        unassigned=sum(len(register.register.unassigned) for register in year.registers),
        retired=[identifier for register in year.registers for identifier in register.register.retired],
    )
    return Rendered(markdown, listed.files())


def _list_commitments(year: CityYear, fields: ListFields, title: str, cutting: Cutting) -> LongList:
    here = YearRef(year.place, year.year)
    rows = [
        {**commitment_row(item, register.register.programme, year), "data": fields.data_of(item), "group": ""}
        for register in year.registers
        for item in register.commitments
    ]

    def read(_: Sequence[YearRef] | None) -> Iterator[tuple[YearRef, list[Row]]]:
        yield here, rows

    def order_of(_: Row) -> str:
        return ""

    plan = plan_list([(here, rows_to_pieces(rows, order_of, cutting.size))], cutting)
    return LongList(read, order_of, plan, f"{title}承诺清单", year.path, "项", anchor="commitments")


def _finding_rows(year: CityYear) -> list[Row]:
    """The findings of a year, those about a whole register first; they lead to the list itself."""
    own = [
        {**finding_to_row(finding), "title": register.register.title, "href": "#commitments"}
        for register in year.registers
        for finding in register.findings
    ]
    return own + [
        {
            **finding_to_row(finding),
            "title": commitment_to_title(item.commitment),
            "href": f"{commitment_file(year, item.commitment)}.html#{finding.id}",
        }
        for item in year.commitments
        for finding in item.findings
    ]


def _elsewhere(year: CityYear) -> list[Row]:
    """Where the lists of all cities hold something of this year, with how much."""
    here = _here(year)
    found = [
        {"zh": "核查发现", "href": f"../../findings/{here}", "count": len(year.findings)},
        {"zh": "到期事项", "href": f"../../due/{here}", "count": count_due_items(year)},
        {"zh": "未见下文", "href": f"../../silence/{here}", "count": len(silent_items(year))},
    ]
    return [row for row in found if row["count"]]


def _here(year: CityYear) -> str:
    """What leads to this year in a list of all cities."""
    return f"?place={year.place.slug}&year={year.year}#list"


def year_to_figures(year: CityYear, draw: Draw) -> dict[str, list[Figure]]:
    """All charts of a year that have data, by the section that they stand in."""
    milestones, districts = milestone_figure(year, draw), district_figure(year, draw)
    units, verdicts = unit_figure(year, draw), verdict_figure(year, draw)
    status = status_figure(year, draw)
    themes = None if status.drawings else theme_figure(year, draw)
    return {
        "status": [status, *([themes] if themes else [])],
        "targets": [*target_figures(year, draw), *([verdicts] if verdicts else [])],
        "milestones": [milestones] if milestones else [],
        "districts": [districts] if districts else [],
        "evidence": [evidence_figure(year, draw), *([units] if units else [])],
    }


def year_summary(year: CityYear) -> Row:
    """The figures that open the page, each with its denominator."""
    items = year.commitments
    targets = [target for item in items for target in item.targets]
    return {
        "commitments": len(items),
        "targets": len(targets),
        "computed": sum(target.schedule_state != "not_computable" for target in targets),
        **targets_in_words(target_tally(targets)),
        "reported": sum(has_report(item) for item in items),
        "computable": sum(is_computable(item) for item in items),
        "findings": len(year.findings),
        "looked_at": total_of_tallies(registers_to_tallies(year.registers))["looked_at"],
        "unworded": sum(not item.commitment.text for item in items),
        "as_of": material_date(year),
    }


def _programme_row(register: AssessedRegister) -> Row:
    programme = word_of(PROGRAMMES, register.register.programme)
    return {
        "zh": programme.zh,
        "en": programme.en,
        "code": register.register.programme,
        "count": len(register.commitments),
        "title": register.register.title,
    }


def commitment_row(item: AssessedCommitment, programme: str, year: CityYear) -> Row:
    """A commitment as one line of a list."""
    commitment = item.commitment
    leads = [entry.unit for entry in commitment.responsibilities if entry.role == "lead"]
    return {
        "id": commitment.id,
        "href": f"{commitment_file(year, commitment)}.html",
        "position": commitment.position,
        "title": commitment_to_title(commitment),
        "context": _context(commitment),
        "status": item.status,
        "word": word_of(STATUSES, item.status),
        "programme": programme,
        "programme_zh": word_of(PROGRAMMES, programme).zh,
        "leads": shorten("、".join(leads), 40),
        "due": commitment.due.isoformat() if commitment.due else "",
        "share": _share_in_words(item),
        "findings": len(item.findings),
        "targets": _targets_in_words(item),
    }


def _share_in_words(item: AssessedCommitment) -> str:
    """How much was attained; beside “missed” or “behind” it says what the percentage is of."""
    if item.attained is None or not is_computable(item):
        return ""
    share = render_share(item.attained)
    return share if item.status == "met" else f"完成 {share}"


def _context(commitment: Commitment) -> str:
    """The heading that it stands under, unless that is its title already."""
    heading = commitment.category or commitment.section
    return "" if heading == commitment_to_title(commitment) else heading


def _targets_in_words(item: AssessedCommitment) -> str:
    """How many targets it has, how many can be computed, how many of these are reached."""
    computed = [target for target in item.targets if target.schedule_state != "not_computable"]
    reached = sum(STATE_TONES[target.schedule_state] == "met" for target in computed)
    if not computed:
        return f"{len(item.targets)} 个目标" if item.targets else ""
    return f"{len(item.targets)} 个目标，{len(computed)} 个可核算，{reached} 个达到"
