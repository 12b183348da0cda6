"""The real documents: they give the committed registers to the byte, and no number of theirs is lost."""

from __future__ import annotations

from pathlib import Path

import pytest

from generator import registers, yamlfile
from generator.ingest import find_sidecars, ingest_document
from generator.text import is_traditional, to_simplified
from tests.conftest import REPOSITORY

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


def test_what_is_printed_stands_at_its_offsets(sources: Path) -> None:
    for register in registers.load_registers(CONTENT):
        source = (sources / register.sources[0].document).read_text(encoding="utf-8")
        text = to_simplified(source, {"谘": "咨"}) if is_traditional(source) else source
        for commitment in register.commitments:
            spans = [(one.printed, one.start, one.end) for one in commitment.targets]
            spans += [(one.printed, one.start, one.end) for target in commitment.targets for one in target.allocations]
            for report in commitment.reports:
                spans += [(one.printed, one.start, one.end) for one in report.results]
                spans += [(one.printed, one.start, one.end) for one in report.rates]
                bases = [rate.base for rate in report.rates if rate.base]
                spans += [(base.printed, base.start, base.end) for base in bases]
            for printed, start, end in spans:
                found = "".join(text[start:end].split())
                assert found in "".join(printed.split()), (commitment.id, printed, found)


def test_furniture_and_spam_reach_no_register() -> None:
    text = "".join(path.read_text(encoding="utf-8") for path in registers.find_registers(CONTENT))
    for words in ("六合", "彩图", "DedeCms", "扫一扫", "分享到", "当前位置"):
        assert words not in text
