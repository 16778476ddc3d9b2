"""Every document can be set; what is set holds every figure."""

import subprocess

import pytest

from bench.corpus import FAMILIES, generate
from bench.corpus.producers import NATIVE, draw_producers, make_inputs
from bench.corpus.producers.html import to_html

QUICK = (*NATIVE, "reportlab", "fpdf2", "plain-lines", "plain-tabs", "plain-cells")


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    return tmp_path_factory.mktemp("corpus")


@pytest.mark.parametrize("family", FAMILIES)
def test_every_format_is_written(family, folder):
    made = generate(4, family)
    for item in make_inputs([(made, name) for name in QUICK], folder):
        assert item.path.stat().st_size > 100


@pytest.mark.parametrize("family", FAMILIES)
def test_text_holds_every_figure(family, folder):
    made = generate(7, family)
    text = to_html(made.document).replace("<br>", "\n").replace("&amp;", "&")
    for fact in made.facts:
        assert fact.value_raw in text
        assert fact.delta_raw in text


def test_pdf_pages_hold_the_figures(folder):
    made = generate(2, "budget")
    names = ("reportlab", "rotated", "shifted", "two-up")
    for item in make_inputs([(made, name) for name in names], folder):
        command = ["pdftotext", "-raw", str(item.path), "-"]
        text = subprocess.run(command, capture_output=True, check=True, encoding="utf-8").stdout
        wanted = {fact.value_raw for fact in made.facts if fact.value_raw}
        found = {raw for raw in wanted if raw in text}
        assert len(found) == len(wanted), item.producer


def test_files_are_used_again_until_the_corpus_changes(folder):
    made = generate(1, "trends")
    (item,) = make_inputs([(made, "html")], folder)
    item.path.write_text("kept", encoding="utf-8")
    make_inputs([(made, "html")], folder)
    assert item.path.read_text(encoding="utf-8") == "kept"
    (folder / "corpus.sha256").write_text("older", encoding="ascii")
    make_inputs([(made, "html")], folder)
    assert item.path.read_text(encoding="utf-8") != "kept"


def test_drawn_producers_cover_the_classes():
    classes = set()
    for seed in range(40):
        made = generate(seed, "budget")
        classes |= set(draw_producers(made))
    assert {"docx", "xlsx", "html", "writer", "calc", "chromium", "text-layout"} <= classes
