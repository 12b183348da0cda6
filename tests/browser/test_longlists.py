"""Long lists in Chromium: every row can be reached, filters know what is not loaded, and a part that fails is told."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page, Route, expect

from generator.pages.listparts import Rendered
from generator.pages.longlists import Cutting
from tests import long_lists
from tests.browser.conftest import OpenTab, Watched
from tests.long_lists import A_REGISTER, PLACES, SMALL, YEARS

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.journey]

EVERYTHING = A_REGISTER * len(PLACES) * len(YEARS)
FEW_PARTS = Cutting(whole=60, size=40_000)
"""Where all parts are loaded one after the other."""
ROWS = "[data-dx-list] > li:not(.dx-more)"
SHOWN = f"{ROWS}:not([hidden])"
FOLDERS = {"findings": "findings/", "due": "due/", "silence": "silence/", "year": "east-test/2024/"}
HTML = "text/html; charset=utf-8"


class Long:
    """A long list in the frame of a real page, with what was fetched of it, and which parts fail."""

    def __init__(self, name: str, page: Page, address: str, site: Path, cutting: Cutting = SMALL) -> None:
        self.rendered: Rendered = long_lists.page(name, cutting)
        self.url = f"{address}{FOLDERS[name]}"
        self.page = page
        self.fetched: list[int] = []
        self.failing: set[int] = set()
        self.parts = {Path(part.path).name: part.render() for part in self.rendered.parts}
        html = framed(self.rendered.markdown, site, "../" * FOLDERS[name].count("/"))
        page.route(
            re.compile(re.escape(self.url) + r"(\?.*)?$"), lambda route: route.fulfill(body=html, content_type=HTML)
        )
        page.route(f"{self.url}list-*.html", self._answer)

    def _answer(self, route: Route) -> None:
        name = route.request.url.rpartition("/")[2]
        number = int(re.findall(r"\d+", name)[0])
        self.fetched.append(number)
        if number in self.failing:
            route.abort()
        else:
            route.fulfill(body=self.parts[name], content_type=HTML)

    def open(self, query: str = "") -> Long:
        self.page.goto(self.url + query)
        self.page.wait_for_selector("[data-dx-filters]:not([hidden])")
        return self

    @property
    def status(self) -> str:
        return self.page.locator("[data-dx-count]").inner_text()

    def expect_status(self, said: str | re.Pattern[str]) -> None:
        expect(self.page.locator("[data-dx-count]")).to_have_text(said)

    def links(self) -> list[str]:
        found: list[str] = self.page.eval_on_selector_all(
            f"{SHOWN} a", "nodes => nodes.map(node => node.getAttribute('href'))"
        )
        return found


def framed(markdown: str, site: Path, root: str) -> str:
    """The body of a page in the frame of the real page of findings, for another depth."""
    frame = (site / "findings" / "index.html").read_text(encoding="utf-8")
    before, rest = frame.split('<article class="md-content__inner md-typeset">')
    after = rest.split("</article>", 1)[1]
    body = markdown.split("---", 2)[2]
    shell = f'{before}<article class="md-content__inner md-typeset">BODY</article>{after}'
    shell = re.sub(r'(href|src)="\.\./', rf'\1="{root}', shell)
    return shell.replace("BODY", re.sub(r"^## .*\{ #(\w+) \}$", r'<h2 id="\1">\1</h2>', body, flags=re.M))


@pytest.fixture
def page(tab: OpenTab) -> Iterator[Page]:
    page = tab(1280, 900)
    yield page
    page.unroute_all(behavior="ignoreErrors")


def hrefs(html: str) -> list[str]:
    found = re.findall(r'<li(?: data-(?!dx)[^>]*)?><(?:span class="dx-list__no"|i)>.*?<a href="([^"]*)"', html)
    return [href.replace("&amp;", "&") for href in found]


@pytest.mark.parametrize("name", FOLDERS)
def test_scrolling_brings_every_row_once_and_in_order(watched: Watched, address: str, site: Path, name: str) -> None:
    page = watched.page
    long = Long(name, page, address, site, FEW_PARTS).open()
    total = A_REGISTER if name == "year" else EVERYTHING
    first = len(hrefs(long.rendered.markdown))
    long.expect_status(re.compile(rf"^显示 {first} / {total} [项条]，另有 {len(long.parts)} 部分还没有载入$"))
    assert long.fetched == []
    for _ in range(3 * len(long.parts)):
        if not page.locator(".dx-more").count():
            break
        page.evaluate("document.querySelector('[data-dx-parts]').scrollIntoView({block: 'end'})")
        page.wait_for_timeout(60)
    long.expect_status(re.compile(rf"^显示 {total} / {total} [项条]$"))
    assert long.links() == [href for text in (long.rendered.markdown, *long.parts.values()) for href in hrefs(text)]
    assert sorted(long.fetched) == list(range(2, len(long.parts) + 2))
    counts = page.locator("[data-dx-group-count]").all_inner_texts()
    assert not [count for count in counts if "/" in count]
    assert sum(map(int, counts)) == (0 if name == "year" else EVERYTHING)
    headings = page.locator("[data-dx-group] h3").evaluate_all("nodes => nodes.map(node => node.id)")
    assert len(headings) == len(set(headings))
    assert page.locator("[data-dx-rest]").is_hidden()


def test_a_press_brings_the_next_part_and_goes_on_there(page: Page, address: str, site: Path) -> None:
    long = Long("due", page, address, site).open()
    button = page.locator(".dx-more button")
    expect(button).to_have_text(f"继续加载（还有 {len(long.parts)} 部分）")
    button.focus()
    page.keyboard.press("Enter")
    page.wait_for_function(f"() => document.querySelectorAll({ROWS!r}).length > {len(hrefs(long.rendered.markdown))}")
    page.wait_for_function("() => document.activeElement.tagName === 'A'")
    assert page.evaluate("document.activeElement.getAttribute('href')") == hrefs(long.parts["list-2.html"])[0]


@pytest.mark.parametrize("name", ["findings", "due", "silence"])
def test_a_place_in_the_address_fetches_only_the_parts_that_have_rows_of_it(
    watched: Watched, address: str, site: Path, name: str
) -> None:
    long = Long(name, watched.page, address, site).open("?place=north-test&year=2023#list")
    long.expect_status(re.compile(rf"^显示 {A_REGISTER} / {EVERYTHING} [项条]$"))
    assert {href.split("/")[1] for href in long.links()} == {"north-test"}
    holding = {
        int(re.findall(r"\d+", file)[0])
        for file, html in long.parts.items()
        if 'data-place="north-test"' in html and 'data-year="2023"' in html
    }
    assert set(long.fetched) <= holding and len(long.fetched) == len(set(long.fetched)) < len(long.parts)
    assert watched.page.evaluate("document.activeElement.id") == "list"


def test_words_are_looked_for_in_every_part(page: Page, address: str, site: Path) -> None:
    long = Long("silence", page, address, site).open()
    page.fill("[name=text]", "北测市2023年办好第7件事")
    long.expect_status(f"显示 1 / {EVERYTHING} 条")
    assert len(long.fetched) == len(long.parts)
    assert page.locator(".dx-more").count() == 0
    page.fill("[name=text]", "没有这样的承诺")
    long.expect_status(f"显示 0 / {EVERYTHING} 条")
    assert page.locator("[data-dx-empty]").is_visible()


def test_a_numbered_filter_knows_its_parts(page: Page, address: str, site: Path) -> None:
    long = Long("year", page, address, site).open()
    page.select_option("[name=unit]", label="市第3局")
    long.expect_status(f"显示 {A_REGISTER // 5} / {A_REGISTER} 项")


def test_sorting_waits_for_the_whole_list(page: Page, address: str, site: Path) -> None:
    long = Long("year", page, address, site).open("?sort=due-desc")
    long.expect_status(re.compile(rf"^显示 {A_REGISTER} / {A_REGISTER} 项，排序："))
    days = page.locator(f"{ROWS} time").all_inner_texts()
    assert len(days) == A_REGISTER and days == sorted(days, reverse=True)


def test_an_address_leads_to_a_heading_in_a_part_that_was_not_loaded(page: Page, address: str, site: Path) -> None:
    long = Long("due", page, address, site).open("#m-2024-02")
    page.wait_for_function("() => document.activeElement.id === 'm-2024-02'")
    assert page.locator("#m-2024-02").bounding_box()["y"] < 900  # type: ignore[index]
    assert len(long.fetched) < len(long.parts)
    assert page.locator(".dx-more").count() == 2, "what lies between and what follows can be loaded"
    gap = page.locator(".dx-more").first
    while page.locator(".dx-more").count():
        gap.locator("button").click()
        page.wait_for_timeout(80)
    long.expect_status(f"显示 {EVERYTHING} / {EVERYTHING} 项")
    assert long.links() == [href for text in (long.rendered.markdown, *long.parts.values()) for href in hrefs(text)]


@pytest.mark.parametrize("name", ["%E0%A4%A", "no-such-heading", ""])
def test_an_address_without_such_a_heading_does_no_harm(watched: Watched, address: str, site: Path, name: str) -> None:
    long = Long("due", watched.page, address, site).open(f"?place=north-test#{name}")
    long.expect_status(f"显示 {A_REGISTER * 2} / {EVERYTHING} 项")


def test_a_month_of_the_calendar_is_shown_in_the_page_itself(page: Page, address: str, site: Path) -> None:
    long = Long("due", page, address, site).open()
    page.click(".dx-months a[href$='#m-2024-11']")
    page.wait_for_function("() => document.activeElement.id === 'm-2024-11'")
    assert page.url == f"{long.url}#m-2024-11"


@pytest.mark.parametrize("query", ["", "?place=north-test"])
def test_a_part_that_fails_is_told_and_can_be_asked_for_again(page: Page, address: str, site: Path, query: str) -> None:
    long = Long("silence", page, address, site)
    last = len(long.parts) + 1
    long.failing = {last} if query else {2}
    long.open(query)
    if not query:
        page.locator(".dx-more button").click()
    retry = page.locator(".dx-more button", has_text="没有取到，再试一次")
    expect(retry).to_have_text(f"第 {last if query else 2} 部分没有取到，再试一次")
    assert "有 1 部分没有取到，数目不全" in long.status
    long.failing = set()
    retry.click()
    expect(retry).to_have_count(0)
    if query:
        long.expect_status(f"显示 {A_REGISTER * 2} / {EVERYTHING} 条")
    else:
        assert "没有取到" not in long.status


def test_a_part_with_other_rows_than_its_link_says_is_not_taken(page: Page, address: str, site: Path) -> None:
    long = Long("silence", page, address, site)
    long.parts["list-2.html"] = re.sub(r"<li data-kind.*?</li>", "", long.parts["list-2.html"], count=1)
    long.open()
    page.locator(".dx-more button").click()
    expect(page.locator(".dx-more button")).to_have_text("第 2 部分没有取到，再试一次")
    assert page.locator(ROWS).count() == len(hrefs(long.rendered.markdown))


def test_in_english_rows_that_arrive_are_translated_and_the_page_does_not_hang(
    watched: Watched, address: str, site: Path
) -> None:
    page = watched.page
    long = Long("due", page, address, site)
    page.goto(f"{long.url}?lang=en&place=north-test")
    page.wait_for_function("() => document.documentElement.lang === 'en'")
    long.expect_status(f"Showing {A_REGISTER * 2} of {EVERYTHING}")
    assert page.locator(f"{SHOWN} p span", has_text="Due date").count() == A_REGISTER * 2


@pytest.mark.parametrize("name", ["due", "year"])
def test_without_a_script_every_part_is_reached_by_links(address: str, site: Path, page: Page, name: str) -> None:
    context = page.context.browser.new_context(java_script_enabled=False)  # type: ignore[union-attr]
    bare = context.new_page()
    long = Long(name, bare, address, site, FEW_PARTS)
    assert len(long.parts) > 1
    bare.goto(long.url)
    assert "这里先列出" in bare.locator("[data-dx-rest]").inner_text()
    found = bare.eval_on_selector_all(f"{ROWS} a", "nodes => nodes.map(node => node.getAttribute('href'))")
    bare.click("[data-dx-part='2']")
    while True:
        found += bare.eval_on_selector_all(f"{ROWS} a", "nodes => nodes.map(node => node.getAttribute('href'))")
        if not bare.locator("a[rel=next]").count():
            break
        bare.click("a[rel=next]")
    assert found == [href for text in (long.rendered.markdown, *long.parts.values()) for href in hrefs(text)]
    bare.click("nav a:has-text('回到清单')")
    assert bare.url.startswith(long.url) and "list-" not in bare.url
    context.close()


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [1280, 360])
def test_a_part_fits_the_window_and_is_dark_where_the_system_is(
    tab: OpenTab, address: str, site: Path, width: int, scheme: str
) -> None:
    page = tab(width, 800)
    page.emulate_media(color_scheme=scheme)  # type: ignore[arg-type]
    long = Long("findings", page, address, site)
    page.goto(f"{long.url}list-2.html")
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    background = page.evaluate("getComputedStyle(document.body).backgroundColor")
    assert background == {"light": "rgb(251, 249, 244)", "dark": "rgb(25, 24, 21)"}[scheme]
    page.unroute_all(behavior="ignoreErrors")
