"""Totals that a document states of its own list, and what the split by areas prints of a project."""

from __future__ import annotations

import hashlib
from pathlib import Path

import pytest

from generator.assess import assess_register, load_reported_words
from generator.ingest import ingest_document
from generator.ingest.blocks import Block
from generator.ingest.rows import Reading, Row
from generator.ingest.totals import read_totals
from generator.lookups import Lookups
from generator.model import Register, StatedTotal
from generator.quantities import Grammar
from generator.registers import find_registers, load_register
from generator.text import Traced
from tests.golden import FIXTURES, fixture_content

START = 1000


@pytest.fixture(scope="module")
def reading(tmp_path_factory: pytest.TempPathFactory) -> Reading:
    lookups = Lookups(fixture_content(tmp_path_factory.mktemp("totals")))
    return Reading(
        lookups, Grammar(lookups.units, lookups.comparators, lookups.numerals), lookups.places.by_name["云溪市"], 2024
    )


def block(text: str, line: int = 1) -> Block:
    return Block("paragraph", Traced.of(text, START), line)


def prefaced(text: str, reading: Reading) -> list[tuple[int, str]]:
    return [(one.value, one.of) for one in read_totals("livelihood", [block(text)], [], [], reading)]


@pytest.mark.parametrize(
    ("text", "totals"),
    [
        ("为确保大会票决确定的10件民生实事如期完成,", [(10, "items")]),
        ("2023年市政府十方面民生实事", [(10, "groups")]),
        ("今年实施了十方面34项为民办实事项目。", [(10, "groups"), (34, "items")]),
        ("安排的10件、27项为民办实事项目已全部完成", [(10, "items"), (27, "items")]),
        ("2024年10件民生实事48个子项目具体完成情况", [(10, "items"), (48, "items")]),
        ("省市县三级民生实事共计126项", []),
        ("全年民生实事项目共48项,", [(48, "items")]),
        ("认真办好十大民生实事,办好十大民生实事", [(10, "items")]),
        ("去年的10件民生实事已完成", []),
        ("承担省政府十方面民生实事", []),
        ("完成3项改革,召开2件议案会议,推进5个方面工作", []),
        ("13项重点任务", []),
    ],
)
def test_a_preface_states_a_total_beside_the_name_of_the_programme(
    text: str, totals: list[tuple[int, str]], reading: Reading
) -> None:
    assert prefaced(text, reading) == totals


def test_a_total_keeps_its_place_and_its_words(reading: Reading) -> None:
    (total,) = read_totals("key-work", [block("本年确定13项重点任务。")], [], [], reading)
    assert total == StatedTotal(
        value=13, of="items", quote="本年确定13项重点任务。", start=START + 4, end=START + 7, section=""
    )


def test_a_heading_states_the_total_of_its_section(reading: Reading) -> None:
    rows = [
        Row({}, line=line, section=Traced.of(text, 10 * line))
        for line, text in ((5, "一、幸福养老（5项）"), (6, "一、幸福养老（5项）"), (9, "二、出行（2019年起）"))
    ]
    (total,) = read_totals("livelihood", [], [], rows[:1] + rows[2:], reading)
    assert (total.value, total.section, total.start) == (5, "一、幸福养老（5项）", 57)


def test_what_stands_before_the_first_row_introduces_the_list(reading: Reading) -> None:
    rows = [Row({}, line=5)]
    blocks = [block("现将任务公布如下,共48项", 3), block("推进改革,共3项", 7)]
    assert [one.value for one in read_totals("livelihood", [], blocks, rows, reading)] == [48]


def golden(name: str) -> Register:
    found = find_registers(FIXTURES / "content")
    (path,) = [path for path in found if "-".join((*path.parts[-3:-1], path.stem)) == f"yunxi-{name}"]
    return load_register(path)


def test_a_stated_total_is_in_the_register_and_no_longer_unassigned() -> None:
    plan = golden("2024-livelihood")
    (total,) = plan.sources[0].stated
    assert (total.value, total.of, total.quote) == (5, "items", "现将5件民生实事项目印发给你们,")
    assert not [one for one in plan.unassigned if total.start <= one.start < total.end]


def test_a_split_is_held_beside_the_list_that_it_splits() -> None:
    listed = [
        [(one.printed, one.target, one.own, one.text) for one in c.listed]
        for c in golden("2024-livelihood").commitments
    ]
    assert listed[2] == [("12个", "t1", False, ""), ("80台", "t2", False, "")]
    assert all(listed)


def test_a_split_that_is_the_only_list_is_no_second_one() -> None:
    plan = golden("2020-livelihood")
    assert any(target.allocations for one in plan.commitments for target in one.targets)
    assert not any(one.listed for one in plan.commitments)


def test_another_total_in_the_split_is_listed_as_its_own(tmp_path: Path) -> None:
    """The plan of the fixtures, with a misprint in its split: the check can then hold 60 beside 66."""
    content, documents = fixture_content(tmp_path), tmp_path / "documents"
    documents.mkdir()
    text = (FIXTURES / "documents" / "plan.txt").read_text(encoding="utf-8")
    changed = text.replace("點60個 | 60個", "點60個 | 66個")
    assert changed != text
    (documents / "plan.txt").write_text(changed, encoding="utf-8")
    (sidecar,) = [
        path for path in (content / "documents").glob("*.yml") if "document: plan.txt" in path.read_text("utf-8")
    ]
    old = hashlib.sha256(text.encode()).hexdigest()
    new = hashlib.sha256(changed.encode()).hexdigest()
    sidecar.write_text(sidecar.read_text("utf-8").replace(old, new), encoding="utf-8")
    (register,) = ingest_document(sidecar, content, documents)
    (listed,) = register.commitments[0].listed
    assert (listed.printed, listed.own) == ("66个", True)
    place = Lookups(content).places.find(register.place)
    assessed = assess_register(register, place, load_reported_words(content)).commitments[0]
    (found,) = [one for one in assessed.findings if one.check == "annex"]
    assert (found.found, found.expected) == ("66个", "60个")
