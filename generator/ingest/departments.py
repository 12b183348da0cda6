"""Units as printed → one normal name each in its place, and whether a unit is one, several areas, or not named."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import lru_cache

from generator.lookups import Lookups
from generator.model import Departments, Place, UnitKind

_HALF_WIDTH = str.maketrans("（）＜＞〈〉", "()<><>")
_LEVEL_OF_A_PROVINCE = "0000"
#: 国务院, 管委会 and the like stand before few names; a longer part before a short name is a name itself.
_LONGEST_PREFIX = 12


@lru_cache(1 << 12)
def printed_to_department(printed: str, place: Place, lookups: Lookups) -> str:
    """The normal name of a unit that a document of a place prints. What cannot be told stays as printed.

    The level before the name is kept (市, 区), the place's own name becomes its level (云溪市教育局 → 市教育局), and a
    unit named in brackets behind another is left to the printed name (市发改委(市能源局)).
    """
    words = lookups.departments
    bare = "".join(printed.split()).translate(_HALF_WIDTH)
    kind = kind_of_unit(bare, lookups)
    if kind == "areas":
        return _areas_to_name(bare, words)
    if kind == "others":
        return bare
    bare = _without_own_name(_without_bracket(bare, lookups), place)
    for shorts in _vocabularies(place, lookups):
        if (department := _named(bare, shorts, place, words)) is not None:
            return department
    return bare


def is_department(name: str, lookups: Lookups) -> bool:
    """Whether a name, with its level or without, is one of the vocabulary, in full or short."""
    words = lookups.departments
    return any(
        name.endswith(known) and _is_prefix(name.removesuffix(known), words)
        for names in (words.names, *(local.names for local in words.local))
        for full, shorts in names.items()
        for known in (full, *shorts)
    )


@lru_cache(1 << 12)
def kind_of_unit(printed: str, lookups: Lookups) -> UnitKind:
    """``areas`` for all or some areas together (各区、县(市)政府), ``others`` for units without a name."""
    areas, others = lookups.once(_unnamed_patterns)
    bare = "".join(printed.split()).translate(_HALF_WIDTH)
    if areas.fullmatch(bare):
        return "areas"
    return "others" if others.fullmatch(bare) else "unit"


def _unnamed_patterns(lookups: Lookups) -> tuple[re.Pattern[str], re.Pattern[str]]:
    """Areas together, and units without a name."""
    return areas_pattern(lookups.departments), re.compile(lookups.departments.others)


@lru_cache(maxsize=8)
def _compiled(words: tuple[tuple[str, ...], ...]) -> re.Pattern[str]:
    quantifiers, levels, governments = ("|".join(sorted(group, key=len, reverse=True)) for group in words)
    listed = rf"(?:{levels})(?:[、,，]?(?:{levels}))*"
    level = rf"(?:{listed}|[(（]{listed}[)）])"
    # 区、县(市)政府 says no 各, but its bracket tells that it is no single one.
    many = rf"{quantifiers}|(?<![\u4e00-\u9fff])(?={listed}[(（])"
    tail = rf"(?:[、,，]?(?:{governments}))*"
    bracket = r"(?:[(（][^()（）]*[)）]|[<＜][^<>＜＞]*[>＞])?"
    end = r"(?=$|[、,，;；。\s)）]|等|牵头|配合|负责|按)"
    return re.compile(rf"(?P<many>{many})(?P<levels>{level}(?:[、,，]?{level})*)(?P<tail>{tail}{bracket}){end}")


def areas_pattern(words: Departments) -> re.Pattern[str]:
    """Areas as one addressee, to the end of the name: 各区、县(市)政府, 各区县政府<新区管委会>, 各乡镇(街道)."""
    areas = words.areas
    return _compiled((areas.all + areas.some, areas.levels, areas.governments))


def _areas_to_name(bare: str, words: Departments) -> str:
    """All or some, the levels in the usual order and brackets, the government without 人民."""
    match = areas_pattern(words).fullmatch(bare)
    if match is None:
        return bare
    many = words.areas.some[0] if match["many"] in words.areas.some else match["many"]
    forms = {_levels_in(form): form for form in words.areas.forms}
    levels = forms.get(_levels_in(match["levels"]), match["levels"])
    return f"{many}{levels}{match['tail'].replace('人民政府', '政府')}"


def _levels_in(text: str) -> str:
    """The levels in a fixed order. One that stands twice (各市、县(市、区)) keeps its own form."""
    return "".join(sorted(re.sub(r"[\W_]", "", text).replace("街道", "街")))


def _without_bracket(name: str, lookups: Lookups) -> str:
    """Without the units in brackets at the end of a unit's name; another bracket is part of the name."""
    match = _BRACKETED.fullmatch(name)
    endings = lookups.words("unit_endings")
    return match[1] if match and match[1].endswith(endings) and match[2].endswith(endings) else name


_BRACKETED = re.compile(r"(.{2,}?)[(<]([^()<>]+)[)>]")


def _without_own_name(name: str, place: Place) -> str:
    """云溪市教育局 → 市教育局 and 中共云溪市委 → 市委 in 云溪市; an area's names keep the area."""
    name = name.removeprefix("中共") if name.startswith(f"中共{place.zh}") else name
    rest = name.removeprefix(place.zh)
    return place.zh[-1] + rest if rest and rest != name else name


def _names_by_precedence(place: Place, lookups: Lookups) -> Iterator[Mapping[str, tuple[str, ...]]]:
    """The vocabularies of a place, the narrowest first: its own, its province's, everybody's."""
    codes: list[str] = []
    above: Place | None = place
    while above is not None:
        if above.code and (above is place or above.code.endswith(_LEVEL_OF_A_PROVINCE)):
            codes.append(above.code)
        above = lookups.places.by_slug.get(above.parent)
    for code in codes:
        yield from (local.names for local in lookups.departments.local if local.place == code)
    yield lookups.departments.names


@lru_cache(64)
def _vocabularies(place: Place, lookups: Lookups) -> tuple[Mapping[str, str], ...]:
    """The vocabularies of a place, the narrowest first, each as short name → normal name."""
    return tuple(
        {short: full for full, known in names.items() for short in (*known, full)}
        for names in _names_by_precedence(place, lookups)
    )


def _named(bare: str, shorts: Mapping[str, str], place: Place, words: Departments) -> str | None:
    """The normal name of one that ends with a name of a vocabulary, the longest first; None where it ends with none."""
    for index in range(len(bare)):
        prefix, short = bare[:index], bare[index:]
        if short in shorts and (_is_prefix(prefix, words) or prefix in place.short):
            return prefix + shorts[short]
    return None


def _is_prefix(prefix: str, words: Departments) -> bool:
    """Whether what stands before a short name is a level, or a place with its level, or nothing."""
    if not prefix:
        return True
    several = prefix.startswith(words.areas.all + words.areas.some)
    alone = re.fullmatch(r"[\u4e00-\u9fff]+", prefix) and not re.search(r"局|公司|集团|委员会|办公室", prefix)
    return bool(alone) and len(prefix) <= _LONGEST_PREFIX and not several and prefix.endswith(words.levels)
