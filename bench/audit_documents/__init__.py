"""Clean reports in many layouts, conventions and notations, consistent by construction.

Every figure is computed first and rounded as the layout says; nothing is read from a file. The
reports have the shape that interpretation gives them, so that the audit is measured by itself.
``TRAPS`` hold what looks like an error and is none; ``FEW`` so few figures that nobody could tell.
"""

from __future__ import annotations

from collections.abc import Callable
from random import Random

from kenzan.schemas.report import Report

from .draft import Draft, add_table
from .few import FEW
from .indicators import kpi_report, rate_report
from .money import budget_report, correction_report, fund_report, settlement_report
from .roundings import ROUNDINGS
from .traps import TRAPS as LOOKALIKES
from .trends import price_report, trend_report

__all__ = ["FEW", "MAKERS", "TRAPS", "Draft", "add_table"]

TRAPS = {**LOOKALIKES, **ROUNDINGS}
MAKERS: dict[str, Callable[[Random], Report]] = {
    "kpi": kpi_report,
    "budget": budget_report,
    "correction": correction_report,
    "fund": fund_report,
    "settlement": settlement_report,
    "trend": trend_report,
    "rate": rate_report,
    "price": price_report,
}
