"""What a person looks at: a page as a picture, or what a file without pictures holds."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kenzan.schemas.records import dataclass

if TYPE_CHECKING:
    from kenzan.schemas.document import Block


@dataclass(frozen=True, slots=True)
class PageView:
    """One page to show: its size in points with a picture of it, or its lines and tables.

    ``image`` holds the bytes of a picture of the media type ``media``; ``close`` a sharper one,
    to cut pieces out of, where there is something to look at. ``blocks`` stand for a page that
    has no picture (text, Word, Excel, HTML).
    """

    number: int
    width: float = 0.0
    height: float = 0.0
    image: bytes = b""
    media: str = "image/webp"
    close: bytes = b""
    blocks: tuple[Block, ...] = ()
    label: str = ""
