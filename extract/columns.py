"""Columns of plain text: where each character stands in a line of layout text.

Programs that lay text out with blanks count columns in one of two ways. ``pdftotext -layout``
counts every character as one; people and most programs count a full-width character as two.
Which one a text follows shows in where its columns line up.
"""

from __future__ import annotations

import re
import unicodedata
from collections import deque
from functools import lru_cache
from itertools import accumulate, islice
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

Metric = Literal["character", "width"]

_TAB = 8
# What separates columns: two blanks or more, or one ideographic space between blanks.
_GAP = re.compile(r"(?:[ \u3000]{2,}|\t)[ \t\u3000]*(?=\S)")
_SLACK = 1
_WINDOW = 6
# No printed table has more columns; comparing all gaps of an endless line would never end.
_MAX_GAPS = 32


@lru_cache(maxsize=8192)
def char_width(char: str) -> int:
    """Half-width columns of a character: 2 for full width, 0 for combining marks.

    Characters of ambiguous width (①, ―, △) are full width in Japanese fonts.
    Source: Unicode Standard Annex 11.
    """
    if unicodedata.combining(char):
        return 0
    return 2 if unicodedata.east_asian_width(char) in "WFA" else 1


def width_of(text: str) -> int:
    """Half-width columns of a text."""
    return sum(map(char_width, text))


def find_edges(text: str, metric: Metric) -> tuple[Sequence[int], Sequence[int]]:
    """Left and right edge of every character, in columns.

    >>> find_edges("a目", "width")
    ((0, 1), (1, 3))
    """
    if "\t" not in text and (metric == "character" or text.isascii()):
        return range(len(text)), range(1, len(text) + 1)
    ends = tuple(accumulate(text, lambda x, char: x + _advance(char, x, metric), initial=0))
    return ends[:-1], ends[1:]


def _advance(char: str, x: int, metric: Metric) -> int:
    if char == "\t":
        return _TAB - x % _TAB
    return 1 if metric == "character" else char_width(char)


def infer_metric(lines: Iterable[str]) -> Metric:
    """How a text counts its columns, by where lines near each other agree; ``width`` in doubt.

    Only places that the two ways put differently have a say, so that text in which both agree
    (or nothing lines up) counts as ``width``.
    """
    votes = 0
    near: deque[list[tuple[int, int]]] = deque(maxlen=_WINDOW)
    for row in filter(None, map(_anchors, lines)):
        for upper in near:
            votes += sum(_vote(place, upper) for place in row)
        near.append(row)
    return "character" if votes > 0 else "width"


def _vote(place: tuple[int, int], upper: list[tuple[int, int]]) -> int:
    """1 if counting characters puts ``place`` under one of ``upper``, -1 if only widths do."""
    by_character = any(abs(place[0] - other[0]) <= _SLACK for other in upper)
    by_width = any(abs(place[1] - other[1]) <= _SLACK for other in upper)
    return by_character - by_width


def _anchors(text: str) -> list[tuple[int, int]]:
    """Where a line's columns begin and end, counted both ways (signed: ends are negative)."""
    if not text.strip() or not _is_plausible(text):
        return []
    chars = find_edges(text, "character")[0]
    widths = find_edges(text, "width")[0]
    return [(chars[i] * side, widths[i] * side) for i, side in _gap_sides(text)]


def _gap_sides(text: str) -> Iterator[tuple[int, int]]:
    for gap in _GAP.finditer(text):
        yield gap.end(), 1
        if gap.start():
            yield gap.start(), -1


def looks_laid_out(lines: Iterable[str], metric: Metric) -> bool:
    """Whether columns are set with blanks: gaps inside lines that lie under gaps just above.

    Two such lines under a third are enough; indents alone are not.
    """
    near: deque[list[tuple[int, int]]] = deque(maxlen=_WINDOW)
    agreeing = 0
    for gaps in filter(None, (_inner_gaps(text, metric) for text in lines)):
        agreeing += any(_overlap(gaps, upper) for upper in near)
        near.append(gaps)
        if agreeing >= 2:
            return True
    return False


def _inner_gaps(text: str, metric: Metric) -> list[tuple[int, int]]:
    if not _is_plausible(text):
        return []
    x0s, _ = find_edges(text, metric)
    return [(x0s[gap.start()], x0s[gap.end()]) for gap in _GAP.finditer(text) if gap.start()]


def _is_plausible(text: str) -> bool:
    """Whether a line may be one of a table: it has some gaps, not hundreds."""
    return sum(1 for _ in islice(_GAP.finditer(text), _MAX_GAPS + 1)) <= _MAX_GAPS


def _overlap(upper: list[tuple[int, int]], lower: list[tuple[int, int]]) -> bool:
    return any(max(a, c) < min(b, d) for a, b in upper for c, d in lower)
