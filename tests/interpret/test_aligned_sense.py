"""A grid that alignment made of a text is kept only if what it says makes sense."""

from dataclasses import replace

from text_grids import grid

from kenzan.interpret.flattened import restore_tables
from kenzan.schemas.document import Grid, Line


def aligned(text: str) -> Grid:
    """A grid of alignment with the lines that it was made of."""
    lines = [Line(" ".join(row.split("|")), 1, number=k) for k, row in enumerate(text.split("\n"))]
    return replace(grid(text, origin="aligned"), source=tuple(lines))


def test_a_table_with_names_is_kept() -> None:
    made = aligned("区分 | 令和４年度 | 令和５年度\n市税 | 12,345 | 12,500\n交付税 | 6,200 | 6,310")
    (kept,) = restore_tables([made])
    assert isinstance(kept, Grid)
    assert [cell.text for cell in kept.cells] == [cell.text for cell in made.cells]


def test_figures_that_are_of_nothing_are_lines_again() -> None:
    made = aligned(
        "目標値 | 令和４年度 | 令和５年度\n実績値 | 12,345 | 12,500\n達成率 | 6,200 | 6,310"
    )
    found = restore_tables([made])
    assert made not in found
    assert [block for block in found if isinstance(block, Line)] == list(made.source)


def test_what_may_stand_in_another_column_is_unplaced_and_its_line_is_kept():
    made = aligned("区分 | 令和４年度 | 令和５年度\n市税 | 12,345 | 12,500\n交付税 | 6,200 | 6,310")
    doubted = replace(
        made,
        cells=tuple(replace(cell, disputed=cell.text == "6,200") for cell in made.cells),
    )
    kept, *unplaced = restore_tables([doubted])
    assert isinstance(kept, Grid)
    assert [cell.text for cell in kept.cells if cell.disputed] == [""]
    assert [line.text for line in unplaced] == ["6,200"]


def test_the_years_of_a_project_are_no_figures_without_a_name():
    made = aligned(
        "担当課 | 農林水産課 | 事業期間 | 2016～2020\n事業費 | 2,312千円 | 充当額 | 1,156千円"
    )
    assert restore_tables([made]) == [made]


def test_a_grid_without_header_goes_on_under_that_of_the_page_before():
    first = aligned(
        "指標 | 基準値 | 目標値\n相談件数（件） | 480 | 483\n受診率（％） | 52.3 | 55.8"
    )
    rest = replace(aligned("来館者数（人） | 1,480 | 1,483\n回答数（件） | 52 | 55"), page=2)
    assert restore_tables([first, rest]) == [first, rest]
    other = replace(rest, page=4)
    assert restore_tables([first, other])[1:] == list(other.source)
