"""What a narrow cell broke over two lines, joined again: 1,310,37|0人, 44,045百万|円, (-18,42|7).

Joins only what is no figure (or label) without the other part, or no well-formed one.
"""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from kenzan.interpret.linear.pieces import (
    Gap,
    Piece,
    fuse,
    is_figure_text,
    is_unit,
    may_be_figure,
    period_kind,
    read_figure,
)
from kenzan.interpret.linear.rulers import display_width
from kenzan.interpret.linear.vocabulary import read_measure

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from kenzan.schemas.document import Line

_GROUPED = re.compile(r"[(+\-−△▲]*\d{1,3}(?:,\d{3})*,\d{0,2}$")
_OPEN = re.compile(r"\([^()]*$")
_DIGITS = re.compile(r"\d+")
_UNIT = re.compile(r"(?<=\d)[^\d()]{0,3}$")
_LABEL_ENDS = frozenset({"年度", "度", "年", "値", "率", "額", "数"})
_DEEPEST = 2


def mend_breaks(cut: list[list[Piece]], lines: Sequence[Line]) -> None:
    """Join broken pieces, in place. A line whose pieces all moved up is left empty."""
    seen: list[list[Piece]] = []
    for pieces in cut:
        if not pieces:
            continue
        if seen:
            if _is_spread(pieces) or _is_spread(seen[-1]):
                _mend_columns(seen[-_DEEPEST:], pieces, lines)
            else:
                _mend_ends(seen[-1], pieces)
        if pieces:
            pieces[0] = replace(pieces[0], gap=Gap.LINE)
            seen.append(pieces)


def _is_spread(pieces: Sequence[Piece]) -> bool:
    return any(piece.gap == Gap.WIDE for piece in pieces)


def _mend_ends(above: list[Piece], below: list[Piece]) -> None:
    """Join the end of a line and the beginning of the next."""
    for size in (2, 1):
        head = below[:size]
        close = all(piece.gap <= Gap.SPACE for piece in head[1:])
        if len(head) == size and close:
            text = "".join(piece.text for piece in head)
            if goes_on(above[-1].text, text) or _is_broken_label(above, text):
                above[-1] = fuse((above[-1], *head))
                del below[:size]
                return


def _mend_columns(window: Sequence[list[Piece]], below: list[Piece], lines: Sequence[Line]) -> None:
    """Join pieces that stand under each other."""
    kept: list[Piece] = []
    for piece in below:
        home = next(_homes(window, piece, lines), None)
        if home is None:
            kept.append(piece)
            continue
        line, at = home
        line[at] = fuse((line[at], piece))
    below[:] = kept


def _homes(
    window: Sequence[list[Piece]], piece: Piece, lines: Sequence[Line]
) -> Iterator[tuple[list[Piece], int]]:
    """Pieces above that a piece goes on from: their line and index."""
    if piece.gap < Gap.WIDE or is_figure_text(piece.text) or not _is_fragment(piece.text):
        return
    for line in reversed(window):
        for at, above in enumerate(line):
            if _meet(above, piece, lines) and goes_on(above.text, piece.text):
                yield line, at


def _is_fragment(text: str) -> bool:
    """Whether a text can only be the end of a figure: 円, 円(+1,000), 907), )"""
    unit = text.partition("(")[0]
    return is_unit(unit) or (text.endswith(")") and "(" not in text and len(text) <= 9)


def _meet(above: Piece, below: Piece, lines: Sequence[Line]) -> bool:
    """Whether two pieces stand under each other, however their lines count columns."""
    return any(
        a < d and c < b
        for (a, b), (c, d) in zip(_extents(above, lines), _extents(below, lines), strict=True)
    )


def _extents(piece: Piece, lines: Sequence[Line]) -> tuple[tuple[int, int], tuple[int, int]]:
    """First and last column in characters and in half-width columns, a little widened."""
    first = piece.spans[0]
    end = [span.end for span in piece.spans if span.line == first.line][-1]
    text = lines[first.line].text
    left = display_width(text[: first.start])
    right = left + display_width(text[first.start : end])
    return (first.start - 1, end + 1), (left - 1, right + 1)


def goes_on(tail: str, head: str) -> bool:
    """Whether a figure that ends in ``tail`` at the end of a line goes on with ``head``."""
    if not may_be_figure(tail) or not may_be_figure(tail + head) or period_kind(tail):
        return False
    if _GROUPED.fullmatch(tail):
        digits = _DIGITS.match(head)
        filled = digits is not None and len(tail.rpartition(",")[2]) + len(digits[0]) == 3
        return filled and (is_figure_text(tail + head) or _is_open_figure(tail + head))
    if _OPEN.search(tail):
        return is_figure_text(tail + head) or _is_open_figure(tail + head)
    unit, opened, _ = head.partition("(")
    begun = _UNIT.search(tail)
    if not unit or begun is None or not is_unit(begun[0] + unit):
        return False
    if begun[0] and not is_unit(begun[0]):
        return False
    return is_figure_text(tail + head) or bool(opened and read_figure(tail))


def _is_open_figure(text: str) -> bool:
    """Whether a text is a figure and the beginning of its change, or such a beginning alone."""
    value, opened, change = text.partition("(")
    return bool(opened) and ")" not in change and (not value or read_figure(value) is not None)


def _is_broken_label(above: Sequence[Piece], head: str) -> bool:
    if head not in _LABEL_ENDS or len(above) > 1:
        return False
    joined = above[-1].text + head
    return bool(period_kind(joined) or read_measure(joined))
