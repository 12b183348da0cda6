"""The Content-Security-Policy of every page: it stands before all else, stops what is planted and nothing of ours."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, Route

from generator.pages.environment import render
from tests.browser.conftest import Watched, served, site_path
from tests.browser.page_kinds import KINDS, PageKind

pytestmark = [pytest.mark.browser, pytest.mark.slow]

_META = re.compile(r'<meta http-equiv="?Content-Security-Policy"? content="([^"]*)">')
_ACTS = re.compile(r"<script|<link|<style|<body", re.IGNORECASE)
_SCRIPT = re.compile(r"<script([^>]*)>(.*?)</script>", re.DOTALL | re.IGNORECASE)

#: Reports of the policy, from before the first script on.
LISTEN = """addEventListener("securitypolicyviolation", event => {
    console.error(`policy: ${event.violatedDirective} ${event.blockedURI} ${event.sample}`);
})"""


def test_every_page_has_the_one_policy_before_anything_that_acts(site: Path) -> None:
    (ours,) = _META.findall(render("policy.html"))
    pages = sorted(site.rglob("*.html"))
    assert len(pages) > 20
    for path in pages:
        text = path.read_text(encoding="utf-8")
        (found,) = _META.finditer(text)
        first = _ACTS.search(text)
        assert found.group(1) == ours and first and found.start() < first.start(), path


def test_no_page_has_a_script_inside_it(site: Path) -> None:
    """What the policy would stop: so it needs to name none by its hash."""
    for path in sorted(site.rglob("*.html")):
        for attributes, inside in _SCRIPT.findall(path.read_text(encoding="utf-8")):
            assert "ld+json" in attributes or ("src=" in attributes and not inside.strip()), path


@pytest.fixture(scope="module")
def looked_at(browser: Browser, site: Path) -> Iterator[tuple[Watched, str]]:
    """A page of a site under the path that it was built for; what the policy stops is complained of."""
    with served(site, site_path(site)) as root:
        context = browser.new_context()
        context.add_init_script(LISTEN)
        seen = Watched(context.new_page(), root)
        yield seen, root
        context.close()


@pytest.mark.journey
@pytest.mark.parametrize(("width", "palette"), [(1280, "light"), (360, "dark")])
@pytest.mark.parametrize("kind", KINDS, ids=str)
def test_the_policy_stops_nothing_that_a_page_does(
    looked_at: tuple[Watched, str], site: Path, kind: PageKind, width: int, palette: str
) -> None:
    seen, root = looked_at
    page = seen.page
    seen.complaints.clear()
    page.set_viewport_size({"width": width, "height": 800})
    page.emulate_media(color_scheme=palette)  # type: ignore[arg-type]
    page.goto(root + kind.find(site))
    page.wait_for_selector(".dx-tools")
    page.click("[data-dx-palette]")
    for box in page.locator("[data-dx-filters] select:visible").all()[:2]:
        box.select_option(index=1)
    use_search(page)
    page.click(".dx-language")
    page.emulate_media(media="print")
    page.wait_for_timeout(100)
    page.emulate_media(media="screen")
    page.evaluate("() => localStorage.clear()")
    assert seen.complaints == []


def use_search(page: Page) -> None:
    opener = page.locator(".dx-tool--search")
    (opener if opener.is_visible() else page.locator(".md-search__input")).click()
    page.keyboard.insert_text("养老")
    page.keyboard.press("Shift")
    page.wait_for_selector(".md-search-result__link mark")
    page.keyboard.press("Escape")
    page.keyboard.press("Escape")
    page.wait_for_timeout(300)


PLANTED = {
    "script": "<script>window.planted = 1</script>",
    "handler": "<img src=x onerror='window.planted = 1'>",
    "frame": "<iframe srcdoc='<script>top.planted = 1</script>'></iframe>",
    "foreign": "<script src='https://evil.example/a.js'></script>",
    "data": "<script src='data:text/javascript,window.planted = 1'></script>",
    "module": "<script type=module>window.planted = 1</script>",
    "link": "<a id=dx-planted href='javascript:window.planted = 1'>x</a>",
    "style": "<style>body { --dx-planted: 1 }</style>",
    "base": "<base href='https://evil.example/'>",
}


@pytest.mark.parametrize("name", PLANTED)
def test_what_is_planted_does_not_run(browser: Browser, site: Path, name: str) -> None:
    context = browser.new_context()
    page = context.new_page()
    stopped: list[str] = []
    page.on("console", lambda said: stopped.append(said.text))

    def plant(route: Route) -> None:
        text = route.fetch().text()
        assert "<h1" in text
        route.fulfill(body=text.replace("<h1", f"{PLANTED[name]}<h1", 1), content_type="text/html")

    with served(site, site_path(site)) as root:
        page.route(f"{root}about/", plant)
        page.goto(f"{root}about/")
        if name == "link":
            page.evaluate("() => document.getElementById('dx-planted').click()")
        page.wait_for_timeout(300)
        style = "getComputedStyle(document.body).getPropertyValue('--dx-planted')"
        assert page.evaluate(f"() => [window.planted, {style}, document.baseURI]") == [None, "", f"{root}about/"]
        context.close()
    assert any("Content Security Policy" in said for said in stopped), stopped


def test_pages_opened_from_a_disk_have_their_styles_and_scripts(browser: Browser, site: Path) -> None:
    """Search asks for files, which browsers refuse there with any policy; all else works."""
    context = browser.new_context()
    page = context.new_page()
    said: list[str] = []
    page.on("console", lambda message: said.append(message.text))
    page.goto((site / "index.html").as_uri())
    page.wait_for_selector(".dx-tools")
    assert page.evaluate("() => getComputedStyle(document.querySelector('.dx-tools')).display") == "flex"
    page.click("[data-dx-palette]")
    assert page.get_attribute("[data-dx-palette]", "data-dx-palette") == "light"
    context.close()
    assert [text for text in said if "Content Security Policy" in text] == []
