"""The page of a commitment, part by part: what stands in it, what is left out, what is said once for several."""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from msgspec.structs import replace

from generator.assess.department_slugs import department_slug
from generator.model import (
    AssessedTarget,
    Catalogue,
    Cofog,
    CommitmentTheme,
    DepartmentSlugs,
    Remark,
    Report,
    Responsibility,
    Restatement,
    Theme,
)
from generator.pages.commitment import render_commitment, render_crumbs, render_retired, render_retired_crumbs
from generator.pages.commitment_page import (
    CommitmentPage,
    RegisterPages,
    commitment_file,
    find_source,
    has_stated_day,
    record_file,
    year_to_pages,
)
from generator.pages.outline import registers_to_cities
from tests import page_examples as examples
from tests.assess_examples import WORDS, result, source, target

JUNE, AUGUST, YEAR_END = date(2024, 6, 30), date(2024, 8, 31), date(2024, 12, 31)


@pytest.fixture(scope="module")
def pages() -> tuple[CommitmentPage, ...]:
    """The pages of the city of the examples."""
    register = examples.assess(examples.make_register(examples.Words()), WORDS)
    (city,) = registers_to_cities([register])
    return year_to_pages(city.years[0])


def changed(
    page: CommitmentPage, commitment: Mapping[str, Any], register: Mapping[str, Any] | None = None, **item: Any
) -> CommitmentPage:
    """The page with fields of its commitment, of what was assessed of it, and of its register changed."""
    made = replace(page.item, commitment=replace(page.commitment, **commitment), **item)
    before = page.common.register
    items = [one if place != page.index else made for place, one in enumerate(before.commitments)]
    after = replace(before, commitments=tuple(items), register=replace(before.register, **(register or {})))
    return CommitmentPage(made, page.index, RegisterPages(dataclasses.replace(page.year, registers=(after,)), after))


def html_of(page: CommitmentPage) -> str:
    return render_commitment(page, "https://example.org/a.html", "兑现")


def part_of(html: str, begin: str, end: str) -> str:
    """What stands between two marks."""
    assert html.count(begin) == 1, begin
    return html.partition(begin)[2].partition(end)[0]


# --- its words ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "above", "below"),
    [
        ("新增床位9张", "", "<p>承诺原文：文件第 0–12 字，<span lang=zh-Hans>“新增床位9张”</span>"),  # as the heading
        (
            "新增床位9张。",
            "<blockquote class=dx-quote lang=zh-Hans><p>新增床位9张。</blockquote>",
            "<p>承诺原文：文件第 0–12 字",
        ),
        ("", "<p class=dx-note>来源文件没有写出承诺原文，只公布了进展（仅见进展）。以下内容来自进展报告。", ""),
    ],
)
def test_the_wording_is_quoted_once(pages: tuple[CommitmentPage, ...], text: str, above: str, below: str) -> None:
    html = html_of(changed(pages[0], {"text": text, "category": "", "section": "", "restated": ()}, wordings=()))
    assert part_of(html, "市民政局 项</span>", "<section class=dx-answers") == above
    assert part_of(html, "<h2 id=evidence>依据</h2>", "<p>出自") == (
        f"<div class=dx-evidence>{below}<p>进展原文：文件第 10–20 字"
    )


def test_themes_are_links_that_say_why(pages: tuple[CommitmentPage, ...]) -> None:
    names = {"care": "养老", "jobs": "就业"}
    themes = tuple(
        Theme(slug=slug, zh=zh, en=slug, cofog=Cofog("10", zh, slug), reason=Remark(zh, slug), words={})
        for slug, zh in names.items()
    )
    given = (CommitmentTheme("care", ("助餐", "老年")), CommitmentTheme("jobs", ("岗位", "就业"), "由人归入"))
    page = changed(pages[0], {}, themes=given)
    register = replace(page.common.register, catalogue=Catalogue(themes=themes))
    year = dataclasses.replace(page.year, registers=(register,))
    html = html_of(dataclasses.replace(page, common=RegisterPages(year, register)))
    assert part_of(html, "<span>主题 ", "</span>") == (
        '<a href="../../themes/care/" title="原文有“助餐”">养老</a>、'
        '<a href="../../themes/jobs/" title="由人归入">就业</a>'
    )


# --- who answers for it --------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("units", "shown"),
    [
        ([Responsibility("lead", "市甲局")], "<dt>牵头单位<dd><a href=@市甲局@>市甲局</a>"),
        ([Responsibility("support", "市甲局")], "<dt>配合单位<dd><a href=@市甲局@>市甲局</a>"),
        (
            [Responsibility("support", "市乙局"), Responsibility("lead", "市甲局"), Responsibility("lead", "市丙局")],
            "<dt>牵头单位<dd><a href=@市甲局@>市甲局</a>、<a href=@市丙局@>市丙局</a>"
            "<dt>配合单位<dd><a href=@市乙局@>市乙局</a>",
        ),
        (
            [Responsibility("lead", "甲局", "某局长", "市甲局", leader="某副市长", scope="第一部分")],
            '<dt>牵头单位<dd><a href=@市甲局@ title="市甲局">甲局</a>（某局长）<small>（某副市长：第一部分）</small>',
        ),
        (
            [Responsibility("lead", "市甲局", scope="分" * 60)],
            f"<dt>牵头单位<dd><a href=@市甲局@>市甲局</a><small>（{'分' * 60}）</small>",
        ),
        (
            [Responsibility("lead", "市甲局", scope="分" * 61)],
            f"<dt>牵头单位<dd><a href=@市甲局@>市甲局</a><small>（{'分' * 59}…）</small>",
        ),
    ],
)
def test_units_stand_under_their_role_and_lead_to_their_pages(
    pages: tuple[CommitmentPage, ...], units: list[Responsibility], shown: str
) -> None:
    html = html_of(changed(pages[0], {"responsibilities": tuple(units), "leader": "", "due": None}))

    def address(match: re.Match[str]) -> str:
        return f'"../departments/{department_slug(match[1], pages[0].year.place.slug, DepartmentSlugs())}/"'

    assert part_of(html, "<h2 id=units>责任</h2><dl class=dx-facts>", "</dl>") == re.sub("@(.+?)@", address, shown)


# --- its targets ---------------------------------------------------------------------------------------------


def measured(name: str, day: date | None = JUNE, **fields: Any) -> AssessedTarget:
    """A target that a result of the report ``r1`` with the same number answers."""
    number = name.removeprefix("t")
    found = {"report": "r1", "result": f"v{number}", "as_of": day, "attained": Decimal("0.5"), **fields}
    return AssessedTarget(target(id=name), "behind", **found)


def silent(name: str, **fields: Any) -> AssessedTarget:
    """A target that no result answers."""
    return AssessedTarget(target(id=name), "not_computable", "no_result", **fields)


def targets_page(
    page: CommitmentPage, *targets: AssessedTarget, days: Mapping[str, date] | None = None, reason: str = ""
) -> str:
    """The section of targets. The report is as of the end of June; ``reason`` where a person stated that."""
    document = source("half_year", JUNE, as_of_reason=reason)
    results = tuple(
        result(str(number), id=f"v{number}", target=f"t{number}", as_of=(days or {}).get(f"v{number}"))
        for number in range(1, 4)
    )
    reports = (
        Report(id="r0", source=document.id, text="初报", start=0, end=2, as_of=JUNE, results=(result("99"),)),
        Report(id="r1", source=document.id, text="续报", start=4, end=6, as_of=JUNE, results=results),
    )
    commitment = {"reports": reports, "targets": tuple(one.target for one in targets), "restated": ()}
    return part_of(
        html_of(changed(page, commitment, {"sources": (document,)}, targets=targets, rates=(), wordings=())),
        "<h2 id=targets>目标</h2>",
        "<h2 ",
    )


@pytest.mark.parametrize(
    ("targets", "once", "each"),
    [
        ([measured("t1")], "", ["（截至 2024-06-30）"]),
        ([measured("t1"), measured("t2")], "报告的数截至 2024-06-30。", [""] * 2),
        ([measured("t1"), measured("t2"), silent("t3")], "报告的数截至 2024-06-30。", [""] * 2),
        ([measured("t1"), silent("t2", as_of=JUNE)], "", ["（截至 2024-06-30）"]),
        ([measured("t1"), measured("t2", AUGUST)], "", ["（截至 2024-06-30）", "（截至 2024-08-31）"]),
        ([measured("t1"), measured("t2", None)], "", ["（截至 2024-06-30）", "（原文未注明日期）"]),
        ([measured("t1", result="v9")], "", []),
        ([measured("t1", report="r9")], "", []),
        ([measured("t1", report="r0")], "", ["（截至 2024-06-30）"]),
    ],
)
def test_the_day_of_results_is_said_once_where_all_share_it(
    pages: tuple[CommitmentPage, ...], targets: list[AssessedTarget], once: str, each: list[str]
) -> None:
    html = targets_page(pages[0], *targets)
    assert re.findall("报告的数.*?。", html) == [once] * bool(once)
    assert re.findall(r"报告 \d+ 个(.*?)，为目标的 50%", html) == each


def test_a_target_shows_the_result_of_its_own_report(pages: tuple[CommitmentPage, ...]) -> None:
    assert "报告 1 个" in targets_page(pages[0], measured("t1"))
    assert "报告 99 个" in targets_page(pages[0], measured("t1", report="r0"))


@pytest.mark.parametrize(
    ("reason", "days", "said"),
    [
        ("", {}, "截至 2024-06-30"),
        ("按题名认定", {}, "原文未注明日期，按 2024-06-30 计"),
        ("按题名认定", {"v1": JUNE}, "截至 2024-06-30"),
        ("按题名认定", {"v1": date(2024, 5, 31)}, "截至 2024-06-30"),
        ("按题名认定", {"v1": YEAR_END}, "原文未注明日期，按 2024-06-30 计"),  # the day of the year's target
    ],
)
def test_a_day_that_the_document_does_not_print_is_said_to_be_ours(
    pages: tuple[CommitmentPage, ...], reason: str, days: dict[str, date], said: str
) -> None:
    assert f"报告 1 个（{said}），" in targets_page(pages[0], measured("t1"), reason=reason, days=days)


@pytest.mark.parametrize(
    ("targets", "caption"),
    [
        ([silent("t1")], ""),
        ([silent("t1"), silent("t2", measure_id="park")], "点带链接的指标，看各地的同一指标。"),
        ([silent("t1"), silent("t2", attained=Decimal(1))], "竖线是目标。"),
        ([silent("t1", linear=Decimal("0.5"))], ""),
        (
            [silent("t1", linear=Decimal("0.5")), silent("t2", linear=Decimal("0.5")), silent("t3")],
            "按全年匀速推算，此时为目标的 50%（本站参考，不作判定）。",
        ),
        ([silent("t1", linear=Decimal("0.5")), silent("t2", linear=Decimal("0.6"))], ""),
    ],
)
def test_the_caption_explains_what_some_target_has(
    pages: tuple[CommitmentPage, ...], targets: list[AssessedTarget], caption: str
) -> None:
    said = f"<p class=dx-caption>{caption}" * bool(caption)
    assert targets_page(pages[0], *targets).partition("<ul")[0] == said


def test_a_straight_line_is_said_of_each_target_where_they_differ(pages: tuple[CommitmentPage, ...]) -> None:
    html = targets_page(pages[0], silent("t1", linear=Decimal("0.5")), silent("t2", linear=Decimal("0.6")))
    assert re.findall(r"推算为 (\d+%)（本站参考，不作判定）", html) == ["50%", "60%"]


def test_a_shared_measure_is_a_link_to_its_page(pages: tuple[CommitmentPage, ...]) -> None:
    html = targets_page(pages[0], silent("t1", measure_id="park"), silent("t2"))
    names = re.findall("<li id=t.><div><b>(.*?)</b>", html)
    assert names == ['<a href="../../measures/park/">新建公园</a>', "新建公园"]


@pytest.mark.parametrize(("as_of", "day"), [(JUNE, "2024-06-30"), (None, "2024-12-31")])
def test_a_due_date_is_held_against_the_newest_report_else_the_newest_document(
    pages: tuple[CommitmentPage, ...], as_of: date | None, day: str
) -> None:
    page = changed(pages[0], {"due": YEAR_END}, as_of=as_of, due_state="not_due")
    assert f"<h2>期限</h2><b>截至 {day} 未到期</b>" in html_of(page)


# --- what it was read from --------------------------------------------------------------------------------------


def test_evidence_stands_by_document_in_the_order_of_promise_reports_and_later_wordings(
    pages: tuple[CommitmentPage, ...],
) -> None:
    plan, report = source("plan", title="计划"), source("half_year", title="进展")
    wording = Restatement(id="w1", source=plan.id, text="甲", start=70, end=80)
    commitment = {
        "text": "新增床位9张。",
        "source": plan.id,
        "reports": tuple(
            Report(id=f"r{place}", source=name, text="已办", start=place, end=place + 9)
            for place, name in enumerate((report.id, "", report.id))
        ),
        "restated": (wording,),
    }
    html = html_of(changed(pages[0], commitment, {"sources": (plan, report)}, rates=(), wordings=()))
    shown = part_of(html, "<h2 id=evidence>依据</h2>", "<p>本条没有")
    mark = f"<p>文件指纹 sha256 <code>{'0' * 64}</code></div>"
    assert shown == (
        f"<div class=dx-evidence><p>承诺原文：文件第 0–12 字<p>再印的表述：文件第 70–80 字<p>出自《计划》{mark}"
        f"<div class=dx-evidence><p>进展原文：文件第 0–9 字<p>进展原文：文件第 2–11 字<p>出自《进展》{mark}"
        "<div class=dx-evidence><p>进展原文：文件第 1–10 字</div>"  # which of the two is not known
    )


def test_a_page_without_later_wordings_goes_on_with_the_next_part(pages: tuple[CommitmentPage, ...]) -> None:
    html = html_of(changed(pages[0], {}, wordings=()))
    assert part_of(html, "为目标的 110.1%。", "<h2 id=milestones>") == "</ul>"


@pytest.mark.parametrize(
    ("identifier", "documents", "found"),
    [
        ("s-plan", ("plan", "half_year"), "s-plan"),
        ("s-half_year", ("plan", "half_year"), "s-half_year"),
        ("", ("plan", "half_year"), None),
        ("", ("plan",), "s-plan"),
        ("", (), None),
    ],
)
def test_a_register_with_a_single_document_needs_no_id(
    pages: tuple[CommitmentPage, ...], identifier: str, documents: tuple[Any, ...], found: str | None
) -> None:
    page = changed(pages[0], {}, {"sources": tuple(source(kind) for kind in documents)})
    one = find_source(page, identifier)
    assert (one.id if one else None) == found


@pytest.mark.parametrize(
    ("as_of", "reason", "name", "number", "stated"),
    [
        (None, "按题名认定", "s-plan", None, False),
        (JUNE, "", "s-plan", None, False),
        (JUNE, "按题名认定", "s-plan", None, True),
        (JUNE, "按题名认定", "s-lost", None, False),
        (JUNE, "按题名认定", "s-plan", {}, True),
        (JUNE, "按题名认定", "s-plan", {"as_of": date(2024, 5, 31)}, False),
        (JUNE, "按题名认定", "s-plan", {"as_of": JUNE}, False),
        (JUNE, "按题名认定", "s-plan", {"as_of": AUGUST}, True),
        (None, "按题名认定", "s-plan", {"as_of": AUGUST}, False),
    ],
)
def test_a_day_is_stated_where_a_person_gave_the_reason_and_the_number_has_none_of_its_own(
    pages: tuple[CommitmentPage, ...],
    as_of: date | None,
    reason: str,
    name: str,
    number: dict[str, Any] | None,
    stated: bool,
) -> None:
    page = changed(pages[0], {}, {"sources": (source("plan", as_of_reason=reason), source("half_year"))})
    report = Report(id="r1", source=name, text="", start=0, end=1, as_of=as_of)
    assert has_stated_day(page, report, None if number is None else result(**number)) is stated


# --- the way to it ----------------------------------------------------------------------------------------------


def test_a_page_says_where_it_is(pages: tuple[CommitmentPage, ...]) -> None:
    first = pages[0]
    assert (first.place_and_year, first.programme) == ("测试市 2024 年民生实事", "livelihood")
    assert [page.file for page in pages] == ["livelihood-001", "livelihood-002", "livelihood-003"]
    assert commitment_file(first.year, first.commitment) == "livelihood-001"
    assert record_file(first.year, "testville-2024-major-testville-2024-") == "major-testville-2024-"
    assert render_crumbs(first) == (
        '<a href="../../">首页</a><a href="../">测试市</a><a href="./">2024 年</a>'
        '<a href="./?programme=livelihood#commitments">民生实事</a>'
    )
    assert (
        render_retired_crumbs(first.year) == '<a href="../../">首页</a><a href="../">测试市</a><a href="./">2024 年</a>'
    )


def test_a_retired_id_says_what_became_of_it(pages: tuple[CommitmentPage, ...]) -> None:
    year, identifier = pages[0].year, "testville-2024-livelihood-009"
    rest = '<p><a href="./">测试市 2024 年全部承诺</a>'
    assert render_retired(identifier, year).endswith(f"It will not be used again.{rest}")
    history = {"day": "2026-03-01", "count": 2}
    assert render_retired(identifier, year, [history]).endswith(
        f"<p id=history>变动及原因：<a href=../../changes/#d2026-03-01-{identifier}>2026-03-01</a>（2 处）{rest}"
    )


@pytest.mark.parametrize(
    ("index", "shown"),
    [
        (0, [("next", "livelihood-002", "下一项", "乙" * 24)]),
        (1, [("prev", "livelihood-001", "上一项", "甲"), ("next", "livelihood-003", "下一项", "丙" * 23 + "…")]),
        (2, [("prev", "livelihood-002", "上一项", "乙" * 24)]),
    ],
)
def test_neighbours_are_those_before_and_behind(
    pages: tuple[CommitmentPage, ...], index: int, shown: list[tuple[str, str, str, str]]
) -> None:
    before = pages[index].common.register
    texts = ("甲", "乙" * 24, "丙" * 25)
    items = tuple(
        replace(item, commitment=replace(item.commitment, text=text))
        for item, text in zip(before.commitments, texts, strict=True)
    )
    common = RegisterPages(pages[index].year, replace(before, commitments=items))
    html = html_of(CommitmentPage(items[index], index, common))
    links = re.findall("<a rel=(.*?) href=(.*?).html><small>(.*?)</small>(.*?)</a>", html)
    assert links == shown
