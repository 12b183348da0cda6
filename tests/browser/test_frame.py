"""The frame of every page by keyboard: skip link, menu, search, palette, contents; and without scripts."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page

from tests.browser.conftest import OpenTab, Watched
from tests.browser.page_kinds import longest_page
from tests.own import leave_out

pytestmark = [pytest.mark.browser, pytest.mark.slow]

FOCUSED = "() => document.activeElement.className + ' ' + document.activeElement.textContent.trim()"


COMMITMENTS = "*/*/*-[0-9][0-9][0-9].html"
FOUR_RATES = r"(?s)dx-rates.*?<tbody>(?:.*?<b\b){4}"


@pytest.fixture
def narrow(tab: OpenTab, address: str) -> Iterator[Page]:
    """A page 320 wide: a phone, or a window of 1280 at 400 %."""
    seen = Watched(tab(320, 640), address)
    seen.page.goto(f"{address}method/")
    yield seen.page
    assert seen.complaints == []


def test_the_first_stop_leads_to_the_text(watched: Watched, address: str) -> None:
    page = watched.page
    page.goto(f"{address}method/")
    page.keyboard.press("Tab")
    assert "跳到正文" in page.evaluate(FOCUSED)
    page.wait_for_function("() => getComputedStyle(document.activeElement).opacity === '1'")
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    assert page.evaluate("() => !!document.activeElement.closest('article')")


def test_every_stop_of_the_head_shows_its_focus(watched: Watched, address: str) -> None:
    page = watched.page
    page.goto(f"{address}method/")
    stops = page.locator(".md-header :is(a, input:not([type=checkbox]), button:visible), .dx-nav a").count()
    for _ in range(stops):
        page.keyboard.press("Tab")
        outline = page.evaluate("() => { const s = getComputedStyle(document.activeElement); return s.outlineStyle; }")
        assert outline == "solid", page.evaluate(FOCUSED)


def test_the_menu_opens_and_closes_by_keyboard(narrow: Page) -> None:
    button = narrow.locator("[data-dx-menu]")
    links = narrow.locator(".dx-nav a")
    assert not links.first.is_visible()
    button.focus()
    narrow.keyboard.press("Enter")
    assert links.last.is_visible() and button.get_attribute("aria-expanded") == "true"
    assert "首页" in narrow.evaluate(FOCUSED)
    narrow.keyboard.press("Escape")
    assert not links.first.is_visible() and button.get_attribute("aria-expanded") == "false"
    assert "dx-tool--menu" in narrow.evaluate(FOCUSED)
    narrow.keyboard.press("Enter")
    for _ in range(links.count()):
        narrow.keyboard.press("Tab")
    assert not links.first.is_visible() and narrow.evaluate("() => !!document.activeElement.closest('main')")


def test_the_search_opens_and_closes_by_keyboard(narrow: Page) -> None:
    narrow.locator(".dx-tool--search").focus()
    assert not narrow.locator(".md-search__input").is_visible()
    narrow.keyboard.press("Enter")
    assert "md-search__input" in narrow.evaluate(FOCUSED)
    narrow.keyboard.press("Escape")
    assert "dx-tool--search" in narrow.evaluate(FOCUSED)
    narrow.wait_for_function(
        "() => getComputedStyle(document.querySelector('.md-search__input')).visibility == 'hidden'"
    )


def test_keys_of_one_character_do_nothing_outside_of_fields(watched: Watched, address: str) -> None:
    page = watched.page
    page.goto(address)
    for key in ("s", "f", "/", "p", "n"):
        page.keyboard.press(key)
    assert page.url == address and not page.locator("#__search").is_checked()


def test_the_palette_is_chosen_and_remembered(watched: Watched, address: str) -> None:
    page = watched.page
    page.goto(address)
    button = page.locator("[data-dx-palette]")
    seen = []
    for _ in range(3):
        button.focus()
        page.keyboard.press("Enter")
        page.reload()
        seen.append((button.get_attribute("aria-label"), page.get_attribute("body", "data-md-color-scheme")))
    assert seen == [
        ("配色：浅色，点按改为深色", "default"),
        ("配色：深色，点按改为跟随系统", "slate"),
        ("配色：跟随系统，点按改为浅色", "default"),
    ]
    page.emulate_media(color_scheme="dark")
    page.wait_for_selector("body[data-md-color-scheme=slate]")


def test_the_contents_follow_the_reader(watched: Watched, address: str) -> None:
    page = watched.page
    page.goto(f"{address}method/")
    link = page.locator(".md-nav--secondary .md-nav__link").nth(3)
    link.click()
    page.wait_for_selector(".md-nav__link--active")
    assert page.url.endswith(str(link.get_attribute("href")))
    page.mouse.wheel(0, 2000)
    page.wait_for_timeout(200)
    page.mouse.wheel(0, -300)
    page.wait_for_selector(".md-top:not([hidden])")
    page.locator(".md-top").click()
    page.wait_for_function("() => scrollY === 0")


def test_tables_are_stops_only_where_they_scroll(narrow: Page, watched: Watched, address: str, site: Path) -> None:
    commitment = longest_page(site, COMMITMENTS, "table of districts", having="dx-matrix")
    wide = watched.page
    for page in (narrow, wide):
        page.goto(f"{address}{commitment}")
    if not narrow.evaluate("[...document.querySelectorAll('.dx-scroll')].some(it => it.scrollWidth > it.clientWidth)"):
        leave_out("table of districts too wide for a phone")
    box = narrow.locator(".dx-scroll[role=group]").first
    assert box.get_attribute("tabindex") == "0" and box.get_attribute("aria-label") == "区县分解"
    assert wide.locator(".dx-matrix").count() and not wide.locator("article .dx-scroll[tabindex]").count()


def test_verdicts_on_rates_are_not_cut_off_on_a_phone(narrow: Page, address: str, site: Path) -> None:
    narrow.goto(address + longest_page(site, COMMITMENTS, "four rates in one commitment", having=FOUR_RATES))
    verdicts = narrow.locator(".dx-rates tbody b")
    assert verdicts.count() > 3
    width = narrow.evaluate("innerWidth")
    boxes = [verdict.bounding_box() for verdict in verdicts.all()]
    assert all(box and box["x"] >= 0 and box["x"] + box["width"] <= width for box in boxes)


def test_the_navigation_is_there_without_scripts(browser: Browser, address: str) -> None:
    context = browser.new_context(java_script_enabled=False, viewport={"width": 360, "height": 640})
    page = context.new_page()
    page.goto(f"{address}method/")
    assert page.locator(".dx-nav a").last.is_visible()
    assert not page.locator(".md-header button").count()
    context.close()
