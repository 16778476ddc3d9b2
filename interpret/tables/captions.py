"""What stands around a table: its title and unit above it, notes below it."""

from __future__ import annotations

import re
from dataclasses import field
from typing import TYPE_CHECKING

from kenzan.interpret.words.lexicon import kinds
from kenzan.normalize.characters import fold
from kenzan.normalize.labels import fold_label
from kenzan.normalize.periods import Period, find_periods
from kenzan.normalize.units import find_stated_unit
from kenzan.schemas.records import dataclass

if TYPE_CHECKING:
    from collections.abc import Sequence

    from kenzan.schemas.document import Line

_UNIT = re.compile(
    r"[(（〔\[【]?\s*単\s*位\s*[:：]?\s*[^()（）〔〕\[\]【】]*[)）〕\]】]?|^[(（〔\[]\s*(?:千円|百万円|億円|円|人|件|％|%)(?:\s*[、,・]\s*(?:千円|％|%))*\s*[)）〕\]]$"
)
_AT_END = re.compile(r"(?<=\S)[(（〔\[][^()（）〔〕\[\]]{1,12}[)）〕\]]$")
_NOTE = re.compile(r"^\s*(?:[※＊*]|\(?注|（注|注[)）:：]|備考|\(備考|（備考)")
# A sentence, or a line of figures: no title.
_TALKS = re.compile(r"。$|\d[,，]\d{3}|\d(?:円|千円|百万円|億円|％|%)")
_LONGEST_TITLE = 80
_MOST_LINES = 6


@dataclass(slots=True)
class Caption:
    """Title, stated units, levels (款 1.市税) and notes of one table."""

    title: str = ""
    units: tuple[str, ...] = ()
    levels: tuple[str, ...] = ()
    period: Period | None = None
    notes: list[str] = field(default_factory=list)
    lines: list[Line] = field(default_factory=list)


def is_note(text: str) -> bool:
    """Whether the line is a note (※, 注, 備考)."""
    return bool(_NOTE.match(text))


def states_unit(text: str) -> bool:
    """Whether the line is nothing but the unit of the table below it: （単位：千円）."""
    return _UNIT.fullmatch(text.strip()) is not None and bool(find_stated_unit(text))


def _levels() -> re.Pattern[str]:
    words = "|".join(map(re.escape, kinds()["levels"]["words"]))
    return re.compile(rf"(?:^|\s)({words})\s+(\S.*?)(?=\s+(?:{words})\s|\s*$)")


_LEVELS: list[re.Pattern[str]] = []


def find_levels(text: str) -> tuple[str, ...]:
    """The labels of a caption such as 款 1.市税 項 1.市民税; empty if it is no such caption."""
    if not _LEVELS:
        _LEVELS.append(_levels())
    plain = _UNIT.sub("", fold(text)).strip()
    if not plain or plain.split()[0] not in kinds()["levels"]["words"]:
        return ()
    return tuple(fold_label(match.group(2)) for match in _LEVELS[0].finditer(plain))


def _stated_units(text: str) -> tuple[str, ...]:
    """The units of （単位：千円）, or of brackets that end a title: 平均正答率（％）."""
    if _UNIT.search(text.strip()):
        return find_stated_unit(text)
    ending = _AT_END.search(text.strip())
    return find_stated_unit(ending.group()) if ending else ()


def read_caption(lines: Sequence[Line]) -> Caption:
    """Read the lines just above a table, the nearest last."""
    caption = Caption(lines=list(lines))
    titles: list[str] = []
    for line in reversed(lines[-_MOST_LINES:]):
        units = _stated_units(line.text)
        caption.units = caption.units or units
        caption.levels = caption.levels or find_levels(line.text)
        plain = _AT_END.sub("", _UNIT.sub("", line.text).strip()) if units else line.text
        text = fold_label(plain)
        if is_note(line.text):
            caption.notes.append(fold_label(line.text))
        elif text and len(text) <= _LONGEST_TITLE and len(titles) < 3 and not _TALKS.search(text):
            titles.append(text)
        elif text:
            break
    caption.title = " ".join(reversed(titles))
    years = [
        p for t in titles for p in find_periods(t) if p.kind == "fiscal_year" and p.fiscal_year
    ]
    if len({p.fiscal_year for p in years}) == 1:
        caption.period = years[0]
    return caption
