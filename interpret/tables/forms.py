"""Labels beside their values: 個票 and the heads of sheets, and what they say of what follows."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from kenzan.interpret.tables.meaning import Meaning, combine_columns
from kenzan.interpret.tables.narrative import Text, kind_of, text_of
from kenzan.interpret.tables.values import Figure, Setting, to_figures
from kenzan.interpret.words.label import Label, read_label
from kenzan.interpret.words.lexicon import cut_into_words, find_role
from kenzan.normalize.characters import fold
from kenzan.normalize.labels import fold_label, label_key
from kenzan.normalize.units import find_stated_unit

if TYPE_CHECKING:
    from kenzan.interpret.tables.regions import Band
    from kenzan.interpret.tables.view import Spot, View

_KPI = frozenset({"target", "actual", "baseline", "rate"})
_HEADED = re.compile(
    r"^[■◆●○◎▼□◯・\s]*[【\[〔(]?\s*(?P<word>[^\s:：①-⑳\d()（）]{1,12}?)\s*"
    r"(?:No\.?|第)?\s*(?P<mark>[①-⑳]|\d{1,2}|[A-Z])?\s*[】\]〕)]?\s*[:：\s]\s*(?P<name>\S.*)$"
)
_INDICATOR = re.compile(r"(?:指標|KPI|目標値?|成果目標)\s*(?:[①-⑳]|[(（]?\d{1,2}[)）]?|[A-Z])?$")
_STATED = re.compile(r"[(（〔\[]\s*単\s*位\s*[:：]?[^()（）]*[)）〕\]]")


@dataclass(slots=True)
class Said:
    """What labels beside values say: of the project, of the indicator and its unit."""

    project: str = ""
    indicator: str = ""
    unit: str = ""
    marks: dict[str, tuple[str, str]] = field(default_factory=dict)

    def take(self, label: Label, value: Spot) -> None:
        """Keep a label and the words beside it if they name something."""
        role = form_role(label)
        text = value.content.label
        if role == "project":
            self.project = text.text
        elif role == "unit":
            self.unit = text.text.strip("()（）[]")
        elif role == "indicator":
            self._name(label.text, value.text)

    def _name(self, mark: str, raw: str) -> None:
        self.indicator, unit = name_and_unit(raw)
        self.unit = unit or self.unit
        self.marks[label_key(mark)] = (self.indicator, unit)

    def headed(self, text: str) -> bool:
        """Take a line such as 指標①：来館者数（単位：人）; tell whether it was one."""
        match = _HEADED.match(fold(text).strip())
        if match is None or form_role(read_label(match["word"])) != "indicator":
            return False
        self._name(match["word"] + (match["mark"] or ""), match["name"])
        return True


def name_and_unit(raw: str) -> tuple[str, str]:
    """A name and the unit stated behind it: 来館者数（単位：人） → 来館者数, 人."""
    stated = _STATED.search(fold(raw))
    if stated is not None:
        units = find_stated_unit(stated.group())
        plain = _STATED.sub("", fold_label(raw)) or raw
        return read_label(plain).name, units[0] if units else ""
    label = read_label(raw)
    return label.name, label.unit


def form_role(label: Label) -> str | None:
    """What a label of a form is about; 指標① and KPI2 are labels of indicators."""
    if label.role is not None:
        return label.role
    text = fold(label.text)
    if _INDICATOR.search(text) and len(text) <= 16:
        return "indicator"
    return find_role(label_key(re.sub(r"[①-⑳\d]+$", "", text)))


def pair_rows(view: View, top: int, head: int) -> dict[int, list[tuple[Spot, Spot]]]:
    """Header rows that are label and value rather than headers: 指標① | 来館者数（人）."""
    found: dict[int, list[tuple[Spot, Spot]]] = {}
    for row in range(top, head):
        spots = [s for s in view.starting(row) if s.content.kind != "empty"]
        if len(spots) < 2 or len(spots) % 2 or spots[0].col or len(view.covering(row)) > len(spots) + 1:
            continue
        pairs = list(zip(spots[::2], spots[1::2], strict=True))
        wide = len(pairs) == 1 and pairs[0][1].col + pairs[0][1].colspan >= view.cols
        if (wide and pairs[0][1].colspan > 1) or len(pairs) > 1:
            roles = [form_role(label.content.label) for label, _ in pairs]
            values = [_reads_as_header(value.content.label) for _, value in pairs]
            if all(roles) and not any(values):
                found[row] = pairs
    return found


def _reads_as_header(label: Label) -> bool:
    plain = label.only_period and label.period is not None and label.period.kind != "range"
    return plain or bool(label.measure and label.measure.whole and label.measure.strong)


def is_form(view: View, band: Band) -> bool:
    """Whether labels stand at the left of the figures rather than above them."""
    figures = [s for row in range(band.head, band.end) for s in view.starting(row) if s.content.figures]
    if not figures:
        return False
    for spot in figures:
        left = view.at[spot.row][spot.col - 1] if spot.col else None
        if left is None or left.content.kind != "words" or left.row != spot.row:
            return False
    columns = {s.col for s in figures}
    headed = sum(_is_headed(view, band, col) for col in columns)
    return headed * 2 < len(columns)


def _is_headed(view: View, band: Band, col: int) -> bool:
    for row in range(band.top, band.head):
        spot = view.at[row][col]
        if spot is None or spot.content.kind == "empty" or spot.colspan >= view.cols:
            continue
        label = spot.content.label
        if _reads_as_header(label) or label.measure is not None or cut_into_words(label_key(label.text)):
            return True
    return False


def read_form(view: View, band: Band, said: Said, setting: Setting) -> tuple[list[Figure], list[Text]]:
    """The figures and texts of a form, each by the labels to its left."""
    figures: list[Figure] = []
    texts: list[Text] = []
    for row in range(band.top, band.end):
        waiting: list[Spot] = []
        for spot in view.starting(row):
            kind = spot.content.kind
            if kind == "words" and not (waiting and form_role(waiting[-1].content.label) in _NAMING):
                waiting.append(spot)
            elif kind in {"figure", "missing"}:
                figures.extend(_figures(spot, waiting, said, setting))
                waiting = []
            elif kind != "empty":
                label = waiting[-1].content.label if waiting else None
                if label is not None:
                    said.take(label, spot)
                    if kind == "prose":
                        texts.append(text_of(spot, kind_of(label.text) or "other", (), ""))
                waiting = []
        if len(waiting) > 1:
            said.take(waiting[-2].content.label, waiting[-1])
    return figures, texts


_NAMING = frozenset({"project", "indicator", "unit", "department", "text"})


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
