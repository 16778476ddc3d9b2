"""Tables flattened so that a line holds one cell, made grids again.

``entries`` reads lines as cells of a kind; ``segments`` finds where tables may be; ``bodies`` cuts
a segment into rows of labels and figures; ``headers`` lays the labels above over the columns;
``placing`` finds the columns of rows that lost cells; ``grids`` makes the result a grid like any
other, which the ordinary reader of tables understands.
"""

from kenzan.interpret.columnwise.recovery import recover_tables

__all__ = ["recover_tables"]
