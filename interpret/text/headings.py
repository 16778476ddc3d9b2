"""Headings by their numbering, their size and the words they stand for."""

from __future__ import annotations

import re
from dataclasses import replace
from functools import cache, lru_cache
from typing import TYPE_CHECKING

from kenzan.interpret.words.lexicon import label_key, section_words, sections
from kenzan.interpret.words.numbering import find_numbering
from kenzan.normalize.labels import fold_label
from kenzan.schemas.records import dataclass

if TYPE_CHECKING:
    from collections.abc import Sequence

    from kenzan.interpret.text.stream import Item

_LONGEST = 70
_SIGNS = re.compile(r"^([■◆●○◎▼▽◇□◯★☆▶◼]|[【〔［\[](?=.{2,40}[】〕］\]]))\s*")
_CLOSING = re.compile(r"[】〕］\]]$")
_NAMED = re.compile(r"^\s*[【\[〔]?\s*([^:：\s】\]〕]{2,12})\s*[】\]〕]?\s*[:：]?\s*(.+)$")


# How a paper marks itself among others: 様式第２号, 別紙１-２, 資料６, 参考.
_PAPER = re.compile(
    r"(?:別記)?(?:様式|別紙|別添|別表|別記|参考|附属)?(?:資料)?"
    r"(?:第?[\d一二三四五六七八九十]+(?:号|の\d+|[-‐－ー]\d+)*|[A-Z])?(?:関係)?"
)


@dataclass(frozen=True, slots=True)
class Heading:
    """A line that opens a part: ``style`` of its numbering, ``value`` in its sequence.

    ``says`` is what such a part holds (overview, kpi, plan …), ``None`` for a name of its own.
    """

    item: int
    style: str
    value: int
    key: str
    name: str
    says: str | None


@cache
def _generic_keys() -> frozenset[str]:
    return frozenset(label_key(word) for word in sections()["generic"]["words"])


@cache
def _project_labels() -> frozenset[str]:
    return frozenset(label_key(word) for word in sections()["name_labels"]["project"])


@cache
def _counted_form() -> re.Pattern[str]:
    words = "|".join(map(re.escape, sections()["name_labels"]["counted"]))
    return re.compile(
        rf"[【\[(]?\s*(?P<word>{words})\s*(?:NO\.?|No\.?)?\s*(?P<sign>\d{{1,2}}|[A-Z]|[①-⑳])"
        r"\s*(?:[】\])]|[:：.．、])?(?:\s+|(?<=[】\]):：.．、]))(?P<name>\S.*)"
    )


# What a heading says of the table under it and not of its own name: （単位：人）.
_UNIT = re.compile(r"[(（〔\[]\s*単\s*位\s*[:：]?[^()（）〔〕\[\]]*[)）〕\]]\s*$")


@lru_cache(maxsize=4096)
def _strip_key(text: str) -> str:
    return label_key(text).strip("()[]:：【】・")


@lru_cache(maxsize=4096)
def says_what(name: str) -> str | None:
    """What a part under this heading holds, by its words."""
    key = _strip_key(name)
    found = section_words().get(key)
    if found is not None:
        return found
    bare = re.sub(r"\([^()]*\)", "", key)
    found = section_words().get(bare)
    if found is not None:
        return found
    if len(key) <= 24 and ("kpi" in key or "重要業績評価指標" in key or "数値目標" in key):
        return "kpi"
    return None


def is_generic(name: str) -> bool:
    """Whether the heading is a usual part of a report rather than a name."""
    key = _strip_key(name)
    return says_what(name) is not None or key in _generic_keys() or bool(_PAPER.fullmatch(key))


def find_headings(items: Sequence[Item]) -> list[Heading]:
    """All lines that look like headings, in order."""
    found: list[Heading] = []
    for item in items:
        text = item.text
        if (
            item.line is None
            or item.running
            or not 1 < len(text) <= _LONGEST
            or text.endswith(("。", "、"))
        ):
            continue
        heading = (
            _named(item) or _counted(item) or _numbered(item) or _signed(item) or _worded(item)
        )
        if heading is not None:
            found.append(replace(heading, name=_UNIT.sub("", heading.name) or heading.name))
    return found


def _named(item: Item) -> Heading | None:
    """事業名：○○ on a line of its own."""
    match = _NAMED.match(item.text)
    if match is None:
        return None
    if label_key(match.group(1)) not in _project_labels():
        return None
    name = fold_label(match.group(2))
    number = find_numbering(name)
    if number is not None:
        return Heading(
            item.index, "named", number.value, number.key, name[number.length :].strip(), None
        )
    return Heading(item.index, "named", 0, "", name, None)


def _counted(item: Item) -> Heading | None:
    """事業１　○○, 施策A：○○: a word of the paper's own counts its parts."""
    match = _counted_form().match(item.text)
    if match is None:
        return None
    sign = match["sign"]
    number = find_numbering(f"({sign})…" if sign.isascii() else f"{sign}…")
    name = fold_label(match["name"])
    if number is None or number.value == 0 or len(name) < 2:
        return None
    return Heading(item.index, match["word"], number.value, number.key, name, says_what(name))


def _numbered(item: Item) -> Heading | None:
    number = find_numbering(item.text)
    if number is None or number.value == 0:
        return None
    name = fold_label(item.text[number.length :])
    if not name or len(name) < 2 or name[0].isdigit():
        return None
    return Heading(item.index, number.style, number.value, number.key, name, says_what(name))


def _signed(item: Item) -> Heading | None:
    match = _SIGNS.match(item.text)
    if match is None:
        return None
    name = fold_label(_CLOSING.sub("", item.text[match.end() :]))
    if len(name) < 2:
        return None
    return Heading(item.index, match.group(1), 0, "", name, says_what(name))


def _worded(item: Item) -> Heading | None:
    says = says_what(item.text)
    if says is None or len(item.text) > 30:
        return None
    return Heading(item.index, "word", 0, "", fold_label(item.text), says)
