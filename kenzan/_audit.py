"""``audit_report`` and what it gives: every sum done again, with its working."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

from kenzan._guard import errors_of_kenzan
from kenzan._report import Report

if TYPE_CHECKING:
    import pandas as pd

    from kenzan.schemas.audit import AuditResult, Convention, Counts
    from kenzan.schemas.report import Report as Content

_SUSPICION = "KZ9"


def audit_report(report: Report) -> Audit:
    """Do every sum of a report again.

    Raises:
        DefectError: kenzan itself went wrong; findings are data, never exceptions.
    """
    return Audit(*audit_content(report.content))


def audit_content(content: Content) -> tuple[Content, AuditResult]:
    """Audit typed rows; the report comes back with its conventions filled in."""
    from kenzan.audit import audit_report as judge
    from kenzan.audit import with_conventions

    with errors_of_kenzan(content.document.document):
        result = judge(content)
        return with_conventions(content, result), result


def is_inconsistent(result: AuditResult) -> bool:
    """Whether figures do not agree: an error or a warning that is not a doubt about our reading."""
    return any(
        finding.severity in ("error", "warning") and not finding.rule.startswith(_SUSPICION)
        for finding in result.findings
    )


class Audit:
    """What the sums say: checks and findings as pandas frames, with the report they judge.

    ``result`` holds the same as typed rows, with the operands of each check.
    """

    def __init__(self, content: Content, result: AuditResult) -> None:
        self.report = Report(content)
        self.result = result

    @property
    def consistent(self) -> bool:
        """Whether no figure is at odds with the others (notices and doubts about reading aside)."""
        return not is_inconsistent(self.result)

    @property
    def conventions(self) -> tuple[Convention, ...]:
        """How the document counts, each with its support."""
        return self.result.conventions

    @property
    def counts(self) -> Counts:
        """How many figures were seen, checked and left."""
        return self.result.counts

    @cached_property
    def checks(self) -> pd.DataFrame:
        """Every sum done again, one a row."""
        return self._frame("checks")

    @cached_property
    def findings(self) -> pd.DataFrame:
        """What a reader should look at, one a row."""
        return self._frame("findings")

    def to_frames(self) -> dict[str, pd.DataFrame]:
        """All seven tables by name, with the columns of the contract in their order."""
        audited = {table: self._frame(table) for table in ("checks", "findings")}
        return {**self.report.to_frames(), **audited}

    def _frame(self, table: str) -> pd.DataFrame:
        from kenzan.export.frames import to_frame
        from kenzan.export.rows import MODELS, rows_of

        return to_frame(MODELS[table], rows_of(table, self.report.content, self.result))

    def __repr__(self) -> str:
        counts = f"{len(self.result.checks)} checks, {len(self.result.findings)} findings"
        return f"<kenzan.Audit {self.report.document.document!r}: {counts}>"

    def _repr_html_(self) -> str:
        from kenzan._notebook import render_audit

        return render_audit(self.report.content, self.result)
