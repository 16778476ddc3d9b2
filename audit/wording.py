"""Figures, formulas and slips in words, in Japanese and English.

Every number in a message comes from the figures that the check used: formulas are written out by
the expression that computed them.
"""

from __future__ import annotations

from decimal import ROUND_CEILING, ROUND_FLOOR, Decimal
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from kenzan.arithmetic.interval import Interval
    from kenzan.arithmetic.slips import Slip
    from kenzan.audit.ties import Tie

Lang = Literal["ja", "en"]

SLIPS: dict[str, tuple[str, str]] = {
    "sign_lost": ("負の符号が落ちている可能性", "the minus sign may have been lost"),
    "sign_gained": ("負の符号が余分に付いている可能性", "the minus sign may not belong there"),
    "stray_after": (
        "{meant} の後ろに {part} が残っている可能性",
        "stray digits {part} may have been left after {meant}",
    ),
    "stray_before": (
        "{meant} の前に {part} が付いている可能性",
        "stray digits {part} may have got in front of {meant}",
    ),
    "inserted": (
        "{meant} に余分な数字 {part} が入っている可能性",
        "an extra digit {part} may have got into {meant}",
    ),
    "doubled": (
        "{meant} の数字 {part} が重複している可能性",
        "the digit {part} of {meant} may have been doubled",
    ),
    "dropped": (
        "{meant} の数字 {part} が抜けている可能性",
        "the digit {part} of {meant} may have been dropped",
    ),
    "cut_after": (
        "{meant} の末尾 {part} が欠けている可能性",
        "the end {part} of {meant} may have been cut off",
    ),
    "cut_before": (
        "{meant} の先頭 {part} が欠けている可能性",
        "the beginning {part} of {meant} may have been cut off",
    ),
    "transposed": (
        "{meant} の数字 {part} が入れ替わっている可能性",
        "the digits {part} of {meant} may have changed places",
    ),
    "substituted": (
        "{meant} の数字 1 字が違っている可能性",
        "one digit of {meant} may have been mistyped",
    ),
    "decimal_shift": (
        "{meant} の小数点の位置がずれている可能性",
        "the decimal point of {meant} may have shifted",
    ),
    "unit": (
        "{meant} の単位（桁）が取り違えられている可能性",
        "{meant} may have been given in another unit",
    ),
    "copied": (
        "隣の「{part}」の値が写されている可能性（正しくは {meant}）",
        "the figure of {part} may have been copied here (instead of {meant})",
    ),
    "stale": (
        "「{part}」の値が残っている可能性（正しくは {meant}）",
        "the figure of {part} may have been left here (instead of {meant})",
    ),
    "other_convention": (
        "ここだけ「{part}」で計算されている可能性（他と同じなら {meant}）",
        "this one may have been computed as {part} (like the others it would be {meant})",
    ),
    "rewritten": ("{meant} となるはずの値", "{meant} would agree"),
}


def render_number(value: Decimal) -> str:
    """Digits grouped by thousands, the printed decimals kept: -333,404, 80.0."""
    return format(value, ",f")


def trim(value: Decimal, digits: int = 6) -> Decimal:
    """Without zeros that say nothing, and at most ``digits`` decimals."""
    step = Decimal(1).scaleb(-digits)
    short = value if value == value.quantize(step) else value.quantize(step)
    return _without_zeros(short)


def _without_zeros(value: Decimal) -> Decimal:
    whole = value == value.to_integral_value()
    return value.quantize(_ONE) if whole else value.normalize()


_LONG = 18
_ONE = Decimal(1)
_MILLIONTH = Decimal("0.000001")


def round_outward(interval: Interval) -> tuple[Decimal, Decimal]:
    """Both ends with at most six decimals where they are long, so that nothing is lost."""
    low, high, _, _ = interval
    if len(str(low)) > _LONG:
        low = _without_zeros(low.quantize(_MILLIONTH, ROUND_FLOOR))
    if len(str(high)) > _LONG:
        high = _without_zeros(high.quantize(_MILLIONTH, ROUND_CEILING))
    return low, high


def render_formula(tie: Tie, lang: Lang) -> str:
    """The formula of a tie with its numbers, each followed by its role in brackets."""
    texts: dict[str, list[str]] = {}
    for role, figures in tie.operands.items():
        texts[role] = [
            (f"{one.text}（{name.ja}）" if lang == "ja" else f"{one.text} ({name.en})")
            if name.ja
            else one.text
            for one, name in zip(figures, tie.names_of(role), strict=False)
        ]
    return tie.hypothesis.formula.write(texts)


def render_slip(slip: Slip, lang: Lang) -> str:
    """What probably happened, in words."""
    template = SLIPS[slip.kind][0 if lang == "ja" else 1]
    return template.format(meant=render_number(slip.meant), part=slip.part)
