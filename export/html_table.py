"""The tidy data of a report as the rows of the page's table."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from kenzan.export.rows import render_cell
from kenzan.export.script_json import to_script_json

if TYPE_CHECKING:
    from collections.abc import Sequence

    from kenzan.export.figure_marks import Mark
    from kenzan.schemas.tables import Observation

_COLUMNS: tuple[tuple[str, str, str, bool], ...] = (
    ("project", "事業", "project", False),
    ("group", "区分", "group", False),
    ("indicator", "指標", "indicator", False),
    ("period", "年度", "period", False),
    ("measure", "種別", "measure", False),
    ("measure_label", "見出し", "header", False),
    ("value", "値", "value", True),
    ("unit", "単位", "unit", False),
    ("delta", "増減", "change", True),
    ("status", "状態", "status", False),
    ("value_raw", "印刷", "printed", False),
    ("page", "頁", "page", True),
)
_LINK = "value_raw"
_WORDS: dict[str, dict[str, tuple[str, str]]] = {
    "measure": {
        "baseline": ("基準", "baseline"),
        "target": ("目標", "target"),
        "actual": ("実績", "actual"),
        "rate": ("率", "rate"),
        "budget": ("予算", "budget"),
        "settlement": ("決算", "settlement"),
        "amount": ("金額", "amount"),
        "share": ("構成比", "share"),
        "change": ("増減", "change"),
        "change_rate": ("増減率", "change rate"),
        "other": ("その他", "other"),
    },
    "status": {
        "reported": ("記載あり", "reported"),
        "not_reported": ("未記載", "not reported"),
        "not_applicable": ("該当なし", "not applicable"),
        "withheld": ("秘匿", "withheld"),
        "unreadable": ("読取不能", "unreadable"),
    },
}


def table_columns() -> list[dict[str, str]]:
    """The columns shown, with their headings."""
    return [{"name": name, "ja": ja, "en": en} for name, ja, en, _ in _COLUMNS]


def render_rows(observations: Sequence[Observation], marks: Sequence[Mark]) -> str:
    """The table's content as JSON for its script."""
    anchors = {mark.observation: f"{mark.observation}-{mark.field}" for mark in reversed(marks)}
    content: dict[str, Any] = {
        "numeric": [numeric for *_, numeric in _COLUMNS],
        "link": [name for name, *_ in _COLUMNS].index(_LINK),
        "words": [_WORDS.get(name, {}) for name, *_ in _COLUMNS],
        "rows": [
            {
                "cells": [render_cell(getattr(row, name)) for name, *_ in _COLUMNS],
                "anchor": anchors.get(index, ""),
            }
            for index, row in enumerate(observations)
        ],
    }
    return to_script_json(content)
