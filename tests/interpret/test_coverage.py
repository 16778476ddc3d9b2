"""Nothing is lost: every figure of a page is placed, stands in text, or is named as left."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st
from text_grids import document, grid, read

from kenzan.interpret import interpret_document
from kenzan.interpret.coverage import count_figures

WORDS = st.sampled_from(
    ["市税", "市債", "目標", "実績", "R2", "令和3年度", "指標", "計", "小計", "備考", "", "千円"]
)
FIGURES = st.sampled_from(
    [
        "1,234",
        "△5",
        "12人¶(+3)",
        "―",
        "10.5％",
        "債) 1¶他) 2",
        "3→5",
        "(4,250)",
        "911 2/3人",
        "7",
        "2020",
        "集計中",
    ]
)


@settings(max_examples=60, deadline=None)
@given(
    st.lists(st.lists(st.one_of(WORDS, FIGURES), min_size=2, max_size=4), min_size=1, max_size=5)
)
def test_any_table_is_accounted_for(rows: list[list[str]]) -> None:
    size = max(len(row) for row in rows)
    picture = "\n".join(" | ".join([*row, *[""] * (size - len(row))]) + " | ." for row in rows)
    report = read("（単位：千円）", grid(picture))
    (page,) = report.coverage
    assert page.seen == page.placed + page.in_text + page.left
    assert min(page.placed, page.in_text, page.left) >= 0
    for reading in report.tables:
        indexes = [i for found in reading.cells.values() for i in found]
        assert len(set(indexes)) == len(indexes)
        assert all(report.observations[i].origin.table == reading.number for i in indexes)


def test_reading_twice_is_reading_once() -> None:
    made = document(["資料１", grid("区分 | R2 | R3\n市税 | 10 | 20\n計 | 10 | 20")])
    assert interpret_document(made) == interpret_document(made)


def test_runs_of_digits_with_their_separators_count_once() -> None:
    assert count_figures("1,234円と5.6％、R3年度の７件") == 4


def test_an_empty_document_is_no_error() -> None:
    report = interpret_document(document([]))
    assert (report.observations, report.tables, report.projects) == ((), (), ())
    assert report.document.status == "done"
