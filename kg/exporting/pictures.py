"""Pictures as they were asked for: a title, a layout, a firm's own master."""

from __future__ import annotations

from pathlib import Path

from kg.errors import InputError
from kg.exporting import image, pdf, slides, svg
from kg.exporting.drawing import draw
from kg.exporting.picture import LayoutName
from kg.exporting.subgraph import Subgraph

_WRITERS = {".svg": svg.write_picture, ".png": image.write_picture, ".pdf": pdf.write_picture}
ENDINGS = (".pptx", *_WRITERS)


def check(path: Path, template: Path | None = None) -> None:
    """Raise InputError where a file's ending is none of a picture's, or a template is given for what is no presentation."""
    ending = path.suffix.lower()
    if ending not in ENDINGS:
        raise InputError("a title, a layout and a template are for pictures", where=path, hint=f"end it in {', '.join(ENDINGS)}")
    if template and ending != ".pptx":
        raise InputError("a template is for a presentation", where=path, hint="end it in .pptx")


def write(
    subgraph: Subgraph, path: Path, *, title: str | None = None, layout: LayoutName | None = None, template: Path | None = None,
) -> None:
    """Draw a subgraph and write the picture in the form of the file's ending: .pptx, .svg, .png or .pdf.

    Raises what `check`, `draw` and the writers raise, and InputError for a place that cannot be written.
    """
    check(path, template)
    ending = path.suffix.lower()
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        if ending == ".pptx":
            slides.write_deck([slides.Page(subgraph, title, layout)], path, template=template)
        else:
            _WRITERS[ending](draw(subgraph, title=title, layout=layout), path)
    except OSError as error:
        raise InputError(f"cannot be written: {error.strerror or error}", where=path, hint="choose another place") from error
