"""Processor time a page of PDF takes, stage by stage, beside PDFium's floor and pdfplumber.

    python bench/pdf_extraction.py FILE... [--repeat 5] [--pages 40] [--no-plumber]

The floor is what PDFium needs to load a page and its text page; nobody who uses PDFium can be
faster. Processor time of this process is measured, not the clock on the wall, so that other work
on the machine counts for less; floor and stages take turns within a repeat, and the best repeat
counts. ``extract_tables`` is what pdfplumber's users call.
"""

from __future__ import annotations

import argparse
import io
import sys
import time
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from kenzan.extract import pdfium_calls as pdfium
from kenzan.extract.geometry import build_page
from kenzan.extract.pdfium import open_pdfium

if TYPE_CHECKING:
    from collections.abc import Callable


@dataclass
class Times:
    """Milliseconds a page, the best of all repeats."""

    best: dict[str, float] = field(default_factory=dict)

    def take(self, stage: str, pages: int, work: Callable[[], object]) -> object:
        start = time.process_time()
        result = work()
        spent = (time.process_time() - start) * 1000 / pages
        self.best[stage] = min(spent, self.best.get(stage, spent))
        return result


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("files", nargs="+", type=Path)
    parser.add_argument("--repeat", type=int, default=5)
    parser.add_argument("--pages", type=int, default=40, help="at most this many of each file")
    parser.add_argument("--no-plumber", action="store_true")
    options = parser.parse_args()
    print(f"{'ms a page':34}{'floor':>8}{'read':>8}{'build':>8}{'/floor':>8}{'plumber':>9}{'x':>6}")
    for path in options.files:
        times = measure(path.read_bytes(), options.repeat, options.pages)
        if not options.no_plumber:
            measure_plumber(path.read_bytes(), options.pages, times)
        print_row(path.name, times.best)
    return 0


def measure(data: bytes, repeat: int, most: int) -> Times:
    times = Times()
    for _ in range(repeat):
        with open_pdfium(data, None, "bench") as document:
            count = min(document.page_count, most)
            handle = document._handle  # noqa: SLF001 - the floor is below its methods
            times.take("floor", count, lambda h=handle, n=count: [floor(h, i) for i in range(n)])
        with open_pdfium(data, None, "bench") as document:
            read = document.read_page
            found = times.take("read", count, lambda r=read, n=count: [r(i + 1) for i in range(n)])
            pages = [content for content in found if content is not None]
            times.take("build", count, lambda p=pages: [build_page(content) for content in p])
    return times


def floor(handle: int, index: int) -> None:
    page = pdfium.load_page(handle, index)
    text = pdfium.load_text(page)
    pdfium.close_text(text)
    pdfium.close_page(page)


def measure_plumber(data: bytes, most: int, times: Times) -> None:
    import pdfplumber

    with pdfplumber.open(io.BytesIO(data)) as pdf:
        pages = pdf.pages[: min(most, 8)]
        times.take("plumber", len(pages), lambda: [page.extract_tables() for page in pages])


def print_row(name: str, best: dict[str, float]) -> None:
    total = best["read"] + best["build"]
    line = f"{name[:33]:34}{best['floor']:8.2f}{best['read']:8.2f}{best['build']:8.2f}"
    line += f"{total / best['floor']:8.2f}"
    if "plumber" in best:
        line += f"{best['plumber']:9.1f}{best['plumber'] / total:6.1f}"
    print(line, flush=True)


if __name__ == "__main__":
    sys.exit(main())
