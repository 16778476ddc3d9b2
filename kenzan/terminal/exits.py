"""Outcomes watched as they pass: failures told at once, the exit code known at the end."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kenzan._audit import is_inconsistent
from kenzan.errors import DefectError

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from kenzan._sources import Outcome
    from kenzan.errors import KenzanError
    from kenzan.terminal.consoles import Talk

ALL_CONSISTENT, NOTHING_READABLE, SOME_FAILED = 0, 3, 4


class Exits:
    """Counts what was read, what failed and what is inconsistent."""

    def __init__(self, talk: Talk) -> None:
        self._talk = talk
        self.read = 0
        self.inconsistent = 0
        self.errors: list[KenzanError] = []

    def watch(self, outcomes: Iterable[Outcome]) -> Iterator[Outcome]:
        """The same outcomes, one by one; each failure gets its line on standard error."""
        for outcome in outcomes:
            self.note(outcome)
            yield outcome

    def note(self, outcome: Outcome) -> None:
        """Count one outcome."""
        if outcome.error is not None:
            self.errors.append(outcome.error)
            self._talk.tell_error(outcome.error)
        elif outcome.row.status in ("done", "partial"):
            self.read += 1
            self.inconsistent += is_inconsistent(outcome.result)

    def code(self, *, inconsistent_is: int = ALL_CONSISTENT) -> int:
        """The exit code: a failed document weighs more than an inconsistent one."""
        if self.errors and not self.read:
            defects = [error for error in self.errors if isinstance(error, DefectError)]
            return defects[0].exit_code if defects else NOTHING_READABLE
        if self.errors:
            return SOME_FAILED
        return inconsistent_is if self.inconsistent else ALL_CONSISTENT
