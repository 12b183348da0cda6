"""The benchmarks: the same documents every time, what is timed is read in full, and an index grows as cities would."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from generator.assess import assess_register, load_catalogue, load_reported_words, sort_registers
from generator.bench import bench_ingest, timings_to_json, timings_to_table
from generator.bench.corpus import COMMITMENTS_A_REGISTER, plan_shards, write_corpus
from generator.bench.documents import LAYOUTS, synthesize
from generator.bench.formats import CASES, FORMATS
from generator.bench.measure import Timing
from generator.bench.search import grow_index
from generator.ingest.readers import bytes_to_text
from generator.lookups import Lookups, load_places
from generator.registers import load_registers
from generator.search import PageText, Searched, render_index, runs_to_numbers
from tests.conftest import REPOSITORY

CONTENT = REPOSITORY / "content"


@pytest.mark.parametrize("layout", sorted(LAYOUTS))
def test_a_synthetic_document_is_the_same_every_time_and_of_the_size(layout: str) -> None:
    one, other = (synthesize(layout, 20_000, Lookups(CONTENT)) for _ in range(2))
    assert one == other
    written = sum(len(text.encode()) + 1 for row in (one.paragraphs, *one.table) for text in row)
    assert 20_000 <= written < 21_000


@pytest.mark.parametrize("format_", sorted(FORMATS))
def test_a_format_has_the_same_bytes_and_the_same_text(format_: str) -> None:
    typed = synthesize("table", 2_000, Lookups(CONTENT))
    data = FORMATS[format_](typed)
    assert data == FORMATS[format_](typed)
    lines = bytes_to_text(data, Path(f"made.{format_}")).splitlines()
    assert lines == [*typed.paragraphs, *(" | ".join(row) for row in typed.table)]


@pytest.fixture(scope="module")
def timings() -> list[Timing]:
    return bench_ingest(CONTENT, [0.001], ["txt", "html"], 1, None)


@pytest.mark.slow
def test_every_commitment_that_is_written_is_read(timings: list[Timing]) -> None:
    assert [(one.format, one.layout) for one in timings] == [case for case in CASES if case[0] in {"txt", "html"}]
    written = {layout: synthesize(layout, 1_000, Lookups(CONTENT)) for layout in LAYOUTS}
    counts = {
        "table": len(written["table"].table) - 1,
        "list": sum("．" in text for text in written["list"].paragraphs),
        "progress": sum("．" in text for text in written["progress"].paragraphs),
        "blocks": sum("工程" in text for text in written["blocks"].paragraphs),
    }
    assert [one.commitments for one in timings] == [counts[one.layout] for one in timings]
    assert all(one.seconds > 0 and one.rate > 0 and one.text >= 1_000 for one in timings)


@pytest.mark.slow
def test_the_table_and_the_json_tell_the_same(timings: list[Timing]) -> None:
    head, *rows = timings_to_table(timings)
    assert head.split()[0] == "format"
    told = json.loads(timings_to_json(timings))
    assert [row.split()[:2] for row in rows] == [[one["format"], one["layout"]] for one in told]
    assert [row.split()[2] for row in rows] == [str(one["text"]) for one in told]


def test_the_index_grows_by_whole_places() -> None:
    year = Searched("a/2024/", PageText("甲市 2024 年", ("甲市 2024 年", "目标")))
    commitments = [
        Searched(
            f"a/2024/x-{number}.html", PageText(f"第{number}项", (f"第{number}项", "目标")), "met", f"新增{number}个"
        )
        for number in (1, 2)
    ]
    index = json.loads(render_index([*commitments, year, Searched("method/", PageText("方法", ("方法", "目标")))]))
    grown = grow_index(index, 5)
    told = [page["location"] for page in grown["pages"][4:]]
    assert told == ["a-1/2024/x-1.html", "a-1/2024/x-2.html", "a-1/2024/", "a-2/2024/x-1.html", "a-2/2024/"]
    copy = grown["pages"][4]
    texts = [grown["texts"][number] for number in runs_to_numbers(copy["texts"])]
    assert (grown["texts"][copy["title"]], sorted(texts)) == ("第1项 1", sorted(["第1项 1", "新增1个 1", "目标"]))
    assert grow_index(index, 2) == index


def test_a_corpus_has_the_same_bytes_every_time_and_any_number_of_commitments(tmp_path: Path) -> None:
    first, second = (write_corpus(CONTENT, tmp_path / name, 120) for name in ("one", "other"))
    assert [path.read_bytes() for path in first] == [path.read_bytes() for path in second]
    assert [path.relative_to(tmp_path / "one") for path in first] == [
        path.relative_to(tmp_path / "other") for path in second
    ]
    registers = load_registers(tmp_path / "one")
    assert sum(len(register.commitments) for register in registers) == 120
    assert {len(register.commitments) for register in registers} == {COMMITMENTS_A_REGISTER, 20}


def test_a_shard_does_not_depend_on_how_many_there_are() -> None:
    few, many = list(plan_shards(200)), list(plan_shards(100_000))
    assert many[: len(few)] == few
    assert len({(shard.city, shard.year, shard.programme) for shard in many}) == len(many) == 2_000


def test_a_corpus_is_assessed_as_real_registers_are(tmp_path: Path) -> None:
    write_corpus(CONTENT, tmp_path / "made", 100)
    made = tmp_path / "made"
    places, words, registers = load_places(made), load_reported_words(made), load_registers(made)
    assessed = [assess_register(one, places.find(one.place), words, registers) for one in registers]
    commitments = [one for each in sort_registers(assessed, load_catalogue(made), made) for one in each.commitments]
    assert {one.status for one in commitments} >= {"met", "missed"}
    assert sum(bool(target.measure_id) for one in commitments for target in one.targets) > 100
    assert sum(bool(one.themes) for one in commitments) > 70
    for one in commitments:
        for target in one.commitment.targets:
            place = target.start - one.commitment.start
            assert one.commitment.text[place : place + len(target.printed)] == target.printed
