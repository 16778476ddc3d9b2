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
    from collections.abc import Iterator, Mapping, Sequence

    from kenzan.extract.aligned_pieces import Piece
    from kenzan.extract.raster_pieces import Strip

_WORD = re.compile(r"[^ \t\u3000\xa0]+?(?:[)）](?=[^\W\d_a-zA-Z])|(?=[ \t\u3000\xa0]|$))")
"""What stands between blanks; where names touch, one may end with a bracket."""
_LATIN = re.compile(r"[A-Za-z]{2,}")
_IDEOGRAPH = re.compile(r"[\u3040-\u30ff\u3400-\u9fff]")
_SPREAD = 8
"""Raster columns between two letters of one name, at most."""
_FULL = 0.8
"""Share of the columns of figures, and of the names of any line, that the lowest names are."""
_MOST = 64
"""Names in one line."""
_SLACKS = (0.0, 1.0, 3.0)
"""Raster columns by which the lines of one name may miss each other."""


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
    def middle(self) -> float:
        """Half way between its edges."""
        return (self.x0 + self.x1) / 2

    @property
    def is_part(self) -> bool:
        """Whether it is a unit in brackets, or has half a pair of them: the rest is elsewhere."""
        return self.text[0] in "(（" or self.has_half_a_pair

    @property
    def has_half_a_pair(self) -> bool:
        """Whether it has one of two brackets."""
        return sum(map(self.text.count, "(（")) != sum(map(self.text.count, ")）"))

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


def stack_leaves(head: Sequence[Strip], columns: int) -> tuple[list[list[Atom]], list[Atom]] | None:
    """The lines of a header above its lowest names, and those names, if each column has one.

    Names of several lines stand half way beside each other, as high as each is wrapped. Put
    together they are as many as the columns, and those of as many lines begin on the same one:
    which tells that they are put together right.
    """
    lines = [list(_atoms_of(strip)) for strip in head]
    heights = {id(strip.line): strip.y for strip in head}
    if any(len(atoms) > _MOST for atoms in lines):
        return None
    ways = [
        way
        for rows in (lines, [_without_soft(atoms) for atoms in lines])
        for way in _ways_to_stack(rows, columns)
        if _are_level([_extent(leaf, heights) for leaf in way[1]], head[0].y)
    ]
    whole = (way for way in ways if not any(leaf.has_half_a_pair for leaf in way[1]))
    return next(whole, ways[0] if ways else None)


def _ways_to_stack(
    lines: list[list[Atom]], columns: int
) -> Iterator[tuple[list[list[Atom]], list[Atom]]]:
    """Each way to make as many names as columns of the lowest lines, and the lines above."""
    for top in range(len(lines) - 1, -1, -1):
        for slack in _SLACKS:
            leaves = _stack(lines[top:], slack)
            if leaves is not None and len(leaves) == columns:
                yield lines[:top], leaves


def _extent(leaf: Atom, heights: Mapping[int, int]) -> tuple[int, int]:
    """The first and the last line of a name."""
    ys = [heights[id(piece.line)] for piece in leaf.pieces]
    return min(ys), max(ys)


def _are_level(extents: Sequence[tuple[int, int]], top: int) -> bool:
    """Whether names of as many lines begin on the same one.

    Names half way between the ``top`` line and the lowest one have none above them.
    """
    lowest = max(last for _, last in extents)
    grouped = [(first, last) for first, last in extents if first + last != top + lowest]
    starts: dict[int, int] = {}
    return all(starts.setdefault(last - first, first) == first for first, last in grouped)


def _without_soft(atoms: Sequence[Atom]) -> list[Atom]:
    """The atoms with those put together that stand but a blank apart."""
    joined: list[Atom] = []
    for atom in atoms:
        if joined and atom.soft:
            joined[-1] = _joined([joined[-1], atom])
        else:
            joined.append(atom)
    return joined


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


def _stack(lines: Sequence[Sequence[Atom]], slack: float = 0.0) -> list[Atom] | None:
    """The atoms of several lines as one level; ``None`` if one stands over two of a line.

    An atom that stands over none belongs to the stack nearest to it, at most ``slack`` beside it.
    """
    stacks: list[Atom] = []
    last: dict[int, int] = {}
    for y, atoms in enumerate(lines):
        free = [s for s in stacks if slack and all(not _overlap(s, atom) for atom in atoms)]
        for atom in atoms:
            met = [stack for stack in stacks if _overlap(stack, atom)]
            if not met:
                beside = _nearest(free, atom, slack)
                met = [stack for stack in stacks if any(stack is other for other in beside)]
            if any(last[id(stack)] == y for stack in met) or not all(s.soft for s in met[1:]):
                return None
            stack = _joined([*met, atom])
            last[id(stack)] = y
            stacks = [*(s for s in stacks if all(s is not part for part in met)), stack]
    stacks.sort(key=lambda stack: stack.x0)
    apart = all(left.x1 <= right.x0 for left, right in pairwise(stacks))
    return stacks if apart else None


def _overlap(one: Atom, other: Atom) -> bool:
    return one.x0 < other.x1 and one.x1 > other.x0


def _joined(parts: Sequence[Atom]) -> Atom:
    """One atom of several; it is as soft as the first of them."""
    pieces = [piece for part in parts for piece in part.pieces]
    x0, x1 = min(part.x0 for part in parts), max(part.x1 for part in parts)
    return Atom(pieces, x0, x1, parts[0].soft)


def _nearest(stacks: Sequence[Atom], atom: Atom, slack: float) -> list[Atom]:
    """The stack beside an atom, if one is near enough."""
    gaps = [max(stack.x0 - atom.x1, atom.x0 - stack.x1) for stack in stacks]
    return [stacks[gaps.index(min(gaps))]] if gaps and min(gaps) <= slack else []


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
    if _LATIN.fullmatch(left.text) and not left.names_period and _IDEOGRAPH.match(right.text):
        return True  # some programs part Latin letters from the ideographs they stand by
    return left.text[-1].isdigit() or right.text.isdigit() or len(right.text) == 1


def find_cycle(texts: Sequence[str]) -> int:
    """After how many names the same ones come again (目標, 実績, 目標, 実績: 2); 0 if never."""
    for step in range(2, len(texts) // 2 + 1):
        one = texts[:step]
        told = all(one) and len(set(one)) == step
        if told and list(texts) == [*one] * (len(texts) // step):
            return step
    return 0


def join_atoms(atoms: Sequence[Atom]) -> list[Piece]:
    """The pieces of a name, what belongs together in a line as one."""
    first, last = atoms[0].pieces, atoms[-1].pieces
    if len(first) == len(last) == 1 and first[0].line is last[0].line:
        return [to_piece(first[0].line, first[0].start, last[0].end)]
    pieces = [piece for atom in atoms for piece in atom.pieces]
    return sorted(pieces, key=lambda piece: (piece.line.number or 0, piece.start))
