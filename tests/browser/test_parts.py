"""The home of a site in parts, looked at: old addresses lead on, and a search goes to the part that is chosen."""

from __future__ import annotations

from collections.abc import Iterator
from urllib.parse import quote

import pytest
from playwright.sync_api import Page

from generator.parts import HOME
from generator.publish import build_site, write_part_content
from tests.browser.conftest import OpenTab, served, site_path
from tests.conftest import REPOSITORY
from tests.own import OWN_REGISTERS
from tests.part_examples import write_split

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.journey, pytest.mark.own(*OWN_REGISTERS)]

PART = "https://huzhou.example.org/x/"


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The home, served under the path that it was built for."""
    root = tmp_path_factory.mktemp("home")
    write_split(root)
    write_part_content(root / "content", HOME, root / "here")
    site = root / "site"
    build_site(root / "here", root / "datapackage", root / "docs", site, REPOSITORY / "mkdocs.yml")
    with served(site, site_path(site)) as url:
        yield url


@pytest.fixture
def page(tab: OpenTab) -> Page:
    """A page for which a part of the site answers whatever is asked."""
    opened = tab(1280, 900)
    opened.route(f"{PART}**", lambda route: route.fulfill(body="the part", content_type="text/plain"))
    return opened


@pytest.mark.parametrize("path", ["huzhou/2023/key-work-001.html", "huzhou/departments/?status=met"])
def test_an_address_from_before_the_split_leads_on(page: Page, home: str, path: str) -> None:
    page.goto(home + path)
    page.wait_for_url(PART + path)
    assert page.inner_text("body") == "the part"


def test_an_address_of_no_place_stays_missing(page: Page, home: str) -> None:
    page.goto(home + "atlantis/2023/", wait_until="networkidle")
    assert page.url == home + "atlantis/2023/" and "没有这个页面" in page.inner_text("h1")


def test_a_search_goes_to_the_part_that_is_chosen(page: Page, home: str) -> None:
    page.goto(home)
    page.fill("input[name=q]", "养老")
    page.click(f'button[formaction="{PART}"]')
    page.wait_for_url(f"{PART}?q={quote('养老')}")


def test_a_part_answers_the_search_that_comes_to_it(tab: OpenTab, address: str) -> None:
    opened = tab(1280, 900)
    opened.goto(f"{address}?q={quote('养老')}")
    opened.wait_for_selector(".md-search-result__item")
    assert opened.locator(".md-search-result__item").count() > 1
