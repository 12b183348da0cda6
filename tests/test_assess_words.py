"""The words of reports as data, and the small pieces under the rules: sentences, clauses, printed numbers."""

from __future__ import annotations

import re
from decimal import Decimal
from pathlib import Path
from shutil import copytree

import pytest

from generator.assess import load_reported_words
from generator.assess.clauses import clauses, position_in_text, sentence_at, sentences
from generator.assess.garbles import find_garbles
from generator.assess.numbers import amount, half_step, plain, printed_digits, share, significant
from generator.assess.reported import whole_claim
from generator.errors import ContentError
from tests.assess_examples import CONTENT, WORDS, report


@pytest.mark.parametrize(
    ("name", "key", "empty"),
    [
        ("reported_words.yml", "stages", "['']"),
        ("reported_words.yml", "same_units", "[[个, '']]"),
        ("reported_words.yml", "ladders", "[[[谋划], ['']]]"),
        ("garbled_words.yml", "counters", "[个, '']"),
        ("garbled_words.yml", "pure_counter", "''"),
    ],
)
def test_an_empty_word_is_refused_since_it_would_match_everywhere(
    name: str, key: str, empty: str, tmp_path: Path
) -> None:
    copytree(CONTENT / "lookups", tmp_path / "lookups")
    path = tmp_path / "lookups" / name
    text, found = re.subn(rf"(?m)^{key}:.*\n(?: .*\n)*", f"{key}: {empty}\n", path.read_text(encoding="utf-8"))
    assert found == 1
    path.write_text(text, encoding="utf-8")
    with pytest.raises(ContentError, match=rf"/lookups/{name}: \[word-empty\] an empty word in {key};"):
        load_reported_words(tmp_path)


def test_lost_numbers_are_seen_before_the_units_signs_and_verbs_of_the_other_lookups() -> None:
    """An amount of every kind of unit, measure words that count or name a class, signs of a share, verbs."""
    garbled = load_reported_words(CONTENT).garbled
    amounts = ("套", "位", "轮", "元", "公顷", "公里", "吨", "立方米", "千瓦时", "兆瓦")
    for amount_lost in (f"完成万{unit}" for unit in amounts):
        assert [(one.start, one.end) for one in find_garbles(f"{amount_lost}。", garbled)] == [(0, len(amount_lost))]
    for text, lost in (("新建站座。", "站座"), ("智能线台。", "线台"), ("率先％。", "％"), ("建成公里。", "建成公里")):
        assert [text[one.start : one.end] for one in find_garbles(text, garbled)] == [lost]
    assert find_garbles("推进智能线、各站。", garbled) == find_garbles("完成万天。", garbled) == ()


@pytest.mark.parametrize(
    ("clause", "claim"),
    [
        ("已完成全年目标任务", "完成全年目标任务"),
        ("完成了本年度各项指标", "完成了本年度各项指标"),
        ("完成全年目标的117.8%", "完成全年目标"),
        ("完成全年目标的99%", ""),
        ("完成年度投资5亿元", ""),
        ("完成省、市两级行动目标任务", ""),
        ("尚未完成全年目标", ""),
        ("没有全部完成", ""),
        ("力争全面完成", ""),
    ],
)
def test_a_claim_of_the_whole(clause: str, claim: str) -> None:
    assert whole_claim(clause, WORDS) == claim


def test_sentences_end_at_stops_lines_and_item_numbers() -> None:
    text = "1.新建3.5公里,已通车;2.投资1.02亿元。\n其余在建"
    assert [span.text for span in sentences(text)] == ["1.新建3.5公里,已通车", "2.投资1.02亿元", "其余在建"]
    assert all(text[span.start : span.end] == span.text for span in sentences(text))


def test_a_comma_inside_a_number_divides_nothing() -> None:
    (span,) = sentences("完成1,000户,新增8,278,000元，其余在建")
    assert [clause.text for clause in clauses(span)] == ["完成1,000户", "新增8,278,000元", "其余在建"]


def test_a_number_is_found_where_its_offset_says_even_when_the_text_was_cleaned() -> None:
    one = report("新建9个。改建9个。")
    assert position_in_text(one, "9个", 100 + 2) == 2
    assert position_in_text(one, "9个", 100 + 9) == 7
    assert position_in_text(one, "8个", 100) is None
    sentence = sentence_at(one, "9个", 109)
    assert sentence is not None and sentence.text == "改建9个"


@pytest.mark.parametrize(
    ("value", "text"),
    [("858000.0", "858000"), ("1E+12", "1000000000000"), ("0.50", "0.5"), ("-0.0", "0"), ("100", "100")],
)
def test_plain_numbers(value: str, text: str) -> None:
    assert plain(Decimal(value)) == text


def test_amounts_set_thousands_off() -> None:
    assert (amount(Decimal("1020000000000"), "元"), amount(Decimal("0.5"), "%")) == ("1,020,000,000,000 元", "0.5%")
    assert amount(Decimal("-1234.50"), "") == "-1,234.5"


def test_significant_digits_are_written_without_exponent() -> None:
    numbers = ("16920115495.67", "103.2702", "0.0123456", "0", "99996")
    assert [str(significant(Decimal(n), 4)) for n in numbers] == ["16920000000", "103.3", "0.01235", "0", "100000"]


def test_a_share_is_never_rounded_up_to_one() -> None:
    assert share(Decimal(99999), Decimal(100000)) == Decimal("0.9999")


@pytest.mark.parametrize(("printed", "digits"), [("81.49%", 2), ("23.0%", 1), ("93%", 0), ("1,000", 0), ("近半", 1)])
def test_printed_digits(printed: str, digits: int) -> None:
    assert printed_digits(printed, Decimal("0.5")) == digits


@pytest.mark.parametrize(
    ("value", "printed", "step"),
    [
        ("858000", "85.8万人次", "500"),
        ("227", "227个", "0"),
        ("24.94", "24.94公里", "0.005"),
        ("10000", "1万个", "5000"),
    ],
)
def test_half_of_the_last_printed_digit(value: str, printed: str, step: str) -> None:
    assert half_step(Decimal(value), printed) == Decimal(step)
