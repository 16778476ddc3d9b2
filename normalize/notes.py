"""Note marks beside a figure: ※1, *1, 注1, (注), ① and superscripts, cut off before reading.

They have to go first: folding a whole cell turns ①5 into 15, and 5 ※1 reads as two figures.
"""

from __future__ import annotations

import re

_DIGIT = "0-9０-９"
_CIRCLED = "①-⑳㉑-㉟㊱-㊿❶-❿⓫-⓴⓵-⓾ⓐ-ⓩⒶ-Ⓩ"
_STAR = "※＊*✳✽†‡§¶"
_NUMBER = rf"[{_DIGIT}]{{1,2}}"
_NOTE = rf"[(（\[［〔]?[注註備][{_DIGIT}]{{0,2}}[)）\]］〕]?"
_FIGURE = rf"[-+−－＋△▲▽▼±約(（]?\s?[{_DIGIT}.]"

_LEADING = re.compile(
    rf"""\s*+(?:
        [{_CIRCLED}]\s*+(?={_FIGURE})
      | [{_STAR}]{_NUMBER}(?:[)）:：]\s*+|\s++)(?={_FIGURE})
      | [{_STAR}]++\s*+(?=[-+−－＋△▲▽▼±約(（])
      | [{_STAR}]++\s++(?={_FIGURE})
      | {_NOTE}\s++(?={_FIGURE})
      | [(（\[［〔][注註][{_DIGIT}]{{0,2}}[)）\]］〕]\s*+(?={_FIGURE})
      | {_NUMBER}[)）]\s*+(?={_FIGURE})
    )""",
    re.VERBOSE,
)
_BEHIND = rf"""(?<=[^\s{_STAR}])\s*+(?:
        [(（\[［〔]?[{_STAR}]++(?:{_NUMBER})?[)）\]］〕]?
      | {_NOTE}
      | [¹²³⁰-⁹]++[)⁾]?
    )\s*+\Z"""
_TRAILING = re.compile(_BEHIND, re.VERBOSE)
_CIRCLED_BEHIND = re.compile(rf"\s*+[{_CIRCLED}]++\s*+\Z")
# 5人1) with a bracket that nothing opened.
_CLOSING = re.compile(rf"(?<=[^\s{_DIGIT}.,，．(（])\s?{_NUMBER}[)）]\s*\Z")
_OPENING = re.compile("[(（]")
_DIGITS = re.compile(rf"[{_DIGIT}]")
# m² and km³ are units, not notes.
_SQUARED = ("m²", "m³", "ｍ²", "ｍ³")
# More marks than this stand beside no figure.
_MARKS_LIMIT = 6


def find_note_marks(text: str) -> tuple[tuple[int, int], ...]:
    """Spans of the note marks of one printed line, in order; never all of the text.

    Marks that could also number or name a thing (①事業費, 当初額①, 1) 総務費) are cut off only
    beside a figure.
    """
    first = _LEADING.match(text)
    start = first.end() if first else 0
    tail: list[tuple[int, int]] = []
    stop = len(text)
    while len(tail) < _MARKS_LIMIT and (begin := _last_mark(text, start, stop)) < stop:
        tail.append((begin, stop))
        stop = begin
    return (*([(0, start)] if start else []), *reversed(tail))


def _last_mark(text: str, start: int, stop: int) -> int:
    """Where the mark that ends the text begins; ``stop`` if none does."""
    least = max(start, stop - 16)
    if text[max(stop - 4, 0) : stop].rstrip().endswith(_SQUARED):
        return stop
    match = _TRAILING.search(text, least, stop)
    if match is None and _DIGITS.search(text, start, stop):
        match = _CIRCLED_BEHIND.search(text, least, stop) or _CLOSING.search(text, least, stop)
        if match and match[0].rstrip()[-1] in ")）" and _OPENING.search(text, start, stop):
            return stop
        if match and not _DIGITS.search(text, start, match.start()):
            return stop
    return match.start() if match and match.start() > start else stop


def split_note_marks(text: str) -> tuple[str, tuple[str, ...]]:
    """The text without the note marks beside its figure, and those marks as printed.

    >>> split_note_marks("12,672人※１")
    ('12,672人', ('※１',))
    >>> split_note_marks("①5")
    ('5', ('①',))
    """
    spans = find_note_marks(text)
    marks = tuple(text[start:end].strip() for start, end in spans)
    kept: list[str] = []
    at = 0
    for start, end in spans:
        kept.append(text[at:start])
        at = end
    return "".join((*kept, text[at:])), marks
