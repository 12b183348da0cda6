"""The JSON Schemas for editors: the committed ones are those of the types; they refuse what the program refuses."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any, get_args

import jsonschema
import msgspec
import pytest
import yaml

from generator import model, yamlfile
from generator.errors import ContentError
from generator.fieldnotes import FIELD_NOTES
from generator.jsonschemas import FOLDER, TYPES, make_schemas, schema_file
from generator.model import Sidecar
from tests.conftest import Run

FIXTURES = Path(__file__).parent / "fixtures" / "content"
SCHEMAS = {name: json.loads(make_schemas()[schema_file(name)]) for name in TYPES}


class EditorLoader(yaml.CSafeLoader):
    """YAML as editors read it (1.2): a day is text, and so are yes and no."""


EditorLoader.yaml_implicit_resolvers = {
    first: [(tag, pattern) for tag, pattern in found if not tag.endswith(("timestamp", "bool"))]
    for first, found in yaml.CSafeLoader.yaml_implicit_resolvers.items()
}
EditorLoader.add_implicit_resolver("tag:yaml.org,2002:bool", re.compile(r"(true|false)\Z"), list("tf"))


def problems(name: str, text: str) -> list[str]:
    """What an editor would underline."""
    validator = jsonschema.Draft202012Validator(SCHEMAS[name], format_checker=jsonschema.FormatChecker())
    value = yaml.load(text, EditorLoader)
    return [f"{error.json_path}: {error.message}" for error in validator.iter_errors(value)]


def files(content: Path) -> list[tuple[str, Path]]:
    return [(name, path) for name, (pattern, _) in TYPES.items() for path in sorted(content.glob(pattern))]


@pytest.mark.parametrize("name", TYPES)
def test_a_schema_is_one(name: str) -> None:
    jsonschema.Draft202012Validator.check_schema(SCHEMAS[name])


def test_the_committed_schemas_are_those_of_the_types(repository: Path) -> None:
    folder = repository / "content" / FOLDER
    assert {path.name: path.read_text(encoding="utf-8") for path in folder.iterdir()} == make_schemas()


def test_every_file_of_the_content_is_valid_and_has_a_schema(repository: Path) -> None:
    for content in (repository / "content", FIXTURES):
        found = files(content)
        assert {path for _, path in found} == set(content.rglob("*.yml"))
        wrong = {path: problems(name, path.read_text(encoding="utf-8")) for name, path in found}
        assert {path: said for path, said in wrong.items() if said} == {}


def test_every_lookup_has_a_schema_of_its_own(repository: Path) -> None:
    names = {path.stem for path in (repository / "content" / "lookups").glob("*.yml")}
    assert names <= TYPES.keys()


SIDECAR = """document: a.txt
sha256: '0'
place: 青禾市
year: 2026
kind: plan
programmes:
- {programme: livelihood, title: 民生实事}
title: 民生实事
published_on: 2026-02-10
"""


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("kind: plan", "kind: plans"),
        ("year: 2026", "year: this"),
        ("title: 民生实事\np", "titel: 民生实事\np"),
        ("programme: livelihood", "programme: other"),
        ("place: 青禾市\n", ""),
        ("2026-02-10", "2026年2月"),
        ("- {programme", "  {programme"),
        ("title: 民生实事}", "title: 民生实事, expect: {commitments: many}}"),
    ],
)
def test_a_slip_in_a_sidecar_is_underlined_and_refused(tmp_path: Path, old: str, new: str) -> None:
    assert problems("sidecar", SIDECAR) == []
    assert yamlfile.parse(SIDECAR, tmp_path, Sidecar).year == 2026
    planted = SIDECAR.replace(old, new)
    assert planted != SIDECAR
    assert problems("sidecar", planted)
    with pytest.raises(ContentError):
        yamlfile.parse(planted, tmp_path, Sidecar)


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("places", "- {zh: 青禾市, en: Qinghe, slug: qinghe, kind: town}"),
        ("places", "zh: 青禾市"),
        ("publication", "name: x"),
        ("audit", "{register: a, seed: '1', items: [{record: a, kind: wording, read: x, judgement: good}]}"),
        ("changes", "{day: today, since: 2026-01-01, reason: {zh: a, en: b}}"),
        ("measures", "- {slug: a, zh: a, en: a, unit: 个, theme: a, must: [养老], note: {zh: a, en: b}}"),
        ("themes", "{themes: [], measures: []}"),
        ("units", "{count: 个}"),
        ("table", "{name: a}"),
        ("register", "{place: a, year: 2026, programme: livelihood, title: a, sources: [], commitments: [{}]}"),
    ],
)
def test_a_slip_in_any_other_file_is_underlined(name: str, text: str) -> None:
    assert problems(name, text)


def test_numbers_may_be_quoted_and_must_be_numbers() -> None:
    target = "{id: t1, measure: a, comparator: eq, value: VALUE, unit: 个, kind: level, printed: 1, start: 0, end: 1}"
    schema = {"$ref": "#/$defs/Target", "$defs": SCHEMAS["register"]["$defs"]}
    for value, right in (("25", True), ("26.5", True), ("'26.50'", True), ("约25", False), ("[25]", False)):
        value_of = yaml.load(target.replace("VALUE", value), EditorLoader)
        assert jsonschema.Draft202012Validator(schema).is_valid(value_of) is right, value


def test_enumerations_and_notes_are_those_of_the_types() -> None:
    kinds = SCHEMAS["sidecar"]["$defs"]["Sidecar"]["properties"]["kind"]["enum"]
    assert set(kinds) == set(get_args(model.DocumentKind))
    for name, notes in FIELD_NOTES.items():
        fields = {one.name for one in msgspec.structs.fields(getattr(model, name))}
        assert notes.keys() <= fields, name
        assert name not in {"Sidecar", "Place"} or notes.keys() == fields, name


def test_the_command_prints_and_writes_them(run: Run, tmp_path: Path, content: Path) -> None:
    assert json.loads(run("schema", "sidecar").out) == SCHEMAS["sidecar"]
    assert [line.split(":")[0] for line in run("schema").out.splitlines()] == list(TYPES)
    assert run("schema", "sidecars").status == 2
    assert run("schema", "--write", "--content", content).status == 0
    assert {path.name for path in (content / FOLDER).iterdir()} == set(make_schemas())


def test_a_new_sidecar_names_its_schema(run: Run, content: Path, tmp_path: Path) -> None:
    document = tmp_path / "a.txt"
    document.write_text("云溪市2026年民生实事项目\n1.新建老年食堂30个。\n", encoding="utf-8")
    (content / "places.yml").write_text("- {zh: 云溪市, en: Yunxi, slug: yunxi, kind: city}\n", encoding="utf-8")
    ran = run("new", document, "--place", "云溪市", "--year", 2026, "--content", content)
    assert "what it does not: issuer, written_on or published_on, url, expect\n" in ran.out
    assert ran.status == 0, ran.err
    (sidecar,) = (content / "documents").glob("*.yml")
    text = sidecar.read_text(encoding="utf-8")
    named: Any = text.splitlines()[0].partition("$schema=")[2]
    assert (sidecar.parent / named).resolve() == (content / FOLDER / schema_file("sidecar")).resolve()
    assert problems("sidecar", text) == []
