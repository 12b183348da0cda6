"""Votes and appraisals: told from work by their words and units, kept with the numbers that are printed."""

from __future__ import annotations

from pathlib import Path

import pytest

from generator.ingest import ingest_document
from generator.ingest.appraisals import appraisal_kind, read_appraisals
from generator.ingest.blocks import Block
from generator.ingest.results import text_to_results
from generator.ingest.rows import Reading
from generator.lookups import Lookups
from generator.quantities import Grammar
from generator.text import Traced
from tests.golden import FIXTURES, fixture_content


@pytest.fixture(scope="module")
def reading(tmp_path_factory: pytest.TempPathFactory) -> Reading:
    lookups = Lookups(fixture_content(tmp_path_factory.mktemp("appraisals")))
    return Reading(
        lookups, Grammar(lookups.units, lookups.comparators, lookups.numerals), lookups.places.by_name["云溪市"], 2024
    )


@pytest.mark.parametrize(
    ("text", "kind", "said", "figures"),
    [
        (
            "大会期间，经86名代表投票，从12个候选项目中票决产生8件实事。",
            "vote",
            "经86名代表投票，从12个候选项目中票决产生8件实事",
            ["86名", "12个", "8件"],
        ),
        (
            "受市政府委托，第三方机构开展满意度测评，共访问1,200人，综合满意率96.5%，今年继续推进。",
            "satisfaction",
            "第三方机构开展满意度测评，共访问1,200人，综合满意率96.5%",
            ["1,200人", "96.5%"],
        ),
        ("经第三方评估，平均得分92.3分。", "evaluation", "经第三方评估，平均得分92.3分", ["92.3分"]),
        ("已开展满意度测评，新建公园3个。", "satisfaction", "", []),  # what follows counts work
        ("第三方评估得分92.3分。", "evaluation", "第三方评估得分92.3分", ["92.3分"]),
    ],
)
def test_a_statement_beside_the_list_is_kept_with_its_numbers(
    text: str, kind: str, said: str, figures: list[str], reading: Reading
) -> None:
    found = read_appraisals([Block("paragraph", Traced.of(text, 100), 1)], [], reading)
    if not said:
        assert found == ()
        return
    (one,) = found
    assert (one.kind, one.text, [figure.printed for figure in one.figures]) == (kind, said, figures)
    assert text[one.start - 100 : one.end - 100] == said
    assert [text[figure.start - 100 : figure.end - 100] for figure in one.figures] == figures


@pytest.mark.parametrize(
    "text",
    [
        "强化人大票决结果的法定效力，发挥民生实事目标任务的导向作用。",  # no number
        "2024年度社会评价意见整改工作收集意见286条。",  # opinions are no appraisal
        "新增老年助餐服务点60个。",
    ],
)
def test_what_is_no_vote_and_no_appraisal_is_none(text: str, reading: Reading) -> None:
    assert read_appraisals([Block("paragraph", Traced.of(text), 1)], [], reading) == ()


def test_what_stands_in_a_commitment_is_no_statement_about_the_whole(reading: Reading) -> None:
    text = "办事群众满意率达到96.5%。"
    block = Block("paragraph", Traced.of(text, 50), 1)
    assert read_appraisals([block], [(0, 20), (40, 50)], reading) != ()
    assert read_appraisals([block], [(0, 20), (45, 60)], reading) == ()
    assert read_appraisals([Block("row", Traced.of(text, 50), 1)], [], reading) == ()


@pytest.mark.parametrize(
    ("measure", "unit", "kind"),
    [
        ("群众满意度", "%", "satisfaction"),
        ("群众满意率", "%", "satisfaction"),
        ("第三方评价得分", "分", "evaluation"),
        ("得票", "票", "vote"),
        ("满意度测评", "次", None),  # two surveys are work
        ("以垃圾分类为重点的农村人居环境测评", "次", None),
        ("问题办结率", "%", None),
    ],
)
def test_a_result_says_whether_it_is_an_appraisal(measure: str, unit: str, kind: str | None, reading: Reading) -> None:
    assert appraisal_kind(measure, unit, reading) == kind


def test_an_appraisal_in_a_report_is_a_result_that_says_so(reading: Reading) -> None:
    results, _, _ = text_to_results(Traced.of("已建成驿站12个，群众满意度98%，开展满意度测评2次。"), (), reading)
    assert [(f"{one.value:f}", one.unit, one.appraisal) for one in results] == [
        ("12", "个", None),
        ("98", "%", "satisfaction"),
        ("2", "次", None),
    ]


def test_statements_of_a_document_belong_to_its_source_and_their_numbers_are_accounted_for(tmp_path: Path) -> None:
    content = fixture_content(tmp_path)
    sidecar = content / "documents" / "yunxi-2012-livelihood.yml"
    (register,) = ingest_document(sidecar, content, FIXTURES / "documents")
    told = [
        [(one.kind, [f"{f.value:f}{f.unit}" for f in one.figures]) for one in s.appraisals] for s in register.sources
    ]
    assert told == [[("vote", ["86名", "12个", "8件"])], [], [("satisfaction", ["1200人", "96.5%"])]]
    assert not [one for one in register.unassigned if one.reason == "outside"]
