"""A finding's message sorted into what it is made of: working, likeliest slip, the rest.

Every sentence is shown once, in the row where a reader looks for it. A sentence that says no more
than the figure as printed is left out, since that has a row of its own.
"""

from __future__ import annotations

import re
import unicodedata

from kenzan.schemas.records import dataclass

_SENTENCE = re.compile(r"[^。]+。?")
_ENGLISH_SENTENCE = re.compile(r".+?(?:\.(?=\s|$)|;(?=\s)|$)\s*", re.DOTALL)
_SLIP = re.compile(r"確信度|\(confidence ")
_WORDS_AROUND_PRINTED = 16
_LONG_NUMBER = re.compile(r"(?<![\d.])\d{4,}")


@dataclass(frozen=True, slots=True)
class Message:
    """The parts of a message; empty where it has none."""

    working: str = ""
    slip: str = ""
    rest: str = ""


def sort_message(message: str, printed: str, *, japanese: bool) -> Message:
    """Sort the sentences of a message; ``printed`` is the figure as printed."""
    pattern = _SENTENCE if japanese else _ENGLISH_SENTENCE
    working: list[str] = []
    slip: list[str] = []
    rest: list[str] = []
    for sentence in pattern.findall(message):
        if _SLIP.search(sentence):
            slip.append(sentence)
        elif " = " in sentence or "= " in sentence:
            working.append(sentence)
        elif not _only_repeats(sentence, printed):
            rest.append(sentence)
    return Message(_join(working), _join(slip), _join(rest))


def show_expected(expected: str, printed: str) -> str:
    """The expected figure as people compare it: in groups of digits if the printed one is."""
    if "," not in unicodedata.normalize("NFKC", printed):
        return expected
    return _LONG_NUMBER.sub(lambda found: f"{int(found[0]):,}", expected)


def _only_repeats(sentence: str, printed: str) -> bool:
    room = len(printed) + _WORDS_AROUND_PRINTED
    return bool(printed) and printed in sentence and len(sentence.strip()) <= room


def _join(sentences: list[str]) -> str:
    text = "".join(sentences).strip()
    # A lone sentence in its row needs no full stop.
    return text.rstrip("。.;") if len(sentences) == 1 else text
