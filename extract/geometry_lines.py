"""Characters → printed lines, in every area of a page at once."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from kenzan.extract.geometry_turns import as_level, as_shown
from kenzan.extract.runs import places_of, starts_where
from kenzan.schemas.document import Line
from kenzan.schemas.geometry import Box

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from kenzan.extract.boxes import Flags, Ints
    from kenzan.extract.content import Chars

_SAME_LINE = 0.4
"""Share of the em by which the middles of two neighbours on one line may differ in height."""
_SAME_PLACE = 0.4
"""Share of its width within which an equal character is the same one drawn again."""
_WIDEST = 1e6
"""Points from the edge of a page beyond which it is all one where a character stands."""
_BLANK = 0x20
_OTHER, _WHITE, _DIGIT, _LATIN = range(4)
_KINDS = np.full(0x10000, _OTHER, np.int8)
_KINDS[[*range(_BLANK + 1), 0xA0, 0x3000]] = _WHITE
_KINDS[[*range(0x30, 0x3A), *range(0xFF10, 0xFF1A)]] = _DIGIT
_KINDS[[*range(0x41, 0x5B), *range(0x61, 0x7B)]] = _LATIN
_LEAST_GAPS = np.full((4, 4), 0.8)
"""Gaps in em from which on a blank keeps two pieces apart, by the kinds of their characters."""
_LEAST_GAPS[_DIGIT, _DIGIT], _LEAST_GAPS[_LATIN, _LATIN] = 0.5, 0.2
_LEAST_GAPS[_WHITE], _LEAST_GAPS[:, _WHITE] = np.inf, np.inf

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
    high, size, area = (of.take(by_height) for of in (middle, chars.sizes, areas))
    fresh = np.zeros(len(high), np.int64)
    fresh[1:] = (high[1:] - high[:-1] > 2 * _SAME_LINE * np.maximum(size[1:], size[:-1])) | (
        area[1:] != area[:-1]
    )
    lines = fresh.cumsum()
    left = chars.boxes[:, 0].take(by_height).clip(-_WIDEST, _WIDEST)
    # Lines are laid end to end; most are in order already, which a stable sort is quick with.
    across = (left + lines * (2 * _WIDEST)).argsort(kind="stable")
    return by_height.take(across), lines


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


def _kinds(codes: Ints) -> NDArray[np.int8]:
    return _KINDS.take(codes, mode="clip")


def _within_text(chars: Chars, line_ids: Ints) -> Flags:
    """Whether a character stands between the first and the last visible one of its line."""
    blank = _kinds(chars.codes) == _WHITE
    keep: Flags = ~blank
    at = places_of(blank)
    if len(at):
        visible = places_of(keep)
        ends = np.full(len(visible) + 2, -1)
        ends[1:-1] = line_ids.take(visible)
        after = visible.searchsorted(at)
        own = line_ids.take(at)
        keep[at] = (ends[after] == own) & (ends[after + 1] == own) & (chars.codes[at] > 0)
    return keep


def _with_blanks(chars: Chars, line_ids: Ints, areas: Ints) -> tuple[Chars, Ints, Ints]:
    """Put a blank where white paper alone keeps two pieces apart that would read as one."""
    left, right = chars.boxes[1:, 0], chars.boxes[:-1, 2]
    gap = (left - right) / np.maximum(np.maximum(chars.sizes[1:], chars.sizes[:-1]), 0.1)
    after = places_of((gap >= _LEAST_GAPS.min()) & (line_ids[1:] == line_ids[:-1]))
    first, second = _kinds(chars.codes.take(after)), _kinds(chars.codes.take(after + 1))
    after = after[gap.take(after) >= _LEAST_GAPS[first, second]]
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


def _to_lines(chars: Chars, line_ids: Ints, areas: Ints, where: tuple[int, int]) -> Lines:
    page, turn = where
    text = chars.codes.astype("<u4").tobytes().decode("utf-32-le", "replace")
    starts = starts_where(line_ids[1:] != line_ids[:-1])
    left, top, right, bottom = as_shown(chars.boxes, turn).T.round(2)
    sides = (
        np.minimum.reduceat(left, starts),
        np.minimum.reduceat(top, starts),
        np.maximum.reduceat(right, starts),
        np.maximum.reduceat(bottom, starts),
    )
    boxes = map(Box, *(side.tolist() for side in sides))
    sizes = np.maximum.reduceat(chars.sizes, starts).round(2).tolist()
    lefts, rights = tuple(left.tolist()), tuple(right.tolist())
    begins = starts.tolist()
    ends = [*begins[1:], len(text)]
    own = areas.take(starts).tolist()
    vertical = turn % 2 == 1
    lines: Lines = {}
    for area, begin, end, box, size in zip(own, begins, ends, boxes, sizes, strict=True):
        x0s, x1s = lefts[begin:end], rights[begin:end]
        line = Line(text[begin:end], page, box, None, x0s, x1s, size, vertical)
        lines.setdefault(area, []).append(line)
    return lines
