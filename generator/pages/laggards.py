"""Targets whose areas report their own figures: how many areas reach theirs, beside the figure of the whole place."""

from __future__ import annotations

from typing import Any

from generator.pages.commitment_page import commitment_file
from generator.pages.outline import CityYear
from generator.pages.texts import render_measure, render_share

Row = dict[str, Any]


def laggard_rows(year: CityYear) -> list[Row]:
    """One row a target, in the order of the commitments; none where no area reports on its own share."""
    return [
        {
            "measure": render_measure(target.target),
            "href": f"{commitment_file(year, item.commitment)}.html#{target.target.id}",
            "share": render_share(target.attained),
            "areas": target.areas.areas,
            "at_target": target.areas.at_target,
            "silent": target.areas.silent,
            "capped": render_share(target.areas.capped),
        }
        for item in year.commitments
        for target in item.targets
        if target.areas is not None
    ]
