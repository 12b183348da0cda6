"""Themes: weighed words, two at most, none rather than a forced one, and what a person overruled."""

from __future__ import annotations

import re
from decimal import Decimal

import msgspec
import pytest

from generator.assess import load_catalogue, sort_registers
from generator.assess.themes import commitment_themes, themes_of_words
from generator.errors import ContentError
from generator.model import Overrule
from generator.registers import load_registers
from tests.assess_examples import CONTENT, ID, assess_all, commitment, report
from tests.own import OWN_REGISTERS

CATALOGUE = load_catalogue(CONTENT)


def themes_of(text: str, **values: str) -> str:
    return ";".join(theme.theme for theme in commitment_themes(commitment(text=text, **values), CATALOGUE))


@pytest.mark.parametrize(
    ("text", "themes"),
    [
        ("新增养老床位300张", "elderly"),
        ("推广电梯养老保险试点经验", ""),
        ("新建幼儿园3所", "education"),
        ("支持高校毕业生创业", "employment"),
        ("新建社区医院3家", "health"),
        ("支持民营经济健康发展", ""),
        ("城镇新增就业3万人", "employment"),
        ("筹集保障性租赁住房3000套", "housing"),
        ("推进物业化管理", ""),
        ("新辟公交线路3条", "transport"),
        ("推进高铁枢纽区块开发", ""),
        ("整治入河排污口，提升水质", "environment"),
        ("优化营商环境", "economy-governance"),
        ("保障食品安全", "food-water"),
        ("新建无障碍设施30处", "assistance"),
        ("新建体育设施30处", "culture-sport"),
        ("推进生态文明建设", "environment"),
        ("建设高标准农田3万亩", "urban-rural"),
        ("新改建农村公路30公里", "transport"),
        ("招商引资30亿元", "economy-governance"),
        ("开展安全生产检查", "economy-governance"),
        ("为老年人免费接种疫苗", "health;elderly"),
        ("新增残疾人就业300人", "employment;assistance"),
        ("做好其他各项工作", ""),
    ],
)
def test_the_words_tell(text: str, themes: str) -> None:
    assert themes_of(text) == themes


def test_words_of_the_heading_count_twice() -> None:
    assert themes_of("完善规划建设") == "urban-rural"
    assert themes_of("完善规划建设", category="交通出行") == "transport"
    assert themes_of("", section="医疗服务") == "health"


def test_without_wording_and_heading_the_report_tells() -> None:
    silent = commitment(text="", targets=(), reports=(report("两家医院建成"),))
    assert [theme.theme for theme in commitment_themes(silent, CATALOGUE)] == ["health"]
    headed = msgspec.structs.replace(silent, section="养老服务")
    assert [theme.theme for theme in commitment_themes(headed, CATALOGUE)] == ["elderly"]
    lightly = msgspec.structs.replace(silent, section="创业")
    assert [theme.theme for theme in commitment_themes(lightly, CATALOGUE)] == ["employment"]


def test_the_report_tells_nothing_where_there_is_a_wording_or_no_report() -> None:
    told = commitment(text="做好其他各项工作", reports=(report("两家医院建成"),))
    assert commitment_themes(told, CATALOGUE) == ()
    assert commitment_themes(commitment(text="", targets=()), CATALOGUE) == ()
    assert themes_of_words(told, ()) == ()


def themes_weighed(text: str, category: str = "", **weights: int) -> str:
    """The themes of a text by made themes, each with one word of its name: a=2 weighs “a” by two."""
    made = [msgspec.structs.replace(CATALOGUE.themes[0], slug=s, words={s: Decimal(w)}) for s, w in weights.items()]
    return ";".join(one.theme for one in themes_of_words(commitment(text=text, category=category), made))


@pytest.mark.parametrize(
    ("text", "category", "weights", "themes"),
    [
        # two at most, the weightiest first, and of those that weigh as much the first of the file
        ("a b c", "", {"a": 3, "b": 3, "c": 3}, "a;b"),
        ("a b c", "", {"a": 3, "b": 4, "c": 5}, "c;b"),
        # a second theme weighs three fifths of the first
        ("a b", "", {"a": 3, "b": 5}, "b;a"),
        ("a b", "", {"a": 2, "b": 4}, "b"),
        # less than two is none; a word counts once, in the heading twice and there no third time
        ("a", "", {"a": 1}, ""),
        ("a a", "", {"a": 1}, ""),
        ("", "a", {"a": 1}, "a"),
        ("a b", "a", {"a": 1, "b": 4}, "b"),
    ],
)
def test_words_are_weighed(text: str, category: str, weights: dict[str, int], themes: str) -> None:
    assert themes_weighed(text, category, **weights) == themes


def test_a_theme_says_by_which_words() -> None:
    (theme,) = commitment_themes(commitment(text="养老服务:适老化改造,养老机构提升"), CATALOGUE)
    assert (theme.words, theme.reason) == (("养老", "适老化"), "")


def test_what_a_person_gave_goes_before_the_words() -> None:
    overruled = msgspec.structs.replace(CATALOGUE, overrule={ID: Overrule(themes=("health", "housing"), reason="因为")})
    given = commitment_themes(commitment(text="新增养老床位300张"), overruled)
    assert [(theme.theme, theme.reason, theme.words) for theme in given] == [
        ("health", "因为", ()),
        ("housing", "因为", ()),
    ]
    none = msgspec.structs.replace(CATALOGUE, overrule={ID: Overrule(themes=(), reason="因为")})
    assert commitment_themes(commitment(text="新增养老床位300张"), none) == ()


def test_an_overrule_that_matched_nothing_is_reported() -> None:
    def overrule(name: str) -> object:
        catalogue = msgspec.structs.replace(CATALOGUE, overrule={name: Overrule(themes=(), reason="因为")})
        return sort_registers([assess_all(commitment())], catalogue, CONTENT)

    lost = ID.replace("001", "099")
    found = f"{CONTENT}/lookups/themes.yml: [overrule-lost] overrules {lost}; expected a commitment that is there;"
    with pytest.raises(ContentError, match=re.escape(found)):
        overrule(lost)
    assert overrule(ID) and overrule("elsewhere-1999-livelihood-001")


def theme_counts() -> list[int]:
    return [len(commitment_themes(one, CATALOGUE)) for r in load_registers(CONTENT) for one in r.commitments]


def test_every_commitment_of_the_real_registers_has_two_themes_at_most() -> None:
    assert max(theme_counts()) <= 2


@pytest.mark.own(*OWN_REGISTERS)
def test_nearly_every_commitment_of_the_real_registers_has_one_theme() -> None:
    counts = theme_counts()
    assert max(counts) == 2 and counts.count(0) < len(counts) / 20 and counts.count(2) < len(counts) / 5


def test_a_theme_has_words_of_its_own_and_a_division() -> None:
    assert len(CATALOGUE.themes) == 12
    for theme in CATALOGUE.themes:
        assert re.fullmatch(r"0[1-9]|10", theme.cofog.code) and theme.reason.en
        assert all(1 <= weight <= 3 for weight in theme.words.values()), theme.slug


def test_every_excluding_phrase_holds_a_word_of_its_theme() -> None:
    """A phrase that hides nothing says nothing, and is a slip of the pen."""
    idle = [
        (theme.slug, phrase)
        for theme in CATALOGUE.themes
        for phrase in theme.without
        if not any(word in phrase for word in theme.words)
    ]
    assert idle == []


def test_registers_are_given_their_themes() -> None:
    (one,) = sort_registers([assess_all(commitment(text="新增养老床位300张"))], CATALOGUE, CONTENT)
    assert [theme.theme for theme in one.commitments[0].themes] == ["elderly"]
