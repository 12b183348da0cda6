"""How fast documents are read, and how fast the search answers: made up inputs, the real thing timed, a table."""

from generator.bench.measure import Timing, bench_ingest
from generator.bench.report import timings_to_json, timings_to_table
from generator.bench.search import bench_search, timing_to_lines

__all__ = ["Timing", "bench_ingest", "bench_search", "timing_to_lines", "timings_to_json", "timings_to_table"]
