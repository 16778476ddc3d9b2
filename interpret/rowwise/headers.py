"""Header lines parsed into columns: which words make a cell, which cells stand over which.

The first row of a header holds cells that reach down to the body and cells over others; the
cells of the second row follow in order. All ways to cut and to nest them are weighed against each
other by what the words say, and by how many columns of figures the body has.
"""

from __future__ import annotations

from collections import Counter
from functools import lru_cache
from typing import TYPE_CHECKING

from kenzan.interpret.rowwise.pieces import fuse
from kenzan.interpret.words.label import read_label
from kenzan.interpret.words.lexicon import funding_parents, funding_words, label_key
from kenzan.schemas.records import dataclass

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from kenzan.interpret.rowwise.pieces import Piece

_BEAM = 16
_LONGEST_CELL = 3
_MOST_PIECES = 40
_MOST_SPLITS = 4
_NEVER = -200
_MOST_COLUMNS = 40
_RANKS = {"n": 0, "l": 0, "u": 0, "f": 1, "g": 2, "d": 2, "t": 2}
_ROLE_KINDS = {
    "number": "n", "indicator": "l", "group": "l", "project": "l", "period": "l", "unit": "u",
    "department": "d", "grade": "g", "direction": "g", "text": "t",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Head:
    """One cell of a header."""

    piece: Piece
    kind: str
    """What its words say that it is: a kind of column, ``P`` year, ``R`` measure, ``Q`` both,
    ``S`` source of funds, ``?`` unknown."""
    cost: int = 0


@dataclass(frozen=True, slots=True)
class Leaf:
    """One column: the cells over it from the outside in, and its kind.

    Kinds: n number, l label, u unit, f figures, g grade, d section, t text.
    """

    path: tuple[Head, ...]
    kind: str


@dataclass(frozen=True, slots=True)
class Header:
    """One way to read header lines; ``score`` in tenths of bits."""

    leaves: tuple[Leaf, ...]
    score: int

    @property
    def kinds(self) -> str:
        """The kinds of its columns as a string."""
        return "".join(leaf.kind for leaf in self.leaves)

    @property
    def figures(self) -> int:
        """The number of columns of figures."""
        return sum(leaf.kind == "f" for leaf in self.leaves)

    @property
    def paths(self) -> list[str]:
        """All that is said over each column of figures, in one cell or in several."""
        said = ("".join(head.piece.text for head in leaf.path) for leaf in self.figure_leaves)
        return ["".join(text.split()) for text in said]

    @property
    def figure_leaves(self) -> list[Leaf]:
        """The columns of figures."""
        return [leaf for leaf in self.leaves if leaf.kind == "f"]

    @property
    def depth(self) -> int:
        """The number of header rows."""
        return max(len(leaf.path) for leaf in self.leaves)

    def with_labels(self) -> Header:
        """The header with a column of labels before its first one, if it names none."""
        if "l" in self.kinds:
            return self
        return Header((Leaf((), "l"), *self.leaves), self.score)


@dataclass(slots=True)
class _Guess:
    top: int
    low: int
    score: int = 0
    leaves: tuple[Leaf, ...] = ()
    groups: tuple[tuple[str, tuple[str, ...]], ...] = ()
    figures: int = 0


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
        return [a for a in starts[1:][-_MOST_SPLITS:] if _is_one_row(pieces[a:])]
    found = [a for a, b in zip(starts, ends, strict=True) if a and (b - a > 1 or b == size)]
    return found[-_MOST_SPLITS:]


def _is_one_row(pieces: Sequence[Piece]) -> bool:
    """Whether words may be a row of years, or one of measures, not years and measures in turn."""
    heads = {find_head(piece.text) for piece in pieces}
    return not ("P" in heads and heads & {"R", "Q"})


class _Cells:
    """Cells that can be made of the pieces: from a piece, one to a few of them."""

    def __init__(self, pieces: Sequence[Piece], starts: frozenset[int], figures: int) -> None:
        self.pieces, self.starts, self.figures = pieces, starts, figures
        self.known: dict[int, list[tuple[int, Head]]] = {}

    def at(self, index: int, stop: int) -> Iterator[tuple[int, Head]]:
        """The cells that begin at a piece and end before ``stop``, with where they end."""
        if index not in self.known:
            self.known[index] = list(self._make(index))
        return ((end, head) for end, head in self.known[index] if end <= stop)

    def _make(self, index: int) -> Iterator[tuple[int, Head]]:
        text = self.pieces[index].text
        cost = 0
        yield index + 1, Head(self.pieces[index], find_head(text), -30 * _is_open(text))
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
            return _NEVER
        if _is_open(text):
            return 0
        if piece.cls == "B" or piece.text[0] in "(（[〔":
            return -2
        if end in self.starts:
            if find_head(piece.text) == "P" and find_head(text) in "PQlnu":
                return _NEVER
            return -14 if find_head(text) == "R" and find_head(piece.text) == "P" else -8
        return _NEVER


def _is_open(text: str) -> bool:
    return sum(map(text.count, "(（[〔")) > sum(map(text.count, ")）]〕"))


@lru_cache(maxsize=16384)
def find_head(text: str) -> str:
    """What the words of a header cell say that stands under it."""
    label = read_label(text)
    measured = label.measure is not None and (label.measure.whole or label.measure.strong)
    dated = label.period is not None or label.relative is not None
    if label.role and not dated:
        kind = _ROLE_KINDS.get(label.role, "?")
        if not measured:
            return kind
        if kind == "l":
            return "L"
    if label.only_period:
        return "P"
    if measured:
        return "Q" if dated else "R"
    if label_key(text) in funding_words() or label.kind in {"total", "subtotal"}:
        return "S"
    return _ROLE_KINDS.get(label.role or "", "?")


def _is_parent_of_funds(head: Head) -> bool:
    return label_key(head.piece.text) in funding_parents()


def _parse_split(cells: _Cells, split: int) -> Iterator[Header]:
    """Readings whose second row begins at piece ``split`` (at the end: there is none)."""
    size = len(cells.pieces)
    waiting: dict[tuple[int, int], list[_Guess]] = {(0, split): [_Guess(0, split)]}
    for done in range(size + 1):
        for top in range(min(done, split) + 1):
            low = split + done - top
            guesses = waiting.pop((top, low), [])
            for guess in _best_of(guesses):
                if top == split and low == size:
                    if guess.figures == cells.figures:
                        yield Header(guess.leaves, guess.score + _weigh_groups(guess))
                    continue
                for longer in _extend(cells, split, guess):
                    waiting.setdefault((longer.top, longer.low), []).append(longer)


def _best_of(guesses: list[_Guess]) -> list[_Guess]:
    """The best few, those that count other columns of figures among them."""
    guesses.sort(key=lambda g: -g.score)
    kept: list[_Guess] = []
    counts: Counter[int] = Counter()
    for guess in guesses:
        counts[guess.figures] += 1
        if counts[guess.figures] <= _BEAM // 2:
            kept.append(guess)
    return kept[:_BEAM]


def _extend(cells: _Cells, split: int, guess: _Guess) -> Iterator[_Guess]:
    if len(guess.leaves) >= _MOST_COLUMNS:
        return
    size = len(cells.pieces)
    for end, head in cells.at(guess.top, split) if guess.top < split else ():
        for kind in _kinds_of(head, guess):
            score = guess.score + head.cost + _weigh_leaf(head, kind, guess)
            leaves = (*guess.leaves, Leaf((head,), kind))
            figures = guess.figures + (kind == "f")
            if figures <= cells.figures:
                yield _Guess(end, guess.low, score, leaves, guess.groups, figures)
        if guess.low < size and head.kind not in "nugdt":
            for low, children in _children(cells, guess.low, size, cells.figures - guess.figures):
                leaves = guess.leaves + tuple(Leaf((head, child), "f") for child in children)
                score = guess.score + head.cost + _weigh_parent(head, children, guess)
                texts = tuple(label_key(child.piece.text) for child in children)
                groups = (*guess.groups, (head.kind, texts))
                figures = guess.figures + len(children)
                yield _Guess(end, low, score, leaves, groups, figures)


def _kinds_of(head: Head, guess: _Guess) -> str:
    """The kinds that a column under this head may have."""
    if head.kind in "PRQS":
        return "f" if guess.leaves else "fl"
    if head.kind == "L":
        return "lf"
    if head.kind in "nugdt":
        return head.kind + ("f" if head.kind == "g" else "")
    return "lft" if head.kind == "?" else head.kind + "f"


def _children(
    cells: _Cells, low: int, size: int, most: int
) -> Iterator[tuple[int, tuple[Head, ...]]]:
    """Runs of cells of the second row."""
    runs: list[tuple[int, tuple[Head, ...]]] = [(low, ())]
    for _ in range(most):
        longer: list[tuple[int, tuple[Head, ...]]] = []
        for at, heads in runs:
            if at >= size:
                continue
            for end, head in cells.at(at, size):
                if head.cost < -20 or head.kind in "nud":
                    continue
                longer.append((end, (*heads, head)))
        longer.sort(key=lambda run: -sum(h.cost for h in run[1]))
        runs = longer[:3]
        yield from runs
        if not runs:
            return


_LEAF_SCORES = {
    "n": {"n": 20}, "l": {"l": 20, "L": 18, "?": 0, "P": -100, "R": -60, "Q": -100, "S": -40},
    "u": {"u": 20}, "g": {"g": 20}, "d": {"d": 20}, "t": {"t": 20, "?": -15},
    "f": {"P": 15, "R": 15, "L": 5, "Q": 20, "S": 12, "?": -2, "l": -20, "g": -20},
}  # fmt: skip


def _weigh_leaf(head: Head, kind: str, guess: _Guess) -> int:
    score = _LEAF_SCORES[kind].get(head.kind, -40)
    last = guess.leaves[-1].kind if guess.leaves else "l"
    if _RANKS[kind] < _RANKS[last]:
        score += _NEVER if kind in "nlu" else -15
    if kind == "l" and head.kind == "?":
        score -= 18 if guess.leaves else 0
    if not guess.leaves and kind == "f":
        score -= 12
    if head.piece.cls in "BO":
        score -= 40
    if kind == "t" and head.kind == "?" and _is_below(head, guess):
        score -= 15
    if head.kind == "R" and guess.leaves and guess.leaves[-1].path[0].kind == "P":
        score -= 25 * (len(guess.leaves[-1].path) == 1 or _measure(head) in _OF_A_YEAR)
    return score


def _is_below(head: Head, guess: _Guess) -> bool:
    """Whether a cell begins a line below one of several cells: it may be a label of the body."""
    lines = [leaf.path[0].piece.line for leaf in guess.leaves[-2:]]
    return len(lines) == 2 and lines[0] == lines[1] != head.piece.line


def _weigh_parent(head: Head, children: Sequence[Head], guess: _Guess) -> int:
    score = {"P": 8, "R": 3, "Q": 2, "S": -5, "?": -6, "l": -15}.get(head.kind, -20)
    if not guess.leaves:
        score -= 12
    if head.piece.cls in "BO":
        score += _NEVER
    kinds = [child.kind for child in children]
    score += sum(
        _LEAF_SCORES["f"].get(kind, -30) + child.cost
        for kind, child in zip(kinds, children, strict=True)
    )
    if len({label_key(child.piece.text) for child in children}) < len(children):
        score -= 30
    if head.kind in "PQ":
        score -= 40 * (kinds.count("P") + kinds.count("Q"))
    if head.kind == "R":
        score += _weigh_measures(head, children)
    if _is_parent_of_funds(head):
        score += 10 + 8 * (2 * kinds.count("S") - len(kinds))
    elif kinds.count("S") > 1:
        score -= 5 * kinds.count("S")
    if len(children) == 1:
        score -= 4
    return score


_OF_A_YEAR = frozenset({"budget", "settlement", "target", "actual"})
_CHANGES = frozenset({"change", "change_rate"})


def _measure(head: Head) -> str:
    found = read_label(head.piece.text).measure
    return found.measure if found is not None else ""


def _weigh_measures(head: Head, children: Sequence[Head]) -> int:
    """A measure over years, or a comparison over its amount and its rate."""
    own = _measure(head)
    score = 0
    for child in children:
        if child.kind == "P":
            score += {"rate": 0, "share": 0, "change": -10, "change_rate": -10}.get(own, 5)
        elif own in _CHANGES:
            score += 10 if _measure(child) in _CHANGES else 0 if child.kind == "?" else -25
        elif child.kind in "RQ":
            score -= 15
    return score


def _weigh_groups(guess: _Guess) -> int:
    """Cells over the same row of cells each, as years over amount and share."""
    score = 0
    groups = guess.groups
    for (kind, texts), (last, before) in zip(groups[1:], groups, strict=False):
        if texts == before:
            score += 12 * len(texts) if kind == last else 0
        elif kind == last == "P" and len(texts) != len(before):
            score -= 10
        elif read_label(texts[0]).only_period and read_label(before[0]).only_period:
            score -= 30
    if len(groups) == 1 and len(guess.leaves) == len(groups[0][1]):
        score -= 20
    over_years = any(kind == "R" and read_label(texts[0]).only_period for kind, texts in groups)
    parents = sum(kind == "P" for kind, _ in groups)
    if over_years and parents:
        score -= 40
    alone = sum(len(leaf.path) == 1 and _is_dated(leaf.path[0]) for leaf in guess.leaves)
    return score - 10 * min(parents, alone)


def _is_dated(head: Head) -> bool:
    """Whether a cell is a year, or a year on one line and a measure on the next."""
    return head.kind == "P" or (head.kind == "Q" and "\n" in head.piece.text)
