"""The JSON twin of a commitment's page."""

from __future__ import annotations

import json
from datetime import date
from decimal import Decimal

import msgspec

from generator.pages.commitment_page import CommitmentPage


def render_twin(page: CommitmentPage) -> str:
    """The record of a commitment, its assessment and its documents. Decimals are strings."""
    data = {
        "id": page.commitment.id,
        "place": msgspec.to_builtins(page.year.place),
        "year": page.year.year,
        "programme": page.programme,
        "title": page.title,
        "assessed": msgspec.to_builtins(page.item, enc_hook=str),
        "sources": [msgspec.to_builtins(source) for source in page.sources],
    }
    return json.dumps(data, ensure_ascii=False, indent=1, default=_json_value) + "\n"


def _json_value(value: object) -> str:
    if isinstance(value, Decimal | date):
        return str(value)
    raise TypeError(f"no JSON for {type(value).__name__}")
