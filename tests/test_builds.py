"""A build from what was kept gives the bytes of a build from nothing, whatever changed and whatever was damaged."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable
from datetime import date
from functools import partialmethod
from itertools import cycle, pairwise
from pathlib import Path
from typing import Any

import msgspec
import pytest

from generator import yamlfile
from generator.errors import BuildError, ContentError, DuixianError
from generator.model import Audit, AuditItem, DataChange, DataRelease, Remark, Source
from generator.pages.longlists import CUTTING
from generator.publish import How, inputs, reduction, searchindex, years
from generator.publish.searchindex import SearchIndex
from generator.registers import load_register, write_registers
from generator.store import FolderStore, open_store
from tests.build_examples import HERE, PLACES, Project, change, make_project, register_of
from tests.conftest import once, shared_folder

ID = "testville-2024-livelihood"
WORDS = "新增老年助餐服务点227个"
KINDS = ("years", "cities", "pages", "registers", "shared", "frames")

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Project:
    """A project with its finished site, one for all workers. Tests work on copies."""
    folder = shared_folder(tmp_path_factory) / "built"
    said = once(tmp_path_factory, "built", lambda: repr(make_project(folder).build()))
    assert "years=4, made=4" in said and "warnings=()" in said, said
    return Project(folder)


@pytest.fixture
def project(built: Project, tmp_path: Path) -> Project:
    """A copy of it, with all that was kept."""
    return built.copy(tmp_path / "copy")


# --- what changed ------------------------------------------------------------------------------------------------


def correct_a_word(project: Project) -> None:
    change(project.register(), WORDS, WORDS.replace("新增", "新建"))


def audit(project: Project) -> None:
    item = AuditItem(f"{ID}-001.r1", "wording", WORDS, "right")
    (project.content / "audits").mkdir()
    found = Audit(ID, "1", "甲", date(2025, 1, 1), "逐项对照", (item,))
    yamlfile.dump(found, project.content / "audits" / f"{ID}.yml")


def change_a_lookup(project: Project) -> None:
    path = project.content / "lookups" / "department_slugs.yml"
    change(path, "\nplaces:\n", "\nplaces:\n  testville:\n    市民政局: the-bureau\n")


def remove_a_year(project: Project) -> None:
    shutil.rmtree(project.register(year=2023).parent)


def add_a_year(project: Project) -> None:
    write_registers(project.content, [register_of(PLACES[0], 2022)])


def record_a_change(project: Project) -> None:
    one = DataChange(table="commitments", record=f"{ID}-001", commitment=f"{ID}-001", column="due", old="met", new="")
    release = DataRelease(day=date(2026, 3, 1), since=date(2026, 1, 1), reason=Remark("更正", "Fixed"), changes=(one,))
    (project.content / "changes").mkdir()
    yamlfile.dump(release, project.content / "changes" / "2026-03-01.yml")


def rename_the_site(project: Project) -> None:
    change(project.config, "site_name: 兑现 Duixian", "site_name: 说到做到")


def change_a_page(project: Project) -> None:
    change(project.content / "pages" / "about.md", "# ", "# 新的")


@pytest.mark.journey
@pytest.mark.parametrize(
    ("alter", "made"),
    [
        (correct_a_word, 1),
        (audit, 1),
        (change_a_lookup, 4),
        (remove_a_year, 0),
        (add_a_year, 1),
        (record_a_change, 1),
        (rename_the_site, 4),
        (change_a_page, 0),
    ],
)
def test_what_changed_is_made_again_and_nothing_else(
    project: Project, tmp_path: Path, alter: Callable[[Project], None], made: int
) -> None:
    before = project.made()
    alter(project)
    assert project.build().made == made
    found = project.made()
    assert found != before, "nothing changed, so this proves nothing"
    fresh = project.afresh(tmp_path / "fresh")
    fresh.build()
    assert _differences(found, fresh.made()) == []
    assert _without_charts(project) == _without_charts(fresh)


def spare_files(spare: Path) -> dict[str, bytes]:
    return {path.relative_to(spare).as_posix(): path.read_bytes() for path in spare.rglob("*") if path.is_file()}


@pytest.mark.journey
def test_a_site_made_in_one_before_the_last_is_as_one_made_afresh(
    project: Project, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("generator.publish.folder._LITTLE", 10)
    spare = project.root / "build" / "spare"
    for alter in (correct_a_word, add_a_year, change_a_page, record_a_change, remove_a_year):
        alter(project)
        before = project.made()
        project.build()
        after, spared = project.made(), spare_files(spare)
        assert after != before
        assert spared == {name.removeprefix("site/"): data for name, data in before.items() if name.startswith("site/")}
    fresh = project.afresh(tmp_path / "fresh")
    fresh.build()
    assert _differences(project.made(), fresh.made()) == []


@pytest.mark.journey
def test_another_address_is_another_site(project: Project, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DUIXIAN_SITE_URL", "https://elsewhere.example.org/")
    assert project.build().made == 4
    fresh = project.afresh(tmp_path / "fresh")
    fresh.build()
    assert _differences(project.made(), fresh.made()) == []


def test_nothing_is_made_twice(project: Project, built: Project) -> None:
    assert project.build().made == 0
    assert _differences(project.made(), built.made()) == []
    assert project.entries().keys() == built.entries().keys()


@pytest.mark.journey
def test_drawings_go_when_all_years_are_made_anew(project: Project) -> None:
    drawings = {name for name in project.entries() if name.startswith("charts/")}
    old = project.cache / "charts" / "old.svg"
    old.write_bytes(b"old")
    os.utime(old, (1, 1))
    correct_a_word(project)
    assert project.build().made == 1
    assert {*drawings, "charts/old.svg"} <= project.entries().keys(), "a year that stays has drawings, too"
    rename_the_site(project)
    assert project.build().made == 4
    assert {name for name in project.entries() if name.startswith("charts/")} == drawings


def _without_charts(project: Project) -> set[str]:
    """Drawings of years that were corrected stay until all years are made anew."""
    return {name for name in project.entries() if not name.startswith("charts/")}


def _differences(one: dict[str, bytes], other: dict[str, bytes]) -> list[str]:
    return sorted(name for name in one.keys() | other.keys() if one.get(name) != other.get(name))


@pytest.mark.journey
def test_parts_of_long_lists_reach_the_site(built: Project, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(vars(CUTTING), "whole", 1)
    monkeypatch.setitem(vars(CUTTING), "size", 400)
    fresh = built.afresh(tmp_path / "fresh")
    fresh.build()
    made = fresh.made()
    parts = [name for name in made if name.startswith("build/docs/") and name.endswith(".html")]
    assert {"findings", "due", "testville"} <= {name.split("/")[2] for name in parts}
    for name in parts:
        assert made[name] == made[name.replace("build/docs/", "site/")]


# --- how it is done ----------------------------------------------------------------------------------------------


@pytest.mark.journey
@pytest.mark.parametrize(
    ("how", "many"), [(How(jobs=2), 50), (How(jobs=2), 3), (How(jobs=1), 3), (How(jobs=1, store="elsewhere"), 50)]
)
def test_how_it_is_done_does_not_show(
    built: Project, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, how: How, many: int
) -> None:
    """Of more years than ``many``, what speaks of all is made in processes of its own."""
    monkeypatch.setattr(inputs, "MANY", many)
    store = str(tmp_path / how.store) if how.store else ""
    fresh = built.afresh(tmp_path / "fresh")
    assert fresh.build(How(how.jobs, store=store)).made == 4
    assert _differences(fresh.made(), built.made()) == []
    again = built.copy(tmp_path / "again")
    for project in (fresh, again):
        correct_a_word(project)
    assert fresh.build(How(how.jobs, store=store)).made == again.build().made == 1
    assert _differences(fresh.made(), again.made()) == []
    for project in (fresh, again):
        change(project.register(), WORDS.replace("新增", "新建"), WORDS)
    assert fresh.build(How(how.jobs, store=store)).made == 1
    if store:
        assert FolderStore(Path(store)).names("years") == {name for name in built.entries() if name.startswith("years")}
        assert not {name.split("/")[0] for name in fresh.entries()} - {"charts", "last"}


# --- what was damaged --------------------------------------------------------------------------------------------

DAMAGES: tuple[Callable[[bytes], bytes], ...] = (
    lambda data: data[:-1],
    lambda data: data[:-1] + bytes([data[-1] ^ 1]),
    lambda _: b"",
)


def test_a_damaged_store_is_no_harm(project: Project, built: Project) -> None:
    """Entries that are cut, turned over and emptied by turns; ``test_store.py`` has each damage of one entry."""
    for damage, (_, path) in zip(cycle(DAMAGES), sorted(project.entries().items())):
        path.write_bytes(damage(path.read_bytes()))
    assert project.build().made == 4
    assert _differences(project.made(), built.made()) == []


@pytest.mark.parametrize("kinds", [["years"], ["cities", "shared"], ["pages", "registers", "frames"]])
def test_entries_that_are_gone_are_made_again(project: Project, built: Project, kinds: list[str]) -> None:
    for kind in kinds:
        shutil.rmtree(project.cache / kind)
    assert project.build().made == (4 if "years" in kinds else 0)
    assert _differences(project.made(), built.made()) == []
    gone = {name for name in built.entries() if "registers" in kinds and name.startswith("registers")}  # not asked for
    assert _without_charts(project) == _without_charts(built) - gone


def test_half_a_year_is_made_again(project: Project, built: Project) -> None:
    """Of three years one of the three entries is gone, another of each; the fourth is whole."""
    for number, suffix in enumerate((".files", ".searched", ".summaries")):
        sorted((project.cache / "years").rglob(f"*{suffix}"))[number].unlink()
    assert project.build().made == 3
    assert _differences(project.made(), built.made()) == []


def test_entries_under_the_names_of_others_are_not_used(project: Project, built: Project) -> None:
    for kind in KINDS:
        paths = sorted(path for path in (project.cache / kind).rglob("*") if path.is_file())
        first = paths[0].read_bytes()
        for path, after in pairwise(paths):
            path.write_bytes(after.read_bytes())
        paths[-1].write_bytes(first)
    assert project.build().made == 4
    assert _differences(project.made(), built.made()) == []


@pytest.mark.journey
@pytest.mark.parametrize("held", [5, {}, {"a": b"b"}, []])
def test_entries_of_another_form_are_not_used(project: Project, built: Project, held: Any) -> None:
    store = FolderStore(project.cache)
    for name in project.entries():
        assert name.startswith("charts/") or store.write(name, msgspec.msgpack.encode(held))
    project.build()
    assert _differences(project.made(), built.made()) == []


@pytest.mark.journey
@pytest.mark.parametrize(
    ("module", "maker", "folder"),
    [
        (years, "try_year", "years"),
        (reduction, "make_city", "cities"),
        (reduction, "render_batch", "pages"),
        (searchindex, "make_run", "search"),
    ],
)
@pytest.mark.parametrize("large", [False, True])
def test_what_is_lost_after_it_was_made_is_made_again(
    built: Project, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, module: Any, maker: str, folder: str, large: bool
) -> None:
    """As where another build clears the store, or a disk fails."""
    make, lost = getattr(module, maker), list[str]()

    def make_and_lose(job: Any) -> Any:
        result, store = make(job), open_store(job.store)
        if not lost:
            lost.extend(store.names(folder))
            store.remove(lost)
        return result

    if large:
        monkeypatch.setattr(SearchIndex, "write", partialmethod(SearchIndex.write, large=1))
    monkeypatch.setattr(module, maker, make_and_lose)
    found = built.copy(tmp_path / "found")
    shutil.rmtree(found.cache)
    found.build()
    assert bool(lost) == (large or folder != "search")
    monkeypatch.setattr(module, maker, make)
    again = built.copy(tmp_path / "again")
    shutil.rmtree(again.cache)
    again.build()
    assert _differences(found.made(), again.made()) == []
    assert found.entries().keys() == again.entries().keys()


@pytest.mark.journey
@pytest.mark.parametrize("kinds", [[""], ["years", "shared", "pages"]])
def test_a_build_goes_on_without_a_store_and_says_so_once(project: Project, built: Project, kinds: list[str]) -> None:
    for kind in kinds:
        shutil.rmtree(project.cache / kind)
        (project.cache / kind).write_bytes(b"no folder")
    report = project.build()
    assert [problem.code for problem in report.warnings] == ["store-unwritable"]
    assert str(report.warnings[0]).startswith(str(project.cache))
    assert _differences(project.made(), built.made()) == []


def test_a_store_that_was_asked_for_must_take_something(project: Project) -> None:
    (project.root / "file").write_bytes(b"")
    with pytest.raises(BuildError, match="store-unwritable"):
        project.build(How(jobs=1, store=str(project.root / "file")))


# --- what is refused ---------------------------------------------------------------------------------------------


def refuse(project: Project, jobs: int = 1) -> DuixianError:
    """Why the project is refused. Nothing that was good goes, and nothing of the attempt stays."""
    before, kept = project.made(), project.entries()
    with pytest.raises(DuixianError) as refused:
        project.build(How(jobs=jobs))
    assert [name for name in _differences(project.made(), before) if not name.startswith("build/docs/")] == []
    assert kept.keys() <= project.entries().keys()
    assert [path.name for path in project.root.iterdir() if path.name.startswith(".")] == []
    return refused.value


@pytest.mark.parametrize(("jobs", "many"), [(1, 50), (2, 50), (2, 3)])
def test_all_broken_registers_are_told_where_they_stand(
    project: Project, monkeypatch: pytest.MonkeyPatch, jobs: int, many: int
) -> None:
    monkeypatch.setattr(inputs, "MANY", many)
    for place, year in (("testville", 2024), ("nextville", 2023)):
        change(project.register(place, year), "position: 2\n", "position: second\n")
    spare = project.root / "build" / "spare" / "index.html"
    spare.parent.mkdir(exist_ok=True)
    spare.write_bytes(b"before the last")
    refused = refuse(project, jobs)
    assert isinstance(refused, ContentError)
    assert spare.read_bytes() == b"before the last", "the next build still has what it is made in"
    lines = {
        path: 1 + path.read_text(encoding="utf-8").splitlines().index("  position: second")
        for path in (project.register(), project.register("nextville", 2023))
    }
    assert [(Path(one.path), one.line) for one in refused.problems] == list(lines.items())


def test_a_broken_lookup_is_told_where_it_stands(project: Project) -> None:
    path = project.content / "lookups" / "themes.yml"
    path.write_text("themes: 5\n", encoding="utf-8")
    assert {Path(one.path) for one in refuse(project).problems} == {path}


def test_an_audit_of_no_register_is_refused(project: Project) -> None:
    audit(project)
    (project.content / "audits" / f"{ID}.yml").rename(project.content / "audits" / "nowhere-2024-livelihood.yml")
    (problem,) = refuse(project).problems
    assert (Path(problem.path).name, problem.code) == ("nowhere-2024-livelihood.yml", "audit-register")


def test_an_audit_under_the_name_of_another_is_told_where_it_stands(project: Project) -> None:
    audit(project)
    path = project.content / "audits" / f"{ID}.yml"
    change(path, f"register: {ID}", "register: nowhere-2024-livelihood")
    assert {Path(one.path) for one in refuse(project).problems} == {path}


def test_all_years_without_a_date_are_told(project: Project) -> None:
    for place in PLACES:
        register = load_register(project.register(place.slug))
        undated = msgspec.structs.replace(register, sources=tuple(map(_undate, register.sources)), commitments=())
        write_registers(project.content, [undated])
    refused = refuse(project)
    assert isinstance(refused, BuildError)
    assert [one.code for one in refused.problems] == ["package-date"] * 2
    assert {Path(one.path).parent for one in refused.problems} == {project.content / "documents"}


def _undate(source: Source) -> Source:
    return msgspec.structs.replace(source, document=f"{source.id}.txt", written_on=None, as_of=None, appraisals=())


def test_units_of_two_years_that_share_an_address_are_refused(project: Project) -> None:
    change(project.register(year=2023), "role: support\n    unit: 市民政局\n", "role: support\n    unit: 某公司\n")
    path = project.content / "lookups" / "department_slugs.yml"
    change(path, "\nplaces:\n", "\nplaces:\n  testville:\n    某公司: city-civil-affairs-bureau\n")
    (problem,) = refuse(project).problems
    assert (Path(problem.path), problem.code) == (path, "slug-shared") and "某公司" in problem.found


def test_a_page_that_leads_nowhere_leaves_the_last_site(project: Project) -> None:
    path = project.content / "pages" / "about.md"
    path.write_text(path.read_text(encoding="utf-8") + "\n[lost](nowhere.md)\n", encoding="utf-8")
    (problem,) = refuse(project).problems
    assert problem.code == "mkdocs" and "about.md" in problem.found and "nowhere.md" in problem.found


def test_a_failure_in_the_middle_leaves_the_last_site_and_its_packages(
    project: Project, monkeypatch: pytest.MonkeyPatch
) -> None:
    correct_a_word(project)
    before = project.made()
    monkeypatch.setattr(reduction.Reduction, "_put_search", lambda *_, **__: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        project.build(HERE)
    assert all(name.startswith("build/docs/") for name in _differences(project.made(), before))
    assert sorted(path.name for path in project.root.iterdir()) == [
        *("build", "content", "datapackage", "mkdocs.yml", "site")
    ]
