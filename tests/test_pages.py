"""Pages: titles, numbers, reasons in words, hostile words, and what is not there."""

from __future__ import annotations

import json
from datetime import date
from decimal import Decimal
from html.parser import HTMLParser
from pathlib import Path

import msgspec
import pytest

from generator.api import render_twin
from generator.assess import describe_rules
from generator.errors import ContentError
from generator.metadata.commitment import render_json_ld
from generator.model import Commitment, Report, StatedTotal
from generator.pages import texts, words
from generator.pages.answers import answer_rows
from generator.pages.citations import cite_commitment
from generator.pages.city_year import render_city_year
from generator.pages.commitment import render_commitment, render_crumbs, render_retired
from generator.pages.commitment_page import CommitmentPage, year_to_pages
from generator.pages.environment import render_front_matter, render_heading
from generator.pages.findings import render_findings
from generator.pages.home import coverage
from generator.pages.method import render_method
from generator.pages.outline import CityYear, registers_to_cities
from generator.pages.plain import render_plain
from generator.pages.sums import SUMS
from generator.pages.tallies import target_tally, targets_in_words
from generator.pages.targets import attainment_bar
from tests import page_examples as examples
from tests.assess_examples import WORDS
from tests.kept_examples import keep_years


def make_year(words_: examples.Words) -> CityYear:
    (city,) = registers_to_cities([examples.assess(examples.make_register(words_), WORDS)])
    return city.years[0]


@pytest.fixture(scope="module")
def pages() -> tuple[CommitmentPage, ...]:
    return year_to_pages(make_year(examples.Words()))


def body_of(page: CommitmentPage) -> str:
    return render_commitment(page, f"https://example.org/{page.file}.html", "兑现")


class Tags(HTMLParser):
    """Every tag with its attributes, and all text."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.text = ""
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))

    def handle_data(self, data: str) -> None:
        self.text += data


# --- findings about a whole register -----------------------------------------------------------------


def test_a_finding_about_a_whole_register_is_on_its_pages_and_counted() -> None:
    plain = examples.make_register(examples.Words())
    total = StatedTotal(value=77, of="items", quote="共77项", start=3, end=6)
    source = msgspec.structs.replace(plain.sources[0], stated=(total,))
    stated = msgspec.structs.replace(plain, sources=(source, *plain.sources[1:]))
    before, after = (registers_to_cities([examples.assess(one, WORDS)]) for one in (plain, stated))
    assert "共77项" not in render_findings(keep_years(*before)).markdown
    assert "共77项" in render_findings(keep_years(*after)).markdown
    assert len(after[0].years[0].findings) == len(before[0].years[0].findings) + 1
    assert (
        coverage(list(keep_years(*after).of(SUMS)))["findings"]
        == coverage(list(keep_years(*before).of(SUMS)))["findings"] + 1
    )
    page = render_city_year(after[0].years[0], lambda chart: "<svg></svg>").markdown
    assert "共77项" in page and 'href="#commitments"' in page


# --- titles and numbers ------------------------------------------------------------------------------


def commitment(text: str, section: str = "", report: str = "") -> Commitment:
    reports = (Report(id="r1", source="s", text=report, start=0, end=1),) if report else ()
    return Commitment(id="x", position=7, text=text, start=0, end=0, section=section, reports=reports)


@pytest.mark.parametrize(
    ("found", "title"),
    [
        (commitment("新增床位1000张。"), "新增床位1000张"),
        (commitment("", "养老服务", "做了很多"), "养老服务"),
        (commitment("", "", "今年以来，做了很多"), "（仅见进展）今年以来，做了很多"),
        (commitment(""), "第 7 项"),
        (commitment("一句很短的话说完了。" + "后面还有很长很长的话" * 9), "一句很短的话说完了"),
        (commitment("甲" * 30 + "；" + "乙" * 30), "甲" * 30 + "…"),
        (commitment("丙" * 90), "丙" * 39 + "…"),
    ],
)
def test_titles(found: Commitment, title: str) -> None:
    assert texts.commitment_to_title(found) == title


@pytest.mark.parametrize(
    ("value", "unit", "printed"),
    [
        ("858000", "人次", "85.8 万人次"),
        ("1020000000000", "元", "1.02 万亿元"),
        ("20000000000", "元", "200 亿元"),
        ("12345.60", "元", "12,345.6 元"),
        ("99.50", "%", "99.5%"),
        ("123456789", "元", "12,345.6789 万元"),
        ("123456789.5", "元", "123,456,789.5 元"),
        ("5", "", "5"),
    ],
)
def test_quantities(value: str, unit: str, printed: str) -> None:
    assert texts.render_quantity(Decimal(value), unit) == printed


def test_shares_are_never_capped_and_points_have_a_sign() -> None:
    assert texts.render_share(Decimal("3.8")) == "380%"
    assert texts.render_share(Decimal("0.9592")) == "95.9%"
    assert texts.render_share(None) == "—"
    assert texts.render_points(Decimal("-0.03")) == "-0.03 点"
    assert texts.render_points(Decimal("0")) == "0"


@pytest.mark.parametrize(
    ("attained", "expected", "bar"),
    [
        ("0.5", "0.4", ("50", "100", "40")),
        ("2", None, ("100", "50", "")),
        ("-0.1", None, ("0", "100", "")),
        ("1", "1.25", ("80", "80", "100")),
    ],
)
def test_bars_make_room_for_more_than_the_whole(attained: str, expected: str | None, bar: tuple[str, ...]) -> None:
    found = attainment_bar(Decimal(attained), Decimal(expected) if expected else None)
    assert found is not None
    assert (found["fill"], found["goal"], found["due"]) == bar
    assert attainment_bar(None, None) is None


# --- words ----------------------------------------------------------------------------------------------


def test_every_code_of_the_rules_has_words_and_every_state_a_shape() -> None:
    rules = describe_rules()
    assert {term.code for term in rules.statuses} == words.STATUSES.keys()
    assert all(word.zh and word.en and word.shape for word in words.STATUSES.values())
    assert all(word.shape for word in words.SCHEDULE_STATES.values())
    assert words.STATE_TONES.keys() == words.SCHEDULE_STATES.keys()
    assert set(words.STATE_TONES.values()) <= words.STATUSES.keys()
    assert len({word.shape for word in words.STATUSES.values()}) == len(words.STATUSES)
    assert words.word_of(words.STATUSES, "unheard") == words.Word("unheard", "unheard")


def test_the_stylesheet_knows_every_tone(repository: Path) -> None:
    css = (repository / "generator/assets/theme/assets/duixian/duixian.css").read_text(encoding="utf-8")
    assert all(f".dx-{code} {{" in css and f'--s: "{word.shape}"' in css for code, word in words.STATUSES.items())


# --- a commitment ----------------------------------------------------------------------------------------


def test_a_commitment_shows_reported_beside_computed_with_reasons(pages: tuple[CommitmentPage, ...]) -> None:
    html = body_of(pages[0])
    text = Tags(html).text
    for part in (
        "政府自报",
        "按数字核算",
        "≥ 227 个",
        "110.1%",
        "报告 250 个",
        "承诺原文：文件第",
        "0" * 64,
        "GB/T 7714",
    ):
        assert part in text, part
    assert 'class="dx-bar dx-met" style="--fill:100%;--goal:90.8%"' in html
    assert "合计" in text and text.count("227 个") >= 2


def test_the_lowest_is_of_what_was_judged_and_what_was_not_is_named(pages: tuple[CommitmentPage, ...]) -> None:
    met = msgspec.structs.replace(pages[0].item.targets[0], schedule_state="met", attained=Decimal(1))
    open_ = msgspec.structs.replace(met, schedule_state="not_computable", attained=Decimal("0.78"))
    none = msgspec.structs.replace(open_, attained=None, points=None)
    item = msgspec.structs.replace(
        pages[0].item, targets=(met, met, open_, none), schedule_state="not_computable", attained=Decimal("0.78")
    )
    computed = answer_rows(item, None)[1]
    assert computed["word"] == "2 个达到，共 4 个目标"
    assert computed["note"] == "1 个有数字，未作判定；1 个没有可比的数字"
    assert "其中最低 78%" in answer_rows(msgspec.structs.replace(item, schedule_state="behind"), None)[1]["note"]


@pytest.mark.parametrize(
    ("text", "words", "shown"),
    [
        ("已建成养老服务点。", "已建成养老服务点", "“已建成养老服务点”"),
        ("已建成养老服务点", "已建成养老服务点", "“已建成养老服务点”"),
        ("已建成养老服务点200个。", "已建成养老服务点", "“已建成养老服务点…”"),
        ("已建成养老服务点、助餐点。", "已建成养老", "“已建成养老…”"),
        ("别的话。", "已建成养老", "“已建成养老”"),
        ("别的话。", "", "没有可引用的说法"),
    ],
)
def test_a_quotation_that_the_report_goes_on_behind_says_so(
    pages: tuple[CommitmentPage, ...], text: str, words: str, shown: str
) -> None:
    report = msgspec.structs.replace(pages[0].commitment.reports[0], text=text)
    commitment = msgspec.structs.replace(pages[0].commitment, reports=(report,))
    item = msgspec.structs.replace(pages[0].item, commitment=commitment, reported_words=words)
    assert answer_rows(item, None)[0]["note"] == shown


def test_not_due_says_as_of_when(pages: tuple[CommitmentPage, ...]) -> None:
    commitment = msgspec.structs.replace(pages[0].commitment, due=date(2024, 11, 30), due_text="11月底")
    item = msgspec.structs.replace(pages[0].item, commitment=commitment, due_state="not_due")
    due = answer_rows(item, date(2024, 2, 4))[2]
    assert due["word"] == "截至 2024-02-04 未到期" and due["note"] == "期限 2024-11-30；原文“11月底”"


def test_targets_that_nothing_was_reported_of_are_no_failure(pages: tuple[CommitmentPage, ...]) -> None:
    met = msgspec.structs.replace(pages[0].item.targets[0], schedule_state="met", attained=Decimal(1))
    none = msgspec.structs.replace(met, schedule_state="not_computable", attained=None, points=None)
    missed = msgspec.structs.replace(met, schedule_state="missed", attained=Decimal("0.5"))
    assert targets_in_words(target_tally(()))["reached"] == "—"
    assert targets_in_words(target_tally((none, none))) == {
        "reached": "—",
        "reached_note": "2 个目标都还没有可比的数字",
    }
    assert targets_in_words(target_tally((met, missed, none))) == {
        "reached": "1",
        "reached_note": "占 3 个目标；1 个落后或未达；1 个没有可比的数字",
    }


def test_a_commitment_without_targets_has_no_empty_sections(pages: tuple[CommitmentPage, ...]) -> None:
    html = body_of(pages[1])
    assert not any(f"id={name}>" in html for name in ("targets", "milestones", "districts", "reports", "units"))
    assert "id=evidence" in html


def test_a_report_without_wording_says_so(pages: tuple[CommitmentPage, ...]) -> None:
    assert pages[2].title.startswith("（仅见进展）")
    assert "只公布了进展" in body_of(pages[2])


def test_neighbours_lead_on(pages: tuple[CommitmentPage, ...]) -> None:
    links = [
        dict(attrs)
        for tag, attrs in Tags(body_of(pages[1])).tags
        if tag == "a" and attrs.get("rel") in ("prev", "next")
    ]
    assert [(link["rel"], link["href"]) for link in links] == [
        ("prev", "livelihood-001.html"),
        ("next", "livelihood-003.html"),
    ]
    assert 'rel="prev"' not in body_of(pages[0])


def test_citations(pages: tuple[CommitmentPage, ...]) -> None:
    assert cite_commitment(pages[0], "https://example.org/a.html", "兑现") == (
        "兑现. 测试市 2024 年民生实事：新增老年助餐服务点227个 (testville-2024-livelihood-001)[DB/OL]. "
        "(2024-12-31)[引用日期]. https://example.org/a.html"
    )


# --- hostile words ------------------------------------------------------------------------------------------


def test_hostile_words_stay_words() -> None:
    year = make_year(examples.Words(text=examples.HOSTILE, other=examples.HOSTILE))
    for page in year_to_pages(year):
        html = body_of(page) + render_crumbs(page)
        found = Tags(html)
        assert not [
            tag for tag, attrs in found.tags if tag in ("img", "script") or any(a.startswith("on") for a in attrs)
        ]
        assert not [href for _, attrs in found.tags if (href := attrs.get("href") or "").startswith("javascript")]
        assert "49" not in Tags(render_crumbs(page)).text
        data = json.loads(render_json_ld(page, "https://example.org/"))
        assert data["name"] == page.title
        assert json.loads(render_twin(page))["id"] == page.commitment.id
    assert "<img" not in render_retired(examples.HOSTILE, year)


def test_source_addresses_are_links_only_when_they_are_web_addresses() -> None:
    register = examples.make_register(examples.Words())
    source = msgspec.structs.replace(register.sources[0], url="javascript:alert(1)")
    changed = msgspec.structs.replace(register, sources=(source,))
    (city,) = registers_to_cities([examples.assess(changed, WORDS)])
    assert 'href="javascript:' not in body_of(year_to_pages(city.years[0])[0])


def test_headings_and_front_matter_are_inert() -> None:
    assert "<" not in render_heading("<b>*x*_[a](b)") and "*" not in render_heading("*x*")
    assert json.loads(render_front_matter('a"<b>')) == "a&#34;&lt;b&gt;"


# --- hand-written pages, metadata --------------------------------------------------------------------------


def test_marks_without_a_part_and_parts_without_a_mark_are_refused(tmp_path: Path) -> None:
    path = tmp_path / "page.md"
    path.write_text("# a\n\n<!-- duixian: known -->\n<!-- duixian: odd -->\n", encoding="utf-8")
    with pytest.raises(ContentError) as refused:
        render_plain(path, {"known": "x", "lost": "y"})
    said = str(refused.value)
    assert "page.md:4: [page-mark] no part called 'odd'" in said
    assert "no mark for 'lost'" in said


def test_the_method_page_prints_every_rule(repository: Path) -> None:
    page = render_method(repository / "content", keep_years())
    rules = describe_rules()
    codes = [term.code for term in (*rules.reasons, *rules.statuses, *rules.verdicts, *rules.grades)]
    codes += [term.code for term in rules.changes_of_wording]
    assert all(f"<code>{code}</code>" in page for code in codes)
    assert all(f'id="check-{check.name}"' in page for check in rules.checks)
    assert all(threshold.zh in page for threshold in rules.thresholds)
    assert rules.version in page
