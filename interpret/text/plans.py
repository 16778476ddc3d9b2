"""Yearly plans and activities: tables of years and texts, and lines that start with a year."""

from __future__ import annotations

import re
from dataclasses import field, replace
from functools import cache
from typing import TYPE_CHECKING

from kenzan.interpret.tables.narrative import Text, join_lines, kind_of, text_of
from kenzan.interpret.words.lexicon import kinds, label_key
from kenzan.normalize.periods import Period, find_periods
from kenzan.schemas.geometry import Box, Place
from kenzan.schemas.records import dataclass

if TYPE_CHECKING:
    from collections.abc import Sequence

    from kenzan.interpret.tables.view import View
    from kenzan.interpret.text.stream import Item
    from kenzan.schemas.document import Line

_MAYBE_YEAR = re.compile(
    r"[\s　(（]*(?:[RHSＲＨＳ平令昭元]|[12１２][0-9０-９]{3}|[0-9０-９]{1,2}年度)"
)
_BULLET = re.compile(r"^[\s　]*[・･○●◎◇◆□■]")


def read_plan(view: View) -> list[Text]:
    """The texts of a table of years and texts; empty if it is none."""
    col = _year_column(view)
    if col is None:
        return []
    kinds_of = _column_kinds(view, col)
    texts: list[Text] = []
    for row in range(view.rows):
        year = view.at[row][col]
        if year is None or year.content.label.period is None:
            continue
        spots = [s for s in view.starting(row) if s.col > col and s.content.kind != "empty"]
        for place, spot in enumerate(spots):
            kind = kinds_of.get(spot.col) or ("plan" if place == 0 else "activity")
            texts.append(text_of(spot, kind, (), year.content.label.period.label))
    return texts


def _year_column(view: View) -> int | None:
    for col in range(min(view.cols - 1, 2)):
        spots = [s for s in view.spots if s.col == col and s.content.kind != "empty"]
        if spots and spots[0].content.label.role == "period":
            spots = spots[1:]
        years = [s for s in spots if s.content.label.only_period and s.content.label.period]
        if years and len(years) * 3 >= len(spots) * 2:
            return col
    return None


def _column_kinds(view: View, col: int) -> dict[int, str]:
    """What the columns tell, by a header row without a year."""
    first = view.at[0][col]
    if first is not None and first.content.label.only_period and first.content.label.period:
        return {}
    found: dict[int, str] = {}
    for spot in view.starting(0):
        kind = kind_of(spot.content.label.text)
        if kind is not None:
            found.update(dict.fromkeys(range(spot.col, spot.col + spot.colspan), kind))
    return found


@cache
def _words_of_no_interest() -> dict[str, frozenset[str]]:
    return {name: frozenset(map(label_key, words)) for name, words in kinds()["none"].items()}


def name_of_no_interest(view: View) -> str:
    """What a table without figures was taken for: schedule, addresses, members, contents, text."""
    head = {label_key(s.text) for s in view.spots if s.row < 2 or s.col == 0}
    best, hits = "text", 0
    for name, words in _words_of_no_interest().items():
        count = len(head & words)
        if count > hits:
            best, hits = name, count
    return best


@dataclass(slots=True)
class _Plans:
    """Lines taken one by one: the year they belong to, and whether they plan or report."""

    texts: list[Text] = field(default_factory=list)
    year: Period | None = None
    kind: str = "plan"
    run: list[Line] = field(default_factory=list)

    def close(self) -> None:
        """The lines so far are one text."""
        if self.run and self.year is not None:
            first = self.run[0]
            box = Box.around(line.box for line in self.run)
            text = join_lines(line.text for line in self.run)
            place = Place(first.page, box, first.number)
            self.texts.append(Text(self.kind, text, (), self.year.label, place))
        self.run.clear()

    def take(self, line: Line) -> None:
        """A line opens a year, goes on planning, or tells what was done."""
        opened = year_at_start(line.text)
        if opened is not None:
            self.close()
            self.year, self.kind, line = opened, "plan", _without(line, opened.end)
        elif self.year is None:
            return
        elif _BULLET.match(line.text):
            if self.kind == "activity":
                self.close()
                self.kind = "plan"
        elif self.kind == "plan" and self.run and _ends_paragraph(self.run[-1]):
            self.close()
            self.kind = "activity"
        self.run.append(line)


def read_plan_lines(items: Sequence[Item]) -> list[Text]:
    """Lines that start with a year and the lines under them, as plans and activities.

    Items are those of one project outside its headings; bullets are planned, what follows them
    without a bullet tells what was done. A table ends the year before it.
    """
    plans = _Plans()
    for item in items:
        if item.grid is not None:
            plans.close()
            plans.year = None
        elif item.line is not None and item.text and not item.running:
            plans.take(item.line)
    plans.close()
    return plans.texts


def _without(line: Line, start: int) -> Line:
    """The line from ``start`` on, its characters' edges cut alike."""
    while line.text[start : start + 1].isspace():
        start += 1
    place = line.place_of(start) if start < len(line.text) else line.place_of()
    return replace(
        line, text=line.text[start:], box=place.box, x0s=line.x0s[start:], x1s=line.x1s[start:]
    )


def year_at_start(text: str) -> Period | None:
    """The fiscal year that a line starts with (Ｒ２ ・…); a month such as R3.3 is none."""
    found = find_periods(text[:16]) if _MAYBE_YEAR.match(text) else ()
    if not found or found[0].kind != "fiscal_year" or text[: found[0].start].strip(" 　"):
        return None
    return found[0]


def _ends_paragraph(line: Line) -> bool:
    return line.text[-1:].isspace() or line.text.rstrip().endswith("。")
