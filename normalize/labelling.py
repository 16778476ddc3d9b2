"""Labels inside a cell that set its figures apart: ``債) 104,600``, ``H26年▲3,703``."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from kenzan.normalize.notation import CELL_LABELS
from kenzan.normalize.scripts import HAN, HIRAGANA, KATAKANA

if TYPE_CHECKING:
    from collections.abc import Iterator

_YEAR = (
    r"(?:[MTSHR]|令和|平成|昭和|大正|明治) ?(?:[0-9]{1,2}|元)(?:\.[0-9]{1,2})?|[12][0-9]{3}(?=年)"
)
_JAPANESE = f"{HAN}{HIRAGANA}{KATAKANA}ー"
_NO_ERA = "(?!第|令和|平成|昭和|大正|明治)"
_AFTER_KNOWN = re.compile(r"\s*[):：]?\s*")
# A year in front of its figure; something has to part the two.
_PERIOD = re.compile(rf"(?P<label>(?:{_YEAR})(?:年度末?|年|末)?)(?:\s*[:：)]\s*|\s+|(?=[△▲▽▼+-]))")
_CIRCLED = re.compile(r"(?P<label>[①-⑳ⓐ-ⓩ])\s*")
_CLOSED = re.compile(r"(?P<label>[^\s0-9()\[\]〔〕、,。:：]{1,12})[):：]\s*")
_SPACED = re.compile(rf"(?P<label>{_NO_ERA}[{_JAPANESE}・]{{1,8}})\s+")
_INSIDE = re.compile(
    rf"(?P<label>{_NO_ERA}[{_JAPANESE}・]{{1,10}}?)[:：]?\s*(?=[-−+△▲▽▼]?\s?[0-9])"
)


def match_labels(text: str, at: int, end: int, *, inside: bool) -> Iterator[tuple[str, str, int]]:
    """Possible labels at a position, likeliest first: the label, as printed, and its end.

    ``inside`` brackets a label may touch its figure (前年9名); elsewhere only known ones may.
    """
    known = CELL_LABELS.match(text, at, end)
    if known:
        close = _AFTER_KNOWN.match(text, at + len(known), end)
        stop = close.end() if close else at + len(known)
        yield known, "".join(text[at:stop].split()), stop
    for pattern in (_PERIOD, _CIRCLED, _CLOSED, _SPACED, *((_INSIDE,) if inside else ())):
        match = pattern.match(text, at, end)
        if match is not None:
            label = "".join(match["label"].split())
            yield label, "".join(match[0].split()), match.end()
