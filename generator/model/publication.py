"""Who publishes, under what licence, in which parts: ``content/publication.yml`` and ``content/parts.yml``."""

from __future__ import annotations

from generator.model.record import Record, Remark


class Publisher(Record):
    """Who publishes the data. ``url`` and ``email`` are empty where the site itself is the address."""

    name: Remark
    url: str = ""
    email: str = ""


class License(Record):
    """A licence of the data: its SPDX identifier, the address of its text, and its name."""

    name: str
    path: str
    title: Remark


class Keywords(Record):
    """Words under which a catalogue lists the data."""

    zh: tuple[str, ...] = ()
    en: tuple[str, ...] = ()


class Publication(Record):
    """What every package, catalogue and citation says of the data as a whole.

    ``name`` is for machines and begins the names of packages that are of no single place; ``schema_version`` is that
    of the published tables (semver).
    """

    name: str
    title: Remark
    description: Remark
    publisher: Publisher
    licenses: tuple[License, ...]
    schema_version: str
    keywords: Keywords = Keywords()


class SplitPart(Record):
    """A site that holds the places in ``place`` (a province) and no others. ``address`` is that of its home page."""

    place: str
    address: str


class Split(Record):
    """A site that is split: ``home`` is the address of the site that holds no places and leads to the parts.

    ``here`` says which of them this content is of: the place of a part, or ``home``; empty for the whole.
    """

    home: str
    parts: tuple[SplitPart, ...]
    here: str = ""
