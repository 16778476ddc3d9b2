"""What a table cell says: one figure or several, with brackets and the labels between them."""

from __future__ import annotations

import re
from dataclasses import replace
from functools import lru_cache
from typing import TYPE_CHECKING

from kenzan.normalize.characters import fold_with_map
from kenzan.normalize.figure import Number
from kenzan.normalize.labelling import match_labels
from kenzan.normalize.notation import (
    ABSENT,
    CHANGES,
    MARKS,
    MISSING_WORDS,
    REMARKS,
    SIGN_OUTSIDE,
    WHOLE_MARKS,
    may_touch,
    scope_of,
    sign_of,
)
from kenzan.normalize.notes import find_note_marks
from kenzan.normalize.periods import parse_period
from kenzan.normalize.plain import PLAIN_CELL, plain_number
from kenzan.normalize.reading import Reading, at_edge, prefix_end, read_quantity, signed
from kenzan.normalize.spacing import join_broken, join_words
from kenzan.normalize.units import unit_end
from kenzan.schemas.records import dataclass

if TYPE_CHECKING:
    from kenzan.normalize.characters import Folded
    from kenzan.normalize.figure import Missing

# A cell with more characters than this holds text, not figures.
CELL_LIMIT = 2000
_CACHED_LENGTH = 32
_REMARK_LIMIT = 30
# Without one of these a text with digits is no period.
_DATED = frozenset("年月日期RHSMTQ")
BRACKETS = {"(": ")", "[": "]", "〔": "〕", "<": ">", "〈": "〉", "【": "】", "《": "》"}
_GAP = re.compile(r"(?:\s|[、;→⇒➡⇨●■◆•▪]|・(?!・))*+")
_CIRCLED = re.compile("[①-⑳]")
_LINK = re.compile(r"[/,]\s*+")


@dataclass(frozen=True, slots=True)
class Entry:
    """A figure of a cell with the bracketed figures beside it and the label before it.

    ``bracketed`` are figures in brackets (a change, last year, of which); a cell that holds
    nothing but brackets has them as ``number``. ``label`` is folded, without its bracket or
    colon; empty if there is none. ``raw`` is ``text[start:end]`` of the cell, label included.
    """

    number: Number
    bracketed: tuple[Number, ...] = ()
    label: str = ""
    raw: str = ""
    start: int = 0
    end: int = 0


@dataclass(frozen=True, slots=True)
class _Item:
    """A figure, or all that one pair of brackets holds (nothing for a remark)."""

    start: int
    end: int
    readings: tuple[Reading, ...]
    label: str = ""
    bracketed: bool = False


def without_notes(text: str) -> str:
    """The text with the note marks of each line blanked, character for character.

    Several circled numbers in a cell are labels (①5件 ②6件), not notes.
    """
    if len(_CIRCLED.findall(text)) > 1:
        return text
    lines = []
    for line in text.split("\n"):
        kept = list(line)
        for start, end in find_note_marks(line):
            kept[start:end] = " " * (end - start)
        lines.append("".join(kept))
    return "\n".join(lines)


def parse_cell(text: str) -> tuple[Entry, ...]:
    r"""The figures of a cell in reading order; ``()`` if the cell is text.

    An empty cell is one entry, missing as ``not_reported``. A lone △ is a grade, not a figure.

    >>> entry, = parse_cell("12,672人\n(+1,000)")
    >>> entry.number.value, entry.number.unit, entry.bracketed[0].value
    (Decimal('12672'), '人', Decimal('1000'))
    """
    if len(text) <= _CACHED_LENGTH:
        return _parse_cached(text)
    return _parse(text) if len(text) <= CELL_LIMIT else ()


def _parse(text: str) -> tuple[Entry, ...]:
    folded = fold_with_map(text)
    return _parse_plain(folded) or _parse_any(text, folded)


# Tables repeat themselves: 0, ―, 1.0%, 増減なし.
_parse_cached = lru_cache(maxsize=8192)(_parse)


def _parse_plain(folded: Folded) -> tuple[Entry, ...]:
    """The quick way for what most cells look like: a figure, perhaps one in brackets behind it."""
    match = PLAIN_CELL.fullmatch(folded.text)
    if match is None or len(folded.text) != len(folded.raw):
        return ()
    number = plain_number(match, folded.raw, ("sign", "whole", "fraction", "unit"), "figure")
    if number is None or match["inner"] is None:
        return (Entry(number, (), "", number.raw, number.start, number.end),) if number else ()
    keys = ("sign2", "whole2", "fraction2", "unit2")
    inner = plain_number(match, folded.raw, keys, "inner")
    if inner is None:
        return ()
    raw = folded.raw[number.start : inner.end]
    return (Entry(number, (inner,), "", raw, number.start, inner.end),)


def _parse_any(text: str, folded: Folded) -> tuple[Entry, ...]:
    whole = folded.text.strip()
    if not whole:
        return (Entry(Number(None, missing="not_reported")),)
    if whole in WHOLE_MARKS:
        at = folded.text.index(whole)
        blank = _Item(
            at, at + len(whole), (Reading(at, at + len(whole), None, missing="not_applicable"),)
        )
        return (_entry(blank, (), folded),)
    if not _DATED.isdisjoint(whole) and _is_period(text):
        return ()
    ready = join_broken(replace(fold_with_map(without_notes(text)), raw=text))
    items = _read_items(ready.text, 0, len(ready.text), depth=0)
    if items is None and (joined := join_words(ready)) is not ready:
        ready, items = joined, _read_items(joined.text, 0, len(joined.text), depth=0)
    return tuple(_to_entries(items, ready)) if items else ()


def _is_period(text: str) -> bool:
    """Whether the cell dates something (R3, 9月30日, 1年目) rather than counting it."""
    return any(map(str.isdigit, text)) and parse_period(text) is not None


def _read_items(text: str, at: int, end: int, *, depth: int) -> list[_Item] | None:
    """All items between two positions; ``None`` as soon as something is no figure."""
    items: list[_Item] = []
    while True:
        at = _skip_gap(text, at, end)
        if items and (link := _LINK.match(text, at, end)) and _may_link(items[-1], text, link):
            at = link.end()
        if at >= end:
            return items
        item = _read_group(text, at, end, items, depth) or _read_labelled(text, at, end, depth)
        if item is None:
            return None
        items.append(item)
        at = item.end


def _skip_gap(text: str, at: int, end: int) -> int:
    gap = _GAP.match(text, at, end)
    return gap.end() if gap else at


def _may_link(item: _Item, text: str, link: re.Match[str]) -> bool:
    """Whether / or , after it sets two figures apart (12件/20件, 45.0/38.2): 1/3 is one."""
    last = item.readings[-1] if item.readings else None
    if item.bracketed or last is None:
        return item.bracketed
    apart = link[0][0] == "/" and text[link.start() - 1].isspace() and len(link[0]) > 1
    exact = link[0][0] == "/" and (last.decimals > 0 or last.grouping == "grouped")
    return bool(last.unit or last.missing) or apart or exact


def _read_group(text: str, at: int, end: int, before: list[_Item], depth: int) -> _Item | None:
    """Figures or a remark inside brackets; a sign may stand before the bracket."""
    outside = SIGN_OUTSIDE.match(text, at, end)
    opening = outside.end() if outside else at
    close = _find_close(text, opening, end)
    if close < 0 or depth > 1:
        return None
    inner = _read_items(text, opening + 1, close, depth=depth + 1)
    if not inner:
        remark = text[opening + 1 : close].strip()
        return _Item(at, close + 1, (), bracketed=True) if _is_remark(remark, before) else None
    readings = tuple(reading for item in inner for reading in item.readings)
    if outside is None:
        return _Item(at, close + 1, readings, bracketed=True)
    if len(readings) != 1 or readings[0].sign or readings[0].value is None:
        return None
    sign = sign_of(outside["sign"])
    value = signed(readings[0].value, sign)
    turned = replace(readings[0], value=value, sign=sign, sign_span=outside.span("sign"))
    return _Item(at, close + 1, (turned,), bracketed=True)


def _find_close(text: str, opening: int, end: int) -> int:
    """Where the bracket at a position closes, with others of its kind within; -1 if it is none."""
    closing = BRACKETS.get(text[opening : opening + 1])
    if closing is None:
        return -1
    open_ones = 0
    for at in range(opening, end):
        open_ones += (text[at] == text[opening]) - (text[at] == closing)
        if not open_ones:
            return at
    return text.find(closing, opening + 1, end)


def _is_remark(text: str, before: list[_Item]) -> bool:
    """What may stand in brackets behind a figure without being one: 見込, R3.3時点, why 未集計."""
    last = before[-1].readings[-1] if before and before[-1].readings else None
    if not text or last is None or text in REMARKS or parse_period(text) is not None:
        return last is not None
    measured = bool(last.unit) or last.grouping == "grouped" or last.decimals > 0
    numbered = any(map(str.isdigit, text))
    return len(text) <= _REMARK_LIMIT and (last.missing is not None or (measured and not numbered))


def _read_labelled(text: str, at: int, end: int, depth: int) -> _Item | None:
    found = _read_figure(text, at, end)
    if found is not None:
        return _Item(at, found.end, (found,), scope_of(found.prefix))
    for label, printed, stop in match_labels(text, at, end, inside=depth > 0):
        found = _read_figure(text, stop, end)
        if found is not None:
            gap = " " if found.prefix and not may_touch(printed) else ""
            whole = replace(found, prefix=f"{printed}{gap}{found.prefix}")
            return _Item(at, found.end, (whole,), label + scope_of(found.prefix))
    return None


def _read_figure(text: str, at: int, end: int) -> Reading | None:
    found = read_quantity(text, at, end, strict=True) or _read_missing(text, at, end)
    start = at if found else prefix_end(text, at, end)
    if start == at:
        return found
    absent = _read_missing(text, start, end)
    words = "".join(text[at:start].split()).rstrip(":")
    return replace(absent, start=at, prefix=words) if absent else None


def _read_missing(text: str, at: int, end: int) -> Reading | None:
    """The mark or word at a position that says that there is no figure, with its unit."""
    word = ABSENT.match(text, at, end)
    mark = None if word else MARKS.match(text, at, end)
    if not word and mark is None:
        return None
    stop = mark.end() if mark else at + len(word)
    begin = stop + (stop < end and text[stop] == " ")
    unit = text[begin : unit_end(text, begin, end)]
    stop = begin + len(unit) if unit else stop
    if not at_edge(text, stop, end):
        return None
    change = (word,) if word in CHANGES else ()
    missing = MISSING_WORDS.get(word, "not_applicable") if word else _kind(mark)
    return Reading(at, stop, None, missing=missing, unit=unit, words=change)


def _kind(mark: re.Match[str] | None) -> Missing:
    if mark is not None and mark["not_reported"]:
        return "not_reported"
    return "withheld" if mark is not None and mark["withheld"] else "not_applicable"


def _to_entries(items: list[_Item], folded: Folded) -> list[Entry]:
    """Brackets go to the figure before them, or after them where the cell begins with one."""
    filled = [item for item in items if item.readings]
    if len(filled) > 1 and _only_counts_on(filled[0]) and filled[1].label:
        del filled[0]
    if all(item.bracketed for item in filled):
        return [_entry(item, (), folded) for item in filled]
    leading = filled[0].bracketed
    groups: list[tuple[_Item, list[_Item]]] = []
    waiting: list[_Item] = []
    for item in filled:
        if not item.bracketed:
            groups.append((item, waiting))
            waiting = []
        elif leading and item is not filled[-1]:
            waiting.append(item)
        else:
            groups[-1][1].append(item)
    return [_entry(figure, tuple(brackets), folded) for figure, brackets in groups]


def _only_counts_on(item: _Item) -> bool:
    """Whether brackets at the beginning hold a mere number of the label behind: (1) 総務費."""
    first = item.readings[0]
    if not item.bracketed or len(item.readings) > 1 or first.value is None:
        return False
    return not (first.sign or first.unit or first.decimals) and first.value < 100


def _entry(item: _Item, brackets: tuple[_Item, ...], folded: Folded) -> Entry:
    start = min((item.start, *(group.start for group in brackets)))
    stop = max((item.end, *(group.end for group in brackets)))
    raw_start, raw_end = folded.raw_span(start, stop)
    number, *more = _numbers(item, folded)
    others = [number for group in brackets for number in _numbers(group, folded)]
    raw = folded.raw[raw_start:raw_end]
    return Entry(number, (*more, *others), item.label, raw, raw_start, raw_end)


def _numbers(item: _Item, folded: Folded) -> list[Number]:
    """The figures of an item; one alone in its brackets takes them into its raw text."""
    alone = item.bracketed and len(item.readings) == 1
    span = (item.start, item.end) if alone else None
    return [reading.to_number(folded, span, inside=item.bracketed) for reading in item.readings]
