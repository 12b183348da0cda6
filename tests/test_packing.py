"""A year is packed by a pure function and checked before it is written; everything is joined from the years on disk."""

from __future__ import annotations

import hashlib
import json
import re
import zipfile
import zlib
from collections.abc import Callable, Sequence
from contextlib import closing
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import msgspec
import pytest
import xlsxwriter
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pyarrow import parquet

from generator.assess import load_catalogue
from generator.errors import BuildError
from generator.model import AssessedCommitment, AssessedRegister, Catalogue, Publication
from generator.package import PackedYear, Subset, join_subsets, stage_packages, validate_packages, year_to_subset
from generator.package import parquet as parquet_module
from generator.package import validate as validate_module
from generator.package.deflated import deflate_file, deflate_part, store_end, store_part, take_body
from generator.package.descriptor import render_descriptor
from generator.package.formats import FORMATS, MOST_DATABASE_ROWS, MOST_WORKBOOK_ROWS
from generator.package.plain import columns_to_csv, guard_columns, rows_to_columns, table_to_json
from generator.package.sheetrows import CellStyles, cut_text, rows_to_xml
from generator.package.texts import read_texts
from generator.package.whole import open_year
from generator.pages.data import Download, render_data
from generator.pages.outline import registers_to_cities
from generator.swap import swap_in
from generator.tables import Row, assessed_to_tables
from tests.assess_examples import CONTENT, ID, PLACE, YEAR
from tests.conftest import FIXTURES
from tests.kept_examples import keep_years
from tests.package_examples import FOLDER, OTHER, PLACES, PUBLICATION, SCHEMAS, example, example_of, files, write
from tests.packed import pack_year, packages_of

SITE = "https://example.org/duixian/"
BY_NAME = {schema.name: schema for schema in SCHEMAS}
YEARS = (example(), example_of(PLACE, YEAR + 1), example_of(OTHER))


@pytest.fixture(autouse=True)
def _without_frictionless(monkeypatch: pytest.MonkeyPatch) -> None:
    """It takes a second a package, and is asked elsewhere."""
    monkeypatch.setattr(validate_module, "_frictionless_problems", lambda path, descriptor: [])


def pack(assessed: AssessedRegister, publication: Publication = PUBLICATION) -> PackedYear:
    return pack_year(year_to_subset((assessed,), publication), (assessed,), PLACES, SCHEMAS)


def keep_year(folder: Path, packed: PackedYear) -> tuple[Path, Path]:
    """The year in two folders of its own, as whoever packs it elsewhere leaves it."""
    for name, held in (("package", packed.files), ("downloads", packed.downloads)):
        (folder / name).mkdir(parents=True)
        for file, data in held.items():
            (folder / name / file).write_bytes(data)
    return folder / "package", folder / "downloads"


def digests(package: Path) -> dict[str, str]:
    return {path.name: hashlib.sha256(path.read_bytes()).hexdigest() for path in package.iterdir()}


# --- what the build itself refuses --------------------------------------------------------------

Damage = Callable[[Row], object]


def set_to(**cells: object) -> Damage:
    return lambda row: row.update(cells)


@pytest.mark.parametrize(
    ("table", "damage", "code", "said"),
    [
        ("targets", set_to(comparator="equals"), "value", "comparator: 'equals'"),
        ("targets", set_to(value="１０"), "value", "a number in ASCII digits"),
        ("targets", set_to(position=0), "value", "position: '0'; expected 1 or more"),
        ("targets", set_to(unit="", comparator=""), "value", "expected a value"),
        ("targets", set_to(commitment_id="nobody"), "foreign-key", "nobody is not in commitments"),
        ("targets", set_to(target_id=""), "primary-key", "is empty or stands twice"),
        ("targets", set_to(target_id="other-1999-livelihood-001.t1"), "id", "an id that begins with somewhere-"),
        ("targets", lambda row: row.pop("unit"), "columns", "expected the columns target_id"),
        ("targets", lambda row: row.update(more="x"), "columns", "more; expected the columns target_id"),
        ("commitments", set_to(place_code="9901"), "value", "the pattern"),
        ("commitments", set_to(due=f"{YEAR}年12月31日"), "value", "a date in ASCII digits"),
        ("commitments", set_to(due=f"{YEAR}-02-31"), "value", "a date"),
        ("results", set_to(forecast="maybe"), "value", "a boolean"),
        ("sources", set_to(source_id="x"), "primary-key", "('x',) is empty or stands twice"),
    ],
)
def test_a_row_that_breaks_its_schema_is_refused_before_anything_is_written(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, table: str, damage: Damage, code: str, said: str
) -> None:
    """Every rule that the Table Schemas state, told of the file and line where it would stand."""

    def damaged(registers: Sequence[AssessedRegister], places: Any) -> dict[str, list[Row]]:
        tables = assessed_to_tables(registers, places)
        for row in tables[table]:
            damage(row)
        return tables

    out, downloads = write(tmp_path)
    before = files(out), files(downloads)
    monkeypatch.setattr("tests.packed.assessed_to_tables", damaged)
    with pytest.raises(BuildError) as refused:
        write(tmp_path)
    told = [problem for problem in refused.value.problems if problem.code == f"package-{code}"]
    assert any(said in str(problem) for problem in told), refused.value.problems
    assert all(problem.line > 1 and Path(problem.path).name == f"{table}.csv" for problem in told)
    assert (files(out), files(downloads)) == before


def test_every_constraint_of_a_schema_is_one_that_is_checked() -> None:
    """Where schemas begin to say something else, the checks must learn it."""
    stated = {key for schema in SCHEMAS for column in schema.columns for key in column.__struct_fields__}
    said = {"name", "type", "title", "description", "codes", "deprecated", "labels"}
    assert stated - said == {"required", "unique", "minimum", "pattern", "enum"}


def test_a_descriptor_that_leaves_something_out_is_refused() -> None:
    with pytest.raises(BuildError, match=r"package-unstated.*no licenses"):
        pack(example(), msgspec.structs.replace(PUBLICATION, licenses=()))


def test_the_line_of_a_problem_counts_lines_inside_cells(monkeypatch: pytest.MonkeyPatch) -> None:
    def damaged(registers: Sequence[AssessedRegister], places: Any) -> dict[str, list[Row]]:
        tables = assessed_to_tables(registers, places)
        (row,) = tables["commitments"]
        other = {**row, "commitment_id": ID.replace("001", "002"), "text": "x", "status": "odd"}
        return {**tables, "commitments": [row, other]}

    monkeypatch.setattr("tests.packed.assessed_to_tables", damaged)
    with pytest.raises(BuildError) as refused:
        pack(example("一\n二\n三"))
    assert [(problem.code, problem.line) for problem in refused.value.problems] == [("package-value", 5)]


def test_two_years_with_a_document_of_one_id_are_refused(tmp_path: Path) -> None:
    """Each is in order; only together they are not."""
    same = example_of(OTHER)
    register = msgspec.structs.replace(same.register, sources=example().register.sources)
    reports = msgspec.json.encode(same.commitments).replace(f'"{OTHER.slug}-{YEAR}-s-'.encode(), b'"s-')
    commitments = msgspec.json.decode(reports, type=tuple[AssessedCommitment, ...])
    with pytest.raises(BuildError) as refused:
        write(tmp_path, example(), msgspec.structs.replace(same, register=register, commitments=commitments))
    assert {problem.code for problem in refused.value.problems} == {"package-primary-key"}
    assert {Path(problem.path) for problem in refused.value.problems} == {tmp_path / "datapackage/all/sources.csv"}
    assert not (tmp_path / "datapackage").exists()


def test_years_that_were_sorted_by_other_themes_are_refused(tmp_path: Path) -> None:
    (theme,) = (one for one in catalogue().themes if one.slug == "transport")
    other = msgspec.structs.replace(example_of(OTHER), catalogue=Catalogue(themes=(theme,)))
    with pytest.raises(
        BuildError, match=rf"somewhere/{YEAR}/themes\.csv.*package-parts.*another themes\.csv than in nextville/{YEAR};"
    ):
        write(tmp_path, example(), other)


def catalogue() -> Catalogue:
    return load_catalogue(CONTENT)


# --- one year -----------------------------------------------------------------------------------


def test_a_year_is_packed_in_any_process_and_its_result_can_be_sent(tmp_path: Path) -> None:
    out, downloads = write(tmp_path)
    packed = pack(example())
    sent = msgspec.msgpack.decode(msgspec.msgpack.encode(packed), type=PackedYear)
    assert sent == packed
    assert files(out / FOLDER) == sent.files
    readme = zipfile.ZipFile(downloads / FOLDER / f"{sent.subset.name}.zip").read("README.txt")
    assert b"https://example.org/duixian/data/somewhere/" in readme  # the only difference: no address was given above
    assert files(downloads / FOLDER).keys() == sent.downloads.keys()


def test_what_a_package_is_about_is_small_and_can_be_joined() -> None:
    *years, whole = packages_of(YEARS, PUBLICATION)
    sent = [msgspec.json.decode(msgspec.json.encode(one), type=Subset) for one in years]
    assert join_subsets(reversed(sent), PUBLICATION) == whole
    assert [place.slug for place in whole.places] == [OTHER.slug, PLACE.slug]
    assert whole.years == (YEAR, YEAR, YEAR + 1) and len(whole.sources) == 6
    assert whole.newest_date() == max(date for one in years if (date := one.newest_date()))
    assert whole.name == "duixian-all" and join_subsets([], PUBLICATION).years == ()


def test_themes_of_everything_come_in_the_order_of_the_catalogue() -> None:
    first, second, third = catalogue().themes[:3]
    subsets = packages_of(YEARS, PUBLICATION)
    one = msgspec.structs.replace(subsets[0], themes={0: first, 2: third})
    other = msgspec.structs.replace(subsets[1], themes={1: second})
    assert [theme.slug for theme in join_subsets([one, other], PUBLICATION).themes.values()] == [
        theme.slug for theme in (first, second, third)
    ]


@settings(deadline=None, derandomize=True, suppress_health_check=list(HealthCheck))
@given(st.dictionaries(st.text(), st.none() | st.integers(-9, 9) | st.text() | st.lists(st.text(), max_size=2)))
def test_a_descriptor_is_written_as_json_writes_it(said: dict[str, Any]) -> None:
    """The files in git were written by the json module; a byte more would be a difference in every package."""
    try:
        json.dumps(said, ensure_ascii=False).encode()
    except UnicodeEncodeError:  # half a character: no YAML file holds one
        return
    assert render_descriptor(said) == (json.dumps(said, ensure_ascii=False, indent=2) + "\n").encode()


# --- everything ---------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    return write(tmp_path_factory.mktemp("packing"), *YEARS)


def test_everything_is_what_all_registers_together_give(built: tuple[Path, Path]) -> None:
    """Joined from files of the years, byte for byte what is made of all tables at once."""
    tables = assessed_to_tables(YEARS, PLACES)
    for schema in SCHEMAS:
        columns = guard_columns(rows_to_columns(tables[schema.name], schema), schema)
        assert (built[0] / "all" / f"{schema.name}.csv").read_bytes() == columns_to_csv(columns, schema)
        assert (built[0] / "all" / f"{schema.name}.json").read_bytes() == table_to_json(tables[schema.name])
    assert len(tables["commitments"]) == 3 and tables["restatements"] == []


def test_everything_of_several_years_is_valid_in_every_format(built: tuple[Path, Path]) -> None:
    report = validate_packages(*built)
    assert report.problems == []
    assert [one.checks[-1] for one in report.packages if one.folder.name == "all"] == ["parts"]


def test_the_zip_of_everything_has_the_streams_of_the_years(built: tuple[Path, Path]) -> None:
    path = built[1] / "all" / "duixian-all.zip"
    with zipfile.ZipFile(path) as archive:
        assert archive.testzip() is None
        assert {one.filename for one in archive.infolist()} == {"README.txt", *files(built[0] / "all")}
        for name, data in files(built[0] / "all").items():
            assert archive.read(name) == data
    year = built[1] / OTHER.slug / str(YEAR) / f"{OTHER.slug}-{YEAR}.zip"
    head = ",".join(BY_NAME["targets"].column_names()).encode() + b"\n"
    opened = open_year(built[0] / OTHER.slug / str(YEAR), year.parent, year.stem, {})
    body = take_body(opened.members["targets.csv"].read(), head)
    assert body and body in path.read_bytes()


def test_a_zip_that_was_deflated_in_another_way_is_deflated_again(tmp_path: Path, built: tuple[Path, Path]) -> None:
    """One of an older program: its rows are the same, and so is what comes out."""
    with stage_packages(tmp_path / "out", tmp_path / "downloads") as stage:
        for number, packed in enumerate(map(pack, YEARS)):
            package, downloads = keep_year(tmp_path / "kept" / str(number), packed)
            path = downloads / f"{packed.subset.name}.zip"
            with zipfile.ZipFile(path) as archive:
                members = {name: archive.read(name) for name in archive.namelist()}
            with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
                for name, data in members.items():
                    archive.writestr(name, data)
            stage.take(packed.subset, package, downloads, digests(package))
        stage.finish(
            join_subsets(packages_of(YEARS, PUBLICATION)[:-1], PUBLICATION), SCHEMAS, "https://example.org/duixian"
        )
        swap_in(stage.swaps)
    for name, data in files(built[1] / "all").items():
        assert (tmp_path / "downloads" / "all" / name).read_bytes() == data, name


# --- the stage ----------------------------------------------------------------------------------


def test_a_year_that_has_not_changed_is_kept_and_everything_is_made_again(tmp_path: Path) -> None:
    out, downloads = write(tmp_path, *YEARS)
    before = {name: (out / name).stat().st_ino for name in files(out)}
    whole_before = files(out / "all")
    changed = pack(example("新的承诺"))
    subsets = [year_to_subset((one,), PUBLICATION) for one in YEARS]
    with stage_packages(out, downloads) as stage:
        stage.put(changed)
        for subset in subsets[1:]:
            stage.keep(subset, digests(out / subset.folder))
        folders = stage.finish(join_subsets(subsets, PUBLICATION), SCHEMAS).packages
        swap_in(stage.swaps)
    assert folders == tuple(out / one for one in (f"nextville/{YEAR}", FOLDER, f"somewhere/{YEAR + 1}", "all"))
    assert files(out / FOLDER)["commitments.csv"] == changed.files["commitments.csv"]
    kept = {name for name, number in before.items() if (out / name).stat().st_ino == number}
    assert {name for name in before if name.startswith(("nextville", f"somewhere/{YEAR + 1}"))} <= kept
    assert files(out / "all")["commitments.csv"] != whole_before["commitments.csv"]
    assert "新的承诺" in (out / "all" / "commitments.csv").read_text(encoding="utf-8")
    assert validate_packages(out, downloads).problems == []


def test_a_build_that_keeps_years_gives_the_bytes_of_one_that_makes_them(tmp_path: Path) -> None:
    subsets = [year_to_subset((one,), PUBLICATION) for one in YEARS]
    once = write(tmp_path / "once", *YEARS)
    again = write(tmp_path / "again", example("旧的"), *YEARS[1:])
    with stage_packages(*again) as stage:
        packed = pack_year(subsets[0], YEARS[:1], PLACES, SCHEMAS, "https://example.org/duixian")
        stage.put(packed)
        for subset in subsets[1:]:
            stage.keep(subset, digests(again[0] / subset.folder))
        stage.finish(join_subsets(subsets, PUBLICATION), SCHEMAS, "https://example.org/duixian")
        swap_in(stage.swaps)
    assert [files(folder) for folder in once] == [files(folder) for folder in again]


@pytest.mark.parametrize("name", ["targets.csv", "targets.json"])
def test_a_kept_year_that_is_damaged_is_refused(tmp_path: Path, name: str) -> None:
    package, downloads = keep_year(tmp_path / "kept", pack(example()))
    data = (package / name).read_bytes()
    (package / name).write_bytes(data.replace(b"10", b"11", 1))
    subset = year_to_subset((example(),), PUBLICATION)
    with pytest.raises(BuildError) as refused, stage_packages(tmp_path / "out", tmp_path / "downloads") as stage:
        stage.take(subset, package, downloads, digests(package))
        stage.finish(join_subsets([subset], PUBLICATION), SCHEMAS)
    (problem,) = refused.value.problems
    assert (problem.path, problem.code) == (tmp_path / "out" / FOLDER / name, "package-year-damaged")
    assert sorted(path.name for path in tmp_path.iterdir()) == ["kept"]


@pytest.mark.parametrize(
    "gone", ["package/rates.json", f"downloads/somewhere-{YEAR}.xlsx", f"downloads/somewhere-{YEAR}.zip"]
)
def test_a_kept_year_that_is_not_whole_is_refused_and_can_be_made(tmp_path: Path, gone: str) -> None:
    package, downloads = keep_year(tmp_path / "kept", pack(example()))
    (tmp_path / "kept" / gone).unlink()
    subset, whole = year_to_subset((example(),), PUBLICATION), pack(example()).files
    with stage_packages(tmp_path / "out", tmp_path / "downloads") as stage:
        with pytest.raises(BuildError) as refused:
            stage.take(subset, package, downloads, dict.fromkeys(whole, ""))
        assert [problem.path for problem in refused.value.problems] == [tmp_path / "kept" / gone]
        stage.put(pack(example()))
        stage.finish(join_subsets([subset], PUBLICATION), SCHEMAS)
        swap_in(stage.swaps)
    assert validate_packages(tmp_path / "out", tmp_path / "downloads").problems == []


def test_a_stage_that_is_left_unfinished_replaces_nothing(tmp_path: Path) -> None:
    out, downloads = write(tmp_path)
    before = files(out), files(downloads)
    with stage_packages(out, downloads) as stage:
        stage.put(pack(example("新的承诺")))
    assert (files(out), files(downloads)) == before
    assert sorted(path.name for path in tmp_path.iterdir()) == ["datapackage", "downloads"]


# --- formats that are left out ------------------------------------------------------------------


@pytest.fixture
def small(monkeypatch: pytest.MonkeyPatch) -> None:
    """Limits that the example is beyond."""
    limited = [replace(one, most_rows=20 if one.most_rows else None) for one in FORMATS]
    monkeypatch.setattr("generator.package.formats.FORMATS", tuple(limited))
    monkeypatch.setattr("generator.pages.data.FORMATS", tuple(limited))


@pytest.mark.usefixtures("small")
def test_a_package_too_large_for_a_format_has_it_not_and_says_so(tmp_path: Path) -> None:
    out, downloads = write(tmp_path, *YEARS)
    assert not list((downloads / "all").glob("*.xlsx")) and not list((downloads / "all").glob("*.sqlite"))
    assert (downloads / FOLDER / f"somewhere-{YEAR}.xlsx").is_file()
    readme = zipfile.ZipFile(downloads / "all" / "duixian-all.zip").read("README.txt").decode()
    assert "没有 XLSX：各表合计超过 20 行" in readme and "No SQLite: the tables have more than 20 rows" in readme
    report = validate_packages(out, downloads)
    assert report.problems == []
    (whole,) = (one for one in report.packages if one.folder.name == "all")
    assert whole.skipped == [f"{name}: there is none of more than 20 rows" for name in ("xlsx", "sqlite")]
    (downloads / "all" / "duixian-all.xlsx").write_bytes(b"of an earlier build")
    assert [problem.code for problem in validate_packages(out, downloads).problems] == ["package-left-over"]


@pytest.mark.usefixtures("small")
def test_the_data_page_says_which_formats_there_are_not_and_why(tmp_path: Path) -> None:
    summaries = keep_years(*registers_to_cities(YEARS))
    names = ["duixian-all.zip", "commitments.csv", "commitments.parquet", "datapackage.json"]
    page = render_data(FIXTURES / "content", summaries, [Download(f"data/all/{name}", 1000) for name in names], SITE)
    for said in (
        "没有 XLSX：各表合计超过 20 行",
        "No SQLite: with more than 20 rows of all tables",
        "Parquet files answer",
    ):
        assert said in page
    assert "#load-sqlite" not in page and "sqlite3 -csv" not in page
    names += ["duixian-all.xlsx", "duixian-all.sqlite"]
    page = render_data(FIXTURES / "content", summaries, [Download(f"data/all/{name}", 1000) for name in names], SITE)
    assert "没有 XLSX：" not in page and "sqlite3 -csv" in page


def test_the_limits_are_those_that_the_data_page_states() -> None:
    text = (CONTENT / "pages" / "data.md").read_text(encoding="utf-8")
    stated = re.search(r"超过 ([\d,]+) 行时没有 XLSX，超过 ([\d,]+) 行时没有 SQLite", text)
    assert stated and [int(one.replace(",", "")) for one in stated.groups()] == [MOST_WORKBOOK_ROWS, MOST_DATABASE_ROWS]
    assert f"no XLSX with more than {stated[1]} rows" in text and f"no SQLite with more than {stated[2]}" in text


# --- forms --------------------------------------------------------------------------------------


@settings(deadline=None, derandomize=True, suppress_health_check=list(HealthCheck))
@given(st.binary(max_size=40), st.lists(st.binary(max_size=300), max_size=4), st.binary(max_size=40))
def test_streams_are_put_together_from_deflated_parts(head: bytes, bodies: list[bytes], tail: bytes) -> None:
    whole = store_part(head) + b"".join(map(deflate_part, bodies)) + store_end(tail)
    assert zlib.decompress(whole, -zlib.MAX_WBITS) == head + b"".join(bodies) + tail
    for body in bodies:
        stream = deflate_file(head, body, tail)
        assert zlib.decompress(stream, -zlib.MAX_WBITS) == head + body + tail
        assert take_body(stream, head, tail) == deflate_part(body)


def test_a_stream_of_another_make_is_not_taken_apart() -> None:
    deflating = zlib.compressobj(9, zlib.DEFLATED, -zlib.MAX_WBITS)
    assert take_body(deflating.compress(b"a,b\n1,2\n") + deflating.flush(), b"a,b\n") is None
    assert take_body(deflate_file(b"a,b\n", b"1,2\n"), b"a,c\n") is None


CELLS = {
    "string": [
        "",
        "甲局",
        "+甲局",
        " 前后 ",
        "a&b<c>",
        "a\0b\r\nc",
        "_x0041_",
        "<r><t>x</t></r>",
        "'=1",
        "𠮷" * 3,
        "\ufffe",
    ],
    "integer": ["", "0", "-3", "2024"],
    "number": ["", "10", "5.5", "-0.25", "9876543210123456.789", "1020000000000"],
    "boolean": ["", "true", "false"],
    "date": ["", "1899-12-31", "1900-02-28", "1900-03-01", "2024-02-29"],
}


def test_rows_of_a_sheet_are_what_xlsxwriter_writes(tmp_path: Path) -> None:
    """The same cells, written by xlsxwriter one by one with constant memory; only what looks like its own markup is
    text here and would be markup there."""
    schema = BY_NAME["results"]
    kinds = [column.type for column in schema.columns]
    rows = [
        [CELLS[kind][(number + index) % len(CELLS[kind])] for index, kind in enumerate(kinds)]
        for number in range(1_100)  # more than are written at a time
    ]
    path = tmp_path / "book.xlsx"
    with closing(xlsxwriter.Workbook(path, {"constant_memory": True})) as book:
        day, guarded = book.add_format({"num_format": "yyyy-mm-dd"}), book.add_format({"quote_prefix": True})
        styles = CellStyles(day._get_xf_index(), guarded._get_xf_index())
        sheet = book.add_worksheet()
        for line, row in enumerate(rows, start=1):
            for index, (cell, kind) in enumerate(zip(row, kinds, strict=True)):
                write_cell(sheet, (line, index), cell, kind, (day, guarded))
    with zipfile.ZipFile(path) as archive:
        text = archive.read("xl/worksheets/sheet1.xml").decode()
    theirs = text.partition("<sheetData>")[2].partition("</sheetData>")[0]
    ours = "".join(rows_to_xml(schema, rows, styles))
    assert ours.replace("&lt;r&gt;&lt;t&gt;x&lt;/t&gt;&lt;/r&gt;", "R").replace("<t>R</t>", "R") == theirs.replace(
        "<is><r><t>x</t></r></is>", "<is>R</is>"
    )


def write_cell(sheet: Any, where: tuple[int, int], cell: str, kind: str, formats: tuple[Any, Any]) -> None:
    if kind == "boolean" and cell:
        sheet.write_boolean(*where, cell == "true")
    elif kind == "date" and cell:
        sheet.write_datetime(*where, date.fromisoformat(cell), formats[0])
    elif kind in {"integer", "number"} and cell and len(cell) < 16:
        sheet.write_number(*where, float(cell))
    elif cell:
        sheet.write_string(*where, cell, formats[1] if cell in {"+甲局", "'=1"} else None)


@pytest.mark.parametrize(("text", "cut"), [("长" * 32_767, False), ("长" * 32_768, True), ("𠮷" * 16_384, True)])
def test_excel_counts_some_characters_as_two(text: str, cut: bool) -> None:
    found = cut_text(text)
    assert (found != text) is cut and len(found.encode("utf-16-le")) // 2 <= 32_767
    assert not cut or found.endswith("see the CSV file）")


def test_text_that_looks_like_markup_stays_text(tmp_path: Path) -> None:
    """xlsxwriter takes text that begins and ends so for markup of its own, and writes a workbook that is none."""
    out, downloads = write(tmp_path, example("<r><t>x</t></r>"))
    assert validate_packages(out, downloads).problems == []


def test_parquet_is_written_in_groups_of_so_many_rows(
    tmp_path: Path, built: tuple[Path, Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(parquet_module, "ROW_GROUP", 4)
    descriptor = json.loads((built[0] / "all" / "datapackage.json").read_bytes())
    source = built[0] / "all" / "sources.csv"
    parquet_module.write_parquet(tmp_path / "sources.parquet", source, BY_NAME["sources"], descriptor)
    written = parquet.ParquetFile(tmp_path / "sources.parquet")
    assert [written.metadata.row_group(index).num_rows for index in range(written.num_row_groups)] == [4, 2]
    assert written.read().equals(parquet.read_table(built[1] / "all" / "sources.parquet"), check_metadata=True)


def test_texts_are_read_back_without_apostrophes(built: tuple[Path, Path]) -> None:
    schema = BY_NAME["responsibilities"]
    column = schema.column_names().index("unit")
    assert {row[column] for row in read_texts(built[0] / "all" / "responsibilities.csv", schema)} == {"+甲局"}
