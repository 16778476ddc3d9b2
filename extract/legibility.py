"""Whether the characters of a page can be what is printed on it.

A font without a table of its characters (ToUnicode) gives wrong ones without any error. They
betray themselves: they are seldom characters that Japanese text is made of.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from kenzan.extract.content import Chars

_LEAST = 20
"""Characters below which a page says too little to be judged."""
_EXPECTED = 0.85
"""Share of expected characters in text that is read right."""
_ALSO = frozenset("−〜–—―‐‑‒•·©®€£¥℃㎡㎥✓✔☐☑◯〇№\u00a0\u00ad")
_BLANKS = (0x20, 0x3000)
_UNKNOWN, _UNEXPECTED, _EXPECTED_CODE, _BLANK = -1, 0, 1, 2
_KINDS = np.full(0x110000, _UNKNOWN, np.int8)
"""What each code is, as far as it has been asked for."""
_KINDS[list(_BLANKS)] = _BLANK


def expected_share(chars: Chars) -> float:
    """The share of visible characters that Japanese reports are made of; 1.0 if there are few."""
    if len(chars) < _LEAST:
        return 1.0
    kinds = _KINDS[chars.codes]
    if kinds.min() == _UNKNOWN:
        for code in set(chars.codes[kinds == _UNKNOWN].tolist()):
            _KINDS[code] = _EXPECTED_CODE if _is_expected(code) else _UNEXPECTED
        kinds = _KINDS[chars.codes]
    visible = len(kinds) - int(np.count_nonzero(kinds == _BLANK))
    expected = int(np.count_nonzero(kinds == _EXPECTED_CODE))
    return expected / visible if visible >= _LEAST else 1.0


def is_legible(chars: Chars) -> bool:
    """Whether the characters can be trusted to be those printed."""
    return expected_share(chars) >= _EXPECTED


def _is_expected(code: int) -> bool:
    """Printable, and in the character set of Japanese Windows or a kanji beyond it.

    Greek and Cyrillic are in that set as well, and are what glyph numbers often look like.
    """
    if code < 0x20 or 0x7F <= code < 0xA0 or 0x370 <= code < 0x530 or 0xE000 <= code < 0xF900:
        return False
    char = chr(code)
    if char in _ALSO or code >= 0x20000:
        return True
    try:
        char.encode("cp932")
    except UnicodeEncodeError:
        # Kangxi radicals and compatibility ideographs stand for kanji in many files.
        return 0x2E80 <= code < 0x2FE0 or 0xF900 <= code < 0xFB00 or 0x2460 <= code < 0x2500
    return True
