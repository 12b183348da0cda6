"""New packages and downloads made beside the old ones, year by year, and put in their place when all are there."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path

from generator.errors import BuildError, Problem, naming
from generator.listing import list_folder
from generator.locks import holding
from generator.package.sheets import package_problem
from generator.package.subsets import Subset
from generator.package.swap import (
    keep_others,
    keep_unchanged,
    link_or_copy,
    refuse_blocked,
    refuse_strangers,
)
from generator.package.whole import Digests, LastWhole, WholeNotes, open_year, write_whole
from generator.package.year import PackedYear
from generator.schemas import TableSchema
from generator.swap import finish_swap, journal_of, staging


@dataclass(frozen=True)
class WholeJob:
    """The making of the package of everything, as it may be given to another process.

    ``years`` are the folders of packages and of downloads, the names of the packages, and the digests of their files;
    ``folders`` what is filled, ``last`` the package of everything that is to be replaced.
    """

    years: tuple[tuple[Path, Path, str, Digests], ...]
    whole: Subset
    schemas: tuple[TableSchema, ...]
    folders: tuple[Path, Path]
    site_url: str
    last: LastWhole | None


Runner = Callable[[Callable[[WholeJob], WholeNotes], WholeJob], WholeNotes]
"""Calls the function with the job."""


def make_whole(job: WholeJob) -> WholeNotes:
    """Make the package of everything. Raises BuildError and OSError as ``write_whole`` does."""
    years = [open_year(*year) for year in job.years]
    return write_whole(years, job.whole, job.schemas, job.folders, job.site_url, job.last)


@dataclass(frozen=True)
class Finished:
    """The folders of the packages, and what the next build may have to know of the package of everything."""

    packages: tuple[Path, ...]
    notes: WholeNotes


@dataclass
class PackageStage:
    """Where packages wait. ``out`` and ``downloads`` are replaced by ``staged`` and ``fresh``.

    ``digests``: folder of a year → those of the files of its package.
    """

    out: Path
    downloads: Path
    staged: Path
    fresh: Path
    digests: dict[str, Digests] = field(default_factory=dict)
    finished: bool = False
    _years: dict[str, Subset] = field(default_factory=dict)

    @property
    def swaps(self) -> dict[Path, Path]:
        """What is to be put in its place, target → staged: nothing before all is made."""
        return {self.out: self.staged, self.downloads: self.fresh} if self.finished else {}

    @property
    def newest(self) -> tuple[Path, Path]:
        """Where the newest packages and downloads are now: those that wait, else those that were there before."""
        return (self.staged, self.fresh) if self.finished else (self.out, self.downloads)

    def put(self, packed: PackedYear) -> None:
        """Write the package of a year that was made now. Raises OSError where the disk does not hold it."""
        folder = packed.subset.folder
        _write_files(self.staged / folder, packed.files)
        _write_files(self.fresh / folder, packed.downloads)
        self._years[folder] = packed.subset
        self.digests[folder] = {name: hashlib.sha256(data).hexdigest() for name, data in packed.files.items()}

    def take(self, subset: Subset, package: Path, downloads: Path, digests: Digests) -> None:
        """Link the files of a year from two folders in which they are kept; they must not change there afterwards.

        ``digests`` are those of the files of the package. Raises BuildError, and takes none, where one of them is not
        there: the year can still be put.
        """
        staged, fresh = self.staged / subset.folder, self.fresh / subset.folder
        names = (f"{subset.name}.zip", f"{subset.name}.xlsx")
        _refuse_missing(package, digests)
        _refuse_missing(downloads, names)
        links = {f"{package}/{name}": f"{staged}/{name}" for name in digests}
        links |= {f"{downloads}/{name}": f"{fresh}/{name}" for name in names}
        for folder in (staged, fresh):
            folder.mkdir(parents=True, exist_ok=True)
        for kept, new in links.items():
            with naming(new):
                link_or_copy(kept, new)
        self._years[subset.folder] = subset
        self.digests[subset.folder] = digests

    def keep(self, subset: Subset, digests: Digests) -> None:
        """Take a year that has not changed from the packages that are to be replaced."""
        self.take(subset, self.out / subset.folder, self.downloads / subset.folder, digests)

    def finish(
        self,
        whole: Subset,
        schemas: Sequence[TableSchema],
        site_url: str = "",
        run: Runner | None = None,
        last: WholeNotes | None = None,
    ) -> Finished:
        """Make the package of everything, ready to be swapped in.

        ``whole`` is what all years together are about (``join_subsets``). ``run`` does the making, with what it takes
        of memory, somewhere else. ``last``: what was noted of the package of everything that is to be replaced, where
        it is still as it was made. Raises BuildError, and replaces nothing, where a year is damaged or unlike the
        others, two documents have one id, or a file is in the way. What has not changed is not touched.
        """
        ordered = sorted(self._years.values(), key=Subset.order)
        folders = self.staged / whole.folder, self.fresh / whole.folder
        for folder in folders:
            folder.mkdir(parents=True)
        years = tuple(
            (self.staged / one.folder, self.fresh / one.folder, one.name, self.digests[one.folder]) for one in ordered
        )
        kept = LastWhole(self.out / whole.folder, self.downloads / whole.folder, last) if last else None
        job = WholeJob(years, whole, tuple(schemas), folders, site_url, kept)
        with self._told():
            notes = run(make_whole, job) if run else make_whole(job)
        refuse_blocked(self.fresh, self.downloads)
        keep_others(self.fresh, self.downloads)
        keep_unchanged(self.out, self.staged)
        keep_unchanged(self.downloads, self.fresh)
        self.finished = True
        return Finished(tuple(self.out / subset.folder for subset in (*ordered, whole)), notes)

    @contextmanager
    def _told(self) -> Iterator[None]:
        """Problems are told of the folders that the user knows and not of temporary ones."""
        try:
            yield
        except BuildError as error:
            raise BuildError(*map(self._named, error.problems)) from error

    def _named(self, problem: Problem) -> Problem:
        path = Path(problem.path)
        for new, old in ((self.staged, self.out), (self.fresh, self.downloads)):
            if path.is_relative_to(new):
                return replace(problem, path=old / path.relative_to(new))
        return problem


@contextmanager
def stage_packages(out: Path, downloads: Path) -> Iterator[PackageStage]:
    """A stage beside ``out`` and ``downloads``, on the same disk; what is left of it goes at the end.

    Raises BuildError where ``out`` holds anything but packages. What a killed build left is put right first.
    """
    with holding(out.parent, downloads.parent):
        finish_swap(journal_of(out))
        refuse_strangers(out)
        with staging(out) as staged, staging(downloads) as fresh:
            yield PackageStage(out, downloads, staged, fresh)


def _write_files(folder: Path, files: Mapping[str, bytes]) -> None:
    folder.mkdir(parents=True)
    for name, data in files.items():
        path = folder / name
        with naming(path):
            path.write_bytes(data)


def _refuse_missing(folder: Path, names: Iterable[str]) -> None:
    there = list_folder(str(folder)).files if folder.is_dir() else {}
    missing = [folder / name for name in names if name not in there]
    if missing:
        raise BuildError(
            *(package_problem(path, 0, "file-missing", "no such file", "a whole package") for path in missing)
        )
