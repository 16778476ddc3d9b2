"""What a report of this kind holds, before it is set in any format."""

from __future__ import annotations

from dataclasses import dataclass, field
from decimal import Decimal
from typing import Literal

Convention = Literal["previous-target", "previous-actual", "baseline", "same-target"]
Status = Literal["reported", "not_reported", "not_applicable"]


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell of a KPI table, as printed and as meant. ``fiscal_year`` is ``None`` at a baseline."""

    project: str
    indicator: str
    period: str
    fiscal_year: int | None
    measure: Literal["target", "actual"]
    value: Decimal | None
    delta: Decimal | None
    status: Status
    value_raw: str
    delta_raw: str


@dataclass(slots=True)
class Kpi:
    """An indicator with its cells in the order of the years, target before actual."""

    name: str
    unit: str
    cells: list[Cell] = field(default_factory=list)
    status_text: str = ""
    reason: str = ""


@dataclass(slots=True)
class Project:
    """A section of the report. ``omitted`` is why its KPIs are left out, if they are."""

    letter: str
    name: str
    overview: str
    plans: list[tuple[str, list[str]]]
    kpis: list[Kpi] = field(default_factory=list)
    omitted: str = ""


@dataclass(slots=True)
class KpiReport:
    """The whole report."""

    seed: int
    label: str
    title: str
    periods: list[str]
    convention: Convention
    projects: list[Project] = field(default_factory=list)

    @property
    def truth(self) -> list[Cell]:
        return [cell for one in self.projects for kpi in one.kpis for cell in kpi.cells]
