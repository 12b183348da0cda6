"""Which promised number a number of a later wording is: what they count, then how much."""

from __future__ import annotations

import pytest

from generator.assess.pairs import names_of, pair_targets
from generator.model import Target
from tests.assess_examples import WORDS, target


def numbers(prefix: str, told: str) -> tuple[Target, ...]:
    """Targets of a line: 新建公园 5, 学校 3公里, 其中街头 2."""
    found = []
    for place, one in enumerate(told.split(", ") if told else [], start=1):
        measure, _, amount = one.rpartition(" ")
        value = "".join(char for char in amount if char.isdigit())
        part, kind = ("街头" if "其中" in measure else ""), ("growth" if "增长" in measure else "level")
        unit = amount.removeprefix(value) or "个"
        found.append(target(value, unit, id=f"{prefix}{place}", measure=measure, part=part, kind=kind))
    return tuple(found)


def paired(promised: str, later: str) -> str:
    """The later target of each promised one: its number, ``-`` for none, ``?`` where several would fit."""
    pairs = pair_targets(numbers("t", promised), numbers("w", later), WORDS)
    assert [pair.target.id for pair in pairs] == [f"t{place}" for place in range(1, len(pairs) + 1)]
    assert not any(pair.later and pair.unclear for pair in pairs)
    return " ".join(pair.later.id[1:] if pair.later else "?" if pair.unclear else "-" for pair in pairs)


@pytest.mark.parametrize(
    ("promised", "later", "expected"),
    [
        ("公园 5, 学校 3", "学校 3, 公园 5", "2 1"),
        ("公园 5, 学校 3", "学校 4, 公园 6", "2 1"),
        ("公园 5, 学校 5", "学校 5, 公园 5", "2 1"),
        # the same number of the same thing before another number of it
        ("公园 5, 公园 7", "公园 7, 公园 5", "2 1"),
        ("公园 5, 公园 7", "公园 5, 公园 6", "1 2"),
        ("公园 5, 公园 7", "公园 6, 公园 7", "1 2"),
        # two that are alike in both wordings are taken in their order
        ("公园 5, 公园 5", "公园 5, 公园 5", "1 2"),
        ("公园 5", "公园 5, 公园 5", "1"),
        # several that would fit leave it open, on either side
        ("公园 5, 公园 7", "公园 6", "? ?"),
        ("公园 5", "公园 6, 公园 7", "?"),
        # the same number under another name, where only one fits
        ("公园 5", "绿地 5", "1"),
        ("公园 5", "绿地 6", "-"),
        ("公园 5", "绿地 5, 学校 5", "?"),
        ("公园 5, 学校 5", "绿地 5", "? ?"),
        # one that has no counterpart does not keep the next from its own
        ("道路 9, 公园 5", "公园 6", "- 1"),
        ("公园 5, 学校 5", "公园 5", "1 -"),
        ("公园 5", "", "-"),
        # a part is another thing than the whole, and so are another kind or unit of the same number
        ("公园 5", "公园其中 6", "-"),
        ("公园其中 5", "公园其中 6", "1"),
        ("公园 5", "收入增长 5", "-"),
        ("公园 5", "绿地 5公顷", "-"),
        ("公园 5", "绿地 5处", "1"),
    ],
)
def test_a_target_has_one_counterpart_or_none(promised: str, later: str, expected: str) -> None:
    assert paired(promised, later) == expected


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        # the half of the pairs of characters in common
        ("甲乙丙", "乙丙丁", True),
        ("甲乙丙丁", "丙丁戊己", False),
        # a name that stands in a longer one, nine tenths of it at least
        ("甲乙丙", "甲乙丙丁戊己庚辛壬癸子丑", True),
        ("甲乙丙丁戊己庚辛壬癸子", "甲乙丙丁戊己庚辛壬癸一二三四五六七八九十百千万亿兆上下左右前后东西南北中", True),
        ("甲乙丙丁戊己庚辛壬癸", "甲乙丙丁戊己庚辛壬天一二三四五六七八九十百千万亿兆上下左右前后东西南北中", False),
        # verbs and marks say nothing
        ("新建（改造）公园", "提升公园", True),
        ("", "", True),
        ("", "公园", False),
        ("路", "路", True),
        ("路", "公园", False),
    ],
)
def test_two_names_are_one_where_they_share_enough(one: str, other: str, same: bool) -> None:
    assert paired(f"{one} 5", f"{other} 6") == ("1" if same else "-")
    assert paired(f"{other} 5", f"{one} 6") == ("1" if same else "-")


@pytest.mark.parametrize(
    ("measure", "name"),
    [
        ("新增（提升）老年助餐服务点", "老年助餐服务点"),
        ("新建、完善公园", "公园"),
        ("新迁建学校", "学校"),
        ("力求培训护理员", "护理员"),
        ("完工老旧小区", "老旧小区"),
        ("竣工验收", "验收"),
        # a verb that would leave a single character is part of the name, and so is one inside
        ("建成区", "建成区"),
        ("社区新建公园", "社区新建公园"),
        ("公园", "公园"),
        ("", ""),
    ],
)
def test_a_name_is_a_measure_without_the_verbs_before_it(measure: str, name: str) -> None:
    assert names_of(measure, WORDS) == name
