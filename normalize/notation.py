"""The marks and words of notation.toml, ready to match: signs, missing marks, bounds, prefixes."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from kenzan.normalize.lexicon import Lexicon, read_words

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from kenzan.normalize.figure import Bound, Missing, Sign


def _by_word(table: Mapping[str, Iterable[str]]) -> dict[str, Any]:
    return {word: name for name, words in table.items() for word in words}


def _any_of(words: Iterable[str]) -> str:
    return f"(?:{'|'.join(map(re.escape, sorted(words, key=len, reverse=True)))})"


_DATA = read_words("notation.toml")
_SIGNS = _DATA["signs"]
CURRENCY: dict[str, str] = _DATA["currency"]
BOUND_BEFORE: dict[str, Bound] = _by_word(_DATA["bound_prefix"])
BOUND_BEHIND: dict[str, Bound] = _by_word(_DATA["bound_suffix"])
SIGN_BEHIND: dict[str, Sign] = _by_word(
    {"-": _DATA["sign_suffix"]["minus"], "+": _DATA["sign_suffix"]["plus"]}
)
_MISSING = {name: _DATA["missing"][name] for name in ("not_reported", "not_applicable", "withheld")}
MISSING_WORDS: dict[str, Missing] = _by_word({n: entry["words"] for n, entry in _MISSING.items()})
WHOLE_MARKS: frozenset[str] = frozenset(_DATA["missing"]["whole_cell"]["marks"])

REMARKS = Lexicon(_DATA["remark"]["words"])
SUFFIXES = Lexicon([*BOUND_BEHIND, *SIGN_BEHIND])
SUFFIXES_IN_CELLS = Lexicon([*SUFFIXES.words, *REMARKS.words])
PREFIXES = Lexicon([*BOUND_BEFORE, *_DATA["scope_prefix"]["words"]])
_EACH = re.compile(
    rf"10{{0,3}}+[千万]?{_any_of(_DATA['scope_prefix']['each'])}{_any_of(_DATA['scope_prefix']['per'])}"
)
CELL_LABELS = Lexicon(_DATA["cell_label"]["words"])
CHANGES = Lexicon(_DATA["missing"]["words_of_change"]["words"])
ABSENT = Lexicon([*MISSING_WORDS, *CHANGES.words])
ORDINALS = Lexicon(_DATA["ordinal_suffix"]["words"])

_PLUS, _EITHER = frozenset(_SIGNS["plus"]), frozenset(_SIGNS["either"])
_TRIANGLES = _any_of(_SIGNS["triangles"])
_LINE = _any_of(_SIGNS["minus"])
_OTHERS = _any_of(_PLUS | _EITHER)
_TOUCHING = _any_of(_SIGNS["minus_touching"])
SIGN = re.compile(
    rf"(?:(?:{_TRIANGLES}|{_OTHERS})\s{{0,3}}+|{_LINE} {{0,3}}+|{_TOUCHING})(?=[0-9.¥$€\\])"
)
# In prose a dash is a sign only where no word, number or kana runs into it (センター5, 2019-2020).
SIGN_BEFORE = re.compile(
    rf"(?:{_TRIANGLES}\s?|(?<![0-9A-Za-z)])(?:-|−|{_OTHERS})"
    rf"|(?<![0-9A-Za-z)ぁ-ヿ一-鿿々]){_TOUCHING})\Z"
)
SIGN_OUTSIDE = re.compile(rf"(?P<sign>(?:{_TRIANGLES}|\+)\s?|{_LINE})(?=[(\[〔])")
MARKS = re.compile(
    rf"(?P<not_reported>{_any_of(_MISSING['not_reported']['marks'])}{{1,6}}+[・･.]?)"
    rf"|(?P<not_applicable>{_any_of(_MISSING['not_applicable']['marks'])}{{1,8}}+)"
    rf"|(?P<withheld>{_any_of(_MISSING['withheld']['marks'])}{{1,5}}+)"
)


def sign_of(mark: str) -> Sign:
    """The sign that a mark stands for; ± (and its kin) stands for none."""
    bare = mark.strip()
    if bare in _PLUS:
        return "+"
    return "" if not bare or bare in _EITHER else "-"


def match_prefix(text: str, at: int, end: int) -> str:
    """The word at a position that counts or bounds the figure behind it: 累計, 約, 1人当たり."""
    each = _EACH.match(text, at, end) if text[at : at + 1] == "1" else None
    return each[0] if each else PREFIXES.match(text, at, end)


def bound_of(prefix: str) -> Bound | None:
    """The bound that the words before a figure give it (約, 最大); ``None`` without one."""
    at = 0
    while at < len(prefix):
        word = match_prefix(prefix, at, len(prefix))
        if word in BOUND_BEFORE:
            return BOUND_BEFORE[word]
        at += len(word) or 1
    return None


def may_touch(prefix: str) -> bool:
    """Whether these words are read as a prefix though no space parts them from the figure."""
    at = 0
    while at < len(prefix):
        word = match_prefix(prefix, at, len(prefix))
        word = word or CELL_LABELS.match(prefix, at, len(prefix))
        if not word:
            return prefix[-1] in "):"
        at += len(word)
    return True


def scope_of(prefix: str) -> str:
    """The words before a figure without those that only bound it: 累計約 → 累計."""
    kept, at = [], 0
    while at < len(prefix):
        word = match_prefix(prefix, at, len(prefix)) or prefix[at]
        kept.append("" if word in BOUND_BEFORE else word)
        at += len(word)
    return "".join(kept)
