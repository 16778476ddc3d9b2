"""What a person looks at: a page as a picture, or the lines of a text."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class PageView:
    """One page to show: its size in points with a picture of it, or its lines of text.

    ``image`` holds the bytes of a picture of the media type ``media``; ``lines`` are (number,
    text) of a text file or of cells without geometry.
    """

    number: int
    width: float = 0.0
    height: float = 0.0
    image: bytes = b""
    media: str = "image/webp"
    lines: tuple[tuple[int, str], ...] = ()
    label: str = ""
