"""Texts inside tables: 達成状況 and 未達理由 rows, 備考 and 説明 columns, plan tables."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from kenzan.interpret.words.lexicon import label_key, narrative_words
from kenzan.schemas.records import dataclass

if TYPE_CHECKING:
    from collections.abc import Iterable

    from kenzan.interpret.tables.view import Spot
    from kenzan.schemas.geometry import Place

_BULLET = re.compile(
    r"^[\s　]*(?:[・･○●◎◇◆□■▪▶→⇒＊*※☆★]|[-‐－−]\s|[(（]?\d{1,2}[)）.．]|[①-⑳]"
    r"|[RＲHＨ]\d{1,2}\.\d)"
)
_SENTENCE_END = ("。", "．", "」", "！", "？")


@dataclass(slots=True)
class Text:
    """A text with what it tells of; ``names`` as those of a figure.

    ``aims`` if it stands where a target should: 減少, 前年度より増加.
    """

    kind: str
    text: str
    names: tuple[str, ...] = ()
    period: str = ""
    place: Place | None = None
    project: str | None = None
    aims: bool = False


def join_lines(lines: Iterable[str]) -> str:
    """Printed lines as one text: broken lines joined, one line for each item or paragraph.

    A line that ends in a space ends a paragraph in text pulled from some PDFs.
    """
    joined: list[str] = []
    closed = True
    for line in lines:
        text = line.strip(" 　\t\r")
        if not text:
            closed = True
            continue
        if closed or _BULLET.match(text) or not joined:
            joined.append(text)
        else:
            joined[-1] += _gap(joined[-1], text) + text
        closed = text.endswith(_SENTENCE_END) and line[-1:].isspace()
    return "\n".join(joined)


def _gap(before: str, after: str) -> str:
    return (
        " "
        if before[-1].isascii()
        and before[-1].isalnum()
        and after[0].isascii()
        and after[0].isalnum()
        else ""
    )


def kind_of(label: str) -> str | None:
    """What the text beside or under such a label is; ``None`` if the label says nothing."""
    found = narrative_words().get(label_key(label))
    if found is not None:
        return found
    key = label_key(label)
    for word, name in narrative_words().items():
        if (
            name in {"reason", "achievement"}
            and len(word) > 2
            and word in key
            and len(key) < len(word) + 8
        ):
            return name
    return None


def text_of(spot: Spot, kind: str, names: tuple[str, ...] = (), period: str = "") -> Text:
    """The text of a cell."""
    return Text(
        kind, join_lines(line.text for line in spot.cell.lines), names, period, spot.place()
    )
