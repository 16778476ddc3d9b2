"""Characters of a page through PDFium, in bulk.

PDFium's text page is made for searching: it adds spaces and line ends of its own, marks hyphens at
line ends, and counts UTF-16 halves. All of that is undone here, so that what is left is what the
page shows.
"""

from __future__ import annotations

from itertools import repeat
from typing import TYPE_CHECKING

import numpy as np

from kenzan.extract import pdfium_calls as pdfium
from kenzan.extract.boxes import moved
from kenzan.extract.content import Chars
from kenzan.extract.pdfium_memory import Rows, as_pointer

if TYPE_CHECKING:
    from collections.abc import Callable

    from kenzan.extract.boxes import Flags, Floats, Ints

_HYPHEN_MARKS = (0x02, 0xFFFE)
_LEAST_BLANK = 0.3
"""Share of the line's height: what is narrower is the white that layout puts between scripts."""
_NEAR = 1.0
"""Points between a blank's place by its object and by PDFium's reckoning."""

_TIGHT = 0.95
"""Share of the em: a character that is less high has the height of its ink, not of its line."""
_ASCENT, _OFF, _LEVEL = 0.88, 0.25, 0.01
"""Share of the em above the base line, and by which ink may be over; tilt of level writing."""

_BOXES = Rows(4, np.float32, per_row=1, least=2048)
_MATRICES = Rows(6, np.float32, per_row=1, least=256)


def read_chars(text_page: int, to_shown: Floats, read_blanks: Callable[[], Floats]) -> Chars:
    """All characters that the page's content draws.

    ``to_shown`` is the 2 × 3 matrix from user space to the page as shown. ``read_blanks``
    gives the boxes of text objects without ink, which PDFium leaves out and makes up a blank for.
    """
    count = pdfium.count_chars(text_page)
    if count <= 0:
        return Chars.none()
    codes = _read_codes(text_page, count)
    generated = _find_generated(text_page, codes)
    pointer = repeat(as_pointer(text_page), count)
    boxes = _BOXES.fill(pdfium.loose_box, count, pointer, range(count)).astype(np.float64)
    generated[_find_drawn_blanks(codes, boxes, generated, read_blanks)] = False
    keep = ~generated
    _restore_hyphens(codes)
    sizes, turns = _read_sizes(text_page, boxes, keep, to_shown)
    keep &= np.isfinite(boxes).all(axis=1)
    codes, boxes, sizes, turns = _join_surrogates(
        codes[keep], boxes[keep], sizes[keep], turns[keep]
    )
    return Chars(codes, moved(boxes[:, [0, 3, 2, 1]], to_shown), sizes, turns)


def _read_codes(text_page: int, count: int) -> Ints:
    buffer = np.zeros(count + 1, np.uint16)
    written = pdfium.bulk_text(text_page, 0, count, buffer.ctypes.data)
    if written == count + 1:
        return buffer[:count].astype(np.int64)
    # Characters without a Unicode value are missing from the bulk text but have an index.
    return np.array([pdfium.char_code(text_page, i) for i in range(count)], np.int64)


def _find_generated(text_page: int, codes: Ints) -> Flags:
    """Which characters PDFium made up: only blanks, line ends and hyphens can be."""
    generated: Flags = (codes == 0x0D) | (codes == 0x0A)
    doubtful = (codes == 0x20) | (codes == 0x2D) | (codes == 0)
    for mark in _HYPHEN_MARKS:
        doubtful |= codes == mark
    suspects = np.flatnonzero(doubtful)
    answers = map(pdfium.is_generated, repeat(as_pointer(text_page)), suspects.tolist())
    generated[suspects] = np.fromiter(answers, np.int64, len(suspects)) == 1
    return generated


def _find_drawn_blanks(
    codes: Ints, boxes: Floats, generated: Flags, read_blanks: Callable[[], Floats]
) -> Ints:
    """Made-up blanks that stand for a drawn one; each gets the box from its neighbours."""
    made_up: Ints = np.flatnonzero(generated & (codes == 0x20))
    made_up = made_up[(made_up > 0) & (made_up < len(codes) - 1)]
    gap = boxes[made_up + 1, 0] - boxes[made_up - 1, 2]
    height = boxes[made_up - 1, 1] - boxes[made_up - 1, 3]
    # Wide gaps count as a blank anyway, narrow ones as none.
    made_up = made_up[(gap > _LEAST_BLANK * height) & (gap < height)]
    blanks = read_blanks() if len(made_up) else np.zeros((0, 4))
    if not len(blanks):
        return np.zeros(0, np.int64)
    near = (np.abs(blanks[:, 0] - boxes[made_up, 0][:, None]) < _NEAR) & (
        np.abs(blanks[:, 1] - boxes[made_up, 3][:, None]) < _NEAR
    )
    drawn: Ints = made_up[near.any(axis=1)]
    boxes[drawn] = boxes[drawn - 1]
    boxes[drawn, 0], boxes[drawn, 2] = boxes[drawn - 1, 2], boxes[drawn + 1, 0]
    return drawn


def _restore_hyphens(codes: Ints) -> None:
    # At a line end a hyphen is reported as a mark for "may be joined"; here it is a sign or a
    # missing value.
    for mark in _HYPHEN_MARKS:
        codes[codes == mark] = 0x2D


def _read_sizes(
    text_page: int, boxes: Floats, keep: Flags, to_shown: Floats
) -> tuple[Floats, Ints]:
    """The em and the quarter turns of each character, asked for once a run."""
    index = np.flatnonzero(keep)
    sizes = np.zeros(len(keep))
    turns = np.zeros(len(keep), np.int64)
    if not len(index):
        return sizes, turns
    starts = _run_starts(boxes[index])
    firsts = index[starts].tolist()
    pointer = as_pointer(text_page)
    matrices = _MATRICES.fill(pdfium.char_matrix, len(firsts), repeat(pointer), firsts)
    a, b, c, d = (matrices[:, i].astype(np.float64) for i in range(4))
    points = np.fromiter(map(pdfium.font_size, repeat(pointer), firsts), np.float64, len(firsts))
    lengths = np.diff(starts, append=len(index))
    sizes[index] = np.repeat(points * np.hypot(c, d), lengths)
    _loosen(boxes, index, sizes[index], np.repeat(matrices, lengths, axis=0))
    turns[index] = np.repeat(_quarter_turns(a, b, to_shown), lengths)
    lost = keep & (sizes <= 0)
    sizes[lost] = boxes[lost, 1] - boxes[lost, 3]
    return sizes, turns


def _loosen(boxes: Floats, index: Ints, sizes: Floats, matrices: Floats) -> None:
    """Give characters the height of their line where PDFium gives that of their ink.

    It does so for fonts that state no ascent (those of LibreOffice); a point at the foot of one
    line would else stand nearer to the line below. Changes ``boxes``, y upwards.
    """
    a, b, _, _, x, y = matrices.astype(np.float64).T
    for rise, on in ((1, np.abs(b) < _LEVEL * np.abs(a)), (0, np.abs(a) < _LEVEL * np.abs(b))):
        ahead, base = (a, y) if rise else (-b, x)
        low, high = (3, 1) if rise else (0, 2)
        up = np.where(ahead > 0, _ASCENT, 1 - _ASCENT) * sizes
        down = sizes - up
        start, end = boxes[index, low], boxes[index, high]
        tight = on & (end - start < _TIGHT * sizes)
        # Where the ink is not about the base line, as in vertical writing, it is left alone.
        tight &= (start > base - down - _OFF * sizes) & (end < base + up + _OFF * sizes)
        boxes[index[tight], low] = (base - down)[tight]
        boxes[index[tight], high] = (base + up)[tight]


def _run_starts(boxes: Floats) -> Ints:
    """Where a run of one size may begin: after a step back, on another base line or height.

    ``boxes`` are left, top, right, bottom with y upwards.
    """
    left, top, _, bottom = boxes.T
    height = np.maximum(top - bottom, 0.01)
    starts = np.ones(len(boxes), bool)
    starts[1:] = (
        (left[1:] < left[:-1])
        | (np.abs(bottom[1:] - bottom[:-1]) > 0.15 * height[1:])
        | (np.abs(height[1:] - height[:-1]) > 0.08 * height[1:])
    )
    return np.flatnonzero(starts)


def _quarter_turns(a: Floats, b: Floats, to_shown: Floats) -> Ints:
    """How the writing directions (a, b) of user space run on the page shown: 1 is downwards."""
    x = to_shown[0, 0] * a + to_shown[0, 1] * b
    y = to_shown[1, 0] * a + to_shown[1, 1] * b
    level = np.where(x >= 0, 0, 2)
    upright = np.where(y > 0, 1, 3)
    return np.where(np.abs(x) >= np.abs(y), level, upright)


def _join_surrogates(
    codes: Ints, boxes: Floats, sizes: Floats, turns: Ints
) -> tuple[Ints, Floats, Floats, Ints]:
    """Two UTF-16 halves become their one character."""
    high = (codes >= 0xD800) & (codes < 0xDC00)
    if not high.any():
        return codes, boxes, sizes, turns
    low = (codes >= 0xDC00) & (codes < 0xE000)
    first = np.flatnonzero(high[:-1] & low[1:])
    joined = codes.copy()
    joined[first] = 0x10000 + ((codes[first] - 0xD800) << 10) + (codes[first + 1] - 0xDC00)
    boxes = boxes.copy()
    boxes[first, 0] = np.minimum(boxes[first, 0], boxes[first + 1, 0])
    boxes[first, 2] = np.maximum(boxes[first, 2], boxes[first + 1, 2])
    stay = np.ones(len(codes), bool)
    stay[first + 1] = False
    return joined[stay], boxes[stay], sizes[stay], turns[stay]
