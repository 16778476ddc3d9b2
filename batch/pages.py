"""Report pages: of one document, and of a whole batch with an index, made by the workers."""

from __future__ import annotations

from collections import deque
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from kenzan.batch.outputs import PAGES_FOLDER, STORE_NAME, name_page
from kenzan.batch.packing import pack, unpack
from kenzan.batch.pool import WorkerLostError, WorkerPool, count_cores
from kenzan.batch.task import read_bytes
from kenzan.batch.worker import beat
from kenzan.errors import DefectError, ExportError, KenzanError, restore_error
from kenzan.schemas.records import dataclass

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Sequence
    from concurrent.futures import Future

    from kenzan.batch.inputs import Input
    from kenzan.batch.options import BatchOptions
    from kenzan.extract.options import ReadOptions
    from kenzan.schemas.audit import AuditResult
    from kenzan.schemas.document import Block, Page
    from kenzan.schemas.report import Report
    from kenzan.schemas.view import PageView

MOST_CLOSE = 40


def render_page(
    content: Report, result: AuditResult, data: bytes, options: ReadOptions, lang: str = "ja"
) -> str:
    """The report page of one document; ``data`` are the bytes that it was read from."""
    from kenzan.export.html_report import render_html

    close = {finding.page for finding in result.findings if finding.page and finding.printed}
    views = list(find_views(content, data, options, close=sorted(close)[:MOST_CLOSE]))
    return render_html(content, result, views, lang=lang, titles=rule_titles())


def find_views(
    content: Report, data: bytes, options: ReadOptions, close: Collection[int] = ()
) -> Iterator[PageView]:
    """The pages to show: pictures of a PDF's pages, the lines and tables of anything else.

    ``close`` are the pages that pieces will be cut out of.
    """
    if content.document.kind == "pdf":
        from kenzan.extract.page_images import render_pages

        for view in render_pages(data, close=close, password=options.password):
            beat()
            yield view
        return
    from kenzan.extract import read_document
    from kenzan.schemas.view import PageView

    for page in read_document(data, name=content.document.document, options=options).pages:
        yield PageView(page.number, blocks=tuple(_shown(page)), label=page.label or "")


def _shown(page: Page) -> Iterator[Block]:
    """A table as cells where the file has cells, and as lines where it was made out of lines."""
    for block in page.blocks:
        yield from (getattr(block, "source", ()) or (block,))


def rule_titles() -> dict[str, tuple[str, str]]:
    """The title of every rule in Japanese and English, by id."""
    from kenzan.audit.registry import RULES

    return {rule.id: (rule.title_ja, rule.title_en) for rule in RULES}


def write_file(target: Path, content: bytes) -> None:
    """Write beside, then move: nothing half-written stays.

    Raises:
        ExportError: the file cannot be written.
    """
    staged = target.with_name(f".{target.name}.part")
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        staged.write_bytes(content)
        staged.replace(target)
    except OSError as error:
        staged.unlink(missing_ok=True)
        raise ExportError(str(target), error.strerror or str(error)) from error


@dataclass(frozen=True, slots=True)
class PagesWritten:
    """The files written, and for each document whose page could not be drawn the reason."""

    files: tuple[Path, ...]
    undrawn: dict[str, KenzanError]


def publish_pages(
    out: Path, sources: Sequence[Input], options: BatchOptions, *, lang: str = "ja"
) -> PagesWritten:
    """Write a page for every document that was read, and an index that says which are missing.

    Raises:
        ExportError: the folder cannot be written.
    """
    from kenzan.batch.store import Store
    from kenzan.export.html_index import IndexEntry, render_index

    paths = {source.name: source.path for source in sources if not source.problem}
    entries: list[IndexEntry] = []
    drawn = _Drawn([], {})
    with (
        Store(out / STORE_NAME, read_only=True) as store,
        WorkerPool(options.jobs or count_cores(), options.limits) as pool,
    ):
        waiting: deque[tuple[str, Path, Future[str]]] = deque()
        for content, result in store.records():
            name = content.document.document
            target = out / PAGES_FOLDER / name_page(name)
            entry = IndexEntry.of(content, result, target.name)
            entries.append(entry)
            if entry.readable and name in paths:
                call = (paths[name], pack(content, result), str(target), options.read, lang)
                waiting.append((name, target, pool.submit(write_page_task, *call)))
            while len(waiting) > 4 * (options.jobs or count_cores()):
                drawn.take(*waiting.popleft())
        while waiting:
            drawn.take(*waiting.popleft())
    index = out / PAGES_FOLDER / "index.html"
    entries = [replace(one, undrawn=one.document in drawn.failed) for one in entries]
    write_file(index, render_index(entries, lang).encode("utf-8"))
    return PagesWritten((index, *drawn.files), drawn.failed)


@dataclass(slots=True)
class _Drawn:
    files: list[Path]
    failed: dict[str, KenzanError]

    def take(self, document: str, target: Path, page: Future[str]) -> None:
        """Note the page written, or why there is none; no page of an earlier run stands for it."""
        try:
            self.files.append(Path(page.result()))
        except ExportError:
            raise
        except WorkerLostError as lost:
            self.failed[document] = restore_error(lost.code, document, lost.detail)
        except KenzanError as error:
            self.failed[document] = error
        except Exception as error:  # noqa: BLE001  a defect costs one page, named, not the run
            self.failed[document] = DefectError(document, f"{type(error).__name__}: {error}")
        if document in self.failed:
            target.unlink(missing_ok=True)


def write_page_task(path: str, record: bytes, target: str, options: ReadOptions, lang: str) -> str:
    """Write one page in a worker; returns its path."""
    content, result = unpack(record)
    data = read_bytes(path, options.max_bytes)
    page = render_page(content, result, data, options, lang)
    write_file(Path(target), page.encode("utf-8"))
    return target
