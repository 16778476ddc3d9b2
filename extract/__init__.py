"""Files in, documents out: pages of lines and grids, each with its place.

One module per kind of input; ``dispatch`` finds out the kind by looking into the file.
"""

from kenzan.extract.dispatch import read_document
from kenzan.extract.options import ReadOptions

__all__ = ["ReadOptions", "read_document"]
