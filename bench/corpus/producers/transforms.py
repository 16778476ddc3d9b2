"""PDF pages turned, shifted, or put in twos on a sheet, as scanners and printers leave them."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pikepdf

if TYPE_CHECKING:
    from pathlib import Path


def rotate(source: Path, path: Path) -> None:
    """Store every page on its side, with /Rotate so that it shows upright."""
    with pikepdf.open(source) as pdf:
        for page in pdf.pages:
            _, _, width, height = (float(edge) for edge in page.mediabox)
            turn = f"q 0 1 -1 0 {height} 0 cm\n".encode()
            page.contents_add(pikepdf.Stream(pdf, turn), prepend=True)
            page.contents_add(pikepdf.Stream(pdf, b"\nQ"))
            page.mediabox = [0, 0, height, width]
            if "/CropBox" in page:
                del page["/CropBox"]
            page.rotate(90, relative=False)
        pdf.save(path, deterministic_id=True)


def shift(source: Path, path: Path, by: tuple[float, float] = (31.0, -57.0)) -> None:
    """Move the origin of every page: boxes that do not begin at 0, 0, and a crop box."""
    with pikepdf.open(source) as pdf:
        for page in pdf.pages:
            left, bottom, right, top = (float(edge) for edge in page.mediabox)
            move = f"q 1 0 0 1 {by[0]} {by[1]} cm\n".encode()
            page.contents_add(pikepdf.Stream(pdf, move), prepend=True)
            page.contents_add(pikepdf.Stream(pdf, b"\nQ"))
            moved = [left + by[0], bottom + by[1], right + by[0], top + by[1]]
            page.mediabox = [moved[0] - 20, moved[1] - 20, moved[2] + 20, moved[3] + 20]
            page.cropbox = moved
        pdf.save(path, deterministic_id=True)


def two_up(source: Path, path: Path) -> None:
    """Put the pages in twos side by side on sheets of double width."""
    with pikepdf.open(source) as pdf, pikepdf.new() as out:
        for index in range(0, len(pdf.pages), 2):
            pages = pdf.pages[index : index + 2]
            _, _, width, height = (float(edge) for edge in pages[0].mediabox)
            sheet = out.add_blank_page(page_size=(2 * width, height))
            for position, page in enumerate(pages):
                area = pikepdf.Rectangle(position * width, 0, (position + 1) * width, height)
                sheet.add_overlay(page, area)
        out.save(path, deterministic_id=True)
