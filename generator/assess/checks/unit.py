"""``unit``: a result that the document ties to a target but that is counted in another unit."""

from __future__ import annotations

from generator.assess.compare import unit_relation
from generator.assess.doubts import is_confirmed
from generator.assess.numbers import amount
from generator.assess.outcome import Check, Message, Outcome, Quoted, make_finding
from generator.assess.subject import Subject
from generator.model import Finding, Report, Result, Target


def check_unit(subject: Subject) -> Outcome:
    """Each result that is tied to a target: same unit, another unit, or a unit that one of the two has lost."""
    outcome = Outcome("unit")
    targets = {target.id: target for target in subject.commitment.targets}
    for report in subject.commitment.reports:
        for result in report.results:
            target = targets.get(result.target)
            if target is None:
                continue
            relation = unit_relation(target.unit, result.unit, subject.words)
            if relation == "same" or is_confirmed(subject, report, target):
                outcome.clear += 1
            elif relation == "missing":
                outcome.not_computable += 1
            else:
                outcome.findings.append(_finding(subject, report, result, target))
    return outcome


def _finding(subject: Subject, report: Report, result: Result, target: Target) -> Finding:
    reported, whole = amount(result.value, result.unit), amount(target.value, target.unit)
    message = Message(
        found=result.unit,
        expected=target.unit,
        zh=f"目标为{whole}，进展给出的是{reported}，单位不同，未作比较",
        en=f"The target is {whole}, the report gives {reported}: the units differ and the two were not compared",
        cause_zh="两者本是不同的量",
        cause_en="the two measure different things",
        severity="notice",
    )
    return make_finding(
        subject,
        "unit",
        f"{report.id}.{result.id}",
        message,
        Quoted(result.start, result.end),
        target_id=target.id,
    )


CHECK = Check(
    name="unit",
    run=check_unit,
    zh="单位可比",
    en="Units are comparable",
    rule_zh="目标与对应的实际值应是同一单位，否则不作比较；公布的完成率正是两数相除的，视为可比。",
    rule_en="A target and the result tied to it should have the same unit, or they are not compared, "
    "unless the published rate is the quotient of the two.",
)
