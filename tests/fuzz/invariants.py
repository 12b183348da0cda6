"""What must hold of whatever is read of a document, and of every refusal. Each check yields what does not hold."""

from __future__ import annotations

import re
import tempfile
from bisect import bisect_right
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path

from generator import registers as on_disk
from generator import yamlfile
from generator.errors import DuixianError
from generator.ingest.account import merge_spans, recorded_spans
from generator.ingest.blocks import document_to_blocks
from generator.ingest.documents import Document
from generator.ingest.rows import Reading
from generator.model import Commitment, Register, Target, Unassigned
from generator.text import LINE_END, to_simplified

#: Stands for a number that is withheld.
_WITHHELD = "…"
_UNPRINTED = re.compile("[\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f\ud800-\udfff]")

Span = tuple[int, int]


def check_refusal(error: DuixianError) -> Iterator[str]:
    """A refusal names the path, what was found, what was expected and what to do, in one line that can be printed."""
    if not error.problems:
        yield "refusal: without a problem"
    for problem in error.problems:
        lacks = [name for name in ("path", "code", "found", "expected", "remedy") if not str(getattr(problem, name))]
        if lacks:
            yield f"refusal: [{problem.code}] has no {', '.join(lacks)}"
        if not str(problem).isprintable():
            yield f"refusal: [{problem.code}] holds characters that a terminal would obey: {str(problem)!r:.200}"


def check_text(text: str, suffix: str) -> Iterator[str]:
    """What a reader gives can be stored; of formats other than plain text it has the canonical form."""
    if any("\ud800" <= character <= "\udfff" for character in text):
        yield "text: holds half of a surrogate pair"
    if suffix in {".txt", ".md"}:
        return
    if unprinted := _UNPRINTED.search(text):
        yield f"text: holds the control character {unprinted[0]!r}"
    if re.search(r"^\s*$", text.removesuffix("\n"), re.MULTILINE) and text:
        yield "text: holds a blank line"
    if text and not text.endswith("\n"):
        yield "text: its last line has no end"
    if set(text) & set("\r\t\x0b\x0c\x85\u2028\u2029"):
        yield "text: holds white space that is no line feed"


def check_registers(registers: Sequence[Register], document: Document, reading: Reading) -> Iterator[str]:
    """Everything about the registers of one document. Those of other documents may be in them, too."""
    yield from check_accounting(registers, document, reading)
    for register in registers:
        yield from check_positions(register, document, reading)
        yield from check_ids(register)
        yield from check_storage(register)


def check_accounting(registers: Sequence[Register], document: Document, reading: Reading) -> Iterator[str]:
    """Every digit of the source and every Chinese numeral before a measure word is in a record or is listed."""
    told = merge_spans([span for register in registers for span in told_spans(register, document)])
    for offset, character in enumerate(document.source):
        if character.isdecimal() and not _inside(offset, told):
            around = document.source[max(0, offset - 12) : offset + 12]
            yield f"accounting: the digit at {offset} is in no record and in no list: {around!r}"
            break
    for block in document_to_blocks(document):
        for number in reading.grammar.numerals(block.text.text):
            if not _inside(block.text.offsets[number.start], told):
                yield f"accounting: the numeral {number.printed!r} of line {block.line} is in no record and in no list"
                return


def _own_sources(register: Register, document: Document) -> set[str]:
    """The ids of the sources of a register that are this document."""
    return {source.id for source in register.sources if source.document == document.sidecar.document}


def _own_unassigned(register: Register, document: Document) -> list[Unassigned]:
    own = _own_sources(register, document)
    return [one for one in register.unassigned if one.source in own or (own and not one.source)]


def told_spans(register: Register, document: Document) -> Iterator[Span]:
    """The offsets of every number of a document that a register has somewhere."""
    own = _own_sources(register, document)
    for source in (one for one in register.sources if one.id in own):
        yield from recorded_spans(register.commitments, source.id)
        yield from ((one.start, one.end) for one in source.stated)
        yield from ((figure.start, figure.end) for one in source.appraisals for figure in one.figures)
    yield from ((one.start, one.end) for one in _own_unassigned(register, document))


def check_positions(register: Register, document: Document, reading: Reading) -> Iterator[str]:
    """Each position lies in the source, and the characters there are those that are claimed."""
    ends = [match.end() for match in LINE_END.finditer(document.source)]
    for what, printed, start, end in printed_spans(register, document):
        if not 0 <= start < end <= len(document.source):
            yield f"position: {what} {printed!r:.60} is said to stand at {start} to {end} of {len(document.source)}"
        elif not _stands(printed, document.source[start:end], document, reading):
            yield f"position: {what} {printed!r:.80} is not {document.source[start:end]!r:.80}"
    for one in _own_unassigned(register, document):
        line = bisect_right(ends, one.start) + 1
        if one.line != line:
            yield f"position: the number {one.text!r:.40} is on line {line}, not {one.line}"
            break


def _stands(printed: str, text: str, document: Document, reading: Reading) -> bool:
    if printed == _WITHHELD:
        return True
    simple = to_simplified(text, reading.lookups.phrases.characters) if document.script == "Hant" else text
    return "".join(simple.split()) in "".join(printed.split())


def printed_spans(register: Register, document: Document) -> Iterator[tuple[str, str, int, int]]:
    """What each number of a document says was printed, and where."""
    own = _own_sources(register, document)
    for one in _own_unassigned(register, document):
        yield "unassigned", one.text, one.start, one.end
    for source in (one for one in register.sources if one.id in own):
        for statement in source.appraisals:
            yield from (("appraisal", one.printed, one.start, one.end) for one in statement.figures)
    for commitment in register.commitments:
        yield from _printed_in(commitment, own)


def _printed_in(commitment: Commitment, own: set[str]) -> Iterator[tuple[str, str, int, int]]:
    if commitment.source in own:
        yield from _promised(commitment.targets)
        yield from (("listed", one.printed, one.start, one.end) for one in commitment.listed)
    for wording in (one for one in commitment.restated if one.source in own):
        yield from _promised(wording.targets)
    for report in (one for one in commitment.reports if one.source in own):
        yield from (("result", one.printed, one.start, one.end) for one in report.results)
        yield from (("rate", one.printed, one.start, one.end) for one in report.rates)
        yield from (("base", one.base.printed, one.base.start, one.base.end) for one in report.rates if one.base)


def _promised(targets: Sequence[Target]) -> Iterator[tuple[str, str, int, int]]:
    for target in targets:
        yield "target", target.printed, target.start, target.end
        yield from (("allocation", one.printed, one.start, one.end) for one in target.allocations)


def check_ids(register: Register) -> Iterator[str]:
    """Each id once, in the register and in a commitment."""
    twice = [name for name, times in Counter(one.id for one in register.commitments).items() if times > 1]
    if twice:
        yield f"ids: {twice[:3]} stand twice"
    if [one.position for one in register.commitments] != [*range(1, len(register.commitments) + 1)]:
        yield "ids: positions are not 1, 2, 3 …"


def check_storage(register: Register) -> Iterator[str]:
    """A register that is written is read again as it was, its ids and values hold, and its bytes are the same again."""
    with tempfile.TemporaryDirectory() as name:
        content = Path(name)
        try:
            path = on_disk.write_register(content, register)
            again = on_disk.load_register(path)
        except Exception as error:
            yield f"storage: {type(error).__name__}: {error!s:.300}"
            return
        if again != register:
            yield "storage: what is read again is another register"
        if yamlfile.render(again) != path.read_text(encoding="utf-8"):
            yield "storage: written again it has other bytes"


def _inside(offset: int, spans: Sequence[Span]) -> bool:
    index = bisect_right(spans, (offset, float("inf"))) - 1
    return index >= 0 and spans[index][0] <= offset < spans[index][1]
