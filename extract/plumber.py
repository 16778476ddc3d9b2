"""Pages through pdfplumber (pdfminer.six): the reference that the fast engine is held against.

Slower by an order of magnitude and independent in every part: fonts, encodings, content streams.
It reads the pages that the fast engine reads badly.
"""

from __future__ import annotations

import io
import logging
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from kenzan.errors import DamagedError, EncryptedError, KenzanError, WrongPasswordError

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kenzan.extract.content import PageContent
    from kenzan.extract.options import Deadline


class PlumberDocument:
    """An open document; pages are parsed one at a time and not kept."""

    def __init__(self, pdf: Any, deadline: Deadline) -> None:
        self._pdf = pdf
        self._deadline = deadline

    @property
    def page_count(self) -> int:
        """How many pages can be reached."""
        return len(self._pdf.pages)

    def metadata(self) -> dict[str, str]:
        """The entries of the document information that are text."""
        return {key: text for key, text in self._pdf.metadata.items() if isinstance(text, str)}

    def read_page(self, number: int) -> PageContent | None:
        """The page's characters and rules; ``None`` where pdfminer cannot interpret it."""
        from kenzan.extract.plumber_device import interpret_page
        from kenzan.extract.plumber_layout import read_layout

        if not 1 <= number <= self.page_count:
            return None
        page = self._pdf.pages[number - 1]
        try:
            layout = interpret_page(self._pdf, page.page_obj, self._deadline)
            return None if layout is None else read_layout(layout, page, number)
        except KenzanError:
            raise
        except Exception:  # noqa: BLE001 - whatever a broken page makes pdfminer raise
            return None
        finally:
            page.close()


@contextmanager
def open_plumber(
    data: bytes, password: str | None, name: str, deadline: Deadline
) -> Iterator[PlumberDocument]:
    """Open a document held in memory.

    Raises:
        EncryptedError: it needs a password, or another one.
        DamagedError: pdfminer cannot make a document of it.
    """
    import pdfplumber
    from pdfminer.pdfdocument import PDFEncryptionError, PDFPasswordIncorrect

    logging.getLogger("pdfminer").setLevel(logging.CRITICAL)
    try:
        pdf = pdfplumber.open(io.BytesIO(data), password=password, raise_unicode_errors=False)
        _ = pdf.pages  # the tree of pages, which is kept, and may be what is broken
    except Exception as error:
        causes = (error, *error.args)
        if any(isinstance(cause, PDFPasswordIncorrect | PDFEncryptionError) for cause in causes):
            kind = EncryptedError if password is None else WrongPasswordError
            raise kind(name) from error
        raise DamagedError(name) from error
    with pdf:
        yield PlumberDocument(pdf, deadline)
