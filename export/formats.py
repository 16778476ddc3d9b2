"""The registry of formats: one line each. A format is a function that opens a writer.

A writer is a context manager on a folder that gives a function; that function is called once a
document, with its report and audit. Files are complete when the context ends without an error.
"""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager
from importlib import import_module
from pathlib import Path

from kenzan.errors import UnknownNameError
from kenzan.schemas.audit import AuditResult
from kenzan.schemas.records import dataclass
from kenzan.schemas.report import Report

Add = Callable[[Report, AuditResult], None]
OpenWriter = Callable[[Path], AbstractContextManager[Add]]


@dataclass(frozen=True, slots=True)
class Format:
    """One output format: where its writer is. Its module is loaded when it is asked for."""

    name: str
    module: str
    function: str

    def load(self) -> OpenWriter:
        """The function that opens a writer."""
        opener: OpenWriter = getattr(import_module(self.module), self.function)
        return opener


FORMATS: dict[str, Format] = {
    entry.name: entry
    for entry in (
        Format("csv", "kenzan.export.csv_tables", "write_csv"),
        Format("json", "kenzan.export.json_file", "write_json"),
        Format("jsonl", "kenzan.export.jsonl", "write_jsonl"),
        Format("parquet", "kenzan.export.parquet", "write_parquet"),
        Format("xlsx", "kenzan.export.workbook", "write_workbook"),
        Format("sqlite", "kenzan.export.sqlite_file", "write_sqlite"),
        Format("duckdb", "kenzan.export.duckdb_file", "write_duckdb"),
    )
}


def find_formats(names: tuple[str, ...]) -> tuple[Format, ...]:
    """The formats of these names, each once.

    Raises:
        UnknownNameError: there is no format of that name.
    """
    unknown = [name for name in names if name not in FORMATS]
    if unknown:
        raise UnknownNameError(unknown[0], ", ".join(FORMATS))
    return tuple(FORMATS[name] for name in dict.fromkeys(names))
