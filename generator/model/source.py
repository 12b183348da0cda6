"""The documents that a register was read from, with what they say beside their lists."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from generator.model.codes import AppraisalKind, DocumentKind, Script, TotalOf
from generator.model.record import Record


class StatedTotal(Record):
    """A total that a document states of its own list (48项, 十方面): ``of`` items or of the groups they stand in.

    ``quote`` are the words around it; ``section`` is the heading that states it for what stands below, else empty.
    """

    value: int
    of: TotalOf
    quote: str
    start: int
    end: int
    section: str = ""


class AppraisalFigure(Record):
    """A number of votes, of people asked, of those satisfied."""

    value: Decimal
    unit: str
    printed: str
    start: int
    end: int


class Appraisal(Record):
    """What a document says beside its list of how the whole was voted on or judged (票决, 满意度测评, 第三方评价).

    ``text`` are the clauses that say it, ``figures`` the numbers in them; a statement without a number is none.
    """

    kind: AppraisalKind
    text: str
    start: int
    end: int
    figures: tuple[AppraisalFigure, ...]


class Source(Record):
    """A document that a register was read from. ``document`` is the file name of the text.

    ``stated`` are the totals that the document itself prints (``Expect`` are those that a person counted),
    ``appraisals`` what it says beside its list of votes and surveys.
    """

    id: str
    document: str
    title: str
    kind: DocumentKind
    sha256: str
    script: Script
    issuer: str = ""
    document_number: str = ""
    index_number: str = ""
    written_on: date | None = None
    published_on: date | None = None
    as_of: date | None = None
    as_of_reason: str = ""
    url: str = ""
    note: str = ""
    stated: tuple[StatedTotal, ...] = ()
    appraisals: tuple[Appraisal, ...] = ()
