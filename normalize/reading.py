"""Reads one quantity at a position of a folded text: prefix, sign, amount, unit, suffix, range."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import regex

from kenzan.normalize.figure import Number
from kenzan.normalize.notation import (
    BOUND_BEFORE,
    BOUND_BEHIND,
    CURRENCY,
    LABEL_PATTERN,
    ORDINAL,
    PREFIX,
    SIGN,
    SIGN_BEHIND,
    SUFFIX,
    SUFFIX_PATTERN,
    sign_of,
)
from kenzan.normalize.numerals import Amount, read_amount
from kenzan.normalize.units import UNIT_PATTERN

if TYPE_CHECKING:
    from decimal import Decimal

    from kenzan.normalize.characters import Folded
    from kenzan.normalize.figure import Bound, Grouping, Missing, Sign

_EDGE = rf"(?:\s|[()\[\]〔〕<>〈〉、,;/→⇒➡⇨～〜~]|\Z|{LABEL_PATTERN}[:：]?\s?[-−△▲]?[0-9])"
_UNIT = regex.compile(rf" ?(?P<unit>{UNIT_PATTERN})")
_UNIT_AT_EDGE = regex.compile(rf" ?(?P<unit>{UNIT_PATTERN})(?={SUFFIX_PATTERN}*+{_EDGE})")
_AT_EDGE = regex.compile(rf"(?={SUFFIX_PATTERN}*+{_EDGE})")
_JAPANESE = r"\p{Han}\p{Hiragana}\p{Katakana}ー々㌀-㏿"
_OTHER_UNIT = regex.compile(
    rf"(?P<unit>[{_JAPANESE}][{_JAPANESE}A-Za-z/／・%]{{0,9}}?)(?={SUFFIX_PATTERN}*+{_EDGE})"
)
_RANGE = regex.compile(r" ?[～〜~] ?")


@dataclass(frozen=True, slots=True)
class Reading:
    """A quantity by its positions in the folded text; becomes a ``Number`` with its raw text."""

    start: int
    end: int
    value: Decimal | None
    sign: Sign = ""
    sign_span: tuple[int, int] = (0, 0)
    decimals: int = 0
    unit: str = ""
    bound: Bound | None = None
    high: Decimal | None = None
    missing: Missing | None = None
    grouping: Grouping = "none"
    prefix: str = ""
    word: str = ""

    def to_number(self, folded: Folded, span: tuple[int, int] | None = None) -> Number:
        """The figure with its raw characters; ``span`` is that of its brackets, if it has any."""
        start, end = folded.raw_span(*(span or (self.start, self.end)))
        mark_start, mark_end = folded.raw_span(*self.sign_span)
        return Number(
            self.value,
            self.sign,
            folded.raw[mark_start:mark_end].strip(),
            self.decimals,
            self.unit,
            self.bound,
            self.high,
            self.missing,
            span is not None,
            self.grouping,
            folded.raw[start:end],
            start,
            end,
            self.prefix,
            self.word,
        )


def signed(value: Decimal, sign: Sign) -> Decimal:
    """The value with its sign; zero stays plain zero (△0.0 is 0.0 with sign ``-``)."""
    return value.copy_negate() if sign == "-" and value else value


def read_quantity(text: str, at: int, end: int, *, strict: bool) -> Reading | None:
    """The quantity that begins at ``at``, its prefix words included; ``None`` if none does.

    ``strict`` is for cells: what follows must be an edge, and a short word may be the unit.
    """
    head = PREFIX.match(text, at, end)
    start = head.end() if head else at
    reading = _read_signed(text, start, end, strict=strict)
    if reading is None:
        return None
    link = _RANGE.match(text, reading.end, end)
    upper = _read_signed(text, link.end(), end, strict=strict) if link else None
    if upper is not None:
        reading = _span_range(reading, upper)
    return _with_prefix(reading, text[at:start], at) if reading and start > at else reading


def _with_prefix(reading: Reading, printed: str, at: int) -> Reading:
    """Adds the words before a figure, and the bound that they say."""
    words = "".join(printed.split()).rstrip(":：")
    bound = next(
        (BOUND_BEFORE[w] for w in sorted(BOUND_BEFORE, key=len, reverse=True) if w in words), None
    )
    return replace(reading, start=at, prefix=words, bound=reading.bound or bound)


def _span_range(low: Reading, high: Reading) -> Reading | None:
    """One reading of 696～890; ``None`` if the two ends are in different units."""
    if low.unit and high.unit and low.unit != high.unit:
        return None
    return replace(
        low,
        end=high.end,
        unit=low.unit or high.unit,
        high=high.value,
        bound="range",
        word=low.word + high.word,
        decimals=max(low.decimals, high.decimals),
    )


def _read_signed(text: str, at: int, end: int, *, strict: bool) -> Reading | None:
    mark = SIGN.match(text, at, end)
    position = mark.end() if mark else at
    currency = CURRENCY.get(text[position : position + 1], "") if position < end else ""
    if currency and mark is None:
        mark = SIGN.match(text, position + 1, end)
    position = (
        (mark.end() if mark else at)
        if not currency
        else max(position + 1, mark.end() if mark else 0)
    )
    amount = read_amount(text, position, end)
    if amount is None:
        return None
    found = _read_unit(text, amount.end, end, strict=strict)
    if found is None:
        return None
    unit, stop = found
    span = mark.span() if mark else (0, 0)
    sign = sign_of(mark[0]) if mark else ""
    reading = Reading(at, stop, amount.value, sign, span, unit=unit or currency)
    return _with_suffix(reading, amount, text, end)


def _with_suffix(reading: Reading, amount: Amount, text: str, end: int) -> Reading:
    """Adds bounds, signs and remarks behind the unit, and applies the sign to the value."""
    bound, sign, span, words, stop = None, reading.sign, reading.sign_span, "", reading.end
    while match := SUFFIX.match(text, stop, end):
        word = match[0].strip(" ()")
        bound = bound or BOUND_BEHIND.get(word)
        if not sign and word in SIGN_BEHIND:
            sign, span = SIGN_BEHIND[word], match.span()
        words, stop = words + word, match.end()
    return replace(
        reading,
        end=stop,
        value=signed(amount.value, sign),
        sign=sign,
        sign_span=span,
        decimals=amount.decimals,
        bound=bound,
        grouping=amount.grouping,
        word=words,
    )


def _read_unit(text: str, at: int, end: int, *, strict: bool) -> tuple[str, int] | None:
    """The unit at a position and its end; ``None`` if what follows is no unit of a figure."""
    if not strict:
        match = _UNIT.match(text, at, end)
        return (_bare(match["unit"]), match.end()) if match else ("", at)
    if _AT_EDGE.match(text, at, end):
        return "", at
    match = _UNIT_AT_EDGE.match(text, at, end)
    if match:
        return _bare(match["unit"]), match.end()
    other = _OTHER_UNIT.match(text, at, end)
    if other is None or ORDINAL.match(text, at, end):
        return None
    return _bare(other["unit"]), other.end()


def _bare(unit: str) -> str:
    return unit.replace(" ", "").replace("／", "/")
