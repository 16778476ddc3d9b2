"""Rounding half to even, as statistics programs do: tried where a figure lies between two digits.

Everywhere else it is the same as rounding half up, and one hypothesis less to compute.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from kenzan.arithmetic.interval import Rounding
from kenzan.audit.ties import Pool, Tie

if TYPE_CHECKING:
    from kenzan.arithmetic.relation import Hypothesis
    from kenzan.audit.ties import Question


def try_half_even(pool: Pool) -> Pool:
    """A pool of rates with that way of rounding as well, if it explains what half up cannot."""
    ties = [tie for one in pool.questions for tie in one.ties if tie is not None]
    if len(pool.relation.roundings) == 1 or not any(map(_breaks_on_the_edge, ties)):
        return pool
    places = [
        place
        for place in range(len(pool.hypotheses))
        if any(
            tie is not None and tie.rounding is Rounding.HALF_UP
            for tie in (one.ties[place] for one in pool.questions)
        )
    ]
    return replace(
        pool,
        hypotheses=(*pool.hypotheses, *(_named(pool.hypotheses[place]) for place in places)),
        questions=tuple(_with_even(one, places) for one in pool.questions),
        priors=(*pool.priors, *(pool.priors[place] for place in places)) if pool.priors else (),
    )


def _breaks_on_the_edge(tie: Tie) -> bool:
    """Whether it breaks under half up, and what is computed lies between two digits exactly."""
    if tie.rounding is not Rounding.HALF_UP or tie.holds() is not False:
        return False
    computed = tie.computed()
    if computed is None or not computed.is_point:
        return False
    return 2 * abs(computed.low - tie.judged.value) == tie.judged.step


def _named(hypothesis: Hypothesis) -> Hypothesis:
    ja, en = f"{hypothesis.ja}（偶数丸め）", f"{hypothesis.en} (half to even)"
    return replace(hypothesis, ja=ja, en=en)


def _with_even(question: Question, places: list[int]) -> Question:
    even = tuple(_to_even(question.ties[place]) for place in places)
    return replace(question, ties=(*question.ties, *even))


def _to_even(tie: Tie | None) -> Tie | None:
    if tie is None:
        return None
    hypothesis = _named(tie.hypothesis)
    return Tie(tie.relation, hypothesis, tie.judged, tie.operands, Rounding.HALF_EVEN, tie.names)
