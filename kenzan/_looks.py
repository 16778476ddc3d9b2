"""What people look at: the report page and the marked-up PDF of one document."""

from __future__ import annotations

import hashlib
from pathlib import Path
from typing import TYPE_CHECKING

from kenzan._guard import errors_of_kenzan
from kenzan.errors import OverwritesInputError, PdfOnlyError, UsageError

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from kenzan._sources import Outcome
    from kenzan.batch.inputs import Input
    from kenzan.extract.options import ReadOptions
    from kenzan.schemas.audit import AuditResult
    from kenzan.schemas.report import Report as Content
    from kenzan.terminal.consoles import Talk


class Looks:
    """Writes the page and the marked-up PDF of each document as it passes, where asked for."""

    def __init__(
        self,
        sources: Sequence[Input],
        options: ReadOptions,
        talk: Talk,
        *,
        html: Path | None,
        pdf_out: Path | None,
    ) -> None:
        self._paths = {source.name: source.path for source in sources}
        self._options = options
        self._talk = talk
        self._writers = [
            (choose_places(tuple(self._paths), target, suffix), write)
            for target, suffix, write in (
                (html, ".html", write_page),
                (pdf_out, ".pdf", write_marked_pdf),
            )
            if target is not None
        ]
        self._refuse_inputs()

    def _refuse_inputs(self) -> None:
        """No document is written over, neither by its own page nor by that of another.

        Raises:
            OverwritesInputError: a page or a copy would take the place of what is read.
        """
        files = {_identity(Path(path)) for path in self._paths.values()} - {None}
        for places, _ in self._writers:
            for place in places.values():
                if _identity(place) in files:
                    raise OverwritesInputError(str(place))

    def watch(self, outcomes: Iterable[Outcome]) -> Iterator[Outcome]:
        """The same outcomes, one by one, each written before it is passed on."""
        for outcome in outcomes:
            if outcome.error is None and outcome.row.status != "skipped":
                self._write(outcome)
            yield outcome

    def _write(self, outcome: Outcome) -> None:
        name = outcome.row.document
        for places, write in self._writers:
            place = places[name]
            data = self._bytes_of(name)
            write(
                outcome.content,
                outcome.result,
                data,
                place,
                options=self._options,
                lang=self._talk.words.lang,
            )
            self._talk.tell(str(place))

    def _bytes_of(self, name: str) -> bytes:
        from kenzan.batch.task import read_bytes

        if self._paths[name] == "-":
            raise UsageError("-", "--html / --pdf-out")
        return read_bytes(self._paths[name])


def write_page(
    content: Content,
    result: AuditResult,
    data: bytes,
    target: Path,
    *,
    options: ReadOptions,
    lang: str = "ja",
) -> None:
    """Write the report page of one document; ``data`` are the bytes it was read from.

    Raises:
        ExportError: it cannot be written.
    """
    from kenzan.batch.pages import render_page, write_file

    with errors_of_kenzan(content.document.document):
        page = render_page(content, result, data, options, lang)
        write_file(target, page.encode("utf-8"))


def write_marked_pdf(
    content: Content,
    result: AuditResult,
    data: bytes,
    target: Path,
    *,
    options: ReadOptions,
    lang: str = "ja",
) -> None:
    """Write a copy of the PDF with the findings as highlights and notes.

    Raises:
        PdfOnlyError: the document is no PDF.
        ExportError: the copy cannot be written.
    """
    from kenzan.batch.pages import write_file
    from kenzan.export.pdf_notes import mark_up_pdf

    if content.document.kind != "pdf":
        raise PdfOnlyError(content.document.document)
    with errors_of_kenzan(content.document.document):
        marked = mark_up_pdf(data, result.findings, lang=lang, password=options.password)
        write_file(target, marked)


def choose_places(names: Sequence[str], target: Path, suffix: str) -> dict[str, Path]:
    """Where each document's file goes: ``target`` itself, or inside of it if there are several.

    No two go to one place, not even where the system does not tell A from a.
    """
    if len(names) == 1 and not target.is_dir():
        return {names[0]: target}
    places: dict[str, Path] = {}
    taken: set[str] = set()
    for name in names:
        stem = name.replace("/", "_").replace("\\", "_").replace("\0", "")[-120:].lstrip(".")
        if stem.casefold() in taken:
            stem += "-" + hashlib.sha256(name.encode("utf-8", "surrogatepass")).hexdigest()[:8]
        taken.add(stem.casefold())
        places[name] = target / (stem + suffix)
    return places


def _identity(path: Path) -> tuple[int, int] | None:
    """What makes two paths one file; ``None`` for a path that leads to none."""
    try:
        info = path.stat()
    except (OSError, ValueError):
        return None
    return info.st_dev, info.st_ino
