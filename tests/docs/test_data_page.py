"""The page about the data is in step with the models, and its questions can be asked."""

from __future__ import annotations

import importlib.util
import shutil
import sqlite3
from contextlib import closing
from pathlib import Path

import duckdb
import pytest

from kenzan.batch.inputs import find_inputs
from kenzan.batch.options import BatchOptions
from kenzan.batch.outputs import STORE_NAME
from kenzan.batch.publish import publish_store
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


LATER = {"8,016人": "8,061人"}
# Missed once and met since; less is better and missed; less is better and met.
DUMP = """<table>
<tr><th rowspan="2">指標</th><th rowspan="2">単位</th>
<th colspan="3">目標値</th><th colspan="2">実績値</th></tr>
<tr><th>令和2年度</th><th>令和3年度</th><th>令和4年度</th><th>令和2年度</th><th>令和3年度</th></tr>
<tr><td>検診受診者数</td><td>人</td><td>500</td><td>520</td><td>540</td><td>480</td><td>530</td></tr>
<tr><td>不法投棄件数</td><td>件</td><td>90</td><td>80</td><td>70</td><td>85</td><td>83</td></tr>
<tr><td>交通事故件数</td><td>件</td><td>40</td><td>38</td><td>36</td><td>42</td><td>31</td></tr>
</table>"""


@pytest.fixture(scope="module")
def converted(tmp_path_factory):
    folder = tmp_path_factory.mktemp("reports")
    text = (ROOT / "samples" / "siryo6.txt").read_text(encoding="utf-8")
    shutil.copy(ROOT / "samples" / "siryo6.pdf", folder / "r3.pdf")
    for printed, restated in LATER.items():
        text = text.replace(printed, restated)
    (folder / "r4.txt").write_text(text, encoding="utf-8")
    (folder / "dump.html").write_text(DUMP, encoding="utf-8")
    run_batch(find_inputs([str(folder)]), folder / "out", BatchOptions(jobs=1))
    publish_store(folder / "out", ("sqlite", "duckdb"))
    return folder / "out"


@pytest.fixture(scope="module", params=[STORE_NAME, "tables.duckdb", "kenzan.sqlite"])
def answers(request, generator, converted):
    """The rows of every answer as dictionaries, from each kind of file."""
    path = converted / request.param
    if path.suffix == ".sqlite":
        database = sqlite3.connect(path)
    else:
        database = duckdb.connect(str(path), read_only=True)
    with closing(database):
        found = {}
        for question, query in generator.QUESTIONS.items():
            cursor = database.execute(query)
            names = [entry[0] for entry in cursor.description]
            found[question] = [dict(zip(names, row, strict=True)) for row in cursor.fetchall()]
        return list(found.values())


def test_the_page_is_what_the_generator_writes(generator):
    assert generator.PAGE.read_text(encoding="utf-8") == generator.render_page()


def test_missed_targets(answers):
    missed = {row["indicator"]: row for row in answers[0] if row["document"] == "r3.pdf"}
    assert set(missed) == {
        "ブランド化したガラス商品の販売額",
        "きららガラス未来館の来客数",
        "観光客数",
        "20～39歳の社会動態数（住民基本台帳）",
        "山口東京理科大学生の市内就職率",
        "山陽小野田市にずっと住みたいと感じる市民の割合",
    }
    assert {row["fiscal_year"] for row in missed.values()} == {2021}


def test_a_target_missed_once_and_met_since_is_not_listed(answers):
    assert [row["indicator"] for row in answers[0] if row["document"] == "dump.html"] == [
        "不法投棄件数"
    ]


def test_the_largest_inconsistency(answers):
    found = answers[1]
    assert (found[0]["printed"], found[0]["expected"]) == ("（-173101）", "-173")
    assert float(found[0]["difference"]) == 172928


def test_restated_figures(answers):
    assert [
        (row["first_report"], row["later_report"], int(row["first_value"]), int(row["later_value"]))
        for row in answers[2]
    ] == [("r3.pdf", "r4.txt", 8016, 8061)]
