"""Lines of prose: list numbers, headings, labels. Shared by the layouts that have no table."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache
from itertools import pairwise

from msgspec import Struct

from generator.ingest.blocks import Block
from generator.ingest.rows import Reading
from generator.text import Traced, chinese_to_decimal

_CHINESE = "一二三四五六七八九十"
#: List numbers from the widest to the narrowest. 1.1-6月 is item 1 and January to June, 3.5个 no item.
_MARKS = (
    rf"第[{_CHINESE}百]+(?:章|节|部分|篇)[、，,：:\s]*",
    rf"[{_CHINESE}]{{1,3}}、",
    rf"(?:项目|工程|任务|事项|实事)(?:[{_CHINESE}]{{1,3}}|\d{{1,2}})[:：、]",
    rf"[(（][{_CHINESE}]{{1,3}}[)）][、.．]?",
    r"\d{1,3}\s*(?:、|[.．](?!\d)|[.．](?=\d{4}年|\d{1,2}月|\d{1,2}[-—]\d{1,2}月))",
    r"[(（]\d{1,3}[)）][、.．]?",
    r"[①-⑳]",
)
#: Rank of a line that begins with no list number.
UNRANKED = len(_MARKS)
#: Fields whose labels may begin a line of prose below a heading: who answers for it, and until when.
ANSWERING = ("lead_units", "support_units", "leader", "due", "contact")
#: A heading is no longer than this.
_HEADING = 32
#: A label of some words before a colon or in 【】, and the fields whose labels are compounded.
_COMPOUND = re.compile(r"[【\[]?([\u4e00-\u9fff]{4,12})(?:[】\]]\s*[:：]?|[:：])\s*")
_COMPOUNDED = ("report", "due", "lead_units", "support_units")
_MARK_PATTERNS = tuple(re.compile(rf"\s*({mark})\s*") for mark in _MARKS)
#: What a list number begins with.
_MARKED = re.compile(rf"\s*[第项工任事实{_CHINESE}(（\d①-⑳]")
#: What one stands behind every label.
_LABEL_END = re.compile(r"[:：】\]]")
_BULLET = re.compile(r"\s*[-*+•·●▪■◆○]\s+")
_BOLD = re.compile(r"(\*\*|__)(.+)\1[:：]?")


class Line(Struct, frozen=True):
    """A block of prose without its list number. ``rank`` is 0 for the widest numbering, UNRANKED for none.

    ``whole`` is the text with the list number, without bullets.
    """

    block: Block
    rank: int
    number: Traced
    text: Traced
    whole: Traced
    titled: bool

    @property
    def line(self) -> int:
        """The line of the document, counted from 1."""
        return self.block.line


def blocks_to_lines(blocks: Sequence[Block], reading: Reading) -> Sequence[Line]:
    """Headings and paragraphs with their list numbers told apart; rows of tables are left out."""
    return reading.of_blocks(_find_lines, blocks)


def _find_lines(blocks: Sequence[Block], _: Reading) -> Sequence[Line]:
    return tuple(_block_to_line(block) for block in blocks if block.kind != "row")


def _block_to_line(block: Block) -> Line:
    bullet = _BULLET.match(block.text.text)
    whole = block.text[bullet.end() :] if bullet else block.text
    bold = _BOLD.fullmatch(whole.text)
    text = whole[bold.start(2) : bold.end(2)] if bold else whole
    titled = block.kind == "heading" or bold is not None
    rank, number, rest = take_mark(text)
    return Line(block, rank, number, rest, text, titled)


def take_mark(text: Traced) -> tuple[int, Traced, Traced]:
    """(rank, list number, the rest) of a text; UNRANKED and an empty number where it begins with none."""
    rank, start, end, rest = _mark_span(text.text)
    if rank == UNRANKED:
        return UNRANKED, Traced("", ()), text.strip()
    number = text[start:end].strip("()（）、.．，,：: \t第章节部分篇项目工程任务事实")
    return rank, number, text[rest:].strip()


@lru_cache(1 << 14)
def _mark_span(text: str) -> tuple[int, int, int, int]:
    """(rank, start and end of the list number, end of what sets it off) of a text: every layout asks for each line."""
    for rank, pattern in enumerate(_MARK_PATTERNS if _MARKED.match(text) else ()):
        if match := pattern.match(text):
            return rank, *match.span(1), match.end()
    return UNRANKED, 0, 0, 0


def counting_on(lines: Sequence[Line]) -> int:
    """How many lines have the number after that of the line before, of the same numbering."""
    return sum(
        one.rank == other.rank < UNRANKED and _value(other.number.text) == _value(one.number.text) + 1
        for one, other in pairwise(lines)
    )


def _value(number: str) -> int:
    if number.isdecimal():
        return int(number)
    return int(chinese_to_decimal(number) or -1)


def is_title(line: Line) -> bool:
    """Whether a line entitles what follows: marked as a heading, or short and no sentence."""
    if line.titled:
        return True
    text = line.text.text
    return 2 <= len(text) <= _HEADING and not re.search(r"[。;；:：!！?？]", text)


def labelled_pieces(text: Traced, reading: Reading) -> list[tuple[str, str, Traced]]:
    """(field, label, value) of each label of a line that begins with one (进展情况:…); empty for other lines.

    Brackets around the whole (（责任单位:…）) and around the label (【进展情况】…) are no part of the value.
    """
    return [(field, label, text[start:end]) for field, label, start, end in reading.of_text(_label_spans, text.text)]


def _label_spans(text: str, reading: Reading) -> tuple[tuple[str, str, int, int], ...]:
    """(field, label, start and end of the value) of each label."""
    if _LABEL_END.search(text) is None:
        return ()
    pieces = _pieces_at(Traced.of(text), reading)
    return tuple((field, label, value.start, value.end) for field, label, value in pieces)


def _pieces_at(text: Traced, reading: Reading) -> list[tuple[str, str, Traced]]:
    bare = _without_brackets(text.strip())
    first = reading.label_pattern.match(bare.text)
    if first is None:
        return _compound_label(bare, reading)
    matches = [first]
    if _LABEL_END.search(bare.text, first.end()):
        for match in reading.label_pattern.finditer(bare.text, first.end()):
            if bare.text[match.start() - 1] in " \t\u3000;；,，。":
                matches.append(match)
    ends = [match.start() for match in matches[1:]] + [len(bare)]
    return [
        (field, label, bare[match.end() : end].strip(" \t\u3000;；,，*"))
        for match, end in zip(matches, ends, strict=True)
        for label in [re.sub(r"\s+", "", match["label"])]
        for field in [reading.label_fields[label]]
    ]


def _compound_label(text: Traced, reading: Reading) -> list[tuple[str, str, Traced]]:
    """The same for a label that only ends with a known one: 推进落实情况:, 上半年工作进展情况:."""
    match = _COMPOUND.match(text.text)
    label = match[1] if match else ""
    if match is None or not label.endswith(tuple(reading.label_fields)):
        return []
    known = next(word for word in reading.label_fields if label.endswith(word))
    if reading.label_fields[known] not in _COMPOUNDED:
        return []
    return [(reading.label_fields[known], label, text[match.end() :].strip())]


def _without_brackets(text: Traced) -> Traced:
    pairs = {"(": ")", "（": "）", "[": "]"}
    if len(text) > 2 and pairs.get(text.text[0]) == text.text[-1]:
        return text[1:-1].strip()
    return text


def other_than_prose(blocks: Sequence[Block], reading: Reading) -> tuple[float, str] | None:
    """How little a layout of prose below headings fits, and why: tables, other labels. None where it may fit."""
    if any(block.kind == "row" for block in blocks):
        return 0.1, "rows of tables"
    lines = blocks_to_lines(blocks, reading)
    labels = {name for line in lines for name, _, _ in labelled_pieces(line.text, reading)} - set(ANSWERING)
    if labels:
        return 0.2, f"lines that begin with labels of {', '.join(sorted(labels))}"
    return None
