"""The registry of formats."""

from __future__ import annotations

from contextlib import ExitStack
from typing import TYPE_CHECKING

import pytest

from kenzan.errors import UnknownNameError
from kenzan.export.formats import FORMATS, find_formats

if TYPE_CHECKING:
    from pathlib import Path

    from kenzan.schemas.audit import AuditResult
    from kenzan.schemas.report import Report


@pytest.mark.parametrize("name", FORMATS)
def test_every_format_writes_something_whole(
    name: str, tmp_path: Path, report: Report, audit: AuditResult
) -> None:
    with FORMATS[name].load()(tmp_path) as add:
        add(report, audit)
    assert [path for path in tmp_path.iterdir() if path.stat().st_size == 0] == []
    assert list(tmp_path.iterdir())


@pytest.mark.parametrize("name", FORMATS)
def test_every_format_writes_its_files_even_without_a_document(name: str, tmp_path: Path) -> None:
    with FORMATS[name].load()(tmp_path):
        pass
    assert list(tmp_path.iterdir())


def test_formats_come_in_the_order_asked_for_and_once() -> None:
    assert [form.name for form in find_formats(("json", "csv", "json"))] == ["json", "csv"]


def test_an_unknown_format_is_a_usage_error_that_lists_the_known_ones() -> None:
    with pytest.raises(UnknownNameError) as caught:
        find_formats(("csv", "docx"))
    assert caught.value.subject == "docx"
    assert "jsonl" in caught.value.detail


def test_all_formats_are_written_side_by_side(
    tmp_path: Path, report: Report, audit: AuditResult
) -> None:
    with ExitStack() as stack:
        writers = [stack.enter_context(form.load()(tmp_path)) for form in FORMATS.values()]
        for add in writers:
            add(report, audit)
    assert [path.name for path in tmp_path.iterdir() if path.name.startswith(".")] == []
    assert {path.suffix for path in tmp_path.iterdir()} >= {".parquet", ".duckdb", ".xlsx"}
