"""Kinds of charts compiled for the renderer: each once, and of its marks each once.

What the renderer is asked for is where things are, no more: it takes half of its time to measure words on which no
place rests, and much of the rest to write addresses and descriptions. A mark rests on the few fields of its own row
that its layer reads (``marks.py``), so what was drawn for a row is right for every other with the same values there,
in whatever chart: only marks that were never drawn are. What a row says, ``svg.py`` puts in.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

import msgspec

from generator.charts.kept import KIND, drawn_by, keep, read_kept
from generator.charts.marks import FAR
from generator.charts.shapes import Shape, svg_to_shapes

Row = dict[str, Any]
Key = tuple[Any, ...]
Kind = Callable[[], Row]
"""Makes the specification of a kind of chart, without rows and size."""

_NUMBER = "number"
"""The field by which a mark is found in the drawing."""
_MOST = 2_000
"""As many marks of a kind are remembered, some 400 bytes each."""

_NOT_DRAWN = ("cursor", "href", "description", "ariaRoleDescription")
_WORDS = re.compile(r'isValid\(datum\["(\w+)"\]\) \? datum\["\1"\] : ""\+datum\["\1"\]')


@dataclass(frozen=True)
class Layer:
    """Marks of one form, one for each row of ``data``.

    ``reads``: the fields that they rest on; ``scaled``: they rest on the value at the end of the scale, too. ``words``:
    the field whose words they show, if any, in lines that are ``line`` high, or in one where that is 0. ``mark`` is
    what the renderer is asked for.
    """

    data: str
    reads: tuple[str, ...]
    scaled: bool
    words: str
    line: float
    mark: Row


class Mark(NamedTuple):
    """A mark of a chart: what is drawn, and the row that it is of."""

    layer: Layer
    shape: Shape
    row: Row


@dataclass(frozen=True)
class Compiled:
    """A kind of chart: its layers, what else the renderer is told, and the marks that it drew."""

    layers: tuple[Layer, ...]
    frame: Row
    drawn: dict[Key, Shape] = field(default_factory=dict)


def data_to_marks(
    kind: Kind, data: Mapping[str, Sequence[Row]], far: float = 1, folder: Path | None = None
) -> list[Mark]:
    """All marks of a chart, layer by layer, in the order of their rows. ``far``: the value at the end of the scale.

    ``folder``: where kinds are kept as they were compiled, if anywhere. Raises ValueError when marks rest on more than
    their rows, or the renderer writes what is not known.
    """
    compiled = compile_kind(kind, folder)
    wanted = list(_wanted(compiled.layers, data, far))
    shapes = {key: compiled.drawn.get(key) for key, _, _ in wanted}
    missing = [key for key, shape in shapes.items() if shape is None]
    if missing:
        drawn = _draw(compiled, missing, far)
        shapes.update(drawn)
        if len(compiled.drawn) + len(drawn) > _MOST:
            compiled.drawn.clear()
        compiled.drawn.update(drawn)
    return [Mark(layer, shape, row) for key, layer, row in wanted if (shape := shapes[key])]


def _wanted(layers: Sequence[Layer], data: Mapping[str, Sequence[Row]], far: float) -> Iterator[tuple[Key, Layer, Row]]:
    """Every mark that is to be drawn, its key being the place of its layer and all that it rests on."""
    for place, layer in enumerate(layers):
        of_layer = (place, far if layer.scaled else 0)
        for row in data[layer.data]:
            yield (*of_layer, *[row[name] for name in layer.reads]), layer, row


def _draw(compiled: Compiled, keys: Sequence[Key], far: float) -> dict[Key, Shape]:
    shapes = svg_to_shapes(_render(compiled, keys, far))
    if len(shapes) != len(keys):
        raise ValueError(f"the renderer drew {len(shapes)} marks of a chart, not {len(keys)}")
    return {key: shapes[number] for number, key in enumerate(keys)}


def _render(compiled: Compiled, keys: Sequence[Key], far: float) -> str:
    """What the renderer draws for marks, each with its place in ``keys`` as its number."""
    import vl_convert

    rows: dict[int, list[Row]] = {}
    for number, (place, _, *values) in enumerate(keys):
        read = dict(zip(compiled.layers[place].reads, values, strict=True))
        rows.setdefault(place, []).append({**read, _NUMBER: number})
    filled = {
        "signals": [{"name": FAR, "value": far}],
        "data": [{"name": str(place), "values": values} for place, values in rows.items()],
        "marks": [{**compiled.layers[place].mark, "from": {"data": str(place)}} for place in rows],
    }
    # As text: the renderer would make text of it, too, and slower.
    return vl_convert.vega_to_svg(msgspec.json.encode({**compiled.frame, **filled}).decode())


@cache
def compile_kind(kind: Kind, folder: Path | None = None) -> Compiled:
    """A kind of chart as the renderer draws it. Raises ValueError where marks rest on more than their rows.

    One that is kept in ``folder`` is not compiled: what that needs takes longer to load than most charts to draw.
    """
    compiled = _read_or_compile(kind, folder) if folder else _compile(kind)
    for name in ("data", "scales"):
        if any(map(_rests_on_more, compiled.get(name, ()))):
            raise ValueError(f"a chart whose {name} rest on several rows, or its size: {compiled[name]}")
    layers = tuple(map(_mark_to_layer, compiled.pop("marks")))
    return Compiled(layers, {name: value for name, value in compiled.items() if name != "data"})


def _read_or_compile(kind: Kind, folder: Path) -> Row:
    """Of each kind there is one, of the program that compiled it last, which stands for what the kind says."""
    name, program = f"{kind.__module__}.{kind.__qualname__}{KIND}", hashlib.sha256(drawn_by()).hexdigest()
    compiled_by, _, kept = (read_kept(folder, name) or "").partition("\n")
    compiled: Row = msgspec.json.decode(kept) if compiled_by == program else _compile(kind)
    if compiled_by != program:
        keep(folder, name, f"{program}\n{msgspec.json.encode(compiled).decode()}")
    return compiled


def _compile(kind: Kind) -> Row:
    import vl_convert

    compiled: Row = vl_convert.vegalite_to_vega(kind())
    return compiled


def _rests_on_more(part: Row) -> bool:
    """Whether rows are made of rows, or a scale of what is in them or of the frame."""
    ends = part.get("range", [])
    numbers = isinstance(ends, list) and all(isinstance(end, int | float) for end in ends)
    return "transform" in part or not isinstance(part.get("domain", []), list) or not numbers


def _mark_to_layer(mark: Row) -> Layer:
    """The mark without what its row says."""
    encode = {name: _valid(value) for name, value in mark["encode"]["update"].items() if name not in _NOT_DRAWN}
    words = _WORDS.fullmatch(str(encode.get("text", {}).get("signal")))
    if words:
        encode["text"] = {"value": ""}
    if any(map(_is_computed, encode.values())) or (mark["type"] == "text" and not words):
        raise ValueError(f"a mark of a chart that rests on more than its row: {encode}")
    reads = tuple(dict.fromkeys(value["field"] for value in encode.values() if "field" in value))
    encode["description"] = {"field": _NUMBER}
    drawn = {"type": mark["type"], "style": mark["style"], "encode": {"update": encode}}
    line = encode.get("lineHeight", {}).get("value", 0)
    scaled = any("scale" in value for value in encode.values())
    return Layer(mark["from"]["data"], reads, scaled, words[1] if words else "", line, drawn)


def _is_computed(value: Row) -> bool:
    """Whether what is encoded is not simply in the row: computed, or a size of the frame."""
    return "signal" in value or not isinstance(value.get("field", ""), str)


def _valid(value: Row | list[Row]) -> Row:
    """What is encoded of a number; what would be of something else comes before it, and rows have numbers."""
    return value[-1] if isinstance(value, list) else value
