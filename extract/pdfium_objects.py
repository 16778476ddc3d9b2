"""What a page draws beside its characters, through PDFium: rules, areas, pictures, lone blanks.

The bounds of a path object are enough where it is one line or one filled rectangle; only other
paths are read point by point. Form XObjects are walked with their matrices.
"""

from __future__ import annotations

from dataclasses import field
from itertools import compress, repeat
from typing import TYPE_CHECKING, Any

import numpy as np

from kenzan.extract import pdfium_calls as pdfium
from kenzan.extract.boxes import moved, stack, with_seen
from kenzan.extract.content import THIN
from kenzan.extract.pdfium_memory import Rows, as_pointer
from kenzan.extract.pdfium_paths import clip_boxes, read_matrix, read_shapes
from kenzan.extract.runs import places_of
from kenzan.schemas.records import dataclass

if TYPE_CHECKING:
    from collections.abc import Sequence

    from kenzan.extract.boxes import Flags, Floats

_MAX_DEPTH = 16
_MAX_OBJECTS = 200_000
_MAX_SHAPES = 10_000
"""Paths of a page whose points are read; a page with more is a drawing."""
_LINE = 2
"""Segments of a single line."""
_WHITE = 250
_NO_WIDTH = 0.01
_SIMPLE = 5
"""Segments of one rectangle; a line has 2."""


@dataclass(slots=True)
class Drawn:
    """Boxes (n, 4) in user space: x0, y0, x1, y1 with y upwards.

    ``rules`` are thin, ``pale`` are thin and white, ``fills`` are areas without an outline.
    ``texts`` are text objects, with the matrix of the form that they are in.
    """

    rules: list[Floats] = field(default_factory=list)
    pale: list[Floats] = field(default_factory=list)
    fills: list[Floats] = field(default_factory=list)
    images: list[Floats] = field(default_factory=list)
    texts: list[tuple[list[Any], Floats | None]] = field(default_factory=list)
    objects: int = 0
    crowded: bool = False

    def visible_rules(self) -> Floats:
        """The rules that can be seen."""
        return with_seen(stack(self.rules), stack(self.pale), stack(self.fills))

    def read_blanks(self) -> Floats:
        """The text objects without ink, which PDFium's text page leaves out."""
        parts = []
        for texts, matrix in self.texts:
            bounds = _read_bounds(texts)
            empty = (bounds[:, 2] - bounds[:, 0]) < _NO_WIDTH
            parts.append(moved(bounds[empty], matrix))
        return stack(parts)


_BOUNDS = Rows(4, np.float32, per_row=4, least=1024)
_MODES = Rows(2, np.int32, per_row=2, least=512)
_COLORS = Rows(4, np.uint32, per_row=4, least=512)


def read_drawn(page: int) -> Drawn:
    """All that a page draws beside its characters."""
    drawn = Drawn()
    count = pdfium.count_objects(page)
    drawn.crowded = count > _MAX_OBJECTS
    numbers = range(min(count, _MAX_OBJECTS))
    objects = map(pdfium.page_object, repeat(as_pointer(page)), numbers)
    _gather(list(map(as_pointer, objects)), None, drawn, 0)
    return drawn


def _gather(objects: Sequence[Any], matrix: Floats | None, drawn: Drawn, depth: int) -> None:
    """Take in objects, given as pointers that ``as_pointer`` has converted."""
    drawn.objects += len(objects)
    if drawn.objects > _MAX_OBJECTS:
        drawn.crowded = True
        return
    types = list(map(pdfium.object_type, objects))
    by_type = {kind: list(compress(objects, map(kind.__eq__, types))) for kind in set(types)}
    if paths := by_type.get(pdfium.OBJECT_PATH):
        _gather_paths(paths, matrix, drawn)
    if texts := by_type.get(pdfium.OBJECT_TEXT):
        drawn.texts.append((texts, matrix))
    if images := by_type.get(pdfium.OBJECT_IMAGE):
        drawn.images.append(moved(_read_bounds(images), matrix))
    if depth < _MAX_DEPTH:
        for form in by_type.get(pdfium.OBJECT_FORM, ()):
            count = max(pdfium.form_count(form), 0)
            parts = [pdfium.form_object(form, i) for i in range(min(count, _MAX_OBJECTS))]
            _gather(list(map(as_pointer, parts)), read_matrix(form, matrix), drawn, depth + 1)


def _read_bounds(objects: Sequence[Any]) -> Floats:
    """Left, bottom, right, top of each object."""
    bounds = _BOUNDS.fill(pdfium.object_bounds, len(objects), objects)
    return bounds.astype(float, order="F")


def _gather_paths(paths: list[Any], matrix: Floats | None, drawn: Drawn) -> None:
    boxes = _clip(paths, moved(_read_bounds(paths), matrix), matrix)
    filled, stroked = _MODES.fill(pdfium.draw_mode, len(paths), paths).T != 0
    width, height = boxes[:, 2] - boxes[:, 0], boxes[:, 3] - boxes[:, 1]
    shown = (filled | stroked) & (width >= 0) & (height >= 0)
    thin = shown & (np.minimum(width, height) <= THIN)
    white = _find_white(paths, stroked)
    drawn.rules.append(boxes[thin & ~white])
    drawn.pale.append(boxes[thin & white])
    rest = places_of(shown & ~thin & ~white)
    if len(rest):
        chosen = [paths[i] for i in rest.tolist()]
        _gather_shapes(chosen, boxes[rest], stroked[rest], matrix, drawn)


def _gather_shapes(
    paths: list[Any], boxes: Floats, stroked: Flags, matrix: Floats | None, drawn: Drawn
) -> None:
    """Take in what is no single rule: areas, outlines, many rules in one path."""
    segments = np.fromiter(map(pdfium.count_segments, paths), np.int64, len(paths))
    plain = (segments <= _SIMPLE) & ~stroked
    drawn.fills.append(boxes[plain])
    # A line that is neither level nor upright is no rule.
    rest = places_of(~plain & (segments > _LINE))
    if len(rest) > _MAX_SHAPES:
        drawn.crowded = True
        rest = rest[:_MAX_SHAPES]
    if len(rest):
        chosen = [paths[i] for i in rest.tolist()]
        rules, fills = read_shapes(chosen, segments[rest], stroked[rest], matrix)
        drawn.rules.append(rules)
        drawn.fills.append(fills)


def _clip(paths: list[Any], boxes: Floats, matrix: Floats | None) -> Floats:
    """The boxes, cut to what is let through of them; most pages cut nothing."""
    clips = list(map(as_pointer, map(pdfium.clip_path, paths)))
    counts = list(map(pdfium.count_clips, clips))
    if max(counts) <= 0:
        return boxes
    # A rule that ends where others cross it shows whole; only the others' clips matter.
    loose = places_of((np.array(counts) > 0) & ~_is_held(boxes)).tolist()
    if loose:
        chosen = [(clips[i], counts[i]) for i in loose]
        boxes[loose] = clip_boxes(chosen, boxes[loose], matrix)
    return boxes


def _is_held(boxes: Floats) -> Flags:
    """Which boxes are rules with a crossing rule at both ends."""
    width, height = boxes[:, 2] - boxes[:, 0], boxes[:, 3] - boxes[:, 1]
    across, down = (height <= THIN) & (width > height), (width <= THIN) & (height > width)
    held = np.zeros(len(boxes), bool)
    for rules, crossing, low, high in ((across, down, 0, 2), (down, across, 1, 3)):
        places = np.sort((boxes[crossing, low] + boxes[crossing, high]) / 2)
        if len(places):
            held[rules] = _is_near(boxes[rules, low], places) & _is_near(boxes[rules, high], places)
    return held


def _is_near(values: Floats, places: Floats) -> Flags:
    """Whether each value is within a rule's thickness of one of the sorted places."""
    after = np.searchsorted(places, values)
    before = np.maximum(after - 1, 0)
    after = np.minimum(after, len(places) - 1)
    gap = np.minimum(np.abs(places[before] - values), np.abs(places[after] - values))
    return np.asarray(gap <= THIN)


def _find_white(paths: list[Any], stroked: Flags) -> Flags:
    """Which paths are drawn in white or fully transparent."""
    white = np.zeros(len(paths), bool)
    for call, chosen in ((pdfium.stroke_color, stroked), (pdfium.fill_color, ~stroked)):
        index = places_of(chosen)
        if not len(index):
            continue
        colors = _COLORS.fill(call, len(index), compress(paths, chosen.tolist()))
        red, green, blue, opacity = colors.T
        white[index] = (np.minimum(np.minimum(red, green), blue) >= _WHITE) | (opacity == 0)
    return white
