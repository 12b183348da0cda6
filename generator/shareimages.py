"""Pictures that other sites show beside a link (Open Graph): drawn without words, so that no font is needed.

One for the site, one for each status, which all commitments of that status share, and one for each city and year
with its statuses as a bar. Colours are those of the light palette, read from the stylesheet. Same data, same bytes.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from pathlib import Path

from generator.charts import svg_to_png
from generator.pages.outline import CityYear, count_statuses
from generator.pages.words import STATUSES

FOLDER = "assets/duixian/share"
"""Where the pictures lie that do not belong to one city and year."""

_ASSETS = Path(__file__).parent / "assets" / "theme" / "assets" / "duixian"
_TONE = re.compile(r"--dx-([a-z-]+):\s*(#[0-9a-f]{6})")
_WIDTH, _HEIGHT = 1200, 630
_LEFT, _RIGHT = 80, _WIDTH - 80
#: The shapes of the statuses in a box of 32, as the badges of the pages have them.
_SHAPES = {
    "met": '<path d="M7 17l6 6 12-14" class="line"/>',
    "on_schedule": '<path d="M10 6l16 10-16 10z" class="full"/>',
    "behind": '<path d="M6 9h20l-10 16z" class="full"/>',
    "missed": '<path d="M8 8l16 16M24 8l-16 16" class="line"/>',
    "claimed": '<path d="M16 4l11 12-11 12-11-12z" class="full"/>',
    "under_way": '<circle cx="16" cy="16" r="10" class="thin"/><path d="M16 6a10 10 0 0 0 0 20z" class="full"/>',
    "no_report": '<circle cx="16" cy="16" r="10" class="thin"/>',
}


def site_images() -> Iterator[tuple[str, bytes]]:
    """The picture of the site and those of the statuses, each with its path from the root of the site."""
    tones = _read_tones()
    yield f"{FOLDER}/site.png", svg_to_png(_sheet(_mark(400, 115, 400), tones))
    for status in STATUSES:
        yield f"{FOLDER}/{status}.png", svg_to_png(_sheet(_mark(_LEFT, 70, 110) + _seal(status, tones), tones))


def year_image(year: CityYear) -> tuple[str, bytes]:
    """The picture of a city and year: how many commitments have each status, as one bar."""
    tones = _read_tones()
    return f"{year.path}/share.png", svg_to_png(_sheet(_mark(_LEFT, 70, 110) + _bar(year, tones), tones))


def _read_tones() -> dict[str, str]:
    """Name → colour, of the light palette: the first that the stylesheet gives each name."""
    found = _TONE.findall((_ASSETS / "duixian.css").read_text(encoding="utf-8"))
    return dict(reversed(found))


def _sheet(inside: str, tones: Mapping[str, str]) -> str:
    rule = "".join(
        f'<rect x="0" y="{y}" width="{_WIDTH}" height="{height}" fill="{tones["accent"]}"/>'
        for y, height in ((590, 10), (606, 4))
    )
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{_WIDTH}" height="{_HEIGHT}">'
        f'<rect width="{_WIDTH}" height="{_HEIGHT}" fill="{tones["paper"]}"/>{inside}{rule}</svg>'
    )


def _mark(x: int, y: int, size: int) -> str:
    svg = (_ASSETS / "mark.svg").read_text(encoding="utf-8")
    inside = svg[svg.index(">") + 1 : svg.rindex("</svg>")]
    return f'<g transform="translate({x} {y}) scale({size / 32:g})">{inside}</g>'


def _shape(status: str, x: float, y: float, size: float, colour: str) -> str:
    drawn = _SHAPES[status]
    for name, style in (
        ("line", f'fill="none" stroke="{colour}" stroke-width="4"'),
        ("thin", f'fill="none" stroke="{colour}" stroke-width="3"'),
        ("full", f'fill="{colour}"'),
    ):
        drawn = drawn.replace(f'class="{name}"', style)
    return f'<g transform="translate({x:g} {y:g}) scale({size / 32:g})">{drawn}</g>'


def _seal(status: str, tones: Mapping[str, str]) -> str:
    tone = tones[status.replace("_", "-")]
    square = f'<rect x="430" y="130" width="340" height="340" rx="12" fill="{tone}"/>'
    return square + _shape(status, 470, 170, 260, tones["on-tone"])


def _bar(year: CityYear, tones: Mapping[str, str]) -> str:
    counts = count_statuses(year.commitments)
    total = sum(counts.values()) or 1
    drawn, x = "", float(_LEFT)
    for status in STATUSES:
        width = (_RIGHT - _LEFT) * counts[status] / total
        if width:
            tone = tones[status.replace("_", "-")]
            drawn += f'<rect x="{x:.2f}" y="300" width="{max(width - 6, 3):.2f}" height="190" fill="{tone}"/>'
            if width >= 120:
                drawn += _shape(status, round(x + width / 2 - 43, 2), 352, 80, tones["on-tone"])
        x += width
    return drawn
