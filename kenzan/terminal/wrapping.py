"""Lines of a given width for text without spaces between words.

rich breaks at blanks, and Japanese has none; here every character of double width is a place to
break, except before closing and after opening marks (行頭・行末禁則, JIS X 4051).
"""

from __future__ import annotations

import re

_NOT_FIRST = frozenset(
    "、。，．,.:;：；？！?!）)」』】］]}｝〉》〕％%ー～ァィゥェォッャュョヮぁぃぅぇぉっゃゅょゎ々…‥・"
)
_NOT_LAST = frozenset("（(「『【［[{｛〈《〔")
# A run that stays together: a word or a figure of narrow characters, or one wide character.
_UNIT = re.compile(r"[!-~¥±△▲▽▼−–]+|\s+|.", re.DOTALL)


def wrap_text(text: str, width: int) -> list[str]:
    """The text in lines of at most ``width`` cells; always at least one line."""
    from rich.cells import cell_len

    lines: list[str] = []
    line = ""
    for unit in _units(text, width):
        if line and cell_len(line) + cell_len(unit.rstrip()) > width:
            lines.append(line.rstrip())
            line = unit.lstrip(" ")
        else:
            line += unit
    return [*lines, line.rstrip()] if line.strip() or not lines else lines


def _units(text: str, width: int) -> list[str]:
    """Pieces that no line end may part."""
    from rich.cells import cell_len, chop_cells

    units: list[str] = []
    for unit in _UNIT.findall(text):
        glued = units and (unit[0] in _NOT_FIRST or units[-1][-1] in _NOT_LAST)
        if glued and cell_len(units[-1]) + cell_len(unit) <= width:
            units[-1] += unit
        else:
            units += chop_cells(unit, width) if cell_len(unit) > width else [unit]
    return units
