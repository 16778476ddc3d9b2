"""The reader's language: what was asked for, or else what the system is set to."""

from __future__ import annotations

import os
import sys
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

Lang = Literal["ja", "en"]

_VARIABLES = ("KENZAN_LANG", "LC_ALL", "LC_MESSAGES", "LANG")


def find_language(arguments: Sequence[str], environment: Mapping[str, str] | None = None) -> Lang:
    """``--lang`` among the arguments, or else the locale; English for all other languages.

    Needed before the arguments are parsed, so that help and usage errors speak it too.
    """
    asked = _asked(arguments)
    if asked is not None:
        return asked
    variables = os.environ if environment is None else environment
    for name in _VARIABLES:
        if value := variables.get(name, ""):
            return "ja" if value.lower().startswith("ja") else "en"
    return _system_language() if environment is None else "en"


def _asked(arguments: Sequence[str]) -> Lang | None:
    asked: Lang | None = None
    for argument, following in zip(arguments, [*arguments, ""][1:], strict=True):
        if argument == "--":
            break
        value = following if argument == "--lang" else argument.removeprefix("--lang=")
        if argument.startswith("--lang") and value in ("ja", "en"):
            asked = "ja" if value == "ja" else "en"
    return asked


def _system_language() -> Lang:
    """The display language of systems that do not say it in the environment (Windows)."""
    if sys.platform != "win32":
        return "en"
    import locale

    return "ja" if (locale.getlocale()[0] or "").lower().startswith("ja") else "en"
