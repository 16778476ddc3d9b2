"""Lines of a view: paragraphs, and entries with a label in a column of their own."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rich.cells import cell_len
from rich.text import Text

from kenzan.terminal.wrapping import wrap_text

if TYPE_CHECKING:
    from collections.abc import Iterator

_MARGIN = 1


class Sheet:
    """Lays texts out in lines of at most ``width`` cells; wide characters count two."""

    def __init__(self, width: int, label_width: int, label_style: str = "dim") -> None:
        self.width = width
        self._label_width = label_width
        self._label_style = label_style

    def blank(self) -> Text:
        """An empty line."""
        return Text()

    def rule(self) -> Text:
        """A line across."""
        return Text("─" * self.width, style="dim")

    def paragraph(self, text: str, style: str = "", indent: int = _MARGIN) -> Iterator[Text]:
        """A text from the left margin."""
        for line in wrap_text(text, self.width - indent):
            yield Text(" " * indent).append(line, style=style)

    def entry(
        self, label: str, text: str, style: str = "", indent: int = _MARGIN
    ) -> Iterator[Text]:
        """A label, and a text beside it that stays in its own column.

        A label that is too long for its column has the line to itself.
        """
        column = indent + self._label_width
        head = Text(" " * indent).append(label, style=self._label_style)
        if head.cell_len >= column:
            yield head
            head = Text()
        for line in wrap_text(text, self.width - column):
            yield head.append(" " * (column - head.cell_len)).append(line, style=style)
            head = Text()

    def ends(self, left: Text, right: str, style: str = "dim") -> Text:
        """A line with something at its right end too, if there is room for it."""
        room = self.width - left.cell_len - cell_len(right)
        return left.append(" " * room + right, style=style) if room > 1 else left
