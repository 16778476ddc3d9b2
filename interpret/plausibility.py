"""Whether the labels of a table put together from lines can have been cells as they are.

Where lines are put together wrongly, labels show it first: a name has swallowed the label of a
column, letters of one word set upright became words of their own, or the label of a row and that
of a column say that the same figure is two things.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from itertools import combinations, groupby
from typing import TYPE_CHECKING

from kenzan.interpret.tables.content import read_content
from kenzan.interpret.words.label import read_label
from kenzan.interpret.words.lexicon import department_ends, find_role, label_key
from kenzan.normalize.characters import fold

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from kenzan.schemas.document import Cell, Grid

_COLUMN_ROLES = frozenset({"unit", "number", "department", "project"})
"""What only labels of columns and fields say: 単位, 番号, 担当課, 事業名."""
_STUB_ROLES = frozenset({"unit", "number", "department", "grade", "indicator", "group"})
_RIVALS = ({"target", "actual"}, {"budget", "settlement"})
_ORDINAL = re.compile(r"(.{1,10}?)\s*(?:[①-⑳]|\d{1,2})")
_NUMBERED = re.compile(r"\d{1,2}[.．\s]\s*[^\W\d]")
_FIGURE_FIRST = re.compile(r"(?:\d{3,}|\d[\d,]*[.,]\d+)\D*")
_SHORT, _LONGEST_WORD, _MOST_LETTERS = 2, 4, 40


def is_plausible(grid: Grid) -> bool:
    """Whether no label of a grid gives away that it was put together wrongly."""
    body = _Body(grid)
    return not (
        any(_has_swallowed(cell, aside=cell.col < body.left) for cell in grid.cells)
        or body.has_sections_in_names
        or body.has_figures_before_offices
        or body.has_letters_apart
        or body.has_years_both_ways
        or _are_upright([line.text for line in grid.source])
        or _contradict(body)
        or _is_out_of_place(grid)
        or _lacks_names(grid)
    )


def is_counting(text: str) -> bool:
    """Whether a line only counts an indicator: KPI①."""
    counted = _ORDINAL.fullmatch(fold(text).strip())
    return counted is not None and find_role(label_key(counted[1])) == "indicator"


class _Body:
    """Where the figures of a grid begin, and the labels at their left."""

    def __init__(self, grid: Grid) -> None:
        figures = [cell for cell in grid.cells if _is_figure(cell)]
        self.top = min((cell.row for cell in figures), default=0)
        self.left = min((cell.col for cell in figures), default=0)
        self.header = [cell for cell in grid.cells if cell.row < self.top]
        self.labels = [c for c in grid.cells if c.row >= self.top and c.col < self.left and c.lines]

    @property
    def has_sections_in_names(self) -> bool:
        """Whether only names of several lines are numbered: 1 災害に強いまち¶消防団員数."""
        numbered = [bool(_NUMBERED.match(fold(cell.text).strip())) for cell in self.labels]
        broken = [len(cell.lines) > 1 for cell in self.labels]
        told = list(zip(numbered, broken, strict=True))
        return (True, True) in told and (True, False) not in told and (False, False) in told

    @property
    def has_letters_apart(self) -> bool:
        """Whether labels of one row are letters of one word: 議 | 会 | 費."""
        letters = Counter(c.row for c in self.labels if len(c.text.strip()) == 1)
        return sum(count > 1 for count in letters.values()) > 1

    @property
    def has_figures_before_offices(self) -> bool:
        """Whether a label is the last figure of a row and the section behind it: 60.4 総務課."""
        labels = (fold(cell.text).strip() for cell in self.labels)
        return any(
            _FIGURE_FIRST.match(text) and text.endswith(department_ends()) for text in labels
        )

    @property
    def has_years_both_ways(self) -> bool:
        """Whether one year stands apart from the others: over rows of years, or over words."""
        years = [c for c in self.header if c.col >= self.left and _is_year(c.text)]
        rows = [read_label(cell.text).only_period for cell in self.labels]
        if years and len(rows) > 1 and all(rows):
            return True
        over = [cell for cell in years if cell.row + cell.rowspan < self.top]
        if len(over) == len(years):
            return False
        below = {c for cell in over for c in range(cell.col, cell.col + cell.colspan)}
        leaves = [c for c in self.header if c.col in below and c.row + c.rowspan == self.top]
        return not all(read_label(cell.text).measure for cell in leaves)


def _is_year(text: str) -> bool:
    label = read_label(text)
    return label.only_period and label.period is not None and label.period.kind != "baseline"


def _has_swallowed(cell: Cell, *, aside: bool) -> bool:
    """Whether a name goes on, or begins, with a line that labels a column: 単位, 基準値.

    ``aside`` are cells at the left of the figures: they hold no name and measure in one.
    """
    lines = [fold(line.text).strip() for line in cell.lines]
    if len(lines) < 2:
        return False
    column = [_labels_column(line) or (aside and _is_aim(line)) for line in lines]
    named = [
        not any(map(str.isdigit, line)) and _is_name(line)
        for line, taken in zip(lines, column, strict=True)
        if not taken
    ]
    return any(column) and any(named)


def _is_aim(text: str) -> bool:
    measure = read_label(text).measure
    aims = measure is not None and measure.whole and measure.measure in {"target", "actual"}
    return aims and text[:1] not in "(（[〔"


def _labels_column(text: str) -> bool:
    label = read_label(text)
    baseline = label.period is not None and label.period.kind == "baseline" and label.only_period
    short = label.role in {"group", "indicator"} and len(text) == _SHORT
    return (label.role in _COLUMN_ROLES and len(text) > 1 and text != "事業") or baseline or short


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


def _contradict(body: _Body) -> bool:
    """Whether labels of rows and of columns name measures that exclude each other."""
    rows = _measures(body.labels)
    columns = _measures([cell for cell in body.header if cell.col >= body.left])
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
