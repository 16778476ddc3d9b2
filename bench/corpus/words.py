"""The corpus's own words, read from the data files beside this module."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any

_FOLDER = Path(__file__).parent / "words"


@dataclass(frozen=True, slots=True)
class IndicatorWord:
    """An indicator as plans print it. ``low`` and ``high`` bound believable values."""

    name: str
    unit: str
    low: Decimal
    high: Decimal
    decimals: int
    direction: str
    field: str


@cache
def read_words(name: str) -> dict[str, Any]:
    """The table ``words/<name>.toml``."""
    with (_FOLDER / f"{name}.toml").open("rb") as file:
        return tomllib.load(file, parse_float=Decimal)


@cache
def indicator_words() -> tuple[IndicatorWord, ...]:
    """All indicators, in the order of the file."""
    return tuple(
        IndicatorWord(name, unit, Decimal(low), Decimal(high), decimals, direction, group["name"])
        for group in read_words("indicators")["field"]
        for name, unit, low, high, decimals, direction in group["indicators"]
    )
