"""The page about the data is in step with the models, and its questions can be asked."""

from __future__ import annotations

import importlib.util
import shutil
from pathlib import Path

import duckdb
import pytest

from kenzan.batch.inputs import find_inputs
from kenzan.batch.options import BatchOptions
from kenzan.batch.outputs import STORE_NAME
from kenzan.batch.run import run_batch

ROOT = Path(__file__).parents[2]


@pytest.fixture(scope="module")
def generator():
    spec = importlib.util.spec_from_file_location(
        "generate_data", ROOT / "docs" / "generate_data.py"
    )
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.fixture(scope="module")
def answers(generator, tmp_path_factory):
    folder = tmp_path_factory.mktemp("reports")
    text = (ROOT / "samples" / "siryo6.txt").read_text(encoding="utf-8")
    shutil.copy(ROOT / "samples" / "siryo6.pdf", folder / "r3.pdf")
    (folder / "r4.txt").write_text(text.replace("8,016人", "8,061人"), encoding="utf-8")
    run_batch(find_inputs([str(folder)]), folder / "out", BatchOptions(jobs=1))
    with duckdb.connect(str(folder / "out" / STORE_NAME), read_only=True) as db:
        return {question: db.sql(query).df() for question, query in generator.QUESTIONS.items()}


def test_the_page_is_what_the_generator_writes(generator):
    assert generator.PAGE.read_text(encoding="utf-8") == generator.render_page()


def test_missed_targets(answers):
    missed = answers["Which indicators missed their latest target, by project?"]
    assert "観光客数" in set(missed["indicator"])
    assert "ブランド化したガラス商品数" not in set(missed["indicator"])


def test_the_largest_inconsistency(answers):
    found = answers["Which inconsistencies are the largest, beside what was expected?"]
    assert found["printed"].iloc[0] == "（-173101）"


def test_restated_figures(answers):
    restated = answers["Which figures were restated from one year's report to the next?"]
    assert [
        tuple(map(int, row)) for row in restated[["first_value", "later_value"]].to_numpy()
    ] == [(8016, 8061)]
