"""A row laid along the columns: the shape of its pieces against the kinds of the columns.

Rows of one table have few shapes, so every answer is kept.
"""

from __future__ import annotations

from functools import cache, lru_cache

from kenzan.interpret.rowwise.pieces import FIGURES
from kenzan.interpret.rowwise.weights import load_weights

BREAK = "|"
"""Stands in a shape before a piece that begins a new line."""

_NEVER = -80
_WEIGHTS = load_weights()
_SKIPS, _JOINS, _ROWS = _WEIGHTS["skips"], _WEIGHTS["joins"], _WEIGHTS["rows"]


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
            broken = _ROWS["broken_again"] if breaks else _ROWS["broken"]
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
        chosen = None
        if lead is not None:
            score = lead[0] + skips[col] + _fit(kind, cls) + broken
            chosen = score, (*lead[1], col)
        held = None if first else best[col]
        if held is not None:
            score = held[0] + _join_cost(kind, before, cls, broken=broken < 0) + broken
            if chosen is None or score >= chosen[0]:
                joined = score, (*held[1], col)
                chosen = joined if chosen is None else max(chosen, joined)
            here = held[0] - skips[col + 1]
            lead = (here, held[1]) if lead is None or here > lead[0] else lead
        placed.append(chosen)
    return placed


@cache
def _fit(kind: str, cls: str) -> int:
    """What it is worth that a piece stands in a column of this kind."""
    fits: dict[str, int] = _WEIGHTS[f"fits_{kind}"]
    return fits.get(cls, _NEVER)


@cache
def _join_cost(kind: str, before: str, cls: str, *, broken: bool) -> int:
    """What it costs that a piece goes on in the column of the one before it."""
    cost = _JOINS["elsewhere"]
    if kind == "t":
        cost = _JOINS["text"] if cls not in "FC" else _JOINS["elsewhere"]
    elif kind == "f":
        cost = _JOINS["bracketed"] if cls == "B" and before in "FCM" else _NEVER
    elif kind == "l" and before in "CO":
        cost = _JOINS["number"] * (before == "C") if cls not in "FCM" else _NEVER
    elif kind != "l" and cls in "FMX":
        cost = _NEVER
    elif cls == "B" or (broken and cls == "U"):
        cost = 0
    elif kind == "l":
        cost = _WEIGHTS["label_joins"].get(cls, _JOINS["label_broken" if broken else "label"])
    return cost


@lru_cache(maxsize=4096)
def _skip_costs(kinds: str) -> list[int]:
    """Costs of leaving out all columns before each one, added up."""
    last = kinds.rfind("l")
    total = [0]
    for col, kind in enumerate(kinds):
        cost = _ROWS["label_said_before"] if kind == "l" and col < last else _SKIPS[kind]
        total.append(total[-1] + cost)
    return total


def has_figures(shape: str) -> bool:
    """Whether any piece can be a figure or says that there is none."""
    return not FIGURES.isdisjoint(shape)
