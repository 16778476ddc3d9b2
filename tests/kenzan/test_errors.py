"""The error tree: codes, exit codes, and words in both languages."""

from __future__ import annotations

import re

import pytest

from kenzan import errors

TREE = [
    value
    for value in vars(errors).values()
    if isinstance(value, type) and issubclass(value, errors.KenzanError)
]


def test_codes_are_unique() -> None:
    codes = [error.code for error in TREE]
    assert len(set(codes)) == len(codes)


@pytest.mark.parametrize("error", TREE)
def test_every_error_speaks_both_languages(error: type[errors.KenzanError]) -> None:
    assert re.search("[ぁ-ん一-龠]", error.text_ja)
    assert not re.search("[ぁ-ん一-龠]", error.text_en + error.hint_en)
    assert bool(error.hint_ja) == bool(error.hint_en)
    assert "\n" not in error.text_ja + error.text_en + error.hint_ja + error.hint_en


@pytest.mark.parametrize("error", TREE)
def test_exit_codes_are_those_of_the_contract(error: type[errors.KenzanError]) -> None:
    expected = 70
    if issubclass(error, errors.UsageError | errors.NumberSyntaxError):
        expected = 2
    elif issubclass(error, errors.DocumentError):
        expected = 3
    elif issubclass(error, errors.ExportError):
        expected = 5
    assert error.exit_code == expected


def test_the_drawing_shows_the_whole_tree() -> None:
    drawn = re.findall(r"(\w+Error)\b", errors.__doc__ or "")
    assert sorted(set(drawn) - {"ValueError"}) == sorted(error.__name__ for error in TREE)


def test_well_known_facts_are_told_in_the_readers_language() -> None:
    error = errors.ExportError("out", "Permission denied")
    assert error.message("ja") == "out: 書き込めません（権限がありません）"
    assert error.message("en") == "out: cannot be written (Permission denied)"


def test_a_recorded_error_is_told_again_in_the_readers_language() -> None:
    error = errors.DamagedError("odd: name.pdf", "no zip container")
    recorded = f"{error.code}: {error.message('en')}"
    told = "ファイルが壊れているか、途中で切れています（Office ファイルの形になっていません）"
    assert errors.retell_error(recorded, "ja") == told
    assert (
        errors.retell_error(recorded, "en") == "the file is damaged or cut off (no zip container)"
    )
    assert errors.retell_error("page 3: anything", "ja") == "page 3: anything"
    assert errors.retell_error("", "ja") == ""


def test_facts_with_a_further_fact_are_told_in_the_readers_language_too() -> None:
    error = errors.NotFoundError("a.pdf", "cannot be opened: Too many levels of symbolic links")
    assert error.message("ja") == "a.pdf: ファイルがないか、開けません（リンクが循環しています）"
    double = errors.EmptyDocumentError("b.pdf", "the same content as {c}.pdf")
    assert double.message("ja") == "b.pdf: 中身が空です（{c}.pdf と同じ内容）"


def test_messages_name_subject_and_detail() -> None:
    error = errors.TooLargeError("a.pdf", "9 > 5")
    assert error.message("ja") == "a.pdf: 大きさの上限を超えています（9 > 5）"
    assert str(error) == "a.pdf: over the limit of size (9 > 5)"
