"""Whatever is written, reading holds: round trips, positions, accounting. What a fuzzer found stands here as well."""

from __future__ import annotations

import hashlib
from datetime import date
from decimal import Decimal
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from generator import registers as on_disk
from generator import yamlfile
from generator.errors import ContentError, DocumentError, Problem
from generator.ingest import ingest_document, ties
from generator.ingest.account import account
from generator.ingest.blocks import document_to_blocks
from generator.ingest.limits import MAX_COLUMNS, MAX_PARAGRAPH, MAX_TIED
from generator.ingest.pipeline import content_blocks, open_document, read_parts
from generator.lookups import Lookups
from generator.model import Part, Register, Sidecar, Stated
from generator.quantities import Grammar, find_as_of, find_due, month_end
from tests.conftest import REPOSITORY
from tests.fuzz.invariants import check_registers
from tests.golden import fixture_content
from tests.test_assess_any import any_register
from tests.test_layouts import TYPINGS, Rows

TITLE = "2031年云溪市政府重点工作完成情况表"
LOOSE = settings(max_examples=30, deadline=None, derandomize=True, suppress_health_check=list(HealthCheck))


@pytest.fixture(scope="module")
def content(tmp_path_factory: pytest.TempPathFactory) -> Path:
    content = fixture_content(tmp_path_factory.mktemp("any"))
    for sidecar in (content / "documents").glob("*.yml"):
        sidecar.unlink()
    return content


@pytest.fixture(scope="module")
def grammar() -> Grammar:
    lookups = Lookups(REPOSITORY / "content")
    return Grammar(lookups.units, lookups.comparators, lookups.numerals)


def put(content: Path, data: bytes) -> tuple[Path, Path]:
    """A document and its sidecar, which names no totals."""
    folder = content.parent / "any"
    folder.mkdir(exist_ok=True)
    (folder / "any.txt").write_bytes(data)
    sidecar = Sidecar(
        document="any.txt",
        sha256=hashlib.sha256(data).hexdigest(),
        place="云溪市",
        year=2031,
        kind="annual",
        title=TITLE,
        programmes=(Part(programme="key-work", title=TITLE),),
        as_of=Stated(value="2031-12-31", reason="年度"),
    )
    path = content / "documents" / "any.yml"
    yamlfile.dump(sidecar, path)
    return path, folder


def read(content: Path, text: str) -> tuple[Register, list[str]]:
    """The register of a text and what does not hold of it."""
    path, folder = put(content, text.encode())
    document, reading = open_document(path, content, folder)
    (register,) = ingest_document(path, content, folder)
    return register, [*check_registers((register,), document, reading)]


# --- Registers and layouts ----------------------------------------------------------------------

FIGURES = st.sampled_from(
    (
        "60",
        "1.2万",
        "0",
        "1,234",
        "９０",
        "5(4)",
        "2-3",
        "三百二十",
        "两",
        "半",
        "99.9",
        "1.2.3",
        "2031",
        "12",
        "亿",
        "①",
    )
)
UNITS = st.sampled_from(("个", "人次", "%", "亿元", "公里", "年", "月底前", "日", "倍", "", "套(间)", "个百分点"))
VERBS = st.sampled_from(
    ("新增托位", "改造小区", "完成投资", "覆盖率达到", "其中东塘区", "完成率", "同比增长", "“两个”体系", "第")
)
SIGNS = st.sampled_from((",", "，", "。", "；", "以上,", "左右、", "(", ")", " ", "\u202e", "\u200b", "从", "至"))
CLAUSES = st.builds(lambda *parts: "".join(parts), VERBS, FIGURES, UNITS, SIGNS)
SENTENCES = st.lists(CLAUSES, min_size=1, max_size=5).map("".join)
ROWS: st.SearchStrategy[Rows] = st.lists(
    st.tuples(
        SENTENCES.map(lambda text: f"确保新增老年助餐服务点60个以上,{text}。"),
        SENTENCES.map(lambda text: f"截至11月底,已新增老年助餐服务点66个,{text}。"),
        st.sampled_from(("市民政局", "市建设局")),
    ),
    min_size=4,
    max_size=4,
).map(tuple)


@pytest.mark.slow
@pytest.mark.parametrize("typing", sorted(TYPINGS))
def test_whatever_is_typed_is_accounted_for_and_stands_where_it_is_said_to(content: Path, typing: str) -> None:
    @settings(LOOSE, max_examples=8)
    @given(ROWS)
    def check(rows: Rows) -> None:
        try:
            _, faults = read(content, f"{TITLE}\n\n{TYPINGS[typing](rows)}\n")
        except DocumentError as error:
            assert all(one.code and one.remedy for one in error.problems)
        else:
            assert faults == []

    check()


@LOOSE
@given(ROWS)
def test_less_that_is_recorded_is_more_that_is_listed(content: Path, rows: Rows) -> None:
    path, folder = put(content, f"{TITLE}\n\n{TYPINGS['pipe'](rows)}\n".encode())
    document, reading = open_document(path, content, folder)
    (part,) = read_parts(document, content_blocks(document_to_blocks(document), reading), reading)
    listed: set[int] = set()
    for count in range(len(part.read.commitments), -1, -1):
        commitments = part.read.commitments[:count]
        found = account(part.blocks, commitments, part.read.skipped, part.source.id, reading)
        offsets = {offset for one in found for offset in range(one.start, one.end)}
        assert listed <= offsets
        listed = offsets


@pytest.mark.slow
@LOOSE
@given(any_register)
def test_any_register_is_read_again_as_it_was_written(register: Register) -> None:
    """Or it is refused: for a character that no text of ours may have, and for nothing else."""
    text = yamlfile.render(register)
    try:
        read = yamlfile.parse(text, Path("any.yml"), Register)
    except ContentError as error:
        assert {problem.code for problem in error.problems} == {"control-character"}
        return
    assert read == register
    assert yamlfile.render(read) == text


# --- The grammar --------------------------------------------------------------------------------

NUMBERS = st.decimals(min_value="0.1", max_value="99999", places=1).map(lambda value: f"{value:f}")
COUNTED = st.sampled_from(("个", "人次", "亿元", "公里"))


@settings(LOOSE, max_examples=150)
@given(NUMBERS, COUNTED)
def test_full_width_is_read_as_half_width(grammar: Grammar, number: str, unit: str) -> None:
    (narrow,) = grammar.quantities(f"新建{number}{unit}。")
    wide = number.translate(str.maketrans("0123456789.", "０１２３４５６７８９．"))
    (same,) = grammar.quantities(f"新建{wide}{unit}。")
    assert same == replace(narrow, printed=f"{wide}{unit}")


@settings(LOOSE, max_examples=150)
@given(
    NUMBERS,
    COUNTED,
    st.sampled_from(
        [("不少于", "", "ge"), ("", "以上", "ge"), ("超过", "", "gt"), ("不超过", "", "le"), ("", "左右", "approx")]
    ),
)
def test_a_comparator_is_read_and_belongs_to_the_span(
    grammar: Grammar, number: str, unit: str, sign: tuple[str, str, str]
) -> None:
    text = f"新建{sign[0]}{number}{unit}{sign[1]}。"
    (found,) = grammar.quantities(text)
    assert (found.comparator, found.unit) == (sign[2], unit.removeprefix("亿"))
    assert text[slice(*found.span)] == text[2:-1]
    assert text[found.start : found.end] == f"{number}{unit}"


@settings(LOOSE, max_examples=150)
@given(st.integers(2, 9000), st.integers(1, 900), st.sampled_from("-—~至"), COUNTED)
def test_a_range_is_read_with_both_ends(grammar: Grammar, low: int, more: int, dash: str, unit: str) -> None:
    (found,) = grammar.quantities(f"新建{low}{dash}{low + more}{unit}。")
    factor = 10**8 if unit.startswith("亿") else 1
    assert (found.value, found.upper) == (Decimal(low * factor), Decimal((low + more) * factor))


@settings(LOOSE, max_examples=150)
@given(st.dates(date(1990, 1, 1), date(2049, 12, 31)))
def test_a_date_is_read_back(day: date) -> None:
    assert find_due(f"{day.year}年{day.month}月{day.day}日前完成", 2031) == day
    assert find_due(f"{day.year}年{day.month}月底前完成", 2031) == month_end(day.year, day.month)
    assert find_as_of(f"截至{day.year}年{day.month}月{day.day}日，", 2031) == day


@settings(LOOSE, max_examples=300)
@given(st.text(max_size=60))
def test_any_text_is_read_without_overlaps(grammar: Grammar, text: str) -> None:
    numbers = grammar.read(text)
    assert all(text[one.start : one.end] == one.printed for one in numbers)
    assert all(one.end <= other.start for one, other in pairwise(numbers))
    told = {index for one in numbers for index in range(one.start, one.end)}
    assert {index for index, one in enumerate(text) if one in "0123456789"} <= told


# --- What the fuzzer found ----------------------------------------------------------------------


@pytest.mark.parametrize("end", ["\r", "\r\n", "\n"])
def test_lines_may_end_as_on_an_old_mac(content: Path, end: str) -> None:
    """Lines of one number were taken for one another, and the numbers of one were in no record and in no list."""
    items = "1.新增托位10个。(责任单位:市教育局)\n2.改造小区20个。(责任单位:市建设局)\n"
    text = f"信息来源:市府办2031-02-03\n{TITLE}\n{items}"
    register, faults = read(content, text.replace("\n", end))
    assert faults == []
    assert {(one.text, one.line) for one in register.unassigned} == {
        *(("2031", 1), ("02", 1), ("03", 1), ("2031", 2), ("1", 3), ("2", 4)),
    }


def test_a_header_with_no_number_below_it_has_no_rows(content: Path) -> None:
    """The layout of cells one below the other failed where a second header had no row."""
    cells = ["序号", "目标任务", "推进情况", "1", "新增托位10个。责任单位:市教育局", "已新增托位8个。"]
    register, faults = read(content, "\n".join([TITLE, *cells, "序号", "目标任务", "推进情况", "以上。"]))
    assert [one.text for one in register.commitments] == ["新增托位10个。"]
    assert faults == []


@pytest.mark.parametrize("most", [MAX_TIED, 0])
def test_of_too_many_figures_none_is_tied_and_none_is_lost(
    content: Path, monkeypatch: pytest.MonkeyPatch, most: int
) -> None:
    monkeypatch.setattr(ties, "MAX_TIED", most)
    cells = ["序号", "目标任务", "推进情况", "1", "新增托位10个。责任单位:市教育局", "已新增托位8个。"]
    register, faults = read(content, "\n".join([TITLE, *cells]))
    (result,) = (one for report in register.commitments[0].reports for one in report.results)
    assert (result.value, bool(result.target), faults) == (8, most > 0, [])


def test_a_message_is_one_line_that_a_terminal_may_print() -> None:
    said = str(Problem("a.pdf", 0, "damaged", "\x1b[31mred\r\nnew \ud800\u202e", "expected　PDF", "mend it"))
    assert said == r"a.pdf: [damaged] \u001b[31mred  new \ud800\u202e; expected PDF; mend it"


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("新增托位1个，" * (MAX_PARAGRAPH // 7 + 1), "characters in one paragraph"),
        (" | ".join(["1个"] * (MAX_COLUMNS + 3)), "cells in one row"),
    ],
)
def test_what_no_document_has_is_refused_before_it_is_read(content: Path, line: str, said: str) -> None:
    path, folder = put(content, f"{TITLE}\n{line}\n".encode())
    with pytest.raises(DocumentError, match=rf"any\.txt:2: \[too-large\] \d+ {said}; expected at most \d+; .+"):
        ingest_document(path, content, folder)


@pytest.mark.slow
def test_a_sentence_of_thousands_of_figures_takes_seconds(content: Path) -> None:
    """Each figure looked at all of the sentence before it, time and again."""
    import time

    rows = "截至11月底,新增托位66个," + "12%、" * 3000
    started = time.process_time()
    register, faults = read(
        content,
        f"{TITLE}\n序号 | 目标任务 | 完成情况 |\n1 | 新增托位60个。 | {rows} |\n2 | 改造小区7个。 | 改造9个。 |",
    )
    assert faults == [] and len(register.commitments) == 2
    assert time.process_time() - started < 60


def test_a_register_on_disk_holds_what_a_text_may_hold(content: Path, tmp_path: Path) -> None:
    said = "新增\u202e托位\x85 10\u2028个\ue000\U000e0001：- &a *b {{c}} !!d # e"
    register, faults = read(content, f"{TITLE}\n1.{said}。(责任单位:市教育局)\n2.改造小区20个。(责任单位:市建设局)\n")
    assert faults == []
    assert on_disk.load_register(on_disk.write_register(tmp_path, register)) == register
