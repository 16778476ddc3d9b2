"""A PDF stored in other ways: turned, shifted, cropped, scaled, two pages on a sheet."""

from __future__ import annotations

import io
from collections.abc import Callable
from typing import TYPE_CHECKING

import pikepdf

if TYPE_CHECKING:
    from pathlib import Path

Change = Callable[[pikepdf.Pdf], None]


def vary(source: Path, change: Change) -> bytes:
    """The bytes of the document with ``change`` made to it."""
    with pikepdf.open(source) as pdf:
        change(pdf)
        out = io.BytesIO()
        pdf.save(out)
    return out.getvalue()


def _box(page: pikepdf.Page) -> tuple[float, float]:
    x0, y0, x1, y1 = (float(value) for value in page.mediabox)
    return x1 - x0, y1 - y0


def _wrap(pdf: pikepdf.Pdf, page: pikepdf.Page, matrix: str) -> None:
    page.contents_add(pdf.make_stream(f"q {matrix} cm\n".encode()), prepend=True)
    page.contents_add(pdf.make_stream(b"\nQ"))


def store_on_side(turn: int) -> Change:
    """The page looks the same: what is drawn is turned by ``turn`` degrees, /Rotate turns it back."""

    def change(pdf: pikepdf.Pdf) -> None:
        for page in pdf.pages:
            width, height = _box(page)
            matrix, media = {
                90: (f"0 1 -1 0 {height} 0", (height, width)),
                180: (f"-1 0 0 -1 {width} {height}", (width, height)),
                270: (f"0 -1 1 0 0 {width}", (height, width)),
            }[turn]
            _wrap(pdf, page, matrix)
            page.mediabox = [0, 0, *media]
            page.Rotate = turn

    return change


def turn_text(turn: int) -> Change:
    """The page itself lies on its side (or stands on its head), as a wide table is often bound."""

    def change(pdf: pikepdf.Pdf) -> None:
        store_on_side(turn)(pdf)
        for page in pdf.pages:
            del page.Rotate

    return change


def turn_view(turn: int) -> Change:
    """Only /Rotate is set: a page scanned or saved the wrong way round."""

    def change(pdf: pikepdf.Pdf) -> None:
        for page in pdf.pages:
            page.Rotate = turn

    return change


def shift(pdf: pikepdf.Pdf) -> None:
    """The media box begins far from 0, with room around the page that the crop box leaves out."""
    for page in pdf.pages:
        width, height = _box(page)
        _wrap(pdf, page, "1 0 0 1 -300 -200")
        page.mediabox = [-350, -250, width - 250, height - 150]
        page.cropbox = [-300, -200, width - 300, height - 200]


def crop(pdf: pikepdf.Pdf) -> None:
    """Margins are cut off."""
    for page in pdf.pages:
        width, height = _box(page)
        page.cropbox = [30, 30, width - 30, height - 30]


def scale_unit(pdf: pikepdf.Pdf) -> None:
    """Drawn at half size, with a user unit of two points."""
    for page in pdf.pages:
        width, height = _box(page)
        _wrap(pdf, page, "0.5 0 0 0.5 0 0")
        page.mediabox = [0, 0, width / 2, height / 2]
        page.UserUnit = 2


def put_two_up(pdf: pikepdf.Pdf) -> None:
    """Two pages on each sheet, side by side."""
    count = len(pdf.pages)
    for index in range(0, count, 2):
        width, height = _box(pdf.pages[index])
        sheet = pikepdf.Page(
            pikepdf.Dictionary(
                Type=pikepdf.Name.Page,
                MediaBox=[0, 0, 2 * width, height],
                Resources=pikepdf.Dictionary(XObject=pikepdf.Dictionary()),
                Contents=pdf.make_stream(b""),
            )
        )
        pdf.pages.append(sheet)
        sheet = pdf.pages[-1]
        for offset, source in enumerate(range(index, min(index + 2, count))):
            form = pdf.pages[source].as_form_xobject()
            name = sheet.add_resource(form, pikepdf.Name.XObject)
            draw = f"q 1 0 0 1 {offset * width} 0 cm {name} Do Q\n"
            sheet.contents_add(pdf.make_stream(draw.encode()))
    del pdf.pages[:count]


VARIANTS: dict[str, Change] = {
    **{f"on its side, {turn}": store_on_side(turn) for turn in (90, 180, 270)},
    **{f"text turned, {turn}": turn_text(turn) for turn in (90, 180, 270)},
    **{f"view turned, {turn}": turn_view(turn) for turn in (90, 180, 270)},
    "shifted": shift,
    "cropped": crop,
    "user unit": scale_unit,
    "two-up": put_two_up,
}
