"""Pictures of PDF pages, for people to look at; nothing is read out of them."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING

from kenzan.schemas.view import PageView

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

SHARP_DPI = 110
SMALL_DPI = 80
SMALL_FROM = 30
MOST_PIXELS = 4_000_000
QUALITY = 55


def render_pages(
    data: bytes, *, pages: Iterable[int] | None = None, password: str | None = None
) -> Iterator[PageView]:
    """Pictures of the given pages (all by default), in order, as shown on the screen.

    Long documents get smaller pictures, and no page more than four million pixels. A page that
    cannot be drawn comes without a picture.
    """
    import pypdfium2

    with pypdfium2.PdfDocument(data, password=password) as pdf:
        count = len(pdf)
        wanted = range(1, count + 1) if pages is None else sorted(set(pages))
        dpi = SHARP_DPI if count < SMALL_FROM else SMALL_DPI
        for number in wanted:
            if 1 <= number <= count:
                yield _render_page(pdf, number, dpi)


def _render_page(pdf: object, number: int, dpi: int) -> PageView:
    import pypdfium2

    try:
        page = pdf[number - 1]  # type: ignore[index]
        width, height = page.get_size()
        scale = min(dpi / 72, (MOST_PIXELS / max(width * height, 1)) ** 0.5)
        picture = page.render(scale=scale).to_pil()
        page.close()
    except (pypdfium2.PdfiumError, ValueError, OSError, MemoryError):
        return PageView(number)
    buffer = io.BytesIO()
    picture.convert("RGB").save(buffer, "WEBP", quality=QUALITY, method=4)
    return PageView(number, width, height, buffer.getvalue())
