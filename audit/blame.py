"""Which figure is to blame when ties break, and what it was probably meant to be.

Every figure of a broken tie could be the wrong one. Each is tried with the values that would mend
the tie; a correction is cheap if a likely slip explains it, if it mends the other broken
ties as well, and if it breaks none that hold. The cheapest wins; its confidence is its weight
among all of them. Two figures that do about equally well are both named.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from decimal import ROUND_CEILING, ROUND_FLOOR, Decimal
from typing import TYPE_CHECKING

from kenzan.arithmetic.evidence import ERROR_BITS
from kenzan.arithmetic.slips import DIGIT_BITS, Slip, find_slip

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

    from kenzan.arithmetic.interval import Interval
    from kenzan.audit.figures import Figure
    from kenzan.audit.ties import Tie

    Peers = Callable[[Figure], Sequence[Decimal]]

UNMENDED_BITS = ERROR_BITS + 10
"""A tie that a correction leaves broken, or breaks, needs a slip of its own."""

RIVAL_BITS = 3
"""Another figure that is at most this much dearer is a rival."""

NEGLIGIBLE_BITS = 12
"""Corrections this much dearer than the best one are not looked at further."""

FEW = 12
"""How many values are tried where the other figures leave a range."""

_CENT = Decimal("0.01")


@dataclass(frozen=True, slots=True)
class Correction:
    """A figure, the value that it was probably meant to have, and what speaks for it.

    ``mends`` are the broken ties that it mends, ``spoils`` the number of ties that hold and would
    break. ``bits`` is the cost of the slip, ``extra`` that of everything that stays or gets wrong.
    """

    figure: Figure
    value: Decimal
    slip: Slip
    bits: int
    extra: int
    mends: tuple[Tie, ...]
    spoils: int = 0

    @property
    def cost(self) -> int:
        """All of it, in bits."""
        return self.bits + self.extra


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


def find_blames(broken: Sequence[Tie], holding: Iterable[Tie], peers: Peers) -> list[Blame]:
    """Explain all broken ties, each by one correction.

    ``peers`` gives the figures that a figure should be about as large as.
    """
    involved = {figure.index for tie in broken for figure in tie.figures()}
    supports: dict[int, list[Tie]] = defaultdict(list)
    if involved:
        for tie in holding:
            for figure in tie.figures():
                if figure.index in involved:
                    supports[figure.index].append(tie)
    blames: list[Blame] = []
    for cluster in _clusters(broken):
        blames.extend(_explain(cluster, supports, peers))
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
    cluster: list[Tie], supports: Mapping[int, list[Tie]], peers: Peers
) -> Iterable[Blame]:
    """Take the cheapest correction, set aside what it mends, go on with the rest."""
    left = cluster
    while left:
        corrections = sorted(
            find_corrections(left, supports, peers),
            key=lambda one: (one.cost, one.figure is not one.mends[0].judged),
        )
        if not corrections:
            yield from (Blame((tie,), None) for tie in left)
            return
        blame = _weigh(corrections)
        yield blame
        left = [tie for tie in left if tie not in blame.ties]


def _weigh(corrections: Sequence[Correction]) -> Blame:
    """The first correction against all others that mend one of the same ties, and against doubt."""
    best = corrections[0]
    same = [one for one in corrections if not set(one.mends).isdisjoint(best.mends)]
    weights = sum(Decimal(2) ** (best.cost - one.cost) for one in same)
    exception = sum(_exception_bits(tie) for tie in best.mends)
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


def _exception_bits(tie: Tie) -> int:
    """What it takes to say that a relation has an exception here, with this figure."""
    return tie.relation.exception_bits + DIGIT_BITS * len(tie.judged.value.as_tuple().digits)


def find_corrections(
    broken: Sequence[Tie], supports: Mapping[int, list[Tie]], peers: Peers
) -> list[Correction]:
    """The corrections of one figure that mend at least one of the broken ties.

    Those that cost much more than the cheapest are left out.
    """
    ties_of: dict[int, list[Tie]] = defaultdict(list)
    figures: dict[int, Figure] = {}
    for tie in broken:
        for figure in tie.figures():
            figures[figure.index] = figure
            ties_of[figure.index].append(tie)
    found: list[Correction] = []
    limit = 10_000
    for index, figure in sorted(figures.items(), key=lambda one: -len(ties_of[one[0]])):
        near: Sequence[Decimal] | None = None
        least = UNMENDED_BITS * (len(broken) - len(ties_of[index]))
        for value in _find_values(figure, ties_of[index]):
            slip = find_slip(value, figure.value)
            if slip is None or slip.bits + least > limit:
                continue
            near = peers(figure) if near is None else near
            room = limit - slip.bits - _strangeness(value, near)
            support = supports.get(index, [])
            correction = _try_value(figure, slip, (len(broken), ties_of[index]), support, room)
            if correction is not None:
                correction = _dearer(correction, _strangeness(value, near))
                found.append(correction)
                limit = min(limit, correction.cost + NEGLIGIBLE_BITS)
    return [one for one in found if one.cost <= limit]


def _dearer(one: Correction, bits: int) -> Correction:
    extra = one.extra + bits
    return Correction(one.figure, one.value, one.slip, one.bits, extra, one.mends, one.spoils)


def _try_value(
    figure: Figure,
    slip: Slip,
    broken: tuple[int, Sequence[Tie]],
    holding: Sequence[Tie],
    room: int,
) -> Correction | None:
    """What a value mends and spoils; ``None`` if it mends nothing or costs more than ``room``."""
    count, ties = broken
    mends = tuple(tie for tie in ties if tie.holds_with(figure, slip.meant))
    extra = UNMENDED_BITS * (count - len(mends))
    if not mends or extra > room:
        return None
    spoils = 0
    for tie in holding:
        if tie.holds_with(figure, slip.meant) is False:
            spoils += 1
            extra += UNMENDED_BITS
            if extra > room:
                return None
    return Correction(figure, slip.meant, slip, slip.bits, extra, mends, spoils)


def _find_values(figure: Figure, ties: Sequence[Tie]) -> list[Decimal]:
    """The values, at the precision of the figure, that would mend at least one of the ties."""
    values: dict[Decimal, None] = {}
    common: Interval | None = None
    for tie in ties:
        wanted = tie.wanted(figure)
        if wanted is None:
            continue
        common = wanted if common is None else common.intersection(wanted) or common
        for value in _steps_in(wanted, figure):
            values.setdefault(value)
    if common is not None:
        for value in _steps_in(common, figure):
            values.setdefault(value)
    values.pop(figure.value, None)
    return list(values)


def _steps_in(wanted: Interval, figure: Figure) -> list[Decimal]:
    """Values that are printed like the figure and could stand for something in the interval.

    If there are many, those next to the middle.
    """
    slack = Decimal(0) if figure.exact else figure.step / 2
    step = _finest_step(wanted, figure)
    first = ((wanted.low - slack) / step).to_integral_value(ROUND_CEILING)
    last = ((wanted.high + slack) / step).to_integral_value(ROUND_FLOOR)
    if last - first >= FEW:
        middle = ((first + last) / 2).to_integral_value(ROUND_FLOOR)
        first, last = middle - FEW // 2, middle + FEW // 2
    count = int(last - first) + 1
    return [(first + i) * step for i in range(max(count, 0))]


def _finest_step(wanted: Interval, figure: Figure) -> Decimal:
    """The step of the figure, or a finer one if the others fix it more finely (5.6 read as 56)."""
    if not wanted.is_point:
        return figure.step
    exponent = wanted.low.normalize().as_tuple().exponent
    finest = Decimal(1).scaleb(exponent) if isinstance(exponent, int) else figure.step
    return min(figure.step, max(finest, Decimal("0.001")))


def _strangeness(value: Decimal, near: Sequence[Decimal]) -> int:
    """How far the size of a value is from that of its neighbours: 3 bits a digit beyond one."""
    if not value:
        return 0
    sizes = [one.adjusted() for one in near if one]
    if not sizes:
        return 0
    apart = min(abs(value.adjusted() - size) for size in sizes)
    return 3 * max(0, apart - 1)
