"""``orphan``: a later document reports on something that the documents before it did not promise."""

from __future__ import annotations

from generator.assess.outcome import Check, Message, Outcome, Quoted, make_finding
from generator.assess.subject import Subject


def check_orphan(subject: Subject) -> Outcome:
    """Each commitment of a register with several documents: clear when the first of them has it."""
    outcome = Outcome("orphan")
    sources, commitment = subject.register.sources, subject.commitment
    if len(sources) < 2:
        return outcome
    first, own = sources[0], subject.source(commitment.source)
    if own is None or own.id == first.id:
        outcome.clear += 1
        return outcome
    message = Message(
        found=own.title,
        expected=first.title,
        zh=f"《{own.title}》的这一项，与《{first.title}》中的各项都对不上",
        en=f"This item of “{own.title}” matches none of “{first.title}” with certainty",
        cause_zh="该项改了表述、年中新增或由别项拆出",
        cause_en="it was reworded, added during the year or split from another",
        severity="notice",
    )
    outcome.findings.append(make_finding(subject, "orphan", own.id, message, Quoted(commitment.start, commitment.end)))
    return outcome


CHECK = Check(
    name="orphan",
    run=check_orphan,
    zh="进展找不到承诺",
    en="A report without a commitment",
    rule_zh="后一份文件的每一项，都应能按编号和表述对上前一份文件的一项；不能确定的不猜，单列出来。",
    rule_en="Each item of a later document should match one of the first by number and wording; no guess is made.",
)
