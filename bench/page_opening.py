"""How soon a long report page is open: ``python bench/page_opening.py --copies 25``.

The 4-page sample joined to one file (25 copies: 100 pages), its report page opened in Chromium
several times. Prints the size of the page, when something is first seen, and when all is loaded,
in milliseconds from the start of the navigation; the best run counts, since noise only ever adds.
"""

from __future__ import annotations

import argparse
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

import pikepdf
from playwright.sync_api import sync_playwright

SAMPLE = Path(__file__).resolve().parents[1] / "samples" / "siryo6.pdf"
ASK = """() => {
    const paint = performance.getEntriesByName("first-contentful-paint")[0];
    const whole = performance.getEntriesByType("navigation")[0];
    return [paint ? paint.startTime : Infinity, whole.loadEventEnd];
}"""


def make_page(folder: Path, copies: int) -> Path:
    """The report page of the sample, ``copies`` times over."""
    paper, page = folder / "long.pdf", folder / "long.html"
    with pikepdf.open(SAMPLE) as one, pikepdf.new() as joined:
        for _ in range(copies):
            joined.pages.extend(one.pages)
        joined.save(paper)
    call = [sys.executable, "-m", "kenzan", "audit", str(paper), "--html", str(page)]
    subprocess.run(call, capture_output=True)
    return page


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--copies", type=int, default=25)
    parser.add_argument("--runs", type=int, default=5)
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as session:
        page = make_page(Path(folder), given.copies)
        chromium = shutil.which("chromium")
        browser = session.chromium.launch(executable_path=chromium, args=["--no-sandbox"])
        times = []
        for _ in range(given.runs):
            tab = browser.new_page(viewport={"width": 1280, "height": 1000})
            tab.goto(page.as_uri(), wait_until="load")
            tab.wait_for_timeout(300)
            times.append(tab.evaluate(ASK))
            tab.close()
        browser.close()
        seen, whole = (min(column) for column in zip(*times, strict=True))
        print(f"{4 * given.copies} pages, {page.stat().st_size / 1e6:.1f} MB")
        print(f"first seen {seen:.0f} ms, loaded {whole:.0f} ms")


if __name__ == "__main__":
    main()
