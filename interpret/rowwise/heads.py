"""The cells of a header, the columns under them, and what the words of a cell say."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

from kenzan.interpret.words.label import read_label
from kenzan.interpret.words.lexicon import funding_words, label_key
from kenzan.schemas.records import dataclass

if TYPE_CHECKING:
    from kenzan.interpret.rowwise.pieces import Piece

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
    return "P" if label.role and dated else _ROLE_KINDS.get(label.role or "", "?")
