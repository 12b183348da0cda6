"""What later documents print of a promise, beside the plan: the comparison, and the check that tells it."""

from __future__ import annotations

import re
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from msgspec.structs import replace

from generator.model import Commitment, Finding, Restatement, Source, Target, WordingChange
from tests.assess_examples import YEAR, assess, assess_all, commitment, findings, restated, source, tally, target

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


# --- what is quoted of a number, and from where ---------------------------------------------------


def quoted(one: Commitment, sources: tuple[Source, ...] = BOTH) -> list[tuple[str, str, int | None, int | None]]:
    """(target, before, where it begins and ends) of every change that has words of the promise."""
    found = [change for wording in assess(one, sources=sources).wordings for change in wording.changes]
    return [(one.target, one.before, one.before_start, one.before_end) for one in found if one.before]


def placed(text: str, *numbers: tuple[str, int, int], start: int = 100) -> Commitment:
    """A promise with numbers: printed, and where each begins and ends in its document. The later text is of others."""
    targets = tuple(
        target("1", printed=printed, start=begin, end=end, id=f"t{place}", measure=f"某物{place}")
        for place, (printed, begin, end) in enumerate(numbers, start=1)
    )
    return promised(text, *targets, later=restated("他事"), start=start)


@pytest.mark.parametrize(
    ("text", "numbers", "pieces"),
    [
        # the clause of the number, and nothing before it
        ("完善绿化，新增公园60个，种树", [("60个", 109, 112)], [("新增公园60个", 105, 112)]),
        ("完善绿化。新增公园60个", [("60个", 109, 112)], [("新增公园60个", 105, 112)]),
        ("完善绿化，60个公园", [("60个", 105, 108)], [("60个", 105, 108)]),
        # nothing of the number before it, nor what joins the two
        (
            "新建公园5个、广场7个和绿道9条",
            [("5个", 104, 106), ("7个", 109, 111), ("9条", 114, 116)],
            [("新建公园5个", 100, 106), ("广场7个", 107, 111), ("绿道9条", 112, 116)],
        ),
        ("改造5公里10座桥", [("5公里", 102, 105), ("10座", 105, 108)], [("改造5公里", 100, 105), ("10座", 105, 108)]),
        ("公园和广场各5个", [("5个", 106, 108), ("5个", 106, 108)], [("公园和广场各5个", 100, 108)] * 2),
        # the number itself, where the words before and behind it are printed with it
        ("新增公园不少于60个", [("不少于60个", 107, 110)], [("新增公园不少于60个", 100, 110)]),
        ("培训近万人", [("近万人", 103, 105)], [("培训近万人", 100, 105)]),
        ("投资超亿元", [("超亿元", 103, 105)], [("投资超亿元", 100, 105)]),
        ("培训超千人", [("超千人", 103, 105)], [("培训超千人", 100, 105)]),
        ("率先过半", [("过半", 102, 104)], [("率先过半", 100, 104)]),
        # the same number twice: the one that stands where its place says
        ("公园5个，广场5个", [("5个", 102, 104), ("5个", 107, 109)], [("公园5个", 100, 104), ("广场5个", 105, 109)]),
        # a text that was cleaned is shorter or longer than its document: never from before its beginning
        ("新增公园60个", [("60个", 109, 112)], [("新增公园60个", 105, 112)]),
        ("新增公园60个", [("60个", 102, 105)], [("新增公园60个", 100, 105)]),
        # a number that the text has not: as it is printed, where it is printed, and no border for others
        ("新增公园", [("60个", 300, 303)], [("60个", 300, 303)]),
        ("新增公园5个", [("60个", 300, 303), ("5个", 104, 106)], [("60个", 300, 303), ("新增公园5个", 100, 106)]),
    ],
)
def test_a_number_is_quoted_with_its_own_words_and_their_place(
    text: str, numbers: list[tuple[str, int, int]], pieces: list[tuple[str, int, int]]
) -> None:
    expected = [(f"t{place}", *piece) for place, piece in enumerate(pieces, start=1)]
    assert quoted(placed(text, *numbers)) == expected


# --- one number beside another ------------------------------------------------------------------


def told(before: Target, after: Target, texts: tuple[str, str] = ("公园", "公园")) -> list[tuple[str, bool]]:
    """(change, whether it makes the promise lighter) of two numbers of one thing."""
    one = promised(texts[0], before, later=restated(texts[1], after))
    return [(c.change, c.weakening) for w in assess(one, sources=BOTH).wordings for c in w.changes]


SAME, UNCLEAR, ROUNDED = [("same", False)], [("unclear", False)], [("rounded", False)]
LOWERED, RAISED = [("lowered", True)], [("raised", False)]
FIRMER, WEAKER = [("firmer", False)], [("weaker", True)]


@pytest.mark.parametrize(
    ("before", "after", "changes"),
    [
        (target("10", "个"), target("10", ""), SAME),  # a count that lost its unit is still a count
        (target("10", ""), target("10", "个"), SAME),
        (target("10", "公顷"), target("10", ""), UNCLEAR),
        (target("10", "个"), target("10", "公顷"), [("unit", False)]),
        (target("10", "%", kind="growth"), target("10", "%", kind="rate"), UNCLEAR),
        # rounded: not further off than the last digit of either, nor than a hundredth
        (target("39800", printed="3.98万个"), target("40000", printed="4万个"), ROUNDED),
        (target("40000", printed="4万个"), target("39800", printed="3.98万个"), ROUNDED),
        (target("40000", printed="4万个"), target("39800", printed="39800个"), ROUNDED),
        (target("1205000", printed="120.5万个"), target("1210000", printed="121万个"), ROUNDED),
        (target("500000", printed="50万个"), target("505000", printed="50.5万个"), ROUNDED),
        (target("-12.34", "%", printed="-12.34%"), target("-12.3", "%", printed="-12.3%"), ROUNDED),
        (target("1000"), target("995"), LOWERED),
        (target("500000", printed="50万个"), target("494000", printed="49.4万个"), LOWERED),
        # a bound the other way, and 左右, bind less
        (target(comparator="approx"), target(), FIRMER),
        (target(), target(comparator="approx"), WEAKER),
        (target(comparator="approx"), target(comparator="approx"), SAME),
        (target(comparator="approx"), target(comparator="le"), SAME),
        (target(comparator="ge"), target(comparator="lt"), WEAKER),
        (target(comparator="lt"), target(comparator="approx"), WEAKER),
        (target(comparator="le"), target(comparator="ge"), WEAKER),
        (target(comparator="lt"), target(comparator="gt"), WEAKER),
        (target(comparator="le"), target(comparator="lt"), SAME),
        (target(comparator="ge"), target(comparator="gt"), SAME),
        # of a ceiling more is less, whether a bound or the words make it one
        (target(comparator="lt"), target("12", comparator="lt"), [("raised", True)]),
        (target(measure="公园控制在"), target("12", measure="公园控制在"), [("raised", True)]),
        (target(comparator="le"), target("8", comparator="le"), [("lowered", False)]),
        (target(), target("12", comparator="approx"), [*RAISED, *WEAKER]),
    ],
)
def test_a_number_beside_the_one_that_was_promised(before: Target, after: Target, changes: list[Any]) -> None:
    assert told(before, after) == changes


@pytest.mark.parametrize(
    ("before", "after", "changes"),
    [
        ("新增公园60个", "截至目前新增公园60个", SAME),  # the same number needs no part of a year
        ("上半年新增公园60个", "上半年新增公园30个", LOWERED),  # each of the same part
        ("开工建设公园60个", "谋划公园60个", [("verb", True)]),  # the first step of all is one, too
        ("建设公园60个", "谋划公园60个", SAME),  # no step was promised
        ("建成公园60个", "建成公园60个", SAME),
        ("公园60个", "新增（提升）公园60个", SAME),  # nobody promised new ones
        ("新增公园60个", "新改建公园60个", [("widened", True)]),
        ("新增公园60个", "新增和改造公园60个", [("widened", True)]),
        ("新增公园60个", "改造新增公园60个", [("widened", True)]),
        ("新增公园60个", "改造及新增公园60个", [("widened", True)]),
        ("新增公园60个", "改造道路、新增公园60个", SAME),
        ("新增公园60个", "力争新增公园60个", [("striving", True)]),
    ],
)
def test_the_words_about_a_number(before: str, after: str, changes: list[Any]) -> None:
    first, second = (re.search(r"\d+", text) for text in (before, after))
    assert first and second
    later = number(after, second[0], "个", "公园", at=200)
    assert told(number(before, first[0], "个", "公园"), later, (before, after)) == changes


# --- numbers that only one of the two has -------------------------------------------------------


def changes_of(one: Commitment, sources: tuple[Source, ...] = BOTH) -> list[WordingChange]:
    return [change for wording in assess(one, sources=sources).wordings for change in wording.changes]


def test_each_change_names_the_targets_of_both_documents() -> None:
    text = "新建学校5所，另建公园9个"
    later = (number(text, "5", "所", "新建学校", at=200), number(text, "9", "个", "公园", at=200, id="t2"))
    same, removed, added = changes_of(schools(text, *later))
    assert (same.change, same.target, same.restated, same.weakening) == ("same", "t1", "t1", False)
    assert (removed.change, removed.target, removed.restated) == ("removed", "t2", "")
    assert (removed.after, removed.after_start, removed.after_end) == (text, 200, 200 + len(text))
    assert (added.change, added.target, added.restated, added.weakening) == ("added", "", "t2", False)
    assert (added.before, added.before_start, added.before_end) == ("", None, None)
    assert (added.after, added.after_start, added.after_end) == ("另建公园9个", 207, 213)
    assert tally("wording", schools(text, *later), BOTH) == (2, 1, 0)


def test_a_number_of_a_part_of_the_year_names_both_targets_too() -> None:
    (open_,) = changes_of(pair(PARKS, ("上半年新增公园30个", "30", "个", "新增公园"), id="t9"))
    assert (open_.change, open_.target, open_.restated, open_.weakening) == ("unclear", "t1", "t9", False)


def test_where_one_number_stays_open_those_that_are_left_over_are_no_new_ones() -> None:
    before, after = "新建公园5个、公园7个，建学校2所", "新建公园3个、公园4个，建学校2所，修路9公里"
    one = promised(
        before,
        number(before, "5", "个", "新建公园"),
        number(before, "7", "个", "公园", id="t2"),
        number(before, "2", "所", "建学校", id="t3"),
        later=restated(
            after,
            number(after, "3", "个", "新建公园", at=200),
            number(after, "4", "个", "公园", at=200, id="t2"),
            number(after, "2", "所", "建学校", at=200, id="t3"),
            number(after, "9", "公里", "修路", at=200, id="t4"),
        ),
    )
    found = [(change.change, change.target, change.restated) for change in changes_of(one)]
    assert found == [
        *(("unclear", name, "") for name in ("t1", "t2")),
        ("same", "t3", "t3"),
        *(("unclear", "", name) for name in ("t1", "t2", "t4")),
    ]


@pytest.mark.parametrize(
    ("measure", "text", "named"),
    [
        ("新建社区老年食堂", "社区老年食堂", True),
        ("新建社区老年食堂", "办好食堂", False),
        ("甲乙丙丁戊己", "甲乙丙丁戊庚己", True),  # four of five pairs of characters are enough
        ("甲乙丙丁戊", "甲乙丙丁庚戊", False),  # three of four are not
        ("新建", "新建一批", True),
        ("", "社区老年食堂", False),
    ],
)
def test_a_thing_is_still_named_where_most_of_its_name_stands(measure: str, text: str, named: bool) -> None:
    gone = target("60", measure=measure, printed="60个")
    kept = target("5", "所", measure="学校", printed="5所", id="t2")
    later = restated(text, target("5", "所", measure="学校", printed="5所"))
    removed = changes_of(promised("食堂60个，学校5所", gone, kept, later=later))[0]
    assert (removed.change, removed.target, removed.weakening) == ("removed", "t1", named)


def test_whether_a_document_prints_numbers_at_all_is_told_from_all_of_its_wordings() -> None:
    silent = schools("新建学校，新增学位")
    telling = pair(PARKS, PARKS)
    other = replace(telling, id=f"{silent.id[:-1]}2", position=2)
    found = {one.commitment.id: one for one in assess_all(silent, other, sources=BOTH).commitments}
    assert [c.change for c in found[silent.id].wordings[0].changes] == ["removed", "removed"]
    half = restated(PARKS[0], number(*PARKS, at=200), kind="half_year")
    names = replace(telling, restated=(half, restated("公园", id="w2")))
    three = (source("plan"), source("half_year"), source("annual"))
    assert [change.change for change in changes_of(names, three)] == ["same", "unclear"]


# --- steps without a number, and dates ----------------------------------------------------------

CENTRE, PARK = "云溪市少年儿童活动中心", "云溪市滨江体育健身公园"


def test_each_step_without_a_number_is_quoted_with_its_place() -> None:
    text, later = f"完善设施，建成{CENTRE}。建成{PARK}", f"{CENTRE}开工建设，{PARK}谋划"
    first, second = changes_of(promised(text, later=restated(later), start=100))
    assert (first.before, first.before_start, first.before_end) == (f"建成{CENTRE}", 105, 118)
    assert (second.before, second.before_start, second.before_end) == (f"建成{PARK}", 119, 132)
    for change in (first, second):
        assert (change.change, change.weakening, change.target, change.restated) == ("verb", True, "", "")
        assert (change.after_start, change.after_end) == (200, 200 + len(later))


@pytest.mark.parametrize(
    ("text", "later", "found"),
    [
        (f"建成{CENTRE}", f"{CENTRE}谋划", ["verb"]),  # the first step of all is one, too
        (f"建成{CENTRE}", f"{CENTRE}建成", []),
        (f"力争建成{CENTRE}", f"{CENTRE}开工建设", []),
    ],
)
def test_a_step_is_held_against_the_later_one(text: str, later: str, found: list[str]) -> None:
    assert [change.change for change in changes_of(promised(text, later=restated(later)))] == found


def test_a_step_with_a_number_is_told_once_and_the_next_one_is_still_looked_at() -> None:
    homes = "社区老年文化家园综合楼"
    text, later = f"建成{homes}12个，建成{CENTRE}", f"开工{homes}12个，{CENTRE}开工建设"
    one = promised(
        text,
        number(text, "12", "个", f"建成{homes}"),
        later=restated(later, number(later, "12", "个", homes, at=200)),
    )
    assert [(change.change, change.before) for change in changes_of(one)] == [
        ("verb", f"建成{homes}12个"),
        ("verb", f"建成{CENTRE}"),
    ]
    unprinted = promised(f"建成{CENTRE}", target(printed=""), later=restated(f"{CENTRE}开工建设"))
    assert [change.change for change in changes_of(unprinted)] == ["unclear", "verb"]


@pytest.mark.parametrize(
    ("first", "second", "found"),
    [
        ((10, "10月底"), (12, "12月底"), [("later", "10月底", "12月底", True)]),
        ((12, "12月底"), (10, "10月底"), [("earlier", "12月底", "10月底", False)]),
        ((10, "10月底"), (10, "10月"), []),
        ((10, "10月底"), (None, "全年"), []),
        ((None, "全年"), (10, "10月底"), []),
        ((10, "10月底"), (12, ""), []),
        ((10, ""), (12, "12月底"), []),
        ((None, ""), (12, ""), []),
        ((12, ""), (None, ""), []),
    ],
)
def test_a_date_of_a_column_is_held_against_one_of_a_column(first: Any, second: Any, found: list[Any]) -> None:
    days = [date(YEAR, month, 30) if month else None for month in (first[0], second[0])]
    later = restated("全市绿化", due=days[1], due_text=second[1])
    moved = changes_of(promised("新增公园", later=later, due=days[0], due_text=first[1]))
    assert [(change.change, change.before, change.after, change.weakening) for change in moved] == found
    assert all((change.before_start, change.after_end) == (None, None) for change in moved)


@pytest.mark.parametrize(
    ("text", "later", "found"),
    [
        ("10月底前新增公园60个", "12月底前新增公园60个", "later"),
        ("10月底前新增公园60.5个", "12月底前新增公园70个", "later"),
        ("9月底前新增公园", "10月底前新增公园", "later"),
        ("年底前新增口袋公园和社区公园", "12月底前新增口袋公园和社区公园", "later"),
        ("年末前新增口袋公园和社区公园", "12月底前新增口袋公园和社区公园", "later"),
        ("每月新增公园，10月底前完成", "每月新增公园，12月底前完成", "later"),
        ("甲乙丙丁戊己", "甲乙丙丁戊庚", "later"),  # eight of ten pairs of characters are enough
        ("甲乙丙丁戊", "甲乙丙丁己", ""),
        ("10月底前完成选址工作", "12月底前建成综合大楼", ""),
        ("10月底前新增口袋公园和社区公园", "6月底前、12月底前新增口袋公园和社区公园", ""),
        ("新增口袋公园和社区公园", "年底前新增口袋公园和社区公园", ""),
        ("新增口袋公园和社区公园", "年末前新增口袋公园和社区公园", ""),
        ("10月底前新增口袋公园和社区公园", "12月底前每月新增口袋公园和社区公园", "later"),
        ("10月底前新增口袋公园和社区公园", "每月新增口袋公园和社区公园", ""),
    ],
)
def test_a_date_of_the_wording_moves_only_in_the_same_wording(text: str, later: str, found: str) -> None:
    one = promised(text, later=restated(later, due=date(YEAR, 12, 31)), due=date(YEAR, 10, 5))
    moved = changes_of(one)
    assert [(change.change, change.before, change.after) for change in moved] == (
        [(found, f"{YEAR}年10月5日", f"{YEAR}年12月31日")] if found else []
    )


# --- the check ----------------------------------------------------------------------------------

THREE = (source("plan"), source("half_year"), source("annual"))


def twice(first: Restatement, second: Restatement, *targets: Target, text: str = PARKS[0], **values: Any) -> list[str]:
    """What is found where two documents print a promise again."""
    one = commitment(
        text=text, source="s-plan", targets=targets or (number(*PARKS),), restated=(first, second), **values
    )
    return [found.id.removeprefix("wording-") for found in findings("wording", one, THREE)]


def again(text: str, value: str = "60", unit: str = "个", *, annual: bool = False, **values: Any) -> Restatement:
    """A wording of the half-year report, or of the annual one, with its number."""
    found = number(text, value, unit, "新增公园", at=200)
    return restated(text, found, kind="annual" if annual else "half_year", id="w2" if annual else "w1", **values)


@pytest.mark.parametrize(
    ("first", "second", "found"),
    [
        (("新增公园70个", "70"), ("新增公园80个", "80"), ["w1-t1-raised", "w2-t1-raised"]),
        (("新增公园70个", "70"), ("新增公园共70个", "70"), ["w1-t1-raised"]),
        (("新增公园60公顷", "60", "公顷"), ("新增公园60亩", "60", "亩"), ["w1-t1-unit", "w2-t1-unit"]),
        (("新增公园40个", "40"), ("新增公园70个", "70"), ["w1-t1-lowered", "w2-t1-raised"]),
        (("力争新增公园60个",), ("争取新增公园60个",), ["w1-t1-striving"]),
        (
            ("力争新增公园40个", "40"),
            ("力争新增公园30个", "30"),
            ["w1-t1-lowered", "w1-t1-striving", "w2-t1-lowered"],
        ),
        (("力争新增公园60个",), ("新增（提升）公园60个",), ["w1-t1-striving", "w2-t1-widened"]),
    ],
)
def test_a_change_is_known_again_by_what_is_changed_and_to_what(first: Any, second: Any, found: list[str]) -> None:
    assert twice(again(*first), again(*second, annual=True)) == found


def test_the_number_of_each_target_is_told_from_the_others() -> None:
    def both(parks: str, schools: str, **values: Any) -> Restatement:
        text = f"新增公园{parks}个，新建学校{schools}所"
        return restated(
            text,
            number(text, parks, "个", "新增公园", at=200),
            number(text, schools, "所", "新建学校", at=200, id="t2"),
            **values,
        )

    promise = both("60", "9")
    half, end = both("40", "5", kind="half_year"), both("40", "3", id="w2")
    found = twice(half, end, *promise.targets, text=promise.text, start=200)
    assert found == ["w1-t1-lowered", "w1-t2-lowered", "w2-t2-lowered"]
    shared = "公园和学校各60个"
    targets = (number(shared, "60", "个", "公园"), number(shared, "60", "个", "学校", id="t2"))
    other = target("9", "条", measure="修路", printed="9条")
    assert twice(
        restated("修路9条", other, kind="half_year"), restated("修路9条", other, id="w2"), *targets, text=shared
    ) == [
        "w1-t1-removed",
        "w1-t2-removed",
    ]


def test_steps_are_known_again_by_their_words_and_dates_by_their_day() -> None:
    text = f"建成{CENTRE}。建成{PARK}"
    half = restated(f"{CENTRE}开工建设。{PARK}开工建设", kind="half_year")
    end = restated(f"{CENTRE}开工。{PARK}谋划", id="w2")
    one = commitment(text=text, source="s-plan", targets=(), restated=(half, end))
    found = findings("wording", one, THREE)
    assert [(one.id, one.severity, one.target_id) for one in found] == [
        ("wording-w1-s1-verb", "warning", ""),
        ("wording-w1-s2-verb", "warning", ""),
    ]

    def moved(first: int, second: int) -> list[str]:
        first_day, second_day = date(YEAR, first, 30), date(YEAR, second, 30)
        return twice(
            again(PARKS[0], due=first_day, due_text=f"{first}月"),
            again(PARKS[0], annual=True, due=second_day, due_text=f"{second}月"),
            due=date(YEAR, 9, 30),
            due_text="9月",
        )

    assert moved(10, 10) == ["w1-due-later"]
    assert moved(10, 11) == ["w1-due-later", "w2-due-later"]
    assert moved(8, 8) == ["w1-due-earlier"]
    assert moved(8, 7) == ["w1-due-earlier", "w2-due-earlier"]


def test_a_stricter_word_or_a_number_more_is_clear() -> None:
    about = number("新增公园60个左右", "60", "个", "新增公园", comparator="approx")
    firmer = promised("新增公园60个左右", about, later=again(PARKS[0], annual=True))
    assert tally("wording", firmer, BOTH) == (1, 0, 0)


def test_a_finding_quotes_the_later_document_and_a_date_has_no_place() -> None:
    (lowered,) = findings("wording", pair(PARKS, ("全市共新增公园40个", "40", "个", "新增公园")), BOTH)
    text = "完善绿化，新增公园40个"
    (second,) = findings("wording", pair(PARKS, (text, "40", "个", "新增公园")), BOTH)
    assert (lowered.start, lowered.end) == (200, 210) and (second.start, second.end) == (205, 212)
    later = again(PARKS[0], annual=True, due=date(YEAR, 12, 31), due_text="12月底")
    one = promised(PARKS[0], number(*PARKS), later=later, due=date(YEAR, 10, 31), due_text="10月底")
    (moved,) = findings("wording", one, BOTH)
    assert (moved.start, moved.end) == (later.start, later.end)
    assert moved.message_zh.startswith("《plan文件》写的是“10月底”，《annual文件》再印时写的是“12月底”：期限推后。")
    assert moved.message_en.startswith("“plan文件” has “10月底”, “annual文件” prints it again as “12月底”: later date.")
    # a promise may name no document of its own
    (nameless,) = findings("wording", replace(one, source=""), BOTH)
    assert nameless.message_zh.startswith("《》写的是“10月底”，")
