"""How fast documents are read: synthetic documents, the whole ingest timed, a table. Knows nothing of the site."""

from generator.bench.measure import Timing, bench_ingest
from generator.bench.report import timings_to_json, timings_to_table

__all__ = ["Timing", "bench_ingest", "timings_to_json", "timings_to_table"]
