"""Excel workbook for people: a summary, the findings, all figures, and each table as published.

Written row by row in constant memory. Text is always text, never a formula or a link. Figures are
numbers shown with their printed decimals; those of more than 15 digits are text, as Excel would
change them. Figures at odds are coloured, with the working in a note on the cell.
"""

from __future__ import annotations

from collections import Counter
from contextlib import contextmanager
from typing import TYPE_CHECKING

from kenzan.export.figure_marks import find_marks
from kenzan.export.workbook_sheets import Book, Note, TidySheet
from kenzan.export.workbook_tables import has_figures, write_table
from kenzan.schemas.tables import Observation

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from kenzan.export.formats import Add
    from kenzan.export.rows import Cell
    from kenzan.export.workbook_sheets import Look
    from kenzan.schemas.audit import AuditResult
    from kenzan.schemas.report import Report
    from kenzan.schemas.tables import Finding

FILE_NAME = "kenzan.xlsx"
MOST_TABLES = 200
_SUMMARY = (
    ("文書\ndocument", 34),
    ("題名\ntitle", 48),
    ("状態\nstatus", 10),
    ("理由\nerror", 30),
    ("事業\nprojects", 10),
    ("指標\nindicators", 11),
    ("数値の欄\ncells", 10),
    ("読み取った数値\nfigures", 14),
    ("検算した数値\nchecked", 13),
    ("合う\nconsistent", 11),
    ("合わない\ninconsistent", 12),
    ("判定できない\nundecided", 13),
    ("対象外\nunchecked", 10),
    ("指摘: 不整合\nerrors", 13),
    ("指摘: 要確認\nwarnings", 13),
    ("指摘: 参考\nnotices", 12),
    ("数え方\nconventions", 60),
)
# The columns of findings as a person reads them; the names of the data stand below.
_FINDINGS = (
    ("severity", "判定", 13),
    ("document", "文書", 24),
    ("page", "ページ", 8),
    ("line", "行", 6),
    ("project", "事業", 8),
    ("group", "区分", 18),
    ("indicator", "指標", 34),
    ("period", "年度", 10),
    ("measure_label", "見出し", 12),
    ("printed", "印字", 16),
    ("expected", "検算値", 14),
    ("message_ja", "説明", 60),
    ("message_en", "説明（英語）", 60),
    ("formula", "計算", 34),
    ("repair", "考えられる原因", 34),
    ("confidence", "確信度", 11),
    ("rule", "規則", 8),
    ("measure", "種別", 11),
    ("x0", "", 8),
    ("top", "", 8),
    ("x1", "", 8),
    ("bottom", "", 8),
    ("id", "番号", 15),
)
_SEVERITIES = {"error": "不整合 error", "warning": "要確認 warning", "notice": "参考 notice"}
_LOOKS: dict[str, Look] = {"error": "inconsistent", "warning": "attention", "notice": "note"}


@contextmanager
def write_workbook(folder: Path) -> Iterator[Add]:
    """Write the sheets as documents come."""
    with Book(folder / FILE_NAME) as book:
        sheets = _Sheets(book)
        yield sheets.add
        sheets.close()


class _Sheets:
    """The sheets that every document adds to, and those of its tables."""

    def __init__(self, book: Book) -> None:
        self._book = book
        self._tables = 0
        self._summary = TidySheet(book, "概要 summary", _SUMMARY, page_wide=True)
        titles = [(f"{title}\n{name}".strip(), width) for name, title, width in _FINDINGS]
        self._findings = TidySheet(book, "指摘 findings", titles, page_wide=True)
        self._observations = TidySheet.of_model(book, "数値 observations", Observation)

    def add(self, report: Report, audit: AuditResult) -> None:
        """Take one document."""
        self._summary.write(_summarize(report, audit))
        for finding in audit.findings:
            values = [getattr(finding, name) for name, _, _ in _FINDINGS]
            values[0] = _SEVERITIES[finding.severity]
            self._findings.write(values, {0: Note(_LOOKS[finding.severity], "")})
        notes = find_notes(report, audit)
        for index, observation in enumerate(report.observations):
            found = ((field, notes.get((index, field))) for field in ("value", "delta"))
            own = {field: note for field, note in found if note is not None}
            self._observations.write_row(observation, own)
        for table in report.tables:
            # Each sheet costs memory and a tab: a batch of thousands has its figures in one sheet.
            if has_figures(table) and self._tables < MOST_TABLES:
                self._tables += 1
                title = table.title or report.document.document
                name = " ".join(filter(None, (str(self._tables), table.project, title)))
                write_table(self._book, name, table, report, notes)

    def close(self) -> None:
        """Put filters over what was written."""
        for sheet in (self._summary, self._findings, self._observations):
            sheet.close()


def find_notes(report: Report, audit: AuditResult) -> dict[tuple[int, str], Note]:
    """The figures to colour, by observation and field, each with what its note says."""
    texts = {finding.id: _describe(finding) for finding in audit.findings}
    looks: dict[str, Look] = {finding.id: _LOOKS[finding.severity] for finding in audit.findings}
    notes: dict[tuple[int, str], Note] = {}
    for mark in find_marks(report, audit):
        if mark.finding in texts:
            note = Note(looks[mark.finding], texts[mark.finding])
        elif mark.state in ("inconsistent", "attention"):
            note = Note("attention", "\n".join(mark.formulas))
        else:
            continue
        notes[mark.observation, mark.field] = note
    return notes


def _describe(finding: Finding) -> str:
    parts = (
        f"{finding.rule} {finding.printed}",
        f"検算値 expected: {finding.expected}" if finding.expected else "",
        finding.message_ja,
        finding.message_en,
    )
    return "\n".join(filter(None, parts))


def _summarize(report: Report, audit: AuditResult) -> list[Cell]:
    row, counts = report.document, audit.counts
    severities = Counter(finding.severity for finding in audit.findings)
    conventions = "\n".join(
        f"{entry.title_ja} / {entry.title_en}: {entry.held}/{entry.tested}"
        for entry in audit.conventions
        if entry.scope == "document"
    )
    sizes = (len(report.projects), len(report.indicators), len(report.observations))
    figures = (counts.figures, counts.checked, counts.consistent)
    doubts = (counts.inconsistent, counts.undecided, counts.unchecked)
    found = (severities["error"], severities["warning"], severities["notice"])
    texts = (row.document, row.title, row.status, row.error)
    return [*texts, *sizes, *figures, *doubts, *found, conventions]
