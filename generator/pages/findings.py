"""The page of all findings, check after check, with what was checked and found right."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from generator.assess import describe_rules
from generator.model import Finding
from generator.pages.commitment_page import commitment_file
from generator.pages.environment import render
from generator.pages.filters import place_filter, table_filter, text_filter, year_data, year_filter
from generator.pages.outline import City, CityYear
from generator.pages.rows import finding_to_row
from generator.pages.tallies import registers_to_tallies, total_of_tallies
from generator.pages.texts import commitment_to_title
from generator.pages.words import CHECKS, PROGRAMMES, SEVERITIES, word_of

Row = dict[str, Any]


def render_findings(cities: Sequence[City]) -> str:
    """The Markdown of ``/findings/``."""
    years = [year for city in cities for year in city.years]
    rows = [row for year in years for row in finding_rows(year)]
    tallies = registers_to_tallies(register for year in years for register in year.registers)
    return render(
        "findings.md",
        filters=[
            text_filter("完成率"),
            table_filter("check", "核对", CHECKS, rows),
            table_filter("severity", "程度", SEVERITIES, rows),
            place_filter(rows, years),
            year_filter(rows),
        ],
        groups=_groups(rows, tallies),
        total=len(rows),
        tallies=tallies,
        sums=total_of_tallies(tallies),
        years=_year_rows(years),
    )


def finding_rows(year: CityYear) -> list[Row]:
    """The findings of a year as items of a list, those about a whole register first."""
    own = [
        _row(finding, year, register.register.programme, register.register.title, "", "#findings")
        for register in year.registers
        for finding in register.findings
    ]
    return own + [
        _row(
            finding,
            year,
            register.register.programme,
            commitment_to_title(item.commitment),
            str(item.commitment.position),
            f"{commitment_file(year, item.commitment)}.html#{finding.id}",
        )
        for register in year.registers
        for item in register.commitments
        for finding in item.findings
    ]


def _row(finding: Finding, year: CityYear, programme: str, title: str, number: str, place: str) -> Row:
    shown = finding_to_row(finding)
    operands = (("看到", shown["found"]), ("对照", shown["expected"]), ("字符", shown["position"]))
    return {
        "data": {"check": finding.check, "severity": finding.severity, **year_data(year, programme)},
        "no": number,
        "href": f"../{year.path}/{place}",
        "title": title,
        "text": shown["message"],
        "text_en": shown["message_en"],
        "remarks": [
            f"{year.place.zh} {year.year}",
            word_of(PROGRAMMES, programme).zh,
            *(f"{label} {value}" for label, value in operands if value),
        ],
        "tone": shown["tone"],
        "word": shown["severity"].zh,
    }


def _groups(rows: Sequence[Row], tallies: Sequence[Row]) -> list[Row]:
    rules = {check.name: check for check in describe_rules().checks}
    tally_of = {tally["code"]: tally for tally in tallies}
    present = {row["data"]["check"] for row in rows}
    codes = [code for code in CHECKS if code in present] + sorted(present - set(CHECKS))
    return [
        {
            "code": code,
            "word": word_of(CHECKS, code),
            "rule": rules.get(code),
            "tally": tally_of.get(code),
            "rows": [row for row in rows if row["data"]["check"] == code],
        }
        for code in codes
    ]


def _year_rows(years: Iterable[CityYear]) -> list[Row]:
    """What was checked in each year of each city: in all, and check by check."""
    found = []
    for year in years:
        tallies = registers_to_tallies(year.registers)
        found.append(
            {
                "name": f"{year.place.zh} {year.year}",
                "href": f"../{year.path}/#findings",
                "sums": total_of_tallies(tallies),
                "by_check": {tally["code"]: tally for tally in tallies},
                "query": f"?place={year.place.slug}&year={year.year}#list",
            }
        )
    return found
