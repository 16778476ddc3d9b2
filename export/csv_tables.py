"""CSV: one file a table, safe to open in a spreadsheet, and reversible to the character.

UTF-8 with a byte order mark (Excel in Japan takes it for Shift-JIS otherwise), CR LF, RFC 4180
quoting. Decimals stand as canonical numbers: ``-?digits[.digits]``, which no spreadsheet takes
for a formula. A text that a spreadsheet might run as a formula gets one apostrophe in front:
one that begins (after blanks and invisible characters) with ``= + - @``, their full-width forms,
a tab, a line end or NUL. Figures as printed (``-65人``, ``+134,280``) cannot run as formulas and
stay as they are. A text that begins with an apostrophe gets another one, so that taking one
apostrophe off the front of any text that has one gives back the original, always.

Source: OWASP "CSV Injection"; CWE-1236; OWASP ASVS 1.2.10 (NUL).
"""

from __future__ import annotations

import csv
import re
from contextlib import ExitStack, contextmanager
from typing import TYPE_CHECKING

from kenzan.export.datapackage import write_datapackage
from kenzan.export.rows import MODELS
from kenzan.schemas.columns import columns_of

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path
    from typing import Any

    import pyarrow as pa

    from kenzan.export.formats import AddRows
    from kenzan.schemas.columns import Column

_QUOTE = "'"
_TRIGGERS = frozenset("=+-@＝＋－＠﹢﹣﹦﹫−\t\r\n\x00")
# Blanks and characters without ink, which a spreadsheet may trim before it looks for a formula.
_TRIMMED = " \u00a0\u3000\u200b\u200c\u200d\u2060\ufeff\x0b\x0c\x1c\x1d\x1e\x1f\x85\u2028\u2029"
_WATCHED = frozenset({_QUOTE, *_TRIGGERS, *_TRIMMED})
"""How a text begins that may need an apostrophe."""
# A sign, digits with grouping, and a unit of letters: no operator, bracket, call or reference.
_FIGURE = re.compile(
    r"[-+−－＋][0-9０-９]+(?:[,，.．][0-9０-９]+)*[%％‰℃㎡㎢ぁ-んァ-ヶー一-龠々]{0,8}"
)


def guard_text(text: str) -> str:
    """The text as it is written to CSV."""
    if text.startswith(_QUOTE) or _may_run(text):
        return _QUOTE + text
    return text


def unguard_text(text: str) -> str:
    """The original of a text read from CSV: the inverse of ``guard_text``."""
    return text.removeprefix(_QUOTE)


def _may_run(text: str) -> bool:
    start = text.lstrip(_TRIMMED)[:1]
    return start in _TRIGGERS and start != "" and not _FIGURE.fullmatch(text)


@contextmanager
def write_csv(folder: Path) -> Iterator[AddRows]:
    """Write the tables as they come; the data package is described once all are there."""
    with ExitStack() as stack:
        writers = {}
        for table, model in MODELS.items():
            handle = stack.enter_context(
                (folder / f"{table}.csv").open("w", encoding="utf-8", newline="")
            )
            handle.write("\ufeff")
            writers[table] = csv.writer(handle, lineterminator="\r\n")
            writers[table].writerow([column.name for column in columns_of(model)])

        def add(table: str, rows: pa.RecordBatch) -> None:
            columns = map(_fields, columns_of(MODELS[table]), rows.columns)
            writers[table].writerows(zip(*columns, strict=True))

        yield add
    write_datapackage(folder)


def _fields(column: Column, values: pa.Array) -> list[Any]:
    found: list[Any] = values.to_pylist()
    if column.kind != "text":
        return found
    return [guard_text(text) if text and text[0] in _WATCHED else text for text in found]
