"""How many figures each page shows, and what became of them. Nothing is lost."""

from __future__ import annotations

import re
from collections import Counter
from functools import lru_cache
from typing import TYPE_CHECKING

from kenzan.schemas.document import Grid
from kenzan.schemas.report import Coverage

if TYPE_CHECKING:
    from collections.abc import Iterable

    from kenzan.schemas.document import Block, Document, Line
    from kenzan.schemas.report import LeftCell
    from kenzan.schemas.tables import Observation

_FIGURE = re.compile(r"\d(?:[\d,，]*\d)?(?:[.．]\d+)?")


@lru_cache(maxsize=16384)
def count_figures(text: str) -> int:
    """Runs of digits with their separators: what a reader would call the figures of a text."""
    return len(_FIGURE.findall(text))


def count_coverage(
    document: Document, observations: Iterable[Observation], left: Iterable[LeftCell]
) -> tuple[Coverage, ...]:
    """Per page: seen = placed + in text + left.

    Seen is counted from the pages alone, placed from the observations' printed strings, left
    from the cells that were given up; what remains stands in headings, labels and prose.
    """
    seen: Counter[int] = Counter()
    for page in document.pages:
        for block in page.blocks:
            for line in _lines_of(block):
                # A header may come from the foot of the page before.
                seen[line.page] += count_figures(line.text)
    placed: Counter[int] = Counter()
    unread: Counter[int] = Counter()
    for row in observations:
        count = count_figures(row.value_raw) + count_figures(row.delta_raw)
        (unread if row.status == "unreadable" else placed)[row.page or 0] += count
    for cell in left:
        unread[cell.place.page] += count_figures(cell.text)
    rows = []
    for page in document.pages:
        number = page.number
        rest = seen[number] - placed[number] - unread[number]
        rows.append(Coverage(number, seen[number], placed[number], rest, unread[number]))
    return tuple(rows)


def _lines_of(block: Block) -> Iterable[Line]:
    if isinstance(block, Grid):
        return (line for cell in block.cells for line in cell.lines)
    return (block,)
