"""How a conversion ended: how many documents, and what became of the others, reason by reason."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from kenzan.batch.outputs import STORE_NAME
from kenzan.errors import say_detail

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from kenzan._conversion import Conversion
    from kenzan.errors import KenzanError
    from kenzan.terminal.consoles import Talk


def tell_end(conversion: Conversion, out: Path, talk: Talk) -> None:
    """Files left out, documents that failed, pages that are missing, documents written."""
    words, lang = talk.words, talk.lang
    skipped = [row.error for row in conversion.documents if row.status == "skipped"]
    if skipped:
        talk.tell(words.say("convert.skipped", count=len(skipped)), style="dim")
        _tell_reasons(Counter(say_detail(reason, lang) for reason in skipped), talk)
    if conversion.errors:
        talk.tell(words.say("convert.failures", count=len(conversion.errors)))
        _tell_errors(conversion.errors, talk)
    if conversion.undrawn:
        talk.tell(words.say("convert.undrawn", count=len(conversion.undrawn)))
        _tell_errors(conversion.undrawn, talk)
    talk.tell(words.say("convert.done", read=conversion.read, out=out), style="bold")


def _tell_errors(errors: Iterable[KenzanError], talk: Talk) -> None:
    reasons = (error.text_ja if talk.lang == "ja" else error.text_en for error in errors)
    _tell_reasons(Counter(reasons), talk)


def _tell_reasons(reasons: Counter[str], talk: Talk) -> None:
    """Each reason with its number, the most frequent first."""
    for text, count in reasons.most_common():
        talk.tell(talk.words.say("convert.reason", count=count, text=text), "dim", 2)


def tell_interrupted(out: Path, talk: Talk) -> None:
    """How to go on, if there is anything to go on from."""
    if (out / STORE_NAME).exists():
        talk.tell(talk.words.say("convert.resume", out=out))
