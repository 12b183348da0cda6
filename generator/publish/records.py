"""The JSON of what speaks of all places, below the folder of the site."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from generator.api import SiteSaid, home_record, make_description, render_record, site_to_records
from generator.lookups import load_places
from generator.pages.addresses import DESCRIPTION, TWIN
from generator.pages.summaries import Summaries
from generator.parts import HOME, load_split, read_part_records
from generator.publication import load_publication
from generator.publish.folder import Folder
from generator.schemas import load_schemas
from generator.steps import step


@dataclass(frozen=True)
class RecordsJob:
    """What the records are made of, and the folder of the site that they go to."""

    root: Path
    content: Path
    summaries: Summaries
    site_url: str
    site_name: str


@step("api")
def write_records(job: RecordsJob) -> None:
    """The JSON beside pages that speak of all places, and the description of all JSON addresses."""
    site, places = Folder(job.root), load_places(job.content)
    site.write((path, render_record(record)) for path, record in site_to_records(job.summaries, job.site_name))
    split = load_split(job.content, places)
    if split and split.here == HOME:
        records = read_part_records(job.content, split, places)
        site.write([(TWIN, render_record(home_record(split, records, job.site_name)))])
    licence = load_publication(job.content).licenses[0]
    said = SiteSaid(job.site_url, job.site_name, (licence.name, licence.path))
    site.write([(DESCRIPTION, render_record(make_description(said, job.summaries, load_schemas(job.content))))])
