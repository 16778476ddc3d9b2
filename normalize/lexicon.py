"""Word lists that match at a position of a text, longest word first.

A list of some hundred words compiled into one pattern costs tens of milliseconds at start-up and
is slower to match than looking slices up in a set.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from kenzan.normalize.characters import fold
from kenzan.schemas.data_files import read_toml

if TYPE_CHECKING:
    from collections.abc import Iterable


class Lexicon:
    """A set of words; ``match`` finds the longest at a position, ``match_before`` ending there."""

    __slots__ = ("_after", "_before", "words")

    def __init__(self, words: Iterable[str]) -> None:
        self.words = frozenset(word for word in words if word)
        self._after = _lengths((word[0], len(word)) for word in self.words)
        self._before = _lengths((word[-1], len(word)) for word in self.words)

    def match(self, text: str, at: int, end: int) -> str:
        """The longest word in ``text[at:end]`` that begins at ``at``; empty if there is none."""
        for length in self._after.get(text[at : at + 1], ()):
            if at + length <= end and text[at : at + length] in self.words:
                return text[at : at + length]
        return ""

    def match_before(self, text: str, at: int, least: int) -> str:
        """The longest word in ``text[least:at]`` that ends at ``at``; empty if there is none."""
        for length in self._before.get(text[max(at - 1, 0) : at], ()):
            if at - length >= least and text[at - length : at] in self.words:
                return text[at - length : at]
        return ""

    def __contains__(self, word: object) -> bool:
        return word in self.words


def _lengths(keyed: Iterable[tuple[str, int]]) -> dict[str, tuple[int, ...]]:
    """For each first (or last) character the lengths of its words, longest first."""
    lengths: dict[str, set[int]] = {}
    for char, length in keyed:
        lengths.setdefault(char, set()).add(length)
    return {char: tuple(sorted(found, reverse=True)) for char, found in lengths.items()}


def read_words(name: str) -> dict[str, Any]:
    """A TOML file of this folder, every string in it folded as the texts will be."""
    return {key: _folded(value) for key, value in read_toml("kenzan.normalize", name).items()}


def _folded(value: Any) -> Any:
    if isinstance(value, dict):
        return {fold(key): _folded(part) for key, part in value.items()}
    if isinstance(value, list):
        return [_folded(part) for part in value]
    return fold(value) if isinstance(value, str) else value
