"""PNG: the PDF, drawn by PDFium, which takes its fonts from there and so needs none of its own."""

from __future__ import annotations

from pathlib import Path

from kg.exporting import pdf
from kg.exporting.drawing import draw
from kg.exporting.picture import Picture
from kg.exporting.sheet import sheet
from kg.exporting.subgraph import Subgraph

DPI = 144  # dots an inch: twice what a screen shows
_MOST = 4000  # dots along a side


def write(subgraph: Subgraph, path: Path) -> None:
    """Draw a subgraph and write it as PNG."""
    write_picture(draw(subgraph), path)


def write_picture(picture: Picture, path: Path, *, dpi: int = DPI) -> None:
    """Write a picture as PNG; a very large one with fewer dots an inch, so that no side has more than 4,000."""
    from pypdfium2 import PdfDocument

    drawn = sheet(picture)
    scale = min(dpi / 72, _MOST / max(drawn.width, drawn.height))
    with PdfDocument(pdf.page(drawn, path)) as document:
        image = document[0].render(scale=scale).to_pil()
    image.save(path, "PNG", dpi=(72 * scale, 72 * scale), compress_level=3)
