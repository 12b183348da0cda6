"""Votes and appraisals: how the list was voted on (票决), how people (满意度) or others (第三方评价) judged the work.

Beside the list they are statements of the document; a number of them inside a report is a result that says so.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from typing import get_args

from generator.ingest.blocks import Block
from generator.ingest.rows import Reading
from generator.lookups import Lookups
from generator.model import Appraisal, AppraisalFigure, AppraisalKind
from generator.patterns import alternation
from generator.text import Traced

#: A comma between the digits of one number ends no clause.
_CLAUSE = re.compile(r"(?:[^,，]|,(?=\d{3}(?!\d)))+")
_KINDS: tuple[AppraisalKind, ...] = get_args(AppraisalKind)


def appraisal_kind(words: str, unit: str, reading: Reading) -> AppraisalKind | None:
    """What a number with these words and this unit says of how something was judged; None for a count of work.

    满意度98% is an appraisal, two surveys of satisfaction (两次满意度测评) are work that was done.
    """
    return _kind_of(words, reading) if unit in reading.lookups.words("appraisal_units") else None


def read_appraisals(
    blocks: Sequence[Block], taken: Sequence[tuple[int, int]], reading: Reading
) -> tuple[Appraisal, ...]:
    """The statements with a number in the blocks of a document, in their order.

    ``taken`` are the offsets of the commitments and what is reported on them, in order and apart: what stands there is
    no statement about the whole.
    """
    found: list[Appraisal] = []
    for block in blocks:
        if block.kind != "row":
            found += [one for one in _statements(block.text, reading) if not _meets(one, taken)]
    return tuple(found)


def _statements(text: Traced, reading: Reading) -> Iterator[Appraisal]:
    """In each sentence the clauses from the first to the last that speaks of a vote or an appraisal.

    Where these have no number, the next clause is one of them if it has: 经第三方评估，得分92.3分.
    """
    if not _kind_of(text.text, reading):
        return
    units = reading.lookups.words("appraisal_units")
    for sentence in text.split(r"[。;；!！?？\n]"):
        clauses = [match.span() for match in _CLAUSE.finditer(sentence.text)]
        speaking = [span for span in clauses if _kind_of(sentence.text[slice(*span)], reading)]
        if not speaking:
            continue
        following = clauses[clauses.index(speaking[-1]) + 1 :][:1]
        for begin, end in [(speaking[0][0], stop) for _, stop in (speaking[-1], *following)]:
            words = sentence[begin:end].strip()
            kind = _kind_of(words.text, reading)
            figures = tuple(_figures(words, reading))
            judging = end == speaking[-1][1] or all(one.unit in units for one in figures)
            if kind and figures and judging:
                yield Appraisal(kind=kind, text=words.text, start=words.start, end=words.end, figures=figures)
                break


def _figures(words: Traced, reading: Reading) -> Iterator[AppraisalFigure]:
    for number in reading.grammar.read(words.text):
        if not number.reason and number.value is not None:
            span = words[number.start : number.end]
            yield AppraisalFigure(
                value=number.value,
                unit=number.unit,
                printed=words.text[number.span[0] : number.span[1]],
                start=span.start,
                end=span.end,
            )


def _kind_of(words: str, reading: Reading) -> AppraisalKind | None:
    """The first kind that the words name: a vote, satisfaction, another appraisal."""
    bare = "".join(words.split())
    if reading.lookups.once(_any_word).search(bare) is None:
        return None
    return next(
        (kind for kind in _KINDS if any(one in bare for one in reading.lookups.words(f"appraisal_{kind}"))), None
    )


def _any_word(lookups: Lookups) -> re.Pattern[str]:
    return re.compile(alternation(word for kind in _KINDS for word in lookups.words(f"appraisal_{kind}")))


def _meets(one: Appraisal, taken: Sequence[tuple[int, int]]) -> bool:
    index = bisect_right(taken, (one.end - 1, float("inf"))) - 1
    return index >= 0 and taken[index][1] > one.start
