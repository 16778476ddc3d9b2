"""Texts among columns: which paragraphs are 達成状況 and which are 未達理由."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kenzan.interpret.linear.names import join_pieces, paragraphs
from kenzan.interpret.linear.regions import Region, TextRow
from kenzan.interpret.linear.vocabulary import is_statement, row_words, words
from kenzan.normalize.labels import label_key

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from kenzan.interpret.linear.tokens import Token

_LONGEST_CLAIM = 32
_WIDEST = 76
"""Wider lines (half-width columns) are the page's own text, not that of a cell."""


def find_statements(region: Region) -> list[TextRow]:
    """The rows of texts of a table whose text goes column by column."""
    texts = [t for t in [*region.names, *region.stream] if t.kind == "text"]
    names = {id(piece) for piece in region.names}
    loose = [t for t in texts if id(t) not in names and t.width <= _WIDEST]
    rows = [TextRow(row.label) for row in region.rows]
    kinds = [_kind(row) for row in rows]
    for run in paragraphs(loose):
        for text in _split_claims(run):
            kind = "achievement" if _is_claim(join_pieces(text)) else "reason"
            if kind in kinds:
                rows[kinds.index(kind)].texts += text
    return rows


def _kind(row: TextRow) -> str:
    word = row_words().get(label_key(row.label.label))
    return word.kind if word else "other"


def _is_claim(text: str) -> bool:
    """Whether a text only claims (not) to have met a target, and gives no reason."""
    if len(text) > _LONGEST_CLAIM:
        return False
    return is_statement(text) and not any(word in text for word in words()["polarity"]["reasons"])


def _split_claims(run: Sequence[Token]) -> Iterator[list[Token]]:
    """A claim at the beginning of a paragraph by itself, then the rest."""
    for size in range(1, min(4, len(run))):
        if run[size - 1].label.endswith("。"):
            if _is_claim(join_pieces(run[:size])):
                yield list(run[:size])
                yield from _split_claims(run[size:])
                return
            break
    yield list(run)
