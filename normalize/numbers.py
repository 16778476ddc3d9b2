"""Figures as reports print them: signs, widths, units, bounds, and marks for no figure.

``parse_number`` takes a text that is one figure, ``parse_cell`` a table cell, ``find_numbers``
prose. None of them guesses: what is not a figure is refused, what is stays as printed.
"""

from __future__ import annotations

import re
from decimal import Decimal
from typing import TYPE_CHECKING

import regex

from kenzan.errors import NumberSyntaxError
from kenzan.normalize.cells import CELL_LIMIT, Entry, fold_figures, parse_cell, read_missing
from kenzan.normalize.characters import fold_with_map
from kenzan.normalize.figure import Number
from kenzan.normalize.notation import BOUND_BEFORE, PREFIX_BEFORE, SIGN_BEFORE, sign_of
from kenzan.normalize.numerals import NUMERAL, parse_kanji_numeral
from kenzan.normalize.reading import Reading, read_quantity
from kenzan.normalize.rendering import render_decimal, render_number
from kenzan.normalize.units import KNOWN, find_known_unit

if TYPE_CHECKING:
    from kenzan.normalize.characters import Folded
    from kenzan.normalize.figure import Sign

__all__ = [
    "Entry",
    "Number",
    "find_numbers",
    "parse_cell",
    "parse_number",
    "render_decimal",
    "render_number",
]

_PLAIN = re.compile(
    r"([-+△▲]?)([1-9][0-9]{0,2}(?:,[0-9]{3})+|[0-9]{1,15})(?:\.([0-9]{1,9}))?(\D{0,6})"
)
_SIGNS: dict[str, Sign] = {"": "", "+": "+", "-": "-", "△": "-", "▲": "-"}
_PLAIN_UNITS = {"": ""} | {unit: unit for unit in KNOWN} | {"％": "%"}
_BRACKETS = {
    "(": ")",
    "[": "]",
    "〔": "〕",
    "<": ">",
    "〈": "〉",
    "【": "】",
    "［": "］",
    "《": "》",
}
_KANJI = regex.compile(
    r"(?P<digits>[〇零一二三四五六七八九十百千万億壱弐参]{1,20})(?P<unit>[^〇零一二三四五六七八九十百千万億]{0,6})"
)


def _parse_plain(text: str) -> Number | None:
    """The quick way for what most figures look like: 1,234 with a sign and a known unit."""
    match = _PLAIN.fullmatch(text)
    if match is None:
        return None
    mark, whole, fraction, tail = match.groups()
    unit = _PLAIN_UNITS.get(tail)
    if unit is None:
        return None
    digits = whole.replace(",", "")
    value = Decimal(f"{digits}.{fraction}" if fraction else digits)
    sign = _SIGNS[mark]
    if sign == "-" and value:
        value = value.copy_negate()
    grouping = "grouped" if "," in whole else "none"
    return Number(
        value, sign, mark, len(fraction or ""), unit, grouping=grouping, raw=text, end=len(text)
    )


def parse_number(text: str) -> Number:
    """The one figure, or the one missing mark, that fills the text.

    Raises:
        NumberSyntaxError: the text is blank, is not a figure, or holds more than one.

    >>> number = parse_number("（▲１，２３４人）")
    >>> number.value, number.sign, number.unit, number.bracketed
    (Decimal('-1234'), '-', '人', True)
    """
    plain = _parse_plain(text)
    if plain is not None:
        return plain
    if len(text) > CELL_LIMIT:
        raise NumberSyntaxError(text[:40])
    folded = fold_figures(text)
    number = _parse_folded(folded)
    if number is None:
        raise NumberSyntaxError(text[:40])
    return number


def _parse_folded(folded: Folded) -> Number | None:
    text = folded.text
    start, end = len(text) - len(text.lstrip()), len(text.rstrip())
    entries = parse_cell(folded.raw) if start < end else ()
    if len(entries) == 1 and not entries[0].bracketed:
        return entries[0].number
    return _parse_kanji(folded, start, end)


def _parse_kanji(folded: Folded, start: int, end: int) -> Number | None:
    match = _KANJI.fullmatch(folded.text, start, end)
    value = parse_kanji_numeral(match["digits"]) if match else None
    unit = find_known_unit(match["unit"]) if match and match["unit"] else None
    if match is None or value is None or unit is None:
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
        if match.start() < at or _in_word(folded.text, match):
            continue
        reading = _read_in_prose(folded.text, match.start(), at)
        if reading is not None:
            found.append(reading.to_number(folded, _brackets(folded.text, reading)))
            at = reading.end
    return tuple(found)


def _in_word(text: str, match: regex.Match[str]) -> bool:
    before = text[match.start() - 1 : match.start()]
    return before.isascii() and before.isalpha()


def _brackets(text: str, reading: Reading) -> tuple[int, int] | None:
    before, after = (
        text[max(reading.start - 1, 0) : reading.start],
        text[reading.end : reading.end + 1],
    )
    return (reading.start - 1, reading.end + 1) if _BRACKETS.get(before) == after != "" else None


def _read_in_prose(text: str, at: int, least: int) -> Reading | None:
    """The quantity around the digits at a position, its sign and prefix sought backwards."""
    window = max(least, at - 8)
    mark = SIGN_BEFORE.search(text, window, at)
    start = mark.start() if mark else at
    prefix = PREFIX_BEFORE.search(text, max(least, start - 8), start)
    begin = prefix.start() if prefix else start
    reading = read_quantity(text, begin, len(text), strict=False)
    return reading or read_quantity(text, at, len(text), strict=False)
