"""The quick way for what most figures look like: ``1,234`` with a sign and a known unit."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import TYPE_CHECKING

from kenzan.normalize.figure import Number
from kenzan.normalize.units import KNOWN, MULTIPLES

if TYPE_CHECKING:
    from kenzan.normalize.figure import Grouping, Sign

_SIGNS: dict[str, Sign] = {"": "", "+": "+", "-": "-", "−": "-", "△": "-", "▲": "-"}
_UNITS = {"", *KNOWN, *(multiple + base for multiple in MULTIPLES for base in ("円", "人"))}
_WHOLE = r"[1-9][0-9]{0,2}(?:,[0-9]{3}){1,6}|[0-9]{1,15}"
_UNIT = r"[^\s0-9().,~～〜/+-]{0,7}"


def _figure(key: str) -> str:
    return (
        rf"(?P<sign{key}>[-+−△▲]?) ?(?P<whole{key}>{_WHOLE})"
        rf"(?:\.(?P<fraction{key}>[0-9]{{1,9}}))?(?P<unit{key}>{_UNIT})"
    )


PLAIN_NUMBER = re.compile(rf"(?P<figure>{_figure('')})")
PLAIN_CELL = re.compile(rf"\s*(?P<figure>{_figure('')})\s*(?P<inner>\({_figure('2')}\))?\s*")


def plain_number(
    match: re.Match[str], raw: str, keys: tuple[str, str, str, str], span: str
) -> Number | None:
    """The figure of these groups; ``None`` if its unit is not a known one (or it is 2020年).

    ``raw`` has one character for each of the text that was matched.
    """
    mark, whole, fraction, unit = match.group(*keys)
    if unit not in _UNITS or (unit == "年" and len(whole) == 4):
        return None
    digits = whole.replace(",", "")
    value = Decimal(f"{digits}.{fraction}" if fraction else digits)
    sign = _SIGNS[mark]
    if sign == "-" and value:
        value = value.copy_negate()
    start, end = match.span(span)
    at = match.start(keys[0])
    grouping: Grouping = "none" if digits == whole else "grouped"
    return Number(
        value, sign, raw[at : at + 1] if mark else "", len(fraction or ""), unit,
        None, None, None, span == "inner", grouping, raw[start:end], start, end,
    )  # fmt: skip
