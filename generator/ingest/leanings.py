"""Whether a passage promises or reports: the cue words of ``phrases.yml``, weighed."""

from __future__ import annotations

from generator.ingest.rows import Reading


def leaning(text: str, reading: Reading) -> float:
    """Positive for a passage that reads like a promise, negative for one that reads like a report."""
    return (
        reading.of_text(_cued, text) + len(text) * reading.lookups.phrases.cues["promise_or_report_context"]["length"]
    )


def _cued(text: str, reading: Reading) -> float:
    if reading.any_cue.search(text) is None:
        return 0.0
    return sum(weight for pattern, weight in reading.cues if pattern.search(text))


#: Cues that weigh less than this together (a decimal figure alone) do not make a report.
_SAYS = 0.6


def reports(text: str, reading: Reading) -> bool:
    """Whether a passage says what was done: clearly more cues of reporting than of promising, whatever its length."""
    length = reading.lookups.phrases.cues["promise_or_report_context"]["length"]
    return leaning(text, reading) - len(text) * length < -_SAYS


def counted(text: str, reading: Reading) -> bool:
    """Whether a passage states a quantity."""
    return bool(reading.grammar.quantities(text))
