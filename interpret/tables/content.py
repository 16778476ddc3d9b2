"""What one cell holds: figures, a mark for no figure, a label, a text, or nothing."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING, Literal

from kenzan.interpret.tables.labelled import read_labelled, read_remarked
from kenzan.interpret.words.label import EMPTY as EMPTY_LABEL
from kenzan.interpret.words.label import Label, read_label
from kenzan.interpret.words.lexicon import class_units
from kenzan.normalize.characters import fold
from kenzan.normalize.numbers import Entry, parse_cell
from kenzan.schemas.records import dataclass

if TYPE_CHECKING:
    from decimal import Decimal

Kind = Literal["empty", "figure", "missing", "words", "prose"]

_PROSE = re.compile(r"[。．]\s*$|。.|、.*、|(?:ます|です|した|する|ない|いる)[。．]?\s*$")
_LONGEST_LABEL = 30
_DIGIT = re.compile(r"\d")
_CODE = re.compile(
    r"\d{1,3}(?:\s*[.．・,，\-‐－−]\s*\d{1,3}){2,}\.?|[A-Za-z]{1,3}[-‐－]?\d{1,4}(?:[-‐－]\d{1,3})*"
)
_BARE_YEAR = re.compile(r"(?:19[5-9]\d|20[0-6]\d)")
_GROUPED = re.compile(r"\d{1,3}(?:,\d{3})+(?:\.\d+)?")

# A text of more characters is nobody's label or figure, and is not searched for any.
_LONGEST_READ = 5000


@dataclass(frozen=True, slots=True)
class Content:
    """The reading of one cell's text, the same for every cell with that text.

    ``classes`` says that its figures look like names of classes (20～39歳, 6級). ``stated`` is
    for a text that only its neighbours explain (29 between H28 and 30).
    """

    raw: str
    kind: Kind
    entries: tuple[Entry, ...] = ()
    classes: bool = False
    code: bool = False
    bare_year: bool = False
    stated: Label | None = None

    @property
    def label(self) -> Label:
        """The text read as a label, or what the labels around it make of it."""
        if self.stated is not None:
            return self.stated
        return read_label(self.raw) if self.kind != "empty" else EMPTY_LABEL

    @property
    def class_name(self) -> bool:
        """Whether the text names a class that rows may count (級, 学年)."""
        return self.kind == "words" and self.label.text in class_units()

    @property
    def unreadable(self) -> bool:
        """Whether it is mostly digits and yet no figure: 911 2/3人."""
        label = self.label
        if self.kind != "words" or self.code or label.period or label.measure:
            return False
        plain = "".join(self.raw.split())
        return sum(c.isdecimal() for c in plain) * 2 >= len(plain)

    @property
    def figures(self) -> bool:
        """Whether the cell holds at least one printed figure."""
        return self.kind == "figure"

    @property
    def whole_number(self) -> Decimal | None:
        """Its only figure if that is a plain whole number without unit (a row number)."""
        if len(self.entries) != 1 or self.entries[0].bracketed or self.entries[0].label:
            return None
        number = self.entries[0].number
        plain = number.decimals == 0 and not number.unit and number.grouping == "none"
        return number.value if plain and not number.sign else None


EMPTY = Content("", "empty")


def _is_prose(text: str) -> bool:
    folded = fold(text)
    return len(folded) > _LONGEST_LABEL or bool(_PROSE.search(folded))


def _names_a_class(entry: Entry) -> bool:
    unit = entry.number.unit
    if entry.number.decimals or entry.number.sign or entry.number.grouping != "none":
        return False
    return not entry.bracketed and (unit in class_units() or unit.startswith(("歳", "才")))


@lru_cache(maxsize=16384)
def read_content(raw: str) -> Content:
    """What a cell of this text holds."""
    if not raw.strip(" \t\r\n\u3000\xa0"):
        return EMPTY if not raw else Content(raw, "empty")
    if len(raw) > _LONGEST_READ:
        return Content(raw, "prose", stated=EMPTY_LABEL)
    label = read_label(raw) if len(raw) <= _LONGEST_LABEL * 2 else EMPTY_LABEL
    text = label.text or fold(raw)
    if label.only_period and not _BARE_YEAR.fullmatch(text):
        return Content(raw, "words")
    if label.period is not None and label.measure is not None and label.measure.whole:
        return Content(raw, "words")
    if _CODE.fullmatch(text) and not _GROUPED.fullmatch(fold(text)):
        return Content(raw, "words", parse_cell(raw), code=True)
    return _read_figures(raw, text)


def _read_figures(raw: str, text: str) -> Content:
    entries = parse_cell(raw)
    if not entries and _DIGIT.search(text):
        entries = read_labelled(raw) or read_remarked(raw)
    if not entries:
        return Content(raw, "prose" if _is_prose(raw) else "words")
    if all(e.number.missing and not e.bracketed for e in entries):
        return Content(raw, "missing", entries)
    if _DIGIT.search(text) is None and not any(e.number.value is not None for e in entries):
        return Content(raw, "words", entries)
    classes = all(_names_a_class(e) for e in entries)
    bare_year = bool(_BARE_YEAR.fullmatch(text))
    return Content(raw, "figure", entries, classes=classes, bare_year=bare_year)
