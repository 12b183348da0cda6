"""Findings, what is due and the ledger of silence: what they list, their denominators, their filters, hostile words."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date
from html.parser import HTMLParser
from pathlib import Path

import msgspec
import pytest

from generator.assess import assess_register
from generator.model import AssessedRegister, Commitment, Milestone, Register, Report, Source
from generator.pages.city_year import render_city_year
from generator.pages.due import count_due_items, due_items, item_to_row, render_due
from generator.pages.findings import render_findings
from generator.pages.listparts import Rendered
from generator.pages.outline import City, registers_to_cities
from generator.pages.silence import KINDS, render_silence, silent_items
from generator.pages.summaries import Summaries, YearRef
from tests import page_examples as examples
from tests.assess_examples import WORDS
from tests.kept_examples import home_of, keep_years

Render = Callable[[tuple[City, ...]], str]


def page_of(render: Callable[[Summaries], Rendered]) -> Render:
    """The Markdown of a page from the cities themselves."""
    return lambda cities: render(keep_years(*cities)).markdown


findings_page, due_page, silence_page = page_of(render_findings), page_of(render_due), page_of(render_silence)
PAGES: dict[str, Render] = {"findings": findings_page, "due": due_page, "silence": silence_page}
replace = msgspec.structs.replace


def cities_of(*registers: Register | AssessedRegister) -> tuple[City, ...]:
    return registers_to_cities(
        one if isinstance(one, AssessedRegister) else assess_register(one, examples.PLACE, WORDS) for one in registers
    )


def example_of(words: examples.Words) -> tuple[City, ...]:
    """The example's city, with the finding that is planted in it."""
    return cities_of(examples.assess(examples.make_register(words), WORDS))


def register_of(commitments: list[Commitment], *kinds: str) -> Register:
    """A register with a document of each kind, a quarter apart; commitments and reports name them s0, s1, …"""
    plain = examples.make_register(examples.Words())
    sources = [
        Source(
            id=f"s{index}",
            document="a.txt",
            title=f"文件{index}",
            kind=kind,  # type: ignore[arg-type]
            sha256=str(index) * 64,
            script="Hans",
            as_of=date(2024, 3 * index + 1, 1),
        )
        for index, kind in enumerate(kinds)
    ]
    return replace(plain, sources=tuple(sources), commitments=tuple(commitments), retired=())


def promise(number: int, source: str = "s0", reports: tuple[str, ...] = (), **values: object) -> Commitment:
    fields: dict[str, object] = {
        "id": f"testville-2024-livelihood-{number:03}",
        "position": number,
        "text": f"办好第{number}件事",
        "start": number * 100,
        "end": number * 100 + 9,
        "source": source,
        "reports": tuple(
            Report(
                id=f"r{index}", source=one, text="正在推进。", start=1, end=2, as_of=date(2024, 3 * int(one[1]) + 1, 1)
            )
            for index, one in enumerate(reports)
        ),
    }
    return Commitment(**{**fields, **values})  # type: ignore[arg-type]


class Page(HTMLParser):
    """The items of the lists with their attributes, the choices of the form, and every address."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.items: list[dict[str, str]] = []
        self.choices: dict[str, list[str]] = {}
        self.tags: list[tuple[str, dict[str, str]]] = []
        self.select = ""
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        values = {name: value or "" for name, value in attrs}
        self.tags.append((tag, values))
        if tag == "li" and "data-place" in values:
            self.items.append({name.removeprefix("data-"): value for name, value in values.items()})
        elif tag == "select":
            self.select = values["name"]
        elif tag == "option" and values["value"]:
            self.choices.setdefault(self.select, []).append(values["value"])


@pytest.fixture(scope="module")
def cities() -> tuple[City, ...]:
    return example_of(examples.Words())


# --- all three ------------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", PAGES)
def test_every_choice_of_a_filter_keeps_some_item_and_every_item_has_a_choice(
    cities: tuple[City, ...], name: str
) -> None:
    page = Page(PAGES[name](cities))
    assert page.items and page.choices
    for control, codes in page.choices.items():
        assert sorted(codes) == sorted({item[control] for item in page.items}), control


@pytest.mark.parametrize("name", PAGES)
def test_hostile_words_are_text(name: str) -> None:
    words = examples.Words(text=examples.HOSTILE, other=examples.HOSTILE)
    html = PAGES[name](example_of(words))
    found = Page(html)
    assert not [tag for tag, attrs in found.tags if tag in ("img", "script") or any(a.startswith("on") for a in attrs)]
    assert not [attrs for _, attrs in found.tags if attrs.get("href", "").startswith("javascript")]
    assert "onerror=alert(1)&gt;" in html


@pytest.mark.parametrize("name", PAGES)
def test_without_anything_to_list_the_page_says_so(name: str) -> None:
    html = PAGES[name](cities_of(register_of([], "plan")))
    assert "data-dx-list" not in html and "data-dx-filters" not in html
    assert re.search("目前没有发现|没有可以列出的事项|目前没有这样的", html)


def test_home_years_and_navigation_lead_to_them(cities: tuple[City, ...], repository: Path) -> None:
    home, year = home_of(*cities), render_city_year(cities[0].years[0], lambda chart: "<svg></svg>").markdown
    navigation = (repository / "mkdocs.yml").read_text(encoding="utf-8")
    for name in PAGES:
        assert f'href="{name}/"' in home and f'href="../../{name}/?place=testville&amp;year=2024#list"' in year
        assert f": {name}.md\n" in navigation


def test_a_year_leads_only_to_lists_that_hold_something_of_it() -> None:
    (city,) = cities_of(register_of([promise(1)], "plan"))
    html = render_city_year(city.years[0], lambda chart: "<svg></svg>").markdown
    assert not re.search(r'href="\.\./\.\./(findings|due|silence)/', html)


# --- findings -------------------------------------------------------------------------------------------


def test_findings_are_counted_with_what_was_right_by_check_and_by_city() -> None:
    (year,) = example_of(examples.Words())[0].years
    html = findings_page(example_of(examples.Words()))
    tallies = year.registers[0].tallies
    sums = [sum(getattr(tally, name) for tally in tallies) for name in ("looked_at", "clear")]
    assert f"<dd>{sums[0]}</dd>" in html and f"<dd>{sums[1]}</dd>" in html and f"占 {sums[0]} 处" in html
    assert len(Page(html).items) == len(year.findings) > 0
    rates = next(tally for tally in tallies if tally.check == "rate")
    assert f"核对 {rates.looked_at} 处，无误 {rates.clear} 处，无法核对 {rates.not_computable} 处" in html
    assert f"<td>{rates.clear} / {rates.looked_at}</td>" in html
    assert 'href="?place=testville&amp;year=2024#list"' in html


# --- what is due ----------------------------------------------------------------------------------------


def test_dates_are_grouped_by_month_with_anchors_and_counted() -> None:
    step = Milestone(id="m1", text="开工", start=1, end=2, due=date(2024, 6, 30))
    undated = Milestone(id="m2", text="完工", start=1, end=2)
    items = [
        promise(1, due=date(2025, 1, 31), due_text="次年1月"),
        promise(2, due=date(2024, 6, 30), milestones=(step, undated)),
        promise(3),
    ]
    html = due_page(cities_of(register_of(items, "plan")))
    assert re.findall(r'<h3 id="(m-[\d-]+)">', html) == ["m-2024-06", "m-2025-01"]
    assert re.findall(r'href="#(m-[\d-]+)"', html) == ["m-2024-06", "m-2025-01"]
    assert "期限 1 · 节点 1" in html and "原文“次年1月”" in html
    assert "<dd>2</dd>" in html and "占 3 项承诺" in html and "占 2 个节点" in html
    assert [item["kind"] for item in Page(html).items] == ["commitment", "milestone", "commitment"]


@pytest.mark.parametrize(
    ("due", "reports", "state"),
    [
        (date(2024, 5, 1), ("s1",), "not_due"),
        (date(2024, 4, 1), ("s1",), "due"),
        (date(2024, 3, 31), ("s1",), "past_due"),
        (date(2024, 3, 31), (), "past_due"),
    ],
)
def test_a_date_is_held_against_the_newest_report(due: date, reports: tuple[str, ...], state: str) -> None:
    step = Milestone(id="m1", text="开工", start=1, end=2, due=due)
    cities = cities_of(register_of([promise(1, reports=reports, due=due, milestones=(step,))], "plan", "quarter"))
    year = cities[0].years[0]
    rows = [item_to_row(item, YearRef(year.place, year.year)) for item in due_items(year)]
    assert count_due_items(year) == 2
    assert [row["data"]["due"] for row in rows] == [state, state]
    assert cities[0].commitments[0].due_state == state
    assert all("（材料至 2024-04-01）" in row["remarks"][-1] for row in rows)
    silent = state == "past_due" and not reports
    assert ["不等于没有完成" in row["remarks"][-1] for row in rows] == [silent, silent]
    assert f"其中 {int(silent)} 项还没有进展文件" in due_page(cities)


# --- the ledger of silence --------------------------------------------------------------------------------


def kinds_of(register: Register) -> list[tuple[str, str]]:
    return [(item.number, item.kind) for item in silent_items(cities_of(register)[0].years[0])]


def test_a_plan_alone_is_not_silent() -> None:
    register = register_of([promise(1), promise(2)], "plan")
    assert kinds_of(register) == []
    assert "没有见到进展文件，不计入" in silence_page(cities_of(register))


def test_each_way_of_being_silent_has_its_kind() -> None:
    items = [
        promise(1, reports=("s1", "s2")),
        promise(2),
        promise(3, reports=("s1",)),
        promise(4, source="s2"),
        promise(5, source="s2", text="", reports=("s2",)),
    ]
    assert kinds_of(register_of(items, "plan", "quarter", "annual")) == [
        ("2", "not_mentioned"),
        ("3", "not_again"),
        ("4", "lost"),
        ("5", "unworded"),
    ]


def test_counts_stand_over_what_could_have_been_said() -> None:
    items = [
        promise(1, reports=("s1", "s2")),
        promise(2),
        promise(3, reports=("s1",)),
        promise(4, source="s2"),
        promise(5, source="s2", text="", reports=("s2",)),
    ]
    html = silence_page(cities_of(register_of(items, "plan", "quarter", "annual")))
    assert re.findall(r'<td class="dx-n">(.*?)</td>', html) == ["3 / 5", "1 / 3", "1 / 2", "1 / 1", "1 / 3", "—", "—"]
    one_report = silence_page(cities_of(register_of(items[:2], "plan", "quarter")))
    assert re.findall(r'<td class="dx-n">(.*?)</td>', one_report)[1:3] == ["1 / 2", "—"]


def test_targets_without_a_number_and_numbers_only_shown() -> None:
    plain = examples.make_register(examples.Words())
    full = plain.commitments[0]
    (report,) = full.reports
    bare = replace(report, results=(), rates=())
    loose = replace(report, results=(replace(report.results[0], relation="related"),), rates=())
    for changed, kind in ((report, ""), (bare, "no_result"), (loose, "shown_only")):
        register = replace(plain, commitments=(replace(full, reports=(changed,)),), retired=())
        found = silent_items(cities_of(register)[0].years[0])
        assert [item.kind for item in found] == ([kind] if kind else [])
        assert [item.href for item in found] == ["livelihood-001.html#t1"] * len(found)
        cells = re.findall(r'<td class="dx-n">(.*?)</td>', silence_page(cities_of(register)))[-2:]
        assert cells == [f"{int(kind == code)} / 1" for code in ("no_result", "shown_only")]


def test_the_ledger_blames_nobody_and_says_what_its_text_lost(cities: tuple[City, ...]) -> None:
    html = silence_page(cities)
    assert "首先可能是本站没有读出来" in html and "The first possible cause is a reading error of ours" in html
    assert "本站所得文本的情况，《市民政局》：市民政局" in html
    assert all(word.zh in html and word.en in html for word in KINDS.values())
