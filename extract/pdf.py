"""PDF files: pages through the fast engine, geometry shared by both."""

from __future__ import annotations

import hashlib

from kenzan.errors import NoTextLayerError, TooLargeError
from kenzan.extract.geometry import build_page
from kenzan.extract.options import Deadline, ReadOptions
from kenzan.extract.pdfium import open_pdfium
from kenzan.schemas.document import Document, Notice, Page
from kenzan.schemas.geometry import Place


def read_pdf(data: bytes, *, name: str, options: ReadOptions) -> Document:
    """Read a PDF.

    Raises:
        EncryptedError: it needs a password, or another one.
        DamagedError: it cannot be opened.
        NoTextLayerError: no page has any text.
        TooLargeError, TooSlowError: a limit of ``options`` is reached.
    """
    deadline = Deadline(name, options.max_seconds)
    pages: list[Page] = []
    notices: list[Notice] = []
    with open_pdfium(data, options.password, name) as document:
        count = document.page_count
        if options.max_pages is not None and count > options.max_pages:
            raise TooLargeError(name, f"{count:,} > {options.max_pages:,} pages")
        metadata = document.metadata()
        for number in range(1, count + 1):
            deadline.check()
            content = document.read_page(number)
            if content is None:
                notices.append(Notice("page-failed", "the page cannot be loaded", Place(number)))
                pages.append(Page(number))
                continue
            pages.append(build_page(content))
    if not any(page.blocks for page in pages):
        raise NoTextLayerError(name)
    digest = hashlib.sha256(data).hexdigest()
    return Document(name, "pdf", digest, len(data), tuple(pages), tuple(notices), metadata)
