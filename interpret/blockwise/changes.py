"""What changes in brackets say of figures put into rows and columns."""

from __future__ import annotations

import re
from itertools import pairwise
from typing import TYPE_CHECKING

from kenzan.interpret.columnwise.shapes import amount_of
from kenzan.normalize.characters import fold

if TYPE_CHECKING:
    from collections.abc import Sequence
    from decimal import Decimal

    from kenzan.interpret.columnwise.entries import Entry

_SIGNED = re.compile(r"[(\[]\s*[+\-−△▲±]")
_LEAST_HELD = 70
"""Percent of the changes that must be those from a figure of the row above."""


def hold_changes(figures: Sequence[Entry], columns: Sequence[Sequence[int]]) -> bool:
    """Whether the changes in brackets, if there are any, are those from the row above.

    Against which of its columns they are measured differs from report to report.
    """
    told = held = 0
    for above, row in pairwise(zip(*columns, strict=True)):
        before = {amount_of(figures[k]) for k in above}
        for k in row:
            change, amount = _change_of(figures[k]), amount_of(figures[k])
            if change is not None and amount is not None:
                told += 1
                held += amount - change in before
    return held * 100 >= _LEAST_HELD * told


def _change_of(figure: Entry) -> Decimal | None:
    """The change behind a figure; brackets without a sign hold something else."""
    if _SIGNED.search(fold(figure.text)) is None:
        return None
    found = [number for entry in figure.content.entries for number in entry.bracketed]
    return found[0].value if len(found) == 1 else None
