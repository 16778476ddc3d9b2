"""Usage, help and languages of the command line."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest
from rich.cells import cell_len

import kenzan
from kenzan.commands.program import COMMANDS, build_program
from kenzan.export.rows import MODELS
from kenzan.terminal.language import find_language
from kenzan.terminal.wording import Words

if TYPE_CHECKING:
    from collections.abc import Callable


def test_version(run: Callable) -> None:
    assert run("--version").out == f"kenzan {kenzan.__version__}\n"
    assert run("--lang", "ja", "--version").out == f"kenzan {kenzan.__version__}\n"


@pytest.mark.parametrize("command", ["", *COMMANDS])
def test_help_pages_speak_both_languages_and_name_every_option(run: Callable, command: str) -> None:
    given = [command] if command else []
    japanese, english = run(*given, "--help", "--lang", "ja"), run(*given, "--help")
    assert (japanese.code, english.code) == (0, 0)
    assert re.search("[ぁ-ん]", japanese.out)
    assert not re.search("[ぁ-ん]", english.out)
    program = build_program(given)
    parameters = program.commands[command].params if command else program.params
    for parameter in parameters:
        if parameter.param_type_name == "option":
            assert parameter.opts[0] in english.out
            assert parameter.opts[0] in japanese.out


@pytest.mark.parametrize("command", ["kenzan", *COMMANDS])
def test_the_examples_of_the_help_pages_parse(command: str) -> None:
    for lang in ("ja", "en"):
        for example, meaning in Words(lang).examples(command).items():
            given = example.split()[1:]
            program = build_program(given)
            context = program.make_context("kenzan", given, resilient_parsing=False)
            name, found, rest = program.resolve_command(context, given)
            found.make_context(name, rest, parent=context)
            assert meaning


def test_libraries_that_talk_are_not_heard() -> None:
    script = (
        "import logging, warnings, sys; from kenzan.cli import main; "
        "main(['rules', 'KZ301']); "
        "logging.getLogger('pdfminer.pdffont').warning('Could not get FontBBox'); "
        "warnings.warn('deprecated')"
    )
    ran = subprocess.run([sys.executable, "-c", script], capture_output=True, check=True)
    assert ran.stderr == b""


@pytest.mark.parametrize("width", ["40", "80", "120"])
def test_help_fits_the_terminal(run: Callable, width: str, monkeypatch: pytest.MonkeyPatch) -> None:
    from rich.cells import cell_len

    monkeypatch.setenv("COLUMNS", width)
    lines = run("audit", "--help", "--lang", "ja").out.splitlines()
    assert max(cell_len(line) for line in lines) <= int(width)


def test_without_a_command_help_is_shown(run: Callable) -> None:
    ran = run()
    assert ran.code == 2
    assert "kenzan COMMAND" in ran.out


@pytest.mark.parametrize(
    ("arguments", "english", "japanese"),
    [
        (["audit"], "FILE is missing", "FILE を指定してください"),
        (["adit"], "no command adit (did you mean audit?)", "adit というコマンドはありません"),
        (["audit", "--formt", "x"], "no option --formt", "--formt というオプションはありません"),
        (
            ["audit", "x.pdf", "--format", "xml"],
            "the value of --format/-f will not do (choose from table, json",
            "（選べるのは table, json",
        ),
        (["convert", "x.pdf"], "--out/-o is missing", "--out/-o を指定してください"),
        (["convert", "x", "-o", "y", "--to", "z"], "z: there is nothing", "z: その名前のもの"),
        (["schema", "figures"], "figures: there is nothing", "figures: その名前のもの"),
        (["rules", "KZ000"], "KZ000: there is no such rule", "KZ000: その規則はありません"),
        (["rules", "KZ399"], "no such rule (KZ301, KZ302", "その規則はありません（KZ301"),
        (["convert", "-o", "y"], "no document and no folder", "文書またはフォルダを指定"),
        (["convert", "x", "-o", "y", "-j", "-1"], "(a number of 0 or more)", "（0 以上の数）"),
        (["convert", "x", "-o", "y", "-j", "z"], "(a number is wanted)", "（数を指定します）"),
        (["audit", "x.pdf", "--encoding", "klingon"], "klingon: there is", "klingon: その名前"),
        (["audit", "--lang"], "cannot be carried out", "指定に誤りがあります"),
    ],
)
def test_usage_errors_are_two_lines_in_the_readers_language(
    run: Callable,
    monkeypatch: pytest.MonkeyPatch,
    arguments: list[str],
    english: str,
    japanese: str,
) -> None:
    monkeypatch.setenv("COLUMNS", "200")
    for lang, expected in (("en_US.UTF-8", english), ("ja_JP.UTF-8", japanese)):
        monkeypatch.setenv("LC_ALL", lang)
        ran = run(*arguments)
        assert ran.code == 2
        assert ran.out == ""
        assert expected in ran.err
        assert len(ran.err.splitlines()) == 2
        assert "Traceback" not in ran.err


@pytest.mark.parametrize(
    ("arguments", "environment", "expected"),
    [
        ([], {}, "en"),
        ([], {"LANG": "ja_JP.UTF-8"}, "ja"),
        ([], {"LANG": "ja_JP.UTF-8", "LC_ALL": "C"}, "en"),
        ([], {"LANG": "de_DE.UTF-8"}, "en"),
        ([], {"LC_ALL": "C", "KENZAN_LANG": "ja"}, "ja"),
        (["--lang", "ja"], {"LANG": "en_US"}, "ja"),
        (["audit", "--lang=en", "x"], {"LANG": "ja_JP"}, "en"),
        (["audit", "--lang", "fr"], {"LANG": "ja_JP"}, "ja"),
        (["audit", "--", "--lang", "en"], {"LANG": "ja_JP"}, "ja"),
        (["audit", "--lang"], {"LANG": "ja_JP"}, "ja"),
    ],
)
def test_the_language_is_asked_for_or_the_systems(
    arguments: list[str], environment: dict[str, str], expected: str
) -> None:
    assert find_language(arguments, environment) == expected


def test_schema_prints_what_is_published(run: Callable) -> None:
    from kenzan.export.table_schemas import read_schema

    assert json.loads(run("schema", "checks").out) == read_schema("checks")
    table = run("schema", "checks", "--kind", "table")
    assert json.loads(table.out) == read_schema("checks", "tableschema")
    assert list(json.loads(run("schema").out)) == list(MODELS)


def test_rules_are_listed_and_explained(run: Callable) -> None:
    assert "KZ301" in run("rules").out
    assert "増減が検算と合わない" in run("rules", "--lang", "ja").out
    explained = run("rules", "kz301")
    assert explained.code == 0
    assert "\nWhat it checks\n  The change printed beside a figure" in explained.out
    assert "日本語" not in explained.out
    japanese = run("rules", "KZ301", "--lang", "ja").out
    assert "\n確かめること\n  数値に添えられた増減" in japanese
    assert "What it checks" not in japanese
    assert all(cell_len(line) <= 80 for line in (japanese + explained.out).splitlines())


def test_a_defect_is_one_clear_line(run: Callable, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: object) -> None:
        raise ZeroDivisionError("division by zero")

    monkeypatch.setattr("kenzan._sources.find_sources", fail)
    ran = run("audit", "x.pdf")
    assert ran.code == 70
    assert "ZeroDivisionError: division by zero" in ran.err
    assert "Traceback" not in ran.err
    monkeypatch.setenv("KENZAN_TRACEBACK", "1")
    assert "Traceback" in run("audit", "x.pdf").err


@pytest.mark.parametrize("encoding", ["ascii", "cp932", "euc_jp", "utf-8"])
def test_a_terminal_of_another_encoding_is_no_reason_to_fail(encoding: str) -> None:
    environment = {**os.environ, "PYTHONIOENCODING": encoding, "PYTHONUTF8": "0"}
    for arguments in (["--help", "--lang", "ja"], ["rules", "KZ301"], ["audit", "−—髙.pdf"]):
        command = [sys.executable, "-m", "kenzan", *arguments]
        ran = subprocess.run(command, env=environment, capture_output=True, check=False)
        assert ran.returncode in (0, 3), ran.stderr
        assert ran.stdout or ran.stderr


def test_an_interrupt_is_told_and_has_its_code(
    run: Callable, monkeypatch: pytest.MonkeyPatch
) -> None:
    def interrupt(*_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("kenzan._sources.find_sources", interrupt)
    ran = run("audit", "x.pdf")
    assert (ran.code, ran.err) == (130, "interrupted.\n")
