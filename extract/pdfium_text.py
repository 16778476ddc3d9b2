"""Characters of a page through PDFium, in bulk.

PDFium's text page is made for searching: it adds spaces and line ends of its own, marks hyphens at
line ends, and counts UTF-16 halves. All of that is undone here, so that what is left is what the
page shows.
"""

from __future__ import annotations

import ctypes
import math
from collections import deque
from itertools import repeat
from typing import TYPE_CHECKING

import numpy as np

from kenzan.extract import pdfium_calls as pdfium
from kenzan.extract.content import Chars

if TYPE_CHECKING:
    from kenzan.extract.content import Flags, Floats, Ints

_BOX_BYTES = 16
_HYPHEN_MARKS = (0x02, 0xFFFE)
_ADDED = (0x20, 0x0D, 0x0A, 0x2D, *_HYPHEN_MARKS)


class BoxBuffer:
    """Memory that PDFium writes character boxes into, one float32 rectangle after the other.

    ctypes converts an argument at every call; here the converted addresses are kept, which halves
    the cost of a call. The memory grows with the longest page and is used again for every page.
    """

    def __init__(self) -> None:
        self._array = np.zeros((0, 4), np.float32)
        self._slots: list[object] = []

    def fill(self, text_page: int, count: int) -> Floats:
        """The loose boxes of ``count`` characters: left, top, right, bottom in user space."""
        if count > len(self._slots):
            self._grow(max(count, 2048))
        page = ctypes.c_void_p.from_param(text_page)
        self._array[:count] = np.nan
        deque(map(pdfium.loose_box, repeat(page), range(count), self._slots), maxlen=0)
        return self._array[:count].astype(np.float64)

    def _grow(self, count: int) -> None:
        self._array = np.zeros((count, 4), np.float32)
        start = self._array.ctypes.data
        stop = start + count * _BOX_BYTES
        self._slots = list(map(ctypes.c_void_p.from_param, range(start, stop, _BOX_BYTES)))


_BOXES = BoxBuffer()


def read_chars(text_page: int, to_shown: Floats) -> Chars:
    """All characters that the page's content draws.

    ``to_shown`` is the 2 × 3 matrix from user space to the page as shown.
    """
    count = pdfium.count_chars(text_page)
    if count <= 0:
        return Chars.none()
    codes = _read_codes(text_page, count)
    keep = ~_find_generated(text_page, codes)
    _restore_hyphens(codes)
    boxes = _BOXES.fill(text_page, count)
    sizes, turns = _read_sizes(text_page, boxes, keep, to_shown)
    keep &= np.isfinite(boxes).all(axis=1)
    codes, boxes, sizes, turns = _join_surrogates(
        codes[keep], boxes[keep], sizes[keep], turns[keep]
    )
    return Chars(codes, to_page(boxes[:, [0, 3, 2, 1]], to_shown), sizes, turns)


def to_page(boxes: Floats, matrix: Floats) -> Floats:
    """User-space rectangles (x0, y0, x1, y1) as x0, top, x1, bottom of the page shown."""
    (a, c, e), (b, d, f) = matrix
    first = np.stack((a * boxes[:, 0] + c * boxes[:, 1] + e, b * boxes[:, 0] + d * boxes[:, 1] + f))
    second = np.stack(
        (a * boxes[:, 2] + c * boxes[:, 3] + e, b * boxes[:, 2] + d * boxes[:, 3] + f)
    )
    return np.concatenate((np.minimum(first, second), np.maximum(first, second))).T


def _read_codes(text_page: int, count: int) -> Ints:
    buffer = np.zeros(count + 1, np.uint16)
    written = pdfium.bulk_text(text_page, 0, count, buffer.ctypes.data)
    if written == count + 1:
        return buffer[:count].astype(np.int64)
    # Characters without a Unicode value are missing from the bulk text but have an index.
    return np.array([pdfium.char_code(text_page, i) for i in range(count)], np.int64)


def _find_generated(text_page: int, codes: Ints) -> Flags:
    """Which characters PDFium made up: only blanks and hyphens can be."""
    generated = np.zeros(len(codes), bool)
    suspects = np.flatnonzero(np.isin(codes, _ADDED) | (codes == 0))
    generated[suspects] = [pdfium.is_generated(text_page, int(i)) == 1 for i in suspects]
    generated |= (codes == 0x0D) | (codes == 0x0A)
    return generated


def _restore_hyphens(codes: Ints) -> None:
    # At a line end a hyphen is reported as a mark for "may be joined"; here it is a sign or a
    # missing value.
    codes[np.isin(codes, _HYPHEN_MARKS)] = 0x2D


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
    raw = (ctypes.c_float * 6)()
    address = ctypes.addressof(raw)
    run_sizes: list[float] = []
    run_turns: list[int] = []
    for at in index[starts].tolist():
        pdfium.char_matrix(text_page, at, address)
        a, b, c, d, _, _ = raw
        run_sizes.append(pdfium.font_size(text_page, at) * math.hypot(c, d))
        run_turns.append(_quarter_turns(a, b, to_shown))
    lengths = np.diff(np.r_[starts, len(index)])
    sizes[index] = np.repeat(run_sizes, lengths)
    turns[index] = np.repeat(run_turns, lengths)
    lost = keep & (sizes <= 0)
    sizes[lost] = boxes[lost, 1] - boxes[lost, 3]
    return sizes, turns


def _run_starts(boxes: Floats) -> Ints:
    """Where a run of one size may begin: after a jump, on another base line, at another height.

    ``boxes`` are left, top, right, bottom with y upwards.
    """
    left, top, right, bottom = boxes.T
    height = np.maximum(top - bottom, 0.01)
    jump = (
        (np.abs(left[1:] - right[:-1]) > 0.05 * height[1:])
        | (np.abs(np.diff(bottom)) > 0.15 * height[1:])
        | (np.abs(np.diff(height)) > 0.08 * height[1:])
    )
    return np.flatnonzero(np.r_[True, jump])


def _quarter_turns(a: float, b: float, to_shown: Floats) -> int:
    """How the writing direction (a, b) of user space runs on the page shown: 1 is downwards."""
    x = to_shown[0][0] * a + to_shown[0][1] * b
    y = to_shown[1][0] * a + to_shown[1][1] * b
    if abs(x) >= abs(y):
        return 0 if x >= 0 else 2
    return 1 if y > 0 else 3


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
