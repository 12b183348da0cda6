"""Audits on disk: ``content/audits/<register>.yml``, written by hand after ``duixian audit NAME --write``."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from pathlib import Path

from generator import yamlfile
from generator.audits.facts import register_name
from generator.errors import ContentError, Problem
from generator.model import Audit, AuditItem, Register

AUDITS = "audits"
_ITEM_LINE = re.compile(r"^\s*(?:- )?record:\s")
_OF_COMMITMENT = {"unit", "leader", "due", "target", "milestone", "allocation", "result", "tie", "untied", "rate"}


def audit_path(content: Path, name: str) -> Path:
    """Where the audit of a register lives."""
    return content / AUDITS / f"{name}.yml"


def load_audits(content: Path, registers: Sequence[Register]) -> dict[str, Audit]:
    """All audits by the name of their register; none where there is no folder.

    Raises ContentError, with path and line, for an audit of no register, a record that no register has, the same
    item twice, a judgement without reader or date, and a wrong one without a note that says what would be right.
    """
    known = {register_name(register): register for register in registers}
    audits: dict[str, Audit] = {}
    problems: list[Problem] = []
    for path in sorted((content / AUDITS).glob("*.y*ml")):
        try:
            text = yamlfile.read_text(path)
            audit = yamlfile.parse(text, path, Audit)
        except ContentError as error:
            problems.extend(error.problems)
            continue
        problems.extend(_audit_problems(audit, path, text, known))
        audits[audit.register] = audit
    if problems:
        raise ContentError(*problems)
    return audits


def find_audit(content: Path, register: Register) -> Audit | None:
    """The audit of one register, made sure of; None where there is none yet."""
    path = audit_path(content, register_name(register))
    if not path.exists():
        return None
    text = yamlfile.read_text(path)
    audit = yamlfile.parse(text, path, Audit)
    problems = list(_audit_problems(audit, path, text, {register_name(register): register}))
    if problems:
        raise ContentError(*problems)
    return audit


def write_audit(content: Path, audit: Audit) -> Path:
    """Write an audit where it belongs, whole or not at all, and return its path."""
    path = audit_path(content, audit.register)
    yamlfile.dump(audit, path)
    return path


def _audit_problems(audit: Audit, path: Path, text: str, known: dict[str, Register]) -> Iterator[Problem]:
    if audit.register not in known or path != audit_path(path.parent.parent, audit.register):
        expected = f"expected {audit.register}.yml, and one of: {', '.join(known)}"
        found = f"an audit of {audit.register!r}"
        yield Problem(path, 1, "audit-register", found, expected, "correct the name of file and register")
        return
    lines = [number for number, line in enumerate(text.split("\n"), 1) if _ITEM_LINE.match(line)]
    register, seen = known[audit.register], set()
    for index, item in enumerate(audit.items):
        line = lines[index] if len(lines) == len(audit.items) else 0
        for code, found, expected in _item_faults(item, audit, register):
            yield Problem(path, line, code, f"{item.record}: {found}", f"expected {expected}", "correct the item")
        key = (item.record, item.kind, item.read)
        if key in seen:
            found, expected = f"{item.record}: stands twice as {item.kind}", "expected each reading once"
            yield Problem(path, line, "audit-duplicate", found, expected, "remove one of the two")
        seen.add(key)


def _item_faults(item: AuditItem, audit: Audit, register: Register) -> Iterator[tuple[str, str, str]]:
    """Code, what was found and what was expected. A record that is gone inside its commitment is stale, not broken."""
    head, _, rest = item.record.partition(".")
    owners = {commitment.id for commitment in register.commitments} | set(register.retired)
    if item.kind == "unassigned":
        sources = {source.id for source in register.sources}
        if head not in sources or not re.fullmatch(r"n\d+", rest):
            yield "audit-reference", "names no number of a source", f"<source>.n<start> with one of {sorted(sources)}"
    elif head not in owners:
        yield "audit-reference", "no such commitment", f"a commitment of {audit.register}, or one that it retired"
    elif bool(rest) != (item.kind in _OF_COMMITMENT) and item.kind != "wording":
        yield "audit-reference", f"names no record of kind {item.kind}", "the id of a record inside the commitment"
    if item.judgement and not ((item.reader or audit.reader) and (item.date or audit.date)):
        yield "audit-judgement", "a judgement without reader or date", "reader and date, of the file or of the item"
    if item.judgement == "wrong" and not item.note:
        yield "audit-judgement", "judged wrong without a note", "a note that says what would be right"
