"""``duplicate``: one commitment printed twice, or one report text given to two commitments."""

from __future__ import annotations

from collections.abc import Iterator

from generator.assess.outcome import Check, Message, Outcome, Quoted, make_register_finding
from generator.assess.rules import SAME_REPORT, SAME_TEXT
from generator.assess.subject import RegisterSubject
from generator.model import Commitment, Finding, Register
from generator.text import squash


def check_duplicate(subject: RegisterSubject) -> Outcome:
    """Each wording and each report: clear when no earlier commitment of the place and year has the same one."""
    outcome = Outcome("duplicate")
    first = {key: one.id for register in subject.siblings for key, one, _, _ in _wordings(register)}
    for key, one, record, quoted in _wordings(subject.register):
        earlier = first.setdefault(key, one.id)
        if earlier == one.id:
            outcome.clear += 1
        else:
            outcome.findings.append(_finding(one, record, earlier, quoted))
    return outcome


def _wordings(register: Register) -> Iterator[tuple[tuple[str, str], Commitment, str, Quoted]]:
    """What can be printed twice: a wording, and what one document reports; short ones are left out."""
    for one in register.commitments:
        folded = squash(one.text)
        if len(folded) >= SAME_TEXT.value:
            yield ("text", folded), one, "text", Quoted(one.start, one.end)
        for report in one.reports:
            told = squash(report.text)
            if len(told) >= SAME_REPORT.value:
                yield (report.source, told), one, report.id, Quoted(report.start, report.end)


def _finding(one: Commitment, record: str, earlier: str, quoted: Quoted) -> Finding:
    noun_zh, noun_en = ("承诺", "wording") if record == "text" else ("进展", "report")
    message = Message(
        found=earlier,
        expected="",
        zh=f"这一项的{noun_zh}文字与{earlier}相同（不计标点）",
        en=f"The {noun_en} is the same as that of {earlier}, punctuation aside",
        cause_zh="文件把同一项列了两次，或一段文字同时说明两项",
        cause_en="the document lists it twice, or one text speaks of both",
        severity="notice",
    )
    return make_register_finding(one.id, "duplicate", record, message, quoted)


CHECK = Check(
    name="duplicate",
    run_register=check_duplicate,
    zh="重复",
    en="Printed twice",
    rule_zh="同一地区同一年度的两项承诺，文字不应相同；同一份文件的同一段进展，不应归于两项。标点不计，短句不比。",
    rule_en="No two commitments of a place and year should have the same wording, and no two the same report of one "
    "document; punctuation is left aside and short texts are not compared.",
)
