"""Figures back to text: plain decimals for data, a canonical notation for people."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kenzan.normalize.notation import CHANGES, SIGN_BEHIND, may_touch

if TYPE_CHECKING:
    from decimal import Decimal

    from kenzan.normalize.figure import Number, Sign

_MARKS = {"not_reported": "…", "not_applicable": "―", "withheld": "x"}
_HEADS = ((12, "京", 16), (8, "兆", 12), (4, "億", 8), (1, "万", 4))
_PLACES = (
    "",
    "十",
    "百",
    "千",
    "万",
    "十万",
    "百万",
    "千万",
    "億",
    "十億",
    "百億",
    "千億",
    "兆",
    "十兆",
    "百兆",
    "千兆",
)


def render_decimal(value: Decimal) -> str:
    """Plain ASCII digits without grouping or exponent, printed decimals kept.

    >>> from decimal import Decimal
    >>> render_decimal(Decimal("-173101")), render_decimal(Decimal("1E+3"))
    ('-173101', '1000')
    """
    return f"{value:f}"


def render_number(number: Number) -> str:
    """The figure in canonical notation; reading it again gives the same figure.

    >>> from kenzan.normalize.numbers import parse_number
    >>> render_number(parse_number("▲１，２３４ 人"))
    '-1,234人'
    """
    gap = "" if may_touch(number.prefix) else " "
    text = f"{number.prefix}{gap}{_body(number)}"
    return f"({text})" if number.bracketed else text


def _body(number: Number) -> str:
    if number.value is None:
        mark = number.word if number.word in CHANGES else _MARKS[number.missing or "not_reported"]
        return f"{mark}{number.unit}"
    said = _said_by_word(number)
    low = _signed("" if said else number.sign, number.value, number)
    if number.high is None:
        return f"{low}{number.unit}{number.word}"
    sign: Sign = "-" if number.high.is_signed() and not said else ""
    return f"{low}～{_signed(sign, number.high, number)}{number.unit}{number.word}"


def _signed(sign: Sign, value: Decimal, number: Number) -> str:
    return sign + _digits(value.copy_abs(), number)


def _said_by_word(number: Number) -> bool:
    """Whether the sign is that of a word behind the figure (減) and not printed before it."""
    return number.sign_raw in SIGN_BEHIND and number.word.endswith(tuple(SIGN_BEHIND))


def _digits(value: Decimal, number: Number) -> str:
    if number.decimals < 0:
        return _in_myriads(value, -number.decimals, "" if number.grouping == "none" else ",")
    if number.grouping == "grouped":
        return f"{value:,f}"
    plain = f"{value:f}"
    if number.grouping == "none":
        return plain
    whole, point, fraction = plain.partition(".")
    whole = whole.zfill(3)
    return f"{whole[:-2]},{whole[-2:]}{point}{fraction}"


def _in_myriads(value: Decimal, places: int, comma: str) -> str:
    """1億5,000万: a head in 億 (兆, 京), then the rest in units of its last printed place."""
    name, size = next((name, size) for least, name, size in _HEADS if places >= least)
    head, rest = divmod(int(value), 10**size)
    return f"{head:{comma}}{name}{rest // 10**places:{comma}}{_PLACES[places]}"
