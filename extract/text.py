"""Text files: lines as they stand, pages at form feeds, and the tables that text spells out.

Linear text stays lines (a later stage rebuilds its tables). Only what marks its columns itself
becomes a grid here: CSV and TSV, bars, tabs, and columns set with blanks (``pdftotext -layout``).
"""

from __future__ import annotations

import hashlib
import re
from typing import TYPE_CHECKING

from kenzan.errors import EmptyDocumentError, TooLargeError
from kenzan.extract.columns import Metric, find_edges, infer_metric, looks_laid_out
from kenzan.extract.delimited import find_marked_tables, find_records, split_records
from kenzan.extract.encoding import Decoded, decode_text
from kenzan.extract.options import Budget, Deadline, ReadOptions
from kenzan.schemas.document import Document, Line, Notice, Page
from kenzan.schemas.geometry import Place

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from kenzan.schemas.document import Block

_BYTES_PER_CHAR = 4
_METRIC_SAMPLE = 5_000


def read_text(data: bytes, *, name: str, options: ReadOptions) -> Document:
    """Read a text file. ``Line.text`` is the raw line, blanks before and after included.

    Raises:
        EncodingUnknownError: binary, or in no encoding that fits.
        EmptyDocumentError: nothing but blanks.
        TooLargeError: over a limit of characters, pages or cells.
        TooSlowError: over the limit of time.
    """
    if options.max_chars is not None and len(data) > _BYTES_PER_CHAR * options.max_chars:
        raise TooLargeError(name, f"> {options.max_chars:,} characters")
    decoded = decode_text(data, name=name, encoding=options.encoding)
    if not decoded.text.strip():
        raise EmptyDocumentError(name)
    Budget(name, options.max_chars, "characters").spend(len(decoded.text))
    return Document(
        name=name,
        kind="text",
        sha256=hashlib.sha256(data).hexdigest(),
        size=len(data),
        pages=_read_pages(decoded.text, name, options),
        notices=notices_of(decoded),
        metadata={"encoding": decoded.encoding},
    )


def notices_of(decoded: Decoded) -> tuple[Notice, ...]:
    """What is doubtful about the decoding of a file."""
    notices = []
    if decoded.doubt:
        detail = f"{decoded.encoding} (or {decoded.doubt})"
        notices.append(Notice("encoding-guessed", detail, Place(1)))
    if decoded.is_cut_off:
        notices.append(Notice("broken-text", "the file ends inside a character", Place(1)))
    return tuple(notices)


def _read_pages(text: str, name: str, options: ReadOptions) -> tuple[Page, ...]:
    cells = Budget(name, options.max_cells, "cells")
    records = find_records(text, name)
    if records is not None:
        return (Page(1, split_records(records, 1, cells)),)
    deadline = Deadline.of(name, options)
    raw = list(_raw_pages(text))
    if options.max_pages is not None and len(raw) > options.max_pages:
        raise TooLargeError(name, f"{len(raw):,} > {options.max_pages:,} pages")
    metric = infer_metric(line for page in raw for _, line in page[:_METRIC_SAMPLE])
    pages = []
    for number, lines in enumerate(raw, 1):
        deadline.check()
        made = [_to_line(text, number, at, metric) for at, text in lines]
        pages.append(Page(number, tuple(_find_tables(made, metric, cells)), unit="column"))
    return tuple(pages)


def _raw_pages(text: str) -> Iterator[list[tuple[int, str]]]:
    """Pages of (line number in the file, line). A last page without any text is none."""
    page: list[tuple[int, str]] = []
    for number, line in enumerate(re.split(r"\r\n|\r|\n", text), 1):
        head, *rest = line.split("\f")
        parts = re.split(r"[\v\x85\u2028]", head)
        page.extend((number, part) for part in parts)
        for tail in rest:
            if not page[-1][1]:  # the blank before a form feed is no line of its own
                page.pop()
            yield page
            page = [(number, tail)]
    while page and not page[-1][1]:
        page.pop()
    if page:
        yield page


def _to_line(text: str, page: int, number: int, metric: Metric) -> Line:
    x0s, x1s = find_edges(text, metric)
    return Line(text, page, number=number, x0s=x0s, x1s=x1s)


def _find_tables(lines: Sequence[Line], metric: Metric, budget: Budget) -> Iterator[Block]:
    """The blocks of a page; runs of plain lines that are set in columns are read as such."""
    plain: list[Line] = []
    for block in find_marked_tables(lines, budget):
        if isinstance(block, Line):
            plain.append(block)
            continue
        yield from _find_aligned(plain, metric)
        plain = []
        yield block
    yield from _find_aligned(plain, metric)


def _find_aligned(lines: Sequence[Line], metric: Metric) -> Sequence[Block]:
    if not looks_laid_out((line.text for line in lines), metric):
        return lines
    from kenzan.extract.raster import find_raster_grids

    return find_raster_grids(lines)
