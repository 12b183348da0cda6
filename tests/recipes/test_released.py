"""The released packages, unpacked far from the repository, read with pandas, DuckDB and frictionless alone."""

from __future__ import annotations

import json
import re
import shutil
import zipfile
from datetime import datetime
from pathlib import Path

import openpyxl
import pytest

from tests.conftest import REPOSITORY
from tests.own import leave_out
from tests.recipes import environment
from tests.recipes.environment import ENVIRONMENT, LOCK, PYTHON, require_environment, require_program, run_clean

READ_PACKAGE = Path(__file__).parent / "read_package.py"
TOOLS = ("pandas", "duckdb", "frictionless")

pytestmark = [pytest.mark.slow, pytest.mark.journey]


@pytest.fixture
def released(site: Path, tmp_path: Path) -> list[Path]:
    """Every package of the site, dated releases too, unpacked from its zip."""
    require_environment()
    assert REPOSITORY not in tmp_path.parents
    places = site.glob("data/*/[0-9][0-9][0-9][0-9]/*.zip")
    zips = [*site.glob("data/all/*.zip"), *places, *site.glob("data/releases/*/*.zip")]
    for path in zips:
        with zipfile.ZipFile(path) as archive:
            archive.extractall(tmp_path / path.stem)
    return sorted(tmp_path / path.stem for path in zips)


def read(tool: str, *folders: Path) -> dict[str, list[str]]:
    """What the tool finds wrong, by the name of the package."""
    elsewhere = folders[0].parent
    script = shutil.copy(READ_PACKAGE, elsewhere)
    found = json.loads(run_clean([PYTHON, "-I", script, tool, *folders], elsewhere))
    return {Path(folder).name: problems for folder, problems in found.items()}


@pytest.mark.parametrize("tool", TOOLS)
def test_every_package_reads_as_its_descriptor_says(released: list[Path], tool: str) -> None:
    committed = [
        *REPOSITORY.glob("datapackage/*/datapackage.json"),
        *REPOSITORY.glob("datapackage/*/*/datapackage.json"),
        *REPOSITORY.glob("content/releases/*/datapackage.json"),
    ]
    assert len(released) == len(committed) > 1
    # frictionless takes seconds where the others take none, and `validate` has it read every package.
    taken = [one for one in released if tool != "frictionless" or one.name.endswith("-all")]
    assert taken and read(tool, *taken) == {folder.name: [] for folder in taken}


def drop_a_row(folder: Path) -> None:
    lines = (folder / "themes.csv").read_text(encoding="utf-8").splitlines(keepends=True)
    (folder / "themes.csv").write_text("".join(lines[:-1]), encoding="utf-8")


def change_a_digit(folder: Path) -> None:
    replace_once(folder / "targets.csv", ",227,", ",227.5,")


def repeat_a_key(folder: Path) -> None:
    lines = (folder / "responsibilities.csv").read_text(encoding="utf-8").splitlines(keepends=True)
    (folder / "responsibilities.csv").write_text("".join([*lines, lines[-1]]), encoding="utf-8")


def lose_a_parent(folder: Path) -> None:
    replace_once(folder / "targets.csv", ",hangzhou-2024-livelihood-001,", ",hangzhou-2024-livelihood-999,")


def replace_once(path: Path, before: str, after: str) -> None:
    text = path.read_text(encoding="utf-8")
    assert before in text
    path.write_text(text.replace(before, after, 1), encoding="utf-8")


DAMAGES = (drop_a_row, change_a_digit, repeat_a_key, lose_a_parent)


@pytest.mark.own("hangzhou-2024-livelihood")
@pytest.mark.parametrize("tool", TOOLS)
def test_a_damaged_package_is_noticed(released: list[Path], tool: str) -> None:
    whole = next(one for one in released if one.name == "hangzhou-2024")
    copies = {damage.__name__: whole.parent / damage.__name__ for damage in DAMAGES}
    for damage in DAMAGES:
        shutil.copytree(whole, copies[damage.__name__])
        damage(copies[damage.__name__])
    found = read(tool, whole, *copies.values())
    assert [name for name, problems in found.items() if not problems] == ["hangzhou-2024"]


def test_parquet_needs_to_be_told_nothing(site: Path, tmp_path: Path) -> None:
    require_environment()
    script = """
import sys, duckdb
for name in ("commitments.place_code", "commitments.due", "targets.value", "targets.as_of"):
    table, column = name.split(".")
    print(name, duckdb.sql(f"SELECT typeof({column}) FROM '{sys.argv[1]}/{table}.parquet' LIMIT 1").fetchall()[0][0])
"""
    told = run_clean([PYTHON, "-I", "-c", script, site / "data" / "all"], tmp_path).split("\n")
    assert told[:2] == ["commitments.place_code VARCHAR", "commitments.due DATE"] and told[3] == "targets.as_of DATE"
    assert re.fullmatch(r"targets\.value DECIMAL\(\d+,\d+\)", told[2])


def test_the_workbook_needs_to_be_told_nothing(site: Path) -> None:
    for path in sorted(site.glob("data/*/2[0-9][0-9][0-9]/*.xlsx")):
        head, *rows = openpyxl.load_workbook(path)["commitments"].iter_rows(values_only=True)
        names = [str(name).splitlines()[-1] for name in head]
        found = [(row[names.index("place_code")], row[names.index("due")]) for row in rows]
        if any(code for code, _ in found) and any(due for _, due in found):
            break
    else:
        leave_out("place with a code and a commitment with a date")
    assert found and all(isinstance(code, str) and re.fullmatch(r"\d{6}", code) for code, _ in found)
    assert any(due for _, due in found) and all(due is None or isinstance(due, datetime) for _, due in found)


def test_missing_tools_are_said_and_fail_in_ci(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(environment, "ENVIRONMENT", tmp_path)
    for ready in (None, b"another lock"):
        if ready:
            (tmp_path / ".ready").write_bytes(ready)
        monkeypatch.delenv("CI", raising=False)
        with pytest.raises(pytest.skip.Exception, match="make recipes"):
            require_environment()
        monkeypatch.setenv("CI", "true")
        with pytest.raises(pytest.fail.Exception, match="make recipes"):
            require_environment()
    with pytest.raises(pytest.fail.Exception, match="no such-program"):
        require_program("such-program")


def test_the_environment_has_nothing_of_ours(tmp_path: Path) -> None:
    require_environment()
    with pytest.raises(AssertionError, match="No module named 'generator'"):
        run_clean([PYTHON, "-I", "-c", "import generator"], tmp_path)


def test_the_environment_reaches_no_other_host(tmp_path: Path) -> None:
    require_environment()
    ask = "import urllib.request; urllib.request.urlopen('http://example.org/')"
    with pytest.raises(AssertionError, match="Connection refused"):
        run_clean([PYTHON, "-I", "-c", ask], tmp_path)


def test_the_readers_lock_has_hashes_and_names_no_index() -> None:
    lock = LOCK.read_text(encoding="utf-8")
    wanted = (LOCK.parent / "requirements.in").read_text(encoding="utf-8").split()
    assert wanted and all(f"\n{name}==" in f"\n{lock}" for name in wanted)
    assert all("--hash=sha256:" in part for part in lock.split("\n\n") if part)
    assert "://" not in lock and "index" not in lock
    assert ENVIRONMENT.is_relative_to(REPOSITORY / "build")


TRAPS: dict[str, list[str | Path]] = {
    "pandas": [
        PYTHON,
        "-I",
        "-c",
        "import pandas as pd; print(pd.read_csv('commitments.csv')[['place_code', 'due']].dtypes)",
    ],
    "duckdb": [
        PYTHON,
        "-I",
        "-c",
        "import duckdb; print(duckdb.sql(\"SELECT typeof(place_code) FROM 'commitments.csv' LIMIT 1\").fetchall())",
    ],
    "r": ["Rscript", "--vanilla", "-e", 'str(read.csv("commitments.csv")[c("place_code", "due")])'],
}


@pytest.mark.own("hangzhou-2024-livelihood")
@pytest.mark.parametrize(
    ("tool", "said"),
    [
        ("pandas", r"place_code +int64\s+due +(object|str)\b"),
        ("duckdb", r"BIGINT"),
        ("r", r"place_code: int[^$]*\$ due +: chr"),
    ],
)
def test_a_tool_that_is_told_nothing_takes_codes_for_numbers(released: list[Path], tool: str, said: str) -> None:
    if tool == "r":
        require_program("Rscript")
    folder = next(one for one in released if one.name == "hangzhou-2024")
    assert re.search(said, run_clean(TRAPS[tool], folder))
