"""A promise beside the wording of later documents: two columns, with what differs marked by words and lines."""

from __future__ import annotations

import re
from difflib import SequenceMatcher
from typing import Any

from generator.model import ComparedWording, WordingChange
from generator.pages.commitment_page import CommitmentPage, find_source
from generator.pages.words import CHANGES, KINDS, word_of
from generator.text import squash

Row = dict[str, Any]

#: A number is one word, so is a word in Latin letters; Chinese has no marks between words, so a character is one.
_TOKEN = re.compile(r"\d[\d.,，]*\d|\d|[A-Za-z]+|\s+|.", re.DOTALL)
#: Between two differences, so few equal tokens are read with them.
_ISLAND = 1
#: What says nothing about the promise being another one.
_PLAIN = frozenset({"same", "rounded", "added", "firmer", "unclear"})


def wording_rows(page: CommitmentPage) -> list[Row]:
    """Each later wording of a commitment beside its own, in the order of the documents."""
    return [_wording_row(compared, page) for compared in page.item.wordings]


def _wording_row(compared: ComparedWording, page: CommitmentPage) -> Row:
    commitment, later = page.commitment, compared.restatement
    first, second = find_source(page, commitment.source), find_source(page, later.source)
    before, after = diff_pieces(commitment.text, later.text)
    return {
        "id": later.id,
        "kind": word_of(KINDS, second.kind).zh if second else "",
        "is_same": squash(commitment.text) == squash(later.text),
        "before": {
            "kind": word_of(KINDS, first.kind).zh if first else "",
            "title": first.title if first else "",
            "pieces": before,
            "position": f"{commitment.start}–{commitment.end}",
        },
        "after": {
            "kind": word_of(KINDS, second.kind).zh if second else "",
            "title": second.title if second else "",
            "pieces": after,
            "position": f"{later.start}–{later.end}",
        },
        "changes": [_change_row(change) for change in compared.changes if change.change != "same"],
        "unchanged": sum(change.change == "same" for change in compared.changes),
    }


def _change_row(change: WordingChange) -> Row:
    tone = "plain" if change.change in _PLAIN else "behind" if change.weakening else "claimed"
    return {"word": word_of(CHANGES, change.change), "tone": tone, "before": change.before, "after": change.after}


def diff_pieces(before: str, after: str) -> tuple[list[Row], list[Row]]:
    """The pieces of two texts, each ``{"text", "differs"}``: what only one of them has is marked in it."""
    one, two = _TOKEN.findall(before), _TOKEN.findall(after)
    codes = SequenceMatcher(None, one, two, autojunk=False).get_opcodes()
    marked = [
        (tag != "equal", "".join(one[begin:end]), "".join(two[start:stop])) for tag, begin, end, start, stop in codes
    ]
    joined = _without_islands([(code[0], code[2] - code[1]) for code in codes], marked)
    return (
        [{"text": left, "differs": differs} for differs, left, _ in joined if left],
        [{"text": right, "differs": differs} for differs, _, right in joined if right],
    )


def _without_islands(
    lengths: list[tuple[str, int]], marked: list[tuple[bool, str, str]]
) -> list[tuple[bool, str, str]]:
    """The pieces with an equal token between two differences read as a part of them."""
    joined: list[tuple[bool, str, str]] = []
    for index, ((tag, length), (differs, left, right)) in enumerate(zip(lengths, marked, strict=True)):
        island = tag == "equal" and length <= _ISLAND and 0 < index < len(marked) - 1
        if joined and (differs or island) and joined[-1][0]:
            joined[-1] = (True, joined[-1][1] + left, joined[-1][2] + right)
        else:
            joined.append((differs, left, right))
    return joined
