"""What the rules say about the registers of the repository: arithmetic that a reader can do beside the document."""

from __future__ import annotations

from collections import Counter
from decimal import Decimal
from functools import cache

import pytest

from generator.assess import assess_register
from generator.assess.checks.allocation import check_allocation
from generator.assess.checks.milestone import check_milestone
from generator.assess.subject import Subject
from generator.lookups import load_places
from generator.model import AssessedCommitment, AssessedRate, AssessedRegister
from generator.registers import load_registers
from tests.assess_examples import CONTENT, WORDS
from tests.own import OWN_REGISTERS

SPLIT = "hangzhou-2024-livelihood"
HALF_YEAR = ("huzhou-2023-key-work", "huzhou-2023-livelihood")
YEAR_END = "shaoxing-2021-key-work"
THREE_DOCUMENTS = (*HALF_YEAR, YEAR_END)


@cache
def registers() -> dict[str, AssessedRegister]:
    places = load_places(CONTENT)
    found = [assess_register(one, places.find(one.place), WORDS) for one in load_registers(CONTENT)]
    return {f"{one.place.slug}-{one.register.year}-{one.register.programme}": one for one in found}


def commitments(*names: str) -> list[AssessedCommitment]:
    return [one for name in names or registers() for one in registers()[name].commitments]


def rates(*names: str) -> list[tuple[str, AssessedRate]]:
    return [(one.commitment.id, rate) for one in commitments(*names) for rate in one.rates]


def rate_of(commitment: str, published: str) -> AssessedRate:
    (found,) = [one for name, one in rates() if name == commitment and one.rate.published == Decimal(published)]
    return found


# --- the split of the plan ----------------------------------------------------------------------


@pytest.mark.own(SPLIT)
def test_every_additive_row_of_the_split_adds_up_and_the_rates_are_not_added() -> None:
    counted: Counter[str] = Counter()
    for one in commitments(SPLIT):
        outcome = check_allocation(Subject(registers()[SPLIT].register, one.commitment, WORDS))
        split = [target for target in one.commitment.targets if target.allocations]
        percent = [target for target in split if target.unit == "%"]
        components = sum(bool(target.part) for target in one.commitment.targets) > 1
        counted.update(additive=len(split) - len(percent), rates=len(percent), components=components)
        assert (outcome.clear, outcome.not_computable) == (len(split) - len(percent) + components, len(percent))
        assert outcome.findings == []
    assert counted == {"additive": 57, "rates": 2, "components": 1}


@pytest.mark.own(SPLIT)
def test_the_bracketed_row_adds_up_as_two_parts() -> None:
    (row,) = [
        target
        for one in commitments(SPLIT)
        for target in one.commitment.targets
        if {allocation.part for allocation in target.allocations} - {""}
    ]
    sums: Counter[str] = Counter()
    for allocation in row.allocations:
        sums[allocation.part] += int(allocation.value)
    assert len(sums) == 2 and all(sums.values()) and sum(sums.values()) == row.value == 100


@pytest.mark.own(SPLIT)
def test_the_due_column_against_the_plans_own_last_step() -> None:
    late = {}
    for one in commitments(SPLIT):
        outcome = check_milestone(Subject(registers()[SPLIT].register, one.commitment, WORDS))
        for found in outcome.findings:
            late[one.commitment.id] = (found.expected, found.found)
    assert late == {"hangzhou-2024-livelihood-009": ("2024-11-30", "2024-12-31")}


# --- the half-year report -----------------------------------------------------------------------


@pytest.mark.own(*HALF_YEAR)
def test_every_published_rate_of_the_half_year_has_a_verdict_or_a_reason() -> None:
    found = rates(*HALF_YEAR)
    assert len(found) > 100
    for name, one in found:
        assert one.verdict != "not_computable" or one.reason, name
        assert (one.recomputed is None) == (one.verdict in {"not_computable", "other_base"}), name


@pytest.mark.own(*THREE_DOCUMENTS)
def test_no_rate_of_another_base_is_called_a_mismatch() -> None:
    other = [
        (name, one)
        for name, one in rates(*THREE_DOCUMENTS)
        if any(word in one.rate.basis for word in WORDS.other_bases)
    ]
    assert len(other) >= 20
    for name, one in other:
        assert one.verdict != "mismatch" or one.base_kind == "printed", name


@pytest.mark.own(*HALF_YEAR)
@pytest.mark.parametrize(
    ("commitment", "published", "verdict", "recomputed", "implied"),
    [
        ("huzhou-2023-key-work-018", "123.13", "other_base", None, "211000"),
        ("huzhou-2023-key-work-024", "90.22", "other_base", None, "32000000000"),
        ("huzhou-2023-livelihood-008", "140.79", "mismatch", "93.0435", "30400"),
        ("huzhou-2023-livelihood-008", "133.6", "mismatch", "88.2609", "15190"),
        ("huzhou-2023-livelihood-007", "116.2", "mismatch", "100", "103.3"),
    ],
)
def test_rates_that_do_not_follow_from_the_printed_numbers_show_why(
    commitment: str, published: str, verdict: str, recomputed: str | None, implied: str
) -> None:
    one = rate_of(commitment, published)
    assert (one.verdict, one.recomputed) == (verdict, Decimal(recomputed) if recomputed else None)
    assert one.implied_base == Decimal(implied)
    assert one.reason == ("base_not_printed" if verdict == "other_base" else "")


@pytest.mark.own(*HALF_YEAR)
def test_the_photovoltaic_rate_shows_its_share_of_the_target_apart() -> None:
    assert rate_of("huzhou-2023-key-work-018", "123.13").of_target == Decimal("74.2286")
    assert rate_of("huzhou-2023-livelihood-010", "90").of_target == Decimal(128)


# --- bases printed beside the rate --------------------------------------------------------------


@pytest.mark.own(*THREE_DOCUMENTS)
@pytest.mark.parametrize(
    ("commitment", "published", "base", "verdict"),
    [
        ("huzhou-2023-key-work-052", "59.4", "350000000", "rounded"),
        ("shaoxing-2021-key-work-036", "65.56", "23148000000", "rounded"),
        ("shaoxing-2021-key-work-036", "103.9", "16780000000", "mismatch"),
        ("shaoxing-2021-key-work-073", "94.2", "2463", "rounded"),
    ],
)
def test_a_quoted_plan_is_the_base_of_its_rate(commitment: str, published: str, base: str, verdict: str) -> None:
    one = rate_of(commitment, published)
    assert (one.base_kind, one.base, one.verdict) == ("printed", Decimal(base), verdict)
    assert one.rate.base is not None and one.base_start == one.rate.base.start


@pytest.mark.own(*OWN_REGISTERS)
def test_only_these_rates_are_found_and_each_names_its_operands() -> None:
    found = [
        (one.commitment.id, finding.found, finding.expected)
        for one in commitments(*OWN_REGISTERS)
        for finding in one.findings
        if finding.check == "rate"
    ]
    assert found == [
        ("huzhou-2023-livelihood-007", "116.2%", "100%"),
        ("huzhou-2023-livelihood-008", "140.79%", "93.0435%"),
        ("huzhou-2023-livelihood-008", "133.6%", "88.2609%"),
        ("shaoxing-2021-key-work-036", "103.9%", "104.7676%"),
    ]


# --- all registers ------------------------------------------------------------------------------


def test_no_percentage_has_a_share_and_no_amount_has_points() -> None:
    for one in commitments():
        for found in one.targets:
            percent = found.target.unit == "%"
            assert found.attained is None if percent else found.points is None, (one.commitment.id, found.target.id)


@pytest.mark.own(YEAR_END)
def test_the_figures_of_areas_add_up_to_their_total() -> None:
    (one,) = [one for one in commitments(YEAR_END) if one.commitment.id.endswith("-080")]
    outcome = check_allocation(Subject(registers()[YEAR_END].register, one.commitment, WORDS))
    assert (outcome.clear, outcome.not_computable, outcome.findings) == (2, 0, [])
