"""The large index says of every gram in which pages it stands, as a plain scan does; chance has no part in it."""

from __future__ import annotations

import json
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from functools import partial
from itertools import pairwise
from pathlib import Path

import msgspec
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from generator.errors import BuildError
from generator.folding import fold_table
from generator.model import Split, SplitPart
from generator.publish.folder import SITE, SiteFolder
from generator.publish.lastbuild import LastBuild
from generator.publish.searched import (
    Shard,
    encode_searched,
    others_to_shards,
    read_searched,
    searched_name,
)
from generator.publish.searchindex import RunJob, SearchIndex, find_part_roots
from generator.search import PageText, Searched, SearchShard, cut_runs, pages_to_shard, shards_to_run, write_large_index
from generator.search.grams import fold_text, pairs_to_grams, texts_to_pairs
from generator.search.postings import encode_gap, encode_places
from generator.store import FolderStore
from generator.workers import InThisProcess, Results, Task
from tests.search_examples import Reader, index_to_pages, split_units, write_file, write_large

WORDS = st.text("养養老7%，,（() 　aＡ平㎡“”😀\n", max_size=8)
PAGES = st.lists(st.tuples(st.sampled_from("abc"), WORDS, WORDS, st.lists(WORDS, max_size=4)), max_size=9)


def make_pages(drawn: list[tuple[str, str, str, list[str]]]) -> list[Searched]:
    return [
        Searched(
            f"{folder}/2024/x-{number}.html" if wording else f"{folder}/{number}/",
            PageText(title, tuple(texts)),
            "met" if wording else "",
            wording,
        )
        for number, (folder, title, wording, texts) in enumerate(drawn)
    ]


def fold_plainly(text: str) -> str:
    table = fold_table()
    folded = "".join(table.get(character, character) for character in text)
    kept = ""
    for i, character in enumerate(folded):
        after = folded[i:].lstrip(" ")[:1]
        if character != " ":
            kept += character
        elif kept and kept[-1] in "0123456789abcdefghijklmnopqrstuvwxyz" and after and after.isascii():
            kept += " " if after.isalnum() else ""
    return kept


def scan(pages: list[Searched]) -> dict[str, dict[str, int]]:
    """Each gram → location → the foremost place in which it stands."""
    found: dict[str, dict[str, int]] = {}
    for page in pages:
        for place, texts in enumerate(((page.page.title,), (page.wording,), page.page.texts)):
            for text in texts:
                units = split_units(fold_plainly(text))
                pairs = [one + other for one, other in pairwise(units) if " " not in {one, other}]
                for gram in (*pairs, *(unit + " " for unit in units if unit != " ")):
                    found.setdefault(gram, {}).setdefault(page.location, place)
    return found


@settings(deadline=None, max_examples=60)
@given(PAGES)
@example([("a", "养老", "養老7%", ["７％，老", "a a", "a 老", "😀"])])
@example([("a", "7", "%", ["养", "老 ", " 7", "a", "a", "", "“a ”"]), ("a", "养", "", ["老", "7"])])
def test_every_gram_has_its_pages_and_no_other(drawn: list[tuple[str, str, str, list[str]]]) -> None:
    pages = make_pages(drawn)
    with tempfile.TemporaryDirectory() as folder:
        write_large(Path(folder), pages)
        reader = Reader(Path(folder))
        locations = reader.locations()
        told = {gram: {locations[page]: place for page, place in places.items()} for gram, places in reader.grams()}
    assert sorted(locations) == sorted(page.location for page in pages)
    assert told == scan(pages)


@pytest.mark.parametrize(
    ("printed", "read"),
    [
        ("GDP 增长 7 %", "gdp增长7%"),
        ("a  b", "a b"),
        ("a “ ” b", "a b"),
        (" 养 老 ", "养老"),
        ("5　G", "5 g"),
        ("㎡ 10", "平方米10"),
        ("a 老 b", "a老b"),
    ],
)
def test_spaces_count_between_letters_and_digits_alone(printed: str, read: str) -> None:
    assert fold_text(printed) == fold_plainly(printed) == read


def test_a_character_beyond_the_basic_plane_is_two() -> None:
    high, low = split_units("😀")
    grams = pairs_to_grams(dict.fromkeys(texts_to_pairs(["老😀"]), 1))
    assert {chr(gram >> 16) + chr(gram & 0xFFFF) for gram in grams} == {
        "老 ",
        f"{high} ",
        f"{low} ",
        f"老{high}",
        high + low,
    }


@given(st.sets(st.integers(0, 5000), min_size=1), st.integers(1, 200_000))
@example({0, 66, 400, 100_000}, 70_000)
def test_places_and_gaps_are_read_as_they_were_written(places: set[int], gap: int) -> None:
    posting = encode_gap(gap) + encode_places(sum(1 << place for place in places))
    assert b"\xff" not in posting
    foremost = {place // 3: place % 3 for place in sorted(places, reverse=True)}
    reader = Reader.__new__(Reader)
    reader.sizes = [1] * gap
    assert reader._places(posting) == {gap - 1 + page: place for page, place in foremost.items()}


def test_the_fold_table_travels_whole(tmp_path: Path) -> None:
    write_large(tmp_path, [])
    assert Reader(tmp_path).fold() == fold_table()


def read_all(root: Path) -> dict[str, bytes]:
    return {path.relative_to(root).as_posix(): path.read_bytes() for path in root.rglob("*") if path.is_file()}


def test_the_same_pages_give_the_same_bytes_and_a_change_stays_where_it_is(tmp_path: Path) -> None:
    drawn = [(folder, f"第{n}项{folder}", "养老7%", [f"说明{n}", "目标"]) for folder in "abc" for n in range(20)]
    for name in ("one", "other"):
        write_large(tmp_path / name, make_pages(drawn))
    before = read_all(tmp_path / "one")
    assert before == read_all(tmp_path / "other")
    drawn[25] = ("b", "第二项", "养老8%", ["说明", "目标"])
    write_large(tmp_path / "changed", make_pages(drawn))
    changed = {name for name, data in read_all(tmp_path / "changed").items() if before.get(name) != data}
    assert {name for name in changed if name.startswith("search/records/")} == {"search/records/b/0.bin"}


def test_a_file_of_postings_is_small_or_has_one_gram(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("generator.search.large.BYTES_A_FILE", 64)
    pages = make_pages([("a", f"第{n}项", "养老", [str(n)]) for n in range(100)])
    write_large(tmp_path, pages)
    assert len(Reader(tmp_path).manifest["grams"]) > 20
    assert dict(Reader(tmp_path).grams()).keys() == scan(pages).keys()


def test_a_shard_is_kept_as_msgpack_and_as_json() -> None:
    shard, records = pages_to_shard("a", make_pages([("a", "养老", "养老", ["一😀"])]), {"a/2024/": "甲市"})
    assert msgspec.msgpack.decode(msgspec.msgpack.encode(shard), type=SearchShard) == shard
    assert msgspec.json.decode(msgspec.json.encode(shard), type=SearchShard) == shard
    assert list(records) == ["search/records/a/0.bin"]


def test_two_shards_of_one_name_are_refused(tmp_path: Path) -> None:
    shard, _ = pages_to_shard("a", [], {})
    with pytest.raises(ValueError, match="the name 'a'"):
        write_large_index(partial(write_file, tmp_path), [shards_to_run([shard, shard])])


def keep_pages(store: FolderStore, *paths: str) -> list[Shard]:
    """Keep what can be read in these pages as a build does, and share them out."""
    for path in paths:
        page = read_searched(path, f"<article><h1>{path}</h1><p>养老</article>".encode())
        assert store.write(searched_name(path), encode_searched([page]))
    return list(others_to_shards({path: path for path in paths}, {"a/2024/": "甲市"}))


def make_site(root: Path) -> SiteFolder:
    return SiteFolder(root, LastBuild(root.parent / "cache", {SITE: root}))


@contextmanager
def begin(tasks: Sequence[Task]) -> Iterator[Results]:
    yield lambda: [function(job) for function, job in tasks]


@pytest.mark.parametrize("large", [2, 3, 4])
def test_the_number_of_pages_decides_on_the_form(tmp_path: Path, large: int) -> None:
    staged, store = tmp_path / "site", FolderStore(tmp_path / "store")
    lost = pytest.fail
    shards = keep_pages(store, "index.html", "method/index.html", "a/2024/index.html")
    index = SearchIndex(make_site(staged), store, InThisProcess(), lost, begin)
    called: list[int] = []
    small = index.write(shards, meanwhile=lambda: called.append(large), large=large)
    assert called == [large]
    written = (staged / "search/pages.json").read_bytes()
    if large > 3:
        assert {page.location for page in index_to_pages(json.loads(written))} == {"", "method/", "a/2024/"}
        assert small == written
    else:
        assert set(Reader(staged).locations()) == {"", "method/", "a/2024/"}
        assert small is None
        (run,) = cut_runs(shard.name for shard in shards)
        assert run == [shard.name for shard in shards]
        assert store.names("search") == index.used == RunJob(tuple(shards), store.address).entries


class Indexed:
    """A large index that is made again and again, each time beside the last site, as builds do."""

    def __init__(self, folder: Path) -> None:
        self.folder, self.number, self.store = folder, 0, FolderStore(folder / "store")
        self.lost: list[str] = []

    def make(self, words: Mapping[str, str]) -> Path:
        """The folder of the site with the index of pages, path → what stands there."""
        for path, text in words.items():
            page = read_searched(path, f"<article><h1>{path}</h1><p>{text}</article>".encode())
            assert self.store.write(searched_name(f"{path} {text}"), encode_searched([page]))
        shards = list(others_to_shards({path: f"{path} {text}" for path, text in words.items()}, {}))
        last, root = self.folder / f"site{self.number}", self.folder / f"site{self.number + 1}"
        site = SiteFolder(root, LastBuild(self.folder / "cache", {SITE: last}))
        index = SearchIndex(site, self.store, InThisProcess(), pytest.fail, begin)
        assert index.write(shards, large=1) is None
        site.last.keep()
        self.store.remove(self.store.names("search") - index.used)
        self.number += 1
        return root


PLACED = {f"{city}/departments/{number}/index.html": f"养老{city}{number}" for city in "abcdef" for number in range(60)}


def inodes(root: Path) -> dict[str, int]:
    return {path.relative_to(root).as_posix(): path.stat().st_ino for path in root.rglob("*.bin")}


def test_an_index_is_made_again_of_what_changed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("generator.search.large.BYTES_A_FILE", 256)
    indexed = Indexed(tmp_path / "changing")
    first = indexed.make(PLACED)
    made = dict.fromkeys(indexed.store.names("search"))
    again = indexed.make(PLACED)
    assert {name: number for name, number in inodes(again).items() if "fold" not in name}.items() <= inodes(
        first
    ).items()
    changed = PLACED | {"c/departments/7/index.html": "托育"}
    corrected = indexed.make(changed)
    assert read_all(corrected) == read_all(Indexed(tmp_path / "fresh").make(changed)) != read_all(first)
    same = inodes(corrected).items() & inodes(first).items()
    assert {name.split("/")[1] for name, _ in same} == {"grams", "records"}
    assert len(indexed.store.names("search") - made.keys()) == 2  # the shard, and the run that has it


@pytest.mark.parametrize("end", [".run", ""])
def test_a_part_of_an_index_that_is_damaged_is_made_again(tmp_path: Path, end: str) -> None:
    indexed = Indexed(tmp_path)
    first = indexed.make(PLACED)
    for name in indexed.store.names("search"):
        if name.endswith(".run") == bool(end):
            assert indexed.store.write(name, b"other")
    changed = PLACED | {"c/departments/7/index.html": "托育"}
    assert indexed.make(changed) != first
    assert read_all(indexed.make(PLACED)) == read_all(first)


def test_a_store_that_loses_what_was_made_for_the_index_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    indexed, write = Indexed(tmp_path), FolderStore.write

    def lose(store: FolderStore, name: str, data: bytes) -> bool:
        return write(store, name, b"other" if name.endswith(".run") else data)

    monkeypatch.setattr(FolderStore, "write", lose)
    with pytest.raises(BuildError, match="store-unwritable"):
        indexed.make(PLACED)


@pytest.mark.parametrize(
    ("names", "runs"),
    [
        ([], []),
        (["a/1"], [1]),
        ([f"a/{year}" for year in range(30)] + ["b/1"], [30, 1]),
        ([f"a/{year}" for year in range(5)] + [f"b/{year}" for year in range(5)] + ["c/1"], [10, 1]),
        ([f"{city}/other" for city in "abcdefghijk"], [8, 3]),
    ],
)
def test_a_run_ends_with_a_folder(names: list[str], runs: list[int]) -> None:
    cut = list(cut_runs(names))
    assert [len(run) for run in cut] == runs
    assert [name for run in cut for name in run] == names


@pytest.mark.parametrize(("here", "roots"), [("home", ["../one/"]), ("huzhou", []), ("", []), (None, [])])
def test_the_home_of_a_site_in_parts_searches_those_of_its_host(here: str | None, roots: list[str]) -> None:
    near, far = SplitPart("hangzhou", "https://a.example/one/"), SplitPart("huzhou", "https://b.example/two/")
    split = None if here is None else Split("https://a.example/all/", (near, far), here)
    assert find_part_roots(split, "https://a.example/all/") == roots


def test_many_other_pages_of_one_folder_are_several_shards_and_none_is_lost() -> None:
    pages = {f"measures/m-{number:03}/index.html": f"pages/{number}" for number in range(100)}
    pages |= {f"city/departments/d-{number:02}/index.html": "cities/city/1" for number in range(60)}
    shards = list(others_to_shards(pages, {}))
    assert [(shard.name, shard.pages) for shard in shards] == [
        ("city/other", 60),
        ("measures/other", 48),
        ("measures/other-2", 48),
        ("measures/other-3", 4),
    ]
    assert [entry for shard in shards for entry in shard.entries] == list(
        dict.fromkeys(pages[path] for path in sorted(pages))
    )
