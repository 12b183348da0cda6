"""The registers of a content folder as shards: one place and year each, the unit in which a build works.

Nothing in a shard looks at another shard. Its inputs are the registers of the place and year, their audits, what was
recorded to have changed in them, and what all shards share: lookups, places, schemas, who publishes, the shell of the
pages, and the program. The digest of all these is its key; what was made under a key is never made again.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path

import msgspec

from generator.audits import AUDITS
from generator.defaults import find_content_file
from generator.errors import ContentError, Problem
from generator.lookups import Places
from generator.model import DataChange, DataRelease
from generator.pages.summaries import YearRef
from generator.publication import FILE as PUBLICATION
from generator.publish.fingerprint import digest_of, files_digest, program_digest
from generator.registers import find_registers
from generator.schemas import TABLES

Files = tuple[tuple[str, bytes], ...]
"""Files of the content by their paths from its root, in the order of the paths."""


@dataclass(frozen=True)
class ShardPaths:
    """The registers of one place and year, and their audits, as paths from the root of the content."""

    place: str
    year: int
    registers: tuple[str, ...]
    audits: tuple[str, ...]

    @property
    def path(self) -> str:
        """Where its pages will be, from the root of the site."""
        return f"{self.place}/{self.year}"

    def read(self, content: Path) -> Files:
        """The bytes of its files. Raises ContentError for one that cannot be read."""
        return read_files(content, sorted((*self.registers, *self.audits)))


def find_shards(content: Path, places: Places) -> tuple[ShardPaths, ...]:
    """All shards in the order of the site: cities by code, the years of a city newest first.

    Raises ContentError for a register that is not where registers are, for a place that is not known, and for an audit
    of no register.
    """
    paths = [path.relative_to(content) for path in find_registers(content)]
    audits = {path.stem: path.relative_to(content).as_posix() for path in sorted((content / AUDITS).glob("*.y*ml"))}
    shards = []
    for (place, year), group in groupby(paths, key=lambda path: path.parts[1:3]):
        registers = tuple(path.as_posix() for path in group)
        names = (f"{place}-{year}-{Path(one).stem}" for one in registers)
        shards.append(ShardPaths(place, _to_year(content, registers[0], year), registers, _take(audits, names)))
    if audits:
        raise ContentError(*(_stray(content / path) for path in audits.values()))
    return tuple(sorted(shards, key=lambda one: (places.find(one.place).code or "999999", one.place, -one.year)))


def _to_year(content: Path, register: str, name: str) -> int:
    if not (name.isascii() and name.isdigit()):
        expected = "expected content/registers/<place>/<year>/<programme>.yml"
        raise ContentError(
            Problem(content / register, 0, "register-path", f"{name!r} is no year", expected, "move the file")
        )
    return int(name)


def _take(audits: dict[str, str], names: Iterable[str]) -> tuple[str, ...]:
    return tuple(audits.pop(name) for name in names if name in audits)


def _stray(path: Path) -> Problem:
    found, expected = f"an audit of {path.stem!r}", "expected the name of a register"
    return Problem(path, 1, "audit-register", found, expected, "correct the name of file and register")


def read_files(content: Path, names: Iterable[str]) -> Files:
    """Files of the content, or what the program brings in their stead. Raises ContentError for one that is not read."""
    return tuple((name, _read(find_content_file(content, name))) for name in names)


def _read(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        found = error.strerror or "unreadable"
        remedy = "check the path and its permissions"
        raise ContentError(Problem(path, 0, "unreadable", found, "expected a file", remedy)) from None


def read_shared(content: Path) -> Files:
    """What every shard rests on beside its own files: places, lookups, schemas, and who publishes."""
    lookups = sorted(path.relative_to(content).as_posix() for path in (content / "lookups").glob("*.yml"))
    schemas = [f"schemas/{name}.yml" for name in TABLES]
    names = ["places.yml", PUBLICATION, "lookups/codes.yml", *lookups, *schemas]
    return read_files(content, dict.fromkeys(names))


def shard_key(files: Files, shared: str, shell: str, history: bytes) -> str:
    """The digest of everything that a shard is made from."""
    return digest_of(program_digest(), shared, shell, files_digest(files), history)


def history_of(shards: Sequence[ShardPaths], releases: Sequence[DataRelease]) -> dict[str, bytes]:
    """Path of a shard → what was recorded to have changed in its commitments, encoded; nothing for most."""
    paths = {f"{one.place}-{one.year}-": one.path for one in shards}
    return _share_out(releases, paths, lambda change: change.commitment)


def history_of_cities(years: Sequence[YearRef], releases: Sequence[DataRelease]) -> dict[str, bytes]:
    """Slug of a place → what was recorded to have changed in its commitments and documents, encoded."""
    places = {f"{year.place.slug}-{year.year}-": year.place.slug for year in years}
    return _share_out(releases, places, lambda change: change.commitment or change.record)


def _share_out(
    releases: Sequence[DataRelease], owners: Mapping[str, str], identify: Callable[[DataChange], str]
) -> dict[str, bytes]:
    found: dict[str, list[DataRelease]] = {}
    for release in releases:
        shares: dict[str, list[DataChange]] = {}
        for change in release.changes:
            owner = next((owners[start] for start in _prefixes(identify(change)) if start in owners), "")
            shares.setdefault(owner, []).append(change)
        for owner, changes in shares.items():
            ours = {one.commitment for one in changes}
            departments = {name: slugs for name, slugs in release.departments.items() if name in ours}
            share = msgspec.structs.replace(release, changes=tuple(changes), departments=departments)
            found.setdefault(owner, []).append(share)
    return {owner: msgspec.msgpack.encode(told) for owner, told in found.items() if owner}


def _prefixes(identifier: str) -> Iterator[str]:
    """What of an id may be the place and year that it begins with."""
    return (identifier[:place] for place, char in enumerate(identifier, 1) if char == "-")


def parse_history(encoded: bytes) -> tuple[DataRelease, ...]:
    """What ``history_of`` or ``history_of_cities`` encoded."""
    return msgspec.msgpack.decode(encoded, type=tuple[DataRelease, ...]) if encoded else ()
