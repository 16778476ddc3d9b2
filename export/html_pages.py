"""The pages of a report as they are shown: pictures with boxes, or lines and tables with marks."""

from __future__ import annotations

import base64
from typing import TYPE_CHECKING, Any

from kenzan.export.html_texts import TextMarks, describe_blocks

if TYPE_CHECKING:
    from collections.abc import Sequence

    from kenzan.export.figure_marks import Key, Mark
    from kenzan.schemas.geometry import Box
    from kenzan.schemas.report import Report
    from kenzan.schemas.tables import Finding
    from kenzan.schemas.view import PageView

_MARGIN = 1.2
SIGNS = {"consistent": "✓", "inconsistent": "✕", "attention": "!", "unchecked": "–"}


def anchor_of(key: Key) -> str:
    """The name of a figure's box on the page."""
    return f"{key[0]}-{key[1]}"


def describe_pages(
    views: Sequence[PageView],
    marks: Sequence[Mark],
    report: Report,
    findings: Sequence[Finding] = (),
) -> list[dict[str, Any]]:
    """What the template needs of every page."""
    gravest: dict[int | None, str] = {}
    for finding in findings:
        state = "inconsistent" if finding.severity == "error" else "attention"
        if gravest.get(finding.page) != "inconsistent":
            gravest[finding.page] = state
    by_page: dict[int, list[Mark]] = {}
    for mark in marks:
        by_page.setdefault(mark.place.page, []).append(mark)
    texts = TextMarks(report)
    return [
        _describe(view, by_page.get(view.number, []), texts, gravest.get(view.number, ""))
        for view in views
    ]


def _describe(view: PageView, marks: list[Mark], texts: TextMarks, gravest: str) -> dict[str, Any]:
    shown = [mark for mark in marks if mark.place.box is not None]
    return {
        "number": view.number,
        "label": view.label,
        "state": gravest,
        "sign": SIGNS.get(gravest, ""),
        "figures": len(marks),
        "width": view.width or 1,
        "height": view.height or 1,
        "media": view.media,
        "image": base64.b64encode(view.image).decode("ascii") if view.image else "",
        "boxes": [_box(mark, view) for mark in sorted(shown, key=_reading_order)],
        "blocks": describe_blocks(view, marks, texts),
    }


def _reading_order(mark: Mark) -> tuple[int, float]:
    box = mark.place.box
    return (0, 0.0) if box is None else (round(box.top / 4), box.x0)


def _box(mark: Mark, view: PageView) -> dict[str, Any]:
    """A box a little larger than the figure."""
    box = mark.place.box
    if box is None or not view.width or not view.height:
        return {}
    return {
        "anchor": anchor_of(mark.key),
        "state": mark.state,
        "finding": mark.finding,
        "words": f"{SIGNS[mark.state]} {mark.printed}",
        **to_percent(box, view.width, view.height),
    }


def to_percent(box: Box, width: float, height: float, left: float = 0.0, top: float = 0.0) -> Any:
    """A box in percent of a piece of a page whose upper left corner is given."""
    return {
        "left": f"{100 * (box.x0 - _MARGIN - left) / width:.2f}",
        "top": f"{100 * (box.top - _MARGIN - top) / height:.2f}",
        "width": f"{100 * (box.width + 2 * _MARGIN) / width:.2f}",
        "height": f"{100 * (box.height + 2 * _MARGIN) / height:.2f}",
    }


def anchors_shown(pages: Sequence[dict[str, Any]]) -> set[str]:
    """The figures that a link can lead to."""
    shown = {box["anchor"] for page in pages for box in page["boxes"] if box}
    for page in pages:
        for block in page["blocks"]:
            shown.update(block["anchors"])
    return shown
