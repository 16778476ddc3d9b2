"""What was read against what was printed, cell by cell."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING
from unicodedata import normalize

if TYPE_CHECKING:
    from bench.kpi_reports.model import Cell, KpiReport
    from kenzan.schemas.audit import AuditResult
    from kenzan.schemas.report import Report
    from kenzan.schemas.tables import Observation

_TITLES = {
    "previous-target": "前年度目標との差",
    "previous-actual": "前年度実績との差",
    "baseline": "当初",
    "same-target": "当年度目標との差",
}
_LOUD = {"error", "warning"}


def judge_report(
    report: KpiReport, read: Report, audit: AuditResult
) -> tuple[Counter[str], list[str]]:
    """Counts (cells, right, misplaced, open, findings, stated, convention), and faults in words."""
    counts: Counter[str] = Counter()
    faults: list[str] = []
    found = {_key_of(row): row for row in read.observations}
    for cell in report.truth:
        row = found.pop(_key(cell.project, cell.indicator, cell.period, cell.measure), None)
        state = _compare(cell, row)
        counts["cells"] += 1
        counts[state] += 1
        if state != "right":
            faults.append(f"{state}: {_show(cell)} but {_show(row) if row else 'nothing'}")
    for row in found.values():
        if row.status == "reported" and row.measure in ("target", "actual", "baseline"):
            counts["misplaced"] += 1
            faults.append(f"spurious: {_show(row)}")
    loud = [one for one in audit.findings if one.severity in _LOUD]
    counts["findings"] += len(loud)
    faults += [f"{one.rule} {one.period} {one.printed}: {one.message_en}" for one in loud]
    stated = [one for one in audit.conventions if one.relation == "delta" and one.certain]
    counts["stated"] += bool(stated)
    counts["convention"] += any(_TITLES[report.convention] in one.title_ja for one in stated)
    return counts, faults


def _compare(cell: Cell, row: Observation | None) -> str:
    if row is None or row.status == "unreadable":
        return "right" if row is None and cell.status == "not_reported" else "open"
    same = (row.value, row.delta, row.status, row.fiscal_year) == (
        cell.value,
        cell.delta,
        cell.status,
        cell.fiscal_year,
    )
    raw = (row.value_raw or "", row.delta_raw or "") == (cell.value_raw, cell.delta_raw)
    return "right" if same and raw else "misplaced"


def _key_of(row: Observation) -> tuple[str, ...]:
    return _key(row.project, row.indicator, row.period, row.measure)


def _key(
    project: str | None, indicator: str | None, period: str | None, measure: str
) -> tuple[str, ...]:
    texts = (project or "", indicator or "", period or "")
    return (*("".join(normalize("NFKC", text).split()) for text in texts), measure)


def _show(row: Cell | Observation) -> str:
    return (
        f"{row.project} {row.indicator} {row.period} {row.fiscal_year} {row.measure} "
        f"{row.value_raw!r} {row.delta_raw!r} {row.status}"
    )
