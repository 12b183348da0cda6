"""Documents → registers: all documents of one programme, place and year give one register."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from msgspec.structs import replace

from generator.ingest.account import account, merge_spans, recorded_spans, text_spans
from generator.ingest.appraisals import read_appraisals
from generator.ingest.blocks import Block, document_to_blocks
from generator.ingest.commitments import Read
from generator.ingest.documents import Document
from generator.ingest.enumerations import with_shared_verbs
from generator.ingest.ids import assign_ids
from generator.ingest.linking import add_reports
from generator.ingest.papers import MANUAL, Desk, Papers
from generator.ingest.pipeline import PartRead, content_blocks, open_document, read_parts
from generator.ingest.private import refuse_private
from generator.ingest.rows import Reading, Row, stated_rows
from generator.ingest.totals import read_totals
from generator.model import Commitment, Programme, Register, Source
from generator.registers import load_register, register_path

#: The month at whose end a year brings each kind of document; that of a quarterly report is the month it is as of.
MONTHS = {"plan": 0, "half_year": 6, "annual": 12}


@dataclass(frozen=True)
class DocumentRead:
    """A document with its blocks and the programmes that were read from them."""

    document: Document
    reading: Reading
    blocks: tuple[Block, ...]
    parts: tuple[PartRead, ...]


def ingest_document(sidecar_path: Path, content: Path, documents: Path) -> tuple[Register, ...]:
    """The registers of one document, as ``read_papers`` gives them, with what lies in these folders."""
    return read_papers(Desk(content, documents).papers(sidecar_path))


def read_papers(papers: Papers) -> tuple[Register, ...]:
    """The registers of one document, one for each programme that its sidecar names. Reads and writes no file.

    None where the sidecar says ``layout: manual``: those registers are a person's. Where other documents are about
    the same programme and year, the register is that of all of them: the first gives the commitments, the later ones
    add reports.

    Raises ContentError for a broken sidecar or lookup, DocumentError when the document is not the one that the
    sidecar names, when no layout reads it, when a title, a count or a unit is not what it must be, when a register
    would repeat what is private.
    """
    own = _read_document(papers.sidecar, papers)
    if own.document.sidecar.layout == MANUAL:
        return ()
    others = [_read_document(path, papers) for path in papers.companions]
    return tuple(
        _programme_to_register(part.programme, sorted((own, *others), key=_order), papers)
        for part in own.document.sidecar.programmes
    )


def read_document(sidecar_path: Path, content: Path, documents: Path) -> str:
    """The source text of a document, as the reader of its format gives it. Raises what ``ingest_document`` does."""
    return open_document(sidecar_path, content, documents)[0].source


def _read_document(sidecar_path: Path, papers: Papers) -> DocumentRead:
    document, reading = open_document(sidecar_path, papers.content, papers.documents, papers.read)
    if document.sidecar.layout == MANUAL:
        return DocumentRead(document, reading, (), ())
    blocks = tuple(document_to_blocks(document))
    return DocumentRead(
        document, reading, blocks, tuple(read_parts(document, content_blocks(blocks, reading), reading))
    )


def _order(read: DocumentRead) -> tuple[int, str]:
    """A plan comes before what is reported on it, the half-year before the year, a quarter where its date stands."""
    as_of = read.parts[0].source.as_of if read.parts else None
    kind = read.document.sidecar.kind
    return MONTHS.get(kind, as_of.month if as_of else 0), read.document.name


def _published(path: Path, papers: Papers, documents: Sequence[Document]) -> Register | None:
    """The register that is there, for its ids. Refuses to drop a document that it was read from."""
    if path not in papers.files:
        return None
    register = load_register(path, papers.read)
    names = {document.sidecar.document for document in documents}
    missing = [source.document for source in register.sources if source.document not in names]
    if missing:
        raise documents[0].refuse(
            0,
            "register-of-another-document",
            f"{path} was read from {', '.join(missing)} too",
            "expected a sidecar for every document of a register",
            "restore or mend that sidecar, or remove the register first",
        )
    return register


def _blocks_around(read: DocumentRead, part: PartRead) -> tuple[Block, ...]:
    """The blocks that belong to no programme (the page around the document, what stands before its first title).

    They are accounted for with the first programme of the document.
    """
    if part is not read.parts[0]:
        return ()
    inside = {block.line for one in read.parts for block in one.blocks}
    return tuple(block for block in read.blocks if block.line not in inside)


def _with_statements(read: DocumentRead, part: PartRead, commitments: Sequence[Commitment]) -> Source:
    """The source of a programme with what the document states of its list: totals, votes, appraisals."""
    inside = {block.line for one in read.parts for block in one.blocks}
    end = part.blocks[0].line if part.blocks else 0
    before = [block for block in read.blocks if block.line < end and block.line not in inside]
    rows = [row for segment in part.segments for row in segment.rows if isinstance(row, Row)]
    name = part.source.id
    spans = [span for one in commitments for span in text_spans(one, name)]
    taken = merge_spans([*spans, *recorded_spans(commitments, name)])
    return replace(
        part.source,
        stated=read_totals(part.part.programme, before, part.blocks, rows, read.reading),
        appraisals=read_appraisals((*_blocks_around(read, part), *part.blocks), taken, read.reading),
    )


def _stated_offsets(source: Source) -> set[tuple[str, int]]:
    """Where the numbers stand that a source keeps itself: those of its totals and appraisals."""
    spans = [(one.start, one.end) for one in source.stated]
    spans += [(figure.start, figure.end) for one in source.appraisals for figure in one.figures]
    return {(source.id, offset) for start, end in spans for offset in range(start, end)}


def _programme_to_register(programme: Programme, reads: Sequence[DocumentRead], papers: Papers) -> Register:
    """The register of a programme, from its documents in their order."""
    told = [(read, part) for read in reads for part in read.parts if part.part.programme == programme]
    first, start = told[0]
    slug, year = first.reading.place.slug, first.document.sidecar.year
    merged = Read(start.read.commitments, [])
    skipped = {start.source.id: start.read.skipped}
    for read, part in told[1:]:
        rows = stated_rows([row for segment in part.segments for row in segment.rows])
        merged = add_reports(merged.commitments, rows, part.source, read.document, read.reading)
        skipped[part.source.id] = merged.skipped
    path = register_path(papers.content, slug, year, programme)
    published = _published(path, papers, [read.document for read, _ in told])
    commitments, retired = assign_ids(merged.commitments, f"{slug}-{year}-{programme}", published)
    commitments = tuple(with_shared_verbs(one, first.reading) for one in commitments)
    sources = tuple(_with_statements(read, part, commitments) for read, part in told)
    stated = {place for source in sources for place in _stated_offsets(source)}
    unassigned = [
        replace(one, source=part.source.id) if len(told) > 1 else one
        for read, part in told
        for one in account(
            (*_blocks_around(read, part), *part.blocks),
            commitments,
            skipped[part.source.id],
            part.source.id,
            read.reading,
        )
        if (part.source.id, one.start) not in stated
    ]
    register = Register(
        place=slug,
        year=year,
        programme=programme,
        title=start.part.title,
        sources=sources,
        commitments=commitments,
        retired=retired,
        unassigned=tuple(unassigned),
    )
    refuse_private(register, [read.document for read, _ in told], first.reading.lookups)
    return register
