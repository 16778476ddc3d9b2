"""How a document counts: one line a convention, its parts beside it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kenzan.export.conventions import tell_conventions

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from kenzan.export.conventions import Told
    from kenzan.schemas.audit import Convention
    from kenzan.terminal.wording import Words

# Tables that count each in a way of its own: the report page and the data hold all of them.
_MOST_LOCAL = 6


def convention_lines(conventions: Sequence[Convention], words: Words) -> Iterator[str]:
    """A line for each convention; what is part of one stands in its brackets."""
    told = tell_conventions(conventions)
    whole = [one for one in told if not one.places]
    local = [one for one in told if one.places]
    for one in (*whole, *local[:_MOST_LOCAL]):
        yield _line(one, words)
    if len(local) > _MOST_LOCAL:
        yield words.say("audit.and_more", count=len(local) - _MOST_LOCAL)


def _line(told: Told, words: Words) -> str:
    title = words.pick(told.title_ja, told.title_en)
    if told.places:
        key = "audit.one_table" if told.places == 1 else "audit.tables"
        tables = words.say(key, count=told.places)
        title = words.pick(f"{title}、{tables}", f"{title}, in {tables}")
    parts = [
        words.say("audit.part", name=words.name("measure", name), held=held, tested=tested)
        for name, held, tested in told.parts
    ]
    inner = words.pick("：", ": ") + words.pick("、", ", ").join(parts) if parts else ""
    key = "audit.support" if told.certain else "audit.uncertain"
    return words.say(key, title=title, held=told.held, tested=told.tested, parts=inner)
