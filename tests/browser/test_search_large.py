"""The large index in the box: the same results as the small one, little moved, more on demand, several parts."""

from __future__ import annotations

import base64
import gzip
import json
import random
import re
import zlib
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

import pytest
from playwright.sync_api import Page, Route

from generator.search import INDEX, PageText, Searched, render_index
from tests.browser.conftest import OpenTab
from tests.browser.test_search import QUERIES, search_for, search_in_vain
from tests.search_examples import index_to_pages, write_large

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.journey]

NOWHERE = "㐀㐀"
"""Two characters are looked up as they are: that no page has them is known at once."""
ROUNDS = 200
ASK_ALL = """async ([address, queries, rounds]) => {
    const worker = new Worker(address);
    const ask = message => new Promise((resolve, reject) => {
        worker.onerror = event => reject(new Error(event.message || "the worker failed"));
        setTimeout(() => reject(new Error("the worker does not answer")), 60000);
        worker.onmessage = event => resolve(event.data);
        worker.postMessage(message);
    });
    await ask({type: 0, data: {config: {}, docs: []}});
    const answers = [];
    for (const data of queries) {
        let items = (await ask({type: 2, data})).data.items;
        for (let i = 0; i < rounds && items.length && items[0][0].title.includes("data-dx-more"); i += 1) {
            items = (await ask({type: 4})).data.items;
        }
        answers.push(items);
    }
    worker.terminate();
    return answers;
}"""
Answer = list[list[dict[str, Any]]]


@pytest.fixture(scope="module")
def pages(site: Path) -> list[Searched]:
    return index_to_pages(json.loads((site / INDEX).read_text(encoding="utf-8")))


@pytest.fixture(scope="module")
def large(pages: list[Searched], tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = tmp_path_factory.mktemp("large")
    write_large(root, pages)
    return root


def write_small(root: Path, pages: Sequence[Searched], parts: Sequence[str] = ()) -> None:
    """The small index of the pages."""
    (root / "search").mkdir(parents=True)
    (root / INDEX).write_text(render_index(pages, parts), encoding="utf-8")


def drawn(pages: Sequence[Searched], count: int) -> Iterator[str]:
    """Pieces of texts, the same every time."""
    choose = random.Random(11)
    for _ in range(count):
        text = choose.choice([text for text in choose.choice(pages).page.texts if len(text) > 1])
        start = choose.randrange(len(text) - 1)
        yield text[start : start + choose.randint(2, 9)]


def serve_index(page: Page, address: str, roots: dict[str, Path]) -> list[tuple[str, int]]:
    """Have a page find indexes below these paths; what was fetched, in bytes as GitHub Pages would send them."""
    moved: list[tuple[str, int]] = []

    def answer(route: Route) -> None:
        path = unquote(urlsplit(route.request.url).path).removeprefix(urlsplit(address).path)
        base = max((base for base in roots if path.startswith(base)), key=len)
        data = (roots[base] / path.removeprefix(base)).read_bytes()
        moved.append((path, len(data if path.endswith(".bin") else gzip.compress(data, 6))))
        route.fulfill(body=data)

    page.route(re.compile(re.escape(address) + r"(\w+/)?search/(?!search_index)"), answer)
    page.goto(address)
    return moved


def ask_all(page: Page, queries: Sequence[str]) -> list[Answer]:
    """What the worker lists in the end."""
    answers: list[Answer] = page.evaluate(ASK_ALL, ["assets/duixian/search.js", list(queries), ROUNDS])
    return answers


def summarize(items: Answer) -> dict[str, tuple[str, str, list[str]]]:
    """Each group: its heading, what is told of all, and its pages where all of them are listed."""
    return {
        head["location"]: (
            re.sub(r"^<span[^>]*>|<small>(\d+ 条).*", r"\1", head["title"]),
            re.findall(r'data-dx-found="([^"]*)', head["title"])[0],
            sorted(page["location"] + page["title"] for page in found) if "列出" not in head["title"] else [],
        )
        for head, *found in items
    }


@pytest.mark.journey
def test_both_forms_find_the_same(tab: OpenTab, address: str, pages: list[Searched], large: Path) -> None:
    queries = [*QUERIES, *drawn(pages, 60)]
    page = tab(1280, 900)
    page.goto(address)
    small = ask_all(page, queries)
    other = tab(1280, 900)
    serve_index(other, address, {"": large})
    for query, one, two in zip(queries, small, ask_all(other, queries), strict=True):
        assert summarize(one) == summarize(two), query


def test_a_first_query_moves_little(tab: OpenTab, address: str, large: Path) -> None:
    page = tab(1280, 900)
    moved = serve_index(page, address, {"": large})
    search_for(page, "养老")
    scripts = [Path("generator/assets/theme/assets/duixian") / name for name in ("search.js", "search-grams.js")]
    total = sum(size for _, size in moved) + sum(len(gzip.compress(script.read_bytes(), 6)) for script in scripts)
    assert [path for path, _ in moved].count(INDEX) == 1
    assert sum(path.startswith("search/grams/") for path, _ in moved) == 1
    assert 1 <= sum(path.startswith("search/records/") for path, _ in moved) <= 6
    assert total < 60_000
    fetched = len(moved)
    search_for(page, "养")
    search_for(page, "养老")
    page.wait_for_timeout(100)
    assert sum(path.startswith("search/grams/") for path, _ in moved[fetched:]) <= 1, "what is there is not asked for"


def test_more_is_listed_on_demand_below_what_is_there(tab: OpenTab, address: str, large: Path) -> None:
    page = tab(1280, 900)
    serve_index(page, address, {"": large})
    search_for(page, "年")
    meta, button = page.locator(".md-search-result__meta"), page.locator(".dx-more")
    told = re.fullmatch(r"(\d+ 项承诺，\d+ 个其他页面)，先列出 (\d+) 条", meta.inner_text())
    assert told
    before = page.locator(".md-search-result__item").first.inner_text()
    button.click()
    page.wait_for_function(
        "before => document.querySelector('.md-search-result__meta').textContent !== before", arg=told[0]
    )
    again = re.fullmatch(r"(\d+ 项承诺，\d+ 个其他页面)，先列出 (\d+) 条", meta.inner_text())
    assert again
    assert again[1] == told[1]
    assert int(again[2]) > int(told[2])
    assert page.locator(".md-search-result__item").first.inner_text().splitlines()[0] == before.splitlines()[0]
    search_in_vain(page, NOWHERE)
    assert not button.is_visible()


def write_pairs(root: Path, whole: Callable[[int], bool]) -> None:
    """A large index of 120 pages that have 甲乙 and 乙丙, and those that ``whole`` tells 甲乙丙."""
    pages = [
        Searched(
            f"a/2024/x-{n:03}.html",
            PageText(f"第{n}项", ("甲乙丙" if whole(n) else "甲乙", "乙丙", *(f"{n}说明{i}" * 50 for i in range(20)))),
            "met",
            "无",
        )
        for n in range(120)
    ]
    write_large(root, pages)


def test_what_no_page_has_as_a_whole_is_found_nowhere_in_the_end(tab: OpenTab, address: str, tmp_path: Path) -> None:
    write_pairs(tmp_path, lambda n: False)
    page = tab(1280, 900)
    serve_index(page, address, {"": tmp_path})
    search_for(page, "甲乙丙")
    meta, button = page.locator(".md-search-result__meta"), page.locator(".dx-more")
    told = meta.inner_text()
    assert re.fullmatch(r"至多 \d+ 项承诺，先列出 0 条", told)
    while button.is_visible():
        assert "还没有找到" in page.inner_text(".md-search-result__item h1")
        button.click()
        page.wait_for_function(
            "told => document.querySelector('.md-search-result__meta').textContent !== told", arg=told
        )
        told = meta.inner_text()
    assert told.startswith("没有找到")
    assert page.locator(".md-search-result__item").count() == 0


def test_a_count_that_is_not_known_is_called_the_most(tab: OpenTab, address: str, tmp_path: Path) -> None:
    write_pairs(tmp_path, lambda n: n % 40 == 39)
    page = tab(1280, 900)
    serve_index(page, address, {"": tmp_path})
    search_for(page, "甲乙丙")
    assert "还没有找到" in page.locator(".md-search-result__item h1").inner_text()
    assert re.fullmatch(r"至多 \d+ 项承诺，先列出 0 条", page.inner_text(".md-search-result__meta"))
    (items,) = ask_all(page, ["甲乙丙"])
    assert "<small>3 条</small>" in items[0][0]["title"]
    assert '"3 项承诺"' in items[0][0]["title"]
    assert len(items[0]) == 4


@pytest.mark.parametrize("forms", ["large large", "large small", "small large"])
def test_a_site_in_two_parts_is_searched_as_one(
    tab: OpenTab, address: str, tmp_path: Path, pages: list[Searched], forms: str
) -> None:
    """The pages of some places lie in another part; a small index of all says what must be found."""
    pages = [page for number, page in enumerate(pages) if not (page.status and number % 4)]
    there = [page for page in pages if page.location.startswith(("huzhou/", "jiande/"))]
    here = [page for page in pages if page not in there]
    for part, its, form, others in zip(("", "other"), (here, there), forms.split(), (["other/"], []), strict=True):
        root = tmp_path / (part or "own")
        if form == "large":
            write_large(root, its, others)
        else:
            write_small(root, its, others)
    write_small(tmp_path / "plain", pages)
    page = tab(1280, 900)
    serve_index(page, address, {"": tmp_path / "own", "other/": tmp_path / "other"})
    queries = ["养老", "旧小区", "7%", "市民政局", "没有这个词哦", *drawn(pages, 8)]
    answers = ask_all(page, queries)
    moved = {page.location: ("other/" if page in there else "") + page.location for page in pages}
    plain = tab(1280, 900)
    serve_index(plain, address, {"": tmp_path / "plain"})
    compared = 0
    for query, one, two in zip(queries, ask_all(plain, queries), answers, strict=True):
        assert {group[1] for group in summarize(two).values()} == {group[1] for group in summarize(one).values()}, query
        if not any("列出" in head["title"] for head, *_ in (*one, *two)):
            compared += 1
            wanted = {moved[page["location"]] for _, *found in one for page in found}
            assert {page["location"] for _, *found in two for page in found} == wanted, query
    assert compared > 3


def test_a_part_that_is_lost_is_told_of(
    tab: OpenTab, address: str, tmp_path: Path, pages: list[Searched], large: Path
) -> None:
    write_small(tmp_path, pages[:5], ["other/", "third/"])
    page = tab(1280, 900)
    serve_index(page, address, {"": tmp_path, "third/": large})
    page.route("**/other/search/**", lambda route: route.abort())
    one, two = ask_all(page, ["没有这个词哦", "养老"])
    assert [group[0]["title"] for group in one] == ["这个网站没有取到"]
    assert two[-1][0]["location"] == "other/"
    assert any(group[0]["location"].startswith("third/") for group in two)


def test_a_browser_without_decompression_has_ours(tab: OpenTab, address: str) -> None:
    page = tab(1280, 900)
    page.goto(address)
    page.add_script_tag(url="assets/duixian/inflate.js")
    noise = random.Random(3).randbytes(70_000)
    plain = [b"", b"a", "养老养老养老".encode() * 500, noise, bytes(1000), bytes(range(256)) * 9]
    for data in plain:
        for level in (0, 1, 9):
            packed = base64.b64encode(zlib.compress(data, level)).decode()
            told = page.evaluate(
                """packed => {
                    const text = Array.from(inflate(Uint8Array.from(atob(packed), c => c.charCodeAt(0))));
                    return btoa(text.map(code => String.fromCharCode(code)).join(""));
                }""",
                packed,
            )
            assert base64.b64decode(told) == data
    with pytest.raises(Exception, match="inflate"):
        page.evaluate("() => inflate(new Uint8Array([120, 156, 75, 76]))")


def test_words_of_records_are_text_and_never_markup(tab: OpenTab, address: str, tmp_path: Path) -> None:
    hostile = "<img src=x onerror=alert(1)>“'</script>养老&amp;<b>"
    pages = [Searched(f"a/{hostile[:4]}/x-1.html", PageText(hostile, (hostile,)), "met", hostile)]
    pages += [Searched("a/2024/", PageText(hostile, (hostile,)))]
    write_large(tmp_path, pages)
    page = tab(1280, 900)
    alarms: list[str] = []
    page.on("dialog", lambda dialog: alarms.append(dialog.message))
    serve_index(page, address, {"": tmp_path})
    search_for(page, "養老")
    result = page.locator(".md-search-result__list")
    assert result.locator("mark").count() >= 2
    assert result.locator("img, script, b").count() == 0
    assert alarms == []
