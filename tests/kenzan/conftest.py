"""The command line run in this process, and its reading replaced by hand-made reports."""

from __future__ import annotations

import io
import sys
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import pytest

from kenzan import cli
from kenzan.errors import DamagedError

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from kenzan.schemas.audit import AuditResult
    from kenzan.schemas.report import Report


@dataclass(frozen=True)
class Ran:
    """What a run of the command line gave."""

    code: int
    out: str
    err: str


@pytest.fixture
def run(
    capfdbinary: pytest.CaptureFixture[bytes], monkeypatch: pytest.MonkeyPatch
) -> Callable[..., Ran]:
    """Run ``kenzan`` with these arguments, in English unless they say otherwise."""
    monkeypatch.setenv("LC_ALL", "C.UTF-8")
    monkeypatch.delenv("KENZAN_LANG", raising=False)
    monkeypatch.setenv("COLUMNS", "80")

    def run_kenzan(*arguments: str, stdin: bytes = b"") -> Ran:
        monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(stdin)))
        code = cli.main(arguments)
        sys.stdout.flush()
        sys.stderr.flush()
        out, err = capfdbinary.readouterr()
        return Ran(code, out.decode("utf-8"), err.decode("utf-8"))

    return run_kenzan


@pytest.fixture
def hand_made(monkeypatch: pytest.MonkeyPatch, report: Report, audit: AuditResult) -> None:
    """Every file reads as the hand-made report; one whose name says so is broken."""

    def read(source: Path | bytes, name: str, options: object) -> Report:
        if "broken" in name:
            raise DamagedError(name)
        if "defect" in name:
            from kenzan.errors import DefectError

            raise DefectError(name, "ZeroDivisionError: division by zero")
        row = replace(report.document, document=name)
        return replace(report, document=row)

    def judge(content: Report, profile: object = None) -> tuple[Report, AuditResult]:
        if "clean" in content.document.document:
            return content, replace(audit, findings=(), details=audit.details[1:])
        return content, audit

    monkeypatch.setattr("kenzan._sources.read_content", read)
    monkeypatch.setattr("kenzan._sources.audit_content", judge)
