"""Tables that plain text gives row by row, without alignment, empty cells lost.

``pieces`` cuts lines; ``labels`` joins broken labels; ``regions`` finds where tables may be;
``headers`` parses the words over them into columns (``heads``), by what ``weighing`` makes of
each way; ``align`` and ``records`` group lines into rows along those columns; ``placement`` finds
the columns of rows with empty cells; ``grids`` makes the result a grid. All weights stand in
``weights.toml``.
"""

from kenzan.interpret.rowwise.recovery import recover_tables

__all__ = ["recover_tables"]
