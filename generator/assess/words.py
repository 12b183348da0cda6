"""Words by which reports speak of progress: data of ``content/lookups/reported_words.yml``, not code."""

from __future__ import annotations

from pathlib import Path

import msgspec

from generator import yamlfile
from generator.errors import ContentError, Problem
from generator.model import Phrases, Record

#: The kinds of ``units.yml`` that may stand after 万 or 亿.
AMOUNTS = ("count", "people", "times", "money", "area", "length", "mass", "volume", "energy", "power")


class GarbledWords(Record, frozen=True, cache_hash=True):
    """What garbled text looks like: ``content/lookups/garbled_words.yml``, with words that other lookups have.

    ``counters`` count things, and the ``pure_counter`` ends no word of its own. ``numerals`` stand for a number.
    ``paired_words`` only look like two measure words; ``pure_numbers`` are measured without a unit. ``units``,
    ``measures`` and ``signs`` (those of a share) are of ``units.yml``, ``action_verbs`` of ``phrases.yml``; the loader
    fills them in.
    """

    counters: tuple[str, ...]
    pure_counter: str
    numerals: tuple[str, ...]
    before_pure_counter: tuple[str, ...]
    after_pure_counter: tuple[str, ...]
    amount_words: tuple[str, ...]
    paired_words: tuple[str, ...]
    pure_numbers: tuple[str, ...]
    ordinals: tuple[str, ...]
    not_ordinals: tuple[str, ...]
    date_leads: tuple[str, ...]
    day_leads: tuple[str, ...]
    no_day_leads: tuple[str, ...]
    box_answers: tuple[str, ...]
    unreadable: tuple[str, ...]
    units: tuple[str, ...] = ()
    measures: tuple[str, ...] = ()
    signs: tuple[str, ...] = ()
    action_verbs: tuple[str, ...] = ()


class SpokenWords(Record, frozen=True):
    """The words of ``content/lookups/reported_words.yml``. Order inside a list is of no account.

    ``claims`` say that the whole is done, as they stand. ``claim_verbs``, ``claim_scopes`` and ``claim_nouns``
    do so together (完成 + 全年 + 目标). ``weakeners`` before them take that away; ``done``, ``nearly`` and ``begun``
    are weaker by themselves. ``ladders`` order words by how far a work is. ``negations`` and ``forward`` words in
    the same clause undo a claim.
    ``same_units`` are groups of units that may stand for each other (家 for 个); ``counting`` are words that only
    count, so that a number that lost one is still a count. ``vague`` words make a number approximate, ``lists``
    join several things in one measure, ``stages`` speak of how far work has come and not of what is done;
    ``striving`` words make a target something to strive for and no promise. ``new_verbs`` promise a thing that was
    not there; with one of ``wider_verbs`` beside it, or in one of ``wider_forms``, what was there counts as well.
    ``periods`` are parts of the year; ``rest_of_year`` is its later part, ``next_year`` the one after. ``kept`` says of
    a number that it must hold to the end, or is an average of the whole period. ``target_bases``, ``other_bases``,
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
    new_verbs: tuple[str, ...]
    wider_verbs: tuple[str, ...]
    wider_forms: tuple[str, ...]
    periods: tuple[str, ...]
    rest_of_year: tuple[str, ...]
    next_year: tuple[str, ...]
    kept: tuple[str, ...]


class ReportedWords(SpokenWords, frozen=True):
    """The words that the assessment looks for: those that reports speak in, and those of garbled text."""

    garbled: GarbledWords


def load_reported_words(content: Path) -> ReportedWords:
    """Read ``reported_words.yml`` and ``garbled_words.yml`` of the lookups. Raises ContentError when one is broken."""
    folder = content / "lookups"
    words = yamlfile.load(folder / "reported_words.yml", SpokenWords)
    _refuse_empty(words, folder / "reported_words.yml")
    garbled = yamlfile.load(folder / "garbled_words.yml", GarbledWords)
    _refuse_empty(garbled, folder / "garbled_words.yml")
    kinds = yamlfile.load(folder / "units.yml", dict[str, tuple[str, ...]])
    phrases = yamlfile.load(folder / "phrases.yml", Phrases)
    named = msgspec.structs.replace(
        garbled,
        units=tuple(unit for kind in AMOUNTS for unit in kinds.get(kind, ())),
        measures=(*kinds.get("count", ()), *kinds.get("class", ())),
        signs=kinds.get("share", ()),
        action_verbs=phrases.words.get("action_verbs", ()),
    )
    return ReportedWords(**msgspec.structs.asdict(words), garbled=named)


def _refuse_empty(words: Record, path: Path) -> None:
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


def _holds_an_empty_word(words: object) -> bool:
    return words == "" or (isinstance(words, tuple) and any(map(_holds_an_empty_word, words)))
