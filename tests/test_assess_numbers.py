"""Exact arithmetic on printed numbers: digits, precision, rounding, and how numbers are printed."""

from __future__ import annotations

from decimal import Decimal

import pytest

from generator.assess.numbers import amount, half_step, plain, printed_digits, rounded, share, significant, truncated


@pytest.mark.parametrize(
    ("value", "shown"),
    [
        ("858000.0", "858000"),
        ("0.50", "0.5"),
        ("100", "100"),
        ("1E+3", "1000"),
        ("-0", "0"),
        ("-0.0", "0"),
        ("0", "0"),
        ("-2.50", "-2.5"),
        ("10.10", "10.1"),
    ],
)
def test_a_number_as_people_write_it(value: str, shown: str) -> None:
    assert plain(Decimal(value)) == shown


@pytest.mark.parametrize(
    ("value", "unit", "shown"),
    [
        ("1000000", "平方米", "1,000,000 平方米"),
        ("83", "%", "83%"),
        ("-83.50", "%", "-83.5%"),
        ("-1234.5", "元", "-1,234.5 元"),
        ("999", "个", "999 个"),
        ("5", "", "5"),
        ("0", "个", "0 个"),
        ("0.25", "亩", "0.25 亩"),
    ],
)
def test_an_amount_has_its_unit_and_sets_off_thousands(value: str, unit: str, shown: str) -> None:
    assert amount(Decimal(value), unit) == shown


@pytest.mark.parametrize(
    ("part", "whole", "found"),
    [
        ("2", "3", "0.6666"),
        ("99999", "100000", "0.9999"),
        ("1", "2", "0.5"),
        ("-2", "3", "-0.6667"),
        ("12", "10", "1.2"),
    ],
)
def test_a_share_is_never_rounded_up(part: str, whole: str, found: str) -> None:
    assert share(Decimal(part), Decimal(whole)) == Decimal(found)


@pytest.mark.parametrize(
    ("printed", "value", "digits"),
    [
        ("85.8万", "858000", 1),
        ("85.80%", "85.8", 2),
        ("1,234个", "1234", 0),
        ("1，234．5亩", "1234.5", 1),
        ("85个", "85.5", 0),
        # without figures the value says it
        ("八成", "80", 0),
        ("三分之二", "0.6667", 4),
        ("", "1.50", 1),
        ("", "100", 0),
        ("", "1E+3", 0),
    ],
)
def test_digits_behind_the_point_are_those_that_are_printed(printed: str, value: str, digits: int) -> None:
    assert printed_digits(printed, Decimal(value)) == digits


@pytest.mark.parametrize(
    ("value", "digits", "up", "cut"),
    [
        ("66.665", 2, "66.67", "66.66"),
        ("66.664", 2, "66.66", "66.66"),
        ("66.5", 0, "67", "66"),
        ("-66.5", 0, "-67", "-66"),
        ("66", 1, "66.0", "66.0"),
    ],
)
def test_half_is_rounded_up_and_the_rest_may_be_cut_off(value: str, digits: int, up: str, cut: str) -> None:
    assert (str(rounded(Decimal(value), digits)), str(truncated(Decimal(value), digits))) == (up, cut)


@pytest.mark.parametrize(
    ("value", "digits", "found"),
    [
        ("16920115495.67", 4, "16920000000"),
        ("0.0123456", 3, "0.0123"),
        ("99.96", 3, "100.0"),
        ("7.6925", 4, "7.693"),
        ("0", 4, "0"),
        ("5", 1, "5"),
    ],
)
def test_so_many_digits_count(value: str, digits: int, found: str) -> None:
    assert str(significant(Decimal(value), digits)) == found


@pytest.mark.parametrize(
    ("value", "printed", "half"),
    [
        ("858000", "85.8万", "500"),
        ("850000", "85万", "5000"),
        ("227", "227个", "0"),
        ("85.8", "85.8亩", "0.05"),
        ("-858000", "-85.8万", "500"),
        ("1234.5", "1,234．5", "0.05"),
        ("1234", "1，234", "0"),
        ("0", "0个", "0"),
        ("0", "5个", "0"),
        ("80", "八成", "0"),
        ("5", "0个", "0"),
    ],
)
def test_half_of_the_last_printed_digit(value: str, printed: str, half: str) -> None:
    assert half_step(Decimal(value), printed) == Decimal(half)


def test_digits_of_any_number_are_kept() -> None:
    long = Decimal("9" * 60)
    assert rounded(long, 2) == truncated(long, 2) == long
    assert share(long, Decimal(1)) == long
    assert significant(long, 3) == Decimal("1" + "0" * 60)
