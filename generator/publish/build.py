"""Registers → data packages, Markdown, and the finished site, which replaces the last one only when it is whole."""

from __future__ import annotations

import shutil
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from html import escape
from pathlib import Path

from generator import stamp
from generator.assess import assess_register, load_catalogue, load_reported_words, sort_registers
from generator.audits import apply_audit, load_audits, register_name
from generator.changes import load_releases
from generator.defaults import PACKAGE, PROGRAM_MARK, defaults_folder, program_origin
from generator.errors import BuildError, Problem
from generator.lookups import load_places
from generator.metadata.describe import History, describe_catalogue
from generator.model import AssessedRegister, DataRelease
from generator.package import Subset, find_releases, packages_of, refuse_changed, write_packages
from generator.package.releases import RELEASES, Release
from generator.pages.data import SITE_URL_MARK, Download
from generator.pages.outline import City, registers_to_cities
from generator.pages.summaries import YearsInMemory
from generator.publication import load_publication
from generator.publish import files as written
from generator.publish.address import load_repository, require_site_url
from generator.publish.api import write_api
from generator.publish.markdown import run_mkdocs, write_docs
from generator.publish.releasefiles import list_releases, write_archives, write_release_index
from generator.publish.searched import find_part_roots, write_search
from generator.publish.size import Limits, Size, check_file_sizes, check_site_size
from generator.publish.stamped import write_departments, write_stamped
from generator.publish.swap import fresh_folder, swap_in
from generator.registers import find_registers, load_registers
from generator.schemas import TableSchema, load_schemas
from generator.steps import step

RESERVED = frozenset(
    [
        "404.html",
        "about",
        "adopt",
        "all",
        "assets",
        "changes",
        "data",
        "due",
        "findings",
        "index.html",
        "latest",
        "measures",
        "method",
        "openness",
        "releases",
        "schemas",
        "search",
        "shell",
        "silence",
        "themes",
    ]
)
"""Names at the root of the site, and of its data, that no place may have as its slug."""


@dataclass(frozen=True)
class BuildReport:
    """What a build made."""

    commitments: int
    pages: int
    packages: int
    site: Path
    site_url: str
    size: Size
    warnings: tuple[Problem, ...]


def build_site(
    content: Path,
    datapackage: Path,
    docs: Path,
    site: Path,
    config: Path = Path("mkdocs.yml"),
    limits: Limits | None = None,
) -> BuildReport:
    """Registers → packages in ``datapackage``, Markdown in ``docs``, the finished site in ``site``.

    Nothing of ``site`` changes until the new one is whole. Charts and downloads are kept beside ``docs``. Raises
    ContentError for what stands in ``content``, BuildError when packages do not validate, when MkDocs refuses, and
    when the site, or a file of a package, is larger than ``limits`` (those of GitHub) says.
    """
    _require_config(config)
    site_url, limits = require_site_url(config), limits or Limits()
    data = _make_data(content, datapackage, docs.parent, site_url)
    warnings = check_file_sizes(datapackage, limits.file)
    write_docs(content, data.cities, data.files, docs)
    staged = fresh_folder(site, "new")
    try:
        _make_site(staged, content, docs, config, data)
        size, large = check_site_size(staged, site, limits.site)
        pages = sum(1 for _ in staged.rglob("*.html"))
        swap_in(staged, site)
    except BaseException:
        shutil.rmtree(staged, ignore_errors=True)
        raise
    commitments = sum(len(city.commitments) for city in data.cities)
    return BuildReport(commitments, pages, data.packages, site, site_url, size, (*warnings, *large))


@dataclass(frozen=True)
class _Data:
    """What there is before the site: the packages that were written, releases, and every file that readers can fetch.

    ``records`` say what changed; ``archives`` is the folder of those of the releases.
    """

    cities: tuple[City, ...]
    subsets: tuple[Subset, ...]
    schemas: tuple[TableSchema, ...]
    packages: int
    records: tuple[DataRelease, ...]
    releases: tuple[Release, ...]
    archives: Path
    files: Mapping[Download, Path]


def _make_data(content: Path, datapackage: Path, work: Path, site_url: str) -> _Data:
    """Write packages into ``datapackage``, their other formats and the archives of releases below ``work``."""
    records = load_releases(content)
    refuse_changed(content, records)
    assessed = assess_content(content)
    if not assessed:
        _refuse_to_empty(datapackage, content)
    cities, schemas = registers_to_cities(assessed), load_schemas(content)
    _refuse_reserved(cities, content)
    publication = load_publication(content)
    subsets = packages_of(assessed, publication)
    downloads, archives = work / "downloads", work / RELEASES
    places = load_places(content)
    targets = datapackage, downloads
    folders = write_packages(assessed, publication, places, schemas, targets, site_url) if assessed else ()
    releases = find_releases(content)
    write_archives(releases, archives)
    files = written.list_downloads(datapackage, downloads) | list_releases(releases, archives)
    return _Data(cities, subsets, schemas, len(folders), records, releases, archives, files)


def _make_site(staged: Path, content: Path, docs: Path, config: Path, data: _Data) -> None:
    """The whole site in ``staged``, from the Markdown in ``docs``."""
    run_mkdocs(config, docs, staged, data.cities)
    shell = _finish(staged, content, docs, data)
    _name_program(staged, config)
    measured, history = written.measure(data.files), History(data.records, data.releases)
    catalogue = describe_catalogue(shell.site_url, data.subsets, measured, data.schemas, history)
    written.write_descriptions(staged, catalogue)
    write_release_index(staged, data.releases, data.records, data.archives)
    write_search(staged, data.cities, docs, roots=find_part_roots(content, shell.site_url))


@step("assess")
def assess_content(content: Path) -> tuple[AssessedRegister, ...]:
    """All registers under a content folder, assessed and sorted by theme.

    A project in which nothing is stated yet has none. Raises ContentError when sidecars are there and no register.
    """
    if not find_registers(content) and not any((content / "documents").glob("*.yml")):
        return ()
    places, words = load_places(content), load_reported_words(content)
    registers = load_registers(content)
    audits = load_audits(content, registers)
    assessed = [
        apply_audit(assess_register(one, places.find(one.place), words, registers), audits.get(register_name(one)))
        for one in registers
    ]
    return sort_registers(assessed, load_catalogue(content), content)


def _require_config(config: Path) -> None:
    if not config.is_file():
        problem = Problem(
            config, 0, "file-missing", "no such file", "the configuration of MkDocs", "run it in the repository"
        )
        raise BuildError(problem)


def _refuse_to_empty(datapackage: Path, content: Path) -> None:
    """Good packages are never replaced by nothing: a wrong folder of content is likelier than the end of all data."""
    if any(datapackage.rglob("datapackage.json")):
        found, expected = "no registers, but data packages of some", "expected the registers that they were made from"
        remedy = f"name the right --content, or run `duixian ingest`; to begin anew remove {datapackage}"
        raise BuildError(Problem(content / "registers", 0, "registers-none", found, expected, remedy))


def _refuse_reserved(cities: Sequence[City], content: Path) -> None:
    problems = [
        Problem(
            content / "places.yml",
            0,
            "slug-reserved",
            f"{city.place.zh} has the slug {city.place.slug!r}",
            "expected a name that no page of the site has",
            "give the place another slug",
        )
        for city in cities
        if city.place.slug in RESERVED
    ]
    if problems:
        raise BuildError(*problems)


def _name_program(staged: Path, config: Path) -> None:
    """In the guide, where others get the program: where it was installed from, or the repository in which it runs."""
    ours = load_repository(config) if defaults_folder() == PACKAGE.parent else ""
    page, address = staged / "adopt" / "index.html", program_origin()[0] or ours or PROGRAM_MARK
    page.write_text(page.read_text(encoding="utf-8").replace(PROGRAM_MARK, escape(address)), encoding="utf-8")


def _finish(staged: Path, content: Path, docs: Path, data: _Data) -> stamp.Shell:
    """Everything that MkDocs does not make: commitments, JSON, sitemap, feeds, calendars, pictures, downloads."""
    shell, of_departments = (stamp.read_shell(staged / kind.page, kind) for kind in stamp.KINDS)
    shutil.rmtree(staged / stamp.SHELLS)
    write_stamped(staged, data.cities, shell, data.records)
    write_departments(staged, YearsInMemory(data.cities, load_places(content)), of_departments)
    write_api(staged, content, data.cities, shell)
    summaries = YearsInMemory(data.cities, load_places(content))
    written.write_sitemap(staged, docs, summaries, data.records, shell)
    written.write_feeds(staged, data.cities, data.records, shell, data.schemas)
    written.write_calendars(staged, data.cities, shell)
    written.write_images(staged, data.cities)
    page = staged / "data" / "index.html"
    page.write_text(page.read_text(encoding="utf-8").replace(SITE_URL_MARK, shell.site_url), encoding="utf-8")
    written.copy_downloads(staged, data.files)
    written.write_schemas(staged)
    return shell
