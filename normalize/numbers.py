"""Figures as reports print them: signs, widths, units, bounds, and marks for no figure.

``parse_number`` takes a text that is one figure, ``parse_cell`` a table cell, ``find_numbers``
prose. None of them guesses: what is not a figure is refused, what is stays as printed.
"""

from __future__ import annotations

import re
from decimal import Decimal
from functools import lru_cache

from kenzan.errors import NumberSyntaxError
from kenzan.normalize.cells import BRACKETS, Entry, parse_cell
from kenzan.normalize.characters import fold_with_map
from kenzan.normalize.figure import Number
from kenzan.normalize.notation import PREFIXES, SIGN_BEFORE
from kenzan.normalize.numerals import DIGITS_LIMIT, KANJI_NUMERALS, NUMERAL, parse_kanji_numeral
from kenzan.normalize.plain import PLAIN_NUMBER, plain_number
from kenzan.normalize.reading import Reading, read_quantity
from kenzan.normalize.rendering import render_decimal, render_number
from kenzan.normalize.units import find_known_unit

__all__ = [
    "Entry",
    "Number",
    "find_numbers",
    "parse_cell",
    "parse_number",
    "render_decimal",
    "render_number",
]

_CACHED_LENGTH = 24
_KEYS = ("sign", "whole", "fraction", "unit")
_KANJI = re.compile(rf"(?P<digits>[{KANJI_NUMERALS}]{{1,20}}+)(?P<unit>\D{{1,6}})")
_ONE_OF_A_LIST = re.compile(r"[0-9]++")
# Where 約 ends another word (契約5件), it bounds nothing.
_WORDS_WITH_ABOUT = frozenset("契予公規解条倹集節制誓盟密婚成特旧要")


def parse_number(text: str) -> Number:
    """The one figure, or the one missing mark, that fills the text.

    Raises:
        NumberSyntaxError: the text is blank, is not a figure, or holds more than one.

    >>> number = parse_number("（▲１，２３４人）")
    >>> number.value, number.sign, number.unit, number.bracketed
    (Decimal('-1234'), '-', '人', True)
    """
    return _parse_cached(text) if len(text) <= _CACHED_LENGTH else _parse(text)


def _parse(text: str) -> Number:
    match = PLAIN_NUMBER.fullmatch(text)
    number = plain_number(match, text, _KEYS, "figure") if match else None
    if number is not None:
        return number
    entries = parse_cell(text) if text.strip() else ()
    if len(entries) == 1 and entries[0].raw and not entries[0].bracketed:
        return entries[0].number
    number = _parse_kanji(text)
    if number is None:
        raise NumberSyntaxError(text[:40])
    return number


# Reports repeat their figures: 0, 1, 100.0%, the totals.
_parse_cached = lru_cache(maxsize=8192)(_parse)


def _parse_kanji(text: str) -> Number | None:
    """三十二件: a numeral in kanji, taken for a figure only with a unit we know."""
    folded = fold_with_map(text[:40])
    start, end = len(folded.text) - len(folded.text.lstrip()), len(folded.text.rstrip())
    match = _KANJI.fullmatch(folded.text, start, end) if len(text) <= 40 else None
    value = parse_kanji_numeral(match["digits"]) if match else None
    unit = find_known_unit(match["unit"]) if match else None
    if value is None or unit is None:
        return None
    return Reading(start, end, Decimal(value), unit=unit.text).to_number(folded)


def find_numbers(text: str) -> tuple[Number, ...]:
    """Every figure of a text in reading order, with its place in the raw text.

    Digits that belong to a Latin word (CO2, R3, A1) or to a date with dots are passed over;
    dates, ages and numbering in words are figures here. Marks for "no figure" are not sought.

    >>> [n.value for n in find_numbers("-339人で前年より5.5％減")]
    [Decimal('-339'), Decimal('-5.5')]
    """
    folded = fold_with_map(text)
    found: list[Number] = []
    at = 0
    for match in NUMERAL.finditer(folded.text):
        if match.start() < at or _in_word(folded.text, match.start()):
            continue
        for reading in _read_in_prose(folded.text, match, at):
            found.append(reading.to_number(folded, _brackets(folded.text, reading)))
            at = reading.end
    return tuple(found)


def _in_word(text: str, at: int) -> bool:
    before = text[at - 1 : at]
    return before.isascii() and before.isalpha()


def _brackets(text: str, reading: Reading) -> tuple[int, int] | None:
    before = text[max(reading.start - 1, 0) : reading.start]
    after = text[reading.end : reading.end + 1]
    paired = bool(after) and BRACKETS.get(before) == after
    return (reading.start - 1, reading.end + 1) if paired else None


def _read_in_prose(text: str, digits: re.Match[str], least: int) -> list[Reading]:
    """The quantity around these digits; several where commas only enumerate (1,2,3)."""
    start, end = digits.start(), len(text)
    begin = _prefix_start(text, _sign_start(text, start, least), least)
    reading = read_quantity(text, begin, end, strict=False)
    if reading is None and begin < start:
        reading = read_quantity(text, start, end, strict=False)
    if reading is not None or "," not in digits[0]:
        return [reading] if reading else []
    return [
        Reading(part.start(), part.end(), Decimal(part[0]))
        for part in _ONE_OF_A_LIST.finditer(text, start, digits.end())
        if len(part[0]) <= DIGITS_LIMIT
    ]


def _sign_start(text: str, at: int, least: int) -> int:
    mark = SIGN_BEFORE.search(text, max(least, at - 5), at)
    return mark.start() if mark else at


def _prefix_start(text: str, at: int, least: int) -> int:
    """Where the word before a figure begins, if it is one that counts or bounds."""
    stop = at - 1 if at > least and text[at - 1] == " " else at
    word = PREFIXES.match_before(text, stop, least)
    start = stop - len(word)
    before = text[max(start - 1, 0) : start]
    if not word or (word[0] == "約" and before in _WORDS_WITH_ABOUT):
        return at
    joined = len(word) == 1 and word != "約" and (before.isdigit() or "一" <= before <= "鿿")
    return at if before and joined else start
