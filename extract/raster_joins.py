"""Pieces of a line that are one figure: with a word as its unit, or an arrow between two values.

Some programs set a blank wherever digits and ideographs meet. Which words are units no list says;
but a unit comes again and again right behind the figures of one column, and nothing else does.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from dataclasses import replace
from itertools import pairwise
from typing import TYPE_CHECKING

from kenzan.extract.aligned_texts import names_period
from kenzan.normalize.characters import fold
from kenzan.schemas.records import dataclass

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from kenzan.extract.aligned_pieces import Piece

Row = list["Piece"]

_UNIT = re.compile(r"(?![A-EＡ-ＥＳS]$)[^\W\d_][^\d\s]{0,3}(?:[-‐][A-Za-z]{1,4}[0-9０-９]?)?")
_OFFICE = re.compile(r"[課室部局係署]$")
_ARROW = re.compile(r"[→⇒➡]")
_DIGIT = re.compile(r"[0-9０-９]")
_MARK = re.compile(
    r"[(\[]?[A-Za-z①-⑳](?:[)\]]?[-+*/=×÷－＋][(\[]?[A-Za-z①-⑳])*[)\]]?(?:×100|\*100)?"
)
_BEHIND = 8
"""Raster columns that the mark of a column may stand behind its name."""
_SEVERAL = 2
"""Marks in a line that tell that they are marks."""
_FORMULA = 3
"""Letters of a mark that says how its column is computed."""
_OTHERS = 2
"""Lines without figures in a row from which on another table may begin."""


@dataclass(frozen=True, slots=True)
class _Pair:
    """A figure and the word a blank behind it, by the index of the figure in its row."""

    row: int
    at: int
    word: Piece


def join_arrows(pieces: Sequence[Piece]) -> Row:
    """The pieces, with two values as one that stand a blank from the arrow between them."""
    joined: Row = []
    for piece in pieces:
        whole = piece
        while joined and _touch(joined[-1], whole) and _are_one(joined[-1], whole):
            whole = _whole(joined.pop(), whole)
        joined.append(whole)
    return joined


def _are_one(before: Piece, piece: Piece) -> bool:
    """Whether an arrow in one of two pieces has what it lacks in the other."""
    if piece.figure and _is_open(before.text):
        return True
    return _ARROW.search(piece.text) is not None and _is_first(before, piece)


def _is_first(before: Piece, piece: Piece) -> bool:
    """Whether a piece is the value before an arrow, which has none, or the year of that value."""
    value, *_ = _ARROW.split(piece.text)
    return before.names_period or _DIGIT.search(value) is None


def _is_open(text: str) -> bool:
    """Whether a text ends with an arrow and at most a year behind it."""
    *_, behind = _ARROW.split(text)
    return len(behind) < len(text) and (not behind.strip() or names_period(behind.strip()))


def join_marks(pieces: Sequence[Piece]) -> Row:
    """Marks of columns (予算額　　Ａ) put to the names before them.

    A single mark may be a grade, unless it says how the column is computed (Ａ－Ｂ).
    """
    marks = [is_column_mark(piece.text) for piece in pieces]
    several = sum(marks) >= _SEVERAL or any(
        mark and len(piece.text) >= _FORMULA for mark, piece in zip(marks, pieces, strict=True)
    )
    if not several or 2 * sum(marks) > len(marks):
        return list(pieces)
    joined: Row = []
    for piece, mark in zip(pieces, marks, strict=True):
        if mark and joined and piece.x0 - joined[-1].x1 <= _BEHIND:
            joined[-1] = replace(_whole(joined[-1], piece), figure=False)
        else:
            joined.append(piece)
    return joined


def is_column_mark(text: str) -> bool:
    """Whether a word marks its column or says how it is computed: Ａ, ③, (Ｂ), Ａ－Ｂ."""
    return _MARK.fullmatch(fold(text)) is not None


def join_units(rows: Sequence[Row]) -> list[Row]:
    """The rows, with the words that are units put to their figures."""
    joined = [list(row) for row in rows]
    for run in _runs(rows):
        for pair in sorted(_find_units(rows, run), key=lambda pair: -pair.at):
            row = joined[pair.row]
            row[pair.at : pair.at + 2] = [_whole(row[pair.at], pair.word)]
    return joined


def _runs(rows: Sequence[Row]) -> Iterator[range]:
    """Runs of lines that may belong to one table."""
    start = bare = 0
    for index, row in enumerate(rows):
        bare = 0 if any(piece.figure for piece in row[1:]) else bare + 1
        if bare == _OTHERS:
            yield range(start, index)
            start = index
    yield range(start, len(rows))


def _find_units(rows: Sequence[Row], run: range) -> Iterator[_Pair]:
    """Words behind figures that stand behind two in a line, and alone where they stand."""
    pairs = [pair for index in run for pair in _pairs_of(index, rows[index])]
    words: dict[int, set[str]] = defaultdict(set)
    for pair in pairs:
        for x in _columns_of(pair.word):
            words[x].add(pair.word.text)
    alone = [p for p in pairs if all(len(words[x]) == 1 for x in _columns_of(p.word))]
    told = Counter((pair.row, pair.word.text) for pair in alone)
    often = {text for (_, text), count in told.items() if count > 1}
    return (pair for pair in alone if pair.word.text in often)


def _pairs_of(index: int, row: Row) -> Iterator[_Pair]:
    for at, (figure, word) in enumerate(pairwise(row)):
        if not (figure.figure and figure.has_digit and at and _touch(figure, word)):
            continue
        if not word.figure and _UNIT.fullmatch(word.text) and not _OFFICE.search(word.text):
            yield _Pair(index, at, word)


def _columns_of(piece: Piece) -> Iterable[int]:
    return range(int(piece.x0), int(piece.x1))


def _touch(left: Piece, right: Piece) -> bool:
    return right.x0 - left.x1 <= 1


def _whole(first: Piece, last: Piece) -> Piece:
    text = first.line.text[first.start : last.end]
    return replace(first, end=last.end, x1=last.x1, text=text, figure=True)
