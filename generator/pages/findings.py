"""The page of all findings, check after check."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from generator.pages.commitment_page import commitment_file
from generator.pages.environment import render
from generator.pages.outline import City
from generator.pages.rows import finding_to_row
from generator.pages.tallies import registers_to_tallies
from generator.pages.texts import commitment_to_title
from generator.pages.words import CHECKS, word_of


def render_findings(cities: Sequence[City]) -> str:
    """The Markdown of ``/findings/``."""
    years = [year for city in cities for year in city.years]
    rows = [
        {
            **finding_to_row(finding),
            "code": finding.check,
            "place": f"{year.place.zh} {year.year}",
            "title": register.register.title,
            "href": f"../{year.path}/#findings",
        }
        for year in years
        for register in year.registers
        for finding in register.findings
    ]
    rows += [
        {
            **finding_to_row(finding),
            "code": finding.check,
            "place": f"{year.place.zh} {year.year}",
            "title": commitment_to_title(item.commitment),
            "href": f"../{year.path}/{commitment_file(year, item.commitment)}.html#{finding.id}",
        }
        for year in years
        for item in year.commitments
        for finding in item.findings
    ]
    return render(
        "findings.md",
        groups=_groups(rows),
        total=len(rows),
        tallies=registers_to_tallies(register for year in years for register in year.registers),
    )


def _groups(rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
    codes = [code for code in CHECKS if any(row["code"] == code for row in rows)]
    codes += sorted({row["code"] for row in rows} - set(codes))
    return [
        {"code": code, "word": word_of(CHECKS, code), "rows": [row for row in rows if row["code"] == code]}
        for code in codes
    ]
