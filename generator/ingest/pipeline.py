"""The chain from a document to its commitments: blocks, parts, segments, rows, commitments."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from generator.errors import ContentError, Problem
from generator.ingest.allocations import allocate, repeated
from generator.ingest.areas import heads_areas, names_areas
from generator.ingest.blocks import Block, drop_furniture, find_title
from generator.ingest.commitments import Read, rows_to_commitments
from generator.ingest.contacts import row_without_contacts
from generator.ingest.documents import Document, load_document
from generator.ingest.layouts import LAYOUTS, Detection, detect_layout
from generator.ingest.lines import UNRANKED, take_mark
from generator.ingest.rows import AreaRow, Reading, Row, stated_rows
from generator.ingest.tables import header_fields
from generator.lookups import Lookups, load_lookups
from generator.model import Part, Place, Source
from generator.quantities import Grammar
from generator.yamlfile import ReadFile

#: Prose of fewer characters beside a table is a note or a title, and needs no layout.
_NOTE = 200
#: A title before a table is no longer than this.
_TITLE = 60


@dataclass(frozen=True)
class Segment:
    """A run of blocks of one form, the layout that reads it, and its rows."""

    blocks: tuple[Block, ...]
    detection: Detection
    rows: tuple[Row | AreaRow, ...]


@dataclass(frozen=True)
class PartRead:
    """One programme of a document on its way: its blocks, its segments, and what was read from them."""

    part: Part
    source: Source
    blocks: tuple[Block, ...]
    segments: tuple[Segment, ...]
    read: Read


def open_document(
    sidecar_path: Path, content: Path, documents: Path, read: ReadFile = Path.read_bytes
) -> tuple[Document, Reading]:
    """A document and what its reading goes by."""
    lookups = load_lookups(content, read)
    document = load_document(sidecar_path, documents, lookups, read)
    place = _find_place(document, lookups)
    return document, Reading(lookups, lookups.once(_grammar), place, document.sidecar.year)


def _grammar(lookups: Lookups) -> Grammar:
    return Grammar(lookups.units, lookups.comparators, lookups.numerals)


def content_blocks(blocks: Sequence[Block], reading: Reading) -> list[Block]:
    """The blocks of a document without the furniture of the page around it."""
    return drop_furniture(blocks, reading.lookups.words("furniture"))


def read_parts(document: Document, blocks: Sequence[Block], reading: Reading) -> list[PartRead]:
    """Every programme of a document, read from its ``content_blocks`` as far as commitments."""
    starts = [_find_start(part, blocks, document) for part in document.sidecar.programmes]
    ends = [min([start for start in starts if start > own], default=len(blocks)) for own in starts]
    return [
        _read_part(part, tuple(blocks[start:end]), document, reading)
        for part, start, end in zip(document.sidecar.programmes, starts, ends, strict=True)
    ]


def _find_place(document: Document, lookups: Lookups) -> Place:
    place = lookups.places.by_name.get(document.sidecar.place)
    if place is None:
        raise ContentError(
            Problem(
                document.sidecar_path,
                document.sidecar_line("place:"),
                "place-unknown",
                f"{document.sidecar.place!r}",
                "expected a place of content/places.yml",
                "add it there with its GB/T 2260 code",
            )
        )
    return place


def _find_start(part: Part, blocks: Sequence[Block], document: Document) -> int:
    index = find_title(blocks, part.title)
    if index is None:
        raise document.refuse(
            0,
            "title-missing",
            f"no line {part.title!r}",
            "expected the title that the sidecar states",
            f"correct programmes.title in {document.sidecar_path}",
        )
    return index + 1


def _read_part(part: Part, blocks: tuple[Block, ...], document: Document, reading: Reading) -> PartRead:
    source = _source(part, document, reading)
    reading = replace(reading, title=part.title)
    segments = _blocks_to_segments(blocks, document, reading)
    rows = [row for segment in segments for row in segment.rows]
    read = rows_to_commitments(stated_rows(rows), source, document, reading)
    area_rows = [row for row in rows if isinstance(row, AreaRow)]
    allocated = allocate(read.commitments, area_rows, document, reading)
    read = Read(allocated, read.skipped + repeated(area_rows))
    _check_count(part, read, document)
    return PartRead(part, source, blocks, segments, read)


def _source(part: Part, document: Document, reading: Reading) -> Source:
    sidecar = document.sidecar
    return Source(
        id=f"{reading.place.slug}-{sidecar.year}-{part.programme}-{_kind_in_id(document)}",
        document=sidecar.document,
        title=sidecar.title,
        kind=sidecar.kind,
        sha256=sidecar.sha256,
        script=document.script,
        issuer=sidecar.issuer,
        document_number=sidecar.document_number,
        index_number=sidecar.index_number,
        written_on=sidecar.written_on,
        published_on=sidecar.published_on,
        as_of=_as_of(document),
        as_of_reason=sidecar.as_of.reason if sidecar.as_of else "",
        url=sidecar.url,
        note=sidecar.note,
    )


def _kind_in_id(document: Document) -> str:
    """The kind of a document as ids have it. A year has several quarterly reports: theirs has the quarter.

    Raises ContentError for a quarterly report without the date that it is as of.
    """
    kind = document.sidecar.kind
    if kind != "quarter":
        return kind.replace("_", "-")
    as_of = _as_of(document)
    if as_of is None:
        raise ContentError(
            Problem(
                document.sidecar_path,
                document.sidecar_line("kind:"),
                "as-of-missing",
                "a quarterly report without as_of",
                "expected the day up to which it reports, like 2023-03-31",
                "add as_of with value and reason",
            )
        )
    return f"quarter-{(as_of.month + 2) // 3}"


def _as_of(document: Document) -> date | None:
    stated = document.sidecar.as_of
    if stated is None:
        return None
    try:
        return date.fromisoformat(stated.value)
    except ValueError:
        raise ContentError(
            Problem(
                document.sidecar_path,
                document.sidecar_line("as_of:"),
                "date-invalid",
                f"{stated.value!r}",
                "expected a date like 2023-06-30",
                "correct as_of.value",
            )
        ) from None


def _blocks_to_segments(blocks: Sequence[Block], document: Document, reading: Reading) -> tuple[Segment, ...]:
    """The runs of a part, each read by the layout that fits it. Raises DocumentError when none reads anything."""
    wanted = document.sidecar.layout
    if wanted and wanted not in {layout.name for layout in LAYOUTS}:
        raise ContentError(
            Problem(
                document.sidecar_path,
                document.sidecar_line("layout:"),
                "layout-unknown",
                f"{wanted!r}",
                f"expected one of {', '.join(layout.name for layout in LAYOUTS)}",
                "correct or remove layout",
            )
        )
    segments = []
    for run in _runs(blocks, reading):
        detection = detect_layout(run, reading, wanted)
        rows = detection.layout.read(run, reading) if detection.layout else ()
        segments.append(Segment(tuple(run), detection, tuple(_row_to_publish(row, reading) for row in rows)))
    if not any(segment.rows for segment in segments):
        raise _no_layout(segments, blocks, document)
    return tuple(segments)


def _row_to_publish(row: Row | AreaRow, reading: Reading) -> Row | AreaRow:
    return row_without_contacts(row, reading) if isinstance(row, Row) else row


def _no_layout(segments: Sequence[Segment], blocks: Sequence[Block], document: Document) -> Exception:
    largest = max(segments, key=lambda segment: len(segment.blocks), default=None)
    tried = (
        "; ".join(f"{name} {score:.2f} ({why})" for name, score, why in largest.detection.candidates) if largest else ""
    )
    return document.refuse(
        blocks[0].line if blocks else 0,
        "layout-unknown",
        f"no layout is sure: {tried or 'nothing to read'}",
        "expected one of the forms that generator/ingest/layouts knows",
        "see `duixian explain --stage blocks`, add header words to content/lookups/headers.yml, or write a layout",
    )


def _runs(blocks: Sequence[Block], reading: Reading) -> list[list[Block]]:
    """A part cut where tables begin: each run is one table with the title before it, or prose."""
    runs: list[list[Block]] = [[]]
    for block in blocks:
        above = runs[-1][-1] if runs[-1] else None
        first_row = above is not None and above.kind != "row"
        below_areas = above is not None and not first_row and heads_areas(above, reading)
        if (not below_areas and header_fields(block, reading)) or (first_row and names_areas(block, reading)):
            titles = _take_titles(runs[-1])
            # A table by areas below a line of a list is about that line, which stays in the list.
            about = [above] if above and first_row and not titles and heads_areas(block, reading) else []
            runs.append(titles or about)
        runs[-1].append(block)
    runs = _with_prose_together(runs, reading)
    tables = len(runs) > 1
    return [run for run in runs if run and (not tables or _counts(run, reading))]


def _with_prose_together(runs: list[list[Block]], reading: Reading) -> list[list[Block]]:
    """The runs with the numbered prose that goes on below tables joined to the prose above them: one list.

    Lines below a table that begin with no number are notes, or what a flattened table has lost of its last row.
    """
    prose: list[Block] = []
    tables: list[list[Block]] = []
    for run in runs:
        last = max((index for index, block in enumerate(run) if block.kind == "row"), default=-1)
        below = next((index for index in range(last + 1, len(run)) if _is_item(run[index], reading)), len(run))
        below = 0 if last < 0 else below
        tables += [run[:below]] if below else []
        prose += run[below:]
    first = runs[0][0] if runs and runs[0] else None
    ahead = bool(prose) and prose[0] is first
    return [prose, *tables] if ahead else [*tables, *([prose] if prose else [])]


def _is_item(block: Block, reading: Reading) -> bool:
    """Whether a block is an item of a list that states a quantity."""
    rank, _, text = take_mark(block.text)
    return block.kind != "row" and rank < UNRANKED and bool(reading.grammar.quantities(text.text))


def _counts(run: Sequence[Block], reading: Reading) -> bool:
    """Whether a run beside a table is more than a note: a table, long prose, or prose of a form that is known."""
    if any(block.kind == "row" for block in run) or _length(run) > _NOTE:
        return True
    return detect_layout(run, reading).layout is not None


def _take_titles(run: list[Block]) -> list[Block]:
    """The lines at the end of a run that entitle the table that follows it, taken away from it."""
    titles: list[Block] = []
    while (
        run
        and run[-1].kind != "row"
        and len(run[-1].text) <= _TITLE
        and not run[-1].text.text.endswith(("。", "；", ";"))
    ):
        titles.insert(0, run.pop())
    return titles


def _length(run: Sequence[Block]) -> int:
    return sum(len(block.text) for block in run)


def _check_count(part: Part, read: Read, document: Document) -> None:
    expected = part.expect.commitments
    if expected is not None and expected != len(read.commitments):
        raise document.refuse(
            0,
            "count-mismatch",
            f"{len(read.commitments)} commitments in {part.title!r}",
            f"expected {expected}",
            f"see `duixian explain {document.name} --stage rows`, or correct expect in {document.sidecar_path}",
        )
