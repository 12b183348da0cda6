"""Small registers for the tests of the assessment and the packages: one commitment, its numbers and its report."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

from generator.assess import ReportedWords, assess_register, load_reported_words
from generator.model import (
    Allocation,
    AssessedCommitment,
    AssessedRegister,
    CheckTally,
    Commitment,
    DocumentKind,
    Finding,
    Milestone,
    Place,
    Rate,
    Register,
    Report,
    Restatement,
    Result,
    Source,
    Target,
)

CONTENT = Path(__file__).resolve().parent.parent / "content"
PLACE = Place(zh="某某市", en="Somewhere", slug="somewhere", kind="city", code="990100")
WORDS: ReportedWords = load_reported_words(CONTENT)
YEAR = 2023
ID = f"somewhere-{YEAR}-livelihood-001"
TEXT = "新建公园10个"


def source(kind: DocumentKind = "half_year", as_of: date | None = None, **values: Any) -> Source:
    """A document of the given kind, with the id that ``report`` refers to."""
    days = {"plan": None, "half_year": date(YEAR, 6, 30), "annual": date(YEAR, 12, 31)}
    fields = {"id": f"s-{kind}", "document": "text.txt", "title": f"{kind}文件", "sha256": "0" * 64, "script": "Hans"}
    return Source(kind=kind, as_of=as_of or days[kind], **{**fields, **values})


def target(value: str = "10", unit: str = "个", **values: Any) -> Target:
    """A level to be reached exactly, unless said otherwise."""
    fields: dict[str, Any] = {"id": "t1", "measure": "新建公园", "comparator": "eq", "kind": "level"}
    return Target(
        **{**fields, "value": Decimal(value), "unit": unit, "printed": f"{value}{unit}", "start": 4, "end": 7, **values}
    )


def result(value: str = "10", unit: str = "个", printed: str = "", **values: Any) -> Result:
    """A result tied to ``t1``."""
    fields: dict[str, Any] = {"id": "v1", "measure": "新建公园", "comparator": "eq", "target": "t1"}
    return Result(
        **{
            **fields,
            "value": Decimal(value),
            "unit": unit,
            "printed": printed or f"{value}{unit}",
            "start": 100,
            "end": 103,
            **values,
        }
    )


def rate(published: str, **values: Any) -> Rate:
    """A published rate tied to ``t1`` and ``v1``."""
    fields: dict[str, Any] = {"id": "p1", "target": "t1", "result": "v1", "basis": "完成全年目标的"}
    return Rate(
        **{**fields, "published": Decimal(published), "printed": f"{published}%", "start": 105, "end": 110, **values}
    )


def report(
    text: str, *results: Result, rates: tuple[Rate, ...] = (), kind: DocumentKind = "half_year", **values: Any
) -> Report:
    """A report of the document of that kind."""
    as_of = source(kind).as_of
    fields: dict[str, Any] = {"id": "r1", "source": f"s-{kind}", "as_of": as_of, "start": 100, "end": 100 + len(text)}
    return Report(**{**fields, "text": text, "results": results, "rates": rates, **values})


def restated(text: str, *targets: Target, kind: DocumentKind = "annual", **values: Any) -> Restatement:
    """The wording of the commitment as the document of that kind prints it again."""
    fields: dict[str, Any] = {"id": "w1", "source": f"s-{kind}", "start": 200, "end": 200 + len(text)}
    return Restatement(**{**fields, "text": text, "targets": targets, **values})


def milestone(due: date | None, value: str | None = None, unit: str = "个", **values: Any) -> Milestone:
    """A milestone of ``t1``; an amount where it has a value."""
    fields: dict[str, Any] = {"id": "m1", "text": f"{due}前", "start": 20, "end": 24, "target": "t1"}
    number: dict[str, Any] = (
        {} if value is None else {"value": Decimal(value), "unit": unit, "comparator": "ge", "basis": "amount"}
    )
    return Milestone(**{**fields, "due": due, **number, **values})


def allocation(local_id: str, area: str, value: str, unit: str = "个", **values: Any) -> Allocation:
    """An area's share."""
    return Allocation(
        id=local_id, area=area, value=Decimal(value), unit=unit, printed=f"{value}{unit}", start=50, end=52, **values
    )


def commitment(**values: Any) -> Commitment:
    """A commitment with the target of ten parks, unless said otherwise."""
    fields: dict[str, Any] = {
        "id": ID,
        "position": 1,
        "text": TEXT,
        "start": 0,
        "end": len(TEXT),
        "targets": (target(),),
    }
    return Commitment(**{**fields, **values})


def register(*commitments: Commitment, sources: tuple[Source, ...] | None = None) -> Register:
    """A register of these commitments; its documents are those that the reports name."""
    kinds: list[DocumentKind] = ["plan", "half_year", "annual"]
    named = {report.source for one in commitments for report in one.reports}
    named |= {wording.source for one in commitments for wording in one.restated}
    found = tuple(source(kind) for kind in kinds if f"s-{kind}" in named)
    return Register(
        place=PLACE.slug,
        year=YEAR,
        programme="livelihood",
        title="民生实事",
        sources=sources if sources is not None else found or (source("plan"),),
        commitments=commitments,
    )


def assess(one: Commitment, sources: tuple[Source, ...] | None = None) -> AssessedCommitment:
    """The assessment of a single commitment."""
    return assess_all(one, sources=sources).commitments[0]


def assess_all(
    *commitments: Commitment, sources: tuple[Source, ...] | None = None, others: tuple[Register, ...] = ()
) -> AssessedRegister:
    """The assessment of a register of these commitments, beside other registers of its place and year."""
    return assess_register(register(*commitments, sources=sources), PLACE, WORDS, others)


def tally(check: str, one: Commitment, sources: tuple[Source, ...] | None = None) -> tuple[int, int, int]:
    """What one check counted: clear, found, not computable."""
    tallies = {found.check: found for found in assess_all(one, sources=sources).tallies}
    counted: CheckTally = tallies[check]
    assert counted.looked_at == counted.clear + counted.found + counted.not_computable
    return counted.clear, counted.found, counted.not_computable


def findings(check: str, one: Commitment, sources: tuple[Source, ...] | None = None) -> tuple[Finding, ...]:
    """What one check found."""
    return tuple(found for found in assess(one, sources=sources).findings if found.check == check)
