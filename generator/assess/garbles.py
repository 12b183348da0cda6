"""Places where characters were lost: a unit without a number, a number without a unit, numbers run together, a bracket.

What is seen is a fault of the text that we read. It is never a number: where one was lost there is none, not a zero.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache

from generator.assess.words import GarbledWords
from generator.patterns import alternation

_CJK = r"\u3400-\u9fff"
#: Where a phrase ends: a counting word before it has no noun after it to which it could belong.
_END = r"\s*(?:[,，。;；、:：!！?？)）]|$)"
_CLOSERS = {")": "(", "]": "[", "}": "{", "》": "《", "〉": "〈", "」": "「", "』": "『", "”": "“", "’": "‘"}
_OPENERS = frozenset(_CLOSERS.values())
_ONE_WIDTH = str.maketrans("（）【】〔〕［］｛｝", "()[][][]{}")
_MARKS = re.escape("".join((*_CLOSERS, *_CLOSERS.values())))
_ANY_MARK = re.compile(f"[{_MARKS}{''.join(map(chr, _ONE_WIDTH))}]")
#: Brackets and quotation marks, the last character of each match. What may close nothing is named: the bracket at the
#: head of an item ("1)", "二)"), an apostrophe (China’s).
_MARK = re.compile(
    rf"(?P<alone>(?:^|[\s。;；,，:：、])[\dA-Za-z①-⑳一二三四五六七八九十]{{1,3}}\)|(?<![^\x00-\x7f])’)|[{_MARKS}]"
)


@dataclass(frozen=True)
class Garble:
    """A fault in a text: its code (``GARBLES`` in ``rules``) and its characters, end exclusive."""

    code: str
    start: int
    end: int


def find_garbles(text: str, words: GarbledWords) -> tuple[Garble, ...]:
    """The faults of a text in its order. The brackets and quotation marks of one text are one fault, at the first."""
    found = [
        Garble(rule.code, *match.span())
        for rule in _rules(words)
        if rule.needed.search(text)
        for match in rule.pattern.finditer(text)
    ]
    return tuple(sorted([*_without_overlaps(found), *_brackets(text)], key=lambda one: one.start))


def has_no_unit(printed: str, measure: str, unit: str, words: GarbledWords) -> bool:
    """Whether a promised or reported number should have a unit and none was read after it: 培育人才3600,.

    It is a whole number or one in 万 or 亿: other decimals may be an index. Nor does it measure what has no
    unit (综合指数85, 收入倍差2).
    """
    counts = re.fullmatch(r"\d+|\d+(?:\.\d+)?\s*(?:万亿|[万亿])", re.sub("[,，]", "", printed)) is not None
    return not unit and counts and not any(word in measure for word in words.pure_numbers)


def _without_overlaps(found: Iterable[Garble]) -> Iterator[Garble]:
    """Two rules may see one place; the longer span stays."""
    last = 0
    for one in sorted(found, key=lambda one: (one.start, -one.end)):
        if one.start >= last:
            yield one
            last = one.end


@dataclass(frozen=True)
class _Rule:
    """A kind of fault: its code, and what finds it. ``needed`` is found, too, wherever ``pattern`` is, and sooner."""

    code: str
    needed: re.Pattern[str]
    pattern: re.Pattern[str]


@cache
def _rules(words: GarbledWords) -> tuple[_Rule, ...]:
    coded = (
        ("lost_number", _lost_numbers(words)),
        ("merged_numbers", _merged_numbers(words)),
        ("lost_characters", _lost_characters(words)),
    )
    return tuple(
        _Rule(code, re.compile(needed), re.compile(pattern)) for code, rules in coded for needed, pattern in rules
    )


#: What is needed for a fault, and its pattern. The first begins with characters, and not with what stands around them:
#: of a pattern like this only places are tried at which one of these stands.
_Patterns = tuple[tuple[str, str], ...]


def _lost_numbers(words: GarbledWords) -> _Patterns:
    """A sign, a counting word, an amount's unit, a rank, a date or a decimal point with no number before it."""
    signs, counters = alternation(words.signs), alternation(words.counters)
    amounts = f"(?:(?:万亿|[万亿])\\s*(?:{alternation(words.units)})|{counters})(?={_END})"
    verbs = alternation(word for word in (*words.action_verbs, *words.amount_words) if len(word) > 1)
    numeral = f"[{''.join(words.numerals)}]"
    counted = f"[{''.join((*words.numerals, *words.before_pure_counter))}]"
    measures = alternation(word for word in words.measures if len(word) == 1)
    ranked = "".join(f"(?<!{word.removesuffix('第')})" for word in words.not_ordinals)
    pure = f"{words.pure_counter}(?!{alternation(words.after_pure_counter)})(?=[{_CJK}]|{_END})"
    measured = f"(?:{measures})(?:{counters})(?={_END})"
    ranks = rf"第\s*(?:{alternation(words.ordinals)})(?={_END})"
    decimals = rf"\.\d+\s*(?:{signs}|万|亿)"
    return (
        (signs, rf"(?:^|(?<=[{_CJK},，。;；])(?<!{numeral}))\s*(?:{signs})"),
        (pure, rf"(?<=[{_CJK}])(?<!{counted}){pure}"),
        (measured, rf"(?<=[{_CJK}])(?<!{numeral})(?!{alternation(words.paired_words)}|(.)\1){measured}"),
        (amounts, rf"(?:{verbs})了?\s*{amounts}"),
        (ranks, f"{ranked}{ranks}"),
        (
            r"年\s*月",
            rf"(?:{alternation(words.date_leads)})\s*年\s*月(?:\s*日)?(?=[前起止]|{_END})",
        ),
        (decimals, rf"(?<=[{_CJK}])(?<!{numeral}){decimals}"),
    )


def _merged_numbers(words: GarbledWords) -> _Patterns:
    """14.910.7 (two decimals), 20236月 and 20231-6月 (year and month), 202371日, and 415日 where a date must stand."""
    amounts = alternation((*words.signs, *words.counters, "万", "亿"))
    day = "(?:[12]\\d|3[01]|[1-9])"
    no_day = f"(?:[4-9][1-9]|3[2-9]|[1-9](?:[12]\\d|3[01])|1[0-2]{day})"
    dated = "|".join(f"(?<={word})" for word in words.day_leads)
    more = "".join(f"(?<!{word})" for word in words.no_day_leads)
    full_date = rf"(?:\d\d)?\d\d\.(?:0[1-9]|1[0-2])\.0?{day}(?!\d)"
    return (
        (r"\.\d+\.", rf"(?<=[{_CJK}])(?!{full_date})\d+\.\d{{2,}}\.\d+(?=\s*(?:{amounts}))"),
        ("月", r"(?<!\d)(?:19|20)\d\d(?:1[0-2]|[1-9])(?=月|[-—–~～至](?:1[0-2]|[1-9])月)"),
        ("日", rf"(?<!\d)(?:19|20)\d\d(?:1[0-2]|[1-9]){day}(?=日)"),
        ("日起", rf"(?<![\d.]){no_day}(?=日起)"),
        ("日", rf"(?:{dated}){more}{no_day}(?=日(?![内间后]))"),
    )


def _lost_characters(words: GarbledWords) -> _Patterns:
    """Signs that stand for a character which could not be read, and sequences that a wrong encoding leaves."""
    unread, wrongly_read = r"[\ufffd\ue000-\uf8ff\x00-\x08\x0b\x0c\x0e-\x1f]", alternation(words.unreadable)
    return (
        (unread, f"{unread}+"),
        ("[□▯]", rf"(?<=[{_CJK}\d])[□▯]+(?!{alternation(words.box_answers)})(?=[{_CJK}\d%％,，。;；])"),
        (r"\?", rf"(?<=[{_CJK}\d])\?{{2,}}|\?{{2,}}(?=[{_CJK}\d])"),
        (wrongly_read, wrongly_read),
    )


def _brackets(text: str) -> list[Garble]:
    """One fault for the brackets and quotation marks that have no partner, or stand across others; at the first.

    Of marks that may close nothing either all or none do: what leaves fewer alone was meant (“‘5G’应用”, (一、二)).
    """
    if not _ANY_MARK.search(text):
        return []
    plain = text.translate(_ONE_WIDTH)
    lone = min(([*_lone_marks(plain, closing=closing)] for closing in (False, True)), key=len)
    return [Garble("lone_bracket", min(lone), min(lone) + 1)] if lone else []


def _lone_marks(text: str, *, closing: bool) -> Iterator[int]:
    """The places of marks without a partner. ``closing``: what may close nothing closes what is open."""
    open_marks: list[int] = []
    for match in _MARK.finditer(text):
        index = match.end() - 1
        if text[index] in _OPENERS:
            open_marks.append(index)
            continue
        partner = next((at for at in reversed(open_marks) if text[at] == _CLOSERS[text[index]]), None)
        if match["alone"] and (partner is None or not closing):
            continue
        if partner is None:
            yield index
        else:
            while open_marks[-1] != partner:
                yield open_marks.pop()
            open_marks.pop()
    yield from open_marks
