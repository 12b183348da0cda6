"""Changes of a regular expression, one at a time: what it accepts more or less of is a rule that some test must state.

An expression is read as far as its changes need it: alternatives, groups, sets of characters and what repeats.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

_GROUP = re.compile(r"\(\?P=\w+\)|\((?:\?(?:P<\w+>|<[=!]|[:=!])|(?!\?))")
_SET = re.compile(r"\[\^?\]?(?:\\.|[^\]\\])*\]", re.DOTALL)
_ATOM = re.compile(r"\\u[0-9a-fA-F]{4}|\\x[0-9a-fA-F]{2}|\\.|.", re.DOTALL)
_REPEAT = re.compile(r"(?:[*+?]|\{\d*,?\d*\})\??")
_MEMBER = re.compile(
    r"(?:\\u[0-9a-fA-F]{4}|\\x[0-9a-fA-F]{2}|\\.|[^\\])(?:-(?:\\u[0-9a-fA-F]{4}|\\.|[^\\]))?", re.DOTALL
)
_FEW = 3
_LOOKS = ("(?=", "(?!", "(?<=", "(?<!")


@dataclass
class _Open:
    """A group that is read: where it begins, its opening, and where its alternatives begin."""

    start: int
    opening: str
    bars: list[int] = field(default_factory=list)

    def alternatives(self, end: int) -> Iterator[tuple[int, int]]:
        """What is cut so that one alternative after another is missing. ``end`` is where the last one ends."""
        if not self.bars:
            return
        first = self.start + len(self.opening)
        yield first, self.bars[0] + 1
        yield from zip(self.bars, [*self.bars[1:], end], strict=True)


def pattern_changes(pattern: str) -> Iterator[tuple[str, str]]:
    """Every changed pattern with what was changed, in the order of the pattern."""
    for start, end, put in sorted(_edits(pattern)):
        changed = pattern[:start] + put + pattern[end:]
        around = pattern[max(0, start - 12) : start], pattern[end : end + 12]
        gone = pattern[start:end]
        yield changed, f"{around[0]}⟦{gone}⟧{around[1]}" + (f" with {put}" if put else "")


def _edits(pattern: str) -> Iterator[tuple[int, int, str]]:
    stack = [_Open(0, "")]
    at = 0
    while at < len(pattern):
        start = at
        char = pattern[at]
        if char == "(" and (opening := _GROUP.match(pattern, at)) and not opening[0].endswith(")"):
            stack.append(_Open(at, opening[0]))
            at = opening.end()
            continue
        if char == "|":
            stack[-1].bars.append(at)
            at += 1
            continue
        if char == ")" and len(stack) > 1:
            group = stack.pop()
            yield from ((cut, until, "") for cut, until in group.alternatives(at))
            start, at = group.start, at + 1
            if group.opening in _LOOKS:
                yield start, at, ""
        elif char == "[":
            at = _end(_SET, pattern, at)
            yield from _set_edits(pattern, start, at)
        elif char in "^$":
            at += 1
            yield start, at, ""
        else:
            opened = _GROUP.match(pattern, at)
            at = opened.end() if opened else _end(_ATOM, pattern, at)
        if repeat := _REPEAT.match(pattern, at):
            yield from _repeat_edits(start, repeat)
            at = repeat.end()
    yield from ((cut, until, "") for cut, until in stack[0].alternatives(len(pattern)))


def _end(form: re.Pattern[str], pattern: str, at: int) -> int:
    match = form.match(pattern, at)
    if match is None:
        raise ValueError(f"not understood at {at}: {pattern!r}")
    return match.end()


def _set_edits(pattern: str, start: int, end: int) -> Iterator[tuple[int, int, str]]:
    """One member after another is missing, where there are several; of many, the first and the last."""
    inside = start + (2 if pattern[start + 1] == "^" else 1)
    members = [*_MEMBER.finditer(pattern, inside, end - 1)]
    if len(members) > _FEW:
        members = [members[0], members[-1]]
    if len(members) > 1:
        yield from ((*match.span(), "") for match in members)


def _repeat_edits(start: int, repeat: re.Match[str]) -> Iterator[tuple[int, int, str]]:
    """What may be missing must be there, or never is; what may come again comes once; a bound moves by one."""
    at, end = repeat.span()
    sign = repeat[0].rstrip("?") or "?"
    if sign in {"?", "*"}:
        yield at, end, "" if sign == "?" else "+"
        yield start, end, ""
    elif sign == "+":
        yield at, end, ""
    elif bounds := re.fullmatch(r"\{(\d*),(\d*)\}", sign):
        low, high = bounds.groups()
        if high:
            yield (
                at,
                end,
                f"{{{low},{max(int(high) - 1, int(low or 0))}}}" if int(high) > int(low or 0) + 1 else f"{{{high}}}",
            )
        if low and int(low):
            yield at, end, f"{{{int(low) - 1},{high}}}"
        else:
            yield at, end, f"{{1,{high}}}"
