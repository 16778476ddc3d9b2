"""Characters as one writes them: width, radicals and invisible characters folded, place kept.

Folding goes block by block, never by NFKC on the whole text, which would fuse ①5 into 15 and
turn 100㎡ into 100m2. Dashes, long vowels and wave dashes are left as printed: whether ― is a
minus, "no figure" or part of a word is decided where figures are read.

Source: Unicode 14.0 chart names; UAX #44 Equivalent_Unified_Ideograph; JIS X 0201 for the kana.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from typing import TYPE_CHECKING

import jaconv

from kenzan.normalize.notes import split_note_marks
from kenzan.schemas.data_files import read_text
from kenzan.schemas.records import dataclass

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

__all__ = ["Folded", "fold", "fold_letters", "fold_with_map", "split_note_marks"]

_VOICED = "\u3099\u309aﾞﾟ"
_KANA = "ぁ-ゖ\u3099-ゞァ-ヺー-ヾｦ-ﾟ"
_SPACES = "\u00a0\u1680\u2000-\u200a\u202f\u205f\u3000"
_INVISIBLE = (
    "\u00ad\u061c\u180e\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u206f\ufe0e\ufe0f\ufeff"
)
_CONTROLS = "\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f"
_BREAKS = "\x0b\x85\u2028\u2029"
_KEPT_FULL_WIDTH = "～"
_SQUARE_ERAS = {"㍾": "明治", "㍽": "大正", "㍼": "昭和", "㍻": "平成", "㋿": "令和"}
_CURRENCY = {"￠": "¢", "￡": "£", "￥": "¥", "￦": "₩", "￤": "¦", "￢": "¬"}


def _range(first: int, last: int) -> Iterator[str]:
    return (chr(code) for code in range(first, last + 1))


def _members(spec: str) -> list[str]:
    """The characters of a set written as in a pattern: single ones and ranges."""
    spans = re.findall(r"(.)-(.)|(.)", spec, flags=re.DOTALL)
    return [c for low, high, one in spans for c in (one or _range(ord(low), ord(high)))]


def _radicals() -> dict[str, str]:
    """Supplement radicals to ideographs, and Kangxi radicals by their decomposition."""
    text = read_text("kenzan.normalize", "radicals.csv")
    rows = (line.split(",") for line in text.splitlines() if line[:1] not in {"#", "r"})
    table = {chr(int(radical, 16)): chr(int(to, 16)) for radical, to, _ in rows if to}
    return table | {char: unicodedata.normalize("NFKC", char) for char in _range(0x2F00, 0x2FD5)}


def _compatible() -> dict[str, str]:
    """Compatibility ideographs and mathematical letters and digits, one character each."""
    blocks = ((0xF900, 0xFAFF), (0x2F800, 0x2FA1F), (0x1D400, 0x1D7FF))
    pairs = (
        (char, unicodedata.normalize("NFKC", char)) for block in blocks for char in _range(*block)
    )
    return {char: to for char, to in pairs if char != to and len(to) == 1}


def _letters() -> dict[str, str]:
    """What names and figures share: letters, digits, kana, ideographs, spaces, the invisible."""
    full = [*_range(0xFF10, 0xFF19), *_range(0xFF21, 0xFF3A), *_range(0xFF41, 0xFF5A)]
    table = {char: chr(ord(char) - 0xFEE0) for char in full}
    table |= {char: jaconv.h2z(char) for char in _range(0xFF66, 0xFF9D)} | {"ﾞ": "゛", "ﾟ": "゜"}
    table |= _radicals() | _compatible() | _SQUARE_ERAS
    table |= dict.fromkeys(_members(_SPACES), " ") | dict.fromkeys(_members(_BREAKS), "\n")
    return table | dict.fromkeys(_members(_INVISIBLE + _CONTROLS), "")


def _everything(letters: dict[str, str]) -> dict[str, str]:
    """Letters, and the punctuation, brackets and signs that names keep as printed."""
    marks = {char: chr(ord(char) - 0xFEE0) for char in _range(0xFF01, 0xFF5E)}
    half = {char: jaconv.h2z(char) for char in _range(0xFF61, 0xFF65)}
    folded = letters | marks | half | _CURRENCY
    return {char: to for char, to in folded.items() if char not in _KEPT_FULL_WIDTH}


_LETTERS = str.maketrans(_letters())
_EVERYTHING = str.maketrans(_everything({chr(key): to for key, to in _LETTERS.items()}))
_HIDDEN = f"{_INVISIBLE}{_CONTROLS}"
_SEQUENCE = re.compile(rf"\r\n?|[{_KANA}][{_HIDDEN}]*+[{_VOICED}]|(?<=[{_KANA}])－")
# What most Japanese text is made of folds to itself.
_UNCHANGED = re.compile("[ -~\n\tぁ-ゖァ-ヺー一-鿿々、。・「」①-⑳※△▲―…]*+")
_SHORT = 64
_RESIZED = re.compile(rf"\r\n|[{_KANA}][{_VOICED}]|[㍻-㍾㋿{_HIDDEN}]")


def _fold_sequence(found: str) -> str:
    """Several characters that are one (ｶﾞ), or one that only its neighbour explains (センタ－)."""
    if found[0] == "\r":
        return "\n"
    if found == "－":
        return found
    mark = "\u3099" if found[-1] in "\u3099ﾞ" else "\u309a"
    base = jaconv.h2z(found[0]) if "ｦ" <= found[0] <= "ﾝ" else found[0].translate(_LETTERS)
    composed = unicodedata.normalize("NFC", base + mark)
    return composed if len(composed) == 1 else base + found[-1].translate(_LETTERS)


def _pieces(text: str, table: dict[int, str]) -> Iterator[tuple[str, int, int]]:
    """Folded pieces with the raw span that each comes from."""
    at = 0
    for match in _SEQUENCE.finditer(text):
        yield from ((text[k].translate(table), k, k + 1) for k in range(at, match.start()))
        yield _fold_sequence(match[0]), match.start(), match.end()
        at = match.end()
    yield from ((text[k].translate(table), k, k + 1) for k in range(at, len(text)))


def _fold(text: str, table: dict[int, str]) -> str:
    if _UNCHANGED.fullmatch(text):  # told ten times faster than folding it
        return text
    if not _SEQUENCE.search(text):
        return text.translate(table)
    return "".join(piece for piece, _, _ in _pieces(text, table))


_short_fold = lru_cache(maxsize=8192)(lambda text: _fold(text, _EVERYTHING))


def fold(text: str) -> str:
    """Fold width, kana, radicals, compatibility ideographs, spaces; drop invisible characters.

    Kept as printed: ① ㈱ Ⅲ ㎡ (they would run into digits), dashes, ー, ～ and 〜. A － behind a
    kana stays, since it stands for a long vowel there. Folding twice is folding once.

    >>> fold("Ｒ３ ▲１，２３４％ ｶﾞﾗｽ ⻑")
    'R3 ▲1,234% ガラス 長'
    """
    # Labels and figures come again and again, in every stage; prose does not.
    return _short_fold(text) if len(text) <= _SHORT else _fold(text, _EVERYTHING)


def fold_letters(text: str) -> str:
    """Fold as ``fold`` does, but leave punctuation, brackets and signs in the printed width.

    >>> fold_letters("２０～３９歳（ＫＰＩ）")
    '20～39歳（KPI）'
    """
    return _fold(text, _LETTERS)


@dataclass(frozen=True, slots=True)
class Folded:
    """A folded text and where each of its characters was printed.

    ``offsets[i]`` and ``ends[i]`` bound the raw characters behind ``text[i]``.
    """

    text: str
    raw: str
    offsets: Sequence[int]
    ends: Sequence[int]

    def raw_span(self, start: int, end: int) -> tuple[int, int]:
        """The raw span behind ``text[start:end]``; an empty span stays empty."""
        if start >= end:
            at = self.offsets[start] if start < len(self.offsets) else len(self.raw)
            return at, at
        return self.offsets[start], self.ends[end - 1]

    def keep(self, positions: Sequence[int], text: str) -> Folded:
        """The same map for ``text``, whose characters stand at these positions of this one."""
        offsets = [self.offsets[k] for k in positions]
        return Folded(text, self.raw, offsets, [self.ends[k] for k in positions])


def fold_with_map(text: str) -> Folded:
    """Fold as ``fold`` does and keep the way back to the raw characters.

    >>> fold_with_map("ｶﾞﾗｽ5個").raw_span(3, 5)
    (4, 6)
    """
    if _UNCHANGED.fullmatch(text):
        return Folded(text, text, range(len(text)), range(1, len(text) + 1))
    if not _RESIZED.search(text):
        return Folded(fold(text), text, range(len(text)), range(1, len(text) + 1))
    pieces = [piece for piece in _pieces(text, _EVERYTHING) if piece[0]]
    offsets = [start for piece, start, _ in pieces for _ in piece]
    ends = [end for piece, _, end in pieces for _ in piece]
    return Folded("".join(piece for piece, _, _ in pieces), text, offsets, ends)
