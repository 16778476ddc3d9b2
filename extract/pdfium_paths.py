"""The points of path objects, through PDFium: rectangles in compound paths, polygons, clips."""

from __future__ import annotations

import ctypes
from collections import deque
from itertools import repeat
from typing import TYPE_CHECKING, Any

import numpy as np

from kenzan.extract import pdfium_calls as pdfium
from kenzan.extract.boxes import LEVEL, four_sides, moved, straight_sides, thickness
from kenzan.extract.content import THIN
from kenzan.extract.pdfium_memory import Rows

if TYPE_CHECKING:
    from collections.abc import Sequence

    from kenzan.extract.boxes import Flags, Floats, Ints

_MATRICES = Rows(6, np.float32, per_row=1, least=256)
_MAX_SEGMENTS = 20_000
_RECTANGLE = 5
"""Segments of one rectangle: move, three lines, and the line that closes it."""


def read_shapes(
    paths: Sequence[Any], segments: Ints, stroked: Flags, matrix: Floats | None
) -> tuple[Floats, Floats]:
    """The rules and the filled areas that these paths draw, as boxes.

    Most paths of many parts are rows of rectangles; three points of each are enough for those.
    """
    rows = (segments % _RECTANGLE == 0) & (segments <= _MAX_SEGMENTS)
    chosen = np.flatnonzero(rows)
    boxes, owners, fits = _read_rectangles([paths[i] for i in chosen.tolist()], segments[chosen])
    rows[chosen] = fits
    boxes, owners = boxes[fits[owners]], chosen[owners[fits[owners]]]
    rules, fills = ([moved(part, matrix)] for part in _sort_rectangles(boxes, stroked[owners]))
    for i in np.flatnonzero(~rows).tolist():
        count = min(int(segments[i]), _MAX_SEGMENTS)
        whole = read_matrix(paths[i], matrix)
        rule, fill = _read_polygons(paths[i], count, whole, outlined=bool(stroked[i]))
        rules.append(rule)
        fills.append(fill)
    return np.concatenate(rules), np.concatenate(fills)


def read_matrix(item: Any, outer: Floats | None) -> Floats:
    """The object's own matrix (2 × 3) followed by ``outer``."""
    raw = (ctypes.c_float * 6)()
    pdfium.object_matrix(item, ctypes.addressof(raw))
    a, b, c, d, e, f = raw
    own = np.array(((a, c, e), (b, d, f)))
    if outer is None:
        return own
    whole: Floats = outer[:, :2] @ own
    whole[:, 2] += outer[:, 2]
    return whole


def _read_points(segments: Sequence[int]) -> Floats:
    """(n, 2): the end point of each segment, in the path's own space."""
    count = len(segments)
    points = np.zeros((count, 2), np.float32)
    start = points.ctypes.data
    x, y = range(start, start + 8 * count, 8), range(start + 4, start + 8 * count + 4, 8)
    deque(map(pdfium.segment_point, segments, x, y), maxlen=0)
    return points.astype(np.float64)


def _read_rectangles(paths: Sequence[Any], segments: Ints) -> tuple[Floats, Ints, Flags]:
    """The boxes of paths as if all were rows of upright rectangles, in the space of the page.

    Returns the boxes, the path each belongs to, and of each path whether it fits.
    """
    owners = np.repeat(np.arange(len(paths)), segments // _RECTANGLE)
    fits = np.ones(len(paths), bool)
    if not len(owners):
        return np.zeros((0, 4)), owners, fits
    corners = [
        [
            pdfium.path_segment(path, k)
            for path, count in zip(paths, segments.tolist(), strict=True)
            for k in range(corner, count, _RECTANGLE)
        ]
        for corner in range(3)
    ]
    kinds = np.fromiter(map(pdfium.segment_type, corners[0]), np.int64, len(owners))
    matrices = _MATRICES.fill(pdfium.object_matrix, len(paths), paths).astype(np.float64)[owners]
    a, b, c = (_read_points(points) for points in corners)
    a, b, c = (_transformed(points, matrices) for points in (a, b, c))
    along_x = (np.abs(a[:, 1] - b[:, 1]) < LEVEL) & (np.abs(b[:, 0] - c[:, 0]) < LEVEL)
    along_y = (np.abs(a[:, 0] - b[:, 0]) < LEVEL) & (np.abs(b[:, 1] - c[:, 1]) < LEVEL)
    fits[owners[~(along_x | along_y) | (kinds != pdfium.SEGMENT_MOVE)]] = False
    return np.concatenate((np.minimum(a, c), np.maximum(a, c)), axis=1), owners, fits


def _transformed(points: Floats, matrices: Floats) -> Floats:
    """Each point under its own PDF matrix (a, b, c, d, e, f)."""
    x, y = points.T
    a, b, c, d, e, f = matrices.T
    return np.stack((a * x + c * y + e, b * x + d * y + f), axis=1)


def _sort_rectangles(boxes: Floats, outlined: Flags) -> tuple[Floats, Floats]:
    """Thin ones and the sides of outlined ones are rules, the others are areas."""
    thin = thickness(boxes) <= THIN
    sides = four_sides(boxes[~thin & outlined])
    return np.concatenate((boxes[thin], sides)), boxes[~thin & ~outlined]


def _read_polygons(
    path: Any, count: int, matrix: Floats, *, outlined: bool
) -> tuple[Floats, Floats]:
    """The level and upright sides of the subpaths; the thin ones as wholes."""
    segments = list(map(pdfium.path_segment, repeat(path), range(count)))
    kinds = np.fromiter(map(pdfium.segment_type, segments), np.int64, count)
    closes = np.fromiter(map(pdfium.segment_close, segments), np.int64, count)
    points = _read_points(segments) @ matrix[:, :2].T + matrix[:, 2]
    starts = np.flatnonzero(np.r_[True, kinds[1:] == pdfium.SEGMENT_MOVE])
    rules, fills = [np.zeros((0, 4))], [np.zeros((0, 4))]
    for start, stop in zip(starts.tolist(), [*starts[1:].tolist(), count], strict=True):
        corners, straight = points[start:stop], kinds[start + 1 : stop] == pdfium.SEGMENT_LINE
        if closes[stop - 1]:
            corners, straight = np.vstack((corners, corners[:1])), np.r_[straight, True]
        low, high = corners.min(axis=0), corners.max(axis=0)
        box = np.concatenate((low, high))[None]
        if min(high - low) <= THIN and straight.all():
            rules.append(box)
        elif outlined:
            rules.append(straight_sides(corners, straight))
        elif stop - start <= _RECTANGLE and straight.all():
            fills.append(box)
    return np.concatenate(rules), np.concatenate(fills)


def clip_boxes(clips: Sequence[tuple[Any, int]], boxes: Floats, matrix: Floats | None) -> Floats:
    """The boxes, each cut to what its clip lets through; turned inside out where nothing is.

    A clip is its pointer and how many paths it has.
    """
    owners: list[tuple[int, int]] = []
    segments: list[int] = []
    for i, (clip, count) in enumerate(clips):
        for number in range(count):
            points = pdfium.count_clip_segments(clip, number)
            # Opposite corners of a rectangle; of anything else all points.
            wanted = (0, 2) if points == _RECTANGLE else range(min(points, _MAX_SEGMENTS))
            segments += [pdfium.clip_segment(clip, number, k) for k in wanted]
            owners += [(i, number)] * len(wanted)
    if not segments:
        return boxes
    return _cut(boxes, owners, _read_points(segments), matrix)


def _cut(
    boxes: Floats, owners: list[tuple[int, int]], points: Floats, matrix: Floats | None
) -> Floats:
    """Each box within the windows that belong to it; ``owners`` are (box, window) by point."""
    pairs = np.array(owners)
    fresh = np.ones(len(pairs), bool)
    fresh[1:] = (pairs[1:] != pairs[:-1]).any(axis=1)
    starts = np.flatnonzero(fresh)
    low, high = np.minimum.reduceat(points, starts), np.maximum.reduceat(points, starts)
    windows = moved(np.concatenate((low, high), axis=1), matrix)
    index = pairs[starts, 0]
    boxes = boxes.copy()
    np.maximum.at(boxes, (index[:, None], [0, 1]), windows[:, :2])
    np.minimum.at(boxes, (index[:, None], [2, 3]), windows[:, 2:])
    return boxes
