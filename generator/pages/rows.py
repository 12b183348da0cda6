"""Documents and findings as lists show them."""

from __future__ import annotations

import re
from typing import Any

from generator.model import Finding, Source
from generator.pages.texts import render_date
from generator.pages.words import APPRAISALS, CHECKS, KINDS, SEVERITIES, word_of

Row = dict[str, Any]

_SEVERITY_TONES = {"error": "missed", "warning": "behind", "notice": "under_way"}


def severity_tone(severity: str) -> str:
    """The colour of a finding of this severity."""
    return _SEVERITY_TONES.get(severity, "under_way")


def finding_to_row(finding: Finding) -> Row:
    """A finding as it is shown: which check, how grave, its words, and the operands that the words do not show."""
    quoted = re.findall("[「“]([^」”]*)[」”]", finding.message_zh)
    return {
        "id": finding.id,
        "check": word_of(CHECKS, finding.check),
        "severity": word_of(SEVERITIES, finding.severity),
        "tone": severity_tone(finding.severity),
        "message": finding.message_zh,
        "message_en": finding.message_en,
        "found": "" if set(finding.found.split("、")) <= set(quoted) else finding.found,
        "expected": "" if finding.expected in quoted else finding.expected,
        "position": "" if finding.start is None else f"{finding.start}–{finding.end}",
    }


def source_to_row(source: Source) -> Row:
    """A document as it is named in lists of sources."""
    return {
        "id": source.id,
        "title": source.title,
        "kind": word_of(KINDS, source.kind),
        "issuer": source.issuer,
        "number": source.document_number,
        "index": source.index_number,
        "written": render_date(source.written_on) if source.written_on else "",
        "published": render_date(source.published_on) if source.published_on else "",
        "as_of": render_date(source.as_of) if source.as_of else "",
        "as_of_reason": source.as_of_reason,
        "url": source.url if source.url.startswith(("https://", "http://")) else "",
        "document": source.document,
        "sha256": source.sha256,
        "script": "繁体（机器转换），本站以简体发布" if source.script == "Hant" else "",
        "note": source.note,
        "appraisals": [
            {"kind": word_of(APPRAISALS, one.kind).zh, "text": one.text, "position": f"{one.start}–{one.end}"}
            for one in source.appraisals
        ],
    }
