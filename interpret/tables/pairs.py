"""Labels with their values beside them: 指標① | 来館者数（人）, 事業名 | ○○, 単位 | 人."""

from __future__ import annotations

import re
from dataclasses import field
from typing import TYPE_CHECKING

from kenzan.interpret.tables.narrative import join_lines
from kenzan.interpret.words.label import Label, read_label
from kenzan.interpret.words.lexicon import corner_words, find_role, label_key, section_words
from kenzan.normalize.characters import fold
from kenzan.normalize.labels import fold_label
from kenzan.normalize.units import find_stated_unit
from kenzan.schemas.records import dataclass

if TYPE_CHECKING:
    from kenzan.interpret.tables.view import Spot, View

_HEADED = re.compile(
    r"^[■◆●○◎▼□◯・\s]*[【\[〔(]?\s*(?P<word>[^\s:：①-⑳\d()（）]{1,12}?)\s*"
    r"(?:No\.?|第)?\s*(?P<mark>[①-⑳]|\d{1,2}|[A-Z])?\s*[】\]〕)]?\s*[:：\s]\s*(?P<name>\S.*)$"
)
# ①：来館者数（単位：人）
_COUNTED = re.compile(r"^(?P<mark>[①-⑳])\s*[:：]?\s*(?P<name>\S.*[(（]単位[:：].*[)）])$")
_MARK = re.compile(r"[①-⑳]")
_CARD = frozenset({"indicator", "unit", "project", "department", "number", "text"})
_INDICATOR = re.compile(r"(?:指標|KPI|目標値?|成果目標)\s*(?:[①-⑳]|[(（]?\d{1,2}[)）]?|[A-Z])?$")
_STATED = re.compile(r"[(（〔\[]\s*単\s*位\s*[:：]?[^()（）]*[)）〕\]]")


@dataclass(slots=True)
class Said:
    """What labels beside values say: of the project, of the indicator and its unit."""

    project: str = ""
    overview: str = ""
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
            self.unit = fold(text.text).strip("()[]")
        elif role == "indicator":
            self._name(label.text, value.text)
        elif section_words().get(label_key(label.text)) == "overview":
            self.overview = join_lines(line.text for line in value.cell.lines)

    def _name(self, mark: str, raw: str) -> None:
        self.indicator, unit = name_and_unit(raw)
        self.unit = unit or self.unit
        self.marks[label_key(mark)] = (self.indicator, unit)

    def headed(self, text: str) -> bool:
        """Take a line such as 指標①：来館者数（単位：人）; tell whether it was one."""
        folded = fold(text).strip()
        counted = _COUNTED.match(folded)
        if counted is not None:
            self._name(counted["mark"], counted["name"])
            return True
        match = _HEADED.match(folded)
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
    if (_INDICATOR.search(text) and len(text) <= 16) or _MARK.fullmatch(text):
        return "indicator"
    return find_role(label_key(re.sub(r"[①-⑳\d]+$", "", text)))


def pair_rows(view: View, top: int, head: int) -> dict[int, list[tuple[Spot, Spot]]]:
    """Header rows that are label and value rather than headers: 指標① | 来館者数（人）.

    A row next to one of them that is cut into cells in the same way is one as well.
    """
    if view.cols == 2:
        return _pairs_of_card(view, top, head)
    found: dict[int, list[tuple[Spot, Spot]]] = {}
    cuts: dict[tuple[int, ...], int] = {}
    for row in range(top, head):
        pairs = _as_pairs(view, row)
        if not pairs:
            continue
        cut = tuple(s.col for pair in pairs for s in pair)
        roles = [form_role(label.content.label) for label, _ in pairs]
        named = all(role and role != "group" for role in roles) or _heads_sheet(view, row, pairs)
        if named or cuts.get(cut) == row - 1:
            found[row], cuts[cut] = pairs, row
    return found


def _heads_sheet(view: View, row: int, pairs: list[tuple[Spot, Spot]]) -> bool:
    """施策名 | １－２ 学校教育の充実 over the whole width of a sheet, the next row beginning anew.

    A corner (区分, or one over a row that is blank or merged below) heads the columns beside it.
    """
    (label, value), *more = pairs
    if more or label.rowspan > 1 or label_key(label.text) in corner_words():
        return False
    below = view.at[row + 1][0] if row + 1 < view.rows else None
    fills = value.col + value.colspan == view.cols and value.colspan > 1
    return fills and below is not None and below.row > row and below.content.kind == "words"


def _pairs_of_card(view: View, top: int, head: int) -> dict[int, list[tuple[Spot, Spot]]]:
    """Rows of two columns over the figures, if all of them name something (指標, 単位, 事業名)."""
    found: dict[int, list[tuple[Spot, Spot]]] = {}
    for row in range(top, head):
        spots = view.starting(row)
        if len(spots) != 2 or form_role(spots[0].content.label) not in _CARD:
            return {}
        if reads_as_header(spots[1].content.label):
            return {}
        found[row] = [(spots[0], spots[1])]
    return found if len(found) > 1 else {}


def _as_pairs(view: View, row: int) -> list[tuple[Spot, Spot]]:
    """The row as labels and values side by side; empty if it does not look so."""
    spots = [s for s in view.starting(row) if s.content.kind != "empty"]
    if len(spots) < 2 or len(spots) % 2 or spots[0].col:
        return []
    if len(view.covering(row)) > len(spots) + 1:
        return []
    pairs = list(zip(spots[::2], spots[1::2], strict=True))
    if any(label.rowspan > value.rowspan for label, value in pairs):
        return []
    value = pairs[0][1]
    end = value.col + value.colspan
    # What is blank down to the right may be outside of a narrower table below another.
    beyond = [s for s in view.covering(row) if s.col >= end and s.content.kind != "empty"]
    wide = value.colspan > 1 and not beyond
    if (not wide and len(pairs) == 1) or any(reads_as_header(v.content.label) for _, v in pairs):
        return []
    return pairs


def reads_as_header(label: Label) -> bool:
    """Whether the label names a year or a measure, as headers over figures do."""
    plain = label.only_period and label.period is not None and label.period.kind != "range"
    return plain or bool(label.measure and label.measure.whole and label.measure.strong)
