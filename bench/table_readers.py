"""Other readers of tables on one file, each with processor time a page: the peers of ``speed.py``.

    python bench/table_readers.py FILE [--rounds 3]

Run by an interpreter that has them (``pip install camelot-py img2table docling-parse``); one that
is missing, or that fails on the file, is said to.
"""

from __future__ import annotations

import argparse
import statistics
import time
from importlib.util import find_spec
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable


def read_with_camelot(path: str) -> int:
    import camelot

    return len(camelot.read_pdf(path, pages="all", flavor="lattice"))


def read_with_img2table(path: str) -> int:
    from img2table.document import PDF

    return sum(map(len, PDF(path).extract_tables().values()))


def read_with_docling_parse(path: str) -> int:
    from docling_parse.pdf_parser import DoclingPdfParser

    return sum(1 for _ in DoclingPdfParser(loglevel="fatal").load(path).iterate_pages())


READERS: dict[str, tuple[str, Callable[[str], int]]] = {
    "camelot lattice": ("camelot", read_with_camelot),
    "img2table (cells without text)": ("img2table", read_with_img2table),
    "docling-parse (characters, no tables)": ("docling_parse", read_with_docling_parse),
}


def measure(read: Callable[[str], int], path: str, rounds: int) -> tuple[float, float]:
    """Median seconds of processor and clock after a warm-up."""
    read(path)
    spent = []
    for _ in range(rounds):
        cpu, wall = time.process_time(), time.perf_counter()
        read(path)
        spent.append((time.process_time() - cpu, time.perf_counter() - wall))
    return statistics.median(s[0] for s in spent), statistics.median(s[1] for s in spent)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("file")
    parser.add_argument("--pages", type=int, required=True, help="how many the file has")
    parser.add_argument("--rounds", type=int, default=3)
    given = parser.parse_args()
    for name, (module, read) in READERS.items():
        if find_spec(module) is None:
            print(f"{name}\tnot installed", flush=True)
            continue
        try:
            cpu, wall = measure(read, given.file, given.rounds)
        except Exception as error:  # a peer's own trouble is its result
            print(f"{name}\tfails: {type(error).__name__}: {error}", flush=True)
        else:
            print(f"{name}\t{cpu * 1000 / given.pages}\t{wall * 1000 / given.pages}", flush=True)


if __name__ == "__main__":
    main()
