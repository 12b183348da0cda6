"""Cities with so much to list that lists come in parts, once the limit is low."""

from __future__ import annotations

from datetime import date
from functools import cache

import msgspec

from generator.assess import assess_register
from generator.model import AssessedRegister, Commitment, Finding, Place, Register, Responsibility, Source
from generator.pages.city_year import render_city_year
from generator.pages.due import render_due
from generator.pages.findings import render_findings
from generator.pages.listparts import Rendered
from generator.pages.longlists import Cutting
from generator.pages.outline import City, registers_to_cities
from generator.pages.silence import render_silence
from tests import page_examples as examples
from tests.assess_examples import WORDS
from tests.kept_examples import keep_years

SMALL = Cutting(whole=60, size=16_000)
"""A limit that the lists of these cities pass, and parts of some thirty rows."""

PLACES = tuple(
    Place(zh=f"{name}测市", en=f"{slug.title()} City", slug=slug, kind="city", code=f"9{number}0000")
    for number, (slug, name) in enumerate((("east-test", "东"), ("west-test", "西"), ("north-test", "北")))
)
YEARS = (2023, 2024)
A_REGISTER = 40
CHECKS = ("rate", "silence", "duplicate")
PAGES = {"findings": render_findings, "due": render_due, "silence": render_silence}


def make_register(place: Place, year: int) -> Register:
    """A plan of forty promises, each with a due date, and a report that mentions none of them."""
    plain = examples.make_register(examples.Words(), place)
    plan, report = (_source(place, year, kind) for kind in ("plan", "quarter"))
    made = tuple(_promise(place, year, number, plan) for number in range(1, A_REGISTER + 1))
    return msgspec.structs.replace(plain, year=year, sources=(plan, report), commitments=made, retired=())


def _source(place: Place, year: int, kind: str) -> Source:
    return Source(
        id=f"{place.slug}-{year}-{kind}",
        document="a.txt",
        title=f"{place.zh}{kind}",
        kind=kind,  # type: ignore[arg-type]
        sha256=f"{len(place.slug)}{year}{len(kind)}".ljust(64, "0"),
        script="Hans",
        as_of=date(year, 3 if kind == "plan" else 6, 1),
    )


def _promise(place: Place, year: int, number: int, plan: Source) -> Commitment:
    return Commitment(
        id=f"{place.slug}-{year}-livelihood-{number:03}",
        position=number,
        text=f"{place.zh}{year}年办好第{number}件事",
        start=number * 100,
        end=number * 100 + 9,
        source=plan.id,
        due=date(year, 1 + number % 12, 28),
        due_text=f"{1 + number % 12}月",
        responsibilities=(Responsibility(role="lead", unit=f"市第{number % 5}局"),),
    )


def _assess(register: Register, place: Place) -> AssessedRegister:
    """The register with a finding about every commitment; the checks take turns."""
    assessed = assess_register(register, place, WORDS)
    found = tuple(
        msgspec.structs.replace(item, findings=(_finding(item.commitment, CHECKS[n % len(CHECKS)]),))
        for n, item in enumerate(assessed.commitments)
    )
    return msgspec.structs.replace(assessed, commitments=found)


def _finding(commitment: Commitment, check: str) -> Finding:
    said = f"核对{commitment.id}"
    return Finding(
        id="f1",
        check=check,
        severity="notice",
        commitment_id=commitment.id,
        found="",
        expected="",
        message_zh=said,
        message_en="A finding.",
    )


@cache
def cities() -> tuple[City, ...]:
    """Three cities of two years each."""
    return registers_to_cities(_assess(make_register(place, year), place) for place in PLACES for year in YEARS)


def page(name: str, cutting: Cutting = SMALL) -> Rendered:
    """A list of all cities, or the page of the first city's newest year."""
    if name == "year":
        return render_city_year(cities()[0].years[0], lambda chart: "", Cutting(whole=20, size=6_000))
    return PAGES[name](keep_years(*cities()), cutting)
