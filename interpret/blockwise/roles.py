"""What a cell is in a table by its words alone: a label of columns, of rows, or none of both."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kenzan.interpret.linear.vocabulary import is_heading
from kenzan.normalize.characters import fold
from kenzan.normalize.units import find_stated_unit

if TYPE_CHECKING:
    from kenzan.interpret.columnwise.entries import Entry

ANCHORS = frozenset({"indicator", "group", "project", "period", "number", "unit", "direction"})
TAILS = frozenset({"department", "grade", "text"})
DATA = frozenset(
    {
        "baseline",
        "target",
        "actual",
        "rate",
        "budget",
        "settlement",
        "share",
        "change",
        "change_rate",
    }
)


def is_anchor(cell: Entry) -> bool:
    """Whether a cell names what the labels of rows are."""
    return cell.label.role in ANCHORS and not cell.names_column and cell.kind != "prose"


def is_data(cell: Entry) -> bool:
    """Whether a cell names a year or a measure, as labels of rows seldom do."""
    label = cell.label
    if cell.kind == "period" or label.relative is not None:
        return True
    measure = label.measure
    return measure is not None and measure.measure in DATA and (measure.whole or cell.names_column)


def is_title(cell: Entry) -> bool:
    """Whether a cell opens a section or a table."""
    return cell.kind == "words" and is_heading(fold(cell.text.strip()))


def states_unit(cell: Entry) -> bool:
    """Whether a cell states the unit of all figures: （単位：千円）."""
    text = fold(cell.text.strip())
    stated = "単位" in text and text.startswith(("(", "[", "〔", "単位"))
    return stated and bool(find_stated_unit(text))


def stands_outside(cell: Entry) -> bool:
    """Sentences, notes and statements of units are no cells of a table."""
    return cell.kind in {"note", "prose"} or states_unit(cell)
