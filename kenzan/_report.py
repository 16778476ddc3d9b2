"""``read_report`` and what it gives: a document, read and understood."""

from __future__ import annotations

import time
from dataclasses import replace
from decimal import Decimal
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Literal, TypedDict, get_args

from kenzan._guard import errors_of_kenzan
from kenzan.errors import UnknownNameError

if TYPE_CHECKING:
    from typing import Unpack

    import pandas as pd

    from kenzan.extract.options import ReadOptions
    from kenzan.schemas.report import Report as Content
    from kenzan.schemas.tables import DocumentRow

Backend = Literal["auto", "pdfium", "pdfplumber"]

_BACKENDS = get_args(Backend)
_TABLES = ("documents", "projects", "indicators", "observations", "narratives")


class Reading(TypedDict, total=False):
    """The choices of ``read_report`` and ``convert_reports`` about how to read."""

    password: str | None
    encoding: str | None
    backend: Backend
    verify_engines: bool


def read_report(
    source: str | Path | bytes,
    *,
    name: str | None = None,
    password: str | None = None,
    encoding: str | None = None,
    backend: Backend = "auto",
    verify_engines: bool = False,
) -> Report:
    """Read one document: a path, or the bytes of a file.

    Args:
        source: a PDF, text, Word, Excel or HTML file; the kind is found from its content.
        name: what the document is called in the data; the file's name, or ``-`` for bytes.
        password: opens an encrypted PDF.
        encoding: of a text or HTML file, if it is not to be detected (any name Python knows).
        backend: which engine reads a PDF.
        verify_engines: read every page of a PDF by both engines; where their digits differ,
            figures are doubted (KZ902) and no sum with them is called inconsistent.

    Raises:
        DocumentError: it cannot be read; the subclass says why.
        UnknownNameError: there is no such backend or encoding.
    """
    options = choose_reading(
        password=password, encoding=encoding, backend=backend, verify_engines=verify_engines
    )
    called = name or ("-" if isinstance(source, bytes) else Path(source).name)
    return Report(read_content(source, called, options))


def choose_reading(**choices: Unpack[Reading]) -> ReadOptions:
    """The reader's options for these choices, which are checked.

    Raises:
        UnknownNameError: there is no such backend or encoding.
        TypeError: there is no such choice.
    """
    import codecs

    from kenzan.extract.options import ReadOptions

    for name in choices.keys() - Reading.__annotations__.keys():
        raise TypeError(f"there is no choice {name!r} for reading")
    backend, encoding = choices.get("backend", "auto"), choices.get("encoding")
    if backend not in _BACKENDS:
        raise UnknownNameError(backend, ", ".join(_BACKENDS))
    if encoding is not None:
        try:
            codecs.lookup(encoding)
        except (LookupError, ValueError) as error:
            raise UnknownNameError(encoding, "utf-8, cp932, euc-jp, …") from error
    return ReadOptions(
        password=choices.get("password"),
        encoding=encoding,
        backend=backend,
        verify_engines=choices.get("verify_engines", False),
    )


def read_content(source: str | Path | bytes, name: str, options: ReadOptions) -> Content:
    """Extract and interpret one document, with the time it took.

    Raises:
        KenzanError: never anything else.
    """
    from kenzan.extract import read_document

    started = time.perf_counter()
    with errors_of_kenzan(name):
        document = read_document(source, name=name, options=options)
        from kenzan.interpret import interpret_document

        content = interpret_document(document)
        seconds = Decimal(f"{time.perf_counter() - started:.3f}")
        row = replace(content.document, seconds=seconds)
        return replace(content, document=row)


class Report:
    """A document, read and understood: five tables of the data contract as pandas frames.

    ``content`` holds the same as typed rows (and, beyond them, tables, places and coverage).
    """

    def __init__(self, content: Content) -> None:
        self.content = content

    @property
    def document(self) -> DocumentRow:
        """The document's own row: name, kind, title, label, pages, status."""
        return self.content.document

    @cached_property
    def projects(self) -> pd.DataFrame:
        """The projects (事業), one a row."""
        return self._frame("projects")

    @cached_property
    def indicators(self) -> pd.DataFrame:
        """The indicators (指標・KPI), one a row."""
        return self._frame("indicators")

    @cached_property
    def observations(self) -> pd.DataFrame:
        """The figures, one a row; ``value`` and ``delta`` are ``Decimal``, as published."""
        return self._frame("observations")

    @cached_property
    def narratives(self) -> pd.DataFrame:
        """The texts: plans, activities, 達成状況, 未達理由."""
        return self._frame("narratives")

    def to_frames(self) -> dict[str, pd.DataFrame]:
        """The tables by name, with the columns of the contract in their order."""
        return {table: self._frame(table) for table in _TABLES}

    def _frame(self, table: str) -> pd.DataFrame:
        from kenzan.export.frames import to_frame
        from kenzan.export.rows import MODELS, rows_of
        from kenzan.schemas.audit import AuditResult

        return to_frame(MODELS[table], rows_of(table, self.content, AuditResult()))

    def __repr__(self) -> str:
        row = self.document
        counts = f"{len(self.content.indicators)} indicators, {len(self.content.observations)}"
        return f"<kenzan.Report {row.document!r}: {counts} figures>"

    def _repr_html_(self) -> str:
        from kenzan._notebook import render_report

        return render_report(self.content)
