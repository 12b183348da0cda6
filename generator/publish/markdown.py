"""Pages as Markdown on disk, and MkDocs, which publishes them."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, date, datetime
from pathlib import Path

from generator import charts
from generator.defaults import THEME
from generator.errors import BuildError, Problem
from generator.pages.data import Download
from generator.pages.documents import render_documents
from generator.pages.outline import City, newest_date
from generator.pages.texts import shorten
from generator.steps import step


@step("pages")
def write_docs(content: Path, cities: Sequence[City], files: Mapping[Download, Path], docs: Path) -> None:
    """Every page that MkDocs renders, as Markdown in ``docs``; charts are kept beside it."""
    kept = docs.parent / "cache" / "charts"
    since = charts.begin_use(kept)

    def draw(chart: charts.Chart) -> str:
        return charts.render_chart(chart, kept)

    write_tree(docs, render_documents(content, cities, tuple(files), draw))
    charts.forget_unused(kept, since)


def write_tree(folder: Path, texts: Mapping[str, str]) -> None:
    """Write these files and remove every other; what has not changed is not touched."""
    wanted = {folder / name: text.encode() for name, text in texts.items()}
    for path, data in wanted.items():
        if not path.is_file() or path.read_bytes() != data:
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(data)
    for path in sorted(folder.rglob("*"), reverse=True):
        if path.is_file() and path not in wanted:
            path.unlink()
        elif path.is_dir() and not any(path.iterdir()):
            path.rmdir()


@step("mkdocs")
def run_mkdocs(config: Path, docs: Path, out: Path, cities: Sequence[City]) -> None:
    """``mkdocs build --strict`` in a process of its own. Raises BuildError with what it said when it refuses."""
    environment = {
        **os.environ,
        "DUIXIAN_DOCS": str(docs.resolve()),
        "DUIXIAN_THEME": str(THEME),
        "NO_MKDOCS_2_WARNING": "1",
        "SOURCE_DATE_EPOCH": str(_epoch(cities)),
        "PYTHONUTF8": "1",
    }
    # Not --quiet: it would keep the warnings from --strict.
    command = [sys.executable, "-m", "mkdocs", "build", "--strict", "--clean"]
    command += ["--config-file", str(config), "--site-dir", str(out.resolve())]
    done = subprocess.run(command, env=environment, capture_output=True, text=True, encoding="utf-8", check=False)
    if done.returncode:
        lines = [line.strip() for line in (done.stderr + done.stdout).splitlines() if line.strip()]
        said = " / ".join([line for line in lines if line.startswith(("WARNING", "ERROR"))] or lines)
        problem = Problem(
            config, 0, "mkdocs", shorten(said, 1000), "a strict build without warnings", "correct the page it names"
        )
        raise BuildError(problem)


def newest_day(cities: Iterable[City]) -> date:
    """The newest day of any document: the day that the build is said to be of."""
    days = [newest_date(year.sources) for city in cities for year in city.years]
    return max((day for day in days if day), default=date(2000, 1, 1))


def _epoch(cities: Iterable[City]) -> int:
    day = newest_day(cities)
    return int(datetime(day.year, day.month, day.day, tzinfo=UTC).timestamp())
