"""What a build begins with: the content, made sure of as far as it can be without reading the registers."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from generator.changes import load_releases
from generator.errors import BuildError, Problem
from generator.model import DataRelease, Place
from generator.package import find_releases, refuse_changed
from generator.package.releases import Release
from generator.publish.address import require_site_url
from generator.publish.assessed import has_registers
from generator.publish.mkdocs import Setup, load_setup
from generator.publish.shards import ShardPaths, find_shards
from generator.publish.shared import Shared, load_shared
from generator.registers import refuse_no_registers

RESERVED = frozenset(
    [
        "404.html",
        "about",
        "adopt",
        "all",
        "assets",
        "changes",
        "data",
        "due",
        "findings",
        "index.html",
        "latest",
        "measures",
        "method",
        "openness",
        "performance",
        "releases",
        "schemas",
        "search",
        "shell",
        "silence",
        "themes",
    ]
)
"""Names at the root of the site, and of its data, that no place may have as its slug."""

MANY = 50
"""What speaks of more years takes memory that a process does not give back."""


@dataclass(frozen=True)
class Inputs:
    """The content of a build. ``records`` say what changed in the data, ``releases`` are data that were kept."""

    content: Path
    setup: Setup
    site_url: str
    shared: Shared
    records: Sequence[DataRelease]
    releases: Sequence[Release]
    shards: Sequence[ShardPaths]

    @property
    def are_many(self) -> bool:
        """Whether what speaks of all years is made in processes of its own, and a few years beside the others."""
        return len(self.shards) > MANY


def load_inputs(content: Path, config: Path, datapackage: Path) -> Inputs:
    """What a build begins with.

    Raises ContentError for what stands in ``content``, BuildError for the configuration, and where good packages would
    be replaced by none.
    """
    setup, site_url = load_setup(config), require_site_url(config)
    records = load_releases(content)
    refuse_changed(content, records)
    shared = load_shared(content)
    shards: Sequence[ShardPaths] = ()
    if has_registers(content):
        refuse_no_registers(content)
        shards = find_shards(content, shared.places)
        _refuse_reserved([shared.places.find(shard.place) for shard in shards], content)
    else:
        _refuse_to_empty(datapackage, content)
    return Inputs(content, setup, site_url, shared, records, find_releases(content), shards)


def _refuse_to_empty(datapackage: Path, content: Path) -> None:
    """Good packages are never replaced by nothing: a wrong folder of content is likelier than the end of all data."""
    if any(datapackage.rglob("datapackage.json")):
        found, expected = "no registers, but data packages of some", "expected the registers that they were made from"
        remedy = f"name the right --content, or run `duixian ingest`; to begin anew remove {datapackage}"
        raise BuildError(Problem(content / "registers", 0, "registers-none", found, expected, remedy))


def _refuse_reserved(places: Sequence[Place], content: Path) -> None:
    problems = [
        Problem(
            content / "places.yml",
            0,
            "slug-reserved",
            f"{place.zh} has the slug {place.slug!r}",
            "expected a name that no page of the site has",
            "give the place another slug",
        )
        for place in dict.fromkeys(places)
        if place.slug in RESERVED
    ]
    if problems:
        raise BuildError(*problems)
