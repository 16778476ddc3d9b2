"""``convert_reports``: files in, tables out; every file accounted for."""

from __future__ import annotations

from contextlib import ExitStack
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from kenzan._audit import is_inconsistent
from kenzan._report import choose_reading
from kenzan._sources import find_sources, read_all
from kenzan.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence
    from typing import Unpack

    from kenzan._report import Reading
    from kenzan._sources import Outcome
    from kenzan.errors import KenzanError
    from kenzan.export.formats import Add
    from kenzan.schemas.tables import DocumentRow


@dataclass(frozen=True, slots=True)
class Conversion:
    """How a conversion went: one row a file, the files written, and what stopped a document."""

    documents: tuple[DocumentRow, ...]
    files: tuple[Path, ...]
    errors: tuple[KenzanError, ...] = ()
    inconsistent: int = 0

    @property
    def read(self) -> int:
        """How many documents were read."""
        return sum(row.status in ("done", "partial") for row in self.documents)


def convert_reports(
    paths: str | Path | Iterable[str | Path],
    out: str | Path,
    *,
    to: str | Iterable[str] = ("csv", "json"),
    tell: Callable[[Outcome], None] | None = None,
    **reading: Unpack[Reading],
) -> Conversion:
    """Read and audit files, and write their tables into a folder.

    A document that cannot be read costs nothing but itself: it is recorded in ``documents`` and
    the rest goes on. Files are written beside their place and moved when all are whole.

    Args:
        paths: files, and folders (searched recursively) of documents.
        out: the folder to write to; made if it is not there.
        to: formats (``csv``, ``json``, …), as a list or joined by commas.
        tell: called after every file.
        **reading: ``password``, ``encoding`` and ``backend``, as for ``read_report``.

    Raises:
        UsageError: there is no such format, backend or encoding.
        NoDocumentsError: there is nothing to read in what was given.
        ExportError: the folder cannot be written.
    """
    from kenzan.export.formats import find_formats
    from kenzan.export.staging import stage_folder

    options = choose_reading(**reading)
    openers = [form.load() for form in find_formats(_names(to))]
    target = Path(out)
    sources = find_sources(paths, leave_out=target)
    tally = _Tally(tell)
    with stage_folder(target) as stage:
        with ExitStack() as stack:
            writers = [stack.enter_context(opener(stage)) for opener in openers]
            for outcome in read_all(sources, options):
                tally.add(outcome, writers)
        tally.files = [target / file.name for file in sorted(stage.iterdir())]
    return tally.total()


@dataclass(slots=True)
class _Tally:
    """What a conversion keeps of each document once its rows are written."""

    tell: Callable[[Outcome], None] | None
    documents: list[DocumentRow] = field(default_factory=list)
    errors: list[KenzanError] = field(default_factory=list)
    files: list[Path] = field(default_factory=list)
    inconsistent: int = 0

    def add(self, outcome: Outcome, writers: Sequence[Add]) -> None:
        """Write one document's rows, and count it."""
        for write in writers:
            write(outcome.content, outcome.result)
        self.documents.append(outcome.row)
        self.inconsistent += is_inconsistent(outcome.result)
        if outcome.error is not None:
            self.errors.append(outcome.error)
        if self.tell is not None:
            self.tell(outcome)

    def total(self) -> Conversion:
        """The conversion, ended."""
        return Conversion(
            tuple(self.documents), tuple(self.files), tuple(self.errors), self.inconsistent
        )


def _names(to: str | Iterable[str]) -> tuple[str, ...]:
    given = [to] if isinstance(to, str) else list(to)
    names = tuple(name.strip() for item in given for name in item.split(",") if name.strip())
    if not names:
        raise UsageError("--to")
    return names
