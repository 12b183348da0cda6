"""A folder of content → that of one part of a split site, or of the home of the parts: built like any other.

A part is a site of its own, so it is made of content of its own: the registers of its places, what belongs to them, and
all that is the same everywhere. Ids and addresses are those of the whole.
"""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import msgspec

from generator import parts, yamlfile
from generator.audits import AUDITS
from generator.changes import load_releases
from generator.changes.files import release_path
from generator.errors import ContentError, Problem
from generator.lookups import Places, load_places
from generator.model import DataChange, DataRelease, Split
from generator.package.releases import RELEASES
from generator.registers import find_registers

_SHARED = ("places.yml", "publication.yml", "lookups", "pages", "schemas")
Keeps = Callable[[str], bool]


def write_part_content(content: Path, part: str, folder: Path) -> None:
    """Write into ``folder``, whose old content goes, what ``content`` has of a part: its place, or ``home``.

    The home has no registers; it has the releases, which are of everything, and the records of the parts. Raises
    ContentError when ``content`` is not split, when there is no such part, and when a register lies in none: it would
    be on no site.
    """
    places = load_places(content)
    split = _require_part(content, part, places)
    _refuse_homeless(content, split, places)
    _refuse_overlap(content, folder)
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    for name in _SHARED:
        _copy(content / name, folder / name)
    yamlfile.dump(msgspec.structs.replace(split, here=part), folder / parts.FILE)
    _write_changes(content, part, folder, split, places)
    if part == parts.HOME:
        _copy(content / RELEASES, folder / RELEASES)
        _copy(content / parts.RECORDS, folder / parts.RECORDS)
        return
    for path in find_registers(content):
        if parts.place_to_part(_place_of(path), split, places) == part:
            _copy(path, folder / path.relative_to(content))
    for path in sorted((content / AUDITS).glob("*.yml")):
        if parts.place_to_part(parts.id_to_place(path.stem), split, places) == part:
            _copy(path, folder / path.relative_to(content))


def _require_part(content: Path, part: str, places: Places) -> Split:
    split = parts.load_split(content, places)
    path = content / parts.FILE
    if split and split.here:
        found, expected = f"content of the part {split.here}", "expected that of the whole"
        raise ContentError(Problem(path, 0, "part-already", found, expected, "leave out --part"))
    if split is None:
        expected = "expected the address of the home, and place and address of each part"
        raise ContentError(Problem(path, 0, "parts-missing", "no such file", expected, "write it, or leave out --part"))
    known = (parts.HOME, *(one.place for one in split.parts))
    if part not in known:
        found, expected = f"no part {part!r}", f"expected one of {', '.join(known)}"
        raise ContentError(Problem(path, 0, "part-unknown", found, expected, "correct --part"))
    return split


def _refuse_homeless(content: Path, split: Split, places: Places) -> None:
    expected, remedy = "expected a part that it lies in", f"add one to {parts.FILE}, or its parent to places.yml"
    problems = [
        Problem(path, 0, "part-none", f"{_place_of(path)} lies in no part", expected, remedy)
        for path in find_registers(content)
        if not parts.place_to_part(_place_of(path), split, places)
    ]
    if problems:
        raise ContentError(*problems)


def _refuse_overlap(content: Path, folder: Path) -> None:
    ours, theirs = content.resolve(), folder.resolve()
    if ours == theirs or ours.is_relative_to(theirs) or theirs.is_relative_to(ours):
        found, expected = f"shares {content}", "expected a folder of its own"
        raise ContentError(Problem(folder, 0, "part-overlap", found, expected, "name another with --out"))


def check_part_address(content: Path, site_url: str) -> tuple[Problem, ...]:
    """A problem where the content of a part is built for another address than the others lead to."""
    split = parts.load_split(content, load_places(content))
    address = parts.part_address(split) if split else ""
    if address in ("", site_url):
        return ()
    expected, remedy = f"expected {address}", "set DUIXIAN_SITE_URL, or correct the address"
    return (Problem(content / parts.FILE, 0, "part-url", f"built for {site_url}", expected, remedy),)


def _place_of(register: Path) -> str:
    return register.parent.parent.name


def _copy(source: Path, target: Path) -> None:
    if source.is_dir():
        shutil.copytree(source, target)
    elif source.exists():
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(source, target)


def _write_changes(content: Path, part: str, folder: Path, split: Split, places: Places) -> None:
    for release in load_releases(content):
        kept = release_to_part(release, part, split, places)
        if kept is not None:
            yamlfile.dump(kept, release_path(folder, kept))


def release_to_part(release: DataRelease, part: str, split: Split, places: Places) -> DataRelease | None:
    """What a release changed of a part; None where it changed something, and nothing of this part.

    What belongs to no place (themes, measures) is every part's. What belongs to a place that is gone from
    ``places.yml`` is the home's. The data of releases are kept at the home alone.
    """
    changes = tuple(one for one in release.changes if _concerns(one, part, split, places))
    if release.changes and not changes and part != parts.HOME:
        return None
    named = {one.commitment for one in changes}
    departments = {one: slugs for one, slugs in release.departments.items() if one in named}
    sha256 = release.sha256 if part == parts.HOME else ""
    return msgspec.structs.replace(release, changes=changes, departments=departments, sha256=sha256)


def _concerns(change: DataChange, part: str, split: Split, places: Places) -> bool:
    place = parts.id_to_place(change.commitment or change.record)
    if not place:
        return True
    return (parts.place_to_part(place, split, places) or parts.HOME) == part
