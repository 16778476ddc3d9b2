"""Reports like 資料６ with other names, figures, years and conventions, read and audited.

    python bench/kpi_variants.py [--count 100] [--first 0] [--show 3]

Each seed gives one report, set as PDF with ruled tables and as linear text with and without the
marks of a producer. Printed for each: cells right, cells in a wrong place, cells left open,
findings raised on these consistent reports, conventions named right.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING

sys.path.append(str(Path(__file__).resolve().parents[1]))

from bench.kpi_reports import make_report, render_pdf, render_text
from bench.kpi_reports.scoring import judge_report
from kenzan.audit import audit_report, with_conventions
from kenzan.extract import read_document
from kenzan.interpret import interpret_document

if TYPE_CHECKING:
    from bench.kpi_reports import KpiReport


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--count", type=int, default=100)
    parser.add_argument("--first", type=int, default=0)
    parser.add_argument("--show", type=int, default=0, help="reports with faults to show, a form")
    given = parser.parse_args()
    print("| form | cells | right | misplaced | open | findings | convention right |")
    print("|---|--:|--:|--:|--:|--:|--:|")
    for form in ("pdf", "marked text", "plain text"):
        total: Counter[str] = Counter()
        shown = 0
        for seed in range(given.first, given.first + given.count):
            counts, faults = measure(make_report(seed), form)
            total += counts
            if faults and shown < given.show:
                shown += 1
                print(f"  seed {seed}:", *faults[:12], sep="\n    ", file=sys.stderr)
        names = ("cells", "right", "misplaced", "open", "findings")
        numbers = " | ".join(f"{total[name]:,}" for name in names)
        print(f"| {form} | {numbers} | {total['convention']}/{total['stated']} |", flush=True)


def measure(report: KpiReport, form: str) -> tuple[Counter[str], list[str]]:
    """The counts of one report in one form, and what was wrong, in words."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / ("report.pdf" if form == "pdf" else "report.txt")
        if form == "pdf":
            render_pdf(report, path)
        else:
            path.write_text(render_text(report, marks=form == "marked text"), "utf-8")
        read = interpret_document(read_document(path))
    audit = audit_report(read)
    return judge_report(report, with_conventions(read, audit), audit)


if __name__ == "__main__":
    main()
