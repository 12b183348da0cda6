"""Bad input: what is refused, with which code, at which line, and that the message says what to do."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable
from pathlib import Path

import pytest

from generator import registers
from generator.errors import DuixianError
from generator.ingest import find_sidecars, ingest_document, new_sidecar
from tests.golden import FIXTURES, fixture_content

SIDECAR = "yunxi-2024-livelihood"


@pytest.fixture
def content(tmp_path: Path) -> Path:
    return fixture_content(tmp_path)


@pytest.fixture
def documents(tmp_path: Path) -> Path:
    folder = tmp_path / "documents"
    folder.mkdir()
    for path in (FIXTURES / "documents").iterdir():
        (folder / path.name).write_bytes(path.read_bytes())
    return folder


def _edit(content: Path, old: str, new: str) -> None:
    path = content / "documents" / f"{SIDECAR}.yml"
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new), encoding="utf-8")


def _retype(content: Path, documents: Path, old: str, new: str) -> None:
    """Change the document and state its new sha256."""
    path = documents / "plan.txt"
    before = hashlib.sha256(path.read_bytes()).hexdigest()
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new), encoding="utf-8")
    _edit(content, before, hashlib.sha256(path.read_bytes()).hexdigest())


Breaking = Callable[[Path, Path], object]
CASES: dict[str, tuple[Breaking, str, str]] = {
    "document-missing": (lambda c, d: (d / "plan.txt").unlink(), "yunxi-2024-livelihood.yml:1", "--documents"),
    "sha256-mismatch": (
        lambda c, d: (d / "plan.txt").write_text("另一份文件", encoding="utf-8"),
        "yunxi-2024-livelihood.yml:2",
        "review the register",
    ),
    "layout-unknown": (
        lambda c, d: _edit(c, "kind: plan", "kind: plan\nlayout: spiral"),
        "yunxi-2024-livelihood.yml:6",
        "pipe_table",
    ),
    "yaml-syntax": (lambda c, d: _edit(c, "kind: plan", "kind: [plan"), "yunxi-2024-livelihood.yml:", ""),
    "content-invalid": (lambda c, d: _edit(c, "kind: plan", "kind: weekly"), "yunxi-2024-livelihood.yml:5", "weekly"),
    "place-unknown": (lambda c, d: _edit(c, "place: 云溪市", "place: 雾溪市"), "livelihood.yml:3", "GB/T 2260"),
    "title-missing": (
        lambda c, d: _edit(c, "    title: 2024年云溪市民生", "    title: 2025年雾溪市民生"),
        "plan.txt",
        "programmes.title",
    ),
    "count-mismatch": (lambda c, d: _edit(c, "commitments: 5", "commitments: 6"), "plan.txt", "explain"),
    "correction-unused": (
        lambda c, d: _edit(c, "kind: plan", "kind: plan\nignore: [{text: 没有这句话, reason: 广告}]"),
        "yunxi-2024-livelihood.yml:6",
        "remove the entry",
    ),
    "unit-unknown": (lambda c, d: _retype(c, d, "12000人次 |", "12000魑魅 |"), "plan.txt:20", "units.yml"),
    "cell-not-a-number": (lambda c, d: _retype(c, d, "| 25個 |", "| 廿五個 |"), "plan.txt:19", "empty_cell"),
}


@pytest.mark.parametrize("code", sorted(CASES))
def test_bad_input_is_refused_with_place_and_remedy(content: Path, documents: Path, code: str) -> None:
    breaking, place, remedy = CASES[code]
    breaking(content, documents)
    with pytest.raises(DuixianError) as refused:
        ingest_document(content / "documents" / f"{SIDECAR}.yml", content, documents)
    (problem,) = refused.value.problems
    message = str(problem)
    assert problem.code == code
    assert place in message
    assert remedy in message
    assert re.search(r": \[[a-z0-9-]+\] .+; .+; .+", message)


def test_a_promise_of_an_unknown_unit_is_refused(content: Path, documents: Path) -> None:
    _retype(content, documents, "加裝電梯80台 | 陳", "加裝電梯80魑 | 陳")
    with pytest.raises(DuixianError, match="unit-unknown"):
        ingest_document(content / "documents" / f"{SIDECAR}.yml", content, documents)


def test_prose_without_commitments_is_refused(content: Path, documents: Path) -> None:
    path = documents / "plan.txt"
    before = hashlib.sha256(path.read_bytes()).hexdigest()
    path.write_text("2024年云溪市民生实事项目责任清单\n\n" + "今天天气很好,我们去公园。\n" * 30, encoding="utf-8")
    _edit(content, before, hashlib.sha256(path.read_bytes()).hexdigest())
    with pytest.raises(DuixianError, match=r"\[layout-unknown\].*alternating"):
        ingest_document(content / "documents" / f"{SIDECAR}.yml", content, documents)


@pytest.mark.parametrize("data", [b"\x00\x01\x02\xff" * 50, bytes(range(256))])
def test_bytes_that_are_no_text_are_refused(content: Path, documents: Path, data: bytes) -> None:
    path = documents / "plan.txt"
    before = hashlib.sha256(path.read_bytes()).hexdigest()
    path.write_bytes(data)
    _edit(content, before, hashlib.sha256(data).hexdigest())
    with pytest.raises(DuixianError, match="not-text"):
        ingest_document(content / "documents" / f"{SIDECAR}.yml", content, documents)


def test_a_format_without_a_reader_is_refused(content: Path, documents: Path) -> None:
    (documents / "plan.doc").write_bytes((documents / "plan.txt").read_bytes())
    _edit(content, "document: plan.txt", "document: plan.doc")
    with pytest.raises(DuixianError, match="format-unknown"):
        ingest_document(content / "documents" / f"{SIDECAR}.yml", content, documents)


def test_gb18030_is_read_as_utf8_is(content: Path, documents: Path) -> None:
    expected = ingest_document(content / "documents" / f"{SIDECAR}.yml", content, documents)
    path = documents / "plan.txt"
    before = hashlib.sha256(path.read_bytes()).hexdigest()
    path.write_bytes(path.read_text(encoding="utf-8").encode("gb18030"))
    _edit(content, before, hashlib.sha256(path.read_bytes()).hexdigest())
    found = ingest_document(content / "documents" / f"{SIDECAR}.yml", content, documents)
    assert found[0].commitments == expected[0].commitments


def test_a_register_of_another_document_is_not_written_over(content: Path, documents: Path) -> None:
    sidecar = content / "documents" / f"{SIDECAR}.yml"
    registers.write_registers(content, ingest_document(sidecar, content, documents))
    (documents / "other.txt").write_bytes((documents / "plan.txt").read_bytes())
    _edit(content, "document: plan.txt", "document: other.txt")
    with pytest.raises(DuixianError, match="register-of-another-document"):
        ingest_document(sidecar, content, documents)


def test_a_manual_register_is_left_alone(content: Path, documents: Path) -> None:
    _edit(content, "kind: plan", "kind: plan\nlayout: manual")
    assert ingest_document(content / "documents" / f"{SIDECAR}.yml", content, documents) == ()


def test_a_new_sidecar_says_what_the_text_says_of_itself(content: Path, documents: Path) -> None:
    for path in find_sidecars(content):
        path.unlink()
    path = new_sidecar(documents / "half-year.txt", content, "云溪市", 2023)
    assert path.name == "yunxi-2023-key-work-and-livelihood.yml"
    key_work, livelihood = ingest_document(path, content, documents)
    assert (len(key_work.commitments), len(livelihood.commitments)) == (3, 1)
    assert key_work.sources[0].kind == "half_year"
    assert key_work.sources[0].issuer == "云溪市人民政府"


def test_a_sidecar_is_not_written_over(content: Path, documents: Path) -> None:
    new_sidecar(documents / "goals.txt", content, "云溪市", 2032, ["feedback"])
    with pytest.raises(DuixianError, match="sidecar-exists"):
        new_sidecar(documents / "goals.txt", content, "云溪市", 2032, ["feedback"])


def test_a_second_document_of_a_programme_gets_its_kind_in_its_name(content: Path, documents: Path) -> None:
    names = [
        new_sidecar(documents / name, content, "云溪市", 2032, ["livelihood"]).name
        for name in ("year-plan.txt", "year-half.txt", "year-end.txt")
    ]
    assert names == [
        "yunxi-2032-livelihood.yml",
        "yunxi-2032-livelihood-half-year.yml",
        "yunxi-2032-livelihood-annual.yml",
    ]
