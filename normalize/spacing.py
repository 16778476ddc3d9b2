"""Digits that a layout has pulled apart: ``1 2,672`` is printed for 12,672."""

from __future__ import annotations

from typing import TYPE_CHECKING

import regex

from kenzan.normalize.numerals import grouping_of

if TYPE_CHECKING:
    from kenzan.normalize.characters import Folded

_RUN = regex.compile(
    r"(?<![0-9A-Za-z.,、])[0-9](?:[ ,、]{0,2}[0-9]){1,40}+(?: ?\. ?[0-9]++)?+(?![0-9.,、])"
)
_BROKEN = regex.compile(r"[ 、]")


def _join(run: str) -> str | None:
    """The figure that the run shows, if its commas prove that it is one; else ``None``."""
    joined = run.replace(" ", "").replace("、", ",")
    whole, point, _ = joined.partition(".")
    if " " in run.partition(".")[0].rstrip() or "、" in run:
        return joined if "," in whole and grouping_of(whole) == "grouped" else None
    return joined if point and " ." in run else None


def join_broken(folded: Folded) -> Folded:
    """The text with broken digits joined, each character still knowing its raw place."""
    if not _BROKEN.search(folded.text):
        return folded
    text, positions, at = [], [], 0
    for match in _RUN.finditer(folded.text):
        joined = _join(match[0])
        if joined is None or not _BROKEN.search(match[0]):
            continue
        text += [folded.text[at : match.start()], joined]
        positions += range(at, match.start())
        positions += (k for k in range(*match.span()) if folded.text[k] != " ")
        at = match.end()
    if not positions and at == 0:
        return folded
    text.append(folded.text[at:])
    positions += range(at, len(folded.text))
    return folded.keep(positions, "".join(text))
