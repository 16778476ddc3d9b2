"""The word lists of the TOML files beside this module, ready for look-up.

A header that a municipality words in its own way is added to the lists, never to code.
"""

from __future__ import annotations

import re
from functools import cache, lru_cache
from typing import TYPE_CHECKING, Any

from kenzan.normalize.characters import fold
from kenzan.normalize.labels import label_key as make_key
from kenzan.schemas.data_files import read_toml
from kenzan.schemas.records import dataclass

if TYPE_CHECKING:
    from collections.abc import Sequence

label_key = lru_cache(maxsize=16384)(make_key)
_LONGEST_LABEL = 40
# 目標値に対する割合 is no target.
_WITH_CHANGE = re.compile(r"([^()]+)\(([^()]+)\)")
_RATIO_OF = re.compile(r"に対する(?:割合|比率|率|比)$")
_IN_BRACKETS = re.compile(r"[(（][^()（）]*[)）]")
# Parts of a report that are told in words; columns of such names hold texts.
_TOLD = frozenset({"overview", "reason", "other"})


@dataclass(frozen=True, slots=True)
class Token:
    """A known word in a header: its class (a measure or ``filler``) and whether it decides."""

    word: str
    cls: str
    strong: bool


def _load(name: str) -> dict[str, Any]:
    return read_toml("kenzan.interpret.words", name)


@cache
def kinds() -> dict[str, Any]:
    """``kinds.toml`` as it is."""
    return _load("kinds.toml")


@cache
def sections() -> dict[str, Any]:
    """``sections.toml`` as it is."""
    return _load("sections.toml")


@cache
def _measures() -> tuple[dict[str, list[Token]], tuple[str, ...], tuple[tuple[str, str], ...]]:
    """Tokens by first character (longest first), the precedence, and tails (longest first)."""
    data = _load("measures.toml")
    precedence = tuple(data.pop("precedence"))
    tokens: dict[str, Token] = {}
    tails: dict[str, str] = {}
    for cls in (*precedence, "filler"):
        for strength in ("strong", "weak"):
            for word in data[cls][strength]:
                key = label_key(word) or word
                tokens.setdefault(key, Token(key, cls, strength == "strong"))
        for word in data[cls]["tail"]:
            tails.setdefault(label_key(word), cls)
    by_first: dict[str, list[Token]] = {}
    for token in sorted(tokens.values(), key=lambda t: -len(t.word)):
        by_first.setdefault(token.word[0], []).append(token)
    return by_first, precedence, tuple(sorted(tails.items(), key=lambda t: -len(t[0])))


@lru_cache(maxsize=8192)
def cut_into_words(key: str) -> tuple[Token, ...] | None:
    """The fewest known words that make up the key; ``None`` if something is left over."""
    size = len(key)
    if not size or size > _LONGEST_LABEL:
        return None
    by_first = _measures()[0]
    best: list[tuple[int, tuple[Token, ...]] | None] = [None] * (size + 1)
    best[0] = (0, ())
    for start in range(size):
        here = best[start]
        if here is None:
            continue
        for token in by_first.get(key[start], ()):
            if not key.startswith(token.word, start):
                continue
            end = start + len(token.word)
            cost = here[0] + (2 if token.cls == "filler" else 1)
            known = best[end]
            if known is None or cost < known[0]:
                best[end] = (cost, (*here[1], token))
    found = best[size]
    return found[1] if found else None


@dataclass(frozen=True, slots=True)
class MeasureWord:
    """The measure that a header names; ``strong`` decides against weak words on its path."""

    measure: str
    strong: bool
    whole: bool


@lru_cache(maxsize=8192)
def find_measure(key: str) -> MeasureWord | None:
    """The measure a header names, from its folded key; ``None`` if it names none.

    ``whole`` tells that all of the header was understood, not only its last word.
    """
    _, precedence, tails = _measures()
    pair = _WITH_CHANGE.fullmatch(key)
    head = find_measure(pair[1]) if pair is not None and _names_change(pair[2]) else None
    if head is not None and head.measure not in {"change", "change_rate"}:
        return head  # 実績値（増減）: the figure, and its change in brackets
    words = cut_into_words(key)
    if words is not None and _RATIO_OF.search(key):
        return MeasureWord("rate", strong=True, whole=True)
    if words is not None:
        for strong in (True, False):
            named = [w.cls for w in words if w.strong == strong and w.cls != "filler"]
            cls = _deciding(named, precedence)
            if cls is not None:
                return MeasureWord(cls, strong, whole=True)
        return None
    for tail, cls in tails:
        if key.endswith(tail) and len(key) <= _LONGEST_LABEL:
            return MeasureWord(cls, strong=True, whole=False)
    return None


def _names_change(key: str) -> bool:
    word = find_measure(key)
    return word is not None and word.whole and word.measure == "change"


def _deciding(named: Sequence[str], precedence: tuple[str, ...]) -> str | None:
    """Which of the measures named in one header it is: 対前年増減数 ends in what it counts."""
    changes = [cls for cls in named if cls in {"change", "change_rate"}]
    if changes:
        return changes[-1]
    return next((cls for cls in precedence if cls in named), None)


def is_filler(key: str) -> bool:
    """Whether the key consists of words that change nothing (年度, の, 値)."""
    words = cut_into_words(key)
    return words is not None and all(w.cls == "filler" for w in words)


@cache
def corner_words() -> frozenset[str]:
    """Labels over the labels of rows that name nothing themselves (区分)."""
    return frozenset(kinds()["corner"]["words"])


@cache
def thing_words() -> frozenset[str]:
    """Labels over names of things that there is one of each (施設名)."""
    return frozenset(kinds()["things"]["words"])


@cache
def department_ends() -> tuple[str, ...]:
    """How names of sections of an office end (課, 室, センター)."""
    return tuple(kinds()["cell"]["department_ends"])


@cache
def grade_marks() -> frozenset[str]:
    """Marks and words that grade (Ａ, ◎, 未達成), folded."""
    return frozenset(kinds()["cell"]["grades"])


@cache
def arrow_marks() -> frozenset[str]:
    """Marks that show which way is better, or which way it went (↑, ↘), folded."""
    return frozenset(fold(mark) for mark in kinds()["cell"]["arrows"])


@cache
def foreign_words() -> tuple[str, ...]:
    """Words of columns that hold figures of others, or of no plan (全国平均, 順位)."""
    return tuple(kinds()["cell"]["foreign"])


@cache
def opening_words() -> frozenset[str]:
    """What a year's first budget is called beside the year alone (R7当初)."""
    return frozenset(kinds()["cell"]["openings"])


@lru_cache(maxsize=4096)
def names_achievement(label: str) -> bool:
    """Whether a rate of this name sets what was done against what was planned."""
    found = find_measure(label_key(_IN_BRACKETS.sub("", label)))
    said = any(word in label for word in kinds()["cell"]["achievements"])
    return said and found is not None and found.measure == "rate"


@lru_cache(maxsize=4096)
def names_ratio(label: str) -> bool:
    """Whether a name ends as names of ratios do (経常収支比率), so that no amount of money fits."""
    key = label_key(_IN_BRACKETS.sub("", label))
    return key.endswith(tuple(kinds()["cell"]["ratio_ends"]))


@cache
def counting_ends(unit: str) -> tuple[str, ...]:
    """Ends of names that count something in this unit: 被保険者数, 人口 for 人."""
    return tuple(kinds()["counting"].get(unit, ()))


@cache
def _roles() -> dict[str, str]:
    roles: dict[str, str] = {}
    for role, entry in _load("roles.toml").items():
        for word in entry["words"]:
            roles.setdefault(label_key(word) or word, role)
    return roles


def find_role(key: str) -> str | None:
    """What a column of this name holds (``indicator``, ``unit``, ``text`` …)."""
    role = _roles().get(key)
    if role is None and section_words().get(key) in _TOLD:
        return "text"
    return role


@cache
def _kind_patterns() -> tuple[tuple[str, re.Pattern[str]], ...]:
    order = ("of_which", "difference", "subtotal", "total")
    return tuple((kind, re.compile("|".join(kinds()[kind]["patterns"]))) for kind in order)


@cache
def _not_total() -> re.Pattern[str]:
    return re.compile("(?:" + "|".join(map(re.escape, kinds()["not_total"])) + r")(?:\(.*\))?$")


@lru_cache(maxsize=8192)
def find_kind(text: str) -> str:
    """How a row or column of this (folded, unnumbered) label takes part in sums."""
    for kind, pattern in _kind_patterns():
        if pattern.search(text):
            if kind in {"total", "subtotal"} and _not_total().search(text):
                return "part"
            return kind
    return "part"


def _keys_of(names: tuple[str, ...]) -> dict[str, str]:
    found: dict[str, str] = {}
    for name in names:
        for word in sections()[name]["words"]:
            found.setdefault(label_key(word), name)
    return found


@cache
def section_words() -> dict[str, str]:
    """Heading key → what the part under it holds (overview, kpi, plan, activity …)."""
    return _keys_of(("overview", "kpi", "plan", "activity", "achievement", "reason", "other"))


@cache
def narrative_words() -> dict[str, str]:
    """Key of a row or column label → what the text beside it tells."""
    return _keys_of(("plan", "activity", "achievement", "reason", "other"))


@cache
def class_units() -> frozenset[str]:
    """Units of figures that name a class: 歳, 級, 年生."""
    return frozenset(kinds()["cell"]["classes"])


@cache
def funding_words() -> frozenset[str]:
    """Names of funding sources as leaf headers."""
    return frozenset(label_key(word) for word in kinds()["funding"]["words"])


@cache
def funding_parents() -> frozenset[str]:
    """Headers over columns of funding sources."""
    return frozenset(label_key(word) for word in kinds()["funding"]["parents"])
