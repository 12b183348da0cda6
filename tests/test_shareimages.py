"""Pictures to share: one for the site, one for each status, one for each city and year; of one size, without words."""

from __future__ import annotations

import struct
from pathlib import Path

import msgspec
import pytest

from generator.assess import load_reported_words
from generator.pages.outline import CityYear, registers_to_cities
from generator.pages.words import STATUSES
from generator.shareimages import FOLDER, _bar, _read_tones, _seal, site_images, year_image
from tests.page_examples import Words, assess, make_register


def _year() -> CityYear:
    register = make_register(Words())
    return registers_to_cities([assess(register, load_reported_words(Path("content")))])[0].years[0]


def _size(png: bytes) -> tuple[int, int]:
    assert png.startswith(b"\x89PNG\r\n\x1a\n")
    width, height = struct.unpack(">II", png[16:24])
    return width, height


def test_every_status_has_a_picture_of_its_own() -> None:
    images = dict(site_images())
    assert set(images) == {f"{FOLDER}/{name}.png" for name in ("site", *STATUSES)}
    assert {_size(png) for png in images.values()} == {(1200, 630)}
    assert len(set(images.values())) == len(images)


def test_a_year_has_one_and_the_same_data_give_the_same_bytes() -> None:
    year = _year()
    path, png = year_image(year)
    assert path == f"{year.path}/share.png"
    assert _size(png) == (1200, 630)
    assert year_image(year) == (path, png)


def test_the_bar_has_a_part_for_each_status_as_wide_as_its_share() -> None:
    year = _year()
    (register,) = year.registers
    items = [msgspec.structs.replace(register.commitments[0], status=status) for status in ("met", "met", "missed")]
    bar = _bar(
        CityYear(year.place, year.year, (msgspec.structs.replace(register, commitments=tuple(items)),)), _read_tones()
    )
    assert bar.count("<rect") == 2
    assert 'width="687.33"' in bar and 'width="340.67"' in bar


@pytest.mark.parametrize("status", STATUSES)
def test_a_picture_holds_no_text_which_would_need_a_font(status: str) -> None:
    drawn = _seal(status, _read_tones())
    assert "<text" not in drawn
    assert "class=" not in drawn


def test_the_colours_are_those_of_the_light_palette() -> None:
    tones = _read_tones()
    assert tones["paper"] == "#fbf9f4"
    assert {status.replace("_", "-") for status in STATUSES} <= set(tones)
