"""Paragraphs without any mark: one that promises, then one or more that report on it; some of either may be lost.

    确保新增就业22万人,登记失业率控制在3%以内。
    1-12月新增就业27万人,登记失业率2.02%。

Which is which is decided for all paragraphs together: cue words of promising and reporting, likeness of wording
with the promise above, list numbers that go on. The cues and their weights are in ``phrases.yml``.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from generator.ingest.blocks import Block
from generator.ingest.leanings import leaning
from generator.ingest.lines import blocks_to_lines, counting_on, take_mark
from generator.ingest.rows import AreaRow, Reading, Row, is_units
from generator.text import Traced, containment

NAME = "alternating"
SUREST = 0.75

#: A shorter line is a heading or a remnant, not a paragraph.
_PARAGRAPH = 20
_ITEM = re.compile(r"\s*(?:(\d{1,2})\s*[.．、](?!\d{2,}万|\d+个)|([一二三四五六七八九十])、)")
_CHINESE = "零一二三四五六七八九十"


@dataclass(frozen=True)
class _Path:
    """The best reading of the paragraphs so far: its score, what the last is, and the promise that is open.

    ``before`` is the reading up to the paragraph before; ``told`` is what the last paragraph is that names no units.
    """

    score: float
    kind: str = ""
    promise: int | None = None
    before: _Path | None = None
    told: str = ""

    def then(self, kind: str, gain: float = 0.0, promise: int | None = None) -> _Path:
        """The reading that goes on with a paragraph of a kind."""
        return _Path(self.score + gain, kind, promise, self, self.told if kind == "units" else kind)

    def kinds(self) -> tuple[str, ...]:
        """What each paragraph is."""
        found, path = list[str](), self
        while path.before is not None:
            found.append(path.kind)
            path = path.before
        return tuple(reversed(found))


def detect(blocks: Sequence[Block], reading: Reading) -> tuple[float, str]:
    """Sure when there are many long paragraphs, no headings or rows, and promises and reports take turns."""
    paragraphs = _paragraphs(blocks)
    if any(block.kind == "row" for block in blocks) or sum(block.kind == "heading" for block in blocks) > 2:
        return 0.0, "headings or rows of tables"
    if len(paragraphs) < 6:
        return 0.0, f"{len(paragraphs)} paragraphs"
    if (counted := counting_on(blocks_to_lines(paragraphs, reading))) >= 0.5 * len(paragraphs):
        return 0.2, f"{counted} of {len(paragraphs)} paragraphs count on: a list"
    kinds = _classify(paragraphs, reading)
    turns = sum(one == "promise" and other == "report" for one, other in pairwise(kinds))
    share = 2 * turns / len(paragraphs)
    return (
        SUREST if share >= 0.4 else 0.3 * share
    ), f"{turns} promises followed by a report in {len(paragraphs)} paragraphs"


def read(blocks: Sequence[Block], reading: Reading) -> Sequence[Row | AreaRow]:
    """One row for each promise with its reports, and one for each report whose promise is lost."""
    paragraphs = _paragraphs(blocks)
    rows: list[Row] = []
    for block, kind in zip(paragraphs, _classify(paragraphs, reading), strict=True):
        if kind == "units":
            if rows:
                rows[-1] = replace(rows[-1], fields={**rows[-1].fields, "lead_units": (block.text,)})
        elif kind == "promise":
            _, number, text = take_mark(block.text)
            rows.append(Row(fields={"text": (text,)} | ({"number": (number,)} if number else {}), line=block.line))
        elif kind == "orphan" or not rows:
            rows.append(Row(fields={"report": (block.text,)}, line=block.line))
        else:
            reports = (*rows[-1].fields.get("report", ()), block.text)
            rows[-1] = replace(rows[-1], fields={**rows[-1].fields, "report": reports})
    return rows


def _paragraphs(blocks: Sequence[Block]) -> list[Block]:
    return [block for block in blocks if block.kind == "paragraph" and len(block.text) >= _PARAGRAPH]


def _classify(paragraphs: list[Block], reading: Reading) -> tuple[str, ...]:
    """What each paragraph is: promise, report (on the promise above), orphan (a report without one), or units."""
    texts = [block.text for block in paragraphs]
    paths = {"": _Path(0.0)}
    for index, text in enumerate(texts):
        if is_units(text.text, reading):
            paths = {kind: path.then("units", promise=path.promise) for kind, path in paths.items()}
            continue
        lean = leaning(text.text, reading)
        options: dict[str, list[_Path]] = {"promise": [], "report": [], "orphan": []}
        for path in paths.values():
            for kind, gain in _gains(index, texts, lean, path, reading).items():
                promise = {"promise": index, "orphan": None}.get(kind, path.promise)
                options[kind].append(path.then(kind, gain, promise))
        paths = {kind: max(found, key=lambda path: path.score) for kind, found in options.items() if found}
    return max(paths.values(), key=lambda path: path.score).kinds()


def _gains(index: int, texts: list[Traced], lean: float, path: _Path, reading: Reading) -> dict[str, float]:
    """What each kind adds to the score of a path, after the kind that the path gave the paragraph before."""
    weights = reading.lookups.phrases.cues["promise_or_report_context"]
    before = path.told
    text = texts[index].text
    gains = {
        "promise": lean - (weights["promise_without_report"] if before == "promise" else 0.0),
        "orphan": -lean - weights["orphan"],
    }
    if before == "promise" and path.promise is not None:
        promise = texts[path.promise].text
        likeness = max(containment(promise, text), containment(text, promise))
        first = weights["first_report"] if likeness >= weights["unlike"] else -weights["first_report"]
        gains["report"] = -lean + weights["alike"] * likeness + first
    elif before in {"report", "orphan"}:
        gains["report"] = -lean + (
            weights["next_item"] if _goes_on(texts[index - 1].text, text) else -weights["no_item"]
        )
    return gains


def _goes_on(before: str, text: str) -> bool:
    """Whether a paragraph's list number follows one in the paragraph before."""
    number = _item(text)
    if number is None or number == 1:
        return False
    numbers = [_item(piece) for piece in re.split(r"(?<=[。;；])", before)]
    return any(other is not None and number - 1 <= other <= number for other in numbers)


def _item(text: str) -> int | None:
    match = _ITEM.match(text)
    if match is None:
        return None
    return int(match[1]) if match[1] else _CHINESE.index(match[2])
