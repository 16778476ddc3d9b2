"""What people look at: the report page and the marked-up PDF of one document."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kenzan._guard import errors_of_kenzan
from kenzan.errors import ExportError, UsageError

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from pathlib import Path

    from kenzan._sources import Outcome
    from kenzan.batch.inputs import Input
    from kenzan.extract.options import ReadOptions
    from kenzan.schemas.audit import AuditResult
    from kenzan.schemas.document import Document
    from kenzan.schemas.report import Report as Content
    from kenzan.schemas.view import PageView
    from kenzan.terminal.consoles import Talk

PDF_ONLY = "--pdf-out"


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
            (target, suffix, write)
            for target, suffix, write in (
                (html, ".html", write_page),
                (pdf_out, ".pdf", write_marked_pdf),
            )
            if target is not None
        ]

    def watch(self, outcomes: Iterable[Outcome]) -> Iterator[Outcome]:
        """The same outcomes, one by one, each written before it is passed on."""
        for outcome in outcomes:
            if outcome.error is None and outcome.row.status != "skipped":
                self._write(outcome)
            yield outcome

    def _write(self, outcome: Outcome) -> None:
        name = outcome.row.document
        for target, suffix, write in self._writers:
            place = place_of(target, name, suffix, several=len(self._paths) > 1)
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
    from kenzan.export.html_report import render_html

    with errors_of_kenzan(content.document.document):
        views = list(find_views(content, data, options))
        page = render_html(content, result, views, lang=lang, titles=rule_titles())
    _write(target, page.encode("utf-8"))


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
        UsageError: the document is no PDF.
        ExportError: the copy cannot be written.
    """
    from kenzan.export.pdf_notes import mark_up_pdf

    if content.document.kind != "pdf":
        raise UsageError(content.document.document, f"{PDF_ONLY}: PDF")
    with errors_of_kenzan(content.document.document):
        marked = mark_up_pdf(data, result.findings, lang=lang, password=options.password)
    _write(target, marked)


def find_views(content: Content, data: bytes, options: ReadOptions) -> Iterator[PageView]:
    """The pages to show: pictures of a PDF's pages, the lines of anything else."""
    if content.document.kind == "pdf":
        from kenzan.extract.page_images import render_pages

        yield from render_pages(data, password=options.password)
        return
    from kenzan.extract import read_document

    yield from _text_views(read_document(data, name=content.document.document, options=options))


def _text_views(document: Document) -> Iterator[PageView]:
    from kenzan.schemas.document import Grid
    from kenzan.schemas.view import PageView

    for page in document.pages:
        lines: list[tuple[int, str]] = []
        for block in page.blocks:
            if not isinstance(block, Grid):
                found = [block]
            elif block.source:
                found = list(block.source)
            else:
                found = [line for cell in block.cells for line in cell.lines]
            lines += [(line.number or len(lines) + 1, line.text) for line in found]
        yield PageView(page.number, lines=tuple(lines), label=page.label or "")


def rule_titles() -> dict[str, tuple[str, str]]:
    """The title of every rule in Japanese and English, by id."""
    from kenzan.audit.registry import RULES

    return {rule.id: (rule.title_ja, rule.title_en) for rule in RULES}


def _write(target: Path, content: bytes) -> None:
    """Write beside, then move: nothing half-written stays."""
    staged = target.with_name(f".{target.name}.part")
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        staged.write_bytes(content)
        staged.replace(target)
    except OSError as error:
        staged.unlink(missing_ok=True)
        raise ExportError(str(target), error.strerror or str(error)) from error


def place_of(target: Path, name: str, suffix: str, *, several: bool) -> Path:
    """Where one document's file goes: ``target`` itself, or inside of it if there are several."""
    if not several and not target.is_dir():
        return target
    safe = name.replace("/", "_").replace("\\", "_").replace("\0", "")
    return target / (safe[-120:].lstrip(".") + suffix)
