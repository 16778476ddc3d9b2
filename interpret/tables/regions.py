"""Where the headers of a grid end and its figures begin; grids that hold several tables."""

from __future__ import annotations

from dataclasses import field
from decimal import Decimal
from itertools import pairwise
from typing import TYPE_CHECKING

from kenzan.interpret.tables.numbered_heads import name_columns
from kenzan.interpret.tables.pairs import pair_rows
from kenzan.interpret.tables.unit_rows import read_unit_row
from kenzan.interpret.tables.years import name_years
from kenzan.interpret.words.lexicon import cut_into_words, funding_words, label_key
from kenzan.normalize.units import find_known_unit
from kenzan.schemas.records import dataclass

if TYPE_CHECKING:
    from collections.abc import Container, Iterable

    from kenzan.interpret.tables.view import Spot, View
    from kenzan.interpret.words.label import Label

_MOST_LEFT_OUT = 3
"""Step from a number of a row to the next, where a list leaves some out (款 that have nothing)."""
_FEWEST_SEQUENCE = 3


@dataclass(slots=True)
class Band:
    """A run of rows with its own header: rows ``top``..``head`` name, ``head``..``end`` hold.

    ``titles`` are labels over the whole width in the header rows.
    """

    top: int
    head: int
    end: int
    titles: list[Spot] = field(default_factory=list)


def is_understood(label: Label) -> bool:
    """Whether the words of a label are ones that headers use."""
    return bool(
        label.only_period
        or label.measure
        or label.role
        or label.formula
        or label.kind != "part"
        or label_key(label.text) in funding_words()
        or cut_into_words(label_key(label.text))
    )


def find_counting_columns(view: View) -> dict[int, str]:
    """Columns of figures that are no data: ``number`` (1, 2, 3; 2.1.1) or ``class`` (20～39歳).

    Numbers are also those by which something is looked up: pages, telephones.
    """
    if view.counting is not None:
        return view.counting
    found: dict[int, str] = {}
    for col in range(view.cols):
        filled = [s.content for s in view.starting_in(col) if s.content.kind != "empty"]
        if filled and filled[0].label.role == "reference":
            found[col] = "number"
            continue
        if not any(c.figures or c.code for c in filled):
            continue
        codes = sum(c.code for c in filled)
        if _counts_classes(view, col):
            found[col] = "class"
        elif (codes and codes * 5 >= 3 * (len(filled) - 1)) or _counts_rows(view, col):
            found[col] = "number"
        elif _names_classes(view, col) or _names_below_others(view, col, found):
            found[col] = "class"
    view.counting = found
    return found


def _counts_rows(view: View, col: int) -> bool:
    """1, 2, 3 … under a header for numbers, or at the far left before words."""
    spots = [
        s for s in view.starting_in(col) if s.content.kind != "empty" and s.colspan < view.cols
    ]
    values: list[Decimal | None] = []
    for spot in spots:
        if spot.content.figures:
            values.append(spot.content.whole_number)
            if values[-1] is None:
                return False
    if not values or any(v is None for v in values):
        return False
    heads = [s.content.label for s in spots if not s.content.figures]
    named = any(label.role == "number" for label in heads)
    steps = [b - a for a, b in pairwise(values) if a is not None and b is not None]
    counts = sum(step == 1 for step in steps)
    if named:
        return counts * 2 >= len(steps)
    # 款 over 1, 2, 3, 6, 11 and the names behind them: some have nothing and are left out.
    # A second table in the grid begins again with 1.
    rises = bool(steps) and all(a < b or b == 1 for a, b in pairwise(values) if a and b)
    if _shares_header(view, col) and values[0] == 1 and (rises or not steps):
        return True
    climbs = not heads and all(0 < step <= _MOST_LEFT_OUT for step in steps)
    enough = counts * 2 >= len(steps) if climbs else counts * 5 >= 4 * len(steps)
    if len(values) < _FEWEST_SEQUENCE or not enough:
        return False
    before = range(col)
    beside = col + 1 < view.cols and _has_words(
        view, col + 1, [s.row for s in spots if s.content.figures]
    )
    return beside and all(not _has_figures(view, c) for c in before)


def _counts_classes(view: View, col: int) -> bool:
    """1, 2, 3 … under the name of a class: 級, 学年, 月."""
    spots = view.starting_in(col)
    values = [v for s in spots if s.content.figures and (v := s.content.whole_number) is not None]
    if len(values) < _FEWEST_SEQUENCE or not any(s.content.class_name for s in spots):
        return False
    steps = [b - a for a, b in pairwise(values)]
    return sum(step == 1 for step in steps) * 3 >= 2 * len(steps)


def _shares_header(view: View, col: int) -> bool:
    """Whether one label stands over this column and the next, which holds words."""
    top = view.at[0][col]
    if top is None or top.content.kind != "words" or top.col + top.colspan <= col + 1:
        return False
    return top.colspan < view.cols and _has_words(view, col + 1, range(top.rowspan, view.rows))


def _has_figures(view: View, col: int) -> bool:
    return any(spot.content.figures for spot in view.starting_in(col))


def _has_words(view: View, col: int, rows: Iterable[int]) -> bool:
    kinds = [k for row in rows if (k := view.content(row, col).kind) != "empty"]
    return sum(kind in {"words", "prose"} for kind in kinds) * 2 > len(kinds)


def _names_classes(view: View, col: int) -> bool:
    """Ages, grades or years as the labels of rows in the first filled column; names with numbers.

    Those may stand behind words: 款 before 項.
    """
    spots = [s for s in view.starting_in(col) if s.content.figures]
    numbered = bool(spots) and _are_numbered_names(spots)
    if not numbered and not (
        spots and all(s.content.classes or s.content.bare_year for s in spots)
    ):
        return False
    rows = [s.row for s in spots]
    first = not any(_has_figures(view, c) or _has_words(view, c, rows) for c in range(col))
    if not first and not (numbered and _begin_again(spots)):
        return False
    return any(_has_figures(view, c) for c in range(col + 1, view.cols))


def _names_below_others(view: View, col: int, found: dict[int, str]) -> bool:
    """Numbered names behind those they belong to: 2総務費 | 1総務管理費."""
    spots = [s for s in view.starting_in(col) if s.content.figures]
    labels = all(c in found or not _has_figures(view, c) for c in range(col))
    return labels and _are_numbered_names(spots)


def _begin_again(spots: list[Spot]) -> bool:
    """Whether numbers go up by one or begin again with 1."""
    values = [entry.number.value for s in spots for entry in s.content.entries]
    return all(b is not None and (b == 1 or b - 1 == a) for a, b in pairwise((Decimal(), *values)))


def _are_numbered_names(spots: list[Spot]) -> bool:
    """1市税 2地方譲与税 …: every figure counts something else, and none counts a known thing."""
    units = {entry.number.unit for s in spots for entry in s.content.entries}
    return (
        len(units) > 1
        and len(units) * 5 >= len(spots) * 3
        and not any(find_known_unit(unit) or not unit for unit in units)
    )


def find_figure_rows(view: View, counting: Container[int]) -> list[int]:
    """Rows in which figures or marks for missing ones start."""
    rows = []
    before, named = True, False
    for row in range(view.rows):
        spots = [s for s in view.starting(row) if s.col not in counting]
        figures = [s for s in spots if s.content.figures]
        if before and not named and name_columns(view, row, spots):
            named = True
            continue
        unread = [s for s in spots if s.content.unreadable and s.col]
        if figures or unread or (not before and any(s.content.kind == "missing" for s in spots)):
            rows.append(row)
            before = False
    return rows


def full_width(view: View, row: int) -> Spot | None:
    """The one spot that covers the row from the first to the last column."""
    spot = view.at[row][0]
    if spot is None or spot.colspan < view.cols or view.cols == 1:
        return None
    return spot


def _is_header(view: View, row: int, data_cols: set[int], known: set[str]) -> bool:
    words = [
        s
        for s in view.starting(row)
        if s.content.kind in {"words", "figure"} and s.col in data_cols
    ]
    if len(words) < min(2, len(data_cols)) or any(
        s.content.kind == "prose" for s in view.starting(row) if s.col in data_cols
    ):
        return False
    if all(s.content.figures for s in words):
        return False
    if any(s.content.figures and not s.content.classes for s in words):
        return False
    stub = [s for s in view.starting(row) if s.col not in data_cols and s.content.kind == "words"]
    if any(label_key(s.text) in known for s in stub):
        return True
    hits = sum(label_key(s.text) in known or is_understood(s.content.label) for s in words)
    return hits * 2 > len(words)


def find_bands(view: View) -> list[Band]:
    """The tables within the grid, top to bottom; none if it holds no figures."""
    if view.bands is None:
        view.bands = _find_bands(view)
    return view.bands


def _find_bands(view: View) -> list[Band]:
    name_years(view)
    counting = find_counting_columns(view)
    figure_rows = find_figure_rows(view, counting)
    if not figure_rows:
        return []
    data_cols = {
        s.col
        for row in figure_rows
        for s in view.starting(row)
        if (s.content.figures or s.content.unreadable) and s.col not in counting
    }
    starts = [0, *_find_restarts(view, figure_rows, data_cols)]
    bands = []
    for top, end in zip(starts, [*starts[1:], view.rows], strict=True):
        first = next((row for row in figure_rows if row >= top), end)
        head = _trim_header(view, top, min(first, end), data_cols)
        titles = [s for row in range(top, head) if (s := full_width(view, row)) and s.row == row]
        bands.append(Band(top, head, end, [s for s in titles if s.content.kind != "empty"]))
    return bands


def _find_restarts(view: View, figure_rows: list[int], data_cols: set[int]) -> list[int]:
    """Rows in the body where a new header starts (or the first one stands again)."""
    first = figure_rows[0]
    known = {
        label_key(s.text)
        for row in range(first)
        for s in view.starting(row)
        if s.content.kind == "words"
    }
    starts: list[int] = []
    row = first + 1
    while row < view.rows:
        if row not in figure_rows and _is_header(view, row, data_cols, known):
            following = row + 1
            while following < view.rows and following not in figure_rows:
                following += 1
            if following < view.rows:
                starts.append(_with_names_above(view, row, figure_rows))
                row = following
        row += 1
    return starts


def _with_names_above(view: View, row: int, figure_rows: list[int]) -> int:
    """The first of the rows above a header that name what follows (指標② | 来館者数)."""
    while row - 1 not in figure_rows and row > 1:
        whole = full_width(view, row - 1)
        titled = whole is not None and whole.row == row - 1 and whole.content.kind == "words"
        named = titled or read_unit_row(view, row - 1) or pair_rows(view, row - 1, row)
        if not named:
            break
        row -= 1
    return row


def _trim_header(view: View, top: int, head: int, data_cols: set[int]) -> int:
    """Give rows back to the body that hold a label and no figures yet."""
    while head > top + 1 and _belongs_to_body(view, top, head - 1, data_cols):
        head -= 1
    return _without_header(view, top, head, data_cols)


def _without_header(view: View, top: int, head: int, data_cols: set[int]) -> int:
    """Rows over the first figures that hold nothing but numbered labels head no columns.

    １ 営業収益 over (1) 給水収益 in a statement whose columns have no names.
    """
    rows = range(top, head)
    spots = [s for row in rows for s in view.starting(row) if s.content.kind != "empty"]
    labels = [s for s in spots if s.colspan < view.cols]
    numbered = any(s.content.label.numbering for s in labels)
    heads = any(data_cols & set(range(s.col, s.col + s.colspan)) for s in labels)
    first = min((s.row for s in labels), default=head)
    return head if heads or not numbered else first


def _belongs_to_body(view: View, top: int, row: int, data_cols: set[int]) -> bool:
    whole = full_width(view, row)
    over = _named_columns(view, top, row)
    if not data_cols <= over:
        return False
    if whole is not None:
        return whole.row == row
    here = [s for s in view.starting(row) if s.col in data_cols]
    labels = [s for s in view.starting(row) if s.col not in data_cols and s.content.kind != "empty"]
    return bool(here and labels) and all(
        s.content.kind in {"empty", "missing", "prose"} for s in here
    )


def _named_columns(view: View, top: int, row: int) -> set[int]:
    named: set[int] = set()
    for above in range(top, row):
        for spot in view.covering(above):
            if spot.content.kind != "empty" and spot.colspan < view.cols:
                named.update(range(spot.col, spot.col + spot.colspan))
    return named
