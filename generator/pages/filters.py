"""The controls that filter a list, and the attributes of its items that they look at."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from generator.pages.outline import CityYear
from generator.pages.words import PROGRAMMES, Word, word_of

Row = dict[str, Any]


def text_filter(example: str) -> Row:
    """A field for words; ``example`` is shown in it until something is typed."""
    return {"name": "text", "zh": "文字", "example": example}


def choice_filter(name: str, zh: str, choices: Iterable[Row]) -> Row:
    """A list to choose from. Choices have a code, their words, and perhaps how many items have it."""
    return {"name": name, "zh": zh, "choices": [{"count": 0, **choice} for choice in choices]}


def table_filter(name: str, zh: str, words: Mapping[str, Word], rows: Sequence[Row]) -> Row:
    """The codes of a table of words that rows have in ``data[name]``, in the table's order, unknown ones last."""
    counts = Counter(row["data"][name] for row in rows)
    codes = [code for code in words if counts[code]] + sorted(set(counts) - set(words))
    return choice_filter(
        name, zh, ({"code": code, "zh": word_of(dict(words), code).zh, "count": counts[code]} for code in codes)
    )


def year_data(year: CityYear, programme: str = "") -> dict[str, str]:
    """Place, year and programme of an item, as its attributes."""
    return {"place": year.place.slug, "year": str(year.year), "programme": programme}


def place_filter(rows: Sequence[Row], years: Iterable[CityYear]) -> Row:
    """The places that rows are of, in the order of the cities."""
    return table_filter("place", "城市", {year.place.slug: Word(year.place.zh, year.place.en) for year in years}, rows)


def year_filter(rows: Sequence[Row]) -> Row:
    """The years that rows are of, newest first."""
    found = sorted({row["data"]["year"] for row in rows}, reverse=True)
    return table_filter("year", "年份", {year: Word(f"{year} 年", year) for year in found}, rows)


def programme_filter(rows: Sequence[Row]) -> Row:
    """The programmes that rows are of."""
    return table_filter("programme", "项目", PROGRAMMES, rows)
