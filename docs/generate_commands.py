"""Write docs/commands.md and docs/errors.md from the program itself.

    python docs/generate_commands.py

Tests hold both pages to what this writes.
"""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

from kenzan.commands.program import COMMANDS
from kenzan.errors import KenzanError

HERE = Path(__file__).parent
COMMANDS_PAGE = HERE / "commands.md"
ERRORS_PAGE = HERE / "errors.md"


def render_commands() -> str:
    """The help of every command, in both languages."""
    parts = ["# Commands / コマンド\n", "Made from the program's own help.\n"]
    for command in ("", *COMMANDS):
        parts.append(f"## kenzan {command}".rstrip() + "\n")
        parts += [f"```text\n{_help(command, lang)}```\n" for lang in ("en", "ja")]
    return "\n".join(parts)


def _help(command: str, lang: str) -> str:
    call = [
        sys.executable,
        "-m",
        "kenzan",
        *([command] if command else []),
        "--help",
        "--lang",
        lang,
    ]
    environment = {**os.environ, "COLUMNS": "88", "LC_ALL": "C.UTF-8", "PYTHONUTF8": "1"}
    ended = subprocess.run(call, capture_output=True, check=True, env=environment)
    lines = ended.stdout.decode("utf-8").replace("\r\n", "\n").split("\n")
    return "\n".join(line.rstrip() for line in lines).strip("\n") + "\n"


def render_errors() -> str:
    """Every error by its code, with its exit code, message and hint in both languages."""
    parts = [
        "# Errors by code / エラーコード\n",
        "The code stands in `documents.error` and in `--log-format json`.\n",
        "| code | exit | message / メッセージ | what to do / 対処 |",
        "| --- | --- | --- | --- |",
    ]
    for kind in sorted(_kinds(KenzanError), key=lambda kind: (kind.exit_code, kind.code)):
        cells = ((kind.text_ja, kind.text_en), (kind.hint_ja, kind.hint_en))
        texts = " | ".join("<br>".join(filter(None, cell)).replace("|", "\\|") for cell in cells)
        parts.append(f"| `{kind.code}` | {kind.exit_code} | {texts} |")
    return "\n".join([*parts, "", EXITS])


def _kinds(kind: type[KenzanError]) -> list[type[KenzanError]]:
    below = [found for child in kind.__subclasses__() for found in _kinds(child)]
    return [kind, *below]


EXITS = """## Exit codes / 終了コード

| code | meaning | 意味 |
| --- | --- | --- |
| 0 | all consistent, or done | 整合・完了 |
| 1 | inconsistencies found (`audit` only) | 不整合あり（audit のみ） |
| 2 | the call cannot be carried out as given | 指定の誤り |
| 3 | nothing could be read | 読める文書なし |
| 4 | some documents failed | 一部の文書が読めない |
| 5 | the output cannot be written | 書き込めない |
| 70 | a defect of kenzan | 内部エラー |
| 130 | interrupted | 中断 |
"""

if __name__ == "__main__":
    COMMANDS_PAGE.write_text(render_commands(), encoding="utf-8")
    ERRORS_PAGE.write_text(render_errors(), encoding="utf-8")
