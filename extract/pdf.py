"""PDF files: pages through the engine that reads them right, geometry shared by both engines."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING

from kenzan.errors import NoTextLayerError, TooLargeError
from kenzan.extract.aligned_pages import join_pages
from kenzan.extract.engines import Engines
from kenzan.extract.geometry import build_page
from kenzan.extract.options import Budget, Deadline, ReadOptions
from kenzan.schemas.document import Document, Grid, Notice, Page
from kenzan.schemas.geometry import Place

if TYPE_CHECKING:
    from kenzan.extract.content import PageContent

_PICTURE = 0.3
"""Share of a page without characters that a picture covers if the page is a scan."""


def read_pdf(data: bytes, *, name: str, options: ReadOptions) -> Document:
    """Read a PDF.

    Raises:
        EncryptedError: it needs a password, or another one.
        DamagedError: it cannot be opened.
        NoTextLayerError: no page has any text.
        TooLargeError, TooSlowError: a limit of ``options`` is reached.
    """
    deadline = Deadline.of(name, options)
    reading = _Reading(name, options)
    with Engines(data, name, options, deadline) as engines:
        count = engines.page_count
        if options.max_pages is not None and count > options.max_pages:
            raise TooLargeError(name, f"{count:,} > {options.max_pages:,} pages")
        metadata = engines.metadata()
        for number in range(1, count + 1):
            deadline.check()
            page = reading.take(number, engines.read_page(number))
            if options.verify_engines and page.blocks:
                reading.notices += _verify(engines, number, page)
    if not any(page.blocks for page in reading.pages):
        raise NoTextLayerError(name)
    return Document(
        name,
        "pdf",
        hashlib.sha256(data).hexdigest(),
        len(data),
        tuple(join_pages(reading.pages)),
        tuple(reading.notices),
        metadata,
    )


def _verify(engines: Engines, number: int, page: Page) -> list[Notice]:
    from kenzan.extract.agreement import compare_page

    found = compare_page(engines, number, page)
    return [Notice("engines-disagree", one.detail, Place(number, one.box)) for one in found]


class _Reading:
    """The pages read so far, what is to be said about them, and what may still be spent."""

    def __init__(self, name: str, options: ReadOptions) -> None:
        self.pages: list[Page] = []
        self.notices: list[Notice] = []
        self._chars = Budget(name, options.max_chars, "characters")
        self._cells = Budget(name, options.max_cells, "cells")

    def take(self, number: int, content: PageContent | None) -> Page:
        """Add a page; ``None`` stands for one that no engine can read."""
        if content is None:
            self._note("page-failed", "the page cannot be read", number)
            page = Page(number)
        else:
            self._chars.spend(len(content.chars))
            page = build_page(content)
            grids = (block for block in page.blocks if isinstance(block, Grid))
            self._cells.spend(sum(len(grid.cells) for grid in grids))
            for code, detail in content.doubts:
                self._note(code, detail, number)
            if not page.blocks and content.image_share >= _PICTURE:
                self._note("no-text-layer", "the page is a picture", number)
        self.pages.append(page)
        return page

    def _note(self, code: str, detail: str, number: int) -> None:
        self.notices.append(Notice(code, detail, Place(number)))
