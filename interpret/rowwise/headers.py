"""Header lines parsed into columns: which words make a cell, which cells stand over which.

The first row of a header holds cells that reach down to the body and cells over others; the
cells of the second row follow in order. All ways to cut and to nest them are weighed against each
other by what the words say, and by how many columns of figures the body has.
"""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from kenzan.interpret.rowwise.heads import Head, Header, Leaf, find_head
from kenzan.interpret.rowwise.pieces import fuse
from kenzan.interpret.rowwise.weighing import (
    NEVER,
    Guess,
    is_mark,
    is_value,
    weigh_groups,
    weigh_leaf,
    weigh_parent,
)
from kenzan.interpret.words.lexicon import label_key

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from kenzan.interpret.rowwise.pieces import Piece

_BEAM = 16
_LONGEST_CELL = 3
_MOST_PIECES = 40
_MOST_SPLITS, _MOST_LONE = 4, 5
_MOST_COLUMNS = 40
_HOPELESS = NEVER // 2
"""A step that costs as much holds something that no header says."""
_MOST_GUESSES = 10_000
"""Guesses about one header after which it is given up."""


def parse_header(pieces: Sequence[Piece], starts: Sequence[int], figures: int) -> list[Header]:
    """Ways to read header lines over so many columns of figures, best first.

    ``starts`` are the pieces with which lines begin.
    """
    if not figures <= len(pieces) <= _MOST_PIECES:
        return []
    cells = _Cells(pieces, frozenset(starts), figures)
    found: dict[tuple[tuple[str, ...], ...], Header] = {}
    for split in (len(pieces), *_second_rows(pieces, starts)):
        for header in _parse_split(cells, split):
            key = tuple((leaf.kind, *(h.piece.text for h in leaf.path)) for leaf in header.leaves)
            if key not in found or found[key].score < header.score:
                found[key] = header
    return sorted(found.values(), key=lambda header: -header.score)


def _second_rows(pieces: Sequence[Piece], starts: Sequence[int]) -> list[int]:
    """Where the second row may begin: at a line of several pieces, or at the last line.

    Where each piece has a line of its own it may be any of the last that leave it all of a kind.
    """
    size = len(pieces)
    ends = [*starts[1:], size]
    if len(starts) == size:
        return [a for a in starts[1:][-_MOST_LONE:] if _is_one_row(pieces[a:])]
    found = [a for a, b in zip(starts, ends, strict=True) if a and (b - a > 1 or b == size)]
    return found[-_MOST_SPLITS:]


def _is_one_row(pieces: Sequence[Piece]) -> bool:
    """Whether words may be a row of years, or one of measures, not years and measures in turn."""
    heads = {find_head(piece.text) for piece in pieces}
    return not ("P" in heads and heads & {"R", "Q"})


def _is_open(text: str) -> bool:
    return sum(map(text.count, "(（[〔")) > sum(map(text.count, ")）]〕"))


class _Cells:
    """Cells that can be made of the pieces: from a piece, one to a few of them."""

    def __init__(self, pieces: Sequence[Piece], starts: frozenset[int], figures: int) -> None:
        self.pieces, self.starts, self.figures = pieces, starts, figures
        self.known: dict[int, list[tuple[int, Head]]] = {}
        self.below: dict[int, list[_Run]] = {}
        self.guesses = 0

    def at(self, index: int, stop: int) -> Iterator[tuple[int, Head]]:
        """The cells that begin at a piece and end before ``stop``, with where they end."""
        if index not in self.known:
            self.known[index] = list(self._make(index))
        return ((end, head) for end, head in self.known[index] if end <= stop)

    def runs(self, low: int, most: int) -> Iterator[_Run]:
        """Runs of up to ``most`` cells of the second row, from a piece on."""
        if low not in self.below:
            self.below[low] = list(_children(self, low, len(self.pieces), self.figures))
        return (run for run in self.below[low] if len(run.heads) <= most)

    def _make(self, index: int) -> Iterator[tuple[int, Head]]:
        text = self.pieces[index].text
        cost = 0
        yield index + 1, Head(self.pieces[index], find_head(text), -30 * _is_open(text))
        if self.pieces[index].cls in "CF":
            return  # a number with words on the next line counts rows: no header says that
        for end in range(index + 1, min(index + _LONGEST_CELL, len(self.pieces))):
            piece = self.pieces[end]
            cost += self._join_cost(text, end)
            text += ("\n" if end in self.starts else " ") + piece.text
            if cost < -30:
                return
            whole = fuse(self.pieces[index : end + 1], text)
            yield end + 1, Head(whole, find_head(text), cost - 30 * _is_open(text))

    def _join_cost(self, text: str, end: int) -> int:
        piece = self.pieces[end]
        if piece.cls in "CF":
            return NEVER
        if _is_open(text):
            return 0
        if piece.cls == "B" or is_mark(piece.text) or piece.text[0] in "(（[〔":
            return -2
        if end in self.starts:
            if find_head(piece.text) == "P" and find_head(text) in "PQlnu":
                return NEVER
            return -14 if find_head(text) == "R" and find_head(piece.text) == "P" else -8
        before = self.pieces[end - 1].text
        marked = before.isascii() and before.isalpha() and find_head(piece.text) in "RQ"
        return -10 if marked and end - 1 in self.starts else NEVER  # KPI 実績値


def _parse_split(cells: _Cells, split: int) -> Iterator[Header]:
    """Readings whose second row begins at piece ``split`` (at the end: there is none)."""
    size = len(cells.pieces)
    waiting: dict[tuple[int, int], list[Guess]] = {(0, split): [Guess(0, split)]}
    for done in range(size + 1):
        for top in range(min(done, split) + 1):
            low = split + done - top
            guesses = waiting.pop((top, low), [])
            for guess in _best_of(guesses):
                if top == split and low == size:
                    if guess.figures == cells.figures:
                        yield Header(guess.leaves, guess.score + weigh_groups(guess))
                    continue
                if cells.guesses > _MOST_GUESSES:
                    return
                for longer in _extend(cells, split, guess):
                    cells.guesses += 1
                    waiting.setdefault((longer.top, longer.low), []).append(longer)


def _best_of(guesses: list[Guess]) -> list[Guess]:
    """The best few, those that count other columns of figures among them."""
    guesses.sort(key=lambda g: -g.score)
    kept: list[Guess] = []
    counts: Counter[int] = Counter()
    for guess in guesses:
        counts[guess.figures] += 1
        if counts[guess.figures] <= _BEAM // 2:
            kept.append(guess)
    return kept[:_BEAM]


def _extend(cells: _Cells, split: int, guess: Guess) -> Iterator[Guess]:
    if len(guess.leaves) >= _MOST_COLUMNS:
        return
    size = len(cells.pieces)
    for end, head in cells.at(guess.top, split) if guess.top < split else ():
        for kind in _kinds_of(head, guess):
            figures = guess.figures + (kind == "f")
            step = head.cost + weigh_leaf(head, kind, guess)
            if figures <= cells.figures and step > _HOPELESS:
                score, leaves = guess.score + step, (*guess.leaves, Leaf((head,), kind))
                yield Guess(end, guess.low, score, leaves, guess.groups, figures)
        if guess.low < size and head.kind not in "nugdt":
            for run in cells.runs(guess.low, cells.figures - guess.figures):
                step = head.cost + run.weigh(head, first=not guess.leaves)
                if step > _HOPELESS:
                    score, leaves = guess.score + step, guess.leaves + run.under(head)
                    groups = (*guess.groups, (head.kind, run.texts))
                    figures = guess.figures + len(run.heads)
                    yield Guess(end, run.end, score, leaves, groups, figures)


def _kinds_of(head: Head, guess: Guess) -> str:
    """The kinds that a column under this head may have."""
    if head.kind in "PQ":
        return "f"
    if head.kind in "RS":
        return "f" if guess.leaves else "fl"
    if head.kind == "L":
        return "lf"
    if head.kind in "nugdt":
        return head.kind + ("f" if head.kind == "g" else "")
    return "lft" if head.kind == "?" else head.kind + "f"


class _Run:
    """Cells of the second row up to piece ``end``; what they are worth under a cell is kept.

    The cells of a header live as long as its runs, so that their ids may be keys.
    """

    def __init__(self, end: int, heads: tuple[Head, ...]) -> None:
        self.end, self.heads = end, heads
        self.texts = tuple(label_key(head.piece.text) for head in heads)
        self.leaves: dict[int, tuple[Leaf, ...]] = {}
        self.worth: dict[tuple[int, bool], int] = {}

    def under(self, head: Head) -> tuple[Leaf, ...]:
        """The columns that these cells name under another one."""
        if id(head) not in self.leaves:
            self.leaves[id(head)] = tuple(Leaf((head, child), "f") for child in self.heads)
        return self.leaves[id(head)]

    def weigh(self, head: Head, *, first: bool) -> int:
        """How well these cells stand under another one, which may be the first of its row."""
        key = id(head), first
        if key not in self.worth:
            self.worth[key] = weigh_parent(head, self.heads, first=first)
        return self.worth[key]


def _children(cells: _Cells, low: int, size: int, most: int) -> Iterator[_Run]:
    """Runs of cells of the second row."""
    runs: list[tuple[int, tuple[Head, ...]]] = [(low, ())]
    for _ in range(most):
        longer: list[tuple[int, tuple[Head, ...]]] = []
        for at, heads in runs:
            if at >= size:
                continue
            for end, head in cells.at(at, size):
                if head.cost < -20 or head.kind in "nud" or is_value(head):
                    continue
                longer.append((end, (*heads, head)))
        longer.sort(key=lambda run: -sum(h.cost for h in run[1]))
        runs = longer[:3]
        yield from (_Run(end, heads) for end, heads in runs)
        if not runs:
            return
