"""The numbering before a label: 1. (1) ① ア (ｲ) A Ⅰ 第１ 一."""

from __future__ import annotations

import re
from functools import lru_cache

from kenzan.interpret.words.lexicon import kinds
from kenzan.schemas.records import dataclass

_CIRCLED = "①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳"
_KANA = "アイウエオカキクケコサシスセソタチツテトナニヌネノ"
_IROHA = "イロハニホヘトチリヌルヲワカヨタレソツネナラム"
_ROMAN = "ⅠⅡⅢⅣⅤⅥⅦⅧⅨⅩ"
_KANJI = "一二三四五六七八九十"
# Counters that make a leading number a quantity: 20歳, 3年, 65人.
_COUNTER = (
    r"歳才年月日人件個名回度時分秒％%‰次号期級円万千億百十つ世帯学者台校園棟戸箇か所カヶヵ社票点位"
    r"kKmMgGtTlLcC㎡㎞㌔～~〜\-‐−－ー―/／:：,，"
)
_NO_COUNTER = "|".join(map(re.escape, kinds()["not_counted"]["words"]))

_FORMS: tuple[tuple[str, re.Pattern[str]], ...] = (
    (
        "第n",
        re.compile(
            r"第([0-9]{1,2}|[一二三四五六七八九十]{1,3})[章節款項目条編部表号期]?[ 　.．:：]*"
        ),
    ),
    ("(n)", re.compile(r"[(（〔\[]([0-9]{1,2})[)）〕\]][.．]?[ 　]*")),
    ("(ア)", re.compile(rf"[(（〔]([{_KANA}{_IROHA}])[)）〕][ 　]*")),
    ("(a)", re.compile(r"[(（]([a-zA-Z])[)）][ 　]*")),
    ("n-n", re.compile(r"([0-9]{1,2}(?:[-‐－−.．][0-9]{1,2}){1,3})[.．]?[ 　]+")),
    ("n.", re.compile(r"([0-9]{1,2})[.．、,](?![0-9])[ 　]*")),
    ("n)", re.compile(r"([0-9]{1,2})[)）][ 　]*")),
    ("①", re.compile(rf"([{_CIRCLED}])[.．]?[ 　]*")),
    ("Ⅰ", re.compile(rf"([{_ROMAN}])[.．、]?[ 　]*")),
    ("A", re.compile(r"([A-Z])(?:[.．、:：)）][ 　]*|[ 　]+(?=.*[^\x00-\x7f])|(?=[「『【〔]))")),
    ("ア", re.compile(rf"([{_KANA}])(?:[.．、)）][ 　]*|[ 　]+)")),
    ("一", re.compile(rf"([{_KANJI}])(?:[.．、][ 　]*|[ 　]+)")),
    (
        "n ",
        re.compile(
            rf"([0-9]{{1,2}})(?:[ 　]+|(?=[^0-9A-Za-z {_COUNTER}.．)）])|(?=(?:{_NO_COUNTER})))"
            rf"(?:(?![{_COUNTER}])|(?=(?:{_NO_COUNTER})))"
        ),
    ),
)


@dataclass(frozen=True, slots=True)
class Numbering:
    """A label's number: its style, its place in the sequence (from 1) and its length in it.

    ``key`` is the number as others refer to it (A, 1, ①). イ by itself counts as in アイウ, ロ and
    ハ as in イロハ.
    """

    style: str
    value: int
    length: int
    key: str


def _value_of(sign: str, style: str) -> int:
    if sign.isdecimal():
        return int(sign)
    for row in (_CIRCLED, _ROMAN, _KANJI):
        if sign in row:
            return row.index(sign) + 1
    if len(sign) == 1 and sign.isascii() and sign.isalpha():
        return ord(sign.upper()) - ord("A") + 1
    if sign in _KANA or sign in _IROHA:
        iroha = sign in "ロハニホ" or (sign in _IROHA and sign not in _KANA[:10])
        return (_IROHA if iroha else _KANA).index(sign) + 1
    digits = re.split(r"[-‐－−.．]", sign)
    if all(d.isdecimal() for d in digits):
        return int(digits[-1])
    return _kanji_value(sign) if style == "第n" else 0


def _kanji_value(sign: str) -> int:
    tens, _, ones = sign.rpartition("十")
    if "十" not in sign:
        return _KANJI.index(sign[-1]) + 1 if sign and sign[-1] in _KANJI else 0
    return (_KANJI.index(tens) + 1 if tens else 1) * 10 + (_KANJI.index(ones) + 1 if ones else 0)


@lru_cache(maxsize=8192)
def find_numbering(text: str) -> Numbering | None:
    """The numbering at the start of a folded text; ``None`` if there is none, or nothing after."""
    for style, pattern in _FORMS:
        match = pattern.match(text)
        if match and match.end() < len(text):
            sign = match.group(1)
            return Numbering(style, _value_of(sign, style), match.end(), sign)
    return None
