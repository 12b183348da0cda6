"""City-year pages in Chromium: filters, order, links of charts, print, speed on two thousand commitments."""

from __future__ import annotations

import io
import logging
import re
import unicodedata
from datetime import date
from pathlib import Path

import msgspec
import pdfplumber
import pytest
from playwright.sync_api import Page

from generator.model import Responsibility
from generator.pages.city_year import render_city_year
from generator.pages.outline import registers_to_cities
from tests import page_examples as examples
from tests.assess_examples import WORDS
from tests.browser.conftest import OpenTab, Watched
from tests.own import leave_out

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.journey]

LIMIT = 150_000
CONTROLS = ("status", "programme", "theme", "unit", "area", "finding")
READ_AGAIN = ("attained-desc", "name")
ORDERS = ("due", "due-desc", "attained", "attained-desc", "name", "status")


def city_years(site: Path) -> list[str]:
    return sorted({path.parent.relative_to(site).as_posix() for path in site.glob("*/*/*-001.json")})


def year_with(site: Path, pattern: str) -> str:
    """The largest page of a year whose HTML has the pattern; without one the test is left out."""
    found = [name for name in city_years(site) if re.search(pattern, (site / name / "index.html").read_text("utf-8"))]
    if not found:
        leave_out(f"year whose page has {pattern}")
    return max(found, key=lambda name: (site / name / "index.html").stat().st_size)


def shown(page: Page) -> list[str]:
    return page.locator("[data-dx-list] > li:not([hidden]) > i").all_inner_texts()


@pytest.mark.journey
def test_pages_of_a_year_stay_small(site: Path) -> None:
    sizes = {name: (site / name / "index.html").stat().st_size for name in city_years(site)}
    assert sizes and {name: size for name, size in sizes.items() if size >= LIMIT} == {}


def test_filters_are_chosen_by_keyboard_kept_in_the_address_and_announced(
    watched: Watched, address: str, site: Path
) -> None:
    page = watched.page
    years = [(year_with(site, f'<select name="{control}"'), control) for control in CONTROLS]
    for year, control in sorted(years):
        if not page.url.startswith(f"{address}{year}/"):
            page.goto(f"{address}{year}/")
        choose_filter(page, control)


def choose_filter(page: Page, control: str) -> None:
    """Choose the first value of a filter, have the page read again, and take the choice back."""
    everything = len(shown(page))
    select = page.locator(f"[data-dx-filters] [name={control}]")
    select.focus()
    page.keyboard.press("ArrowDown")
    chosen = select.input_value()
    assert chosen and f"{control}=" in page.url
    kept = shown(page)
    assert 0 < len(kept) <= everything
    assert page.inner_text("[role=status][data-dx-count]") == f"显示 {len(kept)} / {everything} 项"
    label = select.locator("option:checked").inner_text()
    number = re.search(r"（(\d+)）$", label)
    assert number is None or int(number[1]) == len(kept)
    page.reload()
    assert (select.input_value(), shown(page)) == (chosen, kept)
    page.click("[data-dx-filters] [type=reset]")
    page.wait_for_function("() => !location.search")
    assert len(shown(page)) == everything


def test_a_district_keeps_the_commitments_that_are_split_by_it(watched: Watched, address: str, site: Path) -> None:
    page = watched.page
    year = year_with(site, '<select name="area"')
    page.goto(f"{address}{year}/")
    area = page.locator("[name=area] option").nth(1).inner_text()
    page.select_option("[name=area]", label=area)
    links = page.locator("[data-dx-list] > li:not([hidden]) a")
    first = links.first.get_attribute("href")
    if not page.locator("[data-dx-list] > li[hidden]").count():
        leave_out("year of which only some is split by districts")
    hidden = page.locator("[data-dx-list] > li[hidden] a").first.get_attribute("href")
    for name, expected in ((first, True), (hidden, False)):
        html = (site / year / str(name)).read_text("utf-8")
        assert (re.search(rf'<th scope="?row"?>{re.escape(area)}<', html) is not None) is expected


def test_the_list_is_brought_into_an_order_that_the_address_keeps(watched: Watched, address: str, site: Path) -> None:
    page = watched.page
    years = [(year_with(site, f'<option value="{order}"'), order) for order in ORDERS]
    for year, order in sorted(years):
        if not page.url.startswith(f"{address}{year}/"):
            page.goto(f"{address}{year}/")
        sort_list(page, order)


def sort_list(page: Page, order: str) -> None:
    """Sort a list and take the choice back; for some orders the page is read again in between."""
    printed = shown(page)
    page.select_option("[name=sort]", order)
    assert f"sort={order}" in page.url
    assert page.inner_text("[data-dx-count]").endswith(page.locator("[name=sort] option:checked").inner_text())
    sorted_ones = shown(page)
    if sorted_ones == printed:
        leave_out(f"year that is printed in another order than by {order}")
    assert sorted(sorted_ones) == sorted(printed)
    keys = [key_of(item, order) for item in page.locator("[data-dx-list] > li").all_inner_texts()]
    told = [key for key in keys if key is not None]
    if told:
        assert told == sorted(told, reverse=order.endswith("-desc")) and keys[: len(told)] == told
    if order in READ_AGAIN:
        page.reload()
        assert shown(page) == sorted_ones
    page.click("[data-dx-filters] [type=reset]")
    page.wait_for_function("() => !location.search")
    assert shown(page) == printed


def key_of(item: str, order: str) -> str | float | None:
    """What an item shows of that by which it is sorted."""
    pattern = {"due": r"期限 (\d{4}-\d\d-\d\d)", "attained": r"([\d.,]+)%$"}.get(order.removesuffix("-desc"))
    found = re.search(pattern, item.strip()) if pattern else None
    if found is None:
        return None
    return float(found[1].replace(",", "")) if order.startswith("attained") else found[1]


def test_a_bar_of_the_status_chart_filters_the_list_and_back_undoes_it(
    watched: Watched, address: str, site: Path
) -> None:
    page = watched.page
    page.goto(f"{address}{year_with(site, 'id=.status-desc')}/")
    page.evaluate("window.same = true")
    bar = page.locator("#chart-status svg a").last
    name = bar.locator("title").text_content() or ""
    bar.focus()
    page.keyboard.press("Enter")
    assert page.evaluate("window.same") is True and page.url.endswith("#commitments")
    assert name.endswith(f" {len(shown(page))} 项")
    assert page.evaluate("document.activeElement.id") == "commitments"
    everything = page.locator("[data-dx-list] > li").count()
    page.go_back()
    page.wait_for_function("() => !location.search")
    assert len(shown(page)) == everything


def test_a_bar_of_a_target_leads_to_it_by_keyboard(watched: Watched, address: str, site: Path) -> None:
    page = watched.page
    page.goto(f"{address}{year_with(site, 'chart-targets-')}/")
    link = page.locator("[id^=chart-targets-] svg a").first
    number = (link.locator("text").first.text_content() or "").split(" ")[0]
    link.focus()
    page.keyboard.press("Enter")
    page.wait_for_url(re.compile(r"\.html#t\d+$"))
    assert f"{int(number):03d}.html" in page.url
    assert page.locator(f"[id='{page.url.split('#')[1]}']").is_visible()


def test_a_row_of_the_heat_map_leads_to_its_commitment_and_a_head_to_its_district(
    watched: Watched, address: str, site: Path
) -> None:
    page = watched.page
    page.goto(f"{address}{year_with(site, 'chart-districts')}/")
    total = page.locator("[data-dx-list] > li").count()
    page.locator("#chart-districts svg a[href^='?area=']").first.click()
    assert page.locator("[name=area]").input_value() and 0 < len(shown(page)) <= total
    page.locator("#chart-districts svg a[href$='#districts'] text").first.click()
    page.wait_for_url("**.html#districts")
    assert page.locator("#districts").is_visible()


def test_a_month_leads_to_what_is_due_in_it(watched: Watched, address: str, site: Path) -> None:
    page = watched.page
    page.goto(f"{address}{year_with(site, 'chart-milestones')}/")
    bar = page.locator("#chart-milestones svg a").first
    count = re.search(r"：(\d+) 个节点", bar.locator("title").text_content() or "")
    bar.locator("path").first.click()
    page.wait_for_url(re.compile(r"/due/\?.*#m-\d{4}-\d\d$"))
    group = page.locator(f"[data-dx-group]:has(#{page.url.split('#')[1]})")
    assert count and group.locator("li:not([hidden])").count() == int(count[1])


def test_a_long_chart_can_be_passed_over(watched: Watched, address: str, site: Path) -> None:
    page = watched.page
    page.goto(f"{address}{year_with(site, 'class=.dx-skip')}/")
    skip = page.locator(".dx-skip").first
    skip.focus()
    page.wait_for_timeout(100)
    assert skip.evaluate("node => getComputedStyle(node).clipPath") == "none"
    page.keyboard.press("Enter")
    assert page.evaluate("document.getElementById(location.hash.slice(1)).className") == "dx-caption"


@pytest.mark.parametrize("kind", ["year", "commitment"])
def test_print_has_no_navigation_black_words_and_its_address(tab: OpenTab, address: str, site: Path, kind: str) -> None:
    year = year_with(site, 'id="chart-targets-')
    longest = max((site / year).glob("*-*.html"), key=lambda path: path.stat().st_size).name
    name = f"{year}/" if kind == "year" else f"{year}/{longest}"
    page = tab(1280, 720)
    page.emulate_media(color_scheme="dark")
    page.goto(address + name)
    page.emulate_media(media="print", color_scheme="dark")
    for away in ("header", "nav.dx-crumbs", "footer", "[data-dx-filters]", ".dx-twin"):
        assert not page.locator(away).first.is_visible(), away
    assert page.locator("h1").is_visible()
    assert page.locator("article").evaluate("node => getComputedStyle(node).color") == "rgb(0, 0, 0)"
    logging.getLogger("pdfminer").setLevel(logging.ERROR)
    with pdfplumber.open(io.BytesIO(page.pdf(prefer_css_page_size=True))) as document:
        last, count = document.pages[-1].extract_text(), len(document.pages)
        assert all(abs(sheet.width - 595) < 2 and abs(sheet.height - 842) < 2 for sheet in document.pages), "not A4"
    end = unicodedata.normalize("NFKC", last).replace("\n", "")
    assert re.search(r"网址:https?://.*打印日期:\d{4}-\d\d-\d\d$", end)
    assert kind == "year" or count <= 2, "a commitment fits on two sheets"


def big_page(site: Path, count: int) -> str:
    """A year of as many commitments, in a frame with the real style and scripts."""
    register = examples.make_register(examples.Words())
    made = tuple(
        msgspec.structs.replace(
            register.commitments[place % 3],
            id=f"testville-2024-livelihood-{place + 1:04d}",
            position=place + 1,
            due=date(2024, 1 + place % 12, 1 + place % 28),
            responsibilities=(Responsibility(role="lead", unit=f"市第{place % 60}局"),),
        )
        for place in range(count)
    )
    (city,) = registers_to_cities([examples.assess(msgspec.structs.replace(register, commitments=made), WORDS)])
    body = render_city_year(city.years[0], lambda chart: "").markdown.split("---", 2)[2]
    base = "../assets/duixian/"
    head = f'<meta charset="utf-8"><link rel="stylesheet" href="{base}duixian.css"><link rel="icon" href="data:,">'
    script = f'<script src="{base}list.js"></script>'
    return (
        f'<!doctype html><html lang="zh">{head}<body data-md-color-scheme="default">'
        f'<article class="md-typeset">{body}</article>{script}'
    )


@pytest.mark.journey
def test_a_list_of_two_thousand_is_filtered_whole(watched: Watched, address: str, site: Path) -> None:
    page = watched.page
    html = big_page(site, 2000)
    page.route("**/big/", lambda route: route.fulfill(body=html, content_type="text/html; charset=utf-8"))
    page.goto(f"{address}big/")
    rows = "document.querySelectorAll('[data-dx-list] > li:not([hidden])').length"
    assert page.evaluate(rows) == 2000
    page.select_option("[name=unit]", index=1)
    assert page.evaluate(rows) == 2000 // 60 + 1
    page.fill("[name=text]", "没有这样的承诺")
    assert page.locator("[data-dx-empty]").is_visible() and page.evaluate(rows) == 0


@pytest.mark.parametrize(("width", "height"), [(1280, 900), (360, 780)])
def test_home_says_what_is_new_and_found_on_its_first_screen(
    tab: OpenTab, address: str, width: int, height: int
) -> None:
    page = tab(width, height)
    page.goto(address)
    for selector in (".dx-lead", ".dx-newest a", ".dx-counts"):
        box = page.locator(selector).first.bounding_box()
        assert box and box["y"] + box["height"] <= height, selector
    if width > 1000:
        for selector in ("#cities", ".dx-years li", "#found", "#documents", "#documents + ul li"):
            box = page.locator(selector).first.bounding_box()
            assert box and box["y"] + box["height"] <= height, selector


def test_charts_fit_their_page(tab: OpenTab, address: str, site: Path) -> None:
    page = tab(1280, 900)
    wide = []
    for year in city_years(site):
        page.goto(f"{address}{year}/")
        for width in (1280, 360):
            page.set_viewport_size({"width": width, "height": 900})
            wide += page.evaluate(
                """year => [...document.querySelectorAll("svg.dx-chart, svg.dx-chart text")]
                    .filter(node => node.getBoundingClientRect().right > innerWidth + 1
                        || node.getBoundingClientRect().left < -1)
                    .map(node => `${year} ${innerWidth} ${node.textContent.slice(0, 40)}`)""",
                year,
            )
    assert wide == []
