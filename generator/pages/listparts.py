"""The page of a list and the files of its further parts, from a plan of ``longlists.py``."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from itertools import groupby
from typing import Any

from generator.pages.document import Document, digest_parts
from generator.pages.environment import render
from generator.pages.longlists import Order, Part, Plan, Read, read_part

Row = dict[str, Any]


@dataclass(frozen=True)
class Rendered:
    """A page: its Markdown, and the further parts of its list, made one by one when they are asked for."""

    markdown: str
    parts: tuple[Document, ...] = ()


def is_list_part(path: str) -> bool:
    """Whether a file of the site is a further part of a list: search and sitemap know its rows by their own pages."""
    return re.search(r"(^|/)list-\d+\.html$", path) is not None


@dataclass(frozen=True)
class LongList:
    """A list with its plan. ``folder`` is where its page is, from the root of the site, without slashes at the ends.

    ``unit`` counts its rows, ``anchor`` is its heading in the page. ``heading`` gives what stands above the rows of a
    group; a list without groups has none.
    """

    read: Read
    order: Order
    plan: Plan
    title: str
    folder: str
    unit: str
    anchor: str = "list"
    heading: Callable[[str], Row] | None = None

    def groups(self, part: Part) -> list[Row]:
        """The rows of a part under their headings, each with how many of its rows stand here."""
        rows = read_part(self.read, part, self.order)
        return [self._group(code, list(found)) for code, found in groupby(rows, key=lambda row: str(row["group"]))]

    def first_groups(self) -> list[Row]:
        """What stands in the page itself."""
        return self.groups(self.plan.parts[0]) if self.plan.parts else []

    def _group(self, code: str, rows: Sequence[Row]) -> Row:
        whole = self.plan.groups[code]
        shown = str(whole) if len(rows) == whole else f"{len(rows)} / {whole}"
        total = whole if len(self.plan.parts) > 1 else 0
        return {**(self.heading(code) if self.heading else {}), "rows": rows, "count": shown, "total": total}

    def rest(self, filters: Iterable[Row]) -> Row | None:
        """What the page says of the parts that it does not have, for readers and the script; nothing if it is whole."""
        if len(self.plan.parts) < 2:
            return None
        fields = [field for field in filters if field.get("choices") and field["name"] != "sort"]
        return {
            "shown": self.plan.parts[0].rows,
            "total": self.plan.total,
            "unit": self.unit,
            "count": len(self.plan.parts),
            "parts": [self._link(part, fields) for part in self.plan.parts[1:]],
        }

    def _link(self, part: Part, fields: Sequence[Row]) -> Row:
        return {
            "number": part.number,
            "href": part.file,
            "rows": part.rows,
            "first": part.first,
            "last": part.first + part.rows - 1,
            "about": self._about(part),
            "groups": "|".join(part.groups),
            "data": dict(_positions(part, fields)),
        }

    def _about(self, part: Part) -> str:
        """Which headings a part has, and of which places its rows are."""
        if not self.heading:
            return ""
        ends = dict.fromkeys((part.groups[0], part.groups[-1]))
        names = [str(self.heading(code)["zh"]) for code in ends]
        places = list(dict.fromkeys(piece.year.place.zh for piece in part.pieces))
        told = len(names) > 1 or places[0] in names[0]
        return _from_to(names) if told else f"{names[0]}，{_from_to(places)}"

    def files(self) -> tuple[Document, ...]:
        """The further parts."""
        return tuple(
            Document(f"{self.folder}/{part.file}", partial(self._render_part, part), self._key(part))
            for part in self.plan.parts[1:]
        )

    def _key(self, part: Part) -> str:
        """What a part is made of, as a digest."""
        headings = [(self.plan.groups[code], self.heading and self.heading(code)) for code in part.groups]
        said = (self.title, self.unit, self.folder, self.anchor, self.plan.total, len(self.plan.parts), part.first)
        return digest_parts(said, part.number, self._about(part), headings, [one.kept.digest for one in part.pieces])

    def _render_part(self, part: Part) -> str:
        links = {one.number: one.file or f"./#{self.anchor}" for one in self.plan.parts}
        return render(
            "list_part.html",
            title=self.title,
            unit=self.unit,
            root="../" * (self.folder.count("/") + 1),
            back=f"./#{self.anchor}",
            part=part,
            last=part.first + part.rows - 1,
            total=self.plan.total,
            count=len(self.plan.parts),
            about=self._about(part),
            previous=links[part.number - 1],
            next=links.get(part.number + 1, ""),
            groups=self.groups(part),
            headed=self.heading is not None,
        )


def _from_to(names: Sequence[str]) -> str:
    return names[0] if len(names) == 1 else f"{names[0]} – {names[-1]}"


def _positions(part: Part, fields: Iterable[Row]) -> Iterator[tuple[str, str]]:
    """For each control the options that rows of the part have, by their places; left out where it has them all."""
    for field in fields:
        codes = [choice["code"] for choice in field["choices"]]
        found = {value for name, value in part.values if name == field["name"]}
        places = [n for n, code in enumerate(codes, 1) if (str(n) if field["numbered"] else code) in found]
        if len(places) < len(codes):
            yield field["name"], numbers_to_ranges(places)


def numbers_to_ranges(numbers: Iterable[int]) -> str:
    """Ascending numbers, those that follow each other as one range: ``1-3 7``."""
    runs: list[list[int]] = []
    for number in numbers:
        if runs and number == runs[-1][-1] + 1:
            runs[-1].append(number)
        else:
            runs.append([number])
    return " ".join(str(run[0]) if len(run) == 1 else f"{run[0]}-{run[-1]}" for run in runs)
