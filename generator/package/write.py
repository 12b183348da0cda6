"""Assessed registers → Frictionless data packages on disk, checked before they replace anything.

``datapackage/<place>/<year>/`` and ``datapackage/all/`` hold ``datapackage.json``, CSV and JSON; the other formats go
to a folder of their own, since binary files have no history worth keeping. Same registers, same bytes.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from generator.errors import BuildError, Problem
from generator.lookups import Places
from generator.model import AssessedRegister, Publication
from generator.package.stage import stage_packages
from generator.package.subsets import join_subsets, registers_to_years, year_to_subset
from generator.package.year import pack_year
from generator.schemas import TableSchema
from generator.swap import swap_in


def write_packages(
    registers: Sequence[AssessedRegister],
    publication: Publication,
    places: Places,
    schemas: Sequence[TableSchema],
    folders: tuple[Path, Path],
    site_url: str = "",
) -> tuple[Path, ...]:
    """Write every package under the first of two folders and its other formats under the second; return their folders.

    All of it is made and checked beside the two first. Raises BuildError with what is wrong in any year, and replaces
    nothing, when a package does not pass, its documents carry no date, or a file is in the way.
    """
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
