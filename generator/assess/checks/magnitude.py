"""``magnitude``: a result so far from its target that a misread or misprinted unit is likely (亿 for 万亿)."""

from __future__ import annotations

from generator.assess.compare import is_implausible, is_ten_thousand_off, unit_relation
from generator.assess.doubts import is_confirmed
from generator.assess.numbers import amount, plain, rounded
from generator.assess.outcome import Check, Message, Outcome, Quoted, make_finding
from generator.assess.rules import FAR_ABOVE, FAR_BELOW
from generator.assess.subject import Subject
from generator.model import Finding, Report, Result, Target


def check_magnitude(subject: Subject) -> Outcome:
    """Each result that is tied to a target of its own unit."""
    outcome = Outcome("magnitude")
    targets = {target.id: target for target in subject.commitment.targets if target.kind == "level"}
    for report in subject.commitment.reports:
        for result in report.results:
            target = targets.get(result.target)
            if target is None or result.area:
                continue
            if unit_relation(target.unit, result.unit, subject.words) != "same":
                outcome.not_computable += 1
            elif is_implausible(target, result) and not is_confirmed(subject, report, target):
                outcome.findings.append(_finding(subject, report, result, target))
            else:
                outcome.clear += 1
    return outcome


def _finding(subject: Subject, report: Report, result: Result, target: Target) -> Finding:
    reported, whole = amount(result.value, result.unit), amount(target.value, target.unit)
    factor_zh = factor_en = ""
    if is_ten_thousand_off(target, result):
        near = amount(rounded(result.value * 10_000, 2), result.unit)
        factor_zh = f"；乘以一万为{near}，与目标相近"
        factor_en = f"; ten thousand times it would be {near}, near the target"
    message = Message(
        found=result.printed or reported,
        expected=target.printed or whole,
        zh=f"实际值{reported}与目标{whole}相差悬殊{factor_zh}",
        en=f"The result {reported} is implausibly far from the target {whole}{factor_en}",
        cause_zh="原文单位印错（如“万亿”印作“亿”），或两数口径不同",
        cause_en="a unit is misprinted in the source (亿 for 万亿), or the two differ in scope",
        severity="warning" if is_ten_thousand_off(target, result) else "notice",
    )
    return make_finding(
        subject, "magnitude", f"{report.id}.{result.id}", message, Quoted(result.start, result.end), target_id=target.id
    )


_BELOW = f"{plain(FAR_BELOW.value * 100)}%"

CHECK = Check(
    name="magnitude",
    run=check_magnitude,
    zh="数量级",
    en="Order of magnitude",
    rule_zh=f"同单位的实际值达到目标的{FAR_ABOVE.value}倍或以上（公布的完成率不能印证），或不到目标的{_BELOW}，"
    "先视为读错、印错或口径不同，不作判断。",
    rule_en=f"A result of its target's unit that is {FAR_ABOVE.value} times the target or more and confirmed by no "
    f"published rate, or is below {_BELOW} of it, is first taken for a misreading, a misprint or another scope, and "
    "not judged.",
)
