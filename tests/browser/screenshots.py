"""The pictures of the READMEs, taken from the built site: ``make screenshots`` writes them to .github/screenshots."""

from __future__ import annotations

import sys
from collections.abc import Callable
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from typing import Literal

from PIL import Image
from playwright.sync_api import Browser, Page, sync_playwright

from tests.browser.conftest import browser_path, served, site_path

WIDE, PHONE = (1280, 860), (390, 844)


def _stay(page: Page) -> None:
    """Nothing is done: the head of the page is what is shown."""


def _scroll_to(anchor: str) -> Callable[[Page], None]:
    def act(page: Page) -> None:
        page.evaluate("id => document.getElementById(id).scrollIntoView({behavior: 'instant'})", anchor)

    return act


def _search_for(term: str) -> Callable[[Page], None]:
    def act(page: Page) -> None:
        page.click(".md-search__input")
        page.keyboard.insert_text(term)
        page.keyboard.press("Shift")
        page.wait_for_selector(".md-search-result__link mark")

    return act


@dataclass(frozen=True)
class Shot:
    """One picture: file name, page from the root of the site, window, and what is done before it is taken."""

    name: str
    address: str
    size: tuple[int, int] = WIDE
    act: Callable[[Page], None] = _stay
    palette: Literal["light", "dark"] = "light"


SHOTS = (
    Shot("home", ""),
    Shot("commitment", "huzhou/2023/livelihood-001.html"),
    Shot("districts", "hangzhou/2024/", act=_scroll_to("districts")),
    Shot("search", "", act=_search_for("养老")),
    Shot("phone-list", "shaoxing/2021/?status=met", PHONE, _scroll_to("commitments")),
    Shot("phone-commitment-dark", "huzhou/2023/livelihood-007.html", PHONE, _scroll_to("targets"), "dark"),
)


def take(browser: Browser, root: str, shot: Shot) -> bytes:
    """The window as it stands then, as PNG with a palette of at most 256 colours."""
    width, height = shot.size
    context = browser.new_context(viewport={"width": width, "height": height}, color_scheme=shot.palette)
    page = context.new_page()
    page.goto(root + shot.address)
    page.wait_for_load_state("networkidle")
    shot.act(page)
    page.wait_for_timeout(600)  # Material moves its search into place.
    picture = Image.open(BytesIO(page.screenshot())).convert("RGB").quantize(256, dither=Image.Dither.NONE)
    context.close()
    written = BytesIO()
    picture.save(written, "PNG", optimize=True)
    return written.getvalue()


def main(site: Path, out: Path) -> int:
    """All pictures of a built site; 1 where there is no Chromium or no site."""
    executable = browser_path()
    if executable is None or not (site / "index.html").is_file():
        print(f"screenshots: need Chromium and a built site at {site}; `make site` builds it", file=sys.stderr)
        return 1
    out.mkdir(parents=True, exist_ok=True)
    with served(site, site_path(site)) as root, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=executable, args=["--no-sandbox", "--disable-gpu"])
        for shot in SHOTS:
            data = take(browser, root, shot)
            (out / f"{shot.name}.png").write_bytes(data)
            print(f"{out / shot.name}.png: {len(data) // 1024} KB")
        browser.close()
    return 0


if __name__ == "__main__":
    sys.exit(main(Path("site"), Path(".github/screenshots")))
