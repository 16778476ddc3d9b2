"""Lines cut at their blanks into pieces, each with the class of what it may be in a row.

Classes are single letters, so that a row is a short string (its shape), whose placement can be
looked up: rows of one table have few shapes.

    F figure    C small count (or row number)    B figure or year in brackets    M missing mark
    X class (20歳代)    P period    R measure word    U unit    G grade    D section of an office
    O roman or ① number    W word    T text
"""

from __future__ import annotations

import re
from functools import lru_cache
from itertools import groupby, zip_longest
from typing import TYPE_CHECKING

from kenzan.interpret.linear.pieces import Span
from kenzan.interpret.tables.content import read_content
from kenzan.interpret.words.label import read_label
from kenzan.interpret.words.lexicon import (
    department_ends,
    find_kind,
    find_role,
    funding_words,
    grade_marks,
    label_key,
)
from kenzan.normalize.characters import fold
from kenzan.normalize.eras import ERAS
from kenzan.normalize.units import find_known_unit
from kenzan.schemas.records import dataclass

if TYPE_CHECKING:
    from collections.abc import Sequence

    from kenzan.schemas.document import Line

FIGURES = frozenset("FCBMX")
_ERAS = "|".join(form for form in ERAS if len(form) > 1)
_PIECE = re.compile(
    rf"""[^\s\d]{{0,12}}?(?:{_ERAS}|(?<![A-Za-zＡ-Ｚａ-ｚ])[RHSＲＨＳ])
    [ ]?(?:\d{{1,2}}|元)(?:[ ]?年(?:[ ]?度)?\S*|(?=[\s）)]|$))
    |[1１][ ]?人[ ]?[1１][ ]?[台日]\S+
    |\S+""",
    re.VERBOSE,
)
"""A word, or what a change of font has parted: 令和 5 年度, （R 2 年度）, 1 人 1 日当たり."""
_SIGN = re.compile(r"[△▲▽▼]")
_DIGITS_FIRST = re.compile(r"[\d０-９]")
_NUMBERING = re.compile(r"[(（]?[\d０-９]{1,3}[)）.．]?|[①-⑳]|[ⅠⅡⅢⅣⅤⅥⅦⅧⅨⅩ]+")
_BRACKETED = re.compile(r"[(（\[〔].*[)）\]〕]")
_ARROW = re.compile(r"[→⇒➡⇨]")
_COUNTED = re.compile(
    r"歳(?:児|以上|未満|代の|で)|[本台件冊点]以上|人(?:当た|あた)|日(?:当た|あた|平均)|回(?:以上|目の)"
    r"|年(?:生|以内)|次(?:産業|救急|予防)|[かカヶケ]月(?:児|以内)|世帯(?:当た|あた)|割以上"
)
"""What goes on behind a number within a name: 3 歳児健診, 1 人当たり."""
_GOING_ON = ("の", "を", "及び", "・", "における")
_LATIN_END, _LATIN_START = re.compile(r"[A-Za-z]{2}$"), re.compile(r"[A-Z]{2}")
_KANJI_END, _KANJI_START = re.compile(r"[\u3041-\u9fff]$"), re.compile(r"[\u3041-\u9fff]")
_SECOND_LETTER = re.compile(r"\w[(（]")
_MULTIPLES = ("千", "万", "百万", "億")
_LONGEST_BARE = 4
_LONGEST_WORD = 30
_LONGEST_PIECE = 60
_LONGEST_MEASURE = 6
_MOST_COUNT = 999


@dataclass(frozen=True, slots=True)
class Piece:
    """One piece: where it stands (several spans if it goes on), its raw text, its class."""

    spans: tuple[Span, ...]
    text: str
    cls: str
    wide: bool = False
    """Whether more than one blank, or a full-width one, stands before it on its line."""

    @property
    def line(self) -> int:
        """The line where it begins."""
        return self.spans[0].line


def cut_line(line: Line, index: int) -> list[Piece]:
    """The pieces of a line, signs and units put to their figures, spaced letters joined."""
    found: list[Piece] = []
    end = 0
    for match in _PIECE.finditer(line.text):
        between = line.text[end : match.start()]
        end = match.end()
        text = match[0]
        span = Span(index, match.start(), match.end())
        found.append(Piece((span,), text, find_class(text), wide=len(between.strip(" ")) > 0))
    joined = _join_figures(_join_counters(_join_scripts(found, line), line), line)
    return _join_letters(joined, line)


def fuse(pieces: Sequence[Piece], text: str) -> Piece:
    """Several pieces as one, of the class that its whole text has."""
    spans: list[Span] = []
    for piece in pieces:
        for span in piece.spans:
            if spans and spans[-1].line == span.line:
                spans[-1] = Span(span.line, spans[-1].start, span.end)
            else:
                spans.append(span)
    return Piece(tuple(spans), text, find_class(text), pieces[0].wide)


def _cover(pieces: Sequence[Piece], line: Line) -> Piece:
    first, last = pieces[0].spans[0], pieces[-1].spans[-1]
    return fuse(pieces, line.text[first.start : last.end])


def _join_scripts(pieces: list[Piece], line: Line) -> list[Piece]:
    """Join the words of a name that a change of font has parted: 防犯灯の LED 化, 週 1 回以上."""
    joined: list[Piece] = []
    for piece, following in zip_longest(pieces, pieces[1:]):
        if joined and (
            _is_spread(joined[-1], piece)
            or (not piece.wide and _is_one_name(joined[-1], piece, following))
        ):
            joined[-1] = _cover((joined[-1], piece), line)
            if len(joined) > 1 and not joined[-1].wide and _takes_count(joined[-2], joined[-1]):
                joined[-2:] = [_cover(joined[-2:], line)]
        else:
            joined.append(piece)
    return joined


def _is_spread(last: Piece, piece: Piece) -> bool:
    """Whether the letters of a measure are set apart before a bracket: 実 績（令和２年度）."""
    letters = len(last.text) == 1 and _SECOND_LETTER.match(piece.text) is not None
    return letters and _is_measure(last.text + piece.text[0])


def _is_one_name(last: Piece, piece: Piece, following: Piece | None) -> bool:
    if last.cls == "C":
        return _COUNTED.match(piece.text) is not None
    if piece.cls == "U" and last.text in _MULTIPLES:
        return True
    if last.cls not in "WTX" or piece.cls not in "WTUXD" or len(piece.text) < 2:
        return False
    return last.text.endswith(_GOING_ON) or _change_scripts(last, piece, following)


def _change_scripts(last: Piece, piece: Piece, following: Piece | None) -> bool:
    """Whether Latin letters go on a name, or the name goes on behind them."""
    beyond = following is not None and _is_bare(following) and _LATIN_END.search(piece.text)
    if _is_bare(piece) or beyond or read_label(last.text).role:
        return False  # KPI 実績値, NO 指標名
    ends = (_LATIN_END, _KANJI_START), (_KANJI_END, _LATIN_START)
    return any(end.search(last.text) and start.match(piece.text) for end, start in ends)


def _is_bare(piece: Piece) -> bool:
    """Whether it is a measure or a unit and no more than that, unlike 環境基準達成率."""
    return piece.cls == "R" or (piece.cls == "U" and len(piece.text) <= _LONGEST_BARE)


def _takes_count(before: Piece, piece: Piece) -> bool:
    """Whether a counted thing goes on the word before it: 週 1 回以上."""
    return before.cls in "WU" and _DIGITS_FIRST.match(piece.text) is not None


def _join_counters(pieces: list[Piece], line: Line) -> list[Piece]:
    """Join digits and the letters that a change of font has parted from them: 2019 年度, 20 歳代.

    A figure and its unit (13 件) stay two pieces here: the unit may be a column of its own.
    """
    joined: list[Piece] = []
    for piece in pieces:
        if joined and not piece.wide and joined[-1].text[-1:].isdigit() and piece.cls in "WTUP":
            whole = _cover((joined[-1], piece), line)
            if whole.cls in "PX":
                joined[-1] = whole
                continue
        joined.append(piece)
    return joined


def _join_figures(pieces: list[Piece], line: Line) -> list[Piece]:
    """Join what one cell prints with a blank: △ 350, 1,200 人, 7 (7), H26 79% → R2 86%."""
    joined: list[Piece] = []
    for piece in pieces:
        if joined and _goes_on(joined, piece):
            joined[-1] = _cover((joined[-1], piece), line)
        else:
            joined.append(piece)
    return _join_arrows(joined, line)


def _goes_on(before: Sequence[Piece], piece: Piece) -> bool:
    last = before[-1]
    if _SIGN.fullmatch(last.text) and _DIGITS_FIRST.match(piece.text):
        return piece.cls in "FC"
    if last.cls in "FC" and piece.cls == "U":
        return last.text[-1:].isdigit() and len(before) > 1
    return last.cls in "FCM" and piece.cls == "B" and len(before) > 1


def _join_arrows(pieces: list[Piece], line: Line) -> list[Piece]:
    arrows = [k for k, piece in enumerate(pieces) if _ARROW.fullmatch(piece.text)]
    for at in reversed(arrows):
        start, stop = _side(pieces, at, -1), _side(pieces, at, 1)
        if start < at < stop:
            pieces[start : stop + 1] = [_cover(pieces[start : stop + 1], line)]
    return pieces


def _side(pieces: Sequence[Piece], at: int, step: int) -> int:
    """How far the figure beside an arrow reaches: the figure, and the year before it."""
    end = at
    near = at + step
    if step > 0 and near < len(pieces) and pieces[near].cls == "P":
        near += 1
    if 0 <= near < len(pieces) and pieces[near].cls in "FCM":
        end = near
        if step < 0 and near > 0 and pieces[near - 1].cls == "P":
            end = near - 1
    return end


def _join_letters(pieces: list[Piece], line: Line) -> list[Piece]:
    """Join letters that are set apart to fill a cell: 議　会　費, 小 計; not 国 県."""
    joined: list[Piece] = []
    for letters, group in groupby(pieces, key=_is_letter):
        run = list(group)
        if not letters:
            joined += run
            continue
        for word in _split_words(run):
            joined += [_cover(word, line)] if len(word) > 1 and not _are_names(word) else word
    return joined


def _split_words(run: list[Piece]) -> list[list[Piece]]:
    """Letters parted by wide blanks are words where narrow blanks stand between them."""
    measures = _split_measures(run)
    if measures:
        return measures
    words = [run[:1]]
    mixed = len({piece.wide for piece in run[1:]}) > 1
    for piece in run[1:]:
        if mixed and not piece.wide:
            words.append([piece])
        else:
            words[-1].append(piece)
    return words


def _split_measures(run: Sequence[Piece]) -> list[list[Piece]]:
    """Letters that are measures one after the other, all set apart: 計 画 実 績 計 画 実 績.

    As many words as there can be; empty if some letters are left over, or it is one word.
    """
    best: list[list[list[Piece]] | None] = [[]]
    for end in range(1, len(run) + 1):
        ways = [
            [*before, list(run[start:end])]
            for start in range(max(end - _LONGEST_MEASURE, 0), end - 1)
            if (before := best[start]) is not None
            and _is_measure("".join(piece.text for piece in run[start:end]))
        ]
        best.append(max(ways, key=len, default=None))
    found = best[-1] or []
    return found if len(found) > 1 else []


def _is_measure(text: str) -> bool:
    measure = read_label(text).measure
    return measure is not None and measure.whole


def _is_letter(piece: Piece) -> bool:
    return len(piece.text) == 1 and piece.cls in "WTRUDPX" and piece.text.isalpha()


def _are_names(letters: Sequence[Piece]) -> bool:
    """Whether single letters are names of columns each: 款 項, 国 県."""
    if any(piece.wide for piece in letters[1:]):
        return False
    keys = [label_key(piece.text) for piece in letters]
    return all(key in funding_words() or find_role(key) == "group" for key in keys)


@lru_cache(maxsize=32768)
def find_class(text: str) -> str:
    """The class letter of a piece of text."""
    if len(text) > _LONGEST_PIECE:
        return "T"
    if _NUMBERING.fullmatch(text) and not text[-1:].isdigit() and not _DIGITS_FIRST.search(text):
        return "O"
    content = read_content(text)
    if content.figures:
        return _figure_class(text)
    if content.kind == "missing":
        return "M"
    return _word_class(text)


def _figure_class(text: str) -> str:
    content = read_content(text)
    label = read_label(text)
    if content.classes or (label.measure is not None and label.measure.whole):
        return "X"
    if _BRACKETED.fullmatch(text):
        return "B"
    whole = content.whole_number
    if whole is not None and whole <= _MOST_COUNT and _NUMBERING.fullmatch(text):
        return "C"
    return "F"


def _word_class(text: str) -> str:
    folded = fold(text)
    if find_known_unit(folded) is not None and len(text) <= _LONGEST_WORD:
        return "U"
    if folded in grade_marks() or text in grade_marks():
        return "G"
    label = read_label(text)
    if label.only_period:
        return "B" if _BRACKETED.fullmatch(text) and label.period is not None else "P"
    if label.measure is not None and label.measure.whole:
        return "R"
    if folded.endswith(department_ends()) and find_kind(folded) == "part":
        return "D"
    content = read_content(text)
    return "T" if content.kind == "prose" or len(folded) > _LONGEST_WORD else "W"
