"""Reports like 資料６, made from a seed: other projects, indicators, years, units, ways to count.

    report = make_report(7)
    report.truth          # every cell of its KPI tables
    render_text(report)   # as a PDF's text comes out: linear, no geometry
    render_pdf(report, path)

Nothing here is taken from the reader or from the sample: names, words and figures are drawn anew.
"""

from bench.kpi_reports.draw import make_report
from bench.kpi_reports.model import Cell, Kpi, KpiReport, Project
from bench.kpi_reports.pdf import render_pdf
from bench.kpi_reports.text import render_text

__all__ = ["Cell", "Kpi", "KpiReport", "Project", "make_report", "render_pdf", "render_text"]
