"""Random choices from a seed, and the headings and rows that they pick."""

from __future__ import annotations

import random
from decimal import Decimal
from typing import TYPE_CHECKING, TypeVar

from bench.corpus.words import IndicatorWord, indicator_words, read_words

if TYPE_CHECKING:
    from collections.abc import Sequence

    from bench.corpus.model import HeaderSet

T = TypeVar("T")


class Draw:
    """A seeded source of choices. A document's choices depend on its seed alone."""

    def __init__(self, seed: int | str, header_set: HeaderSet = "common") -> None:
        self.random = random.Random(seed)
        self.header_set = header_set
        self._headers: dict[str, str] = {}

    def chance(self, probability: float) -> bool:
        return self.random.random() < probability

    def one(self, choices: Sequence[T]) -> T:
        return self.random.choice(choices)

    def some(self, choices: Sequence[T], count: int) -> list[T]:
        """``count`` different choices, or all of them in another order."""
        return self.random.sample(list(choices), min(count, len(choices)))

    def between(self, low: int, high: int) -> int:
        """A whole number, both ends included."""
        return self.random.randint(low, high)

    def uniform(self, low: float, high: float) -> Decimal:
        """A number between, with eight decimals, never a float."""
        return Decimal(str(round(self.random.uniform(float(low), float(high)), 8)))

    def text(self, name: str, **values: str) -> str:
        """A sentence or name from the prose list, with its gaps filled."""
        return self.one(read_words("prose")[name]).format(**values)

    def header(self, role: str) -> str:
        """The wording of a heading, the same all through the document.

        In the ``rare`` set about two headings of three are unusual, the rest common, as a real
        author would have it.
        """
        if role not in self._headers:
            lists = read_words("headers")[role]
            rare = self.header_set == "rare" and self.chance(0.67)
            self._headers[role] = self.one(lists["rare" if rare else "common"])
        return self._headers[role]

    def forget_headers(self) -> None:
        """Let the next table of the document word its headings anew."""
        self._headers.clear()

    def indicators(self, count: int, field: str | None = None) -> list[IndicatorWord]:
        """Different indicators, of one field if named."""
        words = [word for word in indicator_words() if field in (None, word.field)]
        return self.some(words, count)
