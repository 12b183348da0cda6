"""What the rules must find on the real documents: read from each text by its form, then asked of the rules."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path

import pytest

from generator.model import AssessedCommitment, AssessedRate, AssessedRegister, Finding
from generator.text import to_simplified
from tests.assess_examples import WORDS
from tests.own import OWN_REGISTERS
from tests.test_assess_registers import registers

pytestmark = [pytest.mark.corpus, pytest.mark.own(*OWN_REGISTERS)]

CELL = re.compile(r"(\d+(?:\.\d+)?)(?:\((\d+)\))?\s*(万)?\s*([^\d\s(]+)(?:\(.*\))?")
"""A cell that is a number with its unit: 227个, 5(4)个, 100万平方米, 20条(城乡公交)."""
PUBLISHED = re.compile(
    r"(?:完成[^,，。;；%\n]{0,24}?(?:目标|任务|计划|预算|进度)|占(?:年度|全年)?(?:计划|任务|总投资))"
    r"[^,，。;；%\n]{0,14}?((?:\d+(?:\.\d+)?%)+)"
)
"""A rate as a report words it, or several that follow each other: 完成年度目标的56%80%115.6%."""


@dataclass(frozen=True)
class Row:
    """A line of a split by areas: the goal, and what the areas are asked for, a second number in brackets apart."""

    goal: Decimal
    unit: str
    shares: tuple[Decimal, ...]
    second: tuple[Decimal, ...]


def document(sources: Path, kind: str) -> tuple[str, list[AssessedRegister]]:
    """The text of the one document that holds the words, and the registers that were read from it."""
    found = [
        path for path in sorted(sources.glob("*.txt")) if kind in to_simplified(path.read_text(encoding="utf-8"), {})
    ]
    (path,) = found
    own = [one for one in registers().values() if one.register.sources[0].document == path.name]
    return path.read_text(encoding="utf-8"), own


def commitments(assessed: list[AssessedRegister]) -> list[AssessedCommitment]:
    return [one for register in assessed for one in register.commitments]


def findings(assessed: list[AssessedRegister], check: str) -> list[Finding]:
    return [found for one in commitments(assessed) for found in one.findings if found.check == check]


def split_rows(text: str) -> Iterator[Row]:
    """The rows of the table of areas, read cell by cell with none of the reader's code."""
    simplified = to_simplified(text, {})
    table = simplified[simplified.index("任务分解表\n", simplified.rindex("附件2")) :]
    for line in table.splitlines():
        cells = [found for cell in line.split("|") if (found := CELL.fullmatch(cell.strip()))]
        if len(cells) > 1:
            values = [Decimal(cell[1]) * (10_000 if "万" in (cell[3], cell[4]) else 1) for cell in cells]
            second = tuple(Decimal(cell[2]) for cell in cells if cell[2])
            yield Row(values[0], cells[0][4], tuple(values[1:]), second)


# --- the plan and its split ----------------------------------------------------------------------


def test_the_additive_rows_of_the_split_add_up_in_the_text_and_in_the_rules(sources: Path) -> None:
    text, assessed = document(sources, "任务分解表\n")
    rows = list(split_rows(text))
    additive, rates = [row for row in rows if row.unit != "%"], [row for row in rows if row.unit == "%"]
    assert (len(additive), len(rates)) == (57, 2)
    assert all(sum(row.shares) + sum(row.second) == row.goal for row in additive)
    assert all(sum(row.shares) > row.goal for row in rates)  # adding them would have been a false finding
    (tally,) = [tally for one in assessed for tally in one.tallies if tally.check == "allocation"]
    components = 1  # the five kinds of one total are added, too
    assert (tally.clear, tally.found, tally.not_computable) == (len(additive) + components, 0, len(rates))


def test_each_row_of_the_split_is_in_the_register_with_all_its_areas(sources: Path) -> None:
    text, assessed = document(sources, "任务分解表\n")
    read = Counter(
        (target.target.value, tuple(sorted(one.value for one in target.target.allocations)))
        for one in commitments(assessed)
        for target in one.targets
        if target.target.allocations
    )
    printed = Counter((row.goal, tuple(sorted((*row.shares, *row.second)))) for row in split_rows(text))
    assert read == printed


def test_the_row_with_brackets_adds_up_as_two_parts(sources: Path) -> None:
    text, assessed = document(sources, "任务分解表\n")
    (row,) = [row for row in split_rows(text) if row.second]
    (target,) = [
        target.target
        for one in commitments(assessed)
        for target in one.targets
        if any(share.part for share in target.target.allocations)
    ]
    sums: Counter[str] = Counter()
    for share in target.allocations:
        sums[share.part] += int(share.value)
    assert sorted(sums.values()) == sorted((sum(row.shares), sum(row.second)))
    assert sum(sums.values()) == target.value == row.goal


def test_the_only_plan_that_goes_on_after_its_due_month_is_found(sources: Path) -> None:
    text, assessed = document(sources, "任务分解表\n")
    late = {}
    for line in to_simplified(text, {}).splitlines():
        cells = [cell.strip() for cell in line.split("|")]
        due = next((cell for cell in cells if re.fullmatch(r"\d+月底", cell)), "")
        plan = cells[cells.index(due) + 1] if due else ""
        months = [int(month) for month in re.findall(r"(?<!\d)(\d+)月底", plan)]
        if due and months and max(months) > int(due.removesuffix("月底")):
            late[cells[cells.index(due) - 5 if len(cells) > 6 else 0]] = (due, f"{max(months)}月底")
    assert list(late.values()) == [("11月底", "12月底")]
    (found,) = findings(assessed, "milestone")
    (one,) = [one for one in commitments(assessed) if one.commitment.id == found.commitment_id]
    assert one.commitment.text in next(line for line in to_simplified(text, {}).splitlines() if "12月底" in line)
    assert (found.expected[5:7], found.found[5:7]) == ("11", "12")


# --- the half-year report -----------------------------------------------------------------------


def published(text: str) -> list[tuple[int, str]]:
    """Where in a text rates are published, and their words, with none of the reader's code."""
    found = []
    for match in PUBLISHED.finditer(text):
        found += [(match.start(1) + one.start(), match[0]) for one in re.finditer(r"\d+(?:\.\d+)?%", match[1])]
    return found


def rates_by_place(assessed: list[AssessedRegister]) -> dict[int, AssessedRate]:
    return {one.rate.start: one for found in commitments(assessed) for one in found.rates}


def test_every_rate_that_the_half_year_report_publishes_has_a_verdict(sources: Path) -> None:
    text, assessed = document(sources, "半年度完成情况汇总表")
    told, known = published(text), rates_by_place(assessed)
    assert len(told) > 90
    assert [words for place, words in told if place not in known] == []
    for one in known.values():
        assert one.verdict != "not_computable" or one.reason
        assert one.verdict != "mismatch" or one.base_printed


def test_no_rate_whose_words_name_another_base_is_called_a_mismatch(sources: Path) -> None:
    text, assessed = document(sources, "半年度完成情况汇总表")
    known = rates_by_place(assessed)
    other = [(known[place], words) for place, words in published(text) if any(w in words for w in WORDS.other_bases)]
    assert len(other) >= 8
    for one, words in other:
        assert one.verdict == "other_base" or one.base_kind == "printed", words


@pytest.mark.parametrize(
    ("words", "verdict"),
    [("新增装机", "other_base"), ("在建文旅项目", "other_base"), ("技能培训", "mismatch"), ("智能终端", "mismatch")],
)
def test_a_rate_that_does_not_follow_from_the_printed_numbers_says_why(sources: Path, words: str, verdict: str) -> None:
    text, assessed = document(sources, "半年度完成情况汇总表")
    known = rates_by_place(assessed)
    lines = [(match.start(), match.end()) for match in re.finditer(rf"[^\n]*{words}[^\n]*完成[^\n]*%[^\n]*", text)]
    told = [known[place] for place, _ in published(text) if any(start <= place < end for start, end in lines)]
    (first, *_) = open_ = [one for one in told if one.verdict == verdict]
    assert all(one.implied_base is not None for one in open_)
    assert first.reason == ("base_not_printed" if verdict == "other_base" else "")
    assert (first.recomputed is not None and first.base is not None) == (verdict == "mismatch")


# --- the report of a year's end, from a copy that lost characters ---------------------------------


@pytest.mark.parametrize("words", ["线%", "推出线个", "智能生产线台"])
def test_a_lost_number_is_found_as_garbled_and_is_no_zero(sources: Path, words: str) -> None:
    text, assessed = document(sources, words)
    start = text.index(words)
    spans = [(one.start, one.end) for one in findings(assessed, "garbled") if "缺了一个数字" in one.message_zh]
    assert any(a is not None and b is not None and a < start + len(words) and start < b for a, b in spans)
    numbers = [(one.start, one.value) for found in commitments(assessed) for one in found.commitment.targets]
    reports = [report for found in commitments(assessed) for report in found.commitment.reports]
    numbers += [(one.start, one.value) for report in reports for one in report.results]
    assert not [place for place, _ in numbers if start <= place < start + len(words)]
    assert 0 not in {value for _, value in numbers}
