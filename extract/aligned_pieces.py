"""Lines cut at their gaps: what may be the cells of a table without rules."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from kenzan.extract.aligned_texts import (
    BLANKS,
    GOES_ON,
    is_aside,
    is_bracketed,
    is_enumerator,
    is_figure,
    is_numbered,
    is_page_number,
    is_sign,
    is_year,
    names_period,
)
from kenzan.schemas.document import Line
from kenzan.schemas.geometry import Box
from kenzan.schemas.records import dataclass

if TYPE_CHECKING:
    from collections.abc import Sequence


_GAP = 0.9
"""Em of white from which on two pieces are two."""
_FIGURE_GAP = 0.4
"""The same between two figures, which may stand one blank apart."""
_AFTER_FIGURE = 0.25
"""The same between a figure and a word that is not its unit."""
_TOKEN_GAP = 0.2
"""Em of white at which a column may part from the next, if it does in other lines too."""
_DOTS = "・･"
CHAINED = 0.95
"""Em between two lines that are too close to stand one below the other in one cell."""
_NAMES = 4
"""Pieces of a line from which on one year among words is the name of a column."""
_EVEN = 1.8
"""How much wider than the gap before it a gap within a spread label may be."""
_LONGEST_SPREAD = 24
"""Characters, blanks included, of a label that is spread over its column."""
# Where there is neither a blank nor a digit nothing parts: wide white always comes as a blank.
_MAY_PART = re.compile(rf"[{BLANKS}0-9０-９]")
_HAS_DIGIT = re.compile(r"[0-9０-９]")
_LEADER = re.compile(r"[.．・･…‥]{3,}")


@dataclass(slots=True)
class Piece:
    """A stretch of a line, ``line.text[start:end]``, from x0 to x1."""

    line: Line
    start: int
    end: int
    x0: float
    x1: float
    text: str
    figure: bool

    @property
    def middle(self) -> float:
        """Half way between its edges."""
        return (self.x0 + self.x1) / 2

    @property
    def bracketed(self) -> bool:
        """Whether it is a change or an aside rather than a value: in brackets or with a sign."""
        return is_bracketed(self.text)

    @property
    def in_brackets(self) -> bool:
        """Whether it is all within brackets."""
        return self.text[0] in "(（[〔" and self.text[-1] in ")）]〕"

    @property
    def enumerates(self) -> bool:
        """Whether it may be the number of a row rather than a figure."""
        return is_enumerator(self.text)

    @property
    def has_digit(self) -> bool:
        """Whether there is a digit in it."""
        return any(char.isdigit() for char in self.text)

    @property
    def names_period(self) -> bool:
        """Whether it is the name of a year: 令和５年度, R5, 3年目."""
        return not self.figure and names_period(self.text)

    @property
    def sign_only(self) -> bool:
        """Whether it is the sign of a figure further to the right."""
        return is_sign(self.text)

    @property
    def lone(self) -> bool:
        """Whether it is a single ideograph, as in a label spread over its column."""
        return _is_ideograph(self.text)

    @property
    def is_numbered(self) -> bool:
        """Whether it begins with a number of its own: 1 市税, (2) 委託料."""
        return is_numbered(self.text)

    @property
    def is_spread(self) -> bool:
        """Whether it is a label with white between all of its letters."""
        if self.figure or self.line.vertical or not 2 <= len(self.text) <= _LONGEST_SPREAD:
            return False
        em = self.line.size or 2.0
        return len(tokens_of(self, em)) == len(self.text.split()) and _is_spread(self)

    def to_line(self) -> Line:
        """The piece as a line of its own."""
        line = self.line
        if line.vertical:
            return line
        x0s, x1s = tuple(line.x0s[self.start : self.end]), tuple(line.x1s[self.start : self.end])
        box = line.box and Box(self.x0, line.box.top, self.x1, line.box.bottom)
        return Line(self.text, line.page, box, line.number, x0s, x1s, line.size, line.vertical)


@dataclass(slots=True)
class Row:
    """Lines at one height with their pieces, left to right.

    A row may hold several lines: labels at half height beside two lines of figures. ``y`` is its
    height on the page, ``em`` the size of its characters, which lines are at least apart.
    """

    lines: list[Line]
    pieces: list[Piece]
    y: float
    em: float

    @property
    def is_body(self) -> bool:
        """Whether it looks like a row of figures: one beside something else, and not years."""
        figures = [piece for piece in self.pieces if piece.figure]
        alone = len(figures) == 1 and len(self.pieces) < _NAMES
        years = not alone and all(is_year(piece.text) for piece in figures)
        return not years and any(piece.figure for piece in self.pieces[1:])

    @property
    def is_aside(self) -> bool:
        """Whether it is a note or a unit for the whole table, or prose."""
        return any(is_aside(line.text) for line in self.lines)

    @property
    def is_footer(self) -> bool:
        """Whether it is nothing but the number of the page."""
        return len(self.lines) == 1 and is_page_number(self.lines[0].text)

    @property
    def label_length(self) -> int:
        """How many pieces stand before the first figure; a number of the row is none."""
        for index, piece in enumerate(self.pieces):
            following = self.pieces[index + 1 : index + 2]
            numbers = index == 0 and piece.enumerates and not any(p.figure for p in following)
            if piece.figure and not numbers:
                return index
        return len(self.pieces)

    def step_to(self, lower: Row) -> float:
        """From the last line of this row to the first one of a lower row."""
        first = min(height_of(line) for line in lower.lines)
        return first - max(height_of(line) for line in self.lines)

    def joined_pieces(self) -> list[Piece]:
        """The pieces, with the label in front of the figures put together where it is spread."""
        first = self.label_length
        return [*join_spread(self.pieces[:first]), *self.pieces[first:]]


def height_of(line: Line) -> float:
    """The height of a line on its page (its number where it has no box)."""
    if line.box is not None:
        return line.box.center[1]
    return float(line.number or 0)


def cut_rows(lines: Sequence[Line]) -> list[Row]:
    """All lines with their pieces, a row each."""
    return [_cut_row(line) for line in lines]


def _cut_row(line: Line) -> Row:
    em = line.size or 10.0
    return Row([line], cut_pieces(line, em), height_of(line), em)


def level_rows(lines: Sequence[Line]) -> list[Row]:
    """The rows of a page, top to bottom."""
    return join_level(sorted(cut_rows(lines), key=lambda row: row.y))


def join_level(rows: Sequence[Row]) -> list[Row]:
    """Rows that stand closer together than lines of text can are one row."""
    joined: list[Row] = []
    last = float("-inf")
    for row in rows:
        if joined and 0 <= row.y - last < CHAINED * row.em and row.pieces and joined[-1].pieces:
            whole = joined[-1]
            pieces = sorted([*whole.pieces, *row.pieces], key=lambda piece: piece.x0)
            y = (whole.y * len(whole.lines) + row.y) / (len(whole.lines) + 1)
            joined[-1] = Row([*whole.lines, *row.lines], pieces, y, row.em)
        else:
            joined.append(row)
        last = row.y
    return joined


def may_be_body(line: Line) -> bool:
    """Whether a line could be one of figures: at first sight, without measuring its gaps."""
    return _HAS_DIGIT.search(line.text) is not None


def cut_pieces(line: Line, em: float) -> list[Piece]:
    """The pieces of a line, left to right; none if it has no edges or leads to a page number."""
    if line.vertical and line.box is not None:
        return [Piece(line, 0, len(line.text), line.box.x0, line.box.x1, line.text, figure=False)]
    if not line.x0s or line.vertical or _LEADER.search(line.text):
        return []
    text, pieces = line.text, []
    if not _MAY_PART.search(text):
        return [_to_piece(line, 0, len(text))]
    start = last = -1
    for i, gap in _gaps(line, em):
        if last >= 0 and gap >= _AFTER_FIGURE and _parts(text[start : last + 1], text[i], gap):
            pieces.append(_to_piece(line, start, last + 1))
            start = -1
        start = i if start < 0 else start
        last = i
    if last >= 0:
        pieces.append(_to_piece(line, start, last + 1))
    return pieces


def _gaps(line: Line, em: float) -> list[tuple[int, float]]:
    """Each visible character's index, and the white before it in em."""
    gaps: list[tuple[int, float]] = []
    last = -1
    for i, char in enumerate(line.text):
        if char in BLANKS:
            continue
        gaps.append((i, (line.x0s[i] - line.x1s[last]) / em if last >= 0 else 0.0))
        last = i
    return gaps


def _parts(before: str, following: str, gap: float) -> bool:
    """Whether a gap ends the piece ``before``."""
    if gap >= _GAP:
        return True
    if not is_figure(before):
        return False
    if following.isdigit() or following in "△▲-－−+＋":
        return gap >= _FIGURE_GAP
    return following not in GOES_ON and not is_enumerator(before)


def _to_piece(line: Line, start: int, end: int) -> Piece:
    text = line.text[start:end]
    return Piece(line, start, end, line.x0s[start], line.x1s[end - 1], text, is_figure(text))


def tokens_of(piece: Piece, em: float) -> list[tuple[float, float]]:
    """The stretches of a piece that have ink, parted at any visible gap."""
    x0s, x1s = piece.line.x0s, piece.line.x1s
    stretches: list[tuple[float, float]] = []
    if piece.line.vertical:
        return [(piece.x0, piece.x1)]
    for i in range(piece.start, piece.end):
        if piece.line.text[i] in BLANKS:
            continue
        if stretches and x0s[i] - stretches[-1][1] < _TOKEN_GAP * em:
            stretches[-1] = (stretches[-1][0], x1s[i])
        else:
            stretches.append((x0s[i], x1s[i]))
    return stretches


def split_piece(piece: Piece, start: float, end: float, em: float) -> tuple[Piece, Piece] | None:
    """The piece in two, at a gap that meets the stretch from ``start`` to ``end``."""
    line, last = piece.line, -1
    if line.vertical:
        return None
    for i in range(piece.start, piece.end):
        if line.text[i] in BLANKS:
            continue
        left, right = (line.x1s[last] if last >= 0 else line.x0s[i]), line.x0s[i]
        if last >= 0 and right - left >= _TOKEN_GAP * em and left <= end and right >= start:
            return _to_piece(line, piece.start, last + 1), _to_piece(line, i, piece.end)
        last = i
    return None


def join_spread(pieces: Sequence[Piece]) -> list[Piece]:
    """Labels spread over their column (市　　税) as one piece again: single ideographs in a row.

    A gap much wider than the one before it ends a label.
    """
    joined: list[Piece] = []
    step = 0.0
    for piece in pieces:
        gap = piece.x0 - joined[-1].x1 if joined else 0.0
        if joined and _is_link(joined[-1], piece):
            joined[-1] = join_pieces(joined[-1], piece)
            continue
        spread = bool(joined) and piece.lone and _is_spread(joined[-1])
        if spread and (joined[-1].line is not piece.line or joined[-1].text[-1] == piece.text):
            spread = False
        if spread and (len(_letters_of(joined[-1])) == 1 or gap <= _EVEN * step):
            joined[-1] = join_pieces(joined[-1], piece)
            step = gap
        else:
            joined.append(piece)
    return joined


def _is_link(first: Piece, second: Piece) -> bool:
    """Whether a dot between two words of one label stands at either end."""
    dotted = first.text[-1] in _DOTS or second.text in _DOTS
    return dotted and first.line is second.line and first.text not in _DOTS


def join_pieces(first: Piece, last: Piece) -> Piece:
    """One piece from the start of ``first`` to the end of ``last``, on the same line."""
    text = first.line.text[first.start : last.end]
    return Piece(first.line, first.start, last.end, first.x0, last.x1, text, is_figure(text))


def _is_spread(piece: Piece) -> bool:
    letters = _letters_of(piece)
    if len(letters) > 1 and len(set(letters)) == 1:
        return False  # 度 度 度: the ends of names that stand beside each other
    return all(map(_is_ideograph, letters))


def _is_ideograph(text: str) -> bool:
    """Whether a text is one kana or kanji; a pattern of that many characters is slow to make."""
    return len(text) == 1 and (
        "\u3040" <= text <= "\u30ff" or "\u3400" <= text <= "\u9fff" or "\uf900" <= text <= "\ufaff"
    )


def _letters_of(piece: Piece) -> list[str]:
    """The words of a piece, without a number in front: 1 議 会 費."""
    words = piece.text.split()
    return words[1:] if len(words) > 1 and is_enumerator(words[0]) else words
