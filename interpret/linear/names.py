"""Names of indicators out of pieces of text: which wrapped lines belong together."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from itertools import pairwise
from typing import TYPE_CHECKING

from kenzan.interpret.linear.tokens import Gap
from kenzan.interpret.linear.vocabulary import is_statement, name_score
from kenzan.normalize.labels import fold_label

if TYPE_CHECKING:
    from collections.abc import Sequence

    from kenzan.interpret.linear.tokens import Token

_SKIPPED = -45
_JOIN = {
    Gap.NONE: 20,
    Gap.WEAK: 5,
    Gap.SPACE: -15,
    Gap.WIDE: -60,
    Gap.TAB: -90,
    Gap.LINE: 0,
    Gap.BLANK: 0,
    Gap.PAGE: -10,
}
_PART = {
    Gap.NONE: -90,
    Gap.WEAK: -20,
    Gap.SPACE: 10,
    Gap.WIDE: 30,
    Gap.TAB: 60,
    Gap.LINE: 0,
    Gap.BLANK: 0,
    Gap.PAGE: 0,
}
_SHORT_LINE = -25
_FULL_LINE = 8
_OPEN_PARAGRAPH, _CLOSED_PARAGRAPH = 25, -50
_APART = -25
_MOST_PIECES = 60
_SLACK = 4


@dataclass(frozen=True, slots=True)
class Name:
    """The name of one indicator: its pieces in reading order."""

    pieces: tuple[Token, ...]

    @property
    def text(self) -> str:
        """The folded name, broken lines joined."""
        return join_pieces(self.pieces)


def join_pieces(pieces: Sequence[Token]) -> str:
    """The folded text of pieces: a space where two Latin words meet, else nothing."""
    return fold_label(" ".join(piece.label for piece in pieces))


def split_names(pieces: Sequence[Token], count: int) -> list[Name] | None:
    """Cut a run of pieces into so many names; ``None`` if there are too few pieces.

    Leading pieces may be left out (a caption, a stated unit). Works on reading order alone:
    how names end, where lines are full, marks of the producer, gaps.
    """
    pieces = pieces[-_MOST_PIECES:]
    if not 0 < count <= len(pieces):
        return None
    joints = [_Joint.between(a, b, pieces) for a, b in pairwise(pieces)]

    @cache
    def best(start: int, left: int) -> tuple[int, tuple[int, ...]]:
        """Best score of cutting pieces[start:] into ``left`` names, with their ends."""
        options: list[tuple[int, tuple[int, ...]]] = []
        for end in range(start + 1, len(pieces) - left + 2):
            inner = sum(joint.join for joint in joints[start : end - 1])
            score = inner + name_score(join_pieces(pieces[start:end]))
            if left == 1:
                if end == len(pieces):
                    options.append((score, (end,)))
                continue
            if end < len(pieces):
                rest, ends = best(end, left - 1)
                options.append((score + joints[end - 1].part + rest, (end, *ends)))
        return max(options, default=(-(10**6), ()))

    starts = range(len(pieces) - count + 1)
    _, start, ends = max((best(s, count)[0] + _SKIPPED * s, -s, best(s, count)[1]) for s in starts)
    if not ends:
        return None
    bounds = [-start, *ends]
    return [Name(tuple(pieces[a:b])) for a, b in pairwise(bounds)]


@dataclass(frozen=True, slots=True)
class _Joint:
    """Between two pieces: the score of joining them and of parting them."""

    join: int
    part: int

    @staticmethod
    def between(before: Token, after: Token, pieces: Sequence[Token]) -> _Joint:
        join, part = _JOIN[after.gap], _PART[after.gap]
        if after.gap < Gap.LINE:
            return _Joint(join, part)
        if after.line - before.spans[-1].line > 4:
            join += _APART
        join += _FULL_LINE if _is_full(before, pieces) else _SHORT_LINE
        if any(piece.closed for piece in pieces):
            mark = _CLOSED_PARAGRAPH if before.closed else _OPEN_PARAGRAPH
            join, part = join + mark, part - mark
        return _Joint(join, part)


def _width(token: Token) -> int:
    return sum(1 if char.isascii() else 2 for char in token.label)


def _is_full(token: Token, pieces: Sequence[Token]) -> bool:
    """Whether the line that ends with this piece is nearly as wide as the widest of its kind."""
    return _width(token) + _SLACK >= max(_width(piece) for piece in pieces)


def split_by_position(
    pieces: Sequence[Token], spans: Sequence[tuple[float, float]]
) -> list[Name] | None:
    """Names from text that keeps positions: pieces under each other belong together.

    ``spans`` are the left and right ends of the columns of each indicator.
    """
    groups: list[list[Token]] = [[] for _ in spans]
    for line in _by_line(pieces):
        runs = _runs(line)
        if len(runs) == len(spans):
            homes = list(range(len(spans)))
        else:
            homes = [_home(run, groups, spans) for run in runs]
            if any(a >= b for a, b in pairwise(homes)):
                return None
        for home, run in zip(homes, runs, strict=True):
            groups[home] += run
    if not all(groups):
        return None
    return [Name(tuple(group)) for group in groups]


def _by_line(pieces: Sequence[Token]) -> list[list[Token]]:
    lines: dict[int, list[Token]] = {}
    for piece in pieces:
        lines.setdefault(piece.line, []).append(piece)
    return list(lines.values())


def _runs(line: Sequence[Token]) -> list[list[Token]]:
    """Pieces of a line that stand close together."""
    runs: list[list[Token]] = []
    for piece in line:
        if runs and piece.gap < Gap.WIDE:
            runs[-1].append(piece)
        else:
            runs.append([piece])
    return runs


def _home(
    run: Sequence[Token], groups: Sequence[Sequence[Token]], spans: Sequence[tuple[float, float]]
) -> int:
    """The indicator whose earlier lines, or else whose columns, a run stands nearest to."""
    left, right = run[0].left, run[-1].right

    def distance(k: int) -> float:
        edges = [(spans[k][0], spans[k][1])]
        edges += [(piece.left, piece.right) for piece in groups[k] if piece.gap >= Gap.WIDE]
        return min(min(abs(left - a), abs(left + right - a - b) / 2) for a, b in edges)

    return min(range(len(spans)), key=distance)


def paragraphs(tokens: Sequence[Token]) -> list[list[Token]]:
    """Runs of text tokens that stand on lines next to each other, without a blank line."""
    runs: list[list[Token]] = []
    for token in tokens:
        if runs and token.gap < Gap.BLANK and token.line - runs[-1][-1].spans[-1].line <= 1:
            runs[-1].append(token)
        else:
            runs.append([token])
    return runs


def find_name_pieces(tokens: Sequence[Token]) -> list[Token]:
    """The pieces among texts in columns order that can belong to names."""
    texts = [token for token in tokens if token.kind == "text"]
    return [
        piece for run in paragraphs(texts) if not is_statement(join_pieces(run)) for piece in run
    ]
