"""pdfminer's layout objects → the page content that both engines share."""

from __future__ import annotations

from dataclasses import field
from typing import TYPE_CHECKING, Any

import numpy as np
from pdfminer.layout import LTChar, LTCurve, LTFigure, LTImage

from kenzan.extract.boxes import straight_sides, with_seen
from kenzan.extract.content import THIN, Chars, PageContent, Rules
from kenzan.schemas.records import dataclass

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kenzan.extract.boxes import Floats

_NEARLY_WHITE = 0.98
_UNKNOWN_CHARACTER = 0xFFFD
_MAX_DEPTH = 32


def read_layout(layout: Any, page: Any, number: int) -> PageContent:
    """The content of a page, from pdfminer's objects and pdfplumber's page boxes."""
    x0, top, x1, bottom = (float(edge) for edge in page.cropbox)
    # pdfminer's page starts at the lower left of the media box, pdfplumber's boxes at its origin.
    origin = np.array((x0 - float(page.mediabox[0]), top - float(page.mediabox[1])))
    width, height = x1 - x0, bottom - top
    parts = _Parts(float(layout.height), origin)
    parts.gather(layout, 0)
    share = max((float(np.prod(box[2:] - box[:2])) for box in parts.images), default=0.0)
    rules = with_seen(_array(parts.rules), _array(parts.pale), _array(parts.fills))
    return PageContent(
        number,
        width,
        height,
        parts.chars(),
        Rules.sort(rules, _array(parts.fills)),
        image_share=min(share / max(width * height, 1.0), 1.0),
    )


def _array(boxes: list[Floats]) -> Floats:
    return np.array(boxes, np.float64) if boxes else np.zeros((0, 4))


@dataclass(slots=True)
class _Parts:
    """What a page's objects add up to, turned to top-left coordinates."""

    height: float
    origin: Floats
    codes: list[int] = field(default_factory=list)
    boxes: list[Floats] = field(default_factory=list)
    sizes: list[float] = field(default_factory=list)
    turns: list[int] = field(default_factory=list)
    rules: list[Floats] = field(default_factory=list)
    pale: list[Floats] = field(default_factory=list)
    fills: list[Floats] = field(default_factory=list)
    images: list[Floats] = field(default_factory=list)

    def chars(self) -> Chars:
        """The characters gathered."""
        return Chars(
            np.array(self.codes, np.int64),
            _array(self.boxes),
            np.array(self.sizes, np.float64),
            np.array(self.turns, np.int64),
        )

    def gather(self, container: Any, depth: int) -> None:
        """Take in every object of a page or figure, in the order drawn."""
        for item in container:
            if isinstance(item, LTChar):
                self._add_char(item)
            elif isinstance(item, LTCurve):
                self._add_path(item)
            elif isinstance(item, LTFigure) and depth < _MAX_DEPTH:
                self.gather(item, depth + 1)
            elif isinstance(item, LTImage):
                self.images.append(self._shown(item.bbox))

    def _shown(self, box: tuple[float, float, float, float]) -> Floats:
        x, y = self.origin.tolist()
        x0, y0, x1, y1 = box
        return np.array((x0 - x, self.height - y1 - y, x1 - x, self.height - y0 - y))

    def _add_char(self, item: LTChar) -> None:
        text = item.get_text()
        codes = [_UNKNOWN_CHARACTER] if text.startswith("(cid:") else list(map(ord, text))
        turn = _quarter_turns(item.matrix[0], item.matrix[1])
        box = self._shown(item.bbox)
        # A ligature stands for several characters, which share its width.
        edges = np.linspace(box[0], box[2], len(codes) + 1)
        for i, code in enumerate(codes):
            self.codes.append(code)
            self.boxes.append(np.array((edges[i], box[1], edges[i + 1], box[3])))
            self.sizes.append(float(item.width if turn % 2 else item.size))
            self.turns.append(turn)

    def _add_path(self, item: LTCurve) -> None:
        color = item.stroking_color if item.stroke else item.non_stroking_color
        if not (item.stroke or item.fill):
            return
        rules = self.pale if _is_white(color) else self.rules
        corners, straight = self._corners(item)
        low, high = corners.min(axis=0), corners.max(axis=0)
        box = np.concatenate((low, high))
        if min(high - low) <= THIN:
            rules.append(box)
        elif item.stroke:
            rules.extend(straight_sides(corners, straight))
        elif len(corners) <= 5 and straight.all() and rules is self.rules:
            self.fills.append(box)

    def _corners(self, item: LTCurve) -> tuple[Floats, Any]:
        """The end points of the path's parts, and which parts are no curves."""
        path = item.original_path or []
        straight = np.array([part[0] in "lh" for part in path[1:]], bool)
        points = list(_end_points(path))
        corners = np.array([self._shown((x, y, x, y))[:2] for x, y in points])
        return corners, straight


def _end_points(path: list[Any]) -> Iterator[tuple[float, float]]:
    for operator, *points in path:
        yield path[0][1] if operator == "h" else points[-1]


def _quarter_turns(a: float, b: float) -> int:
    if abs(a) >= abs(b):
        return 0 if a >= 0 else 2
    return 1 if b < 0 else 3


def _is_white(color: Any) -> bool:
    """Whether a color in DeviceGray, RGB or CMYK is (nearly) white; unknown kinds are not."""
    if isinstance(color, int | float):
        return bool(color >= _NEARLY_WHITE)
    if not isinstance(color, tuple | list) or not all(isinstance(v, int | float) for v in color):
        return False
    if len(color) == 4:
        return bool(max(color) <= 1 - _NEARLY_WHITE)
    return len(color) in (1, 3) and bool(min(color) >= _NEARLY_WHITE)
