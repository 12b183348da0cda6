"""Registers → data packages, Markdown, and the finished site, which replaces the last one only when it is whole."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path

from generator import charts, stamp
from generator.assess import assess_register, load_catalogue, load_reported_words, sort_registers
from generator.audits import apply_audit, load_audits, register_name
from generator.calendars import render_calendar
from generator.changes import load_releases
from generator.errors import BuildError, Problem
from generator.feeds import releases_to_feeds, render_atom, render_json_feed
from generator.lookups import load_places
from generator.metadata import compress, render_json_ld, render_sitemap, render_twin, site_addresses
from generator.model import AssessedRegister, DataRelease
from generator.package import write_packages
from generator.pages.commitment import (
    render_commitment,
    render_crumbs,
    render_retired,
    render_retired_crumbs,
)
from generator.pages.commitment_page import CommitmentPage, year_to_pages
from generator.pages.data import SITE_URL_MARK, Download
from generator.pages.documents import render_documents
from generator.pages.due import CALENDAR, has_dates
from generator.pages.outline import City, CityYear, newest_date, registers_to_cities
from generator.pages.texts import shorten
from generator.registers import load_registers
from generator.schemas import load_schemas
from generator.search import INDEX, Searched, read_page, render_index

RESERVED = frozenset(
    {
        "404.html",
        "about",
        "assets",
        "changes",
        "data",
        "due",
        "findings",
        "index.html",
        "measures",
        "method",
        "openness",
        "search",
    }
    | {"shell", "silence", "themes"}
)
"""Names at the root of the site that no place may have as its slug."""


@dataclass(frozen=True)
class BuildReport:
    """What a build made."""

    commitments: int
    pages: int
    packages: int
    site: Path


def build_site(
    content: Path, datapackage: Path, docs: Path, site: Path, config: Path = Path("mkdocs.yml")
) -> BuildReport:
    """Registers → packages in ``datapackage``, Markdown in ``docs``, the finished site in ``site``.

    Nothing of ``site`` changes until the new one is whole. Charts and downloads are kept beside ``docs``. Raises
    ContentError for what stands in ``content``, BuildError when packages do not validate or MkDocs refuses.
    """
    _require_config(config)
    assessed = assess_content(content)
    releases = load_releases(content)
    cities = registers_to_cities(assessed)
    _refuse_reserved(cities, content)
    downloads = docs.parent / "downloads"
    folders = write_packages(assessed, load_places(content), load_schemas(content), datapackage, downloads)
    files = list_downloads(datapackage, downloads)
    _write_docs(content, cities, files, docs)
    staged = _fresh_folder(site, "new")
    try:
        _run_mkdocs(config, docs, staged, cities)
        pages = _finish(staged, cities, files, releases)
        _write_search(staged, cities, docs)
        _swap(staged, site)
    except BaseException:
        shutil.rmtree(staged, ignore_errors=True)
        raise
    return BuildReport(sum(len(city.commitments) for city in cities), pages, len(folders), site)


def assess_content(content: Path) -> tuple[AssessedRegister, ...]:
    """All registers under a content folder, assessed and sorted by theme. Raises ContentError when there is none."""
    places, words = load_places(content), load_reported_words(content)
    registers = load_registers(content)
    if not registers:
        folder = content / "registers"
        raise BuildError(Problem(folder, 0, "registers-none", "no registers", "at least one", "run `generator ingest`"))
    audits = load_audits(content, registers)
    assessed = [
        apply_audit(assess_register(one, places.find(one.place), words, registers), audits.get(register_name(one)))
        for one in registers
    ]
    return sort_registers(assessed, load_catalogue(content), content)


# --- before MkDocs ------------------------------------------------------------------------------------


def _require_config(config: Path) -> None:
    if not config.is_file():
        problem = Problem(
            config, 0, "file-missing", "no such file", "the configuration of MkDocs", "run it in the repository"
        )
        raise BuildError(problem)


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


def list_downloads(datapackage: Path, downloads: Path) -> dict[Download, Path]:
    """Every file that readers can fetch, with where it lies now."""
    found = {}
    for root in (datapackage, downloads):
        for path in sorted(root.rglob("*")):
            if path.is_file():
                address = f"data/{path.relative_to(root).as_posix()}"
                found[Download(address, path.stat().st_size)] = path
    return found


def _write_docs(content: Path, cities: Sequence[City], files: Mapping[Download, Path], docs: Path) -> None:
    def draw(chart: charts.Chart) -> str:
        return charts.render_chart(chart, docs.parent / "cache" / "charts")

    write_tree(docs, render_documents(content, cities, tuple(files), draw))


def write_tree(folder: Path, texts: Mapping[str, str]) -> None:
    """Write these files and remove every other; what has not changed is not touched."""
    wanted = {folder / name: text.encode() for name, text in texts.items()}
    for path, data in wanted.items():
        if not path.is_file() or path.read_bytes() != data:
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(data)
    for path in sorted(folder.rglob("*"), reverse=True):
        if path.is_file() and path not in wanted:
            path.unlink()
        elif path.is_dir() and not any(path.iterdir()):
            path.rmdir()


# --- MkDocs ---------------------------------------------------------------------------------------------


def _run_mkdocs(config: Path, docs: Path, out: Path, cities: Sequence[City]) -> None:
    """``mkdocs build --strict`` in a process of its own. Raises BuildError with what it said when it refuses."""
    environment = {
        **os.environ,
        "DUIXIAN_DOCS": str(docs.resolve()),
        "NO_MKDOCS_2_WARNING": "1",
        "SOURCE_DATE_EPOCH": str(_epoch(cities)),
        "PYTHONUTF8": "1",
    }
    # Not --quiet: it would keep the warnings from --strict.
    command = [sys.executable, "-m", "mkdocs", "build", "--strict", "--clean"]
    command += ["--config-file", str(config), "--site-dir", str(out.resolve())]
    done = subprocess.run(command, env=environment, capture_output=True, text=True, encoding="utf-8", check=False)
    if done.returncode:
        lines = [line.strip() for line in (done.stderr + done.stdout).splitlines() if line.strip()]
        said = " / ".join([line for line in lines if line.startswith(("WARNING", "ERROR"))] or lines)
        problem = Problem(
            config, 0, "mkdocs", shorten(said, 1000), "a strict build without warnings", "correct the page it names"
        )
        raise BuildError(problem)


def _newest_day(cities: Iterable[City]) -> date:
    """The newest day of any document: the day that the build is said to be of."""
    days = [newest_date(year.sources) for city in cities for year in city.years]
    return max((day for day in days if day), default=date(2000, 1, 1))


def _epoch(cities: Iterable[City]) -> int:
    day = _newest_day(cities)
    return int(datetime(day.year, day.month, day.day, tzinfo=UTC).timestamp())


# --- after MkDocs -----------------------------------------------------------------------------------------


def _finish(
    staged: Path, cities: Sequence[City], files: Mapping[Download, Path], releases: Sequence[DataRelease]
) -> int:
    """Everything that MkDocs does not make: commitments, sitemap, feeds, calendars, downloads. Returns the pages."""
    shell = stamp.read_shell(staged / stamp.SHELL / "index.html")
    shutil.rmtree(staged / stamp.SHELL.partition("/")[0])
    pages = [page for city in cities for year in city.years for page in year_to_pages(year)]
    for page in pages:
        _write_commitment(staged, page, shell)
    retired = [(year, name) for city in cities for year in city.years for name in _retired(year)]
    for year, name in retired:
        _write_retired(staged, year, name, shell)
    _write_sitemap(staged, cities, pages, shell)
    _write_feeds(staged, cities, releases, shell)
    _write_calendars(staged, cities, shell)
    data = staged / "data" / "index.html"
    data.write_text(data.read_text(encoding="utf-8").replace(SITE_URL_MARK, shell.site_url), encoding="utf-8")
    _copy_downloads(staged, files)
    return sum(1 for _ in staged.rglob("*.html"))


def _write_commitment(staged: Path, page: CommitmentPage, shell: stamp.Shell) -> None:
    address = f"{shell.site_url}{page.year.path}/{page.file}.html"
    where = f"{page.title} · {page.place_and_year}"
    values = {
        "title": stamp.text_slot(where),
        "heading": stamp.text_slot(page.title),
        "description": stamp.text_slot(_description(page)),
        "crumbs": render_crumbs(page),
        "body": render_commitment(page, address, shell.site_name),
        "canonical": stamp.text_slot(address),
        "json": stamp.text_slot(f"{page.file}.json"),
        "jsonld": stamp.json_slot(render_json_ld(page, shell.site_url)),
        "report_title": stamp.query_slot(page.commitment.id),
        "report_body": stamp.query_slot(_report_body(page, address)),
    }
    folder = staged / page.year.path
    (folder / f"{page.file}.html").write_text(shell.fill(values), encoding="utf-8")
    (folder / f"{page.file}.json").write_text(render_twin(page), encoding="utf-8")


def _description(page: CommitmentPage) -> str:
    text = page.commitment.text or next((report.text for report in page.commitment.reports), page.title)
    return shorten(f"{page.place_and_year}：{text}", 80)


def _report_body(page: CommitmentPage, address: str) -> str:
    commitment = page.commitment
    quote = shorten(commitment.text or page.title, 40)
    return f"{address}\n\n{quote}\n字符位置 {commitment.start}–{commitment.end}\n\n哪里不对："


def _retired(year: CityYear) -> list[str]:
    return [identifier for register in year.registers for identifier in register.register.retired]


def _write_retired(staged: Path, year: CityYear, identifier: str, shell: stamp.Shell) -> None:
    file = identifier.removeprefix(f"{year.place.slug}-{year.year}-")
    title = f"编号 {identifier} 已停用"
    address = f"{shell.site_url}{year.path}/{file}.html"
    record = json.dumps({"id": identifier, "retired": True}, ensure_ascii=False)
    values = {
        "title": stamp.text_slot(title),
        "heading": stamp.text_slot(title),
        "description": stamp.text_slot(title),
        "crumbs": render_retired_crumbs(year),
        "body": render_retired(identifier, year),
        "canonical": stamp.text_slot(address),
        "json": stamp.text_slot(f"{file}.json"),
        "jsonld": stamp.json_slot(record),
        "report_title": stamp.query_slot(identifier),
        "report_body": stamp.query_slot(address),
    }
    (staged / year.path / f"{file}.html").write_text(shell.fill(values), encoding="utf-8")
    (staged / year.path / f"{file}.json").write_text(record + "\n", encoding="utf-8")


def _write_search(staged: Path, cities: Sequence[City], docs: Path) -> None:
    """The index of our worker: every page as it stands, commitments first and in their order.

    A copy beside the Markdown lets ``mkdocs serve`` search, too.
    """
    pages = [page for city in cities for year in city.years for page in year_to_pages(year)]
    ours = {f"{page.year.path}/{page.file}.html": page for page in pages}
    files = {path.relative_to(staged).as_posix(): path for path in sorted(staged.rglob("*.html"))}
    files.pop("404.html", None)
    searched = [
        _to_searched(name, files[name], ours.get(name))
        for name in (*ours, *(name for name in files if name not in ours))
    ]
    index = render_index(searched)
    for folder in (staged, docs):
        path = folder / INDEX
        path.parent.mkdir(exist_ok=True)
        path.write_text(index, encoding="utf-8")


def _to_searched(name: str, path: Path, page: CommitmentPage | None) -> Searched:
    location, text = name.removesuffix("index.html"), read_page(path.read_bytes())
    return Searched(location, text, page.item.status, page.commitment.text) if page else Searched(location, text)


def _write_sitemap(staged: Path, cities: Sequence[City], pages: Sequence[CommitmentPage], shell: stamp.Shell) -> None:
    text = render_sitemap(shell.site_url, site_addresses(cities, pages))
    (staged / "sitemap.xml").write_text(text, encoding="utf-8")
    (staged / "sitemap.xml.gz").write_bytes(compress(text))


def _write_feeds(staged: Path, cities: Sequence[City], releases: Sequence[DataRelease], shell: stamp.Shell) -> None:
    newest = _newest_day(cities)
    for feed in releases_to_feeds(releases, cities, shell.site_name):
        path = staged / feed.path
        path.with_suffix(".xml").write_text(
            render_atom(feed, shell.site_url, shell.site_name, newest), encoding="utf-8"
        )
        path.with_suffix(".json").write_text(render_json_feed(feed, shell.site_url), encoding="utf-8")


def _write_calendars(staged: Path, cities: Sequence[City], shell: stamp.Shell) -> None:
    for year in (year for city in cities for year in city.years if has_dates(year)):
        (staged / year.path / CALENDAR).write_text(render_calendar(year, shell.site_url), encoding="utf-8", newline="")


def _copy_downloads(staged: Path, files: Mapping[Download, Path]) -> None:
    for download, path in files.items():
        target = staged / download.path
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(path, target)


# --- swapping in --------------------------------------------------------------------------------------------


def _fresh_folder(site: Path, suffix: str) -> Path:
    """An empty folder beside the site, so that it can be renamed; what a killed build left there goes first."""
    restore_site(site)
    folder = _beside(site, suffix)
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    return folder


def restore_site(site: Path) -> None:
    """After a build that was killed between its two renames, the old site comes back."""
    aside = _beside(site, "old")
    if aside.exists() and not site.exists():
        aside.rename(site)
    shutil.rmtree(aside, ignore_errors=True)


def _swap(staged: Path, site: Path) -> None:
    aside = _beside(site, "old")
    if site.exists():
        site.rename(aside)
    staged.rename(site)
    shutil.rmtree(aside, ignore_errors=True)


def _beside(site: Path, suffix: str) -> Path:
    return site.parent / f".{site.name}.{suffix}"
