"""The index of a batch's pages: every document with its state, what was found, and its page."""

from __future__ import annotations

from typing import TYPE_CHECKING, Self

from kenzan import __version__
from kenzan.errors import retell_error
from kenzan.export.html_report import load_frame, load_template
from kenzan.export.rows import render_cell
from kenzan.schemas.records import dataclass

if TYPE_CHECKING:
    from collections.abc import Sequence

    from kenzan.schemas.audit import AuditResult
    from kenzan.schemas.report import Report

_COLUMNS = (
    ("文書", "document", False),
    ("結果", "outcome", False),
    ("数値", "figures", True),
    ("検算", "checked", True),
    ("不整合", "inconsistent", True),
    ("要確認", "to look at", True),
    ("参考", "notes", True),
)


@dataclass(frozen=True, slots=True)
class IndexEntry:
    """One document in the index."""

    document: str
    title: str
    status: str
    error: str
    same_as: str
    page: str
    figures: int
    checked: int
    errors: int
    warnings: int
    notices: int
    pages: int
    seconds: str
    undrawn: bool = False
    """Whether its page could not be made, though its data is whole."""

    @property
    def readable(self) -> bool:
        """Whether there is a page about it."""
        return self.status in ("done", "partial") and not (self.same_as or self.undrawn)

    @property
    def reasons(self) -> tuple[str, str]:
        """Why it could not be read, or not whole, in Japanese and English."""
        return retell_error(self.error, "ja"), retell_error(self.error, "en")

    @classmethod
    def of(cls, report: Report, audit: AuditResult, page: str) -> Self:
        """The entry of one document."""
        row = report.document
        tally = [finding.severity for finding in audit.findings]
        return cls(
            row.document,
            row.title,
            row.status,
            row.error,
            row.duplicate_of,
            page,
            audit.counts.figures,
            audit.counts.checked,
            tally.count("error"),
            tally.count("warning"),
            tally.count("notice"),
            row.pages,
            render_cell(row.seconds),
        )


def render_index(entries: Sequence[IndexEntry], lang: str = "ja") -> str:
    """The page; documents with inconsistencies first, then failures, then the rest."""
    ordered = sorted(
        entries,
        key=lambda entry: (
            -entry.errors,
            -entry.warnings,
            entry.status != "failed",
            entry.document,
        ),
    )
    return load_template("index.html.j2").render(
        lang=lang,
        version=__version__,
        **load_frame("index.js"),
        columns=_COLUMNS,
        entries=ordered,
        totals={
            "documents": len(entries),
            "failed": sum(entry.status == "failed" for entry in entries),
            "figures": sum(entry.figures for entry in entries),
            "checked": sum(entry.checked for entry in entries),
            "errors": sum(entry.errors for entry in entries),
            "warnings": sum(entry.warnings for entry in entries),
        },
    )
