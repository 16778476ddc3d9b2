"""Tables whose columns, or parts of columns, come one after the other in plain lines.

``cells`` reads lines as cells, ``stretches`` finds where a table may be; ``axes`` tells labels of
rows from those of columns, ``tilings`` puts the figures into rows and columns, ``sums`` and
``meaning`` judge what comes out; ``recovery`` takes the reading that none other comes near.
"""

from kenzan.interpret.blockwise.recovery import recover_tables

__all__ = ["recover_tables"]
