"""Labels beside their values: 個票 and the heads of sheets, and what they say of what follows."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kenzan.interpret.tables.axes import Axes
from kenzan.interpret.tables.meaning import Meaning, combine_columns
from kenzan.interpret.tables.narrative import Text, kind_of, text_of
from kenzan.interpret.tables.pairs import Said, form_role, pair_rows, reads_as_header
from kenzan.interpret.tables.regions import Band
from kenzan.interpret.tables.values import Figure, Setting, merge_cell, to_figures
from kenzan.interpret.words.lexicon import cut_into_words, label_key, section_words

if TYPE_CHECKING:
    from collections.abc import Container

    from kenzan.interpret.tables.view import Spot, View

_KPI = frozenset({"target", "actual", "baseline", "rate"})


def read_plain_form(view: View, said: Said) -> list[Text]:
    """The texts of a form without figures; empty if labels and values are not side by side."""
    labels = [
        spot
        for row in range(view.rows)
        if (spot := view.at[row][0]) is not None
        and spot.row == row
        and spot.content.kind == "words"
    ]
    known = sum(_is_form_label(spot) for spot in labels)
    if view.cols < 2 or known < 2 or known * 2 < len(labels):
        return []
    setting = Setting(Axes(by_columns=False, kpi=False, family="form"))
    return read_form(view, Band(0, 0, view.rows), said, setting)[1]


def _is_form_label(spot: Spot) -> bool:
    label = spot.content.label
    return form_role(label) is not None or label_key(label.text) in section_words()


def is_form(view: View, band: Band) -> bool:
    """Whether labels stand at the left of the figures rather than above them."""
    figures = [
        s for row in range(band.head, band.end) for s in view.starting(row) if s.content.figures
    ]
    if not figures or _has_stub_header(view, band):
        return False
    for spot in figures:
        left = view.at[spot.row][spot.col - 1] if spot.col else None
        if left is None or left.content.kind != "words" or left.row != spot.row:
            return False
    columns = {s.col for s in figures}
    pairs = pair_rows(view, band.top, band.head) if view.cols == 2 else {}
    headed = sum(_is_headed(view, band, col, pairs) for col in columns)
    return headed * 2 < len(columns)


def _has_stub_header(view: View, band: Band) -> bool:
    """Whether the first column is headed 指標, 区分 or the like, with headers beside it."""
    if band.head == band.top:
        return False
    heads = [spot for spot in view.at[band.head - 1] if spot is not None]
    filled = all(spot.content.kind == "words" for spot in heads)
    role = heads[0].content.label.role if heads else None
    return filled and len(heads) == view.cols and role in {"indicator", "group", "period", "number"}


def _is_headed(view: View, band: Band, col: int, pairs: Container[int]) -> bool:
    for row in range(band.top, band.head):
        if row in pairs:
            continue
        spot = view.at[row][col]
        if spot is None or spot.content.kind == "empty" or spot.colspan >= view.cols:
            continue
        label = spot.content.label
        if (
            reads_as_header(label)
            or label.measure is not None
            or cut_into_words(label_key(label.text))
        ):
            return True
    return False


def read_form(
    view: View, band: Band, said: Said, setting: Setting
) -> tuple[list[Figure], list[Text]]:
    """The figures and texts of a form, each by the labels to its left."""
    figures: list[Figure] = []
    texts: list[Text] = []
    for row in range(band.top, band.end):
        waiting: list[Spot] = []
        for spot in view.starting(row):
            kind = spot.content.kind
            if kind in {"figure", "missing"} or (spot.content.unreadable and waiting):
                figures.extend(_value(spot, waiting, said, setting))
                waiting = []
            elif kind == "words" and not (
                waiting and form_role(waiting[-1].content.label) in _NAMING
            ):
                waiting.append(spot)
            elif kind != "empty":
                label = waiting[-1].content.label if waiting else None
                if label is not None:
                    said.take(label, spot)
                    if kind == "prose" and section_words().get(label_key(label.text)) != "overview":
                        texts.append(text_of(spot, kind_of(label.text) or "other", (), ""))
                waiting = []
        if len(waiting) > 1:
            said.take(waiting[-2].content.label, waiting[-1])
    return figures, texts


_NAMING = frozenset({"project", "indicator", "unit", "department", "text"})
_COUNTING = frozenset({"number", "reference"})


def _value(spot: Spot, waiting: list[Spot], said: Said, setting: Setting) -> list[Figure]:
    """The figures of a value; none where its label is a number to find by: 電話, 事業番号."""
    if waiting and form_role(waiting[-1].content.label) in _COUNTING:
        return []
    if spot.content.unreadable:
        return [_unreadable(spot, waiting, said, setting)]
    return _figures(spot, waiting, said, setting)


def _unreadable(spot: Spot, waiting: list[Spot], said: Said, setting: Setting) -> Figure:
    """A value of digits that are no figure, kept as printed."""
    row = Meaning(spot.row, names=(waiting[-1].content.label.name,), project=said.project or None)
    figure = merge_cell(row, Meaning(spot.col), setting, spot)
    figure.status, figure.value_raw, figure.value_place = "unreadable", spot.text, spot.place()
    return figure


def _figures(spot: Spot, waiting: list[Spot], said: Said, setting: Setting) -> list[Figure]:
    labels = [s.content.label for s in waiting]
    col = combine_columns(spot.col, labels)
    row = Meaning(spot.row)
    own = labels[-1].name if labels else ""
    measures_indicator = said.indicator and col.measure in _KPI
    if measures_indicator:
        row.names, row.unit = (said.indicator,), said.unit
    elif own:
        row.names = (own,)
        col.measure = col.measure or "amount"
    col.names = ()
    row.project = said.project or None
    return to_figures(spot, row, col, setting)
