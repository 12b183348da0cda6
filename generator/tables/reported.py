"""Rows of what documents report: reports, results, published rates."""

from __future__ import annotations

from collections.abc import Iterator

from generator.lookups import Places
from generator.model import AssessedRegister
from generator.tables.cells import Row, area_code, published_id, published_number


def report_rows(assessed: AssessedRegister, places: Places) -> Iterator[Row]:
    """One row for each passage about progress."""
    for one in assessed.commitments:
        for report in one.commitment.reports:
            yield {
                "report_id": published_id(one, report.id),
                "commitment_id": one.commitment.id,
                "source_id": report.source,
                "as_of": report.as_of,
                "text": report.text,
                "start": report.start,
                "end": report.end,
            }


def result_rows(assessed: AssessedRegister, places: Places) -> Iterator[Row]:
    """One row for each number of a report."""
    for one in assessed.commitments:
        for report in one.commitment.reports:
            for result in report.results:
                yield {
                    "result_id": published_id(one, report.id, result.id),
                    "report_id": published_id(one, report.id),
                    "commitment_id": one.commitment.id,
                    "target_id": published_id(one, result.target),
                    "measure": result.measure,
                    "comparator": result.comparator,
                    "value": published_number(result.value),
                    "unit": result.unit,
                    "area": result.area,
                    "as_of": result.as_of,
                    "forecast": result.forecast,
                    "printed": result.printed,
                    "start": result.start,
                    "end": result.end,
                    "area_code": area_code(result.area, assessed.register.place, places) if result.area else "",
                    "relation": result.relation if result.target else "",
                    "part_of": published_id(one, report.id, result.part_of) if result.part_of else "",
                    "appraisal": result.appraisal or "",
                }


def rate_rows(assessed: AssessedRegister, places: Places) -> Iterator[Row]:
    """One row for each published rate, beside the one recomputed."""
    for one in assessed.commitments:
        for checked in one.rates:
            rate = checked.rate
            yield {
                "rate_id": published_id(one, checked.report, rate.id),
                "report_id": published_id(one, checked.report),
                "commitment_id": one.commitment.id,
                "target_id": published_id(one, rate.target),
                "result_id": published_id(one, checked.report, checked.result or rate.result),
                "published": published_number(rate.published),
                "recomputed": published_number(checked.recomputed),
                "difference": published_number(checked.difference),
                "verdict": checked.verdict,
                "basis": rate.basis,
                "start": rate.start,
                "end": rate.end,
                "printed": rate.printed,
                "reason": checked.reason,
                "implied_base": published_number(checked.implied_base),
                "base": published_number(checked.base),
                "base_unit": checked.base_unit,
                "base_kind": checked.base_kind or "",
                "base_printed": checked.base_printed,
                "base_start": checked.base_start,
                "base_end": checked.base_end,
                "of_target": published_number(checked.of_target),
            }
