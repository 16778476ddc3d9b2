"""Rules as drawn → rules as meant: pieces joined, doubles and dots made one line.

A rule may come as one stroke, as thin rectangles cell by cell, as dots or dashes, as a double
line, or as several of these over each other.
"""

from __future__ import annotations

from math import inf
from typing import TYPE_CHECKING

import numpy as np

from kenzan.extract.runs import places_of, starts_where

if TYPE_CHECKING:
    from collections.abc import Sequence

    from kenzan.extract.boxes import Floats, Ints

LEVEL = 1.5
"""Points within which two pieces lie on one line."""
JOIN = 3.0
"""Points of white between two pieces of one line (dots, dashes, missing corners)."""
SHORTEST = 5.0
"""Points: what stays shorter after joining is a mark, not a rule."""
MOST = 3_000
"""Rules of one direction that are looked at; a page with more is a drawing."""


def join_rules(rules: Floats) -> Floats:
    """Rules (n, 3) of position, start, end: sorted, joined where they lie on one line."""
    if not len(rules):
        return rules
    line = _cluster(rules[:, 0], LEVEL)
    order = np.lexsort((rules[:, 1], line))
    line = line.take(order)
    position, start, end = rules.T.take(order, axis=1)
    # Lines are laid end to end on one long axis, so that one running maximum serves them all.
    offset = line * (float(end.max() - start.min()) + 10 * JOIN)
    reach = np.maximum.accumulate(end + offset)
    first = starts_where(start[1:] + offset[1:] > reach[:-1] + JOIN)
    begin, stop = start.take(first), np.maximum.reduceat(end, first)
    middle = _weighted(position, end - start, first)
    long = places_of(stop - begin >= SHORTEST)
    return np.array((middle, begin, stop)).take(long, axis=1).T


def _cluster(values: Floats, tolerance: float) -> Ints:
    """A number for each value; neighbours within ``tolerance`` get the same, in rising order."""
    order = values.argsort(kind="stable")
    ordered = values.take(order)
    step = np.zeros(len(values), np.int64)
    step[1:] = ordered[1:] - ordered[:-1] > tolerance
    ids = np.empty(len(values), np.int64)
    ids[order] = step.cumsum()
    return ids


def _weighted(values: Floats, lengths: Floats, first: Ints) -> Floats:
    weights = np.maximum(lengths, 0.01)
    return np.add.reduceat(values * weights, first) / np.add.reduceat(weights, first)


def centers(values: Sequence[float], tolerance: float) -> tuple[list[float], list[int]]:
    """The middle of each cluster of ``values``, and which cluster each value is in."""
    which = [0] * len(values)
    clusters: list[list[float]] = []
    last = -inf
    for index in sorted(range(len(values)), key=values.__getitem__):
        if values[index] - last > tolerance:
            clusters.append([])
        last = values[index]
        clusters[-1].append(last)
        which[index] = len(clusters) - 1
    return [sum(one) / len(one) for one in clusters], which
