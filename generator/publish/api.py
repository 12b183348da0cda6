"""The JSON of every folder page, and the description of all JSON addresses."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from generator import stamp
from generator.api import SiteSaid, home_record, make_description, outline_to_records, render_record
from generator.lookups import load_places
from generator.pages.addresses import DESCRIPTION, TWIN
from generator.pages.outline import City
from generator.pages.summaries import YearsInMemory
from generator.parts import HOME, load_split, read_part_records
from generator.publication import load_publication
from generator.schemas import load_schemas
from generator.steps import step
from generator.tables import Row


@step("api")
def write_api(staged: Path, content: Path, cities: Sequence[City], shell: stamp.Shell) -> None:
    """Records beside their pages; those of commitments are written with their pages."""
    places = load_places(content)
    for address, record in outline_to_records(cities, places, shell.site_name):
        _write(staged / address, record)
    split = load_split(content, places)
    if split and split.here == HOME:
        records = read_part_records(content, split, places)
        _write(staged / TWIN, home_record(split, records, shell.site_name))
    licence = load_publication(content).licenses[0]
    site = SiteSaid(shell.site_url, shell.site_name, (licence.name, licence.path))
    _write(staged / DESCRIPTION, make_description(site, YearsInMemory(cities, places), load_schemas(content)))


def _write(path: Path, record: Row) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(render_record(record))
