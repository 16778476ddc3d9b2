"""The audit of one document, laid out for a person who does not program.

What was read, how the document counts, what the sums gave; then each finding with its place, the
figure as printed, what the other figures lead to, the working, and the likeliest slip.
"""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from kenzan.terminal.cleaning import clean_text
from kenzan.terminal.convention_view import convention_lines
from kenzan.terminal.coverage_view import coverage_lines
from kenzan.terminal.finding_view import finding_lines, order_findings, severity_of
from kenzan.terminal.layout import Sheet

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from rich.text import Text

    from kenzan.schemas.audit import AuditResult
    from kenzan.schemas.report import Report
    from kenzan.terminal.wording import Words

_SHEETS = ("xlsx", "xls")


class AuditView:
    """One document's audit as lines of at most ``width`` cells."""

    def __init__(self, report: Report, result: AuditResult, words: Words, width: int) -> None:
        self._report = report
        self._result = result
        self._words = words
        self._sheet = Sheet(width, label_width=9)

    def lines(self, *, explain: bool = False) -> Iterator[Text]:
        """All lines, top to bottom."""
        yield from self._head()
        yield from self._summary()
        if explain:
            from kenzan.terminal.explain_view import explain_lines

            yield from explain_lines(self._report, self._words, self._sheet)
        yield from self._findings()
        yield self._sheet.blank()

    def _head(self) -> Iterator[Text]:
        row = self._report.document
        yield self._sheet.rule()
        title = " ".join(filter(None, (row.label, row.title)))
        if title:
            yield from self._sheet.paragraph(clean_text(title), "bold")
        facts = [clean_text(row.document), self._words.name("kind", row.kind), self._pages()]
        yield from self._sheet.paragraph(
            self._words.pick(" ・ ", " · ").join(filter(None, facts)), "dim"
        )
        if row.status == "partial":
            reason = self._words.say("audit.partial", reason=clean_text(row.error))
            yield from self._sheet.paragraph(reason, "yellow")
        yield self._sheet.blank()

    def _pages(self) -> str:
        row = self._report.document
        if row.kind in _SHEETS:
            return self._words.say("audit.sheets", count=row.pages)
        if row.pages == 1:
            return self._words.say("audit.one_page")
        return self._words.say("audit.pages", count=row.pages) if row.pages else ""

    def _summary(self) -> Iterator[Text]:
        if not self._report.observations:
            yield from self._sheet.paragraph(self._words.say("audit.no_tables"), "yellow")
            return
        yield from self._entry("read", self._read())
        yield from self._entries("omitted", self._omitted())
        conventions = convention_lines(self._result.conventions, self._words)
        yield from self._entries("counting", conventions)
        yield from self._entries("checked", coverage_lines(self._result.counts, self._words))
        yield from self._entry("sums", self._sums())

    def _entry(self, label: str, text: str) -> Iterator[Text]:
        name = self._words.say(f"audit.{label}") if label else ""
        yield from self._sheet.entry(name, clean_text(text))

    def _entries(self, label: str, texts: Iterable[str]) -> Iterator[Text]:
        """Several entries under one label."""
        for number, text in enumerate(texts):
            yield from self._entry(label if number == 0 else "", text)

    def _read(self) -> str:
        report = self._report
        counts = self._words.say(
            "audit.read_counts",
            projects=len(report.projects),
            indicators=len(report.indicators),
            figures=len(report.observations),
        )
        statuses = Counter(row.status for row in report.observations)
        missing = [
            f"{self._words.name('status', status)} {count:,}"
            for status, count in sorted(statuses.items())
            if status != "reported"
        ]
        return counts + (
            self._words.pick("（{}）", " ({})").format(", ".join(missing)) if missing else ""
        )

    def _omitted(self) -> Iterator[str]:
        plain = self._words.say("audit.omitted_plain")
        for project in self._report.projects:
            if project.kpi_status == "omitted":
                name = f"{project.project} {project.project_name}".strip()
                reason = project.omitted_reason or plain
                yield self._words.say("audit.omitted_project", project=name, reason=reason)

    def _sums(self) -> str:
        checks = self._result.checks
        if not checks:
            return self._words.say("audit.nothing_checked")
        verdicts = Counter(check.verdict for check in checks)
        return self._words.say(
            "audit.check_counts",
            checks=len(checks),
            consistent=verdicts["consistent"],
            inconsistent=verdicts["inconsistent"],
            undecided=verdicts["undecided"],
        )

    def _findings(self) -> Iterator[Text]:
        findings = order_findings(self._result.findings)
        if not findings:
            if self._result.checks:
                yield self._sheet.blank()
                text = self._words.say("audit.all_consistent")
                yield from self._sheet.paragraph(text, "bold green")
            return
        yield self._sheet.blank()
        tally = Counter(severity_of(finding) for finding in findings)
        names = (f"{self._words.name('severity', key)} {count:,}" for key, count in tally.items())
        key = "audit.one_finding" if len(findings) == 1 else "audit.findings"
        head = self._words.say(key, count=len(findings))
        yield from self._sheet.paragraph(f"{head}: {', '.join(names)}", "bold")
        for number, finding in enumerate(findings, 1):
            yield self._sheet.blank()
            yield from finding_lines(number, finding, self._report, self._words, self._sheet)
