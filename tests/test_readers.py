"""Readers: every format gives the same canonical text and register; bytes of any kind give a text or a refusal."""

from __future__ import annotations

import hashlib
import io
import zipfile
from pathlib import Path
from typing import Any

import msgspec
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from generator import yamlfile
from generator.errors import DocumentError
from generator.ingest import ingest_document
from generator.ingest.apart import read_apart
from generator.ingest.grid import Cell, cells_to_lines, text_to_lines
from generator.ingest.limits import MAX_PLACES
from generator.ingest.numbering import render_number
from generator.ingest.readers import READERS, bytes_to_text, plain
from generator.model import Expect, Part, Register, Sidecar, Stated
from generator.radicals import RADICALS
from tests import documents
from tests.documents import FORMATS, Typed
from tests.golden import fixture_content
from tests.test_layouts import ROWS
from tests.test_yamlfile import CONTROL

TITLE = "2021年云溪市政府重点工作完成情况表"
HEADER = ("序号", "类别", "重点工作", "责任单位", "完成情况")
COMMON = Typed(
    paragraphs=(TITLE,),
    table=(
        HEADER,
        *(
            (str(n), ("民生", "", "改革", "")[n - 1], text, unit, report)
            for n, (text, report, unit) in enumerate(ROWS, 1)
        ),
    ),
    spans=((1, 1, 2, 1), (3, 1, 4, 1)),
)
AREAS = Typed(
    paragraphs=("2021年云溪市民生实事项目", "附件"),
    table=(
        ("序号", "项目名称", "量化目标", "任务分解", "", ""),
        ("", "", "", "东塘区", "南汀区", "石桥县"),
        ("1", "新增老年助餐点", "60个", "10个", "20个", "30个"),
        ("2", "改造小区", "12个", "各区县均要按照要求全面完成任务。", "", ""),
    ),
    spans=((0, 0, 1, 0), (0, 1, 1, 1), (0, 2, 1, 2), (0, 3, 0, 5), (3, 3, 3, 5)),
)

#: A list of projects, a title over the whole width, then how two of them are split: in one table, as in one sheet.
ANNEXED = Typed(
    paragraphs=(TITLE,),
    table=(
        ("序号", "项目名称", "牵头单位", "", "", ""),
        ("1", "新增老年助餐点30个,改造公厕12座", "市民政局", "", "", ""),
        ("2", "改造小区15个", "市建委", "", "", ""),
        ("附件2", "", "", "", "", ""),
        ("序号", "项目名称", "量化目标", "任务分解", "", ""),
        ("", "", "", "东塘区", "南汀区", "石桥县"),
        ("1", "新增老年助餐点", "30个", "10个", "20个", ""),
        ("", "改造公厕", "12座", "", "7座", "5座"),
        ("2", "改造小区", "15个", "各区县均要按照要求全面完成任务。", "", ""),
    ),
    spans=(
        *((row, 2, row, 5) for row in range(3)),
        (3, 0, 3, 5),
        *((4, column, 5, column) for column in range(3)),
        (4, 3, 4, 5),
        (6, 0, 7, 0),
        (8, 3, 8, 5),
    ),
)


def _text(name: str, data: bytes) -> str:
    """The text of a document, read in this process."""
    text = READERS[f".{name}"](data)
    assert text is not None
    return text


@pytest.fixture
def content(tmp_path: Path) -> Path:
    content = fixture_content(tmp_path)
    for sidecar in (content / "documents").glob("*.yml"):
        sidecar.unlink()
    return content


def _ingest(content: Path, name: str, data: bytes, commitments: int = len(ROWS)) -> Register:
    folder = content.parent / "typed"
    folder.mkdir(exist_ok=True)
    (folder / name).write_bytes(data)
    sidecar = Sidecar(
        document=name,
        sha256=hashlib.sha256(data).hexdigest(),
        place="云溪市",
        year=2021,
        kind="annual",
        title=TITLE,
        programmes=(Part(programme="key-work", title=TITLE, expect=Expect(commitments=commitments)),),
        as_of=Stated(value="2021-12-31", reason="年度"),
    )
    path = content / "documents" / "typed.yml"
    yamlfile.dump(sidecar, path)
    (register,) = ingest_document(path, content, folder)
    return register


def _without_places(record: Any) -> Any:
    """A register without what differs between two files of the same words: offsets, lines, name and sha256."""
    if isinstance(record, dict):
        return {
            key: _without_places(value)
            for key, value in record.items()
            if key not in {"start", "end", "line", "document", "sha256"}
        }
    return [_without_places(one) for one in record] if isinstance(record, list | tuple) else record


def _typed_as_text(typed: Typed) -> bytes:
    above = [""] * len(typed.table[0])
    lines = [*typed.paragraphs]
    for row, cells in enumerate(typed.table):
        above = [above[column] if (row, column) in typed.covered() else text for column, text in enumerate(cells)]
        lines.append(" | ".join(above))
    return "".join(f"{line}\n" for line in lines).encode()


@pytest.mark.parametrize("name", sorted(FORMATS))
def test_every_format_gives_the_register_of_the_text(content: Path, name: str) -> None:
    expected = _ingest(content, "typed.txt", _typed_as_text(COMMON))
    found = _ingest(content, f"typed.{name}", FORMATS[name](COMMON))
    assert expected.commitments[1].category == "民生"
    assert len(expected.commitments[0].targets) == 3
    assert _without_places(msgspec.to_builtins(found)) == _without_places(msgspec.to_builtins(expected))


@pytest.mark.parametrize("name", sorted(FORMATS))
def test_offsets_point_at_the_canonical_text(content: Path, name: str) -> None:
    data = FORMATS[name](COMMON)
    text = _text(name, data)
    register = _ingest(content, f"typed.{name}", data)
    targets = [target for commitment in register.commitments for target in commitment.targets]
    assert len(targets) == 8
    assert all(text[target.start : target.end] in target.printed for target in targets)


@pytest.mark.parametrize("name", sorted(FORMATS))
def test_spans_are_expanded_and_the_head_has_two_rows(name: str) -> None:
    assert _text(name, FORMATS[name](AREAS)).splitlines() == [
        "2021年云溪市民生实事项目",
        "附件",
        "序号 | 项目名称 | 量化目标 | 任务分解 | 任务分解 | 任务分解",
        "序号 | 项目名称 | 量化目标 | 东塘区 | 南汀区 | 石桥县",
        "1 | 新增老年助餐点 | 60个 | 10个 | 20个 | 30个",
        "2 | 改造小区 | 12个 | 各区县均要按照要求全面完成任务。 |  |",
    ]


@pytest.mark.parametrize("name", sorted(FORMATS))
def test_an_area_table_with_a_head_of_two_lines(content: Path, name: str) -> None:
    data = FORMATS[name](ANNEXED)
    register = _ingest(content, f"typed.{name}", data, commitments=2)
    first, second = register.commitments
    shares = [[(a.area, str(a.value)) for a in target.allocations] for target in first.targets]
    assert shares == [[("东塘区", "10"), ("南汀区", "20")], [("南汀区", "7"), ("石桥县", "5")]]
    assert second.note == "各区县均要按照要求全面完成任务。"
    assert [unit.unit for unit in second.responsibilities] == ["市建委"]


@pytest.mark.parametrize("name", ["html", "docx", "xlsx", "xls"])
def test_a_commitment_merged_over_rows_is_one(content: Path, name: str) -> None:
    typed = Typed(
        (TITLE,),
        (
            ("序号", "重点工作", "单位", "", "完成情况"),
            ("", "", "牵头单位", "配合单位", ""),
            ("1", "新增老年助餐点60个", "市民政局", "", "已新增老年助餐点66个。"),
            ("", "", "市财政局", "市商务局\n市农业农村局", "覆盖率达到85%。"),
            ("2", "改造老旧小区12个", "市建委", "", ""),
        ),
        ((0, 0, 1, 0), (0, 1, 1, 1), (0, 2, 0, 3), (0, 4, 1, 4), (2, 0, 3, 0), (2, 1, 3, 1)),
    )
    first, second = _ingest(content, f"typed.{name}", FORMATS[name](typed), commitments=2).commitments
    units = [(unit.unit, unit.role) for unit in first.responsibilities]
    assert units == [("市民政局", "lead"), ("市财政局", "lead"), ("市商务局", "support"), ("市农业农村局", "support")]
    assert [str(result.value) for result in first.reports[0].results] == ["66", "85"]
    assert [unit.unit for unit in second.responsibilities] == ["市建委"]
    assert second.reports == ()


@pytest.mark.parametrize("name", sorted(FORMATS))
def test_a_bar_inside_a_cell_makes_no_cell(name: str) -> None:
    typed = Typed(("标题",), (("序号", "重点工作"), ("1", "甲|乙 60个"), ("2", "丙")))
    assert "1 | 甲｜乙 60个" in _text(name, FORMATS[name](typed)).splitlines()


class TestGrid:
    def test_a_blank_first_cell_keeps_its_column(self) -> None:
        cells = [
            Cell(0, 0, "甲"),
            Cell(0, 1, "乙"),
            Cell(1, 0, ""),
            Cell(1, 1, "丙"),
            Cell(1, 2, "丁"),
            Cell(0, 2, "戊"),
        ]
        assert cells_to_lines(cells) == ["甲 | 乙 | 戊", "|  | 丙 | 丁"]

    def test_shifted_borders_make_no_columns(self) -> None:
        cells = [Cell(0, 0, "序号"), Cell(0, 1, "项目", columns=2), Cell(1, 0, "1", columns=2), Cell(1, 2, "甲")]
        assert cells_to_lines(cells) == ["序号 | 项目", "1 | 甲"]

    def test_rows_of_one_cell_are_paragraphs(self) -> None:
        cells = [Cell(0, 0, "序号"), Cell(0, 1, "项目"), Cell(1, 0, "一、民生\n说明", columns=2), Cell(2, 0, "1")]
        assert cells_to_lines([*cells, Cell(2, 1, "甲")]) == ["序号 | 项目", "一、民生", "说明", "1 | 甲"]

    def test_what_spans_columns_of_the_body_is_not_repeated(self) -> None:
        cells = [Cell(0, n, name) for n, name in enumerate("甲乙丙")] + [Cell(1, 0, "1"), Cell(1, 1, "60个", columns=2)]
        assert cells_to_lines([*cells, *(Cell(2, n, "x") for n in range(3))])[1] == "1 | 60个 |"

    def test_a_head_printed_again_is_left_out(self) -> None:
        rows = [("序号", "项目"), ("1", "甲"), ("序号", "项目"), ("2", "乙")]
        cells = [Cell(row, column, text) for row, texts in enumerate(rows) for column, text in enumerate(texts)]
        assert cells_to_lines(cells) == ["序号 | 项目", "1 | 甲", "2 | 乙"]

    def test_a_table_without_end_is_refused(self) -> None:
        cells = [Cell(row, 0, "甲", rows=3000) for row in range(3000)] + [Cell(0, n, "乙") for n in range(1, 900)]
        with pytest.raises(DocumentError, match="too-large"):
            cells_to_lines(cells)
        assert MAX_PLACES < 3000 * 3000

    def test_a_paragraph_is_no_heading_and_no_row(self) -> None:
        assert text_to_lines("# 1号 | 机组\r\n\u200b二\xa0 号\x07") == ["＃ 1号 ｜ 机组", "二 号"]
        assert text_to_lines("#1机组") == ["#1机组"]


class TestHtml:
    def read(self, body: str, charset: str = "utf-8") -> list[str]:
        page = f"<html><head><meta charset={charset}></head><body>{body}</body></html>"
        return _text("html", page.encode("gb18030" if charset == "gb2312" else charset)).splitlines()

    def test_a_gb2312_page_goes_on_after_a_character_that_gb2312_lacks(self) -> None:
        assert self.read("<p>朱镕基 60个</p><p>㎡</p>", "gb2312") == ["朱镕基 60个", "㎡"]

    def test_a_number_in_spans_is_one_number(self) -> None:
        body = "<p>新增<span>1</span><span\nlang=EN-US>2</span><b>3</b>个，培训\n  护理员<sub>2</sub></p>"
        assert self.read(body) == ["新增123个，培训护理员2"]

    def test_raised_digits_join_no_number(self) -> None:
        assert self.read("<p>10<sup>1</sup>个，5m<sup>2</sup></p>") == ["10¹个，5m²"]

    def test_what_is_not_shown_is_not_read(self) -> None:
        body = (
            "<nav>1</nav><aside>2</aside><p hidden>3</p><p style='DISPLAY : none'>4</p><script>5</script><del>6</del>"
        )
        assert self.read(f"{body}<form><p>正文<input value=7><select><option>8</select></p></form><!-- 9 -->") == [
            "正文"
        ]

    def test_headings_and_line_breaks(self) -> None:
        assert self.read("<h1>标题</h1><h3>一、民生</h3>甲<br>乙<ul><li>丙<li>丁</ul>") == [
            "# 标题",
            "### 一、民生",
            "甲",
            "乙",
            "丙",
            "丁",
        ]

    def test_the_head_of_a_page_is_furniture_and_that_of_an_article_is_not(self) -> None:
        assert self.read("<header>云溪网</header><article><header>标题</header>甲</article>") == ["标题", "甲"]
        assert self.read("<header><h1>标题</h1></header>甲") == ["# 标题", "甲"]

    def test_a_table_in_a_data_cell_stays_in_its_cell(self) -> None:
        rows = (
            "<tr><td>1<td>甲<td>x</tr><tr><td>2<td>乙<table><tr><td>丙<td>丁</table><td>y</tr><tr><td>3<td>戊<td>z</tr>"
        )
        assert self.read(f"<table>{rows}</table>") == ["1 | 甲 | x", "2 | 乙 丙 丁 | y", "3 | 戊 | z"]

    def test_a_table_in_a_layout_table_is_read_as_it_is(self) -> None:
        inner = "<table><tr><td>1<td>甲</tr><tr><td>2<td>乙</tr></table>"
        assert self.read(f"<table><tr><td>左<td><p>右</p>{inner}</table>") == ["左", "右", "1 | 甲", "2 | 乙"]

    @pytest.mark.parametrize("span", ["\x1f2", " 2x", "２", "-2", ""])
    def test_a_span_that_is_no_number_is_one_cell(self, span: str) -> None:
        read = self.read(f'<table><tr><td colspan="{span}">甲<td>乙<tr><td>丙<td>丁</table>')
        assert read == (["甲 | 甲 | 乙", "丙 | 丁 |"] if "2" in span and "-" not in span else ["甲 | 乙", "丙 | 丁"])

    def test_absurd_spans_are_cut(self) -> None:
        assert self.read("<table><tr><td rowspan=65534 colspan=99999>甲<td>乙<tr><td>丙</table>") == [
            "甲 | 乙",
            "甲 | 丙",
        ]

    def test_nesting_that_the_parser_would_cut_in_silence(self) -> None:
        assert self.read("<div>" * 1500 + "甲" + "</div>" * 1500 + "乙") == ["甲", "乙"]
        with pytest.raises(DocumentError, match=r"\[too-deep\]"):
            self.read("<div>" * 100_000 + "甲")

    def test_a_text_is_no_page(self) -> None:
        with pytest.raises(DocumentError, match=r"\[not-html\]"):
            _text("html", "新增60个 < 70个".encode())


class TestDocx:
    def read(self, build: Any) -> list[str]:
        import docx

        document = docx.Document()
        build(document)
        return _text("docx", documents.saved(document.save)).splitlines()

    def test_headings_numbers_and_raised_digits(self) -> None:
        def build(document: Any) -> None:
            document.add_heading("标题", 1)
            document.add_heading("民生", 2)
            document.add_paragraph("甲", style="List Number")
            document.add_paragraph("乙", style="List Number")
            document.add_paragraph("5m").add_run("2").font.superscript = True

        assert self.read(build) == ["# 标题", "## 民生", "1.甲", "2.乙", "5m²"]

    def test_paragraphs_and_tables_in_order_and_a_counted_column(self) -> None:
        def build(document: Any) -> None:
            document.add_paragraph("前")
            table = document.add_table(2, 2)
            for row, text in enumerate("甲乙"):
                table.cell(row, 0).paragraphs[0].style = "List Number"
                table.cell(row, 1).text = f"{text}\n丙"
            document.add_paragraph("后")

        assert self.read(build) == ["前", "1. | 甲 丙", "2. | 乙 丙", "后"]

    def test_insertions_are_read_and_deletions_are_not(self) -> None:
        from docx.oxml import parse_xml
        from docx.oxml.ns import nsdecls

        def build(document: Any) -> None:
            paragraph = document.add_paragraph("新增")
            for kind, text in (("ins", "<w:t>60个</w:t>"), ("del", "<w:delText>50个</w:delText>")):
                xml = f"<w:{kind} {nsdecls('w')} w:id='1' w:author='x'><w:r>{text}</w:r></w:{kind}>"
                paragraph._p.append(parse_xml(xml))

        assert self.read(build) == ["新增60个"]

    @pytest.mark.parametrize(
        ("value", "form", "text"),
        [
            (3, "decimal", "3"),
            (12, "chineseCountingThousand", "十二"),
            (20, "chineseCounting", "二十"),
            (3, "decimalEnclosedCircle", "③"),
            (2, "lowerLetter", "b"),
            (7, "decimalZero", "07"),
        ],
    )
    def test_numbers_of_lists(self, value: int, form: str, text: str) -> None:
        assert render_number(value, form) == text


class TestSpreadsheets:
    def read(self, build: Any) -> list[str]:
        import openpyxl

        workbook = openpyxl.Workbook()
        build(workbook)
        return _text("xlsx", documents.saved(workbook.save)).splitlines()

    @pytest.mark.parametrize(
        ("value", "number_format", "text"),
        [
            (60.0, "General", "60"),
            (0.1 + 0.2, "General", "0.3"),
            (0.83, "0%", "83%"),
            (0.8345, "0.0%", "83.5%"),
            (1234567, "#,##0", "1,234,567"),
            (12.345, "0.00", "12.35"),
            (60, '0"个"', "60个"),
            (60, "0_ ", "60"),
            (-3.5, "0.0_);[Red](0.0)", "-3.5"),
            (2.5, "#.##", "2.5"),
            (1e20, "General", "100000000000000000000"),
            (1500, "0.00E+00", "1500"),
            (True, "General", "TRUE"),
            ("60个", "@", "60个"),
        ],
    )
    def test_values_as_the_sheet_shows_them(self, value: object, number_format: str, text: str) -> None:
        def build(workbook: Any) -> None:
            workbook.active["A1"] = value
            workbook.active["A1"].number_format = number_format

        assert self.read(build) == [text]

    def test_dates(self) -> None:
        from datetime import datetime

        def build(workbook: Any) -> None:
            for row, number_format in enumerate(("yyyy-mm-dd", 'yyyy"年"m"月"'), 1):
                workbook.active.cell(row, 1, datetime(2021, 11, 30)).number_format = number_format

        assert self.read(build) == ["2021-11-30", "2021-11"]

    def test_sheets_are_named_where_there_are_several_and_hidden_ones_are_left_out(self) -> None:
        def build(workbook: Any) -> None:
            workbook.active["A1"] = "甲"
            for name, state in (("二", "visible"), ("三", "hidden"), ("空", "visible")):
                workbook.create_sheet(name).sheet_state = state
                workbook[name]["B2"] = None if name == "空" else "乙"

        assert self.read(build) == ["## Sheet", "甲", "## 二", "乙"]

    def test_a_formula_without_a_saved_value_is_shown(self) -> None:
        def build(workbook: Any) -> None:
            workbook.active["A1"] = "=SUM(B1:B3)"

        assert self.read(build) == ["=SUM(B1:B3)"]

    def test_a_stray_cell_at_the_end_of_the_sheet_costs_nothing(self) -> None:
        def build(workbook: Any) -> None:
            workbook.active["A1"] = "甲"
            workbook.active["XFD1048576"] = "乙"

        assert self.read(build) == ["甲", "乙"]

    def test_xls_dates_and_percentages(self) -> None:
        from datetime import date

        import xlwt

        workbook = xlwt.Workbook()
        sheet = workbook.add_sheet("一")
        sheet.write(0, 0, 0.83, xlwt.easyxf(num_format_str="0%"))
        sheet.write(0, 1, date(2021, 11, 30), xlwt.easyxf(num_format_str="yyyy-mm-dd"))
        sheet.write(0, 2, 60)
        assert _text("xls", documents.saved(workbook.save)) == "83% | 2021-11-30 | 60\n"


class TestPdf:
    def _table(self, rows: list[tuple[str, ...]], *styles: Any) -> tuple[object, object, object]:
        from reportlab.platypus import TableStyle

        paragraphs = [[documents.pdf_paragraph(text) for text in row] for row in rows]
        return paragraphs, [40, 60, 100, 160], TableStyle([("GRID", (0, 0), (-1, -1), 0.5, "#000000"), *styles])

    HEAD = ("序号", "类别", "重点工作", "完成情况")

    def _read(self, *tables: Any, paragraphs: tuple[str, ...] = (TITLE,)) -> list[str]:
        return _text("pdf", documents.paragraphs_to_pdf(paragraphs, tables)).splitlines()

    def test_a_table_over_two_pages_is_one(self) -> None:
        first = self._table([self.HEAD, ("1", "民生", "新增助餐点60个", "已完成66个")])
        second = self._table([self.HEAD, ("2", "改革", "新增充电桩500个", "已完成452个")])
        assert self._read(first, second) == [
            TITLE,
            "序号 | 类别 | 重点工作 | 完成情况",
            "1 | 民生 | 新增助餐点60个 | 已完成66个",
            "2 | 改革 | 新增充电桩500个 | 已完成452个",
        ]

    def test_a_row_split_across_pages_is_joined(self) -> None:
        wrapped = "截至11月底,已新增老年助餐服务"
        first = self._table([self.HEAD, ("1", "民生", "新增助餐点60个", wrapped)])
        second = self._table([("", "", "", "点66个。"), ("2", "改革", "新增充电桩500个", "已完成452个")])
        assert self._read(first, second)[2:] == [
            "1 | 民生 | 新增助餐点60个 | 截至11月底,已新增老年助餐服务点66个。",
            "2 | 改革 | 新增充电桩500个 | 已完成452个",
        ]

    def test_a_cell_merged_over_rows_goes_on_on_the_next_page(self) -> None:
        first = self._table([self.HEAD, ("1", "民生", "新增助餐点60个", "已完成66个")])
        second = self._table([("", "", "新增充电桩500个", "已完成452个")])
        assert self._read(first, second)[3] == "1 | 民生 | 新增充电桩500个 | 已完成452个"

    def test_wrapped_paragraphs_are_joined_and_page_numbers_dropped(self) -> None:
        long = "确保新增老年助餐服务点60个以上,培训养老护理员1.2万人次,力争覆盖率达到85%以上。" * 4
        assert self._read(paragraphs=(TITLE, long, "附件")) == [TITLE, long, "附件"]

    def test_radicals_become_characters(self) -> None:
        assert "⺠⻅⽬，（）㎡①".translate(RADICALS) == "民见目，（）㎡①"
        assert len(RADICALS) == 328

    def test_a_scan_is_refused(self) -> None:
        from reportlab.pdfgen.canvas import Canvas

        file = io.BytesIO()
        canvas = Canvas(file)
        canvas.rect(10, 10, 100, 100, fill=1)
        canvas.save()
        with pytest.raises(DocumentError, match=r"\[pdf-no-text\] it has no text layer"):
            _text("pdf", file.getvalue())

    def test_a_locked_document_is_refused(self) -> None:
        from reportlab.pdfgen.canvas import Canvas

        file = io.BytesIO()
        canvas = Canvas(file, encrypt="secret")
        canvas.drawString(10, 10, "60")
        canvas.save()
        with pytest.raises(DocumentError, match=r"\[pdf-locked\]"):
            _text("pdf", file.getvalue())


class TestArchives:
    def _zip(self, parts: dict[str, bytes]) -> bytes:
        file = io.BytesIO()
        with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
            for name, data in parts.items():
                archive.writestr(name, data)
        return file.getvalue()

    def _refusal(self, name: str, data: bytes) -> str:
        with pytest.raises(DocumentError) as refused:
            _text(name, data)
        return refused.value.problems[0].code

    def test_a_bomb_is_not_unpacked(self) -> None:
        data = self._zip({"word/document.xml": b"", "word/media/a.xml": bytes(30_000_000)})
        assert self._refusal("docx", data) == "too-large"

    def test_a_bomb_that_declares_little_is_not_unpacked(self) -> None:
        data = bytearray(self._zip({"word/document.xml": bytes(30_000_000)}))
        directory = data.index(b"PK\x01\x02")
        data[directory + 24 : directory + 28] = (100).to_bytes(4, "little")
        assert self._refusal("docx", bytes(data)) in {"damaged", "too-large"}

    @pytest.mark.parametrize("encoding", ["utf-8", "utf-16-le", "utf-16-be"])
    def test_entities_are_not_expanded(self, encoding: str) -> None:
        bomb = '<!DOCTYPE a [<!ENTITY b "bbbbbbbbbb"><!ENTITY c "&b;&b;&b;">]><a>&c;</a>'
        assert self._refusal("docx", self._zip({"word/document.xml": bomb.encode(encoding)})) == "damaged"

    def test_another_archive_is_not_a_document(self) -> None:
        assert self._refusal("docx", self._zip({"a.txt": b"a"})) == "not-docx"
        assert self._refusal("xlsx", documents.to_docx(COMMON)) == "not-xlsx"
        assert self._refusal("docx", documents.to_xls(COMMON)) == "not-docx"
        assert self._refusal("xls", documents.to_xlsx(COMMON)) == "not-xls"


def _bytes_of(name: str) -> bytes:
    return FORMATS[name](AREAS)


@pytest.mark.slow
@pytest.mark.parametrize("name", sorted(FORMATS))
def test_mutated_bytes_give_a_text_or_a_refusal(name: str) -> None:
    whole = _bytes_of(name)
    change = st.tuples(st.integers(0, len(whole) - 1), st.integers(0, 255))

    @settings(max_examples=40, deadline=None, suppress_health_check=list(HealthCheck), derandomize=True)
    @given(st.lists(change, min_size=1, max_size=8), st.integers(1, len(whole)))
    def check(changes: list[tuple[int, int]], length: int) -> None:
        data = bytearray(whole)
        for place, value in changes:
            data[place] = value
        for mutated in (bytes(data), bytes(data[:length])):
            _text_or_refusal(name, mutated)

    check()


@pytest.mark.slow
@pytest.mark.parametrize("name", ["docx", "xlsx"])
def test_mutated_parts_of_archives_give_a_text_or_a_refusal(name: str) -> None:
    """A change of the packed bytes fails at the checksum; this one gets as far as the library."""
    with zipfile.ZipFile(io.BytesIO(_bytes_of(name))) as archive:
        parts = {info.filename: archive.read(info) for info in archive.infolist()}
    main = {"docx": "word/document.xml", "xlsx": "xl/worksheets/sheet1.xml"}[name]
    change = st.tuples(st.integers(0, len(parts[main]) - 1), st.sampled_from(b'0aw<>"/&;-9\xff'))

    @settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck), derandomize=True)
    @given(st.lists(change, min_size=1, max_size=4))
    def check(changes: list[tuple[int, int]]) -> None:
        data = bytearray(parts[main])
        for place, value in changes:
            data[place] = value
        _text_or_refusal(name, TestArchives()._zip(parts | {main: bytes(data)}))

    check()


@pytest.mark.parametrize("name", sorted(FORMATS))
@given(
    data=st.binary(max_size=300), head=st.sampled_from([b"", b"PK\x03\x04", b"%PDF-1.4\n", b"\xd0\xcf\x11\xe0", b"<p>"])
)
@settings(max_examples=40, deadline=None, derandomize=True)
def test_random_bytes_give_a_text_or_a_refusal(name: str, data: bytes, head: bytes) -> None:
    _text_or_refusal(name, head + data)


def _text_or_refusal(name: str, data: bytes) -> None:
    try:
        text = _text(name, data)
    except DocumentError as error:
        (problem,) = error.problems
        assert problem.code and problem.found and problem.expected and problem.remedy
    else:
        text.encode()


@pytest.mark.parametrize("name", sorted(FORMATS))
def test_a_refusal_names_the_document(tmp_path: Path, name: str) -> None:
    with pytest.raises(DocumentError, match=rf"plan\.{name}: \[not-{name}\] .+; .+; .+"):
        bytes_to_text(b"plain", tmp_path / f"plan.{name}")


@pytest.mark.slow
def test_a_document_that_takes_too_long_is_refused() -> None:
    import openpyxl

    workbook = openpyxl.Workbook()
    for row in range(1, 20_000):
        workbook.worksheets[0].cell(row, 1, f"新增托位{row}个")
    with pytest.raises(DocumentError, match="too-slow"):
        read_apart(".xlsx", documents.saved(workbook.save), cpu_seconds=1)


def test_what_turns_the_direction_of_a_plain_text_is_dropped() -> None:
    """A number behind it would be read from right to left, and its place counted with what nobody sees."""
    assert plain.decode("新增\u202e227\u202c个，\u20661\u2069处".encode()) == "新增227个，1处"


def test_what_nobody_sees_in_a_plain_text_is_dropped() -> None:
    """Or it would part a number, and hide a name from whoever looks for it."""
    assert plain.decode("\ufeff新增2\u200b27\ufeff个\u200d，1\u2060处\xad".encode()) == "新增227个，1处"


@pytest.mark.parametrize("character", CONTROL)
def test_what_a_register_may_not_hold_comes_out_of_no_plain_text(character: str) -> None:
    """It is dropped, or the file is no text; a register that was read could not be written otherwise."""
    decoded = plain.decode(f"新增{character}1个".encode())
    assert decoded == "新增1个" or (decoded is None and ord(character) < 0xA0)
