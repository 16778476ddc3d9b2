"""Texts under the figures (達成状況, 未達理由) back to the indicator that they speak of.

Linear text loses their columns. What brings them back: texts say 未達 of indicators whose actual
misses the target; columns that met theirs are blank; both rows speak of the same indicators.
"""

from __future__ import annotations

from itertools import combinations, pairwise, product
from typing import TYPE_CHECKING

from kenzan.interpret.linear.names import group_by_position, join_pieces
from kenzan.interpret.linear.pieces import Gap
from kenzan.interpret.linear.vocabulary import row_words, words
from kenzan.normalize.labels import label_key
from kenzan.schemas.records import dataclass

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from kenzan.interpret.linear.regions import TextRow
    from kenzan.interpret.linear.rulers import Extent, Ruler
    from kenzan.interpret.linear.tokens import Token

_UNFINISHED = -60
_SPACE_AFTER_SENTENCE = 20
_MARKED_END = 20
_SHORT_LAST_LINE = 15
_SAYS_MISSED = 25
_REASON_FOR_MISSED = 20
_DISAGREE = -15
_MARGIN = 8
_SLACK = 4
_MOST_JOINT = 6
_SHORT_CLAIM = 8
_GOES_ON = ("、", "，", "が", "て", "で", "し", "の", "に", "を", "は", "と")
"""How a line ends whose sentence goes on."""


@dataclass(frozen=True, slots=True)
class PlacedTexts:
    """One row's texts by indicator, and the pieces that could not be placed."""

    row: TextRow
    texts: dict[int, tuple[Token, ...]]
    left: tuple[Token, ...] = ()


@dataclass(frozen=True, slots=True)
class _Reading:
    """One way to read a row: its texts, and the indicators they belong to."""

    score: int
    groups: tuple[tuple[Token, ...], ...]
    homes: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class TextColumns:
    """Where texts of each indicator stand on their line, by a ruler."""

    known: Sequence[Sequence[Extent]]
    ruler: Ruler


def place_texts(
    rows: Sequence[TextRow],
    missed: Sequence[bool | None],
    columns: TextColumns | None = None,
) -> list[PlacedTexts]:
    """Give the texts of all rows to indicators; ``missed`` tells who missed its target.

    ``columns`` is given where the text keeps positions: they decide alone.
    """
    if columns is not None:
        return [_place_by_position(row, columns) for row in rows]
    readings = [_readings(row, missed) for row in rows]
    if not rows:
        return []
    joint = len(missed) <= _MOST_JOINT and len(rows) <= 2
    chosen = _choose_jointly(readings) if joint else [_choose(r) for r in readings]
    return [
        PlacedTexts(row, {}, tuple(row.texts))
        if reading is None
        else PlacedTexts(row, dict(zip(reading.homes, reading.groups, strict=True)))
        for row, reading in zip(rows, chosen, strict=True)
    ]


def _place_by_position(row: TextRow, columns: TextColumns) -> PlacedTexts:
    groups = group_by_position(row.texts, columns.known, columns.ruler)
    if groups is None:
        return PlacedTexts(row, {}, tuple(row.texts))
    return PlacedTexts(row, {k: tuple(group) for k, group in enumerate(groups) if group})


def _readings(row: TextRow, missed: Sequence[bool | None]) -> list[_Reading]:
    if not row.texts:
        return [_Reading(0, (), ())]
    word = row_words().get(label_key(row.label.label))
    kind = word.kind if word else "other"
    found: list[_Reading] = []
    for count in range(1, len(missed) + 1):
        for score, groups in _partitions(row.texts, count):
            said = [_says(join_pieces(group)) for group in groups]
            for homes in combinations(range(len(missed)), count):
                fit = sum(_fit(kind, s, missed[h]) for s, h in zip(said, homes, strict=True))
                fit += _absent(kind, homes, missed)
                found.append(_Reading(score + fit, groups, homes))
    return sorted(found, key=lambda r: r.score, reverse=True)[:40]


def _says(text: str) -> bool | None:
    """Whether a text says that a target was missed (``True``) or met; ``None`` if neither."""
    polarity = words()["polarity"]
    if any(word in text for word in polarity["missed"]):
        return True
    return False if any(word in text for word in polarity["met"]) else None


def _fit(kind: str, said: bool | None, missed: bool | None) -> int:  # noqa: FBT001
    if missed is None:
        return 0
    if kind == "reason":
        return _REASON_FOR_MISSED if missed else -_REASON_FOR_MISSED
    if said is None:
        return 0
    return _SAYS_MISSED if said == missed else -_SAYS_MISSED


def _absent(kind: str, homes: Sequence[int], missed: Sequence[bool | None]) -> int:
    """The cost of leaving indicators without a text that should have one."""
    if kind == "other":
        return 0
    return -10 * sum(bool(m) for k, m in enumerate(missed) if k not in homes)


def _partitions(
    pieces: Sequence[Token], count: int
) -> Iterator[tuple[int, tuple[tuple[Token, ...], ...]]]:
    """The best ways to cut a run of pieces into so many texts."""
    ends = [k + 1 for k, (a, b) in enumerate(pairwise(pieces)) if _may_end(a, b)]
    if count - 1 > len(ends) or len(ends) > 24:
        return
    scored = []
    for cuts in combinations(ends, count - 1):
        bounds = [0, *cuts, len(pieces)]
        score = sum(_cut_score(pieces, k) if k in cuts else -_cut_score(pieces, k) for k in ends)
        scored.append((score, tuple(tuple(pieces[a:b]) for a, b in pairwise(bounds))))
        if len(scored) > 500:
            break
    scored.sort(key=lambda entry: -entry[0])
    yield from scored[:3]


def _may_end(before: Token, after: Token) -> bool:
    """Whether one text may end and another begin between two pieces."""
    return (
        _is_short_claim(before.label)
        or before.label.endswith(("。", "．", "）", ")", "達成", "未達", "―"))
        or after.gap
        in {
            Gap.WIDE,
            Gap.TAB,
            Gap.SPACE,
        }
    )


def _is_short_claim(text: str) -> bool:
    """Whether a piece by itself says how it went, without a full stop: 達成済み, 未達成."""
    return len(text) <= _SHORT_CLAIM and _says(text) is not None and not text.endswith(_GOES_ON)


def _cut_score(pieces: Sequence[Token], k: int) -> int:
    """What speaks for a new text beginning with piece k."""
    before, after = pieces[k - 1], pieces[k]
    finished = before.label.endswith("。") or _is_short_claim(before.label)
    score = 0 if finished else _UNFINISHED
    if after.gap < Gap.LINE:
        return score + (_SPACE_AFTER_SENTENCE if after.gap >= Gap.SPACE else 0)
    if any(piece.closed for piece in pieces):
        score += _MARKED_END if before.closed else -2 * _MARKED_END
    short = before.width + _SLACK < max(piece.width for piece in pieces)
    return score + (_SHORT_LAST_LINE if short else 3)


def _choose(readings: Sequence[_Reading]) -> _Reading | None:
    if not readings:
        return None
    best = readings[0]
    rivals = [r for r in readings[1:] if r.score > best.score - _MARGIN]
    return best if all((r.groups, r.homes) == (best.groups, best.homes) for r in rivals) else None


def _choose_jointly(readings: Sequence[Sequence[_Reading]]) -> list[_Reading | None]:
    """The readings of all rows that agree best on which indicators they speak of."""
    scored = []
    for combo in product(*readings):
        sets = [set(r.homes) for r in combo if r.homes]
        disagree = sum(len(a ^ b) for a, b in pairwise(sets))
        scored.append((sum(r.score for r in combo) + _DISAGREE * disagree, combo))
    if not scored:
        return [None] * len(readings)
    scored.sort(key=lambda entry: -entry[0])
    total, best = scored[0]
    rivals = [combo for score, combo in scored if score > total - _MARGIN]
    return [
        reading if all(rival[k] == reading for rival in rivals) else None
        for k, reading in enumerate(best)
    ]
