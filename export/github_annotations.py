"""Annotations as workflow commands of GitHub Actions: one line a finding, on standard output.

Source: GitHub Docs, "Workflow commands for GitHub Actions"; values escape %, CR and LF, and
properties also colon and comma.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from kenzan.schemas.audit import AuditResult
    from kenzan.schemas.report import Report
    from kenzan.schemas.tables import Finding

_COMMANDS = {"error": "error", "warning": "warning", "notice": "notice"}


def render_annotations(
    pairs: Iterable[tuple[Report, AuditResult]],
    lang: str = "ja",
    paths: Mapping[str, str] | None = None,
) -> str:
    """All findings as workflow commands; ``paths`` map a document's name to its path."""
    return "".join(line + "\n" for line in _lines(pairs, lang, paths or {}))


def _lines(
    pairs: Iterable[tuple[Report, AuditResult]], lang: str, paths: Mapping[str, str]
) -> Iterator[str]:
    for _, audit in pairs:
        for finding in audit.findings:
            yield _line(finding, lang, paths.get(finding.document, finding.document))


def _line(finding: Finding, lang: str, path: str) -> str:
    message = finding.message_ja if lang == "ja" else finding.message_en
    parts = [f"file={_property(path)}", f"title={_property(finding.rule)}"]
    if finding.line is not None:
        parts.insert(1, f"line={finding.line}")
    page = f" (p. {finding.page})" if finding.page is not None and finding.line is None else ""
    return f"::{_COMMANDS[finding.severity]} {','.join(parts)}::{_value(message + page)}"


def _value(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _value(text).replace(":", "%3A").replace(",", "%2C")
