"""Names as they are published, and keys to compare them by."""

from __future__ import annotations

import re
import unicodedata

from kenzan.normalize.characters import fold, fold_letters

_GAP = re.compile(r"[ \t\n\f]+")
_WORD = re.compile(r"[!-~À-ɏ]")
_DASHES = str.maketrans(dict.fromkeys("−‐‑‒–—―─━ー－﹣﹘ｰ", "-") | dict.fromkeys("〜～∼", "~"))
_BRACKETS = str.maketrans("〔［【｛〈《「『〕］】｝〉》」』[]{}", "((((((((" + "))))))))" + "()()")
_COUNTERS = re.compile(r"[ヶケヵカか箇個](?=所|月|年|国|村|町)")
_VARIATION = re.compile("[\ufe00-\ufe0f\U000e0100-\U000e01ef]")


def _join(text: str, gap: re.Match[str]) -> str:
    """One space between two Latin words, nothing where Japanese characters meet."""
    before, after = text[gap.start() - 1 : gap.start()], text[gap.end() : gap.end() + 1]
    return " " if _WORD.match(before) and _WORD.match(after) else ""


def fold_label(text: str) -> str:
    r"""A name as published: letters and digits folded, broken lines joined, layout spaces gone.

    Brackets and punctuation keep the width they are printed in.

    >>> fold_label("実　績"), fold_label("ＥＣ サイト\n（ＫＰＩ）"), fold_label("Smart  City 構想")
    ('実績', 'ECサイト（KPI）', 'Smart City構想')
    """
    folded = fold_letters(text).strip()
    return _GAP.sub(lambda gap: _join(folded, gap), folded).strip()


def label_key(text: str) -> str:
    """What two spellings of one name have in common: width, case, spaces, brackets, dashes.

    >>> label_key("実施 か所数（ＫＰＩ）") == label_key("実施箇所数(kpi)")
    True
    """
    plain = unicodedata.normalize("NFKC", _VARIATION.sub("", fold(text))).casefold()
    joined = unicodedata.normalize("NFKC", "".join(fold(plain).split()))
    return _COUNTERS.sub("箇", joined.translate(_BRACKETS).translate(_DASHES))
