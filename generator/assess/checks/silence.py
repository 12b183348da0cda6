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
    known_zh, known_en = _known_of_the_text(subject, newest)
    message = Message(
        found="",
        expected=newest.title,
        zh=f"进展文件《{newest.title}》{f'（截至{dated}）' if dated else ''}没有写这一项的进展",
        en=f"The progress document “{newest.title}”{f' (as of {dated})' if dated else ''} says nothing of this one",
        cause_zh=f"{known_zh}该项并入他项、由别的文件报告或已调整",
        cause_en=f"{known_en}it is reported under another item or elsewhere, or was changed",
        severity="notice",
    )
    quoted = Quoted(commitment.start, commitment.end)
    outcome.findings.append(make_finding(subject, "silence", newest.id, message, quoted))
    return outcome


def _known_of_the_text(subject: Subject, newest: Source) -> tuple[str, str]:
    """What may have hidden a report from us: what is noted of the text, and that it ends with this commitment."""
    zh = f"本站所得文本的情况（“{newest.note.rstrip('。')}”）；或" if newest.note else ""
    en = f"the state of the text that we have (“{newest.note.rstrip('。')}”); or " if newest.note else ""
    starts = [one.start for one in subject.register.commitments if one.source == newest.id]
    starts += [told.start for one in subject.register.commitments for told in one.reports if told.source == newest.id]
    if subject.commitment.source == newest.id and subject.commitment.start == max(starts, default=-1):
        zh += "本站得到的文本到这一项为止，其后的文字可能缺失；或"
        en += "the text that we have ends with this one, and what followed may be missing; or "
    return zh, en


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
