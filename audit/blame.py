"""Which figure is to blame when ties break, and what it was probably meant to be.

Every figure of a broken tie could be the wrong one. Each is tried with the values that would mend
the tie; a correction is cheap if a likely slip explains it, if it mends the other broken
ties as well, and if it breaks none that hold. The cheapest wins; its confidence is its weight
among all of them. Two figures that do about equally well are both named.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from decimal import ROUND_CEILING, ROUND_FLOOR, Decimal
from typing import TYPE_CHECKING

from kenzan.arithmetic.evidence import ERROR_BITS
from kenzan.arithmetic.slips import Slip, find_slip

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from kenzan.arithmetic.interval import Interval
    from kenzan.audit.figures import Figure
    from kenzan.audit.ties import Tie

UNMENDED_BITS = ERROR_BITS + 10
"""A tie that a correction leaves broken, or breaks, needs a slip of its own."""

RIVAL_BITS = 3
"""Another figure that is at most this much dearer is a rival."""

FEW = 12
"""How many values are tried where the other figures leave a range."""

_CENT = Decimal("0.01")


@dataclass(frozen=True, slots=True)
class Correction:
    """A figure, the value that it was probably meant to have, and what speaks for it.

    ``mends`` are the broken ties that it mends, ``keeps`` the ties with this figure that hold and
    go on holding, ``spoils`` those that would break.
    """

    figure: Figure
    value: Decimal
    slip: Slip
    bits: int
    mends: tuple[Tie, ...]
    keeps: tuple[Tie, ...] = ()
    spoils: tuple[Tie, ...] = ()


@dataclass(frozen=True, slots=True)
class Blame:
    """Broken ties with one explanation: the best correction, and its rivals at other figures.

    ``confidence`` is between 0 and 1; ``None`` if nothing explains the break.
    """

    ties: tuple[Tie, ...]
    best: Correction | None
    rivals: tuple[Correction, ...] = ()
    confidence: Decimal | None = None


@dataclass(slots=True)
class _Web:
    """Which ties each figure takes part in, and how large its neighbours are."""

    holding: dict[int, list[Tie]] = field(default_factory=lambda: defaultdict(list))
    peers: Callable[[Figure], Sequence[Decimal]] = lambda _: ()


def find_blames(
    broken: Sequence[Tie],
    holding: Iterable[Tie],
    peers: Callable[[Figure], Sequence[Decimal]],
) -> list[Blame]:
    """Explain all broken ties, each by one correction.

    ``peers`` gives the figures that a figure should be about as large as.
    """
    involved = {figure.index for tie in broken for figure in tie.figures()}
    web = _Web(peers=peers)
    for tie in holding:
        for figure in tie.figures():
            if figure.index in involved:
                web.holding[figure.index].append(tie)
    blames: list[Blame] = []
    for cluster in _clusters(broken):
        blames.extend(_explain(cluster, web))
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


def _explain(cluster: list[Tie], web: _Web) -> Iterable[Blame]:
    """Take the cheapest correction, set aside what it mends, go on with the rest."""
    left = cluster
    while left:
        corrections = sorted(
            find_corrections(left, web.holding, web.peers),
            key=lambda one: (one.bits, one.figure is not one.mends[0].judged),
        )
        if not corrections:
            yield from (Blame((tie,), None) for tie in left)
            return
        best = corrections[0]
        yield _weigh(best, corrections, min(tie.relation.exception_bits for tie in best.mends))
        left = [tie for tie in left if tie not in best.mends]


def _weigh(best: Correction, corrections: Sequence[Correction], exception: int) -> Blame:
    same = [one for one in corrections if set(one.mends) & set(best.mends)]
    weights = [Decimal(2) ** (best.bits - one.bits) for one in same]
    honest = Decimal(2) ** (ERROR_BITS + best.bits - exception - _raw_bits(best))
    confidence = (1 / (sum(weights, honest))).quantize(_CENT, ROUND_FLOOR)
    rivals: dict[int, Correction] = {}
    for one in same:
        if one.figure is not best.figure and one.bits <= best.bits + RIVAL_BITS:
            rivals.setdefault(one.figure.index, one)
    return Blame(best.mends, best, tuple(rivals.values()), confidence)


def _raw_bits(correction: Correction) -> int:
    return 3 * len(correction.figure.value.as_tuple().digits)


def find_corrections(
    broken: Sequence[Tie],
    holding: dict[int, list[Tie]],
    peers: Callable[[Figure], Sequence[Decimal]],
) -> list[Correction]:
    """All corrections of one figure that mend at least one of the broken ties."""
    ties_of: dict[int, list[Tie]] = defaultdict(list)
    figures: dict[int, Figure] = {}
    for tie in broken:
        for figure in tie.figures():
            figures[figure.index] = figure
            ties_of[figure.index].append(tie)
    found: list[Correction] = []
    for index, figure in figures.items():
        near = peers(figure)
        for value in _find_values(figure, ties_of[index]):
            correction = _try_value(figure, value, ties_of[index], holding.get(index, []))
            if correction is not None:
                unmended = len(broken) - len(correction.mends)
                extra = UNMENDED_BITS * (unmended + len(correction.spoils))
                extra += _strangeness(value, near)
                found.append(_dearer(correction, extra))
    return found


def _dearer(correction: Correction, bits: int) -> Correction:
    return Correction(
        correction.figure,
        correction.value,
        correction.slip,
        correction.bits + bits,
        correction.mends,
        correction.keeps,
        correction.spoils,
    )


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


def _try_value(
    figure: Figure, value: Decimal, broken: Sequence[Tie], holding: Sequence[Tie]
) -> Correction | None:
    changed = {figure.index: value}
    mends = tuple(tie for tie in broken if tie.holds(changed))
    slip = find_slip(value, figure.value)
    if not mends or slip is None:
        return None
    spoils = tuple(tie for tie in holding if tie.holds(changed) is False)
    keeps = tuple(tie for tie in holding if tie not in spoils)
    return Correction(figure, value, slip, slip.bits, mends, keeps, spoils)


def _strangeness(value: Decimal, near: Sequence[Decimal]) -> int:
    """How far the size of a value is from that of its neighbours: 3 bits a digit beyond one."""
    if not near or not value:
        return 0
    sizes = [one.adjusted() for one in near if one]
    if not sizes:
        return 0
    apart = min(abs(value.adjusted() - size) for size in sizes)
    return 3 * max(0, apart - 1)
