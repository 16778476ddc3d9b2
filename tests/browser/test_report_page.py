"""The report page in a real browser: what a person sees and does."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from kenzan.extract import read_document
from kenzan.schemas.document import Grid

SAMPLE = Path(__file__).parents[2] / "samples" / "siryo6.pdf"


def open_report(page, report_file):
    page.goto(report_file.as_uri())
    return page


def printed_box(text):
    """Page size and box of the characters that print ``text``, straight from the PDF."""
    document = read_document(SAMPLE)
    for sheet in document.pages:
        lines = [
            line
            for block in sheet.blocks
            for line in (
                [line for cell in block.cells for line in cell.lines]
                if isinstance(block, Grid)
                else [block]
            )
        ]
        for line in lines:
            start = line.text.find(text)
            if start >= 0:
                return sheet, line.place_of(start, start + len(text)).box
    raise AssertionError(text)


def test_four_findings_and_no_request_leaves_the_page(page, report_file):
    open_report(page, report_file)
    page.mouse.wheel(0, 20_000)
    page.wait_for_timeout(200)
    assert page.locator(".finding").count() == 4
    outside = [url for url in page.requests if not url.startswith(("file:", "data:"))]
    assert outside == []
    assert page.complaints == []


def test_the_first_finding_is_reached_by_keyboard(page, report_file):
    open_report(page, report_file)
    page.keyboard.press("n")
    first = page.locator(".finding").first
    assert page.evaluate("document.activeElement.id") == first.get_attribute("id")
    assert "（-173101）" in first.inner_text()
    page.keyboard.press("p")
    last = page.locator(".finding").last
    assert page.evaluate("document.activeElement.id") == last.get_attribute("id")


def test_the_box_lies_on_the_printed_figure(page, report_file):
    open_report(page, report_file)
    place = page.evaluate(
        """() => {
            const figure = document.querySelector('.box.inconsistent');
            const box = figure.getBoundingClientRect();
            const sheet = figure.parentElement.querySelector('img').getBoundingClientRect();
            return [
                (box.left - sheet.left) / sheet.width,
                (box.top - sheet.top) / sheet.height,
                (box.right - sheet.left) / sheet.width,
                (box.bottom - sheet.top) / sheet.height,
            ];
        }"""
    )
    sheet, box = printed_box("（-173101）")
    shown = (
        place[0] * sheet.width,
        place[1] * sheet.height,
        place[2] * sheet.width,
        place[3] * sheet.height,
    )
    assert shown == pytest.approx((box.x0, box.top, box.x1, box.bottom), abs=2.5)


def test_a_finding_leads_to_its_box(page, report_file):
    open_report(page, report_file)
    page.locator(".finding .place a").first.click()
    page.wait_for_selector(".box.lit", timeout=5000)
    assert page.locator(".box.lit").count() == 1


def test_the_operands_lead_to_their_boxes(page, report_file):
    open_report(page, report_file)
    for link in page.locator(".finding").first.locator(".operands a").all():
        assert page.locator(link.get_attribute("href").replace("#", "#", 1)).count() == 1


def test_the_table_is_filtered_and_sorted(page, report_file):
    open_report(page, report_file)
    rows = page.locator("#observations tbody tr")
    assert rows.count() == 72
    page.fill("#filter", "観光客数 実績")
    assert rows.count() == 4
    page.locator("#observations th button", has_text="値").first.click()
    values = [row.locator("td").nth(6).inner_text() for row in rows.all()]
    assert values == ["739,034", "816,325", "1,072,438", ""]


def test_the_language_is_switched(page, report_file):
    open_report(page, report_file)
    assert page.locator("h2").first.inner_text() == "結果の要約"
    page.click("#lang-en")
    assert page.locator("h2").first.inner_text() == "Summary"
    assert "stray" in page.locator(".finding").first.inner_text().lower()


def test_it_prints(page, report_file):
    open_report(page, report_file)
    assert page.pdf(format="A4").startswith(b"%PDF")


def test_cut_outs_are_on_paper_too(page, report_file):
    open_report(page, report_file)
    page.set_viewport_size({"width": 700, "height": 1000})
    page.emulate_media(media="print")
    sizes = page.eval_on_selector_all(
        ".piece", "all => all.map(one => [one.offsetWidth, one.offsetHeight])"
    )
    assert len(sizes) == 3
    assert all(width > 400 and height > 80 for width, height in sizes)


@pytest.mark.parametrize("width", [1280, 390])
def test_no_sideways_scrolling_and_no_serious_barrier(page, report_file, width):
    axe = pytest.importorskip(
        "axe_playwright_python.sync_playwright", reason="axe is not installed"
    )
    page.set_viewport_size({"width": width, "height": 900})
    open_report(page, report_file)
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    found = axe.Axe().run(page).response["violations"]
    grave = [item for item in found if item["impact"] in ("serious", "critical")]
    assert [(item["id"], item["nodes"][0]["html"][:200]) for item in grave] == []


def test_a_small_report_stays_small(report_file):
    assert report_file.stat().st_size < 1_000_000


def test_a_figure_tells_how_it_was_checked(page, report_file):
    open_report(page, report_file)
    page.locator(".sheet").nth(2).focus()
    page.keyboard.press("ArrowRight")
    first = page.inner_text("#panel-figure")
    page.keyboard.press("ArrowDown")
    assert page.inner_text("#panel-figure") != first
    assert page.locator("#panel-sums li").count() > 0
    assert page.locator(".box.used").count() > 0
    page.keyboard.press("Escape")
    assert page.locator("#panel").is_hidden()


def test_a_figure_at_odds_leads_to_its_finding(page, report_file):
    open_report(page, report_file)
    page.locator(".box.inconsistent").click()
    assert "（-173101）" in page.inner_text("#panel-figure")
    page.click("#panel-more a")
    assert page.locator(".finding.now").count() == 1
    assert page.inner_text("#at") == "1 / 4"


def test_the_letters_of_a_sum_stand_on_the_cut_out(page, report_file):
    open_report(page, report_file)
    first = page.locator(".finding").first
    letters = first.locator(".frame b").all_inner_texts()
    assert sorted(letters) == ["A", "B"]
    first.locator(".says:visible .chip[data-letter=A]").hover()
    assert first.locator(".frame.lit").count() == 1


def test_the_rows_shown_are_saved_for_a_spreadsheet(page, report_file):
    open_report(page, report_file)
    page.select_option("#state", "inconsistent")
    with page.expect_download() as waiting:
        page.click("#save")
    lines = Path(waiting.value.path()).read_bytes().decode("utf-8-sig").splitlines()
    assert lines[0].startswith("verdict,project,")
    assert len(lines) == 2
    assert "-173101" in lines[1]


def test_a_word_file_shows_its_tables(page, tmp_path):
    target = tmp_path / "word.html"
    call = [sys.executable, "-m", "kenzan", "audit", str(SAMPLE.with_name("settlement.docx"))]
    subprocess.run([*call, "--html", str(target)], capture_output=True, check=False)
    page.goto(target.as_uri())
    assert page.locator(".aspublished mark").count() == 40
    page.locator(".finding .place a").first.click()
    page.wait_for_selector("mark.lit", timeout=5000)
    assert page.inner_text("mark.lit") == "8.5"


def test_a_batch_has_an_index_to_sort_and_filter(page, tmp_path):
    given = [str(SAMPLE), str(SAMPLE.with_name("settlement.docx"))]
    call = [sys.executable, "-m", "kenzan", "convert", *given, "-o", str(tmp_path), "--html"]
    subprocess.run([*call, "--lang", "ja"], capture_output=True, check=True)
    page.goto((tmp_path / "html" / "index.html").as_uri())
    rows = page.locator(".documents tbody tr:visible")
    assert rows.count() == 2
    page.fill("#filter", "siryo6")
    assert rows.count() == 1
    page.click("#lang-en")
    assert page.inner_text("h1") == "Documents checked"
    page.locator(".documents a").first.click()
    assert page.locator(".finding").count() > 0
    assert page.complaints == []
