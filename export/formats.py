"""The registry of formats: one line each. A format is a function that opens a writer.

A writer is a context manager on a folder that gives a function. Formats that hold the tables and
nothing else take rows: the function is called with a table's name and some of its rows as Arrow,
figures as text. All others take documents: it is called once a document, with its report and
audit. Files are complete when the context ends without an error.
"""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager, contextmanager
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING

from kenzan.errors import UnknownNameError
from kenzan.export.rows import MODELS, rows_of
from kenzan.schemas.audit import AuditResult
from kenzan.schemas.records import dataclass
from kenzan.schemas.report import Report

if TYPE_CHECKING:
    from collections.abc import Iterator

    import pyarrow as pa

    AddRows = Callable[[str, pa.RecordBatch], None]

Add = Callable[[Report, AuditResult], None]
OpenWriter = Callable[[Path], AbstractContextManager[Add]]
OpenRowWriter = Callable[[Path], AbstractContextManager["AddRows"]]


@dataclass(frozen=True, slots=True)
class Format:
    """One output format: where its writer is. Its module is loaded when it is asked for."""

    name: str
    module: str
    function: str
    takes_rows: bool = False

    def load(self) -> OpenWriter:
        """The function that opens a writer of documents, whatever the format takes."""
        opener = getattr(import_module(self.module), self.function)
        return _by_documents(opener) if self.takes_rows else opener

    def load_rows(self) -> OpenRowWriter:
        """The function that opens a writer of rows; only where the format takes them."""
        opener: OpenRowWriter = getattr(import_module(self.module), self.function)
        return opener


def _by_documents(opener: OpenRowWriter) -> OpenWriter:
    @contextmanager
    def open_writer(folder: Path) -> Iterator[Add]:
        from kenzan.export.arrow import to_batch

        def add(report: Report, audit: AuditResult) -> None:
            for table, model in MODELS.items():
                if rows := rows_of(table, report, audit):
                    add_rows(table, to_batch(model, rows))

        with opener(folder) as add_rows:
            yield add

    return open_writer


FORMATS: dict[str, Format] = {
    entry.name: entry
    for entry in (
        Format("csv", "kenzan.export.csv_tables", "write_csv", takes_rows=True),
        Format("json", "kenzan.export.json_file", "write_json"),
        Format("jsonl", "kenzan.export.jsonl", "write_jsonl", takes_rows=True),
        Format("parquet", "kenzan.export.parquet", "write_parquet", takes_rows=True),
        Format("xlsx", "kenzan.export.workbook", "write_workbook"),
        Format("sqlite", "kenzan.export.sqlite_file", "write_sqlite", takes_rows=True),
        Format("duckdb", "kenzan.export.duckdb_file", "write_duckdb", takes_rows=True),
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
