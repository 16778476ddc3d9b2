"""``convert_reports``: files in, tables out; every file accounted for."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, TypedDict

from kenzan._audit import choose_profile
from kenzan._guard import errors_of_kenzan
from kenzan._report import choose_reading
from kenzan._sources import STDIN, find_sources
from kenzan.errors import NotFoundError, NothingGivenError, UsageError
from kenzan.schemas.records import dataclass

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from typing import Unpack

    from kenzan._report import Reading
    from kenzan.batch.inputs import Input
    from kenzan.batch.options import BatchOptions
    from kenzan.batch.run import Event
    from kenzan.errors import KenzanError
    from kenzan.extract.options import ReadOptions
    from kenzan.schemas.tables import DocumentRow


@dataclass(frozen=True, slots=True)
class Conversion:
    """How a conversion went: one row a file, the files written, and what stopped a document.

    ``undrawn`` says why a document that was read has no page to look at, where one was asked for.
    """

    documents: tuple[DocumentRow, ...]
    files: tuple[Path, ...]
    errors: tuple[KenzanError, ...] = ()
    inconsistent: int = 0
    undrawn: tuple[KenzanError, ...] = ()

    @property
    def read(self) -> int:
        """How many documents were read."""
        return sum(row.status in ("done", "partial") for row in self.documents)


class Running(TypedDict, total=False):
    """The choices of ``convert_reports`` about how to run.

    ``jobs`` worker processes (0: one a core); ``seconds``, ``megabytes`` and ``pages`` that one
    document may take; ``retry_failed`` and ``force`` to read again what the output folder holds;
    ``scheduler`` of a Dask cluster; ``profile`` for the file of a profile; ``html`` for pages to
    look at beside the tables. ``across`` holds the reports in the output folder against each other
    when all are read, those of one series year by year, and lets those of one form help each other
    out where one shows too little of how it counts; it is so unless it is said to be ``False``.
    """

    jobs: int
    seconds: float
    megabytes: int
    pages: int
    retry_failed: bool
    force: bool
    scheduler: str | None
    across: bool
    profile: str | Path | None
    html: bool
    lang: str


def convert_reports(
    paths: str | Path | Iterable[str | Path],
    out: str | Path,
    *,
    to: str | Iterable[str] = ("csv", "json"),
    tell: Callable[[Event], None] | None = None,
    running: Running | None = None,
    **reading: Unpack[Reading],
) -> Conversion:
    """Read and audit files in worker processes, and write their tables into a folder.

    The folder's ``kenzan.duckdb`` is the truth of the conversion: it holds every document whole
    or not at all, and a conversion that was stopped goes on where it was. The other formats are
    written out of it at the end, beside their place and moved when all are whole.

    Args:
        paths: files, and folders (searched recursively) of documents.
        out: the folder to write to; made if it is not there.
        to: formats (``csv``, ``json``, …), as a list or joined by commas.
        tell: called after every file.
        running: how to run; see ``Running``.
        **reading: ``password``, ``encoding``, ``backend`` and ``verify_engines``, as for
            ``read_report``.

    Raises:
        UsageError: nothing was given, there is no such format, backend, encoding or scheduler, or
            the profile cannot be used.
        NoDocumentsError: there is nothing to read in what was given.
        NotFoundError: nothing of what was given can be opened.
        ExportError: the folder cannot be written.
    """
    from kenzan.export.formats import find_formats

    names = choose_formats(to)
    for form in find_formats(names):
        form.load()
    given = [str(path) for path in ([paths] if isinstance(paths, str | Path) else paths)]
    if not given:
        raise NothingGivenError
    if STDIN in given:
        raise UsageError(STDIN, "kenzan audit -")
    choices = running or {}
    options = _options(choices, choose_reading(**reading))
    with errors_of_kenzan(str(out)):
        return _convert(given, Path(out), names, options, (tell, choices))


def _convert(
    given: list[str],
    out: Path,
    names: tuple[str, ...],
    options: BatchOptions,
    extras: tuple[Callable[[Event], None] | None, Running],
) -> Conversion:
    from kenzan.batch.across import link_documents, unlink_documents
    from kenzan.batch.outputs import STORE_NAME
    from kenzan.batch.pages import publish_pages
    from kenzan.batch.publish import publish_store
    from kenzan.batch.run import run_batch
    from kenzan.batch.store import Store

    tell, choices = extras
    errors: list[KenzanError] = []

    def note(event: Event) -> None:
        if event.error is not None:
            errors.append(event.error)
        if tell is not None:
            tell(event)

    sources = find_sources(given, leave_out=out)
    _refuse_missing(sources)
    summary = run_batch(sources, out, options, note)
    with Store(out / STORE_NAME) as store:
        if choices.get("across", True):
            link_documents(store, choose_profile(options.profile))
        else:
            unlink_documents(store)
    files = publish_store(out, names)
    undrawn: tuple[KenzanError, ...] = ()
    if choices.get("html"):
        pages = publish_pages(out, summary.inputs, options, lang=choices.get("lang", "ja"))
        files += pages.files
        undrawn = tuple(pages.undrawn.values())
    with Store(out / STORE_NAME, read_only=True) as store:
        rows = tuple(store.document_rows())
        inconsistent = store.count_inconsistent()
    return Conversion(rows, (out / STORE_NAME, *files), tuple(errors), inconsistent, undrawn)


def _refuse_missing(sources: Iterable[Input]) -> None:
    """Stop before anything is written if nothing of what was given can be opened.

    Raises:
        NotFoundError: none of it can; with what is the matter with the first.
    """
    wanted = [source for source in sources if source.failed or not source.problem]
    if all(source.failed for source in wanted):
        raise NotFoundError(", ".join(source.name for source in wanted), wanted[0].problem)


def _options(choices: Running, reading: ReadOptions) -> BatchOptions:
    from kenzan.batch.options import BatchOptions, Limits

    usual, profile = Limits(), choices.get("profile")
    choose_profile(profile)  # a faulty one is told before anything is read
    seconds = choices.get("seconds", usual.seconds)
    # Understanding and checking a long document give no sign of progress.
    limits = Limits(
        seconds=seconds,
        silence=max(usual.silence, seconds / 2),
        megabytes=choices.get("megabytes", usual.megabytes),
    )
    return BatchOptions(
        jobs=choices.get("jobs", 0),
        limits=limits,
        read=replace(reading, max_pages=choices.get("pages", reading.max_pages)),
        retry_failed=choices.get("retry_failed", False),
        force=choices.get("force", False),
        scheduler=choices.get("scheduler"),
        profile=str(profile) if profile else None,
    )


def choose_formats(to: str | Iterable[str]) -> tuple[str, ...]:
    """The names of formats, given as a list or joined by commas.

    Raises:
        UsageError: there is none.
    """
    given = [to] if isinstance(to, str) else list(to)
    names = tuple(name.strip() for item in given for name in item.split(",") if name.strip())
    if not names:
        raise UsageError("--to")
    return names
