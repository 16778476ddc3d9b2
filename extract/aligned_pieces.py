"""Lines cut into pieces at their wide gaps: what may be the cells of a table without rules."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from kenzan.schemas.document import Line
from kenzan.schemas.geometry import Box

if TYPE_CHECKING:
    from collections.abc import Sequence

Unit = Literal["point", "column"]

_BLANKS = " \u3000\t\xa0"
_GAP = 0.9
"""Em of white from which on two pieces are two."""
_FIGURE_GAP = 0.4
"""The same between two figures, which may stand one blank apart."""
_EVEN = 1.8
"""How much wider than the gap before it a gap within a spread label may be."""
_SIGN = "△▲▽▼－−–—―‐\\-＋+±"
_DIGIT = "0-9０-９"
_UNIT = (
    "円千百万億兆人件個社団体箇ヶカケか所回日時間分秒年月歳世帯戸棟台冊校園名組枚頭点位倍割％%‰"
    "㎞㎡㎥㎏kmghatbポイント以上下未満程度増減超事業"
)
_FIGURE = re.compile(
    rf"[(（\[〔{{]*[約計]?[{_SIGN}]*[(（]?[{_SIGN}]*[ \u3000]*"
    rf"[{_DIGIT}](?:[{_DIGIT},，.．]|[ \u3000](?=[{_DIGIT}]))*"
    rf"[ \u3000]*[{_UNIT}]*[)）\]〕}}]*"
)
_MISSING = re.compile(r"[-－−–—―‐ー･・…＊*xXｘ]{1,3}|皆[増減]|[－―-]?[%％]|集計中|未集計|未確定")
_SIGNS_ONLY = re.compile(rf"[{_SIGN}(（]+")
_BRACKETED = re.compile(r"[(（\[〔].*[)）\]〕]|[＋+±△▲].*")
_ENUMERATOR = re.compile(rf"[(（]?[{_DIGIT}]{{1,2}}[)）.．、]?|[①-⑳]")
_LEADER = re.compile(r"[.．・･…‥]{3,}")
_IDEOGRAPH = re.compile(r"[\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff]")


@dataclass(slots=True)
class Piece:
    """A stretch of a line without a wide gap in it: ``text[start:end]``, from x0 to x1."""

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
        return _BRACKETED.fullmatch(self.text) is not None

    @property
    def enumerates(self) -> bool:
        """Whether it may be the number of a row rather than a figure."""
        return _ENUMERATOR.fullmatch(self.text) is not None

    @property
    def sign_only(self) -> bool:
        """Whether it is the sign of a figure further to the right."""
        return _SIGNS_ONLY.fullmatch(self.text) is not None

    def to_line(self) -> Line:
        """The piece as a line of its own."""
        line = self.line
        x0s, x1s = tuple(line.x0s[self.start : self.end]), tuple(line.x1s[self.start : self.end])
        box = line.box and Box(self.x0, line.box.top, self.x1, line.box.bottom)
        return Line(self.text, line.page, box, line.number, x0s, x1s, line.size, line.vertical)


@dataclass(slots=True)
class Row:
    """A line with its pieces; ``y`` is its height on the page or its number in the text."""

    line: Line
    pieces: list[Piece]
    y: float
    height: float

    @property
    def is_body(self) -> bool:
        """Whether it looks like a row of figures: one beside something else."""
        return len(self.pieces) >= 2 and any(piece.figure for piece in self.pieces[1:])

    @property
    def label_length(self) -> int:
        """How many pieces stand before the first figure; a number of the row is none."""
        for index, piece in enumerate(self.pieces):
            following = self.pieces[index + 1 : index + 2]
            numbers = index == 0 and piece.enumerates and not any(p.figure for p in following)
            if piece.figure and not numbers:
                return index
        return len(self.pieces)


def cut_rows(lines: Sequence[Line], unit: Unit) -> list[Row]:
    """All lines with their pieces."""
    return [_cut_row(line, index, unit) for index, line in enumerate(lines)]


def em_of(line: Line, unit: Unit) -> float:
    """The em of a line, in the unit of its edges."""
    return 2.0 if unit == "column" else (line.size or 10.0)


def _cut_row(line: Line, index: int, unit: Unit) -> Row:
    if line.box is not None:
        y, height = line.box.center[1], line.box.height
    else:
        y, height = float(line.number if line.number is not None else index), 1.0
    return Row(line, cut_pieces(line, unit), y, height)


def cut_pieces(line: Line, unit: Unit) -> list[Piece]:
    """The pieces of a line, left to right; one if it has no edges or no wide gap."""
    text, x0s, x1s = line.text, line.x0s, line.x1s
    if not x0s or line.vertical or _LEADER.search(text):
        return []
    em = em_of(line, unit)
    pieces: list[Piece] = []
    start = last = -1
    for i, char in enumerate(text):
        if char in _BLANKS:
            continue
        if last >= 0:
            gap = (x0s[i] - x1s[last]) / em
            if gap >= _GAP or (gap >= _FIGURE_GAP and _parts_figures(text, start, last, i)):
                pieces.append(_to_piece(line, start, last + 1))
                start = -1
        if start < 0:
            start = i
        last = i
    if last >= 0:
        pieces.append(_to_piece(line, start, last + 1))
    return pieces


def _parts_figures(text: str, start: int, last: int, following: int) -> bool:
    """Whether a figure ends at ``last`` and another begins at ``following``."""
    opens = text[following].isdigit() or text[following] in "△▲(（-－−+＋"
    return opens and text[last] not in "(（" and is_figure(text[start : last + 1])


def _to_piece(line: Line, start: int, end: int) -> Piece:
    text = line.text[start:end]
    return Piece(line, start, end, line.x0s[start], line.x1s[end - 1], text, is_figure(text))


def is_figure(text: str) -> bool:
    """Whether a text is a figure with its sign and unit, or a mark for a missing one."""
    return bool(_FIGURE.fullmatch(text) or _MISSING.fullmatch(text))


def join_spread(pieces: Sequence[Piece]) -> list[Piece]:
    """Labels spread over their column (市　　税) as one piece again: single ideographs in a row.

    A gap much wider than the one before it ends a label.
    """
    joined: list[Piece] = []
    step = 0.0
    for piece in pieces:
        gap = piece.x0 - joined[-1].x1 if joined else 0.0
        spread = bool(joined) and _is_single(piece) and _is_spread(joined[-1])
        if spread and (_is_single(joined[-1]) or gap <= _EVEN * step):
            joined[-1] = join_pieces(joined[-1], piece)
            step = gap
        else:
            joined.append(piece)
    return joined


def join_pieces(first: Piece, last: Piece) -> Piece:
    """One piece from the start of ``first`` to the end of ``last``, on the same line."""
    text = first.line.text[first.start : last.end]
    return Piece(first.line, first.start, last.end, first.x0, last.x1, text, is_figure(text))


def _is_single(piece: Piece) -> bool:
    return len(piece.text) == 1 and _IDEOGRAPH.match(piece.text) is not None


def _is_spread(piece: Piece) -> bool:
    letters = [part for part in re.split(r"[ \u3000\t]+", piece.text) if part]
    return all(len(part) == 1 and _IDEOGRAPH.match(part) for part in letters)
