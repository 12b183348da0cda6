from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.text import (
    Traced,
    chinese_to_decimal,
    containment,
    fold_width,
    is_traditional,
    similarity,
    squash,
    to_simplified,
    unwrap,
)


def test_a_traced_text_knows_where_each_piece_came_from() -> None:
    line = Traced.of("市卫生健康 委员会", start=100)
    cell = unwrap(line)
    assert cell.text == "市卫生健康委员会"
    assert cell[5:].start == 106  # the space at 105 is gone, the offsets behind it are the source's
    assert (cell.start, cell.end) == (100, 109)


def test_numbers_of_two_cells_are_not_made_one() -> None:
    assert unwrap(Traced.of("27\n108%")).text == "27\n108%"
    assert unwrap(Traced.of("1 200 人\n次")).text == "1200人次"


def test_replacing_keeps_the_offsets_of_what_was_there() -> None:
    text = Traced.of("总量1.02亿元").replace("亿元", "万亿元")
    assert text.text == "总量1.02万亿元"
    assert text.offsets[-3:] == (6, 7, 7)


def test_joining_gives_glue_the_offset_before_it() -> None:
    joined = Traced.join([Traced.of("甲", 3), Traced.of("乙", 9)], glue="\n")
    assert joined.text == "甲\n乙"
    assert joined.offsets == (3, 3, 9)


@given(st.text(max_size=60), st.sampled_from([r"[,，]", r"\s+", "a"]))
def test_splitting_loses_nothing_but_the_separators(text: str, pattern: str) -> None:
    traced = Traced.of(text)
    for piece in traced.split(pattern):
        assert piece.text == "".join(text[offset] for offset in piece.offsets)


@pytest.mark.parametrize(
    ("numeral", "value"),
    [("十", 10), ("十四", 14), ("二十", 20), ("两百", 200), ("一百零五", 105), ("三十六万", 360000), ("一亿", 10**8)],
)
def test_chinese_numerals(numeral: str, value: int) -> None:
    assert chinese_to_decimal(numeral) == Decimal(value)


@pytest.mark.parametrize("numeral", ["几", "数十", "", "十几"])
def test_what_is_no_numeral_has_no_value(numeral: str) -> None:
    assert chinese_to_decimal(numeral) is None


def test_traditional_is_told_by_the_share_of_characters_that_change() -> None:
    assert is_traditional("為確保市十四屆人大四次會議票決確定的民生實事")
    assert not is_traditional(
        "乾潭镇与赵孟頫故里的老旧小区改造工程全面完成,新增助餐服务点二十个,城镇新增就业六万人以上"
    )
    assert not is_traditional("123 abc")


def test_conversion_keeps_every_offset() -> None:
    text = "提供谘詢\n市衛生健康委員會\r\n裏"
    assert to_simplified(text, {"谘": "咨"}) == "提供咨询\n市卫生健康委员会\r\n里"


def test_folding_keeps_the_length() -> None:
    assert fold_width("１２．５％ＡＢ，。") == "12.5%AB，。"


def test_wordings_are_compared_without_figures_and_punctuation() -> None:
    assert squash("新增“阳光”作坊 117家。") == "新增阳光作坊117家"
    assert similarity("新增托位1000个", "新增托位1178个") == 1.0
    assert containment("托位", "新增托位") == 1.0
    assert similarity("公交线路", "养老床位") == 0.0
