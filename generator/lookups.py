"""Words and places that are data, not code: ``content/places.yml`` and ``content/lookups/*.yml``."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from functools import cached_property, lru_cache
from pathlib import Path
from typing import Any, TypeVar

from generator import yamlfile
from generator.errors import ContentError, Problem
from generator.model import Comparators, Departments, Header, Numerals, Phrases, Place
from generator.patterns import alternation
from generator.yamlfile import ReadFile

T = TypeVar("T")

_SLUG = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*\Z")
_CODE = re.compile(r"[0-9]{6}\Z")


class Places:
    """The places of ``content/places.yml``, found by slug or by a name that a document prints."""

    def __init__(self, places: tuple[Place, ...], path: Path) -> None:
        self.all = places
        self.path = path

    @cached_property
    def by_slug(self) -> dict[str, Place]:
        """Slug → place."""
        return {place.slug: place for place in self.all}

    @cached_property
    def by_name(self) -> dict[str, Place]:
        """Chinese name or short name → place."""
        names = {name: place for place in self.all for name in place.short}
        return names | {place.zh: place for place in self.all}

    def areas_of(self, slug: str) -> tuple[Place, ...]:
        """The areas directly under a place, in the order of the file."""
        return tuple(place for place in self.all if place.parent == slug)

    def find(self, slug: str) -> Place:
        """The place with this slug. Raises ContentError with the remedy when there is none."""
        if slug not in self.by_slug:
            raise ContentError(
                Problem(
                    self.path,
                    0,
                    "place-unknown",
                    f"no place with slug {slug!r}",
                    f"one of {', '.join(sorted(self.by_slug))}",
                    "add it with its GB/T 2260 code",
                )
            )
        return self.by_slug[slug]


def load_places(content: Path, read: ReadFile = Path.read_bytes) -> Places:
    """Read ``content/places.yml``. Raises ContentError when it is broken or a slug or parent is wrong."""
    path = content / "places.yml"
    text = yamlfile.read_text(path, read)
    if not _without_comments(text):  # a new project
        return Places((), path)
    places = yamlfile.parse(text, path, tuple[Place, ...])
    lines = text.split("\n")
    problems = [
        Problem(path, _line_of(place, lines), "place-invalid", f"{place.zh}: {found}", expected, "correct the entry")
        for place in places
        for found, expected in _place_faults(place, [one.slug for one in places])
    ]
    if problems:
        raise ContentError(*problems)
    return Places(places, path)


def _without_comments(text: str) -> str:
    return "".join(line for line in text.split("\n") if not line.lstrip().startswith("#")).strip()


def _line_of(place: Place, lines: Sequence[str]) -> int:
    """The first line that names a place; 0 where none does."""
    return next((number for number, line in enumerate(lines, 1) if place.zh in line), 0)


def _place_faults(place: Place, slugs: Sequence[str]) -> Iterator[tuple[str, str]]:
    """What was found and what was expected, for each value of a place that does not hold."""
    if slugs.count(place.slug) > 1:
        yield f"slug {place.slug!r} stands twice", "expected a slug of its own"
    if not _SLUG.match(place.slug):
        yield f"slug {place.slug!r}", "expected a-z, 0-9 and hyphens: the name in pinyin, part of its address for ever"
    if place.code and not _CODE.match(place.code):
        yield (
            f"code {place.code!r}",
            "expected the six digits of GB/T 2260, in quotes; none for a functional area",
        )
    if place.parent and place.parent not in slugs:
        yield f"parent {place.parent!r}", "expected a slug that is in the file"


class Units:
    """The units of ``content/lookups/units.yml``. ``kinds`` maps a unit to its kind (count, money, area …)."""

    def __init__(self, by_kind: dict[str, tuple[str, ...]], path: Path) -> None:
        self.path = path
        self.kinds = {unit: kind for kind, units in by_kind.items() for unit in units}


def load_departments(path: Path, read: ReadFile = Path.read_bytes) -> Departments:
    """Read ``departments.yml``. Raises ContentError when it is broken or a short name means two units of one place."""
    departments = yamlfile.load(path, Departments, read)
    for where, names in (("names", departments.names), *((local.place, local.names) for local in departments.local)):
        shorts = [short for known in names.values() for short in known] + list(names)
        for short in shorts:
            if shorts.count(short) > 1:
                raise ContentError(
                    Problem(
                        path,
                        0,
                        "department-invalid",
                        f"{where}: {short!r} stands twice",
                        "expected every short name under one normal name",
                        "correct the entry; a name that differs by place goes under local",
                    )
                )
    return departments


#: Every file that ``Lookups`` reads, below a content folder.
LOOKUP_FILES = (
    "places.yml",
    *(f"lookups/{name}.yml" for name in ("units", "comparators", "numerals", "headers", "phrases", "departments")),
)


def load_lookups(content: Path, read: ReadFile = Path.read_bytes) -> Lookups:
    """The lookups of a content folder. What is read and made of them is kept for as long as no file of theirs changes.

    Raises what ``Lookups`` raises.
    """
    try:
        files = tuple(read(content / name) for name in LOOKUP_FILES)
    except OSError:
        return Lookups(content, read)  # which says what is wrong
    return _known_lookups(content, files)


@lru_cache(2)
def _known_lookups(content: Path, files: tuple[bytes, ...]) -> Lookups:
    paths = (content / name for name in LOOKUP_FILES)
    return Lookups(content, dict(zip(paths, files, strict=True)).__getitem__)


def forget_lookups() -> None:
    """The next document reads them anew, as the first of a process does."""
    _known_lookups.cache_clear()


class Lookups:
    """All lookups of a content folder, loaded once. Raises ContentError for the first file that is broken."""

    def __init__(self, content: Path, read: ReadFile = Path.read_bytes) -> None:
        folder = content / "lookups"
        units = folder / "units.yml"
        self.places = load_places(content, read)
        self.units = Units(yamlfile.load(units, dict[str, tuple[str, ...]], read), units)
        self.comparators = yamlfile.load(folder / "comparators.yml", Comparators, read)
        self.numerals = yamlfile.load(folder / "numerals.yml", Numerals, read)
        self.headers = yamlfile.load(folder / "headers.yml", tuple[Header, ...], read)
        self.phrases = yamlfile.load(folder / "phrases.yml", Phrases, read)
        self.departments = load_departments(folder / "departments.yml", read)
        self._made: dict[Callable[[Lookups], Any], Any] = {}
        self._longest: dict[str, tuple[str, ...]] = {}
        self._alternations: dict[str, re.Pattern[str]] = {}

    def once(self, make: Callable[[Lookups], T]) -> T:
        """What ``make`` makes of these lookups (a pattern of their words): made when it is first asked for."""
        if make not in self._made:
            self._made[make] = make(self)
        return self._made[make]  # type: ignore[no-any-return]

    def words(self, name: str) -> tuple[str, ...]:
        """A list of words of ``phrases.yml`` by its name. Raises ContentError when there is none."""
        if name not in self.phrases.words:
            raise ContentError(
                Problem(
                    self.units.path.with_name("phrases.yml"),
                    0,
                    "words-missing",
                    f"no list {name!r}",
                    "expected every list that the reading uses",
                    "restore it",
                )
            )
        return self.phrases.words[name]

    def longest(self, name: str) -> tuple[str, ...]:
        """The words of a list, longest first."""
        if name not in self._longest:
            self._longest[name] = tuple(sorted(self.words(name), key=len, reverse=True))
        return self._longest[name]

    def beginning(self, name: str, text: str) -> str:
        """The longest word of a list that a text begins with; empty when it begins with none."""
        if name not in self._alternations:
            self._alternations[name] = re.compile(alternation(self.words(name)))
        match = self._alternations[name].match(text)
        return match[0] if match else ""

    def ending(self, name: str, text: str) -> str:
        """The longest word of a list that a text ends with; empty when it ends with none."""
        if not text.endswith(self.words(name)):
            return ""
        return next(word for word in self.longest(name) if text.endswith(word))
