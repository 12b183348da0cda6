"""What the checks found, as ``generator check`` prints it: lines of text, JSON, or SARIF 2.1.0 for code hosts."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import quote

import msgspec

from generator import __version__
from generator.assess import RULES_VERSION, describe_rules
from generator.model import AssessedRegister, CheckTally, Finding
from generator.registers import commitment_lines

_SARIF = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
_LEVELS = {"error": "error", "warning": "warning", "notice": "note"}


@dataclass(frozen=True)
class Located:
    """A finding with the register that it is about and the line, from 1, on which its commitment begins there."""

    path: Path
    line: int
    subject: str
    finding: Finding


def locate_findings(path: Path, text: str, assessed: AssessedRegister) -> tuple[Located, ...]:
    """The findings of a register, whose file has this text; those about all of it stand first, on its first line."""
    lines, register = commitment_lines(text), assessed.register
    name = f"{register.place}-{register.year}-{register.programme}"
    own = [Located(path, 1, name, finding) for finding in assessed.findings]
    told = [finding for one in assessed.commitments for finding in one.findings]
    return (*own, *(Located(path, lines.get(one.commitment_id, 1), one.commitment_id, one) for one in told))


def add_tallies(registers: Iterable[AssessedRegister]) -> tuple[CheckTally, ...]:
    """The tallies of several registers added up, check by check, in the order of the first."""
    sums: dict[str, CheckTally] = {}
    for register in registers:
        for tally in register.tallies:
            known = sums.get(
                tally.check, CheckTally(check=tally.check, looked_at=0, clear=0, found=0, not_computable=0)
            )
            sums[tally.check] = CheckTally(
                check=tally.check,
                looked_at=known.looked_at + tally.looked_at,
                clear=known.clear + tally.clear,
                found=known.found + tally.found,
                not_computable=known.not_computable + tally.not_computable,
            )
    return tuple(sums.values())


def render_findings_as_text(found: Sequence[Located], tallies: Sequence[CheckTally]) -> str:
    """``path:line: [check] severity: commitment: message``, a line each, then a line for each check."""
    lines = [
        f"{one.path}:{one.line}: [{one.finding.check}] {one.finding.severity}: {one.subject}: {one.finding.message_en}"
        for one in found
    ]
    lines += [
        f"{tally.check}: {tally.looked_at} looked at, {tally.clear} clear, {tally.found} found, "
        f"{tally.not_computable} not computable"
        for tally in tallies
    ]
    return "\n".join(lines)


def render_findings_as_json(found: Sequence[Located], tallies: Sequence[CheckTally]) -> str:
    """One object: the version of the rules, the findings with path and line, and what each check looked at."""
    findings = [
        {"path": one.path.as_posix(), "line": one.line, "subject": one.subject, **msgspec.to_builtins(one.finding)}
        for one in found
    ]
    told = {
        "rules_version": RULES_VERSION,
        "findings": findings,
        "tallies": [msgspec.structs.asdict(tally) for tally in tallies],
    }
    return json.dumps(told, ensure_ascii=False, indent=2)


def render_findings_as_sarif(found: Sequence[Located], base: Path) -> str:
    """A SARIF 2.1.0 log with one run. Paths are relative to ``base`` where they lie under it."""
    rules = describe_rules().checks
    index = {rule.name: number for number, rule in enumerate(rules)}
    driver = {
        "name": "duixian",
        "version": __version__,
        "rules": [
            {
                "id": rule.name,
                "shortDescription": {"text": f"{rule.en} {rule.zh}"},
                "fullDescription": {"text": f"{rule.rule_en} {rule.rule_zh}"},
            }
            for rule in rules
        ],
    }
    results = [_result(one, index[one.finding.check], base) for one in found]
    run = {"tool": {"driver": driver}, "columnKind": "unicodeCodePoints", "results": results}
    return json.dumps({"$schema": _SARIF, "version": "2.1.0", "runs": [run]}, ensure_ascii=False, indent=2)


def _result(one: Located, rule: int, base: Path) -> dict[str, Any]:
    place = {
        "physicalLocation": {
            "artifactLocation": {"uri": _relative_uri(one.path, base)},
            "region": {"startLine": one.line},
        },
        "logicalLocations": [{"fullyQualifiedName": one.subject}],
    }
    return {
        "ruleId": one.finding.check,
        "ruleIndex": rule,
        "level": _LEVELS[one.finding.severity],
        "message": {"text": f"{one.subject}: {one.finding.message_en} {one.finding.message_zh}"},
        "locations": [place],
        "partialFingerprints": {"finding/v1": f"{one.subject}.{one.finding.id}"},
    }


def _relative_uri(path: Path, base: Path) -> str:
    """A relative reference, as code hosts want it: from ``base``, else from the folder that holds the content."""
    whole, root = path.resolve(), base.resolve()
    if not whole.is_relative_to(root):
        root = whole.parents[4]  # …/content/registers/<place>/<year>/<programme>.yml
    return quote(whole.relative_to(root).as_posix())
