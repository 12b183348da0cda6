"""All years of a build: which there are, which are kept from before, and the making of the others."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from itertools import chain, islice
from pathlib import Path
from typing import TypeVar

from generator.errors import BuildError, ContentError, Problem
from generator.lookups import Places
from generator.pages.summaries import YearRef
from generator.publish.bundle import YEARS, YearFiles, files_name, summaries_name
from generator.publish.kinds import KINDS
from generator.publish.registercache import register_entry
from generator.publish.searched import searched_name
from generator.publish.shards import ShardPaths, shard_key
from generator.publish.shared import read_or_make
from generator.publish.year import Refusal, YearJob, make_year, try_year
from generator.store import Store
from generator.workers import Begin, Results, Workers

T = TypeVar("T")

FEW = 4
"""Of many years so many are made while the build goes on with the others."""


@dataclass(frozen=True)
class Plan:
    """What years are made of, and where everything goes. ``history`` is by path of the year."""

    content: Path
    datapackage: Path
    shards: Sequence[ShardPaths]
    history: Mapping[str, bytes]
    store: Store
    shared: str
    frame: str
    charts: Path | None

    def job(self, shard: ShardPaths) -> YearJob:
        """The work of one year, its files as they are now."""
        files, history = shard.read(self.content), self.history.get(shard.path, b"")
        return YearJob(
            path=shard.path,
            key=shard_key(files, self.shared, self.frame, history),
            content=str(self.content),
            datapackage=str(self.datapackage),
            files=files,
            history=history,
            store=self.store.address,
            shared=self.shared,
            frame=self.frame,
            charts=str(self.charts or ""),
        )


@dataclass(frozen=True)
class Keys:
    """Path of a year → the key under which it is kept; and the entries of registers, from when they were read."""

    years: dict[str, str] = field(default_factory=dict)
    registers: set[str] = field(default_factory=set)


class MadeYears:
    """The years of a build, each made or kept, ``made`` of them now. What is damaged when it is read is made again.

    Of many years a few may still be in the making: those ``in_making`` can be read after ``finish``.
    """

    def __init__(self, plan: Plan, places: Places, keys: Keys, made: int) -> None:
        self.refs = tuple(YearRef(places.find(shard.place), shard.year) for shard in plan.shards)
        self.plan = plan
        self.made = made
        self.in_making: tuple[YearRef, ...] = ()
        self._keys = keys
        self._shards = {shard.path: shard for shard in plan.shards}
        self._results: Results = list

    def begin(self, paths: Collection[str], results: Results) -> None:
        """Years that are being made; ``results`` waits for what ``try_year`` tells of them."""
        self.in_making = tuple(year for year in self.refs if year.path in paths)
        self._results = results

    def finish(self) -> None:
        """Wait for the years in the making. Raises one error with the problems of all that cannot be made."""
        _refuse(self._results())

    def files_entry(self, year: YearRef) -> str:
        """The entry of the store with the files of a year."""
        return files_name(year.path, self._keys.years[year.path])

    def read_files(self, year: YearRef) -> YearFiles:
        """Every file of a year."""
        return self._read(year, self.files_entry(year), YearFiles)

    def read_summaries(self, year: YearRef) -> dict[str, bytes]:
        """The summaries of a year, by kind."""
        name = summaries_name(year.path, self._keys.years[year.path])
        found = self._read(year, name, dict[str, bytes])
        if found.keys() != {kind.name for kind in KINDS}:
            self.make_again(year)
            found = self._read(year, name, dict[str, bytes])
        return found

    def entries(self) -> Iterator[str]:
        """The names of all entries of these years, and of their registers as they were read from YAML."""
        for path, key in self._keys.years.items():
            yield from _entries(path, key)
        yield from self._keys.registers

    def _read(self, year: YearRef, name: str, form: type[T]) -> T:
        return read_or_make(self.plan.store, name, form, lambda: self.make_again(year))

    def make_again(self, year: YearRef) -> None:
        """Make a year of which an entry was lost. Raises BuildError where its registers have changed since."""
        job = self.plan.job(self._shards[year.path])
        if job.key != self._keys.years[year.path]:
            found, expected = "its registers changed while the site was built", "expected them to stay"
            path = self.plan.content / "registers" / year.path
            raise BuildError(Problem(path, 0, "content-changed", found, expected, "build again"))
        make_year(job)
        self.made += 1


@contextmanager
def making_years(plan: Plan, places: Places, workers: Workers, begin: Begin | None) -> Iterator[MadeYears]:
    """Make every year that is not kept. Raises one error with the problems of all years that cannot be made.

    ``begin`` begins a few of many years in processes of this machine, while the build goes on with the others; without
    it all are made at once.
    """
    keys = Keys()
    missing = _missing(plan, keys)
    first = list(islice(missing, FEW + 1))
    if begin and 0 < len(first) <= FEW:
        with begin([(try_year, job) for job in first]) as results:
            years = MadeYears(plan, places, keys, len(first))
            years.begin({job.path for job in first}, results)
            yield years
    else:
        made = list(workers.run(try_year, chain(first, missing)))
        _refuse(made)
        yield MadeYears(plan, places, keys, len(made))


def _missing(plan: Plan, keys: Keys) -> Iterator[YearJob]:
    """The work of each year that is not kept; the keys of all are written down on the way."""
    known = plan.store.names(YEARS)
    for shard in plan.shards:
        job = plan.job(shard)
        keys.years[shard.path] = job.key
        keys.registers.update(register_entry(path, data) for path, data in job.files if path in shard.registers)
        if not _entries(job.path, job.key) <= known:
            yield job


def _refuse(told: Sequence[Refusal]) -> None:
    problems = [problem for one in told for problem in one.problems]
    if problems:
        of_content = all(one.of_content for one in told if one.problems)
        raise (ContentError if of_content else BuildError)(*dict.fromkeys(problems))


def _entries(path: str, key: str) -> set[str]:
    name = files_name(path, key)
    return {name, searched_name(name), summaries_name(path, key)}
