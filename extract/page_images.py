"""Pictures of PDF pages, for people to look at; nothing is read out of them."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING, Any

from kenzan.schemas.view import PageView

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator

SHARP_DPI = 110
SMALL_DPI = 80
SMALL_FROM = 30
MOST_PIXELS = 4_000_000
QUALITY = 55
# For pieces shown on their own, on screens with two dots to a pixel too.
CLOSE_DPI = 190
CLOSE_QUALITY = 80


def render_pages(
    data: bytes, *, close: Collection[int] = (), password: str | None = None
) -> Iterator[PageView]:
    """Pictures of all pages, in order, as shown on the screen; sharper ones of ``close`` too.

    Long documents get smaller pictures, and no page more than four million pixels. A page that
    cannot be drawn comes without a picture.
    """
    import pypdfium2

    with pypdfium2.PdfDocument(data, password=password) as pdf:
        dpi = SHARP_DPI if len(pdf) < SMALL_FROM else SMALL_DPI
        for index in range(len(pdf)):
            yield _render_page(pdf, index + 1, dpi, close=index + 1 in close)


def _render_page(pdf: Any, number: int, dpi: int, *, close: bool) -> PageView:
    import pypdfium2

    try:
        page = pdf[number - 1]
        width, height = page.get_size()
        image = _draw(page, dpi, QUALITY)
        sharper = _draw(page, CLOSE_DPI, CLOSE_QUALITY) if close else b""
        page.close()
    except (pypdfium2.PdfiumError, ValueError, OSError, MemoryError):
        return PageView(number)
    return PageView(number, width, height, image, close=sharper)


def _draw(page: Any, dpi: int, quality: int) -> bytes:
    width, height = page.get_size()
    scale = min(dpi / 72, (MOST_PIXELS / max(width * height, 1)) ** 0.5)
    buffer = io.BytesIO()
    picture = page.render(scale=scale).to_pil().convert("RGB")
    picture.save(buffer, "WEBP", quality=quality, method=4)
    return buffer.getvalue()
