"""The page of openness: what the documents of each city and year publish, and how far commitments can be verified."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from decimal import Decimal
from pathlib import PurePosixPath
from typing import Any

import msgspec
from markupsafe import Markup

from generator import charts
from generator.model import AssessedCommitment
from generator.pages.environment import render
from generator.pages.figure import Draw, Figure, Table, cell, column, number_cell, number_column
from generator.pages.publication import (
    DOCUMENTED,
    MACHINE_READABLE,
    PROMISED,
    REPORTED,
    RESPONSIBLE,
    Aspect,
    Share,
    add_shares,
    has_date,
    has_number,
    has_owner,
)
from generator.pages.published import PublishedYear
from generator.pages.summaries import Summaries, Summary, YearRef
from generator.pages.texts import render_share
from generator.pages.words import KINDS, PROGRAMMES, Word, word_of

Row = dict[str, Any]

_EXTENTS = {"all": Word("全部", "all", "●"), "some": Word("部分", "some", "◐"), "none": Word("未见", "none", "○")}
_GROUPS = (
    ("promised", Word("承诺什么", "What is promised"), PROMISED),
    ("responsible", Word("何时、谁负责", "When and who"), RESPONSIBLE),
    ("reported", Word("后来怎样", "What became of it"), REPORTED),
    ("documented", Word("文件本身", "The documents"), DOCUMENTED),
)
_VERIFIABLE: tuple[tuple[str, Word, Callable[[AssessedCommitment], bool]], ...] = (
    ("number", Word("有数量", "number"), has_number),
    ("date", Word("有日期", "date"), has_date),
    ("owner", Word("有责任单位", "owner"), has_owner),
    (
        "all",
        Word("三者都有", "all three"),
        lambda item: has_number(item) and has_date(item) and has_owner(item),
    ),
)


class YearOpenness(msgspec.Struct, frozen=True):
    """What the documents of a year publish. ``kinds``: kind of document → how many; ``formats`` are suffixes.

    ``groups``: group of aspects → a share for each of them, in their order; ``verifiable`` as ``verifiability`` says.
    """

    programmes: tuple[str, ...]
    kinds: dict[str, int]
    formats: tuple[str, ...]
    commitments: int
    documents: int
    groups: dict[str, tuple[Share, ...]]
    verifiable: dict[str, Share]


def year_to_openness(published: PublishedYear) -> YearOpenness:
    """What the page of openness needs of a year."""
    year = published.year
    formats = dict.fromkeys(PurePosixPath(source.document).suffix.removeprefix(".").lower() for source in year.sources)
    return YearOpenness(
        programmes=tuple(register.register.programme for register in year.registers),
        kinds=dict(Counter(source.kind for source in year.sources)),
        formats=tuple(formats),
        commitments=len(year.commitments),
        documents=len(year.sources),
        groups={code: tuple(aspect.share(year) for aspect in aspects) for code, _, aspects in _GROUPS},
        verifiable=verifiability(year.commitments),
    )


OPENNESS = Summary("openness", YearOpenness, year_to_openness)
Year = tuple[YearRef, YearOpenness]


def render_openness(summaries: Summaries, draw: Draw) -> str:
    """The Markdown of ``/openness/``."""
    years = list(summaries.of(OPENNESS))
    return render(
        "openness.md",
        years=[_year_row(*year) for year in years],
        groups=[_group(code, word, aspects, years) for code, word, aspects in _GROUPS],
        extents=list(_EXTENTS.values()),
        figures=[verifiability_figure(years, draw)] if years else [],
        total=_total_row(years),
        suffixes="、".join(suffix.removeprefix(".") for suffix in sorted(MACHINE_READABLE)),
    )


def _year_row(year: YearRef, found: YearOpenness) -> Row:
    """A city's year, with which documents of it are here."""
    return {
        "name": _name(year),
        "href": f"../{year.path}/",
        "programmes": "、".join(word_of(PROGRAMMES, programme).zh for programme in found.programmes),
        "kinds": "、".join(f"{word_of(KINDS, kind).zh} {count} 份" for kind, count in found.kinds.items()),
        "formats": "、".join(format_ or "无后缀" for format_ in found.formats),
        "commitments": found.commitments,
        "documents": found.documents,
    }


def _group(code: str, word: Word, aspects: Sequence[Aspect], years: Sequence[Year]) -> Row:
    return {
        "id": code,
        "word": word,
        "aspects": aspects,
        "rows": [
            {
                "name": _name(year),
                "href": f"../{year.path}/",
                "cells": [_share_cell(share) for share in found.groups[code]],
            }
            for year, found in years
        ],
    }


def _share_cell(share: Share) -> Row:
    return {"word": _EXTENTS[share.extent], "counts": f"{share.count} / {share.total}"}


def verifiability(items: Sequence[AssessedCommitment]) -> dict[str, Share]:
    """How many commitments have a number, a date, an owner, and all three, of all of them."""
    return {code: Share(sum(map(test, items)), len(items)) for code, _, test in _VERIFIABLE}


def verifiability_figure(years: Sequence[Year], draw: Draw) -> Figure:
    """The shares of every city and year as bars, with their table."""
    rows = [row for year in years for row in _bars(*year)]
    words = "；".join(f"{row['place']}{row['label']}" for row in rows)
    title = "可以核对的承诺占多少"
    return Figure(
        id="chart-verifiability",
        title=title,
        caption="分母是该年全部承诺，一项也不略去。日期指完成期限或带日期的节点；责任单位指列名的单个牵头单位，"
        "文件不分牵头、配合的，所列单位都算；各区县等合称和未列名的单位不算。",
        drawings=tuple(
            Markup(draw(charts.share_chart(f"verifiability-{place}", part, title, f"{words}。")))
            for place, part in enumerate(_in_columns(years), 1)
        ),
        table=_verifiability_table(title, years),
    )


def _in_columns(years: Sequence[Year]) -> list[list[Row]]:
    """The bars of all years, in two halves where there are several."""
    half = (len(years) + 1) // 2
    return [[row for year in part for row in _bars(*year)] for part in (years[:half], years[half:]) if part]


def _bars(year: YearRef, openness: YearOpenness) -> list[Row]:
    found = openness.verifiable
    return [
        {
            "place": _name(year),
            "kind": code,
            "share": found[code].count / (found[code].total or 1),
            "label": f"{word.zh} {_in_words(found[code])}",
        }
        for code, word, _ in _VERIFIABLE
    ]


def _verifiability_table(title: str, years: Sequence[Year]) -> Table:
    heads = [number_column(word.zh, word.en) for _, word, _ in _VERIFIABLE]
    return Table(
        title=title,
        columns=(column("城市与年份", "City and year"), number_column("承诺", "Commitments"), *heads),
        rows=tuple(
            (
                cell(_name(year), f"../{year.path}/"),
                number_cell(found.commitments),
                *(number_cell(_in_words(share)) for share in found.verifiable.values()),
            )
            for year, found in years
        ),
    )


def _total_row(years: Sequence[Year]) -> list[Row]:
    """The shares of everything together, as the figures that open the page."""
    found = {code: add_shares(year.verifiable[code] for _, year in years) for code, _, _ in _VERIFIABLE}
    return [
        {
            "zh": word.zh,
            "en": word.en,
            "count": found[code].count,
            "total": found[code].total,
            "share": _share(found[code]),
        }
        for code, word, _ in _VERIFIABLE
    ]


def _in_words(share: Share) -> str:
    return f"{_share(share)}（{share.count} / {share.total}）"


def _share(share: Share) -> str:
    return render_share(Decimal(share.count) / share.total if share.total else None)


def _name(year: YearRef) -> str:
    return f"{year.place.zh} {year.year}"
