"""The word lists for flattened text, ready for look-up: names, units, row labels, headings."""

from __future__ import annotations

import re
from functools import cache, lru_cache
from typing import Any

from kenzan.interpret.words.lexicon import find_measure, sections
from kenzan.interpret.words.numbering import find_numbering
from kenzan.normalize.labels import fold_label, label_key
from kenzan.schemas.data_files import read_toml
from kenzan.schemas.records import dataclass

MEASURES = frozenset({"target", "actual", "rate", "baseline", "change", "change_rate"})
_ROW_KINDS = ("achievement", "reason", "other")
_HEADING_STYLES = frozenset({"第n", "(n)", "n.", "n)", "n-n", "A", "一", "Ⅰ"})
_HEADING_MARK = re.compile(r"[■□◆◇●◎▼▽★☆▶►【〔〈《<＜≪◯○]|[A-Z][ 　]+\S")
_UNIT_NOTE = re.compile(r"[(（〔［\[](?:単\s*位[^)）]*|[^()（）]{1,6})[)）〕］\]]$")


@cache
def words() -> dict[str, Any]:
    """``words.toml`` as it is."""
    return read_toml("kenzan.interpret.linear", "words.toml")


@dataclass(frozen=True, slots=True)
class RowWord:
    """A row label under the figures, and what its texts are (achievement, reason, other)."""

    key: str
    kind: str


@cache
def row_words() -> dict[str, RowWord]:
    """Keys of the labels of text rows."""
    known = {label_key(word): "other" for word in words()["rows"]["others"]}
    for kind in reversed(_ROW_KINDS):
        known |= {label_key(word): kind for word in sections()[kind]["words"]}
    return {key: RowWord(key, kind) for key, kind in known.items()}


@cache
def row_beginnings() -> frozenset[str]:
    """Everything that a row label can begin with, if it is broken over lines."""
    return frozenset(key[:size] for key in row_words() for size in range(1, len(key)))


@lru_cache(maxsize=8192)
def read_measure(text: str) -> str:
    """The measure that a column label names (target, actual, rate …), or an empty string.

    Only labels that are understood whole count: 目標値, 実績（％）; not ○○の目標.
    """
    found = find_measure(label_key(_UNIT_NOTE.sub("", text) or text))
    if found is None or not found.whole or found.measure not in MEASURES:
        return ""
    return found.measure


@cache
def _running_label() -> re.Pattern[str]:
    return re.compile("|".join(sections()["label"]["patterns"]))


@lru_cache(maxsize=8192)
def is_running_label(text: str) -> bool:
    """Whether the line names the paper (資料６, 別紙1), as the top of each page may."""
    return bool(_running_label().match(fold_label(text)))


_PAGE_NUMBER = re.compile(
    r"[-‐‑‒–—―−－ー~～\s]+\d{1,4}[-‐‑‒–—―−－ー~～\s]+|(?:p|P|page|Page)\.?\s?\d{1,4}|\d{1,4}\s?(?:/|／)\s?\d{1,4}(?:ページ|頁)?|\d{1,4}(?:ページ|頁)"
)


def is_page_number(text: str) -> bool:
    """Whether a folded line can only be the number of a page: - 2 -, 2/10, P.2, 2ページ."""
    return bool(_PAGE_NUMBER.fullmatch(text.strip()))


@lru_cache(maxsize=8192)
def is_heading(text: str) -> bool:
    """Whether a folded line opens a section: （２）…, Ｂ …, 第１ …, ■…."""
    if _HEADING_MARK.match(text):
        return True
    numbering = find_numbering(text)
    return numbering is not None and numbering.style in _HEADING_STYLES


@cache
def _affinities() -> tuple[tuple[str, frozenset[str]], ...]:
    entries = words()["affinity"]
    pairs = (
        (ending, frozenset(entry["units"])) for entry in entries for ending in entry["endings"]
    )
    return tuple(sorted(pairs, key=lambda pair: -len(pair[0])))


@lru_cache(maxsize=4096)
def usual_units(name: str) -> frozenset[str]:
    """The units that figures of an indicator of this name are usually printed in."""
    bare = _UNIT_NOTE.sub("", fold_label(name))
    bare = re.sub(r"[(（][^()（）]*[)）]$", "", bare)
    for ending, units in _affinities():
        if bare.endswith(ending):
            return units
    return frozenset()


_NOTE = re.compile(r"[(（][^()（）]*[)）]$")
_OPENING, _CLOSING = "(（「『【〔", ")）」』】〕"


_WHOLE_INSIDE = re.compile(
    r"(?:件数|人数|者数|客数|箇所数|品数|社数|回数|数|率|額|割合|[)）])(?=[^\W_ぁ-ん]{2})"
)
_NOTE_INSIDE = re.compile(r"[(（][^()（）]{1,4}[)）](?=.)")


@lru_cache(maxsize=8192)
def name_score(text: str) -> int:
    """How much a folded text looks like one whole name of an indicator, in tenths of bits."""
    name = words()["name"]
    noted = _UNIT_NOTE.search(text) is not None
    bare = _NOTE.sub("", _UNIT_NOTE.sub("", text)) or text
    score = -30
    if bare.endswith(tuple(name["endings"])) or noted:
        score = 30
    elif bare.endswith(tuple(name["weak_endings"])):
        score = 15
    if bare.endswith(tuple(name["no_endings"])):
        score -= 40
    if text.startswith(tuple(name["no_beginnings"])):
        score -= 30
    if sum(map(text.count, _OPENING)) != sum(map(text.count, _CLOSING)):
        score -= 80
    score -= 15 * len(_WHOLE_INSIDE.findall(bare)) + 40 * len(_NOTE_INSIDE.findall(text))
    return score - 40 * (len(bare) < 2 or bare in name["endings"]) - 15 * (len(bare) < 4)


_UNIT_USUAL, _UNIT_UNUSUAL, _UNIT_NAMED = 25, -25, 15


@lru_cache(maxsize=8192)
def unit_score(name: str, unit: str | None) -> int:
    """How well figures in a unit fit a name, in tenths of bits: 来客数 and 人, 千人 or 人泊."""
    if not unit:
        return 0
    usual = usual_units(name)
    if any(unit.startswith(one) or unit.endswith(one) for one in usual):
        return _UNIT_USUAL
    if unit in name:
        return _UNIT_NAMED
    return _UNIT_UNUSUAL if usual else 0


_LONGEST_NAME = 60


@lru_cache(maxsize=8192)
def is_statement(text: str) -> bool:
    """Whether a paragraph states something (現在達成できていない。) rather than names it."""
    polarity = words()["polarity"]
    if "。" in text or len(text) > _LONGEST_NAME:
        return True
    return any(word in text for word in (*polarity["missed"], *polarity["met"]))
