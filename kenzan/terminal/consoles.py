"""Where the words go: results on standard output, talk on standard error."""

from __future__ import annotations

import io
import sys
from typing import TYPE_CHECKING, Literal

from kenzan.schemas.records import dataclass
from kenzan.terminal.cleaning import clean_text
from kenzan.terminal.wording import Words

if TYPE_CHECKING:
    from rich.console import Console

    from kenzan.errors import KenzanError
    from kenzan.terminal.language import Lang

_NARROWEST = 40
_WIDEST = 120


def accept_all_characters() -> None:
    """Let a terminal whose encoding lacks a character show a question mark, and go on."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="replace")


def open_console(stream: Literal["stdout", "stderr"]) -> Console:
    """A console that prints texts as they are: no markup, no emoji codes, no guessed colours."""
    from rich.console import Console

    return Console(
        stderr=stream == "stderr", markup=False, emoji=False, highlight=False, soft_wrap=True
    )


def width_of(console: Console) -> int:
    """The width to lay out for, in cells; very wide windows are hard to read."""
    return max(_NARROWEST, min(console.width, _WIDEST))


@dataclass(frozen=True, slots=True)
class Talk:
    """Speaks to the person on standard error, in one language."""

    lang: Lang

    @property
    def words(self) -> Words:
        """The words of this language."""
        return Words(self.lang)

    def tell(self, text: str, style: str = "", indent: int = 0) -> None:
        """One line; anything in it that would steer the terminal is shown instead."""
        from rich.text import Text

        open_console("stderr").print(Text(" " * indent + clean_text(text), style=style))

    def tell_error(self, error: KenzanError) -> None:
        """What happened and what to do next, in two lines."""
        from rich.text import Text

        line = Text(self.words.say("talk.error") + " ", style="bold red")
        line.append(clean_text(error.message(self.lang)), style="default not bold")
        open_console("stderr").print(line)
        if hint := error.hint(self.lang):
            self.tell(f"{self.words.say('talk.hint')} {hint}", "dim", 2)


def write_result(text: str) -> None:
    """Machine-readable results, on standard output in UTF-8 whatever the locale."""
    sys.stdout.flush()
    sys.stdout.buffer.write(text.encode("utf-8"))
    sys.stdout.buffer.flush()
