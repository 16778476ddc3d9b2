"""PDF files written by hand, a few lines of content stream each, for the hazards one by one."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING

import pikepdf

if TYPE_CHECKING:
    from collections.abc import Sequence

A4 = (0, 0, 595, 842)


def make_pdf(
    *contents: str | bytes,
    media: Sequence[float] = A4,
    crop: Sequence[float] | None = None,
    rotate: int = 0,
    encoding: str = "90ms-RKSJ-H",
) -> bytes:
    """A page for each content stream; /F1 is a Japanese font that is not embedded, /F2 Helvetica."""
    pdf = pikepdf.new()
    fonts = pikepdf.Dictionary(F1=_japanese(pdf, encoding), F2=_latin(pdf))
    for content in contents:
        raw = content if isinstance(content, bytes) else content.encode("cp932")
        page = pikepdf.Dictionary(
            Type=pikepdf.Name.Page,
            MediaBox=list(media),
            Resources=pikepdf.Dictionary(Font=fonts),
            Contents=pdf.make_stream(raw),
        )
        if crop is not None:
            page.CropBox = list(crop)
        if rotate:
            page.Rotate = rotate
        pdf.pages.append(pikepdf.Page(pdf.make_indirect(page)))
    return to_bytes(pdf)


def to_bytes(pdf: pikepdf.Pdf, **options: object) -> bytes:
    buffer = io.BytesIO()
    pdf.save(buffer, **options)
    return buffer.getvalue()


def _japanese(pdf: pikepdf.Pdf, encoding: str) -> pikepdf.Object:
    system = pikepdf.Dictionary(Registry="Adobe", Ordering="Japan1", Supplement=2)
    descriptor = pikepdf.Dictionary(
        Type=pikepdf.Name.FontDescriptor,
        FontName=pikepdf.Name("/MS-Mincho"),
        Flags=5,
        FontBBox=[0, -136, 1000, 859],
        ItalicAngle=0,
        Ascent=859,
        Descent=-140,
        CapHeight=709,
        StemV=80,
    )
    descendant = pikepdf.Dictionary(
        Type=pikepdf.Name.Font,
        Subtype=pikepdf.Name.CIDFontType2,
        BaseFont=pikepdf.Name("/MS-Mincho"),
        CIDSystemInfo=system,
        FontDescriptor=pdf.make_indirect(descriptor),
        DW=1000,
        W=[1, [500] * 95, 231, [500] * 400],
    )
    return pdf.make_indirect(
        pikepdf.Dictionary(
            Type=pikepdf.Name.Font,
            Subtype=pikepdf.Name.Type0,
            BaseFont=pikepdf.Name("/MS-Mincho"),
            Encoding=pikepdf.Name("/" + encoding),
            DescendantFonts=[pdf.make_indirect(descendant)],
        )
    )


def _latin(pdf: pikepdf.Pdf) -> pikepdf.Object:
    return pdf.make_indirect(
        pikepdf.Dictionary(
            Type=pikepdf.Name.Font, Subtype=pikepdf.Name.Type1, BaseFont=pikepdf.Name.Helvetica
        )
    )


def text_at(x: float, y: float, text: str, size: float = 10, font: str = "F1") -> str:
    """The operators that print ``text`` with its base line at (x, y), y upwards."""
    if font == "F1":
        shown = "<" + text.encode("cp932").hex() + ">"
    else:
        shown = "(" + text.replace("(", r"\(").replace(")", r"\)") + ")"
    return f"BT /{font} {size} Tf {x} {y} Td {shown} Tj ET\n"


def line_at(x0: float, y0: float, x1: float, y1: float) -> str:
    return f"{x0} {y0} m {x1} {y1} l S\n"


def ruled(xs: Sequence[float], ys: Sequence[float]) -> str:
    """All rules of a table."""
    rules = [line_at(xs[0], y, xs[-1], y) for y in ys]
    return "".join(rules + [line_at(x, min(ys), x, max(ys)) for x in xs])


def table_at(xs: Sequence[float], ys: Sequence[float], rows: Sequence[Sequence[str]]) -> str:
    """A ruled table; ``ys`` fall from the top."""
    texts = [
        text_at(xs[col] + 3, ys[row + 1] + 6, text)
        for row, cells in enumerate(rows)
        for col, text in enumerate(cells)
        if text
    ]
    return ruled(xs, ys) + "".join(texts)
