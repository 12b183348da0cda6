"""How long it takes: ``bench``."""

from __future__ import annotations

from collections.abc import Iterable
from enum import StrEnum
from functools import partial
from pathlib import Path
from typing import Annotated, Literal

import typer

from generator.commands.options import CONTENT, Content, folder_option, require_folder
from generator.commands.outcome import complain

_QUERIES = 300
"""How many queries the index of a large site is asked."""


class Rival(StrEnum):
    """With what a build is compared."""

    HUGO = "hugo"
    MKDOCS = "mkdocs"
    CP = "cp"


def bench(  # noqa: PLR0913, PLR0917  an option is a parameter
    what: Annotated[
        Literal["ingest", "build", "search"], typer.Argument(metavar="ingest|build|search", help="What is timed.")
    ],
    content: Content = CONTENT,
    sizes: Annotated[str, typer.Option("--sizes", help="ingest: sizes of the documents in MB of text.")] = "0.1,0.2",
    formats: Annotated[
        str, typer.Option("--formats", help="ingest: txt, html, docx, xlsx, pdf.", show_default="all")
    ] = "",
    runs: Annotated[int, typer.Option("--runs", min=1, help="Runs of each; the median counts.")] = 3,
    documents: Annotated[Path | None, folder_option("--documents", "ingest: source documents to time, too.")] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON (ingest, build).")] = False,
    site: Annotated[Path, typer.Option("--site", help="search: folder of the built site that is searched.")] = Path(
        "site"
    ),
    commitments: Annotated[
        str,
        typer.Option(
            "--commitments",
            help="How many: build takes several, 1000,10000.",
            show_default="1000 are built, 2000 searched",
        ),
    ] = "",
    compare: Annotated[
        list[Rival] | None, typer.Option("--compare", help="build: make the same pages with this, too.")
    ] = None,
    jobs: Annotated[
        int | None, typer.Option("--jobs", min=1, help="build: processes.", show_default="one a core")
    ] = None,
    hugo: Annotated[str, typer.Option("--hugo", help="build: the program to compare with.")] = "hugo",
    keep: Annotated[
        Path | None, typer.Option("--keep", help="build: a new folder, in which all that is made stays.")
    ] = None,
    large: Annotated[bool, typer.Option("--large", help="search: the index of a large site, made up.")] = False,
) -> None:
    """Time the reading of synthetic documents, the build of synthetic registers, or the answers of the search."""
    if what == "search" and large:
        lines = _time_large_search(content, commitments or "2000")
    elif what == "search":
        lines = _time_search(site, commitments or "2000", runs)
    elif what == "ingest":
        lines = _time_ingest(content, sizes, formats, runs, documents, as_json=as_json)
    else:
        lines = _time_build(
            content, commitments or "1000", runs, ([*(compare or ())], hugo, jobs), keep, as_json=as_json
        )
    for line in lines:
        print(line)


def _time_search(site: Path, commitments: str, runs: int) -> Iterable[str]:
    from generator.bench import bench_search, timing_to_lines

    counts = _parse_counts(commitments)
    if len(counts) > 1:
        raise typer.BadParameter("expected one number for search", param_hint="--commitments")
    return timing_to_lines(bench_search(site, counts[0], runs))


def _time_large_search(content: Path, commitments: str) -> Iterable[str]:
    from generator.bench import bench_large_search, large_timing_to_lines

    require_folder(content)
    for count in _parse_counts(commitments):
        yield from large_timing_to_lines(bench_large_search(content, count, _QUERIES))


def _time_ingest(
    content: Path, sizes: str, formats: str, runs: int, documents: Path | None, *, as_json: bool
) -> Iterable[str]:
    from generator.bench import bench_ingest, timings_to_json, timings_to_table

    require_folder(content)
    try:
        megabytes = [float(size) for size in sizes.split(",")]
    except ValueError:
        raise typer.BadParameter("expected numbers like 0.25,0.5,1", param_hint="--sizes") from None
    timings = bench_ingest(content, megabytes, [name for name in formats.split(",") if name], runs, documents)
    return [timings_to_json(timings)] if as_json else timings_to_table(timings)


def _time_build(
    content: Path,
    commitments: str,
    runs: int,
    compared: tuple[list[Rival], str, int | None],
    keep: Path | None,
    *,
    as_json: bool,
) -> Iterable[str]:
    from generator.bench import bench_build, build_to_json, build_to_lines, find_rivals
    from generator.publish import How, Limits, build_site

    require_folder(content)
    counts, (names, hugo, jobs) = _parse_counts(commitments), compared
    rivals, missing = find_rivals(names, Path("mkdocs.yml"), hugo)
    complain(missing)
    build = partial(build_site, limits=Limits(0, 0), how=How(jobs))
    measured = bench_build(build, content, counts, runs, rivals, keep, correct=True)
    return [build_to_json(measured)] if as_json else build_to_lines(measured)


def _parse_counts(text: str) -> list[int]:
    counts = [int(one) if one.isdecimal() else 0 for one in text.split(",")]
    if not all(counts):
        raise typer.BadParameter("expected numbers over 0, like 1000,10000", param_hint="--commitments")
    return counts
