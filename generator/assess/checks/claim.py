"""``claim``: words of completion beside a number that is smaller than its target."""

from __future__ import annotations

from generator.assess.clauses import clause_at
from generator.assess.compare import compare
from generator.assess.numbers import amount
from generator.assess.outcome import Check, Message, Outcome, Quoted, make_finding
from generator.assess.reported import whole_claim
from generator.assess.subject import Subject
from generator.model import Finding, Report, Result, Target


def check_claim(subject: Subject) -> Outcome:
    """Each claim of the whole that stands in one clause with a number tied to a target, and can be compared."""
    outcome = Outcome("claim")
    targets = {target.id: target for target in subject.commitment.targets}
    for report in subject.commitment.reports:
        for result in report.results:
            if result.target in targets and not result.area and not result.forecast:
                _check_result(subject, report, result, targets[result.target], outcome)
    return outcome


def _check_result(subject: Subject, report: Report, result: Result, target: Target, outcome: Outcome) -> None:
    clause = clause_at(report, result.printed, result.start)
    claim = whole_claim(clause.text, subject.words) if clause else ""
    if not claim:
        return
    compared = compare(target, result, subject.words)
    if compared.reason or target.kind == "growth" or _is_one_of_several(report, result):
        outcome.not_computable += 1
    elif compared.reached:
        outcome.clear += 1
    elif not (subject.is_final(report) or _is_of_the_year(claim, subject)):
        outcome.not_computable += 1  # before the end, "all" may be all of a first batch
    else:
        outcome.findings.append(_finding(subject, report, result, target, claim))


def _is_of_the_year(claim: str, subject: Subject) -> bool:
    """Whether a claim names the whole that it is of (完成全年目标), so that the time of the report does not matter."""
    return any(word in claim for word in subject.words.claim_nouns)


def _is_one_of_several(report: Report, result: Result) -> bool:
    return sum(other.target == result.target and not other.area for other in report.results) > 1


def _finding(subject: Subject, report: Report, result: Result, target: Target, claim: str) -> Finding:
    whole = amount(target.value, target.unit)
    reported = amount(result.value, result.unit)
    message = Message(
        found=f"{claim}：{result.printed}",
        expected=target.printed or whole,
        zh=f"进展称“{claim}”，同一处的数字为{reported}，目标为{whole}",
        en=f"The report says “{claim}”; the number beside it is {reported}, the target is {whole}",
        cause_zh="两数口径不同，或目标已经调整",
        cause_en="the two differ in scope, or the target was changed",
    )
    return make_finding(
        subject, "claim", f"{report.id}.{result.id}", message, Quoted(result.start, result.end), target_id=target.id
    )


CHECK = Check(
    name="claim",
    run=check_claim,
    zh="“完成”与数字",
    en="Claims of completion beside a smaller number",
    rule_zh="同一分句里既称全部完成（完成全年目标等），又有对应目标的数字时，该数字不应小于目标。"
    "“基本完成”“已完成”“已启动”不是全部完成，不与数字相比；期限未到的进展只看称完成全年目标的。",
    rule_en="Where one clause claims the whole and gives a number for a target, the number should not be below it. "
    "Weaker words (基本完成, 已完成, 已启动) claim no whole; before the end of the period only claims of the year "
    "count.",
)
