"""Whether the labels of a table put together from lines can have been cells as they are.

Where lines are put together wrongly, labels show it first: a name has swallowed the label of a
column, letters of one word set upright became words of their own, or the label of a row and that
of a column say that the same figure is two things.
"""

from __future__ import annotations

import re
from collections import defaultdict
from itertools import combinations, groupby
from typing import TYPE_CHECKING

from kenzan.interpret.tables.content import read_content
from kenzan.interpret.words.label import read_label
from kenzan.interpret.words.lexicon import find_role, label_key
from kenzan.normalize.characters import fold

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from kenzan.schemas.document import Cell, Grid

_COLUMN_ROLES = frozenset({"unit", "number", "department", "project"})
"""What only labels of columns and fields say: 単位, 番号, 担当課, 事業名."""
_STUB_ROLES = frozenset({"unit", "number", "department", "indicator", "group"})
_RIVALS = ({"target", "actual"}, {"budget", "settlement"})
_ORDINAL = re.compile(r"(.{1,10}?)\s*(?:[①-⑳]|\d{1,2})")
_LONGEST_WORD, _MOST_LETTERS = 4, 40


def is_plausible(grid: Grid) -> bool:
    """Whether no label of a grid gives away that it was put together wrongly."""
    return not (
        any(_has_swallowed(cell) for cell in grid.cells)
        or _are_upright([line.text for line in grid.source])
        or _contradict(grid)
        or _is_out_of_place(grid)
        or _lacks_names(grid)
    )


def is_counting(text: str) -> bool:
    """Whether a line only counts an indicator: KPI①."""
    counted = _ORDINAL.fullmatch(fold(text).strip())
    return counted is not None and find_role(label_key(counted[1])) == "indicator"


def _has_swallowed(cell: Cell) -> bool:
    """Whether a name goes on, or begins, with a line that labels a column: 単位, 基準値."""
    lines = [fold(line.text).strip() for line in cell.lines]
    if len(lines) < 2:
        return False
    column = [_labels_column(line) for line in lines]
    named = [
        not any(map(str.isdigit, line)) and _is_name(line)
        for line, taken in zip(lines, column, strict=True)
        if not taken
    ]
    return any(column) and any(named)


def _labels_column(text: str) -> bool:
    label = read_label(text)
    baseline = label.period is not None and label.period.kind == "baseline" and label.only_period
    return (label.role in _COLUMN_ROLES and len(text) > 1 and text != "事業") or baseline


def _is_name(text: str) -> bool:
    """Whether words name something: no measure, no period, no words in brackets."""
    label = read_label(text)
    known = label.measure is not None or label.period is not None or bool(label.role)
    return not known and text[:1] not in "(（[〔" and len(text) > _LONGEST_WORD


def _are_upright(texts: Iterable[str]) -> bool:
    """Whether letters on lines of their own spell what is measured: 目 標 値."""
    lines = [text.strip() for text in texts if text.strip()]
    for single, group in groupby(lines, key=lambda text: len(text) == 1 and text.isalpha()):
        word = "".join(group)[:_MOST_LETTERS] if single else ""
        if any(_is_measure(word[a:b]) for a, b in _spans(len(word))):
            return True
    return False


def _spans(size: int) -> Iterator[tuple[int, int]]:
    return ((a, b) for a, b in combinations(range(size + 1), 2) if 2 < b - a <= _LONGEST_WORD)


def _is_measure(text: str) -> bool:
    measure = read_label(text).measure
    return measure is not None and measure.whole


def _contradict(grid: Grid) -> bool:
    """Whether labels of rows and of columns name measures that exclude each other."""
    top = min((cell.row for cell in grid.cells if _is_figure(cell)), default=0)
    left = min((cell.col for cell in grid.cells if _is_figure(cell)), default=0)
    rows = _measures([cell for cell in grid.cells if cell.col < left and cell.row >= top])
    columns = _measures([cell for cell in grid.cells if cell.row < top and cell.col >= left])
    return any(rows & pair and columns & pair and rows & pair != columns & pair for pair in _RIVALS)


def _is_out_of_place(grid: Grid) -> bool:
    """Whether what labels a column of labels stands over figures, or names a row of them."""
    counts = [cell for cell in grid.cells if _is_figure(cell)]
    figures = [cell for cell in counts if not _is_count(cell)] or counts
    top = min((cell.row for cell in figures), default=0)
    left = min((cell.col for cell in figures), default=0)
    rows = {cell.row for cell in counts}
    columns = {cell.col for cell in figures}
    for cell in grid.cells:
        label = read_label(cell.text)
        if label.role not in _STUB_ROLES or label.measure is not None or label.period is not None:
            continue
        over = cell.row < top and cell.col in columns and cell.colspan == 1
        if over or (label.role == "department" and cell.row in rows and cell.col < left):
            return True
    return False


def _lacks_names(grid: Grid) -> bool:
    """Whether a row is only counted (KPI①) and named by no other label."""
    rows: dict[int, list[str]] = defaultdict(list)
    for cell in grid.cells:
        rows[cell.row].append(cell.text)
    for texts in rows.values():
        named = [text for text in texts if _words(text) and not is_counting(text)]
        if (
            len(named) < len(texts)
            and any(map(is_counting, texts))
            and all(map(_is_measure, named))
        ):
            return True
    return False


def _is_count(cell: Cell) -> bool:
    """Whether a cell may hold the number of a row."""
    text = fold(cell.text).strip()
    return text.isdigit() and len(text) < 3


def _is_figure(cell: Cell) -> bool:
    content = read_content(cell.text)
    return content.kind == "figure" and not content.classes and not content.label.only_period


def _words(text: str) -> bool:
    """Whether letters make up most of a text: 80歳で自分の歯を20本以上有する者の割合."""
    return sum(map(str.isalpha, text)) * 2 > len(text)


def _measures(cells: Sequence[Cell]) -> set[str]:
    labels = (read_label(cell.text) for cell in cells)
    return {
        label.measure.measure
        for label in labels
        if label.measure is not None and label.measure.whole and label.measure.strong
    }
