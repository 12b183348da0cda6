"""Stamped pages leave to scripts what only scripts can do; what is read stands there without them."""

from __future__ import annotations

import html
import re
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, Route

from tests.browser.conftest import OpenTab, Watched
from tests.browser.page_kinds import longest_page

pytestmark = [pytest.mark.browser, pytest.mark.slow]

COMMITMENTS = "*/*/*-[0-9][0-9][0-9].html"
BLOCKS = ".dx-cite pre > code"


@pytest.fixture
def commitment(site: Path) -> str:
    """The address of a page of a commitment, from the root of the site."""
    return longest_page(site, COMMITMENTS, "commitment", having="id=cite")


def test_the_citation_is_made_into_bibtex(watched: Watched, address: str, commitment: str) -> None:
    page = watched.page
    page.goto(address + commitment)
    page.wait_for_function(f"() => document.querySelectorAll('{BLOCKS}').length === 2")
    line, bibtex = page.locator(BLOCKS).all_text_contents()
    url = page.locator("link[rel=canonical]").get_attribute("href")
    number = "-".join(commitment.removesuffix(".html").split("/"))
    assert line.endswith(f" {url}") and f" ({number})[DB/OL]." in line
    title = re.search(r"title = \{(.*)\},\n", bibtex)
    assert title and title[1].replace("\\", "") in line
    assert bibtex.startswith(f"@misc{{{number},\n") and bibtex.endswith(f"\nurl = {{{url}}}\n}}")
    assert f"year = {{{commitment.split('/')[1]}}}," in bibtex
    assert page.locator(".dx-cite h3").all_text_contents() == ["GB/T 7714—2015", "BibTeX"]


def test_what_means_something_to_tex_is_escaped(watched: Watched, address: str, commitment: str) -> None:
    page, site_name = watched.page, ""

    def answer(route: Route) -> None:
        nonlocal site_name
        text = route.fetch().text()
        site_name = html.unescape(re.findall(r'og:site_name"? content="([^"]*)"', text)[0])
        cited = html.escape(
            f"{site_name}. 降 5% & {{a}}_b #1 $2 \\x <i> (a-1) (x-1)[DB/OL]. (x-2)[DB/OL]. (2024)[…]. u"
        )
        route.fulfill(body=re.sub(r"(?<=<pre><code>)[^<]*", lambda _: cited, text), content_type="text/html")

    page.route(f"**/{commitment}", answer)
    page.goto(address + commitment)
    page.wait_for_function(f"() => document.querySelectorAll('{BLOCKS}').length === 2")
    bibtex = page.locator(BLOCKS).last.text_content() or ""
    assert bibtex.startswith("@misc{x-2,\n")
    assert r"title = {降 5\% \& \{a\}\_b \#1 \$2 x <i> (a-1) (x-1)[DB/OL].}," in bibtex
    assert f"author = {{{{{site_name}}}}}," in bibtex


def test_without_scripts_the_citation_has_the_permanent_address(
    browser: Browser, address: str, commitment: str
) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(address + commitment)
    (line,) = page.locator(BLOCKS).all_text_contents()
    assert line.endswith(f" {page.locator('link[rel=canonical]').get_attribute('href')}")
    assert page.locator(".dx-nav a").first.is_visible()
    assert page.locator("input, dialog, .md-dialog").count() == 0
    context.close()


@pytest.mark.parametrize("pattern", [COMMITMENTS, "*/departments/*/index.html"])
def test_menu_and_search_work_as_on_every_page(tab: OpenTab, address: str, site: Path, pattern: str) -> None:
    seen = Watched(tab(320, 640), address)
    page: Page = seen.page
    page.goto(address + longest_page(site, pattern, "stamped page", lacking="http-equiv=.?refresh"))
    links = page.locator(".dx-nav a")
    assert not links.first.is_visible()
    page.locator("[data-dx-menu]").click()
    assert links.last.is_visible()
    page.keyboard.press("Escape")
    assert not links.first.is_visible()
    page.locator(".dx-tool--search").click()
    assert page.locator(".md-search__input").is_visible()
    page.keyboard.insert_text("养老")
    page.keyboard.press("End")
    page.wait_for_selector(".md-search-result__link")
    assert seen.complaints == []
