"""The names in the header of a table on a raster: words of one line or stacked over several.

A name too long for its column goes on in the next line, while its neighbours stand half way
between. So the lines over the lowest names are read as one where no name in them stands over two.
"""

from __future__ import annotations

import re
from itertools import pairwise
from typing import TYPE_CHECKING

from kenzan.extract.aligned_texts import names_period
from kenzan.extract.raster_pieces import to_piece
from kenzan.schemas.records import dataclass

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from kenzan.extract.aligned_pieces import Piece
    from kenzan.extract.raster_pieces import Strip

_WORD = re.compile(r"[^ \t\u3000\xa0]+?(?:[)）](?=[^\W\d_a-zA-Z])|(?=[ \t\u3000\xa0]|$))")
"""What stands between blanks; where names touch, one may end with a bracket."""
_SPREAD = 8
"""Raster columns between two letters of one name, at most."""
_FULL = 0.8
"""Share of the columns of figures, and of the names of any line, that the lowest names are."""
_MOST = 64
"""Names in one line."""


@dataclass(slots=True)
class Atom:
    """The least part of a name: one word, or the words of a name stacked over several lines.

    ``soft`` says that it may go on the name before it.
    """

    pieces: list[Piece]
    x0: float
    x1: float
    soft: bool = False

    @property
    def is_part(self) -> bool:
        """Whether it is a unit in brackets, or has half a pair of them: the rest is elsewhere."""
        text = self.text
        return text[0] in "(（" or sum(map(text.count, "(（")) != sum(map(text.count, ")）"))

    @property
    def names_period(self) -> bool:
        """Whether it is the name of a year, in brackets or not."""
        return names_period(self.text.strip("()（）"))

    @property
    def text(self) -> str:
        """Its words."""
        return "".join(piece.text for piece in self.pieces)


def cut_levels(head: Sequence[Strip], count: int) -> list[list[Atom]]:
    """The atoms of each level of names, top down, over ``count`` columns of figures."""
    lines = [list(_atoms_of(strip)) for strip in head]
    enough = _FULL * max(count, *map(len, lines), 0)
    wholes = [sum(not atom.is_part for atom in atoms) for atoms in lines]
    full = [i for i, whole in enumerate(wholes) if whole >= enough]
    distinct = [i for i in full if all(a.text != b.text for a, b in pairwise(lines[i]))]
    lowest = next(iter(distinct or full), 0)
    if lowest < 2 or any(len(atoms) > _MOST for atoms in lines):
        return lines
    upper = lines[:lowest]
    stacked = _stack_in_order(upper) if len(set(map(len, upper))) == 1 else _stack(upper)
    return lines if stacked is None else [stacked, *lines[lowest:]]


def _stack_in_order(lines: Sequence[Sequence[Atom]]) -> list[Atom]:
    """Lines of as many atoms as one level: the first below the first, and so on."""
    return [
        Atom(
            [piece for atom in atoms for piece in atom.pieces],
            min(atom.x0 for atom in atoms),
            max(atom.x1 for atom in atoms),
            all(atom.soft for atom in atoms),
        )
        for atoms in zip(*lines, strict=True)
    ]


def _stack(lines: Sequence[Sequence[Atom]]) -> list[Atom] | None:
    """The atoms of several lines as one level; ``None`` if one stands over two of a line."""
    stacks: list[Atom] = []
    last: dict[int, int] = {}
    for y, atoms in enumerate(lines):
        for atom in atoms:
            met = [s for s in stacks if atom.x0 < s.x1 and atom.x1 > s.x0]
            if any(last[id(stack)] == y for stack in met) or not all(s.soft for s in met[1:]):
                return None
            stack = Atom([], atom.x0, atom.x1, met[0].soft if met else atom.soft)
            for part in (*met, atom):
                stack.pieces += part.pieces
                stack.x0, stack.x1 = min(stack.x0, part.x0), max(stack.x1, part.x1)
            last[id(stack)] = y
            stacks = [*(s for s in stacks if all(s is not part for part in met)), stack]
    stacks.sort(key=lambda stack: stack.x0)
    apart = all(left.x1 <= right.x0 for left, right in pairwise(stacks))
    return stacks if apart else None


def _atoms_of(strip: Strip) -> Iterator[Atom]:
    for piece in strip.pieces:
        for i, part in enumerate(_parts(piece)):
            yield Atom([part], part.x0, part.x1, soft=i > 0)


def _parts(piece: Piece) -> Iterator[Piece]:
    """A name parted at its blanks, but not beside a number (令和 ５ 年度) or where it is spread."""
    found: list[Piece] = []
    for match in _WORD.finditer(piece.text):
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
    if not gap:
        return False
    return left.text[-1].isdigit() or right.text.isdigit() or len(right.text) == 1
