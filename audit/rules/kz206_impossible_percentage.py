"""KZ206 回答数からはあり得ない割合 / Percentage impossible for the number of answers.

What it checks:
    A percentage printed beside the number of people it is a percentage of.
Why it matters:
    With 8 answers there is no 63.0 %: 5 of 8 are 62.5 %. Such a figure belongs to another number
    of answers, or to another question.
Formula:
    There is a whole number k with k ÷ n × 100 in what the percentage stands for. Tested where n is
    so small that not every percentage is possible.
Example:
    有効回答 8人, 満足 63.0%.
Leaves alone:
    Tables whose other percentages are impossible as well (weighted, or another n); n beyond 100
    divided by the last digit.
Source:
    GRIM (Brown and Heathers 2017); R package scrutiny.
日本語:
    確かめること: 人数などの回答数と並んだ割合が、その回答数であり得る値か。
    大切な理由: 回答が 8 人なら 63.0% にはなりません（5 人で 62.5%）。別の回答数か、別の設問の割
        合が入っている可能性があります。
    指摘しないもの: ほかの割合もあり得ない表（重み付けや別の回答数）、回答数が多くどの割合もあり
        得るもの。
"""

from __future__ import annotations

import re
from decimal import ROUND_CEILING, ROUND_FLOOR, Decimal
from typing import TYPE_CHECKING

from kenzan.arithmetic.interval import Rounding
from kenzan.audit.equation import to_operand
from kenzan.audit.rule import Draft, Outcome, Rule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kenzan.arithmetic.interval import Interval
    from kenzan.audit.facts import Facts
    from kenzan.audit.figures import Figure
    from kenzan.audit.sheet import Sheet

FEWEST = 4
SHARE = Decimal("0.8")
_COUNT = re.compile(r"回答(?:者)?数|有効回答|回収数|標本|サンプル|^[nｎＮN]$|回答者")
_HUNDRED = Decimal(100)


def check(facts: Facts) -> Iterator[Outcome]:
    """Every percentage of a table with a column for the number of answers."""
    for sheet in facts.sheets:
        pairs = list(find_pairs(sheet))
        possible = [is_possible(percent, count) for percent, count in pairs]
        usual = sum(possible) >= FEWEST and sum(possible) >= SHARE * len(possible)
        for (percent, count), fits in zip(pairs, possible, strict=True):
            yield _outcome(facts, percent, count, fits=fits, usual=usual)


def find_pairs(sheet: Sheet) -> Iterator[tuple[Figure, Figure]]:
    """Percentages with the number of answers of their row, where that number is telling."""
    counts = [line for line in sheet.columns if _COUNT.search(line.label) and line.unit != "%"]
    if len(counts) != 1:
        return
    for column in sheet.columns:
        for cross, cell in column.cells.items():
            number = counts[0].cells.get(cross, ())
            if len(cell) == 1 and len(number) == 1 and cell[0].unit == "%":
                percent, count = cell[0], number[0]
                if 0 < count.value < _HUNDRED / percent.step and count.step == 1:
                    yield percent, count


def is_possible(percent: Figure, count: Figure) -> bool:
    """Whether some whole number of answers gives the percentage."""
    low, high = _bounds(percent.interval(Rounding.ANY), count.value)
    return low <= high


def _bounds(printed: Interval, count: Decimal) -> tuple[Decimal, Decimal]:
    low = (printed.low * count / _HUNDRED).to_integral_value(ROUND_CEILING)
    high = (printed.high * count / _HUNDRED).to_integral_value(ROUND_FLOOR)
    return low, high


def _outcome(facts: Facts, percent: Figure, count: Figure, *, fits: bool, usual: bool) -> Outcome:
    subject, judged = facts.subject_of(percent), to_operand(facts, percent)
    operands = (to_operand(facts, count, "回答数", "number of answers"),)
    formula = f"k ÷ {count.text}（回答数） × 100"
    if fits or not usual:
        return Outcome(
            "consistent" if fits else "undecided",
            subject, percent.raw, formula, None, judged, operands,
        )  # fmt: skip
    _, below = _bounds(percent.interval(Rounding.ANY), count.value)
    one, two = (_share(k, count, percent) for k in (below, below + 1))
    draft = Draft(
        subject,
        f"{count.text} 人の回答から {percent.raw.strip()} にはならない"
        f"（{below} 人なら {one}、{below + 1} 人なら {two}）。",
        f"{count.text} answers cannot give {percent.raw.strip()} "
        f"({below} give {one}, {below + 1} give {two}).",
        printed=percent.raw,
        formula=formula,
        key="grim",
    )
    return Outcome("inconsistent", subject, percent.raw, formula, None, judged, operands, draft)


def _share(k: Decimal, count: Figure, percent: Figure) -> str:
    return f"{(k / count.value * _HUNDRED).quantize(percent.step):f}"


RULE = Rule(
    id="KZ206",
    slug="impossible-percentage",
    title_ja="回答数からはあり得ない割合",
    title_en="Percentage impossible for the number of answers",
    severity="warning",
    check=check,
)
