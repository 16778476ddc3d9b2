"""Sheets of a workbook: cells typed by what they hold, formats made once, rows in order."""

from __future__ import annotations

import re
import unicodedata
from decimal import Decimal
from typing import TYPE_CHECKING, Any, Literal, Self

from kenzan.export.rows import render_cell, values_of
from kenzan.schemas.columns import columns_of
from kenzan.schemas.records import dataclass

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

    from kenzan.export.rows import Cell
    from kenzan.schemas.tables import Row

Look = Literal["plain", "head", "title", "cell", "inconsistent", "attention", "note"]

FONT = "Yu Gothic"
LAST_ROW = 1_048_575
_LONGEST_TEXT = 32_767
_EXACT_DIGITS = 15
_HEAD_HEIGHT = 30
_A4 = 9
_NARROW, _WIDE = 12, 44
_WRAP_FROM, _LINE_HEIGHT, _MOST_LINES = 44, 15, 20
# Edges of boxes: folded away, as few people want to see them.
_PLACES = {"x0", "top", "x1", "bottom"}
_LONG_TEXTS = {
    "message_ja",
    "message_en",
    "indicator",
    "project_name",
    "group",
    "formula",
    "repair",
}
# Fill and ink of each look: told apart in grey too, and the ink has a contrast of 4.5 or more.
_COLORS: dict[Look, dict[str, Any]] = {
    "plain": {},
    "head": {"bold": True, "bg_color": "#E7ECF2", "border_color": "#8A97A6"},
    "title": {"bold": True, "font_size": 13},
    "cell": {},
    "inconsistent": {"bold": True, "bg_color": "#F9C6C0", "font_color": "#7A0C04"},
    "attention": {"bold": True, "bg_color": "#FCE3A6", "font_color": "#5C3B00"},
    "note": {"bg_color": "#DCE9F7", "font_color": "#14385C"},
}
_BASE = {"font_name": FONT, "font_size": 10, "valign": "vcenter"}
_BORDER = {"border": 1, "border_color": "#C3CBD5"}
_WITHOUT_BORDER = ("plain", "title")


@dataclass(frozen=True, slots=True)
class Note:
    """How a figure's cell looks, and what the note on it says."""

    look: Look
    text: str


class Book:
    """A workbook that is written row by row; closed, it is whole."""

    def __init__(self, path: Path) -> None:
        import xlsxwriter

        self._book = xlsxwriter.Workbook(
            str(path),
            {
                "constant_memory": True,
                "strings_to_formulas": False,
                "strings_to_numbers": False,
                "strings_to_urls": False,
            },
        )
        self._formats: dict[tuple[Look, str, bool], Any] = {}
        self._names: set[str] = set()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._book.close()

    def add_sheet(self, name: str, *, page_wide: bool = False) -> Any:
        """A new sheet; its name is made fit and unique. ``page_wide`` is how it prints."""
        sheet = self._book.add_worksheet(self._fit(name))
        sheet.set_landscape()
        sheet.set_paper(_A4)
        if page_wide:
            sheet.fit_to_pages(1, 0)
        return sheet

    def _fit(self, name: str) -> str:
        """A sheet name as Excel allows it: 31 characters, some barred, no quote at an end."""
        clean = re.sub(r"[\[\]:*?/\\\x00-\x1f]", " ", name).strip(" '")[:31].strip(" '") or "_"
        fit, number = clean, 1
        while fit.casefold() in self._names:
            number += 1
            fit = f"{clean[: 30 - len(str(number))]}~{number}"
        self._names.add(fit.casefold())
        return fit

    def format(self, look: Look = "plain", digits: str = "", *, wrap: bool = False) -> Any:
        """A cell format; ``digits`` is a number format."""
        key = (look, digits, wrap)
        if key not in self._formats:
            border = {} if look in _WITHOUT_BORDER else _BORDER
            made = {**_BASE, **border, **_COLORS[look]}
            if digits:
                made["num_format"] = digits
            if wrap:
                made["text_wrap"] = True
            self._formats[key] = self._book.add_format(made)
        return self._formats[key]

    def write(self, sheet: Any, at: tuple[int, int], value: Cell, look: Look = "plain") -> None:
        """Write a value into a cell as what it is; a text is never read as anything else."""
        if isinstance(value, Decimal):
            self.write_figure(sheet, at, value, look)
        elif isinstance(value, int | float):
            sheet.write_number(*at, value, self.format(look))
        elif value:
            form = self.format(look, wrap=is_wrapped(value))
            sheet.write_string(*at, value[:_LONGEST_TEXT], form)
        elif look != "plain":
            sheet.write_blank(*at, None, self.format(look))

    def write_figure(
        self, sheet: Any, at: tuple[int, int], value: Decimal, look: Look = "plain", tail: str = ""
    ) -> None:
        """Write a figure as a number with its printed decimals.

        ``tail`` is shown behind it (a unit); ``+`` means that rises carry their sign.
        """
        if len(value.as_tuple().digits) > _EXACT_DIGITS:
            sheet.write_string(*at, render_cell(value) + tail.strip("+"), self.format(look))
            return
        plain = _digits_of(value)
        digits = f"+{plain};-{plain};{plain}" if tail == "+" else plain + _quote(tail)
        sheet.write_number(*at, float(value), self.format(look, digits))


def _digits_of(value: Decimal) -> str:
    exponent = value.as_tuple().exponent
    places = -exponent if isinstance(exponent, int) and exponent < 0 else 0
    return "#,##0" + ("." + "0" * places if places else "")


def _quote(text: str) -> str:
    return '"{}"'.format(text.replace('"', "")) if text else ""


class TidySheet:
    """A sheet with one row of headings, frozen and filtered; it goes on in another when full."""

    def __init__(
        self,
        book: Book,
        name: str,
        columns: Sequence[tuple[str, int]],
        *,
        page_wide: bool = False,
    ) -> None:
        self._book = book
        self._page_wide = page_wide
        self._name = name
        self._columns = columns
        self._open()

    @classmethod
    def of_model(cls, book: Book, name: str, model: type[Row]) -> Self:
        """A sheet with the columns of a table."""
        widths = [
            (column.name, _WIDE if column.name in _LONG_TEXTS else _NARROW)
            for column in columns_of(model)
        ]
        return cls(book, name, widths, page_wide=True)

    def _open(self) -> None:
        self._sheet = self._book.add_sheet(self._name, page_wide=self._page_wide)
        self._row = 0
        self._sheet.freeze_panes(1, 0)
        self._sheet.repeat_rows(0)
        self._sheet.set_row(0, _HEAD_HEIGHT)
        head = self._book.format("head", wrap=True)
        for number, (title, width) in enumerate(self._columns):
            aside = {"level": 1, "hidden": True} if title.split("\n")[-1] in _PLACES else {}
            self._sheet.set_column(number, number, width, None, aside)
            self._sheet.write_string(0, number, title, head)

    def write(self, values: Sequence[Cell], notes: Mapping[int, Note] | None = None) -> None:
        """Write one row; ``notes`` tells by column which cells to colour, with what note."""
        if self._row == LAST_ROW:
            self.close()
            self._open()
        self._row += 1
        lines = max(map(self._lines_in, range(len(values)), values), default=1)
        if lines > 1:
            self._sheet.set_row(self._row, _LINE_HEIGHT * min(lines, _MOST_LINES))
        for number, value in enumerate(values):
            note = (notes or {}).get(number)
            look: Look = note.look if note else "plain"
            self._book.write(self._sheet, (self._row, number), value, look)
            if note and note.text:
                add_note(self._sheet, (self._row, number), note.text)

    def _lines_in(self, number: int, value: Cell) -> int:
        """How many lines a text takes in its column; not every program finds that by itself."""
        if not isinstance(value, str) or not is_wrapped(value):
            return 1
        room = self._columns[number][1] - 1
        return sum(max(1, -(-display_width(line) // room)) for line in value.split("\n"))

    def write_row(self, row: Row, notes: Mapping[str, Note]) -> None:
        """Write a row of a table; ``notes`` goes by the names of columns."""
        names = [column.name for column in columns_of(type(row))]
        placed = {names.index(name): note for name, note in notes.items()}
        self.write(values_of(row), placed)

    def close(self) -> None:
        """Put the filter over all rows."""
        self._sheet.autofilter(0, 0, self._row, len(self._columns) - 1)


def is_wrapped(text: str) -> bool:
    """Whether a text goes on in further lines of its cell."""
    long = 2 * len(text) > _WRAP_FROM and display_width(text) > _WRAP_FROM
    return long or "\n" in text


def display_width(text: str) -> int:
    """In characters of half width, as a Japanese font shows it."""
    return sum(2 if unicodedata.east_asian_width(char) in "FWA" else 1 for char in text)


def add_note(sheet: Any, at: tuple[int, int], text: str) -> None:
    """Put a note on a cell, large enough to be read."""
    lines = sum(1 + len(line) // 24 for line in text.split("\n"))
    options = {"author": "kenzan", "x_scale": 2.4, "y_scale": max(1.0, lines / 4), "font_size": 9}
    sheet.write_comment(*at, text[:_LONGEST_TEXT], options)
