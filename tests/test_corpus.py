"""The real documents: they give the committed registers to the byte, and no number of theirs is lost."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from generator import registers, yamlfile
from generator.ingest import find_sidecars, ingest_document
from generator.ingest.account import recorded_spans
from generator.ingest.blocks import document_to_blocks
from generator.ingest.documents import load_document
from generator.ingest.pipeline import content_blocks, open_document
from generator.lookups import Lookups
from generator.model import Commitment
from generator.text import is_traditional, to_simplified
from tests.conftest import REPOSITORY
from tests.own import leave_out

CONTENT = REPOSITORY / "content"

pytestmark = pytest.mark.corpus


@pytest.mark.parametrize("sidecar", find_sidecars(CONTENT), ids=lambda path: path.stem)
def test_each_document_gives_its_register(sidecar: Path, sources: Path) -> None:
    for register in ingest_document(sidecar, CONTENT, sources):
        path = registers.path_of(CONTENT, register)
        assert yamlfile.render(register) == path.read_text(encoding="utf-8")


def test_no_number_is_left_unexplained() -> None:
    for register in registers.load_registers(CONTENT):
        assert [one for one in register.unassigned if one.reason == "unread"] == []


@pytest.mark.parametrize("sidecar", find_sidecars(CONTENT), ids=lambda path: path.stem)
def test_every_chinese_numeral_before_a_measure_word_is_in_a_record_or_listed(sidecar: Path, sources: Path) -> None:
    document, reading = open_document(sidecar, CONTENT, sources)
    told: set[int] = set()
    for register in ingest_document(sidecar, CONTENT, sources):
        spans = [*recorded_spans(register.commitments, register.sources[0].id)]
        spans += [(one.start, one.end) for one in register.unassigned]
        spans += [(one.start, one.end) for source in register.sources for one in source.stated]
        told |= {offset for start, end in spans for offset in range(start, end)}
    numerals = reading.lookups.numerals
    words = re.compile("|".join(sorted(map(re.escape, numerals.words), key=len, reverse=True)))
    units = "|".join(sorted(map(re.escape, reading.lookups.units.kinds), key=len, reverse=True))
    longer = "|".join(numerals.longer)
    counted = re.compile(rf"(?<![\d.万亿百])(?!百分)[一二两三四五六七八九十百千]+[万亿]*(?!{longer}|分之)(?:{units})")
    seen = 0
    for block in content_blocks(document_to_blocks(document), reading):
        bare = words.sub(lambda match: "\0" * len(match[0]), block.text.text)
        for match in counted.finditer(bare):
            seen += 1
            assert block.text.offsets[match.start()] in told, (block.line, match[0])
    if not seen:
        leave_out("Chinese numeral before a measure word")


def test_what_is_printed_stands_at_its_offsets(sources: Path) -> None:
    lookups = Lookups(CONTENT)
    opened = [load_document(sidecar, sources, lookups) for sidecar in find_sidecars(CONTENT)]
    printed_in = {document.sidecar.document: document.source for document in opened}
    traditional = {name for name, text in printed_in.items() if is_traditional(text)}
    for register in registers.load_registers(CONTENT):
        documents = {one.id: one.document for one in register.sources}
        for commitment in register.commitments:
            for source, printed, start, end in printed_spans(commitment, register.sources[0].id):
                text = printed_in[documents[source]][start:end]
                text = to_simplified(text, {"谘": "咨"}) if documents[source] in traditional else text
                assert "".join(text.split()) in "".join(printed.split()), (commitment.id, printed, text)


def printed_spans(commitment: Commitment, plan: str) -> Iterator[tuple[str, str, int, int]]:
    """What a commitment quotes, with the document that it stands in and its offsets there."""
    for target in commitment.targets:
        yield plan, target.printed, target.start, target.end
        yield from ((plan, one.printed, one.start, one.end) for one in target.allocations)
    for report in commitment.reports:
        yield from ((report.source, one.printed, one.start, one.end) for one in report.results)
        yield from ((report.source, one.printed, one.start, one.end) for one in report.rates)
        bases = (rate.base for rate in report.rates if rate.base)
        yield from ((report.source, one.printed, one.start, one.end) for one in bases)


def test_furniture_and_spam_reach_no_register() -> None:
    text = "".join(path.read_text(encoding="utf-8") for path in registers.find_registers(CONTENT))
    for words in ("六合", "彩图", "DedeCms", "扫一扫", "分享到", "当前位置"):
        assert words not in text
