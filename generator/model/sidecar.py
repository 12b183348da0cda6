"""What a person states about a document: ``content/documents/*.yml``."""

from __future__ import annotations

from datetime import date

from generator.model.codes import DocumentKind, Programme
from generator.model.record import Record


class Stated(Record):
    """A value that the document does not print, stated by a person with the reason."""

    value: str
    reason: str


class Expect(Record):
    """Totals that the reading must reproduce, or it is refused."""

    commitments: int | None = None


class Part(Record):
    """One programme inside a document. ``title`` is the printed line that opens it."""

    programme: Programme
    title: str
    expect: Expect = Expect()


class Correction(Record):
    """A misprint or a lost word put right: ``found`` becomes ``replace`` in the text that is read."""

    found: str
    replace: str
    reason: str
    count: int = 1


class Ignored(Record):
    """Text of the document that is not content, or looks private and is not (a hotline), with the reason."""

    text: str
    reason: str


class Sidecar(Record):
    """What a person states about one document: which, whose, when, what it is."""

    document: str
    sha256: str
    place: str
    year: int
    kind: DocumentKind
    programmes: tuple[Part, ...]
    title: str
    issuer: str = ""
    document_number: str = ""
    index_number: str = ""
    written_on: date | None = None
    published_on: date | None = None
    as_of: Stated | None = None
    url: str = ""
    layout: str = ""
    note: str = ""
    ignore: tuple[Ignored, ...] = ()
    public: tuple[Ignored, ...] = ()
    corrections: tuple[Correction, ...] = ()
