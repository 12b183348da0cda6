"""The search index: what can be read in each page, each piece of text once, and how characters are folded.

``search/pages.json`` is fetched by the worker behind the search box (``search.js``) when the first letter is typed::

    fold      {"same": "養养…", "other": {"㎡": "平方米", …}}   see generator.folding; ``same`` is pairs
    statuses  {"met": "达到", …}                                words of the badges
    texts     ["新增老年助餐服务点227个", …]                    every paragraph, cell, list item of any page, once
    pages     [{"location": "yunxi/2024/livelihood-001.html", "title": 0, "texts": [0, 7, 23, 1],
                "status": "met", "wording": 5}, …]

``title`` and ``wording`` are numbers of texts. ``texts`` are runs: how many are passed over, how many follow one
another that stand in the page, and so on. A list repeats what it lists, and all pages of a kind have the same labels:
stored once, the text of the whole site takes little more than that of the commitments.
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from itertools import count
from typing import Any

from generator.folding import fold_table
from generator.pages.words import SHORT_STATUSES
from generator.search.texts import Searched, squeeze

INDEX = "search/pages.json"
"""Where the index is, from the root of the site."""


def render_index(pages: Iterable[Searched], parts: Sequence[str] = ()) -> str:
    """The index as JSON. Results of equal rank are shown in the order that the pages have here.

    ``parts`` are the roots of the other parts of a site that is split, relative to this one: ``../other/``.
    """
    index = {"fold": _fold_to_json(fold_table()), "statuses": SHORT_STATUSES, **pages_to_shelf(pages)}
    return dump_json(index | ({"parts": list(parts)} if parts else {}))


def pages_to_shelf(pages: Iterable[Searched]) -> dict[str, Any]:
    """``texts`` and ``pages``."""
    texts = defaultdict[str, int](count().__next__)
    entries = [_page_to_entry(page, texts) for page in pages]
    return {"texts": list(texts), "pages": entries}


def dump_json(value: object) -> str:
    """JSON without what is not needed."""
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


def _page_to_entry(searched: Searched, texts: Mapping[str, int]) -> dict[str, Any]:
    """``texts``: every text with its number; a new one gets the next."""
    title = texts[searched.page.title]
    entry: dict[str, Any] = {"location": searched.location, "title": title}
    numbers = {title, *map(texts.__getitem__, searched.page.texts)}
    if searched.status:
        entry["status"] = searched.status
    if wording := squeeze(searched.wording):
        entry["wording"] = texts[wording]
        numbers.add(entry["wording"])
    entry["texts"] = numbers_to_runs(numbers)
    return entry


def numbers_to_runs(numbers: Iterable[int]) -> list[int]:
    """Numbers as runs: skipped, taken, skipped, taken, … ``{0, 1, 5}`` is ``[0, 2, 3, 1]``."""
    runs: list[int] = []
    after = 0
    for number in sorted(set(numbers)):
        if runs and number == after:
            runs[-1] += 1
        else:
            runs += [number - after, 1]
        after = number + 1
    return runs


def runs_to_numbers(runs: Sequence[int]) -> list[int]:
    """The numbers that the runs stand for, ascending."""
    numbers: list[int] = []
    after = 0
    for skipped, taken in zip(runs[::2], runs[1::2], strict=True):
        numbers += range(after + skipped, after + skipped + taken)
        after += skipped + taken
    return numbers


def _fold_to_json(table: Mapping[str, str]) -> dict[str, Any]:
    return {
        "same": "".join(old + new for old, new in table.items() if len(new) == 1),
        "other": {old: new for old, new in table.items() if len(new) != 1},
    }
