"""Which way is better for each indicator: what its targets say in figures and in words."""

from __future__ import annotations

import re
from collections import defaultdict
from functools import cache
from typing import TYPE_CHECKING

from kenzan.arithmetic.direction import Direction, agree, find_direction
from kenzan.interpret.words.lexicon import kinds
from kenzan.normalize.characters import fold
from kenzan.normalize.periods import parse_period

if TYPE_CHECKING:
    from collections.abc import Iterable
    from decimal import Decimal

    from kenzan.schemas.tables import Observation

_LONGEST = 20
"""Characters of a target in words; what is longer says more than a direction."""


def infer_direction(rows: Iterable[Observation], words: Iterable[str] = ()) -> Direction:
    """Up or down by an indicator's rows, and by the ``words`` that stand where a target should."""
    groups: dict[str, list[Observation]] = defaultdict(list)
    for row in rows:
        groups[row.group].append(row)
    ways = [_by_figures(group) for group in groups.values()]
    return agree([*ways, *map(parse_direction, words)])


def parse_direction(text: str) -> Direction:
    """The way that a target in words names: 減少, 前年度より増加; 維持 is none."""
    folded = "".join(fold(text).split())
    patterns = _patterns()
    if len(folded) > _LONGEST or patterns["neither"].search(folded):
        return "unknown"
    found: list[Direction] = ["up"] if patterns["up"].search(folded) else []
    return agree([*found, "down"]) if patterns["down"].search(folded) else agree(found)


@cache
def _patterns() -> dict[str, re.Pattern[str]]:
    words: dict[str, list[str]] = kinds()["direction"]
    return {name: re.compile("|".join(patterns)) for name, patterns in words.items()}


def _by_figures(rows: list[Observation]) -> Direction:
    """Growth that is added up over the years is no level, and not held against the start."""
    later = [(row, _kind(row)) for row in rows if row.measure == "target"]
    targets = [row for row, kind in later if kind not in {"baseline", "cumulative"}]
    targets.sort(key=lambda row: (row.fiscal_year is None, row.fiscal_year or 0))
    added = any(kind == "cumulative" and row.value is not None for row, kind in later)
    start = [] if added else _start(rows)
    steps = [row.value for row in targets if row.value is not None]
    return find_direction([*start, *steps] if steps else [], [row.bound for row in targets])


def _start(rows: list[Observation]) -> list[Decimal]:
    """The figure before everything else, if there is one: a baseline, or an actual of its time."""
    filled = [row for row in rows if row.value is not None]
    for measure in ("baseline", "actual", "target"):
        for row in filled:
            if row.measure == measure and (measure == "baseline" or _kind(row) == "baseline"):
                return [row.value] if row.value is not None else []
    return []


def _kind(row: Observation) -> str:
    period = parse_period(row.period) if row.fiscal_year is None and row.period else None
    return period.kind if period is not None else ""
