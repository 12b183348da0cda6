"""Hostile text in every text field there is: what is built of it, file by file, without a browser."""

from __future__ import annotations

import csv
import json
import re
import sqlite3
from collections.abc import Sequence
from datetime import date
from html.parser import HTMLParser
from pathlib import Path
from typing import get_type_hints
from xml.etree import ElementTree

import msgspec
import openpyxl
import pytest
from rdflib import Graph

from generator import model, yamlfile
from generator.changes import load_releases
from generator.errors import ContentError
from generator.inert import starts_formula, unguard_text
from generator.lookups import load_places
from generator.model import Split
from generator.parts import address_to_origin, load_split
from generator.publication import load_publication
from generator.publish import build_site
from generator.registers import load_register, write_register
from tests import hostile
from tests.conftest import REPOSITORY, once, shared_folder

POLICY = "Content-Security-Policy"
CALENDAR_LINE = re.compile(
    "(BEGIN|END|VERSION|PRODID|CALSCALE|METHOD|NAME|X-WR-CALNAME|REFRESH-INTERVAL|X-PUBLISHED-TTL|SOURCE|URL|UID|DTSTAMP"
    "|DTSTART|DTEND|SUMMARY|DESCRIPTION|TRANSP|CATEGORIES|LAST-MODIFIED|STATUS|CLASS|COLOR)[;:]"
)
ALL_TURNS = tuple(range(len(hostile.HOSTILE)))
FEW_TURNS = (0, 30)
TURNS = [
    pytest.param(FEW_TURNS, id="few"),
    pytest.param(ALL_TURNS, id="all", marks=pytest.mark.journey),
]
"""How often a site is built with every string one field further: in `make test`, and in the journeys."""


def build_hostile(folder: Path, turns: Sequence[int]) -> Path:
    """A site of hostile text below ``folder``."""
    hostile.write_hostile(folder / "content", turns)
    out = folder / "out"
    build_site(
        folder / "content",
        out / "datapackage",
        out / "build" / "docs",
        out / "site",
        config=REPOSITORY / "mkdocs.yml",
    )
    return out / "site"


def build_hostile_once(tmp_path_factory: pytest.TempPathFactory, turns: Sequence[int]) -> Path:
    """The same for all who ask, whatever their worker and their file."""
    folder = shared_folder(tmp_path_factory) / f"hostile-{len(turns)}"
    return Path(once(tmp_path_factory, folder.name, lambda: str(build_hostile(folder, turns))))


@pytest.fixture(scope="module", params=TURNS)
def site(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Path:
    return build_hostile_once(tmp_path_factory, request.param)


# --- The corpus itself ---------------------------------------------------------------------------


def test_every_text_field_of_every_record_is_attacked() -> None:
    register = hostile.example_register(2024, "livelihood")
    day = date(2025, 1, 2)
    examples = (register, hostile.example_audit(register), hostile.example_release(register, day))
    met = hostile.met_fields((*examples, hostile.example_publication(), *hostile.example_places()))
    assert set(hostile.text_fields()) - met == set(), "give tests/hostile.py an example that has them"
    attacked = hostile.attack(register, lambda record, field: f"{record}.{field}")
    text = msgspec.json.encode(attacked).decode()
    assert {f"{one}.{name}" for one, name in hostile.met_fields(register)} <= set(re.findall(r'"(\w+\.\w+)"', text))


def test_what_is_said_to_be_no_text_is_there() -> None:
    assert [field for field in hostile.NO_TEXT if field[1] not in get_type_hints(getattr(model, field[0]))] == []


def test_strings_and_fields_meet_in_all_turns() -> None:
    met = {(field, hostile.Rotation(turn)(*field)) for turn in ALL_TURNS for field in hostile.text_fields()}
    assert len(met) == len(hostile.HOSTILE) * len(hostile.text_fields())


# --- What is refused ------------------------------------------------------------------------------


def _refusal(refused: pytest.ExceptionInfo[ContentError], path: Path, code: str) -> None:
    told = [str(problem) for problem in refused.value.problems]
    assert told and all(re.match(re.escape(f"{path}:") + rf"\d+: \[{code}\] ", one) for one in told), told


@pytest.mark.parametrize("name", ["../../../../dx-evil", "a/b", 'x" onload=1 y="', "<b>", "", ".", "x\n", "名"])
@pytest.mark.parametrize("where", ["commitment", "retired", "source", "target", "report"])
def test_ids_that_are_none_are_refused(tmp_path: Path, where: str, name: str) -> None:
    register = hostile.example_register(2024, "livelihood")
    prefix = "testville-2024-livelihood-"
    first = register.commitments[0]
    replace = msgspec.structs.replace
    if where == "source":
        register = replace(register, sources=(*register.sources, replace(register.sources[0], id=name)))
    elif where == "retired":
        register = replace(register, retired=(f"{prefix}{name}",))
    else:
        if where == "commitment":
            first = replace(first, id=f"{prefix}{name}")
        elif where == "target":
            first = replace(first, targets=(*first.targets, replace(first.targets[0], id=name)))
        else:
            first = replace(first, reports=(*first.reports, replace(first.reports[0], id=name)))
        register = replace(register, commitments=(first, *register.commitments[1:]))
    path = write_register(tmp_path, register)
    with pytest.raises(ContentError) as refused:
        load_register(path)
    _refusal(refused, path, "id-form")


@pytest.mark.parametrize("where", ["commitment", "department", "departments of"])
@pytest.mark.parametrize("name", ["../dx-evil", "a/b", "<b>", "名", "javascript:x"])
def test_ids_in_the_record_of_changes_that_are_none_are_refused(tmp_path: Path, where: str, name: str) -> None:
    release = hostile.example_release(hostile.example_register(2024, "livelihood"), date(2025, 1, 2))
    changes = (msgspec.structs.replace(release.changes[0], commitment=name),)
    departments = {name: ("a",)} if where == "department" else {"a": (name,)}
    changed = {"changes": changes} if where == "commitment" else {"departments": departments}
    path = tmp_path / "changes" / "2025-01-02.yml"
    yamlfile.dump(msgspec.structs.replace(release, **changed), path)
    with pytest.raises(ContentError) as refused:
        load_releases(tmp_path)
    _refusal(refused, path, "changes-id")


@pytest.mark.parametrize("text", hostile.REFUSED)
def test_control_characters_are_refused_with_their_line(tmp_path: Path, text: str) -> None:
    register = hostile.example_register(2024, "livelihood")
    path = write_register(tmp_path, hostile.attack(register, lambda *_: text))
    with pytest.raises(ContentError) as refused:
        load_register(path)
    _refusal(refused, path, "control-character")


@pytest.mark.parametrize("text", hostile.HOSTILE)
def test_slugs_that_are_none_are_refused(tmp_path: Path, text: str) -> None:
    city, district = hostile.example_places()
    yamlfile.dump((city, msgspec.structs.replace(district, slug=text)), tmp_path / "places.yml")
    with pytest.raises(ContentError, match=r"places\.yml:[1-9]\d*: \[place-invalid\]"):
        load_places(tmp_path)


@pytest.mark.parametrize("text", hostile.HOSTILE)
@pytest.mark.parametrize("key", ["name", "url", "email", "licence", "path", "schema_version"])
def test_addresses_and_codes_that_are_none_are_refused(tmp_path: Path, key: str, text: str) -> None:
    publication, replace = hostile.example_publication(), msgspec.structs.replace
    if key in {"url", "email"}:
        publication = replace(publication, publisher=replace(publication.publisher, **{key: text}))
    elif key in {"licence", "path"}:
        (licence,) = publication.licenses
        publication = replace(publication, licenses=(replace(licence, **{key.replace("licence", "name"): text}),))
    else:
        publication = replace(publication, **{key: text})
    yamlfile.dump(publication, tmp_path / "publication.yml")
    with pytest.raises(ContentError, match=r"publication\.yml:[1-9]\d*: \[publication-"):
        load_publication(tmp_path)


@pytest.mark.parametrize("host", ["*", "a;b", "a,b", "a'b", "a..b", "a b", "a\\b", "", "a:b", "x" * 70])
def test_hosts_of_parts_that_would_mean_something_in_a_policy_are_refused(tmp_path: Path, host: str) -> None:
    yamlfile.dump(hostile.example_places(), tmp_path / "places.yml")
    part = model.SplitPart(hostile.SLUG, f"https://{host}/")
    yamlfile.dump(Split(home="https://example.org/", parts=(part,)), tmp_path / "parts.yml")
    with pytest.raises(ContentError, match="part-address"):
        load_split(tmp_path, load_places(tmp_path))


def test_the_origin_of_a_part_is_written_as_the_network_does() -> None:
    assert address_to_origin("https://兑现.example:8443/x/") == "https://xn--e5qv15f.example:8443"


@pytest.mark.parametrize("text", hostile.HOSTILE)
def test_addresses_of_parts_that_are_none_are_refused(tmp_path: Path, text: str) -> None:
    yamlfile.dump(hostile.example_places(), tmp_path / "places.yml")
    places = load_places(tmp_path)
    for split in (
        Split(home=text, parts=(model.SplitPart(hostile.SLUG, "https://example.org/"),)),
        Split(home="https://example.org/", parts=(model.SplitPart(hostile.SLUG, text),)),
        Split(home="https://example.org/", parts=(model.SplitPart(text, "https://example.org/a/"),)),
        Split(home="https://example.org/", parts=(model.SplitPart(hostile.SLUG, "https://example.org/a/"),), here=text),
    ):
        yamlfile.dump(split, tmp_path / "parts.yml")
        with pytest.raises(ContentError, match=r"parts\.yml:\d+: \[part-|parts\.yml: \[part-"):
            load_split(tmp_path, places)


# --- Pages ----------------------------------------------------------------------------------------


class Acts(HTMLParser):
    """What a browser would act on that no page of ours has."""

    _NEVER = re.compile("iframe|object|embed|base|style|frame|applet|template|video|audio|math|foreignobject")
    _LINKS = frozenset(["href", "src", "xlink:href", "action", "formaction", "data", "poster", "srcset", "ping"])

    def __init__(self, html: str) -> None:
        super().__init__()
        self.found: list[str] = []
        self.policies = 0
        self.feed(html)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        values = {name: value or "" for name, value in attrs}
        told = self.get_starttag_text() or tag
        bad = bool(self._NEVER.fullmatch(tag)) or any(name.startswith("on") or name == "srcdoc" for name in values)
        bad |= any(_acts(values[name]) for name in self._LINKS & values.keys())
        bad |= tag == "script" and not _good_script(values)
        bad |= tag in {"script", "link"} and self.policies == 0
        bad |= tag == "form" and values.get("class") != "dx-filters"
        bad |= tag == "img" and "assets/" not in values.get("src", "")
        bad |= any("尾" in values.get(name, "") for name in ("id", "class", "style", "name"))
        if "http-equiv" in values:
            self.policies += values["http-equiv"] == POLICY
            bad |= values["http-equiv"] != POLICY
        self.found += [told] * bad

    def handle_comment(self, data: str) -> None:
        self.found += [f"<!--{data}-->"]

    def unknown_decl(self, data: str) -> None:
        self.found += [f"<![{data}]]>"]

    def handle_pi(self, data: str) -> None:
        self.found += [f"<?{data}>"]


def _acts(address: str) -> bool:
    scheme = re.match(r"[\x00-\x20]*([a-z][a-z0-9+.\-\t\r\n]*):", address, re.IGNORECASE)
    return scheme is not None and scheme.group(1).lower() not in {"http", "https", "mailto"}


def _good_script(values: dict[str, str]) -> bool:
    return values.get("type") == "application/ld+json" or ("src" in values and "assets/" in values["src"])


@pytest.mark.slow
def test_nothing_breaks_out_of_its_element(site: Path) -> None:
    for path in sorted(site.rglob("*.html")):
        acts = Acts(path.read_text(encoding="utf-8"))
        assert (acts.found, acts.policies) == ([], 1), path


@pytest.mark.slow
def test_our_own_marks_are_not_taken_for_ours(site: Path) -> None:
    """Slots that a text names stay in it, cut short or not; no other is left, as none is that was not filled."""
    named = ("dx-slot-body", "dx-slot-jsonld", "dx-slot-report_body")
    for path in sorted(site.rglob("*.html")):
        found = re.findall("dx-slot-[a-z_]*", path.read_text(encoding="utf-8"))
        assert [slot for slot in found if not any(one.startswith(slot) for one in named)] == [], path


@pytest.mark.slow
def test_no_file_lies_outside_of_what_is_built(site: Path) -> None:
    assert {path.name for path in site.parent.iterdir()} == {"datapackage", "build", "site"}
    assert {path.name for path in site.parent.parent.iterdir()} == {"content", "out"}
    names = [path.relative_to(site).as_posix() for path in site.rglob("*")]
    assert [name for name in names if not re.fullmatch(r"[A-Za-z0-9._/-]+", name)] == []
    assert not list(Path("/tmp").glob("*dx-evil*"))


# --- Files ----------------------------------------------------------------------------------------


def _texts(site: Path) -> set[str]:
    """Every text in the JSON tables of the package."""
    rows = (json.loads(path.read_text(encoding="utf-8")) for path in sorted((site / "data" / "all").glob("*.json")))
    return {
        value
        for table in rows
        if isinstance(table, list)
        for row in table
        for value in row.values()
        if isinstance(value, str)
    }


@pytest.mark.slow
def test_json_and_json_ld_hold_the_strings(site: Path) -> None:
    for path in [*site.rglob("*.json"), *site.rglob("*.jsonld"), *site.rglob("*.geojson")]:
        json.loads(path.read_text(encoding="utf-8"))
    for path in site.rglob("*.html"):
        blocks = re.findall(
            r'<script type="application/ld\+json">(.*?)</script>', path.read_text(encoding="utf-8"), re.DOTALL
        )
        for block in blocks:
            json.loads(block)


@pytest.mark.slow
def test_tables_hold_the_strings_unharmed_in_every_format(site: Path) -> None:
    folder = site / "data" / "all"
    seen = set()
    for path in sorted(folder.glob("*.csv")):
        with path.open(encoding="utf-8-sig", newline="") as file:
            cells = [cell for row in csv.reader(file) for cell in row]
        assert [cell for cell in cells if starts_formula(cell) and not cell.startswith("'")] == [], path
        seen |= {unguard_text(cell) for cell in cells}
    (book,) = folder.glob("*.xlsx")
    sheets = openpyxl.load_workbook(book)
    found = [cell for sheet in sheets for row in sheet.iter_rows() for cell in row]
    assert [cell.value for cell in found if cell.data_type == "f"] == []
    (database,) = folder.glob("*.sqlite")
    with sqlite3.connect(database) as open_database:
        names = [name for (name,) in open_database.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
        stored = {value for name in names for row in open_database.execute(f'SELECT * FROM "{name}"') for value in row}
    for texts in (seen, {cell.value for cell in found}, stored):
        kept = {text for text in hostile.HOSTILE if text in texts}
        assert len(kept) >= min(len(hostile.HOSTILE), 40), sorted(set(hostile.HOSTILE) - kept)


@pytest.mark.slow
def test_feeds_calendars_and_catalogues_are_well_formed(site: Path) -> None:
    for path in [*site.rglob("*.xml"), *site.rglob("*.svg"), *site.rglob("*.atom")]:
        ElementTree.fromstring(path.read_bytes())
    for path in site.rglob("*.ics"):
        check_calendar(path)
    for path in site.rglob("*.ttl"):
        Graph().parse(path)


def check_calendar(path: Path) -> None:
    """Every line is one of ours, and what begins ends."""
    lines = re.sub(r"\r\n[ \t]", "", path.read_bytes().decode()).split("\r\n")
    assert lines.pop() == "" and "\n" not in "".join(lines) and "\r" not in "".join(lines), path
    assert [line for line in lines if not CALENDAR_LINE.match(line)] == [], path
    assert lines.count("BEGIN:VCALENDAR") == lines.count("END:VCALENDAR") == 1
    assert lines.count("BEGIN:VEVENT") == lines.count("END:VEVENT")
