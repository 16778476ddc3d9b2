"""Lines of layout text cut into pieces: what stands between blanks on a raster of columns.

Two blanks always part. One blank parts where a figure ends or where two figures meet; between
words it is left to the columns, which show in other lines.
"""

from __future__ import annotations

import re
from dataclasses import replace
from itertools import pairwise
from typing import TYPE_CHECKING

from kenzan.extract.aligned_pieces import Piece, join_spread
from kenzan.extract.aligned_texts import is_figure
from kenzan.extract.raster_joins import join_arrows, join_marks, join_units
from kenzan.schemas.records import dataclass

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Sequence

    from kenzan.schemas.document import Line

_ATOM = re.compile(r"[^ \t\u3000\xa0]+")
_DIGIT = "0-9０-９"
_PURE_UNIT = re.compile(
    r"(?:[円千百万億兆人件個社団体箇ヶカケか所回日月時間分秒歳年度世帯戸棟台冊校園名組枚頭点位倍割"
    r"％%‰㎞㎡㎥㎏a-zA-Zポイント以上下未満程超]|(?:[(（].*[)）]))+"
)
_GRADE = re.compile(r"[A-ES]")
_ORDINAL = re.compile(r"年|月|日|次|期|号|回目|番")
_COUNTED = re.compile(
    rf"(?:[{_DIGIT}][{_DIGIT},，]*[.．][{_DIGIT}]+|[{_DIGIT}][{_DIGIT},，]*"
    rf"(?!年|次|期|号|番|丁目|歳児|歳代|月))[^\W\d_]{{1,4}}"
    rf"(?:[→⇒➡～〜~][^\W\d_]{{0,3}}[{_DIGIT}][{_DIGIT},，.．]*[^\W\d_]{{0,4}})?"
)
_SMALL = re.compile(rf"[{_DIGIT}]{{1,2}}")
_NUMBERED = re.compile(rf"(?:[{_DIGIT}]{{1,3}} (?:[^\W\d_] )?){{1,3}}(?=[^\W\d_]{{2}})")
_ENUMERATOR = re.compile(rf"[(（]?[{_DIGIT}]{{1,3}}[)）.．、]?|[①-⑳]|[A-ZＡ-Ｚ]")
_HEADING = re.compile(
    rf"第?[{_DIGIT}]{{1,2}}[.．、節章編款]?|[(（][{_DIGIT}]{{1,2}}[)）]|[{_DIGIT}]{{1,2}}[)）]|"
    r"[ⅠⅡⅢⅣⅤⅥⅦⅧⅨⅩ][.．、]?|[一二三四五六七八九十]{1,2}[.．、]|[A-ZＡ-Ｚ][.．]?|[○●◎■□◆◇▼▽・]"
)
_TAIL = re.compile(rf"(?:→|⇒|➡|～|〜|~|/|／|[-−―－](?=[{_DIGIT}]))")
_ASIDE = re.compile(
    r"[(（［\[]?[ \u3000]*単[ \u3000]*位[ \u3000]*[:：）)]|^[ \u3000]*(?:※|[(（]?注)"
)
_SENTENCE = re.compile(r"。|、")
_FOOTER = re.compile(
    rf"[-－−–—―‐]?[ \u3000]*[{_DIGIT}]{{1,4}}[ \u3000]*[-－−–—―‐]?(?:[/／ページ頁].*)?"
)
_IDEOGRAPH = re.compile(r"[\u3400-\u9fff]")
_SPREAD = re.compile(
    rf"(?:[(（]?[{_DIGIT}]{{1,3}}[)）.．、]?[ \u3000]*)?"
    r"[\u3040-\u30ff\u3400-\u9fff](?:[ \u3000]+[\u3040-\u30ff\u3400-\u9fff])+"
)
"""Single letters with blanks between, a number in front or not: 1市　　民　　税."""
_LEADER = re.compile(r"[.．・･…‥]{3,}")
_YEAR = re.compile(rf"(?:19|20|１９|２０)[{_DIGIT}]{{2}}")
_NOTE_MARK = re.compile(rf"(?:[※＊*]|[(（]?注)[{_DIGIT}]{{0,2}}[)）]?$")
_RULES = "―—–─"
_WIDEST = 8
"""Raster columns between two letters of one name in a header, at most."""
_UNEVEN = 1.5
"""How much wider than the narrowest gap within a name any other may be."""
_LONG = 24
"""Characters from which on a text with a comma is a sentence."""


@dataclass(frozen=True, slots=True)
class Strip:
    """A line and its pieces, left to right; ``y`` counts the lines of the page.

    ``beside`` says that it is a figure alone whose label stands on the next line or the one before,
    ``apart`` that the lines above and below it are empty.
    """

    line: Line
    y: int
    pieces: tuple[Piece, ...]
    beside: bool = False
    apart: bool = False

    @property
    def glued(self) -> tuple[bool, ...]:
        """For each piece whether it stands a single blank behind the one before it.

        What is glued to the piece before stands where that one ends, not where its column is.
        """
        close = (right.x0 - left.x1 <= 1 for left, right in pairwise(self.pieces))
        return (False, *close)[: len(self.pieces)]

    @property
    def is_body(self) -> bool:
        """Whether a figure stands beside something else, and is not one of a row of years."""
        figures = [piece for piece in self.pieces[1:] if piece.figure]
        years = len(figures) > 1 and all(_YEAR.fullmatch(piece.text) for piece in figures)
        return (bool(figures) and not years) or self.beside

    @property
    def is_aside(self) -> bool:
        """Whether it states a unit or a note for a whole table, or is prose."""
        text = self.line.text.strip()
        alone = len(self.pieces) == 1
        return (
            _ASIDE.search(text) is not None
            or any(len(p.text) >= _LONG and _SENTENCE.search(p.text) for p in self.pieces)
            or (alone and text.endswith("。"))
        )

    @property
    def is_heading(self) -> bool:
        """Whether it is a number and a title beside it."""
        return len(self.pieces) == 2 and _HEADING.fullmatch(self.pieces[0].text) is not None

    @property
    def is_footer(self) -> bool:
        """Whether it is nothing but the number of the page, which stands apart if it is bare."""
        text = self.line.text.strip()
        return _FOOTER.fullmatch(text) is not None and (self.apart or not text.isdigit())

    def with_pieces(self, pieces: Sequence[Piece]) -> Strip:
        """The same line cut otherwise."""
        return replace(self, pieces=tuple(pieces))


def cut_strips(lines: Sequence[Line]) -> list[Strip]:
    """All lines with their pieces. Lines that lead to a page number have none."""
    blank = [True, *(not line.text.strip() for line in lines), True]
    rows = join_units([join_arrows(cut_line(line)) for line in lines])
    strips = [
        Strip(line, y, tuple(row), apart=blank[y] and blank[y + 2])
        for y, (line, row) in enumerate(zip(lines, rows, strict=True))
    ]
    return [replace(s, beside=True) if _is_beside(s, strips) else s for s in strips]


def _is_beside(strip: Strip, strips: Sequence[Strip]) -> bool:
    if len(strip.pieces) != 1 or not strip.pieces[0].figure or strip.is_footer:
        return False
    figure = strip.pieces[0]
    for other in strips[max(strip.y - 1, 0) : strip.y + 2]:
        labels = [p for p in other.pieces if p.x1 < figure.x0]
        clear = all(p.x1 <= figure.x0 or p.x0 >= figure.x1 for p in other.pieces)
        if labels and clear and not any(p.figure for p in other.pieces[1:]):
            return True
    return False


def cut_line(line: Line) -> list[Piece]:
    """The pieces of a line, labels spread over their column (市　　税) put together."""
    if not line.x0s or _LEADER.search(line.text):
        return []
    pieces: list[Piece] = []
    for atom in _atoms(line):
        numbers = all(_ENUMERATOR.fullmatch(piece.text) for piece in pieces)
        joined = _join(pieces[-1], atom, numbers=numbers) if pieces else None
        if joined is None:
            pieces.append(atom)
        else:
            pieces[-1] = joined
    first = next((i for i, piece in enumerate(pieces) if piece.figure and i), len(pieces))
    spread = join_spread(_join_numbered(pieces[:first]))
    if first == len(pieces):  # names of a header: letters of several may follow each other
        spread = join_marks(spread)
        spread = _join_known(_by_names([part for piece in spread for part in _apart(piece)]))
    return [*spread, *pieces[first:]]


def _join_numbered(pieces: Sequence[Piece]) -> list[Piece]:
    """Letters spread behind a number that touches the first of them, as one piece."""
    joined: list[Piece] = []
    for piece in pieces:
        before = joined[-1] if joined else None
        near = before is not None and piece.x0 - before.x1 <= _WIDEST
        spread = piece.lone or _SPREAD.fullmatch(piece.text)
        if before and near and spread and before.text[0].isdigit():
            whole = to_piece(before.line, before.start, piece.end)
            if _SPREAD.fullmatch(whole.text):
                joined[-1] = whole
                continue
        joined.append(piece)
    return joined


def _by_names(pieces: Sequence[Piece]) -> list[Piece]:
    """Runs of single letters parted where they are names that stand alone in the line.

    目 標　　実 績　　目 標 実 績: the last four letters are two names.
    """
    names = {"".join(p.text.split()) for p in pieces if _SPREAD.fullmatch(p.text)}
    parted: list[Piece] = []
    for piece in pieces:
        letters = list(_ATOM.finditer(piece.text))
        ends = _ends_of_names("".join(letter.group() for letter in letters), names)
        if len(ends) < 2 or any(len(letter.group()) > 1 for letter in letters):
            parted.append(piece)
            continue
        for first, end in pairwise([0, *ends]):
            start, stop = letters[first].start(), letters[end - 1].end()
            parted.append(to_piece(piece.line, piece.start + start, piece.start + stop))
    return parted


def _join_known(pieces: Sequence[Piece]) -> list[Piece]:
    """Two neighbours as one where together they are a name that stands elsewhere in the line.

    計 画 値　達　成　　値　計 画 値　達 成 値: the widest of the gaps within names parts none.
    """
    names = {"".join(p.text.split()) for p in pieces if _SPREAD.fullmatch(p.text)}
    joined: list[Piece] = []
    for piece in pieces:
        if joined and "".join((joined[-1].text + piece.text).split()) in names:
            joined[-1] = to_piece(piece.line, joined[-1].start, piece.end)
        else:
            joined.append(piece)
    return joined


def _ends_of_names(text: str, names: Collection[str]) -> list[int]:
    """Where the names end that a text is made of; nothing if it is made of others too."""
    ends: list[int] = []
    at = 0
    while at < len(text):
        fits = [name for name in names if text.startswith(name, at) and len(name) < len(text)]
        if not fits:
            return []
        at += len(min(fits, key=len))
        ends.append(at)
    return ends


def _apart(piece: Piece) -> Iterator[Piece]:
    """The names in a run of single letters (目　標　　達　成), parted at its wide gaps."""
    letters = list(_ATOM.finditer(piece.text))
    x0s, x1s = piece.line.x0s, piece.line.x1s
    gaps = [
        x0s[piece.start + b.start()] - x1s[piece.start + a.end() - 1] for a, b in pairwise(letters)
    ]
    if not gaps or any(len(letter.group()) > 1 for letter in letters):
        yield piece
        return
    widest = min(_WIDEST, _UNEVEN * min(gaps) + 1)
    start = letters[0].start()
    for gap, (left, right) in zip(gaps, pairwise(letters), strict=True):
        if gap > widest:
            yield to_piece(piece.line, piece.start + start, piece.start + left.end())
            start = right.start()
    yield to_piece(piece.line, piece.start + start, piece.end)


def _atoms(line: Line) -> Iterator[Piece]:
    start = 0
    first = re.match(r"[ \t\u3000\xa0]*", line.text)
    numbered = _NUMBERED.match(line.text, first.end()) if first else None
    spread = first and _SPREAD.match(line.text, first.end())
    if numbered and not spread:  # a label that begins with numbers: 1 人 1 台端末
        end = _ATOM.match(line.text, numbered.end())
        start = end.end() if end else numbered.end()
        yield to_piece(line, numbered.start(), start)
    for match in _ATOM.finditer(line.text, start):
        yield to_piece(line, match.start(), match.end())


def _join(before: Piece, atom: Piece, *, numbers: bool) -> Piece | None:
    """The two as one piece; ``None`` if they part."""
    if atom.x0 - before.x1 > 1 + before.sign_only * _after_sign(before, atom):
        return None
    whole = to_piece(before.line, before.start, atom.end)
    if before.lone and len(atom.text) > 1 and _IDEOGRAPH.match(atom.text):
        return None  # a letter of a word set upright beside its rows
    if before.text in _RULES:
        return None  # no sign, as it does not touch the digits: there is nothing in its cell
    if not before.figure or before.sign_only:
        small = _SMALL.fullmatch(atom.text) or before.sign_only or whole.figure
        return whole if small or not atom.figure else None
    return whole if _goes_on(before, atom, whole, numbers=numbers) else None


def _goes_on(before: Piece, atom: Piece, whole: Piece, *, numbers: bool) -> bool:
    """Whether a figure goes on in what stands a blank behind it."""
    if atom.figure:
        return whole.figure and atom.bracketed and not before.bracketed
    unit = _PURE_UNIT.fullmatch(atom.text) and not _GRADE.fullmatch(atom.text)
    if _TAIL.match(atom.text) or (whole.figure and unit):
        return True
    if _SMALL.fullmatch(before.text) and _ORDINAL.match(atom.text):
        return True
    return numbers and _ENUMERATOR.fullmatch(before.text) is not None


def _after_sign(sign: Piece, atom: Piece) -> int:
    """How many more blanks than one may stand between a sign and its digits."""
    return 2 if sign.text in "△▲-−－" and atom.text[0].isdigit() else 0


def to_piece(line: Line, start: int, end: int) -> Piece:
    """The piece ``line.text[start:end]``."""
    text = line.text[start:end]
    figure = _looks_like_figure(_NOTE_MARK.sub("", text))
    return Piece(line, start, end, line.x0s[start], line.x1s[end - 1], text, figure)


def _looks_like_figure(text: str) -> bool:
    return is_figure(text) or _COUNTED.fullmatch("".join(text.split())) is not None


def ink_of(piece: Piece) -> Iterator[tuple[float, float]]:
    """The stretches of a piece between its blanks; a figure or a spread label is one stretch."""
    if piece.figure or "  " in piece.text or _SPREAD.fullmatch(piece.text):
        yield piece.x0, piece.x1
        return
    yield from words_of(piece)


def words_of(piece: Piece) -> Iterator[tuple[float, float]]:
    """From where to where each word of a piece stands."""
    for match in _ATOM.finditer(piece.text):
        start, end = piece.start + match.start(), piece.start + match.end()
        yield piece.line.x0s[start], piece.line.x1s[end - 1]


def split_at(piece: Piece, start: float, end: float) -> tuple[Piece, Piece] | None:
    """The piece in two at a blank that meets the stretch from ``start`` to ``end``."""
    line = piece.line
    if _SPREAD.fullmatch(piece.text):
        return None
    atoms = [(m.start() + piece.start, m.end() + piece.start) for m in _ATOM.finditer(piece.text)]
    for (_, left), (right, _) in pairwise(atoms):
        if line.x1s[left - 1] <= end and line.x0s[right] >= start:
            return to_piece(line, piece.start, left), to_piece(line, right, piece.end)
    return None
