"""The same fact in two tables: one indicator, year, measure and unit."""

from __future__ import annotations

import re
from collections import defaultdict
from functools import lru_cache
from typing import TYPE_CHECKING

from kenzan.arithmetic.relations.same_fact import RELATION
from kenzan.audit.ties import Pool, Question, Tie
from kenzan.normalize.labels import label_key

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kenzan.audit.figures import Figure, FigureIndex
    from kenzan.schemas.report import Report
    from kenzan.schemas.tables import Observation

    Fact = tuple[str, str, int, str, str]

FEWEST = 4
"""Two tables that share fewer facts are not compared."""

_GENERIC = re.compile(r"^[\d.()（）]*(?:その他|小計|計|合計|総計|総額|総数|内訳|差引|備考)")


def find_pools(report: Report, index: FigureIndex) -> Iterator[Pool]:
    """One pool for each pair of tables that share facts."""
    if len({row.origin.table for row in report.observations} - {None}) < 2:
        return
    placed: dict[Fact, dict[int, list[Figure]]] = defaultdict(lambda: defaultdict(list))
    for position, row in enumerate(report.observations):
        figure = index.find(position, "value")
        fact = read_fact(row)
        if figure is not None and fact is not None and row.origin.table is not None:
            placed[fact][row.origin.table].append(figure)
    pairs: dict[tuple[int, int], list[Question]] = defaultdict(list)
    for tables in placed.values():
        if len(tables) > 1 and all(len(found) == 1 for found in tables.values()):
            single = {table: found[0] for table, found in tables.items()}
            first, *others = sorted(single)
            for other in others:
                tie = Tie(
                    RELATION, RELATION.hypotheses[0], single[other], {"other": (single[first],)}
                )
                pairs[first, other].append(Question(single[other], (tie,)))
    for (_, other), questions in pairs.items():
        if len(questions) >= FEWEST:
            yield Pool(RELATION, f"table:{other}", RELATION.hypotheses, tuple(questions))


@lru_cache(maxsize=4096)
def _read_name(label: str) -> str:
    """What two spellings of a name have in common; empty if it does not say enough."""
    name = label_key(label)
    return "" if len(name) < 2 or _GENERIC.search(name) else name


def read_fact(row: Observation) -> Fact | None:
    """What a figure is about; ``None`` if its name or year does not say enough."""
    if row.fiscal_year is None or row.origin.qualifier:
        return None
    name = _read_name(row.indicator)
    if not name:
        return None
    return f"{row.project}|{name}", row.measure, row.fiscal_year, row.unit, row.measure_label
