"""Long lists: no row is lost or doubled when they are cut, their order and counts stay, each part stands alone."""

from __future__ import annotations

import re
from collections import Counter

import pytest

from generator.pages.city_year import render_city_year
from generator.pages.listparts import Rendered, is_list_part, numbers_to_ranges
from generator.pages.longlists import Cutting, KeptPiece, Part, Piece, pieces_to_parts
from generator.pages.outline import registers_to_cities
from generator.pages.summaries import YearRef
from tests import long_lists
from tests import page_examples as examples
from tests.assess_examples import WORDS
from tests.kept_examples import keep_years
from tests.long_lists import A_REGISTER, PLACES, YEARS, page

NAMES = ("findings", "due", "silence", "year")
ALL_CITIES = NAMES[:3]
WHOLE = Cutting(whole=10_000)
ROW = re.compile(r'<li(?: data-(?!dx)[^>]*)?><(?:span class="dx-list__no"|i)>.*?</li>')
LINK = re.compile(r'<li><a href="(list-\d+\.html)" data-dx-part="(\d+)" data-dx-rows="(\d+)"([^>]*)>')
SECTION = re.compile(r'<section data-dx-group(?: data-dx-total="(\d+)")? aria-labelledby="([^"]+)">.*?</section>', re.S)


def rows(html: str) -> list[str]:
    return ROW.findall(html)


def texts(rendered: Rendered) -> list[str]:
    """The page and its parts."""
    return [rendered.markdown, *(part.render() for part in rendered.parts)]


def whole(name: str) -> Rendered:
    if name == "year":
        return render_city_year(long_lists.cities()[0].years[0], lambda chart: "", WHOLE)
    return page(name, WHOLE)


@pytest.mark.parametrize("name", NAMES)
def test_parts_have_every_row_once_and_in_the_order_of_the_whole_list(name: str) -> None:
    everything = rows(whole(name).markdown)
    assert len(everything) == (A_REGISTER if name == "year" else A_REGISTER * len(PLACES) * len(YEARS))
    cut = page(name)
    assert len(cut.parts) > 2
    assert [row for text in texts(cut) for row in rows(text)] == everything


@pytest.mark.parametrize("name", NAMES)
def test_as_many_rows_as_the_limit_stand_whole_in_the_page(name: str) -> None:
    uncut = whole(name)
    assert uncut.parts == () and "data-dx-parts" not in uncut.markdown and "data-dx-total" not in uncut.markdown
    count = len(rows(uncut.markdown))
    if name != "year":
        assert page(name, Cutting(whole=count, size=1)) == uncut
        assert len(page(name, Cutting(whole=count - 1, size=1)).parts) == count - 1


@pytest.mark.parametrize("name", NAMES)
def test_the_page_says_how_many_of_how_many_it_shows_and_links_every_part(name: str) -> None:
    cut = page(name)
    shown, total = len(rows(cut.markdown)), len(rows(whole(name).markdown))
    assert re.search(rf"这里先列出 {shown} [条项]，全部是 {total} [条项]", cut.markdown)
    links = LINK.findall(cut.markdown)
    folder = "east-test/2024" if name == "year" else name
    assert [f"{folder}/{href}" for href, *_ in links] == [part.path for part in cut.parts]
    assert [int(count) for _, _, count, _ in links] == [len(rows(part.render())) for part in cut.parts]
    assert shown + sum(int(count) for _, _, count, _ in links) == total


@pytest.mark.parametrize("name", NAMES)
def test_counts_of_filters_are_those_of_the_whole_list(name: str) -> None:
    options = re.compile(r"<select.*?</select>")
    assert options.findall(page(name).markdown) == options.findall(whole(name).markdown)


@pytest.mark.parametrize("name", NAMES)
def test_a_link_says_what_its_part_may_hold(name: str) -> None:
    cut = page(name)
    selects = re.findall(r'<select name="(\w+)"([^>]*)>(.*?)</select>', cut.markdown)
    controls = {
        control: (bool(numbered), re.findall(r'<option(?: value="([^"]*)")?>([^<（]*)', options)[1:])
        for control, numbered, options in selects
        if control != "sort"
    }
    told = 0
    for (_, _, _, said), part in zip(LINK.findall(cut.markdown), cut.parts, strict=True):
        for control, (numbered, options) in controls.items():
            codes = [str(n) if numbered else value or text for n, (value, text) in enumerate(options, 1)]
            values = {
                one for found in re.findall(rf' data-{control}="([^"]*)"', part.render()) for one in found.split("|")
            }
            holds = [n for n, code in enumerate(codes, 1) if code in values]
            attribute = re.search(rf' data-{control}="([^"]*)"', said)
            told += attribute is not None
            assert (attribute.group(1) if attribute else numbers_to_ranges(range(1, len(codes) + 1))) == (
                numbers_to_ranges(holds)
            ), (part.path, control)
    assert told > 0


@pytest.mark.parametrize("name", ALL_CITIES)
def test_headings_say_how_many_rows_of_the_group_stand_here(name: str) -> None:
    totals: Counter[str] = Counter()
    for text in texts(page(name)):
        for section in SECTION.finditer(text):
            here, total = len(rows(section.group())), int(section.group(1))
            totals[section.group(2)] += here
            said = re.search(r"<span data-dx-group-count>(.*?)</span>", section.group())
            assert said and said.group(1) == (str(total) if here == total else f"{here} / {total}")
    assert totals == {
        section.group(2): len(rows(section.group())) for section in SECTION.finditer(whole(name).markdown)
    }


@pytest.mark.parametrize(("name", "size"), [("findings", 24_000), ("due", 16_000), ("silence", 45_000)])
def test_the_rows_of_a_city_that_follow_each_other_stay_in_one_part_where_they_fit(name: str, size: int) -> None:
    def runs(found: list[list[str]]) -> list[str]:
        return [place for part in found for n, place in enumerate(part) if n == 0 or part[n - 1] != place]

    cut = texts(page(name, Cutting(whole=60, size=size)))
    parts = [re.findall(r'data-place="([a-z-]+)" data-year', text) for text in cut]
    assert len(parts) > 2
    assert runs(parts) == runs([[place for part in parts for place in part]])


@pytest.mark.parametrize("name", NAMES)
def test_a_part_is_a_page_of_its_own_that_no_search_engine_lists(name: str) -> None:
    cut = page(name)
    root = "../../" if name == "year" else "../"
    back = "./#commitments" if name == "year" else "./#list"
    for number, part in enumerate(cut.parts, 2):
        html = part.render()
        assert html.startswith("<!doctype html>") and '<meta name="robots" content="noindex">' in html
        assert f'href="{root}assets/duixian/duixian.css"' in html and f'href="{back}"' in html
        assert "canonical" not in html and not re.search(r'(?:href|src)="/', html)
        assert is_list_part(part.path)
        head = html.partition("<link")[0]
        assert (
            head.count('<meta http-equiv="Content-Security-Policy" content="default-src') == 1 and "<script" not in head
        )
        assert re.findall("<script[^>]*>([^<]*)</script>", html) == [""]
        following = f'<a href="list-{number + 1}.html" rel="next">'
        assert (following in html) == (number < len(cut.parts) + 1)


@pytest.mark.parametrize("name", ["index.html", "findings/index.html", "a/2024/livelihood-002.html", "a/list-2.json"])
def test_other_files_are_no_parts(name: str) -> None:
    assert not is_list_part(name)


def test_months_of_the_calendar_lead_to_where_they_are() -> None:
    cut = page("due")
    files = {"": cut.markdown, **{part.path.removeprefix("due/"): part.render() for part in cut.parts}}
    links = re.findall(r'<li><a href="([^"#]*)#(m-\d{4}-\d\d)">', cut.markdown)
    assert len(links) == 12 * len(YEARS)
    assert [anchor for file, anchor in links if f'<h3 id="{anchor}">' not in files[file]] == []


def test_hostile_words_are_text_in_a_part() -> None:
    words = examples.Words(text=examples.HOSTILE, other=examples.HOSTILE)
    assessed = examples.assess(examples.make_register(words), WORDS)
    (city,) = registers_to_cities([assessed])
    cutting = Cutting(whole=0, size=1)
    pages = [render_city_year(city.years[0], lambda chart: "", cutting)]
    pages += [render(keep_years(city), cutting) for render in long_lists.PAGES.values()]
    parts = [part.render() for one in pages for part in one.parts]
    assert len(parts) > 4
    for html in parts:
        assert "<img" not in html and html.count("</script>") == 1 and 'href="javascript' not in html
    assert any("onerror=alert(1)&gt;" in html for html in parts)


def piece(place: int, rows_: int, order: str = "") -> Piece:
    return Piece(YearRef(PLACES[place], 2024), KeptPiece(order, "", 0, rows_, rows_ * 100, (), b""))


def places(parts: tuple[Part, ...]) -> list[list[str]]:
    return [[one.year.place.slug[0] for one in part.pieces] for part in parts]


def test_parts_are_cut_between_cities_and_inside_one_only_when_it_is_too_large() -> None:
    pieces = [piece(0, 3), piece(1, 2), piece(1, 2), piece(2, 4), piece(2, 5), piece(2, 1)]
    assert places(pieces_to_parts(pieces, 500)) == [["e"], ["w", "w"], ["n"], ["n"], ["n"]]
    assert places(pieces_to_parts(pieces, None)) == [["e", "w", "w", "n", "n", "n"]]
    assert [part.first for part in pieces_to_parts(pieces, 500)] == [1, 4, 8, 12, 17]
    assert pieces_to_parts([], 500) == pieces_to_parts([], None) == ()


@pytest.mark.parametrize(
    ("numbers", "ranges"), [([], ""), ([4], "4"), ([1, 2, 3], "1-3"), ([1, 3, 4, 9], "1 3-4 9"), ([2, 4], "2 4")]
)
def test_numbers_that_follow_each_other_are_one_range(numbers: list[int], ranges: str) -> None:
    assert numbers_to_ranges(numbers) == ranges
