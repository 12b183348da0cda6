"""A small city with everything that a page can show, and one whose every word tries to break out of the page."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

import msgspec

from generator.assess import ReportedWords, assess_register
from generator.model import (
    Allocation,
    Appraisal,
    AppraisalFigure,
    AssessedRegister,
    Commitment,
    Finding,
    Milestone,
    Place,
    Rate,
    Register,
    Report,
    Responsibility,
    Restatement,
    Result,
    Source,
    Target,
)

PLACE = Place(zh="测试市", en="Test City", slug="testville", kind="city", code="990000")
HOSTILE = "<img src=x onerror=alert(1)>\"'</script>*粗*`码`[链](javascript:alert(2))&amp;{{7*7}} dx-slot-body #1 <!--"


@dataclass(frozen=True)
class Words:
    """The words that a register of the examples is made of."""

    text: str = "新增老年助餐服务点227个"
    other: str = "市民政局"


def make_register(words: Words, place: Place = PLACE) -> Register:
    """One plan with a commitment of everything, one in words only, one known from its report alone."""
    source = Source(
        id=f"{place.slug}-2024-livelihood-annual",
        document="a.txt",
        title=words.other,
        kind="annual",
        sha256="0" * 64,
        script="Hans",
        issuer=words.other,
        document_number=words.other,
        url="https://example.org/?a=1&b=2",
        written_on=date(2024, 2, 4),
        as_of=date(2024, 12, 31),
        note=words.other,
        appraisals=(
            Appraisal(
                kind="vote",
                text=words.text,
                start=60,
                end=70,
                figures=(AppraisalFigure(value=Decimal(86), unit="名", printed=words.other, start=61, end=64),),
            ),
        ),
    )
    return Register(
        place=place.slug,
        year=2024,
        programme="livelihood",
        title=words.other,
        sources=(source,),
        commitments=(_full(words, source, place), _bare(words, place), _narrative(words, source, place)),
        retired=(f"{place.slug}-2024-livelihood-009",),
    )


def _full(words: Words, source: Source, place: Place) -> Commitment:
    shares = tuple(
        Allocation(
            id=f"a{n}", area=f"{words.other}{n}", value=Decimal(value), unit="个", printed=f"{value}个", start=1, end=2
        )
        for n, value in ((1, 100), (2, 127))
    )
    target = Target(
        id="t1",
        measure=words.other,
        comparator="ge",
        value=Decimal(227),
        unit="个",
        kind="level",
        printed=words.other,
        start=5,
        end=9,
        part=words.other,
        allocations=shares,
    )
    step = Milestone(
        id="m1",
        text=words.text,
        start=1,
        end=2,
        due=date(2024, 9, 30),
        target="t1",
        comparator="ge",
        value=Decimal(100),
        unit="个",
        basis="amount",
    )
    result = Result(
        id="v1",
        measure=words.other,
        comparator="eq",
        value=Decimal(250),
        unit="个",
        printed=words.other,
        start=1,
        end=2,
        target="t1",
        area="",
        appraisal="satisfaction",
    )
    rate = Rate(
        id="p1",
        published=Decimal("110.1"),
        printed=words.other,
        start=1,
        end=2,
        target="t1",
        result="v1",
        basis=words.other,
    )
    report = Report(
        id="r1",
        source=source.id,
        text=words.text,
        start=10,
        end=20,
        as_of=date(2024, 12, 31),
        results=(result,),
        rates=(rate,),
    )
    later = Restatement(
        id="w1",
        source=source.id,
        text=f"{words.text}左右",
        start=30,
        end=42,
        due=date(2024, 12, 31),
        due_text=f"{words.other}底",
        targets=(msgspec.structs.replace(target, comparator="approx", value=Decimal(200), allocations=()),),
    )
    return Commitment(
        id=f"{place.slug}-2024-livelihood-001",
        position=1,
        text=words.text,
        start=0,
        end=12,
        source=source.id,
        number=words.other,
        section=words.other,
        category=words.other,
        leader=words.other,
        due=date(2024, 11, 30),
        due_text=words.other,
        responsibilities=(
            Responsibility(
                role="lead",
                unit=words.other,
                official=words.other,
                department=words.other,
                leader=words.other,
                scope=words.other,
            ),
            Responsibility(role="support", unit=words.other),
        ),
        targets=(target,),
        milestones=(step,),
        reports=(report,),
        restated=(later,),
    )


def _bare(words: Words, place: Place) -> Commitment:
    return Commitment(id=f"{place.slug}-2024-livelihood-002", position=2, text=words.text * 12, start=0, end=12)


def _narrative(words: Words, source: Source, place: Place) -> Commitment:
    report = Report(id="r1", source=source.id, text=words.text, start=10, end=20, as_of=date(2024, 12, 31))
    return Commitment(id=f"{place.slug}-2024-livelihood-003", position=3, text="", start=0, end=0, reports=(report,))


def assess(register: Register, words: ReportedWords, place: Place = PLACE) -> AssessedRegister:
    """The register assessed, with a finding whose words are the register's own title added to the first commitment."""
    assessed = assess_register(register, place, words)
    first = assessed.commitments[0]
    finding = Finding(
        id="f9",
        check="rate",
        severity="warning",
        commitment_id=first.commitment.id,
        found=register.title,
        expected=register.title,
        message_zh=register.title,
        message_en=register.title,
        start=1,
        end=2,
    )
    changed = msgspec.structs.replace(first, findings=(*first.findings, finding))
    return msgspec.structs.replace(assessed, commitments=(changed, *assessed.commitments[1:]))
