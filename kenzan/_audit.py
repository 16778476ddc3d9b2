"""``audit_report`` and what it gives: every sum done again, with its working."""

from __future__ import annotations

from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from kenzan._guard import errors_of_kenzan
from kenzan._report import Report

if TYPE_CHECKING:
    from collections.abc import Sequence

    import pandas as pd

    from kenzan.audit import Profile
    from kenzan.schemas.audit import AuditResult, Convention, Counts
    from kenzan.schemas.report import Report as Content

_SUSPICION = "KZ9"


def audit_report(report: Report, *, profile: str | Path | None = None) -> Audit:
    """Do every sum of a report again, under the profile in a file if one is given.

    Raises:
        UsageError: the profile cannot be used.
        DefectError: kenzan itself went wrong; findings are data, never exceptions.
    """
    return Audit(*audit_content(report.content, choose_profile(profile)))


def choose_profile(path: str | Path | None) -> Profile | None:
    """The profile in a file; ``None`` if there is no path.

    Raises:
        UsageError: it cannot be used.
    """
    from kenzan.audit import read_profile

    return None if path is None else read_profile(Path(path))


def audit_content(content: Content, profile: Profile | None = None) -> tuple[Content, AuditResult]:
    """Audit typed rows; the report comes back with its conventions filled in."""
    from kenzan.audit import audit_report as judge
    from kenzan.audit import with_conventions

    with errors_of_kenzan(content.document.document):
        result = judge(content, profile=profile)
        return with_conventions(content, result), result


def audit_contents(
    contents: Sequence[Content], profile: Profile | None = None
) -> list[tuple[Content, AuditResult]]:
    """Audit reports against each other as well: what was restated, which goals moved."""
    from kenzan.audit import audit_reports as judge
    from kenzan.audit import with_conventions

    with errors_of_kenzan(", ".join(one.document.document for one in contents)):
        results = judge(contents, profile=profile)
        pairs = zip(contents, results, strict=True)
        return [(with_conventions(content, result), result) for content, result in pairs]


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
