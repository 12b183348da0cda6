"""Large indexes in tests: made of a small one, and read again by code that shares nothing with what wrote them."""

from __future__ import annotations

import json
import zlib
from collections.abc import Iterator, Mapping, Sequence
from functools import partial
from itertools import groupby
from pathlib import Path
from typing import Any

from generator.search import PageText, Searched, pages_to_shard, runs_to_numbers, shards_to_run, write_large_index


def index_to_pages(index: Mapping[str, Any]) -> list[Searched]:
    """The pages of a small index."""
    texts = index["texts"]
    return [
        Searched(
            page["location"],
            PageText(texts[page["title"]], tuple(texts[number] for number in runs_to_numbers(page["texts"]))),
            page.get("status", ""),
            texts[page["wording"]] if "wording" in page else "",
        )
        for page in index["pages"]
    ]


def write_large(root: Path, pages: Sequence[Searched], parts: Sequence[str] = ()) -> None:
    """The large index of the pages, a shard for each folder at the root."""
    titles = {page.location: page.page.title for page in pages if page.location}
    shards = []
    for folder, its in groupby(sorted(pages, key=_order), key=lambda page: page.location.partition("/")[0]):
        shard, records = pages_to_shard(folder or "home", list(its), titles)
        shards.append(shard)
        for address, data in records.items():
            write_file(root, address, data)
    halves = shards[: len(shards) // 2], shards[len(shards) // 2 :]
    write_large_index(partial(write_file, root), map(shards_to_run, halves), parts)


def write_file(root: Path, address: str, data: bytes) -> None:
    """Write a file of the index below the folder of a site."""
    (root / address).parent.mkdir(parents=True, exist_ok=True)
    (root / address).write_bytes(data)


def _order(page: Searched) -> tuple[str, bool]:
    return page.location.partition("/")[0], not page.status


def split_units(text: str) -> list[str]:
    """The characters as a browser counts them: one beyond the basic plane is two."""
    data = text.encode("utf-16-be", "surrogatepass")
    return [data[i : i + 2].decode("utf-16-be", "surrogatepass") for i in range(0, len(data), 2)]


class Reader:
    """What a large index says, read as its description says."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self.manifest: dict[str, Any] = json.loads((root / "search/pages.json").read_text(encoding="utf-8"))
        self.sizes = [sum(group[1] for group in groups) for _, groups in self.manifest["shards"]]

    def fold(self) -> dict[str, str]:
        data = zlib.decompress((self.root / self.manifest["fold"]).read_bytes())
        count, at, code, codes = int.from_bytes(data[:2], "big"), 2, 0, []
        for _ in range(count):
            wide = data[at] == 255
            code += int.from_bytes(data[at + 1 : at + 3], "big") if wide else data[at]
            at += 3 if wide else 1
            codes.append(code)
        highs, lows = data[at : at + count], data[at + count : at + 2 * count]
        others: dict[str, str] = json.loads(data[at + 2 * count :])
        return {chr(c): chr(256 * high + low) for c, high, low in zip(codes, highs, lows, strict=True)} | others

    def grams(self) -> Iterator[tuple[str, dict[int, int]]]:
        """Each gram with its pages by number: 0 in the title, 1 in the wording, 2 elsewhere."""
        count = len(list(self.root.glob("search/grams/*")))
        firsts = split_units(self.manifest["grams"])
        for number in range(count):
            data = zlib.decompress((self.root / f"search/grams/{number}.bin").read_bytes())
            grams = int.from_bytes(data[:4], "big")
            units = split_units(data[4 : 4 * grams + 4].decode("utf-16-be", "surrogatepass"))
            keys = ["".join(pair) for pair in zip(units[::2], units[1::2], strict=True)]
            assert keys[0] == "".join(firsts[2 * number : 2 * number + 2])
            postings = data[4 * grams + 4 :].split(b"\xff")
            for key, posting in zip(keys, postings, strict=True):
                yield key, self._places(posting)

    def _places(self, posting: bytes) -> dict[int, int]:
        places: dict[int, int] = {}
        shard, page = -1, 0
        units = iter(posting)
        for first in units:
            if first < 204:
                passed = first if first < 200 else self._number(units, 1, first - 200) + 200
                if first == 203:
                    passed = self._number(units, 2, passed - 200 - 3 * 255)
                page += passed // 3
                places[sum(self.sizes[:shard]) + page] = passed % 3
                page += 1
            else:
                shard += first - 203 if first < 253 else self._number(units, first - 251)
                page = 0
        return places

    @staticmethod
    def _number(units: Iterator[int], digits: int, high: int = 0) -> int:
        for _ in range(digits):
            high = 255 * high + next(units)
        return high

    def locations(self) -> list[str]:
        """Of the pages, by number, as their records tell them."""
        found = []
        for name, groups in self.manifest["shards"]:
            record = 0
            for _, pages, _, each in groups:
                for start in range(0, pages, each):
                    data = zlib.decompress((self.root / f"search/records/{name}/{record}.bin").read_bytes())
                    told = [page["location"] for page in json.loads(data)["pages"]]
                    assert len(told) == min(each, pages - start)
                    found += told
                    record += 1
        return found
