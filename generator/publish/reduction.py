"""What speaks of several years: made of summaries, and of files on the disk, when all years are made."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property, partial
from pathlib import Path
from typing import Any, TypeVar

from generator.defaults import PACKAGE, PROGRAM_MARK, defaults_folder, program_origin
from generator.feeds import render_atom, render_json_feed, site_feed
from generator.jsonschemas import make_schemas
from generator.metadata import sitemap
from generator.metadata.describe import History
from generator.model import Split
from generator.package import PackageStage, Subset, join_subsets
from generator.pages.data import Download
from generator.pages.documents import ALWAYS, GROUPS, OF_FILES, Site, SiteSaid
from generator.pages.summaries import CityRef, Summaries, years_to_cities
from generator.pages.sums import SUMS
from generator.parts import load_split
from generator.publish.address import load_repository
from generator.publish.bundle import CITIES, YEARS
from generator.publish.city import CityJob, CityPlan, make_city
from generator.publish.descriptions import (
    DescriptionsJob,
    PagesDescribed,
    describe_pages,
    described_files,
    fill_json_ld,
    write_catalogues,
)
from generator.publish.digests import KnownDigests
from generator.publish.documents import DocumentsJob, write_documents
from generator.publish.files import list_downloads
from generator.publish.fingerprint import digest_of, program_digest
from generator.publish.folder import SiteFolder
from generator.publish.frame import FOLDER as FRAMES
from generator.publish.frame import fetch_shells, frame_files, frame_name
from generator.publish.inputs import Inputs
from generator.publish.markdown import Markdown
from generator.publish.mkdocs import FOLDER as PAGES
from generator.publish.mkdocs import Batch, html_path, render_batch
from generator.publish.placed import PlacedCities, PlacedDocuments, PlacedFiles, PlacedYears
from generator.publish.records import RecordsJob, write_records
from generator.publish.registercache import FOLDER as REGISTERS
from generator.publish.releasefiles import list_releases, release_index, write_archives
from generator.publish.searched import FOLDER as SHARDS
from generator.publish.searched import Shard, others_to_shards, searched_name
from generator.publish.searchindex import SearchIndex, find_part_roots
from generator.publish.shards import history_of_cities
from generator.publish.shared import FOLDER as SHARED
from generator.publish.shared import shared_name
from generator.publish.targets import Targets
from generator.publish.years import MadeYears
from generator.search import INDEX
from generator.shareimages import site_images
from generator.stamp import Shell
from generator.steps import step
from generator.workers import Results, Task, Workers, begun_apart, run_apart
from generator.workers.cores import cores

FOLDERS = (CITIES, FRAMES, PAGES, REGISTERS, SHARDS, SHARED, YEARS)
"""Where a build keeps what it made, in the store."""
T = TypeVar("T")
R = TypeVar("R")

_APART = ("generator.publish.documents", "generator.publish.descriptions", "generator.publish.records")
"""What these processes need, loaded once for all of them."""
_SOME_DAY = date(2000, 1, 1)
"""The day of a site without any document."""


@dataclass
class Reduction:
    """A site on its way from its years to a finished folder. Each step writes, and adds to what later ones need."""

    inputs: Inputs
    years: MadeYears
    summaries: Summaries
    workers: Workers
    targets: Targets
    stage: PackageStage
    site: SiteFolder
    markdown: Markdown
    commitments: int = 0
    newest: date = _SOME_DAY
    subsets: list[Subset] = field(default_factory=list)
    packages: int = 0
    titles: dict[str, str] = field(default_factory=dict)
    searched: dict[str, str] = field(default_factory=dict)
    used: set[str] = field(default_factory=set)
    _makers: dict[str, Callable[[], None]] = field(default_factory=dict)

    def run(self) -> None:
        """Write packages, Markdown and site."""
        frame = f"frame {self.years.plan.frame}"
        if self.site.take(frame) is None:
            self.site.put(frame, frame_files(*self._frame))
        for _, sums in self.summaries.of(SUMS):
            self.commitments += sums.counts.commitments
            self.newest = max(self.newest, sums.newest or self.newest)
        with self._begin(self._early_tasks()) as early:
            self._put_years(meanwhile=self._put_cities)
            files = self._list_downloads()
            with self._begin(self._rest_of_rendering()) as rendered:
                described = self._put_shared(early, files)
                rendered()
        self._render_all(self.markdown.rest())
        with self._begin([(write_catalogues, self._descriptions_job(files, described.digests))]) as catalogues:
            self._put_pages(described.json_ld)
            self._put_search(meanwhile=self._put_others)
            self.site.find(catalogues()[0])

    def _put_others(self) -> None:
        """What is no page: feed, sitemap, pictures, schemas, releases."""
        self._put_feed()
        self._put_sitemap()
        self.site.write(site_images())
        self.site.write((f"data/schemas/{name}", text.encode()) for name, text in make_schemas().items())
        releases = self.inputs.releases
        self.site.write(release_index(releases, self.inputs.records, self.targets.archives))
        if self.inputs.are_many and not self.site.is_like_last:
            self.site.link_spare(self.targets.spare)  # the next correction need not name 300,000 files

    @property
    def _frame(self) -> tuple[str, str]:
        return self.years.plan.store.address, self.years.plan.frame

    def _put_years(self, meanwhile: Callable[[], None]) -> None:
        """The files of years: packages staged, pages in their places. ``meanwhile``: while packages are joined."""
        placed = PlacedYears(self.years, self.stage, self.site, self.markdown)
        self._render(placed.put())
        self.subsets = sorted(placed.subsets, key=Subset.order)
        whole = join_subsets(self.subsets, self.inputs.shared.publication)

        def go_on() -> None:
            placed.link_kept()
            meanwhile()

        if self.subsets:
            run = partial(self._run_apart, go_on)
            made = placed.finish(whole, self.inputs.shared.schemas, self.inputs.site_url, run)
            self.packages = len(made)
        else:
            go_on()
        self.subsets.append(whole)
        placed.note()

    def _put_cities(self) -> None:
        """The files of places, each made by a worker where it is not kept."""
        plan, store = self.years.plan, self.years.plan.store
        history = history_of_cities(self.summaries.years, self.inputs.records)
        cities = CityPlan(
            self.summaries,
            self.years.files_entry,
            history,
            self.newest,
            (store.address, plan.shared, plan.frame),
        )
        known, entries = store.names(CITIES), dict[str, Callable[[], None]]()

        def missing() -> Iterator[CityJob]:
            for city in years_to_cities(self.summaries.years):
                entry = cities.entry(city)
                entries[entry] = partial(_make_city_again, cities, city)
                self.used |= {entry, searched_name(entry)}
                if not {entry, searched_name(entry)} <= known:
                    yield cities.job(city)

        for _ in self.workers.run(make_city, missing()):
            pass

        placed = PlacedCities(store, self.site, self.markdown)
        self._render(placed.put(entries))
        placed.note()
        self.searched |= placed.pages
        self._makers |= entries

    def _render(self, documents: Iterator[tuple[str, bytes]]) -> None:
        self._render_all(self.markdown.batches(documents))

    def _render_all(self, batches: Iterator[Batch]) -> None:
        for _ in self.workers.run(render_batch, batches):
            pass

    def _rest_of_rendering(self) -> list[Task]:
        """Of many years what less than a batch waits for is begun; of few years it waits for what comes yet."""
        return [(render_batch, batch) for batch in self.markdown.rest()] if self.inputs.are_many else []

    def _list_downloads(self) -> dict[Download, str]:
        """Every file that readers can fetch, with where it lies now."""
        write_archives(self.inputs.releases, self.targets.archives)
        packages = list_downloads(*self.stage.newest)
        return packages | list_releases(self.inputs.releases, self.targets.archives)

    @cached_property
    def _documents(self) -> PlacedDocuments:
        return PlacedDocuments(f"documents {self._rests_on}", self.site, self.markdown)

    @cached_property
    def _records(self) -> PlacedFiles:
        return PlacedFiles(f"records {self._rests_on}", self.site)

    @property
    def _rests_on(self) -> str:
        return digest_of(program_digest(), self.years.plan.shared, self.inputs.setup.digest)

    def _early_tasks(self) -> list[Task]:
        """What of all places is made of summaries alone: JSON, and all Markdown but the pages that tell of files."""
        groups = (group for group in GROUPS if group != OF_FILES)
        return [(write_records, self._records_job()), *((write_documents, self._group(group)) for group in groups)]

    def _put_shared(self, early: Results, files: Mapping[Download, str]) -> PagesDescribed:
        """What speaks of all places, Markdown and JSON, and copies of files. Returned: what pages say of data sets."""
        digests, paths = KnownDigests(self.site.last), {file.path: path for file, path in files.items()}
        late: list[Task] = [
            (write_documents, self._group(OF_FILES, tuple(files))),
            (describe_pages, self._descriptions_job(files, digests.find(paths))),
        ]
        with self._begin(late) as results:
            with step("downloads"):
                PlacedFiles("downloads", self.site).put_copies(paths)
            of_files, described = results()
        keys, *groups = early()
        digests.note(described.digests, paths)
        self._render(one for group in (of_files, *groups) for one in self._documents.put(group))
        self._documents.note()
        PlacedFiles("files beside Markdown", self.site).put_copies(self.markdown.others())
        self._records.put(keys)
        pages: PagesDescribed = described
        return pages

    def _group(self, group: str, downloads: Sequence[Download] = ()) -> DocumentsJob:
        said = SiteSaid(self.inputs.site_url, _program(Path(self.inputs.setup.config)))
        site = Site(self.inputs.content, self.summaries, downloads, said)
        return DocumentsJob(group, site, self.targets.docs, self.targets.charts, self._documents.kept)

    def _descriptions_job(self, files: Mapping[Download, str], digests: Mapping[str, str]) -> DescriptionsJob:
        history, schemas = History(self.inputs.records, self.inputs.releases), self.inputs.shared.schemas
        told = described_files(files, len(self.subsets))
        root, url = self.site.root, self.inputs.site_url
        return DescriptionsJob(root, url, tuple(self.subsets), told, schemas, history, digests)

    def _records_job(self) -> RecordsJob:
        name, kept = self._shells[0].site_name, self._records.kept
        return RecordsJob(self.site.root, self.inputs.content, self.summaries, self.inputs.site_url, name, kept)

    def _put_pages(self, described: Mapping[str, str]) -> None:
        """What MkDocs made of the Markdown, with the JSON-LD of those pages that are about a data set."""
        owners, changed = dict[str, str](), list[str]()
        for path, entry in self.markdown.entries.items():
            page = html_path(path)
            owners[page] = digest_of(entry, described.get(page, ""))
            owned = self.site.take(owners[page])
            if owned is None:
                changed.append(path)
            else:
                self._find_page(page, entry, owned.said.decode())
        for page, entry, rendered in self.markdown.rendered(changed):
            html = fill_json_ld(page, rendered.html, described[page]) if page in described else rendered.html
            self.site.put(owners[page], [(page, html)], rendered.title.encode())
            self._find_page(page, entry, rendered.title)

    def _find_page(self, page: str, entry: str, title: str) -> None:
        self.titles[page.removesuffix("index.html")] = title
        self.searched[page] = entry

    def _apart(self, tasks: Sequence[Task]) -> Iterator[Any]:
        """The results of tasks; of many years each in a process of its own, with which its memory goes."""
        if self.inputs.are_many:
            yield from run_apart(tasks, min(self.workers.count, cores()), _APART, self.workers.room)
        else:
            yield from (function(job) for function, job in tasks)

    @contextmanager
    def _begin(self, tasks: Sequence[Task]) -> Iterator[Results]:
        """Tasks for which nothing is needed that is made meanwhile: of many years begun at once, on other cores."""
        count = min(self.workers.count, cores())
        if self.inputs.are_many and count > 1:
            with begun_apart(tasks, count, _APART, self.workers.room) as results:
                yield results
        else:
            yield lambda: list(self._apart(tasks))

    def _run_apart(self, meanwhile: Callable[[], None], function: Callable[[T], R], job: T) -> R:
        with self._begin([(function, job)]) as results:
            meanwhile()
            done: R = results()[0]
        return done

    @step("feeds")
    def _put_feed(self) -> None:
        """Changes in the data of everything."""
        url, name, schemas = self.inputs.site_url, self._shells[0].site_name, self.inputs.shared.schemas
        feed = site_feed(self.inputs.records, self.summaries, name)
        atom = render_atom(feed, url, name, self.newest, schemas)
        self.site.write([(f"{feed.path}.xml", atom.encode())])
        self.site.write([(f"{feed.path}.json", render_json_feed(feed, url, name, schemas).encode())])

    @step("feeds")
    def _put_sitemap(self) -> None:
        """Every page with the day that its data is of, and ``robots.txt``, which says where they are listed."""
        documents = [f"{path.removesuffix('.html')}.md" for path in self.searched]
        pages = sitemap.list_pages(self.summaries, self.inputs.records, documents)
        for name, text in sitemap.render_sitemaps(self.inputs.site_url, pages):
            self.site.write([(name, text.encode()), (f"{name}.gz", sitemap.compress(text))])
        self.site.write([("robots.txt", sitemap.render_robots(self.inputs.site_url).encode())])

    def _put_search(self, meanwhile: Callable[[], None]) -> None:
        """The index, while ``meanwhile`` is called. A copy of a small one lets ``mkdocs serve`` search, too."""
        years = [
            Shard(
                year.path,
                (self.years.files_entry(year),),
                len(pages.commitments) + len(pages.retired),
                ((f"{year.path}/", self.titles[f"{year.path}/"]),),
            )
            for year, pages in self.summaries.of(sitemap.STAMPED_PAGES)
        ]
        shards = [*years, *others_to_shards(self.searched, self.titles)]
        makers = self._makers | dict(self.markdown.makers())
        makers |= {self.years.files_entry(year): partial(self.years.make_again, year) for year in self.years.refs}
        roots = find_part_roots(self._split, self.inputs.site_url)
        store = self.years.plan.store
        index = SearchIndex(self.site, store, self.workers, lambda entry: makers[entry](), self._begin)
        self.markdown.keep(INDEX, index.write(shards, roots, meanwhile))
        self.used |= index.used

    @property
    def _split(self) -> Split | None:
        return load_split(self.inputs.content, self.inputs.shared.places)

    def forget_others(self) -> None:
        """Take out of the store, and from beside the Markdown, what this build did not use: they hold one build."""
        plan = self.years.plan
        used = {*self.years.entries(), *self.used, *self.markdown.used()}
        used |= {frame_name(self.inputs.setup, ALWAYS), shared_name(plan.frame), shared_name(plan.shared)}
        for folder in FOLDERS:
            plan.store.remove(plan.store.names(folder) - used)
        self.markdown.remove_others()

    @property
    def _shells(self) -> tuple[Shell, Shell]:
        return fetch_shells(*self._frame)


def _make_city_again(cities: CityPlan, city: CityRef) -> None:
    make_city(cities.job(city))


def _program(config: Path) -> str:
    """Where others get the program: where it was installed from, or the repository in which it runs."""
    ours = load_repository(config) if defaults_folder() == PACKAGE.parent else ""
    return program_origin()[0] or ours or PROGRAM_MARK
