"""Where tables on a raster begin and end: the lines of a header and of the rows below it."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from kenzan.extract.raster_columns import Raster, fit_raster
from kenzan.schemas.records import dataclass

if TYPE_CHECKING:
    from collections.abc import Sequence

    from kenzan.extract.aligned_pieces import Piece
    from kenzan.extract.raster_pieces import Strip

_BLANKS = 3
"""Empty lines in a row that end a table."""
_SKIPPED = 8
"""Lines without figures in a row that may stand between two rows of figures."""
_HEAD = 8
"""Lines of a header."""
_TITLED = 2
"""Lines without figures behind an empty one that may still be of a wrapped row: more are a title
and names."""
_NARROW = 3
"""Columns of a table whose names may all stand on lines of their own."""
_GROUP_NAME = 30
"""Characters of the name of a single group of columns."""
_WORDS_FOR_NONE = ("なし", "中止", "未", "予定", "調査", "不明", "不可", "困難", "対象外")


@dataclass(frozen=True, slots=True)
class Region:
    """The lines of one table, without empty ones: ``start`` and ``stop`` count all lines."""

    head: list[Strip]
    body: list[Strip]
    raster: Raster
    start: int
    stop: int


def find_region(strips: Sequence[Strip], first: int, done: int) -> Region | None:
    """The table whose first row of figures is line ``first``; it may go back as far as ``done``."""
    first = _back_over_values(strips, first, done)
    stop, raster = _find_stop(strips, first)
    if raster is None:
        return None
    start = _find_start(strips, first, done, raster)
    head = [strip for strip in strips[start:first] if strip.pieces]
    body = [strip for strip in strips[first:stop] if strip.pieces]
    raster = fit_raster(body, head) or raster
    body = [replace(s, pieces=tuple(spot.piece for spot in raster.place(s))) for s in body]
    head, body = _give_labels_back(head, body, raster)
    region = Region(head, body, raster, start, stop)
    return region if _is_table(region) else None


def _back_over_values(strips: Sequence[Strip], first: int, done: int) -> int:
    """Back over lines of a single figure: the first of several in the cells of one row."""
    while first > done:
        above = strips[first - 1]
        if len(above.pieces) != 1 or not above.pieces[0].figure or above.is_footer:
            break
        first -= 1
    return first


def _find_stop(strips: Sequence[Strip], first: int) -> tuple[int, Raster | None]:
    """The line after the last one of a table, and the columns of its rows of figures."""
    body: list[Strip] = [s for s in strips[first : first + 4] if s.is_body][:1]
    raster = fit_raster(body)
    last = at = first
    while at + 1 < len(strips):
        at += 1
        strip = strips[at]
        if _ends(strips, at, last):
            break
        if not strip.pieces or (at <= first + 3 and strip is body[0]):
            last = at if strip.pieces else last
            continue
        if not strip.is_body:
            if _is_break(strips, at, raster):
                break
            continue
        grown = _grow(raster, body, strip)
        if grown is None:
            break
        raster, last = grown, at
        body.append(strip)
    rests = [s for s in strips[first:last] if s.pieces and not s.is_body]
    return _over_rest(strips, last + 1, raster, rests), raster


def _ends(strips: Sequence[Strip], at: int, last: int) -> bool:
    strip = strips[at]
    if strip.is_aside or strip.is_footer or at - last > _SKIPPED:
        return True
    return at - last > _BLANKS and not any(s.pieces for s in strips[last + 1 : at + 1])


def _grow(raster: Raster | None, body: Sequence[Strip], strip: Strip) -> Raster | None:
    """The columns with one more row of figures; ``None`` if they do not go together."""
    if raster is not None and all(
        any(c.x0 <= p.x0 and p.x1 <= c.x1 for c in raster.columns) for p in strip.pieces
    ):
        return raster
    grown = fit_raster([*body, strip])
    if grown is None or raster is None:
        return grown
    return None if len(grown.numeric) * 2 < len(raster.numeric) else grown


def _is_break(strips: Sequence[Strip], at: int, raster: Raster | None) -> bool:
    """Whether a line without figures ends the table: a heading, or the head of the next one."""
    if raster is None:
        return len(strips[at].pieces) > 1
    coming = strips[at : at + _HEAD]
    until = next((i for i, other in enumerate(coming) if other.is_body), 0)
    if at > 1 and not strips[at - 1].pieces:
        titled = len(strips[at].pieces) == 1 and until > _TITLED
        if titled or not strips[at - 2].pieces:
            return any(_names_figures(s, raster) for s in coming[:until])
    return any(_is_head(s, raster) or s.is_aside or s.is_footer for s in coming[:until])


def _is_head(strip: Strip, raster: Raster) -> bool:
    """Whether a line has names over columns of figures rather than words for missing ones."""
    numeric = set(raster.numeric)
    over = [p for p in strip.pieces if raster.span(p.x0, p.x1)[0] in numeric and not p.figure]
    texts = {p.text for p in over}
    told = [t for t in texts if any(word in t for word in _WORDS_FOR_NONE)]
    if not over or told or any(p.figure for p in strip.pieces[1:]):
        return False
    if len(over) > 1 and len(texts) == 1:
        return False
    return len(strip.pieces) > 1 and 2 * len(over) >= min(len(numeric), 4)


def _names_figures(strip: Strip, raster: Raster) -> bool:
    """Whether a line is a name over a column of figures."""
    homes = [raster.span(piece.x0, piece.x1)[0] for piece in strip.pieces if not piece.figure]
    told = any(word in strip.line.text for word in _WORDS_FOR_NONE)
    return not told and not set(raster.numeric).isdisjoint(homes)


def _over_rest(
    strips: Sequence[Strip], stop: int, raster: Raster | None, rests: Sequence[Strip]
) -> int:
    """On over lines that go on the last row as ``rests`` do rows above, without an empty line."""
    if raster is None:
        return stop
    last = stop - 1
    usual = {raster.span(p.x0, p.x1)[0] for s in rests for p in s.pieces}
    while stop < len(strips):
        strip = strips[stop]
        if not strip.pieces or strip.is_body or strip.is_aside or strip.is_footer:
            break
        homes = {raster.span(p.x0, p.x1)[0] for p in strip.pieces}
        if not homes <= usual and not all(p.figure for p in strip.pieces):
            break
        if _is_break(strips, stop, raster) or not _goes_on(strip, strips[last:stop], raster):
            break
        stop += 1
    return stop


def _goes_on(strip: Strip, above: Sequence[Strip], raster: Raster) -> bool:
    """Whether each piece stands in one column, and a name of the last row may go on in it."""
    numeric = set(raster.numeric)
    upper = [p for s in above for p in s.pieces]
    taken = {raster.span(p.x0, p.x1)[0] for p in upper}
    for piece in strip.pieces:
        first, last = raster.span(piece.x0, piece.x1)
        if first != last or piece.x0 < raster.columns[0].x0:
            return False
        if first in numeric and not (piece.figure or piece.bracketed):
            return False
        column = raster.columns[first]
        full = any(p.x1 >= column.x1 - 2 for p in upper if p.x0 < column.x1)
        if first in taken and first not in numeric and not full and not piece.bracketed:
            return False
    return True


def _find_start(strips: Sequence[Strip], first: int, done: int, raster: Raster) -> int:
    """Back over the lines of the header: those with several names, and parts of them between."""
    start = at = first
    blanks = 0
    while at > done and first - at < _HEAD + 2:
        strip = strips[at - 1]
        if not strip.pieces:
            blanks += 1
            if blanks > (2 if start == first else 1):
                break
            at -= 1
            continue
        if strip.is_aside or strip.is_footer or strip.is_body or strip.is_heading:
            break
        if not _may_name(strip, raster):
            break
        if blanks and start < first and len(strip.pieces) == 1:
            break
        blanks = 0
        at -= 1
        start = at
    return _without_titles(strips, start, first, raster)


def _may_name(strip: Strip, raster: Raster) -> bool:
    right = raster.columns[-1].x1 + 40
    if len(strip.pieces) > 1:
        return strip.pieces[0].x0 <= right
    piece = strip.pieces[0]
    several = raster.span(piece.x0, piece.x1)[1] > 1
    names = piece.text.split() if several else [piece.text]
    return max(map(len, names)) <= _GROUP_NAME and piece.x0 <= right


def _without_titles(strips: Sequence[Strip], start: int, first: int, raster: Raster) -> int:
    """Without lines on top that name no column: a heading, a title, and what is above them."""
    lines = [i for i in range(start, first) if strips[i].pieces]
    lines = lines[_count_captions(strips, lines, raster) :]
    several = [i for i in lines if len(strips[i].pieces) > 1]
    if not several:
        return _over_single_names(strips, lines, first, raster)
    top = several[0]
    for at in reversed([i for i in lines if i < top]):
        piece = strips[at].pieces[0]
        if raster.span(piece.x0, piece.x1)[0] == 0 or at + 1 != top:
            break
        top = at
    return top


def _count_captions(strips: Sequence[Strip], lines: Sequence[int], raster: Raster) -> int:
    """How many lines on top end with one from the left edge that is longer than any label."""
    labels = raster.columns[0]
    for place in range(len(lines) - 2, -1, -1):
        first, *more = strips[lines[place]].pieces
        if not more and first.x0 <= labels.x0 and first.x1 > labels.x1 + 1:
            return place + 1
    return 0


def _over_single_names(
    strips: Sequence[Strip], lines: Sequence[int], first: int, raster: Raster
) -> int:
    """Back over lines of a single name for one column each, if one of them names figures."""
    start = first
    for at in reversed(lines):
        piece = strips[at].pieces[0]
        home, last = raster.span(piece.x0, piece.x1)
        if home != last or piece.x0 < raster.columns[0].x0 or len(raster) > _NARROW:
            break
        start = at
    named = any(_names_figures(strips[at], raster) for at in lines if at >= start)
    return start if named else first


def _give_labels_back(
    head: list[Strip], body: list[Strip], raster: Raster
) -> tuple[list[Strip], list[Strip]]:
    """Lines under the header that begin the label of the first row belong to the rows.

    So does one that begins several words of it (交通事故死 | 子育て支援 over 者数 | 課).
    """
    numeric = set(raster.numeric)
    first = {raster.span(p.x0, p.x1)[0] for p in body[0].pieces}
    labels = range(min(numeric)) if numeric else range(1)
    while len(head) > 1 and head[-1].pieces:
        cols = [raster.span(piece.x0, piece.x1)[0] for piece in head[-1].pieces]
        named = all(_is_named(piece, head[:-1]) for piece in head[-1].pieces)
        if cols[0] not in labels or not named or not numeric.union(first).isdisjoint(cols):
            break
        body = [head[-1], *body]
        head = head[:-1]
    return head, body


def _is_table(region: Region) -> bool:
    """Whether there is enough to call it a table."""
    numeric = region.raster.numeric
    rows = sum(strip.is_body for strip in region.body)
    if not numeric or len(region.raster) < 2:
        return False
    if region.head:
        return rows >= 1
    return rows >= (3 if len(region.raster) == 2 else 2)


def _is_named(piece: Piece, above: Sequence[Strip]) -> bool:
    return any(p.x0 < piece.x1 and p.x1 > piece.x0 for strip in above for p in strip.pieces)
