"""Which figure is to blame when ties break, and what it was probably meant to be.

Every figure of a broken tie could be the wrong one. Each is tried with the values that would mend
the tie; a correction is cheap if a likely slip explains it, if it mends the other broken
ties as well, and if it breaks none that hold. The cheapest wins; its confidence is its weight
among all of them. Two figures that do about equally well are both named.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import replace
from decimal import ROUND_CEILING, ROUND_FLOOR, Decimal
from typing import TYPE_CHECKING

from kenzan.arithmetic.evidence import ERROR_BITS
from kenzan.arithmetic.interval import to_interval
from kenzan.arithmetic.slips import DIGIT_BITS, Slip, find_slip, undo_slips
from kenzan.schemas.records import dataclass

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

    from kenzan.arithmetic.interval import Interval, Rounding
    from kenzan.audit.figures import Figure
    from kenzan.audit.ties import Tie

UNMENDED_BITS = ERROR_BITS + 10
"""A tie that a correction leaves broken, or breaks, needs a slip of its own."""

RIVAL_BITS = 3
"""Another figure that is at most this much dearer is a rival."""

NEGLIGIBLE_BITS = 12
"""Corrections this much dearer than the best one are not looked at further."""

SIGN_BITS = 6
"""What it costs to be the only negative figure among its peers."""

ECHO_BITS = 6
"""What it costs that a figure was taken from a neighbour."""

FEW = 5
"""Where the others leave a range, how many values in the middle of it are tried, besides those
that a slip leads away from.
"""

_CENT = Decimal("0.01")


@dataclass(frozen=True, slots=True)
class Context:
    """What is known around the ties: other figures, echoes, and how reliable a relation is here.

    ``peers`` gives figures of the same kind; ``echoes`` the ways in which a figure may have come
    from elsewhere (copied, carried over), each with its source; ``support`` the number of cells
    that follow the relation of a tie.
    """

    peers: Callable[[Figure], Sequence[Figure]]
    echoes: Callable[[Figure], Mapping[str, str]]
    support: Callable[[Tie], int]


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


def find_corrections(
    broken: Sequence[Tie], supports: Mapping[int, list[Tie]], context: Context
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
    search = _Search(context, len(broken))
    for index, figure in sorted(figures.items(), key=lambda one: -len(ties_of[one[0]])):
        search.try_figure(figure, ties_of[index], supports.get(index, ()))
    return search.results()


class _Search:
    """Collects corrections; what costs much more than the cheapest so far is not followed up."""

    def __init__(self, context: Context, broken: int) -> None:
        self.context = context
        self.broken = broken
        self.limit = 10_000
        self.found: list[Correction] = []

    def results(self) -> list[Correction]:
        return [one for one in self.found if one.cost <= self.limit]

    def try_figure(self, figure: Figure, ties: Sequence[Tie], holding: Sequence[Tie]) -> None:
        """Try all values of one figure that would mend one of its ties."""
        least = UNMENDED_BITS * (self.broken - len(ties))
        if least > self.limit:
            return
        peers = self.context.peers(figure)
        echoes = self.context.echoes(figure)
        usual = _Usual.of(peers)
        odd_as_printed = usual.strangeness(figure.value)
        for value in find_values(figure, ties, usual_step(figure, peers)):
            slip = _find_cheapest(figure, value, echoes)
            if slip is None:
                continue
            odd = usual.strangeness(value) - odd_as_printed
            if slip.bits + odd + least > self.limit:
                continue
            correction = self._try_value(figure, slip, odd, ties, holding)
            if correction is not None:
                self.found.append(correction)
                self.limit = min(self.limit, correction.cost + NEGLIGIBLE_BITS)

    def _try_value(
        self, figure: Figure, slip: Slip, odd: int, ties: Sequence[Tie], holding: Sequence[Tie]
    ) -> Correction | None:
        """What a value mends and spoils; ``None`` if it mends nothing or costs too much."""
        mends = tuple(tie for tie in ties if tie.holds_with(figure, slip.meant))
        extra = odd + UNMENDED_BITS * (self.broken - len(mends))
        room = self.limit - slip.bits
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


def _find_cheapest(figure: Figure, value: Decimal, echoes: Mapping[str, str]) -> Slip | None:
    """The cheapest story of how the value became what is printed."""
    slip = find_slip(value, figure.value)
    if slip is None or not echoes or slip.bits <= ECHO_BITS:
        return slip
    kind, source = next(iter(echoes.items()))
    return replace(slip, kind=kind, bits=ECHO_BITS, part=source)


def usual_step(figure: Figure, peers: Sequence[Figure]) -> Decimal:
    """The precision that figures of this kind are printed with; the figure's own if it is usual."""
    steps = Counter(one.step for one in peers)
    if not steps or figure.step in steps:
        return figure.step
    step, count = steps.most_common(1)[0]
    return step if count >= 2 else figure.step


def find_values(figure: Figure, ties: Sequence[Tie], step: Decimal) -> list[Decimal]:
    """The values that would mend at least one of the ties, printed to ``step``.

    Where the ties leave a range: some in the middle of it, and those in it that a plain slip leads
    away from.
    """
    ranges = [(one, tie.mode_of(figure)) for tie in ties if (one := tie.wanted(figure)) is not None]
    common = _intersect([one for one, _ in ranges])
    if common is not None:
        ranges.insert(0, (common, ranges[0][1]))
    values: dict[Decimal, None] = {}
    for one, mode in ranges:
        for value in _steps_in(one, mode, step):
            values.setdefault(value)
    if any(one.high - one.low > FEW * step for one, _ in ranges):
        for value in undo_slips(figure.value):
            printed = value.quantize(step)
            if printed == value and any(
                to_interval(printed, mode, step).meets(one) for one, mode in ranges
            ):
                values.setdefault(printed)
    values.pop(figure.value, None)
    return list(values)


def _intersect(intervals: Sequence[Interval]) -> Interval | None:
    """What all of them share, as far as they share anything."""
    common: Interval | None = None
    for one in intervals:
        common = one if common is None else common.intersection(one) or common
    return common


def _steps_in(wanted: Interval, mode: Rounding, step: Decimal) -> list[Decimal]:
    """Values printed to the step that could stand for something in the interval.

    If there are many, those next to the middle.
    """
    slack = to_interval(step, mode, step)
    first = ((wanted.low - (slack.high - step)) / step).to_integral_value(ROUND_CEILING)
    last = ((wanted.high + (step - slack.low)) / step).to_integral_value(ROUND_FLOOR)
    if wanted.high < 0:
        first, last = first - 1, last + 1
    if last - first >= FEW:
        middle = ((wanted.low + wanted.high) / 2 / step).to_integral_value()
        first, last = middle - FEW // 2, middle + FEW // 2
    count = int(last - first) + 1
    return [(first + i) * step for i in range(max(count, 0))]


@dataclass(frozen=True, slots=True)
class _Usual:
    """The signs and sizes that figures of a kind have, sizes as powers of ten."""

    negative: bool
    sizes: frozenset[int]

    @classmethod
    def of(cls, peers: Sequence[Figure]) -> _Usual:
        return cls(
            len(peers) < FEW or any(one.value < 0 for one in peers),
            frozenset(one.value.adjusted() for one in peers if one.value),
        )

    def strangeness(self, value: Decimal) -> int:
        """What it costs that a value is unlike its peers: 3 bits a digit beyond one, a new sign."""
        if not value or not self.sizes:
            return 0
        far = min(abs(value.adjusted() - size) for size in self.sizes)
        return 3 * max(0, far - 1) + (SIGN_BITS if value < 0 and not self.negative else 0)
