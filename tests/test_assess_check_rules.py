"""The checks, rule by rule: what each looks at, what it passes over, and where its border is."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from msgspec.structs import replace

from generator.assess import CHECKS, assess_register
from generator.assess.checks.annex import _split_verbs
from generator.assess.outcome import Outcome
from generator.model import AssessedRegister, Commitment, Listed, Register, StatedTotal
from tests.assess_examples import (
    ID,
    PLACE,
    WORDS,
    YEAR,
    assess_all,
    commitment,
    findings,
    milestone,
    rate,
    register,
    report,
    result,
    source,
    tally,
    target,
)

MARCH, MAY, JUNE, SEPTEMBER, DECEMBER = (
    date(YEAR, month, day) for month, day in ((3, 31), (5, 1), (6, 30), (9, 30), (12, 31))
)
CLEAR, FOUND, OPEN, NOTHING = (1, 0, 0), (0, 1, 0), (0, 0, 1), (0, 0, 0)
SECOND = f"{ID[:-1]}2"


def counted(check: str, assessed: AssessedRegister) -> tuple[int, int, int]:
    (found,) = [one for one in assessed.tallies if one.check == check]
    return found.clear, found.found, found.not_computable


def told(text: str, *results: Any, **values: Any) -> Commitment:
    kind = values.pop("kind", "annual")
    return commitment(reports=(report(text, *results, kind=kind, rates=values.pop("rates", ())),), **values)


def test_what_was_looked_at_is_the_sum_of_what_came_of_it() -> None:
    outcome = Outcome("rate", clear=2, not_computable=3)
    assert (outcome.looked_at, Outcome("rate").looked_at) == (5, 0)


def test_each_check_runs_the_function_of_its_name_and_prints_the_thresholds_that_it_goes_by() -> None:
    for check in CHECKS:
        runs = check.run or check.run_register
        assert runs is not None and runs.__name__ == f"check_{check.name}"
        assert all((check.zh, check.en, check.rule_zh, check.rule_en))
    (far,) = [check for check in CHECKS if check.name == "magnitude"]
    assert "达到目标的5倍或以上" in far.rule_zh and "不到目标的0.1%，" in far.rule_zh
    assert "is 5 times the target" in far.rule_en and "below 0.1% of it" in far.rule_en


# --- milestone ----------------------------------------------------------------------------------


def planned(*steps: Any, **values: Any) -> Commitment:
    return commitment(milestones=steps, **values)


@pytest.mark.parametrize("comparator", ["le", "lt"])
def test_the_steps_of_a_ceiling_are_not_asked_to_rise(comparator: Any) -> None:
    steps = (milestone(MARCH, "14"), milestone(JUNE, "12", id="m2"))
    assert tally("milestone", planned(*steps, targets=(target(comparator=comparator),))) == NOTHING


@pytest.mark.parametrize(
    ("first", "second", "falls"),
    [
        (("5", "个", "amount"), ("4", "个", "amount"), True),
        (("5", "个", "level"), ("4", "个", "level"), True),
        (("50", "%", "share"), ("40", "%", "share"), True),
        (("5", "个", "amount"), ("40", "%", "share"), False),
        (("5", "个", "amount"), ("5", "个", "amount"), False),
    ],
)
def test_a_step_is_less_than_one_before_of_its_own_kind(first: Any, second: Any, falls: bool) -> None:
    one = planned(
        *(
            milestone(day, value, unit, basis=basis, id=f"m{day.month}")
            for day, (value, unit, basis) in ((MARCH, first), (JUNE, second))
        )
    )
    assert any(found.id == "milestone-t1-order" for found in findings("milestone", one)) is falls


def test_order_and_end_of_steps_are_two_questions() -> None:
    """Rising to the target answers both, a fall of another kind leaves the order open, one step has no order."""
    rising = planned(milestone(MARCH, "5"), milestone(JUNE, "10", id="m2"))
    assert tally("milestone", rising) == (2, 0, 0)
    mixed = planned(milestone(MARCH, "10"), milestone(JUNE, "100", "%", id="m2", basis="share"))
    assert tally("milestone", mixed) == (2, 0, 0)
    back = planned(
        milestone(MARCH, "10"), milestone(JUNE, "60", "%", id="m2", basis="share"), milestone(SEPTEMBER, "10", id="m3")
    )
    assert tally("milestone", back) == (1, 0, 1)
    assert tally("milestone", planned(milestone(JUNE, "10"))) == CLEAR
    assert tally("milestone", planned(milestone(JUNE, "11"))) == CLEAR


@pytest.mark.parametrize(
    ("rest", "counted_as"),
    [
        (milestone(DECEMBER, None, id="m9", text="全面完成"), OPEN),
        (milestone(DECEMBER, None, id="m9", text="全面完成", target=""), OPEN),
        (milestone(DECEMBER, None, id="m9", text="全面完成", target="t2"), FOUND),
        (milestone(JUNE, None, id="m9", text="全面完成"), FOUND),
        (milestone(MARCH, None, id="m9", text="开工"), FOUND),
        (milestone(None, None, id="m9", text="全面完成"), FOUND),
        # the last number of another unit says nothing of the target
        (milestone(SEPTEMBER, "9", "公里", id="m9"), OPEN),
    ],
)
def test_the_last_number_is_held_against_the_target_where_no_later_step_of_it_goes_on(
    rest: Any, counted_as: tuple[int, int, int]
) -> None:
    assert tally("milestone", planned(milestone(JUNE, "9"), rest)) == counted_as


@pytest.mark.parametrize(("due", "counted_as"), [(MARCH, FOUND), (JUNE, CLEAR), (DECEMBER, CLEAR), (None, NOTHING)])
def test_the_latest_step_is_held_against_the_due_date(due: date | None, counted_as: tuple[int, int, int]) -> None:
    steps = (milestone(JUNE, None, id="m1"), milestone(MARCH, None, id="m2"), milestone(None, None, id="m3"))
    assert tally("milestone", planned(*steps, due=due, targets=())) == counted_as
    assert tally("milestone", planned(milestone(None, None), due=due, targets=())) == NOTHING


def test_what_a_step_asks_for_is_said_in_its_own_unit() -> None:
    (found,) = findings("milestone", planned(milestone(JUNE, "90", "%", basis="share")))
    assert (found.found, found.expected) == ("90%", "10 个")
    (found,) = findings("milestone", planned(milestone(JUNE, "90", "", basis="share")))
    assert found.found == "90%"
    assert tally("milestone", planned(milestone(JUNE, "9", "公里"))) == OPEN
    (found,) = findings("milestone", planned(milestone(JUNE, "9.50")))
    assert found.found == "9.5 个"


# --- annex: two lists ---------------------------------------------------------------------------


def listed(value: str = "12", **values: Any) -> Listed:
    fields: dict[str, Any] = {
        "unit": "个",
        "printed": f"{value}个",
        "target": "t2",
        "start": 60,
        "end": 63,
        "own": True,
    }
    return Listed(value=Decimal(value), **{**fields, **values})


@pytest.mark.parametrize(
    ("targets", "line", "counted_as"),
    [
        ((target(), target("12", id="t2")), listed(), FOUND),
        ((target(), target("12", id="t2")), listed(own=False), CLEAR),
        ((target(), target("12", id="t2", part="东线")), listed(), CLEAR),
        ((target(), target("9", id="t3"), target("12", id="t2")), listed(), CLEAR),
        ((target("10", "公里"), target("12", id="t2")), listed(), CLEAR),
        ((target(),), listed(target="t9"), CLEAR),
        ((target("10", "家"), target("12", id="t2")), listed(), FOUND),
    ],
)
def test_a_line_contradicts_the_only_target_of_its_unit_that_no_line_repeats(
    targets: Any, line: Listed, counted_as: tuple[int, int, int]
) -> None:
    assert counted("annex", assess_all(commitment(targets=targets, listed=(line,)))) == counted_as


def homes(value: str, measure: str = "筹建保障性租赁住房", **values: Any) -> Any:
    return target(value, values.pop("unit", "套"), measure=measure, **values)


def in_key_work(one: Commitment) -> Register:
    return replace(register(replace(one, id=f"somewhere-{YEAR}-key-work-001")), programme="key-work")


def beside(first: Any, second: Any) -> AssessedRegister:
    """The later of two programmes, each with one target."""
    earlier = register(commitment(targets=(first,)))
    later = in_key_work(commitment(targets=(second,)))
    return assess_register(later, PLACE, WORDS, (earlier, later))


@pytest.mark.parametrize(
    ("comparator", "zh", "en"),
    [
        ("eq", "为15,236 套。", " is 15,236 套."),
        ("ge", "为15,236 套以上。", " is at least 15,236 套."),
        ("gt", "为15,236 套以上（不含）。", " is more than 15,236 套."),
        ("le", "为15,236 套以内。", " is at most 15,236 套."),
        ("lt", "为15,236 套以内（不含）。", " is less than 15,236 套."),
        ("approx", "为15,236 套左右。", " is about 15,236 套."),
    ],
)
def test_two_numbers_of_one_thing_are_said_as_they_are_meant(comparator: Any, zh: str, en: str) -> None:
    assessed = beside(homes("15236", comparator=comparator), homes("15000", start=3, end=8, id="t7"))
    (found,) = [one for each in assessed.commitments for one in each.findings if one.check == "annex"]
    assert f"中“筹建保障性租赁住房”{zh}" in found.message_zh and f"“筹建保障性租赁住房”{en}" in found.message_en
    assert "“筹建保障性租赁住房”在这里为15,000 套，在" in found.message_zh
    assert f"“筹建保障性租赁住房” is 15,000 套 here; in {ID} “" in found.message_en
    assert (found.severity, found.found, found.expected) == ("notice", "15000套", "15236套")
    assert (found.id, found.target_id, found.start, found.end) == (f"annex-t7-{ID}.t1", "t7", 3, 8)
    assert "两处范围不同" in found.message_zh


@pytest.mark.parametrize(
    ("first", "second", "looked_at"),
    [
        (homes("9"), homes("9"), True),
        (homes("9", "建设保障性租赁住房"), homes("9", "建设筹集保障性租赁住房"), True),
        (homes("9", "建设筹集保障性租赁住房"), homes("9", "建设保障性租赁住房"), True),
        (homes("9", "建设保障性租赁住房"), homes("9", "改造保障性租赁住房"), False),
        # the name of a thing has five characters at least
        (homes("9", "新建智能停车场"), homes("9", "新建智能停车场"), True),
        (homes("9", "新建停车泊位"), homes("9", "新建停车泊位"), False),
        (homes("9", unit="个"), homes("9", unit="家"), True),
        (homes("9", unit="个"), homes("9", unit="套"), False),
        (homes("9", kind="rate"), homes("9"), False),
        (homes("9", kind="growth"), homes("9", kind="growth"), False),
        (homes("9", part="市区"), homes("9"), False),
        (homes("9"), homes("9", part="市区"), False),
    ],
)
def test_one_thing_in_two_programmes(first: Any, second: Any, looked_at: bool) -> None:
    assert counted("annex", beside(first, second)) == (CLEAR if looked_at else NOTHING)


@pytest.mark.parametrize(
    ("measure", "split"),
    [
        ("新增公园", ("新增", "公园")),
        ("新增", ("", "新增")),
        ("公园", ("", "公园")),
        ("改造提升公园", ("改造提升", "公园")),
        ("公园改造", ("", "公园改造")),
        ("公园改造工程", ("", "公园改造工程")),
        ("新增改造公园", ("新增改造", "公园")),
        ("新增改造", ("新增", "改造")),
    ],
)
def test_the_verbs_at_the_head_of_a_measure_are_told_from_the_thing(measure: str, split: tuple[str, str]) -> None:
    assert _split_verbs(measure, WORDS) == split


def test_of_two_verbs_that_begin_alike_the_longer_is_taken() -> None:
    both = replace(WORDS, garbled=replace(WORDS.garbled, action_verbs=("改", "改造")))
    assert _split_verbs("改造公园", both) == ("改造", "公园")
    turned = replace(WORDS, garbled=replace(WORDS.garbled, action_verbs=("改造", "改")))
    assert _split_verbs("改造公园", turned) == ("改造", "公园")


@pytest.mark.parametrize(("end", "alike"), [("甲乙丙", True), ("甲乙丙丁", False)])
def test_two_lines_of_one_list_are_alike_from_the_printed_share_on(end: str, alike: bool) -> None:
    """Eight pairs of characters, of nine and of eleven, are 0.8; of nine and twelve they are less."""
    first = commitment(text="一二三四五六七八九十", targets=(homes("9"),))
    second = commitment(id=SECOND, position=2, text=f"一二三四五六七八九{end}", targets=(homes("8"),))
    assert counted("annex", assess_all(first, second)) == (FOUND if alike else NOTHING)


def test_a_thing_of_one_commitment_is_not_held_against_itself() -> None:
    twice = commitment(targets=(homes("9"), homes("8", id="t2")))
    assert counted("annex", assess_all(twice)) == NOTHING


# --- claim --------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("number", "goal", "counted_as"),
    [
        (result("9"), target(), FOUND),
        (result("10"), target(), CLEAR),
        (result("9", area="东区"), target(), NOTHING),
        (result("9", forecast=True), target(), NOTHING),
        (result("9", target=""), target(), NOTHING),
        (result("9"), target(kind="growth"), OPEN),
        (result("9", "公里"), target(), OPEN),
    ],
)
def test_a_claim_is_held_against_the_number_of_its_target(
    number: Any, goal: Any, counted_as: tuple[int, int, int]
) -> None:
    assert tally("claim", told(f"{number.printed}全部完成", number, targets=(goal,))) == counted_as


def test_the_number_of_an_area_beside_that_of_the_whole_is_none_of_several() -> None:
    text = "9个全部完成，其中东区4个"
    assert tally("claim", told(text, result("9"), result("4", area="东区", id="v2"))) == FOUND
    assert tally("claim", told(text, result("9"), result("4", target="t2", id="v2"))) == FOUND
    assert tally("claim", told(text, result("9"), result("4", id="v2"))) == OPEN


def test_a_claim_names_what_was_promised_as_printed_else_as_a_number() -> None:
    (found,) = findings("claim", told("9个全部完成", result("9"), targets=(target(printed=""),)))
    assert (found.expected, found.found) == ("10 个", "全部完成：9个")
    lost = told("全部完成", result("9", printed="九个"))
    assert tally("claim", lost) == NOTHING


# --- count --------------------------------------------------------------------------------------


def stating(*totals: StatedTotal, read: Any = None, others: Any = ()) -> AssessedRegister:
    own = read or (commitment(source="s-plan"), commitment(id=SECOND, position=2, source="s-plan"))
    return assess_all(*own, sources=(source("plan", stated=totals), *others))


def total(value: int, **values: Any) -> StatedTotal:
    fields: dict[str, Any] = {"of": "items", "quote": f"共{value}项", "start": 7, "end": 9}
    return StatedTotal(value=value, **{**fields, **values})


def test_every_total_of_a_document_is_looked_at_and_numbered() -> None:
    assessed = stating(total(2), total(3), total(4))
    assert counted("count", assessed) == (1, 2, 0)
    assert [one.id for one in assessed.findings] == ["count-s-plan-2", "count-s-plan-3"]


@pytest.mark.parametrize(
    ("one", "read"),
    [
        (commitment(source="s-plan"), True),
        (commitment(source=""), True),
        (commitment(source="s-annual"), False),
        (commitment(source="s-annual", reports=(report("一", kind="annual", source="s-plan"),)), True),
        (commitment(source="s-annual", reports=(report("一", kind="annual"),)), False),
    ],
)
def test_what_is_counted_was_read_from_the_document_that_counts(one: Commitment, read: bool) -> None:
    assessed = stating(total(1), read=(one,), others=(source("annual"),))
    assert counted("count", assessed) == (CLEAR if read else FOUND)


@pytest.mark.parametrize(
    ("values", "groups"),
    [
        ({"category": "养老"}, {"category": "出行"}),
        ({"section": "一"}, {"section": "二"}),
        ({"number": "1"}, {"number": "2"}),
    ],
)
def test_groups_are_categories_sections_or_numbers(values: Any, groups: Any) -> None:
    read = tuple(
        commitment(id=f"{ID[:-1]}{n}", position=n, source="s-plan", **fields)
        for n, fields in enumerate((values, groups, groups), 1)
    )
    assert counted("count", stating(total(2, of="groups"), read=read)) == CLEAR
    assert counted("count", stating(total(4, of="groups"), read=read)) == FOUND
    named = (*read, commitment(id=f"{ID[:-1]}4", position=4, source="s-plan"))
    assert counted("count", stating(total(2, of="groups"), read=named)) == CLEAR


def test_all_kinds_of_groups_are_said() -> None:
    read = tuple(
        commitment(id=f"{ID[:-1]}{n}", position=n, source="s-plan", category=category, section=section)
        for n, (category, section) in enumerate((("甲", "一"), ("乙", "一"), ("丙", "二")), 1)
    )
    (found,) = stating(total(9), read=read).findings
    assert "读到3项承诺，分组数为2、3" in found.message_zh
    assert "read were 3 commitments in 2 or 3 groups" in found.message_en


def test_groups_are_said_in_the_order_of_their_numbers() -> None:
    read = tuple(
        commitment(id=f"{ID[:-1]}{n}", position=n, source="s-plan", category=f"第{n}类", section="一")
        for n in range(1, 9)
    )
    (found,) = stating(total(5), read=read).findings
    assert "分组数为1、8" in found.message_zh


@pytest.mark.parametrize(("of", "counted_as"), [("groups", OPEN), ("items", FOUND)])
def test_without_groups_only_items_can_be_counted(of: Any, counted_as: tuple[int, int, int]) -> None:
    assert counted("count", stating(total(5, of=of))) == counted_as


# --- magnitude, unit, orphan, silence -----------------------------------------------------------


@pytest.mark.parametrize(
    ("number", "goal", "counted_as"),
    [
        (result("99"), target(), FOUND),
        (result("99", area="东区"), target(), NOTHING),
        (result("99", target=""), target(), NOTHING),
        (result("99", "公里"), target(), OPEN),
        (result("99"), target(kind="rate"), NOTHING),
        (result("10"), target(), CLEAR),
    ],
)
def test_a_number_far_off_is_one_of_the_whole_in_the_unit_of_its_level(
    number: Any, goal: Any, counted_as: tuple[int, int, int]
) -> None:
    assert tally("magnitude", told("公园", number, targets=(goal,))) == counted_as


def test_a_number_passed_over_does_not_hide_the_next() -> None:
    one = told("公园", result("99", target=""), result("99", id="v2"))
    assert tally("magnitude", one) == FOUND
    assert tally("unit", told("公园", result("9", target=""), result("9", "公里", id="v2"))) == FOUND


def test_a_number_far_off_is_said_as_printed_else_as_a_number() -> None:
    bare = replace(result("99"), printed="")
    (found,) = findings("magnitude", told("公园", bare, targets=(target(printed=""),)))
    assert (found.found, found.expected) == ("99 个", "10 个")


def test_a_number_ten_thousand_times_too_small_is_said_to_two_digits() -> None:
    goal = target("0.12345", "亩")
    (found,) = findings("magnitude", told("公园", result("0.0000123456", "亩"), targets=(goal,)))
    assert "乘以一万为0.12 亩" in found.message_zh and "it would be 0.12 亩" in found.message_en


@pytest.mark.parametrize(
    ("origin", "sources", "counted_as"),
    [
        ("s-plan", (source("plan"), source("annual")), CLEAR),
        ("s-annual", (source("plan"), source("annual")), FOUND),
        ("s-unknown", (source("plan"), source("annual")), CLEAR),
        ("s-annual", (source("annual"),), NOTHING),
    ],
)
def test_an_orphan_is_of_a_later_document(origin: str, sources: Any, counted_as: tuple[int, int, int]) -> None:
    assert tally("orphan", commitment(source=origin), sources) == counted_as


@pytest.mark.parametrize(
    ("first", "second", "newest"),
    [
        ({"as_of": JUNE}, {"as_of": MARCH}, "s-half_year"),
        ({"as_of": MARCH}, {"as_of": JUNE}, "s-annual"),
        ({"as_of": MARCH, "published_on": DECEMBER}, {"as_of": JUNE, "published_on": JUNE}, "s-annual"),
    ],
)
def test_silence_is_that_of_the_newest_report(first: Any, second: Any, newest: str) -> None:
    sources = (source("plan"), source("half_year", **first), source("annual", **second))
    (found,) = findings("silence", commitment(), sources)
    assert found.id == f"silence-{newest}"


def test_a_report_without_a_day_is_as_new_as_it_was_published() -> None:
    undated = replace(source("annual"), as_of=None, published_on=date(YEAR + 1, 1, 9))
    (found,) = findings("silence", commitment(), (source("plan"), source("half_year"), undated))
    assert found.id == "silence-s-annual"
    nowhere = replace(undated, published_on=None)
    (found,) = findings("silence", commitment(), (source("plan"), nowhere, source("half_year")))
    assert found.id == "silence-s-half_year"


@pytest.mark.parametrize(
    ("others", "ends"),
    [
        ((), True),
        ((commitment(id=SECOND, source="s-annual", start=40),), True),
        ((commitment(id=SECOND, source="s-annual", start=60),), False),
        ((commitment(id=SECOND, source="s-plan", start=60),), True),
        ((commitment(id=SECOND, source="s-plan", reports=(report("一", kind="annual", start=60),)),), False),
        ((commitment(id=SECOND, source="s-plan", reports=(report("一", start=60),)),), True),
    ],
)
def test_a_text_ends_with_the_commitment_behind_which_it_says_no_more(others: Any, ends: bool) -> None:
    last = commitment(source="s-annual", start=50)
    sources = (source("plan"), source("half_year"), source("annual"))
    assessed = assess_all(last, *others, sources=sources)
    (found,) = [one for one in assessed.commitments[0].findings if one.check == "silence"]
    assert ("到这一项为止" in found.message_zh) is ends
    assert ("ends with this one" in found.message_en) is ends


def test_what_begins_where_another_text_ends_says_nothing_of_that_text() -> None:
    promised = commitment(source="s-plan", start=60)
    told_last = commitment(id=SECOND, source="s-annual", start=60)
    assessed = assess_all(promised, told_last, sources=(source("plan"), source("annual")))
    (found,) = [one for one in assessed.commitments[0].findings if one.check == "silence"]
    assert "到这一项为止" not in found.message_zh


# --- step ---------------------------------------------------------------------------------------


def built(text: str, **values: Any) -> Commitment:
    return commitment(text="建成西山市民文化中心", targets=(), reports=(report(text, kind="annual", **values),))


@pytest.mark.parametrize(
    ("one", "counted_as"),
    [
        (built("西山市民文化中心正在招标"), FOUND),
        (built("西山市民文化中心已建成"), CLEAR),
        (built("正在招标"), OPEN),
        (commitment(text="建成西山市民文化中心", targets=(), reports=(report("西山市民文化中心正在招标"),)), NOTHING),
        (commitment(text="建成西山市民文化中心", targets=()), NOTHING),
    ],
)
def test_how_far_a_work_is_is_asked_at_the_end(one: Commitment, counted_as: tuple[int, int, int]) -> None:
    assert tally("step", one) == counted_as


def test_a_final_report_that_is_not_the_newest_is_not_asked() -> None:
    due = commitment(
        text="建成西山市民文化中心",
        targets=(),
        due=MAY,
        reports=(
            report("西山市民文化中心正在招标", id="r1"),
            report("预计年底西山市民文化中心建成", id="r2", kind="annual"),
        ),
    )
    assert tally("step", due) == NOTHING


# --- garbled and duplicate ----------------------------------------------------------------------


def test_a_clean_text_is_clear_and_each_place_of_a_garbled_one_is_numbered() -> None:
    assert tally("garbled", commitment(text="新建公园10个。")) == CLEAR
    one = commitment(text="推出线个，全年增长%。", targets=())
    assert [found.id for found in findings("garbled", one)] == [
        "garbled-text-lost-number-1",
        "garbled-text-lost-number-2",
    ]


def test_a_finding_points_at_the_characters_where_the_text_was_not_cleaned() -> None:
    text = "推出线个，"
    whole = commitment(text=text, targets=(), start=30, end=30 + len(text))
    (found,) = findings("garbled", whole)
    assert (found.start, found.end) == (30 + text.index("线个"), 30 + text.index("线个") + 2)
    (cleaned,) = findings("garbled", replace(whole, end=90))
    assert (cleaned.start, cleaned.end) == (30, 90)


def test_what_stands_around_a_place_is_quoted_ten_characters_on_either_side() -> None:
    before, after = "一二三四五六七八九十甲", "乙丙丁戊己庚辛壬癸子丑寅"
    text = f"{before}推出线个，{after}"
    (found,) = findings("garbled", commitment(text=text, targets=()))
    at = text.index("线个")
    context = text[at - 10 : at + 12]
    assert f"「…{context}…」" in found.message_zh
    (short,) = findings("garbled", commitment(text="推出线个，", targets=()))
    assert "「推出线个，」" in short.message_zh


def test_the_numbers_of_a_report_and_those_of_the_promise_are_told_apart() -> None:
    bare = {"unit": "", "measure": "人才"}
    promised = target("3600", printed="3600", start=2, end=6, **bare)
    reported = result("1800", printed="1800", start=102, end=106, **bare)
    one = commitment(text="人才3600，", targets=(promised,), reports=(report("人才1800，", reported),))
    assert [(found.id, found.found) for found in findings("garbled", one)] == [
        ("garbled-text-no-unit", "3600"),
        ("garbled-r1-no-unit", "1800"),
    ]
    twice = replace(promised, id="t2", start=8, end=12)
    (found,) = findings("garbled", commitment(text="人才3600，", targets=(twice, promised)))
    assert (found.found, found.start, found.end) == ("3600、3600", 2, 12)
    same = replace(promised, id="t2")
    (found,) = findings("garbled", commitment(text="人才3600，", targets=(promised, same)))
    assert found.found == "3600"


@pytest.mark.parametrize(
    ("text", "severity"),
    [("推出线个，", "warning"), ("增速14.910.7个百分点", "warning"), ("打造“平台，", "notice")],
)
def test_a_lost_number_weighs_more_than_a_lost_sign(text: str, severity: str) -> None:
    found = findings("garbled", commitment(text=text, targets=()))
    assert {one.severity for one in found} == {severity}


def test_a_text_is_clear_where_neither_characters_nor_units_are_lost_and_no_text_is_not_looked_at() -> None:
    bare = target("3600", "", measure="人才", printed="3600", start=2, end=6)
    assert tally("garbled", commitment(text="人才3600，", targets=(bare,))) == FOUND
    assert tally("garbled", commitment(text="", targets=())) == NOTHING
    assert tally("garbled", commitment(reports=(report(""), report("新建公园10个", id="r2")))) == (2, 0, 0)


@pytest.mark.parametrize("place", [{"start": 2, "end": 9}, {"start": 1, "end": 6}])
def test_numbers_at_one_place_are_one_and_at_two_are_two(place: dict[str, Any]) -> None:
    one = target("3600", "", measure="人才", printed="3600", start=2, end=6)
    other = replace(one, id="t2", printed="4600", **place)
    (found,) = findings("garbled", commitment(text="人才3600，", targets=(one, other)))
    assert found.found == "3600、4600"


@pytest.mark.parametrize("text", ["增长 %。", "推出线个，增长 %"])
def test_what_is_found_is_said_without_the_blanks_around_it(text: str) -> None:
    found = findings("garbled", commitment(text=text, targets=()))
    assert found[-1].found == "%" and all(one.found == one.found.strip() for one in found)


def test_a_context_that_ends_with_the_text_is_not_cut() -> None:
    for more, cut in (("", ""), ("戌", "…")):
        text = f"推出线个，乙丙丁戊己庚辛壬癸{more}"
        (found,) = findings("garbled", commitment(text=text, targets=()))
        assert f"「推出线个，乙丙丁戊己庚辛壬癸{cut}」" in found.message_zh


def test_one_report_of_two_documents_or_a_text_beside_a_report_is_no_duplicate() -> None:
    long = "公园全部开工，绿道完成八成以上，其余正在办理前期手续"
    first = commitment(text=long, targets=(), reports=(report(long),))
    assert counted("duplicate", assess_all(first)) == (2, 0, 0)
    second = commitment(id=SECOND, position=2, text="", targets=(), reports=(report(long, kind="annual"),))
    assert counted("duplicate", assess_all(first, second)) == (3, 0, 0)


def test_two_reports_of_one_document_are_told_apart_by_what_they_say() -> None:
    first = commitment(text="新建公园", reports=(report("公园全部开工，绿道完成八成以上，其余正在办理前期手续"),))
    told = report("停车场开工过半，充电桩完成七成以上，其余正在办理前期手续")
    second = commitment(id=SECOND, position=2, text="新建车场", reports=(told,))
    assert counted("duplicate", assess_all(first, second)) == (2, 0, 0)


def test_the_second_of_two_is_found_where_it_stands() -> None:
    long = "公园全部开工，绿道完成八成以上，其余正在办理前期手续"
    first = commitment(text="新建公园", reports=(report(long),))
    second = commitment(id=SECOND, position=2, text="新建绿道", reports=(report(long, start=140, id="r7"),))
    found = [one for each in assess_all(first, second).commitments for one in each.findings if one.check == "duplicate"]
    assert [(one.id, one.commitment_id, one.start, one.end) for one in found] == [
        ("duplicate-r7", SECOND, 140, 100 + len(long))
    ]
    assert "The report is the same as that of" in found[0].message_en


# --- rate ---------------------------------------------------------------------------------------


def test_rates_are_counted_by_what_came_of_them() -> None:
    shares = (rate("50", id="p1"), rate("77", id="p2", target="", basis="达到"))
    one = told("公园5个,完成全年目标的50%,达到77%", result("5"), rates=shares)
    assert tally("rate", one) == (1, 0, 1)


def test_a_rate_that_does_not_follow_is_said_with_the_number_of_its_own_report() -> None:
    half = report("公园4个", result("4"))
    other = result("3", id="v2", target="", start=104)
    year = report(
        "公园5个，绿地3个，完成全年目标的65%",
        *(other, result("5")),
        rates=(rate("65", start=116),),
        kind="annual",
        id="r2",
    )
    (found,) = findings("rate", commitment(reports=(half, year)))
    assert found.id == "rate-r2.p1" and "复算为5 个 ÷ 10 个 = 50%。" in found.message_zh
    # the amount before the rate is another's: no base is inferred from it
    assert "倒推" not in found.message_zh and "inferred" not in found.message_en
