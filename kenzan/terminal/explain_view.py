"""How each table was read, what is uncertain and which cells were left (``--explain``)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kenzan.terminal.cleaning import clean_text

if TYPE_CHECKING:
    from collections.abc import Iterator

    from rich.text import Text

    from kenzan.schemas.report import Header, Report, TableReading
    from kenzan.terminal.layout import Sheet
    from kenzan.terminal.wording import Words

_INDENT = 4
_ATTRIBUTES = ("project", "indicator", "period", "measure", "unit")


def explain_lines(report: Report, words: Words, sheet: Sheet) -> Iterator[Text]:
    """Every table, then the count of figures page by page."""
    yield sheet.blank()
    yield from sheet.paragraph(words.say("explain.title"), "bold")
    for table in report.tables:
        yield sheet.blank()
        yield from _table_lines(table, words, sheet)
    yield sheet.blank()
    for page in report.coverage:
        counts = words.say(
            "explain.coverage",
            page=page.page,
            seen=page.seen,
            placed=page.placed,
            in_text=page.in_text,
            left=page.left,
        )
        yield from sheet.paragraph(counts, "dim")


def _table_lines(table: TableReading, words: Words, sheet: Sheet) -> Iterator[Text]:
    figures = sum(len(indexes) for indexes in table.cells.values())
    head = [
        words.say("explain.table", number=table.number + 1),
        words.say("audit.page", page=table.page),
        words.name("explain", table.family),
        clean_text(table.title),
        table.unit and f"({clean_text(table.unit)})",
        words.say("explain.figures", count=figures),
    ]
    yield from sheet.paragraph(
        words.pick(" ・ ", " · ").join(part for part in head if part), "bold"
    )
    for label, headers in (("columns", table.columns), ("rows", table.rows)):
        for header in headers:
            yield from _entry(label, _describe(header, words), words, sheet)
    for doubt in table.uncertain:
        yield from _entry("uncertain", doubt, words, sheet, "yellow")
    for cell in table.left:
        yield from _entry("left", f"{cell.text} — {cell.reason}", words, sheet, "yellow")
    for note in table.notes:
        yield from _entry("notes", note, words, sheet)


def _entry(label: str, text: str, words: Words, sheet: Sheet, style: str = "") -> Iterator[Text]:
    yield from sheet.entry(words.say(f"explain.{label}"), clean_text(text), style, _INDENT)


def _describe(header: Header, words: Words) -> str:
    """``Ｒ３ 実績値 → period Ｒ３, measure actual``."""
    path = " / ".join(header.path)
    known = []
    for attribute in _ATTRIBUTES:
        value = getattr(header, attribute)
        if value:
            shown = words.name("measure", value) if attribute == "measure" else value
            known.append(f"{words.name('attribute', attribute)} {shown}")
    return f"{header.index + 1}: {path}" + (f" → {', '.join(known)}" if known else "")
