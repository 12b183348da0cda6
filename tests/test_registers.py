"""Registers on disk: found where they belong, refused when they do not hold together, written all or none."""

from __future__ import annotations

import subprocess
import sys
from decimal import Decimal
from pathlib import Path

import msgspec
import pytest

from generator import registers, yamlfile
from generator.errors import ContentError, Problem
from generator.model import Allocation, Commitment, Milestone, Rate, Register, Report, Result, Source, Target

REGISTER = Register(
    place="xinhe",
    year=2024,
    programme="livelihood",
    title="新河市2024年民生实事",
    sources=(
        Source(id="xinhe-2024-livelihood", document="a.txt", title="通知", kind="plan", sha256="0" * 64, script="Hans"),
    ),
    commitments=(
        Commitment(
            id="xinhe-2024-livelihood-001",
            position=1,
            text="新增养老床位1000张",
            start=0,
            end=10,
            source="xinhe-2024-livelihood",
            targets=(
                Target(
                    id="t1",
                    measure="新增养老床位",
                    comparator="ge",
                    value=Decimal(1000),
                    unit="张",
                    kind="level",
                    printed="1000张",
                    start=5,
                    end=10,
                    allocations=(
                        Allocation(
                            id="a1", area="东区", value=Decimal(1000), unit="张", printed="1000", start=5, end=9
                        ),
                    ),
                ),
            ),
            milestones=(Milestone(id="m1", text="6月底前完成50%", start=20, end=28, target="t1"),),
            reports=(
                Report(
                    id="r1",
                    source="xinhe-2024-livelihood",
                    text="已完成900张，完成率90%",
                    start=30,
                    end=45,
                    results=(
                        Result(
                            id="v1",
                            measure="",
                            comparator="eq",
                            value=Decimal(900),
                            unit="张",
                            printed="900张",
                            start=33,
                            end=37,
                            target="t1",
                        ),
                    ),
                    rates=(
                        Rate(id="p1", published=Decimal(90), printed="90%", start=42, end=45, target="t1", result="v1"),
                    ),
                ),
            ),
        ),
        Commitment(id="xinhe-2024-livelihood-002", position=2, text="建成公园3个", start=50, end=56),
    ),
)


def refused(content: Path, text: str) -> tuple[Problem, ...]:
    path = registers.path_of(content, REGISTER)
    yamlfile.write_text(path, text)
    with pytest.raises(ContentError) as caught:
        registers.load_register(path)
    assert all(problem.path == path for problem in caught.value.problems)
    return caught.value.problems


def test_a_register_is_written_where_it_belongs_and_read_back(tmp_path: Path) -> None:
    path = registers.write_register(tmp_path, REGISTER)
    assert path == tmp_path / "registers" / "xinhe" / "2024" / "livelihood.yml"
    assert registers.load_registers(tmp_path) == (REGISTER,)


@pytest.mark.parametrize(
    ("before", "after", "line", "code", "words"),
    [
        ("place: xinhe", "place: jiuhe", 1, "register-path", "jiuhe/2024/livelihood"),
        ("- id: xinhe-2024-livelihood-002", "- id: xinhe-2024-livelihood-001", 13, "id-duplicate", "twice"),
        ("- id: xinhe-2024-livelihood-002", "- id: xinhe-2023-livelihood-002", 67, "id-prefix", "2023"),
        ("    target: t1\n  reports", "    target: t9\n  reports", 13, "id-unknown", "target 't9'"),
        ("    - id: p1", "    - id: v1", 13, "id-duplicate", "v1 twice"),
        ("      result: v1", "      result: v2", 13, "id-unknown", "result 'v2'"),
        ("r1\n    source: xinhe-2024-livelihood", "r1\n    source: other", 13, "id-unknown", "source 'other'"),
        ("    value: 1000", "    value: NaN", 13, "value-invalid", "NaN at t1"),
        ("    value: 1000", "    value: 1E+99999", 13, "value-invalid", "1e+99999 at t1"),
    ],
)
def test_what_does_not_hold_together_is_refused(
    tmp_path: Path, before: str, after: str, line: int, code: str, words: str
) -> None:
    text = yamlfile.render(REGISTER)
    assert before in text
    problem = refused(tmp_path, text.replace(before, after, 1))[0]
    assert (problem.line, problem.code) == (line, code)
    assert words in str(problem)


def test_a_retired_id_is_not_used_again(tmp_path: Path) -> None:
    again = msgspec.structs.replace(REGISTER, retired=("xinhe-2024-livelihood-002",))
    (problem,) = refused(tmp_path, yamlfile.render(again))
    assert problem.code == "id-duplicate"
    assert "retired" in problem.found


def test_all_broken_registers_are_named_at_once(tmp_path: Path) -> None:
    for year in (2022, 2023):
        yamlfile.write_text(registers.register_path(tmp_path, "xinhe", year, "livelihood"), "place: [\n")
    registers.write_register(tmp_path, REGISTER)
    with pytest.raises(ContentError) as caught:
        registers.load_registers(tmp_path)
    assert [Path(problem.path).parent.name for problem in caught.value.problems] == ["2022", "2023"]


def test_no_registers_is_an_error_not_an_empty_site(tmp_path: Path) -> None:
    with pytest.raises(ContentError, match="registers-none"):
        registers.load_registers(tmp_path)


@pytest.mark.parametrize("stray", ["livelihood.yml", "xinhe/livelihood.yml", "xinhe/2024/livelihood.yaml"])
def test_a_register_in_the_wrong_place_is_not_left_out_in_silence(tmp_path: Path, stray: str) -> None:
    yamlfile.write_text(tmp_path / "registers" / stray, "place: xinhe\n")
    with pytest.raises(ContentError, match="register-path"):
        registers.find_registers(tmp_path)


def test_check_names_the_first_line_that_differs(tmp_path: Path) -> None:
    path, rendered = registers.path_of(tmp_path, REGISTER), yamlfile.render(REGISTER)
    (missing,) = registers.check_text(path, rendered)
    assert missing.code == "register-missing"
    registers.write_register(tmp_path, REGISTER)
    assert registers.check_text(path, rendered) == ()
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace("title: 通知", "title: 通告"), encoding="utf-8")
    (differs,) = registers.check_text(path, rendered)
    assert (differs.code, differs.line) == ("register-differs", text[: text.index("title: 通知")].count("\n") + 1)
    assert "通告" in differs.found and "通知" in differs.expected
    path.write_text(text + "retired: []\n", encoding="utf-8")
    (longer,) = registers.check_text(path, rendered)
    assert longer.line == text.count("\n") + 1


OTHER = msgspec.structs.replace(REGISTER, programme="key-work", commitments=(), unassigned=())
KILLED = """
import os, sys
from pathlib import Path
from generator import swap, yamlfile
from generator.model import Register
from generator.registers import write_registers
content, steps = Path(sys.argv[1]), int(sys.argv[2])
count = 0
def watch(event, arguments):
    global count
    if event in ("os.rename", "os.remove") and "registers" in str(arguments[0]):
        count += 1
        if count == steps:
            os._exit(9)
sys.addaudithook(watch)
exchange = swap._exchange
swap._exchange = lambda one, other: (sys.audit("os.rename", str(one), str(other)), exchange(one, other))[1]
write_registers(content, [yamlfile.load(Path(one), Register) for one in sys.argv[3:]])
"""


@pytest.mark.parametrize("there", [True, False])
@pytest.mark.parametrize("steps", [1, 2, 3, 4, 5])
def test_registers_of_one_document_are_all_written_or_none(tmp_path: Path, steps: int, there: bool) -> None:
    """The first step puts the journal in its place, the second and third the registers, the fourth ends it."""
    olds, content = (REGISTER, OTHER), tmp_path / "content"
    news = tuple(msgspec.structs.replace(one, title="新的") for one in olds)
    for one in news:
        yamlfile.dump(one, tmp_path / f"{one.programme}.yml")
    if there:
        registers.write_registers(content, olds)
    given = [str(tmp_path / f"{one.programme}.yml") for one in news]
    done = subprocess.run([sys.executable, "-c", KILLED, str(content), str(steps), *given], check=False)
    assert done.returncode == 9

    if steps in {2, 3, 4}:
        with pytest.raises(ContentError, match=r"\[registers-unfinished\].*run `duixian ingest`"):
            registers.load_registers(content)
    registers.end_unfinished(content)
    kept = (olds if there else ()) if steps == 1 else news
    assert {one.programme: one for one in map(registers.load_register, registers.find_registers(content))} == {
        one.programme: one for one in kept
    }
    assert not list(content.rglob(".*"))


def test_a_register_that_is_the_same_is_not_touched(tmp_path: Path) -> None:
    path = registers.write_register(tmp_path, REGISTER)
    before = path.stat()
    registers.write_registers(tmp_path, [REGISTER, OTHER])
    assert (path.stat().st_ino, path.stat().st_mtime_ns) == (before.st_ino, before.st_mtime_ns)


def test_commitment_lines() -> None:
    lines = registers.commitment_lines(yamlfile.render(REGISTER))
    text = yamlfile.render(REGISTER).split("\n")
    for commitment in REGISTER.commitments:
        assert text[lines[commitment.id] - 1].endswith(f"- id: {commitment.id}")
