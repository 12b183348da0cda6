"""What a check is, and what it returns."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

from generator.assess.subject import RegisterSubject, Subject
from generator.model import Finding, Severity


@dataclass
class Outcome:
    """What one check saw in one commitment. Everything looked at is clear, found or not computable."""

    check: str
    clear: int = 0
    not_computable: int = 0
    findings: list[Finding] = field(default_factory=list)

    @property
    def looked_at(self) -> int:
        """How many things were looked at."""
        return self.clear + self.not_computable + len(self.findings)


@dataclass(frozen=True)
class Check:
    """A check with the words that the method page prints.

    ``run`` looks at one commitment, ``run_register`` at a whole register; a check has one of the two.
    """

    name: str
    zh: str
    en: str
    rule_zh: str
    rule_en: str
    run: Callable[[Subject], Outcome] | None = None
    run_register: Callable[[RegisterSubject], Outcome] | None = None


@dataclass(frozen=True)
class Message:
    """A finding's words: what stands there, what one would expect, and both said neutrally in two languages.

    ``cause_zh`` and ``cause_en`` name what else may be behind it; a reading error of ours always comes first.
    """

    found: str
    expected: str
    zh: str
    en: str
    cause_zh: str
    cause_en: str
    severity: Severity = "warning"


@dataclass(frozen=True)
class Quoted:
    """The characters of the source that a finding quotes."""

    start: int
    end: int


def make_finding(
    subject: Subject, check: str, local_id: str, message: Message, quoted: Quoted, *, target_id: str = ""
) -> Finding:
    """A finding about a commitment. Its id is the check's name and the record, so others do not change it."""
    return make_register_finding(subject.commitment.id, check, local_id, message, quoted, target_id=target_id)


def make_register_finding(
    commitment_id: str, check: str, local_id: str, message: Message, quoted: Quoted, *, target_id: str = ""
) -> Finding:
    """A finding of a check that looks at a register: about one of its commitments, or, with no id, about all."""
    return Finding(
        id=f"{check}-{local_id}",
        check=check,
        severity=message.severity,
        commitment_id=commitment_id,
        target_id=target_id,
        found=message.found,
        expected=message.expected,
        message_zh=f"{message.zh}。可能的原因：本站读取有误；或{message.cause_zh}。",
        message_en=f"{message.en}. Possible causes: a reading error of ours; or {message.cause_en}.",
        start=quoted.start,
        end=quoted.end,
    )
