"""What a number measures: the clause around it, in the words of the text."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from generator.ingest.rows import Reading
from generator.model import TargetKind
from generator.quantities import Number
from generator.text import Traced

#: A clause ends here; 、 and 和 separate quantities only between two of them.
_BREAK = re.compile(r"[，,。;；:：\n!！]|(?<=\s)\s*(?=\d\.)")
_LINK = re.compile(r"[、和及与]|以及|其中|并")
_TRAIL = re.compile(r"[\s的了为是达至到]+\Z|[\s、,，]+\Z")


@dataclass(frozen=True)
class Measured:
    """A quantity with the words that say of what, and whether it only describes another figure of its clause.

    ``before`` and ``after`` are the words around it up to the next quantity or the clause's end; ``clause`` is the
    local span of the clause.
    """

    number: Number
    measure: str
    kind: TargetKind
    before: str
    after: str
    clause: tuple[int, int]
    describes: bool = False
    shared: tuple[str, ...] = ()


def measure_numbers(text: Traced, numbers: Sequence[Number], reading: Reading) -> list[Measured]:
    """The quantities of a text with their measures, in order."""
    measured: list[Measured] = []
    for start, end in clauses(text.text, numbers):
        inside = [number for number in numbers if start <= number.start < end and not number.reason]
        measured += _measure_clause(text.text, (start, end), inside, reading)
    return measured


def clauses(text: str, numbers: Sequence[Number]) -> list[tuple[int, int]]:
    """Spans of the clauses of a text. A comma inside a number or a title breaks nothing."""
    taken = [number.span for number in numbers]
    spans, last = [], 0
    for match in _BREAK.finditer(text):
        if any(start <= match.start() < end for start, end in taken) or match.end() == match.start():
            continue
        spans.append((last, match.start()))
        last = match.end()
    spans.append((last, len(text)))
    return [span for span in spans if span[1] > span[0]]


def _measure_clause(
    text: str, clause: tuple[int, int], numbers: list[Number], reading: Reading
) -> list[Measured]:
    found: list[Measured] = []
    head = ""
    for index, number in enumerate(numbers):
        left = numbers[index - 1].span[1] if index else clause[0]
        right = numbers[index + 1].span[0] if index + 1 < len(numbers) else clause[1]
        before, after = text[left : number.span[0]], text[number.span[1] : right]
        if index and (link := _LINK.search(after_link := before)):
            before = after_link[link.end() :] if link.start() == 0 else before
        measure, verb = _wording(before, after, head, reading)
        head = verb or head
        following = numbers[index + 1] if index + 1 < len(numbers) else None
        found.append(
            Measured(
                number,
                measure,
                _kind(number, measure, before, reading),
                before,
                after,
                clause,
                describes=_describes(text, number, following, before, reading),
                shared=_shared(before, number, reading),
            )
        )
    return found


def _wording(before: str, after: str, head: str, reading: Reading) -> tuple[str, str]:
    """(measure, leading verb): the words before the number; where they are only a verb, the words after it too."""
    verbs = sorted(reading.lookups.words("action_verbs"), key=len, reverse=True)
    core = _strip_fillers(before, reading)
    verb = next((word for word in verbs if core.startswith(word)), "")
    bare = core[len(verb) :].strip(" “”\"") if verb else core
    if len(bare) >= 2:
        return _tidy(core), verb
    noun = re.split(r"[，,。;；、]|(?:和|及|与)(?=$)", after.strip())[0]
    noun = re.sub(r"^(?:的)", "", noun)
    words = (core or head) + noun
    return _tidy(words or core), verb


def _strip_fillers(words: str, reading: Reading) -> str:
    """Without words that only introduce a number (确保, 全年, 达到), at both ends, and without the bracket opened last."""
    fillers = sorted(reading.lookups.words("fillers"), key=len, reverse=True)
    words = words.strip(" \t\n“”、,，:：")
    changed = True
    while changed:
        changed = False
        for filler in fillers:
            if words.startswith(filler) and len(words) > len(filler):
                words, changed = words[len(filler) :].strip(), True
            if words.endswith(filler) and len(words) > len(filler):
                words, changed = words[: -len(filler)].strip(), True
    return words


def _tidy(words: str) -> str:
    words = _TRAIL.sub("", words.strip(" “、,，)）;；"))
    if words.count("(") != words.count(")"):
        words = re.sub(r"[()]", "", words)
    if words.count("“") != words.count("”"):
        words = re.sub(r"[“”]", "", words)
    return words.strip()


def _kind(number: Number, measure: str, before: str, reading: Reading) -> TargetKind:
    if number.kind == "points":
        return "growth"
    if number.kind != "share":
        return "level"
    growth = reading.lookups.words("growth")
    tail = (measure + before)[-12:]
    return "growth" if any(word in tail for word in growth) else "rate"


def _describes(text: str, number: Number, following: Number | None, before: str, reading: Reading) -> bool:
    """Whether a count only says how many there are of what another figure is about: 11个发展区实现营收2800亿元."""
    if following is None or number.kind in {"share", "points", "money"}:
        return False
    between = text[number.span[1] : following.span[0]]
    if not between or between[0] in "、和及与(（" or re.search(r"[、和及与]$", between):
        return False
    if _strip_fillers(before, reading).endswith(reading.lookups.words("action_verbs")):
        return False
    return any(word in between for word in reading.lookups.words("predicates"))


def _shared(before: str, number: Number, reading: Reading) -> tuple[str, ...]:
    """The measures that share one number (A率、B率均达到100%); empty where the number is of one thing."""
    parts = [part for part in re.split(r"[、]|(?<=[\u4e00-\u9fff])[和及与](?=[\u4e00-\u9fff])", before) if part.strip()]
    if len(parts) < 2:
        return ()
    tail = parts[-1]
    marked = re.search(rf"(?:{'|'.join(reading.lookups.words('shared'))})[^、]{{0,8}}$", tail) is not None
    ending = re.compile(r"(?:率|比例|起数|人数|户数|值|额|度|总量)$")
    core = re.sub(r"(?:平均|均|都|各|分别|同比|比.{2,12}|较.{2,12})*(?:实现|保持|达到?|增长|下降|提高|为|至|在|控制在|稳定在)*$", "", tail)
    alike = number.kind == "share" and all(ending.search(part) for part in [*parts[:-1], core])
    if not (marked or alike):
        return ()
    rest = tail[len(core) :] if tail.startswith(core) else ""
    return tuple(_tidy(part + (rest if number.kind == "share" and "下降" in rest or "增长" in rest else "")) for part in [*parts[:-1], core])
