"""Characters → printed lines, in every area of a page at once."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from kenzan.extract.geometry_turns import as_level, as_shown
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
_BLANK, _WIDE_BLANK, _HARD_BLANK = 0x20, 0x3000, 0xA0

Lines = dict[int, list[Line]]


def read_lines(chars: Chars, areas: Ints, page: int) -> Lines:
    """The printed lines of each area, top to bottom. ``areas`` gives each character's area.

    Lines that run down or up the page are marked ``vertical``.
    """
    if not len(chars):
        return {}
    if not chars.turns.any():
        return _read_level(chars, areas, page, 0)
    turns = sorted(set(chars.turns.tolist()))
    lines: Lines = {}
    for turn in turns:
        chosen = chars.turns == turn
        level = as_level(chars.take(chosen), turn)
        for area, found in _read_level(level, areas[chosen], page, turn).items():
            lines.setdefault(area, []).extend(found)
    for found in lines.values():
        found.sort(key=lambda line: line.box.top if line.box else 0.0)
    return lines


def _read_level(chars: Chars, areas: Ints, page: int, turn: int) -> Lines:
    """Lines of characters that run left to right once their turn is undone."""
    order, line_ids = order_lines(chars, areas)
    chars, areas = chars.take(order), areas[order]
    keep = ~_drawn_again(chars, line_ids)
    if not keep.all():
        chars, areas, line_ids = chars.take(keep), areas[keep], line_ids[keep]
    keep = _within_text(chars, line_ids)
    if not keep.all():
        chars, areas, line_ids = chars.take(keep), areas[keep], line_ids[keep]
    if not len(chars):
        return {}
    chars, line_ids, areas = _with_blanks(chars, line_ids, areas)
    return _to_lines(chars, line_ids, areas, (page, turn))


def order_lines(chars: Chars, areas: Ints) -> tuple[Ints, Ints]:
    """Reading order by area, line and left edge, and the line each ordered character is on."""
    middle = chars.boxes[:, 1] + chars.boxes[:, 3]
    by_height = np.lexsort((middle, areas))
    high, size, area = middle[by_height], chars.sizes[by_height], areas[by_height]
    fresh = np.zeros(len(high), np.int64)
    fresh[1:] = (high[1:] - high[:-1] > 2 * _SAME_LINE * np.maximum(size[1:], size[:-1])) | (
        area[1:] != area[:-1]
    )
    lines = np.cumsum(fresh)
    across = np.lexsort((chars.boxes[by_height, 0], lines))
    return by_height[across], lines


def _drawn_again(chars: Chars, line_ids: Ints) -> Flags:
    """Characters printed a second time for a bold look or a shadow, and blanks after a blank.

    PDFium gives one blank for several in a row, so for both engines several count as one.
    """
    codes, left = chars.codes, chars.boxes[:, 0]
    width = np.maximum(chars.boxes[:, 2] - left, 0.1)
    again = np.zeros(len(chars), bool)
    for back in (1, 2):
        same = (codes[back:] == codes[:-back]) & (line_ids[back:] == line_ids[:-back])
        same &= (left[back:] - left[:-back] < _SAME_PLACE * width[back:]) | (
            (codes[back:] == _BLANK) & (back == 1)
        )
        again[back:] |= same & ~again[:-back]
    return again


def _is_blank(codes: Ints) -> Flags:
    blank: Flags = (codes <= _BLANK) | (codes == _WIDE_BLANK) | (codes == _HARD_BLANK)
    return blank


def _starts(line_ids: Ints) -> Ints:
    fresh = np.ones(len(line_ids), bool)
    fresh[1:] = line_ids[1:] != line_ids[:-1]
    return np.flatnonzero(fresh)


def _within_text(chars: Chars, line_ids: Ints) -> Flags:
    """Whether a character stands between the first and the last visible one of its line."""
    blank = _is_blank(chars.codes)
    if not blank.any():
        return np.ones(len(blank), bool)
    at = np.arange(len(chars))
    starts = _starts(line_ids)
    lengths = np.diff(starts, append=len(chars))
    first = np.minimum.reduceat(np.where(blank, len(chars), at), starts)
    last = np.maximum.reduceat(np.where(blank, -1, at), starts)
    return (at >= np.repeat(first, lengths)) & (at <= np.repeat(last, lengths)) & (chars.codes > 0)


def _with_blanks(chars: Chars, line_ids: Ints, areas: Ints) -> tuple[Chars, Ints, Ints]:
    """Put a blank where white paper alone keeps two pieces apart that would read as one."""
    left, right = chars.boxes[1:, 0], chars.boxes[:-1, 2]
    gap = (left - right) / np.maximum(np.maximum(chars.sizes[1:], chars.sizes[:-1]), 0.1)
    after = np.flatnonzero((gap >= _LATIN_GAP) & (line_ids[1:] == line_ids[:-1]))
    after = after[_calls_for_blank(chars.codes[after], chars.codes[after + 1], gap[after])]
    if not len(after):
        return chars, line_ids, areas
    count = len(chars) + len(after)
    place = np.arange(len(chars))
    place[1:] += np.cumsum(np.bincount(after, minlength=len(chars) - 1)[: len(chars) - 1])
    source = np.zeros(count, np.int64)
    source[place] = np.arange(len(chars))
    fill = place[after] + 1
    source[fill] = after
    filled = chars.take(source)
    filled.codes[fill] = _BLANK
    filled.boxes[fill, 0], filled.boxes[fill, 2] = right[after], left[after]
    return filled, line_ids[source], areas[source]


def _calls_for_blank(first: Ints, second: Ints, gap: Floats) -> Flags:
    blank = _is_blank(first) | _is_blank(second)
    digits = _is_digit(first) & _is_digit(second)
    latin = _is_latin(first) & _is_latin(second)
    least = np.where(digits, _DIGIT_GAP, np.where(latin, _LATIN_GAP, _WORD_GAP))
    return np.asarray((gap >= least) & ~blank)


def _is_digit(codes: Ints) -> Flags:
    return ((codes >= 0x30) & (codes <= 0x39)) | ((codes >= 0xFF10) & (codes <= 0xFF19))


def _is_latin(codes: Ints) -> Flags:
    letter = codes | 0x20
    return (letter >= 0x61) & (letter <= 0x7A)


def _to_lines(chars: Chars, line_ids: Ints, areas: Ints, where: tuple[int, int]) -> Lines:
    page, turn = where
    text = chars.codes.astype("<u4").tobytes().decode("utf-32-le", "replace")
    starts = _starts(line_ids)
    boxes = np.round(as_shown(chars.boxes, turn), 2)
    left, right = boxes[:, 0].tolist(), boxes[:, 2].tolist()
    low = np.minimum.reduceat(boxes, starts)[:, :2].tolist()
    high = np.maximum.reduceat(boxes, starts)[:, 2:].tolist()
    sizes = np.round(np.maximum.reduceat(chars.sizes, starts), 2).tolist()
    bounds = [*starts.tolist(), len(text)]
    vertical = turn % 2 == 1
    lines: Lines = {}
    for i, area in enumerate(areas[starts].tolist()):
        begin, end = bounds[i], bounds[i + 1]
        x0s, x1s = tuple(left[begin:end]), tuple(right[begin:end])
        box = Box(*low[i], *high[i])
        line = Line(text[begin:end], page, box, None, x0s, x1s, sizes[i], vertical)
        if area in lines:
            lines[area].append(line)
        else:
            lines[area] = [line]
    return lines
