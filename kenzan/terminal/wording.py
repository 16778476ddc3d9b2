"""The words of the command line in both languages, kept in ``wording.toml``."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from kenzan.terminal.language import Lang


@cache
def read_wording() -> dict[str, Any]:
    """All words: tables of keys, each with its ``ja`` and ``en``."""
    # Imported here: --version and usage errors of the parser should not wait for them.
    from kenzan.schemas.data_files import read_toml

    return read_toml("kenzan.terminal", "wording.toml")


class Words:
    """The words of one language."""

    def __init__(self, lang: Lang) -> None:
        self.lang: Lang = lang

    def say(self, key: str, **values: object) -> str:
        """The words of ``section.name`` with the values put in; numbers are grouped by thousands.

        Raises:
            KeyError: there are no such words.
        """
        section, _, name = key.partition(".")
        text: str = read_wording()[section][name][self.lang]
        return text.format(**{name: _render(value) for name, value in values.items()})

    def find(self, key: str) -> str:
        """Words that need not be there; empty if they are not."""
        section, _, name = key.partition(".")
        return self.say(key) if name in read_wording()[section] else ""

    def name(self, section: str, value: str) -> str:
        """The word for a value of the data (``actual`` → 実績); the value itself if none."""
        entry = read_wording()[section].get(value)
        return entry[self.lang] if entry else value

    def examples(self, command: str) -> dict[str, str]:
        """Commands to try, each with what it does."""
        entries = read_wording().get(f"examples_{command}", {}).values()
        return dict(entry[self.lang].split(" | ", 1) for entry in entries)

    def pick(self, ja: str, en: str) -> str:
        """The one of two texts that is in this language."""
        return ja if self.lang == "ja" else en


def _render(value: object) -> str:
    return f"{value:,}" if isinstance(value, int) else str(value)
