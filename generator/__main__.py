"""The command line.

Every refusal is printed on stderr as ``path:line: [code] found; expected; what to do`` with exit status 1.
A mistake of ours is one line with exit status 2; ``DUIXIAN_DEBUG=1`` shows its traceback.
"""

from __future__ import annotations

import sys
from collections.abc import Sequence
from typing import Annotated

import typer

from generator import __version__
from generator.commands import adopting, publishing, reading, review, timing
from generator.commands.folders import with_folders
from generator.commands.outcome import status_of, telling_addresses

app = typer.Typer(
    name="duixian",
    help="What a city government promised for the year, and what became of it: documents → registers → packages, site.",
    no_args_is_help=True,
    add_completion=False,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
)
COMMANDS = (
    *(reading.new, reading.ingest, reading.explain),
    *(review.check, review.audit, review.changes),
    *(publishing.build, publishing.validate, publishing.release, publishing.serve, publishing.publish),
    *(adopting.new_site, adopting.schema),
    timing.bench,
)
for command in COMMANDS:
    app.command()(with_folders(command))


def _print_version(wanted: bool) -> None:
    if wanted:
        print(__version__)
        raise typer.Exit


@app.callback()
def options(
    version: Annotated[
        bool, typer.Option("--version", help="Show the version and exit.", is_eager=True, callback=_print_version)
    ] = False,
) -> None:
    """Options that stand before a command."""


def main(arguments: Sequence[str] | None = None) -> None:
    """Run one command and exit: 0 done, 1 refused or failed, 2 wrong usage or a defect of ours."""
    for stream in (sys.stdout, sys.stderr):
        reconfigure = getattr(stream, "reconfigure", None)
        if reconfigure:
            reconfigure(encoding="utf-8", errors="backslashreplace")
    with telling_addresses():
        sys.exit(status_of(lambda: app(arguments)))


if __name__ == "__main__":
    main()
