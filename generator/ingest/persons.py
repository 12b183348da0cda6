"""Cells that name persons: whether they do, and which names they hold without titles, roles and telephones."""

from __future__ import annotations

import re

from generator.lookups import Lookups


def is_person(text: str, lookups: Lookups) -> bool:
    """Whether a cell holds one or more personal names and nothing else, but what they are: 林溪(牵头), 陈禾副市长."""
    names = personal_names(lookups.once(_marks_of_persons).sub("、", text))
    shaped = all(re.fullmatch(r"[\u4e00-\u9fff·]{2,4}", name) for name in names)
    return bool(names) and shaped and not names[-1].endswith(lookups.words("unit_endings"))


def _marks_of_persons(lookups: Lookups) -> re.Pattern[str]:
    roles = "|".join((*lookups.words("role_lead"), *lookups.words("role_support"), "分管", "联系"))
    titles = "|".join(lookups.longest("leader_titles"))
    return re.compile(rf"[(（](?:{roles})[)）]|(?:{roles})[:：]|(?<=[\u4e00-\u9fff]{{2}})(?:{titles})")


def personal_names(cell: str) -> list[str]:
    """The personal names of a cell. A space beside a single character only sets two characters apart."""
    names: list[str] = []
    for group in _BETWEEN_NAMES.split(cell):
        # 林 溪 is one name, 林 溪 陈禾青 and 林 溪 陈 禾 are two; 林 溪清 and 欧阳 林 are one each.
        tokens = _SPACED.sub(_spaced_names, group).split()
        names += ["".join(tokens)] if any(len(token) == 1 for token in tokens) else tokens
    return names


_BETWEEN_NAMES = re.compile(r"[、,，;；/／\n]")
_SPACED = re.compile(r"(?<!\S)\S(?:\s+\S)+(?!\S)")


def leader_names(cell: str, lookups: Lookups) -> list[str]:
    """The personal names of a cell without the titles beside them: 林溪(副县长), 副市长林溪, 陈禾副市长."""
    if not cell:
        return []
    for pattern in lookups.once(_title_patterns):
        cell = pattern.sub("", cell)
    return personal_names(cell)


def _title_patterns(lookups: Lookups) -> tuple[re.Pattern[str], ...]:
    """Titles in a bracket, before a name, behind one."""
    words = "|".join(map(re.escape, lookups.longest("leader_titles")))
    office = "|".join(map(re.escape, lookups.words("leader_offices")))
    return (
        re.compile(rf"[(（][^()（）]*(?:{words}|{office})[^()（）]*[)）]"),
        re.compile(rf"(?:(?<=^)|(?<=[、,，;；\s]))(?:{words})\s*(?=[\u4e00-\u9fff])"),
        re.compile(rf"(?<=[\u4e00-\u9fff]{{2}})\s*(?:{words})(?=$|[、,，;；\s])"),
    )


def _spaced_names(run: re.Match[str]) -> str:
    """Names whose characters stand apart: three are one name, an even number are names of two."""
    characters = run[0].split()
    step = 2 if len(characters) % 2 == 0 else len(characters)
    return " ".join("".join(characters[index : index + step]) for index in range(0, len(characters), step))


def is_contact(text: str, lookups: Lookups) -> bool:
    """Whether a cell holds a telephone number, with a name or without, or a name alone."""
    bare = re.sub(r"\+?\d[\d\-—－() ]{5,}|[\w.]+@[\w.]+", "", text)
    return not bare.strip() or is_person(bare.strip(" \n:：,，、;；"), lookups)
