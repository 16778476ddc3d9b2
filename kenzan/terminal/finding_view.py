"""One finding on the terminal: what, where, printed, expected, working, likeliest slip."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rich.cells import cell_len
from rich.text import Text

from kenzan.export.message import show_expected, sort_message
from kenzan.terminal.cleaning import clean_text

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from kenzan.schemas.report import Report
    from kenzan.schemas.tables import Finding
    from kenzan.terminal.layout import Sheet
    from kenzan.terminal.wording import Words

_STYLES = {
    "error": "bold white on red",
    "warning": "bold black on yellow",
    "notice": "bold black on cyan",
    "suspicion": "bold black on magenta",
}
_ORDER = tuple(_STYLES)
_INDENT = 4
_SUSPICION = "KZ9"


def severity_of(finding: Finding) -> str:
    """The severity, or ``suspicion`` where we doubt our own reading."""
    return "suspicion" if finding.rule.startswith(_SUSPICION) else finding.severity


def order_findings(findings: Iterable[Finding]) -> list[Finding]:
    """Gravest first; among equals in the order of the document."""
    return sorted(findings, key=lambda finding: _ORDER.index(severity_of(finding)))


def finding_lines(
    number: int, finding: Finding, report: Report, words: Words, sheet: Sheet
) -> Iterator[Text]:
    """All lines of one finding; what it does not say has no line."""
    severity = severity_of(finding)
    head = Text(f"{number:>3} ").append(
        f" {words.name('severity', severity)} ", style=_STYLES[severity]
    )
    title = rule_title(finding.rule, words)
    if head.cell_len + cell_len(title) + len(finding.rule) + 3 <= sheet.width:
        yield sheet.ends(head.append(f" {title}", style="bold"), finding.rule)
    else:
        yield sheet.ends(head, finding.rule)
        yield from sheet.paragraph(title, "bold", _INDENT)
    for label, text, style in _entries(finding, report, words):
        if text:
            name = words.say(f"audit.{label}")
            yield from sheet.entry(name, clean_text(text), style, _INDENT)


def _entries(finding: Finding, report: Report, words: Words) -> Iterator[tuple[str, str, str]]:
    """Label, text and style of each entry, in the order a reader asks for them."""
    said = words.pick(finding.message_ja, finding.message_en)
    message = sort_message(said, finding.printed, japanese=words.lang == "ja")
    yield "place", _place(finding, report, words), ""
    yield "figure", _figure(finding, words), ""
    yield "printed", finding.printed, "bold"
    yield "expected", show_expected(finding.expected, finding.printed), "bold"
    yield "formula", message.working, ""
    yield "repair", message.slip, ""
    yield "message", message.rest, ""


def _place(finding: Finding, report: Report, words: Words) -> str:
    names = {row.project: row.project_name for row in report.projects}
    parts = []
    if finding.line is not None:
        parts.append(words.say("audit.line", line=finding.line))
    elif finding.page is not None:
        sheet = report.document.kind in ("xlsx", "xls")
        parts.append(words.say("audit.sheet" if sheet else "audit.page", page=finding.page))
    if finding.project:
        parts.append(f"{finding.project} {names.get(finding.project, '')}".strip())
    return words.pick("、", ", ").join(parts)


def _figure(finding: Finding, words: Words) -> str:
    measure = finding.measure_label or words.name("measure", finding.measure)
    parts = (finding.group, finding.indicator, finding.period, measure)
    return " / ".join(part for part in parts if part)


def rule_title(rule: str, words: Words) -> str:
    """What the rule is called; nothing if the registry does not know it."""
    from kenzan.terminal.rules_view import find_rule

    known = find_rule(rule)
    return words.pick(known.title_ja, known.title_en) if known else ""
