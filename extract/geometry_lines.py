"""Characters → printed lines, in every area of a page at once."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from kenzan.schemas.document import Line
from kenzan.schemas.geometry import Box

if TYPE_CHECKING:
    from kenzan.extract.boxes import Flags, Floats, Ints
    from kenzan.extract.content import Chars

_SAME_LINE = 0.4
"""Share of the em by which the middles of two neighbours on one line may differ in height."""
_SAME_PLACE = 0.4
"""Share of its width within which an equal character is the same one drawn again."""
_WORD_GAP = 0.8
_DIGIT_GAP = 0.5
_LATIN_GAP = 0.2
"""Gaps in em from which on a blank keeps two pieces apart."""
_BLANKS = (0x20, 0x3000, 0xA0, 0x09)


def read_lines(chars: Chars, areas: Ints, page: int) -> dict[int, list[Line]]:
    """The printed lines of each area, top to bottom. ``areas`` gives each character's area."""
    if not len(chars):
        return {}
    order, line_ids = _order(chars, areas)
    chars, areas = chars.take(order), areas[order]
    keep = ~_drawn_again(chars, line_ids) & _within_text(chars, line_ids)
    chars, areas, line_ids = chars.take(keep), areas[keep], line_ids[keep]
    # PDFium gives one blank for several in a row, so for both engines several count as one.
    blank = (chars.codes[1:] == 0x20) & (chars.codes[:-1] == 0x20)
    keep = ~np.r_[False, blank & (line_ids[1:] == line_ids[:-1])][: len(chars)]
    chars, areas, line_ids = chars.take(keep), areas[keep], line_ids[keep]
    if not len(chars):
        return {}
    chars, line_ids, areas = _with_blanks(chars, line_ids, areas)
    return _to_lines(chars, line_ids, areas, page)


def _order(chars: Chars, areas: Ints) -> tuple[Ints, Ints]:
    """Reading order by area, line and left edge, and the line each ordered character is on."""
    middle = (chars.boxes[:, 1] + chars.boxes[:, 3]) / 2
    by_height = np.lexsort((middle, areas))
    high, size, area = middle[by_height], chars.sizes[by_height], areas[by_height]
    step = np.diff(high) > _SAME_LINE * np.maximum(size[1:], size[:-1])
    lines = np.cumsum(np.r_[True, step | (np.diff(area) != 0)])
    across = np.lexsort((chars.boxes[by_height, 0], lines))
    return by_height[across], lines[across]


def _drawn_again(chars: Chars, line_ids: Ints) -> Flags:
    """Characters printed a second time for a bold look or a shadow."""
    again = np.zeros(len(chars), bool)
    left, width = chars.boxes[:, 0], chars.boxes[:, 2] - chars.boxes[:, 0]
    for back in (1, 2):
        same = (chars.codes[back:] == chars.codes[:-back]) & (line_ids[back:] == line_ids[:-back])
        near = np.abs(left[back:] - left[:-back]) < _SAME_PLACE * np.maximum(width[back:], 0.1)
        again[back:] |= same & near & ~again[:-back]
    return again


def _within_text(chars: Chars, line_ids: Ints) -> Flags:
    """Whether a character stands between the first and the last visible one of its line."""
    ink = ~np.isin(chars.codes, _BLANKS) & (chars.codes > 0x20)
    if ink.all():
        return ink
    at = np.arange(len(chars))
    starts = np.flatnonzero(np.r_[True, np.diff(line_ids) != 0])
    lengths = np.diff(np.r_[starts, len(chars)])
    first = np.minimum.reduceat(np.where(ink, at, len(chars)), starts)
    last = np.maximum.reduceat(np.where(ink, at, -1), starts)
    return (at >= np.repeat(first, lengths)) & (at <= np.repeat(last, lengths)) & (chars.codes > 0)


def _with_blanks(chars: Chars, line_ids: Ints, areas: Ints) -> tuple[Chars, Ints, Ints]:
    """Put a blank where white paper alone keeps two pieces apart that would read as one."""
    left, right = chars.boxes[1:, 0], chars.boxes[:-1, 2]
    gap = (left - right) / np.maximum(np.maximum(chars.sizes[1:], chars.sizes[:-1]), 0.1)
    wide = _calls_for_blank(chars.codes, gap) & (line_ids[1:] == line_ids[:-1])
    after = np.flatnonzero(wide)
    if not len(after):
        return chars, line_ids, areas
    boxes = chars.boxes[after].copy()
    boxes[:, 0], boxes[:, 2] = right[after], left[after]
    where = after + 1
    filled = type(chars)(
        np.insert(chars.codes, where, 0x20),
        np.insert(chars.boxes, where, boxes, axis=0),
        np.insert(chars.sizes, where, chars.sizes[after]),
        np.insert(chars.turns, where, chars.turns[after]),
    )
    return (
        filled,
        np.insert(line_ids, where, line_ids[after]),
        np.insert(areas, where, areas[after]),
    )


def _calls_for_blank(codes: Ints, gap: Floats) -> Flags:
    first, second = codes[:-1], codes[1:]
    blank = np.isin(first, _BLANKS) | np.isin(second, _BLANKS)
    digits = _is_digit(first) & _is_digit(second)
    latin = _is_latin(first) & _is_latin(second)
    least = np.where(digits, _DIGIT_GAP, np.where(latin, _LATIN_GAP, _WORD_GAP))
    return (gap >= least) & ~blank


def _is_digit(codes: Ints) -> Flags:
    return ((codes >= 0x30) & (codes <= 0x39)) | ((codes >= 0xFF10) & (codes <= 0xFF19))


def _is_latin(codes: Ints) -> Flags:
    letter = codes | 0x20
    return (letter >= 0x61) & (letter <= 0x7A)


def _to_lines(chars: Chars, line_ids: Ints, areas: Ints, page: int) -> dict[int, list[Line]]:
    text = chars.codes.astype("<u4").tobytes().decode("utf-32-le", "replace")
    starts = np.flatnonzero(np.r_[True, np.diff(line_ids) != 0])
    boxes = np.round(chars.boxes, 2)
    left, right = boxes[:, 0].tolist(), boxes[:, 2].tolist()
    tops = np.minimum.reduceat(boxes[:, 1], starts).tolist()
    bottoms = np.maximum.reduceat(boxes[:, 3], starts).tolist()
    sizes = np.round(np.maximum.reduceat(chars.sizes, starts), 2).tolist()
    bounds = [*starts.tolist(), len(text)]
    lines: dict[int, list[Line]] = {}
    for i, area in enumerate(areas[starts].tolist()):
        low, high = bounds[i], bounds[i + 1]
        x0s, x1s = tuple(left[low:high]), tuple(right[low:high])
        box = Box(min(x0s), tops[i], max(x1s), bottoms[i])
        line = Line(text[low:high], page, box, None, x0s, x1s, sizes[i])
        lines.setdefault(area, []).append(line)
    return lines
