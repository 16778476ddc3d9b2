"""Columns told by order: in rows that are full the n-th figure stands in the n-th column.

Blanks that a program puts in for a long label or a wide figure push all that follows to the right,
each row by as much as it needs. So the columns of a table may overlap, and what one row fills may
look like two columns. Where rows with all figures are at hand, their order says how many there are.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from kenzan.schemas.records import dataclass

if TYPE_CHECKING:
    from collections.abc import Sequence

    from kenzan.extract.aligned_pieces import Piece
    from kenzan.extract.raster_pieces import Strip

_MOST = 64
"""Figures in a row."""
_NEARLY_ALL = 0.8
"""Share of rows that are full from which on there is no column beyond those they fill."""
_FEWEST = 2
"""Figures in a row that tell columns."""


@dataclass(frozen=True, slots=True)
class Zone:
    """The part of a row from its first figure to its last one, by indices of its pieces."""

    strip: Strip
    first: int
    end: int

    @property
    def pieces(self) -> Sequence[Piece]:
        """What stands in it: figures and the words between them."""
        return self.strip.pieces[self.first : self.end]


def find_zones(body: Sequence[Strip]) -> list[Zone]:
    """The zone of each row that has figures."""
    zones = [_find_zone(strip) for strip in body if strip.is_body]
    return [zone for zone in zones if zone.end > zone.first]


def _find_zone(strip: Strip) -> Zone:
    pieces = strip.pieces
    figures = [i for i, piece in enumerate(pieces) if piece.figure and piece.has_digit]
    while figures and pieces[figures[0]].enumerates and not _is_followed(strip, figures[0]):
        figures.pop(0)
    return Zone(strip, figures[0], figures[-1] + 1) if figures else Zone(strip, 0, 0)


def _is_followed(strip: Strip, index: int) -> bool:
    """Whether a figure stands right behind a piece, so that it is none that counts the rows."""
    following = strip.pieces[index + 1 : index + 2]
    return index > 0 or any(piece.figure and piece.has_digit for piece in following)


def find_full_columns(
    zones: Sequence[Zone], found: int, named: int
) -> list[tuple[float, float]] | None:
    """The stretches of the columns that full rows tell, if they are not as many as were found.

    More than ``found`` need two rows that fill them, or one if so many are ``named``; less need
    nearly all rows to be full.
    """
    fullest = max((zone.end - zone.first for zone in zones), default=0)
    full = [zone for zone in zones if zone.end - zone.first == fullest]
    if fullest == found or not _FEWEST <= fullest <= _MOST:
        return None
    if fullest < found and len(full) < _NEARLY_ALL * len(zones):
        return None
    if fullest > found and len(full) < 2 and named < fullest:
        return None
    columns = zip(*(zone.pieces for zone in full), strict=True)
    return [
        (min(piece.x0 for piece in column), max(piece.x1 for piece in column)) for column in columns
    ]


def part_body(
    body: Sequence[Strip], zones: Sequence[Zone], told: Sequence[tuple[float, float]]
) -> tuple[list[Strip], list[Strip]]:
    """What stands before and behind the figures of each line."""
    by_line = {id(zone.strip.line): zone for zone in zones}
    start, end = told[0][0], told[-1][1]
    left: list[Strip] = []
    right: list[Strip] = []
    for strip in body:
        zone = by_line.get(id(strip.line))
        if zone is not None:
            left.append(strip.with_pieces(strip.pieces[: zone.first]))
            right.append(strip.with_pieces(strip.pieces[zone.end :]))
        else:
            left.append(strip.with_pieces([p for p in strip.pieces if p.x1 <= start]))
            right.append(strip.with_pieces([p for p in strip.pieces if p.x0 >= end]))
    return left, right
