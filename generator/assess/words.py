"""Words by which reports speak of progress: data of ``content/lookups/reported_words.yml``, not code."""

from __future__ import annotations

from pathlib import Path

from generator import yamlfile
from generator.errors import ContentError, Problem
from generator.model import Record


class ReportedWords(Record, frozen=True):
    """The words that the assessment looks for. Order inside a list is of no account.

    ``claims`` say that the whole is done, as they stand. ``claim_verbs``, ``claim_scopes`` and ``claim_nouns``
    do so together (完成 + 全年 + 目标). ``weakeners`` before them take that away; ``done``, ``nearly`` and ``begun``
    are weaker by themselves. ``ladders`` order words by how far a work is. ``negations`` and ``forward`` words in
    the same clause undo a claim.
    ``same_units`` are groups of units that may stand for each other (家 for 个); ``counting`` are words that only
    count, so that a number that lost one is still a count. ``vague`` words make a number approximate, ``lists``
    join several things in one measure, ``stages`` speak of how far work has come and not of what is done;
    ``striving`` words make a target something to strive for and no promise. ``target_bases``, ``other_bases``,
    ``progress_rates``, ``work_parts`` and ``completion_rates`` say what a rate is a rate of;
    ``respectively`` goes through several numbers one by one.
    """

    claims: tuple[str, ...]
    claim_verbs: tuple[str, ...]
    claim_scopes: tuple[str, ...]
    claim_nouns: tuple[str, ...]
    exceeded: tuple[str, ...]
    weakeners: tuple[str, ...]
    done: tuple[str, ...]
    nearly: tuple[str, ...]
    begun: tuple[str, ...]
    negations: tuple[str, ...]
    forward: tuple[str, ...]
    under_way: tuple[str, ...]
    delayed: tuple[str, ...]
    not_started: tuple[str, ...]
    changed: tuple[str, ...]
    ladders: tuple[tuple[tuple[str, ...], ...], ...]
    falls: tuple[str, ...]
    limits: tuple[str, ...]
    target_bases: tuple[str, ...]
    other_bases: tuple[str, ...]
    progress_rates: tuple[str, ...]
    work_parts: tuple[str, ...]
    completion_rates: tuple[str, ...]
    respectively: tuple[str, ...]
    same_units: tuple[tuple[str, ...], ...]
    counting: tuple[str, ...]
    vague: tuple[str, ...]
    lists: tuple[str, ...]
    stages: tuple[str, ...]
    striving: tuple[str, ...]


def load_reported_words(content: Path) -> ReportedWords:
    """Read ``content/lookups/reported_words.yml``. Raises ContentError when it is broken."""
    path = content / "lookups" / "reported_words.yml"
    words = yamlfile.load(path, ReportedWords)
    empty = [name for name in words.__struct_fields__ if _holds_an_empty_word(getattr(words, name))]
    if empty:
        raise ContentError(
            Problem(
                path,
                0,
                "word-empty",
                f"an empty word in {', '.join(empty)}",
                "expected words of one character or more",
                "remove it: it would match everywhere",
            )
        )
    return words


def _holds_an_empty_word(words: object) -> bool:
    return not words or (isinstance(words, tuple) and any(_holds_an_empty_word(word) for word in words))
