"""The search timed in Chromium: the index of a built site, its cities repeated until there are enough commitments."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import median
from typing import Any

from generator.bench.browser import ask_browser
from generator.errors import BuildError, Problem
from generator.search import INDEX, numbers_to_runs, runs_to_numbers

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
        "无法判定",
    ),
    *("養老", "ＧＤＰ", "“幸福助老”", "教育 幼儿园 2024", "年", "水", "目标", "没有这个词哦"),
)

_PAGE = """<!doctype html><meta charset="utf-8"><title>bench</title><script>
const asked = async ([queries, runs]) => {
    const worker = new Worker("assets/duixian/search.js");
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
};
const opened = query => new Promise(resolve => {
    const start = performance.now();
    const frame = document.createElement("iframe");
    frame.width = 1280;
    frame.height = 900;
    frame.src = "index.html?q=" + encodeURIComponent(query);
    document.documentElement.append(frame);
    const look = () => {
        if (!frame.contentDocument.querySelector(".md-search-result__link mark")) return setTimeout(look, 5);
        frame.remove();
        resolve(performance.now() - start);
    };
    look();
});
const main = async (queries, runs) => {
    const ready = [];
    for (let run = 0; run < runs; run += 1) ready.push(await opened(queries[0]));
    const taken = await asked([queries, runs]);
    await fetch("bench", {method: "POST", body: JSON.stringify({ready, taken})});
};
main(...ARGUMENTS);
</script>"""


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
    """Time the queries. Raises BuildError when there is no built site or no Chromium, or when it does not answer."""
    index = grow_index(_load_index(site), commitments)
    data = json.dumps(index, ensure_ascii=False, separators=(",", ":")).encode()
    page = _PAGE.replace("ARGUMENTS", json.dumps([QUERIES, runs], ensure_ascii=False)).encode()
    answer = ask_browser(site, {f"/{INDEX}": data, "/bench.html": page})
    queries = {query: median(times) for query, times in zip(QUERIES, answer["taken"], strict=True)}
    count = sum("status" in page for page in index["pages"])
    return SearchTiming(count, len(data), median(answer["ready"]), queries)


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
