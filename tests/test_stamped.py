"""Stamped pages as pairs of path and bytes: nothing is written, hostile words stay words."""

from __future__ import annotations

import dataclasses
import json
import os
from collections import UserDict
from datetime import date
from html.parser import HTMLParser
from pathlib import Path
from typing import Any
from urllib.parse import unquote

import pytest
from hypothesis import given
from hypothesis import strategies as st
from jinja2 import UndefinedError
from markupsafe import Markup, escape
from msgspec.structs import replace

from generator import stamp
from generator.metadata.commitment import render_json_ld
from generator.model import DataChange, DataRelease, Remark
from generator.pages import environment as pages_environment
from generator.pages.commitment import render_commitment, render_crumbs, render_retired, render_retired_crumbs
from generator.pages.commitment_page import CommitmentPage, year_to_pages
from generator.pages.departments import render_department_pages
from generator.pages.environment import (
    environment,
    escape_value,
    render_attribute,
    render_front_matter,
    render_heading,
    render_short,
)
from generator.pages.outline import City, registers_to_cities
from generator.pages.summaries import years_to_cities
from generator.publish.folder import Folder
from generator.publish.stamped import StampedFile, Told, stamp_departments, stamp_year, tell_releases
from generator.tables import Row
from tests import page_examples as examples
from tests.assess_examples import WORDS
from tests.kept_examples import keep_years

TEXT = st.text(st.characters(codec="utf-8", exclude_characters="\0\r"))


def shell_of(kind: stamp.ShellKind) -> stamp.Shell:
    """A shell with every slot in an element, some in a value, too."""
    slots = [name for name in sorted(kind.slots | kind.more) if name != "jsonld"]
    pieces = [piece for name in slots for piece in (f"\n<section data-x={name}>", name)]
    return stamp.Shell((*pieces, '\n<meta content="', "description", '">'), "https://example.org/", "兑现")


def city_of(words: examples.Words) -> City:
    return registers_to_cities([examples.assess(examples.make_register(words), WORDS)])[0]


def stamped_departments(city: City) -> list[StampedFile]:
    kept = keep_years(city)
    (one,) = years_to_cities(kept.years)
    return list(stamp_departments(kept, one, shell_of(stamp.DEPARTMENT)))


def slots_of(data: bytes) -> dict[str, str]:
    """What a page of ``shell_of`` has in each slot."""
    *parts, _ = data.decode().split("\n<meta")
    found = (part.partition(">") for part in "".join(parts).split("\n<section data-x=")[1:])
    return {name: value for name, _, value in found}


def pages_of(city: City, **changes: Any) -> tuple[CommitmentPage, ...]:
    """The pages of its newest year, with fields of its first commitment changed."""
    year = city.years[0]
    (register,) = year.registers
    first, *others = register.commitments
    made = replace(first, commitment=replace(first.commitment, **changes))
    changed = dataclasses.replace(year, registers=(replace(register, commitments=(made, *others)),))
    return year_to_pages(changed)


class Tags(HTMLParser):
    """Every tag with its attributes."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))


def test_a_year_is_pages_and_twins_and_touches_no_disk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    year = city_of(examples.Words()).years[0]
    files = dict(stamp_year(year, shell_of(stamp.COMMITMENT), Told()))
    numbers = ("001", "002", "003", "009")
    assert list(files) == [
        f"testville/2024/livelihood-{number}.{kind}" for number in numbers for kind in ("html", "json")
    ]
    assert all(json.loads(data)["id"] for path, data in files.items() if path.endswith(".json"))
    assert "停用" in files["testville/2024/livelihood-009.html"].decode()
    assert list(tmp_path.iterdir()) == []
    site = Folder(tmp_path)
    site.write(files.items())
    assert {path: (tmp_path / path).read_bytes() for path in files} == files
    assert site.pages == len(numbers)


def test_pages_and_twins_tell_what_releases_changed() -> None:
    year = city_of(examples.Words()).years[0]
    change = DataChange(table="reports", record="x", commitment="testville-2024-livelihood-001", column="text")
    release = DataRelease(day=date(2026, 3, 1), since=date(2026, 1, 1), reason=Remark("因", "why"), changes=(change,))
    files = dict(stamp_year(year, shell_of(stamp.COMMITMENT), tell_releases([release])))
    first, second = (files[f"testville/2024/livelihood-{number}.html"].decode() for number in ("001", "002"))
    assert "#d2026-03-01-testville-2024-livelihood-001>2026-03-01</a>（1 处）" in first and "2026-03-01" not in second
    assert json.loads(files["testville/2024/livelihood-001.json"])["history"][0]["day"] == "2026-03-01"


def test_the_page_of_a_retired_id_tells_its_changes_and_no_other() -> None:
    year, identifier = city_of(examples.Words()).years[0], "testville-2024-livelihood-009"
    row: Row = {"day": "2026-03-01", "count": 2}
    record: Row = {"day": "2026-03-01", "changes": []}
    told = Told({identifier: [row]}, {identifier: [record]})
    files = dict(stamp_year(year, shell_of(stamp.COMMITMENT), told))
    retired, other = (files[f"testville/2024/livelihood-{number}.html"].decode() for number in ("009", "001"))
    assert "2026-03-01</a>（2 处）" in retired and "2026-03-01" not in other
    twins = {path: json.loads(data) for path, data in files.items() if path.endswith(".json")}
    assert [path for path, twin in twins.items() if twin["history"]] == ["testville/2024/livelihood-009.json"]
    assert twins["testville/2024/livelihood-009.json"]["history"] == [record]


@pytest.mark.parametrize(
    ("text", "words", "description"),
    [
        ("新增床位9张。", "新增床位9张。", "测试市 2024 年民生实事：新增床位9张。"),
        ("甲" * 40, "甲" * 40, f"测试市 2024 年民生实事：{'甲' * 40}"),
        ("甲" * 65, "甲" * 39 + "…", f"测试市 2024 年民生实事：{'甲' * 65}"),
        ("甲" * 66, "甲" * 39 + "…", f"测试市 2024 年民生实事：{'甲' * 64}…"),
        ("", "民政", "测试市 2024 年民生实事：新增老年助餐服务点227个"),  # what a report says, and the section
    ],
)
def test_a_page_fills_every_slot(text: str, words: str, description: str) -> None:
    (page, *_) = pages_of(city_of(examples.Words()), text=text, start=70, end=81, section="民政")
    shell = shell_of(stamp.COMMITMENT)
    files = dict(stamp_year(page.year, dataclasses.replace(shell, pieces=(*shell.pieces, "jsonld", "")), Told()))
    address, identifier = "https://example.org/testville/2024/livelihood-001.html", "testville-2024-livelihood-001"
    data = files["testville/2024/livelihood-001.html"]
    assert json.loads(data.decode().rpartition(">")[2]) == json.loads(render_json_ld(page, "https://example.org/"))
    assert {name: unquote(value) for name, value in slots_of(data).items()} == {
        "body": unquote(render_commitment(page, address, "兑现")),
        "canonical": address,
        "crumbs": render_crumbs(page),
        "description": description,
        "heading": page.title,
        "json": "livelihood-001.json",
        "report_body": f"{address}\n\n{words}\n字符位置 70-81\n\n哪里不对：",
        "report_page": address,
        "report_place": "70-81",
        "report_title": identifier,
        "report_words": words,
        "status": page.item.status,
        "title": f"{page.title} · 测试市 2024 年民生实事",
    }


def test_the_page_of_a_retired_id_fills_every_slot() -> None:
    year, identifier = city_of(examples.Words()).years[0], "testville-2024-livelihood-009"
    shell = shell_of(stamp.COMMITMENT)
    files = dict(stamp_year(year, dataclasses.replace(shell, pieces=(*shell.pieces, "jsonld", "")), Told()))
    data, address = (
        files["testville/2024/livelihood-009.html"],
        "https://example.org/testville/2024/livelihood-009.html",
    )
    title = f"编号 {identifier} 已停用"
    assert json.loads(data.decode().rpartition(">")[2]) == {"id": identifier, "retired": True}
    assert {name: unquote(value) for name, value in slots_of(data).items()} == {
        "body": render_retired(identifier, year),
        "canonical": address,
        "crumbs": render_retired_crumbs(year),
        "description": title,
        "heading": title,
        "json": "livelihood-009.json",
        "report_body": address,
        "report_page": address,
        "report_place": "",
        "report_title": identifier,
        "report_words": "",
        "status": "no_report",
        "title": title,
    }


def test_the_page_of_a_unit_fills_every_slot() -> None:
    city = city_of(examples.Words())
    kept = keep_years(city)
    (one,) = years_to_cities(kept.years)
    (page,) = render_department_pages(kept, one)
    ((path, data),) = stamped_departments(city)
    assert path == f"{page.path}/index.html"
    assert slots_of(data) == {
        "body": page.body,
        "canonical": f"https://example.org/{page.path}/",
        "crumbs": page.crumbs,
        "description": page.description,
        "heading": page.heading,
        "title": page.title,
        "toc": page.toc,
    }


def test_hostile_words_stay_words_in_every_slot() -> None:
    city = city_of(examples.Words(text=examples.HOSTILE, other=examples.HOSTILE))
    pages = [data for path, data in stamp_year(city.years[0], shell_of(stamp.COMMITMENT), Told()) if "html" in path]
    departments = [data for _, data in stamped_departments(city)]
    assert len(pages) == 4 and departments
    for page in (*pages, *departments):
        tags = Tags(page.decode()).tags
        assert len(tags) > 10
        assert not [tag for tag, attrs in tags if tag in ("img", "script") or any(a.startswith("on") for a in attrs)]


def test_departments_lie_in_folders_of_their_own() -> None:
    paths = [path for path, _ in stamped_departments(city_of(examples.Words()))]
    assert paths and all(path.count("/") == 3 and path.endswith("/index.html") for path in paths)


@given(st.one_of(TEXT, TEXT.map(Markup), st.integers(), st.none()))
def test_values_are_escaped_as_markupsafe_does(value: object) -> None:
    assert escape_value(value) == str(escape(value))


def test_templates_escape_with_it() -> None:
    assert render_short("department_toc.html", entries=[{"href": "#a", "text": "<b>&"}]) == (
        "<li class=md-nav__item><a class=md-nav__link href=#a>&lt;b&gt;&amp;</a>"
    )


@given(TEXT)
def test_an_attribute_says_its_text_whatever_it_is(text: str) -> None:
    ((tag, attrs),) = Tags(f"<a title={render_attribute(text)} rel=x>").tags
    assert (tag, attrs) == ("a", {"title": text, "rel": "x"})


@pytest.mark.parametrize(
    ("text", "written"),
    [
        ("a", "a"),
        ("a_1.:#/-9", "a_1.:#/-9"),
        ("", '""'),
        ("a/", '"a/"'),
        ("a b", '"a b"'),
        ("a=b", '"a=b"'),
        ("养老", '"养老"'),
        ("\"<&>'", '"&#34;&lt;&amp;&gt;&#39;"'),
        ("a-", "a-"),
        ("-a", "-a"),
        ("_", "_"),
        ("a b/c", '"a b/c"'),
    ],
)
def test_an_attribute_has_quotes_where_html_needs_them(text: str, written: str) -> None:
    assert render_attribute(text) == Markup(written)


@pytest.mark.parametrize("sign", ["&", "<", ">", '"', "'"])
def test_each_sign_of_markup_is_escaped_in_a_value(sign: str) -> None:
    assert escape_value(f"a{sign}b") == str(escape(f"a{sign}b")) != f"a{sign}b"
    assert escape_value(Markup(sign)) == sign


def test_a_heading_holds_letters_digits_and_blanks_and_else_character_references() -> None:
    assert render_heading("5*3 养<b>") == Markup("5&#42;3 养&#60;b&#62;")
    assert render_heading(7) == Markup("7")


def test_front_matter_is_escaped_for_html_then_quoted_for_yaml() -> None:
    assert render_front_matter('a: "养" <b>') == Markup('"a: &#34;养&#34; &lt;b&gt;"')
    assert render_front_matter("a\nb") == Markup('"a\\nb"')


def test_pages_escape_every_value_refuse_names_that_are_not_given_and_know_their_filters() -> None:
    made = environment()
    assert made is environment()
    page = made.from_string("{{ a }}|{{ b.items }}|{{ c|attr }}|{{ a|heading }}|{{ a|front_matter }}")
    assert page.render(a="<b>", b={"items": "x"}, c="d e") == ('&lt;b&gt;|x|"d e"|&#60;b&#62;|"&lt;b&gt;"')
    assert "escape_value as escape" in made.compile("{{ a }}", raw=True)
    with pytest.raises(UndefinedError):
        made.from_string("{{ nothing }}").render()
    with pytest.raises(UndefinedError):
        made.from_string("{{ a.nothing }}").render(a={})
    assert made.from_string("{{ a.real }}{{ b.x }}").render(a=5, b=UserDict(x="y")) == "5y"
    assert made.from_string("a\n  {% if true %}\nb\n  {% endif %}\nc").render() == "a\nb\nc"


def test_line_ends_of_a_short_template_go_with_the_blanks_around_them(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(pages_environment, "TEMPLATES", tmp_path)
    name, text = "line_ends_of_a_test.html", "<p>a b\n c \t\n\n  d\n{% if e %}\n  {{ e }}\n{% endif %}\n"
    (tmp_path / name).write_text(text, encoding="utf-8")
    assert render_short(name, e="1\n  2") == "<p>a bcd1\n  2"
    whole = environment.__wrapped__().get_template(name)
    assert whole.render(e="1\n  2") == "<p>a b\n c \t\n\n  d\n  1\n  2\n"


def test_a_template_is_read_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pages_environment, "TEMPLATES", tmp_path)
    made = environment.__wrapped__()
    for text in ("one", "two"):
        (tmp_path / "a.html").write_text(text, encoding="utf-8")
        os.utime(tmp_path / "a.html", (0, len(text) + ord(text[0])))
        assert made.get_template("a.html").render() == "one"


def test_a_template_may_include_a_part_of_the_theme() -> None:
    assert "Content-Security-Policy" in environment().from_string('{% include "policy.html" %}').render()


def test_short_pages_have_no_line_ends() -> None:
    assert "\n" not in render_short("retired_crumbs.html", year=city_of(examples.Words()).years[0])
