"""A grid put together from lines is kept only if what it says could stand in a table."""

from __future__ import annotations

import pytest

from kenzan.interpret.soundness import is_sound
from kenzan.schemas.document import Cell, Grid, Line


def grid(text: str) -> Grid:
    rows = [row.split("|") for row in text.splitlines()]
    cells = tuple(
        Cell(r, c, lines=(Line(word, 1, number=r + 1),) if word else ())
        for r, row in enumerate(rows)
        for c, word in enumerate(row)
    )
    return Grid(1, len(rows), len(rows[0]), cells, origin="recovered")


BUDGET = (
    "区分|令和６年度|令和５年度|増減額\n市税|1,200|1,150|50\n諸収入|310|330|△20\n計|1,510|1,480|30"
)


@pytest.mark.parametrize(
    "text",
    [
        BUDGET,
        "指標名|単位|令和５年度|令和６年度\n来館者数|人|1,204|1,310\n満足度|％|71.2|70.8",
        "年度|歳入総額|歳出総額|差引額\n令和４年度|812|790|22\n令和５年度|820|801|19",
        "区分|令和６年度\n土木費|810\n土木費|810\n教育費|920",
    ],
    ids=["budget", "indicators", "years", "an item and its only part"],
)
def test_a_table_that_makes_sense_is_kept(text):
    assert is_sound(grid(text))


@pytest.mark.parametrize(
    "text",
    [
        "区分|令和６年度|令和５年度|増減額\n項目|1,200|1,150|50\n目標値|310|330|△20",
        BUDGET.replace("市税", "103.5"),
        "区分|令和６年度|令和５年度|増減額\n市税|1,150|1,200|50\n諸収入|330|310|△20\n計|1,480|1,510|30",
        "区分|令和６年度\n人件費|810\n扶助費|430\n人件費|95\n扶助費|77",
        "指標名|目標値|ロ|ハ\n来館者数|1,204|1,310|7\n利用者数|71|70|8",
        "事業名|予算額|県支出金\n道路整備|1,200|310\n公園管理|1,500|42   67",
        "指標名|目標値|実績値\n交通事故の|12|13\n死者数（人|1|3",
        "指標名|活用件数活用件数|利用率率\n目標|12|13\n実績|1|3",
        "事業名|予算額|その他   一般財源\n道路整備|1,200|310\n公園管理|1,500|42",
        "指標名|単位 事業開始前|目標|実績\n経営体数|経営体|4|10\n就農者数|人|3|5",
    ],
    ids=[
        "header words as names",
        "a figure as a name",
        "changes elsewhere",
        "two tables",
        "kinds",
        "two figures in a cell",
        "names cut",
        "names of two",
        "two names in a cell",
        "a measure over labels",
    ],
)
def test_what_contradicts_itself_is_not(text):
    assert not is_sound(grid(text))


def test_only_a_line_that_says_so_names_the_figures_below_it():
    years = grid("|事業開始前|１年目\n目標値|120|130\n実績値|120|128")
    assert is_sound(years, [Line("指標①：来館者数（人）", 1, number=1)])
    assert not is_sound(years, [Line("重要業績評価指標", 1, number=1)])
