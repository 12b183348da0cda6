"""Synthetic documents of a city that does not exist: the same seed gives the same characters.

Header words, units and verbs are those of the lookups, so that what is measured is reading and not refusing; what
they are about is put together from the characters of the lookups and means nothing.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import count

from generator.lookups import Lookups

PLACE, YEAR = "云溪市", 2024
TITLE = f"{YEAR}年{PLACE}民生实事项目责任清单及进展情况"

_SEED = 20240101
#: Characters that would make a number, a unit or a date of an invented name.
_NEVER = frozenset(
    "零〇一二两三四五六七八九十百千万亿几数第半年月日底前后周季度时期个位名上下内外中至到从由在于和与及或的了均各达"
)
#: Items of a list that are numbered on before the next section begins.
_ITEMS = 40


@dataclass(frozen=True)
class Typed:
    """A document: paragraphs, then a table; either may be empty."""

    paragraphs: tuple[str, ...]
    table: tuple[tuple[str, ...], ...] = ()


class Writer:
    """Writes commitments of invented content, one after the other."""

    def __init__(self, lookups: Lookups) -> None:
        self._random = random.Random(_SEED)
        self._lookups = lookups
        kinds = lookups.units.kinds
        self._units = sorted(unit for unit, kind in kinds.items() if kind == "count" and len(unit) == 1)
        self._verbs = [verb for verb in lookups.words("action_verbs") if len(verb) == 2][:12]
        words = "".join(word for name in ("action_verbs", "unit_endings", "label_lead") for word in lookups.words(name))
        self._characters = sorted({one for one in words if "\u4e00" <= one <= "\u9fff"} - _NEVER - set("".join(kinds)))

    def heading(self, field: str, index: int = 0) -> str:
        """A heading that means a field, of ``headers.yml``."""
        return next(header.exact[index] for header in self._lookups.headers if header.field == field)

    def name(self) -> str:
        """An invented name of four to seven characters."""
        return "".join(self._random.choices(self._characters, k=self._random.randint(4, 7)))

    def unit(self) -> str:
        """An invented unit of the city."""
        return f"市{''.join(self._random.choices(self._characters, k=2))}局"

    def promise(self, *names: str) -> str:
        """What is promised of some names."""
        draw = self._random
        return "，".join(
            f"{draw.choice(self._verbs)}{name}{draw.randint(2, 9000)}{draw.choice(self._units)}" for name in names
        )

    def report(self, *names: str) -> str:
        """What was done about some names, with a rate."""
        rate = self._random.randint(400, 1300) / 10
        return f"截至9月底，已{self.promise(*names)}，完成年度目标的{rate}%；各项工作正在有序推进。"


def _table(writer: Writer) -> Iterator[tuple[str, ...]]:
    yield tuple(
        writer.heading(*field)
        for field in (("number",), ("text", 0), ("text", 1), ("lead_units",), ("support_units",), ("due",), ("plan",))
    )
    for number in count(1):
        one, other = writer.name(), writer.name()
        plan = "6月底前完成50%；9月底前完成80%；11月底前全面完成。"
        promise = f"{writer.promise(one, other)}以上。"
        yield str(number), f"{one}工程", promise, writer.unit(), f"{writer.unit()}、{writer.unit()}", "11月底", plan


def _sections(writer: Writer, item: Callable[[Writer, int], tuple[str, ...]]) -> Iterator[tuple[str, ...]]:
    for number in count():
        if number % _ITEMS == 0:
            yield (f"（{'一二三四五六七八九十'[number // _ITEMS % 10]}）{writer.name()}",)
        yield item(writer, number % _ITEMS + 1)


def _listed(writer: Writer, number: int) -> tuple[str, ...]:
    lead, support = writer.heading("lead_units"), writer.heading("support_units")
    promise = writer.promise(writer.name(), writer.name())
    return (f"{number}．{promise}以上。（{lead}：{writer.unit()}；{support}：{writer.unit()}、{writer.unit()}）",)


def _progress(writer: Writer, number: int) -> tuple[str, ...]:
    one, other = writer.name(), writer.name()
    return (f"{number}．{writer.promise(one, other)}以上。", f"{writer.heading('report')}：{writer.report(one, other)}")


def _blocks(writer: Writer, number: int) -> tuple[str, ...]:
    one, other = writer.name(), writer.name()
    return (
        f"{writer.heading('text', 0)}：{one}工程",
        f"{writer.heading('text', 1)}：{writer.promise(one, other)}以上。",
        f"{writer.heading('lead_units')}：{writer.unit()}",
        f"{writer.heading('due')}：11月底",
        f"{writer.heading('report')}：{writer.report(one, other)}",
    )


#: Layout → its commitments, without end: each a row of a table or some paragraphs.
LAYOUTS: dict[str, Callable[[Writer], Iterator[tuple[str, ...]]]] = {
    "table": _table,
    "list": lambda writer: _sections(writer, _listed),
    "progress": lambda writer: _sections(writer, _progress),
    "blocks": lambda writer: _sections(writer, _blocks),
}


def synthesize(layout: str, size: int, lookups: Lookups) -> Typed:
    """A document of a layout, of about so many bytes of text in UTF-8."""
    taken: list[tuple[str, ...]] = []
    written = 0
    for piece in LAYOUTS[layout](Writer(lookups)):
        taken.append(piece)
        written += sum(len(one.encode()) + 1 for one in piece)
        if written >= size:
            break
    if layout == "table":
        return Typed((TITLE,), tuple(taken))
    return Typed((TITLE, *(paragraph for piece in taken for paragraph in piece)))
