"""A site in parts: each register in one part, the same records there, and a home that adds up and leads to them."""

from __future__ import annotations

import json
import re
import shutil
from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest

from generator import parts, yamlfile
from generator.api import home_record, render_record
from generator.changes import load_releases
from generator.errors import ContentError
from generator.lookups import load_places
from generator.model import DataChange, DataRelease, Remark, Split, SplitPart
from generator.package import find_releases
from generator.pages.data import Download
from generator.pages.documents import Site, SiteSaid, list_documents
from generator.pages.outline import City, registers_to_cities
from generator.pages.parts import render_parts
from generator.parts import HOME, load_split, place_to_part, read_part_records
from generator.publish import assess_content, build_site, check_part_address, write_part_content
from generator.publish.partcontent import release_to_part
from generator.registers import find_registers
from tests.conftest import REPOSITORY, Run
from tests.kept_examples import PLACES, keep_years, records_of
from tests.own import OWN_REGISTERS
from tests.part_examples import CONTENT, SLUGS, SPLIT, part_cities, part_records, write_split

pytestmark = pytest.mark.own(*OWN_REGISTERS)


@pytest.fixture(scope="module")
def split(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The repository's content, split into three, with the record of each part."""
    root = tmp_path_factory.mktemp("split")
    write_split(root)
    return root


def written(folder: Path, split: Split) -> Path:
    """A copy of what a split needs of our content, with this split."""
    for name in ("registers", "lookups"):
        shutil.copytree(CONTENT / name, folder / name)
    for name in ("places.yml", "publication.yml"):
        shutil.copy(CONTENT / name, folder)
    yamlfile.dump(split, folder / parts.FILE)
    return folder


# --- which part -----------------------------------------------------------------------------------


def test_every_register_is_in_one_part(split: Path) -> None:
    of_parts: list[str] = []
    for slug in SLUGS:
        write_part_content(split / "content", slug, split / slug)
        of_parts += [path.relative_to(split / slug).as_posix() for path in find_registers(split / slug)]
    assert sorted(of_parts) == [path.relative_to(CONTENT).as_posix() for path in find_registers(CONTENT)]
    assert {slug: place_to_part(slug, SPLIT, PLACES) for slug in ("jiande", "deqing", "zhejiang")} == {
        "jiande": "hangzhou",
        "deqing": "huzhou",
        "zhejiang": "",
    }


def test_records_of_places_and_years_are_those_of_the_whole(split: Path) -> None:
    whole = {
        address: render_record(record).decode()
        for address, record in records_of(registers_to_cities(assess_content(CONTENT)), "兑现")
    }
    shared = ("index.json", "measures/", "themes/")
    of_parts: dict[str, str] = {}
    for slug in SLUGS:
        of_parts |= {name: text for name, text in part_records(split, slug).items() if not name.startswith(shared)}
    assert of_parts == {name: text for name, text in whole.items() if not name.startswith(shared)}


def test_what_lies_in_no_part_is_refused(tmp_path: Path) -> None:
    content = written(tmp_path / "content", Split(SPLIT.home, SPLIT.parts[:2]))
    with pytest.raises(ContentError, match=r"hangzhou/2024/livelihood.yml: \[part-none\] hangzhou lies in no part"):
        write_part_content(content, "huzhou", tmp_path / "part")
    assert not (tmp_path / "part").exists()


@pytest.mark.parametrize(
    ("said", "code"),
    [
        (Split("example.org", SPLIT.parts), "part-address"),
        (Split(SPLIT.home, (SplitPart("huzhou", "https://a.example.org/?x=1/"),)), "part-address"),
        (Split(SPLIT.home, (SplitPart("atlantis", "https://a.example.org/"),)), "part-place"),
        (Split(SPLIT.home, (*SPLIT.parts, SPLIT.parts[0])), "part-twice"),
        (Split(SPLIT.home, (*SPLIT.parts, SplitPart("zhejiang", "https://a.example.org/"))), "part-nested"),
        (Split(SPLIT.home, ()), "part-none"),
        (Split(SPLIT.home, SPLIT.parts, here="atlantis"), "part-here"),
    ],
)
def test_a_split_that_does_not_hold_is_refused(tmp_path: Path, said: Split, code: str) -> None:
    content = written(tmp_path / "content", said)
    with pytest.raises(ContentError, match=rf"parts.yml: \[{code}\]"):
        load_split(content, load_places(content))


def test_no_content_is_lost_to_a_wrong_folder(tmp_path: Path) -> None:
    content = written(tmp_path / "content", SPLIT)
    for folder in (content, tmp_path, content / "build"):
        with pytest.raises(ContentError, match=r"\[part-overlap\]"):
            write_part_content(content, "huzhou", folder)
    assert len(find_registers(content)) == len(find_registers(CONTENT))


def test_the_command_says_which_parts_there_are(run: Run, tmp_path: Path) -> None:
    content = written(tmp_path / "content", SPLIT)
    said = run("build", "--content", content, "--out", tmp_path, "--part", "atlantis")
    assert said.status == 1 and "[part-unknown]" in said.err and "home, shaoxing, huzhou, hangzhou" in said.err
    (content / parts.FILE).unlink()
    assert "[parts-missing]" in run("build", "--content", content, "--out", tmp_path, "--part", "huzhou").err
    yamlfile.dump(Split(SPLIT.home, SPLIT.parts, here="huzhou"), content / parts.FILE)
    assert "[part-already]" in run("build", "--content", content, "--out", tmp_path, "--part", "huzhou").err


# --- changes --------------------------------------------------------------------------------------


def test_each_change_is_told_by_its_part_and_none_is_taken_for_withdrawn() -> None:
    (release, *_) = load_releases(CONTENT)
    told: Counter[DataChange] = Counter()
    for slug in (*SLUGS, HOME):
        kept = release_to_part(release, slug, SPLIT, PLACES)
        told.update(kept.changes if kept else ())
    assert set(told) == set(release.changes) and set(told.values()) == {1}


def test_changes_of_no_place_are_everywhere_and_gone_places_are_the_homes() -> None:
    shared = DataChange("themes", "elderly", column="zh", old="a", new="b")
    gone = DataChange("sources", "nowhere-2020-livelihood-plan", old="a")
    own = DataChange("commitments", "jiande-2021-feedback-001", "jiande-2021-feedback-001", "status", "a", "b")
    departments: dict[str, tuple[str, ...]] = {own.commitment: ("bureau",)}
    day = load_releases(CONTENT)[0].day
    release = DataRelease(day, day, Remark("原因", "Why"), sha256="0" * 64, departments=departments)

    def told(slug: str, *changes: DataChange) -> DataRelease | None:
        return release_to_part(DataRelease(**{**_fields(release), "changes": changes}), slug, SPLIT, PLACES)

    part, other, home = (told(slug, shared, gone, own) for slug in ("hangzhou", "huzhou", HOME))
    assert part and part.changes == (shared, own) and part.departments == departments and part.sha256 == ""
    assert other and other.changes == (shared,) and other.departments == {}
    assert home and home.changes == (shared, gone) and home.sha256 == release.sha256
    assert told("huzhou", own) is None and told("huzhou") is not None


def _fields(release: DataRelease) -> dict[str, Any]:
    return {name: getattr(release, name) for name in release.__struct_fields__}


# --- the home -------------------------------------------------------------------------------------


def test_the_record_of_the_home_adds_up_to_the_whole(split: Path) -> None:
    cities = registers_to_cities(assess_content(CONTENT))
    whole: Any = json.loads(render_record(dict(records_of(cities, "兑现"))["index.json"]))
    records = read_part_records(split / "content", SPLIT, PLACES)
    home: Any = json.loads(render_record(home_record(SPLIT, records, "兑现")))
    assert home["summary"] == whole["summary"] and home["as_of"] == whole["as_of"]
    assert [one["place"] for one in home["places"]] == [one["place"] for one in whole["places"]]
    for one, before in zip(home["places"], whole["places"], strict=True):
        part = place_to_part(one["place"]["slug"], SPLIT, PLACES)
        address = next(known.address for known in SPLIT.parts if known.place == part)
        assert one["href"] == address + before["href"]
        assert [year["href"] for year in one["years"]] == [address + year["href"] for year in before["years"]]
        assert [year["summary"] for year in one["years"]] == [year["summary"] for year in before["years"]]


def test_the_home_has_no_registers_and_leads_to_the_parts(split: Path) -> None:
    home = split / HOME
    write_part_content(split / "content", HOME, home)
    assert find_registers(home) == () and assess_content(home) == ()
    assert {path.name for path in (home / "releases").iterdir()} == {
        path.name for path in (CONTENT / "releases").iterdir()
    }
    pages = render_parts(SPLIT, PLACES, read_part_records(home, SPLIT, PLACES))
    assert (
        "<dd>257</dd>" in pages["index.md"]
        and '<a href="https://huzhou.example.org/x/">湖州市</a>' in pages["index.md"]
    )
    assert 'href="https://hangzhou.example.org/x/jiande/2021/"' in pages["index.md"]
    assert 'href="https://hangzhou.example.org/x/findings/"' in pages["findings.md"]
    assert 'href="https://hangzhou.example.org/x/jiande/2021/"' in pages["jiande/2021/index.md"]
    own = {href for page in pages.values() for href in re.findall('href="([^"]*)"', page)} - {"findings/"}
    assert all(href.startswith("https://") for href in own)


def test_a_part_without_a_record_is_listed_and_in_no_sum(split: Path) -> None:
    records = read_part_records(split / "content", SPLIT, PLACES)
    del records["hangzhou"]
    page = render_parts(SPLIT, PLACES, records)["index.md"]
    assert "<dd>183</dd>" in page and "2 个网站（共 3 个，其余的合计还没有收录）" in page
    assert '<a href="https://hangzhou.example.org/x/">杭州市</a>' in page and "合计还没有收录到这里" in page
    nothing = render_parts(SPLIT, PLACES, {})["index.md"]
    assert "dx-counts" not in nothing and nothing.count("合计还没有收录到这里") == 3


@pytest.mark.parametrize(
    ("change", "found"),
    [
        (lambda one: one["summary"].update(commitments=999), "999 commitments, and 78 in its years"),
        (lambda one: one["places"][0]["place"].update(slug="jiande"), "jiande is in hangzhou"),
        (lambda one: one["places"][0].update(href="//evil.example.org/"), "the address '//evil.example.org/'"),
        (lambda one: one.pop("places"), "missing required field `places`"),
    ],
)
def test_a_record_that_does_not_hold_is_refused(split: Path, tmp_path: Path, change: Any, found: str) -> None:
    shutil.copytree(split / "content" / parts.RECORDS, tmp_path / parts.RECORDS)
    path = tmp_path / parts.RECORDS / "huzhou.json"
    record = json.loads(path.read_text("utf-8"))
    change(record)
    path.write_text(json.dumps(record), encoding="utf-8")
    with pytest.raises(ContentError) as refused:
        read_part_records(tmp_path, SPLIT, PLACES)
    said = [str(problem) for problem in refused.value.problems]
    assert any("huzhou.json: [part-record]" in one and found in one for one in said), said


def test_a_part_says_that_it_is_one(split: Path) -> None:
    pages = _documents_of(split / "huzhou", part_cities(split, "huzhou"), ())
    assert "本站只收湖州市的文件" in pages["index.md"] and 'href="https://example.org/duixian/"' in pages["index.md"]
    assert 'href="https://shaoxing.example.org/x/"' in pages["index.md"]
    assert not [name for name in pages if name.startswith(("hangzhou/", "shaoxing/"))]
    assert "本站只收" not in _documents_of(CONTENT, (), _releases_of(CONTENT))["index.md"]


def _documents_of(content: Path, cities: Sequence[City], downloads: Sequence[Download]) -> dict[str, str]:
    said = SiteSaid("https://example.org/duixian/")
    site = Site(content, keep_years(*cities), downloads, said)
    return {page.path: page.render() for page in list_documents(site, lambda chart: "")}


def _releases_of(content: Path) -> list[Download]:
    return [Download(f"data/releases/{one.day}/{one.name}.zip", 1) for one in find_releases(content)]


@pytest.mark.slow
def test_the_home_is_built_as_a_site(split: Path, tmp_path: Path) -> None:
    home = tmp_path / "content"
    write_part_content(split / "content", HOME, home)
    made = build_site(home, tmp_path / "datapackage", tmp_path / "docs", tmp_path / "site", REPOSITORY / "mkdocs.yml")
    assert made.commitments == 0 and made.packages == 0
    (warning,) = check_part_address(home, made.site_url)
    assert warning.code == "part-url" and warning.expected == "expected https://example.org/duixian/"
    assert check_part_address(home, SPLIT.home) == check_part_address(CONTENT, made.site_url) == ()
    site = tmp_path / "site"
    assert json.loads((site / "index.json").read_text("utf-8"))["summary"]["commitments"] == 257
    for page in ("index.html", "findings/index.html", "hangzhou/2024/index.html", "changes/index.html"):
        assert "https://hangzhou.example.org/x/" in (site / page).read_text("utf-8"), page
