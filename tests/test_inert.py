"""Text that a spreadsheet would run as a formula: inert in CSV, and given back to the character."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.inert import guard_text, starts_formula, unguard_text


@pytest.mark.parametrize(
    ("text", "cell"),
    [
        ("=1+1", "'=1+1"),
        ("+甲局", "'+甲局"),
        ("-10.5个百分点", "'-10.5个百分点"),
        ("@SUM(A1)", "'@SUM(A1)"),
        ("\t=1", "'\t=1"),
        ("\r=1", "'\r=1"),
        ("\n=1", "'\n=1"),
        ("＝1+1", "'＝1+1"),
        ("-1-1", "'-1-1"),
        ("-3.2%\n=1", "'-3.2%\n=1"),
        ("'=1", "''=1"),
        ("''=1", "'''=1"),
        ("'-3.2%", "''-3.2%"),
        ("=", "'="),
    ],
)
def test_what_would_run_gets_an_apostrophe(text: str, cell: str) -> None:
    assert guard_text(text) == cell
    assert unguard_text(cell) == text


@pytest.mark.parametrize("text", ["", "-3.2%", "+5", "-1.17%", "1-1", "a=b", "'", "'引用'", "（=1）", "−3", " =1"])
def test_what_would_not_run_stays(text: str) -> None:
    assert guard_text(text) == text == unguard_text(text)


@given(st.text(alphabet="'=+-@\t\r\n＝1%.甲\0"))
def test_every_text_comes_back_and_none_runs(text: str) -> None:
    cell = guard_text(text)
    assert unguard_text(cell) == text
    assert not starts_formula(cell) or cell.startswith("'")
