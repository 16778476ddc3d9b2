"""A row laid along the columns: the shape of its pieces against the kinds of the columns.

Rows of one table have few shapes, so every answer is kept.
"""

from __future__ import annotations

from functools import lru_cache

from kenzan.interpret.rowwise.pieces import FIGURES

BREAK = "|"
"""Stands in a shape before a piece that begins a new line."""

_FITS = {
    "n": {"C": 20, "O": 10, "B": -5},
    "l": {"W": 5, "D": 0, "R": 3, "P": 3, "X": 0, "T": -8, "U": -10, "G": -15, "C": -20, "O": 0,
          "B": -10, "M": -30},
    "u": {"U": 20, "M": 5, "W": -10},
    "g": {"G": 20, "W": -5, "R": -2, "M": 5},
    "d": {"D": 20, "W": 0, "M": 0},
    "t": {"W": 3, "T": 8, "R": 0, "D": 0, "P": 0, "G": -5, "U": -5, "X": -5, "B": -10, "C": -25,
          "O": 0, "M": 2, "F": -40},
    "f": {"F": 10, "C": 8, "M": 6, "X": 2, "B": -4, "G": -10, "W": -40, "P": -60},
}  # fmt: skip
_NEVER = -80
_SKIPS = {"n": -4, "u": -8, "f": -6, "g": -6, "d": -4, "t": -1, "l": -30}
_LEADING = -6
"""A label that an earlier row has said: a column of labels before another one."""
_BROKEN, _BROKEN_AGAIN = -8, -3
"""A row that goes on in a new line, and one that does so once more: then all its cells may."""


@lru_cache(maxsize=65536)
def align_shape(shape: str, kinds: str) -> tuple[int, tuple[int, ...]]:
    """How well the pieces fit, in tenths of bits, and the column of each piece."""
    skips = _skip_costs(kinds)
    width = len(kinds)
    best: list[tuple[int, tuple[int, ...]] | None] = [None] * width
    started = False
    before = ""
    broken, breaks = 0, 0
    for cls in shape:
        if cls == BREAK:
            broken = _BROKEN_AGAIN if breaks else _BROKEN
            breaks += 1
            continue
        best = _place(cls, before, best, kinds, skips, first=not started, broken=broken)
        started, before, broken = True, cls, 0
    ends = [
        (found[0] + skips[width] - skips[col + 1], found[1])
        for col, found in enumerate(best)
        if found is not None
    ]
    return max(ends, default=(_NEVER * 100, ()))


def _place(  # noqa: PLR0913
    cls: str,
    before: str,
    best: list[tuple[int, tuple[int, ...]] | None],
    kinds: str,
    skips: list[int],
    *,
    first: bool,
    broken: int,
) -> list[tuple[int, tuple[int, ...]] | None]:
    """The best layouts that end with this piece in each column."""
    placed: list[tuple[int, tuple[int, ...]] | None] = []
    lead: tuple[int, tuple[int, ...]] | None = (0, ()) if first else None
    for col, kind in enumerate(kinds):
        options = []
        if lead is not None:
            score = lead[0] + skips[col] + _FITS[kind].get(cls, _NEVER) + broken
            options.append((score, (*lead[1], col)))
        held = best[col]
        if held is not None and not first:
            score = held[0] + _join_cost(kind, before, cls, broken=broken < 0) + broken
            options.append((score, (*held[1], col)))
        placed.append(max(options, default=None))
        if held is not None and not first:
            here = (held[0] - skips[col + 1], held[1])
            lead = here if lead is None or here[0] > lead[0] else lead
    return placed


_LABEL_JOINS = {"F": _NEVER, "M": _NEVER, "C": -60, "X": -20}


def _join_cost(kind: str, before: str, cls: str, *, broken: bool) -> int:
    """What it costs that a piece goes on in the column of the one before it."""
    cost = -30
    if kind == "t":
        cost = -2 if cls not in "FC" else -30
    elif kind == "f":
        cost = 2 if cls == "B" and before in "FCM" else _NEVER
    elif kind == "l" and before in "CO":
        cost = 20 * (before == "C") if cls not in "FCM" else _NEVER
    elif kind != "l" and cls in "FMX":
        cost = _NEVER
    elif cls == "B" or (broken and cls == "U"):
        cost = 0
    elif kind == "l":
        cost = _LABEL_JOINS.get(cls, -4 if broken else -12)
    return cost


@lru_cache(maxsize=4096)
def _skip_costs(kinds: str) -> list[int]:
    """Costs of leaving out all columns before each one, added up."""
    last = kinds.rfind("l")
    total = [0]
    for col, kind in enumerate(kinds):
        cost = _LEADING if kind == "l" and col < last else _SKIPS[kind]
        total.append(total[-1] + cost)
    return total


def has_figures(shape: str) -> bool:
    """Whether any piece can be a figure or says that there is none."""
    return not FIGURES.isdisjoint(shape)
