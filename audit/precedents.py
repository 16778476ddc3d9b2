"""How other reports of the same form count: what a report by itself shows too little of.

A convention is lent, never taken away: what a report shows by itself stays as it is.
"""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from kenzan.arithmetic.evidence import Tally
from kenzan.schemas.records import dataclass

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from kenzan.schemas.audit import Practice

LEAST_REPORTS = 2
"""So many other reports must count in a way before it is lent: one alone decides nothing."""


@dataclass(frozen=True, slots=True)
class Precedent:
    """What reports say for one hypothesis: how often it comes out, in how many reports."""

    tally: Tally = Tally()
    reports: int = 0


Ways = dict[str, Precedent]
"""By the name that ``practices`` gives to a hypothesis."""


def gather_precedents(given: Iterable[tuple[str, Practice]]) -> dict[str, Ways]:
    """By form, what all reports of a batch show, each named by its document.

    Pools that print the same figures count once, whatever reports they stand in.
    """
    tallies: dict[tuple[str, str], Tally] = defaultdict(Tally)
    holders: dict[tuple[str, str], set[str]] = defaultdict(set)
    seen: set[tuple[object, ...]] = set()
    for document, one in sorted(given, key=lambda pair: pair[0]):
        tally = Tally(one.held, one.tested, one.telling, one.bits)
        if one.way and (one.form, one.digest, one.way, tally) not in seen:
            seen.add((one.form, one.digest, one.way, tally))
            tallies[one.form, one.way] += tally
            holders[one.form, one.way].add(document)
    found: dict[str, Ways] = defaultdict(dict)
    for (form, way), tally in tallies.items():
        found[form][way] = Precedent(tally, len(holders[form, way]))
    return dict(found)


def find_precedents(own: Iterable[Practice], everything: Mapping[str, Ways]) -> dict[str, Ways]:
    """What the other reports say about the forms that a report shows too little of."""
    given = list(own)
    mine = gather_precedents(("", one) for one in given)
    found: dict[str, Ways] = {}
    for form in dict.fromkeys(one.form for one in given if one.weak):
        less = mine.get(form, {})
        ways = {
            way: _without(whole, less.get(way, Precedent()))
            for way, whole in everything.get(form, {}).items()
        }
        lent = {way: one for way, one in ways.items() if one.reports >= LEAST_REPORTS}
        if lent:
            found[form] = lent
    return found


def _without(whole: Precedent, own: Precedent) -> Precedent:
    return Precedent(whole.tally - own.tally, whole.reports - own.reports)
