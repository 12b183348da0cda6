"""The checks that look at a whole register: ``annex``, ``duplicate`` and ``count``."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest
from msgspec.structs import replace

from generator.assess import assess_register
from generator.assess.rules import SAME_REPORT, SAME_TEXT
from generator.model import AssessedRegister, Commitment, Finding, Listed, Register, StatedTotal, Target
from tests.assess_examples import (
    ID,
    PLACE,
    WORDS,
    YEAR,
    assess_all,
    commitment,
    register,
    report,
    source,
    target,
)

KEY_WORK = f"somewhere-{YEAR}-key-work-001"
HOMES = "保障性租赁住房"
CLEAR, FOUND, OPEN, NOTHING = (1, 0, 0), (0, 1, 0), (0, 0, 1), (0, 0, 0)


def found_by(check: str, assessed: AssessedRegister) -> list[Finding]:
    told = [finding for one in assessed.commitments for finding in one.findings]
    return [finding for finding in (*assessed.findings, *told) if finding.check == check]


def counted(check: str, assessed: AssessedRegister) -> tuple[int, int, int]:
    (tally,) = [one for one in assessed.tallies if one.check == check]
    assert tally.looked_at == tally.clear + tally.found + tally.not_computable
    return tally.clear, tally.found, tally.not_computable


def second(**values: Any) -> Commitment:
    return commitment(**{"id": f"{ID[:-1]}2", "position": 2, "text": "", "targets": (), **values})


# --- annex: a list and its split ------------------------------------------------------------------


def split(value: str, local_id: str = "t1", *, own: bool = False, text: str = "", unit: str = "个") -> Listed:
    return Listed(
        value=Decimal(value), unit=unit, printed=f"{value}{unit}", target=local_id, start=60, end=63, text=text, own=own
    )


def made(value: str, **values: Any) -> Target:
    """A target that reading made of a total which no target of the first list has."""
    return target(value, id="t2", start=60, end=63, **values)


def test_a_split_that_repeats_the_list_is_clear() -> None:
    assert counted("annex", assess_all(commitment(listed=(split("10"),)))) == CLEAR


def test_another_total_in_the_split_is_found_with_both_numbers() -> None:
    one = commitment(targets=(target("10"), made("12")), listed=(split("12", "t2", own=True),))
    (found,) = found_by("annex", assess_all(one))
    assert (found.found, found.expected, found.target_id, found.start, found.end) == ("12个", "10个", "t2", 60, 63)
    assert "10 个" in found.message_zh and "12 个" in found.message_en and found.severity == "warning"


@pytest.mark.parametrize(
    "one",
    [
        commitment(targets=(target("10"), made("4", part="东线")), listed=(split("4", "t2", own=True),)),
        commitment(targets=(target("10"), made("12")), listed=(split("12", "t2"),), text="公园10个、绿地12个"),
        commitment(targets=(target("10", "公里"), made("4")), listed=(split("4", "t2", own=True),)),
        commitment(
            targets=(target("10"), made("4")), listed=(split("10"), split("4", "t2", own=True)), text="公园10个、绿地"
        ),
    ],
)
def test_a_component_or_another_measure_contradicts_nothing(one: Commitment) -> None:
    assert not found_by("annex", assess_all(one))


def test_another_wording_in_the_split_is_a_notice() -> None:
    (found,) = found_by("annex", assess_all(commitment(listed=(split("10", text="改建公园10个"),))))
    assert (found.severity, found.found) == ("notice", "改建公园10个")


# --- annex: two programmes, and one list ----------------------------------------------------------


def key_work(*targets: Target, text: str = "加快住房建设") -> Register:
    one = commitment(id=KEY_WORK, text=text, targets=targets)
    return replace(register(one), programme="key-work")


def beside(livelihood: Register, other: Register) -> tuple[AssessedRegister, AssessedRegister]:
    both = (livelihood, other)
    first, last = (assess_register(one, PLACE, WORDS, both) for one in both)
    return first, last


def homes(value: str, verb: str = "筹建", unit: str = "套", **values: Any) -> Target:
    return target(value, unit, measure=f"{verb}{values.pop('thing', HOMES)}", **values)


def test_one_measure_with_two_numbers_in_two_programmes_is_found_once() -> None:
    first = register(commitment(targets=(homes("15236", "建设筹集"),)))
    earlier, later = beside(first, key_work(homes("15000")))
    assert not found_by("annex", earlier)
    (found,) = found_by("annex", later)
    assert found.commitment_id == KEY_WORK and ID in found.message_zh and ID in found.message_en
    assert "15,000 套" in found.message_zh and "15,236 套" in found.message_zh
    some = register(commitment(targets=(homes("15236", comparator="ge"),)))
    (open_ended,) = found_by("annex", beside(some, key_work(homes("15000")))[1])
    assert "15,236 套以上" in open_ended.message_zh and "at least 15,236 套" in open_ended.message_en
    assert counted("annex", later) == FOUND and counted("annex", earlier) == NOTHING


def test_the_same_number_in_two_programmes_is_clear() -> None:
    _, later = beside(register(commitment(targets=(homes("15000"),))), key_work(homes("15000", "建设筹集")))
    assert counted("annex", later) == CLEAR


@pytest.mark.parametrize(
    "other",
    [
        homes("15000", "改造"),
        homes("15000", unit="平方米"),
        homes("15000", kind="rate"),
        homes("15000", thing="共有产权保障房"),
        homes("15000", thing="住房"),
        homes("15000", part="其中市区"),
    ],
)
def test_another_thing_verb_or_unit_is_not_compared(other: Target) -> None:
    assert counted("annex", beside(register(commitment(targets=(homes("9"),))), key_work(other))[1]) == NOTHING


def test_growth_says_too_little_of_what_it_is_of() -> None:
    slow, fast = (target(value, "%", kind="growth", measure="固定资产投资增长") for value in ("9", "15"))
    assert counted("annex", beside(register(commitment(targets=(slow,))), key_work(fast))[1]) == NOTHING


@pytest.mark.parametrize(("values", "found"), [({}, 1), ({"year": YEAR + 1}, 0), ({"place": "elsewhere"}, 0)])
def test_another_place_or_year_is_not_looked_at(values: dict[str, Any], found: int) -> None:
    other = replace(register(commitment(targets=(homes("9"),))), **values)
    assert len(found_by("annex", assess_register(key_work(homes("15000")), PLACE, WORDS, (other,)))) == found


def test_inside_one_list_the_wordings_must_be_alike_too() -> None:
    first = commitment(text="全市筹建保障性租赁住房15000套", targets=(homes("15000"),))
    alike = second(text="全市筹建保障性租赁住房12000套", targets=(homes("12000"),))
    other = second(text="新城建设提速，引进企业，筹建住房", targets=(homes("12000"),))
    (found,) = found_by("annex", assess_all(first, alike))
    assert found.commitment_id == alike.id
    assert not found_by("annex", assess_all(first, other))


# --- duplicate ------------------------------------------------------------------------------------

LONG = "新建公园10个，改造绿道20公里"


def test_the_same_wording_twice_is_found_at_the_second() -> None:
    assessed = assess_all(commitment(text=LONG), second(text="新建公园１０个,改造绿道20公里。"))
    (found,) = found_by("duplicate", assessed)
    assert (found.commitment_id, found.found) == (f"{ID[:-1]}2", ID)
    assert counted("duplicate", assessed) == (1, 1, 0)


def test_one_number_more_or_a_short_text_is_no_duplicate() -> None:
    assert counted("duplicate", assess_all(commitment(text=LONG), second(text=LONG.replace("20", "30")))) == (2, 0, 0)
    assert counted("duplicate", assess_all(commitment(text="完成目标"), second(text="完成目标"))) == NOTHING


@pytest.mark.parametrize(("length", "found"), [(SAME_TEXT.value, 1), (SAME_TEXT.value - 1, 0)])
def test_wordings_are_compared_from_the_printed_length_on(length: Decimal, found: int) -> None:
    text = "建" * int(length)
    assert len(found_by("duplicate", assess_all(commitment(text=text), second(text=text)))) == found


@pytest.mark.parametrize(("length", "found"), [(SAME_REPORT.value, 1), (SAME_REPORT.value - 1, 0)])
def test_reports_are_compared_from_the_printed_length_on(length: Decimal, found: int) -> None:
    told = report("建" * int(length))
    both = (commitment(text=LONG, reports=(told,)), second(text=f"{LONG}5", reports=(told,)))
    assert len(found_by("duplicate", assess_all(*both))) == found


def test_one_report_given_to_two_commitments_is_found() -> None:
    told = "公园全部开工，绿道完成八成以上，其余正在办理前期手续"
    both = (commitment(text=LONG, reports=(report(told),)), second(text=f"{LONG}5", reports=(report(told),)))
    (found,) = found_by("duplicate", assess_all(*both))
    assert found.id == "duplicate-r1" and "进展" in found.message_zh
    short = tuple(replace(one, reports=(report("公园、绿道已全部完成建设任务"),)) for one in both)
    assert not found_by("duplicate", assess_all(*short))
    apart = replace(both[1], reports=(report(told, kind="annual"),))
    assert not found_by("duplicate", assess_all(both[0], apart))


def test_the_same_promise_in_two_programmes_is_found_in_the_later_one() -> None:
    earlier, later = beside(register(commitment(text=LONG)), key_work(text=LONG))
    assert not found_by("duplicate", earlier)
    assert [found.commitment_id for found in found_by("duplicate", later)] == [KEY_WORK]


# --- count ----------------------------------------------------------------------------------------


def stating(value: int, *read: Commitment, **values: Any) -> AssessedRegister:
    fields: dict[str, Any] = {"of": "items", "quote": f"共{value}项", "start": 7, "end": 9}
    total = StatedTotal(**{**fields, "value": value, **values})
    own = [replace(one, source="s-plan") for one in read]
    return assess_all(*own, sources=(source("plan", stated=(total,)),))


IN_TWO_GROUPS = (
    commitment(category="养老", section="一"),
    second(category="出行", section="二"),
    second(id=f"{ID[:-1]}3", position=3, category="出行", section="二"),
)


@pytest.mark.parametrize(("value", "result"), [(3, CLEAR), (2, CLEAR), (4, FOUND), (1, FOUND)])
def test_a_total_is_that_of_the_commitments_or_of_their_groups(value: int, result: tuple[int, int, int]) -> None:
    assert counted("count", stating(value, *IN_TWO_GROUPS)) == result


def test_a_finding_about_a_total_is_the_registers_own() -> None:
    assessed = stating(4, *IN_TWO_GROUPS)
    (found,) = assessed.findings
    assert (found.commitment_id, found.found, found.expected, found.start, found.end) == ("", "3", "4", 7, 9)
    assert "共4项" in found.message_zh and "3项承诺，分组数为2" in found.message_zh
    assert not [one for item in assessed.commitments for one in item.findings if one.check == "count"]


def test_groups_without_names_cannot_be_counted() -> None:
    assert counted("count", stating(10, commitment(), of="groups")) == OPEN


def test_a_heading_states_the_total_of_its_own_section() -> None:
    assert counted("count", stating(2, *IN_TWO_GROUPS, section="二")) == CLEAR
    assert counted("count", stating(3, *IN_TWO_GROUPS, section="二")) == FOUND


def test_a_register_without_a_stated_total_is_not_looked_at() -> None:
    assert counted("count", assess_all(*IN_TWO_GROUPS)) == NOTHING
