"""Years that a label compares rather than stands for: R7-R6, 増減（R5/R4）, H30比, 対R5増減率."""

from __future__ import annotations

import re

from kenzan.interpret.words.lexicon import MeasureWord
from kenzan.normalize.eras import era_year

_DASH = "-‐‑‒–—―−－ー─"
_YEAR = r"(?:(?:令和|平成|昭和|[RHS]|FY)\.?)?(?:\d{4}|\d{1,2}|元)(?:年度|年)?"
_PAIR = re.compile(
    rf"[(（\[]?(?P<one>{_YEAR})\s?"
    rf"(?:(?P<minus>[{_DASH}])|(?P<over>[/／÷])|(?P<and>と))\s?(?P<other>{_YEAR})"
    r"(?(and)の?(?:差|比較|増減))[)）\]]?"
)
_AGAINST = re.compile(rf"対(?P<base>{_YEAR})(?=\D|$)|(?P<of>{_YEAR})(?=対?比$|対?比[(（])")
_RATIO = MeasureWord("change_rate", strong=True, whole=True)
_GAP = MeasureWord("change", strong=True, whole=True)


def cut_comparison(text: str) -> tuple[MeasureWord | None, str]:
    """What a label that names the years it compares tells, and its other words.

    The measure is for labels that say no more than the years; their other words are empty.

    >>> cut_comparison("増減率(R7/R6)")[1], cut_comparison("7-6")[0].measure
    ('増減率', 'change')
    """
    pair = _PAIR.search(text)
    if pair is not None and _are_two_years(pair["one"], pair["other"]):
        word = _RATIO if pair["over"] else _GAP
        return word, (text[: pair.start()] + text[pair.end() :]).strip("の 　")
    against = _AGAINST.search(text)
    if against is None or _year(against["base"] or against["of"]) is None:
        return None, text
    rest = (text[: against.start()] + text[against.end() :]).replace("()", "")
    return _RATIO, "" if rest in {"比", "対比"} else rest.strip("の 　")


def _year(text: str) -> int | None:
    return era_year(re.sub("年度?$", "", text).replace(".", ""))


def _are_two_years(one: str, other: str) -> bool:
    """Whether the later of two years stands first; bare numbers have to be neighbours (7-6)."""
    late, early = _year(one), _year(other)
    if late is not None and early is not None:
        return late > early
    numbers = [re.sub("年度?$", "", text) for text in (one, other)]
    if late is not None or early is not None or not all(n.isdecimal() for n in numbers):
        return False
    return int(numbers[0]) == int(numbers[1]) + 1
