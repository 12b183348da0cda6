"""YAML is read as it is written, refused with its line, and written so that it reads back the same."""

from __future__ import annotations

import re
from datetime import date
from decimal import Decimal
from pathlib import Path

import msgspec
import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from generator import yamlfile
from generator.errors import ContentError, Problem

PATH = Path("some.yml")


class Item(msgspec.Struct, frozen=True, omit_defaults=True, forbid_unknown_fields=True):
    text: str = ""
    amount: Decimal | None = None
    number: int | None = None
    day: date | None = None
    sure: bool = False
    inner: tuple[Item, ...] = ()


def parse(text: str) -> Item:
    return yamlfile.parse(text, PATH, Item)


def refused(text: str) -> Problem:
    with pytest.raises(ContentError) as caught:
        parse(text)
    (problem,) = caught.value.problems
    assert problem.path == PATH
    assert problem.found and problem.expected and problem.remedy
    return problem


@pytest.mark.parametrize(
    "written",
    ["0571", "12:30", "no", "yes", "on", "1.10", "2024-11-01", "1e3", "0x10", "1_000", ".inf", "=", "十件", "true"],
)
def test_text_stays_as_written(written: str) -> None:
    assert parse(f"text: {written}").text == written


@pytest.mark.parametrize("written", ["", "~", "null"])
def test_plain_null_is_no_text_and_quoted_is(written: str) -> None:
    assert refused(f"text: {written}").code == "content-invalid"
    assert parse(f"text: '{written}'").text == written


def test_types_come_from_the_record() -> None:
    item = parse("amount: 1.10\nnumber: 12\nday: 2024-11-01\nsure: true\n")
    assert (str(item.amount), item.number, item.day, item.sure) == ("1.10", 12, date(2024, 11, 1), True)


@pytest.mark.parametrize(
    ("text", "line", "code", "words"),
    [
        pytest.param("text: a\nnumber: 1\ntext: b\n", 3, "yaml-duplicate-key", "'text'", id="duplicate key"),
        pytest.param("inner:\n- text: a\n  number: 1\n  number: 2\n", 4, "yaml-duplicate-key", "'number'", id="nested"),
        pytest.param("text: a\nnumber: twelve\n", 2, "content-invalid", "'twelve'", id="bad value"),
        pytest.param("inner:\n- text: a\n- text: b\n  day: 2024-13-01\n", 4, "content-invalid", "day", id="bad date"),
        pytest.param("inner:\n- text: a\n- amuont: 5\n", 3, "content-invalid", "amuont", id="unknown field"),
        pytest.param("text: a\ninner: b\n", 2, "content-invalid", "inner", id="not a list"),
        pytest.param("number: 0571\n", 1, "content-invalid", "0571", id="leading zero"),
        pytest.param("- text: a\n", 1, "content-invalid", "object", id="not a record"),
        pytest.param("text: a\ninner:\n\t- text: b\n", 3, "yaml-syntax", "tab", id="tab"),
        pytest.param("text: a: b\n", 1, "yaml-syntax", "mapping values", id="colon in text"),
        pytest.param("text: [", 2, "yaml-syntax", "node", id="open bracket at the end"),
        pytest.param("text: 'a\n\n\n", 4, "yaml-syntax", "end of stream", id="open quote"),
        pytest.param("text: a\nnumber: \x07\n", 2, "yaml-syntax", "U+0007", id="control character"),
        pytest.param("text: a\n---\ntext: b\n", 2, "yaml-documents", "second", id="two documents"),
        pytest.param("text: a\n? [b]\n: c\n", 2, "yaml-key", "not a word", id="list as key"),
        pytest.param("text: a\nnumber: !!int 5\n", 2, "yaml-tag", "int", id="tag"),
        pytest.param(
            "text: a\ninner: !!python/object/apply:os.system [b]\n", 2, "yaml-tag", "os.system", id="python tag"
        ),
        pytest.param("text: a\ninner: &all []\n", 2, "yaml-alias", "anchor", id="anchor"),
        pytest.param("text: *other\n", 1, "yaml-alias", "alias", id="alias without anchor"),
        pytest.param("inner: &a [*a]\n", 1, "yaml-alias", "anchor", id="alias of itself"),
        pytest.param("text: a\ninner: " + "[" * 100_000, 2, "yaml-depth", "levels", id="very deep brackets"),
        pytest.param("- " * 5_000, 1, "yaml-depth", "levels", id="very deep dashes"),
        pytest.param("", 0, "yaml-empty", "empty", id="empty"),
        pytest.param("# nothing yet\n", 0, "yaml-empty", "empty", id="comment only"),
    ],
)
def test_refused_with_its_line(text: str, line: int, code: str, words: str) -> None:
    problem = refused(text)
    assert (problem.line, problem.code) == (line, code)
    assert words in str(problem)


def test_billion_laughs_are_refused_at_once() -> None:
    laughs = ['a: &a ["ha"]'] + [
        f"{b}: &{b} [{', '.join([f'*{a}'] * 9)}]" for a, b in zip("abcdefgh", "bcdefghi", strict=True)
    ]
    assert refused("\n".join(laughs)).code == "yaml-alias"


def test_an_ampersand_or_exclamation_mark_inside_text_is_text() -> None:
    assert parse("text: https://example.org/?a=1&b=2!*\n").text == "https://example.org/?a=1&b=2!*"


def test_files_that_cannot_be_read(tmp_path: Path) -> None:
    (tmp_path / "latin.yml").write_bytes(b"text: a\nnumber: 1\n" + b"text: caf\xe9\n")
    (tmp_path / "folder.yml").mkdir()
    found = {}
    for name in ("latin.yml", "missing.yml", "folder.yml"):
        with pytest.raises(ContentError) as caught:
            yamlfile.load(tmp_path / name, Item)
        (problem,) = caught.value.problems
        assert problem.path == tmp_path / name
        found[name] = (problem.code, problem.line)
    assert found == {"latin.yml": ("not-utf-8", 3), "missing.yml": ("file-missing", 0), "folder.yml": ("unreadable", 0)}


def test_byte_order_mark_and_crlf_are_read(tmp_path: Path) -> None:
    path = tmp_path / "windows.yml"
    path.write_bytes(b"\xef\xbb\xbftext: a\r\nnumber: 1\r\n")
    assert yamlfile.load(path, Item) == Item(text="a", number=1)


def test_written_for_reading() -> None:
    item = Item(text="杭州市：新增床位1000张（含护理型）", amount=Decimal("858000"), inner=(Item(text="no"),))
    assert yamlfile.render(item) == ("text: 杭州市：新增床位1000张（含护理型）\namount: 858000\ninner:\n- text: 'no'\n")


TURNING = (*range(0x202A, 0x202F), *range(0x2066, 0x206A))
UNSEEN = (
    0xAD,
    0x61C,
    0x180E,
    *range(0x200B, 0x2010),
    *range(0x2060, 0x2070),
    0xFEFF,
    *range(0xFFF9, 0xFFFC),
    0xFFFE,
    0xFFFF,
)
CONTROLS = (*range(9), *range(14, 28), *range(29, 32), *range(0x7F, 0x85), *range(0x86, 0xA0))
CONTROL = "".join(map(chr, sorted({*CONTROLS, *TURNING, *UNSEEN})))
TEXTS = st.text(st.characters(codec="utf-8", exclude_characters=CONTROL))

items = st.builds(
    Item,
    text=TEXTS,
    amount=st.none() | st.decimals(allow_nan=False, allow_infinity=False, places=3),
    number=st.none() | st.integers(-(2**63), 2**63 - 1),
    day=st.none() | st.dates(),
    sure=st.booleans(),
)


@given(st.builds(Item, text=TEXTS, inner=st.lists(items, max_size=3).map(tuple)))
def test_what_is_written_reads_back_the_same(item: Item) -> None:
    assert parse(yamlfile.render(item)) == item if item != Item() else yamlfile.render(item) == "{}\n"


@pytest.mark.parametrize("character", CONTROL)
def test_control_characters_and_what_nobody_sees_are_refused_as_escapes_too(character: str) -> None:
    with pytest.raises(ContentError, match=r":2: \[control-character\] the control character U\+[0-9A-F]{4}"):
        parse(f'number: 1\ntext: "a\\u{ord(character):04x}"\n')


@pytest.mark.parametrize("character", CONTROL)
def test_they_are_refused_as_they_stand_too_by_line(character: str) -> None:
    """Some by YAML itself, in the same words."""
    with pytest.raises(
        ContentError, match=r":2: \[(control-character|yaml-syntax)\] the control character U\+"
    ) as refused:
        parse(f"number: 1\ntext: a{character}b\n")
    assert refused.value.problems[0].remedy == "remove the character"


@given(st.decimals(allow_nan=False, allow_infinity=False))
def test_decimals_keep_every_digit(amount: Decimal) -> None:
    found = parse(yamlfile.render(Item(amount=amount))).amount
    assert found is not None and format(found, "f") == format(amount, "f")


def test_a_write_that_fails_leaves_every_file_as_it_was(tmp_path: Path) -> None:
    good, new, blocked = tmp_path / "good.yml", tmp_path / "new.yml", tmp_path / "folder" / "blocked.yml"
    good.write_text("text: before\n", encoding="utf-8")
    (tmp_path / "folder").write_text("a file where a folder is needed", encoding="utf-8")
    with pytest.raises(OSError, match="folder"):
        yamlfile.write_texts({good: "text: after\n", new: "text: new\n", blocked: "text: blocked\n"})
    assert good.read_text(encoding="utf-8") == "text: before\n"
    assert sorted(path.name for path in tmp_path.iterdir()) == ["folder", "good.yml"]


def test_files_are_readable_by_others_and_end_lines_with_lf(tmp_path: Path) -> None:
    yamlfile.dump(Item(text="a"), tmp_path / "deep" / "a.yml")
    path = tmp_path / "deep" / "a.yml"
    assert path.read_bytes() == b"text: a\n"
    assert path.stat().st_mode & 0o777 == 0o644


#: Texts as registers have them, and what YAML takes for something else.
_WORDS = (
    "yes",
    "no",
    "~",
    "",
    "1e5",
    "0x1f",
    "1_000",
    "12:30",
    "2024-01-01",
    "1.5",
    "-3",
    ".5",
    "...",
    "<<",
    "=",
    "07",
)
_SAID = (
    "建成",
    "5个",
    "，",
    "。",
    "（含",
    "100",
    "%",
    "11月底",
    ":",
    " #",
    "'",
    '"',
    "\n",
    "\n\n",
    " ",
    "\u3000",
    "\u2028",
    "-",
)
REGISTERED = st.sampled_from(_WORDS) | st.lists(st.sampled_from((*_SAID, *_WORDS)), max_size=6).map("".join) | TEXTS
registered = st.recursive(
    REGISTERED
    | st.integers()
    | st.booleans()
    | st.none()
    | st.dates()
    | st.decimals(allow_nan=False, allow_infinity=False, places=4),
    lambda inner: (
        st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(("of", "sha256", "due_text", "on")), inner)
    ),
    max_leaves=8,
)


class _Dumper(yaml.CSafeDumper):
    """PyYAML alone: by way of nodes."""

    def ignore_aliases(self, data: object) -> bool:
        return True


def _decimal_to_node(dumper: yaml.CSafeDumper, value: Decimal) -> yaml.Node:
    digits = format(value or abs(value), "f")
    return dumper.represent_scalar(f"tag:yaml.org,2002:{'float' if '.' in digits else 'int'}", digits)


_Dumper.add_representer(Decimal, _decimal_to_node)


@given(st.dictionaries(st.sampled_from(("id", "text", "as_of", "a b")), registered))
def test_what_is_written_is_what_pyyaml_writes_by_itself(record: dict[str, object]) -> None:
    assert yamlfile.render(record) == yaml.dump(
        record, Dumper=_Dumper, allow_unicode=True, sort_keys=False, width=10**6
    )


def test_form_of_what_is_written() -> None:
    item = Item(text="新增床位1000张\n（含护理型）", amount=Decimal("-0.50"), day=date(2024, 2, 29), sure=True)
    inner = (Item(text="11月底", number=3), Item(text="r1"), Item(text="2"), Item(text="87.3%"))
    assert yamlfile.render(msgspec.structs.replace(item, inner=inner)) == (
        "text: '新增床位1000张\n\n  （含护理型）'\namount: -0.50\nday: 2024-02-29\nsure: true\n"
        "inner:\n- text: 11月底\n  number: 3\n- text: r1\n- text: '2'\n- text: 87.3%\n"
    )


@pytest.mark.parametrize("value", [0.1, Decimal("Infinity"), Decimal("NaN")])
def test_what_no_record_holds_is_not_written(value: object) -> None:
    with pytest.raises(TypeError, match=f"{re.escape(repr(value))} in a record"):
        yamlfile.render({"rate": value})
