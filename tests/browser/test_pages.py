"""Each kind of page on wide and narrow screens, light and dark: accessible, within its window, asking no other host."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Literal

import pytest
from playwright.sync_api import Browser, Page
from playwright.sync_api import TimeoutError as PlaywrightTimeout

from tests.browser.checkers import require_axe
from tests.browser.conftest import Watched
from tests.browser.page_kinds import KINDS, PageKind

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.journey]

Palette = Literal["light", "dark"]

#: Width, the palette that a page is opened in, and the one that it is then changed to.
SCREENS: tuple[tuple[int, Palette, Palette], ...] = ((1280, "light", "dark"), (360, "dark", "light"))
SCHEMES = {"light": "default", "dark": "slate"}

#: Axe on the whole page with everything unfolded and every colour that fades into another arrived.
RUN_AXE = """async (only) => {
    document.querySelectorAll("details").forEach(details => { details.open = true; });
    await new Promise(drawn => requestAnimationFrame(() => requestAnimationFrame(drawn)));
    await Promise.allSettled(document.getAnimations().map(fading => fading.finished));
    const found = await axe.run(document, {runOnly: only, resultTypes: ["violations"]});
    return found.violations.flatMap(rule => rule.nodes.map(node => `${rule.id}: ${node.html.slice(0, 160)}`));
}"""

#: Rules of WCAG 2.2 AA and what axe calls best practice, all of them.
EVERYTHING = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22a", "wcag22aa", "best-practice"]

#: Those of them that look at colours. The others look at names, roles, order and size, which no palette changes.
COLOURS = {"type": "rule", "values": ["color-contrast", "link-in-text-block"]}

#: A page that fits its window; a page still laying itself out is given time before it is called too wide.
FITS = "() => document.readyState === 'complete' && document.documentElement.scrollWidth <= innerWidth"


def violations(page: Page) -> list[str]:
    """What axe finds wrong, rule by rule and element by element."""
    found: list[str] = page.evaluate(RUN_AXE, EVERYTHING)
    return found


def choose_palette(page: Page, palette: Palette) -> None:
    """Have the system ask for a palette, and wait until the page shows it."""
    page.emulate_media(color_scheme=palette)
    page.wait_for_selector(f"body[data-md-color-scheme={SCHEMES[palette]}]")


def violations_of_colour(page: Page, palette: Palette) -> list[str]:
    """What axe finds wrong with the colours of a page that is there, in the other palette."""
    choose_palette(page, palette)
    found: list[str] = page.evaluate(RUN_AXE, COLOURS)
    return found


def fits(page: Page) -> bool:
    try:
        page.wait_for_function(FITS, timeout=5_000)
    except PlaywrightTimeout:
        return False
    return True


@pytest.fixture(scope="module")
def looked_at(browser: Browser, published: str) -> Iterator[Watched]:
    """A page that goes from kind to kind, with axe in it."""
    context = browser.new_context()
    context.add_init_script(require_axe())
    yield Watched(context.new_page(), published)
    context.close()


@pytest.mark.parametrize("kind", KINDS, ids=str)
def test_a_page_is_accessible_and_whole(looked_at: Watched, published: str, site: Path, kind: PageKind) -> None:
    """Every rule on each width, once light and once dark; the rules of colour on each width in both palettes."""
    address = published + kind.find(site)
    found = {}
    for width, palette, other in SCREENS:
        page = open_page(looked_at, address, width, palette)
        assert fits(page), width
        found[width, palette] = violations(page)
        found[width, other] = violations_of_colour(page, other)
    assert {screen: said for screen, said in found.items() if said} == {}
    assert looked_at.complaints == []


def open_page(looked_at: Watched, address: str, width: int, palette: Palette) -> Page:
    """The page as it loads in a window of this width under a system of this palette."""
    page = looked_at.page
    looked_at.complaints.clear()
    page.set_viewport_size({"width": width, "height": 800})
    page.emulate_media(color_scheme=palette)
    page.goto(address)
    assert page.get_attribute("body", "data-md-color-scheme") == SCHEMES[palette]
    return page


@pytest.mark.parametrize(
    ("harm", "rule"),
    [
        ("document.querySelector('main').insertAdjacentHTML('beforeend', '<img src=\"data:,\">')", "image-alt"),
        ("document.querySelector('main p').style.color = 'var(--dx-soft)'", "color-contrast"),
        ("document.querySelector('main').insertAdjacentHTML('beforeend', '<h6>x</h6>')", "heading-order"),
    ],
)
def test_harm_is_noticed(looked_at: Watched, published: str, harm: str, rule: str) -> None:
    for width, palette, other in SCREENS:
        page = open_page(looked_at, f"{published}about/", width, palette)
        page.evaluate(harm)
        assert {said.partition(":")[0] for said in violations(page)} == {rule}
        colours = violations_of_colour(page, other)
        assert {said.partition(":")[0] for said in colours} == ({rule} if rule == "color-contrast" else set())


def test_a_page_wider_than_its_window_is_noticed(watched: Watched, address: str) -> None:
    watched.page.goto(address)
    watched.page.evaluate("document.querySelector('main').style.width = '3000px'")
    with pytest.raises(PlaywrightTimeout):
        watched.page.wait_for_function(FITS, timeout=300)


def test_complaints_of_the_console_and_foreign_requests_are_noticed(browser: Browser, published: str) -> None:
    context = browser.new_context(bypass_csp=True)  # or the policy of the page lets no request out
    context.route("**/*.example/**", lambda route: route.abort())
    seen = Watched(context.new_page(), published)
    seen.page.goto(published)
    seen.page.evaluate("() => { console.error('no'); return fetch('https://other.example/').catch(() => 0); }")
    context.close()
    said = " / ".join(seen.complaints)
    assert "error: no" in said and "foreign: https://other.example/" in said


@pytest.mark.parametrize(("width", "palette", "other"), SCREENS)
def test_search_and_menu_are_accessible_when_open(
    looked_at: Watched, published: str, width: int, palette: Palette, other: Palette
) -> None:
    page = open_page(looked_at, f"{published}about/", width, palette)
    opener = page.locator(".dx-tool--search")
    narrow = opener.is_visible()
    (opener if narrow else page.locator(".md-search__input")).click()
    page.keyboard.insert_text("养老")
    page.keyboard.press("Shift")
    page.wait_for_selector(".md-search-result__link mark")
    page.wait_for_timeout(400)
    found = violations(page) + violations_of_colour(page, other)
    page.keyboard.press("Escape")
    if narrow:
        page.locator(".dx-tool--menu").click()
        found += violations(page) + violations_of_colour(page, palette)
    assert found == []
