"""Names of indicators out of pieces of text: which wrapped lines belong together."""

from __future__ import annotations

from functools import cache
from itertools import combinations, pairwise
from typing import TYPE_CHECKING

from kenzan.interpret.linear.pieces import Gap
from kenzan.interpret.linear.regions import is_broken_figure
from kenzan.interpret.linear.vocabulary import is_statement, name_score, unit_score
from kenzan.normalize.labels import fold_label
from kenzan.schemas.records import dataclass

if TYPE_CHECKING:
    from collections.abc import Sequence

    from kenzan.interpret.linear.rulers import Extent, Ruler
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
_SHORT_LINE = -30
_FULL_LINE = 15
_NEARLY_FULL = -5
_OPEN_PARAGRAPH, _CLOSED_PARAGRAPH = 25, -50
_APART = -60
_MOST_PIECES = 60
_MOST_TIMES = 3
_FEW_PIECES = 2
_MARGIN = 12
_SLACK = 2


@dataclass(frozen=True, slots=True)
class Name:
    """The name of one indicator: its pieces in reading order."""

    pieces: tuple[Token, ...]

    @property
    def text(self) -> str:
        """The folded name, broken lines joined."""
        return join_pieces(self.pieces)


def are_whole(names: Sequence[Name]) -> bool:
    """Whether no name goes on behind a blank line, where text in columns begins something else."""
    return not any(piece.gap == Gap.BLANK for name in names for piece in name.pieces[1:])


def join_pieces(pieces: Sequence[Token]) -> str:
    """The folded text of pieces: a space where two Latin words meet, else nothing."""
    return fold_label(" ".join(piece.label for piece in pieces))


@dataclass(frozen=True, slots=True)
class _Split:
    """One way to cut pieces into names."""

    score: int
    names: tuple[Name, ...]

    @property
    def texts(self) -> tuple[str, ...]:
        return tuple(name.text for name in self.names)


def split_names(
    pieces: Sequence[Token], count: int, units: Sequence[str | None] = ()
) -> list[Name] | None:
    """Cut pieces into so many names; ``None`` if there are too few, or two ways are as good.

    Leading pieces may be left out (a caption, a stated unit). Works on reading order alone:
    how names end, where lines are full, marks of the producer, gaps. Names may follow each other,
    or the first lines of all may stand on one line and their second lines on the next. ``units``
    are those of the figures of each column, if their order is known.
    """
    pieces = pieces[-_MOST_PIECES:]
    if not 0 < count <= len(pieces):
        return None
    known = tuple(units) or (None,) * count
    alone = _find_last_paragraph(pieces) if count == 1 else None
    return alone or _split_repeated(pieces, known) or _split(pieces, known)


def _find_last_paragraph(pieces: Sequence[Token]) -> list[Name] | None:
    """What the last lines without another between them say, if it makes a name."""
    pairs = enumerate(pairwise(pieces), 1)
    last = max((k for k, (a, b) in pairs if b.line - a.spans[-1].line > 1), default=0)
    name = Name(tuple(pieces[last:]))
    return [name] if last and name_score(name.text) > 0 else None


def _split_repeated(pieces: Sequence[Token], units: tuple[str | None, ...]) -> list[Name] | None:
    """Names that are each said once for every column of theirs, in a header of merged cells."""
    if len({piece.label for piece in pieces}) == len(pieces):
        return None
    for times in range(2, min(len(pieces) // len(units), _MOST_TIMES) + 1):
        names = _split(pieces, tuple(unit for unit in units for _ in range(times))) or []
        runs = [names[k : k + times] for k in range(0, len(names), times)]
        if runs and all(len({name.text for name in run}) == 1 for run in runs):
            return [run[0] for run in runs]
    return None


def _split(pieces: Sequence[Token], known: tuple[str | None, ...]) -> list[Name] | None:
    splits = [*_split_in_turn(pieces, known), *_split_by_line(pieces, known)]
    splits.sort(key=lambda split: -split.score)
    if not splits:
        return None
    best = splits[0]
    rivals = [s for s in splits[1:] if s.texts != best.texts and s.score > best.score - _MARGIN]
    return None if rivals or _are_uneven(best.names) else list(best.names)


def _are_uneven(names: Sequence[Name]) -> bool:
    """Whether one name has taken many pieces while another is none: their lines were mixed."""
    most = max(len(name.pieces) for name in names)
    return most > _FEW_PIECES and any(name_score(name.text) < 0 for name in names)


def _score(pieces: Sequence[Token], unit: str | None) -> int:
    text = join_pieces(pieces)
    return name_score(text) + unit_score(text, unit)


def _split_in_turn(pieces: Sequence[Token], units: tuple[str | None, ...]) -> list[_Split]:
    """Names one after the other: the best ways to cut the run."""
    count = len(units)
    joints = [_Joint.between(a, b, pieces) for a, b in pairwise(pieces)]

    @cache
    def cuts(start: int, left: int) -> tuple[tuple[int, tuple[int, ...]], ...]:
        """Best ways to cut pieces[start:] into ``left`` names: score and ends."""
        options: list[tuple[int, tuple[int, ...]]] = []
        for end in range(start + 1, len(pieces) - left + 2):
            inner = sum(joint.join for joint in joints[start : end - 1])
            score = inner + _score(pieces[start:end], units[count - left])
            if left > 1:
                options += [
                    (score + joints[end - 1].part + rest, (end, *ends))
                    for rest, ends in cuts(end, left - 1)
                ]
            elif end == len(pieces):
                options.append((score, (end,)))
        return tuple(sorted(options, reverse=True)[:2])

    return [
        _Split(score + _SKIPPED * start, _names_at(pieces, (start, *ends)))
        for start in range(len(pieces) - count + 1)
        for score, ends in cuts(start, count)
    ]


def _names_at(pieces: Sequence[Token], bounds: Sequence[int]) -> tuple[Name, ...]:
    return tuple(Name(tuple(pieces[a:b])) for a, b in pairwise(bounds))


def _split_by_line(pieces: Sequence[Token], units: tuple[str | None, ...]) -> list[_Split]:
    """Names side by side: a line with a piece of each, then lines with what is left of some."""
    count = len(units)
    lines = _by_line(pieces)
    first = next((k for k, line in enumerate(lines) if len(line) == count), None)
    if count < 2 or first is None or len(lines) - first < 2:
        return []
    skipped = sum(map(len, lines[:first]))
    beams: list[tuple[int, tuple[tuple[Token, ...], ...]]] = [
        (_SKIPPED * skipped + _part_score(lines[first]), tuple((t,) for t in lines[first]))
    ]
    for line in lines[first + 1 :]:
        if len(line) > count:
            return []
        grown = [
            (
                score + _part_score(line) + _grow_score(groups, homes, line, pieces),
                _grow(groups, homes, line),
            )
            for score, groups in beams
            for homes in combinations(range(count), len(line))
        ]
        beams = sorted(grown, key=lambda entry: -entry[0])[:30]
    return [
        _Split(
            score + sum(map(_score, groups, units)),
            tuple(map(Name, groups)),
        )
        for score, groups in beams
    ]


def _part_score(line: Sequence[Token]) -> int:
    return sum(_PART[piece.gap] for piece in line[1:])


def _grow_score(
    groups: Sequence[Sequence[Token]],
    homes: Sequence[int],
    line: Sequence[Token],
    pieces: Sequence[Token],
) -> int:
    widest = max(piece.width for piece in pieces)
    ends = (groups[k][-1] for k in homes)
    return sum(_fullness(end, piece, widest) for end, piece in zip(ends, line, strict=True))


def _grow(
    groups: Sequence[tuple[Token, ...]], homes: Sequence[int], line: Sequence[Token]
) -> tuple[tuple[Token, ...], ...]:
    more = dict(zip(homes, line, strict=True))
    return tuple((*group, more[k]) if k in more else group for k, group in enumerate(groups))


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
        join += _fullness(before, after, max(piece.width for piece in pieces))
        if any(piece.closed for piece in pieces):
            mark = _CLOSED_PARAGRAPH if before.closed else _OPEN_PARAGRAPH
            join, part = join + mark, part - mark
        return _Joint(join, part)


def _fullness(before: Token, after: Token, widest: int) -> int:
    """What the width of a line says about its being wrapped before a piece.

    A line is only broken where the next character does not fit any more.
    """
    room = widest - before.width - (1 if after.label[:1].isascii() else 2)
    return _FULL_LINE if room < 0 else _NEARLY_FULL if room < _SLACK else _SHORT_LINE


def group_by_position(
    pieces: Sequence[Token],
    columns: Sequence[Sequence[Extent]],
    ruler: Ruler,
) -> list[list[Token]] | None:
    """Pieces that stand under each other, by column; ``None`` if lines contradict each other.

    ``columns`` holds extents known for each column. A line with as many runs as there are columns
    has one for each.
    """
    groups: list[list[Token]] = [[] for _ in columns]
    known = [list(extents) for extents in columns]
    for line in _by_line(pieces):
        runs = _runs(line)
        if len(runs) < len(columns) == len(line):
            runs = [[piece] for piece in line]
        extents = [ruler.extents(run) for run in runs]
        homes = list(range(len(columns)))
        if len(runs) != len(columns):
            homes = [_nearest(extent, known) for extent in extents]
        if any(a >= b for a, b in pairwise(homes)):
            return None
        for home, run, extent in zip(homes, runs, extents, strict=True):
            groups[home] += run
            known[home].append(extent)
    return groups


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


def _nearest(extent: Extent, known: Sequence[Sequence[Extent]]) -> int:
    """The column with an extent that begins or is centred where this one does."""
    left, right = extent

    def distance(k: int) -> float:
        return min(
            min(abs(left - a), abs(left + right - a - b) / 2, *_inside(extent, (a, b)))
            for a, b in known[k]
        )

    return min(range(len(known)), key=distance)


def _inside(extent: Extent, around: Extent) -> tuple[float]:
    """A small distance for what stands between two ends, a large one for all else."""
    return (1.5,) if around[0] <= extent[0] and extent[1] <= around[1] else (1e6,)


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
        piece
        for run in paragraphs(texts)
        if not is_statement(join_pieces(run))
        for piece in run
        if not is_broken_figure(piece)
    ]
