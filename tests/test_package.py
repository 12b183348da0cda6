"""Data packages: valid, reproducible, whole or not at all, and nothing in them becomes a formula."""

from __future__ import annotations

import csv
import hashlib
import io
import json
import zipfile
from collections.abc import Callable
from decimal import Decimal
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from generator.assess import RULES_VERSION
from generator.changes import read_package
from generator.errors import BuildError
from generator.lookups import Places
from generator.package import validate as validate_module
from generator.package import validate_packages
from generator.package.dates import refuse_undated
from generator.package.readme import readme_text
from generator.schemas import TABLES
from tests.assess_examples import ID, PLACE, YEAR, assess_all, commitment, source
from tests.package_examples import EVIL, FOLDER, OTHER, PUBLICATION, SCHEMAS, example, example_of, files, sign, write
from tests.packed import packages_of, write_packages


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(validate_module, "_frictionless_problems", lambda path, descriptor: [])
        return write(tmp_path_factory.mktemp("built"))


@pytest.fixture(autouse=True)
def _plain_checks_only(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """Frictionless takes a second a package: it is asked in the tests that are about it."""
    if "frictionless" not in request.node.name:
        monkeypatch.setattr(validate_module, "_frictionless_problems", lambda path, descriptor: [])


# --- what is written ----------------------------------------------------------------------------


def test_a_package_a_place_and_year_and_one_of_everything(built: tuple[Path, Path]) -> None:
    names = {"datapackage.json"} | {f"{table}.{kind}" for table in TABLES for kind in ("csv", "json")}
    assert set(files(built[0])) == {f"{folder}/{name}" for folder in (FOLDER, "all") for name in names}
    assert set(files(built[1])) == {
        f"{FOLDER}/somewhere-{YEAR}.zip",
        f"{FOLDER}/somewhere-{YEAR}.xlsx",
        "all/duixian-all.zip",
        "all/duixian-all.xlsx",
        "all/duixian-all.sqlite",
        *(f"all/{table}.parquet" for table in TABLES),
    }


@pytest.mark.slow
def test_packages_validate_under_the_profile_our_checks_and_frictionless(built: tuple[Path, Path]) -> None:
    assert validate_packages(*built).problems == []


def test_the_descriptor_says_what_it_is(built: tuple[Path, Path]) -> None:
    descriptor = json.loads((built[0] / FOLDER / "datapackage.json").read_text(encoding="utf-8"))
    assert descriptor["name"] == f"somewhere-{YEAR}"
    assert descriptor["created"] == f"{YEAR}-06-30T00:00:00Z"
    assert descriptor["version"] == f"{RULES_VERSION}+{YEAR}0630"
    assert [one["name"] for one in descriptor["licenses"]] == ["CC-BY-4.0"]
    assert not {"id", "homepage"} & descriptor.keys() and "https://example.org/duixian" not in json.dumps(descriptor)
    assert descriptor["sources"][0] == {"title": "某某市人民政府《plan文件》", "path": "https://example.org/plan"}
    assert [one["name"] for one in descriptor["resources"]] == list(TABLES)
    for resource in descriptor["resources"]:
        data = (built[0] / FOLDER / resource["path"]).read_bytes()
        assert resource["hash"] == f"sha256:{hashlib.sha256(data).hexdigest()}"
        assert resource["bytes"] == len(data)


def test_csv_is_exact_and_plain(built: tuple[Path, Path]) -> None:
    data = (built[0] / FOLDER / "commitments.csv").read_bytes()
    assert not data.startswith(b"\xef\xbb\xbf") and b"\r" not in data and data.endswith(b"\n")
    (row,) = csv.DictReader(io.StringIO(data.decode("utf-8")))
    assert (row["text"], row["due"], row["place_code"]) == (f"'{EVIL}", f"{YEAR}-12-31", "990100")
    (unit,) = csv.DictReader(io.StringIO((built[0] / FOLDER / "responsibilities.csv").read_text(encoding="utf-8")))
    assert unit["unit"] == "'+甲局"


def test_changes_are_told_in_the_words_of_the_source(tmp_path: Path) -> None:
    """The apostrophe of the CSV file is no part of the text, and a carriage return is."""
    out, _ = write(tmp_path, example("\r=1"))
    read = read_package(out / "all").tables
    assert (read["commitments"][0]["text"], read["responsibilities"][0]["unit"]) == ("\r=1", "+甲局")


def test_json_holds_the_same_rows_with_types(built: tuple[Path, Path]) -> None:
    text = (built[0] / FOLDER / "milestones.json").read_text(encoding="utf-8")
    (row,) = json.loads(text, parse_float=Decimal)
    assert (row["value"], row["due"]) == (Decimal("5.5"), f"{YEAR}-09-30")
    (one,) = json.loads((built[0] / FOLDER / "commitments.json").read_text(encoding="utf-8"))
    assert (one["text"], one["attained"], one["year"]) == (EVIL, None, YEAR)


def test_the_zip_is_the_package_with_a_readme_and_no_date(built: tuple[Path, Path]) -> None:
    with zipfile.ZipFile(built[1] / FOLDER / f"somewhere-{YEAR}.zip") as archive:
        names = archive.namelist()
        assert names == sorted(names) and {entry.date_time[0] for entry in archive.infolist()} == {1980}
        assert archive.read("commitments.csv") == (built[0] / FOLDER / "commitments.csv").read_bytes()
        readme = archive.read("README.txt").decode("utf-8")
    for words in (
        "CC-BY-4.0",
        "Duixian contributors",
        PUBLICATION.schema_version,
        f"{YEAR}-06-30",
        "引用",
        "Cite as",
        "Caveats",
        "某某市人民政府",
    ):
        assert words in readme


def test_a_document_of_two_programmes_is_named_once() -> None:
    (subset, _) = packages_of([assess_all(commitment(), sources=(source("plan"), source("plan")))], PUBLICATION)
    (zh, en) = readme_text(subset).split("Duixian contributors ·", 1)
    assert zh.count("\n- ") == 1 and "\n- " not in en


def test_a_plan_without_reports_says_so() -> None:
    (subset, _) = packages_of([assess_all(commitment(), sources=(source("plan"),))], PUBLICATION)
    assert "尚无进展" in readme_text(subset) and "plans only" in readme_text(subset)


def test_the_workbook_has_a_sheet_a_table_and_no_formula(built: tuple[Path, Path]) -> None:
    book = openpyxl.load_workbook(built[1] / FOLDER / f"somewhere-{YEAR}.xlsx")
    assert book.sheetnames == list(TABLES)
    kinds = {cell.data_type for sheet in book for row in sheet.iter_rows() for cell in row}
    assert "f" not in kinds
    assert not any(cell.hyperlink for sheet in book for row in sheet.iter_rows() for cell in row)
    head = [str(cell.value).partition("\n")[2] for cell in book["commitments"][1]]
    row = dict(zip(head, book["commitments"][2], strict=True))
    assert (row["text"].value, row["text"].data_type) == (EVIL, "s")
    assert (row["place_code"].value, row["place_code"].data_type) == ("990100", "s")
    assert (row["due"].data_type, row["year"].value) == ("d", YEAR)
    assert book["responsibilities"]["D2"].value == "+甲局"


def test_documents_without_any_date_are_refused_with_the_line_to_add(tmp_path: Path) -> None:
    documents = tmp_path / "documents"
    documents.mkdir()
    (documents / "plan-of-ours.yml").write_text("document: text.txt\n", encoding="utf-8")
    undated = assess_all(commitment(), sources=(source("plan"),))
    dated = assess_all(commitment(), sources=(source("plan"), source("half_year")))
    where = Places((PLACE,), tmp_path / "places.yml")
    with pytest.raises(BuildError) as refused:
        write_packages((undated,), PUBLICATION, where, SCHEMAS, (tmp_path / "out", tmp_path / "downloads"))
    assert [problem.path for problem in refused.value.problems] == [documents / "plan-of-ours.yml"]
    assert all(f'"written_on: {YEAR}-01-01"' in problem.remedy for problem in refused.value.problems)
    assert not (tmp_path / "out").exists()
    refuse_undated(packages_of((dated,), PUBLICATION), documents)


def test_a_cell_too_long_for_excel_is_cut_and_says_so(tmp_path: Path) -> None:
    write(tmp_path, example("长" * 40_000))
    book = openpyxl.load_workbook(tmp_path / "downloads" / FOLDER / f"somewhere-{YEAR}.xlsx")
    texts = [str(cell.value) for cell in book["commitments"][2]]
    (cut,) = [text for text in texts if len(text) > 30_000]
    assert len(cut) <= 32_767 and "see the CSV file" in cut


def test_same_registers_same_bytes(built: tuple[Path, Path], tmp_path: Path) -> None:
    again = write(tmp_path)
    assert files(again[0]) == files(built[0])
    assert files(again[1]) == files(built[1])


# --- writing over -------------------------------------------------------------------------------


def test_unchanged_files_are_not_touched_and_what_is_gone_goes(tmp_path: Path) -> None:
    out, downloads = write(tmp_path)
    before = {name: (out / name).stat().st_mtime_ns for name in files(out)}
    stamp = {name: (downloads / name).stat().st_mtime_ns for name in files(downloads)}
    write(tmp_path)
    assert {name: (out / name).stat().st_mtime_ns for name in files(out)} == before
    assert {name: (downloads / name).stat().st_mtime_ns for name in files(downloads)} == stamp
    assert [path.name for path in sorted(tmp_path.iterdir())] == ["datapackage", "downloads"]
    write(tmp_path, example_of(OTHER))
    assert {Path(name).parts[0] for name in (*files(out), *files(downloads))} == {"all", OTHER.slug}


def test_a_package_that_does_not_pass_replaces_nothing(tmp_path: Path) -> None:
    out, downloads = write(tmp_path)
    before = files(out), files(downloads)
    twice = commitment(), commitment()
    with pytest.raises(BuildError) as refused:
        write(tmp_path, assess_all(*twice, sources=(source(),)))
    assert any(problem.code == "package-primary-key" for problem in refused.value.problems)
    assert all(str(problem.path).startswith(str(out)) for problem in refused.value.problems)
    assert (files(out), files(downloads)) == before
    assert [path.name for path in sorted(tmp_path.iterdir())] == ["datapackage", "downloads"]


def test_a_folder_with_other_files_is_not_ours_to_replace(tmp_path: Path) -> None:
    stranger = tmp_path / "datapackage" / "thesis.docx"
    stranger.parent.mkdir()
    stranger.write_text("years of work", encoding="utf-8")
    with pytest.raises(BuildError, match="package-stranger"):
        write(tmp_path)
    assert stranger.read_text(encoding="utf-8") == "years of work"


def test_downloads_of_others_are_left_alone(tmp_path: Path) -> None:
    other = tmp_path / "downloads" / "notes.txt"
    other.parent.mkdir()
    other.write_text("mine", encoding="utf-8")
    write(tmp_path)
    assert other.exists()


# --- validating ---------------------------------------------------------------------------------

Damage = Callable[[Path], None]
BY_NAME = {"fields": "commitment_id", "reference": {"resource": "commitments", "fields": "commitment_id"}}


def rewrite(name: str, old: str, new: str) -> Damage:
    """Damage a CSV file and put hash and size right, so that only the damage itself can be found."""

    def damage(folder: Path) -> None:
        path = folder / name
        text = path.read_text(encoding="utf-8")
        assert old in text
        path.write_bytes(text.replace(old, new, 1).encode("utf-8"))
        sign(folder, name)

    return damage


def describe(change: Callable[[dict[str, Any]], object]) -> Damage:
    """Damage the descriptor."""

    def damage(folder: Path) -> None:
        path = folder / "datapackage.json"
        descriptor = json.loads(path.read_text(encoding="utf-8"))
        change(descriptor)
        path.write_text(json.dumps(descriptor, ensure_ascii=False), encoding="utf-8")

    return damage


def replace_in(name: str, old: str, new: str) -> Damage:
    """Damage a file of which the descriptor has no hash."""

    def damage(folder: Path) -> None:
        text = (folder / name).read_text(encoding="utf-8")
        assert old in text
        (folder / name).write_text(text.replace(old, new, 1), encoding="utf-8")

    return damage


def remove_file(name: str) -> Damage:
    return lambda folder: (folder / name).unlink()


def add_file(name: str, text: str) -> Damage:
    def damage(folder: Path) -> None:
        (folder / name).write_text(text, encoding="utf-8")

    return damage


@pytest.mark.parametrize(
    ("damage", "code"),
    [
        (rewrite("targets.csv", f"{ID}.t1,{ID}", f"{ID}.t1,nobody"), "package-foreign-key"),
        (rewrite("targets.csv", ",10,个", ",１０,个"), "package-value"),
        (rewrite("targets.csv", ",eq,", ",equals,"), "package-value"),
        (rewrite("targets.csv", "新建公园,,eq", "新建公园,eq"), "package-columns"),
        (rewrite("commitments.csv", ",990100,", ",9901,"), "package-value"),
        (rewrite("commitments.csv", f"{YEAR}-12-31", f"{YEAR}年12月31日"), "package-value"),
        (rewrite("commitments.csv", "commitment_id,", "\ufeffcommitment_id,"), "package-bom"),
        (rewrite("reports.csv", "report_id,", "reportid,"), "package-header"),
        (rewrite("reports.csv", "\n", "\r\n"), "package-line-end"),
        (remove_file("rates.csv"), "package-file-missing"),
        (remove_file("rates.json"), "package-json"),
        (add_file("rates.json", "[]"), "package-row-missing"),
        (add_file("rates.json", "{}"), "package-json"),
        (add_file("rates.json", '[{"rate_id": 1}]'), "package-json"),
        (rewrite("commitments.csv", "'=HYPERLINK", "=HYPERLINK"), "package-value"),
        (rewrite("responsibilities.csv", "'+甲局", "+甲局"), "package-value"),
        (rewrite("commitments.csv", f"{YEAR}-12-31", f"{YEAR}-02-31"), "package-value"),
        (replace_in("targets.json", '"value":10', '"value":11'), "package-differs"),
        (replace_in("targets.json", '"value":10', '"value":"10"'), "package-differs"),
        (replace_in("results.json", '"forecast":false', '"forecast":0'), "package-differs"),
        (replace_in("commitments.json", f'"due":"{YEAR}-12-31"', '"due":"soon"'), "package-differs"),
        (add_file("notes.csv", "a\n1\n"), "package-left-over"),
        (add_file("rates.csv", "rate_id\n"), "package-hash"),
        (add_file("datapackage.json", "{"), "package-json"),
        (describe(lambda d: d["resources"][0]["schema"].update(primarykey=["x"])), "package-schema-key"),
        (describe(lambda d: d["resources"][0]["schema"].pop("primaryKey")), "package-schema"),
        (describe(lambda d: d["resources"][0]["schema"].update(primaryKey="source_id")), "package-schema"),
        (describe(lambda d: d["resources"][0]["schema"].update(primaryKey=["nothing"])), "package-schema"),
        (describe(lambda d: d["resources"][0]["schema"]["fields"][0].update(type="year")), "package-schema"),
        (describe(lambda d: d["resources"][3]["schema"].update(foreignKeys=[BY_NAME])), "package-schema"),
        (describe(lambda d: d["resources"][3]["schema"]["foreignKeys"][0].update(fields=["x"])), "package-schema"),
        (
            describe(lambda d: d["resources"][3]["schema"]["foreignKeys"][0]["reference"].update(fields=["x"])),
            "package-schema",
        ),
        (describe(lambda d: d["resources"][0].update(path="../x.csv")), "package-profile"),
        (describe(lambda d: d["resources"].clear()), "package-profile"),
        (describe(lambda d: d.pop("resources")), "package-profile"),
        (describe(lambda d: d.update(resources={"a": 1})), "package-profile"),
        (describe(lambda d: d["resources"][0].update(schema=5)), "package-profile"),
        (describe(lambda d: d["resources"][0]["schema"]["fields"][0].update(type="text")), "package-profile"),
    ],
)
def test_damage_is_found(tmp_path: Path, built: tuple[Path, Path], damage: Damage, code: str) -> None:
    folder = tmp_path / FOLDER
    folder.mkdir(parents=True)
    for path in (built[0] / FOLDER).iterdir():
        (folder / path.name).write_bytes(path.read_bytes())
    damage(folder)
    assert code in {problem.code for problem in validate_packages(tmp_path).problems}


@pytest.mark.slow
def test_frictionless_is_really_asked(tmp_path: Path, built: tuple[Path, Path]) -> None:
    path = built[0] / FOLDER / "datapackage.json"
    descriptor = json.loads(path.read_text(encoding="utf-8"))
    assert list(validate_module._frictionless_problems(path, descriptor)) == []
    descriptor["resources"][1]["schema"]["fields"][5]["type"] = "date"
    assert list(validate_module._frictionless_problems(path, descriptor))


def test_no_package_is_a_problem(tmp_path: Path) -> None:
    assert [problem.code for problem in validate_packages(tmp_path).problems] == ["package-none"]
