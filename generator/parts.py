"""A site in parts: which part a place belongs to, and what the home of the parts keeps of each (``content/parts``)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from urllib.parse import urlsplit

import msgspec

from generator import yamlfile
from generator.errors import ContentError, Problem
from generator.lookups import Places
from generator.model import Place, Split

FILE = "parts.yml"
RECORDS = "parts"
"""Where the home keeps a copy of the ``/index.json`` of each part, by the slug of its place."""
HOME = "home"

# Commas, semicolons and apostrophes mean something in the policy of a page.
_ADDRESS = re.compile(r"https?://[^\s<>\"'`\\?#@,;/]+/([^\s<>\"'`\\?#@,;]*/)?\Z")
_ORIGIN = re.compile(r"https?://[A-Za-z0-9.-]+(:\d+)?\Z", re.ASCII)
_ID = re.compile(r"([a-z0-9-]+?)-\d{4}-")


class PartSums(msgspec.Struct, frozen=True):
    """The sums of a part, of a place or of a year, as the ``Summary`` of the API says them."""

    commitments: int
    reported: int
    computable: int
    statuses: dict[str, int]
    targets: int
    targets_computable: int
    targets_reached: int
    findings: int


class PartYear(msgspec.Struct, frozen=True):
    """A year of a place in a part. ``href`` is relative to the home page of the part."""

    year: int
    programmes: tuple[str, ...]
    as_of: date | None
    summary: PartSums
    href: str


class PartPlace(msgspec.Struct, frozen=True):
    """A place in a part, its years newest first."""

    place: Place
    years: tuple[PartYear, ...]
    href: str


class PartRecord(msgspec.Struct, frozen=True):
    """What a part says of itself in its ``/index.json``."""

    as_of: date | None
    summary: PartSums
    places: tuple[PartPlace, ...]


def load_split(content: Path, places: Places) -> Split | None:
    """Read ``content/parts.yml``; None where the site is not split. Raises ContentError when it does not hold."""
    path = content / FILE
    if not path.is_file():
        return None
    split = yamlfile.load(path, Split)
    problems = [Problem(path, 0, *fault, "correct it") for fault in _faults(split, places)]
    if problems:
        raise ContentError(*problems)
    return split


def _faults(split: Split, places: Places) -> Iterator[tuple[str, str, str]]:
    slugs = [part.place for part in split.parts]
    for address in (split.home, *(part.address for part in split.parts)):
        if not _ADDRESS.match(address) or not address_to_origin(address):
            yield "part-address", f"{address!r}", "expected an address like https://example.org/duixian/"
    for slug in dict.fromkeys(slugs):
        if slug not in places.by_slug or slug == HOME:
            yield "part-place", f"{slug!r}", "expected the slug of a place of places.yml"
        if slugs.count(slug) > 1:
            yield "part-twice", f"{slug!r} stands {slugs.count(slug)} times", "expected each place once"
    for slug in dict.fromkeys(slugs):
        above = places.by_slug[slug].parent if slug in places.by_slug else ""
        if above and place_to_part(above, split, places):
            yield "part-nested", f"{slug!r} lies in another part", "expected parts of which none lies in another"
    if not split.parts:
        yield "part-none", "no parts", "expected one or more"
    if split.here not in ("", HOME, *slugs):
        yield "part-here", f"here is {split.here!r}", f"expected {HOME} or one of {', '.join(slugs)}"


def part_address(split: Split) -> str:
    """The address of the site that this content is of; empty for the whole."""
    return {HOME: split.home, **{part.place: part.address for part in split.parts}}.get(split.here, "")


def address_to_origin(address: str) -> str:
    """What a browser knows a site by: scheme, host, in the letters of the network, and port. Empty where it is none."""
    scheme, host = urlsplit(address)[:2]
    name, colon, port = host.partition(":")
    try:
        origin = f"{scheme}://{name.encode('idna').decode()}{colon}{port}"
    except UnicodeError:
        return ""
    return origin if _ORIGIN.match(origin) else ""


def place_to_part(slug: str, split: Split, places: Places) -> str:
    """The part that a place lies in: the place of the part is this one, or above it; empty where there is none."""
    parts, seen = {part.place for part in split.parts}, set[str]()
    while slug and slug not in seen:
        if slug in parts:
            return slug
        seen.add(slug)
        slug = places.by_slug[slug].parent if slug in places.by_slug else ""
    return ""


def id_to_place(identifier: str) -> str:
    """The slug of the place with which a published id begins, ``yunxi`` of ``yunxi-2024-livelihood-001``."""
    match = _ID.match(identifier)
    return match[1] if match else ""


def read_part_records(content: Path, split: Split, places: Places) -> dict[str, PartRecord]:
    """Part → what is kept of it; a part of which nothing is kept is left out.

    Raises ContentError for a record that is damaged, whose sums are not those of its years, or that names a place of
    another part: such a place would be counted twice.
    """
    found: dict[str, PartRecord] = {}
    problems: list[Problem] = []
    for part in split.parts:
        path = content / RECORDS / f"{part.place}.json"
        if not path.is_file():
            continue
        try:
            found[part.place] = msgspec.json.decode(path.read_bytes(), type=PartRecord)
        except (OSError, msgspec.DecodeError, UnicodeDecodeError) as error:
            problems.append(_record_problem(path, str(error)))
            continue
        faults = _record_faults(found[part.place], part.place, split, places)
        problems += [_record_problem(path, said) for said in faults]
    if problems:
        raise ContentError(*problems)
    return found


def _record_problem(path: Path, found: str) -> Problem:
    remedy = "copy it from the finished site of the part again"
    return Problem(path, 0, "part-record", found, "expected the index.json of the part", remedy)


def _record_faults(record: PartRecord, part: str, split: Split, places: Places) -> Iterator[str]:
    for one in record.places:
        lies_in = place_to_part(one.place.slug, split, places)
        if lies_in != part:
            yield f"{one.place.slug} is in {lies_in or 'no part'}"
        for href, expected in _hrefs(one):
            if href != expected:
                yield f"the address {href!r} instead of {expected!r}"
    total = sum(year.summary.commitments for one in record.places for year in one.years)
    if total != record.summary.commitments:
        yield f"{record.summary.commitments} commitments, and {total} in its years"


def _hrefs(one: PartPlace) -> Iterator[tuple[str, str]]:
    yield one.href, f"{one.place.slug}/index.json"
    for year in one.years:
        yield year.href, f"{one.place.slug}/{year.year}/index.json"
