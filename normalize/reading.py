"""Reads one quantity at a position of a folded text: prefix, sign, amount, unit, suffix, range."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from kenzan.normalize.eras import FIRST_YEAR, LAST_YEAR
from kenzan.normalize.figure import Number
from kenzan.normalize.notation import (
    BOUND_BEHIND,
    CELL_LABELS,
    CURRENCY,
    ORDINALS,
    REMARKS,
    SIGN,
    SIGN_BEHIND,
    SUFFIXES,
    SUFFIXES_IN_CELLS,
    bound_of,
    match_prefix,
    sign_of,
)
from kenzan.normalize.numerals import read_amount
from kenzan.normalize.scripts import HAN, KATAKANA
from kenzan.normalize.units import KNOWN, unit_end
from kenzan.schemas.records import dataclass

if TYPE_CHECKING:
    from decimal import Decimal

    from kenzan.normalize.characters import Folded
    from kenzan.normalize.figure import Bound, Grouping, Missing, Sign

_EDGES = frozenset("()[]〔〕<>〈〉【】《》、,;/→⇒➡⇨～〜~")
_FIGURE_AHEAD = re.compile(r"[):：]?\s?[-+−△▲]?[0-9]")
_OTHER_UNIT = re.compile(
    rf"(?![注註備](?![{HAN}]))(?![A-Za-z/・])[{HAN}{KATAKANA}ー㌀-㏿A-Za-z/・]{{1,8}}+"
)
_LATIN = re.compile(r"[A-Za-z]")
_RANGE = re.compile(r" ?[～〜~] ?")
_REMARK_LIMIT = 12
# 5人目, 2号機, 10人中, 3件等: the word numbers a thing, or goes on to say something.
_ORDINAL_ENDS = frozenset("目号番期次条階機中内外等他毎")


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
    words: tuple[str, ...] = ()

    def to_number(
        self, folded: Folded, brackets: tuple[int, int] | None = None, *, inside: bool = False
    ) -> Number:
        """The figure with its raw characters.

        ``brackets`` is the span of the brackets around it, which its raw text then includes;
        ``inside`` is for one of several figures that share their brackets.
        """
        start, end = folded.raw_span(*(brackets or (self.start, self.end)))
        mark_start, mark_end = folded.raw_span(*self.sign_span)
        return Number(
            value=self.value,
            sign=self.sign,
            sign_raw=folded.raw[mark_start:mark_end].strip(),
            decimals=self.decimals,
            unit=self.unit,
            bound=self.bound,
            high=self.high,
            missing=self.missing,
            bracketed=inside or brackets is not None,
            grouping=self.grouping,
            raw=folded.raw[start:end],
            start=start,
            end=end,
            prefix=self.prefix,
            word="".join(self.words),
        )


def signed(value: Decimal, sign: Sign) -> Decimal:
    """The value with its sign; zero stays plain zero (△0.0 is 0.0 with sign ``-``)."""
    return value.copy_negate() if sign == "-" and value else value


def read_quantity(text: str, at: int, end: int, *, strict: bool) -> Reading | None:
    """The quantity that begins at ``at``, its prefix words included; ``None`` if none does.

    ``strict`` is for cells: an edge must follow, and a short unknown word may be the unit.
    """
    start = prefix_end(text, at, end)
    reading = _read_signed(text, start, end, strict=strict)
    if reading is None:
        return None
    link = _RANGE.match(text, reading.end, end)
    upper = _read_signed(text, link.end(), end, strict=strict) if link else None
    spanned = _span_range(reading, upper) if upper else reading
    if spanned is None or start == at:
        return spanned
    words = "".join(text[at:start].split()).rstrip(":")
    return replace(spanned, start=at, prefix=words, bound=spanned.bound or bound_of(words))


def prefix_end(text: str, at: int, end: int) -> int:
    """The end of the words before a figure that say what it counts or bound it."""
    while word := match_prefix(text, at, end):
        at += len(word)
        while at < end and (text[at].isspace() or text[at] == ":"):
            at += 1
    return at


def _span_range(low: Reading, high: Reading) -> Reading | None:
    """One reading of 696～890; ``None`` if the two ends are in different units.

    A sign word behind the second end (5～10％減) holds for both.
    """
    if low.value is None or (low.unit and high.unit and low.unit != high.unit):
        return None
    said = any(word in SIGN_BEHIND for word in high.words) and not low.sign
    if said:
        low = replace(low, value=signed(low.value, high.sign), sign=high.sign)
    return replace(
        low,
        sign_span=high.sign_span if said else low.sign_span,
        end=high.end,
        unit=low.unit or high.unit,
        high=high.value,
        bound="range",
        words=low.words + high.words,
        decimals=max(low.decimals, high.decimals),
        grouping=max(low.grouping, high.grouping, key=len),
    )


def _read_mark(text: str, at: int, end: int) -> tuple[str, tuple[int, int], int]:
    """Currency and sign before the digits, in either order: the unit, the sign's span, the end."""
    mark = SIGN.match(text, at, end)
    stop = mark.end() if mark else at
    currency = CURRENCY.get(text[stop : stop + 1], "") if stop < end else ""
    if not currency:
        return "", mark.span() if mark else (at, at), stop
    stop += 1
    inner = None if mark else SIGN.match(text, stop, end)
    span = mark.span() if mark else inner.span() if inner else (at, at)
    return currency, span, inner.end() if inner else stop


def _read_signed(text: str, at: int, end: int, *, strict: bool) -> Reading | None:
    currency, mark, stop = _read_mark(text, at, end)
    amount = read_amount(text, stop, end)
    unit = _read_unit(text, amount.end, end, strict=strict) if amount else None
    if amount is None or unit is None or (strict and _is_year(text[stop : unit[1]])):
        return None
    words, stop = _read_suffixes(text, unit[1], end, strict=strict)
    sign = sign_of(text[slice(*mark)])
    said = next(((SIGN_BEHIND[w], span) for w, span in words if w in SIGN_BEHIND), None)
    if said and mark[0] == mark[1]:
        sign, mark = said
    return Reading(
        start=at,
        end=stop,
        value=signed(amount.value, sign),
        sign=sign,
        sign_span=mark,
        decimals=amount.decimals,
        unit=unit[0] or currency,
        bound=next((BOUND_BEHIND[word] for word, _ in words if word in BOUND_BEHIND), None),
        grouping=amount.grouping,
        words=tuple(word for word, _ in words),
    )


def _is_year(text: str) -> bool:
    """Whether digits and unit are a date (2020年) rather than a count of years."""
    return (
        text[-1:] == "年" and text[:-1].isdigit() and FIRST_YEAR <= int(text[:-1][:5]) <= LAST_YEAR
    )


def _read_suffixes(
    text: str, at: int, end: int, *, strict: bool
) -> tuple[list[tuple[str, tuple[int, int]]], int]:
    """Bounds, sign words and (in cells) remarks behind a unit, each with its span."""
    words: list[tuple[str, tuple[int, int]]] = []
    while True:
        begin = at + 1 if at < end and text[at] == " " else at
        word = (SUFFIXES_IN_CELLS if strict else SUFFIXES).match(text, begin, end)
        if word and not strict and _runs_on(text, begin + len(word), word):
            return words, at
        closing = 0
        if not word and strict:
            word, begin, closing = _remark_in_brackets(text, begin, end)
        if not word:
            return words, at
        at = begin + len(word)
        words.append((word, (begin, at)))
        at += closing


def _runs_on(text: str, at: int, word: str) -> bool:
    """Whether a one-letter word in prose is only the beginning of another (増設, 増やす)."""
    after = text[at : at + 1]
    return len(word) == 1 and bool(after) and (after in "やえらしっ" or "一" <= after <= "鿿")


def _remark_in_brackets(text: str, at: int, end: int) -> tuple[str, int, int]:
    """A remark such as (見込), where it begins, and 1 for the bracket to pass over behind it."""
    if at >= end or text[at] != "(":
        return "", at, 0
    close = text.find(")", at, min(at + _REMARK_LIMIT, end))
    word = text[at + 1 : close] if close > 0 else ""
    return (word, at + 1, 1) if word in REMARKS else ("", at, 0)


def at_edge(text: str, at: int, end: int) -> bool:
    """Whether a figure of a cell may end here: a gap, a bracket, the end, or the next label."""
    _, at = _read_suffixes(text, at, end, strict=True)
    if at >= end or text[at].isspace() or text[at] in _EDGES:
        return True
    label = CELL_LABELS.match(text, at, end)
    if not label or (label in KNOWN and not _closes_label(text, at, end)):
        return False
    return _FIGURE_AHEAD.match(text, at + len(label), end) is not None


def _closes_label(text: str, at: int, end: int) -> bool:
    """Whether the label of the next figure begins here, which may be a unit, too: 国) 29,263."""
    label = CELL_LABELS.match(text, at, end)
    stop = at + len(label)
    return bool(label) and text[stop : stop + 1] == ")" and stop < end


def _read_unit(text: str, at: int, end: int, *, strict: bool) -> tuple[str, int] | None:
    """The unit at a position and its end; ``None`` if what follows is no unit of a figure."""
    begin = at + 1 if at < end and (text[at] == " " or (strict and text[at] == "\n")) else at
    known = begin if _closes_label(text, begin, end) else unit_end(text, begin, end)
    if not strict:
        if known == begin and begin == at and at < end and _LATIN.match(text, at):
            return None
        counts = len(ORDINALS.match(text, begin, end)) <= known - begin
        return (_bare(text[begin:known]), known) if known > begin and counts else ("", at)
    if known > begin and at_edge(text, known, end):
        return _bare(text[begin:known]), known
    if at_edge(text, at, end):
        return "", at
    return _read_other_unit(text, at, end, touched=known > begin)


def _read_other_unit(text: str, at: int, end: int, *, touched: bool) -> tuple[str, int] | None:
    """A short word that no table knows, taken as the unit; shorter still if it begins with one."""
    run = _OTHER_UNIT.match(text, at, end)
    if run is None or ORDINALS.match(text, at, end):
        return None
    longest = min(run.end(), at + (4 if touched else 6))
    stops = (stop for stop in range(at + 1, longest + 1) if at_edge(text, stop, end))
    stop = next(stops, None)
    if stop is None or text[stop - 1] in _ORDINAL_ENDS:
        return None
    return _bare(text[at:stop]), stop


def _bare(unit: str) -> str:
    return unit.replace(" ", "").replace("／", "/")
