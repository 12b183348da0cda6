"""The JSON of what speaks of all places, below the folder of the site."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from generator.api import SiteSaid, home_record, list_site_records, make_description, render_record
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
    """What the records are made of, and the folder of the site that they go to.

    ``kept``: path → key of those that are there from the last build.
    """

    root: Path
    content: Path
    summaries: Summaries
    site_url: str
    site_name: str
    kept: Mapping[str, str]


@step("api")
def write_records(job: RecordsJob) -> dict[str, str]:
    """The JSON beside pages that speak of all places, and the description of all JSON addresses.

    Returned is the key of each record by its path; what would be the same as one that is kept is not written.
    """
    site, places = Folder(job.root), load_places(job.content)
    keys = {}
    for record in list_site_records(job.summaries, job.site_name):
        if not record.key or job.kept.get(record.path) != record.key:
            site.write([(record.path, render_record(record.make()))])
        keys[record.path] = record.key
    split = load_split(job.content, places)
    if split and split.here == HOME:
        records = read_part_records(job.content, split, places)
        site.write([(TWIN, render_record(home_record(split, records, job.site_name)))])
    licence = load_publication(job.content).licenses[0]
    said = SiteSaid(job.site_url, job.site_name, (licence.name, licence.path))
    site.write([(DESCRIPTION, render_record(make_description(said, job.summaries, load_schemas(job.content))))])
    return keys | {DESCRIPTION: ""}
