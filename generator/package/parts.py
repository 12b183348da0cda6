"""Are the packages of the places and years, taken together, the package of everything? Row for row."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from generator.errors import Problem
from generator.package.compare import Held, compare_rows, first_few
from generator.package.sheets import Published, package_problem


def check_parts(whole: Published, parts: Sequence[Published]) -> Iterator[Problem]:
    """Rows of the package of everything that are in no part, rows of a part that are not in it, and values that differ.

    A table has one schema in all of them, so that none loses a key or a list of codes in silence. A row that several
    parts have (themes and measures are the same everywhere) stands once in it.
    """
    for name, sheet in whole.sheets.items():
        unlike = [part for part in parts if name not in part.sheets or part.sheets[name].schema != sheet.schema]
        for part in unlike:
            found = f"a table {name} of another schema than in {part.folder}"
            yield package_problem(sheet.path, 0, "parts", found, "one shape of a table in all packages")
        if not unlike:
            together = list(dict.fromkeys(row for part in parts for row in part.sheets[name].values))
            held = Held(sheet.path, {name: sheet.values}, first_line=0)
            problems = compare_rows(held, name, sheet, together, "the packages of places and years")
            yield from first_few(problems, sheet.path, name)
