"""Pages through PDFium: the fast engine, and the default."""

from __future__ import annotations

import ctypes
from contextlib import contextmanager
from typing import TYPE_CHECKING

import numpy as np

from kenzan.errors import DamagedError, EncryptedError, WrongPasswordError
from kenzan.extract import pdfium_calls as pdfium
from kenzan.extract.boxes import moved, stack
from kenzan.extract.content import PageContent, Rules
from kenzan.extract.pdfium_objects import read_drawn
from kenzan.extract.pdfium_text import read_chars

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from kenzan.extract.boxes import Floats

_META_TAGS = ("Title", "Author", "Subject", "Creator", "Producer", "CreationDate", "ModDate")


class PdfiumDocument:
    """An open document. Used under ``pdfium_calls.LOCK``, closed by ``open_pdfium``."""

    def __init__(self, handle: int) -> None:
        self._handle = handle

    @property
    def page_count(self) -> int:
        """How many pages the document says it has."""
        return int(pdfium.count_pages(self._handle))

    def metadata(self) -> dict[str, str]:
        """The document information that is there, by its PDF name."""
        known = ((tag, self._meta(tag)) for tag in _META_TAGS)
        return {tag: text for tag, text in known if text}

    def _meta(self, tag: str) -> str:
        size = pdfium.meta_text(self._handle, tag.encode(), None, 0)
        if not 2 < size < 100_000:
            return ""
        buffer = ctypes.create_string_buffer(size)
        pdfium.meta_text(self._handle, tag.encode(), buffer, size)
        return buffer.raw[: size - 2].decode("utf-16-le", "replace").strip("\0 ")

    def read_page(self, number: int) -> PageContent | None:
        """The page's characters and rules; ``None`` where PDFium cannot load it."""
        page = pdfium.load_page(self._handle, number - 1)
        if not page:
            return None
        try:
            return _read_content(page, number)
        finally:
            pdfium.close_page(page)


@contextmanager
def open_pdfium(data: bytes, password: str | None, name: str) -> Iterator[PdfiumDocument]:
    """Open a document held in memory.

    Raises:
        EncryptedError: it needs a password, or another one.
        DamagedError: PDFium cannot make a document of it.
    """
    secret = None if password is None else password.encode()
    with pdfium.LOCK:
        handle = pdfium.load_document(data, len(data), secret)
        if not handle:
            if pdfium.last_error() in (pdfium.ERROR_PASSWORD, pdfium.ERROR_SECURITY):
                raise (EncryptedError if password is None else WrongPasswordError)(name)
            raise DamagedError(name)
        try:
            yield PdfiumDocument(handle)
        finally:
            pdfium.close_document(handle)


def _read_content(page: int, number: int) -> PageContent | None:
    width, height, matrix = _page_frame(page)
    drawn = read_drawn(page)
    text_page = pdfium.load_text(page)
    if not text_page:
        return None
    try:
        chars = read_chars(text_page, matrix, drawn.read_blanks)
    finally:
        pdfium.close_text(text_page)
    rules = Rules.sort(moved(drawn.visible_rules(), matrix), moved(stack(drawn.fills), matrix))
    share = _largest(drawn.images, matrix) / max(width * height, 1.0)
    content = PageContent(number, width, height, chars, rules, image_share=min(share, 1.0))
    if drawn.crowded:
        content.doubts.append(("limit-reached", "more is drawn than is looked at"))
    return content


def _largest(parts: Sequence[Floats], matrix: Floats) -> float:
    """The area of the largest box as shown; 0 if there is none."""
    if not parts:
        return 0.0
    boxes = moved(stack(parts), matrix)
    sides = boxes[:, 2:] - boxes[:, :2]
    return float(np.prod(sides, axis=1).max(initial=0.0))


def _page_frame(page: int) -> tuple[float, float, Floats]:
    """Width and height as shown, and the matrix from user space to the page as shown.

    PDFium's own page-to-device mapping is asked for three corners, so that rotation, crop box and
    a shifted (or inherited) media box are in it.
    """
    width, height = float(pdfium.page_width(page)), float(pdfium.page_height(page))
    size = 1 << 14
    point = (ctypes.c_double * 2)()
    start = ctypes.addressof(point)
    corners = []
    for x, y in ((0, 0), (size, 0), (0, size)):
        pdfium.device_to_page(page, 0, 0, size, size, 0, x, y, start, start + 8)
        corners.append((point[0], point[1]))
    (ox, oy), (rx, ry), (bx, by) = corners
    # user = origin + s * right + t * down with s, t in 0..1 over the shown page; inverted here.
    right, up, left, down = rx - ox, ry - oy, bx - ox, by - oy
    area = right * down - left * up
    if not area:
        return width, height, np.array(((1.0, 0.0, 0.0), (0.0, -1.0, height)))
    a, c = width * down / area, -width * left / area
    b, d = -height * up / area, height * right / area
    return width, height, np.array(((a, c, -a * ox - c * oy), (b, d, -b * ox - d * oy)))
