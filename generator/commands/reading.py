"""Documents → registers: ``new``, ``ingest``, ``explain``."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal

import typer

from generator.commands.options import CONTENT, Content, Documents, Name, Names, find_named, require_folder, with_bar
from generator.commands.outcome import attempt, complain
from generator.errors import ContentError

if TYPE_CHECKING:
    from generator.model import Programme


class ProgrammeName(StrEnum):
    """The programmes of ``generator.model.Programme``, as typer wants a choice that may be repeated."""

    LIVELIHOOD = "livelihood"
    KEY_WORK = "key-work"
    FEEDBACK = "feedback"


def new(
    document: Annotated[Path, typer.Argument(help="The source document.")],
    place: Annotated[str, typer.Option("--place", help="Place as documents print it: 云溪市.")],
    year: Annotated[int, typer.Option("--year", help="Year that the commitments are for.")],
    programme: Annotated[
        list[ProgrammeName] | None,
        typer.Option(
            "--programme", help="Programme in the document; may be given more than once.  [default: detected]"
        ),
    ] = None,
    content: Content = CONTENT,
) -> None:
    """Write the sidecar of a new document.

    It holds the sha256 and what the text says of itself; a person completes it.
    """
    from generator.ingest import list_unsaid, new_sidecar

    require_folder(content)
    chosen: list[Programme] = [name.value for name in programme or ()]
    path = new_sidecar(document, content, place, year, chosen)
    unsaid = ", ".join(list_unsaid(path)) or "nothing is missing"
    print(f"{path}: written; check it, and say what it does not: {unsaid}")
    print(f"then look at `duixian explain {path.stem} --stage rows --documents {document.parent}`")


def ingest(
    names: Names = None,
    content: Content = CONTENT,
    documents: Documents = None,
    check: Annotated[
        bool, typer.Option("--check", help="Write nothing; report each register that would differ.")
    ] = False,
) -> None:
    """Read source documents into registers.

    A document with a problem is left out, its registers stay as they were, and the others go on.
    """
    from generator.ingest import ingest_document
    from generator.registers import check_register, write_registers

    def write(sidecar: Path) -> None:
        registers = ingest_document(sidecar, content, folder)
        for path, register in zip(write_registers(content, registers), registers, strict=True):
            print(f"{path}: {len(register.commitments)} commitments, {len(register.unassigned)} unassigned numbers")

    def compare(sidecar: Path) -> None:
        registers = ingest_document(sidecar, content, folder)
        differences = [problem for register in registers for problem in check_register(content, register)]
        if differences:
            raise ContentError(*differences)
        print(f"{sidecar}: gives its registers again ({len(registers)})")

    require_folder(content)
    folder = documents or content / "documents"
    sidecars, problems = find_named(content, names or [])
    complain(problems)
    action = compare if check else write
    statuses = [attempt(action, sidecar) for sidecar in with_bar(sidecars, "ingest")]
    raise typer.Exit(max([1 if problems else 0, *statuses]))


def explain(
    name: Name,
    stage: Annotated[
        Literal["blocks", "rows", "commitments", "account"], typer.Option("--stage", help="Which stage to print.")
    ],
    content: Content = CONTENT,
    documents: Documents = None,
) -> None:
    """Print one stage of reading a document."""
    from generator.ingest import explain as explain_stage

    require_folder(content)
    sidecars, problems = find_named(content, [name])
    if problems:
        raise ContentError(*problems)
    for line in explain_stage(sidecars[0], content, documents or content / "documents", stage):
        print(line)
