"""Files to read, found and read one after the other; none is lost, whatever happens to it."""

from __future__ import annotations

import glob
import sys
import time
from decimal import Decimal
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from kenzan import __version__
from kenzan._audit import audit_content, audit_contents
from kenzan._report import read_content
from kenzan.batch.inputs import Input, find_inputs
from kenzan.errors import KenzanError, NoDocumentsError, NotFoundError
from kenzan.schemas.audit import AuditResult
from kenzan.schemas.records import dataclass
from kenzan.schemas.report import Report as Content
from kenzan.schemas.tables import DocumentRow

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from kenzan.audit import Profile
    from kenzan.extract.options import ReadOptions

STDIN = "-"


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of one file: its rows, and the error that stopped it (if one did)."""

    content: Content
    result: AuditResult
    error: KenzanError | None = None

    @property
    def row(self) -> DocumentRow:
        """Its row in ``documents``."""
        return self.content.document


def find_sources(
    paths: str | Path | Iterable[str | Path], *, leave_out: Path | None = None
) -> list[Input]:
    """The files under what was given, folders searched; ``-`` is standard input.

    Files that are no documents, and paths that do not exist, are among them with their
    ``problem``.

    Raises:
        NoDocumentsError: there is nothing to read in what was given.
    """
    given = [str(path) for path in ([paths] if isinstance(paths, str | Path) else paths)]
    files = [path for path in dict.fromkeys(given) if path != STDIN]
    there = [path for path in files if _exists(path)]
    found = find_inputs(there, leave_out=leave_out) if there else []
    found += [
        Input(path, path, 0, "no such file", failed=True) for path in files if path not in there
    ]
    found += [Input(STDIN, STDIN)] if STDIN in given else []
    if not any(entry.failed or not entry.problem for entry in found):
        raise NoDocumentsError(", ".join(given))
    return found


def _exists(path: str) -> bool:
    if not path:  # would be the working directory, which nobody meant
        return False
    if "://" in path or glob.has_magic(path):
        return True
    return Path(path).exists() or Path(path).is_symlink()


def read_all(
    sources: Iterable[Input], options: ReadOptions, profile: Profile | None = None
) -> Iterator[Outcome]:
    """Read and audit one after the other; an error is part of the outcome, never raised."""
    for source in sources:
        yield _attempt(source, partial(_read_and_audit, source, options, profile))


def read_across(
    sources: Iterable[Input], options: ReadOptions, profile: Profile | None = None
) -> list[Outcome]:
    """Read all, then audit them one by one and against each other; errors as in ``read_all``."""
    outcomes = [_attempt(source, partial(_read, source, options)) for source in sources]
    places = [at for at, one in enumerate(outcomes) if one.error is None and one.row.kind]
    audited = audit_contents([outcomes[at].content for at in places], profile)
    for at, found in zip(places, audited, strict=True):
        outcomes[at] = Outcome(*found)
    return outcomes


def _attempt(source: Input, read: Callable[[], Outcome]) -> Outcome:
    started = time.perf_counter()
    try:
        return read()
    except KenzanError as error:
        return _failed(source, error, time.perf_counter() - started)


def _read_and_audit(source: Input, options: ReadOptions, profile: Profile | None) -> Outcome:
    outcome = _read(source, options)
    if not outcome.row.kind:  # skipped
        return outcome
    return Outcome(*audit_content(outcome.content, profile))


def _read(source: Input, options: ReadOptions) -> Outcome:
    """What stands in one file, not audited yet; files that are no documents are left out."""
    if source.failed:
        raise NotFoundError(source.name)
    if source.problem:
        return Outcome(_unread(source, "skipped", source.problem), AuditResult())
    given = sys.stdin.buffer.read() if source.path == STDIN else Path(source.path)
    return Outcome(read_content(given, source.name, options), AuditResult())


def _failed(source: Input, error: KenzanError, seconds: float) -> Outcome:
    content = _unread(source, "failed", f"{error.code}: {error.message('en')}", seconds)
    return Outcome(content, AuditResult(), error)


def _unread(
    source: Input, status: Literal["failed", "skipped"], reason: str, seconds: float = 0.0
) -> Content:
    """A report that holds nothing but the document's own row."""
    row = DocumentRow(
        document=source.name,
        sha256=_digest(source),
        bytes=source.size,
        kind="",
        pages=0,
        status=status,
        error=reason,
        seconds=Decimal(f"{seconds:.3f}"),
        kenzan_version=__version__,
    )
    return Content(row)


def _digest(source: Input) -> str:
    from kenzan.batch.task import digest_file

    if source.path == STDIN or source.failed or not source.size:
        return ""
    return digest_file(source.path).sha256
