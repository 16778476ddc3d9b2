"""The findings as they are shown: where, a cut-out of the page, the figures they rest on."""

from __future__ import annotations

import base64
import io
from typing import TYPE_CHECKING, Any

from kenzan.export.html_pages import anchor_of
from kenzan.schemas.geometry import Box

if TYPE_CHECKING:
    from collections.abc import Sequence

    from kenzan.export.figure_marks import Mark
    from kenzan.schemas.audit import AuditResult, CheckDetail
    from kenzan.schemas.tables import Finding
    from kenzan.schemas.view import PageView

_ORDER = {"error": 0, "warning": 1, "notice": 2}
_AROUND_X, _AROUND_Y = 130.0, 34.0
_FRAME = (179, 0, 30)


def describe_findings(
    audit: AuditResult, views: Sequence[PageView], marks: Sequence[Mark]
) -> list[dict[str, Any]]:
    """What the template needs of every finding, the gravest first."""
    pages = {view.number: view for view in views}
    details = {detail.finding: detail for detail in audit.details if detail.finding}
    anchors = {(mark.observation, mark.field): anchor_of(mark) for mark in marks}
    ordered = sorted(audit.findings, key=lambda item: (_ORDER[item.severity], item.page or 0))
    return [
        _describe(finding, details.get(finding.id), pages.get(finding.page or 0), anchors, marks)
        for finding in ordered
    ]


def _describe(
    finding: Finding,
    detail: CheckDetail | None,
    view: PageView | None,
    anchors: dict[tuple[int, str], str],
    marks: Sequence[Mark],
) -> dict[str, Any]:
    anchor = _anchor(finding, detail, anchors, marks)
    return {
        "finding": finding,
        "where": " / ".join(
            part
            for part in (
                f"{finding.project} {finding.indicator}".strip(),
                finding.group,
                finding.period,
                finding.measure_label,
            )
            if part
        ),
        "anchor": anchor,
        "operands": [
            {
                "printed": operand.printed,
                "role_ja": operand.role_ja,
                "role_en": operand.role_en,
                "anchor": anchors.get((operand.observation, operand.field), ""),
            }
            for operand in (detail.operands if detail else ())
        ],
        "place_words_ja": _place(finding, "ja"),
        "place_words_en": _place(finding, "en"),
        **_cut_out(finding, view),
    }


def _anchor(
    finding: Finding,
    detail: CheckDetail | None,
    anchors: dict[tuple[int, str], str],
    marks: Sequence[Mark],
) -> str:
    """The box of the figure a finding is about; empty if it is about none in particular."""
    if detail and detail.judged:
        return anchors.get((detail.judged.observation, detail.judged.field), "")
    same = (mark for mark in marks if finding.printed and mark.finding == finding.id)
    return next((anchor_of(mark) for mark in same), "")


def _place(finding: Finding, lang: str) -> str:
    if finding.page is None:
        return "文書全体" if lang == "ja" else "the whole document"
    page = f"{finding.page} ページ" if lang == "ja" else f"page {finding.page}"
    if finding.line is None:
        return page
    return f"{page} {finding.line} 行目" if lang == "ja" else f"{page}, line {finding.line}"


def _cut_out(finding: Finding, view: PageView | None) -> dict[str, Any]:
    """A piece of the page around the figure, with a frame drawn around it."""
    box = _box_of(finding)
    nothing = {"crop": "", "crop_media": "", "crop_width": 0, "crop_height": 0}
    if box is None or view is None or not view.image or not finding.printed:
        return nothing
    from PIL import Image, ImageDraw

    with Image.open(io.BytesIO(view.image)) as opened:
        picture = opened.convert("RGB")
    scale = picture.width / view.width
    draw = ImageDraw.Draw(picture)
    frame = [
        (box.x0 - 2) * scale,
        (box.top - 2) * scale,
        (box.x1 + 2) * scale,
        (box.bottom + 2) * scale,
    ]
    draw.rectangle(frame, outline=_FRAME, width=3)
    piece = picture.crop(
        (
            max(0, round((box.x0 - _AROUND_X) * scale)),
            max(0, round((box.top - _AROUND_Y) * scale)),
            min(picture.width, round((box.x1 + _AROUND_X) * scale)),
            min(picture.height, round((box.bottom + _AROUND_Y) * scale)),
        )
    )
    buffer = io.BytesIO()
    piece.save(buffer, "WEBP", quality=70)
    return {
        "crop": base64.b64encode(buffer.getvalue()).decode("ascii"),
        "crop_media": "image/webp",
        "crop_width": piece.width,
        "crop_height": piece.height,
    }


def _box_of(finding: Finding) -> Box | None:
    if finding.x0 is None or finding.top is None or finding.x1 is None or finding.bottom is None:
        return None
    return Box(finding.x0, finding.top, finding.x1, finding.bottom)
