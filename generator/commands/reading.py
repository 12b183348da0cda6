"""Documents → registers: ``new``, ``ingest``, ``explain``."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from functools import partial
from pathlib import Path
from traceback import format_exc
from typing import TYPE_CHECKING, Annotated, Literal

import typer

from generator.commands.options import (
    CONTENT,
    Content,
    Documents,
    Jobs,
    Name,
    Names,
    Scheduler,
    find_named,
    require_folder,
    with_bar,
)
from generator.commands.outcome import attempt, complain
from generator.errors import ContentError, DuixianError

if TYPE_CHECKING:
    from generator.ingest import Papers
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
    jobs: Jobs = None,
    scheduler: Scheduler = "",
) -> None:
    """Read source documents into registers.

    A document with a problem is left out, its registers stay as they were, and the others go on.
    """
    from generator.ingest import Desk
    from generator.locks import holding
    from generator.registers import end_unfinished
    from generator.workers import open_workers

    require_folder(content)
    sidecars, problems = find_named(content, names or [])
    complain(problems)
    statuses = [1 if problems else 0]
    with (
        holding(*() if check else (content,), reading=[content]),
        open_workers(jobs, scheduler, ("generator.ingest", "generator.registers")) as workers,
    ):
        if not check:
            end_unfinished(content)
        desk = Desk(content, documents or content / "documents", carry=bool(scheduler))
        answers = workers.run(_answer, map(desk.papers, sidecars))
        for sidecar, answer in zip(sidecars, with_bar(answers, "ingest", len(sidecars)), strict=True):
            statuses.append(attempt(partial(_check if check else _write, answer), sidecar))
    raise typer.Exit(max(statuses))


@dataclass(frozen=True)
class Answer:
    """What a document gave: its registers as they are to stand in their files, with the numbers of what is in them.

    A refusal is an answer, too: whoever does tasks again that fail does not read such a document again.
    """

    registers: Mapping[Path, str] = field(default_factory=dict)
    counts: Mapping[Path, tuple[int, int]] = field(default_factory=dict)
    error: Exception | None = None

    def texts(self) -> Mapping[Path, str]:
        """The registers. Raises what reading the document raised."""
        if self.error:
            raise self.error
        return self.registers


def _answer(papers: Papers) -> Answer:
    """Read a document, wherever that is done."""
    try:
        return _read(papers)
    except Exception as error:
        if not isinstance(error, DuixianError):
            error.add_note(format_exc())  # another process has the traceback
        return Answer(error=error)


def _read(papers: Papers) -> Answer:
    from generator.ingest import read_papers
    from generator.registers import path_of
    from generator.yamlfile import render

    registers = {path_of(papers.content, one): one for one in read_papers(papers)}
    return Answer(
        {path: render(register) for path, register in registers.items()},
        {path: (len(one.commitments), len(one.unassigned)) for path, one in registers.items()},
    )


def _write(answer: Answer, _: Path) -> None:
    """One process writes, one document after the other: several may tell of one register."""
    from generator.registers import replace_texts

    replace_texts(answer.texts())
    for path, (commitments, unassigned) in answer.counts.items():
        print(f"{path}: {commitments} commitments, {unassigned} unassigned numbers")


def _check(answer: Answer, sidecar: Path) -> None:
    from generator.registers import check_text

    differences = [problem for path, text in answer.texts().items() for problem in check_text(path, text)]
    if differences:
        raise ContentError(*differences)
    print(f"{sidecar}: gives its registers again ({len(answer.registers)})")


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
