"""What became of the figures of a document, in numbers that add up to those that were read."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kenzan.schemas.audit import Counts
    from kenzan.terminal.wording import Words


def coverage_lines(counts: Counts, words: Words) -> Iterator[str]:
    """How many were checked; then, where there are any, those left open and those left out."""
    yield words.say(
        "audit.coverage" if counts.checked else "audit.coverage_none",
        figures=counts.figures,
        checked=counts.checked,
        consistent=counts.consistent,
        inconsistent=counts.inconsistent,
    )
    if counts.undecided:
        yield words.say("audit.undecided", undecided=counts.undecided)
    if counts.unchecked:
        yield words.say("audit.unchecked", unchecked=counts.unchecked)
