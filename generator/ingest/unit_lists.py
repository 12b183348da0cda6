"""The one definition of how a list of units is taken apart, and which of them lead."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import lru_cache

from msgspec import Struct

from generator.ingest.departments import areas_pattern, is_department, kind_of_unit
from generator.lookups import Lookups
from generator.model import Role
from generator.patterns import alternation

_OPEN, _CLOSE = "(（<＜《〈", ")）>＞》〉"
_SEPARATORS = "、,，;；/／"
_SEPARATOR = re.compile(rf"\s*([{_SEPARATORS}])\s*")
_SPACE = re.compile(r"\s")
_AND_OTHERS = re.compile(r"等(?:[有相]关|责任|市级)*(?:部门|单位)?$")
#: A name of one unit is longer: 市委 宣传部 is one that was wrapped.
_SHORTEST_UNIT = 3
_TELEPHONE = re.compile(r"[(（:：]?\+?\d[\d\-—－]{6,}[)）]?")


class Named(Struct, frozen=True):
    """A unit of a list as printed, and its role."""

    unit: str
    role: Role


def split_units(value: str, lookups: Lookups) -> list[str]:
    """The units of a list, as printed, without the words and signs that say what their role is."""
    return [one.unit for one in list_to_named(value, "lead", lookups)]


def list_to_named(value: str, role: Role, lookups: Lookups) -> list[Named]:
    """The units of a list with their roles: ``role``, unless the list itself says otherwise."""
    return list(_value_to_named(value, role, lookups))


@lru_cache(1 << 12)
def _value_to_named(value: str, role: Role, lookups: Lookups) -> tuple[Named, ...]:
    """The same, told once for each list: documents name the same units again and again."""
    named: list[Named] = []
    for own, text in _sections(value, role, lookups):
        named += _section_to_named(text, own, lookups)
    return tuple(named)


def _sections(value: str, role: Role, lookups: Lookups) -> Iterator[tuple[Role, str]]:
    """牵头单位:…;配合单位:…: each label with the list that it introduces; before the first one ``role`` holds."""
    pattern, roles = lookups.once(_labels)
    last, own = 0, role
    for match in pattern.finditer(value):
        yield own, value[last : match.start()]
        last, own = match.end(), roles[match[1]]
    yield own, value[last:]


def _labels(lookups: Lookups) -> tuple[re.Pattern[str], dict[str, Role]]:
    """A label of a list, and label → role."""
    roles: dict[str, Role] = {}
    for kind in ("label", "role"):
        roles |= dict.fromkeys(lookups.words(f"{kind}_lead"), "lead")
        roles |= dict.fromkeys(lookups.words(f"{kind}_support"), "support")
    return re.compile(rf"({alternation(roles)})\s*[:：]"), roles


def _section_to_named(text: str, role: Role, lookups: Lookups) -> list[Named]:
    """One list. A role behind a name holds for the names before it that have none; a sign makes the others support."""
    found: list[tuple[str, Role | None]] = []
    joining = False
    told = 0
    for piece in _pieces(text, lookups):
        for index, part in enumerate(lookups.once(_joining_pattern).split(piece)):
            if index:
                found[told:] = [(name, own or role) for name, own in found[told:]]
                told, joining = len(found), True
            name, own, behind = _take_role(part, role, lookups)
            found += [(name, own)] if name else []
            if behind:
                found[told:] = [(name, own or ("support" if joining else behind)) for name, own in found[told:]]
                told, joining = len(found), False
    signed = not lookups.once(_lead_signs).isdisjoint(text)
    rest: Role = "support" if signed or joining else role
    return [Named(name, own or rest) for name, own in found]


def _lead_signs(lookups: Lookups) -> frozenset[str]:
    return frozenset("".join(lookups.words("lead_signs")))


def _joining_pattern(lookups: Lookups) -> re.Pattern[str]:
    return re.compile(alternation(lookups.words("joined_by")))


@dataclass(frozen=True)
class _Behind:
    """Words behind a name that say its role, or that of all names before: in a bracket, at its end; word → role."""

    bracketed: re.Pattern[str]
    last: re.Pattern[str]
    roles: dict[str, Role]
    words: tuple[str, ...]


def _behind(role: Role) -> Callable[[Lookups], _Behind]:
    """What stands behind names in a list of those who have a role."""
    return _behind_leads if role == "lead" else _behind_supports


def _behind_leads(lookups: Lookups) -> _Behind:
    return _words_behind("lead", lookups)


def _behind_supports(lookups: Lookups) -> _Behind:
    return _words_behind("support", lookups)


def _words_behind(role: Role, lookups: Lookups) -> _Behind:
    # 负责 leads in a list of those who lead, and supports in a list of those who support.
    roles: dict[str, Role] = dict.fromkeys(lookups.words("after_lead"), role)
    roles |= dict.fromkeys(lookups.words("role_lead"), "lead")
    roles |= {word: role if word in roles else "support" for word in lookups.words("after_support")}
    roles |= dict.fromkeys(lookups.words("role_support"), "support")
    words = alternation(roles)
    return _Behind(
        re.compile(rf"(.+?)[(（]({words})(?:单位|部门)?[)）]"),
        re.compile(rf"(.*?)(?:等(?:[有相]关)?(?:部门|单位)?)?({words})"),
        roles,
        tuple(roles),
    )


def _take_role(part: str, role: Role, lookups: Lookups) -> tuple[str, Role | None, Role | None]:
    """(the name alone, the role that is its own, the role that holds for the names before it too)."""
    signs = lookups.words("lead_signs")
    bare = _AND_OTHERS.sub("", part.strip("。.")).removeprefix("由")
    own: Role | None = "lead" if bare.startswith(signs) else None
    bare = bare.lstrip("".join(signs))
    behind = lookups.once(_behind(role))
    if bare.endswith((")", "）")) and (match := behind.bracketed.fullmatch(bare)):
        return match[1], behind.roles[match[2]], None
    if bare.endswith(behind.words) and (match := behind.last.fullmatch(bare)):
        return match[1], own, behind.roles[match[2]]
    return bare, own, None


def _pieces(text: str, lookups: Lookups) -> Iterator[str]:
    """What stands between separators, outside of brackets and of 各区、县(市)政府, without white space."""
    if _SPACE.search(text):
        text = _SEPARATOR.sub(r"\1", text)
    protected = [match.span() for match in lookups.once(_areas).finditer(text)]
    last = depth = 0
    for index, character in enumerate(text):
        if character in _OPEN:
            depth += 1
        elif character in _CLOSE:
            depth = max(0, depth - 1)
        elif character in _SEPARATORS and not depth and not any(start <= index < end for start, end in protected):
            yield from _parts(text[last:index], lookups)
            last = index + 1
    yield from _parts(text[last:], lookups)


def _areas(lookups: Lookups) -> re.Pattern[str]:
    return areas_pattern(lookups.departments)


def _parts(piece: str, lookups: Lookups) -> Iterator[str]:
    """The names of a piece that white space or 和 sets apart; white space that only wraps a name is left out."""
    name = ""
    for token in lookups.once(_between_units).sub(" ", _TELEPHONE.sub("", piece)).split():
        if name and _are_two(name, token, lookups):
            yield name
            name = token
        else:
            name += token
    if name:
        yield name


def _between_units(lookups: Lookups) -> re.Pattern[str]:
    endings = "|".join(f"(?<={ending})" for ending in lookups.words("unit_endings"))
    return re.compile(rf"(?:{endings})[和及与](?=[省市区县州])")


def _role_pattern(lookups: Lookups) -> re.Pattern[str]:
    return re.compile(rf"[(（].*|(?:{alternation(lookups.words('role_lead') + lookups.words('role_support'))})$")


def _are_two(name: str, token: str, lookups: Lookups) -> bool:
    """Whether white space stands between two whole names: each ends as units do, and both are no known unit."""
    endings = lookups.words("unit_endings")
    bare = [lookups.once(_role_pattern).sub("", one) for one in (name, token)]
    first, second = (len(one) >= _SHORTEST_UNIT and one.endswith(endings) for one in bare)
    whole = first and (second or kind_of_unit(token, lookups) != "unit")
    opened = sum(name.count(one) for one in _OPEN) > sum(name.count(one) for one in _CLOSE)
    branch = token.endswith(lookups.words("unit_branches")) and not token.startswith(lookups.departments.levels)
    generic = token in endings
    return whole and not opened and not branch and not generic and not is_department(name + token, lookups)
