"""Specifications compiled for the renderer: once for each kind of chart, then filled with data and size.

What the renderer is asked for is where things are, no more: it takes half of its time to measure words on which no
place rests, and much of the rest to write addresses and descriptions. So each mark that it draws carries the number
of its row alone, and ``svg.py`` puts in what the row says.
"""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from functools import cache
from itertools import count
from typing import Any

Row = dict[str, Any]

NUMBER = "row_number"
"""The field of a row by which its marks are found in the drawing."""

SAID = "said_"
"""Before the name of the field whose words a mark shows, in the name of the mark; after two underlines the height of
its lines, 0 where it has but one."""

_NOT_DRAWN = ("cursor", "href", "description", "ariaRoleDescription")
_WORDS = re.compile(r'isValid\(datum\["(\w+)"\]\) \? datum\["\1"\] : ""\+datum\["\1"\]')


def spec_to_rows(spec: Row) -> list[Row]:
    """All rows of a chart; the place in this list is the number of a row."""
    return [row for rows in spec["datasets"].values() for row in rows]


def spec_to_vega(spec: Row) -> Row:
    """The specification compiled, with its data, each row with its number, and its size."""
    unfilled = [{**param, "value": 1} for param in spec["params"]]
    datasets: Row = {name: [] for name in spec["datasets"]}
    empty = {**spec, "datasets": datasets, "params": unfilled, "width": 1, "height": 1}
    compiled = _compile(json.dumps(empty, ensure_ascii=False))
    values = {param["name"]: param["value"] for param in spec["params"]}
    numbers = count()
    filled = {name: [{**row, NUMBER: next(numbers)} for row in rows] for name, rows in spec["datasets"].items()}
    return {
        **compiled,
        "width": spec["width"],
        "height": spec["height"],
        "signals": [{**one, "value": values[one["name"]]} for one in compiled["signals"]],
        "data": [{**one, "values": filled[one["name"]]} if one["name"] in filled else one for one in compiled["data"]],
    }


@cache
def _compile(text: str) -> Row:
    import vl_convert

    compiled: Row = vl_convert.vegalite_to_vega(text)
    summed = {one["name"] for one in compiled["data"] if _is_summed(one.get("transform", ()))}
    return {**compiled, "marks": [_mark_to_place(mark, mark["from"]["data"] in summed) for mark in compiled["marks"]]}


def _is_summed(transforms: Sequence[Row]) -> bool:
    """Whether what comes out are no rows of the data any more."""
    return any(one["type"] == "aggregate" for one in transforms)


def _mark_to_place(mark: Row, summed: bool) -> Row:
    """The mark without what its row says; its name tells which words belong there, and how high their lines are."""
    update = {name: value for name, value in mark["encode"]["update"].items() if name not in _NOT_DRAWN}
    if summed:
        return {**mark, "aria": False, "encode": {"update": update}}
    made = {**mark, "encode": {"update": {**update, "description": {"field": NUMBER}}}}
    words = _WORDS.fullmatch(str(update.get("text", {}).get("signal")))
    if words:
        made["encode"]["update"]["text"] = {"value": ""}
        made["name"] = f"{SAID}{words[1]}__{update.get('lineHeight', {}).get('value', 0)}__{mark['name']}"
    return made
