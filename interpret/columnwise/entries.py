"""Lines as the cells that they were: what kind of thing each holds."""

from __future__ import annotations

import re
from dataclasses import replace
from functools import cached_property
from itertools import pairwise
from typing import TYPE_CHECKING, Literal

from kenzan.interpret.linear.vocabulary import is_page_number
from kenzan.interpret.tables.captions import is_note
from kenzan.interpret.tables.content import read_content
from kenzan.interpret.words.lexicon import department_ends, funding_words, grade_marks, label_key
from kenzan.normalize.characters import fold
from kenzan.normalize.units import find_known_unit
from kenzan.schemas.records import dataclass

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from kenzan.interpret.tables.content import Content
    from kenzan.interpret.words.label import Label
    from kenzan.schemas.document import Line

Kind = Literal[
    "figure", "missing", "serial", "period", "measure", "unit", "grade", "department",
    "words", "prose", "note",
]  # fmt: skip
_LONGEST_DEPARTMENT = 14
_LABELLED = re.compile(r"[^\W\d]{1,4}\)\s?[\d△▲-]")
"""A figure named in its cell, as others below it: 国) 1,200."""
_NAMING = frozenset({"indicator", "project", "text"})
_DATA_MEASURES_ALONE = frozenset({"period", "measure"})


@dataclass(frozen=True)
class Entry:
    """The text of one cell. ``first`` and ``last`` are the indexes of its lines in the text."""

    lines: tuple[Line, ...]
    first: int
    last: int
    kind: Kind
    content: Content
    after_blank: bool = False

    @cached_property
    def text(self) -> str:
        """Its raw text, lines joined."""
        return "\n".join(line.text.strip() for line in self.lines)

    @cached_property
    def label(self) -> Label:
        """The text read as a label."""
        return self.content.label

    @property
    def is_figure(self) -> bool:
        """Whether it holds a figure or a mark for a missing one."""
        return self.kind in {"figure", "missing"}

    @property
    def names_column(self) -> bool:
        """Whether it is a year or a measure and nothing else."""
        return self.kind in _DATA_MEASURES_ALONE


def read_entries(lines: Sequence[Line]) -> list[Entry]:
    """The lines that are not blank, as cells; what follows a figure in brackets belongs to it."""
    return to_entries(enumerate(lines))


def to_entries(pieces: Iterable[tuple[int, Line]]) -> list[Entry]:
    """Pieces of lines as cells, each with the index of its line."""
    entries: list[Entry] = []
    blank = True
    for index, line in pieces:
        text = line.text.strip()
        if not text:
            blank = True
            continue
        if is_page_number(fold(text)):
            continue
        content = read_content(text)
        entry = Entry((line,), index, index, _kind(content), content, blank)
        blank = False
        if entries and not entry.after_blank and _goes_on(entries[-1], entry):
            entries[-1] = join(entries[-1], entry)
        else:
            entries.append(entry)
    return _settle_years(entries)


def join(first: Entry, second: Entry, *, kind: Kind | None = None) -> Entry:
    """Two entries as the lines of one cell."""
    lines = (*first.lines, *second.lines)
    content = read_content("\n".join(line.text.strip() for line in lines))
    return replace(
        first,
        lines=lines,
        last=second.last,
        content=content,
        kind=kind or (first.kind if first.is_figure else _kind(content)),
    )


def _kind(content: Content) -> Kind:
    if is_note(content.raw) and not content.label.role:
        return "note"
    if content.kind == "missing":
        return "missing"
    if content.kind == "figure":
        return "words" if content.classes else "figure"
    return _kind_of_label(content, fold(content.raw.strip()))


def _kind_of_label(content: Content, text: str) -> Kind:
    label = content.label
    measure = label.measure is not None and label.measure.whole and label.role not in _NAMING
    baseline = label.period is not None and label.period.kind == "baseline"
    department = len(text) <= _LONGEST_DEPARTMENT and text.endswith(department_ends())
    kinds: tuple[tuple[bool, Kind], ...] = (
        (text in grade_marks(), "grade"),
        (find_known_unit(text.strip("()")) is not None and not _names_something(label), "unit"),
        (label.only_period, "measure" if baseline else "period"),
        (content.kind == "prose", "prose"),
        (measure, "measure"),
        (department and not label.role, "department"),
    )
    return next((kind for holds, kind in kinds if holds), "words")


def _names_something(label: Label) -> bool:
    """Whether a unit is the name of a column as well: 国, 科目, 年, 計画."""
    key = label_key(label.text)
    measure = label.measure is not None and label.measure.whole
    return measure or bool(label.role) or key in funding_words()


def _goes_on(above: Entry, entry: Entry) -> bool:
    """Whether a line can only be the second line of the cell above: (+1,309), (令和３年度)."""
    text = fold(entry.content.raw.strip())
    if _LABELLED.match(text) and _LABELLED.match(fold(above.content.raw.strip())):
        return entry.kind == above.kind == "figure"
    if not (text.startswith("(") and text.endswith(")")) or len(above.lines) > 1:
        return False
    if above.kind == "words" and entry.kind == "unit":
        return True
    if above.kind not in {"figure", "missing"}:
        return False
    return entry.kind in {"figure", "period", "missing"} or "年度" in text


def _settle_years(entries: list[Entry]) -> list[Entry]:
    """2019, 2020 … one after the other (or one a row) are years, a single 2019 is a figure."""
    years = [e.content.entries[0].number.value for e in entries if _is_bare_year(e)]
    if not any(a is not None and b is not None and b - a == 1 for a, b in pairwise(years)):
        return entries
    return [replace(e, kind="period") if _is_bare_year(e) else e for e in entries]


def _is_bare_year(entry: Entry) -> bool:
    return entry.kind == "figure" and entry.content.bare_year
