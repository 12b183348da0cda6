"""The large index measured on a synthetic corpus: made, fetched by a fresh visitor, and compared with a plain scan."""

from __future__ import annotations

import json
import multiprocessing
import re
import shutil
import tempfile
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, field
from functools import partial
from itertools import islice
from pathlib import Path
from statistics import median
from typing import Any

import msgspec

from generator.bench.browser import ask_browser
from generator.bench.scan import Plain, draw_queries
from generator.bench.search import QUERIES
from generator.bench.searched import city_to_searched, make_cities, year_to_searched
from generator.memory import peak_memory
from generator.search import Searched, SearchShard, location_above, pages_to_shard, shards_to_run, write_large_index
from generator.search.runs import SHARDS_A_RUN

_ASSETS = Path(__file__).parents[1] / "assets" / "theme" / "assets" / "duixian"
_ROUNDS = 5
"""How often more results are asked for, when what is listed is compared with the scan."""
_PATIENCE = 3_600
_TOLD = re.compile(r'data-dx-found="(至多 )?(\d+) (?:项承诺(?:，(\d+) 个其他页面)?|个页面)')
_COUNT = re.compile(r"<small>(?:至多 )?(\d+) 条")
_PAGE = """<!doctype html><meta charset="utf-8"><title>bench</title><script>
const open = () => {
    const worker = new Worker("assets/duixian/search.js");
    const ask = message => new Promise(resolve => {
        worker.onmessage = event => resolve(event.data);
        worker.postMessage(message);
    });
    return {ask, close: () => worker.terminate()};
};
const first = async data => {
    await fetch("moved");
    const start = performance.now();
    const {ask, close} = open();
    await ask({type: 0, data: {config: {}, docs: []}});
    await ask({type: 2, data});
    const taken = performance.now() - start;
    close();
    return {taken, moved: await (await fetch("moved")).json()};
};
const isMore = items => items.length && items[0][0].title.includes("data-dx-more");
const all = async ({ask}, data, rounds) => {
    let items = (await ask({type: 2, data})).data.items;
    for (let i = 0; i < rounds && isMore(items); i += 1) items = (await ask({type: 4})).data.items;
    const groups = items.map(([head, ...pages]) => [head.location, head.title, pages.map(page => page.location)]);
    return {complete: !isMore(items), groups};
};
const main = async (opening, queries, rounds) => {
    const firsts = [];
    for (const query of opening) firsts.push(await first(query));
    const worker = open();
    await worker.ask({type: 0, data: {config: {}, docs: []}});
    const answers = [];
    for (const query of queries) answers.push(await all(worker, query, rounds));
    await fetch("bench", {method: "POST", body: JSON.stringify({firsts, answers})});
};
main(...ARGUMENTS);
</script>"""


@dataclass(frozen=True)
class LargeTiming:
    """``made`` and ``joined`` are processor seconds of all shards and of the reduction, ``wall`` seconds of that.

    ``memory`` is that of the reduction, ``size`` that of the index, in bytes. ``moved`` and ``taken``: for each first
    query of a fresh visitor the bytes that were fetched, scripts of the search included, and milliseconds.
    """

    commitments: int
    pages: int
    made: float
    joined: float
    wall: float
    memory: int
    files: int
    size: int
    moved: list[int]
    taken: list[float]
    queries: int
    complete: int
    recall: float
    precision: float
    miscounted: int


@dataclass
class _Corpus:
    """A corpus on disk: the site with its index, the parts of the shards, the plain texts."""

    folder: Path
    seconds: float = 0.0
    pages: int = 0
    plain: Plain = field(default_factory=Plain)

    @property
    def site(self) -> Path:
        return self.folder / "site"

    @property
    def shards(self) -> Path:
        return self.folder / "shards"


def bench_large_search(content: Path, commitments: int, queries: int, keep: Path | None = None) -> LargeTiming:
    """Make the index of so many synthetic commitments and ask it. Raises BuildError without a Chromium."""
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as made:
        corpus = _Corpus(keep or Path(made), plain=Plain((keep or Path(made)) / "plain"))
        _write_corpus(corpus, content, commitments)
        with ProcessPoolExecutor(1, multiprocessing.get_context("spawn")) as pool:
            wall, joined, memory = pool.submit(_reduce, corpus.shards, corpus.site).result()
        files = [path.stat().st_size for path in (corpus.site / "search").rglob("*") if path.is_file()]
        shutil.copytree(_ASSETS, corpus.site / "assets" / "duixian", dirs_exist_ok=True)
        drawn = [*QUERIES, *draw_queries(corpus.plain, queries - len(QUERIES))]
        page = _PAGE.replace("ARGUMENTS", json.dumps([drawn[: len(QUERIES) + 80], drawn, _ROUNDS], ensure_ascii=False))
        answer = ask_browser(corpus.site, {"/bench.html": page.encode()}, _PATIENCE)
        judged = judge(corpus.plain, drawn, answer["answers"])
    firsts = answer["firsts"]
    moved, taken = [one["moved"] for one in firsts], [one["taken"] for one in firsts]
    made_in = (corpus.seconds, joined, wall, memory, len(files), sum(files))
    return LargeTiming(commitments, corpus.pages, *made_in, moved, taken, len(drawn), *judged)


def _write_corpus(corpus: _Corpus, content: Path, commitments: int) -> None:
    corpus.shards.mkdir(parents=True)
    for city in make_cities(content, commitments):
        for year in city.years:
            _write_shard(corpus, year.path, year_to_searched(year))
        _write_shard(corpus, f"{city.place.slug}/other", city_to_searched(city))


def _write_shard(corpus: _Corpus, name: str, pages: Sequence[Searched]) -> None:
    titles = {page.location: page.page.title for page in pages if page.location.endswith("/")}
    start = time.process_time()
    shard, records = pages_to_shard(name, pages, titles)
    data = msgspec.msgpack.encode(shard)
    corpus.seconds += time.process_time() - start
    corpus.pages += len(pages)
    number = sum(1 for _ in corpus.shards.iterdir())
    (corpus.shards / f"{number:06}").write_bytes(data)
    for address, record in records.items():
        _write(corpus.site, address, record)
    corpus.plain.add(pages)


def _write(site: Path, address: str, data: bytes) -> None:
    (site / address).parent.mkdir(parents=True, exist_ok=True)
    (site / address).write_bytes(data)


def _reduce(folder: Path, site: Path) -> tuple[float, float, int]:
    wall, start = time.perf_counter(), time.process_time()
    decoder = msgspec.msgpack.Decoder(SearchShard)
    paths = sorted(folder.iterdir())
    shards = (decoder.decode(path.read_bytes()) for path in paths)
    runs = (shards_to_run(islice(shards, SHARDS_A_RUN)) for _ in range(0, len(paths), SHARDS_A_RUN))
    write_large_index(partial(_write, site), runs)
    return time.perf_counter() - wall, time.process_time() - start, peak_memory()


# --- compared ---------------------------------------------------------------------------------------------


def judge(plain: Plain, queries: Sequence[str], answers: Sequence[dict[str, Any]]) -> tuple[int, float, float, int]:
    """Queries of which all was listed; recall and precision of those; and totals of any that are told wrongly.

    A group tells how many pages it has and lists the first of them: those are compared, and the count.
    """
    wanted = told = right = complete = miscounted = 0
    for query, truth, answer in zip(queries, plain.scan(queries), answers, strict=True):
        miscounted += not _is_told_rightly(query, len(truth), answer)
        if answer["complete"]:
            complete += 1
            wanted += len(truth)
            of_group = Counter(location_above(name) for name in truth)
            for location, title, listed in answer["groups"]:
                count = int(_COUNT.findall(title)[0])
                told += count
                right += min(count, of_group[location]) - sum(name not in truth for name in listed)
    return complete, right / max(wanted, 1), right / max(told, 1), miscounted


def _is_told_rightly(query: str, wanted: int, answer: dict[str, Any]) -> bool:
    """The total is that of the scan; where it is told as the most, no less."""
    if not answer["groups"]:
        return not wanted or len(query) < 2
    found = _TOLD.search(answer["groups"][0][1])
    if not found:
        return False
    total = int(found[2]) + int(found[3] or 0)
    return total >= wanted if found[1] else total == wanted


def large_timing_to_lines(timing: LargeTiming) -> Iterator[str]:
    """What was measured, for people."""
    moved, taken = sorted(timing.moved), sorted(timing.taken)
    yield f"{timing.commitments} commitments, {timing.pages} pages"
    yield f"index {timing.size / 1e6:.1f} MB in {timing.files} files"
    yield f"shards {timing.made:.1f} s of processor, {timing.made / timing.pages * 1e3:.2f} ms a page"
    yield f"joined in {timing.wall:.1f} s, {timing.joined:.1f} s of processor, {timing.memory / 1e6:.0f} MB of memory"
    yield f"first queries of {len(moved)} visitors, median, nine of ten, most:"
    yield f"  {_spread(moved, 1e3)} KB moved, the scripts of the search included"
    yield f"  {_spread(taken, 1)} ms"
    yield f"{timing.queries} queries beside a plain scan: {timing.miscounted} totals told wrongly"
    yield f"  {timing.complete} listed to the end: recall {timing.recall:.4f}, precision {timing.precision:.4f}"


def _spread(values: Sequence[float], unit: float) -> str:
    return ", ".join(f"{value / unit:.1f}" for value in (median(values), values[len(values) * 9 // 10], values[-1]))
