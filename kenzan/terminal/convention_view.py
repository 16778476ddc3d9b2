"""How a document counts: one line a convention, its parts beside it."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from kenzan.schemas.audit import Convention
    from kenzan.terminal.wording import Words

_MEASURE = "measure:"


def convention_lines(conventions: Sequence[Convention], words: Words) -> Iterator[str]:
    """A line for each convention; what is part of one stands in its brackets."""
    for convention in conventions:
        if _whole_of(convention, conventions) is not None:
            continue
        parts = [
            words.say(
                "audit.part",
                name=_scope(part, words),
                held=part.held,
                tested=part.tested,
            )
            for part in conventions
            if _whole_of(part, conventions) is convention
        ]
        yield _line(convention, parts, words)


def _whole_of(part: Convention, conventions: Sequence[Convention]) -> Convention | None:
    """The document's convention that this one is a part of, if it is."""
    if part.scope == "document":
        return None
    for whole in conventions:
        same = (whole.relation, whole.hypothesis) == (part.relation, part.hypothesis)
        if same and whole.scope == "document":
            return whole
    return None


def _line(convention: Convention, parts: list[str], words: Words) -> str:
    title = words.pick(convention.title_ja, convention.title_en)
    subject = words.name("relation", convention.relation)
    if convention.scope != "document":
        subject = _scope(convention, words)
    head = words.pick(f"{subject}は{title}", f"{subject}: {title}") if subject else title
    inner = words.pick("：", ": ") + words.pick("、", ", ").join(parts) if parts else ""
    key = "audit.support" if convention.certain else "audit.uncertain"
    return words.say(key, title=head, held=convention.held, tested=convention.tested, parts=inner)


def _scope(convention: Convention, words: Words) -> str:
    """What it holds for, in words where there are some."""
    if convention.scope.startswith(_MEASURE):
        return words.name("measure", convention.scope.removeprefix(_MEASURE))
    return convention.scope
