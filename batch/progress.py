"""How a run goes, told on standard error: a bar on a terminal, lines elsewhere, JSON if asked."""

from __future__ import annotations

import json
import sys
import time
from typing import TYPE_CHECKING, Literal, Self

if TYPE_CHECKING:
    from kenzan.batch.run import Event

LogFormat = Literal["auto", "bar", "plain", "json"]
_EVERY = 5.0
_WORDS = {
    "ja": {"failed": "失敗", "skipped": "対象外", "rate": "件/秒", "left": "残り"},
    "en": {"failed": "failed", "skipped": "skipped", "rate": "documents/s", "left": "left"},
}


class Teller:
    """Told of every settled document; used as a context around the run."""

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def __call__(self, event: Event) -> None:
        """Take one event."""

    def close(self) -> None:
        """End what was begun."""


def open_progress(form: LogFormat = "auto", lang: str = "en") -> Teller:
    """The teller for this standard error: a bar on a terminal, plain lines otherwise."""
    if form == "json":
        return _JsonLines()
    if form == "bar" or (form == "auto" and sys.stderr.isatty()):
        return _Bar(lang)
    return _PlainLines(lang)


class _JsonLines(Teller):
    """One JSON object a document."""

    def __call__(self, event: Event) -> None:
        record = {
            "document": event.name,
            "status": event.status,
            "reason": event.reason,
            "seconds": round(event.seconds, 3),
            "settled": event.settled,
            "total": event.total,
        }
        _say(json.dumps(record, ensure_ascii=False))


class _PlainLines(Teller):
    """A line for every failure, and one every few seconds."""

    def __init__(self, lang: str) -> None:
        self._words = _WORDS[lang]
        self._started = self._last = time.monotonic()

    def __call__(self, event: Event) -> None:
        if event.status in ("failed", "skipped"):
            word = self._words[event.status]
            _say(f"{word}: {one_line(event.name)}: {one_line(event.reason)}")
        now = time.monotonic()
        if now - self._last >= _EVERY or event.settled == event.total:
            self._last = now
            _say(self._line(event, now))

    def _line(self, event: Event, now: float) -> str:
        rate = event.settled / max(now - self._started, 0.001)
        left = (event.total - event.settled) / rate
        words = self._words
        speed = f"{rate:.1f} {words['rate']}"
        return f"{event.settled}/{event.total}  {speed}  {words['left']} {left:.0f} s"


class _Bar(Teller):
    """A bar with rate and remaining time; failures stay above it."""

    def __init__(self, lang: str) -> None:
        from rich.console import Console
        from rich.progress import BarColumn, MofNCompleteColumn, Progress, TimeRemainingColumn
        from rich.progress import TextColumn as Text

        self._words = _WORDS[lang]
        self._console = Console(stderr=True)
        self._progress = Progress(
            BarColumn(),
            MofNCompleteColumn(),
            Text("{task.fields[rate]}"),
            TimeRemainingColumn(),
            Text("{task.fields[failed]}"),
            console=self._console,
        )
        self._task = self._progress.add_task("", total=None, rate="", failed="")
        self._started = time.monotonic()
        self._failed = 0

    def __enter__(self) -> Self:
        self._progress.start()
        return self

    def close(self) -> None:
        """Leave the terminal as it was."""
        self._progress.stop()

    def __call__(self, event: Event) -> None:
        if event.status == "failed":
            self._failed += 1
            line = f"{self._words['failed']}: {one_line(event.name)}: {one_line(event.reason)}"
            self._console.print(line, markup=False, highlight=False)
        rate = event.settled / max(time.monotonic() - self._started, 0.001)
        failed = f"{self._words['failed']} {self._failed}" if self._failed else ""
        self._progress.update(
            self._task,
            completed=event.settled,
            total=event.total,
            rate=f"{rate:.1f} {self._words['rate']}",
            failed=failed,
        )


def one_line(text: str) -> str:
    """A text from outside on one line of a terminal: control characters are shown, not obeyed."""
    return "".join(char if char.isprintable() else repr(char)[1:-1] for char in text)


def _say(line: str) -> None:
    sys.stderr.write(line + "\n")
    sys.stderr.flush()
