"""Documents that follow each other: a plan, what was done by June, what was done by December."""

from __future__ import annotations

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


def _of_one_year(content: Path) -> Register:
    (register,) = ingest_document(content / "documents" / "yunxi-2026-livelihood.yml", content, FIXTURES / "documents")
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
