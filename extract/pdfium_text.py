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
from kenzan.extract.boxes import moved, take_boxes, to_boxes
from kenzan.extract.content import Chars
from kenzan.extract.pdfium_memory import Rows, as_pointer
from kenzan.extract.runs import lengths_of, places_of, starts_where

if TYPE_CHECKING:
    from collections.abc import Callable

    from kenzan.extract.boxes import Flags, Floats, Ints

_HYPHEN_MARKS = (0x02, 0xFFFE)
_SHOWN, _LINE_END, _DOUBTFUL = 0, 1, 2
_ORIGINS = np.full(0x10000, _SHOWN, np.int8)
"""Whether a code is always made up by PDFium, may be, or is always on the page."""
_ORIGINS[[0x0D, 0x0A]] = _LINE_END
_ORIGINS[[0, 0x20, 0x2D, *_HYPHEN_MARKS]] = _DOUBTFUL

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
    boxes = _BOXES.fill(pdfium.loose_box, count, pointer, range(count)).astype(float, order="F")
    generated[_find_drawn_blanks(codes, boxes, generated, read_blanks)] = False
    finite = np.isfinite(boxes)
    shown = places_of(~generated if finite.all() else ~generated & finite.all(axis=1))
    codes, boxes = codes.take(shown), take_boxes(boxes, shown)
    codes[(codes == _HYPHEN_MARKS[0]) | (codes == _HYPHEN_MARKS[1])] = 0x2D
    sizes, turns = _read_sizes(text_page, shown, boxes, to_shown)
    left, top, right, bottom = boxes.T
    placed = moved(to_boxes(left, bottom, right, top), to_shown)
    return _join_surrogates(Chars(codes, placed, sizes, turns))


def _read_codes(text_page: int, count: int) -> Ints:
    buffer = np.zeros(count + 1, np.uint16)
    written = pdfium.bulk_text(text_page, 0, count, buffer.ctypes.data)
    if written == count + 1:
        return buffer[:count].astype(np.int64)
    # Characters without a Unicode value are missing from the bulk text but have an index.
    return np.array([pdfium.char_code(text_page, i) for i in range(count)], np.int64)


def _find_generated(text_page: int, codes: Ints) -> Flags:
    """Which characters PDFium made up: only blanks, line ends and hyphens can be.

    At a line end a hyphen is reported as a mark for "may be joined"; here it is a sign or a
    missing value, and stays if it is on the page.
    """
    origins = _ORIGINS.take(codes, mode="clip")
    generated: Flags = origins == _LINE_END
    suspects = places_of(origins == _DOUBTFUL)
    answers = map(pdfium.is_generated, repeat(as_pointer(text_page)), suspects.tolist())
    generated[suspects] = np.fromiter(answers, np.int64, len(suspects)) == 1
    return generated


def _find_drawn_blanks(
    codes: Ints, boxes: Floats, generated: Flags, read_blanks: Callable[[], Floats]
) -> Ints:
    """Made-up blanks that stand for a drawn one; each gets the box from its neighbours."""
    made_up: Ints = places_of(generated & (codes == 0x20))
    made_up = made_up[(made_up > 0) & (made_up < len(codes) - 1)]
    before, after = take_boxes(boxes, made_up - 1), take_boxes(boxes, made_up + 1)
    gap = after[:, 0] - before[:, 2]
    height = before[:, 1] - before[:, 3]
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


def _read_sizes(
    text_page: int, shown: Ints, boxes: Floats, to_shown: Floats
) -> tuple[Floats, Ints]:
    """The em and the quarter turns of each character, asked for once a run.

    ``shown`` are the characters' numbers in the text page. Boxes too low for their line are made
    as high as it is.
    """
    if not len(shown):
        return np.zeros(0), np.zeros(0, np.int64)
    starts = _run_starts(boxes)
    lengths = lengths_of(starts, len(shown))
    firsts = shown.take(starts).tolist()
    pointer = as_pointer(text_page)
    matrices = _MATRICES.fill(pdfium.char_matrix, len(firsts), repeat(pointer), firsts)
    matrices = matrices.astype(float, order="F")
    points = np.fromiter(map(pdfium.font_size, repeat(pointer), firsts), float, len(firsts))
    ems = points * np.hypot(matrices[:, 2], matrices[:, 3])
    _loosen(boxes, lengths, ems, matrices)
    sizes = ems.repeat(lengths)
    if ems.min() <= 0:
        lost = sizes <= 0
        sizes[lost] = boxes[lost, 1] - boxes[lost, 3]
    return sizes, _quarter_turns(matrices, to_shown).repeat(lengths)


def _run_starts(boxes: Floats) -> Ints:
    """Where a run of one size may begin: after a step back, on another base line or height.

    ``boxes`` are left, top, right, bottom with y upwards.
    """
    left, top, _, bottom = boxes.T
    height = np.maximum(top - bottom, 0.01)
    following = height[1:]
    return starts_where(
        (left[1:] < left[:-1])
        | (np.abs(bottom[1:] - bottom[:-1]) > 0.15 * following)
        | (np.abs(following - height[:-1]) > 0.08 * following)
    )


def _loosen(boxes: Floats, lengths: Ints, ems: Floats, matrices: Floats) -> None:
    """Give characters the height of their line where PDFium gives that of their ink.

    It does so for fonts that state no ascent (those of LibreOffice); a point at the foot of one
    line would else stand nearer to the line below. Where the ink is not about the base line, as
    in vertical writing, it is left alone. Changes ``boxes``, y upwards; the lengths, ems and
    matrices are those of the runs.
    """
    a, b, _, _, x, y = matrices.T
    level = np.abs(b) < _LEVEL * np.abs(a)
    upright = np.abs(a) < _LEVEL * np.abs(b)
    for on, ahead, base, low, high in ((level, a, y, 3, 1), (upright, -b, x, 0, 2)):
        if not on.any():
            continue
        up = np.where(ahead > 0, _ASCENT, 1 - _ASCENT) * ems
        bottom, top, off = base - (ems - up), base + up, _OFF * ems
        # A run that is written the other way is high enough as it is.
        by_run = np.array((bottom, top, bottom - off, top + off, _TIGHT * ems * on))
        bottom, top, lowest, highest, least = by_run.repeat(lengths, axis=1)
        start, end = boxes[:, low], boxes[:, high]
        tight = (end - start < least) & (start > lowest) & (end < highest)
        np.copyto(start, bottom, where=tight)
        np.copyto(end, top, where=tight)


def _quarter_turns(matrices: Floats, to_shown: Floats) -> Ints:
    """How the writing directions of user space run on the page shown: 1 is downwards."""
    x, y = to_shown[:, :2] @ matrices.T[:2]
    if (x >= np.abs(y)).all():
        return np.zeros(len(x), np.int64)
    level = np.where(x >= 0, 0, 2)
    upright = np.where(y > 0, 1, 3)
    return np.where(np.abs(x) >= np.abs(y), level, upright)


def _join_surrogates(chars: Chars) -> Chars:
    """Two UTF-16 halves become their one character."""
    codes, boxes = chars.codes, chars.boxes
    high = (codes >= 0xD800) & (codes < 0xDC00)
    if not high.any():
        return chars
    low = (codes >= 0xDC00) & (codes < 0xE000)
    first = places_of(high[:-1] & low[1:])
    codes[first] = 0x10000 + ((codes[first] - 0xD800) << 10) + (codes[first + 1] - 0xDC00)
    boxes[first, 0] = np.minimum(boxes[first, 0], boxes[first + 1, 0])
    boxes[first, 2] = np.maximum(boxes[first, 2], boxes[first + 1, 2])
    stay = np.ones(len(codes), bool)
    stay[first + 1] = False
    return chars.take(stay)
