"""The search measured beside a plain scan: what is drawn, what should be found, and how a wrong answer would show."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from generator.bench.largesearch import bench_large_search, judge, large_timing_to_lines
from generator.bench.scan import Plain, draw_queries
from generator.bench.searched import city_to_searched, make_cities, year_to_searched
from generator.search import PageText, Searched
from tests.conftest import REPOSITORY, find_browser


@pytest.fixture
def plain(tmp_path: Path) -> Plain:
    made = Plain(tmp_path / "plain")
    made.add(
        [Searched(f"a/2024/x-{n}.html", PageText(f"第{n}项", ("養老 服務", "7％")), "met", "新增") for n in (1, 2)]
    )
    made.add([Searched("a/2024/", PageText("甲市", ("第1项",)))])
    return made


def test_a_scan_finds_what_is_printed(plain: Plain) -> None:
    every = {"a/2024/x-1.html", "a/2024/x-2.html"}
    assert plain.scan(["养老", "7% 新增", "第1项", "老务", "养老服务"]) == [
        every,
        every,
        {"a/2024/x-1.html", "a/2024/"},
        set(),
        every,
    ]


def test_queries_are_drawn_the_same_every_time(plain: Plain) -> None:
    drawn = list(draw_queries(plain, 40))
    assert drawn == list(draw_queries(plain, 40))
    found = plain.scan(drawn)
    assert sum(map(bool, found)) > 30
    assert any(" " in query for query in drawn)


def answer(found: str, count: int, *listed: str, complete: bool = True) -> dict[str, Any]:
    title = f'<span data-dx-found="{found}">甲市</span> <small>{count} 条</small>'
    return {"complete": complete, "groups": [["a/2024/", title, list(listed)]]}


@pytest.mark.parametrize(
    ("given", "judged"),
    [
        (answer("2 项承诺", 2, "a/2024/x-1.html", "a/2024/x-2.html"), (1, 1.0, 1.0, 0)),
        (answer("1 项承诺", 1, "a/2024/x-1.html"), (1, 0.5, 1.0, 1)),
        (answer("2 项承诺", 2, "a/2024/x-1.html", "b/2024/x-1.html"), (1, 0.5, 0.5, 0)),
        (answer("1 项承诺，2 个其他页面", 3, "a/2024/x-1.html"), (1, 1.0, 2 / 3, 1)),
        (answer("至多 3 项承诺，先列出 1 条", 3, "a/2024/x-1.html", complete=False), (0, 0.0, 0.0, 0)),
        (answer("至多 1 项承诺", 1, "a/2024/x-1.html", complete=False), (0, 0.0, 0.0, 1)),
        ({"complete": True, "groups": []}, (1, 0.0, 0.0, 1)),
    ],
)
def test_a_wrong_answer_shows(plain: Plain, given: dict[str, Any], judged: tuple[int, float, float, int]) -> None:
    assert judge(plain, ["养老"], [given]) == judged


def test_the_pages_of_a_corpus_are_those_of_its_years_and_units() -> None:
    (city,) = make_cities(REPOSITORY / "content", 120)
    pages = [page for year in city.years for page in year_to_searched(year)]
    assert sum(bool(page.status) for page in pages) == 120
    assert all(page.page.title and page.wording for page in pages if page.status)
    units = city_to_searched(city)
    assert len({page.location for page in (*pages, *units)}) == len(pages) + len(units) > 140


@pytest.mark.slow
@pytest.mark.journey
@pytest.mark.browser
@pytest.mark.skipif(find_browser() is None, reason="no Chromium")
def test_the_large_search_is_measured() -> None:
    timing = bench_large_search(REPOSITORY / "content", 100, 30)
    assert (timing.commitments, timing.miscounted, timing.recall, timing.precision) == (100, 0, 1.0, 1.0)
    assert timing.complete > 10
    assert 0 < max(timing.moved) < 60_000
    assert len(list(large_timing_to_lines(timing))) == 9
