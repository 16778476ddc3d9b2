"""The header of a table on a raster: names shared out over the columns, line by line upwards.

Names keep the order of their columns but not always their place above them. So every line is
shared out as a whole, at the least cost: names want to stand over their columns, columns want
names, and a name over several wants to stand in their middle.
"""

from __future__ import annotations

import re
from functools import cache
from itertools import pairwise
from typing import TYPE_CHECKING

from kenzan.extract.header_cells import HeaderCell, add_named_columns, set_rowspans
from kenzan.extract.raster_columns import Stretch
from kenzan.extract.raster_pieces import to_piece
from kenzan.schemas.records import dataclass

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from kenzan.extract.aligned_pieces import Piece
    from kenzan.extract.raster_columns import Raster
    from kenzan.extract.raster_pieces import Strip

_ATOM = re.compile(r"[^ \t\u3000\xa0]+")
_NAMELESS = 1.6
"""Cost of a column of figures without a name."""
_NAMELESS_WORDS = 0.4
_UNNAMED_YET = 0.25
"""Share of that cost while there are lines above that may name the column."""
_LEFT_OUT = 0.08
"""Of a column whose name has no group, in a line of groups."""
_LEFT_OUT_ALONE = 0.4
"""The same over a line that names all columns of figures: what stands above names groups."""
_APART = 3.0
"""Of a name of a group that does not stand over it at all."""
_FAR = 0.12
"""Of each raster column between a name and what it stands for."""
_OFF = 0.06
"""Of each raster column that a group's name is off its middle (or left edge)."""
_FLUSH = 2
"""Raster columns that a name set at the left edge of its group may be off it."""
_RAGGED = 3
"""How much more being off the left edge counts than being off the middle."""
_NEAR = 0.02
"""The same for a single column."""
_NEAR_GLUED = 0.005
"""The same for a name pushed against the next."""
_OVER = 0.25
"""Of each raster column that a name reaches over a neighbour."""
_OVER_GLUED = 0.04
"""The same for a name a blank from the next, which stands where that one leaves it room."""
_GLUED = 0.2
"""Of each single blank within a name: names rarely have one, but pushed together stand so."""
_GLUED_LATIN = 0.05
"""The same beside Latin letters, which some programs part from the letters around them."""
_TWICE = 3.0
"""Of a word that comes twice within a name."""
_FAR_GLUED = 0.02
"""What counts for a name pushed against the next, instead of ``_FAR``."""
_WIDE = 1.2
"""Of each further column of figures under a name with nothing between."""
_NEW = 2.2
"""Of a column made for a name that has no figures below."""
_SPREAD = 8
"""Raster columns between two letters of one name, at most."""
_MOST = 64


@dataclass(frozen=True, slots=True)
class Heading:
    """The cells of a header and how many rows they take."""

    names: tuple[HeaderCell, ...]
    depth: int


def read_heading(head: Sequence[Strip], raster: Raster) -> Heading:
    """Share the names of some lines out over the columns; adds columns for those without."""
    _add_stub(head, raster)
    add_named_columns((strip.pieces for strip in head), raster)
    names: list[HeaderCell] = []
    tops: list[HeaderCell | None] = [None] * len(raster)
    for strip in reversed(head):
        below = tuple(tops)
        line = _Line(strip, raster, below, is_top=strip is head[0])
        for pieces, first, last in line.shared():
            top = tops[first]
            same = top is not None and (top.first, top.last) == (first, last)
            if top is not None and same and not _is_repeated(top, below):
                top.pieces[:0] = pieces
                continue
            name = HeaderCell(list(pieces), first, last)
            names.append(name)
            tops[first : last + 1] = [name] * (last - first + 1)
    return Heading(tuple(names), _set_rows(names))


def _pieces_of(name: HeaderCell | None) -> Sequence[Piece]:
    return () if name is None else name.pieces


def _is_repeated(name: HeaderCell, tops: Sequence[HeaderCell | None]) -> bool:
    if name.text[:1] in "(（[［":
        return False
    others = {id(top): top.text for top in tops if top is not None and top is not name}
    return len(name.text) > 1 and name.text in others.values()


def _add_stub(head: Sequence[Strip], raster: Raster) -> None:
    """A column for names that stand to the left of all that is below: they name the whole table."""
    left = raster.columns[0].x0
    beside = [s.pieces[0] for s in head if s.pieces[0].x1 < left and len(s.pieces) > 1]
    if beside:
        x1 = max(piece.x1 for piece in beside)
        raster.columns.insert(0, Stretch(min(piece.x0 for piece in beside), x1))


class _Line:
    """One line of names to be shared out over the columns and the names below it."""

    def __init__(
        self, strip: Strip, raster: Raster, tops: tuple[HeaderCell | None, ...], *, is_top: bool
    ) -> None:
        self.atoms: list[Piece] = []
        self.soft: list[bool] = []
        for piece in strip.pieces:
            parts = list(_parts(piece))
            self.atoms += parts
            self.soft += [False] + [True] * (len(parts) - 1)
        self.tops = tops
        self.is_top = is_top
        self.columns = raster.columns
        self.numeric = set(raster.numeric)
        lines = {id(piece.line) for i in self.numeric for piece in _pieces_of(tops[i])}
        named = all(tops[i] is not None for i in self.numeric)
        left = min((raster.columns[i].x0 for i in self.numeric), default=0.0)
        alone = sum(piece.x1 > left for piece in strip.pieces) == 1
        whole = named and alone and len(lines) == 1
        self.left_out = _LEFT_OUT_ALONE if whole else _LEFT_OUT

    def shared(self) -> list[tuple[list[Piece], int, int]]:
        """For each name its pieces and its first and last column."""
        if len(self.atoms) > _MOST or len(self.columns) > _MOST:
            return []
        best = cache(self._best)
        found: list[tuple[list[Piece], int, int]] = []
        at = col = 0
        self._recall = best
        while at < len(self.atoms):
            _, step = best(at, col)
            if step is None:
                break
            end, first, last = step
            if end > at:
                found.append(([self._whole(at, end)], first, last))
            at, col = end, last + 1
        return found

    def _best(self, at: int, col: int) -> tuple[float, tuple[int, int, int] | None]:
        """The least cost of the names from ``at`` on for the columns from ``col`` on."""
        recall = self._recall
        if at == len(self.atoms):
            return sum(self._skip(i) for i in range(col, len(self.columns))), None
        if col == len(self.columns):
            return _NEW * 4 * (len(self.atoms) - at), None
        choice: tuple[float, tuple[int, int, int] | None]
        choice = (self._skip(col) + recall(at, col + 1)[0], (at, col, col))
        for end in self._ends(at):
            for last in self._lasts(col):
                cost = self._cost(at, end, col, last)
                cost += recall(end, last + 1)[0]
                if cost < choice[0] - 1e-9:
                    choice = (cost, (end, col, last))
        return choice

    def _ends(self, at: int) -> Iterator[int]:
        """Where a name that begins with an atom may end: anywhere in its piece."""
        end = at + 1
        while end < len(self.atoms) and self.soft[end]:
            yield end
            end += 1
        yield end

    def _lasts(self, col: int) -> Iterator[int]:
        """Up to which column a name from ``col`` on may reach: never half over a name below."""
        top = self.tops[col]
        if top is not None and top.first != col:
            return
        for last in range(col, len(self.columns)):
            below = self.tops[last]
            if below is None or below.last == last:
                yield last

    def _skip(self, col: int) -> float:
        if self.tops[col] is not None:
            return self.left_out if col in self.numeric else 0.0
        cost = _NAMELESS if col in self.numeric else _NAMELESS_WORDS
        return cost if self.is_top else _UNNAMED_YET * cost

    def _cost(self, at: int, end: int, first: int, last: int) -> float:
        x0, x1 = self.atoms[at].x0, self.atoms[end - 1].x1
        left, right = self._reach(first, last)
        cost = self._inner_cost(at, end)
        apart = max(left - x1, x0 - right, 0.0)
        glued = self.soft[at] or (end < len(self.atoms) and self.soft[end])
        far = _FAR_GLUED if glued else _FAR
        cost += far * apart + (_APART if apart and first < last and not glued else 0.0)
        cost += (_OVER_GLUED if glued else _OVER) * self._over(x0, x1, first, last)
        bare = [i for i in range(first, last + 1) if self.tops[i] is None]
        cost += _WIDE * max(len(bare) - 1, 0) + (_WIDE if 0 < len(bare) <= last - first else 0.0)
        low, high = self._extent(first, last)
        off = abs((x0 + x1) / 2 - (low + high) / 2)
        flush = abs(x0 - low)
        if first == last:
            return cost + (_NEAR_GLUED if glued else _NEAR) * min(off, flush)
        return cost + _OFF * min(off, flush if flush <= _FLUSH else _RAGGED * flush)

    def _inner_cost(self, at: int, end: int) -> float:
        """The cost of the blanks within a name."""
        texts = [atom.text for atom in self.atoms[at:end]]
        cost = _TWICE * (len(texts) - len(set(texts)))
        for left, right in pairwise(texts):
            cost += _GLUED_LATIN if left.isascii() or right.isascii() else _GLUED
        return cost

    def _reach(self, first: int, last: int) -> tuple[float, float]:
        """From the leftmost to the rightmost ink below."""
        low, high = self._extent(first, last)
        return min(low, self.columns[first].x0), max(high, self.columns[last].x1)

    def _extent(self, first: int, last: int) -> tuple[float, float]:
        """The same by the names below, where there are some: names stand straight over names."""
        lowest, highest = self.tops[first], self.tops[last]
        low = self.columns[first].x0 if lowest is None else lowest.x0
        return low, self.columns[last].x1 if highest is None else highest.x1

    def _over(self, x0: float, x1: float, first: int, last: int) -> float:
        over = 0.0
        if first:
            over += max(self._reach(first - 1, first - 1)[1] - x0, 0.0)
        if last + 1 < len(self.columns):
            over += max(x1 - self._reach(last + 1, last + 1)[0], 0.0)
        return over

    def _whole(self, at: int, end: int) -> Piece:
        return to_piece(self.atoms[at].line, self.atoms[at].start, self.atoms[end - 1].end)


def _parts(piece: Piece) -> Iterator[Piece]:
    """A name parted at its blanks, but not beside a number (令和 ５ 年度) or where it is spread."""
    found: list[Piece] = []
    for match in _ATOM.finditer(piece.text):
        part = to_piece(piece.line, piece.start + match.start(), piece.start + match.end())
        if found and _is_one(found[-1], part):
            found[-1] = to_piece(piece.line, found[-1].start, part.end)
        else:
            found.append(part)
    yield from found


def _is_one(left: Piece, right: Piece) -> bool:
    gap = right.x0 - left.x1
    if gap > 1:
        return gap < _SPREAD
    return left.text[-1].isdigit() or right.text.isdigit() or len(right.text) == 1


def _set_rows(names: Sequence[HeaderCell]) -> int:
    """Set every name's place in the header; returns how many rows there are."""
    chains: dict[int, list[HeaderCell]] = {}
    for name in reversed(names):
        for col in range(name.first, name.last + 1):
            chains.setdefault(col, []).append(name)
    for name in reversed(names):
        name.row = 0
    for _ in range(len(names)):
        changed = False
        for chain in chains.values():
            for upper, lower in pairwise(chain):
                if lower.row <= upper.row:
                    lower.row, changed = upper.row + 1, True
        if not changed:
            break
    return set_rowspans(names, chains)
