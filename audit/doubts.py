"""Where the extraction doubts that it read right. Nothing that rests on such a place is accused."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import replace
from functools import cached_property
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from kenzan.audit.rule import Outcome
    from kenzan.schemas.document import Notice
    from kenzan.schemas.geometry import Place

DISAGREEMENT = "engines-disagree"
DAMAGE = "broken-text"
LOST = "page-failed"


class Doubts:
    """The doubts of the extraction about characters, by page."""

    def __init__(self, notices: Iterable[Notice]) -> None:
        self._notices = [one for one in notices if one.code in {DISAGREEMENT, DAMAGE, LOST}]

    @cached_property
    def _places(self) -> dict[int, list[Place]]:
        found: dict[int, list[Place]] = defaultdict(list)
        for one in self._notices:
            if one.code != LOST:
                found[one.place.page].append(one.place)
        return found

    def about(self, *codes: str) -> list[Notice]:
        """The doubts of some kinds, in the order of the pages."""
        return [one for one in self._notices if one.code in codes]

    def cover(self, place: Place | None) -> bool:
        """Whether what stands at a place may have been read wrongly."""
        if place is None or not self._places:
            return False
        return any(
            one.box is None or place.box is None or one.box.meets(place.box)
            for one in self._places.get(place.page, ())
        )

    def hold_back(self, outcomes: Iterable[Outcome]) -> Sequence[Outcome]:
        """The outcomes, undecided and without a finding where they rest on doubtful figures."""
        if not self._places:
            return list(outcomes)
        return [
            replace(one, verdict="undecided", finding=None) if self._rests_on(one) else one
            for one in outcomes
        ]

    def _rests_on(self, outcome: Outcome) -> bool:
        if outcome.verdict != "inconsistent" and outcome.finding is None:
            return False
        used = (outcome.subject, outcome.judged, *outcome.operands)
        return any(self.cover(one.place) for one in used if one is not None)
