"""How long it takes: ``bench``."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Literal

import typer

from generator.commands.options import CONTENT, Content, require_folder


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
    require_folder(content)
    try:
        megabytes = [float(size) for size in sizes.split(",")]
    except ValueError:
        raise typer.BadParameter("expected numbers like 0.25,0.5,1", param_hint="--sizes") from None
    timings = bench_ingest(content, megabytes, [name for name in formats.split(",") if name], runs, documents)
    for line in [timings_to_json(timings)] if as_json else timings_to_table(timings):
        print(line)
