"""Which figure is to blame when ties break, and what it was probably meant to be.

Every figure of a broken tie could be the wrong one. The cheapest correction of one of them wins;
its confidence is its weight among all of them. Two figures that do about equally well are both
named.
"""

from __future__ import annotations

from collections import defaultdict
from decimal import ROUND_FLOOR, Decimal
from typing import TYPE_CHECKING

from kenzan.arithmetic.evidence import ERROR_BITS
from kenzan.arithmetic.slips import DIGIT_BITS
from kenzan.audit.corrections import UNMENDED_BITS, Context, Correction, find_corrections
from kenzan.schemas.records import dataclass

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from kenzan.audit.ties import Tie

RIVAL_BITS = 3
"""Another figure that is at most this much dearer is a rival."""

_CENT = Decimal("0.01")


@dataclass(frozen=True, slots=True)
class Blame:
    """Broken ties with one explanation: the best correction, and its rivals at other figures.

    ``confidence`` is the weight of the best correction, between 0 and 1 (``None`` if there is
    none), ``doubt`` the weight of the story that nothing is wrong and the relation has exceptions.
    """

    ties: tuple[Tie, ...]
    best: Correction | None
    rivals: tuple[Correction, ...] = ()
    confidence: Decimal | None = None
    doubt: Decimal = Decimal(0)


def find_blames(broken: Sequence[Tie], holding: Iterable[Tie], context: Context) -> list[Blame]:
    """Explain all broken ties, each by one correction."""
    involved = {figure.index for tie in broken for figure in tie.figures()}
    supports: dict[int, list[Tie]] = defaultdict(list)
    if involved:
        for tie in holding:
            for figure in tie.figures():
                if figure.index in involved:
                    supports[figure.index].append(tie)
    blames: list[Blame] = []
    for cluster in _clusters(broken):
        blames.extend(_explain(cluster, supports, context))
    return blames


def _clusters(broken: Sequence[Tie]) -> list[list[Tie]]:
    """Broken ties that share figures belong together."""
    home: dict[int, int] = {}
    clusters: dict[int, list[Tie]] = {}
    for number, tie in enumerate(broken):
        members = [tie]
        for old in {home[figure.index] for figure in tie.figures() if figure.index in home}:
            members = clusters.pop(old) + members
        clusters[number] = members
        for member in members:
            for figure in member.figures():
                home[figure.index] = number
    return list(clusters.values())


def _explain(
    cluster: list[Tie], supports: Mapping[int, list[Tie]], context: Context
) -> Iterator[Blame]:
    """Take the cheapest correction, set aside what it mends, go on with the rest."""
    left = cluster
    while left:
        corrections = sorted(find_corrections(left, supports, context), key=_rank)
        if not corrections:
            yield from (Blame((tie,), None) for tie in left)
            return
        blame = _weigh(corrections, context)
        yield blame
        left = [tie for tie in left if tie not in blame.ties]


def _rank(one: Correction) -> tuple[int, bool, Decimal]:
    """Cheapest first; among equals the judged figure, and the value nearest to the computed one."""
    tie = one.mends[0]
    computed = tie.wanted(one.figure)
    middle = one.value if computed is None else (computed.low + computed.high) / 2
    return one.cost, one.figure is not tie.judged, abs(one.value - middle)


def _weigh(corrections: Sequence[Correction], context: Context) -> Blame:
    """The first correction against all others that mend one of the same ties, and against doubt."""
    best = corrections[0]
    same = [one for one in corrections if not set(one.mends).isdisjoint(best.mends)]
    weights = sum(Decimal(2) ** (best.cost - one.cost) for one in same)
    exception = sum(_exception_bits(tie, context) for tie in best.mends)
    spoilt = UNMENDED_BITS * best.spoils
    honest = Decimal(2) ** (ERROR_BITS + best.bits + spoilt - exception)
    rivals: dict[int, Correction] = {}
    for one in same:
        if one.figure is not best.figure and one.cost <= best.cost + RIVAL_BITS:
            rivals.setdefault(one.figure.index, one)
    return Blame(
        best.mends,
        best,
        tuple(rivals.values()),
        (1 / (weights + honest)).quantize(_CENT, ROUND_FLOOR),
        honest / (weights + honest),
    )


def _exception_bits(tie: Tie, context: Context) -> int:
    """What it takes to say that a relation has an exception here, with this figure."""
    kept = 2 * context.support(tie).bit_length()
    return tie.relation.exception_bits + kept + DIGIT_BITS * tie.digits
