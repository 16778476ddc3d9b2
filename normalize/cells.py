"""What a table cell says: one figure or several, with brackets and the labels between them."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import regex

from kenzan.normalize.characters import fold_with_map
from kenzan.normalize.figure import Number
from kenzan.normalize.notation import BOUND_BEFORE, CELL_LABELS, MISSING, REMARKS, any_of, sign_of
from kenzan.normalize.notes import find_note_marks
from kenzan.normalize.periods import parse_period
from kenzan.normalize.reading import Reading, read_quantity, signed
from kenzan.normalize.spacing import join_broken
from kenzan.normalize.units import UNIT_PATTERN

if TYPE_CHECKING:
    from kenzan.normalize.characters import Folded
    from kenzan.normalize.figure import Missing

# A cell with more characters than this holds text, not figures.
CELL_LIMIT = 2000
_BRACKETS = {
    "(": ")",
    "[": "]",
    "〔": "〕",
    "<": ">",
    "〈": "〉",
    "【": "】",
    "［": "］",
    "《": "》",
}
_SEPARATOR = regex.compile(r"(?:\s|[、;→⇒➡⇨])++")
_LINK = regex.compile(r"[/,]\s*+")
_MARK = regex.compile(
    rf"(?P<mark>{MISSING.pattern}) ?(?P<unit>{UNIT_PATTERN})?(?=\s|[()\[\]〔〕<>〈〉、;/→⇒]|\Z)"
)
_ERA = r"(?:[RHSRＲＨＳ]|令和|平成|昭和)\s?(?:[0-9]{1,2}|元)(?:\.[0-9]{1,2}|年度?)?末?|[12][0-9]{3}年度?"
_JAPANESE = r"\p{Han}\p{Hiragana}\p{Katakana}ー・"
_LABELS = (
    regex.compile(rf"(?P<label>{any_of(CELL_LABELS)})\s*[)：:]?\s*"),
    regex.compile(rf"(?P<label>{_ERA})(?:\s*[:：)]\s*|\s+|(?=[△▲▽▼-]))"),
    regex.compile(r"(?P<label>[^\s0-9()\[\]〔〕、,。:：]{1,12})[):：]\s*"),
    regex.compile(rf"(?P<label>(?!第|令和|平成|昭和|大正|明治)[{_JAPANESE}]{{1,8}})\s+"),
)
_SIGN_OUTSIDE = regex.compile(r"(?P<sign>[-−+△▲▽▼])\s?(?=[(\[〔])")
_REMARK = regex.compile(rf"\s*{any_of(REMARKS)}\s*")


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
    """A figure, or the figures inside one pair of brackets, by folded positions."""

    start: int
    end: int
    readings: tuple[Reading, ...]
    label: str = ""
    bracketed: bool = False


def without_notes(text: str) -> str:
    """The text with note marks blanked, character for character."""
    lines = []
    for line in text.split("\n"):
        kept = list(line)
        for start, end in find_note_marks(line):
            kept[start:end] = " " * (end - start)
        lines.append("".join(kept))
    return "\n".join(lines)


def fold_figures(text: str) -> Folded:
    """Folded for reading figures: note marks blanked, digits broken by spaces joined."""
    folded = fold_with_map(without_notes(text))
    return join_broken(replace(folded, raw=text))


def parse_cell(text: str) -> tuple[Entry, ...]:
    """The figures of a cell in reading order; ``()`` if the cell is text.

    An empty cell is one entry, missing as ``not_reported``. A lone △ is a grade, not a figure.

    >>> entry, = parse_cell("12,672人\\n(+1,000)")
    >>> entry.number.value, entry.number.unit, entry.bracketed[0].value
    (Decimal('12672'), '人', Decimal('1000'))
    """
    if len(text) > CELL_LIMIT:
        return ()
    folded = fold_figures(text)
    if not folded.text.strip():
        return (Entry(Number(None, missing="not_reported", raw="")),)
    if _is_period(folded.text):
        return ()
    items = _read_items(folded.text, 0, len(folded.text), depth=0)
    return tuple(_to_entries(items, folded)) if items else ()


def _is_period(text: str) -> bool:
    return any(char.isdigit() for char in text) and parse_period(text) is not None


def _read_items(text: str, at: int, end: int, *, depth: int) -> list[_Item] | None:
    """All items between two positions; ``None`` as soon as something is no figure."""
    items: list[_Item] = []
    while True:
        gap = _SEPARATOR.match(text, at, end)
        at = gap.end() if gap else at
        if at >= end:
            return items
        link = _LINK.match(text, at, end) if items else None
        if link and _may_link(items[-1]):
            at = link.end()
        item = _read_group(text, at, end, depth) or _read_labelled(text, at, end)
        if item is None:
            return None
        items.append(item)
        at = item.end


def _may_link(item: _Item) -> bool:
    """Whether / or , after it sets two figures apart (12件/20件) rather than making 1/3."""
    last = item.readings[-1] if item.readings else None
    return last is not None and bool(last.unit or last.missing or item.bracketed)


def _read_group(text: str, at: int, end: int, depth: int) -> _Item | None:
    """Figures inside brackets, or a remark in brackets; a sign may stand before the bracket."""
    outside = _SIGN_OUTSIDE.match(text, at, end)
    opening = outside.end() if outside else at
    closing = _BRACKETS.get(text[opening : opening + 1])
    close = text.find(closing, opening + 1, end) if closing else -1
    if close < 0 or depth > 1:
        return None
    inner = _read_items(text, opening + 1, close, depth=depth + 1)
    if not inner:
        remark = _REMARK.fullmatch(text, opening + 1, close)
        return _Item(at, close + 1, (), bracketed=True) if remark else None
    readings = tuple(_labelled(reading, item.label) for item in inner for reading in item.readings)
    if outside and len(readings) == 1 and not readings[0].sign:
        readings = (_sign_from_outside(readings[0], outside),)
    elif outside:
        return None
    return _Item(at, close + 1, readings, bracketed=True)


def _sign_from_outside(reading: Reading, mark: regex.Match[str]) -> Reading:
    sign = sign_of(mark["sign"])
    value = None if reading.value is None else signed(reading.value, sign)
    return replace(reading, value=value, sign=sign, sign_span=mark.span("sign"))


def _labelled(reading: Reading, label: str) -> Reading:
    return replace(reading, prefix=label + reading.prefix) if label else reading


def _read_labelled(text: str, at: int, end: int) -> _Item | None:
    found = _read_figure(text, at, end)
    if found is not None:
        return _Item(at, found.end, (found,), _scope(found.prefix))
    for pattern in _LABELS:
        label = pattern.match(text, at, end)
        found = _read_figure(text, label.end(), end) if label else None
        if label is not None and found is not None:
            name = "".join(label["label"].split())
            printed = "".join(label[0].split()).rstrip(":：")
            whole = replace(found, prefix=printed + found.prefix)
            return _Item(at, found.end, (whole,), name + _scope(found.prefix))
    return None


def _scope(prefix: str) -> str:
    """The words of a prefix that say what is counted, without those that only bound it."""
    for word in sorted(BOUND_BEFORE, key=len, reverse=True):
        prefix = prefix.replace(word, "")
    return prefix


def _read_figure(text: str, at: int, end: int) -> Reading | None:
    return read_quantity(text, at, end, strict=True) or read_missing(text, at, end)


def read_missing(text: str, at: int, end: int) -> Reading | None:
    """The mark or word at a position that says that there is no figure, with its unit."""
    match = _MARK.match(text, at, end)
    if match is None:
        return None
    unit = (match["unit"] or "").replace(" ", "")
    return Reading(
        at, match.end(), None, missing=_kind(match), unit=unit, word=match["change"] or ""
    )


def _kind(match: regex.Match[str]) -> Missing:
    from kenzan.normalize.notation import MISSING_WORDS

    if match["word"]:
        return MISSING_WORDS[match["word"]]
    if match["not_reported"]:
        return "not_reported"
    return "withheld" if match["withheld"] else "not_applicable"


def _to_entries(items: list[_Item], folded: Folded) -> list[Entry]:
    """Brackets go to the figure before them, or after them where the cell begins with one."""
    filled = [item for item in items if item.readings]
    figures = [item for item in filled if not item.bracketed]
    if not figures:
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


def _entry(item: _Item, brackets: tuple[_Item, ...], folded: Folded) -> Entry:
    start = min((item.start, *(b.start for b in brackets)))
    stop = max((item.end, *(b.end for b in brackets)))
    raw_start, raw_end = folded.raw_span(start, stop)
    span = (item.start, item.end) if item.bracketed else None
    number, *more = (reading.to_number(folded, span) for reading in item.readings)
    others = [r.to_number(folded, (b.start, b.end)) for b in brackets for r in b.readings]
    raw = folded.raw[raw_start:raw_end]
    return Entry(number, (*more, *others), item.label, raw, raw_start, raw_end)
