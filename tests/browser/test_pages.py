"""Each kind of page on wide and narrow screens, light and dark: accessible, within its window, asking no other host."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Page
from playwright.sync_api import TimeoutError as PlaywrightTimeout

from tests.browser.checkers import require_axe
from tests.browser.conftest import Watched
from tests.browser.page_kinds import KINDS, PageKind

pytestmark = [pytest.mark.browser, pytest.mark.slow]

SCREENS = [(width, palette) for width in (1280, 360) for palette in ("light", "dark")]

#: Rules of WCAG 2.2 AA and what axe calls best practice, all of them, on the whole page with everything unfolded.
RUN_AXE = """async () => {
    document.querySelectorAll("details").forEach(details => { details.open = true; });
    await new Promise(drawn => requestAnimationFrame(() => requestAnimationFrame(drawn)));
    const tags = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22a", "wcag22aa", "best-practice"];
    const found = await axe.run(document, {runOnly: tags, resultTypes: ["violations"]});
    return found.violations.flatMap(rule => rule.nodes.map(node => `${rule.id}: ${node.html.slice(0, 160)}`));
}"""

#: A page that fits its window; a page still laying itself out is given time before it is called too wide.
FITS = "() => document.readyState === 'complete' && document.documentElement.scrollWidth <= innerWidth"


def violations(page: Page) -> list[str]:
    """What axe finds wrong, rule by rule and element by element."""
    found: list[str] = page.evaluate(RUN_AXE)
    return found


def fits(page: Page) -> bool:
    try:
        page.wait_for_function(FITS, timeout=5_000)
    except PlaywrightTimeout:
        return False
    return True


@pytest.fixture(scope="module", params=SCREENS, ids=[f"{width}-{palette}" for width, palette in SCREENS])
def screen(request: pytest.FixtureRequest, browser: Browser) -> Iterator[tuple[BrowserContext, str]]:
    """A window of one width and palette, with axe in every page; and the scheme that the theme must choose."""
    width, palette = request.param
    context = browser.new_context(viewport={"width": width, "height": 800}, color_scheme=palette)
    context.add_init_script(require_axe())
    yield context, "slate" if palette == "dark" else "default"
    context.close()


@pytest.mark.parametrize("kind", KINDS, ids=str)
def test_a_page_is_accessible_and_whole(
    screen: tuple[BrowserContext, str], published: str, site: Path, kind: PageKind
) -> None:
    context, scheme = screen
    seen = Watched(context.new_page(), published)
    seen.page.goto(published + kind.find(site))
    assert fits(seen.page)
    assert seen.page.get_attribute("body", "data-md-color-scheme") == scheme
    found = violations(seen.page)
    seen.page.close()
    assert found == []
    assert seen.complaints == []


@pytest.mark.parametrize(
    ("harm", "rule"),
    [
        ("document.querySelector('main').insertAdjacentHTML('beforeend', '<img src=\"data:,\">')", "image-alt"),
        ("document.querySelector('main p').style.color = 'var(--dx-soft)'", "color-contrast"),
        ("document.querySelector('main').insertAdjacentHTML('beforeend', '<h6>x</h6>')", "heading-order"),
    ],
)
def test_harm_is_noticed(screen: tuple[BrowserContext, str], published: str, harm: str, rule: str) -> None:
    page = screen[0].new_page()
    page.goto(f"{published}about/")
    page.evaluate(harm)
    assert {said.partition(":")[0] for said in violations(page)} == {rule}
    page.close()


def test_a_page_wider_than_its_window_is_noticed(watched: Watched, address: str) -> None:
    watched.page.goto(address)
    watched.page.evaluate("document.querySelector('main').style.width = '3000px'")
    with pytest.raises(PlaywrightTimeout):
        watched.page.wait_for_function(FITS, timeout=300)


def test_complaints_of_the_console_and_foreign_requests_are_noticed(browser: Browser, published: str) -> None:
    context = browser.new_context()
    context.route("**/*.example/**", lambda route: route.abort())
    seen = Watched(context.new_page(), published)
    seen.page.goto(published)
    seen.page.evaluate("() => { console.error('no'); return fetch('https://other.example/').catch(() => 0); }")
    context.close()
    said = " / ".join(seen.complaints)
    assert "error: no" in said and "foreign: https://other.example/" in said


def test_search_and_menu_are_accessible_when_open(screen: tuple[BrowserContext, str], published: str) -> None:
    page = screen[0].new_page()
    page.goto(f"{published}about/")
    opener = page.locator(".dx-tool--search")
    narrow = opener.is_visible()
    (opener if narrow else page.locator(".md-search__input")).click()
    page.keyboard.insert_text("养老")
    page.keyboard.press("Shift")
    page.wait_for_selector(".md-search-result__link mark")
    page.wait_for_timeout(400)
    found = violations(page)
    page.keyboard.press("Escape")
    if narrow:
        page.locator(".dx-tool--menu").click()
        found += violations(page)
    page.close()
    assert found == []
