"""Is there a date in what a package is made from? Without one it could not say when it was created."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from generator import yamlfile
from generator.errors import BuildError, Problem
from generator.package.subsets import EVERYTHING, Subset


def refuse_undated(subsets: Sequence[Subset], documents: Path) -> None:
    """Raise BuildError for each package whose documents carry no date at all, with the line that a sidecar lacks.

    ``documents`` is the folder of the sidecars. A package without any document has nothing to date.
    """
    # The package of everything has a date where any of the others has one.
    problems = [problem for subset in subsets if subset.folder != EVERYTHING for problem in _undated(subset, documents)]
    if problems:
        raise BuildError(*problems)


def _undated(subset: Subset, documents: Path) -> Iterator[Problem]:
    sources = subset.sources
    if not sources or subset.newest_date():
        return
    year = subset.years[0]
    yield Problem(
        _sidecar_of(sources[0].document, documents),
        0,
        "package-date",
        f"no document of {subset.folder} has a date",
        "expected the day on which it was written or published, or as of which it reports",
        f'add the line "written_on: {year}-01-01" with the day of the document, and ingest it again',
    )


def _sidecar_of(document: str, documents: Path) -> Path:
    """The sidecar that names a document; where none does, the one that would by its name."""
    for path in sorted(documents.glob("*.yml")):
        if yamlfile.load(path, dict[str, Any]).get("document") == document:
            return path
    return documents / f"{Path(document).stem}.yml"
