"""The rows that one document adds to each table, and their values as text."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

from kenzan.schemas.columns import columns_of
from kenzan.schemas.tables import TABLES, Row

if TYPE_CHECKING:
    from collections.abc import Sequence

    from kenzan.schemas.audit import AuditResult
    from kenzan.schemas.report import Report

Cell = str | int | Decimal | float | None

MODELS: dict[str, type[Row]] = {model.table: model for model in TABLES}


def rows_of(table: str, report: Report, audit: AuditResult) -> Sequence[Row]:
    """The rows that one document adds to a table."""
    match table:
        case "documents":
            return (report.document,)
        case "checks":
            return audit.checks
        case "findings":
            return audit.findings
        case _:
            rows: Sequence[Row] = getattr(report, table)
            return rows


def values_of(row: Row) -> list[Cell]:
    """The values of a row in the order of its columns."""
    return [getattr(row, column.name) for column in columns_of(type(row))]


def render_cell(value: Cell) -> str:
    """A value in plain ASCII digits, without exponent or grouping; empty for ``None``."""
    if value is None:
        return ""
    if isinstance(value, Decimal):
        return format(value, "f")
    return str(value)
