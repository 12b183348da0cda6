"""The search of the site: what stands in its pages, and the index that the worker behind the search box reads.

A small site has one file, ``render_index``. From ``LARGE_SITE`` pages on each shard makes its part, ``pages_to_shard``,
``shards_to_run`` joins those of a city, and ``write_large_index`` all of them.
"""

from generator.search.large import write_large_index
from generator.search.runs import SearchRun, cut_runs, shards_to_run
from generator.search.shard import SearchShard, ShardFiles, location_above, pages_to_shard
from generator.search.small import INDEX, numbers_to_runs, render_index, runs_to_numbers
from generator.search.texts import PageText, Searched, read_page

LARGE_SITE = 2_000
"""From so many pages on the index is the large one. The small one takes half a kilobyte a page of every visitor."""

__all__ = [
    "INDEX",
    "LARGE_SITE",
    "PageText",
    "SearchRun",
    "SearchShard",
    "Searched",
    "ShardFiles",
    "cut_runs",
    "location_above",
    "numbers_to_runs",
    "pages_to_shard",
    "read_page",
    "render_index",
    "runs_to_numbers",
    "shards_to_run",
    "write_large_index",
]
