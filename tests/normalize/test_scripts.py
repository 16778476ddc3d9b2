"""The classes of characters hold what Unicode's script property says."""

from __future__ import annotations

import re
from unicodedata import category

import pytest
import regex

from kenzan.normalize.scripts import HAN, HIRAGANA, KATAKANA, LETTER

EVERYDAY = [
    chr(code) for code in (*range(0xD800), *range(0xE000, 0x10000), *range(0x20000, 0x33000))
]


@pytest.mark.parametrize(
    ("ranges", "script"), [(HAN, "Han"), (HIRAGANA, "Hiragana"), (KATAKANA, "Katakana")]
)
def test_ranges_are_those_of_the_script(ranges: str, script: str) -> None:
    mine, known = re.compile(f"[{ranges}]"), regex.compile(rf"\p{{{script}}}")
    wrong = [char for char in EVERYDAY if bool(mine.match(char)) < bool(known.match(char))]
    assert wrong == []
    more = [char for char in EVERYDAY if bool(mine.match(char)) > bool(known.match(char))]
    assert all(category(char) == "Cn" for char in more)


@pytest.mark.parametrize("char", "事あアーaé々한")
def test_letters(char: str) -> None:
    assert re.fullmatch(LETTER, char)


@pytest.mark.parametrize("char", "1１①㈱²〇㊿Ⅳ_ 、")
def test_no_letters(char: str) -> None:
    assert not re.fullmatch(LETTER, char)
