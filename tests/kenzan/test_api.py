"""The public API: its names, what loads when, and the errors that get out."""

from __future__ import annotations

import subprocess
import sys
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import pandas as pd
import pytest

import kenzan
from kenzan import errors

if TYPE_CHECKING:
    from kenzan.schemas.audit import AuditResult
    from kenzan.schemas.report import Report as Content


def test_names_are_sorted_and_all_there() -> None:
    assert kenzan.__all__ == sorted(kenzan.__all__)
    assert len(set(kenzan.__all__)) == len(kenzan.__all__)
    for name in kenzan.__all__:
        assert getattr(kenzan, name) is not None
    assert set(kenzan.__all__) <= set(dir(kenzan))


def test_every_error_is_public() -> None:
    tree = {
        name
        for name, value in vars(errors).items()
        if isinstance(value, type) and issubclass(value, errors.KenzanError)
    }
    assert tree <= set(kenzan.__all__)


def test_no_name_is_that_of_a_subpackage() -> None:
    root = Path(kenzan.__file__).resolve().parents[1]
    folders = {path.name for path in root.iterdir() if (path / "__init__.py").exists()}
    assert {"extract", "audit", "schemas"} <= folders
    assert folders.isdisjoint(kenzan.__all__)


def test_an_unknown_name_is_an_attribute_error() -> None:
    with pytest.raises(AttributeError, match="no attribute 'read_reports'"):
        _ = kenzan.read_reports


def test_importing_kenzan_loads_nothing_heavy() -> None:
    code = (
        "import sys, kenzan; kenzan.KenzanError; kenzan.read_report; kenzan.Report\n"
        "print(sorted({'pandas', 'pdfplumber', 'pypdfium2', 'pydantic', 'typer', 'rich',"
        " 'numpy', 'pyarrow', 'duckdb'} & set(sys.modules)))"
    )
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert run.stdout.strip() == "[]"


def test_asking_the_version_loads_no_typer() -> None:
    code = (
        "import sys\nfrom kenzan.cli import main\nmain(['--version'])\n"
        "print(sorted({'typer', 'rich', 'pandas'} & set(sys.modules)))"
    )
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert run.stdout.splitlines() == [f"kenzan {kenzan.__version__}", "[]"]


def test_auditing_files_without_options_loads_no_parser(tmp_path: Path) -> None:
    source = tmp_path / "a.txt"
    source.write_text("予算 1,000 千円\n", encoding="utf-8")
    code = (
        f"import sys\nfrom kenzan.cli import main\nmain(['audit', {str(source)!r}])\n"
        "print(sorted({'typer', 'pydantic', 'pandas', 'numpy', 'duckdb'} & set(sys.modules)))"
    )
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert "a.txt" in run.stdout
    assert run.stdout.splitlines()[-1] == "[]"


@pytest.mark.parametrize(
    ("choices", "subject"),
    [({"backend": "acrobat"}, "acrobat"), ({"encoding": "klingon"}, "klingon")],
)
def test_unknown_choices_are_usage_errors(choices: dict[str, str], subject: str) -> None:
    with pytest.raises(kenzan.UsageError) as caught:
        kenzan.read_report("any.pdf", **choices)
    assert caught.value.subject == subject


def test_a_missing_file_is_a_document_error() -> None:
    with pytest.raises(kenzan.NotFoundError) as caught:
        kenzan.read_report("no/such.pdf")
    assert caught.value.subject == "such.pdf"


@pytest.mark.parametrize(
    ("raised", "expected"),
    [
        (ZeroDivisionError("x"), kenzan.DefectError),
        (MemoryError(), kenzan.TooLargeError),
        (RecursionError(), kenzan.TooLargeError),
        (kenzan.DamagedError("a.pdf"), kenzan.DamagedError),
    ],
)
def test_errors_of_lower_layers_are_mapped(
    raised: Exception, expected: type[kenzan.KenzanError], monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: object, **__: object) -> None:
        raise raised

    monkeypatch.setattr("kenzan.extract.read_document", fail)
    with pytest.raises(expected) as caught:
        kenzan.read_report("a.pdf")
    assert type(caught.value) is expected


def test_reports_and_audits_give_all_seven_tables(report: Content, audit: AuditResult) -> None:
    whole = kenzan.Audit(report, audit)
    frames = whole.to_frames()
    assert {name: len(frame) for name, frame in frames.items()} == {
        "documents": 1,
        "projects": 2,
        "indicators": 1,
        "observations": 3,
        "narratives": 1,
        "checks": 2,
        "findings": 3,
    }
    assert list(kenzan.Report(report).to_frames()) == list(frames)[:5]
    pd.testing.assert_frame_equal(whole.findings, frames["findings"])
    pd.testing.assert_frame_equal(whole.report.observations, frames["observations"])


def test_an_audit_says_whether_figures_agree(report: Content, audit: AuditResult) -> None:

    doubts = replace(audit, findings=audit.findings[:2])
    assert not kenzan.Audit(report, audit).consistent
    assert kenzan.Audit(report, doubts).consistent


def test_notebooks_show_escaped_html(report: Content, audit: AuditResult) -> None:
    row = replace(report.document, title="<script>alert(1)</script>")

    hostile = replace(report, document=row)
    for html in (
        kenzan.Report(hostile)._repr_html_(),
        kenzan.Audit(hostile, audit)._repr_html_(),
    ):
        assert "&lt;script&gt;alert(1)&lt;/script&gt;" in html
        assert "<script" not in html
    assert "（-173101）" in kenzan.Audit(report, audit)._repr_html_()
    assert "39/40" in kenzan.Audit(report, audit)._repr_html_()


def test_reports_name_themselves(report: Content, audit: AuditResult) -> None:
    assert repr(kenzan.Report(report)) == "<kenzan.Report 'past/r3.pdf': 1 indicators, 3 figures>"
    assert repr(kenzan.Audit(report, audit)) == "<kenzan.Audit 'past/r3.pdf': 2 checks, 3 findings>"
