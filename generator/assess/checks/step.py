"""``step``: how far a work was promised to be (建成, 印发) against how far the last report says it is (招标, 初稿)."""

from __future__ import annotations

from generator.assess.ladders import Step, promised_steps, reported_step
from generator.assess.outcome import Check, Message, Outcome, Quoted, make_finding
from generator.assess.subject import Subject
from generator.model import Finding, Report


def check_step(subject: Subject) -> Outcome:
    """Each thing with a step that is promised, and reported on when the promise should be kept."""
    outcome = Outcome("step")
    report = next((one for one in subject.reports() if subject.is_final(one)), None)
    if report is None or report is not subject.reports()[0]:
        return outcome
    for number, promised in enumerate(promised_steps(subject.commitment.text, subject.words), start=1):
        reported = reported_step(report, promised, subject.words)
        if reported is None:
            outcome.not_computable += 1
        elif reported.height >= promised.height:
            outcome.clear += 1
        else:
            outcome.findings.append(_finding(subject, report, promised, reported, number))
    return outcome


def _finding(subject: Subject, report: Report, promised: Step, reported: Step, number: int) -> Finding:
    message = Message(
        found=reported.word,
        expected=promised.word,
        zh=f"承诺写的是“{promised.word}”（{promised.thing}），期末的进展写到“{reported.word}”：“{reported.span.text}”",
        en=f"The promise says “{promised.word}” ({promised.thing}); the last report goes as far as “{reported.word}”: "
        f"“{reported.span.text}”",
        cause_zh="进展没有写到最后一步，或写的是其中一部分",
        cause_en="the report leaves out the last step, or speaks of a part of it",
        severity="notice",
    )
    return make_finding(subject, "step", f"{report.id}-{number}", message, Quoted(report.start, report.end))


CHECK = Check(
    name="step",
    run=check_step,
    zh="承诺的程度与报告的程度",
    en="How far it was promised to be, and how far it is",
    rule_zh="承诺写明建成、开工、印发等程度的，期末（年度报告或期限已过）的进展对同一事项只写到较早的程度（初稿、征求意见、招标等），"
    "列为提示。名称不能对上的、期限未到的，以及进展自己写到年内尚待完成的事（可能写于年终之前）的，不作比较。",
    rule_en="Where the promise names how far a work will be (建成, 开工, 印发) and the last report, at the end of the "
    "period, gives an earlier step for the same thing (初稿, 征求意见, 招标), this is a notice. Things whose names "
    "do not match, reports before the end, and those that speak of the rest of the year as to come, are not compared.",
)
