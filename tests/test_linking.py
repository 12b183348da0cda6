"""Documents that follow each other: a plan, what was done by June, what was done by December."""

from __future__ import annotations

import hashlib
import shutil
from pathlib import Path

import pytest

from generator import registers
from generator.errors import DuixianError
from generator.ingest import ingest_document
from generator.model import Register
from tests.golden import FIXTURES, fixture_content


@pytest.fixture
def content(tmp_path: Path) -> Path:
    return fixture_content(tmp_path)


def _of_one_year(content: Path, year: int = 2026) -> Register:
    sidecar = content / "documents" / f"yunxi-{year}-livelihood.yml"
    (register,) = ingest_document(sidecar, content, FIXTURES / "documents")
    return register


def test_later_documents_add_reports_to_the_commitments_that_are_there(content: Path) -> None:
    register = _of_one_year(content)
    assert [source.kind for source in register.sources] == ["plan", "half_year", "annual"]
    told = [(c.text, [report.source.rpartition("-")[2] for report in c.reports]) for c in register.commitments]
    assert told == [
        ("新增老年助餐服务点60个", ["year", "annual"]),
        ("新建中小学5所，新增学位4000个", ["year", "annual"]),
        ("新增公共充电桩800个以上", ["year", "annual"]),
        ("创建美丽河湖6条", []),
        ("建设口袋公园3个", ["annual"]),  # in no earlier document: a commitment of its own, never a guess
    ]
    schools = register.commitments[1]
    assert [(f"{r.value:f}", r.target) for one in schools.reports for r in one.results] == [
        ("2", "t1"),
        ("1600", "t2"),
        ("5", "t1"),
        ("3900", "t2"),
    ]


def test_any_of_the_documents_gives_the_same_register(content: Path) -> None:
    expected = _of_one_year(content)
    for name in ("yunxi-2026-livelihood-half-year", "yunxi-2026-livelihood-annual"):
        assert ingest_document(content / "documents" / f"{name}.yml", content, FIXTURES / "documents") == (expected,)


def test_numbers_are_accounted_for_in_each_document(content: Path) -> None:
    register = _of_one_year(content)
    assert {one.source for one in register.unassigned} == {source.id for source in register.sources}
    assert {one.reason for one in register.unassigned} == {"date", "row-number"}


def test_a_document_is_not_lost_when_its_sidecar_breaks(content: Path) -> None:
    registers.write_register(content, _of_one_year(content))
    (content / "documents" / "yunxi-2026-livelihood-annual.yml").write_text("kind: [", encoding="utf-8")
    with pytest.raises(DuixianError, match="register-of-another-document"):
        _of_one_year(content)


def test_the_wording_of_each_later_document_is_kept_with_its_numbers_and_place(content: Path) -> None:
    register = _of_one_year(content, 2012)
    texts = {
        source.id: (FIXTURES / "documents" / source.document).read_text(encoding="utf-8") for source in register.sources
    }
    told = {
        one.text: [(later.id, later.text, [f"{t.value:f}{t.unit}" for t in later.targets]) for later in one.restated]
        for one in register.commitments
    }
    assert told["新增老年助餐服务点60个"] == [
        ("w1", "新增老年助餐服务点40个", ["40个"]),
        ("w2", "新增老年助餐服务点40个", ["40个"]),
    ]
    assert told["新建中小学5所，新增学位4000个"] == [("w1", "新建中小学5所，新增学位", ["5所"])]
    for one in register.commitments:
        for later in one.restated:
            assert texts[later.source][later.start : later.end] == later.text
            assert all(texts[later.source][t.start : t.end] in t.printed for t in later.targets)
    canal = next(one for one in register.commitments if one.number == "4")
    assert (canal.due_text, canal.restated[0].due_text) == ("10月底", "12月底")


def test_results_answer_the_targets_of_the_plan_whatever_later_documents_print(content: Path) -> None:
    meals = _of_one_year(content, 2012).commitments[0]
    assert [f"{target.value:f}" for target in meals.targets] == ["60"]
    assert [(f"{result.value:f}", result.target) for one in meals.reports for result in one.results] == [
        ("35", "t1"),
        ("41", "t1"),
    ]


def test_every_number_of_a_later_wording_is_in_a_record_or_has_its_reason(content: Path) -> None:
    """The plan column of a later document is read too; a number that promises nothing has its reason."""
    path = FIXTURES / "documents" / "wording-half.txt"
    text = path.read_text(encoding="utf-8").replace("| 项目名称 | 进展情况 |", "| 项目名称 | 进展情况 | 进度安排 |")
    text = text.replace(
        "已新增老年助餐服务点35个。 |", "已新增老年助餐服务点35个。 | 9月底前建成30个; 11月底前建成40个。 |"
    )
    text = text.replace("2 | 新增公共充电桩800个以上 |", "2 | 在15分钟生活圈内新增公共充电桩800个以上 |")
    register = _with_text(content, "yunxi-2012-livelihood-half-year.yml", "wording-half.txt", text)
    meals, piles = register.commitments[:2]
    assert [step.text for step in meals.restated[0].milestones] == ["9月底前建成30个", "11月底前建成40个"]
    assert [step.target for step in meals.restated[0].milestones] == ["t1", "t1"]
    own = [one for one in register.unassigned if one.source == piles.restated[0].source]
    assert [(one.text, one.reason) for one in own if one.line == 4] == [("2", "row-number"), ("15", "duration")]
    assert {one.reason for one in register.unassigned} <= {"date", "row-number", "duration"}


def test_a_column_of_what_was_planned_by_june_is_no_wording_of_the_promise(content: Path) -> None:
    text = (FIXTURES / "documents" / "wording-half.txt").read_text(encoding="utf-8")
    for old, new in (
        ("项目名称 | 进展情况 |", "项目名称 | 上半年目标任务 | 进展情况 |"),
        ("点40个 |", "点60个 | 6月底前建成30个 |"),
        ("以上 |", "以上 | 6月底前完成400个 |"),
        ("台 |", "台 | 6月底前加装50台 |"),
    ):
        text = text.replace(old, new)
    meals = _with_text(content, "yunxi-2012-livelihood-half-year.yml", "wording-half.txt", text).commitments[0]
    assert meals.restated[0].text == "新增老年助餐服务点60个"
    assert [step.text for step in meals.restated[0].milestones] == ["6月底前建成30个"]


def test_a_promised_number_of_an_unknown_unit_is_refused_in_a_later_document_too(content: Path) -> None:
    text = (FIXTURES / "documents" / "wording-half.txt").read_text(encoding="utf-8")
    with pytest.raises(DuixianError, match="unit-unknown"):
        _with_text(
            content,
            "yunxi-2012-livelihood-half-year.yml",
            "wording-half.txt",
            text.replace("助餐服务点40个 |", "助餐服务点40嗬 |"),
        )


def _with_text(content: Path, sidecar: str, document: str, text: str) -> Register:
    """The register of 2012 with one of its documents as said."""
    documents = content.parent / "documents"
    shutil.copytree(FIXTURES / "documents", documents)
    before = (documents / document).read_bytes()
    (documents / document).write_text(text, encoding="utf-8")
    path = content / "documents" / sidecar
    stated = path.read_text(encoding="utf-8")
    old, new = hashlib.sha256(before).hexdigest(), hashlib.sha256(text.encode()).hexdigest()
    path.write_text(stated.replace(old, new), encoding="utf-8")
    (register,) = ingest_document(path, content, documents)
    return register
