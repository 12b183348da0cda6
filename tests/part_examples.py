"""The repository's own content as a site in three parts."""

from __future__ import annotations

import shutil
from pathlib import Path

from generator import parts, yamlfile
from generator.api import render_record
from generator.model import Split, SplitPart
from generator.pages.outline import City, registers_to_cities
from generator.publish import assess_content, write_part_content
from tests.conftest import REPOSITORY
from tests.kept_examples import records_of

CONTENT = REPOSITORY / "content"
SLUGS = ("shaoxing", "huzhou", "hangzhou")
SPLIT = Split(
    home="https://example.org/duixian/",
    parts=tuple(SplitPart(slug, f"https://{slug}.example.org/x/") for slug in SLUGS),
)


def write_split(root: Path) -> None:
    """Write ``content`` below a folder: ours with its split, and the record of each part as its site would have it."""
    shutil.copytree(CONTENT, root / "content")
    yamlfile.dump(SPLIT, root / "content" / parts.FILE)
    (root / "content" / parts.RECORDS).mkdir()
    for slug in SLUGS:
        record = part_records(root, slug)["index.json"]
        (root / "content" / parts.RECORDS / f"{slug}.json").write_text(record, encoding="utf-8")


def part_cities(root: Path, slug: str) -> tuple[City, ...]:
    """The cities of a part, whose content is written below the folder."""
    write_part_content(root / "content", slug, root / slug)
    return registers_to_cities(assess_content(root / slug))


def part_records(root: Path, slug: str) -> dict[str, str]:
    """Address → JSON of a part."""
    records = records_of(part_cities(root, slug), "兑现")
    return {address: render_record(record).decode() for address, record in records}
