"""The interface in English: a dictionary that a visitor's browser fetches when English is asked for.

Pages are written in Chinese. ``english.js`` looks up every text of a page outside of quotes (``lang``) in this
dictionary: the words of the model, which have their English already, and the phrases of ``lookups/english.yml``.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from pathlib import Path

from generator import yamlfile
from generator.assess import describe_rules, load_catalogue
from generator.assess.terms import Term
from generator.defaults import find_content_file
from generator.errors import ContentError, Problem
from generator.lookups import load_places
from generator.model import English
from generator.pages import words
from generator.schemas import load_codes, load_schemas

ENGLISH = "assets/duixian/english.json"
"""Where the dictionary lies in the site, beside ``english.js``."""

_NUMBER = re.compile(r"#\d*")
_SLOT = re.compile(r"\{\w+\}")


def render_english(content: Path) -> str:
    """The dictionary as JSON: ``phrases`` are looked up, ``patterns`` (phrases with a slot) are tried one by one.

    ``units`` are those that a number may have, as English has them; an empty one is left out (26 家 is 26).

    Raises ContentError when an entry's two sides have other numbers or slots.
    """
    path = find_content_file(content, "lookups/english.yml")
    english = yamlfile.load(path, English)
    stated = english.phrases
    problems = [_problem(path, zh, en) for zh, en in stated.items() if not _agrees(zh, en)]
    if problems:
        raise ContentError(*problems)
    known = {zh.removesuffix("。"): en for zh, en in (dict(_derived(content)) | stated).items()}
    slotted = {zh: en for zh, en in known.items() if _SLOT.search(zh)}
    phrases = {zh: en for zh, en in known.items() if zh not in slotted}
    # The most that is said literally first: 云溪市 {n} 年 before {place} {n} 年.
    patterns = sorted(slotted.items(), key=lambda pair: (-len(_SLOT.sub("", pair[0])), pair[0]))
    made = {"phrases": phrases, "patterns": patterns, "units": english.units}
    return json.dumps(made, ensure_ascii=False, separators=(",", ":")) + "\n"


def _derived(content: Path) -> Iterator[tuple[str, str]]:
    """Everything that has its English where it is defined; of two with one Chinese word the later one counts."""
    for codes in load_codes(content).values():
        yield from ((code.zh, code.en) for code in codes)
    for table in vars(words).values():
        if isinstance(table, Mapping):
            yield from ((word.zh, word.en) for word in table.values() if isinstance(word, words.Word))
    yield from ((short, words.STATUSES[code].en.partition(" (")[0]) for code, short in words.SHORT_STATUSES.items())
    rules = describe_rules()
    for group in vars(rules).values():
        if isinstance(group, tuple):
            yield from ((term.zh, term.en) for term in group if isinstance(term, Term))
    for schema in load_schemas(content):
        yield schema.title.zh, schema.title.en
        yield from ((column.title.zh, column.title.en) for column in schema.columns)
    catalogue = load_catalogue(content)
    yield from ((theme.zh, theme.en) for theme in catalogue.themes)
    yield from ((measure.zh, measure.en) for measure in catalogue.measures)
    yield from ((theme.reason.zh, theme.reason.en) for theme in catalogue.themes)
    yield from ((aspect.zh, aspect.en) for measure in catalogue.measures for aspect in measure.aspects)
    for place in load_places(content).all:
        yield from ((name, place.en) for name in (*place.short, place.zh))


def _agrees(zh: str, en: str) -> bool:
    """Whether the two sides of an entry have the same slots, and the English no number that the Chinese has not."""
    numbers = _NUMBER.findall(en)
    plain = all(number == "#" for number in numbers)
    wanted = zh.count("#")
    fits = len(numbers) == wanted if plain else all(0 < int(number[1:] or 0) <= wanted for number in numbers)
    return bool(en) and fits and sorted(_SLOT.findall(zh)) == sorted(_SLOT.findall(en))


def _problem(path: Path, zh: str, en: str) -> Problem:
    lines = path.read_text(encoding="utf-8").splitlines()
    line = next((number for number, text in enumerate(lines, 1) if zh in text), 0)
    expected = "expected the same slots {…} and numbers # (or #1, #2) on both sides"
    return Problem(path, line, "english-invalid", f"{zh!r}: {en!r}", expected, "correct the entry")
