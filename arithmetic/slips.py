"""How a figure comes to be misprinted: the likely slips, each with its cost in bits.

The cost of a slip is what it takes to say which slip happened and where: 2 bits for a lost sign,
more for three stray digits. The cheaper the slip, the likelier it is the story behind a figure.
Comparing costs is a noisy-channel model: of all figures that could have been meant, and all ways
to spoil them, the cheapest pair explains what is printed.

Costs are rough on purpose. What matters is their order, and that any named slip is cheaper than
writing the printed digits anew (``REWRITTEN``), which would explain everything and so nothing.
"""

from __future__ import annotations

from decimal import Decimal
from itertools import pairwise
from typing import TYPE_CHECKING

from kenzan.schemas.records import dataclass

if TYPE_CHECKING:
    from collections.abc import Iterator

DIGIT_BITS = 3
"""What it takes to name one digit, rounded down."""

REWRITTEN = "rewritten"
ERROR_OF_REWRITING = 4

_SHIFTS = {1: 4, -1: 4, 3: 4, -3: 4, 2: 6, -2: 6, 4: 6, -4: 6, 6: 6, -6: 6}


@dataclass(frozen=True, slots=True)
class Slip:
    """One story of how ``meant`` became ``printed``.

    ``kind`` names the slip, ``part`` the digits or the power of ten concerned, ``bits`` its cost.
    """

    kind: str
    meant: Decimal
    printed: Decimal
    bits: int
    part: str = ""


def find_slip(meant: Decimal, printed: Decimal) -> Slip | None:
    """The cheapest slip that turns one figure into the other; ``None`` if they are equal.

    Every pair of figures has a story: at worst the digits were ``rewritten``.
    """
    if meant == printed:
        return None
    stories = list(_find_stories(meant, printed))
    return min(stories, key=lambda slip: slip.bits)


def _find_stories(meant: Decimal, printed: Decimal) -> list[Slip]:
    one, two = _digits(meant), _digits(printed)
    sign = 0 if _same_sign(meant, printed) else 4
    # Another number of digits is another figure: else a printed 0 would explain every break.
    digits = len(_without_zeros(one, two).replace(".", "")) + abs(_whole(one) - _whole(two))
    rewritten = DIGIT_BITS * digits + ERROR_OF_REWRITING + sign
    stories = [Slip(REWRITTEN, meant, printed, rewritten)]
    if abs(meant) == abs(printed):
        kind, bits = ("sign_lost", 2) if meant < 0 else ("sign_gained", 3)
        stories.append(Slip(kind, meant, printed, bits))
        return stories
    power = _find_power(meant, printed)
    if power in _SHIFTS:
        kind = "unit" if power % 3 == 0 else "decimal_shift"
        stories.append(Slip(kind, meant, printed, _SHIFTS[power] + sign, str(power)))
    for kind, part, bits in _compare_digits(one, two):
        stories.append(Slip(kind, meant, printed, bits + sign, part))
    return stories


def _whole(digits: str) -> int:
    """The digits before the point."""
    return len(digits.partition(".")[0])


def _same_sign(meant: Decimal, printed: Decimal) -> bool:
    return meant == 0 or printed == 0 or (meant < 0) == (printed < 0)


def _digits(value: Decimal) -> str:
    return format(abs(value), "f")


def _find_power(meant: Decimal, printed: Decimal) -> int:
    """The power of ten between the two; 0 if there is none."""
    if not meant or not printed:
        return 0
    power = printed.adjusted() - meant.adjusted()
    return power if abs(meant).scaleb(power) == abs(printed) else 0


def _without_zeros(meant: str, printed: str) -> str:
    """What is printed, without the zeros that both end in: ten times all is the same story."""
    if "." in meant or "." in printed:
        return printed
    kept = len(printed)
    while kept > 1 and meant.endswith(printed[kept - 1 :]) and printed[kept - 1] == "0":
        kept -= 1
    return printed[:kept]


def _place_bits(meant: str, printed: str) -> int:
    """What it takes to say at which digit of the longer one."""
    length = max(len(meant) - len(printed), 0) + len(_without_zeros(meant, printed))
    return max(length - 1, 1).bit_length()


def _compare_digits(meant: str, printed: str) -> list[tuple[str, str, int]]:
    longer = len(printed) - len(meant)
    if longer == 0:
        return _compare_same_length(meant, printed)
    if longer > 0:
        return _find_extra(meant, printed, longer)
    return _find_missing(meant, printed, -longer)


def _compare_same_length(meant: str, printed: str) -> list[tuple[str, str, int]]:
    places = [i for i in range(len(meant)) if meant[i] != printed[i]]
    if any(meant[i] == "." or printed[i] == "." for i in places):
        return []
    if len(places) == 1:
        bits = 4 + _place_bits(meant, printed) + DIGIT_BITS
        return [("substituted", f"{meant[places[0]]}{printed[places[0]]}", bits)]
    if len(places) == 2:
        first, second = places
        crossed = meant[first] == printed[second] and meant[second] == printed[first]
        between = meant[first + 1 : second]
        if crossed and between in {"", "."}:
            return [("transposed", meant[first] + meant[second], 3 + _place_bits(meant, printed))]
        if crossed:
            return [("transposed", meant[first] + meant[second], 6 + _place_bits(meant, printed))]
    return []


def _find_extra(meant: str, printed: str, count: int) -> list[tuple[str, str, int]]:
    """Digits printed that were not meant: a doubled one, strays at either end or inside."""
    found: list[tuple[str, str, int]] = []
    if count == 1:
        place = _first_difference(meant, printed)
        digit = printed[place]
        if printed[:place] + printed[place + 1 :] == meant and digit != ".":
            doubled = place > 0 and printed[place - 1] == digit
            bits = 3 + _place_bits(meant, printed)
            found.append(("doubled", digit, bits) if doubled else ("inserted", digit, bits + 4))
    if count <= 6 and printed.startswith(meant) and "." not in printed[len(meant) :]:
        found.append(("stray_after", printed[len(meant) :], 4 + DIGIT_BITS * count))
    if count <= 6 and printed.endswith(meant) and "." not in printed[:count]:
        found.append(("stray_before", printed[:count], 5 + DIGIT_BITS * count))
    return found


def _find_missing(meant: str, printed: str, count: int) -> list[tuple[str, str, int]]:
    """Digits meant that were not printed: one dropped anywhere, or several at an end."""
    found: list[tuple[str, str, int]] = []
    if count == 1:
        place = _first_difference(printed, meant)
        if meant[:place] + meant[place + 1 :] == printed and meant[place] != ".":
            found.append(("dropped", meant[place], 3 + _place_bits(meant, printed)))
    if count <= 6 and meant.startswith(printed):
        found.append(("cut_after", meant[len(printed) :], 6 + 2 * count))
    if count <= 6 and meant.endswith(printed):
        found.append(("cut_before", meant[:count], 6 + 2 * count))
    return found


def _first_difference(shorter: str, longer: str) -> int:
    for place, (one, two) in enumerate(zip(shorter, longer, strict=False)):
        if one != two:
            return place
    return len(shorter)


def undo_slips(printed: Decimal) -> Iterator[Decimal]:
    """Figures that one plain slip would have turned into the printed one.

    For where the others only say roughly what a figure must be: many values would do, and those a
    slip leads away from are the ones to try.
    """
    text, sign = _digits(printed), -1 if printed < 0 else 1
    whole = text.partition(".")[0]
    yield -printed
    for power in _SHIFTS:
        yield printed.scaleb(power)
    for text_meant in _undo_edits(text, whole):
        yield sign * Decimal(text_meant)


def _undo_edits(text: str, whole: str) -> Iterator[str]:
    places = [i for i, char in enumerate(text) if char != "."]
    for i in places:
        if len(whole) > 1 or i >= len(whole):
            yield text[:i] + text[i + 1 :] or "0"
        for digit in "0123456789":
            if digit != text[i]:
                yield text[:i] + digit + text[i + 1 :]
            yield text[:i] + digit + text[i:]
    for i, j in pairwise(places):
        yield text[:i] + text[j] + text[i + 1 : j] + text[i] + text[j + 1 :]
    for count in range(2, min(6, len(text))):
        if "." not in text[-count:] and text[:-count].strip("."):
            yield text[:-count]
        if "." not in text[:count] and text[count:].strip("."):
            yield text[count:]
