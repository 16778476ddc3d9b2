"""How well the cells of a header go together, by the weights of ``weights.toml``."""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING

from kenzan.interpret.rowwise.weights import load_weights
from kenzan.interpret.words.label import read_label
from kenzan.interpret.words.lexicon import funding_parents, funding_words, label_key
from kenzan.normalize.characters import fold
from kenzan.schemas.records import dataclass

if TYPE_CHECKING:
    from collections.abc import Sequence

    from kenzan.interpret.rowwise.heads import Head, Leaf

NEVER = -200
_MARK = re.compile(r"[A-Z①-⑳](?:[-+*/×÷−－][A-Z①-⑳])*")
_RANKS = {"n": 0, "l": 0, "u": 0, "f": 1, "g": 2, "d": 2, "t": 2}
_WEIGHTS = load_weights()
_LEAF, _PARENT, _GROUPS = _WEIGHTS["leaf"], _WEIGHTS["parent"], _WEIGHTS["groups"]


@dataclass(slots=True)
class Guess:
    """A header read so far: up to piece ``top`` of its first row and ``low`` of its second.

    ``groups`` are the kinds of the cells over others, with what stands under each.
    """

    top: int
    low: int
    score: int = 0
    leaves: tuple[Leaf, ...] = ()
    groups: tuple[tuple[str, tuple[str, ...]], ...] = ()
    figures: int = 0


def weigh_leaf(head: Head, kind: str, guess: Guess) -> int:
    """How well a cell by itself names the next column, of this kind."""
    score = _WEIGHTS[f"column_{kind}"].get(head.kind, _LEAF["other_words"])
    last = guess.leaves[-1].kind if guess.leaves else "l"
    if _RANKS[kind] < _RANKS[last]:
        behind = kind in "nlu" and (guess.figures or last != "d")
        score += NEVER if behind else _LEAF["out_of_order"]
    if kind == "l" and head.kind == "?":
        score += _LEAF["unknown_label"] if guess.leaves else 0
    if not guess.leaves and kind == "f":
        score += _LEAF["figures_first"]
    if head.piece.cls in "BO" or is_mark(head.piece.text):
        score += _LEAF["bracketed"]
    if is_value(head) or (kind == "f" and head.kind == "l" and head.piece.text.endswith("名")):
        score += NEVER
    if kind in "tf" and head.kind == "?" and _is_below(head, guess):
        score += _LEAF["word_below"]
    if head.kind == "R" and guess.leaves and guess.leaves[-1].path[0].kind == "P":
        beside = len(guess.leaves[-1].path) == 1 or _measure(head) in _OF_A_YEAR
        score += _LEAF["measure_beside_year"] * beside
    return score


def is_mark(text: str) -> bool:
    """Whether words are a letter that formulas refer to, or such a formula: Ａ, Ａ－Ｂ."""
    return _MARK.fullmatch(fold(text)) is not None


def is_value(head: Head) -> bool:
    """Whether a cell is a figure or a mark in its place, and not a year: it names no column."""
    return head.piece.cls in "CFM" and head.kind == "?"


def _is_below(head: Head, guess: Guess) -> bool:
    """Whether a cell begins a line below one of several cells: it may be a label of the body."""
    lines = [leaf.path[0].piece.line for leaf in guess.leaves[-2:]]
    return len(lines) == 2 and lines[0] == lines[1] != head.piece.line


def weigh_parent(head: Head, children: Sequence[Head], *, first: bool) -> int:
    """How well a cell stands over the next columns, named by these cells."""
    score = _WEIGHTS["over_columns"].get(head.kind, _PARENT["other_words"])
    if first:
        score += _LEAF["figures_first"]
    if head.piece.cls in "BO" or is_value(head):
        score += NEVER
    kinds = [child.kind for child in children]
    score += sum(
        _WEIGHTS["column_f"].get(kind, _PARENT["odd_child"]) + child.cost
        for kind, child in zip(kinds, children, strict=True)
    )
    if len({label_key(child.piece.text) for child in children}) < len(children):
        score += _PARENT["same_words"]
    if head.kind == "P" and len(kinds) > 1 and _is_baseline(head):
        score += _PARENT["baseline_over"]
    if head.kind in "PQ":
        score += _PARENT["year_in_year"] * (kinds.count("P") + kinds.count("Q"))
    if head.kind == "R":
        score += _weigh_measures(head, children)
    if _is_parent_of_funds(head):
        score += _PARENT["funds"] + _PARENT["fund"] * (2 * kinds.count("S") - len(kinds))
    elif kinds.count("S") > 1:
        score += _PARENT["fund_elsewhere"] * kinds.count("S")
    if len(children) == 1:
        score += _PARENT["only_child"]
    return score


_OF_A_YEAR = frozenset({"budget", "settlement", "target", "actual"})
_CHANGES = frozenset({"change", "change_rate"})


def _measure(head: Head) -> str:
    found = read_label(head.piece.text).measure
    return found.measure if found is not None else ""


def _is_amount(head: Head) -> bool:
    """Whether a label names an amount by itself: 増減額, not 比較."""
    return label_key(head.piece.text).endswith("額")


def _weigh_measures(head: Head, children: Sequence[Head]) -> int:
    """A measure over years, or a comparison over its amount and its rate."""
    own = _measure(head)
    score = 0
    for child in children:
        if child.kind == "P":
            score += _WEIGHTS["measure_over_year"].get(own, _PARENT["other_measure"])
        elif own in _CHANGES:
            if _measure(child) in _CHANGES and not _is_amount(head):
                score += _PARENT["change_in_change"]
            elif child.kind != "?":
                score += _PARENT["other_in_change"]
        elif child.kind in "RQ":
            score += _PARENT["measure_in_measure"]
    return score


def weigh_groups(guess: Guess) -> int:
    """Cells over the same row of cells each, as years over amount and share."""
    score = 0
    groups = guess.groups
    for (kind, texts), (last, before) in zip(groups[1:], groups, strict=False):
        if texts == before:
            score += _GROUPS["repeated"] * len(texts) if kind == last else 0
        elif kind == last == "P" and len(texts) != len(before):
            score += _GROUPS["unlike_years"] * (1 + (_measured(texts) != _measured(before)))
        elif read_label(texts[0]).only_period and read_label(before[0]).only_period:
            score += _GROUPS["other_years"]
    if len(groups) == 1 and len(guess.leaves) == len(groups[0][1]):
        score += _GROUPS["one_over_all"]
    over_years = any(kind == "R" and read_label(texts[0]).only_period for kind, texts in groups)
    parents = sum(kind == "P" for kind, _ in groups)
    if over_years and parents:
        score += _GROUPS["years_both_ways"]
    alone = sum(len(leaf.path) == 1 and _is_dated(leaf.path[0]) for leaf in guess.leaves)
    below = [_below_year(leaf.path[0]) for leaf in guess.leaves if len(leaf.path) == 1]
    said = Counter(text for text in below if text)
    score += _GROUPS["repeated"] * sum(count - 1 for count in said.values())
    parted = (leaf.path[0] for leaf in guess.leaves if len(leaf.path) > 1)
    over_funds = any(map(_is_parent_of_funds, parted))
    apart = sum(_is_fund(leaf.path[0]) for leaf in guess.leaves if len(leaf.path) == 1)
    score += _GROUPS["fund_apart"] * apart * over_funds
    return score + _GROUPS["year_alone"] * min(parents, alone)


def _below_year(head: Head) -> str:
    """The measure on the second line of a cell whose first line is a year."""
    year, _, text = head.piece.text.partition("\n")
    return text if head.kind == "Q" and read_label(year).only_period else ""


def _measured(texts: Sequence[str]) -> bool:
    return read_label(texts[0]).measure is not None


def _is_baseline(head: Head) -> bool:
    period = read_label(head.piece.text).period
    return period is not None and period.kind == "baseline"


def _is_dated(head: Head) -> bool:
    """Whether a cell is a year, or a year on one line and a measure on the next."""
    if _is_baseline(head):
        return False
    return head.kind == "P" or (head.kind == "Q" and "\n" in head.piece.text)


def _is_fund(head: Head) -> bool:
    return label_key(head.piece.text) in funding_words() - funding_parents()


def _is_parent_of_funds(head: Head) -> bool:
    return label_key(head.piece.text) in funding_parents()
