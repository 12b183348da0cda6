"""Every format of a package holds the same rows: what is written, and damage that must be found in each."""

from __future__ import annotations

import csv
import io
import json
import os
import random
import re
import shutil
import sqlite3
import subprocess
import sys
import zipfile
from collections.abc import Callable
from contextlib import closing
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import openpyxl
import pyarrow
import pytest
from pyarrow import parquet

from generator.errors import BuildError
from generator.model import AssessedRegister
from generator.package import validate as validate_module
from generator.package import validate_packages
from generator.package.formats import FORMATS, check_downloads
from generator.package.sqlite import check_sqlite
from generator.package.validate import read_published
from generator.schemas import TABLES
from tests.assess_examples import ID, YEAR, assess_all, commitment, report, result, source, target
from tests.package_examples import EVIL, FOLDER, SCHEMAS, example, sign, write

ODD = "9876543210123456.789"
"""A number with more digits than a binary double has."""

TOLD = """
from pathlib import Path
from generator.package.compare import Held, compare_tables
from generator.package.validate import read_published
for problem in compare_tables(Held(Path("x"), {{}}), read_published(Path({folder!r}))):
    print(problem.found)
"""
"""A program that says which tables a file without any lacks."""

Damage = Callable[[Path], None]


@pytest.fixture(autouse=True)
def _without_frictionless(monkeypatch: pytest.MonkeyPatch) -> None:
    """It reads CSV alone, and takes a second a package."""
    monkeypatch.setattr(validate_module, "_frictionless_problems", lambda path, descriptor: [])


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(validate_module, "_frictionless_problems", lambda path, descriptor: [])
        folders = write(tmp_path_factory.mktemp("formats"))
        assert codes(*folders) == set(), "so that what is found later is the damage"
        return folders


@pytest.mark.parametrize("seed", ["1", "2"])
def test_missing_tables_are_told_in_the_order_of_the_package(built: tuple[Path, Path], seed: str) -> None:
    """Whatever the seed by which Python orders sets."""
    program = TOLD.format(folder=str(built[0] / FOLDER))
    environment = {**os.environ, "PYTHONHASHSEED": seed}
    done = subprocess.run([sys.executable, "-c", program], env=environment, capture_output=True, text=True, check=True)
    assert [line.split()[2] for line in done.stdout.splitlines()] == list(TABLES)


@pytest.fixture
def copied(built: tuple[Path, Path], tmp_path: Path) -> tuple[Path, Path]:
    """Packages and downloads that a test may damage."""
    for folder in built:
        shutil.copytree(folder, tmp_path / folder.name)
    return tmp_path / built[0].name, tmp_path / built[1].name


def open_sqlite(path: Path) -> sqlite3.Connection:
    return sqlite3.connect(path, isolation_level=None)


def ask(path: Path, question: str) -> list[Any]:
    with closing(open_sqlite(path)) as database:
        return database.execute(question).fetchall()


def with_number(value: str) -> AssessedRegister:
    one = commitment(targets=(target(value=value),), reports=(report("进展", result(value)),))
    return assess_all(one, sources=(source("plan", written_on=date(YEAR, 2, 1)), source("half_year")))


# --- SQLite -------------------------------------------------------------------------------------


def test_a_database_has_types_keys_and_checks(built: tuple[Path, Path], tmp_path: Path) -> None:
    path = built[1] / "all" / "duixian-all.sqlite"
    assert ask(path, "PRAGMA integrity_check") == [("ok",)]
    assert ask(path, "PRAGMA foreign_key_check") == []
    assert {row[0] for row in ask(path, "SELECT name FROM pragma_table_list WHERE strict")} >= set(TABLES)
    for schema in SCHEMAS:
        columns = {row[1]: row for row in ask(path, f'PRAGMA table_info("{schema.name}")')}
        assert list(columns) == list(schema.column_names())
        assert {name for name, row in columns.items() if row[5]} == set(schema.primary_key)
        assert all(columns[column.name][3] for column in schema.columns if column.required)
        keys = ask(path, f'PRAGMA foreign_key_list("{schema.name}")')
        assert len({row[0] for row in keys}) == len(schema.foreign_keys)


@pytest.mark.parametrize(
    "wrong",
    [
        "UPDATE targets SET comparator = 'equals'",
        "UPDATE targets SET position = 0",
        "UPDATE targets SET value = NULL",
        "UPDATE targets SET value = 'many'",
        "UPDATE targets SET commitment_id = 'nobody'",
        "UPDATE results SET forecast = 2",
        "UPDATE commitments SET due = 'soon'",
        "INSERT INTO targets SELECT * FROM targets",
    ],
)
def test_a_database_keeps_out_what_the_schema_does_not_allow(copied: tuple[Path, Path], wrong: str) -> None:
    with closing(open_sqlite(copied[1] / "all" / "duixian-all.sqlite")) as database:
        database.execute("PRAGMA foreign_keys = ON")
        with pytest.raises(sqlite3.IntegrityError):
            database.execute(wrong)


def test_a_database_holds_values_as_they_are(built: tuple[Path, Path]) -> None:
    path = built[1] / "all" / "duixian-all.sqlite"
    assert ask(path, "SELECT text, due, year, leader FROM commitments") == [(EVIL, f"{YEAR}-12-31", YEAR, None)]
    assert ask(path, "SELECT value, typeof(value), value / 2 FROM results") == [(9.0, "real", 4.5)]
    assert ask(path, "SELECT forecast, typeof(forecast) FROM results") == [(0, "integer")]
    assert ask(path, "SELECT unit FROM responsibilities") == [("+甲局",)]


def test_a_database_says_what_it_is(built: tuple[Path, Path]) -> None:
    path = built[1] / "all" / "duixian-all.sqlite"
    descriptor = json.loads((built[0] / "all" / "datapackage.json").read_text(encoding="utf-8"))
    ((name, version, licence, as_of),) = ask(path, "SELECT name, version, licence, as_of FROM _package")
    assert (name, version, as_of) == ("duixian-all", descriptor["version"], f"{YEAR}-06-30")
    assert licence == "CC-BY-4.0"
    assert [row[0] for row in ask(path, "SELECT table_name FROM _tables ORDER BY rowid")] == list(TABLES)
    said = ask(
        path, "SELECT title_zh, title_en, type FROM _columns WHERE table_name = 'targets' AND column_name = 'value'"
    )
    assert said == [("数值", "Value", "number")]
    assert ask(path, "SELECT count(*) FROM _columns") == [(sum(len(schema.columns) for schema in SCHEMAS),)]


def test_foreign_keys_have_their_index(built: tuple[Path, Path]) -> None:
    path = built[1] / "all" / "duixian-all.sqlite"
    plan = ask(path, "EXPLAIN QUERY PLAN SELECT * FROM targets WHERE commitment_id = 'x'")
    assert "targets_commitment_id" in plan[0][3]


def test_a_number_that_a_double_would_round_is_kept_exactly(tmp_path: Path) -> None:
    out, downloads = write(tmp_path, with_number(ODD))
    folder = downloads / "all"
    exact = ask(folder / "duixian-all.sqlite", "SELECT * FROM _exact")
    assert ("targets", f"{ID}.t1", "value", ODD) in exact
    assert parquet.read_table(folder / "targets.parquet")["value"].to_pylist() == [Decimal(ODD)]
    book = openpyxl.load_workbook(folder / "duixian-all.xlsx")
    head = [str(cell.value).partition("\n")[2] for cell in book["targets"][1]]
    assert book["targets"][2][head.index("value")].value == ODD
    assert ODD in (out / "all" / "targets.csv").read_text(encoding="utf-8")
    assert validate_packages(out, downloads).problems == []


def test_a_database_that_rounds_in_silence_is_found(tmp_path: Path) -> None:
    out, downloads = write(tmp_path, with_number(ODD))
    damage_sqlite("DELETE FROM _exact")(downloads / "all")
    assert "package-differs" in codes(out, downloads)


def test_a_strange_name_of_a_table_is_told_and_ends_no_statement(built: tuple[Path, Path], tmp_path: Path) -> None:
    path = tmp_path / "strange.sqlite"
    path.write_bytes((built[1] / "all" / "duixian-all.sqlite").read_bytes())
    with closing(sqlite3.connect(path)) as database:
        database.execute('CREATE TABLE "a""b" (x TEXT)')
        database.commit()
    (problem,) = check_sqlite(path, read_published(built[0] / "all"))
    assert (problem.code, problem.found) == ("package-table-unknown", 'a table a"b')


def test_an_old_library_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sqlite3, "sqlite_version_info", (3, 31, 0))
    with pytest.raises(BuildError, match=r"sqlite-old.*3\.37"):
        write(tmp_path)
    assert not (tmp_path / "datapackage").exists()


def test_the_database_names_no_version_of_the_library(built: tuple[Path, Path]) -> None:
    data = (built[1] / "all" / "duixian-all.sqlite").read_bytes()
    assert int.from_bytes(data[96:100], "big") == 3_037_000


# --- Parquet ------------------------------------------------------------------------------------


def test_parquet_has_exact_types_and_says_what_it_is(built: tuple[Path, Path]) -> None:
    schema = parquet.read_schema(built[1] / "all" / "milestones.parquet")
    assert schema.field("value").type == pyarrow.decimal128(38, 6)
    assert schema.field("due").type == pyarrow.date32()
    assert schema.field("text").type == pyarrow.string()
    assert not schema.field("milestone_id").nullable and schema.field("value").nullable
    (milestones,) = (one for one in SCHEMAS if one.name == "milestones")
    (due,) = (one for one in milestones.columns if one.name == "due")
    assert schema.field("due").metadata[b"title_zh"].decode() == due.title.zh
    assert schema.metadata[b"licence"] == b"CC-BY-4.0" and schema.metadata[b"package"] == b"duixian-all"
    said = json.loads(schema.metadata[b"table_schema"])
    assert [field["name"] for field in said["fields"]] == schema.names
    assert parquet.read_schema(built[1] / "all" / "results.parquet").field("forecast").type == pyarrow.bool_()


def test_parquet_holds_values_as_they_are(built: tuple[Path, Path]) -> None:
    (row,) = parquet.read_table(built[1] / "all" / "milestones.parquet").to_pylist()
    assert (row["value"], row["due"]) == (Decimal("5.5"), date(YEAR, 9, 30))
    (row,) = parquet.read_table(built[1] / "all" / "commitments.parquet").to_pylist()
    assert (row["text"], row["leader"], row["year"]) == (EVIL, None, YEAR)


def test_a_column_with_more_decimals_gets_them(tmp_path: Path) -> None:
    _, downloads = write(tmp_path, with_number("0.12345678"))
    assert parquet.read_table(downloads / "all" / "targets.parquet")["value"].to_pylist() == [Decimal("0.12345678")]


def test_a_number_beyond_parquet_is_refused_and_nothing_is_written(tmp_path: Path) -> None:
    with pytest.raises(BuildError, match="parquet-number"):
        write(tmp_path, with_number("1" * 35 + ".5"))
    assert not (tmp_path / "datapackage").exists()


# --- XLSX ---------------------------------------------------------------------------------------


def test_formula_like_text_stays_text_when_its_cell_is_opened(built: tuple[Path, Path]) -> None:
    book = openpyxl.load_workbook(built[1] / FOLDER / f"somewhere-{YEAR}.xlsx")
    cell = book["responsibilities"]["D2"]
    assert (cell.value, cell.data_type, cell.quotePrefix) == ("+甲局", "s", True)
    assert not book["commitments"]["A2"].quotePrefix


@pytest.mark.parametrize(
    "text", ["a\0b", "a\vb", "_x0041_", "a\rb", "a\r\nb", "a\ufffeb", " 前后 ", "1e5", "'=1", "𠮷"]
)
def test_odd_text_is_the_same_in_every_format(tmp_path: Path, text: str) -> None:
    out, downloads = write(tmp_path, example(text))
    assert validate_packages(out, downloads).problems == []
    with (out / "all" / "reports.csv").open(encoding="utf-8", newline="") as file:
        assert len(list(csv.reader(file))) == 2
    assert ask(downloads / "all" / "duixian-all.sqlite", "SELECT text FROM commitments") == [(text,)]


# --- damage -------------------------------------------------------------------------------------


def codes(out: Path, downloads: Path) -> set[str]:
    return {problem.code for problem in validate_packages(out, downloads).problems}


def damage_sqlite(*statements: str) -> Damage:
    def damage(folder: Path) -> None:
        with closing(open_sqlite(folder / "duixian-all.sqlite")) as database:
            database.execute("PRAGMA ignore_check_constraints = ON")
            for statement in statements:
                database.execute(statement)

    return damage


def damage_parquet(change: Callable[[pyarrow.Table], pyarrow.Table], name: str = "targets") -> Damage:
    def damage(folder: Path) -> None:
        path = folder / f"{name}.parquet"
        parquet.write_table(change(parquet.read_table(path)), path)

    return damage


def change_value(table: pyarrow.Table) -> pyarrow.Table:
    index = table.schema.get_field_index("value")
    return table.set_column(index, table.schema.field("value"), pyarrow.array([Decimal(11)], pyarrow.decimal128(38, 6)))


def change_type(table: pyarrow.Table) -> pyarrow.Table:
    index = table.schema.get_field_index("value")
    return table.set_column(index, "value", table["value"].cast(pyarrow.float64()))


def damage_xlsx(change: Callable[[Any], object]) -> Damage:
    def damage(folder: Path) -> None:
        path = folder / "duixian-all.xlsx"
        book = openpyxl.load_workbook(path)
        change(book)
        book.save(path)

    return damage


def set_cell(sheet: str, column: str, value: object) -> Callable[[Any], object]:
    def change(book: Any) -> None:
        head = [str(cell.value).partition("\n")[2] for cell in book[sheet][1]]
        book[sheet][2][head.index(column)].value = value

    return change


def damage_zip(change: Callable[[dict[str, bytes]], object]) -> Damage:
    def damage(folder: Path) -> None:
        path = folder / "duixian-all.zip"
        with zipfile.ZipFile(path) as archive:
            members = {name: archive.read(name) for name in archive.namelist()}
        change(members)
        with zipfile.ZipFile(path, "w") as archive:
            for name, data in members.items():
                archive.writestr(name, data)

    return damage


def cut(name: str) -> Damage:
    """A download that broke off."""

    def damage(folder: Path) -> None:
        data = (folder / name).read_bytes()
        (folder / name).write_bytes(data[: len(data) // 2])

    return damage


def other_bytes(name: str) -> Damage:
    def damage(folder: Path) -> None:
        (folder / name).write_bytes(b"<html>404</html>")

    return damage


def remove(name: str) -> Damage:
    return lambda folder: (folder / name).unlink()


def folder_instead(name: str) -> Damage:
    def damage(folder: Path) -> None:
        (folder / name).unlink()
        (folder / name).mkdir()

    return damage


WHOLE = [name.format("duixian-all") for name in ("{}.zip", "{}.xlsx", "{}.sqlite")] + ["targets.parquet"]


@pytest.mark.parametrize(
    ("damage", "code", "said"),
    [
        (
            damage_sqlite("UPDATE targets SET value = 11"),
            "differs",
            rf"targets {ID}\.t1 value: 11\.0; expected 10 as in",
        ),
        (damage_sqlite("UPDATE targets SET part = ''"), "differs", "part: ''; expected nothing"),
        (damage_sqlite("UPDATE results SET forecast = 1"), "differs", "forecast: True; expected False"),
        (damage_sqlite("UPDATE milestones SET due = '9月'"), "differs", "due: '9月'"),
        (damage_sqlite("DELETE FROM allocations"), "row-missing", f"no row {ID}.t1.a1 in allocations"),
        (damage_sqlite("DELETE FROM allocations"), "rows", "0 rows in allocations; expected the 1 of allocations.csv"),
        (damage_sqlite("UPDATE allocations SET allocation_id = 'x'"), "row-unknown", "a row x in allocations"),
        (damage_sqlite("PRAGMA foreign_keys = OFF", "UPDATE targets SET commitment_id = 'nobody'"), "foreign-key", ""),
        (damage_sqlite("UPDATE _package SET version = '9'"), "stated", "'9'.*; expected duixian-all "),
        (damage_sqlite("INSERT INTO _exact VALUES ('targets', 'x', 'value', 'many')"), "sqlite", "expected a whole"),
        (damage_parquet(lambda table: table.replace_schema_metadata({"version": "9"})), "stated", "duixian-all"),
        (damage_xlsx(lambda book: book["targets"].cell(2, 60, "x")), "columns", "BH2 holds something"),
        (damage_sqlite("DROP TABLE rates"), "table-missing", "no table rates"),
        (damage_sqlite("CREATE TABLE secrets (a)"), "table-unknown", "a table secrets"),
        (damage_sqlite("ALTER TABLE rates RENAME COLUMN basis TO bases"), "table-missing", "rates.csv"),
        (damage_sqlite("DROP TABLE _exact"), "sqlite", "_exact"),
        (damage_sqlite("UPDATE targets SET comparator = 'equals'"), "sqlite", "CHECK constraint failed"),
        (damage_parquet(change_value), "differs", f"targets {ID}.t1 value: 11"),
        (damage_parquet(change_type), "type", "value: double; expected decimal128"),
        (damage_parquet(lambda table: table.slice(1)), "row-missing", f"no row {ID}.t1 in targets"),
        (
            damage_parquet(lambda table: pyarrow.concat_tables([table, table])),
            "row-unknown",
            f"a row {ID}.t1 in targets",
        ),
        (damage_parquet(lambda table: table.drop_columns(["value"])), "columns", "expected the columns"),
        (damage_parquet(lambda table: table.take([1, 0]), "sources"), "row-order", "rows of sources"),
        (damage_xlsx(set_cell("targets", "value", 11)), "differs", r"xlsx:2: .* value: 11; expected 10"),
        (damage_xlsx(set_cell("targets", "value", "10")), "differs", "value: '10'; expected 10"),
        (damage_xlsx(set_cell("targets", "unit", None)), "differs", "unit: nothing; expected '个'"),
        (damage_xlsx(set_cell("targets", "unit", "=1+1")), "formula", "is a formula; expected text"),
        (damage_xlsx(lambda book: book.remove(book["rates"])), "table-missing", "no table rates"),
        (damage_xlsx(lambda book: book.create_sheet("secrets")), "table-unknown", "a table secrets"),
        (damage_xlsx(lambda book: book["targets"].delete_rows(2)), "row-missing", f"no row {ID}.t1"),
        (damage_zip(lambda members: members.pop("rates.csv")), "member-missing", "no rates.csv"),
        (damage_zip(lambda members: members.pop("README.txt")), "member-missing", "no README.txt"),
        (damage_zip(lambda members: members.update({"virus.exe": b"x"})), "member-unknown", "virus.exe"),
        (damage_zip(lambda members: members.update({"rates.csv": b"x"})), "member-differs", "another rates.csv"),
        *((cut(name), Path(name).suffix[1:], "expected a whole") for name in WHOLE),
        *((other_bytes(name), Path(name).suffix[1:], "expected a whole") for name in WHOLE),
        *((remove(name), "file-missing", "no such file") for name in WHOLE),
        *((folder_instead(name), "file-missing", "a folder") for name in WHOLE),
        (lambda folder: (folder / "old.sqlite").write_bytes(b""), "left-over", "old.sqlite"),
    ],
)
def test_damage_in_any_format_is_found(copied: tuple[Path, Path], damage: Damage, code: str, said: str) -> None:
    damage(copied[1] / "all")
    problems = validate_packages(*copied).problems
    found = [str(one) for one in problems if one.code == f"package-{code}"]
    assert any(re.search(said, line) for line in found), problems
    assert all("build again" in line for line in found)


@pytest.mark.parametrize("name", WHOLE)
def test_no_damage_is_a_crash(copied: tuple[Path, Path], name: str) -> None:
    """Bytes turned over anywhere: a problem is said, or the rows are the same; nothing is raised."""
    path, turned = copied[1] / "all" / name, random.Random(name)
    whole, found = path.read_bytes(), 0
    for _ in range(10):
        damaged = bytearray(whole)
        for _ in range(8):
            damaged[turned.randrange(len(whole))] ^= 1 << turned.randrange(8)
        path.write_bytes(damaged)
        found += bool(list(check_downloads(copied[1] / "all", read_published(copied[0] / "all"))))
    assert found > 2


def test_every_format_has_its_damage() -> None:
    assert {Path(name).suffix[1:] for name in WHOLE} == {one.name for one in FORMATS}


def test_one_mistake_in_every_row_is_told_in_few_lines(copied: tuple[Path, Path]) -> None:
    damage_sqlite("UPDATE sources SET title = 'x', issuer = 'x', note = 'x'")(copied[1] / "all")
    problems = validate_packages(*copied).problems
    assert [problem.code for problem in problems] == ["package-differs"] * 5 + ["package-more"]
    assert problems[-1].found == "1 more problems in sources"


def test_the_cities_together_are_the_whole(copied: tuple[Path, Path]) -> None:
    """A row that the package of everything lacks, and one that it has alone, each told in its words."""
    folder = copied[0] / FOLDER
    for name in ("csv", "json"):
        path = folder / f"responsibilities.{name}"
        path.write_bytes(path.read_bytes().replace("甲局".encode(), "乙局".encode()))
    sign(folder, "responsibilities.csv")
    path = copied[0] / "all" / "responsibilities.csv"
    first, *_ = validate_packages(copied[0]).problems
    assert (first.path, first.code) == (path, "package-differs")
    assert first.found.startswith(f"responsibilities {ID}/lead") and first.found.endswith("'+甲局'")
    assert first.expected == "expected '+乙局' as in the packages of places and years"


def test_a_row_in_the_whole_alone_is_found(copied: tuple[Path, Path]) -> None:
    folder = copied[0] / FOLDER
    (folder / "allocations.json").write_text("[\n\n]\n", encoding="utf-8")
    path = folder / "allocations.csv"
    path.write_bytes(path.read_bytes().partition(b"\n")[0] + b"\n")
    sign(folder, "allocations.csv")
    assert {problem.code for problem in validate_packages(copied[0]).problems} == {
        "package-rows",
        "package-row-unknown",
    }


def test_csv_of_formulas_reads_as_text_in_the_csv_module(tmp_path: Path) -> None:
    out, _ = write(tmp_path, example("\r=cmd|'/c calc'!A1"))
    (row,) = csv.DictReader(io.StringIO((out / "all" / "commitments.csv").read_bytes().decode("utf-8"), newline=""))
    assert row["text"] == "'\r=cmd|'/c calc'!A1"
