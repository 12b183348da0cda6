"""Documents of each layout → registers: golden registers, and one set of commitments typed in every layout."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from pathlib import Path

import pytest

from generator import registers, yamlfile
from generator.ingest import explain, find_sidecars, ingest_document
from generator.ingest.layouts import LAYOUTS
from generator.model import Commitment, Expect, Part, Register, Sidecar, Stated
from tests.golden import FIXTURES, fixture_content

Rows = tuple[tuple[str, str, str], ...]


@pytest.fixture
def content(tmp_path: Path) -> Path:
    return fixture_content(tmp_path)


def _golden() -> list[Path]:
    return [path.relative_to(FIXTURES / "content") for path in registers.find_registers(FIXTURES / "content")]


@pytest.fixture(scope="module")
def rendered(tmp_path_factory: pytest.TempPathFactory) -> dict[Path, str]:
    """Every register of the fixtures, read again: its path in the content folder and its text."""
    content = fixture_content(tmp_path_factory.mktemp("golden"))
    return {
        registers.path_of(content, register).relative_to(content): yamlfile.render(register)
        for sidecar in find_sidecars(content)
        for register in ingest_document(sidecar, content, FIXTURES / "documents")
    }


@pytest.mark.parametrize("path", _golden(), ids=str)
def test_each_fixture_gives_its_golden_register(rendered: dict[Path, str], path: Path) -> None:
    assert rendered[path] == (FIXTURES / "content" / path).read_text(encoding="utf-8")


def test_every_layout_has_a_fixture(content: Path) -> None:
    chosen = set()
    for sidecar in find_sidecars(content):
        for line in explain(sidecar, content, FIXTURES / "documents", "rows"):
            if line.startswith("-- lines"):
                chosen.add(line.split(": ")[1].split()[0])
    assert chosen == {layout.name for layout in LAYOUTS}


# One set of commitments: wording, report, unit.
ROWS: Rows = (
    (
        "确保新增老年助餐服务点60个以上,培训养老护理员1.2万人次,力争覆盖率达到85%以上。",
        "截至11月底,已新增老年助餐服务点66个,完成年度目标的110%;累计培训养老护理员1.1万人次,覆盖率86.5%。",
        "市民政局",
    ),
    (
        "加快推进老旧小区改造,确保加装电梯80台以上,进一步完善推进机制。",
        "目前已累计加装电梯72台,完成年度目标的90%,正在加快推进其余项目。",
        "市建设局",
    ),
    (
        "深入推进水利工程建设,确保完成水利投资9亿元以上,力争创建美丽河湖6条。",
        "1-11月,全市累计完成水利投资9.6亿元,已创建美丽河湖7条,正在等待省级验收。",
        "市水利局",
    ),
    (
        "全面推广一件事改革,确保新建公共充电桩500个以上,力争城镇登记失业率控制在3%以内。",
        "目前已累计新建公共充电桩452个,完成年度目标的90.4%,城镇登记失业率2.1%。",
        "市经信局",
    ),
)


def _pipe(rows: Rows) -> str:
    lines = ["序号 | 重点工作 | 责任单位 | 完成情况 |"]
    lines += [f"{n} | {text} | {unit} | {report} |" for n, (text, report, unit) in enumerate(rows, 1)]
    return "\n".join(lines)


def _markdown(rows: Rows) -> str:
    lines = ["| 序号 | 目标任务 | 进展情况 | 牵头单位 |", "|---|---|---|---|"]
    lines += [f"| {n} | {text} | {report} | {unit} |" for n, (text, report, unit) in enumerate(rows, 1)]
    return "\n".join(lines)


def _vertical(rows: Rows) -> str:
    lines = ["序号", "目标任务", "推进情况"]
    for n, (text, report, unit) in enumerate(rows, 1):
        lines += [str(n), f"{text}责任单位:{unit}", report]
    return "\n\n".join(lines)


def _vertical_with_units(rows: Rows) -> str:
    lines = ["序号", "工作目标", "完成情况", "责任", "单位"]
    for n, (text, report, unit) in enumerate(rows, 1):
        lines += ["", f"\t{n}", f"\t{text}", f"\t{report}", f"\t{unit}"]
    return "\n".join(lines)


def _alternating(rows: Rows) -> str:
    return "\n\n".join(f"  {text}\n\n  {report}" for text, report, _ in rows)


def _narrative(rows: Rows) -> str:
    return "\n\n".join(f"## 第{'一二三四'[n]}项\n\n{report}" for n, (_, report, _) in enumerate(rows))


def _list(rows: Rows) -> str:
    return "\n".join(f"{n}.{text}（责任单位：{unit}）" for n, (text, _, unit) in enumerate(rows, 1))


def _list_of_leads(rows: Rows) -> str:
    return "\n".join(f"({'一二三四'[n]}){text}({unit}牵头,市财政局配合)" for n, (text, _, unit) in enumerate(rows))


def _progress_lines(rows: Rows) -> str:
    lines = [f"（{n}）{text}（责任单位：{unit}）\n进展情况：{report}" for n, (text, report, unit) in enumerate(rows, 1)]
    return "\n".join(lines)


def _progress_lines_without_numbers(rows: Rows) -> str:
    return "\n\n".join(f"{text}（责任单位：{unit}）\n【推进情况】{report}" for text, report, unit in rows)


def _progress_lines_with_a_compound_label(rows: Rows) -> str:
    return "\n".join(
        f"{'一二三四'[n]}、{text}（责任单位：{unit}）\n上半年推进落实情况：{report}"
        for n, (text, report, unit) in enumerate(rows)
    )


def _numbered_alternating(rows: Rows) -> str:
    return "\n\n".join(f"（{'一二三四'[n]}）{text}\n\n{report}" for n, (text, report, _) in enumerate(rows))


def _labelled(rows: Rows) -> str:
    return "\n".join(f"目标任务：{text}\n牵头单位：{unit}\n年度完成情况：{report}" for text, report, unit in rows)


def _labelled_below_lines(rows: Rows) -> str:
    return "\n".join(
        f"{n}、{text}\n责任部门：{unit}\n目前进展：{report}" for n, (text, report, unit) in enumerate(rows, 1)
    )


def _categories(rows: Rows) -> str:
    halves = [(rows[0], rows[1]), (rows[2], rows[3])]
    lines = [";".join(f"{text}(责任单位:{unit})" for text, _, unit in half) for half in halves]
    return f"民生改善\n{lines[0]}\n类别：经济发展\n{lines[1]}"


def _headed_paragraphs(rows: Rows) -> str:
    return "\n".join(
        f"{'一二三四'[n]}、第{'甲乙丙丁'[n]}项行动\n{text}（责任单位：{unit}）"
        for n, (text, _, unit) in enumerate(rows)
    )


def _headed_paragraphs_in_markdown(rows: Rows) -> str:
    return "\n\n".join(
        f"## 第{'甲乙丙丁'[n]}项行动\n\n{text}\n（责任单位：{unit}）" for n, (text, _, unit) in enumerate(rows)
    )


def _transposed(rows: Rows) -> str:
    header = " | ".join(("区县", *(text for text, _, _ in rows)))
    areas = [" | ".join((area, *("--" for _ in rows))) for area in ("东塘区", "南汀区", "石桥县")]
    return f"重点工作任务分解表\n{header} |\n" + "\n".join(f"{line} |" for line in areas)


def _area_progress(rows: Rows) -> str:
    lines = ["序号 | 重点工作 | 责任单位 | 完成情况 | 东塘区 | 南汀区 |"]
    lines += [f"{n} | {text} | {unit} | {report} | -- | -- |" for n, (text, report, unit) in enumerate(rows, 1)]
    return "\n".join(lines)


def _pipe_with_merged_cells(rows: Rows) -> str:
    """The number and the category of the second and fourth row were merged with those above, and are lost."""
    lines = ["序号 | 类别 | 目标任务 | 推进情况 | 责任部门 |"]
    for n, (text, report, unit) in enumerate(rows):
        left = f"{n // 2 + 1} | 民生领域 | " if n % 2 == 0 else ""
        lines.append(f"{left}{text} | {report} | {unit} |")
    return "\n".join(lines)


TYPINGS: dict[str, Callable[[Rows], str]] = {
    "pipe": _pipe,
    "markdown": _markdown,
    "vertical": _vertical,
    "vertical-with-units": _vertical_with_units,
    "alternating": _alternating,
    "narrative": _narrative,
    "transposed": _transposed,
    "area-progress": _area_progress,
    "pipe-with-merged-cells": _pipe_with_merged_cells,
    "list": _list,
    "list-of-leads": _list_of_leads,
    "progress-lines": _progress_lines,
    "progress-lines-without-numbers": _progress_lines_without_numbers,
    "progress-lines-with-a-compound-label": _progress_lines_with_a_compound_label,
    "numbered-alternating": _numbered_alternating,
    "labelled": _labelled,
    "labelled-below-lines": _labelled_below_lines,
    "categories": _categories,
    "headed-paragraphs": _headed_paragraphs,
    "headed-paragraphs-in-markdown": _headed_paragraphs_in_markdown,
}
#: Typings that print no report, and those that print no promise.
PLANS = {"transposed", "list", "list-of-leads", "categories", "headed-paragraphs", "headed-paragraphs-in-markdown"}
REPORTS = {"narrative"}
#: Typings that print no units.
ANONYMOUS = {"alternating", "numbered-alternating", "transposed"}


def _read(content: Path, typed: str, layout: str = "") -> Register:
    documents = content.parent / "typed"
    documents.mkdir(exist_ok=True)
    title = "2031年云溪市政府重点工作完成情况表"
    document = documents / "typed.txt"
    document.write_text(f"{title}\n\n{typed}\n", encoding="utf-8")
    sidecar = Sidecar(
        document=document.name,
        sha256=hashlib.sha256(document.read_bytes()).hexdigest(),
        place="云溪市",
        year=2031,
        kind="annual",
        title=title,
        layout=layout,
        programmes=(Part(programme="key-work", title=title, expect=Expect(commitments=len(ROWS))),),
        as_of=Stated(value="2031-12-31", reason="年度"),
    )
    path = content / "documents" / "typed.yml"
    yamlfile.dump(sidecar, path)
    (register,) = ingest_document(path, content, documents)
    return register


def _targets(commitment: Commitment) -> list[tuple[str, str, str, str]]:
    return [(t.comparator, f"{t.value:f}", t.unit, t.measure) for t in commitment.targets]


def _results(commitment: Commitment, tied: bool) -> list[tuple[str, str, str, str]]:
    return [
        (f"{r.value:f}", r.unit, r.measure, r.target if tied else "") for one in commitment.reports for r in one.results
    ]


@pytest.mark.parametrize("typing", sorted(TYPINGS))
def test_layouts_agree(content: Path, typing: str) -> None:
    reference = _read(content, _pipe(ROWS))
    register = _read(content, TYPINGS[typing](ROWS))
    promised = typing not in REPORTS
    for expected, found in zip(reference.commitments, register.commitments, strict=True):
        if promised:
            assert (found.text, _targets(found)) == (expected.text, _targets(expected))
        if promised and typing not in ANONYMOUS:
            assert [unit.unit for unit in found.responsibilities][:1] == [expected.responsibilities[0].unit]
        assert bool(found.reports) == (typing not in PLANS)
        if typing in PLANS:
            continue
        assert _results(found, promised) == _results(expected, promised)
        rates = [(rate.published, rate.target if promised else "") for rate in found.reports[0].rates]
        assert rates == [(rate.published, rate.target if promised else "") for rate in expected.reports[0].rates]


def test_the_common_set_is_read_right(content: Path) -> None:
    first = _read(content, _pipe(ROWS)).commitments[0]
    assert _targets(first) == [
        ("ge", "60", "个", "新增老年助餐服务点"),
        ("eq", "12000", "人次", "培训养老护理员"),
        ("ge", "85", "%", "覆盖率"),
    ]
    assert [unit.unit for unit in first.responsibilities] == ["市民政局"]
    report = first.reports[0]
    assert [(f"{r.value:f}", r.target) for r in report.results] == [("66", "t1"), ("11000", "t2"), ("86.5", "t3")]
    assert [(f"{r.published:f}", r.target, r.result) for r in report.rates] == [("110", "t1", "v1")]


@pytest.mark.parametrize("typing", sorted(TYPINGS))
def test_offsets_point_at_what_was_printed(content: Path, typing: str) -> None:
    register = _read(content, TYPINGS[typing](ROWS))
    source = (content.parent / "typed" / "typed.txt").read_text(encoding="utf-8")
    for commitment in register.commitments:
        for target in commitment.targets:
            assert source[target.start : target.end] in target.printed
        for report in commitment.reports:
            for result in report.results:
                assert source[result.start : result.end] in result.printed


def test_a_merged_cell_is_that_of_the_row_above(content: Path) -> None:
    register = _read(content, _pipe_with_merged_cells(ROWS))
    assert [(one.number, one.category) for one in register.commitments] == [("1", "民生领域")] * 2 + [
        ("2", "民生领域")
    ] * 2


def test_a_name_beside_the_promise_is_kept_and_counted_once(content: Path) -> None:
    lines = ["序号 | 项目名称 | 目标任务 | 量化目标 | 牵头单位 |"]
    lines.append("1 | 老年助餐服务点建设 | 建成60个以上,培训1.2万人次。 | 60个 | 市民政局 |")
    lines.append("2 | 加装电梯80台 | 为老旧小区加装电梯80台。 | 80台 | 市建设局 |")
    lines.append("3 | 公共充电桩 | 确保便民利民。 | 500个 | 市经信局 |")
    lines.append("4 | 城乡供水 | 改造管网20公里。 | 20公里 | 市水利局 |")
    found = _read(content, "\n".join(lines))
    assert found.commitments[0].text == "老年助餐服务点建设\n建成60个以上,培训1.2万人次。"
    assert [_targets(one) for one in found.commitments] == [
        [("ge", "60", "个", "建成老年助餐服务点"), ("eq", "12000", "人次", "培训")],
        [("eq", "80", "台", "老旧小区加装电梯")],
        [("eq", "500", "个", "公共充电桩")],
        [("eq", "20", "公里", "改造管网")],
    ]
    assert {one.reason for one in found.unassigned} == {"row-number", "repeated", "date"}


def test_a_layout_that_the_sidecar_names_is_taken(content: Path) -> None:
    assert _read(content, _alternating(ROWS), layout="alternating").commitments[0].text == ROWS[0][0]


def test_ids_are_kept_when_a_row_is_added_above(content: Path) -> None:
    first = _read(content, _pipe(ROWS[:3] + ROWS[2:3]))
    registers.write_register(content, first)
    again = _read(content, _pipe((ROWS[3], *ROWS[:3])))
    ids = {commitment.text: commitment.id for commitment in again.commitments}
    assert ids[ROWS[0][0]] == "yunxi-2031-key-work-001"
    assert ids[ROWS[3][0]] == "yunxi-2031-key-work-005"
    assert again.retired == ("yunxi-2031-key-work-004",)


def test_a_correction_changes_what_is_read_and_keeps_the_offsets(content: Path) -> None:
    path = content / "documents" / "yunxi-2023-key-work-and-livelihood.yml"
    text = path.read_text(encoding="utf-8")
    path.write_text(
        text + "corrections:\n  - {found: 4.93.7个百分点, replace: 4.9个百分点, reason: 两个数字相连, count: 1}\n",
        encoding="utf-8",
    )
    key_work, _ = ingest_document(path, content, FIXTURES / "documents")
    result = next(r for r in key_work.commitments[1].reports[0].results if r.unit == "个百分点")
    source = (FIXTURES / "documents" / "half-year.txt").read_text(encoding="utf-8")
    assert result.value.__str__() == "4.9"
    assert source[result.start] == "4"


def test_every_number_is_in_a_record_or_listed(content: Path) -> None:
    for sidecar in find_sidecars(content):
        for register in ingest_document(sidecar, content, FIXTURES / "documents"):
            reasons = {one.reason for one in register.unassigned}
            assert "unread" not in reasons, register.title


def test_a_chinese_numeral_is_in_a_record_or_listed(content: Path) -> None:
    lines = ["序号 | 目标任务 | 牵头单位 |"]
    lines.append("1 | 建成三支队伍,打造一批样板,产值翻一番。 | 市民政局 |")
    lines.append("2 | 深化“两个”改革,联合九部门,制定《三年计划(2031年)》,委托第三方。 | 市建设局 |")
    lines.append("3 | 新增财力三分之二以上用于民生,一半以上村达标。 | 市财政局 |")
    lines.append("4 | 统一部署,一体推进。 | 市经信局 |")
    found = _read(content, "\n".join(lines))
    assert [_targets(one) for one in found.commitments] == [
        [("eq", "3", "支", "建成队伍"), ("eq", "100", "%", "产值")],
        [],
        [("ge", "0.6667", "", "新增财力用于民生"), ("ge", "50", "%", "村达标")],
        [],
    ]
    assert found.commitments[0].targets[1].kind == "growth"
    listed = [(one.text, one.reason) for one in found.unassigned if one.reason not in {"row-number", "date"}]
    assert listed == [
        ("一批", "article"),
        ("两个", "name"),
        ("九部门", "describes"),
        ("三年", "title"),
        ("2031", "title"),
    ]
