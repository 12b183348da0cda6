"""Registers → data packages, Markdown, and the finished site, which replaces the last one only when it is whole.

First a map over the years of places, then over places, done by workers and kept in the store; then one reduction: what
speaks of several years is made of the summaries of each, and of files on the disk. Nothing holds all registers at once.
"""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from generator import charts
from generator.assess.department_slugs import refuse_shared_slugs
from generator.errors import Problem
from generator.locks import holding
from generator.package import stage_packages
from generator.pages.documents import ALWAYS
from generator.pages.sums import SUMS
from generator.publish.folder import SiteFolder
from generator.publish.frame import keep_frame
from generator.publish.inputs import Inputs, load_inputs
from generator.publish.kept import KeptSummaries
from generator.publish.lastbuild import LastBuild
from generator.publish.markdown import Markdown
from generator.publish.reduction import FOLDERS, Reduction
from generator.publish.shards import history_of, read_shared
from generator.publish.shared import keep_files, unkept
from generator.publish.size import Limits, Size, check_file_sizes, check_site_size
from generator.publish.targets import SUMMARIES, Targets, clear_left
from generator.publish.years import MadeYears, Plan, making_years
from generator.scratch import scratch_folder, sweep_scratch
from generator.store import FolderStore, Store, open_store
from generator.swap import staging, swap_in
from generator.workers import Begin, Workers, begun_apart, open_workers
from generator.workers.cores import cores

PRELOADED = ("generator.publish.year", "generator.publish.city", "generator.publish.mkdocs")
"""What a process of a build needs, loaded once for all of them."""


@dataclass(frozen=True)
class How:
    """How a build is done. None of it shows in what is made.

    ``jobs``: processes, by default one a core. ``scheduler``: the address of a Dask scheduler that does the work in
    their stead. ``store``: a folder, or an address of fsspec, where what was made is kept for the next build; by
    default ``cache`` beside the Markdown. The workers of a scheduler must reach it.
    """

    jobs: int | None = None
    scheduler: str = ""
    store: str = ""


@dataclass(frozen=True)
class BuildReport:
    """What a build made. Of ``years``, ``made`` were made now; the others were kept from before."""

    commitments: int
    pages: int
    packages: int
    site: Path
    site_url: str
    size: Size
    warnings: tuple[Problem, ...]
    years: int
    made: int


def build_site(  # noqa: PLR0913, PLR0917  what it reads, what it writes, and how
    content: Path,
    datapackage: Path,
    docs: Path,
    site: Path,
    config: Path = Path("mkdocs.yml"),
    limits: Limits | None = None,
    how: How | None = None,
) -> BuildReport:
    """Registers → packages in ``datapackage``, Markdown in ``docs``, the finished site in ``site``.

    Nothing of ``site`` and ``datapackage`` changes until both are whole; then they are replaced together, and what a
    build that was killed left undone is done by the next. A second build waits for the first. Raises ContentError for
    what stands in ``content``, BuildError when packages do not pass their checks, when MkDocs refuses, when the site,
    or a file of a package, is larger than ``limits`` (those of GitHub) says, and when workers die or cannot be reached.
    """
    how, limits, targets = how or How(), limits or Limits(), Targets(datapackage, docs, site)
    with holding(*targets.parents, reading=[content]):
        clear_left(targets)
        sweep_scratch()
        inputs = load_inputs(content, config, datapackage)
        with (
            _store(how, targets.cache) as (store, warnings),
            open_workers(how.jobs, how.scheduler, PRELOADED, least=1 if inputs.are_many else 2, soon=True) as workers,
        ):
            since = charts.begin_use(targets.charts)
            plan = _plan(inputs, targets, store, None if how.scheduler else targets.charts)
            with (
                making_years(plan, inputs.shared.places, workers, _begin_few(how, inputs, workers)) as years,
                _summaries(inputs, years, docs.parent) as summaries,
                stage_packages(datapackage, targets.downloads) as stage,
                staging(site, targets.spare) as staged,
                _new_site(staged, targets) as new,
            ):
                markdown = Markdown(docs, store, inputs.setup, ALWAYS)
                made = Reduction(inputs, years, summaries, workers, targets, stage, new, markdown)
                made.run()
                heavy = check_file_sizes(stage.newest[0], datapackage, limits.file)
                size = new.settle()
                large = check_site_size(size, site, limits.site)
                swap_in({site: staged, **stage.swaps})
                new.last.keep()
                new.keep_spare(staged, targets.spare)
            made.forget_others()
            if years.made >= len(years.refs):
                charts.forget_unused(targets.charts, since)  # years that were kept have not said which are theirs
    return BuildReport(
        commitments=made.commitments,
        pages=made.site.pages,
        packages=made.packages,
        site=site,
        site_url=inputs.site_url,
        size=size,
        warnings=(*warnings, *heavy, *large),
        years=len(years.refs),
        made=years.made,
    )


def _plan(inputs: Inputs, targets: Targets, store: Store, drawings: Path | None) -> Plan:
    return Plan(
        content=inputs.content,
        datapackage=targets.datapackage,
        shards=inputs.shards,
        history=history_of(inputs.shards, inputs.records),
        store=store,
        shared=keep_files(store, read_shared(inputs.content)),
        frame=keep_frame(inputs.setup, ALWAYS, store),
        charts=drawings,
    )


def _begin_few(how: How, inputs: Inputs, workers: Workers) -> Begin | None:
    """What begins a few of many years on other cores. A cluster makes them all: it may be what has their memory."""
    if how.scheduler or workers.count == 1 or not inputs.are_many:
        return None
    return partial(begun_apart, count=min(workers.count, cores()), preload=PRELOADED, room=workers.room)


@contextmanager
def _new_site(staged: Path, targets: Targets) -> Iterator[SiteFolder]:
    new = SiteFolder(staged, LastBuild(targets.cache, targets.folders))
    try:
        yield new
    except BaseException:
        new.give_up()
        raise


@contextmanager
def _store(how: How, folder: Path) -> Iterator[tuple[Store, list[Problem]]]:
    """The store of a build. A folder that takes nothing is replaced by one that is gone with the build, and told."""
    store = open_store(how.store or str(folder))
    probes = [f"{name}/probe" for name in FOLDERS]
    if all(store.write(probe, b"") for probe in probes):
        store.remove(probes)
        yield store, []
        return
    if how.store:
        raise unkept(store)
    found, expected = "nothing can be written there", "expected to keep there what is made for the next build"
    warning = Problem(
        folder, 0, "store-unwritable", found, expected, "it is built without; check space and permissions"
    )
    with scratch_folder("store") as kept:
        yield FolderStore(kept), [warning]


@contextmanager
def _summaries(inputs: Inputs, years: MadeYears, work: Path) -> Iterator[KeptSummaries]:
    """The summaries of all years, laid out in a folder that is gone afterwards."""
    work.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=work, prefix=SUMMARIES) as name:
        summaries = KeptSummaries(inputs.shared.catalogue, years.refs, Path(name))
        summaries.lay_out((year for year in years.refs if year not in years.in_making), years.read_summaries)
        years.finish()
        summaries.lay_out(years.in_making, years.read_summaries)
        units: dict[str, list[str]] = {}
        for year, sums in summaries.of(SUMS):
            units.setdefault(year.place.slug, []).extend(sums.units)
        refuse_shared_slugs(units, inputs.shared.catalogue.slugs, inputs.content)
        yield summaries
