"""The site as a whole, and a place: where everything is."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date

from generator.api.shapes import COUNT, DAY_OR_NONE, HREF, TEXT, YEAR, Shape, links, many, ref, said
from generator.api.summary import counts_to_summary
from generator.model import Split
from generator.pages.addresses import DESCRIPTION, TWIN
from generator.pages.counts import add_counts
from generator.pages.parts import sums_to_counts
from generator.pages.summaries import CityRef, Summaries, YearRef, years_to_cities
from generator.pages.sums import SUMS, YearSums, count_units
from generator.parts import PartRecord, PartYear
from generator.tables import Row

YEAR_LINE = Shape(
    "YearLine",
    "一个地区的一年 A year of a place, in short.",
    own={
        "year": YEAR,
        "programmes": said(many(TEXT), "项目代码 Programmes, as in the tables."),
        "as_of": said(DAY_OR_NONE, "文件自称的最新日期 Newest day that its documents state of themselves."),
        "summary": ref("Summary"),
        "href": said(HREF, "这一年的 JSON The year, relative to this file."),
    },
)

PLACE_LINE = Shape(
    "PlaceLine",
    "一个地区 A place, with its years in short.",
    own={
        "place": ref("Place"),
        "years": many(ref("YearLine")),
        "href": said(HREF, "这个地区的 JSON The place, relative to this file."),
    },
)

SITE = Shape(
    "Site",
    "所有地区和年份 Every place and year, and where everything is.",
    own={
        "title": said(TEXT, "网站名称 Name of the site."),
        "as_of": said(DAY_OR_NONE, "文件自称的最新日期 Newest day that any document states of itself."),
        "summary": ref("Summary"),
        "places": many(ref("PlaceLine")),
        "links": links(
            page="网页 The page.",
            description="本接口的说明 The description of these addresses.",
            package="全部数据包 The data package of everything.",
            measures="指标 Measures.",
            themes="主题 Themes.",
            changes="数据变动 Changes in the data.",
        ),
    },
)

PLACE = Shape(
    "PlaceRecord",
    "一个地区 A place, with its years.",
    own={
        "place": ref("Place"),
        "summary": ref("Summary"),
        "years": many(ref("YearLine")),
        "departments": said(COUNT, "文件列出的责任单位数 Departments that its documents name."),
        "links": links(
            page="网页 The page.",
            site="所有地区 All places.",
            departments="责任单位 Its departments.",
            changes="数据变动 Changes in its data.",
        ),
    },
)


_LINKS = {
    "page": "./",
    "description": DESCRIPTION,
    "package": "data/all/datapackage.json",
    "measures": f"measures/{TWIN}",
    "themes": f"themes/{TWIN}",
    "changes": "changes/feed.json",
}


def site_record(summaries: Summaries, title: str) -> Row:
    """The record at the root."""
    of_year = {year.path: sums for year, sums in summaries.of(SUMS)}
    return {
        "title": title,
        "as_of": _newest(of_year.values()),
        "summary": _summary(of_year.values()),
        "places": [
            {
                "place": city.place,
                "years": [_year_line(year, of_year[year.path], f"{year.path}/") for year in city.years],
                "href": f"{city.place.slug}/{TWIN}",
            }
            for city in years_to_cities(summaries.years)
        ],
        "links": _LINKS,
    }


def home_record(split: Split, records: Mapping[str, PartRecord], title: str) -> Row:
    """The record at the root of the home of a site in parts: all of them together, with addresses that lead there."""
    known = [(part.address, records[part.place]) for part in split.parts if part.place in records]
    places = [(one, address) for address, record in known for one in record.places]
    days = [record.as_of for _, record in known if record.as_of]
    return {
        "title": title,
        "as_of": max(days, default=None),
        "summary": counts_to_summary(add_counts(sums_to_counts(record.summary) for record in records.values())),
        "places": [
            {
                "place": one.place,
                "years": [_part_year_line(year, address) for year in one.years],
                "href": address + one.href,
            }
            for one, address in sorted(places, key=lambda pair: (pair[0].place.code or "999999", pair[0].place.slug))
        ],
        "links": _LINKS,
    }


def _part_year_line(year: PartYear, address: str) -> Row:
    return {
        "year": year.year,
        "programmes": list(year.programmes),
        "as_of": year.as_of,
        "summary": counts_to_summary(sums_to_counts(year.summary)),
        "href": address + year.href,
    }


def place_record(summaries: Summaries, city: CityRef) -> Row:
    """The record of a place."""
    years = list(summaries.of(SUMS, city.years))
    departments = count_units(sums for _, sums in years)
    return {
        "place": city.place,
        "summary": _summary(sums for _, sums in years),
        "years": [_year_line(year, sums, f"{year.year}/") for year, sums in years],
        "departments": departments,
        "links": {
            "page": "./",
            "site": f"../{TWIN}",
            "departments": f"departments/{TWIN}" if departments else None,
            "changes": "changes.json",
        },
    }


def _year_line(year: YearRef, sums: YearSums, folder: str) -> Row:
    return {
        "year": year.year,
        "programmes": [one.programme for one in sums.programmes],
        "as_of": sums.newest,
        "summary": counts_to_summary(sums.counts),
        "href": folder + TWIN,
    }


def _summary(years: Iterable[YearSums]) -> Row:
    return counts_to_summary(add_counts(sums.counts for sums in years))


def _newest(years: Iterable[YearSums]) -> date | None:
    return max((sums.newest for sums in years if sums.newest), default=None)
