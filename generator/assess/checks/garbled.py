"""``garbled``: places where characters were lost in a text that we read (线%, 推出线个, 14.910.7, “ without ”)."""

from __future__ import annotations

from collections.abc import Iterator

from generator.assess.garbles import Garble, find_garbles, has_no_unit
from generator.assess.outcome import Check, Message, Outcome, Quoted, make_finding
from generator.assess.subject import Subject
from generator.assess.terms import GARBLES
from generator.model import Commitment, Finding, Result, Severity, Target

#: Characters that a finding quotes on either side.
_AROUND = 10
_WEIGHTS: dict[str, Severity] = {"lost_number": "warning", "merged_numbers": "warning"}
_TERMS = {term.code: term for term in GARBLES}


def check_garbled(subject: Subject) -> Outcome:
    """The wording of a commitment and each of its reports: clear where nothing in it shows that characters are lost."""
    outcome = Outcome("garbled")
    for record, text, quoted in _texts(subject.commitment):
        garbles = find_garbles(text, subject.words.garbled)
        unmarked = _numbers_without_a_unit(subject, record)
        outcome.clear += not garbles and not unmarked
        seen: dict[str, int] = {}
        for garble in garbles:
            seen[garble.code] = seen.get(garble.code, 0) + 1
            local_id = f"{record}-{garble.code.replace('_', '-')}-{seen[garble.code]}"
            outcome.findings.append(_finding(subject, local_id, text, garble, quoted))
        if unmarked:
            outcome.findings.append(_unit_finding(subject, f"{record}-no-unit", unmarked))
    return outcome


def _texts(commitment: Commitment) -> Iterator[tuple[str, str, Quoted]]:
    if commitment.text:
        yield "text", commitment.text, Quoted(commitment.start, commitment.end)
    for report in commitment.reports:
        if report.text:
            yield report.id, report.text, Quoted(report.start, report.end)


def _numbers_without_a_unit(subject: Subject, record: str) -> list[Target | Result]:
    """The numbers of the wording or of a report that stand without a unit, in order, each place of the source once."""
    reports = {report.id: report.results for report in subject.commitment.reports}
    numbers = {(one.start, one.end): one for one in reports.get(record, subject.commitment.targets)}
    words = subject.words.garbled
    return [one for one in numbers.values() if has_no_unit(one.printed, one.measure, one.unit, words)]


def _unit_finding(subject: Subject, local_id: str, numbers: list[Target | Result]) -> Finding:
    """One finding for all of a text: a text that lost one unit has mostly lost several."""
    term = _TERMS["no_unit"]
    printed = "、".join(one.printed for one in numbers)
    message = Message(
        found=printed,
        expected="",
        zh=f"{term.zh}：" + "、".join(f"「{one.printed}」（{one.measure}）" for one in numbers),
        en=f"{term.en[0].upper()}{term.en[1:]}: {printed}",
        cause_zh="转载、复制时丢失，或原文省略",
        cause_en="it was lost in copying, or left out in the source",
        severity="notice",
    )
    place = Quoted(min(one.start for one in numbers), max(one.end for one in numbers))
    return make_finding(subject, "garbled", local_id, message, place)


def _finding(subject: Subject, local_id: str, text: str, garble: Garble, whole: Quoted) -> Finding:
    term = _TERMS[garble.code]
    found, context = text[garble.start : garble.end].strip(), _context(text, garble)
    message = Message(
        found=found,
        expected="",
        zh=f"{term.zh}：「{context}」中的「{found}」",
        en=f"{term.en[0].upper()}{term.en[1:]}: 「{found}」 in 「{context}」",
        cause_zh="转载、复制时丢失，或原文印错",
        cause_en="it was lost in copying, or misprinted in the source",
        severity=_WEIGHTS.get(garble.code, "notice"),
    )
    return make_finding(subject, "garbled", local_id, message, _place(text, garble, whole))


def _context(text: str, garble: Garble) -> str:
    start, end = max(0, garble.start - _AROUND), garble.end + _AROUND
    quoted = " ".join(text[start:end].split())
    return f"{'…' if start else ''}{quoted}{'…' if end < len(text) else ''}"


def _place(text: str, garble: Garble, whole: Quoted) -> Quoted:
    """The characters themselves; all of the text where it was cleaned, so that offsets inside it are not known."""
    if whole.end - whole.start != len(text):
        return whole
    return Quoted(whole.start + garble.start, whole.start + garble.end)


CHECK = Check(
    name="garbled",
    run=check_garbled,
    zh="文字残缺",
    en="Garbled text",
    rule_zh="应有数字处没有数字的单位和百分号（“增长%”“推出线个”）、后面没有单位的数（“人才3600，”）、连成一串的数字、"
    "不成对的括号引号、乱码，按字形逐处列出；丢失的数字不作零计。",
    rule_en="A unit or a sign with no number where one must stand, a number with no unit after it, numbers run "
    "together, brackets and quotation marks without a partner, and unreadable characters are listed by their form; "
    "a lost number is never taken for zero.",
)
