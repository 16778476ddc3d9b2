"""Digits to exact values: grouping, decimals, 万 and 億, kanji numerals. Never a float."""

from __future__ import annotations

import re
from decimal import Context, Decimal
from typing import TYPE_CHECKING

from kenzan.schemas.records import dataclass

if TYPE_CHECKING:
    from kenzan.normalize.figure import Grouping

# Longer runs of digits are no figures of a report (and cost time to compute with).
DIGITS_LIMIT = 30
_EXACT = Context(prec=100)

NUMERAL = re.compile(
    r"(?<![0-9])(?<![0-9][.,])(?:[0-9]++(?:,[0-9]++)*+(?:\.[0-9]++)?+|\.[0-9]++)(?![.,]?[0-9])"
)
_MULTIPLE = re.compile(r" ?(?P<inner>[十百千]?)(?P<outer>[万億兆京]?)")
_NEXT = re.compile(r" ?(?=[0-9])")
# Figures of fewer digits have nothing to group.
_FEWEST_GROUPED = 4
_WORST: list[Grouping] = ["none", "grouped", "misgrouped"]
_INNER = {"": 0, "十": 1, "百": 2, "千": 3}
_OUTER = {"": 0, "万": 4, "億": 8, "兆": 12, "京": 16}
_KANJI_DIGITS = {char: at for at, char in enumerate("〇一二三四五六七八九")} | {
    "零": 0,
    "壱": 1,
    "弐": 2,
    "参": 3,
}
KANJI_NUMERALS = "〇零一二三四五六七八九十百千万億壱弐参"
_KANJI = re.compile(rf"[{KANJI_NUMERALS}]{{1,20}}")


@dataclass(frozen=True, slots=True)
class Amount:
    """An unsigned value with its printed precision, and where in the text it ends."""

    value: Decimal
    decimals: int
    grouping: Grouping
    end: int


@dataclass(frozen=True, slots=True)
class _Term:
    value: Decimal
    decimals: int
    grouping: Grouping
    inner: int
    outer: int
    end: int
    bare_end: int


def grouping_of(whole: str) -> Grouping | None:
    """How the digits before the point are grouped; ``None`` if commas enumerate (1,2,3; 7,13)."""
    if "," not in whole:
        return "none"
    first, *rest = whole.split(",")
    if all(len(part) == 3 for part in rest) and 1 <= len(first) <= 3 and first[0] != "0":
        return "grouped"
    enumerates = len(whole.replace(",", "").lstrip("0")) < _FEWEST_GROUPED
    return "misgrouped" if all(len(p) > 1 for p in rest) and not enumerates else None


def to_decimal(digits: str) -> tuple[Decimal, int, Grouping] | None:
    """Value, decimals and grouping of a matched numeral; ``None`` if it is no single figure."""
    if len(digits) > DIGITS_LIMIT:
        return None
    whole, _, fraction = digits.partition(".")
    grouping = grouping_of(whole)
    if grouping is None:
        return None
    return Decimal(digits.replace(",", "")), len(fraction), grouping


def _read_term(text: str, at: int, end: int) -> _Term | None:
    match = NUMERAL.match(text, at, end)
    found = to_decimal(match[0]) if match else None
    if match is None or found is None:
        return None
    multiple = _MULTIPLE.match(text, match.end(), end)
    inner, outer = (multiple["inner"], multiple["outer"]) if multiple else ("", "")
    end = multiple.end() if multiple and (inner or outer) else match.end()
    return _Term(*found, _INNER[inner], _OUTER[outer], end, match.end())


def _read_terms(text: str, at: int, end: int) -> list[_Term]:
    """Terms of 1,704億1,500万, as long as each is smaller than the one before."""
    terms: list[_Term] = []
    while (term := _read_term(text, at, end)) is not None:
        if terms and not _descends(terms[-1], term):
            break
        terms.append(term)
        if not (term.inner or term.outer):
            break
        following = _NEXT.match(text, term.end, end)
        if following is None:
            break
        at = following.end()
    return terms


def _descends(before: _Term, term: _Term) -> bool:
    """Whether a term may follow: 1億2千万, 2千5百万, 3万5千; not 5千 3億."""
    size = term.inner + term.outer
    if before.outer:
        return size < before.outer and _scale(term.value, size) < _scale(Decimal(1), before.outer)
    return term.inner < before.inner and _scale(term.value, term.inner) < _scale(
        Decimal(1), before.inner
    )


def _scale(value: Decimal, places: int) -> Decimal:
    return _EXACT.scaleb(value, places)


def _sum_terms(terms: list[_Term]) -> Decimal:
    total = section = Decimal(0)
    for term in terms:
        section = _EXACT.add(section, _scale(term.value, term.inner))
        if term.outer:
            total, section = _EXACT.add(total, _scale(section, term.outer)), Decimal(0)
    return _EXACT.add(total, section)


def read_amount(text: str, at: int, end: int) -> Amount | None:
    """The amount that begins at a position of a folded text.

    A single multiple stays outside, to be read as part of the unit (18.8|万人); several are
    summed (1,704億1,500万 is 170415000000, printed to four places before the point).
    """
    terms = _read_terms(text, at, end)
    if not terms:
        return None
    last = terms[-1]
    if len(terms) == 1:
        return Amount(last.value, last.decimals, last.grouping, last.bare_end)
    value = _sum_terms(terms)
    grouping = max((term.grouping for term in terms), key=_WORST.index)
    places = last.decimals - last.inner - last.outer
    return Amount(_plain(value), places, grouping, last.end)


def _plain(value: Decimal) -> Decimal:
    """The same value written out without an exponent."""
    return Decimal(f"{value:f}")


def parse_kanji_numeral(text: str) -> int | None:
    """三十二 → 32, 二〇二一 → 2021; ``None`` if the text is no numeral.

    Bare multiples (百万) are units rather than numerals.
    """
    if not _KANJI.fullmatch(text) or not any(c in _KANJI_DIGITS or c == "十" for c in text):
        return None
    if all(char in _KANJI_DIGITS for char in text):
        return int("".join(str(_KANJI_DIGITS[char]) for char in text))
    total = section = digit = 0
    for char in text:
        if char in _KANJI_DIGITS:
            digit = _KANJI_DIGITS[char]
        elif char in _INNER:
            section, digit = section + (digit or 1) * 10 ** _INNER[char], 0
        else:
            total, section, digit = total + (section + digit) * 10 ** _OUTER[char], 0, 0
    return total + section + digit
