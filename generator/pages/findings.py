"""The page of all findings, check after check, with what was checked and found right."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Any

import msgspec

from generator.assess import CheckRule, describe_rules
from generator.model import CheckTally, Finding
from generator.pages.commitment_page import commitment_file
from generator.pages.environment import render
from generator.pages.filters import place_filter, table_filter, text_filter, year_data, year_filter
from generator.pages.listparts import LongList, Rendered
from generator.pages.longlists import (
    CUTTING,
    Cutting,
    Plan,
    YearPieces,
    plan_list,
    read_pieces,
    rows_to_pieces,
)
from generator.pages.outline import CityYear
from generator.pages.published import PublishedYear
from generator.pages.rows import finding_to_row, severity_tone
from generator.pages.summaries import Summaries, Summary, YearRef
from generator.pages.tallies import add_tallies, sum_tallies, total_of_tallies
from generator.pages.texts import commitment_to_title
from generator.pages.words import CHECKS, PROGRAMMES, SEVERITIES, word_of

Row = dict[str, Any]


class FindingItem(msgspec.Struct, frozen=True, array_like=True):
    """A finding as the list shows it; ``href`` leads to it from the page of its year."""

    check: str
    severity: str
    programme: str
    number: str
    href: str
    title: str
    message: str
    message_en: str
    found: str
    expected: str
    position: str


class YearFindings(msgspec.Struct, frozen=True):
    """The findings of a year, those about a whole register first, and what was checked, one tally a check."""

    items: tuple[FindingItem, ...]
    tallies: tuple[CheckTally, ...]


def year_to_findings(published: PublishedYear) -> YearFindings:
    """What the page of findings needs of a year."""
    tallies = sum_tallies(tally for register in published.year.registers for tally in register.tallies)
    return YearFindings(tuple(_find_items(published.year)), tallies)


FINDINGS = Summary("findings", YearFindings, year_to_findings)


def _find_items(year: CityYear) -> Iterator[FindingItem]:
    for register in year.registers:
        for finding in register.findings:
            yield _item(finding, register.register.programme, register.register.title, "", "#findings")
    for register in year.registers:
        for item in register.commitments:
            title, file = commitment_to_title(item.commitment), commitment_file(year, item.commitment)
            for finding in item.findings:
                number, href = str(item.commitment.position), f"{file}.html#{finding.id}"
                yield _item(finding, register.register.programme, title, number, href)


def _item(finding: Finding, programme: str, title: str, number: str, href: str) -> FindingItem:
    shown = finding_to_row(finding)
    return FindingItem(
        check=finding.check,
        severity=finding.severity,
        programme=programme,
        number=number,
        href=href,
        title=title,
        message=finding.message_zh,
        message_en=finding.message_en,
        found=shown["found"],
        expected=shown["expected"],
        position=shown["position"],
    )


def render_findings(summaries: Summaries, cutting: Cutting = CUTTING) -> Rendered:
    """``/findings/``, with the further parts of its list."""
    listed = _list_findings(summaries, cutting)
    tallies_of = {year.path: found.tallies for year, found in summaries.of(FINDINGS)}
    tallies = add_tallies(tally for found in tallies_of.values() for tally in found)
    filters = _filters(listed.plan, summaries.years)
    markdown = render(
        "findings.md",
        filters=filters,
        groups=listed.first_groups(),
        rest=listed.rest(filters),
        tallies=tallies,
        sums=total_of_tallies(tallies),
        years=[_year_row(year, tallies_of[year.path]) for year in summaries.years],
    )
    return Rendered(markdown, listed.files())


def _list_findings(summaries: Summaries, cutting: Cutting) -> LongList:
    def read(years: Sequence[YearRef] | None) -> Iterator[tuple[YearRef, list[Row]]]:
        for year, found in summaries.of(FINDINGS, years):
            yield year, [item_to_row(item, year) for item in found.items]

    headings = _Headings(summaries)
    plan = plan_list(read_pieces(summaries, FINDING_PIECES, read, _order_of, cutting), cutting)
    return LongList(read, _order_of, plan, "核查发现", "findings", "条", heading=headings.of)


_ORDER = {code: f"{place:03d}" for place, code in enumerate(CHECKS)}


def _order_of(row: Row) -> str:
    return f"{_ORDER.get(row['group'], '999')} {row['group']}"


def year_to_pieces(published: PublishedYear) -> YearPieces:
    """What the list has to know of a year to be cut."""
    year = YearRef(published.year.place, published.year.year)
    return rows_to_pieces([item_to_row(item, year) for item in _find_items(published.year)], _order_of)


FINDING_PIECES = Summary("finding-pieces", YearPieces, year_to_pieces)


class _Headings:
    """What stands above the findings of a check: its rule, and how much was looked at."""

    def __init__(self, summaries: Summaries) -> None:
        self._rules: dict[str, CheckRule] = {check.name: check for check in describe_rules().checks}
        found = add_tallies(tally for _, found in summaries.of(FINDINGS) for tally in found.tallies)
        self._tallies = {tally["code"]: tally for tally in found}

    def of(self, code: str) -> Row:
        """The heading of a check."""
        word, rule, tally = word_of(CHECKS, code), self._rules.get(code), self._tallies.get(code)
        said = (
            f"核对 {tally['looked_at']} 处，无误 {tally['right']} 处，无法核对 {tally['not_computable']} 处。"
            if tally
            else ""
        )
        return {
            "id": code,
            "zh": word.zh,
            "en": word.en,
            "notes": [f"{rule.rule_zh if rule else ''}{said}"],
            "note_en": rule.rule_en if rule else "",
        }


def _filters(plan: Plan, years: Iterable[YearRef]) -> list[Row]:
    return [
        text_filter("完成率"),
        table_filter("check", "核对", CHECKS, plan.counts),
        table_filter("severity", "程度", SEVERITIES, plan.counts),
        place_filter(plan.counts, years),
        year_filter(plan.counts),
    ]


def item_to_row(item: FindingItem, year: YearRef) -> Row:
    """A finding as an item of the list."""
    operands = (("看到", item.found), ("对照", item.expected), ("字符", item.position))
    return {
        "data": {"check": item.check, "severity": item.severity, **year_data(year, item.programme)},
        "group": item.check,
        "no": item.number,
        "href": f"../{year.path}/{item.href}",
        "title": item.title,
        "text": item.message,
        "text_en": item.message_en,
        "remarks": [
            f"{year.place.zh} {year.year}",
            word_of(PROGRAMMES, item.programme).zh,
            *(f"{label} {value}" for label, value in operands if value),
        ],
        "tone": severity_tone(item.severity),
        "word": word_of(SEVERITIES, item.severity).zh,
    }


def _year_row(year: YearRef, found: Iterable[CheckTally]) -> Row:
    """What was checked in a year of a city: in all, and check by check."""
    tallies = add_tallies(found)
    return {
        "name": f"{year.place.zh} {year.year}",
        "href": f"../{year.path}/#findings",
        "sums": total_of_tallies(tallies),
        "by_check": {tally["code"]: tally for tally in tallies},
        "query": f"?place={year.place.slug}&year={year.year}#list",
    }
