"""Units → the permanent ASCII slugs of their pages, from ``content/lookups/department_slugs.yml``."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from hashlib import sha256
from pathlib import Path

import msgspec

from generator import yamlfile
from generator.errors import ContentError, Problem
from generator.lookups import load_places
from generator.model import AssessedRegister, DepartmentSlugs

FILE = "department_slugs.yml"
_SLUG = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*\Z")
#: ``departments/index/`` would be the ledger itself.
_TAKEN = frozenset({"index"})
_DIGITS = 10


def load_department_slugs(content: Path) -> DepartmentSlugs:
    """Read ``department_slugs.yml``; the areas of a place bring their slugs from ``places.yml``.

    Raises ContentError when a slug is none, or stands for two names.
    """
    path = content / "lookups" / FILE
    file = yamlfile.load(path, DepartmentSlugs)
    lists = [("names", [*file.names.values()]), *((place, [*own.values()]) for place, own in file.places.items())]
    lists += [("levels", [*file.levels.values()])]
    faults = [
        _problem(path, "slug", f"{where}: slug {slug!r}", "a slug of its own in a-z, 0-9 and hyphens")
        for where, slugs in lists
        for slug in slugs
        if slugs.count(slug) > 1 or not _is_slug(slug)
    ]
    faults += [
        _problem(path, "slug", f"former of {place}: {old!r}", "a slug in a-z, 0-9 and hyphens")
        for place, former in file.former.items()
        for old in former
        if not _is_slug(old)
    ]
    if faults:
        raise ContentError(*faults)
    places = load_places(content)
    areas = {one.slug: {area.zh: area.slug for area in places.areas_of(one.slug)} for one in places.all}
    return msgspec.structs.replace(file, areas={place: own for place, own in areas.items() if own})


def department_slug(name: str, place: str, slugs: DepartmentSlugs) -> str:
    """The slug of the unit with this normal name in the place with this slug. Depends on nothing else.

    A unit that the vocabulary does not know gets one made of its name: no number, which would depend on what else
    was read, and no transcription, which would need a dictionary that changes.
    """
    own = slugs.places.get(place, {})
    if name in own:
        return own[name]
    prefixes = {"": "", **slugs.levels, **slugs.areas.get(place, {})}
    for known in _endings(name):
        prefix = name.removesuffix(known)
        if known in slugs.names and prefix in prefixes:
            return "-".join(part for part in (prefixes[prefix], slugs.names[known]) if part)
    return f"unit-{sha256(name.encode()).hexdigest()[:_DIGITS]}"


def refuse_shared_slugs(units: Mapping[str, Iterable[str]], slugs: DepartmentSlugs, content: Path) -> None:
    """Raises ContentError where two units of a place have one slug, or a former slug leads nowhere.

    ``units``: place → the normal names of the units that all its registers name.
    """
    path = content / "lookups" / FILE
    problems: list[Problem] = []
    for place, names in units.items():
        used = {name: department_slug(name, place, slugs) for name in dict.fromkeys(names)}
        problems += _shared(place, used, path)
        for old, new in slugs.former.get(place, {}).items():
            if old in used.values() or new not in used.values():
                found = f"former of {place}: {old!r} leads to {new!r}"
                problems.append(_problem(path, "slug-former", found, "an old slug of no unit, and a slug of one now"))
    if problems:
        raise ContentError(*problems)


def unit_names(registers: Iterable[AssessedRegister]) -> dict[str, list[str]]:
    """Place → the normal names of the units that these registers name, as often as they do."""
    found: dict[str, list[str]] = {}
    for register in registers:
        names = found.setdefault(register.register.place, [])
        for item in register.commitments:
            names += (unit.department or unit.unit for unit in item.commitment.responsibilities)
    return found


def _shared(place: str, used: dict[str, str], path: Path) -> Iterator[Problem]:
    for slug in dict.fromkeys(used.values()):
        names = [name for name, own in used.items() if own == slug]
        if len(names) > 1:
            found = f"{place}: {'、'.join(names)} have the slug {slug!r}"
            yield _problem(path, "slug-shared", found, "one unit a slug; the place may give it one under `places`")


def _endings(name: str) -> Iterator[str]:
    """The whole name, then without its first character, without the first two, and so on."""
    return (name[start:] for start in range(len(name)))


def _is_slug(slug: str) -> bool:
    return bool(_SLUG.match(slug)) and slug not in _TAKEN


def _problem(path: Path, code: str, found: str, expected: str) -> Problem:
    return Problem(path, 0, code, found, f"expected {expected}", "correct the entry")
