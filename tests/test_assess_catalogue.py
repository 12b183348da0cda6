"""The lookups of themes and shared measures: read as they are, and refused where they do not hold together."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from generator.assess import load_catalogue
from generator.errors import ContentError

THEMES = """\
themes:
- slug: elderly
  zh: 养老
  en: Elderly care
  cofog: {code: '10', zh: 社会保护, en: Social protection}
  reason: {zh: 养老服务, en: Care for older people}
  words: {养老: 3, 助餐: 2}
  without: [电梯养老]
- slug: health
  zh: 医疗
  en: Health
  cofog: {code: '07', zh: 卫生, en: Health}
  reason: {zh: 医院, en: Hospitals}
  words: {医院: 2}
overrule:
  yunxi-2024-livelihood-001:
    themes: [health, elderly]
    reason: 因为
"""
MEASURES = """\
- slug: meals
  zh: 助餐
  en: Meals
  theme: elderly
  unit: 个
  must: [[助餐, 食堂], [点]]
  without: [补贴]
  context: [[老年]]
  context_without: [学校]
  aspects:
  - {code: points, zh: 助餐点, en: meal points, words: [点]}
  - {code: all, zh: 全部, en: all}
  note: {zh: 有的是新增。, en: Some are new.}
- slug: beds-2
  zh: 床位
  en: Beds
  theme: health
  unit: 张
  must: [[床位]]
  note: {zh: 口径不同。, en: They differ.}
"""


@pytest.fixture
def lookups(content: Path) -> Path:
    """The folder of the lookups, with these themes and measures."""
    folder = content / "lookups"
    (folder / "themes.yml").write_text(THEMES, encoding="utf-8")
    (folder / "measures.yml").write_text(MEASURES, encoding="utf-8")
    return folder


def test_a_catalogue_is_read_with_all_of_its_parts(content: Path, lookups: Path) -> None:
    read = load_catalogue(content)
    assert [theme.slug for theme in read.themes] == ["elderly", "health"]
    assert [measure.slug for measure in read.measures] == ["meals", "beds-2"]
    assert read.overrule["yunxi-2024-livelihood-001"].themes == ("health", "elderly")
    assert read.slugs.names and read.slugs.areas["yunxi"]


def refusal(content: Path, name: str, text: str, old: str, new: str) -> str:
    """What is said first of a file in which the old words, which stand there once, are replaced."""
    assert text.count(old) == 1
    path = content / "lookups" / name
    path.write_text(text.replace(old, new), encoding="utf-8")
    with pytest.raises(ContentError) as refused:
        load_catalogue(content)
    problem = next(one for one in refused.value.problems if one.path == path)
    assert (problem.line, problem.remedy) == (0, "correct the entry")
    return f"[{problem.code}] {problem.found}; {problem.expected}"


EMPTY = "no word, or an empty one; expected words of one character or more"
SLUG = "expected a slug of its own in a-z, 0-9 and hyphens"


@pytest.mark.parametrize(
    ("old", "new", "found"),
    [
        ("slug: health", "slug: Health", f"[slug] slug 'Health'; {SLUG}"),
        ("slug: health", "slug: -health", f"[slug] slug '-health'; {SLUG}"),
        ("slug: health", "slug: hea/lth", f"[slug] slug 'hea/lth'; {SLUG}"),
        ("words: {医院: 2}", "words: {}", f"[word-empty] health: {EMPTY}"),
        ("养老: 3", "'': 3", f"[word-empty] elderly: {EMPTY}"),
        ("without: [电梯养老]", "without: [电梯养老, '']", f"[word-empty] elderly: {EMPTY}"),
        (
            "[health, elderly]",
            "[elderly, sport]",
            "[overrule] yunxi-2024-livelihood-001: elderly, sport; "
            "expected two themes of this file at most, and a reason",
        ),
        (
            "[health, elderly]",
            "[elderly, health, elderly]",
            "[overrule] yunxi-2024-livelihood-001: elderly, health, elderly; "
            "expected two themes of this file at most, and a reason",
        ),
        (
            "reason: 因为",
            "reason: ''",
            "[overrule] yunxi-2024-livelihood-001: health, elderly; "
            "expected two themes of this file at most, and a reason",
        ),
    ],
)
def test_themes_that_do_not_hold_together_are_refused(
    content: Path, lookups: Path, old: str, new: str, found: str
) -> None:
    assert refusal(content, "themes.yml", THEMES, old, new) == found


@pytest.mark.parametrize(
    ("old", "new", "found"),
    [
        ("slug: meals", "slug: Meals", f"[slug] slug 'Meals'; {SLUG}"),
        ("theme: health", "theme: sport", "[theme-unknown] beds-2: theme 'sport'; expected one of elderly, health"),
        ("must: [[床位]]", "must: []", f"[word-empty] beds-2: {EMPTY}"),
        ("must: [[床位]]", "must: [[]]", f"[word-empty] beds-2: {EMPTY}"),
        ("[助餐, 食堂]", "[助餐, '']", f"[word-empty] meals: {EMPTY}"),
        ("context: [[老年]]", "context: [['']]", f"[word-empty] meals: {EMPTY}"),
        ("without: [补贴]", "without: ['']", f"[word-empty] meals: {EMPTY}"),
        ("context_without: [学校]", "context_without: ['']", f"[word-empty] meals: {EMPTY}"),
        ("words: [点]", "words: ['']", f"[word-empty] meals: {EMPTY}"),
        (
            "code: all,",
            "code: points,",
            "[aspect] meals: aspects ['points', 'points']; expected codes of their own, and words for all but one",
        ),
        (
            ", words: [点]",
            "",
            "[aspect] meals: aspects ['points', 'all']; expected codes of their own, and words for all but one",
        ),
    ],
)
def test_measures_that_do_not_hold_together_are_refused(
    content: Path, lookups: Path, old: str, new: str, found: str
) -> None:
    assert refusal(content, "measures.yml", MEASURES, old, new) == found


def test_each_of_two_equal_slugs_is_named(content: Path, lookups: Path) -> None:
    (lookups / "measures.yml").write_text(MEASURES.replace("slug: beds-2", "slug: meals"), encoding="utf-8")
    (lookups / "themes.yml").write_text(THEMES.replace("- slug: health", "- slug: elderly"), encoding="utf-8")
    with pytest.raises(ContentError) as refused:
        load_catalogue(content)
    found = [f"{Path(one.path).name} {one.found}" for one in refused.value.problems if one.code == "slug"]
    assert found == ["measures.yml slug 'meals'"] * 2 + ["themes.yml slug 'elderly'"] * 2


def test_a_lookup_that_is_not_there_is_refused_by_its_name(content: Path, lookups: Path) -> None:
    for name in ("themes.yml", "measures.yml"):
        (lookups / name).rename(lookups / "elsewhere.yml")
        with pytest.raises(ContentError, match=re.escape(name)):
            load_catalogue(content)
        (lookups / "elsewhere.yml").rename(lookups / name)
