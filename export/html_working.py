"""A sum as it is shown: each figure in it carries a letter that leads to its box on the page."""

from __future__ import annotations

import re
import unicodedata
from string import ascii_uppercase
from typing import TYPE_CHECKING

from kenzan.schemas.records import dataclass

if TYPE_CHECKING:
    from collections.abc import Sequence

    from kenzan.schemas.audit import Operand

_NUMBER = re.compile(r"[-−△▲+＋]?\d[\d,]*(?:\.\d+)?")
_NO_DIGIT = re.compile(r"[^\d.]")


@dataclass(frozen=True, slots=True)
class Chip:
    """One figure that a sum used: its letter, what is printed, its part in the sum, its box."""

    letter: str
    printed: str
    role_ja: str
    role_en: str
    anchor: str


@dataclass(frozen=True, slots=True)
class Part:
    """A piece of a sum: plain text, or a figure with its letter and anchor."""

    text: str
    letter: str = ""
    anchor: str = ""


def to_chips(operands: Sequence[Operand], shown: set[str]) -> list[Chip]:
    """The figures of a sum with letters A, B, …; those beyond Z have none."""
    letters = [*ascii_uppercase, *[""] * max(0, len(operands) - len(ascii_uppercase))]
    return [
        Chip(
            letter,
            operand.printed,
            operand.role_ja,
            operand.role_en,
            anchor if (anchor := f"{operand.observation}-{operand.field}") in shown else "",
        )
        for letter, operand in zip(letters, operands, strict=False)
    ]


def split_sum(text: str, chips: Sequence[Chip]) -> list[Part]:
    """A sum cut at the figures that the chips stand for, each chip used once."""
    waiting = [(chip, _digits(chip.printed)) for chip in chips]
    parts: list[Part] = []
    done = 0
    for match in _NUMBER.finditer(text):
        digits = _digits(match[0])
        chip = next((entry for entry in waiting if entry[1] == digits), None)
        if chip is not None:
            waiting.remove(chip)
            parts.append(Part(text[done : match.start()]))
            parts.append(Part(match[0], chip[0].letter, chip[0].anchor))
            done = match.end()
    return [part for part in (*parts, Part(text[done:])) if part.text]


def _digits(printed: str) -> str:
    """The digits of the first number in a text; empty if there is none."""
    found = _NUMBER.search(unicodedata.normalize("NFKC", printed))
    return _NO_DIGIT.sub("", found[0]) if found else ""
