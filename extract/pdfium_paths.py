"""Rules of a page through PDFium: thin paths, outlines of rectangles, filled areas.

The bounds of a path object are enough where it is one line or one rectangle; only paths of more
parts are read segment by segment. Form XObjects are walked with their matrices.
"""

from __future__ import annotations

import ctypes
from collections import deque
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import numpy as np

from kenzan.extract import pdfium_calls as pdfium
from kenzan.extract.content import Rules
from kenzan.extract.pdfium_text import to_page

if TYPE_CHECKING:
    from collections.abc import Sequence

    from kenzan.extract.content import Flags, Floats, Ints

THIN = 2.5
"""Points: what is thinner is a rule, not an area."""
_MAX_DEPTH = 16
_MAX_OBJECTS = 200_000
_MAX_SEGMENTS = 20_000
_WHITE = 250


class PathBuffer:
    """Memory that PDFium writes facts of path objects into, with addresses made beforehand."""

    def __init__(self) -> None:
        self.bounds = np.zeros((0, 4), np.float32)
        self.facts = np.zeros((0, 6), np.int32)
        self.slots: tuple[list[object], ...] = ()

    def reserve(self, count: int) -> None:
        """Make room for ``count`` objects."""
        if count <= len(self.bounds):
            return
        count = max(count, 1024)
        self.bounds = np.zeros((count, 4), np.float32)
        self.facts = np.zeros((count, 6), np.int32)
        self.slots = tuple(
            _addresses(array, column)
            for array in (self.bounds, self.facts)
            for column in range(array.shape[1])
        )


def _addresses(
    array: np.ndarray[tuple[int, int], np.dtype[np.generic]], column: int
) -> list[object]:
    start = array.ctypes.data + column * array.itemsize
    step = array.strides[0]
    return [ctypes.c_void_p.from_param(start + row * step) for row in range(len(array))]


_BUFFER = PathBuffer()


@dataclass(slots=True)
class _Found:
    """What has been gathered so far, in user space: rectangles of rules and of areas."""

    rules: list[Floats] = field(default_factory=list)
    fills: list[Floats] = field(default_factory=list)
    images: list[Floats] = field(default_factory=list)
    objects: int = 0


def read_rules(page: int, to_shown: Floats) -> tuple[Rules, Floats]:
    """The rules of a page, and the boxes of its images as shown."""
    found = _Found()
    count = pdfium.count_objects(page)
    objects = [pdfium.page_object(page, i) for i in range(min(count, _MAX_OBJECTS))]
    _gather(objects, np.eye(2, 3), found, 0)
    rules = to_page(_stack(found.rules), to_shown)
    fills = to_page(_stack(found.fills), to_shown)
    images = to_page(_stack(found.images), to_shown)
    return _sort_rules(rules, fills), images


def _stack(parts: list[Floats]) -> Floats:
    return np.concatenate(parts) if parts else np.zeros((0, 4))


def _sort_rules(boxes: Floats, fills: Floats) -> Rules:
    """Thin boxes by their direction; a square dot counts both ways."""
    width = boxes[:, 2] - boxes[:, 0]
    height = boxes[:, 3] - boxes[:, 1]
    across = boxes[(height <= THIN) & (width >= height)]
    down = boxes[(width <= THIN) & (height >= width)]
    return Rules(
        np.stack(((across[:, 1] + across[:, 3]) / 2, across[:, 0], across[:, 2]), axis=1),
        np.stack(((down[:, 0] + down[:, 2]) / 2, down[:, 1], down[:, 3]), axis=1),
        fills,
    )


def _gather(objects: Sequence[int], matrix: Floats, found: _Found, depth: int) -> None:
    found.objects += len(objects)
    if found.objects > _MAX_OBJECTS:
        return
    types = list(map(pdfium.object_type, objects))
    paths = [o for o, kind in zip(objects, types, strict=True) if kind == pdfium.OBJECT_PATH]
    if paths:
        _gather_paths(paths, matrix, found)
    for item, kind in zip(objects, types, strict=True):
        if kind == pdfium.OBJECT_IMAGE:
            found.images.append(_moved(_bounds_of(item), matrix))
        elif kind == pdfium.OBJECT_FORM and depth < _MAX_DEPTH:
            _gather_form(item, matrix, found, depth)


def _gather_form(form: int, matrix: Floats, found: _Found, depth: int) -> None:
    raw = (ctypes.c_float * 6)()
    pdfium.object_matrix(form, ctypes.addressof(raw))
    a, b, c, d, e, f = raw
    own = np.array(((a, c, e), (b, d, f)))
    whole = matrix[:, :2] @ own
    whole[:, 2] += matrix[:, 2]
    count = pdfium.form_count(form)
    _gather([pdfium.form_object(form, i) for i in range(max(count, 0))], whole, found, depth + 1)


def _bounds_of(item: int) -> Floats:
    raw = (ctypes.c_float * 4)()
    start = ctypes.addressof(raw)
    pdfium.object_bounds(item, start, start + 4, start + 8, start + 12)
    return np.array(raw, np.float64).reshape(1, 4)


def _moved(boxes: Floats, matrix: Floats) -> Floats:
    return boxes if (matrix == np.eye(2, 3)).all() else to_page(boxes, matrix)


def _gather_paths(paths: list[int], matrix: Floats, found: _Found) -> None:
    count = len(paths)
    _BUFFER.reserve(count)
    x0, y0, x1, y1, fill, stroke, *_ = _BUFFER.slots
    deque(map(pdfium.object_bounds, paths, x0, y0, x1, y1), maxlen=0)
    deque(map(pdfium.draw_mode, paths, fill, stroke), maxlen=0)
    facts = _BUFFER.facts[:count].copy()
    facts[:, 2:] = 0
    segments = np.fromiter(map(pdfium.count_segments, paths), np.int64, count)
    stroked = facts[:, 1] != 0
    shown = stroked | (facts[:, 0] != 0)
    shown &= ~_find_white(paths, stroked)
    boxes = _moved(_BUFFER.bounds[:count].astype(np.float64), matrix)
    _sort_paths(_Paths(paths, boxes, segments, stroked), shown, matrix, found)


@dataclass(slots=True)
class _Paths:
    objects: list[int]
    boxes: Floats
    segments: Ints
    stroked: Flags


def _find_white(paths: list[int], stroked: Flags) -> Flags:
    """Which paths are drawn in white or fully transparent: nobody sees them as rules."""
    raw = (ctypes.c_uint * 4)()
    start = ctypes.addressof(raw)
    slots = [ctypes.c_void_p.from_param(start + 4 * i) for i in range(4)]
    white = np.zeros(len(paths), bool)
    for i, (path, outlined) in enumerate(zip(paths, stroked.tolist(), strict=True)):
        (pdfium.stroke_color if outlined else pdfium.fill_color)(path, *slots)
        red, green, blue, alpha = raw
        white[i] = alpha == 0 or min(red, green, blue) >= _WHITE
    return white


def _sort_paths(paths: _Paths, shown: Flags, matrix: Floats, found: _Found) -> None:
    boxes = paths.boxes
    width = boxes[:, 2] - boxes[:, 0]
    height = boxes[:, 3] - boxes[:, 1]
    thin = np.minimum(width, height) <= THIN
    simple = paths.segments <= 5
    found.rules.append(boxes[shown & thin])
    area = shown & ~thin & simple & ~paths.stroked
    found.fills.append(boxes[area])
    for i in np.flatnonzero(shown & ~thin & ~area).tolist():
        _gather_segments(paths.objects[i], bool(paths.stroked[i]), matrix, found)


def _gather_segments(path: int, stroked: bool, matrix: Floats, found: _Found) -> None:  # noqa: FBT001
    """The straight level and upright parts of a path; areas where it is only filled."""
    for points, closed in _read_subpaths(path, matrix):
        corners = np.array(points)
        if len(corners) < 2:
            continue
        low, high = corners.min(axis=0), corners.max(axis=0)
        box = np.array([[low[0], low[1], high[0], high[1]]])
        if min(high - low) <= THIN:
            found.rules.append(box)
        elif stroked:
            ring = np.vstack((corners, corners[:1])) if closed else corners
            found.rules.append(_straight_parts(ring))
        elif len(corners) <= 5:
            found.fills.append(box)


def _straight_parts(corners: Floats) -> Floats:
    first, second = corners[:-1], corners[1:]
    low, high = np.minimum(first, second), np.maximum(first, second)
    level = ((high - low) <= 0.5).any(axis=1)
    return np.concatenate((low[level], high[level]), axis=1)


def _read_subpaths(path: int, matrix: Floats) -> list[tuple[list[tuple[float, float]], bool]]:
    raw = (ctypes.c_float * 6)()
    pdfium.object_matrix(path, ctypes.addressof(raw))
    a, b, c, d, e, f = raw
    own = np.array(((a, c, e), (b, d, f)))
    whole = matrix[:, :2] @ own
    whole[:, 2] += matrix[:, 2]
    (a, c, e), (b, d, f) = whole.tolist()
    point = (ctypes.c_float * 2)()
    start = ctypes.addressof(point)
    subpaths: list[tuple[list[tuple[float, float]], bool]] = []
    points: list[tuple[float, float]] = []
    for i in range(min(pdfium.count_segments(path), _MAX_SEGMENTS)):
        segment = pdfium.path_segment(path, i)
        kind = pdfium.segment_type(segment)
        pdfium.segment_point(segment, start, start + 4)
        x, y = point
        if kind == pdfium.SEGMENT_MOVE and points:
            subpaths.append((points, False))
            points = []
        points.append((a * x + c * y + e, b * x + d * y + f))
        if pdfium.segment_close(segment):
            subpaths.append((points, True))
            points = []
    if points:
        subpaths.append((points, False))
    return subpaths
