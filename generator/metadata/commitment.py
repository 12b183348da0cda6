"""What search engines read about one commitment: the JSON-LD of its page."""

from __future__ import annotations

import msgspec

from generator.pages.commitment_page import CommitmentPage


def render_json_ld(page: CommitmentPage, site_url: str) -> str:
    """A commitment as schema.org sees it: a creative work that is part of a data set. Its documents are in its twin."""
    data = {
        "@context": "https://schema.org",
        "@type": "CreativeWork",
        "@id": f"{site_url}{page.year.path}/{page.file}.html",
        "identifier": page.commitment.id,
        "name": page.title,
        "isPartOf": {"@type": "Dataset", "@id": f"{site_url}{page.year.path}/"},
    }
    return msgspec.json.encode(data).decode()
