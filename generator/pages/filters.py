"""The controls that filter a list, and the attributes of its items that they look at."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from generator.pages.summaries import YearRef
from generator.pages.words import PROGRAMMES, Word, word_of

Row = dict[str, Any]


def text_filter(example: str) -> Row:
    """A field for words; ``example`` is shown in it until something is typed."""
    return {"name": "text", "zh": "关键词", "example": example}


def choice_filter(name: str, zh: str, choices: Iterable[Row], none: str = "全部") -> Row:
    """A list to choose from. Choices have a code, their words, and perhaps how many items have it."""
    found = [{"count": 0, **choice} for choice in choices]
    return {"name": name, "zh": zh, "none": none, "numbered": False, "choices": found}


def numbered_filter(name: str, zh: str, names: Sequence[str]) -> Row:
    """A list of names to choose from. Items say in their attribute which ones of it they have, by ``name_numbers``."""
    return {**choice_filter(name, zh, ({"code": one, "zh": one} for one in names)), "numbered": True}


def number_names(names: Sequence[str]) -> dict[str, int]:
    """The places of names in a ``numbered_filter``, counted from 1."""
    return {name: place for place, name in enumerate(names, 1)}


def name_numbers(places: Mapping[str, int], found: Iterable[str]) -> str:
    """The numbers of names in a ``numbered_filter``: names are long, and stand in many items."""
    return "|".join(str(places[name]) for name in dict.fromkeys(found))


def sort_choice(orders: Iterable[tuple[str, str]]) -> Row:
    """The orders that a list can be brought into, as code and words; without a choice it stands as it was printed."""
    return choice_filter("sort", "排序", ({"code": code, "zh": zh} for code, zh in orders), none="文件中的顺序")


def table_filter(name: str, zh: str, words: Mapping[str, Word], counted: Mapping[str, Counter[str]]) -> Row:
    """The codes of a table of words that rows have as ``name``, in the table's order, unknown ones last.

    ``counted``: attribute → code → how many rows of the whole list have it.
    """
    counts = counted.get(name, Counter())
    codes = [code for code in words if counts[code]] + sorted(set(counts) - set(words))
    return choice_filter(
        name, zh, ({"code": code, "zh": word_of(dict(words), code).zh, "count": counts[code]} for code in codes)
    )


def year_data(year: YearRef, programme: str = "") -> dict[str, str]:
    """Place, year and programme of an item, as its attributes."""
    return {"place": year.place.slug, "year": str(year.year), "programme": programme}


def place_filter(counted: Mapping[str, Counter[str]], years: Iterable[YearRef]) -> Row:
    """The places that rows are of, in the order of the cities."""
    places = {year.place.slug: Word(year.place.zh, year.place.en) for year in years}
    return table_filter("place", "城市", places, counted)


def year_filter(counted: Mapping[str, Counter[str]]) -> Row:
    """The years that rows are of, newest first."""
    found = sorted(counted.get("year", ()), reverse=True)
    return table_filter("year", "年份", {year: Word(f"{year} 年", year) for year in found}, counted)


def programme_filter(counted: Mapping[str, Counter[str]]) -> Row:
    """The programmes that rows are of."""
    return table_filter("programme", "项目", PROGRAMMES, counted)
