"""Assessed registers → the published tables, column by column as ``content/schemas/*.yml`` says.

A row is a dict whose keys are the columns of its schema, in their order. Values are ``str`` (``""`` for "not
printed"), ``int``, ``Decimal``, ``bool``, ``date`` or ``None`` ("no value"). Rows come in the order of the
registers (place, year, programme) and of the documents, never in set order.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

from generator.lookups import Places
from generator.model import AssessedRegister, Catalogue
from generator.steps import step
from generator.tables.catalogued import commitment_theme_rows, measure_rows, theme_rows
from generator.tables.cells import Row, Tables, area_code, leading_names, render_cell, unit_name
from generator.tables.found import finding_rows
from generator.tables.judged import checked_columns, judged_rows
from generator.tables.promised import (
    allocation_rows,
    appraisal_rows,
    commitment_rows,
    milestone_rows,
    responsibility_rows,
    restated_target_rows,
    restatement_rows,
    source_rows,
    target_rows,
)
from generator.tables.reported import rate_rows, report_rows, result_rows

__all__ = [
    "Row",
    "Tables",
    "area_code",
    "assessed_to_tables",
    "leading_names",
    "render_cell",
    "unit_name",
]


@step("tables")
def assessed_to_tables(registers: Sequence[AssessedRegister], places: Places) -> Tables:
    """The published tables of these registers, all of ``TABLES``, empty ones included."""
    ordered = sorted(registers, key=lambda a: (a.register.place, a.register.year, a.register.programme))
    tables = {
        name: [
            {**row, **checked_columns(name, row, judged)}
            for assessed, judged in zip(ordered, map(judged_rows, ordered), strict=True)
            for row in rows_of(assessed, places)
        ]
        for name, rows_of in _ROWS.items()
    }
    catalogue = ordered[0].catalogue if ordered else Catalogue()
    return {**tables, "themes": list(theme_rows(catalogue)), "measures": list(measure_rows(catalogue))}


_ROWS: dict[str, Callable[[AssessedRegister, Places], Iterator[Row]]] = {
    "sources": source_rows,
    "commitments": commitment_rows,
    "responsibilities": responsibility_rows,
    "targets": target_rows,
    "milestones": milestone_rows,
    "allocations": allocation_rows,
    "reports": report_rows,
    "results": result_rows,
    "rates": rate_rows,
    "restatements": restatement_rows,
    "restated_targets": restated_target_rows,
    "appraisals": appraisal_rows,
    "findings": finding_rows,
    "commitment_themes": commitment_theme_rows,
}
