"""JSON: all tables in one object, with the working behind them; nothing is left out.

``documents`` … ``findings`` are the tables of the contract, one object a row. Beside them stand
``conventions`` (how a document counts), ``counts`` (figures seen, checked, undecided),
``workings`` (the operands of each check), ``tables`` (how each table was understood),
``origins`` (table cell and places of each observation), ``coverage`` and ``notices``; each entry
names its ``document``. Indexes into observations and checks count within that document, from 0.
"""

from __future__ import annotations

import io
from contextlib import ExitStack, contextmanager
from typing import TYPE_CHECKING, Any

from kenzan import __version__
from kenzan.export.plain import render_json, to_plain, to_record
from kenzan.export.rows import MODELS, rows_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from pathlib import Path
    from typing import TextIO

    from kenzan.export.formats import Add
    from kenzan.schemas.audit import AuditResult
    from kenzan.schemas.report import Report

FILE_NAME = "kenzan.json"
_EXTRAS = ("conventions", "counts", "workings", "tables", "origins", "coverage", "notices")
_SECTIONS = (*MODELS, *_EXTRAS)


@contextmanager
def write_json(folder: Path) -> Iterator[Add]:
    """Write one file; sections grow beside it and are joined at the end, in constant memory."""
    parts = {section: folder / f".{section}.part" for section in _SECTIONS}
    with ExitStack() as stack:
        spools = {
            section: stack.enter_context(part.open("w+", encoding="utf-8", newline="\n"))
            for section, part in parts.items()
        }

        def add(report: Report, audit: AuditResult) -> None:
            _spool(spools, report, audit)

        yield add
        with (folder / FILE_NAME).open("w", encoding="utf-8", newline="\n") as target:
            _join(spools, target)
    for part in parts.values():
        part.unlink()


def render_reports(pairs: Iterable[tuple[Report, AuditResult]]) -> str:
    """The same text in memory, for standard output."""
    spools: dict[str, TextIO] = {section: io.StringIO() for section in _SECTIONS}
    for report, audit in pairs:
        _spool(spools, report, audit)
    target = io.StringIO()
    _join(spools, target)
    return target.getvalue()


def _spool(spools: Mapping[str, TextIO], report: Report, audit: AuditResult) -> None:
    for table in MODELS:
        for row in rows_of(table, report, audit):
            _append(spools[table], to_record(row))
    for section, entry in _extras(report, audit):
        _append(spools[section], {"document": report.document.document, **entry})


def _append(spool: TextIO, entry: Mapping[str, Any]) -> None:
    spool.write((",\n  " if spool.tell() else "\n  ") + render_json(entry))


def _extras(report: Report, audit: AuditResult) -> Iterator[tuple[str, dict[str, Any]]]:
    for convention in audit.conventions:
        yield "conventions", to_plain(convention)
    if report.document.status in ("done", "partial"):
        yield "counts", to_plain(audit.counts)
    for index, detail in enumerate(audit.details):
        working = to_plain((detail.judged, detail.operands, detail.finding))
        yield (
            "workings",
            dict(zip(("check", "judged", "operands", "finding"), (index, *working), strict=True)),
        )
    for section in ("tables", "coverage", "notices"):
        for entry in getattr(report, section):
            yield section, to_plain(entry)
    for index, observation in enumerate(report.observations):
        yield "origins", {"observation": index, **to_plain(observation.origin)}


def _join(spools: Mapping[str, TextIO], target: TextIO) -> None:
    target.write('{\n"kenzan": ' + render_json({"format": 1, "version": __version__}))
    for section, spool in spools.items():
        target.write(f',\n"{section}": [')
        spool.seek(0)
        while chunk := spool.read(1 << 20):
            target.write(chunk)
        target.write("\n]" if spool.tell() else "]")
    target.write("\n}\n")
