"""How fast kenzan reads, beside named peers, in one run on the same files and one core.

    python bench/speed.py [--repeat 25] [--rounds 3] [--peers] [--markdown]

Reads the sample PDFs joined ``repeat`` times into one file (4 pages each), so that start-up does
not count. Times are the median of ``rounds`` after one warm-up, in ms a page. Ratios within one
run are what to trust: absolute figures depend on the machine and its other work.
"""

from __future__ import annotations

import argparse
import io
import os
import platform
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from importlib.util import find_spec
from pathlib import Path

SAMPLES = Path(__file__).parent.parent / "samples"


def join_pdf(path: Path, times: int) -> bytes:
    """One PDF holding the pages of ``path`` that many times over."""
    import pypdfium2

    with pypdfium2.PdfDocument(path) as source, pypdfium2.PdfDocument.new() as joined:
        for _ in range(times):
            joined.import_pages(source)
        target = io.BytesIO()
        joined.save(target)
    return target.getvalue()


def floor(data: bytes) -> int:
    """PDFium's floor: load every page and its text page, read nothing."""
    import pypdfium2

    with pypdfium2.PdfDocument(data) as pdf:
        for page in pdf:
            page.get_textpage().close()
            page.close()
        return len(pdf)


def extract(data: bytes, backend: str) -> int:
    from kenzan.extract import ReadOptions, read_document

    options = ReadOptions(backend=backend)  # type: ignore[arg-type]
    return len(read_document(data, name="bench.pdf", options=options).pages)


def extract_tables(data: bytes) -> int:
    """What a script with pdfplumber does."""
    import pdfplumber

    with pdfplumber.open(io.BytesIO(data)) as pdf:
        for page in pdf.pages:
            page.extract_tables()
            page.close()
        return len(pdf.pages)


class Stages:
    """The stages after extraction, each on what the one before gave."""

    def __init__(self, data: bytes, folder: Path) -> None:
        from kenzan.extract import read_document

        self.document = read_document(data, name="bench.pdf")
        self.folder = folder
        self.interpret()
        self.audit()

    def interpret(self) -> None:
        from kenzan.interpret import interpret_document

        self.report = interpret_document(self.document)

    def audit(self) -> None:
        from kenzan.audit import audit_report

        self.result = audit_report(self.report)

    def store(self) -> None:
        from kenzan.batch.rows import MODELS, to_arrow
        from kenzan.batch.store import Entry, Store

        path = self.folder / f"{time.perf_counter_ns()}.duckdb"
        rows = {
            "projects": self.report.projects,
            "indicators": self.report.indicators,
            "observations": self.report.observations,
            "narratives": self.report.narratives,
            "checks": self.result.checks,
            "findings": self.result.findings,
        }
        tables = {name: to_arrow(MODELS[name], found) for name, found in rows.items()}
        with Store(path) as store:
            store.write([Entry(self.report.document, "bench", tables=tables)])


def whole_line(data: bytes) -> None:
    from kenzan.audit import audit_report
    from kenzan.extract import read_document
    from kenzan.interpret import interpret_document

    audit_report(interpret_document(read_document(data, name="bench.pdf")))


def peers(path: Path) -> dict[str, Callable[[], object]]:
    """Other table readers, where they are installed; each on the 4-page sample."""
    found: dict[str, Callable[[], object]] = {}
    if find_spec("camelot"):
        import camelot

        found["camelot lattice"] = lambda: camelot.read_pdf(
            str(path), pages="all", flavor="lattice"
        )
    if find_spec("img2table"):
        from img2table.document import PDF

        found["img2table (no OCR)"] = lambda: PDF(str(path)).extract_tables()
    if find_spec("docling_parse"):
        from docling_parse.pdf_parser import DoclingPdfParser

        def docling() -> int:
            pages = DoclingPdfParser(loglevel="fatal").load(str(path)).iterate_pages()
            return sum(1 for _ in pages)

        found["docling-parse (characters only)"] = docling
    return found


def measure(call: Callable[[], object], rounds: int) -> float:
    """Median seconds of ``rounds`` calls after a warm-up."""
    call()
    times = []
    for _ in range(rounds):
        start = time.perf_counter()
        call()
        times.append(time.perf_counter() - start)
    return statistics.median(times)


def small_report(rounds: int) -> dict[str, float]:
    """Process start to exit for one 4-page report, beside the shortest pdfplumber script."""
    path = str(SAMPLES / "siryo6.pdf")
    script = (
        f"import pdfplumber\nfor p in pdfplumber.open({path!r}).pages: print(p.extract_tables())"
    )
    calls = {
        "kenzan audit (process)": [sys.executable, "-m", "kenzan", "audit", path],
        "pdfplumber script (process)": [sys.executable, "-c", script],
    }
    return {
        name: measure(lambda call=call: subprocess.run(call, capture_output=True), rounds)  # type: ignore[misc]
        for name, call in calls.items()
    }


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--repeat", type=int, default=25)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument(
        "--peers", action="store_true", help="also time camelot, img2table, docling"
    )
    given = parser.parse_args()
    if hasattr(os, "sched_setaffinity"):
        os.sched_setaffinity(0, {min(os.sched_getaffinity(0))})
    print(f"{platform.machine()}, {os.cpu_count()} cores, Python {platform.python_version()}")
    for name in ("siryo6.pdf", "siryo6-rects.pdf"):
        _report(name, given.repeat, given.rounds, given.peers)
    print("\n| one small report | seconds |\n| --- | --- |")
    for label, seconds in small_report(given.rounds).items():
        print(f"| {label} | {seconds:.2f} |")
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(f"\npeak memory of this process {peak:.0f} MB")


def _report(name: str, repeat: int, rounds: int, with_peers: bool) -> None:
    data = join_pdf(SAMPLES / name, repeat)
    pages = floor(data)
    print(
        f"\n{name} x {repeat}: {pages} pages\n\n| what | ms a page | against floor |\n| --- | --- | --- |"
    )
    with tempfile.TemporaryDirectory() as folder:
        stages = Stages(data, Path(folder))
        rows: dict[str, Callable[[], object]] = {
            "PDFium floor (page + text page)": lambda: floor(data),
            "kenzan extract, pdfium": lambda: extract(data, "pdfium"),
            "kenzan interpret": stages.interpret,
            "kenzan audit": stages.audit,
            "kenzan store": stages.store,
            "kenzan extract + interpret + audit": lambda: whole_line(data),
            "kenzan extract, pdfplumber": lambda: extract(data, "pdfplumber"),
            "pdfplumber.extract_tables": lambda: extract_tables(data),
        }
        times = {label: measure(call, rounds) / pages * 1000 for label, call in rows.items()}
    if with_peers:
        for label, call in peers(SAMPLES / name).items():
            times[label] = measure(call, 1) / 4 * 1000
    base = times["PDFium floor (page + text page)"]
    for label, milliseconds in times.items():
        print(f"| {label} | {milliseconds:.2f} | {milliseconds / base:.1f} x |")


if __name__ == "__main__":
    main()
