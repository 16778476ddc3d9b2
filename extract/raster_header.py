"""The header of a table on a raster: names shared out over the columns, line by line upwards.

Names keep the order of their columns but not always their place above them. So every line is
shared out as a whole, at the least cost: names want to stand over their columns, columns want
names, and a name over several wants to stand in their middle.
"""

from __future__ import annotations

from functools import cache
from itertools import count, pairwise
from typing import TYPE_CHECKING

from kenzan.extract.aligned_texts import is_ordinal
from kenzan.extract.header_cells import HeaderCell, add_named_columns, set_rowspans
from kenzan.extract.raster_columns import Stretch
from kenzan.extract.raster_joins import is_column_mark
from kenzan.extract.raster_leaves import Leaves, read_leaves
from kenzan.extract.raster_names import cut_levels, find_cycle, join_atoms
from kenzan.schemas.records import dataclass

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from kenzan.extract.aligned_pieces import Piece
    from kenzan.extract.raster_columns import Raster
    from kenzan.extract.raster_names import Atom
    from kenzan.extract.raster_pieces import Strip

_NAMELESS = 1.6
"""Cost of a column of figures without a name."""
_NAMELESS_WORDS = 0.4
_UNNAMED_YET = 0.4
"""Share of that cost while there are lines above that may name the column."""
_LEFT_OUT = 0.08
"""Of a column whose name has no group, in a line of groups."""
_LEFT_OUT_ALONE = 0.4
"""The same over a line that names all columns of figures: what stands above names groups."""
_LEFT_OUT_AGAIN = 1.0
"""The same over names that come again and again, which only a group can tell apart, and beside
the mark of an item (①), whose name is that of all."""
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
_OVER = 0.25
"""Of each raster column that a name reaches over a neighbour."""
_GLUED = 0.2
"""Of each single blank within a name: names rarely have one, but pushed together stand so."""
_TORN = 3.0
"""Of a mark parted from the name a blank before it."""
_GLUED_LATIN = 0.05
"""The same beside Latin letters, which some programs part from the letters around them, and
behind a bracket."""
_PARTED = 0.8
"""Of two names that stand apart in one column of labels."""
_TWICE = 3.0
"""Of a word that comes twice within a name, and of a second year."""
_ADRIFT = 0.04
"""Share that the place counts of a name pushed against the next, and of one over names that come
again and again: the order of the names tells better where they belong."""
_WIDE = 1.2
"""Of each further column of figures under a name with nothing between."""
_BROKEN = 1.5
"""Of a name over a part of the names below that come again and again, or over more than once."""
_YEAR_OVER_WORDS = 0.5
"""Of a year over a column of words."""
_NEW = 2.2
"""Of a column made for a name that has no figures below."""
_MOST = 64


@dataclass(frozen=True, slots=True)
class Heading:
    """The cells of a header and how many rows they take."""

    names: tuple[HeaderCell, ...]
    depth: int


def read_heading(head: Sequence[Strip], raster: Raster) -> Heading:
    """Share the names of some lines out over the columns; adds columns for those without."""
    leaves = read_leaves(head, raster)
    if leaves is None:
        _add_stub(head, raster)
        add_named_columns((strip.pieces for strip in head), raster)
        leaves = Leaves(cut_levels(head, len(raster.numeric)), [])
    names, levels = list(leaves.names), leaves.above
    tops: list[HeaderCell | None] = [None] * len(raster)
    for name in names:
        tops[name.first] = name
    for level in reversed(levels):
        below = tuple(tops)
        line = _Level(level, raster, below, is_top=level is levels[0], closed=leaves.closed)
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


class _Level:
    """One level of names to be shared out over the columns and the names below it."""

    def __init__(
        self,
        atoms: Sequence[Atom],
        raster: Raster,
        tops: tuple[HeaderCell | None, ...],
        *,
        is_top: bool,
        closed: frozenset[int],
    ) -> None:
        self.atoms = atoms
        self.tops = tops
        self.is_top = is_top
        self.closed = closed
        self.columns = raster.columns
        self.numeric = set(raster.numeric)
        self.starts = dict(zip(sorted(self.numeric), count(), strict=False))
        left = min((raster.columns[i].x0 for i in self.numeric), default=0.0)
        over = [atom for atom in atoms if atom.x1 > left]
        beside = max((c.x1 for c in raster.columns if c.x1 <= left), default=0.0)
        self.cycle = self._find_cycle(sum(atom.x1 > beside for atom in atoms))
        alone = sum(not atom.soft for atom in over) == 1
        self.left_out = _LEFT_OUT_ALONE if alone and self._named_by_one_line() else _LEFT_OUT
        if self.cycle or (alone and is_ordinal(atoms[0].text)):
            self.left_out = _LEFT_OUT_AGAIN

    def _find_cycle(self, names: int) -> int:
        """How many columns of figures each of some names stands over, if those below tell."""
        cycle = find_cycle([_text_of(self.tops[i]) for i in sorted(self.numeric)])
        # A group may be named again over each of its columns.
        return 1 if cycle and names >= len(self.numeric) else cycle

    def _named_by_one_line(self) -> bool:
        """Whether each column of figures has a name below, all of one line."""
        named = all(self.tops[i] is not None for i in self.numeric)
        lines = {id(piece.line) for i in self.numeric for piece in _pieces_of(self.tops[i])}
        return named and len(lines) == 1

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
                found.append((join_atoms(self.atoms[at:end]), first, last))
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
        for end in self._ends(at, col):
            for last in self._lasts(col):
                cost = self._cost(at, end, col, last)
                cost += recall(end, last + 1)[0]
                if cost < choice[0] - 1e-9:
                    choice = (cost, (end, col, last))
        return choice

    def _ends(self, at: int, col: int) -> Iterator[int]:
        """Where a name that begins with an atom may end: anywhere in its piece.

        A column of numbered labels may have two names: No. 指標名.
        """
        end = at + 1
        while end < len(self.atoms) and self.atoms[end].soft:
            yield end
            end += 1
        yield end
        # A year stands over figures: 事業の名称  Ｒ５.
        more = end < len(self.atoms) and not self.atoms[end].names_period
        if more and col not in self.numeric:
            yield end + 1

    def _lasts(self, col: int) -> Iterator[int]:
        """Up to which column a name from ``col`` on may reach: never half over a name below."""
        top = self.tops[col]
        if top is not None and top.first != col:
            return
        for last in range(col, len(self.columns)):
            if last in self.closed:
                return
            below = self.tops[last]
            if below is None or below.last == last:
                yield last

    def _skip(self, col: int) -> float:
        if col in self.closed:
            return 0.0
        if self.tops[col] is not None:
            return self.left_out if col in self.numeric else 0.0
        cost = _NAMELESS if col in self.numeric else _NAMELESS_WORDS
        return cost if self.is_top else _UNNAMED_YET * cost

    def _cost(self, at: int, end: int, first: int, last: int) -> float:
        torn = self.atoms[at].soft and is_column_mark(self.atoms[at].text)
        glued = self.atoms[at].soft or (end < len(self.atoms) and self.atoms[end].soft)
        place = self._place_cost(at, end, first, last)
        cost = (
            _TORN * torn
            + self._inner_cost(at, end)
            + place * (_ADRIFT if glued or self.cycle else 1.0)
        )
        bare = [i for i in range(first, last + 1) if self.tops[i] is None]
        cost += _WIDE * max(len(bare) - 1, 0) + (_WIDE if 0 < len(bare) <= last - first else 0.0)
        cost += _BROKEN * self._breaks_cycle(first, last)
        words = first == last and first not in self.numeric
        return cost + (_YEAR_OVER_WORDS if words and self.atoms[at].names_period else 0.0)

    def _place_cost(self, at: int, end: int, first: int, last: int) -> float:
        """The cost of where a name stands, seen from its columns and the names below it."""
        x0, x1 = self.atoms[at].x0, self.atoms[end - 1].x1
        left, right = self._reach(first, last)
        apart = max(left - x1, x0 - right, 0.0)
        cost = _FAR * apart + (_APART if apart and first < last else 0.0)
        cost += _OVER * self._over(x0, x1, first, last)
        low, high = self._extent(first, last)
        off = abs((x0 + x1) / 2 - (low + high) / 2)
        flush = abs(x0 - low)
        if first == last:
            return cost + _NEAR * min(off, flush)
        return cost + _OFF * min(off, flush if flush <= _FLUSH else _RAGGED * flush)

    def _breaks_cycle(self, first: int, last: int) -> bool:
        """Whether a name stands over less or more than the names below that come again."""
        if not self.cycle or first not in self.starts or last not in self.starts:
            return False
        whole = self.starts[last] - self.starts[first] + 1 == self.cycle
        return not whole or self.starts[first] % self.cycle != 0

    def _inner_cost(self, at: int, end: int) -> float:
        """The cost of the blanks within a name."""
        texts = [atom.text for atom in self.atoms[at:end]]
        parted = sum(not atom.soft for atom in self.atoms[at + 1 : end])
        years = sum(atom.names_period for atom in self.atoms[at:end])
        cost = _PARTED * parted
        cost += _TWICE * (len(texts) - len(set(texts)) + max(years - 1, 0))
        for left, right in pairwise(texts):
            closes = left[-1] in ")）"
            latin = left.isascii() or right.isascii() or is_column_mark(right)
            cost += _GLUED_LATIN if closes or latin else _GLUED
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


def _text_of(name: HeaderCell | None) -> str:
    return "" if name is None else name.text


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
