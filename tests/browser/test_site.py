"""The built site in Chromium: a commitment, filters, narrow screens, dark palette, no script."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Locator, Page

from tests.browser.conftest import Watched
from tests.browser.page_kinds import YEARS, longest_page
from tests.own import leave_out

pytestmark = [pytest.mark.browser, pytest.mark.slow]


def test_filters_are_kept_in_the_address(watched: Watched, address: str, site: Path) -> None:
    page = watched.page
    page.goto(f"{address}{longest_page(site, YEARS, 'year')}")
    items = page.locator("[data-dx-list] > li")
    everything = items.count()
    if everything < 2:
        leave_out("year with two commitments")
    page.locator("[data-dx-filters] [name=text]").fill(items.first.locator("a").first.inner_text())
    shown = page.locator("[data-dx-list] > li:not([hidden])").count()
    assert 0 < shown < everything
    assert "text=" in page.url
    page.reload()
    assert page.locator("[data-dx-list] > li:not([hidden])").count() == shown
    assert f"{shown} / {everything}" in page.locator("[data-dx-count]").inner_text()
    page.locator("[data-dx-filters] [name=text]").fill("没有这个词哦")
    assert page.locator("[data-dx-empty]").is_visible()
    page.locator("[data-dx-filters] button").click()
    page.wait_for_function("() => !location.search")
    assert page.locator("[data-dx-list] > li:not([hidden])").count() == everything


def attributes(found: Locator, name: str) -> list[str | None]:
    """The attribute of each element, asked for once."""
    told: list[str | None] = found.evaluate_all("(items, name) => items.map(item => item.getAttribute(name))", name)
    return told


def test_a_theme_leads_to_the_list_of_a_year_with_its_filter(watched: Watched, address: str, site: Path) -> None:
    page = watched.page
    of_theme = longest_page(site, "themes/*/index.html", "commitment with a theme", having=r"\?theme=")
    theme = of_theme.split("/")[1]
    page.goto(address + of_theme)
    page.locator("a[href*='?theme=']").first.click()
    page.wait_for_load_state()
    shown = page.locator("[data-dx-list] > li:not([hidden])")
    assert page.locator("[data-dx-filters] [name=theme]").input_value() == theme
    assert 0 < shown.count() <= page.locator("[data-dx-list] > li").count()
    assert all(theme in (said or "") for said in attributes(shown, "data-theme"))
    page.locator("[data-dx-filters] button").click()
    page.wait_for_function("() => !location.search.includes('theme=')")


@pytest.mark.journey
@pytest.mark.parametrize(
    ("name", "controls"), [("findings", ("check", "severity", "place")), ("due", ("place",)), ("silence", ("kind",))]
)
def test_lists_in_groups_are_filtered_by_keyboard_and_the_choice_is_kept(
    watched: Watched, address: str, name: str, controls: tuple[str, ...]
) -> None:
    page = watched.page
    page.goto(f"{address}{name}/")
    for control in controls:
        if not page.locator(f"[data-dx-filters] [name={control}]").count():
            leave_out(f"list of {name} to be filtered by {control}")
        choose_filter(page, f"{address}{name}/", control)


def choose_filter(page: Page, address: str, control: str) -> None:
    """Choose the first value of a filter; read the page again, and then with a value that there is not."""
    everything = page.locator("[data-dx-list] > li").count()
    select = page.locator(f"[data-dx-filters] [name={control}]")
    select.focus()
    page.keyboard.press("ArrowDown")
    chosen = select.input_value()
    page.wait_for_url(f"**?{control}={chosen}")
    shown = page.locator("[data-dx-list] > li:not([hidden])")
    values = attributes(shown, f"data-{control}")
    assert values == [chosen] * len(values) != []
    status = page.locator("[role=status][data-dx-count]")
    assert f"显示 {len(values)} / {everything} " in status.inner_text()
    groups = page.locator("[data-dx-group]:visible")
    counts = "groups => groups.map(group => group.querySelectorAll('li:not([hidden])').length)"
    told = groups.locator("[data-dx-group-count]").all_inner_texts()
    assert [int(text.split(" ")[0]) for text in told] == groups.evaluate_all(counts)
    assert sum(int(text.split(" ")[0]) for text in told) == len(values)
    page.reload()
    assert (select.input_value(), shown.count()) == (chosen, len(values))
    page.goto(f"{address}?{control}=nothing-of-this-name")
    assert shown.count() == everything and select.input_value() == ""


def test_a_year_leads_to_its_findings(watched: Watched, address: str, site: Path) -> None:
    page = watched.page
    findings = json.loads((site / "data/all/findings.json").read_text(encoding="utf-8"))
    if not findings:
        leave_out("finding")
    place, year = re.split(r"-(\d{4})-", findings[0]["finding_id"])[:2]
    page.goto(f"{address}{place}/{year}/")
    page.locator("a[href*='findings/?place=']").click()
    page.wait_for_load_state()
    shown = page.locator("[data-dx-list] > li:not([hidden])")
    assert (set(attributes(shown, "data-place")), set(attributes(shown, "data-year"))) == ({place}, {year})
    assert page.locator("[data-dx-filters]").is_visible() and page.evaluate("() => scrollY") > 0


def test_units_are_filtered_by_name_and_status(watched: Watched, address: str, site: Path) -> None:
    ledger = max(site.glob("*/departments/index.html"), key=lambda path: path.stat().st_size)
    page = watched.page
    page.goto(f"{address}{ledger.parent.relative_to(site).as_posix()}/")
    rows = page.locator("[data-dx-list] > tr")
    shown = page.locator("[data-dx-list] > tr:not([hidden])")
    total = rows.count()
    if total < 2:
        leave_out("place with two units")
    page.fill("[data-dx-filters] [name=text]", rows.last.locator("th").inner_text())
    assert 0 < shown.count() < total
    assert page.inner_text("[data-dx-count]") == f"显示 {shown.count()} / {total} 项" and "text=" in page.url
    page.click("[data-dx-filters] [type=reset]")
    page.wait_for_function("() => !location.search")
    status = page.locator("[data-dx-filters] [name=status] option").nth(1).get_attribute("value")
    page.select_option("[data-dx-filters] [name=status]", status)
    assert shown.count() and all(status in (said or "").split("|") for said in attributes(shown, "data-status"))
    shown.first.locator("th a").click()
    page.wait_for_selector("#led")


def test_reading_works_without_scripts(browser: Browser, address: str, site: Path) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{address}{longest_page(site, YEARS, 'year')}")
    assert page.locator("[data-dx-list] > li").first.is_visible()
    assert not page.locator("[data-dx-filters]").is_visible()
    page.locator("[data-dx-list] a").first.click()
    assert page.locator("h1").inner_text()
    for name in ("findings", "due", "silence"):
        page.goto(f"{address}{name}/")
        assert not page.locator("[data-dx-filters]").is_visible()
        if not page.locator("[data-dx-list] > li").count():
            leave_out(f"list of {name}")
        assert page.locator("[data-dx-list] > li").last.is_visible()
    context.close()


def test_a_missing_page_has_the_way_home(browser: Browser, address: str) -> None:
    context = browser.new_context()
    page = context.new_page()
    page.goto(f"{address}no/such/page.html")
    assert "没有这个页面" in page.inner_text("h1")
    context.close()
