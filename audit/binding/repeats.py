"""Rows that go on over the page and are printed again there: the figures should not change."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kenzan.arithmetic.relations.copy import RELATION
from kenzan.audit.ties import Pool, Question, Tie

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from kenzan.audit.figures import Figure
    from kenzan.audit.sheet import Sheet

REPEATED_PRIOR = 2


def find_pools(sheets: Sequence[Sheet], figures: Sequence[Figure]) -> Iterator[Pool]:
    """One pool for each table with rows that are printed again."""
    for sheet in sheets:
        questions = [
            Question(
                figures[again],
                (Tie(RELATION, RELATION.hypotheses[0], figures[again], {"first": (first,)}),),
            )
            for again, first in sheet.repeats.items()
        ]
        if questions:
            scope = f"table:{sheet.number}"
            yield Pool(RELATION, scope, RELATION.hypotheses, tuple(questions), (REPEATED_PRIOR,))
