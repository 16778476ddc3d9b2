"""Tables in layout text: columns set with blanks, found by what stands under each other."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kenzan.extract.raster_grid import build_grid
from kenzan.extract.raster_header import read_heading
from kenzan.extract.raster_pieces import cut_strips
from kenzan.extract.raster_regions import find_region

if TYPE_CHECKING:
    from collections.abc import Sequence

    from kenzan.schemas.document import Grid, Line


def find_raster_grids(lines: Sequence[Line]) -> list[Line | Grid]:
    """The lines, with those that form a table replaced by a grid of origin ``aligned``.

    The grid keeps its lines in ``source``.
    """
    strips = cut_strips(lines)
    blocks: list[Line | Grid] = []
    done = at = 0
    while at < len(strips):
        region = find_region(strips, at, done) if strips[at].is_body else None
        if region is None:
            at += 1
            continue
        heading = read_heading(region.head, region.raster)
        source = lines[region.start : region.stop]
        blocks += lines[done : region.start]
        blocks.append(build_grid(heading, region.body, region.raster, source))
        done = at = region.stop
    return [*blocks, *lines[done:]]
