"""The arithmetic on the pages: bases of rates, points, areas behind a total; page, table and JSON twin say the same."""

from __future__ import annotations

import json
import re
from datetime import date
from decimal import Decimal
from html import unescape
from pathlib import Path

from generator.api import render_twin
from generator.assess import describe_rules
from generator.lookups import Places
from generator.model import Base, Commitment, Source
from generator.pages.city_year import render_city_year
from generator.pages.commitment import render_commitment
from generator.pages.commitment_page import CommitmentPage, year_to_pages
from generator.pages.method import render_method
from generator.pages.outline import CityYear, registers_to_cities
from generator.tables import assessed_to_tables
from tests.assess_examples import (
    PLACE,
    WORDS,
    YEAR,
    allocation,
    assess_all,
    commitment,
    milestone,
    rate,
    report,
    result,
    source,
    target,
)
from tests.kept_examples import keep_years

HOSTILE = "<img src=x onerror=alert(1)>"
JUNE = date(YEAR, 6, 30)


def year_of(one: Commitment, sources: tuple[Source, ...] | None = None) -> CityYear:
    (city,) = registers_to_cities([assess_all(one, sources=sources)])
    return city.years[0]


def page_of(one: Commitment, sources: tuple[Source, ...] | None = None) -> CommitmentPage:
    (page,) = year_to_pages(year_of(one, sources))
    return page


def text_of(one: Commitment, sources: tuple[Source, ...] | None = None) -> str:
    html = render_commitment(page_of(one, sources), "https://example.org/x.html", "兑现")
    return unescape(re.sub(r"\s+", " ", re.sub(r"<[^>]+>", "", html)))


def of_percentage() -> Commitment:
    goal = target("90", "%", kind="rate", measure="覆盖率")
    step = milestone(JUNE, "80", "%", basis="level")
    told = report("覆盖率85%", result("85", "%", measure="覆盖率"))
    return commitment(targets=(goal,), milestones=(step,), reports=(told,))


def of_areas() -> Commitment:
    shares = tuple(allocation(f"a{n}", area, "5") for n, area in enumerate(("东区", "西区", "南区")))
    figures = tuple(result(done, id=f"w{done}", area=area) for done, area in (("9", "东区"), ("2", "西区")))
    told = report("公园16个", result("16"), *figures, kind="annual")
    return commitment(targets=(target("15", allocations=shares),), reports=(told,))


def of_plan() -> Commitment:
    base = Base(value=Decimal(100), unit="元", printed=f"100{HOSTILE}元", start=90, end=95)
    share = rate("65", target="", basis="完成全年计划的", base=base)
    return commitment(
        targets=(), reports=(report("投资60元,完成全年计划的65%", result("60", "元", target=""), rates=(share,)),)
    )


def test_page_table_and_twin_give_a_percentage_in_points() -> None:
    text = text_of(of_percentage())
    assert "报告 85%（截至 2023-06-30），比目标低 5 个百分点。" in text and "已到期的官方节点要求 80%。" in text
    assert "为目标的" not in text
    (row,) = assessed_to_tables([assess_all(of_percentage())], Places((PLACE,), Path("places.yml")))["targets"]
    assert (row["attained"], row["points"], row["expected"], row["expected_value"]) == (None, -5, None, 80)
    twin = json.loads(render_twin(page_of(of_percentage())))
    (found,) = twin["assessed"]["targets"]
    assert "attained" not in found and "expected" not in found
    assert (found["points"], Decimal(found["expected_value"])) == ("-5", 80)


def test_a_day_that_the_document_does_not_print_is_called_so() -> None:
    stated = source("annual", as_of_reason="题名为全年")
    dated, undated = result("9", as_of=date(YEAR, 12, 31)), result("9")
    for number, said in (
        (undated, "报告 9 个（原文未注明日期，按 2023-12-31 计）"),
        (dated, "报告 9 个（截至 2023-12-31）"),
    ):
        one = commitment(reports=(report("新建公园9个", number, kind="annual"),))
        text = text_of(one, (stated,))
        assert said in text and "文件未印截止日" in text
    assert "未印截止日" not in text_of(commitment(reports=(report("新建公园9个", undated, kind="annual"),)))


def test_a_share_of_the_target_is_turned_into_an_amount_beside_it_only() -> None:
    step = milestone(JUNE, "60", "%", basis="share")
    text = text_of(commitment(milestones=(step,), reports=(report("公园5个", result("5")),)))
    assert "为目标的 50%" in text and "已到期的官方节点要求 目标的 60%（合 6 个）。" in text


def test_areas_stand_beside_the_headline_on_both_pages() -> None:
    text = text_of(of_areas())
    assert "为目标的 106.7%" in text
    assert (
        "2 个区县有自己的目标和数字，1 个达到；各地超出部分不抵其他地方的缺口，合计完成 70%；另有 1 个没有数字。"
        in text
    )
    year = render_city_year(year_of(of_areas()), lambda chart: "").markdown
    row = re.search(r"各地是否都达到.*?<tbody>(.*?)</tbody>", year, re.DOTALL)
    assert row and re.findall(r">([^<>\n]+)<", row.group(1)) == ["新建公园", "106.7%", "1 / 2", "70%", "1"]
    assert "各地是否都达到" not in render_city_year(year_of(of_percentage()), lambda chart: "").markdown


def test_the_base_of_a_rate_is_quoted_and_an_inferred_one_is_called_ours() -> None:
    html = render_commitment(page_of(of_plan()), "https://example.org/x.html", "兑现")
    assert HOSTILE not in html
    text = text_of(of_plan())
    assert f"基数为同处印出的“100{HOSTILE}元”（字符 90–95）" in text
    assert "倒推的基数约 92.31 元（本站推算，非官方数字）" in text


def test_the_method_page_prints_the_versions_and_the_strength_of_words(repository: Path) -> None:
    page = render_method(repository / "content", keep_years())
    for change in describe_rules().changes:
        assert f'id="rules-{change.version}"' in page and change.zh in page
    assert all(word in unescape(page) for word in (*WORDS.claims, *WORDS.nearly, *WORDS.begun, *WORDS.delayed))


def test_each_change_of_the_rules_has_a_version_of_its_own_newest_first() -> None:
    versions = [tuple(map(int, change.version.split("."))) for change in describe_rules().changes]
    assert versions == sorted(set(versions), reverse=True) and len(versions) > 1
