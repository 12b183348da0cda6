"""The data and the site: ``build``, ``validate``, ``release``, ``serve``, ``publish``."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from generator.commands.options import CONTENT, Content, require_folder
from generator.commands.outcome import complain
from generator.elsewhere import is_address
from generator.errors import BuildError, Problem

if TYPE_CHECKING:
    from generator.mirror import AddressDestination, Plan


class ReportForm(StrEnum):
    """In what form a validation is told."""

    TEXT = "text"
    JSON = "json"


def build(  # noqa: PLR0913, PLR0917  an option is a parameter
    content: Content = CONTENT,
    out: Annotated[
        str,
        typer.Option(
            "--out",
            metavar="DIR",
            help="Where datapackage/, build/docs/ and site/ are written; at an address: the first and the last.",
        ),
    ] = ".",
    max_bytes: Annotated[
        int, typer.Option("--max-bytes", min=0, help="Most bytes of the site; 0: no limit. GitHub Pages takes 1 GB.")
    ] = 1_000_000_000,
    max_file_bytes: Annotated[
        int,
        typer.Option("--max-file-bytes", min=0, help="Most bytes of a file in datapackage/; 0: no limit. GitHub's."),
    ] = 100 * 1024 * 1024,
    part: Annotated[
        str,
        typer.Option("--part", metavar="PLACE", help="Only this part of CONTENT/parts.yml; home: their home."),
    ] = "",
    jobs: Annotated[int | None, typer.Option("--jobs", min=1, help="Processes.", show_default="one a core")] = None,
    scheduler: Annotated[
        str, typer.Option("--scheduler", metavar="ADDRESS", help="Dask scheduler that does the work: tcp://host:8786.")
    ] = "",
    store: Annotated[
        str,
        typer.Option(
            "--store",
            metavar="ADDRESS",
            help="Where what was made is kept: a folder, or an address of fsspec that all workers reach.",
            show_default="build/cache",
        ),
    ] = "",
) -> None:
    """Make data packages, pages and site from the registers."""
    from generator.locks import holding
    from generator.mirror import mirror_folder
    from generator.parts import HOME
    from generator.publish import How, Limits, build_site, check_part_address, render_bytes, write_part_content

    require_folder(content)
    there = _open_outputs(out) if is_address(out) else {}
    folder = _MADE if there else Path(out)
    with holding(folder, reading=[content]):
        if part:
            whole, content = content, folder / "build" / "content"
            write_part_content(whole, part, content)
        made = build_site(
            content=content,
            datapackage=folder / "datapackage",
            docs=folder / "build" / "docs",
            site=folder / "site",
            limits=Limits(max_bytes, max_file_bytes),
            how=How(jobs, scheduler, store),
        )
        for name, destination in there.items():
            _complain_kept(mirror_folder(folder / name, destination), destination.label)
    complain((*made.warnings, *check_part_address(content, made.site_url)))
    if not made.packages and part != HOME:
        print(f"{content}: nothing is registered yet; the first step is `duixian new DOCUMENT --place … --year …`")
    datapackage, site = (there[name].label if there else folder / name for name in _OUTPUTS)
    print(f"{datapackage}: {made.packages} packages, {made.commitments} commitments")
    if made.made < made.years:
        print(f"{made.made} of {made.years} city-years were made; the others had not changed")
    print(f"{site}: {made.pages} pages; {made.size.files:,} files, {render_bytes(made.size.bytes)}")
    looked_at = f"duixian serve --site {made.site}" if there else "duixian serve"
    print(f"built for {made.site_url}; look at it with `{looked_at}`")


_OUTPUTS = ("datapackage", "site")
_MADE = Path("build/out")
"""Where what is to be at an address is made, and what is kept for the next build."""


def _open_outputs(address: str) -> dict[str, AddressDestination]:
    """Where each part of a build goes. Raises BuildError, before anything is made, where it cannot."""
    from generator.mirror import AddressDestination

    return {name: AddressDestination(address, _MADE / name, below=name) for name in _OUTPUTS}


def _complain_kept(plan: Plan, label: str) -> None:
    for name in plan.kept:
        remedy = "remove it by hand if nobody needs it"
        complain([Problem(f"{label}/{name}", 0, "publish-kept", "changed there", "expected our bytes", remedy)])


def validate(
    folder: Annotated[Path, typer.Argument(metavar="DIR", help="Folder of data packages.")] = Path("datapackage"),
    downloads: Annotated[
        Path | None,
        typer.Option(
            "--downloads",
            help="Folder of their other formats.",
            show_default="DIR, or build/downloads beside it, where they are there",
        ),
    ] = None,
    form: Annotated[ReportForm, typer.Option("--format", help="A table, or JSON.")] = ReportForm.TEXT,
    content: Content = CONTENT,
) -> None:
    """Validate the data packages.

    With frictionless, with the Data Package 2.0 profile, and with checks of our own: keys, references, hashes, the same
    rows in every format and in the package of everything; releases against the digests in CONTENT/changes. Exit
    status 1 when anything is wrong.
    """
    from generator.changes import load_releases
    from generator.package import check_releases, render_report, render_report_as_json, validate_packages

    _require(folder, "expected data packages")
    if downloads:
        _require(downloads, "expected downloads")
    report = validate_packages(folder, downloads or _find_downloads(folder))
    report = replace(report, general=[*report.general, *check_releases(content, load_releases(content))])
    if form is ReportForm.JSON:
        print(render_report_as_json(report))
        raise typer.Exit(1 if report.problems else 0)
    print(render_report(report), flush=True)
    if report.problems:
        raise BuildError(*report.problems)


def _require(folder: Path, expected: str) -> None:
    if not folder.is_dir():
        found = "not a folder" if folder.exists() else "no such folder"
        raise BuildError(Problem(folder, 0, "packages-missing", found, expected, "run `make site`"))


def _find_downloads(folder: Path) -> Path | None:
    """The folder itself when it is that of a published site; else where a build puts the downloads of packages."""
    if any(folder.glob("**/*.zip")):
        return folder
    beside = folder.parent / "build" / "downloads"
    return beside if beside.is_dir() else None


def release(
    day: Annotated[str, typer.Argument(metavar="DAY", help="Day of the release: 2024-02-29.")],
    folder: Annotated[Path, typer.Option("--datapackage", help="Folder of data packages.")] = Path("datapackage"),
    reason: Annotated[str, typer.Option("--reason", help="What led to the changes since the last, in Chinese.")] = "",
    reason_en: Annotated[str, typer.Option("--reason-en", help="The same in English.")] = "",
    content: Content = CONTENT,
) -> None:
    """Keep the data as they are now for good, under the day: CONTENT/releases/DAY.

    What changed since the last release is written to CONTENT/changes. A release never changes; commit it.
    """
    from generator.locks import holding
    from generator.package import release_package

    require_folder(content)
    try:
        of = date.fromisoformat(day)
    except ValueError:
        raise typer.BadParameter("expected a date like 2024-02-29", param_hint="DAY") from None
    with holding(content, reading=[folder.parent]):
        made = release_package(content, folder, of, (reason, reason_en))
    print(f"{made}: released; commit it with {content / 'changes' / made.name}.yml")


def publish(
    destination: Annotated[
        str,
        typer.Argument(
            metavar="DEST", help="A folder, user@host:path, rsync://host/module/path, or an address of fsspec: s3://…"
        ),
    ],
    site: Annotated[Path, typer.Option("--site", help="Folder of the built site.")] = Path("site"),
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Say what would be done, and do nothing.")] = False,
) -> None:
    """Bring the built site to a folder, a server or object storage, from which it is sent as it is.

    What has not changed is left alone, what is no longer published goes last, and nothing that was not published
    from here is replaced or removed. A run that was interrupted goes on with the next.
    """
    from generator.locks import holding
    from generator.mirror import mirror_site, open_destination, read_address

    there = open_destination(destination, site)
    with holding(reading=[site.parent]):
        plan = mirror_site(site, there, dry_run=dry_run)
    _complain_kept(plan, there.label)
    for line in _said_of(plan, dry_run=dry_run):
        print(line)
    print(f"{there.label}: the site was built for {read_address(site) or 'no address'}")


def _said_of(plan: Plan, *, dry_run: bool) -> Iterator[str]:
    written = len(plan.new) + len(plan.changed)
    if not dry_run:
        yield f"{written} files written and verified, {len(plan.removed)} removed, {plan.unchanged} unchanged"
        return
    for mark, names in (("+", plan.new), ("~", plan.changed), ("-", plan.removed)):
        yield from (f"{mark} {name}" for name in names)
    yield f"nothing was done; would write {written}, remove {len(plan.removed)} and leave {plan.unchanged} files"


def serve(
    site: Annotated[Path, typer.Option("--site", help="Folder of the built site.")] = Path("site"),
    port: Annotated[
        int, typer.Option("--port", min=0, max=65535, help="Port on 127.0.0.1; 0 takes a free one.")
    ] = 8000,
    prefix: Annotated[str, typer.Option("--prefix", help="Sub-path, as on GitHub Pages.")] = "duixian",
) -> None:
    """Serve the built site on this machine, under a sub-path."""
    from generator.serve import make_server

    with make_server(site, prefix, port) as server:
        print(f"http://127.0.0.1:{server.server_address[1]}/{prefix.strip('/')}/  (Ctrl+C to stop)", flush=True)
        try:
            server.serve_forever()
        except KeyboardInterrupt:
            print()
