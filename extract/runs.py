"""Places in an array, and runs: neighbours that belong together, told by where each starts."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from kenzan.extract.boxes import Flags, Ints


def places_of(flags: Flags) -> Ints:
    """Where the flags are set; ``np.flatnonzero`` takes thrice as long for as few as a page has."""
    return flags.nonzero()[0]


def starts_where(breaks: Flags) -> Ints:
    """Where runs start: at the first item, and after each break; ``breaks[i]`` follows item i."""
    return np.concatenate((_FIRST, places_of(breaks) + 1))


def lengths_of(starts: Ints, count: int) -> Ints:
    """How many of ``count`` items each run has."""
    ends = np.concatenate((starts[1:], (count,)))
    lengths: Ints = ends - starts
    return lengths


_FIRST = np.zeros(1, np.int64)
