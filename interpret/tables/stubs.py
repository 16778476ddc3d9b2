"""Which columns of a band hold labels, which hold figures, which hold texts."""

from __future__ import annotations

from dataclasses import field
from itertools import pairwise
from typing import TYPE_CHECKING, Literal

from kenzan.interpret.tables.regions import find_counting_columns
from kenzan.interpret.words.lexicon import (
    arrow_marks,
    corner_words,
    department_ends,
    funding_words,
    grade_marks,
    label_key,
    thing_words,
)
from kenzan.normalize.characters import fold
from kenzan.normalize.units import find_known_unit
from kenzan.schemas.records import dataclass

if TYPE_CHECKING:
    from kenzan.interpret.tables.regions import Band
    from kenzan.interpret.tables.view import Spot, View
    from kenzan.interpret.words.label import Label

ColumnType = Literal[
    "data", "name", "indicator", "group", "period", "measure", "number", "unit", "project",
    "department", "grade", "direction", "text", "dated", "blank",
]  # fmt: skip
LABELS = frozenset({"name", "indicator", "group", "period", "measure", "project"})
_LONGEST_CYCLE = 4
_STUB_ROLES = frozenset({"indicator", "group", "project", "period"})


@dataclass(slots=True)
class Column:
    """One column of a band: its header spots from the outside in, and what it holds.

    ``dates`` are the columns of figures whose years a ``dated`` column gives.
    """

    index: int
    headers: list[Spot]
    type: ColumnType = "blank"
    figures: int = 0
    classes: int = 0
    missing: int = 0
    words: int = 0
    prose: int = 0
    periods: int = 0
    measures: int = 0
    units: int = 0
    departments: int = 0
    grades: int = 0
    arrows: int = 0
    texts: list[str] = field(default_factory=list)
    dates: tuple[int, ...] = ()

    @property
    def role(self) -> str | None:
        """The role its header names, innermost first."""
        for spot in reversed(self.headers):
            if spot.content.label.role:
                return spot.content.label.role
        return None

    @property
    def named_for_figures(self) -> bool:
        """Whether its header speaks of a year or a measure."""
        return any(
            s.content.label.measure
            or s.content.label.period
            or s.content.label.relative is not None
            for s in self.headers
        )


def header_path(
    view: View, band: Band, col: int, skipped: frozenset[int] = frozenset()
) -> list[Spot]:
    """The header spots over a column, outermost first.

    Labels over the whole width are left out, and ``skipped`` rows, which are no headers.
    """
    path: list[Spot] = []
    for row in range(band.top, band.head):
        if row in skipped:
            continue
        spot = view.at[row][col]
        if spot is not None and runs_into_body(spot, band):
            continue
        if spot is None or spot.content.kind == "empty" or spot.colspan >= view.cols > 1:
            spot = _spilled(view, band, row, col)
        if spot is not None and (not path or path[-1] is not spot):
            path.append(spot)
    return path


def runs_into_body(spot: Spot, band: Band) -> bool:
    """Whether a cell that starts in the header names rows of the body rather than a column."""
    return spot.row < band.head < spot.row + spot.rowspan


def body_spots(view: View, band: Band, row: int) -> list[Spot]:
    """The spots of a body row: those that start there, and in its first those from above."""
    if row != band.head:
        return view.starting(row)
    return [s for s in view.covering(row) if s.row <= row]


def _spilled(view: View, band: Band, row: int, col: int) -> Spot | None:
    """The label at the left that a blank header position belongs to, where nothing is merged."""
    if view.origin == "ruled" or row + 1 >= band.head:
        return None
    below = view.at[row + 1][col]
    if below is None or below.content.kind == "empty" or below.row <= row:
        return None
    for left in range(col - 1, -1, -1):
        spot = view.at[row][left]
        if spot is not None and spot.content.kind != "empty":
            under = view.at[row + 1][left]
            taken = under is not None and under.content.kind != "empty" and under.row > row
            return spot if taken and spot.colspan < view.cols else None
    return None


def _count(view: View, band: Band, columns: list[Column]) -> None:
    for row in range(band.head, band.end):
        for spot in body_spots(view, band, row):
            content = spot.content
            if content.kind == "empty" or spot.colspan >= view.cols > 1:
                continue
            column = columns[spot.col]
            if content.kind == "figure":
                for col in range(spot.col, spot.col + spot.colspan):
                    columns[col].figures += 1
                column.classes += content.classes
            elif content.kind == "missing":
                column.missing += 1
            elif content.kind == "prose":
                column.prose += 1
            else:
                column.words += 1
                label = content.label
                column.periods += label.only_period
                column.measures += _is_measure(label)
                column.units += find_known_unit(fold(label.text).strip("()[]")) is not None
                column.departments += label.text.endswith(department_ends())
                column.grades += label.text in grade_marks()
                column.arrows += fold(spot.text.strip()) in arrow_marks()
                column.texts.append(label.text)


def _is_measure(label: Label) -> bool:
    word = label.measure
    if word is None or word.measure == "amount":
        return False
    return word.whole and word.strong and label.kind in {"part", "difference"}


def read_columns(view: View, band: Band, skipped: frozenset[int] = frozenset()) -> list[Column]:
    """What each column of the band holds, by its header and by its cells."""
    columns = [Column(col, header_path(view, band, col, skipped)) for col in range(view.cols)]
    _count(view, band, columns)
    counting = find_counting_columns(view)
    for column in columns:
        column.type = _type_of(column, counting, columns)
    _settle_blank(columns)
    _settle_first(columns)
    _settle_groups(columns)
    _settle_attributes(columns)
    _settle_contents(columns)
    _settle_dates(columns)
    return columns


def _type_of(column: Column, counting: dict[int, str], columns: list[Column]) -> ColumnType:
    if column.index in counting:
        if counting[column.index] == "number":
            return "number"
        return "group" if column.role == "group" else "name"
    if column.figures:
        first = not any(c.type == "data" for c in columns[: column.index])
        return _figure_type(column, first=first)
    if column.words or column.prose:
        return _label_type(column, column.role)
    if column.missing:
        return "text" if column.role in {"text", "grade"} else "data"
    return "blank"


def _figure_type(column: Column, *, first: bool) -> ColumnType:
    """A column with figures in it: data, unless its words outweigh them."""
    role = column.role
    if role in _STUB_ROLES and first and column.words + column.classes >= column.figures:
        return _label_type(column, role)
    if role in {"number", "unit"}:
        return role  # type: ignore[return-value]
    if first and column.words > 3 * column.figures:
        return _label_type(column, role)
    texts = column.prose + column.words
    return "text" if texts > 4 * column.figures and not column.named_for_figures else "data"


def _label_type(column: Column, role: str | None) -> ColumnType:
    shared = role == "group" and column.headers[-1].colspan > 1
    told = _told_by_content(column) if role is None or shared else None
    if told is not None or role in {"unit", "number", "department", "direction", "project"}:
        return told or role  # type: ignore[return-value]
    filled = column.words + column.prose
    if role == "period" and not column.periods and column.words > column.prose:
        role = None  # 年度 in the corner names the years beside it, not the labels under it
    if role == "period" or (column.periods * 2 > filled and role != "text"):
        return "period"
    if role not in {"text", "grade"} and (column.measures * 5 > filled * 3 or _cycles(column)):
        return "measure"
    if role in {"indicator", "group", "text", "grade"}:
        return role  # type: ignore[return-value]
    return "text" if column.named_for_figures or column.prose > column.words else "name"


def _told_by_content(column: Column) -> ColumnType | None:
    """A column under an unknown header that holds units, sections of an office or grades."""
    if column.prose or column.words < 2:
        return None
    if column.units * 5 >= column.words * 4:
        return "unit"
    if column.departments * 5 >= column.words * 4:
        return "department"
    if column.arrows == column.words:
        return "direction"
    return "grade" if column.grades == column.words else None


def _cycles(column: Column) -> bool:
    """Whether a few labels come again and again, measures among them (目標, 実績, 目標, 実績)."""
    labels = set(column.texts)
    if not column.measures or not 1 < len(labels) <= _LONGEST_CYCLE:
        return False
    size = len(labels)
    cut = [column.texts[k : k + size] for k in range(0, len(column.texts), size)]
    alone = column.index == 0 and column.measures >= size - 1
    return all(part == cut[0] for part in cut) and (len(cut) > 1 or alone)


def _settle_blank(columns: list[Column]) -> None:
    """Columns still without figures: data if their header or their neighbours say so."""
    parents = {id(c.headers[0]) for c in columns if c.type == "data" and len(c.headers) > 1}
    for column in columns:
        if column.type != "blank" or not column.headers:
            continue
        label = column.headers[-1].content.label
        funding = label_key(label.text) in funding_words()
        grouped = len(column.headers) > 1 and id(column.headers[0]) in parents
        if column.role in {"text", "grade", "department", "direction"} and not grouped:
            column.type = "grade" if column.role == "grade" else "text"
        elif column.named_for_figures or funding or grouped:
            column.type = "data"


def _settle_groups(columns: list[Column]) -> None:
    """区分 with 量の見込み, 確保方策, 実績 and kinds of 確保方策 beside it: not only measures."""
    for column, following in pairwise(columns):
        mixed = column.type == "measure" and column.measures * 5 <= column.words * 3
        if mixed and following.type in LABELS and following.words:
            column.type = column.role if column.role in {"indicator", "group"} else "name"  # type: ignore[assignment]


def _settle_attributes(columns: list[Column]) -> None:
    """団地名 | 構造: where every row is a thing of its own name, what follows describes it.

    So does 対象 or 区分 behind names of indicators that are all different. What stands more than
    once beside one name tells its rows apart (朝食を欠食する人の割合 | 20歳代, 30歳代).
    """
    labels = [c for c in columns if c.type in LABELS and c.headers]
    things = [c for c in labels if _names_things(c)]
    if not things or len(set(things[0].texts)) < max(len(things[0].texts), 2):
        return
    for column in labels:
        plain = column.type in {"name", "group"} and _says_little(column)
        apart = column.words + column.figures > things[0].words
        if column.index > things[0].index and plain and not apart:
            column.type = "text"


def _settle_contents(columns: list[Column]) -> None:
    """防災訓練 | 実施回数, 参加者数: short texts before the figures that tell rows apart are names.

    The labels before them stand over several rows each.
    """
    for label, text, data in zip(columns, columns[1:], columns[2:], strict=False):
        apart = text.type == "text" and data.type in {"data", "unit"} and not text.prose
        named = label.type in LABELS and label.words < text.words == len(text.texts)
        if apart and named and len(set(text.texts)) * 5 >= text.words * 4:
            text.type = "name"


def _says_little(column: Column) -> bool:
    """Whether a header is unknown, or names no level of a hierarchy."""
    return column.role is None or column.headers[-1].content.label.text in corner_words()


def _names_things(column: Column) -> bool:
    text = column.headers[-1].content.label.text
    if column.type == "indicator":
        return True
    return text in thing_words() or (column.role is None and text.endswith(("名", "名称")))


def _settle_dates(columns: list[Column]) -> None:
    """Years beside figures under one header (基準値: 年度 | 値) date these figures alone."""
    for column in columns:
        shared = bool(column.headers) and column.headers[0].colspan > 1
        if column.type == "period" and (len(column.headers) > 1 or shared):
            parent = column.headers[0]
            beside = range(parent.col, parent.col + parent.colspan)
            column.dates = tuple(c for c in beside if columns[c].type == "data")
            if column.dates:
                column.type = "dated"


def _settle_first(columns: list[Column]) -> None:
    """A table of figures needs a label: the first words column is one, whatever its header.

    Words behind the last figures name nothing if words or projects stand before the first.
    """
    data = [c.index for c in columns if c.type == "data"]
    if not data:
        return
    before = any(c.type in LABELS for c in columns[: data[0]])
    for column in columns[data[-1] + 1 :]:
        if before and column.type == "name":
            column.type = "text"
    projects = [c for c in columns if c.type == "project"]
    if projects and not any(c.type in {"indicator", "name"} for c in columns):
        projects[-1].type = "name"
    if any(c.type in LABELS - {"measure"} for c in columns):
        return
    measures = any(c.type == "measure" for c in columns)
    for column in columns[: data[0]]:
        # Before measures a long text is the long name of an indicator.
        told = (column.prose and column.role is None) if measures else column.words
        if column.type in {"text", "department"} and told:
            column.type = "name"
            return
