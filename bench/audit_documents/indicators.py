"""Tables of indicators: targets, actuals, changes in brackets, achievement rates."""

from __future__ import annotations

from decimal import ROUND_DOWN, ROUND_HALF_UP, Decimal
from random import Random

from kenzan.schemas.report import Report

from .draft import WORDS, Draft, add_table, draw_notation, round_to

DELTA_WAYS = (
    "previous-target",
    "previous-actual",
    "previous-same",
    "same-target",
    "baseline-target",
    "baseline-actual",
)


def _indicator(draft: Draft, years: int) -> tuple[str, str, Decimal, list[Decimal], list[Decimal]]:
    """Name, unit, baseline, targets and actuals of one indicator."""
    random = draft.random
    unit, step, size = random.choice(
        [
            ("人", "1", 20000),
            ("件", "1", 300),
            ("円", "1", 30_000_000),
            ("％", "0.1", 90),
            ("回", "1", 60),
        ]
    )
    places = Decimal(step)
    start = (Decimal(random.randint(size // 10, size)) * places / places).quantize(places)
    if unit == "％":
        start = (Decimal(random.randint(200, 900)) / 10).quantize(places)
    rise = max(start / 20, places)
    targets, actuals = [], []
    for year in range(years):
        aim = start + rise * (year + 1) * random.choice([1, 1, 1, 2])
        targets.append(aim.quantize(places, ROUND_HALF_UP))
        drift = Decimal(random.randint(-300, 300)) / 1000
        actuals.append((aim * (1 + drift)).quantize(places, ROUND_HALF_UP))
    name = random.choice(WORDS) + random.choice(WORDS) + "数" + str(random.randint(1, 999))
    return name, unit, start, targets, actuals


def kpi_report(random: Random) -> Report:
    """Years down, indicators across, each with target, actual and their changes in brackets."""
    draft = draw_notation(random)
    ways = (random.choice(DELTA_WAYS[:3]), random.choice(DELTA_WAYS))
    signed = random.random() < 0.8
    if not signed:
        draft.plus = ""
    for project in range(random.randint(1, 5)):
        years = random.randint(2, 7)
        for number in range(random.randint(1, 4)):
            _kpi_columns(draft, chr(65 + project), number, years, ways)
        draft.table += 1
    return draft.to_report()


def _kpi_columns(
    draft: Draft, project: str, number: int, years: int, ways: tuple[str, str]
) -> None:
    name, unit, start, targets, actuals = _indicator(draft, years)
    known = years if draft.random.random() < 0.7 else years - 1
    folded = "%" if unit == "％" else unit
    common = {
        "project": project,
        "project_name": f"{project}事業",
        "indicator": name,
        "unit": folded,
        "print_unit": True,
    }
    before = {"target": start, "actual": start}
    for year in range(-1, years):
        period = "当初" if year < 0 else f"Ｒ{year + 2}"
        for column, measure in enumerate(("target", "actual")):
            value = start if year < 0 else (targets, actuals)[column][year]
            if measure == "actual" and year >= known:
                draft.add(
                    year + 1, 2 * number + column, None, period=period, fiscal_year=2020 + year,
                    measure=measure, measure_label="実績", **common,
                )  # fmt: skip
                continue
            delta = None
            if year >= 0:
                reference = {
                    "previous-target": before["target"],
                    "previous-actual": before["actual"],
                    "previous-same": before[measure],
                    "same-target": targets[year],
                    "baseline-target": start,
                    "baseline-actual": start,
                }[ways[column]]
                delta = value - reference
            draft.add(
                year + 1, 2 * number + column, value, delta=delta, period=period,
                fiscal_year=None if year < 0 else 2020 + year, measure=measure,
                measure_label="目標" if measure == "target" else "実績", **common,
            )  # fmt: skip
        if year >= 0:
            before = {"target": targets[year], "actual": actuals[year]}


def rate_report(random: Random) -> Report:
    """One indicator a row: target, actual and achievement rate for some years."""
    draft = draw_notation(random)
    mode = random.choice([ROUND_HALF_UP, ROUND_DOWN])
    years = random.randint(1, 4)
    columns = []
    for year in range(years):
        label = f"R{4 + year}"
        for name, measure, unit in (
            ("目標", "target", "人"),
            ("実績", "actual", "人"),
            ("達成率", "rate", "%"),
        ):
            columns.append(((label, name), measure, unit, 2022 + year))
    rows = []
    for number in range(random.randint(4, 15)):
        cells = []
        for _ in range(years):
            target = Decimal(random.randint(20, 30_000))
            actual = (target * Decimal(random.randint(400, 1400)) / 1000).quantize(Decimal(1))
            cells += [target, actual, round_to(actual / target * 100, "0.1", mode)]
        rows.append(((f"{random.choice(WORDS)}者数{number}",), "part", cells))
    add_table(draft, columns, rows)
    return draft.to_report()
