"""Due dates and milestones as calendars (iCalendar, RFC 5545): one file for each city and year.

Days are those that documents print; the stamp of an event is the newest day of its documents, never the clock.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date, timedelta

from generator.pages.commitment_page import commitment_file
from generator.pages.outline import CityYear, newest_date
from generator.pages.texts import commitment_to_title, render_target

_OCTETS = 75
_CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f]")
_EPOCH = date(2000, 1, 1)


def render_calendar(year: CityYear, site_url: str) -> str:
    """The calendar of a city and year; without events where its documents print no date."""
    lines = [
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        "PRODID:-//Duixian//Due dates//ZH",
        f"NAME:{_text(f'{year.place.zh} {year.year} 年承诺的期限与节点')}",
        f"X-WR-CALNAME:{_text(f'{year.place.zh} {year.year} 年承诺的期限与节点')}",
        *_events(year, site_url),
        "END:VCALENDAR",
    ]
    return "".join(f"{_folded(line)}\r\n" for line in lines)


def _days(year: CityYear) -> Iterator[tuple[str, date, str, str, str]]:
    """Identifier, day, summary, description and page of every due date and milestone, in the order of the documents."""
    for item in year.commitments:
        commitment = item.commitment
        title, file = commitment_to_title(commitment), commitment_file(year, commitment)
        if commitment.due:
            yield commitment.id, commitment.due, f"期限：{title}", commitment.text, f"{file}.html"
        for step in commitment.milestones:
            if step.due:
                asked = "" if step.value is None else render_target(step.comparator or "eq", step.value, step.unit)
                summary = f"节点：{title}{f'（{asked}）' if asked else ''}"
                yield f"{commitment.id}.{step.id}", step.due, summary, step.text, f"{file}.html#milestones"


def _events(year: CityYear, site_url: str) -> Iterator[str]:
    stamp = newest_date(year.sources) or _EPOCH
    for identifier, day, summary, description, page in _days(year):
        yield "BEGIN:VEVENT"
        yield f"UID:{identifier}@{site_url.partition('://')[2].rstrip('/')}"
        yield f"DTSTAMP:{stamp:%Y%m%d}T000000Z"
        yield f"DTSTART;VALUE=DATE:{day:%Y%m%d}"
        yield f"DTEND;VALUE=DATE:{day + timedelta(days=1):%Y%m%d}"
        yield f"SUMMARY:{_text(summary)}"
        yield f"DESCRIPTION:{_text(description)}"
        yield f"URL:{site_url}{year.path}/{page}"
        yield "TRANSP:TRANSPARENT"
        yield "END:VEVENT"


def _text(text: str) -> str:
    """Text as a value: what would end it is escaped, and no control character is left in it."""
    escaped = text.replace("\\", "\\\\").replace(";", "\\;").replace(",", "\\,").replace("\n", "\\n")
    return _CONTROL.sub("", escaped)


def _folded(line: str) -> str:
    """A line of at most 75 octets, continued on lines that begin with a space; no character is cut."""
    rest = line.encode()
    pieces, most = [], _OCTETS
    while len(rest) > most:
        end = most
        while rest[end] & 0xC0 == 0x80:  # inside of a character
            end -= 1
        pieces.append(rest[:end].decode())
        rest, most = rest[end:], _OCTETS - 1
    return "\r\n ".join([*pieces, rest.decode()])
