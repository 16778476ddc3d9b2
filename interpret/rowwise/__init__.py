"""Tables that plain text gives row by row, without alignment, empty cells lost.

``pieces`` cuts lines; ``regions`` finds where tables may be; ``headers`` parses the words over
them into columns; ``align`` and ``records`` group lines into rows along those columns;
``placement`` finds the columns of rows with empty cells; ``grids`` makes the result a grid.
"""

from kenzan.interpret.rowwise.recovery import recover_tables

__all__ = ["recover_tables"]
