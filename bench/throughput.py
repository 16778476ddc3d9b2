"""How a conversion goes with many files and with long ones, by one worker and by two.

    python bench/throughput.py [--files 1000] [--pages 6] [--long 600,2400] [--jobs 1,2]

Every file is made of the pages of the sample and differs from the others in its last bytes. Time
is that of all processes together (the machine may have other work), and by the clock; memory is
the peak of the largest worker and of the main process.
"""

from __future__ import annotations

import argparse
import io
import sys
import tempfile
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))

from watched import Ran, convert, run_watched

SAMPLE = Path(__file__).parent.parent / "samples" / "siryo6.pdf"


def make_pdf(pages: int) -> bytes:
    """A PDF of so many pages of the sample."""
    import pikepdf

    target = io.BytesIO()
    with pikepdf.open(SAMPLE) as source, pikepdf.new() as joined:
        while len(joined.pages) < pages:
            joined.pages.extend(source.pages)
        while len(joined.pages) > pages:
            del joined.pages[-1]
        joined.save(target)
    return target.getvalue()


def convert_folder(folder: Path, jobs: int) -> Ran:
    with tempfile.TemporaryDirectory() as out:
        limits = ["--timeout", "1800", "--max-pages", "20000", "--memory", "8000"]
        call = convert(str(folder), "-o", out, "-j", str(jobs), "--to", "csv", *limits)
        return run_watched(call)


def tell(what: str, pages: int, ran: Ran) -> None:
    print(
        f"{what} | code {ran.code} | {ran.wall:.1f} s by the clock | {ran.processor:.1f} s of"
        f" processors, {1000 * ran.processor / pages:.1f} ms a page, of these"
        f" {1000 * ran.main_processor / pages:.1f} ms of the main process | worker"
        f" {ran.worker_peak:.0f} MB | main {ran.main_peak:.0f} MB",
        flush=True,
    )


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--files", type=int, default=1000)
    parser.add_argument("--pages", type=int, default=6)
    parser.add_argument("--long", default="600,2400")
    parser.add_argument("--jobs", default="1,2")
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as place:
        many = Path(place) / "many"
        many.mkdir()
        content = make_pdf(given.pages)
        for number in range(given.files):
            (many / f"r{number:05}.pdf").write_bytes(content + b"%%%d\n" % number)
        for jobs in map(int, given.jobs.split(",")):
            ran = convert_folder(many, jobs)
            tell(f"{given.files} files, jobs {jobs}", given.files * given.pages, ran)
        for pages in (int(word) for word in given.long.split(",") if word):
            alone = Path(place) / f"long{pages}"
            alone.mkdir()
            (alone / "long.pdf").write_bytes(make_pdf(pages))
            tell(f"1 file of {pages} pages", pages, convert_folder(alone, 1))


if __name__ == "__main__":
    main()
