"""PNG: the SVG, drawn by resvg, which needs no font because the letters are outlines."""

from __future__ import annotations

from pathlib import Path

import resvg_py

from kg.exporting.drawing import draw
from kg.exporting.picture import Picture
from kg.exporting.sheet import sheet
from kg.exporting.subgraph import Subgraph
from kg.exporting.svg import svg

DPI = 144  # dots an inch: twice what a screen shows
_MOST = 4000  # dots along a side


def write(subgraph: Subgraph, path: Path) -> None:
    """Draw a subgraph and write it as PNG."""
    write_picture(draw(subgraph), path)


def write_picture(picture: Picture, path: Path, *, dpi: int = DPI) -> None:
    """Write a picture as PNG; a very large one with fewer dots an inch, so that no side has more than 4,000."""
    drawn = sheet(picture)
    most = int(_MOST * 72 / max(drawn.width, drawn.height))
    path.write_bytes(bytes(resvg_py.svg_to_bytes(svg_string=svg(drawn, path), dpi=min(dpi, most), background="#ffffff", skip_system_fonts=True)))
