"""What later documents print of a promise, beside the plan: the comparison, and the check that tells it."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from generator.model import Commitment, Finding, Restatement, Source, Target
from tests.assess_examples import assess, assess_all, commitment, findings, restated, source, tally, target

BOTH = (source("plan"), source("annual"))


def promised(text: str, *targets: Target, later: Restatement, **values: Any) -> Commitment:
    return commitment(text=text, end=len(text), source="s-plan", targets=targets, restated=(later,), **values)


def number(text: str, value: str, unit: str, measure: str, *, at: int = 0, **values: Any) -> Target:
    """A target whose printed number stands in a wording that begins at ``at``."""
    printed = values.pop("printed", f"{value}{unit}")
    place = text.index(printed)
    fields: dict[str, Any] = {"measure": measure, "printed": printed}
    return target(value, unit, **{**fields, "start": at + place, "end": at + place + len(printed), **values})


def compared(one: Commitment, sources: tuple[Source, ...] = BOTH) -> list[tuple[str, str, str]]:
    """(change, before, after) of every later wording."""
    return [(c.change, c.before, c.after) for w in assess(one, sources=sources).wordings for c in w.changes]


def pair(before: tuple[str, str, str, str], after: tuple[str, str, str, str], **later: Any) -> Commitment:
    """A promise with one number, and the same of the annual report: (text, value, unit, measure) each."""
    return promised(
        before[0],
        number(*before),
        later=restated(after[0], number(*after, at=200, **later)),
    )


PARKS = ("新增公园60个", "60", "个", "新增公园")


@pytest.mark.parametrize(
    ("after", "later", "change", "severity"),
    [
        (("新增公园40个", "40", "个", "新增公园"), {}, "lowered", "warning"),
        (("新增公园70个", "70", "个", "新增公园"), {}, "raised", "notice"),
        (("新增公园60个左右", "60", "个", "新增公园"), {"comparator": "approx"}, "weaker", "notice"),
        (("新增公园60个以内", "60", "个", "新增公园"), {"comparator": "le"}, "weaker", "notice"),
        (("新增公园60公顷", "60", "公顷", "新增公园"), {}, "unit", "notice"),
        (("新增（提升）公园60个", "60", "个", "新增（提升）公园"), {}, "widened", "notice"),
        (("新增、改造公园60个", "60", "个", "改造公园"), {}, "widened", "notice"),
        (("力争新增公园60个", "60", "个", "新增公园"), {}, "striving", "notice"),
    ],
)
def test_a_changed_target_is_found_with_both_quotes(
    after: tuple[str, str, str, str], later: dict[str, Any], change: str, severity: str
) -> None:
    one = pair(PARKS, after, **later)
    assert [what for what, _, _ in compared(one)] == [change]
    (found,) = findings("wording", one, BOTH)
    assert (found.severity, found.target_id, found.id) == (severity, "t1", f"wording-w1-t1-{change}")
    assert (found.expected, found.found) == ("新增公园60个", after[0].removesuffix("以内").removesuffix("左右"))
    for message in (found.message_zh, found.message_en):
        assert found.expected in message and found.found in message and "0–7" in message and "200–" in message
        assert "plan文件" in message and "annual文件" in message
    assert "可能的原因：本站读取有误" in found.message_zh and "a reading error of ours" in found.message_en


@pytest.mark.parametrize(
    ("before", "after"),
    [
        (PARKS, PARKS),
        (PARKS, ("全市新增口袋公园60个", "60", "个", "新增口袋公园")),  # other words, same number of the same thing
        (PARKS, ("新增公园60处", "60", "处", "新增公园")),  # another word that counts the same
        (("开展活动3.98万场", "39800", "场", "开展活动"), ("开展活动4万场", "40000", "场", "开展活动")),  # rounded
        (
            ("新增（改造）公园60个", "60", "个", "公园"),
            ("新增（提升）公园60个", "60", "个", "公园"),
        ),  # wide from the start
        (("力争新增公园60个", "60", "个", "新增公园"), ("力争新增公园60个", "60", "个", "新增公园")),
    ],
)
def test_what_only_differs_in_words_is_no_finding(
    before: tuple[str, str, str, str], after: tuple[str, str, str, str]
) -> None:
    printed = {"39800": "3.98万场", "40000": "4万场"}
    first = number(*before, printed=printed.get(before[1], f"{before[1]}{before[2]}"))
    second = number(*after, at=200, printed=printed.get(after[1], f"{after[1]}{after[2]}"))
    one = promised(before[0], first, later=restated(after[0], second))
    assert tally("wording", one, BOTH) == (1, 0, 0)


def test_more_than_rounding_is_a_lower_number() -> None:
    """4.4万 printed as 4万 is the last digit rounded, but a tenth less: no rounding that passes in silence."""
    first = number("开展活动4.4万场", "44000", "场", "开展活动", printed="4.4万场")
    second = number("开展活动4万场", "40000", "场", "开展活动", printed="4万场", at=200)
    one = promised("开展活动4.4万场", first, later=restated("开展活动4万场", second))
    assert [what for what, _, _ in compared(one)] == ["lowered"]


def test_a_higher_ceiling_is_the_lighter_promise() -> None:
    def ceiling(value: str, severity: str) -> None:
        first = number("事故控制在10起以内", "10", "起", "事故控制在", comparator="le")
        second = number(f"事故控制在{value}起以内", value, "起", "事故控制在", comparator="le", at=200)
        one = promised("事故控制在10起以内", first, later=restated(f"事故控制在{value}起以内", second))
        assert [found.severity for found in findings("wording", one, BOTH)] == [severity]

    ceiling("15", "warning")
    ceiling("8", "notice")


def test_an_earlier_step_is_found_with_a_number_and_without() -> None:
    counted = pair(
        ("建成社区文化家园12个", "12", "个", "建成社区文化家园"), ("开工社区文化家园12个", "12", "个", "社区文化家园")
    )
    assert [what for what, _, _ in compared(counted)] == ["verb"]
    assert [found.severity for found in findings("wording", counted, BOTH)] == ["warning"]
    words = ("建成社区文化家园12个", "12", "个", "建成社区文化家园")
    kept = pair(words, words)
    assert [what for what, _, _ in compared(kept)] == ["same"]
    named = promised("建成云溪市少年儿童活动中心", later=restated("云溪市少年儿童活动中心开工建设"))
    assert compared(named) == [("verb", "建成云溪市少年儿童活动中心", "云溪市少年儿童活动中心开工建设")]
    further = promised("开工建设云溪市少年儿童活动中心", later=restated("建成云溪市少年儿童活动中心"))
    silent = promised("建成云溪市少年儿童活动中心", later=restated("建设云溪市少年儿童活动中心"))  # says no step
    other = promised("建成云溪市少年儿童活动中心", later=restated("云溪市体育公园开工建设"))  # says another thing
    assert compared(further) == compared(silent) == compared(other) == []


def test_a_name_that_stands_whole_in_a_longer_one_is_the_same_measure() -> None:
    longer = pair(
        ("新建城市公园12个", "12", "个", "新建城市公园"),
        ("新建各区综合性滨水休闲城市公园8个", "8", "个", "新建各区综合性滨水休闲城市公园"),
    )
    assert [what for what, _, _ in compared(longer)] == ["lowered"]


SCHOOLS = (
    "新建学校5所，新增学位4000个",
    number("新建学校5所，新增学位4000个", "5", "所", "新建学校"),
    number("新建学校5所，新增学位4000个", "4000", "个", "新增学位", id="t2"),
)


def schools(text: str, *targets: Target) -> Commitment:
    return promised(*SCHOOLS, later=restated(text, *targets))


def test_a_number_that_is_not_printed_again_weighs_more_where_its_thing_is_named() -> None:
    five = number("新建学校5所", "5", "所", "新建学校", at=200)
    named, left_out = schools("新建学校5所，新增学位", five), schools("新建学校5所", five)
    assert [(one.severity, one.target_id) for one in findings("wording", named, BOTH)] == [("warning", "t2")]
    assert [(one.severity, one.target_id) for one in findings("wording", left_out, BOTH)] == [("notice", "t2")]
    assert compared(named)[1] == ("removed", "新增学位4000个", "新建学校5所，新增学位")


def test_a_document_that_prints_only_names_says_nothing_by_it() -> None:
    assert tally("wording", schools("新建学校，新增学位"), BOTH) == (0, 0, 2)


def test_targets_are_told_by_what_they_count_and_not_by_their_order() -> None:
    text = "新增学位3000个，新建学校5所"
    turned = schools(
        text,
        number(text, "3000", "个", "新增学位", at=200),
        number(text, "5", "所", "新建学校", at=200, id="t2"),
    )
    assert compared(turned) == [
        ("same", "新建学校5所", "新建学校5所"),
        ("lowered", "新增学位4000个", "新增学位3000个"),
    ]


def test_where_several_numbers_would_fit_nothing_is_said() -> None:
    before, after = "新建公园5个、公园7个", "新建公园3个、公园4个"
    one = promised(
        before,
        number(before, "5", "个", "新建公园"),
        number(before, "7", "个", "公园", id="t2"),
        later=restated(
            after, number(after, "3", "个", "新建公园", at=200), number(after, "4", "个", "公园", at=200, id="t2")
        ),
    )
    assert tally("wording", one, BOTH) == (0, 0, 4)


def test_what_was_planned_for_a_part_of_the_year_is_no_lower_target() -> None:
    half = pair(PARKS, ("上半年新增公园30个", "30", "个", "新增公园"))
    by_june = pair(PARKS, ("6月底前新增公园30个", "30", "个", "新增公园"))
    assert tally("wording", half, BOTH) == tally("wording", by_june, BOTH) == (0, 0, 1)
    year = pair(PARKS, ("年底前新增公园30个", "30", "个", "新增公园"))
    assert tally("wording", year, BOTH) == (0, 1, 0)


def test_a_lost_unit_is_no_other_unit() -> None:
    lost = pair(("绿化60公顷", "60", "公顷", "绿化"), ("绿化60", "60", "", "绿化"))
    assert tally("wording", lost, BOTH) == (0, 0, 1)


def test_a_date_that_moves() -> None:
    def due(first: date, first_text: str, second: date, second_text: str) -> list[tuple[str, str]]:
        later = restated("新增公园60个", number("新增公园60个", *PARKS[1:], at=200), due=second, due_text=second_text)
        one = promised("新增公园60个", number(*PARKS), later=later, due=first, due_text=first_text)
        return [(found.id, found.severity) for found in findings("wording", one, BOTH)]

    october, december = date(2023, 10, 31), date(2023, 12, 31)
    assert due(october, "10月底", december, "12月底") == [("wording-w1-due-later", "warning")]
    assert due(december, "12月底", october, "10月底") == [("wording-w1-due-earlier", "notice")]
    assert due(october, "10月底", october, "10月") == []
    assert due(october, "10月底", december, "") == []  # one of a column, the other of the wording: no one thing


def test_a_change_that_a_later_document_repeats_is_found_once() -> None:
    half = restated("新增公园40个", number("新增公园40个", "40", "个", "新增公园", at=200), kind="half_year")
    end = restated("新增公园共40个", number("新增公园共40个", "40", "个", "新增公园", at=200), id="w2")
    lower = restated("新增公园30个", number("新增公园30个", "30", "个", "新增公园", at=200), id="w2")
    sources = (source("plan"), source("half_year"), source("annual"))

    def found(*later: Restatement) -> tuple[Finding, ...]:
        one = commitment(text=PARKS[0], source="s-plan", targets=(number(*PARKS),), restated=later)
        return findings("wording", one, sources)

    assert [one.id for one in found(half, end)] == ["wording-w1-t1-lowered"]
    assert [one.id for one in found(half, lower)] == ["wording-w1-t1-lowered", "wording-w2-t1-lowered"]


def test_results_are_held_against_the_plan_and_not_against_the_later_wording() -> None:
    one = pair(PARKS, ("新增公园40个", "40", "个", "新增公园"))
    (assessed,) = assess_all(one, sources=BOTH).commitments
    assert assessed.targets[0].target.value == Decimal(60)
