"""Text from outside made safe to print: a document must not steer the terminal.

Control characters, direction marks and lone surrogates are shown as escapes; a line end becomes
a mark. Markup of rich is never read, since all texts are printed as ``rich.text.Text``.
"""

from __future__ import annotations

import re

_LINE_END = re.compile(r"\s*[\r\n\v\f\x85\u2028\u2029]+\s*")
_UNSAFE = re.compile(
    "[\x00-\x1f\x7f-\x9f\u061c\u200b\u200e\u200f\u202a-\u202e\u2060-\u2069\ufeff\ufff9-\ufffb"
    "\ud800-\udfff\U000e0000-\U000e0fff]"
)


def clean_text(text: str, line_end: str = " ⏎ ") -> str:
    """One line that any terminal can show; ``line_end`` stands where the text had one."""
    return _UNSAFE.sub(_escape, _LINE_END.sub(line_end, text.strip()).replace("\t", " "))


def _escape(found: re.Match[str]) -> str:
    code = ord(found.group())
    return f"\\x{code:02x}" if code < 0x100 else f"\\u{code:04x}"
