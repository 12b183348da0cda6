"""Registers on disk: find, load, write. The register is the contract between reading and building."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from decimal import Decimal
from functools import lru_cache
from itertools import zip_longest
from pathlib import Path

from generator import yamlfile
from generator.errors import ContentError, Problem
from generator.model import Commitment, Register
from generator.patterns import IDENTIFIER
from generator.steps import step
from generator.swap import finish_swap, journals_below, remove, swap_in
from generator.yamlfile import ReadFile

MOST_DIGITS = 30
"""A value of more digits before or after the point than this is no number that a document prints."""
_COMMITMENT_LINE = re.compile(r"- id: (\S+)$")


def register_path(content: Path, place: str, year: int, programme: str) -> Path:
    """Where a register lives: ``content/registers/<place>/<year>/<programme>.yml``."""
    return content / "registers" / place / str(year) / f"{programme}.yml"


def path_of(content: Path, register: Register) -> Path:
    """Where this register lives."""
    return register_path(content, register.place, register.year, register.programme)


def find_registers(content: Path) -> tuple[Path, ...]:
    """All register files under a content folder, in the order of their paths.

    Raises ContentError for a YAML file that stands where no register can (it would be left out in silence), and
    where an ``ingest`` was killed between two registers of one document.
    """
    folder = content / "registers"
    if journals_below(folder):
        found, expected = "`ingest` was killed between two registers of one document", "expected both as it read them"
        remedy = "run `duixian ingest`, which goes on from there"
        raise ContentError(Problem(folder, 0, "registers-unfinished", found, expected, remedy))
    paths = sorted(path for path in folder.rglob("*.y*ml") if not path.name.startswith("."))
    strays = [path for path in paths if len(path.relative_to(folder).parts) != 3 or path.suffix != ".yml"]
    if strays:
        expected = f"expected {folder}/<place>/<year>/<programme>.yml"
        raise ContentError(
            *(Problem(path, 0, "register-path", "not where registers are", expected, "move it") for path in strays)
        )
    return tuple(paths)


def load_register(path: Path, read: ReadFile = Path.read_bytes) -> Register:
    """Read one register.

    Raises ContentError when it is broken, when it names another place than its path, and when its ids
    do not hold together.
    """
    text = yamlfile.read_text(path, read)
    register = yamlfile.parse(text, path, Register)
    problems = [
        *_path_problems(register, path),
        *_form_problems(register, path, text),
        *_id_problems(register, path, text),
    ]
    if problems:
        raise ContentError(*problems)
    return register


@step("load")
def load_registers(content: Path) -> tuple[Register, ...]:
    """All registers. Raises one ContentError with the problems of all files that are broken, or when there are none."""
    loaded: list[Register] = []
    problems: list[Problem] = []
    refuse_no_registers(content)
    for path in find_registers(content):
        try:
            loaded.append(load_register(path))
        except ContentError as error:
            problems.extend(error.problems)
    if problems:
        raise ContentError(*problems)
    return tuple(loaded)


def refuse_no_registers(content: Path) -> None:
    """Raises ContentError where there are none."""
    if not find_registers(content):
        problem = Problem(
            content / "registers", 0, "registers-none", "no registers", "expected one or more", "run `duixian ingest`"
        )
        raise ContentError(problem)


def write_register(content: Path, register: Register) -> Path:
    """Write a register where it belongs, whole or not at all, and return its path."""
    return write_registers(content, (register,))[0]


def write_registers(content: Path, registers: Iterable[Register]) -> tuple[Path, ...]:
    """Write the registers of one document, all or none, and return their paths. What is the same is not touched."""
    texts = {path_of(content, register): yamlfile.render(register) for register in registers}
    replace_texts(texts)
    return tuple(texts)


def replace_texts(texts: Mapping[Path, str]) -> None:
    """Put the texts of registers that belong together into their files: all, or none; those that differ."""
    changed = {path: text for path, text in texts.items() if not _holds(path, text)}
    with yamlfile.staged_texts(changed) as staged:
        if staged:
            swap_in(staged)


def _holds(path: Path, text: str) -> bool:
    return path.is_file() and path.read_bytes() == text.encode()


def end_unfinished(content: Path) -> None:
    """After an ``ingest`` that was killed: registers that were whole take their places, what was not goes."""
    folder = content / "registers"
    for journal in journals_below(folder):
        finish_swap(journal)
    for path in folder.rglob(".*"):
        if yamlfile.is_staged(path):
            remove(path)


def check_text(path: Path, rendered: str) -> tuple[Problem, ...]:
    """Nothing when the file of a register is what would be written; else the first line that differs."""
    if not path.exists():
        return (Problem(path, 0, "register-missing", "no such register", "expected it", "run ingest without --check"),)
    found, expected = yamlfile.read_text(path).split("\n"), rendered.split("\n")
    for number, (old, new) in enumerate(zip_longest(found, expected), start=1):
        if old != new:
            remedy = "run ingest without --check and review the difference in git"
            return (Problem(path, number, "register-differs", _shown(old), f"expected {_shown(new)}", remedy),)
    return ()


@lru_cache(maxsize=1)  # a file has mostly no fault, or many
def commitment_lines(text: str) -> dict[str, int]:
    """Commitment id → line of a register's text, counted from 1, where the commitment begins."""
    lines: dict[str, int] = {}
    for number, line in enumerate(text.split("\n"), start=1):
        match = _COMMITMENT_LINE.match(line.strip())
        if match:
            lines.setdefault(match[1].strip("'\""), number)
    return lines


def _shown(line: str | None) -> str:
    return "the end of the file" if line is None else repr(line.strip()[:60])


def _path_problems(register: Register, path: Path) -> Iterator[Problem]:
    expected = (path.parent.parent.name, path.parent.name, path.stem)
    found = (register.place, str(register.year), register.programme)
    if found != expected:
        yield Problem(
            path,
            1,
            "register-path",
            f"place, year and programme are {'/'.join(found)}",
            f"expected {'/'.join(expected)}, as the path says",
            "move the file or run ingest again",
        )


def _form_problems(register: Register, path: Path, text: str) -> Iterator[Problem]:
    """Ids that would be no part of an address, and retired ones that are not of this register."""
    prefix = f"{register.place}-{register.year}-{register.programme}-"
    for where, name, start in _named(register, prefix):
        if not IDENTIFIER.match(name) or not name.startswith(start):
            line, expected = yamlfile.find_line(text, where), "expected letters and digits of ASCII, joined by hyphens"
            yield Problem(path, line, "id-form", f"{name!r}", f"{expected}, after {start!r}", "run ingest again")


def _named(register: Register, prefix: str) -> Iterator[tuple[str, str, str]]:
    """Where each id stands, the id, and what it must begin with."""
    for number, source in enumerate(register.sources):
        yield f".sources[{number}].id", source.id, ""
    for number, name in enumerate(register.retired):
        yield f".retired[{number}]", name, prefix
    for number, commitment in enumerate(register.commitments):
        where = f".commitments[{number}]"
        yield f"{where}.id", commitment.id, ""
        yield from ((where, name, "") for name in _local_ids(commitment))


def _id_problems(register: Register, path: Path, text: str) -> Iterator[Problem]:
    """Ids that stand twice, that are retired and used again, that are not this register's, or that lead nowhere."""
    prefix = f"{register.place}-{register.year}-{register.programme}-"
    sources = {source.id for source in register.sources}
    seen = set(register.retired)
    for commitment in register.commitments:
        faults = [*_commitment_faults(commitment, sources)]
        if commitment.id in seen:
            faults.append(("id-duplicate", "stands twice or is retired", "each id once"))
        if not commitment.id.startswith(prefix):
            faults.append(("id-prefix", "is not an id of this register", f"an id that starts with {prefix}"))
        seen.add(commitment.id)
        for code, found, expected in faults:
            line = commitment_lines(text).get(commitment.id, 0)
            yield Problem(path, line, code, f"{commitment.id} {found}", f"expected {expected}", "run ingest again")


def _commitment_faults(commitment: Commitment, sources: set[str]) -> Iterator[tuple[str, str, str]]:
    """Code, what was found and what was expected, for each thing inside a commitment that does not hold."""
    for name, count in Counter(_local_ids(commitment)).items():
        if count > 1:
            yield "id-duplicate", f"has {name} twice", "each id once in a commitment"
    for kind, name, known in _references(commitment, sources):
        if name and name not in known:
            yield "id-unknown", f"refers to {kind} {name!r}, which is not there", f"one of {sorted(known)}"
    for name, value in _values(commitment):
        if not value.is_finite() or abs(value.adjusted()) > MOST_DIGITS:
            expected = f"a finite decimal number of {MOST_DIGITS} digits or fewer"
            yield "value-invalid", f"has the value {value:.40g} at {name}", expected


def _local_ids(commitment: Commitment) -> Iterator[str]:
    for target in commitment.targets:
        yield target.id
        yield from (f"{target.id}.{allocation.id}" for allocation in target.allocations)
    yield from (milestone.id for milestone in commitment.milestones)
    for report in commitment.reports:
        yield report.id
        yield from (f"{report.id}.{result.id}" for result in report.results)
        yield from (f"{report.id}.{rate.id}" for rate in report.rates)
    for wording in commitment.restated:
        yield wording.id
        yield from (f"{wording.id}.{target.id}" for target in wording.targets)
        yield from (f"{wording.id}.{milestone.id}" for milestone in wording.milestones)


def _references(commitment: Commitment, sources: set[str]) -> Iterator[tuple[str, str, set[str]]]:
    """Kind, id and the ids that it may be, for each reference inside a commitment."""
    targets = {target.id for target in commitment.targets}
    yield "source", commitment.source, sources
    yield from (("target", listed.target, targets) for listed in commitment.listed)
    yield from (("target", milestone.target, targets) for milestone in commitment.milestones)
    for report in commitment.reports:
        results = {result.id for result in report.results}
        yield "source", report.source, sources
        yield from (("target", result.target, targets) for result in report.results)
        yield from (("result", result.part_of, results - {result.id}) for result in report.results)
        yield from (("target", rate.target, targets) for rate in report.rates)
        yield from (("result", rate.result, results) for rate in report.rates)
    for wording in commitment.restated:
        own = {target.id for target in wording.targets}
        yield "source", wording.source, sources
        yield from (("target", milestone.target, own) for milestone in wording.milestones)


def _values(commitment: Commitment) -> Iterator[tuple[str, Decimal]]:
    for target in commitment.targets:
        yield target.id, target.value
        yield from ((allocation.id, allocation.value) for allocation in target.allocations)
    for milestone in commitment.milestones:
        if milestone.value is not None:
            yield milestone.id, milestone.value
    for report in commitment.reports:
        yield from ((result.id, result.value) for result in report.results)
        yield from ((rate.id, rate.published) for rate in report.rates)
        yield from ((rate.id, rate.base.value) for rate in report.rates if rate.base)
    for wording in commitment.restated:
        yield from ((f"{wording.id}.{target.id}", target.value) for target in wording.targets)
