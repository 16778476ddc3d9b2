"""Rules as drawn → rules as meant: pieces joined, doubles and dots made one line.

A rule may come as one stroke, as thin rectangles cell by cell, as dots or dashes, as a double
line, or as several of these over each other.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
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
    line = cluster(rules[:, 0], LEVEL)
    order = np.lexsort((rules[:, 1], line))
    line, start, end = line[order], rules[order, 1], rules[order, 2]
    # Lines are laid end to end on one long axis, so that one running maximum serves them all.
    offset = line * (float(end.max() - start.min()) + 10 * JOIN)
    reach = np.maximum.accumulate(end + offset)
    fresh = np.ones(len(line), bool)
    fresh[1:] = start[1:] + offset[1:] > reach[:-1] + JOIN
    first = np.flatnonzero(fresh)
    begin = start[first]
    stop = np.maximum.reduceat(end, first)
    position = _weighted(rules[order, 0], end - start, first)
    joined: Floats = np.stack((position, begin, stop), axis=1)
    long = stop - begin >= SHORTEST
    kept: Floats = joined[long]
    return kept


def cluster(values: Floats, tolerance: float) -> Ints:
    """A number for each value; neighbours within ``tolerance`` get the same, in rising order."""
    order = np.argsort(values, kind="stable")
    ordered = values[order]
    step = np.zeros(len(values), np.int64)
    step[1:] = ordered[1:] - ordered[:-1] > tolerance
    ids = np.empty(len(values), np.int64)
    ids[order] = step.cumsum()
    return ids


def _weighted(values: Floats, lengths: Floats, first: Ints) -> Floats:
    weights = np.maximum(lengths, 0.01)
    return np.add.reduceat(values * weights, first) / np.add.reduceat(weights, first)


def centers(values: Floats, tolerance: float) -> tuple[Floats, Ints]:
    """The middle of each cluster of ``values``, and which cluster each value is in."""
    ids = cluster(values, tolerance)
    total = np.bincount(ids, weights=values)
    return total / np.bincount(ids), ids
