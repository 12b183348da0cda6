"""The search timed in Chromium: the index of a built site, its cities repeated until there are enough commitments."""

from __future__ import annotations

import json
import os
import shutil
import threading
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from statistics import median
from typing import TYPE_CHECKING, Any

from generator.errors import BuildError, Problem
from generator.search import INDEX, numbers_to_runs, runs_to_numbers

if TYPE_CHECKING:
    from playwright.sync_api import Browser

QUERIES = (
    *(
        "养老",
        "养老 服务",
        "就业",
        "旧小区",
        "加装电梯",
        "市民政局",
        "7%",
        "100%",
        "2024",
        "11月底",
        "1000人次",
        "不能计算",
    ),
    *("養老", "ＧＤＰ", "“幸福助老”", "教育 幼儿园 2024", "年", "水", "目标", "没有这个词哦"),
)
_BROWSERS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
_FLAGS = ("--no-sandbox", "--disable-gpu")

_ASK = """async ([address, queries, runs]) => {
    const worker = new Worker(address);
    const ask = message => new Promise(resolve => {
        worker.onmessage = event => resolve(event.data);
        worker.postMessage(message);
    });
    await ask({type: 0, data: {config: {}, docs: []}});
    await ask({type: 2, data: queries[0]});
    const taken = queries.map(() => []);
    for (let run = 0; run < runs; run += 1) {
        for (const [i, data] of queries.entries()) {
            const start = performance.now();
            await ask({type: 2, data});
            taken[i].push(performance.now() - start);
        }
    }
    worker.terminate();
    return taken;
}"""


@dataclass(frozen=True)
class SearchTiming:
    """``index`` is in bytes. ``ready`` and ``queries`` are milliseconds, medians.

    ``ready`` runs from the opening of a page with ``?q=`` to the first result that is shown; a query from its message
    to the answer of the worker.
    """

    commitments: int
    index: int
    ready: float
    queries: dict[str, float]


def bench_search(site: Path, commitments: int, runs: int) -> SearchTiming:
    """Time the queries. Raises BuildError when there is no built site, no Playwright or no Chromium."""
    index = grow_index(_load_index(site), commitments)
    data = json.dumps(index, ensure_ascii=False, separators=(",", ":")).encode()
    with _served(site, data) as address, _browser() as browser:
        page = browser.new_page()
        page.goto(address)
        taken = page.evaluate(_ASK, [f"{address}assets/duixian/search.js", list(QUERIES), runs])
        ready = [_time_first_answer(browser, address) for _ in range(runs)]
    queries = {query: median(times) for query, times in zip(QUERIES, taken, strict=True)}
    count = sum("status" in page for page in index["pages"])
    return SearchTiming(count, len(data), median(ready), queries)


def timing_to_lines(timing: SearchTiming) -> Iterator[str]:
    """What was measured, for people."""
    yield f"commitments {timing.commitments}, index {timing.index / 1e6:.1f} MB, first answer {timing.ready:.0f} ms"
    for query, taken in timing.queries.items():
        yield f"{taken:7.1f} ms  {query}"
    yield f"{median(timing.queries.values()):7.1f} ms  median, {max(timing.queries.values()):.1f} ms at most"


def _load_index(site: Path) -> dict[str, Any]:
    path = site / INDEX
    if not path.is_file():
        raise BuildError(Problem(path, 0, "site-missing", "no such file", "expected a built site", "run `make site`"))
    index: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    return index


def grow_index(index: dict[str, Any], commitments: int) -> dict[str, Any]:
    """The index with copies of its cities until there are so many commitments.

    A copy is a place of its own; what only one page says is said anew, what many say they share.
    """
    places = {page["location"].split("/")[0] for page in index["pages"] if "status" in page}
    once = _texts_of_one_page(index["pages"])
    texts, pages = list(index["texts"]), list(index["pages"])
    count, copy = sum("status" in page for page in pages), 0
    while count < commitments:
        copy += 1
        for page in index["pages"]:
            if page["location"].split("/")[0] not in places or ("status" in page and count >= commitments):
                continue
            pages.append(_copy_page(page, copy, once, texts))
            count += "status" in page
    return index | {"texts": texts, "pages": pages}


def _texts_of_one_page(pages: Sequence[dict[str, Any]]) -> set[int]:
    counts = Counter(number for page in pages for number in runs_to_numbers(page["texts"]))
    return {number for number, count in counts.items() if count == 1}


def _copy_page(page: dict[str, Any], copy: int, once: set[int], texts: list[str]) -> dict[str, Any]:
    numbers = {}
    for number in runs_to_numbers(page["texts"]):
        numbers[number] = number
        if number in once:
            numbers[number] = len(texts)
            texts.append(f"{texts[number]} {copy}")
    renumbered = {key: numbers[page[key]] for key in ("title", "wording") if key in page}
    place, _, rest = page["location"].partition("/")
    return page | renumbered | {"location": f"{place}-{copy}/{rest}", "texts": numbers_to_runs(numbers.values())}


# --- served and looked at --------------------------------------------------------------------------------


class _Handler(SimpleHTTPRequestHandler):
    """The files of a site, and the grown index in the place of its own."""

    def __init__(self, *args: Any, site: Path, index: bytes, **kwargs: Any) -> None:
        self._index = index
        super().__init__(*args, directory=str(site), **kwargs)

    def do_GET(self) -> None:
        if self.path != f"/{INDEX}":
            super().do_GET()
            return
        self.send_response(200)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(self._index)))
        self.end_headers()
        self.wfile.write(self._index)

    def log_message(self, format: str, *args: object) -> None:
        """Say nothing."""


@contextmanager
def _served(site: Path, index: bytes) -> Iterator[str]:
    with ThreadingHTTPServer(("127.0.0.1", 0), partial(_Handler, site=site, index=index)) as server:
        thread = threading.Thread(target=server.serve_forever, daemon=True)
        thread.start()
        yield f"http://127.0.0.1:{server.server_address[1]}/"
        server.shutdown()
        thread.join()


@contextmanager
def _browser() -> Iterator[Browser]:
    path = os.environ.get("DUIXIAN_CHROMIUM") or next(filter(None, map(shutil.which, _BROWSERS)), None)
    try:
        from playwright.sync_api import sync_playwright  # noqa: PLC0415  a tool of developers
    except ImportError:
        path = None
    if path is None:
        problem = Problem(
            "bench", 0, "browser-missing", "no Chromium or no Playwright", "expected both", "install them (`make dev`)"
        )
        raise BuildError(problem)
    with sync_playwright() as playwright:
        launched = playwright.chromium.launch(executable_path=path, args=list(_FLAGS))
        yield launched
        launched.close()


def _time_first_answer(browser: Browser, address: str) -> float:
    context = browser.new_context()
    page = context.new_page()
    page.goto(f"{address}?q={QUERIES[0]}", wait_until="commit")
    page.wait_for_selector(".md-search-result__link mark", state="attached")
    taken: float = page.evaluate("performance.now()")
    context.close()
    return taken
