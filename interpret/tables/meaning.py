"""What the labels over a column or before a row say together, outermost first."""

from __future__ import annotations

import re
from dataclasses import replace
from functools import lru_cache
from typing import TYPE_CHECKING

from kenzan.interpret.words.label import read_label
from kenzan.interpret.words.lexicon import (
    funding_parents,
    funding_words,
    is_filler,
    label_key,
)
from kenzan.normalize.characters import fold
from kenzan.normalize.periods import find_part, is_part_of_year, name_part
from kenzan.normalize.units import find_known_unit
from kenzan.schemas.records import dataclass

if TYPE_CHECKING:
    from kenzan.interpret.tables.view import Spot
    from kenzan.interpret.words.label import Label
    from kenzan.normalize.periods import Period
    from kenzan.schemas.geometry import Place

_BESIDE = re.compile(r"[/／・\n]")
_MOST_PARTS = 4
_FLOWING = {"amount", "change"}
"""Measures that do not stand before the amount below them: 増減額 over 発行額 | 償還額."""
_CURRENT = ("現状", "現況", "現在", "最新", "直近")


@dataclass(slots=True)
class Meaning:
    """What one row or column gives to its cells.

    ``names`` are labels that are neither year nor measure, outermost first: candidates for the
    indicator and its group. ``wording`` is the label that names the measure, without its year.
    ``strong`` tells that the measure was named by a word that decides, ``leaf_known`` that the
    innermost label is understood. ``path`` is everything, ``alone`` that the
    measure of a column stands whatever its rows say. ``parts`` are the measures that the
    innermost label names one after another, for figures that share a cell (目標／実績).
    """

    index: int
    path: tuple[str, ...] = ()
    names: tuple[str, ...] = ()
    period: Period | None = None
    relative: int | None = None
    period_label: str = ""
    measure: str | None = None
    strong: bool = False
    wording: str = ""
    unit: str = ""
    kind: str = "part"
    mark: str | None = None
    formula: str | None = None
    level: int = 0
    project: str | None = None
    current: bool = False
    alone: bool = False
    leaf_known: bool = True
    place: Place | None = None
    own: Spot | None = None
    parts: tuple[Label, ...] = ()

    def copy(self) -> Meaning:
        """A meaning of its own to change."""
        return replace(self)


def is_year(label: Label) -> bool:
    """Whether the label gives a period and nothing else."""
    return label.only_period


def take_period(meaning: Meaning, label: Label) -> None:
    """Let the label's year stand for the cells (an inner year takes the place of an outer one)."""
    if label.period is not None:
        inner_baseline = label.period.kind == "baseline"
        if inner_baseline and meaning.period is not None and meaning.period.kind != "baseline":
            return
        if label.only_period and take_part_of_year(meaning, label.period):
            return
        meaning.period, meaning.relative = label.period, None
        meaning.period_label = label.period.label
    elif label.relative is not None:
        meaning.relative, meaning.period = label.relative, None
        meaning.period_label = label.text.removesuffix(label.wording).rstrip(" 　・（(")


def take_part_of_year(meaning: Meaning, part: Period) -> bool:
    """Whether a month or quarter stands under its year, and is now told together with it."""
    if meaning.relative is not None and is_part_of_year(part):
        meaning.period_label = name_part(meaning.period_label, part)
        return True
    joined = find_part(meaning.period, part) if meaning.period is not None else None
    if joined is None:
        return False
    meaning.period, meaning.period_label = joined, joined.label
    return True


def _take_measure(meaning: Meaning, label: Label) -> None:
    word = label.measure
    if word is None:
        return
    decides = word.strong and (word.whole or not meaning.strong)
    if word.measure == "amount" and meaning.strong and meaning.measure not in _FLOWING:
        decides = False  # 目標 over 金額: money or heads, and still what stands above says
    if decides or not meaning.strong:
        meaning.measure, meaning.strong = word.measure, word.strong
    meaning.wording = label.wording or label.text
    meaning.current = meaning.wording.startswith(_CURRENT)


def _take_marks(meaning: Meaning, label: Label) -> None:
    meaning.unit = label.unit or meaning.unit
    meaning.kind = label.kind if label.kind != "part" else meaning.kind
    meaning.mark = label.mark or meaning.mark
    meaning.formula = label.formula or meaning.formula


def combine_columns(index: int, labels: list[Label]) -> Meaning:
    """Read the labels over a column; each is a year, a measure, a unit or a name."""
    meaning = Meaning(index, tuple(label.text for label in labels))
    for depth, label in enumerate(labels):
        _take_marks(meaning, label)
        if label.period is not None or label.relative is not None:
            take_period(meaning, label)
        if label.only_period and label.period and label.period.kind == "baseline" and depth:
            meaning.wording = label.text
        _take_words(meaning, label, outermost=depth == 0)
    meaning.kind = labels[-1].kind if labels else "part"
    if labels and labels[-1].rest:
        word = labels[-1].measure
        known = (word is not None and word.whole) or is_filler(label_key(labels[-1].rest))
        meaning.leaf_known = known or labels[-1].kind != "part"
    if not meaning.leaf_known and meaning.measure == "amount":
        _take_formula(meaning, labels[-1])
    _take_funding(meaning, labels)
    if labels:
        meaning.parts = measures_in(labels[-1].raw) or measures_in(labels[-1].wording)
    return meaning


@lru_cache(maxsize=4096)
def measures_in(raw: str) -> tuple[Label, ...]:
    """The measures that a label names on lines of their own or with a stroke between them.

    Empty unless each part is the whole name of a measure: 目標／実績, 目標|実績|達成率.
    """
    parts = [part for part in _BESIDE.split(raw.strip()) if part.strip()]
    if not 1 < len(parts) <= _MOST_PARTS:
        return ()
    labels = tuple(map(read_label, parts))
    words = [label.measure for label in labels]
    whole = all(word is not None and word.whole for word in words)
    return labels if whole and len(set(words)) > 1 else ()


def _take_words(meaning: Meaning, label: Label, *, outermost: bool) -> None:
    """The words of a column label besides its year: a measure, a unit alone, a name."""
    total = label.kind in {"total", "subtotal"}
    if not label.rest:
        _take_formula(meaning, label)
        _take_measure(meaning, label)
    elif not outermost and (unit := _unit_alone(label)):
        meaning.unit = unit
    elif label.measure is not None and label.measure.whole:
        _take_measure(meaning, label)
    elif total or not is_filler(label_key(label.rest)):
        _take_name(meaning, label)
    elif not meaning.wording:
        meaning.wording = label.wording


def _unit_alone(label: Label) -> str:
    """The unit that is all of a label (千円, ％); 国 and 県 are sources of funds."""
    if label.measure is not None or label_key(label.rest) in funding_words():
        return ""
    unit = find_known_unit(fold(label.rest))
    return unit.text if unit is not None else ""


def _take_formula(meaning: Meaning, label: Label) -> None:
    if label.formula and meaning.measure not in {"rate", "share", "change_rate"}:
        meaning.wording = label.text
        if "/" in label.formula:
            meaning.measure, meaning.strong = meaning.measure or "rate", meaning.strong
        elif "-" in label.formula:
            meaning.measure, meaning.strong = "change", True


def _take_name(meaning: Meaning, label: Label) -> None:
    meaning.names = (*meaning.names, label.rest if label.period else label.name)
    if label.measure is not None:
        _take_measure(meaning, label)
    elif not (meaning.strong and meaning.measure in {"target", "actual", "baseline", "rate"}):
        meaning.wording = label.wording


def _take_funding(meaning: Meaning, labels: list[Label]) -> None:
    """国, 県, その他 under 財源内訳 are amounts; so is everything else under it."""
    keys = [label_key(label.name) for label in labels]
    leaf_is_source = bool(keys) and keys[-1] in funding_words()
    under = any(key in funding_parents() for key in keys[:-1])
    if leaf_is_source or under:
        meaning.measure, meaning.strong, meaning.leaf_known = "amount", True, True
        meaning.wording = labels[-1].wording or labels[-1].text


def combine_rows(meaning: Meaning, labels: list[tuple[str, Label]], *, measured: bool) -> Meaning:
    """Read the labels before a row; each comes with the type of the column it stands in.

    ``measured``: the columns name measures, so that 実績 before a row is a name like others.
    """
    meaning.path = tuple(label.text for _, label in labels)
    for depth, (column_type, label) in enumerate(labels):
        own = depth == len(labels) - 1
        _take_row_label(meaning, column_type, label, measured=measured)
        meaning.kind = label.kind if own else "part"
        meaning.mark = label.mark or (label.numbering.key if own and label.numbering else None)
        meaning.formula = label.formula if own else None
        meaning.unit = label.unit or meaning.unit
    meaning.level = max(len(meaning.names) - 1, 0)
    return meaning


def _take_row_label(meaning: Meaning, column_type: str, label: Label, *, measured: bool) -> None:
    named = column_type in {"indicator", "group", "project"}
    if label.unit and not label.rest and label.period is None and label.relative is None:
        return  # （千円） under 財源内訳: the columns name the figures
    if label.only_period and not (named and label.period is None):
        take_period(meaning, label)
        if label.measure is not None and label.measure.measure in {"baseline", "actual"}:
            meaning.measure, meaning.wording = label.measure.measure, label.text
    elif not named and _is_row_measure(column_type, label, measured=measured):
        _take_measure(meaning, label)
        take_period(meaning, label)
    elif column_type == "period" and label.period is not None:
        take_period(meaning, label)
    elif column_type == "measure" and label.kind == "part":
        meaning.wording = label.wording or label.text
    else:
        meaning.names = (*meaning.names, label.name)
        if column_type == "group" and _is_row_measure("name", label, measured=measured):
            _take_measure(meaning, label)


def _is_row_measure(column_type: str, label: Label, *, measured: bool) -> bool:
    word = label.measure
    if word is None or not word.whole or word.measure == "amount":
        return False
    if label.kind in {"total", "subtotal"}:
        return False
    if column_type in {"measure", "period"}:
        return True
    return not measured and word.strong and word.measure in {"target", "actual", "baseline", "rate"}
