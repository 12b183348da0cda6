"""Steps of a work: which a promise names, of which thing, and how far a report says that this thing has come."""

from __future__ import annotations

import pytest

from generator.assess.ladders import Step, height_in, promised_steps, reported_step, sentences_about
from tests.assess_examples import WORDS, report

CENTRE = "西山市民文化中心"
LAW = "《某某市养老服务条例》"
WORKS, PAPERS = WORDS.ladders
PLANNED, BEGUN, BUILT = range(3)


def promised(text: str) -> list[tuple[str, str]]:
    """(word, thing) of each step that a promise names."""
    return [(step.word, step.thing) for step in promised_steps(text, WORDS)]


def reported(text: str, thing: str = CENTRE, ladder: int = 0) -> tuple[str, str]:
    """The word that a report gives for a thing, and the clause that says it; nothing where it gives none."""
    (step,) = promised_steps(f"建成{thing}" if ladder == 0 else f"出台{thing}", WORDS)
    found = reported_step(report(text), step, WORDS)
    return (found.word, found.span.text) if found else ("", "")


# --- what is promised ---------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "steps"),
    [
        (f"建成{CENTRE}", [("建成", CENTRE)]),
        (f"{CENTRE}建成", [("建成", CENTRE)]),
        (f"建成 {CENTRE} 、学校", [("建成", CENTRE)]),
        (f"学校、 {CENTRE} 建成", [("建成", CENTRE)]),
        # what the word governs goes before what stands before it, if it says enough
        (f"东湖体育公园一期工程建成{CENTRE}", [("建成", CENTRE)]),
        (f"{CENTRE}建成两座", [("建成", CENTRE)]),
        ("文化中心建成两座", []),
        # the highest step of a clause, and one of each clause
        (f"{CENTRE}开工,东湖体育公园一期工程建成", [("开工", CENTRE), ("建成", "东湖体育公园一期工程")]),
        (f"开工建成{CENTRE}", [("建成", CENTRE)]),
        (f"开工。{CENTRE}开工建设", [("开工", CENTRE)]),
        # to plan is no promise to get anywhere
        (f"{CENTRE}完成招标", []),
        (f"起草{LAW}", []),
        # of papers only those with a title are known again
        (f"出台{LAW}", [("出台", LAW)]),
        (f"{LAW}报批", [("报批", LAW)]),
        ("印发西山市民文化中心建设实施方案", []),
        ("出台养老服务条例", []),
        (f"出台{LAW}等文件", [("出台", LAW)]),
        ("出台《养老法》", []),
        ("出台《养老条例》", [("出台", "《养老条例》")]),
        ("出台《关于修改《养老条例》的决定》", [("出台", "《养老条例》")]),
        ("出台《养老条例》等》", [("出台", "《养老条例》")]),
        (f"出台{'《' + '长' * 70 + '》'}及细则", [("出台", "《" + "长" * 70 + "》")]),
        # a word in a title says nothing, even where a comma cuts the title
        (f"建成{CENTRE}《开工建成办法》", [("建成", "《开工建成办法》")]),
        ("《西山市民文化中心建成办法》", []),
        ("编制《西山市民文化中心,东湖体育公园一期建成办法》", []),
        ("东湖体育公园一期,西山市民文化中心建成》", []),
        (f"《公园》建成{CENTRE}和广场》", [("建成", CENTRE)]),
        (f"《公园》建成{CENTRE}《文化广场》", [("建成", "《文化广场》")]),
        # a clause that strives promises no step, the one after it may
        (f"力争建成东湖体育公园一期,建成{CENTRE}", [("建成", CENTRE)]),
        (f"建成率100%,建成{CENTRE}", [("建成", CENTRE)]),
        ("全市乡镇街道中心幼儿园建成率100%", []),
        # a word that a clause says twice counts where it comes first
        (f"建成{CENTRE}和建成东湖体育公园一期", [("建成", CENTRE)]),
    ],
)
def test_a_promise_names_the_highest_step_and_its_thing(text: str, steps: list[tuple[str, str]]) -> None:
    assert promised(text) == steps


@pytest.mark.parametrize("mark", ["、", "（", "(", "“", "”", "12", "和", "及"])
def test_a_thing_ends_at_the_next_mark_or_number(mark: str) -> None:
    assert promised(f"建成{CENTRE}{mark}其他") == [("建成", CENTRE)]
    assert promised(f"其他{mark}{CENTRE}建成") == [("建成", CENTRE)]


@pytest.mark.parametrize("mark", ["）", ")"])
def test_a_thing_before_its_word_begins_behind_a_bracket(mark: str) -> None:
    assert promised(f"(一期{mark}{CENTRE}建成") == [("建成", CENTRE)]


def test_a_step_is_told_with_its_ladder_its_height_and_its_clause() -> None:
    (work, paper) = promised_steps(f"推进工作,{CENTRE}开工。出台{LAW}", WORDS)
    assert (work.ladder, work.height, work.span.text, work.span.start) == (0, BEGUN, f"{CENTRE}开工", 5)
    assert (paper.ladder, paper.height, paper.span.text) == (1, BUILT, f"出台{LAW}")


# --- what is denied, or still to come -----------------------------------------------------------

DENIALS = [*"未不待拟将要", "没有", "尽快", "适时", "确保", "准备", "推动", "推进", "加快", "促进"]


@pytest.mark.parametrize("word", DENIALS)
@pytest.mark.parametrize("between", ["", "于年底"])
def test_a_step_that_is_denied_or_still_to_come_is_none(word: str, between: str) -> None:
    assert promised(f"{word}{between}建成{CENTRE}") == []
    assert reported(f"{CENTRE}{word}{between}建成") == ("", "")
    assert reported(f"{CENTRE}已开工,{word}{between}建成") == ("开工", f"{CENTRE}已开工")


def test_a_denial_that_stands_further_off_denies_something_else() -> None:
    assert promised(f"加快征地拆迁建成{CENTRE}") == [("建成", CENTRE)]
    assert reported(f"{CENTRE}加快征地拆迁已建成")[0] == "建成"


@pytest.mark.parametrize("forward", ["预计", "计划", "有望", "年底前"])
def test_a_step_behind_a_word_of_what_is_to_come_is_not_reached(forward: str) -> None:
    assert reported(f"{CENTRE}主体结顶,{forward}国庆节前后全面建成") == ("结顶", f"{CENTRE}主体结顶")
    assert reported(f"{CENTRE}{forward}国庆节前后全面建成") == ("", "")
    assert reported(f"{CENTRE}已建成{forward}投用")[0] == "建成"


# --- what is reported ---------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "word", "clause"),
    [
        (f"{CENTRE}已开工,12月建成", "建成", "12月建成"),
        (f"建成{CENTRE}", "建成", f"建成{CENTRE}"),
        (f"{CENTRE}已建成,二期开工", "建成", f"{CENTRE}已建成"),
        # of words that say as much, the clause that comes first is quoted, and of one clause the first of the ladder
        (f"{CENTRE}已立项,完成招标", "立项", f"{CENTRE}已立项"),
        (f"{CENTRE}完成招标和立项", "立项", f"{CENTRE}完成招标和立项"),
        # a word that a clause says twice counts where it comes first
        (f"{CENTRE}已建成一期待建成二期", "建成", f"{CENTRE}已建成一期待建成二期"),
        (f"{CENTRE}未建成一期,已建成的是二期", "建成", "已建成的是二期"),
        # the sentence of another thing says nothing, that of the thing may come later
        (f"东湖体育公园建成。{CENTRE}开工", "开工", f"{CENTRE}开工"),
        (f"东湖体育公园建成。{CENTRE}有序推进", "", ""),
        (f"{CENTRE}按《工程竣工验收办法》招标", "招标", f"{CENTRE}按《工程竣工验收办法》招标"),
    ],
)
def test_a_report_goes_as_far_as_the_sentences_of_the_thing_say(text: str, word: str, clause: str) -> None:
    assert reported(text) == (word, clause)


def test_a_reported_step_is_told_on_the_ladder_of_the_promise() -> None:
    (step,) = promised_steps(f"出台{LAW}", WORDS)
    found = reported_step(report(f"{LAW}已送审,大楼建成"), step, WORDS)
    assert found is not None
    assert found == Step(1, 1, "送审", LAW, found.span)


@pytest.mark.parametrize(
    ("text", "thing", "told"),
    [
        # eight characters in a row make a thing known again, wherever they stand in its name
        ("西山市民文化中心开工", "东城区西山市民文化中心", True),
        ("西山市民文化中心开工", "西山市民文化中心二期", True),
        ("西山市民文化馆开工", "西山市民文化中心", False),
        ("山市民文化中心开工", "西山市民文化中心", False),
        ("城西山市民文化中学开工", "东城西山市民文化中心", True),
    ],
)
def test_a_thing_is_known_by_eight_characters_in_a_row(text: str, thing: str, *, told: bool) -> None:
    assert (reported(text, thing) != ("", "")) is told


@pytest.mark.parametrize(
    ("text", "told"),
    [(f"{LAW}已印发", True), ("《某某市养老服务条例实施细则》已印发", False), ("养老服务条例已印发", False)],
)
def test_a_paper_is_known_by_its_whole_title(text: str, told: bool) -> None:
    assert (reported(text, LAW, ladder=1) != ("", "")) is told


# --- the same, of a later wording ---------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "height"),
    [
        ("完成招标", PLANNED),
        ("开工建设", BEGUN),
        ("建成,招标", BUILT),
        ("扎实推进", -1),
        ("按《竣工验收办法》扎实推进", -1),
        ("按《竣工验收办法》招标", PLANNED),
    ],
)
def test_a_wording_goes_as_high_as_its_highest_word(text: str, height: int) -> None:
    assert height_in(text, WORKS) == height


def test_the_sentences_of_a_thing_are_quoted_one_a_line() -> None:
    text = f"{CENTRE}开工。公园建成；{CENTRE}招标。{LAW}印发"
    assert sentences_about(text, CENTRE) == f"{CENTRE}开工\n{CENTRE}招标"
    assert sentences_about(text, LAW) == f"{LAW}印发"
    assert sentences_about(text, "东湖体育公园一期") == ""
