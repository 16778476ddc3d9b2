"""Which unit a figure has: printed with it, stated by a label of its own, or above the table."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from kenzan.interpret.words.lexicon import counting_ends, label_key, names_ratio
from kenzan.normalize.units import parse_unit

if TYPE_CHECKING:
    from collections.abc import Sequence

    from kenzan.interpret.tables.meaning import Meaning
    from kenzan.interpret.tables.values import Setting
    from kenzan.normalize.numbers import Number

RATES = frozenset({"rate", "share", "change_rate"})
"""Measures that are no amounts."""
_LEAST_PERCENT = 3
_ASIDE = re.compile(r"[(（][^()（）]*[)）]")
_EACH = re.compile(r"当たり|あたり|単価|平均")


def find_unit(number: Number, row: Meaning, col: Meaning, measure: str, setting: Setting) -> str:
    """The unit: printed with the figure, else stated by labels, else above the table."""
    if number.unit:
        return number.unit
    near, far = (col, row) if setting.axes.by_columns else (row, col)
    if measure in RATES:
        stated = (col.unit, row.unit) if row.measure is None else (row.unit, col.unit)
        known = next((u for u in stated if u and parse_unit(u) and is_ratio(u)), "")
        return known or next((u for u in setting.units if is_ratio(u)), _usual(number, col, row))
    if near.unit or far.unit:
        return near.unit or far.unit
    if any(names_ratio(label) for label in (*row.names[-1:], *col.names[-1:])):
        return next((u for u in setting.units if is_ratio(u)), "")
    amounts = [u for u in setting.units if not is_ratio(u)]
    if len(amounts) > 1:
        return _unit_for((row.names or col.names or (col.wording,))[-1], amounts)
    return amounts[0] if amounts else (setting.units[0] if len(setting.units) == 1 else "")


def _unit_for(name: str, units: Sequence[str]) -> str:
    """Which of several units stated above a table (百万円、人、円) a name has; none if it is open.

    認定者数 counts 人 and 相談件数 件; what counts nothing is money, 1人当たり in the smaller unit.
    """
    key = label_key(_ASIDE.sub("", name))
    counted = [u for u in units if key.endswith((f"{u}数", *counting_ends(u)))]
    known = [unit for unit in map(parse_unit, units) if unit is not None]
    money = [unit for unit in known if unit.dimension == "money"]
    if counted or key.endswith("数") or not money:
        return counted[0] if len(counted) == 1 else ""
    chosen = min(money, key=lambda unit: unit.scale) if _EACH.search(key) else money[0]
    return chosen.text


def unit_of_blank(row: Meaning, col: Meaning, measure: str, setting: Setting) -> str:
    """The unit that labels state for a cell without a figure; an amount's is none for a rate."""
    unit = (col.unit or row.unit) if setting.axes.by_columns else (row.unit or col.unit)
    return unit if unit and (measure not in RATES or is_ratio(unit)) else ""


def _usual(number: Number, col: Meaning, row: Meaning) -> str:
    """A rate is printed in percent (達成率 98.2) unless it may be a plain ratio (0.98)."""
    wording = col.wording if row.measure is None else row.wording
    percent = number.value is not None and abs(number.value) >= _LEAST_PERCENT
    rate = (row.measure or col.measure) == "rate"
    return "%" if percent and rate and names_ratio(wording) else ""


def is_ratio(text: str) -> bool:
    """Whether it is the unit of a ratio: %, ‰, ポイント, 倍."""
    unit = parse_unit(text)
    return unit is not None and unit.dimension in {"percent", "point", "ratio"}


def may_be_money(text: str) -> bool:
    """Whether nothing speaks against a sum of money: no unit, or one of money."""
    unit = parse_unit(text) if text else None
    return unit is None or unit.dimension == "money"
