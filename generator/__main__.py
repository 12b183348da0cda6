"""The command line: thin commands over the two halves, and the only place that knows both.

Every refusal is printed on stderr as ``path:line: [code] found; expected; what to do`` with exit status 1.
A mistake of ours is one line with exit status 2; ``DUIXIAN_DEBUG=1`` shows its traceback.
What a command runs is imported inside it, so that ``--help`` is fast.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal, TypeVar

import typer

from generator import __version__
from generator.errors import BuildError, ContentError, DuixianError, Problem

if TYPE_CHECKING:
    from generator.model import Programme, Register

T = TypeVar("T")

app = typer.Typer(
    name="duixian",
    help="What a city government promised for the year, and what became of it: documents → registers → packages, site.",
    no_args_is_help=True,
    add_completion=False,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
)

Content = Annotated[Path, typer.Option("--content", help="Folder of registers, sidecars, lookups and schemas.")]
Documents = Annotated[
    Path | None, typer.Option("--documents", help="Folder of the source documents.", show_default="CONTENT/documents")
]
Name = Annotated[str, typer.Argument(metavar="NAME", help="Name of a sidecar in CONTENT/documents, without .yml.")]
Names = Annotated[
    list[str] | None,
    typer.Argument(metavar="NAME", help="Names of sidecars in CONTENT/documents, without .yml; none: all."),
]

CONTENT = Path("content")


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


class ProgrammeName(StrEnum):
    """The programmes of ``generator.model.Programme``, as typer wants a choice that may be repeated."""

    LIVELIHOOD = "livelihood"
    KEY_WORK = "key-work"
    FEEDBACK = "feedback"


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


@app.command()
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
    from generator.ingest import new_sidecar

    _require_folder(content)
    chosen: list[Programme] = [name.value for name in programme or ()]
    path = new_sidecar(document, content, place, year, chosen)
    print(f"{path}: written; complete it, then run `duixian ingest {path.stem} --documents {document.parent}`")


@app.command()
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

    _require_folder(content)
    folder = documents or content / "documents"
    sidecars, problems = _find_named(content, names or [])
    _complain(problems)
    action = compare if check else write
    statuses = [_attempt(action, sidecar) for sidecar in _with_bar(sidecars, "ingest")]
    raise typer.Exit(max([1 if problems else 0, *statuses]))


@app.command()
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

    _require_folder(content)
    sidecars, problems = _find_named(content, [name])
    if problems:
        raise ContentError(*problems)
    for line in explain_stage(sidecars[0], content, documents or content / "documents", stage):
        print(line)


class ReportFormat(StrEnum):
    """In what form findings are printed."""

    TEXT = "text"
    JSON = "json"
    SARIF = "sarif"


@app.command()
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

    _require_folder(content)
    places, words, registers = load_places(content), load_reported_words(content), load_registers(content)
    load_audits(content, registers)  # a broken reference is refused
    assessed = [
        assess_register(register, places.find(register.place), words, registers)
        for register in _with_bar(registers, "check")
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


@app.command()
def audit(  # noqa: PLR0913, PLR0917  an option is a parameter
    name: Annotated[str, typer.Argument(metavar="NAME", help="Name of a register: yunxi-2024-livelihood.")],
    sample: Annotated[int, typer.Option("--sample", min=1, help="How many facts, equally many of each kind.")] = 60,
    seed: Annotated[str, typer.Option("--seed", help="Any word; the same one draws the same sample.")] = "1",
    kind: Annotated[list[FactName] | None, typer.Option("--kind", help="Only these kinds.  [default: all]")] = None,
    documents: Annotated[
        Path | None, typer.Option("--documents", help="Folder of the source documents, to quote from.")
    ] = None,
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

    _require_folder(content)
    register = _find_register(content, name)
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


@app.command()
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

    _require_folder(content)
    folder = Path(old)
    before = data_changes.read_package(folder) if folder.is_dir() else data_changes.read_revision(old)
    after = data_changes.read_package(new)
    found = data_changes.compare_packages(before, after, load_schemas(content))
    for line in data_changes.render_changes(found):
        print(line)
    if day:
        release = data_changes.make_release(before, after, found, (day, since), (reason, reason_en))
        print(f"{data_changes.write_release(content, release)}: {len(found)} changes")


@app.command()
def build(
    content: Content = CONTENT,
    out: Annotated[Path, typer.Option("--out", help="Where datapackage/, build/docs/ and site/ are written.")] = Path(),
) -> None:
    """Make data packages, pages and site from the registers."""
    from generator.publish import build_site

    _require_folder(content)
    made = build_site(content=content, datapackage=out / "datapackage", docs=out / "build" / "docs", site=out / "site")
    print(f"{out / 'datapackage'}: {made.packages} packages, {made.commitments} commitments")
    print(f"{made.site}: {made.pages} pages; look at them with `duixian serve`")


@app.command()
def bench(  # noqa: PLR0913, PLR0917  an option is a parameter
    what: Annotated[Literal["ingest", "search"], typer.Argument(metavar="ingest|search", help="What is timed.")],
    content: Content = CONTENT,
    sizes: Annotated[str, typer.Option("--sizes", help="Sizes of the documents in MB of text.")] = "0.1,0.2",
    formats: Annotated[str, typer.Option("--formats", help="txt, html, docx, xlsx, pdf.", show_default="all")] = "",
    runs: Annotated[int, typer.Option("--runs", min=1, help="Runs of each; the median counts.")] = 3,
    documents: Annotated[
        Path | None, typer.Option("--documents", help="Folder of source documents to time too.")
    ] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON.")] = False,
    site: Annotated[Path, typer.Option("--site", help="Folder of the built site that is searched.")] = Path("site"),
    commitments: Annotated[int, typer.Option("--commitments", min=1, help="How many are searched.")] = 2000,
) -> None:
    """Time the reading of synthetic documents, bytes of a file to registers, or the answers of the search."""
    from generator.bench import bench_ingest, bench_search, timing_to_lines, timings_to_json, timings_to_table

    if what == "search":
        for line in timing_to_lines(bench_search(site, commitments, runs)):
            print(line)
        return
    _require_folder(content)
    try:
        megabytes = [float(size) for size in sizes.split(",")]
    except ValueError:
        raise typer.BadParameter("expected numbers like 0.25,0.5,1", param_hint="--sizes") from None
    timings = bench_ingest(content, megabytes, [name for name in formats.split(",") if name], runs, documents)
    for line in [timings_to_json(timings)] if as_json else timings_to_table(timings):
        print(line)


@app.command()
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


@app.command()
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


def main(arguments: Sequence[str] | None = None) -> None:
    """Run one command and exit: 0 done, 1 refused or failed, 2 wrong usage or a defect of ours."""
    for stream in (sys.stdout, sys.stderr):
        reconfigure = getattr(stream, "reconfigure", None)
        if reconfigure:
            reconfigure(encoding="utf-8", errors="backslashreplace")
    sys.exit(_status_of(lambda: app(arguments)))


def _attempt(action: Callable[[Path], None], path: Path) -> int:
    """Exit status of an action on one document, so that the others can go on."""
    return _status_of(lambda: action(path), f"{path}: ")


def _status_of(action: Callable[[], object], place: str = "") -> int:
    """Run an action; say on stderr what went wrong, and return the exit status."""
    try:
        action()
    except DuixianError as error:
        _complain(error.problems)
        return 1
    except OSError as error:
        found = error.strerror or str(error)
        _complain(
            [
                Problem(
                    error.filename or "", 0, "file", found, "expected access", "check the path, its rights and the disk"
                )
            ]
        )
        return 1
    except Exception as error:
        if os.environ.get("DUIXIAN_DEBUG") == "1":
            raise
        what = f"{type(error).__name__}: {error}".splitlines()[0]
        print(
            f"{place}[internal] {what}; this is a defect of ours; please report it with the output of "
            "DUIXIAN_DEBUG=1 and the same command",
            file=sys.stderr,
        )
        return 2
    return 0


def _complain(problems: Iterable[Problem]) -> None:
    for problem in problems:
        print(problem, file=sys.stderr)


def _require_folder(content: Path) -> None:
    if not content.is_dir():
        expected = "expected a folder with places.yml, lookups/ and registers/"
        raise ContentError(
            Problem(
                content, 0, "content-missing", "no such folder", expected, "run in the repository, or give --content"
            )
        )


def _find_register(content: Path, name: str) -> Register:
    """The register of this name. Raises ContentError with the names that there are."""
    from generator.audits import register_name
    from generator.registers import load_registers

    registers = {register_name(register): register for register in load_registers(content)}
    if name not in registers:
        expected = f"expected one of: {', '.join(registers)}"
        where = content / "registers"
        raise ContentError(Problem(where, 0, "register-missing", f"no register {name!r}", expected, "correct the name"))
    return registers[name]


def _find_named(content: Path, names: Sequence[str]) -> tuple[list[Path], list[Problem]]:
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


def _with_bar(items: Sequence[T], what: str) -> Iterator[T]:
    """The items, with a progress bar where stderr is a terminal."""
    if not sys.stderr.isatty():
        yield from items
        return
    from rich.console import Console
    from rich.progress import track

    yield from track(items, description=what, console=Console(stderr=True), transient=True)


if __name__ == "__main__":
    main()
