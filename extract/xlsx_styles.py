"""The styles of an Excel file: how the cells that use one show.

Source: ECMA-376, part 1, section 18.8 (styles), 18.8.1 (alignment).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from kenzan.extract.number_format import builtin_format
from kenzan.extract.workbook import CellStyle

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element

_SIDES = ("left", "right", "top", "bottom", "start", "end")
_INDENTED = frozenset({"general", "left", "distributed"})


def read_styles(root: Element) -> list[CellStyle]:
    """The styles in the order that cells refer to them by."""
    codes = {
        element.get("numFmtId", ""): element.get("formatCode", "General")
        for element in root.iterfind("s_numFmts/s_numFmt")
    }
    borders = [_has_border(element) for element in root.iterfind("s_borders/s_border")]
    return [_read_style(element, codes, borders) for element in root.iterfind("s_cellXfs/s_xf")]


def _read_style(element: Element, codes: dict[str, str], borders: list[bool]) -> CellStyle:
    number = element.get("numFmtId", "")
    border = _number(element.get("borderId", ""))
    return CellStyle(
        codes.get(number) or builtin_format(_number(number)),
        border < len(borders) and borders[border],
        _indent(element.find("s_alignment")),
    )


def _has_border(element: Element) -> bool:
    sides = (element.find(f"s_{side}") for side in _SIDES)
    return any(side is not None and side.get("style", "none") != "none" for side in sides)


def _indent(alignment: Element | None) -> int:
    """By how many steps texts are set in from the left."""
    if alignment is None or alignment.get("horizontal", "general") not in _INDENTED:
        return 0
    return _number(alignment.get("indent", ""))


def _number(text: str) -> int:
    return int(text) if text.isdecimal() and len(text) < 10 else 0
