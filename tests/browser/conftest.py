"""A site built once from the repository's content, served under a sub-path, and Chromium to look at it."""

from __future__ import annotations

import os
import re
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, Page, sync_playwright

from generator.serve import make_server
from tests.conftest import find_browser

OpenTab = Callable[[int, int], Page]
"""Opens a page of a width and height."""


def browser_path() -> str | None:
    """The Chromium to use: DUIXIAN_CHROMIUM, else one that is installed."""
    return os.environ.get("DUIXIAN_CHROMIUM") or find_browser()


@pytest.fixture(scope="session")
def site(our_build: Path) -> Path:
    """The repository's own site, built from nothing."""
    return our_build / "site"


@pytest.fixture(scope="session")
def address(site: Path) -> Iterator[str]:
    """Where the site is served: under a sub-path, as on GitHub Pages, and another one than it was built for."""
    with served(site, "some/where") as url:
        yield url


@pytest.fixture(scope="session")
def published(site: Path) -> Iterator[str]:
    """The site under the sub-path that it was built for, which its page for missing addresses needs."""
    with served(site, site_path(site)) as url:
        yield url


@contextmanager
def served(site: Path, prefix: str) -> Iterator[str]:
    """The address of a server of the site under a sub-path."""
    with make_server(site, prefix, 0) as server:
        thread = threading.Thread(target=server.serve_forever, daemon=True)
        thread.start()
        yield f"http://127.0.0.1:{server.server_address[1]}/{prefix}/"
        server.shutdown()
        thread.join()


def site_path(site: Path) -> str:
    """The path of the address that the site was built for, without its outer slashes."""
    found = re.search(r'<link rel="canonical" href="([^"]+)"', (site / "index.html").read_text(encoding="utf-8"))
    assert found, "the home page has no canonical address"
    return urlsplit(found.group(1)).path.strip("/")


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """Chromium; without one the test is skipped, or fails where CI says that there must be one."""
    path = browser_path()
    if path is None:
        complain = pytest.fail if os.environ.get("CI") else pytest.skip
        complain("no Chromium: install it (.ci/run does) or name one in DUIXIAN_CHROMIUM")
    with sync_playwright() as playwright:
        # One process for all pages of a context: starting one costs more than loading a page in it. What is drawn goes
        # to no other process either, and the window around the pages, which nobody sees, is not animated.
        args = ["--no-sandbox", "--disable-gpu", "--renderer-process-limit=1"]
        args += ["--in-process-gpu", "--animation-duration-scale=0"]
        launched = playwright.chromium.launch(executable_path=path, args=args)
        yield launched
        launched.close()


class Watched:
    """A page with what went wrong in it: messages of the console, and requests to other hosts."""

    def __init__(self, page: Page, address: str) -> None:
        self.page = page
        self.complaints: list[str] = []
        page.on("console", lambda said: self._note(f"{said.type}: {said.text}", said.type in ("error", "warning")))
        page.on("pageerror", lambda error: self._note(f"exception: {error}", True))
        page.on("request", lambda sent: self._note(f"foreign: {sent.url}", not sent.url.startswith((address, "data:"))))
        page.on("response", lambda got: self._note(f"{got.status}: {got.url}", got.status >= 400))

    def _note(self, what: str, bad: bool) -> None:
        if bad:
            self.complaints.append(what)


@pytest.fixture(scope="session")
def keeper(browser: Browser, address: str) -> Page:
    """A page that stays open between tests, so that those of the tests need no new process: it takes twice the time."""
    page = browser.new_context(viewport={"width": 1280, "height": 900}).new_page()
    page.goto(f"{address}robots.txt")
    return page


@pytest.fixture(scope="session")
def close_others(keeper: Page) -> Callable[[], None]:
    """Closes all pages but the keeper.

    Chromium drops a close that meets a navigation, one time in ten, and ``Page.close`` then waits for ever: a page is
    asked until it is gone.
    """
    chromium = keeper.context.browser
    assert chromium
    told = keeper.context.new_cdp_session(keeper).send("Target.getTargetInfo")["targetInfo"]
    asking = chromium.new_browser_cdp_session()

    def ask() -> None:
        for target in asking.send("Target.getTargets")["targetInfos"]:
            ours = target["type"] == "page" and target["browserContextId"] == told["browserContextId"]
            if ours and target["targetId"] != told["targetId"]:
                asking.send("Target.closeTarget", {"targetId": target["targetId"]})

    def close() -> None:
        for _ in range(20):
            ask()
            for _ in range(100):
                if keeper.context.pages == [keeper]:
                    return
                keeper.wait_for_timeout(10)
        pytest.fail("a page does not close")

    return close


@pytest.fixture
def tab(keeper: Page, close_others: Callable[[], None]) -> Iterator[OpenTab]:
    """Open fresh pages. Each has a history, session and settings of its own; what the site keeps is forgotten after."""
    yield lambda width, height: _open(keeper, width, height)
    close_others()
    keeper.context.clear_cookies()
    keeper.evaluate("() => localStorage.clear()")


def _open(keeper: Page, width: int, height: int) -> Page:
    page = keeper.context.new_page()
    page.set_viewport_size({"width": width, "height": height})
    return page


@pytest.fixture
def watched(tab: OpenTab, address: str) -> Iterator[Watched]:
    """A fresh page 1280 wide. A test ends well only when nothing was complained of."""
    seen = Watched(tab(1280, 900), address)
    yield seen
    assert seen.complaints == []
