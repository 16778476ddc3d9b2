"""Believable figures: indicators over years, and amounts that foot."""

from __future__ import annotations

import itertools
import math
from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING

from bench.corpus.notation import round_to

if TYPE_CHECKING:
    from collections.abc import Sequence

    from bench.corpus.draw import Draw
    from bench.corpus.words import IndicatorWord


@dataclass(frozen=True, slots=True)
class Series:
    """One indicator: a baseline, a target and an actual for each year (``None``: to come)."""

    word: IndicatorWord
    baseline: Decimal
    targets: dict[int, Decimal]
    actuals: dict[int, Decimal | None]


def draw_series(draw: Draw, word: IndicatorWord, years: Sequence[int], pending: int = 0) -> Series:
    """A series whose targets move the better way and whose actuals stray about them."""
    baseline = _first_value(draw, word)
    room = abs(baseline) + (word.high - word.low) / 50
    step = room * draw.uniform(0.01, 0.09) * (1 if word.direction == "up" else -1)
    target = baseline
    targets: dict[int, Decimal] = {}
    actuals: dict[int, Decimal | None] = {}
    for position, year in enumerate(years):
        target = _within(word, target + (step if draw.chance(0.8) else 0))
        targets[year] = _round_target(draw, word, target)
        stray = target + abs(step) * draw.uniform(-2.2, 1.6)
        known = position < len(years) - pending
        actuals[year] = _within(word, stray) if known else None
    return Series(word, baseline, targets, actuals)


def _first_value(draw: Draw, word: IndicatorWord) -> Decimal:
    low, high = float(word.low), float(word.high)
    if low > 0 and high / low > 12:
        position = math.exp(draw.random.uniform(math.log(low), math.log(high)))
    else:
        position = low + (high - low) * draw.random.uniform(0.15, 0.8)
    return round_to(Decimal(str(position)), word.decimals)


def _round_target(draw: Draw, word: IndicatorWord, value: Decimal) -> Decimal:
    """Targets are often round numbers; never past the believable range."""
    if word.decimals == 0 and abs(value) >= 1000 and draw.chance(0.6):
        return round_to(value / 100, 0) * 100
    if word.decimals == 1 and draw.chance(0.4):
        return round_to(value, 0).quantize(Decimal("0.1"))
    return value


def _within(word: IndicatorWord, value: Decimal) -> Decimal:
    ceiling = Decimal(100) if word.unit == "％" else word.high * 2
    floor = min(Decimal(0), word.low * 2)
    return round_to(max(floor, min(ceiling, value)), word.decimals)


def draw_amounts(draw: Draw, weights: Sequence[float | Decimal], scale: int) -> list[Decimal]:
    """Whole amounts about ``scale`` times each weight, none of them zero."""
    return [
        Decimal(max(1, round(float(weight) * scale * draw.random.uniform(0.7, 1.3))))
        for weight in weights
    ]


def draw_next(draw: Draw, amounts: Sequence[Decimal]) -> list[Decimal]:
    """Next year's amounts: most move a little, a few a lot, some not at all."""
    return [_moved(draw, amount) for amount in amounts]


def _moved(draw: Draw, amount: Decimal) -> Decimal:
    if draw.chance(0.06):
        return amount
    factor = draw.random.lognormvariate(0, 0.45 if draw.chance(0.15) else 0.06)
    return Decimal(max(1, round(float(amount) * factor)))


def split_amount(draw: Draw, amount: Decimal, parts: int) -> list[Decimal]:
    """Whole parts that add up to the amount; some of them zero, never all but one negative."""
    cuts = sorted(int(amount * draw.uniform(0, 1)) for _ in range(parts - 1))
    edges = [0, *cuts, int(amount)]
    return [Decimal(high - low) for low, high in itertools.pairwise(edges)]


def achievement(actual: Decimal | None, target: Decimal | None) -> Decimal | None:
    """Actual in percent of the target, one decimal; ``None`` where authors print none."""
    if actual is None or target is None or target <= 0 or actual < 0:
        return None
    return round_to(actual / target * 100, 1)
