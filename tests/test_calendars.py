"""Due dates as calendars: lines, escapes, stability, and events for everything that has a day."""

from __future__ import annotations

from pathlib import Path

import msgspec
from hypothesis import given
from hypothesis import strategies as st

from generator.assess import load_reported_words
from generator.calendars import _folded, render_calendar
from generator.pages.due import has_dates
from generator.pages.outline import CityYear, registers_to_cities
from tests.page_examples import HOSTILE, Words, assess, make_register

SITE = "https://example.org/duixian/"


def _year(words: Words | None = None) -> CityYear:
    register = make_register(words or Words())
    return registers_to_cities([assess(register, load_reported_words(Path("content")))])[0].years[0]


def _unfold(text: str) -> list[str]:
    return text.replace("\r\n ", "").split("\r\n")


def test_every_due_date_and_milestone_with_a_day_is_an_event() -> None:
    year = _year()
    lines = _unfold(render_calendar(year, SITE))
    commitments = [item.commitment for item in year.commitments]
    days = [one.due for one in commitments if one.due]
    days += [step.due for one in commitments for step in one.milestones if step.due]
    assert days
    starts = [line.partition(":")[2] for line in lines if line.startswith("DTSTART")]
    assert sorted(starts) == sorted(f"{day:%Y%m%d}" for day in days)
    uids = [line for line in lines if line.startswith("UID:")]
    assert len(set(uids)) == len(uids) == len(days)
    assert all(uid.endswith("@example.org/duixian") for uid in uids)
    assert lines.count("BEGIN:VEVENT") == lines.count("END:VEVENT") == len(days)


def test_the_stamp_is_of_the_documents_and_not_of_the_clock() -> None:
    stamps = {line for line in _unfold(render_calendar(_year(), SITE)) if line.startswith("DTSTAMP")}
    assert stamps == {"DTSTAMP:20241231T000000Z"}


def test_text_cannot_end_its_line_or_begin_an_event() -> None:
    year = _year(Words(text=f"甲;乙,丙\\丁\r\nBEGIN:VEVENT{HOSTILE}"))
    lines = _unfold(render_calendar(year, SITE))
    described = next(line for line in lines if line.startswith("DESCRIPTION:甲"))
    assert described.startswith("DESCRIPTION:甲\\;乙\\,丙\\\\丁\\nBEGIN:VEVENT")
    assert lines.count("BEGIN:VEVENT") == lines.count("END:VEVENT")


def test_every_line_ends_with_cr_lf_and_is_of_a_known_kind() -> None:
    text = render_calendar(_year(Words(text=HOSTILE, other=HOSTILE)), SITE)
    assert text.endswith("END:VCALENDAR\r\n")
    assert "\n" not in text.replace("\r\n", "") and "\r" not in text.replace("\r\n", "")
    assert all(len(line.encode()) <= 75 for line in text.split("\r\n"))
    known = {"BEGIN", "END", "VERSION", "PRODID", "NAME", "X-WR-CALNAME", "UID", "DTSTAMP", "DTSTART", "DTEND"}
    known |= {"SUMMARY", "DESCRIPTION", "URL", "TRANSP"}
    lines = [line for line in _unfold(text) if line]
    assert {line.partition(":")[0].partition(";")[0] for line in lines} <= known


def test_wide_spaces_stay_and_control_characters_go() -> None:
    lines = _unfold(render_calendar(_year(Words(text="甲\u3000乙\x07\x1b丙")), SITE))
    assert "DESCRIPTION:甲\u3000乙丙" in lines


def test_an_event_keeps_its_uid_whatever_is_corrected_in_it() -> None:
    def uids(words: Words) -> list[str]:
        return [line for line in _unfold(render_calendar(_year(words), SITE)) if line.startswith("UID:")]

    assert uids(Words()) == uids(Words(text="新增老年助餐服务点30个", other="别的局"))


def test_a_year_without_days_has_none() -> None:
    year = _year()
    (register,) = year.registers
    bare = tuple(
        msgspec.structs.replace(item, commitment=msgspec.structs.replace(item.commitment, due=None, milestones=()))
        for item in register.commitments
    )
    empty = CityYear(year.place, year.year, (msgspec.structs.replace(register, commitments=bare),))
    assert has_dates(year)
    assert not has_dates(empty)
    assert "VEVENT" not in render_calendar(empty, SITE)


@given(st.text(st.characters(blacklist_categories=["Cc", "Cs"]), max_size=300))
def test_no_line_is_longer_than_75_octets_and_nothing_is_lost(text: str) -> None:
    folded = _folded(text)
    assert all(len(line.encode()) <= 75 for line in folded.split("\r\n"))
    assert folded.replace("\r\n ", "") == text
