"""Who answers for what: labels inside cells, lists of units, leaders in headings."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from itertools import pairwise

from generator.ingest.rows import Reading, is_units
from generator.model import Responsibility
from generator.text import Traced

#: 各区、县(市)政府 is one addressee: its 、 separates no units.
_COLLECTIVE = re.compile(r"(?:各|相关|有关)?地?区[、,，]县(?:[(（]市[)）])?(?:人民)?(?:政府)?(?:[(（]管委会[)）])?")
_OPEN, _CLOSE = "(（<＜《", ")）>＞》"


@cache
def _label_pattern(labels: tuple[str, ...]) -> re.Pattern[str]:
    return re.compile(rf"[,，]?({'|'.join(sorted(labels, key=len, reverse=True))})\s*[:：]")


@cache
def _units_pattern(labels: tuple[str, ...]) -> re.Pattern[str]:
    return re.compile(rf"(?:{'|'.join(sorted(labels, key=len, reverse=True))})\s*[:：]")


@cache
def _bracket_pattern(lead: tuple[str, ...], support: tuple[str, ...]) -> re.Pattern[str]:
    return re.compile(
        rf"[(（]([^()（）:：]{{2,120}}?)(?:{'|'.join(lead)})"
        rf"(?:[,，;；、]\s*([^()（）:：]{{2,160}}?)(?:{'|'.join(support)}))?[)）]"
    )


@dataclass(frozen=True)
class Labelled:
    """A cell without the names of those who answer for it, and those names by their label."""

    text: Traced
    leaders: tuple[str, ...] = ()
    leads: tuple[str, ...] = ()
    supports: tuple[str, ...] = ()
    due: str = ""


def split_labels(cell: Traced, reading: Reading) -> Labelled:
    """Takes 责任单位:… and its kin out of a cell, wherever they stand; their brackets may be lost."""
    kinds = {name: reading.lookups.words(f"label_{name}") for name in ("leader", "lead", "support", "due")}
    labels = {label: kind for kind, words in kinds.items() for label in words}
    pattern = _label_pattern(tuple(labels))
    found: dict[str, list[str]] = {kind: [] for kind in kinds}
    cuts: list[tuple[int, int]] = []
    for match in pattern.finditer(cell.text):
        end = _value_end(cell.text, match.end(), pattern)
        value = cell.text[match.end() : end].strip(" ,，\n")
        found[labels[match[1]]] += [value] if labels[match[1]] == "due" else split_units(value)
        cuts.append(_with_brackets(cell.text, match.start(), end))
    for start, end, leads, supports in _answering_brackets(cell.text, reading):
        found["lead"] += leads
        found["support"] += supports
        cuts.append((start, end))
    text = cell.without(_joined(cuts, cell.text)).strip()
    return Labelled(
        text,
        leaders=_unique(found["leader"]),
        leads=_unique(found["lead"]),
        supports=_unique(found["support"]),
        due="".join(found["due"][:1]),
    )


def names_units(text: str, reading: Reading) -> bool:
    """Whether a text names those who answer for it: (责任单位:市民政局), (市民政局牵头)."""
    return bool(_unit_spans(text, reading))


def answered_parts(text: Traced, reading: Reading) -> list[Traced]:
    """A text cut after each naming of units that another one follows: each part has units of its own."""
    ends: list[int] = []
    for start, end in _unit_spans(text.text, reading):
        if ends and not re.search(r"[\u4e00-\u9fff]", text.text[ends[-1] : start]):
            ends[-1] = end
        else:
            ends.append(end)
    cuts = [0, *(end for end in ends[:-1] if text.text[end : end + 1] not in set("、,，")), len(text)]
    parts = [text[one:other].strip(" \t\n;；。") if one else text[:other].strip() for one, other in pairwise(cuts)]
    return [part for part in parts if part]


def _unit_spans(text: str, reading: Reading) -> list[tuple[int, int]]:
    """Where a text names units, brackets included."""
    labels = reading.lookups.words("label_lead") + reading.lookups.words("label_support")
    pattern = _units_pattern(labels)
    spans = [
        _with_brackets(text, match.start(), _value_end(text, match.end(), pattern)) for match in pattern.finditer(text)
    ]
    return sorted([*spans, *((start, end) for start, end, _, _ in _answering_brackets(text, reading))])


def _answering_brackets(text: str, reading: Reading) -> Iterator[tuple[int, int, list[str], list[str]]]:
    """(start, end, lead units, supporting units) of each bracket (市民政局牵头,市财政局配合)."""
    if "(" not in text and "（" not in text:
        return
    for match in _bracket_pattern(*map(reading.lookups.words, ("after_lead", "after_support"))).finditer(text):
        if is_units(match[1], reading):
            yield *match.span(), split_units(match[1]), split_units(match[2] or "")


def split_units(value: str) -> list[str]:
    """The units of a list. What stands in brackets and 各区、县(市)政府 is never split."""
    protected = [match.span() for match in _COLLECTIVE.finditer(value)]
    pieces, depth, last = [], 0, 0
    for index, character in enumerate(value):
        if character in _OPEN:
            depth += 1
        elif character in _CLOSE:
            depth = max(0, depth - 1)
        elif character in "、,，;；\n" and not depth and not any(start <= index < end for start, end in protected):
            pieces.append(value[last:index])
            last = index + 1
    pieces.append(value[last:])
    return [bare for piece in pieces if (bare := re.sub(r"\s+", "", piece).strip("。."))]


def responsibilities(leads: tuple[str, ...], supports: tuple[str, ...], official: str) -> tuple[Responsibility, ...]:
    """Records of the units, lead first. An official named once answers with the first lead unit."""
    first = [
        Responsibility(role="lead", unit=unit, official=official if not index else "")
        for index, unit in enumerate(leads)
    ]
    return (*first, *(Responsibility(role="support", unit=unit) for unit in supports))


def heading_leader(section: str, reading: Reading) -> str:
    """The leader whom a section heading names (洪湖鹏市长主抓重点工作); empty when it names none."""
    titles = "|".join(sorted(reading.lookups.words("leader_titles"), key=len, reverse=True))
    verbs = "|".join(reading.lookups.words("leader_headings"))
    match = re.match(rf"\s*([\u4e00-\u9fff·]{{2,4}}?)(?:{titles}).{{0,4}}(?:{verbs})", section)
    return match[1] if match else ""


def person(cell: str) -> str:
    """The personal names of a cell, apart by 、. A space beside a single character only sets two characters apart."""
    names: list[str] = []
    for group in re.split(r"[、,，;；\n]", cell):
        tokens = group.split()
        names += ["".join(tokens)] if any(len(token) == 1 for token in tokens) else tokens
    return "、".join(name for name in names if name)


def _value_end(text: str, start: int, pattern: re.Pattern[str]) -> int:
    """Where the names after a label end: at a ; or 。, at a bracket that they did not open, at the next label."""
    depth = 0
    following = pattern.search(text, start)
    limit = following.start() if following else len(text)
    for index in range(start, limit):
        character = text[index]
        if character in _OPEN:
            depth += 1
        elif character in _CLOSE:
            if not depth:
                return index
            depth -= 1
        elif character in ";；。\n" and not depth:
            return index
    return limit


def _joined(cuts: list[tuple[int, int]], text: str) -> list[tuple[int, int]]:
    """The spans, those joined that only punctuation stands between."""
    joined: list[tuple[int, int]] = []
    for start, end in sorted(cuts):
        if joined and re.fullmatch(r"[;；,，、\s]*", text[joined[-1][1] : start]):
            joined[-1] = (joined[-1][0], max(end, joined[-1][1]))
        else:
            joined.append((start, end))
    return joined


def _with_brackets(text: str, start: int, end: int) -> tuple[int, int]:
    if start and text[start - 1] in "(（":
        start -= 1
    if end < len(text) and text[end] in ")）":
        end += 1
    return start, end


def _unique(names: list[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(name for name in names if name))


def unit_lines(values: tuple[Traced, ...]) -> Iterator[str]:
    """The units of the paragraphs of a cell."""
    for value in values:
        yield from split_units(value.text)
