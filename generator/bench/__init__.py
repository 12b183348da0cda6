"""How fast documents are read, sites built and queries answered: made up inputs, the real thing timed, a table."""

from generator.bench.build import BuildBench, bench_build
from generator.bench.buildreport import build_to_json, build_to_lines
from generator.bench.largesearch import bench_large_search, large_timing_to_lines
from generator.bench.measure import Timing, bench_ingest
from generator.bench.report import timings_to_json, timings_to_table
from generator.bench.rivals import find_rivals
from generator.bench.search import bench_search, timing_to_lines

__all__ = [
    "BuildBench",
    "Timing",
    "bench_build",
    "bench_ingest",
    "bench_large_search",
    "bench_search",
    "build_to_json",
    "build_to_lines",
    "find_rivals",
    "large_timing_to_lines",
    "timing_to_lines",
    "timings_to_json",
    "timings_to_table",
]
