"""Registers → packages and site: ``build``, ``validate``, ``serve``."""

from __future__ import annotations

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
) -> None:
    """Validate the data packages.

    With frictionless, with the Data Package 2.0 profile, and with checks of our own.
    """
    from generator.package import validate_packages

    if not folder.is_dir():
        problem = Problem(folder, 0, "packages-missing", "no such folder", "expected data packages", "run `make site`")
        raise BuildError(problem)
    problems = validate_packages(folder)
    if problems:
        raise BuildError(*problems)
    print(f"{folder}: valid")


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
