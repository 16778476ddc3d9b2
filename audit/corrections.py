"""What a figure was probably meant to be: the values that would mend the ties it breaks.

A correction is cheap if a likely slip explains it, if it mends the other broken ties as well, and
if it breaks none that hold.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import replace
from decimal import ROUND_CEILING, ROUND_FLOOR, Decimal
from typing import TYPE_CHECKING

from kenzan.arithmetic.evidence import ERROR_BITS
from kenzan.arithmetic.interval import to_interval
from kenzan.arithmetic.slips import Slip, find_slip, undo_slips
from kenzan.schemas.records import dataclass

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from kenzan.arithmetic.interval import Interval, Rounding
    from kenzan.audit.figures import Figure
    from kenzan.audit.ties import Tie

UNMENDED_BITS = ERROR_BITS + 10
"""A tie that a correction leaves broken, or breaks, needs a slip of its own."""

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
