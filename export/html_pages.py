"""The pages of a report as they are shown: pictures with boxes, or lines with marked figures."""

from __future__ import annotations

import base64
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Sequence

    from kenzan.export.figure_marks import Mark
    from kenzan.schemas.view import PageView

_MARGIN = 1.2
_SIGNS = {"consistent": "✓", "inconsistent": "✕", "attention": "!", "unchecked": "–"}


def anchor_of(mark: Mark) -> str:
    """The name of a figure's box on the page."""
    return f"{mark.observation}-{mark.field}"


def describe_pages(views: Sequence[PageView], marks: Sequence[Mark]) -> list[dict[str, Any]]:
    """What the template needs of every page."""
    by_page: dict[int, list[Mark]] = {}
    for mark in marks:
        by_page.setdefault(mark.place.page, []).append(mark)
    return [_describe(view, by_page.get(view.number, [])) for view in views]


def _describe(view: PageView, marks: list[Mark]) -> dict[str, Any]:
    return {
        "number": view.number,
        "label": view.label,
        "alt": f"page {view.number}",
        "width": view.width or 1,
        "height": view.height or 1,
        "media": view.media,
        "image": base64.b64encode(view.image).decode("ascii") if view.image else "",
        "boxes": [_box(mark, view) for mark in marks if mark.place.box is not None],
        "lines": _lines(view, marks),
    }


def _words(mark: Mark) -> str:
    working = f" : {'; '.join(mark.formulas)}" if mark.formulas else ""
    return f"{_SIGNS[mark.state]} {mark.printed}{working}"


def _box(mark: Mark, view: PageView) -> dict[str, Any]:
    """A box in percent of the page, a little larger than the figure."""
    box = mark.place.box
    if box is None or not view.width or not view.height:
        return {}
    return {
        "anchor": anchor_of(mark),
        "state": mark.state,
        "finding": mark.finding,
        "words": _words(mark),
        "left": f"{100 * (box.x0 - _MARGIN) / view.width:.3f}",
        "top": f"{100 * (box.top - _MARGIN) / view.height:.3f}",
        "width": f"{100 * (box.width + 2 * _MARGIN) / view.width:.3f}",
        "height": f"{100 * (box.height + 2 * _MARGIN) / view.height:.3f}",
    }


def _lines(view: PageView, marks: list[Mark]) -> list[dict[str, Any]]:
    by_line: dict[int, list[Mark]] = {}
    for mark in marks:
        if mark.place.line is not None:
            by_line.setdefault(mark.place.line, []).append(mark)
    return [
        {"number": number, "parts": _parts(text, by_line.get(number, []))}
        for number, text in view.lines
    ]


def _parts(text: str, marks: list[Mark]) -> list[dict[str, Any]]:
    """A line cut at its marked figures, each found after the one before."""
    spans: list[tuple[int, int, Mark]] = []
    taken: list[tuple[int, int]] = []
    for mark in sorted(marks, key=lambda item: -len(item.printed)):
        start = _free(text, mark.printed, taken)
        if start >= 0:
            taken.append((start, start + len(mark.printed)))
            spans.append((start, start + len(mark.printed), mark))
    parts: list[dict[str, Any]] = []
    done = 0
    for start, end, mark in sorted(spans, key=lambda span: span[0]):
        parts.append({"text": text[done:start], "state": ""})
        parts.append(
            {
                "text": text[start:end],
                "state": mark.state,
                "anchor": anchor_of(mark),
                "words": _words(mark),
            }
        )
        done = end
    return [*parts, {"text": text[done:], "state": ""}]


def _free(text: str, wanted: str, taken: list[tuple[int, int]]) -> int:
    start = text.find(wanted) if wanted else -1
    while start >= 0 and any(start < end and begin < start + len(wanted) for begin, end in taken):
        start = text.find(wanted, start + 1)
    return start
