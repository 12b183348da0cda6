"""The static JSON API: one address for each thing, beside its page, and the description of all addresses."""

from generator.api.commitment import releases_to_records, render_retired_twin, render_twin
from generator.api.files import city_to_records, list_site_records
from generator.api.openapi import SiteSaid, make_description
from generator.api.places import home_record
from generator.api.render import render_record

__all__ = [
    "SiteSaid",
    "city_to_records",
    "home_record",
    "list_site_records",
    "make_description",
    "releases_to_records",
    "render_record",
    "render_retired_twin",
    "render_twin",
]
