"""The documentation of a rule, as the docstring of its module gives it.

English sections stand under a heading of their own. The last heading, 日本語, holds the same in
short for readers of Japanese: an entry each, ``name: text``, whose further lines are indented.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Callable

_JAPANESE = "\n日本語:\n"
_HEADING = re.compile(r"^(\S.*):$", re.MULTILINE)
_ENTRY = re.compile(r"^    (\S[^:\n]*): ", re.MULTILINE)
# Between two wide characters a line end is no blank.
_LINE_END = re.compile(r"(?<=[!-~])\s*\n\s*(?=[!-~])")


class Section(NamedTuple):
    """A heading, and the text below it as one paragraph."""

    title: str
    text: str


def read_sections(docstring: str) -> tuple[Section, ...]:
    """The English sections, in their order."""
    english, _, _ = docstring.partition(_JAPANESE)
    return _split(_HEADING, english, lambda text: " ".join(text.split()))


def read_sections_ja(docstring: str) -> tuple[Section, ...]:
    """The Japanese sections, in their order."""
    _, _, japanese = docstring.partition(_JAPANESE)
    return _split(_ENTRY, japanese, join_lines)


def join_lines(text: str) -> str:
    r"""Japanese lines as one paragraph.

    >>> join_lines("増減が\n    合わない KZ301\n    KZ302")
    '増減が合わない KZ301 KZ302'
    """
    return re.sub(r"\s*\n\s*", "", _LINE_END.sub(" ", text.strip()))


def _split(heading: re.Pattern[str], text: str, join: Callable[[str], str]) -> tuple[Section, ...]:
    _, *parts = heading.split(text)
    return tuple(
        Section(title, join(body)) for title, body in zip(parts[::2], parts[1::2], strict=True)
    )
