"""The tidy data of a report as the rows of the page's table."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from kenzan.export.html_pages import anchor_of
from kenzan.export.rows import render_cell
from kenzan.export.script_json import to_script_json

if TYPE_CHECKING:
    from collections.abc import Sequence

    from kenzan.export.figure_marks import Mark
    from kenzan.schemas.tables import Observation

# Column, its heading in both languages, and whether it holds numbers.
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
    ("value_raw", "印字", "printed", False),
    ("page", "ページ", "page", True),
)
_LINK = "value_raw"
_RANK = ("inconsistent", "attention", "consistent", "unchecked")
# What a figure's panel shows of its sums; the data holds all of them.
_MOST_SUMS, _MOST_USED = 6, 24
WORDS: dict[str, dict[str, tuple[str, str]]] = {
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


def table_columns(observations: Sequence[Observation]) -> list[dict[str, Any]]:
    """The columns shown, with their headings; those that are empty throughout are left out."""
    return [
        {"name": name, "ja": ja, "en": en, "numeric": numeric}
        for name, ja, en, numeric in _COLUMNS
        if name == _LINK or any(getattr(row, name) not in (None, "") for row in observations)
    ]


def render_rows(
    observations: Sequence[Observation],
    marks: Sequence[Mark],
    columns: Sequence[dict[str, Any]],
    shown: set[str],
) -> str:
    """The table's content as JSON for its script, and what became of every figure.

    A row begins with its state and with the field that stands on the page (``value``, ``delta``
    or none); ``figures`` tell by anchor the state, the sums, and the figures used in them.
    """
    by_row: dict[int, list[Mark]] = {}
    for mark in marks:
        by_row.setdefault(mark.observation, []).append(mark)
    names = [column["name"] for column in columns]
    content: dict[str, Any] = {
        "columns": names,
        "numeric": [column["numeric"] for column in columns],
        "link": names.index(_LINK),
        "words": [WORDS.get(name, {}) for name in names],
        "rows": [
            [*_state_of(by_row.get(index, []), shown), *_cells(row, names)]
            for index, row in enumerate(observations)
        ],
        "figures": {
            anchor_of(mark.key): [
                mark.state,
                mark.printed,
                list(dict.fromkeys(mark.formulas))[:_MOST_SUMS],
                [anchor_of(key) for key in mark.used[:_MOST_USED]],
            ]
            for mark in marks
        },
    }
    return to_script_json(content)


def _cells(row: Observation, names: Sequence[str]) -> list[str]:
    return [render_cell(getattr(row, name)) for name in names]


def _state_of(marks: Sequence[Mark], shown: set[str]) -> tuple[str, str]:
    """The gravest state among the figures of a row, and the field a link leads to."""
    state = min((mark.state for mark in marks), key=_RANK.index, default="")
    field = next((mark.field for mark in marks if anchor_of(mark.key) in shown), "")
    return state, field
