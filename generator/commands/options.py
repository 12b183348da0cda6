"""Options that several commands share, what they name, and the progress bar."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, TypeVar

import typer
from typer.models import OptionInfo

from generator.elsewhere import is_address
from generator.errors import ContentError, Problem

if TYPE_CHECKING:
    from generator.model import Register

T = TypeVar("T")


class Address(str):
    """The address of a folder elsewhere: ``protocol://…``."""


def parse_folder(named: str | Path) -> Path | Address:
    """What an option names: a folder, or the address of one. A path would make one slash of two."""
    return Address(named) if is_address(str(named)) else Path(named)


def folder_option(name: str, said: str, show_default: str | bool = True) -> OptionInfo:
    """An option that names a folder, which may be elsewhere: ``with_folders`` gives the command a folder here."""
    told = f"{said} A folder, or its address: s3://bucket/folder."
    option: OptionInfo = typer.Option(name, parser=parse_folder, metavar="DIR", help=told, show_default=show_default)
    return option


Content = Annotated[Path, folder_option("--content", "Registers, sidecars, lookups and schemas.")]
Documents = Annotated[Path | None, folder_option("--documents", "The source documents.", "CONTENT/documents")]
Name = Annotated[str, typer.Argument(metavar="NAME", help="Name of a sidecar in CONTENT/documents, without .yml.")]
Names = Annotated[
    list[str] | None,
    typer.Argument(metavar="NAME", help="Names of sidecars in CONTENT/documents, without .yml; none: all."),
]

Jobs = Annotated[int | None, typer.Option("--jobs", min=1, help="Processes to work in.", show_default="one a core")]
Scheduler = Annotated[
    str,
    typer.Option(
        "--scheduler",
        metavar="ADDRESS",
        help="Work on the Dask cluster of this scheduler: tcp://host:8786. Its workers need nothing but the program.",
    ),
]

CONTENT = Path("content")


def require_folder(content: Path) -> None:
    """Raises ContentError where there is no such folder."""
    if not content.is_dir():
        expected = "expected a folder with places.yml, lookups/ and registers/"
        raise ContentError(
            Problem(
                content, 0, "content-missing", "no such folder", expected, "run in the repository, or give --content"
            )
        )


def find_register(content: Path, name: str) -> Register:
    """The register of this name. Raises ContentError with the names that there are."""
    from generator.audits import register_name
    from generator.registers import load_registers

    registers = {register_name(register): register for register in load_registers(content)}
    if name not in registers:
        expected = f"expected one of: {', '.join(registers)}"
        where = content / "registers"
        raise ContentError(Problem(where, 0, "register-missing", f"no register {name!r}", expected, "correct the name"))
    return registers[name]


def find_named(content: Path, names: Sequence[str]) -> tuple[list[Path], list[Problem]]:
    """The sidecars of these names (all, when there is none), and a problem for each name that has none."""
    from generator.ingest import find_sidecars

    found = {path.stem: path for path in find_sidecars(content)}
    expected = f"expected one of: {', '.join(found) or 'none is there yet'}"
    remedy = "correct the name, or write the sidecar with `duixian new`"
    problems = [
        Problem(content / "documents" / f"{name}.yml", 0, "sidecar-missing", "no such sidecar", expected, remedy)
        for name in names
        if name not in found
    ]
    return [found[name] for name in (names or found) if name in found], problems


def with_bar(items: Iterable[T], what: str, total: int | None = None) -> Iterator[T]:
    """The items, with a progress bar where stderr is a terminal; ``total`` is their number where it cannot be asked."""
    if not sys.stderr.isatty():
        yield from items
        return
    from rich.console import Console
    from rich.progress import track

    yield from track(items, description=what, total=total, console=Console(stderr=True), transient=True)
