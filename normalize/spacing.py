"""What a layout has pulled apart: ``1 2,672`` is printed for 12,672, ``28%以|下`` for 28%以下."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from kenzan.normalize.numerals import grouping_of
from kenzan.normalize.scripts import LETTER

if TYPE_CHECKING:
    from kenzan.normalize.characters import Folded

_GAP = r"(?:[ ,、]{0,3}|,?\s{0,2}\n\s{0,2},?)"
_RUN = re.compile(
    rf"(?<![0-9A-Za-z.,、])[0-9](?:{_GAP}[0-9]){{0,40}}+(?: ?\. ?[0-9]++)?+(?![0-9.,、])"
)
_BROKEN = re.compile(r"[\s、]")
# A decimal point at the end or at the beginning of a line: 78.|8, 78|.8.
_TORN_POINT = re.compile(
    r"(?<=[0-9]\.)[ ]?\n[ ]?(?=[0-9]{1,2}(?![0-9,.]))|(?<=[0-9])[ ]?\n[ ]?(?=\.[0-9])"
)
# A range that goes on in the next line: 10～|20人, 1,000人|～1,500人.
_TORN_RANGE = re.compile(
    r"(?<=[~〜～])[ ]?\n[ ]?(?=[△▲−-]?[0-9])|(?<=[^\s])[ ]?\n[ ]?(?=[~〜～][0-9])"
)
# A line that goes on with letters after letters or digits: the cell was too narrow for the word.
_TORN_WORD = re.compile(rf"(?:(?<=[^\W_])|(?<=%)|(?<=[A-Za-z]-))[ ]?\n[ ]?(?={LETTER})")


def _join(run: str) -> str | None:
    """The figure that the run shows, if its commas prove that it is one; else ``None``.

    Over a line break the pieces must be no figures by themselves (10,000, and 000).
    """
    joined = _BROKEN.sub("", run.replace("、", ","))
    whole, point, _ = joined.partition(".")
    if not _BROKEN.search(run.partition(".")[0].rstrip()):
        return joined if point and " ." in run else None
    if "," not in whole or grouping_of(whole) != "grouped":
        return None
    pieces = run.partition(".")[0].split("\n")
    return joined if len(pieces) == 1 or any(map(_is_torn, pieces)) else None


def _is_torn(piece: str) -> bool:
    """Whether a line of a run cannot be a figure of its own: 10,000, or 1,072,4 or 000."""
    bare = piece.replace(" ", "").replace("、", ",")
    grouping = grouping_of(bare.strip(","))
    return bare != bare.strip(",") or grouping not in {"none", "grouped"}


def join_broken(folded: Folded) -> Folded:
    """The text with broken digits joined, each character still knowing its raw place."""
    if not _BROKEN.search(folded.text):
        return folded
    folded = _without(_without(folded, _TORN_POINT), _TORN_RANGE)
    text: list[str] = []
    positions: list[int] = []
    at = 0
    for match in _RUN.finditer(folded.text):
        joined = _join(match[0])
        if joined is None:
            continue
        text += [folded.text[at : match.start()], joined]
        positions += range(at, match.start())
        positions += (k for k in range(*match.span()) if not folded.text[k].isspace())
        at = match.end()
    text.append(folded.text[at:])
    positions += range(at, len(folded.text))
    return folded.keep(positions, "".join(text)) if at else folded


def join_words(folded: Folded) -> Folded:
    """The text without the line breaks inside words and between a figure and its unit."""
    return _without(folded, _TORN_WORD)


def _without(folded: Folded, breaks: re.Pattern[str]) -> Folded:
    gone = {k for match in breaks.finditer(folded.text) for k in range(*match.span())}
    if not gone:
        return folded
    positions = [k for k in range(len(folded.text)) if k not in gone]
    return folded.keep(positions, "".join(folded.text[k] for k in positions))
