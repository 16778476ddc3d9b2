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
    assert restore_tables([made]) == [made]


def test_figures_that_are_of_nothing_are_lines_again() -> None:
    made = aligned(
        "目標値 | 令和４年度 | 令和５年度\n実績値 | 12,345 | 12,500\n達成率 | 6,200 | 6,310"
    )
    found = restore_tables([made])
    assert made not in found
    assert [block for block in found if isinstance(block, Line)] == list(made.source)
