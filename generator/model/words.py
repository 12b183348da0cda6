"""Words that documents are read with, and the interface in English: files of ``content/lookups``."""

from __future__ import annotations

from generator.model.codes import Comparator
from generator.model.record import Record


class Comparators(Record):
    """Words that say how a number is meant, before it, between it and its unit, and after it."""

    before: dict[Comparator, tuple[str, ...]]
    inside: dict[Comparator, tuple[str, ...]]
    after: dict[Comparator, tuple[str, ...]]


class English(Record):
    """The interface in English (``english.yml``): Chinese phrase → English, unit → English or nothing."""

    phrases: dict[str, str]
    units: dict[str, str]


class Numerals(Record):
    """Words about Chinese numerals before a measure word; ``numerals.yml`` says what each list is for."""

    characters: dict[str, str]
    words: tuple[str, ...]
    classifiers: tuple[str, ...]
    classes: tuple[str, ...]
    longer: tuple[str, ...]
    ordinal_before: tuple[str, ...]
    no_ordinal_before: tuple[str, ...]
    stages: tuple[str, ...]
    doing: tuple[str, ...]
    done: tuple[str, ...]
    doing_after: tuple[str, ...]
    summed_up: tuple[str, ...]
    multiple_of_growth: tuple[str, ...]


class Header(Record):
    """The words that head one column. ``exact`` matches the whole heading, ``contains`` a part of it."""

    field: str
    exact: tuple[str, ...] = ()
    contains: tuple[str, ...] = ()


class Phrases(Record):
    """Lists of words and patterns by name, with weights where they are cues."""

    words: dict[str, tuple[str, ...]]
    cues: dict[str, dict[str, float]]
    characters: dict[str, str]


class LocalNames(Record):
    """Normal names that only their place tells, with the reason. Those of a province hold for every place in it."""

    place: str
    reason: str
    names: dict[str, tuple[str, ...]]


class AreaWords(Record):
    """The words of an addressee that is all or some areas of a place. ``forms`` are the ways to write the levels."""

    all: tuple[str, ...]
    some: tuple[str, ...]
    levels: tuple[str, ...]
    governments: tuple[str, ...]
    forms: tuple[str, ...]


class Departments(Record):
    """Normal name of a unit → its short names; what ends the part before a name; units that are no single one."""

    names: dict[str, tuple[str, ...]]
    local: tuple[LocalNames, ...]
    levels: tuple[str, ...]
    areas: AreaWords
    others: str
