"""Pages of themes and shared measures: what stands beside what, what is drawn, and hostile words."""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from typing import Any

import msgspec
import pytest

from generator.api import SiteSaid, make_description, render_record, render_twin
from generator.api import measures as measure_api
from generator.api import themes as theme_api
from generator.api.measures import measure_records
from generator.api.themes import theme_records
from generator.assess import sort_registers
from generator.charts import Chart
from generator.lookups import load_places
from generator.model import Aspect, AssessedRegister, Catalogue, Cofog, Measure, Place, Remark, Theme
from generator.pages import measure_figure, measures, themes
from generator.pages.city_year import render_city_year
from generator.pages.commitment import render_commitment
from generator.pages.commitment_page import year_to_pages
from generator.pages.home import render_home
from generator.pages.measures import render_measures, shared_measures
from generator.pages.occurrences import MEASURE_TARGETS, read_occurring, read_promised, sum_targets
from generator.pages.outline import City, registers_to_cities
from generator.pages.themes import read_theme_counts, render_themes, theme_cards
from generator.schemas import load_schemas
from tests import page_examples as examples
from tests.assess_examples import CONTENT, WORDS
from tests.json_addresses import Description
from tests.kept_examples import YearsInMemory, keep_years

OTHER = Place(zh="另一市", en="Other City", slug="otherton", kind="city", code="990100")
PLACES = load_places(CONTENT)
SITE = SiteSaid("https://example.org/", "兑现", ("CC-BY-4.0", "https://creativecommons.org/licenses/by/4.0/"))
POINTS = Aspect(code="points", zh="助餐点", en="points")


def made_measure(word: str, **values: object) -> Measure:
    remark = Remark(zh="口径<不同>", en="They <differ>")
    fields = {"slug": "meals", "zh": "助餐<点>", "en": "Meals", "unit": "个", "theme": "elderly", "must": ((word,),)}
    return Measure(**{**fields, "note": remark, **values})  # type: ignore[arg-type]


def made_catalogue(word: str, **values: object) -> Catalogue:
    cofog = Cofog(code="10", zh="社会保护", en="Social protection")
    both = Remark(zh="范围<甲>", en="Scope")
    elderly = Theme(slug="elderly", zh="养<老>", en="Care", cofog=cofog, reason=both, words={word: 3})  # type: ignore[dict-item]
    empty = msgspec.structs.replace(elderly, slug="empty", zh="空的", words={"没有这个词": 3})
    return Catalogue(measures=(made_measure(word, **values),), themes=(elderly, empty))


def made_cities(words: examples.Words, word: str, **values: object) -> tuple[City, ...]:
    """Two cities that promise the same, sorted by one theme and one measure."""
    registers: list[AssessedRegister] = []
    for place in (examples.PLACE, OTHER):
        registers.append(examples.assess(examples.make_register(words, place), WORDS, place))
    return registers_to_cities(sort_registers(registers, made_catalogue(word, **values), CONTENT))


def measure_pages(cities: Sequence[City]) -> dict[str, str]:
    return {page.path: page.render() for page in render_measures(YearsInMemory(cities, PLACES), draw)}


def theme_pages(cities: Sequence[City]) -> dict[str, str]:
    return {page.path: page.render() for page in render_themes(YearsInMemory(cities, PLACES))}


def shared(cities: Sequence[City]) -> list[dict[str, Any]]:
    return shared_measures(YearsInMemory(cities, PLACES))


def draw(chart: Chart) -> str:
    return f"<svg>{json.dumps(chart.data, ensure_ascii=False)}</svg>".replace("<img", "&lt;img")


@pytest.fixture(scope="module")
def cities() -> tuple[City, ...]:
    return made_cities(examples.Words(other="助餐服务点"), "助餐")


def test_cities_stand_side_by_side(cities: tuple[City, ...]) -> None:
    pages = measure_pages(cities)
    assert set(pages) == {"measures/index.md", "measures/meals.md"}
    page = pages["measures/meals.md"]
    for place in (examples.PLACE, OTHER):
        assert f'href="../../{place.slug}/2024/livelihood-001.html#t1"' in page and place.zh in page
    assert "口径&lt;不同&gt;" in page and "They &lt;differ&gt;" in page and "<点>" not in page
    assert page.count("≥ 227 个</a>") >= 2 and "250 个" in page and "110.1%" in page
    assert "2 个市、区" in page and "“助餐”" in page


def test_two_comparable_numbers_are_drawn_with_their_table(cities: tuple[City, ...]) -> None:
    page = measure_pages(cities)["measures/meals.md"]
    (drawn,) = re.findall(r"<svg>(.*?)</svg>", page)
    assert [bar["end"] for bar in json.loads(drawn)["bars"]] == [227.0, 227.0]
    assert "以表格查看（2 行）" in page


@pytest.mark.parametrize("values", [{"unit": "处", "other_units": ("个",)}, {"unit": "家", "other_units": ("个",)}])
def test_numbers_in_other_units_are_listed_and_not_drawn(values: dict[str, object]) -> None:
    page = measure_pages(made_cities(examples.Words(other="助餐服务点"), "助餐", **values))["measures/meals.md"]
    assert "<svg" not in page and "单位不同，不并列" in page and "各地的口径或单位不同" in page


def test_numbers_of_different_aspects_are_not_drawn_together() -> None:
    one, two = (
        examples.assess(examples.make_register(examples.Words(other=words), place), WORDS, place)
        for words, place in (("助餐覆盖", examples.PLACE), ("助餐服务点", OTHER))
    )
    covered = Aspect(code="coverage", zh="覆盖村", en="villages", words=("覆盖",))
    catalogue = made_catalogue("助餐", aspects=(covered, POINTS))
    page = measure_pages(registers_to_cities(sort_registers([one, two], catalogue, CONTENT)))["measures/meals.md"]
    assert "<svg" not in page and "覆盖村" in page and "助餐点" in page


def test_one_city_alone_is_listed_and_not_drawn(cities: tuple[City, ...]) -> None:
    pages = measure_pages(cities[:1])
    assert "<svg" not in pages["measures/meals.md"] and "只有一地" in pages["measures/meals.md"]
    assert "目前只有一地" in pages["measures/index.md"]
    assert [row["cities"] for row in shared(cities)] == [2] and shared(cities[:1]) == []


def test_a_theme_lists_commitments_by_city_with_denominators(cities: tuple[City, ...]) -> None:
    pages = theme_pages(cities)
    assert set(pages) == {"themes/index.md", "themes/elderly.md", "themes/empty.md"}
    page = pages["themes/elderly.md"]
    assert "3 项中" in page and "COFOG 10 社会保护" in page and "<老>" not in page
    for place in (examples.PLACE, OTHER):
        assert f'href="../../{place.slug}/2024/livelihood-001.html"' in page
    assert 'href="../../measures/meals/"' in page
    assert "目前没有归入这一主题的承诺" in pages["themes/empty.md"]


def test_the_index_of_themes_counts_what_has_none_or_two(cities: tuple[City, ...]) -> None:
    index = theme_pages(cities)["themes/index.md"]
    untold = sum(not item.themes for city in cities for item in city.commitments)
    assert f"看不出的不勉强（{untold} 项）" in index and f"共 {sum(len(c.commitments) for c in cities)} 项" in index
    assert "None" not in index


def test_a_commitment_leads_to_its_theme_and_to_its_measure(cities: tuple[City, ...]) -> None:
    first, second, _ = year_to_pages(cities[0].years[0])
    body = render_commitment(first, "https://example.org/", "兑现")
    assert 'href="../../themes/elderly/"' in body and "原文有“助餐”" in body
    assert "看各地的同一指标" in body and 'href="../../measures/meals/"' in body
    assert "../../measures/" not in render_commitment(second, "https://example.org/", "兑现")
    twin = json.loads(render_twin(first))["assessed"]
    assert twin["themes"] == [{"theme": "elderly", "words": ["助餐"]}]
    assert twin["targets"][0]["measure_id"] == "meals"


def test_lists_home_and_sitemap_lead_to_themes_and_measures(cities: tuple[City, ...]) -> None:
    year = render_city_year(cities[0].years[0], draw).markdown
    assert (
        '<option value="elderly">' in year and 'data-theme="elderly"' in year and '<option value="empty">' not in year
    )
    home = render_home(keep_years(*cities), theme_cards(keep_years(*cities)), shared(cities))
    assert 'href="themes/elderly/"' in home and 'href="measures/meals/"' in home and "themes/empty/" not in home


def test_hostile_words_are_text_on_these_pages() -> None:
    words = examples.Words(text=examples.HOSTILE, other=examples.HOSTILE)
    cities = made_cities(words, "粗")
    pages = {**theme_pages(cities), **measure_pages(cities)}
    assert "measures/meals.md" in pages
    for name, page in pages.items():
        assert "<img" not in page and "</script>" not in page, name
        assert "onerror=alert(1)>" not in page, name


def test_without_a_catalogue_there_are_empty_indexes() -> None:
    bare = registers_to_cities([examples.assess(examples.make_register(examples.Words()), WORDS)])
    assert set(theme_pages(bare)) == {"themes/index.md"} and set(measure_pages(bare)) == {"measures/index.md"}


# --- more than a page can list ------------------------------------------------------------------------------------


@pytest.fixture
def large(monkeypatch: pytest.MonkeyPatch) -> None:
    """Pages and records that hold one row and no more, charts of one bar."""
    for module in (measures, measure_figure, themes, measure_api, theme_api):
        monkeypatch.setattr(module, "MOST_ROWS", 1)
    monkeypatch.setattr(measures, "MOST_BARS", 1)
    monkeypatch.setattr(measure_figure, "MOST_BARS", 1)


@pytest.mark.usefixtures("large")
def test_a_measure_of_too_many_targets_shows_sums_that_lead_to_the_lists(cities: tuple[City, ...]) -> None:
    page = measure_pages(cities)["measures/meals.md"]
    assert "这个指标有 2 个目标，本页不逐个列出</strong>（最多列 1 个）" in page and "目前只有一地" not in page
    for place in (examples.PLACE, OTHER):
        assert f'<a href="../../{place.slug}/2024/?theme=elderly#commitments">2024</a>：1' in page
        row = f'{place.zh}</th><td class="dx-n">1</td><td class="dx-n">1</td><td class="dx-n">1</td>'
        assert row in page
    assert page.count("livelihood-001.html#t1") == page.count(f"{examples.PLACE.slug}/2024/livelihood-001.html#t1") > 0
    assert "这样的目标有 2 个，只画年份最近的 1 个" in page and "其余计入下面各地的合计" in page
    assert len(re.findall("<svg>", page)) == 1 and "以表格查看（1 行）" in page


@pytest.mark.usefixtures("large")
def test_a_list_is_only_filtered_by_a_theme_that_all_its_commitments_have(cities: tuple[City, ...]) -> None:
    catalogue = made_catalogue("助餐", theme="empty")
    registers = [register for city in cities for year in city.years for register in year.registers]
    page = measure_pages(registers_to_cities(sort_registers(registers, catalogue, CONTENT)))["measures/meals.md"]
    assert f'<a href="../../{OTHER.slug}/2024/#commitments">2024</a>：1' in page and "?theme=" not in page


@pytest.mark.usefixtures("large")
def test_a_theme_of_too_many_commitments_shows_sums_that_lead_to_the_lists(cities: tuple[City, ...]) -> None:
    pages = theme_pages(cities)
    page = pages["themes/elderly.md"]
    assert "这个主题有 6 项承诺，本页不逐项列出</strong>（最多列 1 项）" in page and "livelihood-001.html" not in page
    for place in (examples.PLACE, OTHER):
        assert f'<a href="../../{place.slug}/2024/?theme=elderly#commitments">2024</a>：3' in page
    assert "本页不逐项列出" not in pages["themes/empty.md"]


@pytest.mark.usefixtures("large")
def test_records_of_too_many_rows_have_sums_and_name_the_tables_that_have_the_rows(cities: tuple[City, ...]) -> None:
    summaries = YearsInMemory(cities, PLACES)
    description = Description(json.loads(render_record(make_description(SITE, summaries, load_schemas(CONTENT)))))
    promised, counted = read_promised(summaries), read_theme_counts(summaries)
    records = {f"measures/{slug}/index.json": make() for slug, make, _ in measure_records(summaries, promised)}
    records |= {f"themes/{slug}/index.json": make() for slug, make, _ in theme_records(summaries, counted, promised)}
    read = {address: json.loads(render_record(record)) for address, record in records.items()}
    assert [said for address, record in read.items() for said in description.problems(address, record)] == []
    years = read["measures/meals/index.json"]["years"]
    assert [year["table"] for year in years] == [
        f"../../data/{place.slug}/2024/targets.json" for place in (examples.PLACE, OTHER)
    ]
    assert [year["summary"]["targets"] for year in years] == [1, 1] and "targets" not in years[0]
    years = read["themes/elderly/index.json"]["years"]
    assert [(year["of"], year["summary"]["commitments"]) for year in years] == [(3, 3), (3, 3)]
    assert all("commitments" not in year for year in years)
    assert read["themes/empty/index.json"]["years"] == []


def test_many_numbers_are_drawn_of_the_newest_years_and_the_rest_is_listed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(measure_figure, "MOST_BARS", 2)
    registers = []
    for number, year in enumerate((2022, 2024, 2023), 1):
        place = msgspec.structs.replace(OTHER, slug=f"town-{number}", zh=f"第{number}市", code=f"99010{number}")
        made = msgspec.structs.replace(examples.make_register(examples.Words(other="助餐服务点"), place), year=year)
        registers.append(examples.assess(made, WORDS, place))
    page = measure_pages(registers_to_cities(sort_registers(registers, made_catalogue("助餐"), CONTENT)))[
        "measures/meals.md"
    ]
    (drawn,) = re.findall(r"<svg>(.*?)</svg>", page)
    assert [row["label"].split()[:2] for row in json.loads(drawn)["rows"]] == [["第2市", "2024"], ["第3市", "2023"]]
    assert "这样的目标有 3 个，只画年份最近的 2 个" in page and "其余见下表" in page
    assert all(f"第{number}市 " in page for number in (1, 2, 3))


def test_the_small_summary_of_measures_says_what_the_counts_say(cities: tuple[City, ...]) -> None:
    summaries = YearsInMemory(cities, PLACES)
    spreads = read_promised(summaries).spreads
    occurring = read_occurring(summaries)
    assert list(occurring) == list(spreads) != []
    assert occurring == {slug: [year for year, _ in spread] for slug, spread in spreads.items()}
    targets = [(slug, count) for _, found in summaries.of(MEASURE_TARGETS) for slug, count in found.items()]
    assert sum(count for _, count in targets) == sum(map(sum_targets, spreads.values()))
