"""Words, wrapping and cleaning of what is printed."""

from __future__ import annotations

import re
import string
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len

import kenzan
from kenzan.export.message import sort_message
from kenzan.terminal.cleaning import clean_text
from kenzan.terminal.wording import Words, read_wording
from kenzan.terminal.wrapping import wrap_text

ENTRIES = [
    (f"{section}.{name}", entry)
    for section, names in read_wording().items()
    for name, entry in names.items()
]


@pytest.mark.parametrize(("key", "entry"), ENTRIES)
def test_every_entry_has_both_languages_with_the_same_values(
    key: str, entry: dict[str, str]
) -> None:
    assert set(entry) == {"ja", "en"}
    assert _fields(entry["ja"]) == _fields(entry["en"])
    assert not re.search("[ぁ-んァ-ヶ]", entry["en"])


def _fields(text: str) -> set[str]:
    return {name for _, name, _, _ in string.Formatter().parse(text) if name}


def test_every_word_asked_for_is_kept_and_every_word_kept_is_asked_for() -> None:
    root = Path(kenzan.__file__).resolve().parent
    code = "\n".join(path.read_text(encoding="utf-8") for path in root.rglob("*.py"))
    asked = set(re.findall(r'(?:say|find)\(\s*["\']([a-z_]+\.[a-z_]+)["\']', code))
    asked |= set(re.findall(r'"((?:audit|usage)\.[a-z_]+)"', code))
    kept = {key for key, _ in ENTRIES}
    assert asked <= kept
    plain = {key for key in kept if key.split(".")[0] in ("talk", "usage", "convert")}
    assert plain <= asked


def test_numbers_are_grouped_and_texts_are_not_formats() -> None:
    words = Words("en")
    said = words.say("convert.document", figures=12345, checks=1, findings=0)
    assert "cells 12,345 " in said
    assert "{figures}" in words.say("audit.partial", reason="{figures}")


@given(st.text())
def test_cleaned_text_is_one_line_without_controls(text: str) -> None:
    cleaned = clean_text(text)
    assert not re.search("[\x00-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\u2028\u2029]", cleaned)
    cleaned.encode("utf-8")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("目標　実績", "目標　実績"),
        ("\x1b[31mred", "\\x1b[31mred"),
        ("a\r\nb", "a ⏎ b"),
        ("a\tb", "a b"),
        ("\u202eabc", "\\u202eabc"),
        ("\ud800", "\\ud800"),
        ("[bold]x[/bold]", "[bold]x[/bold]"),
    ],
)
def test_what_would_steer_a_terminal_is_shown(text: str, expected: str) -> None:
    assert clean_text(text) == expected


@given(st.text(alphabet="目標値 実績、。「」（）abc 12,345.6%\u3000"), st.integers(4, 40))
def test_wrapped_lines_fit_and_lose_nothing_but_blanks(text: str, width: int) -> None:
    lines = wrap_text(text, width)
    assert all(cell_len(line) <= width for line in lines)
    assert re.sub(r"\s", "", "".join(lines)) == re.sub(r"\s", "", text)


@pytest.mark.parametrize(
    ("text", "width", "expected"),
    [
        ("実績値は目標値に届いていません。", 14, ["実績値は目標値", "に届いていませ", "ん。"]),
        ("これは「目標」です", 8, ["これは", "「目標」", "です"]),
        ("値は 12,672人 です", 10, ["値は", "12,672人", "です"]),
        ("a short English line here", 10, ["a short", "English", "line here"]),
        ("", 10, [""]),
    ],
)
def test_lines_break_where_a_reader_expects(text: str, width: int, expected: list[str]) -> None:
    assert wrap_text(text, width) == expected


@pytest.mark.parametrize(
    ("message", "printed", "expected"),
    [
        (
            "-173 − 0 = -173。印刷は（-173101）。101 が残っている可能性（確信度 0.96）",
            "（-173101）",
            ("-173 − 0 = -173", "101 が残っている可能性（確信度 0.96）", ""),
        ),
        (
            "目標 73.4％ と実績 74.3％ が異なる。後に続く増減は合う。",
            "74.3％",
            ("", "", "目標 73.4％ と実績 74.3％ が異なる。後に続く増減は合う。"),
        ),
        ("読めません。", "", ("", "", "読めません")),
        ("", "", ("", "", "")),
    ],
)
def test_sentences_of_a_message_find_their_row(
    message: str, printed: str, expected: tuple[str, str, str]
) -> None:
    parts = sort_message(message, printed, japanese=True)
    assert (parts.working, parts.slip, parts.rest) == expected


def test_english_sentences_find_their_row_too() -> None:
    said = "12.5 − 0.9 = 11.6; printed is 11.9. It may be mistyped (confidence 0.66). See p. 3."
    parts = sort_message(said, "11.9", japanese=False)
    assert parts.working == "12.5 − 0.9 = 11.6"
    assert parts.slip == "It may be mistyped (confidence 0.66)"
    assert parts.rest == "See p. 3."


@given(st.text(alphabet="あ目標0-9.。= （）確信度", max_size=40))
def test_every_sentence_of_a_message_is_shown(message: str) -> None:
    parts = sort_message(message, "", japanese=True)
    shown = parts.working + parts.slip + parts.rest
    kept = {character: shown.count(character) for character in "あ目標0-9=（）度"}
    assert kept == {character: message.count(character) for character in kept}
