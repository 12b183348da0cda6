"""What commitments are sorted by: shared measures, themes, slugs of units; files of ``content/lookups``."""

from __future__ import annotations

from decimal import Decimal

from generator.model.codes import TargetKind
from generator.model.record import Record, Remark


class Aspect(Record):
    """What the number of a shared measure counts, said by words near it; without words it is what is left."""

    code: str
    zh: str
    en: str
    words: tuple[str, ...] = ()


class Measure(Record):
    """What several cities promise a number of (``content/lookups/measures.yml``).

    Of each group of ``must`` one word stands in the target's own measure, of each group of ``context`` in the
    sentence up to its number; no word of ``without`` stands in the measure, none of ``context_without`` in the
    sentence. ``unit`` and ``units`` count the same; a target in one of ``other_units`` belongs here, but its number
    is not laid beside the others (``""`` there: the source has lost the unit). ``theme`` orders the index of measures.
    """

    slug: str
    zh: str
    en: str
    unit: str
    theme: str
    must: tuple[tuple[str, ...], ...]
    note: Remark
    kind: TargetKind = "level"
    units: tuple[str, ...] = ()
    other_units: tuple[str, ...] = ()
    without: tuple[str, ...] = ()
    context: tuple[tuple[str, ...], ...] = ()
    context_without: tuple[str, ...] = ()
    aspects: tuple[Aspect, ...] = ()


class Cofog(Record):
    """A division of COFOG, the United Nations' classification of the functions of government (1999)."""

    code: str
    zh: str
    en: str


class Theme(Record):
    """A part of life that residents think in (``content/lookups/themes.yml``).

    ``words`` weigh what a commitment says; ``without`` are phrases that hold one of the words and mean something
    else. ``cofog`` is the main division, ``cofog_also`` what the theme covers besides. ``reason``: what it is for.
    """

    slug: str
    zh: str
    en: str
    cofog: Cofog
    reason: Remark
    words: dict[str, Decimal]
    without: tuple[str, ...] = ()
    cofog_also: tuple[Cofog, ...] = ()


class Overrule(Record):
    """The themes of one commitment as a person sees them, main theme first, against the words, with the reason."""

    themes: tuple[str, ...]
    reason: str


class DepartmentSlugs(Record):
    """What the slugs of units' pages are made of (``content/lookups/department_slugs.yml``).

    ``levels`` and ``names`` map what stands before a name and the name itself; ``places`` has whole names by place.
    ``former`` is old slug → slug now, by place. ``areas`` comes from ``places.yml``: area → slug, by place.
    """

    levels: dict[str, str] = {}
    names: dict[str, str] = {}
    places: dict[str, dict[str, str]] = {}
    former: dict[str, dict[str, str]] = {}
    areas: dict[str, dict[str, str]] = {}


class Catalogue(Record):
    """Themes and shared measures, in the order of their files; what a person overruled, by commitment id.

    ``slugs`` name the pages of units.
    """

    measures: tuple[Measure, ...] = ()
    themes: tuple[Theme, ...] = ()
    overrule: dict[str, Overrule] = {}
    slugs: DepartmentSlugs = DepartmentSlugs()
