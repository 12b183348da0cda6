"""Registers → packages in one go, as a build does it year by year: on disk, or what they are about."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path

from generator.errors import BuildError, Problem
from generator.lookups import Places
from generator.model import AssessedRegister, Publication
from generator.package import (
    PackedYear,
    Subset,
    join_subsets,
    pack_tables,
    refuse_undated,
    stage_packages,
    year_to_subset,
)
from generator.schemas import TableSchema
from generator.swap import swap_in
from generator.tables import assessed_to_tables


def registers_to_years(registers: Iterable[AssessedRegister]) -> list[tuple[AssessedRegister, ...]]:
    """The registers of each place and year, in the order of places, years and programmes."""
    groups: dict[tuple[str, int], list[AssessedRegister]] = {}
    for assessed in sorted(registers, key=lambda a: (a.register.place, a.register.year, a.register.programme)):
        groups.setdefault((assessed.register.place, assessed.register.year), []).append(assessed)
    return [tuple(group) for group in groups.values()]


def packages_of(registers: Sequence[AssessedRegister], publication: Publication) -> tuple[Subset, ...]:
    """One package a place and year, in their order, then one of everything."""
    years = [year_to_subset(group, publication) for group in registers_to_years(registers)]
    return (*years, join_subsets(years, publication))


def pack_year(
    subset: Subset,
    registers: Sequence[AssessedRegister],
    places: Places,
    schemas: Sequence[TableSchema],
    site_url: str = "",
    out: Path = Path("datapackage"),
) -> PackedYear:
    """Everything that is published of a place's year; ``registers`` are all of that year."""
    refuse_undated([subset], places.path.with_name("documents"))
    return pack_tables(subset, assessed_to_tables(registers, places), schemas, site_url, out)


def write_packages(
    registers: Sequence[AssessedRegister],
    publication: Publication,
    places: Places,
    schemas: Sequence[TableSchema],
    folders: tuple[Path, Path],
    site_url: str = "",
) -> tuple[Path, ...]:
    """Every package under the first of two folders and its other formats under the second, or nothing."""
    problems: list[Problem] = []
    subsets = []
    with stage_packages(*folders) as stage:
        for group in registers_to_years(registers):
            subset = year_to_subset(group, publication)
            try:
                stage.put(pack_year(subset, group, places, schemas, site_url, folders[0]))
            except BuildError as error:
                problems += error.problems
            subsets.append(subset)
        if problems:
            raise BuildError(*problems)
        made = stage.finish(join_subsets(subsets, publication), schemas, site_url)
        swap_in(stage.swaps)
        return made.packages
