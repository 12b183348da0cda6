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


#: What is planted, and the directive that stops it, as its report names it. The base comes last: it is planted alone.
PLANTED = {
    "<script>window.planted = 1</script>": "script-src-elem inline",
    "<img src=x onerror='window.planted = 2'>": "script-src-attr inline",
    "<iframe srcdoc='<script>top.planted = 3</script>'></iframe>": "script-src-elem inline",
    "<script src='https://evil.example/a.js'></script>": "script-src-elem https://evil.example/a.js",
    "<script src='data:text/javascript,window.planted = 4'></script>": "script-src-elem data",
    "<script type=module>window.planted = 5</script>": "script-src-elem inline",
    "<a id=dx-planted href='javascript:window.planted = 6'>x</a>": "script-src-elem inline",
    "<style>body { --dx-planted: 1 }</style>": "style-src-elem inline",
    "<base href='https://evil.example/'>": "base-uri https://evil.example/",
}


@pytest.mark.parametrize("number", [slice(0, -1), slice(-1, None)], ids=["all but one", "base"])
def test_what_is_planted_does_not_run(looked_at: tuple[Watched, str], number: slice) -> None:
    seen, root = looked_at
    page, planted = seen.page, [*PLANTED][number]
    seen.complaints.clear()

    def plant(route: Route) -> None:
        text = route.fetch().text()
        assert "<h1" in text
        route.fulfill(body=text.replace("<h1", f"{''.join(planted)}<h1", 1), content_type="text/html")

    page.route(f"{root}about/", plant)
    page.goto(f"{root}about/")
    page.evaluate("() => document.getElementById('dx-planted')?.click()")
    page.wait_for_timeout(300)
    page.unroute_all()
    style = "getComputedStyle(document.body).getPropertyValue('--dx-planted')"
    assert page.evaluate(f"() => [window.planted, {style}, document.baseURI]") == [None, "", f"{root}about/"]
    told = [" ".join(said.split()[2:4]) for said in seen.complaints if said.startswith("error: policy: ")]
    assert sorted(told) == sorted(PLANTED[one] for one in planted)


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
