"""Which lines stand under which: by their labels, or by numbers that begin again (款, 項, 目).

Both only say what an author probably meant; whether the figures bear it out is for the sums.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from kenzan.audit.sheet import Line

_NUMBER = re.compile(r"[(（第]?(\d{1,2})(?:[)）.．、・\s款項目節]|(?=[^\d\s,，.．%％人件年月日]))")


def find_outline(line: Line, below: Sequence[Line]) -> list[Line]:
    """The lines below that the labels put under this one, at any depth."""
    path = line.header.path
    if not path or line.header.kind != "part":
        return []
    under: list[Line] = []
    for one in below:
        if one.header.path[: len(path)] != path or len(one.header.path) <= len(path):
            break
        under.append(one)
    return [] if any(one.header.kind != "part" for one in under) else under


def find_numbered(line: Line, below: Sequence[Line]) -> list[Line]:
    """The lines below a numbered one that are numbered 1, 2, 3, …; nothing if none begins."""
    if line.header.kind != "part" or not read_number(line.label):
        return []
    under: list[Line] = []
    for number, one in enumerate(below, 1):
        if one.header.kind != "part" or read_number(one.label) != number:
            break
        under.append(one)
    return under


def read_number(label: str) -> int:
    """The number that a label begins with (1市税, 第2項, (3) 委託金); 0 if there is none."""
    match = _NUMBER.match(label)
    return int(match[1]) if match is not None else 0
