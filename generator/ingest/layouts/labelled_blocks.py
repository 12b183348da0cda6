"""Blocks of lines that begin with labels, one block a commitment. Lines without a label go on with the one above.

项目名称:老年助餐服务
目标任务:新增老年助餐服务点60个以上。
牵头单位:市民政局
完成时限:11月底
进展情况:已新增老年助餐服务点66个。

A block may begin with an unlabelled line instead: then that is the commitment.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field

from generator.ingest.blocks import Block
from generator.ingest.leanings import counted
from generator.ingest.lines import Line, blocks_to_lines, is_title, labelled_pieces
from generator.ingest.rows import AreaRow, Reading, Row, clean
from generator.text import Traced

NAME = "labelled_blocks"
SUREST = 0.95

_NOTHING = Traced("", ())
#: Fields that say what is promised: the first label of a block is one of them, or a number.
_OPENING = ("number", "category", "text")
#: In these a space may stand between two names.
_NAMES = ("leader", "lead_official", "lead_units", "support_units")


@dataclass
class _Open:
    """A block on its way: the labels that it has had, the field that a line without a label goes on with."""

    line: int
    section: Traced
    fields: dict[str, tuple[Traced, ...]] = field(default_factory=dict)
    labels: list[str] = field(default_factory=list)
    last: str = ""
    heading: Line | None = None
    wider: Traced = _NOTHING


def detect(blocks: Sequence[Block], reading: Reading) -> tuple[float, str]:
    """Sure when lines begin with labels of two fields or more, each twice, and one says what is promised."""
    lines = blocks_to_lines(blocks, reading)
    fields = Counter(name for line in lines for name, _, _ in labelled_pieces(line.text, reading))
    often = sorted(name for name, count in fields.items() if count >= 2 and name != "contact")
    if len(often) < 2:
        return 0.0, f"labels of {', '.join(often) or 'no field'} begin lines"
    if fields["text"] >= 2:
        return SUREST, f"labels of {', '.join(often)} begin lines"
    if set(often) <= {"lead_units", "support_units", "leader", "due"}:
        return 0.4, f"labels of {', '.join(often)} only begin lines"
    return 0.93, f"labels of {', '.join(often)} begin lines, below a line without one"


def read(blocks: Sequence[Block], reading: Reading) -> Sequence[Row | AreaRow]:
    """One row for each block that says what is promised, or reports."""
    lines = blocks_to_lines(blocks, reading)
    titled = any(name == "text" for line in lines for name, _, _ in labelled_pieces(line.text, reading))
    done: list[_Open] = []
    above: list[Line] = []
    section = _NOTHING
    for index, line in enumerate(lines):
        pieces = labelled_pieces(line.text, reading)
        if not pieces:
            following = labelled_pieces(lines[index + 1].text, reading) if index + 1 < len(lines) else []
            if _entitles(line, above, following, done, titled):
                above.append(line)
            elif done and not above:
                _go_on(done[-1], line)
            continue
        if not done or above or _begins(done[-1], pieces[0]):
            wider = _section(above[:-1], True) or (done[-1].wider if done else _NOTHING)
            section = _section(above, titled) or section
            done.append(_begin(line, above, section, titled))
            done[-1].wider = wider
            above = []
        for piece in pieces:
            _add(done[-1], *piece)
    if all(one.heading and "name" not in one.fields for one in done):
        for one in done:
            _take_heading(one, reading)
    return [
        Row(fields=one.fields, line=one.line, section=one.section)
        for one in done
        if {"text", "report"} & set(one.fields)
    ]


def _take_heading(one: _Open, reading: Reading) -> None:
    """Where each block has a heading of its own, that names the commitment and is no section."""
    if one.heading is None:
        return
    own = clean(one.heading.text)
    one.fields = {"name" if counted(own.text, reading) else "category": (own,), **one.fields}
    if one.heading.number:
        one.fields["number"] = (one.heading.number,)
    one.section = one.wider


def _entitles(
    line: Line, above: list[Line], following: list[tuple[str, str, Traced]], done: list[_Open], titled: bool
) -> bool:
    """Whether a line without a label heads the next block rather than going on with this one."""
    opens = bool(following) and (not done or _begins(done[-1], following[0]))
    if not titled:
        return opens or (is_title(line) and line.titled)
    return is_title(line) and (opens or bool(above) or not done or line.titled)


def _begins(one: _Open, piece: tuple[str, str, Traced]) -> bool:
    """Whether a label begins a new block: one that the open block has had, and no list of units goes on."""
    name, label, _ = piece
    return label in one.labels and (name in _OPENING or label == one.labels[0])


def _section(above: list[Line], titled: bool) -> Traced:
    titles = above if titled else above[:-1]
    return titles[-1].text if titles else _NOTHING


def _begin(line: Line, above: list[Line], section: Traced, titled: bool) -> _Open:
    one = _Open(above[-1].line if above else line.line, section)
    number = above[-1].number if above and not titled else line.number
    if number:
        one.fields["number"] = (number,)
    if not titled and above:
        one.fields["text"] = (clean(above[-1].text),)
        one.last = "text"
    elif above:
        one.heading = above[-1]
    return one


def _add(one: _Open, name: str, label: str, value: Traced) -> None:
    """A label and its value. A second label of what is promised makes the first one the name."""
    if name == "text" and "text" in one.fields and label not in one.labels:
        one.fields["name"] = (*one.fields.get("name", ()), *one.fields.pop("text"))
    one.labels.append(label)
    one.last = name
    if value:
        kept = value if name in _NAMES else clean(value)
        one.fields[name] = (*one.fields.get(name, ()), kept)


def _go_on(one: _Open, line: Line) -> None:
    if one.last:
        one.fields[one.last] = (*one.fields.get(one.last, ()), clean(line.whole))
