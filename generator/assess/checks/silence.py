"""``silence``: a commitment that a document which reports on its programme does not mention."""

from __future__ import annotations

from datetime import date

from generator.assess.outcome import Check, Message, Outcome, Quoted, make_finding
from generator.assess.subject import Subject
from generator.model import Source


def check_silence(subject: Subject) -> Outcome:
    """Each commitment in a programme that has a report: clear when the newest report speaks of it."""
    outcome = Outcome("silence")
    newest = _newest_report(subject)
    if newest is None or not subject.commitment.text:
        return outcome
    if any(report.source == newest.id for report in subject.commitment.reports):
        outcome.clear += 1
        return outcome
    commitment, dated = subject.commitment, f"{newest.as_of}" if newest.as_of else ""
    message = Message(
        found="",
        expected=newest.title,
        zh=f"进展文件《{newest.title}》{f'（截至{dated}）' if dated else ''}没有写这一项的进展",
        en=f"The progress document “{newest.title}”{f' (as of {dated})' if dated else ''} says nothing of this one",
        cause_zh="该项并入他项、由别的文件报告或已调整",
        cause_en="it is reported under another item or elsewhere, or was changed",
        severity="notice",
    )
    quoted = Quoted(commitment.start, commitment.end)
    outcome.findings.append(make_finding(subject, "silence", newest.id, message, quoted))
    return outcome


def _newest_report(subject: Subject) -> Source | None:
    reporting = [source for source in subject.register.sources if source.kind != "plan"]
    return max(reporting, key=lambda source: source.as_of or source.published_on or date.min, default=None)


CHECK = Check(
    name="silence",
    run=check_silence,
    zh="进展文件未提及",
    en="Not mentioned in a later report",
    rule_zh="有进展文件的年度和类别里，每一项都应在最新的进展文件中提到。",
    rule_en="In a programme that has a progress document, each commitment should be mentioned in the newest one.",
)
