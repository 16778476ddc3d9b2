"""How to read: the choices a caller has, and the limits that keep hostile input bounded."""

from __future__ import annotations

import time
from dataclasses import field
from typing import TYPE_CHECKING, Literal, Self

from kenzan.errors import TooLargeError, TooSlowError
from kenzan.schemas.records import dataclass

if TYPE_CHECKING:
    from collections.abc import Callable

Backend = Literal["auto", "pdfium", "pdfplumber"]


@dataclass(frozen=True, slots=True)
class ReadOptions:
    """Choices and limits of one reading. The defaults suit published reports.

    ``password`` opens an encrypted PDF. ``encoding`` overrides the detection for text and HTML
    (any name Python knows). ``verify_engines`` has every page of a PDF read by both engines and
    their digits compared, whatever the backend. A limit of ``None`` is no limit.

    ``max_bytes`` bounds the file, ``max_unpacked`` what a zip container (Word, Excel) may unpack
    to, ``max_ratio`` how many times larger than its packed bytes a large member of it may be;
    ``max_cells`` and ``max_chars`` bound what is kept of one document; ``max_seconds`` is the wall
    clock from the start of one ``read_document``. ``on_progress`` is called over and over while
    reading goes on (for every page and in long loops), and must cost little.
    """

    password: str | None = field(default=None, repr=False)
    backend: Backend = "auto"
    encoding: str | None = None
    verify_engines: bool = False
    max_bytes: int | None = 512 * 1024 * 1024
    max_pages: int | None = 5_000
    max_seconds: float | None = 600.0
    max_cells: int | None = 2_000_000
    max_chars: int | None = 50_000_000
    max_unpacked: int | None = 1024 * 1024 * 1024
    max_ratio: int | None = 500
    on_progress: Callable[[], None] | None = field(default=None, repr=False, compare=False)


class Deadline:
    """A wall clock that raises once the time of one document is used up.

    ``tell`` is called at every look at the clock.
    """

    def __init__(
        self, name: str, seconds: float | None, tell: Callable[[], None] | None = None
    ) -> None:
        self._name = name
        self._seconds = seconds
        self._tell = tell
        self._started = time.monotonic()

    @classmethod
    def of(cls, name: str, options: ReadOptions) -> Self:
        """The clock of one reading that starts now."""
        return cls(name, options.max_seconds, options.on_progress)

    def check(self) -> None:
        """Raise ``TooSlowError`` if the time is used up; cheap enough for inner loops."""
        if self._tell is not None:
            self._tell()
        if self._seconds is not None and self.elapsed > self._seconds:
            raise TooSlowError(self._name, f"{self._seconds:g} s")

    @property
    def elapsed(self) -> float:
        """Seconds since the reading began."""
        return time.monotonic() - self._started


class Budget:
    """A count of something (cells, characters) that raises ``TooLargeError`` when exceeded."""

    def __init__(self, name: str, limit: int | None, what: str) -> None:
        self._name = name
        self._limit = limit
        self._what = what
        self.spent = 0

    def spend(self, amount: int) -> None:
        """Count ``amount`` more."""
        self.spent += amount
        if self._limit is not None and self.spent > self._limit:
            raise TooLargeError(self._name, f"> {self._limit:,} {self._what}")
