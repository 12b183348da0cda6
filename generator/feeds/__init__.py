"""Feeds of changes in the data, Atom and JSON: for everything, for each place and for each of its departments."""

from generator.feeds.entries import Entry, Feed, city_feeds, site_feed
from generator.feeds.formats import render_atom, render_json_feed

__all__ = ["Entry", "Feed", "city_feeds", "render_atom", "render_json_feed", "site_feed"]
