"""Tables of figures that were flattened to plain text, put back into rows and columns.

``tokens`` cuts lines into labels, figures and texts; ``regions`` finds what may be a table;
``streams`` turns it into axes and a stream; ``search`` places the figures; ``settle`` keeps what
no credible rival disputes; ``names`` and ``texts`` bring headers and status rows back;
``grids`` makes the result a grid like any other.
"""

from kenzan.interpret.linear.recovery import recover_tables

__all__ = ["recover_tables"]
