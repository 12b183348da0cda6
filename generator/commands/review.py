"""What the registers say and what became of it: ``check``, ``audit``, ``changes``."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from generator.commands.options import CONTENT, Content, find_register, folder_option, require_folder, with_bar


class FactName(StrEnum):
    """The kinds of ``generator.model.FactKind``, as typer wants a choice that may be repeated."""

    WORDING = "wording"
    UNIT = "unit"
    LEADER = "leader"
    DUE = "due"
    TARGET = "target"
    MILESTONE = "milestone"
    ALLOCATION = "allocation"
    RESULT = "result"
    TIE = "tie"
    UNTIED = "untied"
    RATE = "rate"
    UNASSIGNED = "unassigned"


class ReportFormat(StrEnum):
    """In what form findings are printed."""

    TEXT = "text"
    JSON = "json"
    SARIF = "sarif"


def check(
    content: Content = CONTENT,
    form: Annotated[
        ReportFormat, typer.Option("--format", help="Lines of text, JSON, or SARIF 2.1.0.")
    ] = ReportFormat.TEXT,
    strict: Annotated[bool, typer.Option("--strict", help="Exit status 1 when there is a finding.")] = False,
) -> None:
    """Print what the checks find in the registers.

    A finding is no error: the exit status is 0, unless a register cannot be read or its references are broken.
    """
    from generator import checkreport
    from generator.assess import assess_register, load_reported_words
    from generator.audits import load_audits
    from generator.lookups import load_places
    from generator.registers import load_registers, path_of
    from generator.yamlfile import read_text

    require_folder(content)
    places, words, registers = load_places(content), load_reported_words(content), load_registers(content)
    load_audits(content, registers)  # a broken reference is refused
    assessed = [
        assess_register(register, places.find(register.place), words, registers)
        for register in with_bar(registers, "check")
    ]
    paths = [path_of(content, register) for register in registers]
    found = [
        one
        for path, register in zip(paths, assessed, strict=True)
        for one in checkreport.locate_findings(path, read_text(path), register)
    ]
    tallies = checkreport.add_tallies(assessed)
    if form is ReportFormat.SARIF:
        print(checkreport.render_findings_as_sarif(found, Path()))
    elif form is ReportFormat.JSON:
        print(checkreport.render_findings_as_json(found, tallies))
    else:
        print(checkreport.render_findings_as_text(found, tallies))
    raise typer.Exit(1 if strict and found else 0)


def audit(  # noqa: PLR0913, PLR0917  an option is a parameter
    name: Annotated[str, typer.Argument(metavar="NAME", help="Name of a register: yunxi-2024-livelihood.")],
    sample: Annotated[int, typer.Option("--sample", min=1, help="How many facts, equally many of each kind.")] = 60,
    seed: Annotated[str, typer.Option("--seed", help="Any word; the same one draws the same sample.")] = "1",
    kind: Annotated[list[FactName] | None, typer.Option("--kind", help="Only these kinds.  [default: all]")] = None,
    documents: Annotated[Path | None, folder_option("--documents", "The source documents, to quote from.")] = None,
    write: Annotated[bool, typer.Option("--write", help="Add the sample to CONTENT/audits/NAME.yml.")] = False,
    stale: Annotated[
        bool, typer.Option("--stale", help="List judgements about what is read otherwise now; exit status 1 if any.")
    ] = False,
    content: Content = CONTENT,
) -> None:
    """Draw a random sample of what a register says, to be judged beside the source.

    The judgements stand in CONTENT/audits and are published with the data.
    """
    from generator import audits
    from generator.ingest import read_source_texts
    from generator.model import Audit

    require_folder(content)
    register = find_register(content, name)
    kept = audits.find_audit(content, register)
    if stale:
        state = audits.audit_to_state(kept or Audit(register=name, seed=seed), register)
        for line in audits.render_stale(name, state):
            print(line)
        raise typer.Exit(1 if state.stale else 0)
    facts = audits.facts_to_sample(audits.register_to_facts(register), sample, seed, [one.value for one in kind or ()])
    texts = read_source_texts(register.sources, content, documents) if documents else {}
    for line in audits.render_facts(facts, register, texts, kept.items if kept else ()):
        print(line)
    if write:
        filled = audits.add_sample(kept or Audit(register=name, seed=seed), register, facts)
        print(f"{audits.write_audit(content, filled)}: {len(filled.items)} items; judge those that are empty")


def changes(  # noqa: PLR0913, PLR0917  an option is a parameter
    old: Annotated[
        str, typer.Argument(metavar="OLD", help="The older data: a folder of a package, or a git revision.")
    ],
    new: Annotated[Path, typer.Argument(metavar="NEW", help="The newer data: a folder of a package.")] = Path(
        "datapackage/all"
    ),
    day: Annotated[str, typer.Option("--date", help="Day of the newer data, to write them down: 2024-02-29.")] = "",
    since: Annotated[str, typer.Option("--since", help="Day of the older data, where OLD is a folder.")] = "",
    reason: Annotated[str, typer.Option("--reason", help="What led to it, in Chinese.")] = "",
    reason_en: Annotated[str, typer.Option("--reason-en", help="The same in English.")] = "",
    content: Content = CONTENT,
) -> None:
    """Print what is otherwise in the data than before; with --date, write it to CONTENT/changes for the site."""
    from generator import changes as data_changes
    from generator.schemas import load_schemas

    require_folder(content)
    folder = Path(old)
    before = data_changes.read_package(folder) if folder.is_dir() else data_changes.read_revision(old)
    after = data_changes.read_package(new)
    found = data_changes.compare_packages(before, after, load_schemas(content))
    for line in data_changes.render_changes(found):
        print(line)
    if day:
        release = data_changes.make_release(before, after, found, (day, since), (reason, reason_en))
        print(f"{data_changes.write_release(content, release)}: {len(found)} changes")
