"""The READMEs: their commands and their shown output are real, and they say the same."""

from __future__ import annotations

import importlib.util
import re
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from kenzan.commands.program import COMMANDS, build_program

if TYPE_CHECKING:
    from types import ModuleType

ROOT = Path(__file__).resolve().parents[1]
READMES = ("README.md", "README.ja.md")
LONGEST_WAY_TO_OUTPUT = 60


def _script(name: str) -> ModuleType:
    spec = importlib.util.spec_from_file_location(name, ROOT / ".ci" / f"{name}.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def _text(name: str) -> str:
    return (ROOT / name).read_text(encoding="utf-8")


def _commands(text: str) -> list[str]:
    return re.findall(r"```sh\n([^\n]+)\n```", text)


@pytest.mark.parametrize("name", READMES)
def test_shown_output_is_what_the_command_prints(name: str) -> None:
    script = _script("fill_readme")
    (block,) = script.BLOCK.findall(_text(name))
    _, command, shown, _ = block
    assert len(shown.splitlines()) > 15
    assert shown == script.run_shown(command), "run: python .ci/fill_readme.py"


@pytest.mark.parametrize("name", READMES)
def test_the_run_is_seen_early(name: str) -> None:
    lines = _text(name).splitlines()
    start = lines.index("```console")
    assert lines.index("```", start) < LONGEST_WAY_TO_OUTPUT


def test_both_languages_give_the_same_two_commands() -> None:
    english, japanese = map(_commands, map(_text, READMES))
    assert english == japanese
    assert len(english) == 2
    for command in english:
        assert command.startswith("python3 -m venv .venv && ")


def test_both_languages_show_the_same_code() -> None:
    python = [re.findall(r"```python\n(.*?)```", _text(name), re.DOTALL) for name in READMES]
    bare = [[re.sub(r" *#.*", "", code) for code in codes] for codes in python]
    assert bare[0] == bare[1]


def test_the_python_shown_runs(monkeypatch: pytest.MonkeyPatch) -> None:
    (code,) = re.findall(r"```python\n(.*?)```", _text("README.md"), re.DOTALL)
    monkeypatch.chdir(ROOT)
    names: dict[str, object] = {}
    exec(code, names)
    assert len(names["audit"].findings) == 4  # type: ignore[attr-defined]


@pytest.mark.parametrize("name", READMES)
def test_every_command_and_option_named_is_there(name: str) -> None:
    text = _text(name)
    named = set(re.findall(r"`kenzan ([a-z]+)", text))
    assert named == set(COMMANDS)
    program = build_program([])
    options = {
        option
        for command in program.commands.values()
        for parameter in command.params
        for option in parameter.opts
    }
    without_code = re.sub(r"```.*?```", "", text, flags=re.DOTALL)
    assert set(re.findall(r"(?<![\w-])--?[a-z]+(?![\w-])", without_code)) - options == set()


def test_links_lead_somewhere() -> None:
    for name in (*READMES, "CONTRIBUTING.md"):
        for target in re.findall(r"\]\((?!https?:)([^)#]+)\)", _text(name)):
            assert (ROOT / target).exists(), f"{name}: {target}"


def test_the_changelog_has_its_form() -> None:
    text = _text("CHANGELOG.md")
    assert text.startswith("# Changelog\n")
    assert re.search(r"^## \[(Unreleased|\d+\.\d+\.\d+)\]", text, re.MULTILINE)
