"""A small data package that has something of everything, and how to write it."""

from __future__ import annotations

import hashlib
import json
from datetime import date
from pathlib import Path

import msgspec

from generator.lookups import Places
from generator.model import AssessedRegister, Place, Responsibility
from generator.publication import load_publication
from generator.schemas import load_schemas
from tests.assess_examples import (
    CONTENT,
    PLACE,
    YEAR,
    allocation,
    assess_all,
    commitment,
    milestone,
    rate,
    report,
    result,
    source,
    target,
)
from tests.conftest import FIXTURES
from tests.packed import write_packages

OTHER = Place(zh="邻市", en="Next City", slug="nextville", kind="city", code="990200")
PLACES = Places((PLACE, OTHER), CONTENT / "places.yml")
SCHEMAS = load_schemas(CONTENT)
PUBLICATION = load_publication(FIXTURES / "content")
FOLDER = f"somewhere/{YEAR}"
EVIL = '=HYPERLINK("http://evil"),"x"\n第二行'


def example(text: str = EVIL) -> AssessedRegister:
    one = commitment(
        text=text,
        due=date(YEAR, 12, 31),
        targets=(target(allocations=(allocation("a1", "东区", "10"),)),),
        milestones=(milestone(date(YEAR, 9, 30), "5.50", "个"),),
        reports=(report("@公园9个,完成全年目标的120%", result("9"), rates=(rate("120"),)),),
        responsibilities=(Responsibility(role="lead", unit="+甲局"),),
    )
    plan = source("plan", written_on=date(YEAR, 2, 1), issuer="某某市人民政府", url="https://example.org/plan")
    return assess_all(one, sources=(plan, source("half_year")))


def example_of(place: Place, year: int = YEAR) -> AssessedRegister:
    """The example as another place's, or of another year, with ids of its own."""
    prefix = f"{place.slug}-{year}-"
    said = msgspec.json.encode(example()).decode().replace(f"{PLACE.slug}-{YEAR}-", prefix)
    assessed = msgspec.json.decode(said.replace('"s-', f'"{prefix}s-'), type=AssessedRegister)
    register = msgspec.structs.replace(assessed.register, place=place.slug, year=year)
    return msgspec.structs.replace(assessed, place=place, register=register)


def write(folder: Path, *registers: AssessedRegister) -> tuple[Path, Path]:
    write_packages(
        registers or (example(),),
        PUBLICATION,
        PLACES,
        SCHEMAS,
        (folder / "datapackage", folder / "downloads"),
        "https://example.org/duixian",
    )
    return folder / "datapackage", folder / "downloads"


def files(folder: Path) -> dict[str, bytes]:
    return {str(path.relative_to(folder)): path.read_bytes() for path in sorted(folder.rglob("*")) if path.is_file()}


def sign(folder: Path, name: str) -> None:
    descriptor = json.loads((folder / "datapackage.json").read_text(encoding="utf-8"))
    data = (folder / name).read_bytes()
    for resource in descriptor["resources"]:
        if resource["path"] == name:
            resource |= {"bytes": len(data), "hash": f"sha256:{hashlib.sha256(data).hexdigest()}"}
    (folder / "datapackage.json").write_text(json.dumps(descriptor, ensure_ascii=False), encoding="utf-8")
