"""How a conversion goes, told on standard error: a bar on a terminal, lines elsewhere, or JSON."""

from __future__ import annotations

import json
import sys
import time
from typing import TYPE_CHECKING, Literal, Self

from kenzan.terminal.cleaning import clean_text

if TYPE_CHECKING:
    from kenzan.batch.run import Event
    from kenzan.terminal.consoles import Talk

LogFormat = Literal["auto", "bar", "plain", "json"]
_EVERY = 5.0
_FEW = 30


def open_progress(form: LogFormat, talk: Talk) -> Teller:
    """The teller for this standard error."""
    if form == "json":
        return JsonLines(talk)
    if form == "bar" or (form == "auto" and sys.stderr.isatty()):
        return Bar(talk)
    return PlainLines(talk)


class Teller:
    """Told of every settled document; used as a context around the run."""

    def __init__(self, talk: Talk) -> None:
        self._talk = talk
        self._started = time.monotonic()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def __call__(self, event: Event) -> None:
        """Take one event."""

    def close(self) -> None:
        """End what was begun."""

    def _rate(self, event: Event) -> float:
        """Documents a second, so far."""
        return event.settled / max(time.monotonic() - self._started, 0.001)

    def _describe(self, event: Event) -> str:
        """One document in a line."""
        name = event.name
        if event.status == "kept":
            return f"{name}: {self._talk.words.say('convert.kept')}"
        if event.status == "duplicate":
            return f"{name}: {self._talk.words.say('convert.duplicate')}"
        figures, checks, findings = event.tallies
        counts = self._talk.words.say(
            "convert.document", figures=figures, checks=checks, findings=findings
        )
        return f"{name}: {counts}"


class JsonLines(Teller):
    """One JSON object a document."""

    def __call__(self, event: Event) -> None:
        """Take one event."""
        figures, checks, findings = event.tallies
        record = {
            "document": event.name,
            "status": event.status,
            "code": event.error.code if event.error else "",
            "reason": event.reason,
            "seconds": round(event.seconds, 3),
            "observations": figures,
            "checks": checks,
            "findings": findings,
            "settled": event.settled,
            "total": event.total,
        }
        sys.stderr.write(json.dumps(record) + "\n")
        sys.stderr.flush()


class PlainLines(Teller):
    """Every failure; every document where there are few, a line every few seconds where many."""

    def __init__(self, talk: Talk) -> None:
        super().__init__(talk)
        self._last = self._started

    def __call__(self, event: Event) -> None:
        """Take one event."""
        if event.error is not None:
            self._talk.tell_error(event.error)
        elif event.total <= _FEW and event.status != "skipped":
            self._talk.tell(self._describe(event))
        now = time.monotonic()
        if event.total > _FEW and (now - self._last >= _EVERY or event.settled == event.total):
            self._last = now
            rate = self._rate(event)
            self._talk.tell(
                self._talk.words.say(
                    "convert.progress",
                    settled=event.settled,
                    total=event.total,
                    rate=f"{rate:.1f}",
                    left=f"{(event.total - event.settled) / rate:.0f}",
                )
            )


class Bar(Teller):
    """A bar with rate and remaining time; failures stay above it."""

    def __init__(self, talk: Talk) -> None:
        super().__init__(talk)
        from rich.console import Console
        from rich.progress import (
            BarColumn,
            MofNCompleteColumn,
            Progress,
            TextColumn,
            TimeRemainingColumn,
        )

        self._console = Console(stderr=True, markup=False, emoji=False, highlight=False)
        self._progress = Progress(
            BarColumn(),
            MofNCompleteColumn(),
            TextColumn("{task.fields[rate]}", markup=False),
            TimeRemainingColumn(),
            console=self._console,
            transient=True,
        )
        self._task = self._progress.add_task("", total=None, rate="")

    def __enter__(self) -> Self:
        self._progress.start()
        return self

    def close(self) -> None:
        """Leave the terminal as it was."""
        self._progress.stop()

    def __call__(self, event: Event) -> None:
        """Take one event."""
        if event.error is not None:
            word = self._talk.words.say("talk.error")
            message = event.error.message(self._talk.lang)
            self._console.print(f"{word} {clean_text(message)}")
        elif event.total <= _FEW and event.status != "skipped":
            self._console.print(clean_text(self._describe(event)))
        rate = f"{self._rate(event):.1f}/s"
        self._progress.update(self._task, completed=event.settled, total=event.total, rate=rate)
