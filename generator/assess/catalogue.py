"""Themes and shared measures: loaded from ``content/lookups``, made sure of, and given to assessed registers."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from pathlib import Path

import msgspec

from generator import yamlfile
from generator.assess.department_slugs import load_department_slugs
from generator.assess.measures import LikelyMeasures, find_aspect, fitting_measures
from generator.assess.themes import commitment_themes
from generator.errors import ContentError, Problem
from generator.model import (
    AssessedCommitment,
    AssessedRegister,
    AssessedTarget,
    Catalogue,
    Commitment,
    Measure,
)

_SLUG = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*\Z")


def load_catalogue(content: Path) -> Catalogue:
    """Read ``measures.yml``, ``themes.yml`` and ``department_slugs.yml``.

    Raises ContentError when one is broken or does not hold together.
    """
    folder = content / "lookups"
    measures = yamlfile.load(folder / "measures.yml", tuple[Measure, ...])
    file = yamlfile.load(folder / "themes.yml", Catalogue)
    slugs = [theme.slug for theme in file.themes]
    faults = [(folder / "measures.yml", fault) for fault in _measure_faults(measures, slugs)]
    faults += [(folder / "themes.yml", fault) for fault in _theme_faults(file, slugs)]
    if faults:
        raise ContentError(*(_problem(path, *fault) for path, fault in faults))
    return msgspec.structs.replace(file, measures=measures, slugs=load_department_slugs(content))


def sort_registers(
    registers: Sequence[AssessedRegister], catalogue: Catalogue, content: Path
) -> tuple[AssessedRegister, ...]:
    """The registers with theme and shared measure of everything in them.

    Raises ContentError for a commitment that is overruled and is in none of them, although its register is there:
    a correction that matched nothing is not passed over. Units that would share a page are another matter, which needs
    all registers of a place (``refuse_shared_slugs``).
    """
    ids = {one.commitment.id for register in registers for one in register.commitments}
    prefixes = tuple(f"{r.register.place}-{r.register.year}-{r.register.programme}-" for r in registers)
    lost = [name for name in catalogue.overrule if name.startswith(prefixes) and name not in ids]
    if lost:
        path = content / "lookups" / "themes.yml"
        raise ContentError(
            *(_problem(path, "overrule-lost", f"overrules {name}", "a commitment that is there") for name in lost)
        )
    likely = LikelyMeasures(catalogue.measures)
    return tuple(_sort_register(register, catalogue, likely) for register in registers)


def target_measure(assessed: AssessedTarget, commitment: Commitment, measures: Sequence[Measure]) -> AssessedTarget:
    """The target with the one measure that it fits; two fit where the words leave it open, and then none is given."""
    fitting = fitting_measures(assessed.target, commitment, measures)
    if len(fitting) != 1:
        return assessed
    aspect = find_aspect(fitting[0], assessed.target, commitment)
    return msgspec.structs.replace(assessed, measure_id=fitting[0].slug, measure_aspect=aspect.code if aspect else "")


def _sort_register(register: AssessedRegister, catalogue: Catalogue, likely: LikelyMeasures) -> AssessedRegister:
    commitments = tuple(_sort_commitment(one, catalogue, likely) for one in register.commitments)
    return msgspec.structs.replace(register, commitments=commitments, catalogue=catalogue)


def _sort_commitment(one: AssessedCommitment, catalogue: Catalogue, likely: LikelyMeasures) -> AssessedCommitment:
    targets = tuple(target_measure(target, one.commitment, likely.of(target.target)) for target in one.targets)
    return msgspec.structs.replace(one, targets=targets, themes=commitment_themes(one.commitment, catalogue))


_Fault = tuple[str, str, str]


def _measure_faults(measures: Sequence[Measure], themes: Sequence[str]) -> Iterator[_Fault]:
    """Code, what was found and what was expected, for each thing in ``measures.yml`` that does not hold."""
    yield from _slug_faults([measure.slug for measure in measures])
    for measure in measures:
        if measure.theme not in themes:
            yield "theme-unknown", f"{measure.slug}: theme {measure.theme!r}", f"one of {', '.join(themes)}"
        words = [word for group in (*measure.must, *measure.context) for word in group or ("",)]
        words += [*measure.without, *measure.context_without, *(w for a in measure.aspects for w in a.words)]
        if not measure.must or "" in words:
            yield "word-empty", f"{measure.slug}: no word, or an empty one", "words of one character or more"
        codes = [aspect.code for aspect in measure.aspects]
        if len(set(codes)) < len(codes) or sum(not aspect.words for aspect in measure.aspects) > 1:
            yield "aspect", f"{measure.slug}: aspects {codes}", "codes of their own, and words for all but one"


def _theme_faults(file: Catalogue, slugs: Sequence[str]) -> Iterator[_Fault]:
    yield from _slug_faults(slugs)
    for theme in file.themes:
        if not theme.words or "" in theme.words or "" in theme.without:
            yield "word-empty", f"{theme.slug}: no word, or an empty one", "words of one character or more"
    for name, overrule in file.overrule.items():
        unknown = [slug for slug in overrule.themes if slug not in slugs]
        if unknown or len(overrule.themes) > 2 or not overrule.reason:
            yield "overrule", f"{name}: {', '.join(overrule.themes)}", "two themes of this file at most, and a reason"


def _slug_faults(slugs: Sequence[str]) -> Iterator[_Fault]:
    for slug in slugs:
        if slugs.count(slug) > 1 or not _SLUG.match(slug):
            yield "slug", f"slug {slug!r}", "a slug of its own in a-z, 0-9 and hyphens"


def _problem(path: Path, code: str, found: str, expected: str) -> Problem:
    return Problem(path, 0, code, found, f"expected {expected}", "correct the entry")
