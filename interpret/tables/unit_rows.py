"""Rows of a grid that say the unit of what follows: ２．事業費の推移 | （単位：千円）."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from kenzan.normalize.characters import fold
from kenzan.normalize.units import find_stated_unit

if TYPE_CHECKING:
    from kenzan.interpret.tables.view import Spot, View

_STATES_UNIT = re.compile(r"[(（〔\[【※\s]*単\s*位\s*[:：／/\s].*")


def read_unit_row(view: View, row: int) -> tuple[str, ...]:
    """The units that a row states which holds nothing else but a title beside them."""
    spots = [s for s in view.starting(row) if s.content.kind != "empty"]
    stating = [s for s in spots if _states_unit(s)]
    if len(stating) != 1 or len(spots) > len(stating) + 1:
        return ()
    return find_stated_unit(stating[0].text)


def find_unit_rows(view: View, rows: range) -> dict[int, tuple[str, ...]]:
    """Those of the rows that state a unit, with their units."""
    return {row: units for row in rows if (units := read_unit_row(view, row))}


def _states_unit(spot: Spot) -> bool:
    return bool(_STATES_UNIT.fullmatch(fold(spot.text).strip()) and find_stated_unit(spot.text))
