"""Read one document in a worker: file in, rows of all tables out.

A plain function of plain arguments, so that any ``Executor`` can run it: this project's pool, a
thread, a Dask cluster.
"""

from __future__ import annotations

import hashlib
import time
from dataclasses import field, replace
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from kenzan.batch.worker import beat
from kenzan.errors import DefectError, KenzanError, NotFoundError, TooLargeError
from kenzan.schemas.records import dataclass

if TYPE_CHECKING:
    from kenzan.batch.options import BatchOptions
    from kenzan.schemas.audit import AuditResult
    from kenzan.schemas.report import Report

_CHUNK = 1 << 20


@dataclass(frozen=True, slots=True)
class Digest:
    """What a file is by content: its SHA-256 and size, or why it could not be opened."""

    sha256: str = ""
    size: int = 0
    problem: str = ""


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of one document: its status, its rows as Arrow IPC streams, all of it packed.

    ``tallies`` count its observations, checks and findings.
    """

    name: str
    status: Literal["done", "partial", "failed", "skipped"]
    code: str = ""
    detail: str = ""
    seconds: float = 0.0
    tables: dict[str, bytes] = field(default_factory=dict)
    record: bytes = b""
    tallies: tuple[int, int, int] = (0, 0, 0)


def read_bytes(path: str, limit: int | None = None) -> bytes:
    """The content of a path or URL; nothing is opened over the network unless it is a URL.

    Raises:
        NotFoundError: it cannot be opened.
        TooLargeError: it holds more than ``limit`` bytes.
    """
    try:
        if "://" in path:
            import fsspec

            with fsspec.open(path, "rb") as remote:
                data = bytes(remote.read(-1 if limit is None else limit + 1))
        else:
            with Path(path).open("rb") as local:
                data = local.read(-1 if limit is None else limit + 1)
    except (OSError, ValueError) as error:
        raise NotFoundError(path, getattr(error, "strerror", None) or str(error)) from error
    if limit is not None and len(data) > limit:
        raise TooLargeError(path, f"> {limit:,} bytes")
    return data


def digest_file(path: str) -> Digest:
    """SHA-256 and size of a file, read in pieces."""
    digest = hashlib.sha256()
    size = 0
    try:
        if "://" in path:
            import fsspec

            opened = fsspec.open(path, "rb").open()
        else:
            opened = Path(path).open("rb")  # noqa: SIM115  closed by the with below
        with opened as stream:
            while piece := stream.read(_CHUNK):
                digest.update(piece)
                size += len(piece)
                beat()
    except (OSError, ValueError) as error:
        return Digest(problem=getattr(error, "strerror", None) or str(error))
    return Digest(digest.hexdigest(), size)


def read_one(name: str, path: str, options: BatchOptions) -> Outcome:
    """Read, interpret and audit one document; an error of any kind becomes its outcome."""
    started = time.perf_counter()
    try:
        report, result = _read(name, path, options)
    except KenzanError as error:
        return _failed(name, error.code, error.detail, started)
    except MemoryError:
        return _failed(name, TooLargeError.code, "memory", started)
    except RecursionError:
        return _failed(name, TooLargeError.code, "nesting", started)
    except Exception as error:  # noqa: BLE001  a defect costs one document, named, not the run
        return _failed(name, DefectError.code, f"{type(error).__name__}: {error}", started)
    from kenzan.batch.packing import pack
    from kenzan.batch.practices import PRACTICES, write_practices
    from kenzan.batch.rows import MODELS, rows_of, to_stream

    tables = {PRACTICES: write_practices(name, result.practices)} if result.practices else {}
    for table, model in MODELS.items():
        if found := rows_of(table, report, result):
            tables[table] = to_stream(model, found)
    seconds = time.perf_counter() - started
    row = report.document
    tallies = (len(report.observations), len(result.checks), len(result.findings))
    return Outcome(name, row.status, "", row.error, seconds, tables, pack(report, result), tallies)


def _failed(name: str, code: str, detail: str, started: float) -> Outcome:
    return Outcome(name, "failed", code, detail, time.perf_counter() - started)


def _read(name: str, path: str, options: BatchOptions) -> tuple[Report, AuditResult]:
    from kenzan.audit import audit_report, with_conventions
    from kenzan.extract import read_document
    from kenzan.interpret import interpret_document

    data = read_bytes(path, options.read.max_bytes)
    beat()
    document = read_document(data, name=name, options=replace(options.read, on_progress=beat))
    beat()
    report = interpret_document(document)
    del document  # the audit needs memory, and nothing of it
    beat()
    result = audit_report(report, profile=options.profile, practices=True)
    report = with_conventions(report, result)
    beat()
    return report, result
