"""The two PDF engines on the same page: which one to believe."""

from __future__ import annotations

from contextlib import ExitStack
from typing import TYPE_CHECKING, Self

from kenzan.errors import DocumentError
from kenzan.extract.legibility import expected_share, is_legible
from kenzan.extract.pdfium import PdfiumDocument, open_pdfium

if TYPE_CHECKING:
    from kenzan.extract.content import PageContent
    from kenzan.extract.options import Deadline, ReadOptions
    from kenzan.extract.plumber import PlumberDocument


class Engines:
    """A PDF open in the engines that are asked for; the slow one is opened when it is needed."""

    def __init__(self, data: bytes, name: str, options: ReadOptions, deadline: Deadline) -> None:
        self._data, self._name = data, name
        self._options, self._deadline = options, deadline
        self._stack = ExitStack()
        self._fast: PdfiumDocument | None = None
        self._slow: PlumberDocument | None = None

    def __enter__(self) -> Self:
        if self._options.backend != "pdfplumber":
            opened = open_pdfium(self._data, self._options.password, self._name)
            self._fast = self._stack.enter_context(opened)
        else:
            self._open_slow()
        return self

    def __exit__(self, *_: object) -> None:
        self._stack.close()

    def _open_slow(self) -> PlumberDocument:
        if self._slow is None:
            from kenzan.extract.plumber import open_plumber

            opened = open_plumber(self._data, self._options.password, self._name, self._deadline)
            self._slow = self._stack.enter_context(opened)
        return self._slow

    @property
    def page_count(self) -> int:
        """How many pages the document says it has."""
        return self._fast.page_count if self._fast else self._open_slow().page_count

    def metadata(self) -> dict[str, str]:
        """The entries of the document information that are text."""
        return self._fast.metadata() if self._fast else self._open_slow().metadata()

    def read_page(self, number: int) -> PageContent | None:
        """The page by the engine chosen; with ``auto`` by the other where the first fails."""
        if self._fast is None:
            return _judged(self._open_slow().read_page(number))
        content = self._fast.read_page(number)
        if content and is_legible(content.chars):
            return content
        if self._options.backend == "pdfium":
            return _judged(content)
        other = self.read_reference(number)
        if other is None or not _is_better(other, content):
            return _judged(content)
        other.doubts.append(("engine-fallback", "read by pdfplumber instead of PDFium"))
        if content is not None:
            # What one engine cannot make out the other may have guessed: a font without a table
            # of its characters reads as plausible, and wrong, kanji.
            other.doubts.append(_broken(content))
        return other if content is not None else _judged(other)

    def read_reference(self, number: int) -> PageContent | None:
        """The page by the slow engine; ``None`` if that cannot open the file or the page."""
        try:
            return self._open_slow().read_page(number)
        except DocumentError:
            # A limit that is reached must end the reading; a file it cannot open need not.
            self._deadline.check()
            return None


def _judged(content: PageContent | None) -> PageContent | None:
    if content is not None and not is_legible(content.chars):
        content.doubts.append(_broken(content))
    return content


def _broken(content: PageContent) -> tuple[str, str]:
    share = expected_share(content.chars)
    return "broken-text", f"only {share:.0%} of the characters can be right"


def _is_better(other: PageContent, content: PageContent | None) -> bool:
    if content is None:
        return True
    return expected_share(other.chars) > expected_share(content.chars)
