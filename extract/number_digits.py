"""The digits of a number in the placeholders of a display format (``#,##0.00``)."""

from __future__ import annotations

from dataclasses import field
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction
from functools import lru_cache
from typing import TYPE_CHECKING

from kenzan.schemas.records import dataclass

if TYPE_CHECKING:
    from collections.abc import Sequence

    from kenzan.extract.number_format import Token

# General shows at most eleven characters, the point among them.
_GENERAL_DIGITS = 10
_LARGEST_EXPONENT = 400


@dataclass(slots=True)
class _Layout:
    """What a section's placeholders ask for."""

    whole: list[int] = field(default_factory=list)
    decimals: list[int] = field(default_factory=list)
    exponent: list[int] = field(default_factory=list)
    exponent_at: int = -1
    slash_at: int = -1
    grouped: bool = False
    shift: int = 0


def render_general(value: Decimal) -> str:
    """A number in ``General``: all digits of the whole part, then what fits; no exponent.

    >>> render_general(Decimal("0.333333333333333"))
    '0.333333333'
    """
    if value.adjusted() > _LARGEST_EXPONENT or value.adjusted() < -_LARGEST_EXPONENT:
        return str(value)
    whole_digits = max(value.adjusted() + 1, 1)
    decimals = max(_GENERAL_DIGITS - whole_digits, 0)
    if value and value.adjusted() < -4:
        decimals = 15
    text = f"{_rounded(value, decimals):f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def render_digits(value: Decimal, tokens: tuple[Token, ...]) -> str:
    """A number without sign, literals and all. Rounds half away from zero."""
    layout = _lay_out(tokens)
    if value.adjusted() > _LARGEST_EXPONENT:
        return str(value)
    value = value.scaleb(layout.shift)
    if layout.slash_at >= 0 and layout.whole:
        return _render_fraction(value, tokens, layout)
    exponent = 0
    if layout.exponent_at >= 0:
        value, exponent = _scale(value, layout)
    value = _rounded(value, len(layout.decimals))
    whole, _, decimals = f"{value:f}".partition(".")
    filled = dict(zip(layout.whole, _fill_whole(whole.lstrip("0"), layout, tokens), strict=True))
    filled |= _fill_decimals(decimals, layout, tokens)
    return _join(tokens, filled, layout, exponent)


@lru_cache(maxsize=1024)
def _lay_out(tokens: tuple[Token, ...]) -> _Layout:
    layout = _Layout()
    target = layout.whole
    digits = [i for i, token in enumerate(tokens) if token.kind == "digit"]
    for i, token in enumerate(tokens):
        if token.kind == "digit":
            target.append(i)
        elif token.kind == "point" and target is layout.whole:
            target = layout.decimals
        elif token.kind == "exponent":
            target, layout.exponent_at = layout.exponent, i
        elif token.kind == "percent":
            layout.shift += 2
        elif token.kind == "slash" and digits and digits[0] < i < digits[-1]:
            layout.slash_at = i
    _read_commas(tokens, layout)
    return layout


def _read_commas(tokens: Sequence[Token], layout: _Layout) -> None:
    """A comma between placeholders groups; each one after them divides by a thousand."""
    for i, token in enumerate(tokens):
        if token.kind != "comma" or not layout.whole or i < layout.whole[0]:
            continue
        if i < layout.whole[-1]:
            layout.grouped = True
        else:
            layout.shift -= 3


def _fill_whole(digits: str, layout: _Layout, tokens: Sequence[Token]) -> list[str]:
    """What each placeholder before the point shows; the first takes all digits left over."""
    shown: list[str] = []
    rest, place = digits, 0
    for i in reversed(layout.whole):
        last = i == layout.whole[0]
        take, rest = (rest, "") if last else (rest[-1:], rest[:-1])
        if not take and tokens[i].text == "0":
            take = "0"
        text = ""
        for digit in reversed(take):
            comma = "," if layout.grouped and place and place % 3 == 0 else ""
            text = f"{digit}{comma}{text}"
            place += 1
        shown.append(text)
    return shown[::-1]


def _fill_decimals(digits: str, layout: _Layout, tokens: Sequence[Token]) -> dict[int, str]:
    """What each placeholder after the point shows; optional ones drop zeros at the end."""
    kept = len(digits)
    while kept and digits[kept - 1] == "0" and tokens[layout.decimals[kept - 1]].text != "0":
        kept -= 1
    return {i: digits[k] if k < kept else "" for k, i in enumerate(layout.decimals)}


def _join(tokens: Sequence[Token], filled: dict[int, str], layout: _Layout, exponent: int) -> str:
    parts = []
    power = iter(str(abs(exponent)).rjust(len(layout.exponent), "0"))
    for i, token in enumerate(tokens):
        if i in layout.exponent:
            last = i == layout.exponent[-1]
            parts.append("".join(power) if last else next(power, ""))
        elif token.kind == "digit":
            parts.append(filled.get(i, ""))
        elif token.kind == "exponent":
            sign = "-" if exponent < 0 else "+" if "+" in token.text else ""
            parts.append(f"E{sign}")
        elif token.kind != "comma" or not layout.whole or i < layout.whole[0]:
            parts.append(token.text)
    return "".join(parts)


def _scale(value: Decimal, layout: _Layout) -> tuple[Decimal, int]:
    """Mantissa and exponent; several placeholders before the point go in steps of that many."""
    if not value:
        return value, 0
    step = max(len(layout.whole), 1)
    exponent = value.adjusted() // step * step
    mantissa = value.scaleb(-exponent)
    if _rounded(mantissa, len(layout.decimals)) >= 10**step:
        return mantissa.scaleb(-step), exponent + step
    return mantissa, exponent


def _render_fraction(value: Decimal, tokens: Sequence[Token], layout: _Layout) -> str:
    """``1 1/4``: the nearest fraction with as many digits below as the format has."""
    below = [i for i in layout.whole if i > layout.slash_at]
    fixed = "".join(t.text for t in tokens[layout.slash_at + 1 :] if t.text.isdigit())
    whole, rest = divmod(Fraction(value), 1)
    if fixed.strip("0"):
        size = int(fixed)
        nearest = Fraction(round(rest * size), size)
        top, bottom = int(nearest * size), size
    else:
        nearest = rest.limit_denominator(max(10 ** min(len(below), 5) - 1, 1))
        top, bottom = nearest.numerator, nearest.denominator
    if top == bottom:
        whole, top = whole + 1, 0
    if not top:
        return str(whole)
    return f"{whole} {top}/{bottom}" if whole else f"{top}/{bottom}"


def _rounded(value: Decimal, decimals: int) -> Decimal:
    exponent = Decimal(1).scaleb(-decimals)
    if value.adjusted() + decimals > 25:  # beyond the context's precision, and exact already
        return value
    return value.quantize(exponent, rounding=ROUND_HALF_UP)
