"""Changes in the data: two packages compared, the record of it, its page and its feeds."""

from __future__ import annotations

import csv
import subprocess
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from generator.__main__ import main
from generator.assess import load_reported_words
from generator.changes import (
    PublishedData,
    compare_packages,
    load_releases,
    make_release,
    read_package,
    read_revision,
    render_changes,
    write_release,
)
from generator.errors import BuildError, ContentError, DuixianError
from generator.model import AssessedRegister, DataChange, DataRelease, Remark
from generator.pages import changes as changes_page
from generator.pages.outline import registers_to_cities
from generator.schemas import load_schemas
from tests.kept_examples import keep_years
from tests.page_examples import Words, assess, make_register

CONTENT = Path("content")
SCHEMAS = load_schemas(CONTENT)
C1, C2 = "yunxi-2024-livelihood-001", "yunxi-2024-livelihood-002"


def _example() -> AssessedRegister:
    return assess(make_register(Words()), load_reported_words(CONTENT))


def _commitment(identifier: str, **cells: str) -> dict[str, str]:
    return {"commitment_id": identifier, "text": f"文字{identifier[-3:]}", "status": "met", "start": "1", **cells}


def _unit(position: int, unit: str) -> dict[str, str]:
    return {"commitment_id": C1, "role": "lead", "position": str(position), "unit": unit}


def _data(rules: str = "2.0.0", **tables: list[dict[str, str]]) -> PublishedData:
    return PublishedData({**{schema.name: [] for schema in SCHEMAS}, **tables}, rules)


def _compare(old: PublishedData, new: PublishedData) -> list[tuple[str, str, str, str, str]]:
    return [(one.table, one.record, one.column, one.old, one.new) for one in compare_packages(old, new, SCHEMAS)]


def test_the_same_data_have_not_changed() -> None:
    data = _data(commitments=[_commitment(C1)], responsibilities=[_unit(1, "市教育局")])
    assert _compare(data, data) == []


def test_a_cell_that_is_otherwise_is_told_with_old_and_new() -> None:
    old, new = _data(commitments=[_commitment(C1)]), _data(commitments=[_commitment(C1, status="missed")])
    assert _compare(old, new) == [("commitments", C1, "status", "met", "missed")]


def test_where_a_text_stands_in_its_source_is_no_news() -> None:
    old, new = _data(commitments=[_commitment(C1)]), _data(commitments=[_commitment(C1, start="7")])
    assert _compare(old, new) == []


def test_a_row_that_only_moved_is_no_change() -> None:
    base = [_commitment(C1)]
    old = _data(commitments=base, responsibilities=[_unit(1, "市教育局"), _unit(2, "市财政局")])
    new = _data(commitments=base, responsibilities=[_unit(1, "市民政局"), _unit(2, "市教育局"), _unit(3, "市财政局")])
    assert _compare(old, new) == [("responsibilities", f"{C1}/lead/1", "", "", "lead 市民政局")]
    assert _compare(new, old) == [("responsibilities", f"{C1}/lead/1", "", "lead 市民政局", "")]


def test_two_rows_alike_are_two() -> None:
    base = [_commitment(C1)]
    old = _data(commitments=base, responsibilities=[_unit(1, "市教育局"), _unit(2, "市教育局")])
    new = _data(commitments=base, responsibilities=[_unit(1, "市教育局")])
    assert len(_compare(old, new)) == 1


def test_of_a_commitment_that_came_or_went_only_itself_is_told() -> None:
    old = _data(commitments=[_commitment(C2)])
    new = _data(commitments=[_commitment(C1), _commitment(C2)], responsibilities=[_unit(1, "市教育局")])
    assert _compare(old, new) == [("commitments", C1, "", "", "文字001")]
    assert _compare(new, old) == [("commitments", C1, "", "文字001", "")]


def test_a_column_that_the_older_package_does_not_have_is_no_change() -> None:
    old, new = _data(commitments=[_commitment(C1)]), _data(commitments=[_commitment(C1, note="新列")])
    assert _compare(old, new) == []


def test_a_table_that_the_older_package_does_not_have_is_no_change() -> None:
    new = _data(commitments=[_commitment(C1)], responsibilities=[_unit(1, "市教育局")])
    empty = _data(commitments=[_commitment(C1)])
    assert [one[0] for one in _compare(empty, new)] == ["responsibilities"]
    assert _compare(replace(empty, missing=frozenset({"responsibilities"})), new) == []


def test_a_share_is_told_with_the_commitment_of_its_target() -> None:
    target = {"target_id": f"{C1}.t1", "commitment_id": C1, "measure": "床位"}
    share = {"allocation_id": f"{C1}.t1.a1", "target_id": f"{C1}.t1", "area": "东区", "printed": "3", "value": "3"}
    old = _data(commitments=[_commitment(C1)], targets=[target], allocations=[share])
    new = _data(commitments=[_commitment(C1)], targets=[target], allocations=[{**share, "value": "30"}])
    (change,) = compare_packages(old, new, SCHEMAS)
    assert (change.commitment, change.column, change.old, change.new) == (C1, "value", "3", "30")


def test_what_is_the_catalogue_s_is_left_out() -> None:
    old = _data(themes=[{"theme_id": "elderly", "zh": "养老"}])
    assert _compare(old, _data()) == []


def test_a_line_says_what_was_and_what_is_without_what_a_terminal_obeys() -> None:
    change = DataChange(table="targets", record=f"{C1}.t1", commitment=C1, column="value", old="3\x1b[2J", new="30")
    assert list(render_changes([change])) == [f"targets {C1}.t1 value: 3[2J → 30", "1 changes, of 1 commitments"]


# --- packages ---------------------------------------------------------------------------------------------------


def _write_package(folder: Path, status: str) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    descriptor = '{"version": "2.0.0+20240204", "resources": [{"name": "commitments"}]}'
    (folder / "datapackage.json").write_text(descriptor, encoding="utf-8")
    with (folder / "commitments.csv").open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, ["commitment_id", "text", "status"])
        writer.writeheader()
        writer.writerow({"commitment_id": C1, "text": '含"引号",逗号\n和换行', "status": status})


def _git(folder: Path, *arguments: str) -> None:
    who = ["-c", "user.name=t", "-c", "user.email=t@example.org", "-c", "commit.gpgsign=false"]
    subprocess.run(["git", "-C", str(folder), *who, *arguments], check=True, capture_output=True)


def test_a_revision_and_a_folder_are_read_alike(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GIT_COMMITTER_DATE", "2026-01-02T03:04:05 +0000")
    _write_package(tmp_path / "datapackage" / "all", "met")
    _git(tmp_path, "init", "-q")
    _git(tmp_path, "add", ".")
    _git(tmp_path, "commit", "-qm", "first")
    old = read_revision("HEAD", tmp_path)
    assert old == replace(read_package(tmp_path / "datapackage" / "all"), day=date(2026, 1, 2))
    _write_package(tmp_path / "datapackage" / "all", "missed")
    new = read_package(tmp_path / "datapackage" / "all")
    assert [one.column for one in compare_packages(old, new, SCHEMAS)] == ["status"]
    assert new.rules == "2.0.0"


@pytest.mark.parametrize("revision", ["nothing-like-it", "--output=x", "HEAD:README.md"])
def test_a_revision_that_is_none_is_refused(revision: str, tmp_path: Path) -> None:
    _git(tmp_path, "init", "-q")
    with pytest.raises(BuildError, match="revision-unknown"):
        read_revision(revision, tmp_path)


def test_a_folder_without_a_package_is_refused(tmp_path: Path) -> None:
    with pytest.raises(BuildError, match="package-none"):
        read_package(tmp_path)


def test_a_table_that_is_lost_is_refused_and_not_taken_for_empty(tmp_path: Path) -> None:
    _write_package(tmp_path, "met")
    (tmp_path / "commitments.csv").unlink()
    with pytest.raises(BuildError, match=r"commitments\.csv.*package-table"):
        read_package(tmp_path)


# --- the record -------------------------------------------------------------------------------------------------


def _change(table: str, record: str, commitment: str, **said: str) -> DataChange:
    return DataChange(table=table, record=record, commitment=commitment, **said)


def _release(*changes: DataChange, day: date = date(2026, 3, 1)) -> DataRelease:
    return DataRelease(day=day, since=date(2026, 1, 1), reason=Remark("更正<b>", "Corrected"), changes=changes)


def test_a_record_is_read_as_it_was_written_newest_first(tmp_path: Path) -> None:
    first, second = _release(), _release(DataChange(table="sources", record="x", new="文件"), day=date(2026, 4, 1))
    for one in (first, second):
        write_release(tmp_path, one)
    assert load_releases(tmp_path) == (second, first)
    assert load_releases(tmp_path / "nowhere") == ()


def test_a_record_under_another_name_is_refused(tmp_path: Path) -> None:
    path = write_release(tmp_path, _release())
    path.rename(path.with_name("2026-09-09.yml"))
    with pytest.raises(ContentError, match="changes-name"):
        load_releases(tmp_path)


@pytest.mark.parametrize(
    ("days", "reason", "code"),
    [
        (("2026-02-30", "2026-01-01"), ("因", "why"), "--date"),
        (("2026-02-03", ""), ("因", "why"), "--since"),
        (("2026-02-03", "2026-03-01"), ("因", "why"), "is before"),
        (("2026-02-03", "2026-01-01"), ("因", ""), "no reason"),
    ],
)
def test_a_record_needs_days_and_a_reason(days: tuple[str, str], reason: tuple[str, str], code: str) -> None:
    with pytest.raises(DuixianError, match=code):
        make_release(_data(), _data(), (), days, reason)


def test_a_record_names_the_rules_where_they_differ() -> None:
    days, reason = ("2026-02-03", "2026-01-01"), ("因", "why")
    assert make_release(_data("1.0.0"), _data("2.0.0"), (), days, reason).rules == ("1.0.0", "2.0.0")
    assert make_release(_data("2.0.0"), _data("2.0.0"), (), days, reason).rules == ()


def test_a_record_keeps_who_answered_before_and_who_answers_now() -> None:
    def unit(identifier: str, slug: str) -> dict[str, str]:
        return {"commitment_id": identifier, "role": "lead", "position": "1", "unit": slug, "department_slug": slug}

    base = [_commitment(C1), _commitment(C2)]
    old = _data(commitments=base, responsibilities=[unit(C1, "city-finance"), unit(C2, "city-health")])
    new = _data(commitments=base, responsibilities=[unit(C1, "city-education"), unit(C2, "city-health")])
    days, reason = ("2026-02-03", "2026-01-01"), ("因", "why")
    release = make_release(old, new, compare_packages(old, new, SCHEMAS), days, reason)
    assert release.departments == {C1: ("city-education", "city-finance")}
    retired = _data(commitments=[_commitment(C2)], responsibilities=[unit(C2, "city-health")])
    gone = make_release(old, retired, compare_packages(old, retired, SCHEMAS), days, reason)
    assert gone.departments == {C1: ("city-finance",)}
    assert make_release(_data(), _data(), (), days, reason).departments == {}


def test_the_command_prints_and_writes(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    content = tmp_path / "content"
    (content / "schemas").mkdir(parents=True)
    for path in (CONTENT / "schemas").glob("*.yml"):
        (content / "schemas" / path.name).write_bytes(path.read_bytes())
    (content / "lookups").mkdir()
    (content / "lookups" / "codes.yml").write_bytes((CONTENT / "lookups" / "codes.yml").read_bytes())
    for name, status in (("old", "met"), ("new", "missed")):
        _write_package(tmp_path / name, status)
    arguments = ["changes", str(tmp_path / "old"), str(tmp_path / "new"), "--content", str(content)]
    with pytest.raises(SystemExit) as done:
        main(arguments)
    assert done.value.code == 0
    assert f"commitments {C1} status: met → missed" in capsys.readouterr().out
    assert not (content / "changes").exists()
    with pytest.raises(SystemExit) as done:
        main([*arguments, "--date", "2026-02-03", "--since", "2026-01-01", "--reason", "因", "--reason-en", "why"])
    assert done.value.code == 0
    assert [len(one.changes) for one in load_releases(content)] == [1]


# --- page ---------------------------------------------------------------------------------------------


def test_the_page_says_in_words_what_changed_and_escapes_it() -> None:
    assessed = _example()
    cities = registers_to_cities([assessed])
    known = assessed.commitments[0].commitment
    release = _release(
        _change("commitments", known.id, known.id, column="status", old="under_way", new="met"),
        _change("targets", f"{known.id}.t1", known.id, new="<script>alert(1)</script>"),
        _change("commitments", C1, C1, old="从前的"),
        _change("sources", "yunxi-2024-plan", "", new="通知"),
    )
    text = changes_page.render_changes(keep_years(*cities), [release], SCHEMAS)
    assert "<del>有进展（未能判定）</del> → <ins>达到</ins>" in text
    assert "<code>t1</code>" in text
    assert "<script>" not in text
    assert "更正&lt;b&gt;" in text
    assert "撤下的承诺 1" in text
    assert "数据有变动的承诺 1" in text
    assert "文件等其他变动（1）" in text


def test_a_change_of_a_column_or_table_that_is_gone_by_now_is_still_told() -> None:
    assessed = _example()
    known = assessed.commitments[0].commitment.id
    release = _release(
        _change("targets", f"{known}.t1", known, column="since_dropped", old="12", new="13"),
        _change("tables_since_dropped", f"{known}.x1", known, new="whole"),
    )
    text = changes_page.render_changes(keep_years(*registers_to_cities([assessed])), [release], SCHEMAS)
    assert "since_dropped</span> <del>12</del> → <ins>13</ins>" in text
    assert "tables_since_dropped <code>x1</code></span> <ins>whole</ins>" in text


def test_a_commitment_knows_when_its_data_changed() -> None:
    changes = [_change("targets", f"{C1}.t{number}", C1, column="value", old="1", new="2") for number in (1, 2)]
    newer = _release(*changes, _change("sources", "s", "", new="x"), day=date(2026, 4, 1))
    history = changes_page.releases_to_history([newer, _release(changes[0])])
    assert history == {C1: [{"day": "2026-04-01", "count": 2}, {"day": "2026-03-01", "count": 1}]}
