"""Tables of one form: what adds up in most of them is meant to add up in all.

An evaluation sheet repeats one small table for every indicator. Two sums in a table say little by
themselves; forty tables with the same lines and the same sums say much about the one that breaks.
"""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from kenzan.arithmetic.evidence import Tally
from kenzan.audit.binding.structure import Total

if TYPE_CHECKING:
    from collections.abc import Sequence

    from kenzan.audit.binding.structure import Structure

    Form = tuple[str, ...]
    Sum = tuple[int, tuple[int, ...]]

TWIN = "twin"
"""The hypothesis that a line adds up what it does in the other tables of the form."""


def adopt_sums(structures: Sequence[Structure]) -> None:
    """Give each table the sums that hold in others of its form and were not found in it."""
    forms: dict[Form, list[Structure]] = defaultdict(list)
    for one in structures:
        forms[_form(one)].append(one)
    for members in forms.values():
        if len(members) > 1:
            _share_sums(members)


def _form(structure: Structure) -> Form:
    return tuple(line.label for line in structure.ledger.lines)


def _share_sums(members: Sequence[Structure]) -> None:
    """Places of lines say which are meant, as all tables have the same."""
    sums: dict[Sum, Tally] = defaultdict(Tally)
    for one in members:
        place = {line.index: at for at, line in enumerate(one.ledger.lines)}
        for total in one.totals:
            if total.holds and total.tally is not None:
                key = (place[total.line.index], tuple(place[part.index] for part in total.chosen))
                sums[key] += total.tally
    for one in members:
        for (at, parts), tally in sums.items():
            lines = one.ledger.lines
            if lines[at].index not in one.parts:
                chosen = tuple(lines[part] for part in parts)
                one.settle(Total(lines[at], {TWIN: chosen}, tally.telling), chosen)
