"""The first page: what this is, how much is covered, what is new, what was found; then themes, measures, checks."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any

from generator.pages.counts import Counts, add_counts
from generator.pages.environment import render
from generator.pages.summaries import CityRef, Summaries, YearRef, years_to_cities
from generator.pages.sums import SUMS, YearSums, count_units
from generator.pages.tallies import add_tallies, targets_in_words, total_of_tallies
from generator.pages.texts import render_date
from generator.pages.words import KINDS, PROGRAMMES, SHORT_STATUSES, STATUSES, word_of

Row = dict[str, Any]
Years = Sequence[tuple[YearRef, YearSums]]

#: How many documents, and how many kinds of findings, the first page names.
_NEWEST, _FOUND = 5, 3

#: A smaller share of a bar has no words where the bar is short: with words it would look larger than it is.
_FEW = 0.09


def render_home(
    summaries: Summaries, themes: Sequence[Row] = (), measures: Sequence[Row] = (), part: Row | None = None
) -> str:
    """The Markdown of ``/``. ``themes`` are cards of ``themes.py``, ``measures`` those that several places share.

    ``part`` is the note of ``parts.py`` where the site is one part of several.
    """
    years = list(summaries.of(SUMS))
    counts = add_counts(sums.counts for _, sums in years)
    return render(
        "home.md",
        coverage=coverage(years),
        mix=status_mix(counts),
        legend=status_legend(counts),
        years=_year_rows(years),
        tallies=_tally_rows(years),
        found=found_rows(years),
        newest=newest_documents(years),
        themes=[theme for theme in themes if theme["count"]],
        measures=measures,
        part=part,
    )


def coverage(years: Years) -> Row:
    """How much the site covers, with denominators."""
    counts = add_counts(sums.counts for _, sums in years)
    return {
        "cities": len({year.place.slug for year, _ in years}),
        "documents": len({document.sha256 for _, sums in years for document in sums.documents}),
        "commitments": counts.commitments,
        "reported": counts.reported,
        "computable": counts.computable,
        "targets": counts.targets,
        "computed": counts.computed,
        **targets_in_words(counts.tally),
        "findings": sum(sums.findings for _, sums in years),
        "looked_at": total_of_tallies(_tally_rows(years))["looked_at"],
    }


def _tally_rows(years: Years) -> list[Row]:
    return add_tallies(tally for _, sums in years for tally in sums.tallies)


def _year_rows(years: Years) -> list[Row]:
    """All years as cards, each with what is said of its city."""
    of_year = {year.path: sums for year, sums in years}
    return [
        {**year_card(year, of_year[year.path], f"{city.place.slug}/"), **said}
        for city, said in ((city, _of_city(city, of_year)) for city in years_to_cities(year for year, _ in years))
        for year in city.years
    ]


def _of_city(city: CityRef, of_year: dict[str, YearSums]) -> Row:
    units = count_units(of_year[year.path] for year in city.years)
    return {"zh": city.place.zh, "city": f"{city.place.slug}/", "units": units}


def year_card(year: YearRef, sums: YearSums, base: str = "") -> Row:
    """A year of a city as a card: its programmes, how many commitments, and their statuses."""
    return {
        "year": year.year,
        "href": f"{base}{year.year}/",
        "programmes": [
            {"zh": word_of(PROGRAMMES, one.programme).zh, "count": one.counts.commitments} for one in sums.programmes
        ],
        "count": sums.counts.commitments,
        "findings": sums.findings,
        "mix": status_mix(sums.counts),
        "as_of": sums.material,
    }


def status_mix(counts: Counts) -> Row:
    """Statuses as parts of one bar, in words for those who do not see it."""
    present = [(code, counts.statuses[code]) for code in STATUSES if counts.statuses.get(code)]
    return {
        "parts": [
            {
                "tone": code,
                "count": count,
                "text": f"{STATUSES[code].shape} {count}",
                "few": count < _FEW * counts.commitments,
            }
            for code, count in present
        ],
        "label": f"共 {counts.commitments} 项："
        + "，".join(f"{SHORT_STATUSES[code]} {count} 项" for code, count in present),
    }


def status_legend(counts: Counts) -> list[Row]:
    """The statuses that occur, in words, each with how many commitments have it."""
    return [
        {"tone": code, "text": word.zh, "count": counts.statuses[code]}
        for code, word in STATUSES.items()
        if counts.statuses.get(code)
    ]


def newest_documents(years: Iterable[tuple[YearRef, YearSums]], base: str = "") -> list[Row]:
    """The documents of most recent date, by what they say of themselves and never by the clock, newest first.

    ``base`` leads from the page to the root of the site. Documents without any date come last.
    """
    dated = [(one.day or date.min, year, one) for year, sums in years for one in sums.documents]
    dated.sort(key=lambda one: (one[0], one[1].path, one[2].title), reverse=True)
    return [
        {
            "date": render_date(day) if day > date.min else "—",
            "kind": word_of(KINDS, document.kind).zh,
            "title": document.title,
            "place": f"{year.place.zh} {year.year}",
            "href": f"{base}{year.path}/",
        }
        for day, year, document in dated[:_NEWEST]
    ]


def found_rows(years: Years) -> list[Row]:
    """What was found, check by check, the most first; each with how much was looked at."""
    found = sorted((row for row in _tally_rows(years) if row["found"]), key=lambda row: -row["found"])
    return [
        {**row, "href": "silence/" if row["code"] == "silence" else f"findings/?check={row['code']}#list"}
        for row in found[:_FOUND]
    ]
