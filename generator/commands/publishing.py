"""Registers → packages and site: ``build``, ``validate``, ``release``, ``serve``."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Annotated

import typer

from generator.commands.options import CONTENT, Content, require_folder
from generator.errors import BuildError, Problem


def build(
    content: Content = CONTENT,
    out: Annotated[Path, typer.Option("--out", help="Where datapackage/, build/docs/ and site/ are written.")] = Path(),
) -> None:
    """Make data packages, pages and site from the registers."""
    from generator.publish import build_site

    require_folder(content)
    made = build_site(content=content, datapackage=out / "datapackage", docs=out / "build" / "docs", site=out / "site")
    print(f"{out / 'datapackage'}: {made.packages} packages, {made.commitments} commitments")
    print(f"{made.site}: {made.pages} pages; look at them with `duixian serve`")


def validate(
    folder: Annotated[Path, typer.Argument(metavar="DIR", help="Folder of data packages.")] = Path("datapackage"),
    content: Content = CONTENT,
) -> None:
    """Validate the data packages.

    With frictionless, with the Data Package 2.0 profile, and with checks of our own; releases against the digests in
    CONTENT/changes.
    """
    from generator.changes import load_releases
    from generator.package import check_releases, validate_packages

    if not folder.is_dir():
        problem = Problem(folder, 0, "packages-missing", "no such folder", "expected data packages", "run `make site`")
        raise BuildError(problem)
    problems = [*validate_packages(folder), *check_releases(content, load_releases(content))]
    if problems:
        raise BuildError(*problems)
    print(f"{folder}: valid")


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
    from generator.package import release_package

    require_folder(content)
    try:
        of = date.fromisoformat(day)
    except ValueError:
        raise typer.BadParameter("expected a date like 2024-02-29", param_hint="DAY") from None
    made = release_package(content, folder, of, (reason, reason_en))
    print(f"{made}: released; commit it with {content / 'changes' / made.name}.yml")


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
