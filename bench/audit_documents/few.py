"""So few figures that nobody could tell how the author counts, some with a slip in them."""

from __future__ import annotations

from collections.abc import Callable
from decimal import ROUND_HALF_UP, Decimal
from random import Random

from kenzan.schemas.report import Report

from .draft import add_table, draw_notation, round_to


def one_change(random: Random) -> Report:
    """One indicator with one year, and a change that fits no convention known."""
    draft = draw_notation(random)
    start = Decimal(random.randint(100, 9000))
    now = start + random.randint(-50, 50)
    common = {"project": "A", "indicator": "来客数", "unit": "人", "print_unit": True}
    draft.add(0, 0, start, period="当初", measure="actual", measure_label="実績", **common)
    draft.add(
        1, 0, now, delta=Decimal(random.randint(60, 900)), period="Ｒ2", fiscal_year=2020,
        measure="actual", measure_label="実績", **common,
    )  # fmt: skip
    return draft.to_report()


def one_rate(random: Random) -> Report:
    """Two rates that follow from figures that are not printed."""
    draft = draw_notation(random)
    rows = []
    for number in range(2):
        target, actual = (Decimal(random.randint(200, 900)) for _ in range(2))
        rate = round_to(actual / (target + 37) * 100, "0.1", ROUND_HALF_UP)
        rows.append(((f"指標{number}",), "part", [target, actual, rate]))
    columns = [
        (("R6", "目標"), "target", "人", 2024),
        (("R6", "実績"), "actual", "人", 2024),
        (("R6", "達成率"), "rate", "%", 2024),
    ]
    add_table(draft, columns, rows)
    return draft.to_report()


def one_total(random: Random) -> Report:
    """A total of which only some parts are printed."""
    draft = draw_notation(random)
    parts = [Decimal(random.randint(100, 900)) for _ in range(2)]
    rows = [((name,), "part", [one]) for name, one in zip(("道路", "河川"), parts, strict=True)]
    rows.append((("計",), "total", [sum(parts, Decimal(0)) + random.randint(40, 900)]))
    add_table(draft, [(("事業費",), "amount", "千円", None)], rows)
    return draft.to_report()


FEW: dict[str, Callable[[Random], Report]] = {
    "one change": one_change,
    "two rates": one_rate,
    "one total": one_total,
}
