r"""The scripts of Japanese as what stands between the brackets of a regular expression.

Ranges of Unicode's Scripts.txt; the standard library knows no ``\p{Han}``.
"""

from __future__ import annotations

HAN = (
    "\u2e80-\u2e99\u2e9b-\u2ef3\u2f00-\u2fd5\u3005\u3007\u3021-\u3029\u3038-\u303b\u3400-\u4dbf"
    "\u4e00-\u9fff\uf900-\ufa6d\ufa70-\ufad9\U00016fe2-\U00016ff6\U00020000-\U00033479"
)
HIRAGANA = "\u3041-\u3096\u309d-\u309f\U0001b001-\U0001b11f\U0001b132-\U0001b152\U0001f200"
KATAKANA = (
    "\u30a1-\u30fa\u30fd-\u30ff\u31f0-\u31ff\u32d0-\u32fe\u3300-\u3357\uff66-\uff6f\uff71-\uff9d"
    "\U0001aff0-\U0001affe\U0001b000\U0001b120-\U0001b122\U0001b155-\U0001b168"
)
NUMBERS = "²³¹¼-¾⁰⁴-⁹₀-₉⅐-↉①-⒛⓪-⓿❶-➓〇〡-〩〸-〺㈠-㈩㉈-㉏㉑-㉟㊀-㊉㊱-㊿"
"""Signs for numbers that are no digits."""
LETTER = rf"[^\W\d_{NUMBERS}]"
"""A letter of any script."""
