"""Years as they are written: R3, 令和元, 平成31, Ｈ.28, 2021; and the words beside them.

Source: 元号法 and the era ordinances, see eras.toml; 地方自治法 第208条 for the fiscal year.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from kenzan.normalize.lexicon import read_words

if TYPE_CHECKING:
    from collections.abc import Iterable

FIRST_YEAR, LAST_YEAR = 1868, 2100
# Of years in two digits ('89, FY23) those from here on belong to the 1900s.
_CENTURY_TURNS = 70


def any_of(words: Iterable[str]) -> str:
    """A group that takes the longest of these words."""
    return f"(?:{'|'.join(map(re.escape, sorted(words, key=len, reverse=True)))})"


_DATA: dict[str, Any] = read_words("eras.toml")
WORDS: dict[str, Any] = _DATA["words"]
# Every way to write an era, to its first year and the last of its years that is ever written.
ERAS: dict[str, tuple[int, int]] = {
    form: (era["first"], era["last"])
    for era in _DATA["era"]
    for form in (era["name"], era["letter"], *era["forms"])
}

_COUNT = r"(?:[0-9]{1,2}(?![0-9])|元)"
_NAME = any_of(era["name"] for era in _DATA["era"])
# M and T begin too many other codes to be eras without 年; so do letters inside a word (H2O, RC3).
_LETTER = rf"(?<![A-Za-z0-9])(?:[RHS]\.?{_COUNT}(?![A-Za-z])|[MT]{_COUNT}(?=年))"
# The text is folded: other forms of kanji are gone.
# Not within a word of kanji (命令); said without all kanji, which take long to compile.
_SHORT = rf"(?:(?<!\w)|(?<=[0-9A-Za-z_\u00c0-\u052fぁ-ヿ①-⓿㈠-㏿]))[令平昭]{_COUNT}(?=年)"
ERA_YEAR = rf"(?:{_NAME}{_COUNT}|{_LETTER}|{_SHORT})"
WESTERN = r"(?<![0-9.,])(?:18|19|20)[0-9]{2}(?![0-9.,])"
# FY2019, FY19, '19
_MARKED = r"(?<![A-Za-z0-9'’])(?:FY ?(?:20)?|['’‘′])[0-9]{2}(?![0-9'’])"
YEAR = rf"(?:{ERA_YEAR}|{WESTERN}|{_MARKED})"
_FORM = re.compile(rf"(?P<form>{any_of(ERAS)})\.?(?P<count>[0-9]{{1,2}}|元)")


def era_year(text: str) -> int | None:
    """The western year of a folded R3, 令和元 or 2021; ``None`` beyond what its era can mean.

    >>> era_year("R3"), era_year("平成31"), era_year("R99"), era_year("FY23")
    (2021, 2019, None, 2023)
    """
    if len(text) == 4 and text.isascii() and text.isdigit():
        return int(text) if FIRST_YEAR <= int(text) <= LAST_YEAR else None
    if text[:1] in {"F", "'", "’", "‘", "′"}:
        short = int(text[-2:])
        return short + (1900 if short >= _CENTURY_TURNS else 2000)
    match = _FORM.fullmatch(text)
    if match is None:
        return None
    first, last = ERAS[match["form"]]
    number = 1 if match["count"] == "元" else int(match["count"])
    return first + number - 1 if 1 <= number <= last else None


def count_on(low: str, number: int) -> int | None:
    """The year ``number`` in the era (or century) of ``low``: 令和2～4 ends in 令和4."""
    year = era_year(low)
    if year is None or low[0].isdigit():
        return None if year is None else year - year % 100 + number
    match = _FORM.fullmatch(low)
    return era_year(f"{match['form']}{number}") if match else None


def nearest_year(number: int, known: int) -> int | None:
    """The year of this number in the era that brings it nearest to a known year."""
    years = {first + number - 1 for first, last in ERAS.values() if 1 <= number <= last}
    return min(years, key=lambda year: (abs(year - known), -year), default=None)


def fiscal_year_of(year: int | None, month: int) -> int | None:
    """The fiscal year (from April) that a month of a calendar year belongs to."""
    return None if year is None else year - (month < 4)
