"""What the numbers of a text measure: clause by clause, in the words of the text."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

from generator.ingest.measured import Measured
from generator.ingest.rows import Reading
from generator.ingest.topics import with_levels, with_lists, with_parts, with_subjects, with_topics
from generator.ingest.wording import NO_WORDS, bare_words, tidy, words_to_measure
from generator.lookups import Lookups
from generator.model import TargetKind
from generator.quantities import Number

#: A clause ends here; 、 and 和 separate quantities only between two of them.
_BREAK = re.compile(r"[，,。;；:：\n!！]")


def measure_numbers(text: str, reading: Reading) -> Sequence[Measured]:
    """The quantities of a text with their measures, in order."""
    return reading.of_text(_measure, text)


def _measure(text: str, reading: Reading) -> Sequence[Measured]:
    numbers = reading.grammar.read(text)
    measured: list[Measured] = []
    quantities = reading.grammar.quantities(text)
    for start, end in clauses(text, numbers) if quantities else ():
        inside = [number for number in quantities if start <= number.start < end]
        if inside:
            measured += _measure_clause(text, (start, end), inside, reading)
    if len(measured) > 1:
        measured = with_lists(with_levels(measured, reading), reading)
    return with_parts(with_subjects(text, with_topics(text, measured, reading), reading))


def clauses(text: str, numbers: Sequence[Number]) -> list[tuple[int, int]]:
    """Spans of the clauses of a text. A comma inside a number or a title breaks nothing; a list number does."""
    taken = [number.span for number in numbers]
    breaks = [number.span for number in numbers if number.reason == "list-number"]
    inside = {at for start, end in taken for at in range(start, end)}
    breaks += [match.span() for match in _BREAK.finditer(text) if match.start() not in inside]
    spans, last = [], 0
    for start, end in sorted(breaks):
        spans.append((last, start))
        last = max(last, end)
    spans.append((last, len(text)))
    return [span for span in spans if span[1] > span[0]]


def _measure_clause(text: str, clause: tuple[int, int], numbers: list[Number], reading: Reading) -> list[Measured]:
    found: list[Measured] = []
    own = _respectively(text, clause, numbers, reading)
    words = NO_WORDS
    for index, number in enumerate(numbers):
        left = numbers[index - 1].span[1] if index else clause[0]
        following = numbers[index + 1] if index + 1 < len(numbers) else None
        taken = 0 if found and found[-1].describes else words.taken
        before = text[left + taken : number.span[0]]
        after = text[number.span[1] : following.span[0] if following else clause[1]]
        words = words_to_measure(before, after, words, reading, following is None)
        measure = own.get(index, words.measure)
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


def _kind(number: Number, measure: str, before: str, reading: Reading) -> TargetKind:
    if number.kind == "points":
        return "growth"
    if number.kind != "share":
        return "level"
    growth = reading.lookups.words("growth")
    tail = _REACHED.sub("", (measure + before)[-12:])
    return "growth" if any(word in tail for word in growth) else "rate"


#: 研发投入强度提高到3.6% is the level that is reached; 增速提高到6% is growth still.
_REACHED = re.compile(r"(?:提高|提升|上升|增加|下降|降低|减少|压减|缩小)[到至](?=[^\u4e00-\u9fff]*$)")


def _describes(text: str, number: Number, following: Number | None, before: str, reading: Reading) -> bool:
    """Whether a count only says how many there are of what another figure is about: 11个发展区实现营收2800亿元."""
    if following is None or number.kind in {"share", "points", "money"}:
        return False
    between = text[number.span[1] : following.span[0]]
    if not between or between[0] in "、和及与(（" or re.search(r"[、和及与]$", between):
        return False
    if bare_words(before, reading).endswith(reading.lookups.words("action_verbs")):
        return False
    return any(word in between for word in reading.lookups.words("predicates"))


def _list_parts(words: str) -> list[str]:
    """The members of a list joined by 、 and 和."""
    return [piece for piece in _JOINS.split(words) if piece.strip()]


#: What joins the members of a list.
_JOINS = re.compile(r"、|(?<=[\u4e00-\u9fff])(?:[和与]|(?<![普涉以危])及(?!以上|以下|其|时|格))(?=[\u4e00-\u9fff])")


def _respectively(text: str, clause: tuple[int, int], numbers: list[Number], reading: Reading) -> dict[int, str]:
    """Index of a number → its measure, where a list of measures is followed by 分别 and as many numbers."""
    if "分别" not in text:
        return {}
    for index, number in enumerate(numbers):
        left = numbers[index - 1].span[1] if index else clause[0]
        head, marker, tail = text[left : number.span[0]].rpartition("分别")
        parts = _list_parts(head) if marker else []
        if 2 <= len(parts) == _run_of(text, numbers, index):
            return {index + offset: bare_words(part + tail, reading) for offset, part in enumerate(parts)}
    return {}


def _run_of(text: str, numbers: list[Number], index: int) -> int:
    """How many numbers follow each other from ``index`` with nothing but 、 or 和 between them."""
    count = 1
    for one, other in pairwise(numbers[index:]):
        if text[one.span[1] : other.span[0]].strip() not in {"", "、", "和", "与", "及"}:
            break
        count += 1
    return count


def _shared(before: str, number: Number, reading: Reading) -> tuple[str, ...]:
    """The measures that share one number (A率、B率均达到100%); empty where the number is of one thing."""
    if scopes := _TWO_SCOPES.match(before.strip()):
        rest = tidy(before.strip()[scopes.end() :])
        return (scopes[1] + rest, scopes[2] + rest)
    parts = _list_parts(before)
    if len(parts) < 2 or "分别" in parts[-1]:
        return ()
    tail = parts[-1]
    marked = reading.lookups.once(_sharing_pattern).search(tail) is not None
    core = _SAID_OF_ALL.sub("", tail)
    alike = number.kind == "share" and all(_IS_MEASURE.search(part) for part in [*parts[:-1], core])
    if not (marked or alike):
        return ()
    rest = tail[len(core) :] if tail.startswith(core) else ""
    grown = rest if (number.kind == "share" and "下降" in rest) or "增长" in rest else ""
    first = bare_words(parts[0], reading)
    verbs = reading.lookups.words("action_verbs")
    verb = reading.lookups.beginning("action_verbs", first) if number.kind != "share" else ""
    members = [parts[0], *(_with_verb(part, verb, verbs) for part in [*parts[1:-1], core])]
    return tuple(tidy(member + grown) for member in members)


_TWO_SCOPES = re.compile(r"(全[市区县])[及和]((?:[市区县]级|[市区县]本级))(?=[\u4e00-\u9fff])")
_IS_MEASURE = re.compile(r"(?:率|比例|起数|人数|户数|值|额|度|总量)$")
#: What is said of all members of a list before their number.
_SAID_OF_ALL = re.compile(
    r"(?:平均|均|都|各|分别|同比|比.{2,12}|较.{2,12})*(?:实现|保持|达到?|增长|下降|提高|为|至|在|控制在|稳定在)*$"
)


def _sharing_pattern(lookups: Lookups) -> re.Pattern[str]:
    return re.compile(rf"(?:{'|'.join(lookups.words('shared'))})[^、]{{0,8}}$")


def _with_verb(member: str, verb: str, verbs: tuple[str, ...]) -> str:
    """A member of a list with the verb of the first, unless it has its own: 试点数字乡村、未来乡村."""
    return member if member.startswith(verbs) else verb + member
