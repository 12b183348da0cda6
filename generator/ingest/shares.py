"""Which figures of a text are shares that areas have of the figure before them: 150个,其中东塘区12个、南汀区15个."""

from __future__ import annotations

import re
from collections.abc import Sequence

from generator.ingest.measured import Measured
from generator.ingest.rows import Reading

#: What introduces a share, and what may stand between the area and its figure.
_AROUND = re.compile(r"^(?:其中|包括|[(（:：、,，;；和及\s])+|(?:分别|[为有各是约:：\s])+$")
_BETWEEN = re.compile(r"[、,，和及]")
_INTRODUCED = re.compile(r"^[\s,，、]*(?:[(（]|其中|包括)")
#: The shape of the name of an area that places.yml does not list.
_SHAPED = re.compile(r"[\u4e00-\u9fff]{1,6}(?:区|县|市|旗|镇|乡|街道)")


def areas_of_figures(measured: Sequence[Measured], reading: Reading) -> list[tuple[str, ...]]:
    """For each figure the areas that it is of, printed once for several where it is the same (各5个); empty for others.

    An area is one of ``places.yml``; or, behind 其中 or in a bracket, a name that ends as names of areas do, where two
    or more follow each other.
    """
    named = [_names(one.before) for one in measured]
    known = [_areas(names, reading, shaped=False) for names in named]
    if not any(known) and not any(_INTRODUCED.match(one.before) for one in measured):
        return known
    shaped = [areas or _areas(names, reading, shaped=True) for areas, names in zip(known, named, strict=True)]
    found: list[tuple[str, ...]] = []
    for index, one in enumerate(measured):
        follows = bool(index and found[index - 1])
        alike = index + 1 < len(measured) and bool(shaped[index + 1])
        run = (follows and bool(shaped[index])) or (alike and _INTRODUCED.match(one.before) is not None)
        found.append(known[index] or (shaped[index] if run and one.number.kind != "share" else ()))
    return found


def _names(words: str) -> list[str]:
    return [name.strip() for name in _BETWEEN.split(_AROUND.sub("", words))]


def _areas(names: Sequence[str], reading: Reading, *, shaped: bool) -> tuple[str, ...]:
    """The areas that the words before a figure name and nothing else."""
    areas = tuple(reading.areas.get(name, "") or (_shaped(name, reading) if shaped else "") for name in names)
    return areas if all(areas) else ()


def _shaped(name: str, reading: Reading) -> str:
    """A name that ends as those of areas do, and is no sort of place (示范区, 乡镇)."""
    sort = name.endswith(reading.lookups.words("no_areas"))
    return name if _SHAPED.fullmatch(name) and not sort and not reading.lookups.beginning("action_verbs", name) else ""
