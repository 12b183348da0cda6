"""A narrative under headings: each heading a subject, its paragraphs what was done. There are no separate targets.

# 创一流业绩 让人民满意
## 养老服务
今年以来,新建35家站点,累计建成54家。计划明年3月开始试运行。
"""

from __future__ import annotations

from collections.abc import Sequence

from generator.ingest.blocks import Block
from generator.ingest.leanings import counted, reports
from generator.ingest.lines import labelled_pieces
from generator.ingest.rows import AreaRow, Reading, Row
from generator.text import Traced

NAME = "headed_narrative"
SUREST = 0.85


def detect(blocks: Sequence[Block], reading: Reading) -> tuple[float, str]:
    """Sure when most paragraphs stand under headings, and there are three such headings or more."""
    subjects = _subjects(blocks)
    if any(block.kind == "row" for block in blocks):
        return 0.1, "rows of tables"
    if len(subjects) < 3:
        return 0.0, f"{len(subjects)} headings with text"
    if sum(bool(labelled_pieces(block.text, reading)) for block in blocks) >= 2:
        return 0.4, "lines that begin with labels"
    promised = sum(counted(text, reading) and not reports(text, reading) for text in map(_text, subjects))
    if promised >= 0.6 * len(subjects):
        return 0.3, f"{promised} of {len(subjects)} headings stand above a promise"
    return SUREST, f"{len(subjects)} headings with text"


def read(blocks: Sequence[Block], reading: Reading) -> Sequence[Row | AreaRow]:
    """One row for each heading that has paragraphs of its own. What stands before the first heading is no row."""
    return [
        Row(fields={"report": tuple(block.text for block in body)}, line=heading.line, section=heading.text)
        for heading, body in _subjects(blocks)
    ]


def _subjects(blocks: Sequence[Block]) -> list[tuple[Block, list[Block]]]:
    found: list[tuple[Block, list[Block]]] = []
    for block in blocks:
        if block.kind == "heading":
            found.append((block, []))
        elif found:
            found[-1][1].append(block)
    return [(heading, body) for heading, body in found if _has_text(body)]


def _has_text(body: list[Block]) -> bool:
    return bool(Traced.join(block.text for block in body))


def _text(subject: tuple[Block, list[Block]]) -> str:
    return Traced.join((block.text for block in subject[1]), glue="\n").text
