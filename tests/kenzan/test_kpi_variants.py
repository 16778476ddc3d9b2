"""Reports like 資料６ with other names, figures, years, units and ways to count: all read right."""

from __future__ import annotations

import sys
from dataclasses import replace
from pathlib import Path

import pytest

sys.path.append(str(Path(__file__).resolve().parents[2]))

import kenzan
from bench.kpi_reports import KpiReport, make_report, render_pdf, render_text
from bench.kpi_reports.scoring import judge_report

SEEDS = range(100, 112)


def read(path: Path) -> kenzan.Audit:
    return kenzan.audit_report(kenzan.read_report(path))


def write(report: KpiReport, folder: Path, form: str) -> Path:
    path = folder / f"report.{'pdf' if form == 'pdf' else 'txt'}"
    if form == "pdf":
        render_pdf(report, path)
    else:
        path.write_text(render_text(report, marks=form == "marked text"), "utf-8")
    return path


@pytest.mark.parametrize("form", ["pdf", "marked text"])
@pytest.mark.parametrize("seed", SEEDS)
def test_every_cell_is_right_and_nothing_is_accused(seed: int, form: str, tmp_path: Path) -> None:
    report = make_report(seed)
    audit = read(write(report, tmp_path, form))
    counts, faults = judge_report(report, audit.report.content, audit.result)
    assert faults == []
    assert counts["right"] == counts["cells"]
    assert counts["convention"] == counts["stated"]


@pytest.mark.parametrize("seed", SEEDS)
def test_without_the_marks_of_a_producer_no_figure_is_misplaced(seed: int, tmp_path: Path) -> None:
    report = make_report(seed)
    audit = read(write(report, tmp_path, "plain text"))
    counts, _ = judge_report(report, audit.report.content, audit.result)
    assert counts["misplaced"] == 0
    assert counts["findings"] == 0


def test_digits_left_behind_a_change_are_found_in_any_of_them(tmp_path: Path) -> None:
    found = 0
    for seed in SEEDS:
        report = make_report(seed)
        cells = [cell for cell in report.truth if cell.delta is not None and cell.delta > 9]
        if len(cells) < 12:
            continue
        spoilt = cells[-1]
        for project in report.projects:
            for kpi in project.kpis:
                kpi.cells = [
                    replace(one, delta_raw=f"{one.delta_raw[:-1]}101{one.delta_raw[-1]}")
                    if one is spoilt
                    else one
                    for one in kpi.cells
                ]
        findings = read(write(report, tmp_path, "pdf")).result.findings
        errors = [one for one in findings if one.severity == "error"]
        assert [(one.indicator, one.period) for one in errors] == [
            (spoilt.indicator, spoilt.period)
        ]
        assert errors[0].expected == f"{spoilt.delta}"
        found += 1
    assert found >= 6
