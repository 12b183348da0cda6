"""Pages for MkDocs: what a twin says as Markdown, and a configuration with a short nav and our theme."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

_SPECIAL = str.maketrans({char: f"\\{char}" for char in "\\`*_{}[]()#+-.!|<>~"})


def render_config(config: Path) -> str:
    """Our own configuration, but for its pages: a nav of one."""
    return f"INHERIT: {json.dumps(str(config))}\ndocs_dir: docs\nnav:\n  - 首页: index.md\n"


def twin_to_markdown(twin: str) -> str:
    """The page of a commitment, of the text of its twin."""
    return "\n".join(_lines(json.loads(twin)))


def _lines(twin: Mapping[str, Any]) -> Iterator[str]:
    found, said = twin["assessed"], twin["assessed"]["commitment"]
    yield from (f"# {_text(twin['title'])} {{ #title }}", "")
    themes = " ".join(f"{one['theme']}（{' '.join(one['words'])}）" for one in found.get("themes", ()))
    yield from (
        _text(f"{found['status']} {twin['place']['zh']} {twin['year']} 年 · 第 {said['number']} 项 {themes}"),
        "",
    )
    yield from (f"> {_text(said['text'])}", "")
    yield from _table(
        "核查结果", [found], ["reported_state", "reported_words", "schedule_state", "attained", "due_state"]
    )
    yield from _table("期限", [{**said, **found}], ["due", "due_text", "evidence_grade", "schedule_reason"])
    yield from _table("责任", said.get("responsibilities", ()), ["role", "unit", "department"])
    targets = [{**one["target"], **one} for one in found.get("targets", ())]
    yield from _table("目标", targets, ["measure", "comparator", "value", "unit", "schedule_state", "attained"])
    parts = [part for one in said.get("targets", ()) for part in one.get("allocations", ())]
    yield from _table("各区县", parts, ["area", "value", "unit", "printed", "start", "end"])
    yield from _table("时间节点", said.get("milestones", ()), ["due", "text", "comparator", "value", "unit"])
    for report in said.get("reports", ()):
        yield from (f"> {_text(report['text'])}", "")
        columns = ["measure", "value", "unit", "printed", "start", "end", "target"]
        yield from _table("报告中的数字", report.get("results", ()), columns)
    rates = [{**one["rate"], **one} for one in found.get("rates", ())]
    columns = ["basis", "printed", "recomputed", "difference", "base", "base_unit", "verdict"]
    yield from _table("公布的完成率与重算", rates, columns)
    columns = ["severity", "check", "message_zh", "found", "expected", "start", "end"]
    yield from _table("核查发现", found.get("findings", ()), columns)
    yield from _table("依据", twin["sources"], ["title", "issuer", "published_on", "sha256"])


def _table(title: str, records: Sequence[Mapping[str, Any]], columns: Sequence[str]) -> Iterator[str]:
    if not records:
        return
    yield from (f"## {title}", "", f"| {' | '.join(map(_text, columns))} |", f"|{' --- |' * len(columns)}")
    for record in records:
        yield f"| {' | '.join(_text(str(record.get(column, ''))) for column in columns)} |"
    yield ""


def _text(text: str) -> str:
    return text.translate(_SPECIAL).replace("\n", " ")
