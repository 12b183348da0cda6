"""Hostile text in every text field, opened in Chromium: nothing of it runs, loads, leads away or stands as markup."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Dialog, Page, Route

from tests import hostile
from tests.browser.conftest import served
from tests.test_hostile import TURNS, build_hostile_once

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.journey]

#: Elements, attributes and addresses that no page of ours has, and what stands in the page as text.
LOOK = r"""() => {
    const bad = [];
    const never = "iframe,frame,object,embed,base,style,video,audio,animate,set,foreignObject,noscript,template";
    document.querySelectorAll(never).forEach(one => bad.push(one.outerHTML));
    document.querySelectorAll("*").forEach(one => {
        for (const {name, value} of one.attributes) {
            if (/^on/i.test(name) || name === "srcdoc") bad.push(one.outerHTML);
            if (["id", "class", "style", "name"].includes(name) && value.includes("尾")) bad.push(one.outerHTML);
        }
        for (const address of [one.href, one.src, one.action, one.formAction]) {
            if (typeof address === "string" && address && !/^(https?|mailto):/.test(address)) bad.push(one.outerHTML);
        }
    });
    document.querySelectorAll("meta[http-equiv]").forEach(one => {
        if (one.httpEquiv !== "Content-Security-Policy") bad.push(one.outerHTML);
    });
    return [bad.map(one => one.slice(0, 300)), document.documentElement.textContent, window.__dx_pwned === undefined];
}"""


class Trap:
    """A page, and everything that it did which no page should."""

    def __init__(self, browser: Browser, root: str) -> None:
        context = browser.new_context(viewport={"width": 1280, "height": 900}, accept_downloads=True)
        self.page: Page = context.new_page()
        self.sprung: list[str] = []
        self.page.on("dialog", self._close)
        self.page.on("console", lambda said: self._note(f"{said.type}: {said.text}", said.type in ("error", "warning")))
        self.page.on("pageerror", lambda error: self.sprung.append(f"exception: {error}"))
        self.page.on("popup", lambda other: self.sprung.append(f"popup: {other.url}"))
        self.page.on("download", lambda file: self.sprung.append(f"download: {file.url}"))
        context.on(
            "request", lambda sent: self._note(f"foreign: {sent.url}", not sent.url.startswith((root, "data:image/")))
        )

    def _close(self, dialog: Dialog) -> None:
        self.sprung.append(f"dialog: {dialog.message}")
        dialog.dismiss()

    def _note(self, what: str, bad: bool) -> None:
        self.sprung += [what] * bad

    def look(self, address: str) -> str:
        """Open a page and give its text; what is wrong with it is noted."""
        self.page.goto(address)
        bad, text, clean = self.page.evaluate(LOOK)
        self.sprung += [f"{address}: {one}" for one in bad]
        self._note(f"{address}: the canary", not clean)
        self._note(f"{address} → {self.page.url}", self.page.url != address)
        return str(text)


@pytest.fixture(scope="module", params=TURNS)
def site(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Path:
    return build_hostile_once(tmp_path_factory, request.param)


@pytest.fixture(scope="module")
def set_up(browser: Browser, site: Path) -> Iterator[tuple[Trap, str]]:
    """A page that is watched, and the address of the site, under the path that it was built for."""
    with served(site, "duixian") as root:
        trap = Trap(browser, root)
        yield trap, root
        trap.page.context.close()


@pytest.fixture
def trap(set_up: tuple[Trap, str]) -> Iterator[tuple[Trap, str]]:
    """It, with nothing in it and nothing left of what it did before."""
    trap, root = set_up
    trap.sprung.clear()
    yield trap, root
    trap.page.unroute_all()
    trap.page.evaluate("() => { localStorage.clear(); sessionStorage.clear(); }")


def test_no_page_does_what_its_text_says(trap: tuple[Trap, str], site: Path) -> None:
    watched, root = trap
    shown, paths = "", sorted(path.relative_to(site).as_posix() for path in site.rglob("*.html"))
    for path in paths:
        shown += watched.look(root + path)
    assert watched.sprung == []
    words = "".join(shown.split())
    assert [text for text in hostile.HOSTILE if "".join(text.split()) not in words] == []


def test_what_breaks_out_is_noticed(trap: tuple[Trap, str]) -> None:
    """Where text were not escaped, and no policy stated."""
    watched, root = trap

    def spoil(route: Route) -> None:
        text = re.sub("<meta http-equiv[^>]*>", "", route.fetch().text())
        spoilt = "<img src=x onerror='window.__dx_pwned=1'><p class=尾>x</p><img src=https://evil.example/a.png>"
        route.fulfill(body=text.replace("<h1", f"{spoilt}<h1", 1), content_type="text/html")

    watched.page.route("https://evil.example/**", lambda route: route.abort())
    watched.page.route(f"{root}about/", spoil)
    watched.look(f"{root}about/")
    told = "\n".join(watched.sprung)
    for noticed in ("about/: the canary", "foreign: https://evil.example/", "onerror", 'class="尾"'):
        assert noticed in told


def test_search_shows_hostile_text_as_text(trap: tuple[Trap, str]) -> None:
    watched, root = trap
    watched.look(root)
    page = watched.page
    page.click(".md-search__input")
    for text in ("<img", "<script>", "javascript:", "{{", "](", "=HYP", "evil", "测试", "dx-slot"):
        page.fill(".md-search__input", "")
        page.keyboard.insert_text(text)
        page.keyboard.press("Shift")
        page.wait_for_selector(f".md-search-result__item mark:text-is({json.dumps(text, ensure_ascii=False)})")
        bad, _, clean = page.evaluate(LOOK)
        assert (bad, clean, watched.sprung) == ([], True, []), text


def test_scripts_of_ours_keep_text_as_text(trap: tuple[Trap, str], site: Path) -> None:
    """English, filters and citations put texts into the page again."""
    watched, root = trap
    first = sorted(site.glob("testville/*/livelihood-001.html"))[0].relative_to(site).as_posix()
    for path in ("", "findings/", "due/", "silence/", "testville/departments/", first, str(Path(first).parent) + "/"):
        watched.look(root + path)
        page = watched.page
        page.click(".dx-language")
        page.evaluate("() => document.querySelectorAll('details').forEach(one => { one.open = true; })")
        for select in page.locator("[data-dx-filters] select:visible").all():
            select.select_option(index=select.locator("option").count() - 1)
        page.wait_for_timeout(200)
        bad, _, clean = page.evaluate(LOOK)
        assert (bad, clean, watched.sprung) == ([], True, []), path
        page.evaluate("() => { localStorage.clear(); sessionStorage.clear(); }")
