"""PDF: the same sheet with real text, its fonts embedded, so that it can be searched and copied."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

from fpdf import FPDF
from fpdf.enums import PathPaintRule

from kg.exporting import fonts
from kg.exporting.drawing import draw
from kg.exporting.picture import Picture
from kg.exporting.sheet import STROKE, Rect, Run, Sheet, Stroke, sheet
from kg.exporting.subgraph import Subgraph

_LONG_AGO = datetime(2000, 1, 1, tzinfo=UTC)  # the same bytes from run to run


def write(subgraph: Subgraph, path: Path) -> None:
    """Draw a subgraph and write it as PDF."""
    write_picture(draw(subgraph), path)


def write_picture(picture: Picture, path: Path) -> None:
    """Write a picture as a PDF of one page, as large as the picture. Raises InputError where it holds Chinese and no font of this machine does."""
    path.write_bytes(page(sheet(picture), path))


def page(drawn: Sheet, path: Path) -> bytes:
    """Return a sheet as PDF; `path` is where it is to stand, for the error that says what cannot be written there."""
    fonts.require("".join(item.text for item in drawn.items if isinstance(item, Run)), where=path)
    pdf = FPDF(unit="pt", format=(drawn.width, drawn.height))
    pdf.set_creation_date(_LONG_AGO)
    pdf.set_title(drawn.title)
    pdf.set_auto_page_break(False)
    pdf.set_margin(0)
    pdf.add_page()
    for item in drawn.items:
        if isinstance(item, Rect):
            _rect(pdf, item)
        elif isinstance(item, Stroke):
            _stroke(pdf, item)
        else:
            _run(pdf, item)
    return bytes(pdf.output())


def _rect(pdf: FPDF, rect: Rect) -> None:
    pdf.set_fill_color(rect.fill)
    if rect.stroke:
        _pen(pdf, rect.stroke, rect.thick, rect.dash)
    radius = min(rect.radius, rect.w / 2, rect.h / 2)
    pdf.rect(rect.x, rect.y, rect.w, rect.h, style="DF" if rect.stroke else "F", round_corners=radius > 0, corner_radius=radius)


def _pen(pdf: FPDF, colour: str, thick: float, dash: tuple[float, ...]) -> None:
    """Take up a pen. No drawing context is opened: each copies the whole state, and a large picture has thousands of lines."""
    pdf.set_draw_color(colour)
    pdf.set_line_width(thick)
    pdf.set_dash_pattern(dash=dash[0] if dash else 0, gap=dash[1] if dash else 0)


def _stroke(pdf: FPDF, stroke: Stroke) -> None:
    if stroke.curved:
        _curve(pdf, stroke)
    else:
        _pen(pdf, stroke.colour, STROKE, stroke.dash)
        for start, end in stroke.pieces:
            pdf.line(*start, *end)
    if stroke.head:
        pdf.set_fill_color(stroke.colour)
        pdf.polygon(list(stroke.head), style="F")


def _curve(pdf: FPDF, stroke: Stroke) -> None:
    with pdf.new_path() as path:
        path.style.stroke_color = stroke.colour
        path.style.stroke_width = STROKE
        path.style.fill_color = None
        path.style.auto_close = False
        path.style.paint_rule = PathPaintRule.STROKE
        path.style.stroke_dash_pattern = stroke.dash or None  # said each time: what was set before is no pattern that a path can inherit
        path.style.stroke_dash_phase = 0
        for start, end in stroke.pieces:
            path.move_to(*start)
            middle = (start[0] + end[0]) / 2
            path.curve_to(middle, start[1], middle, end[1], *end)


def _run(pdf: FPDF, run: Run) -> None:
    """Set a line of text, each stretch of it in the font that holds it; a letter that no font holds is an empty box, as in the SVG."""
    pdf.set_text_color(run.colour)
    x = run.x
    for face, text in _stretches(run.text, run.bold):
        if face:
            pdf.set_font(_family(pdf, face, run.bold), size=run.size)
            pdf.text(x, run.y, text)
        elif not text.isspace():
            _pen(pdf, run.colour, 0.05 * run.size, ())
            for char in text:
                pdf.rect(x + 0.05 * run.size, run.y - 0.7 * run.size, 0.5 * run.size, 0.7 * run.size)
                x += fonts.width(char, run.size, bold=run.bold)
            continue
        x += fonts.width(text, run.size, bold=run.bold)


def _stretches(text: str, bold: bool) -> list[tuple[fonts.Face | None, str]]:
    found: list[tuple[fonts.Face | None, str]] = []
    for char in text:
        face = fonts.face_of(char, bold)
        if found and found[-1][0] is face:
            found[-1] = (face, found[-1][1] + char)
        else:
            found.append((face, char))
    return found


def _family(pdf: FPDF, face: fonts.Face, bold: bool) -> str:
    name = f"{face.path.stem.lower()}-{face.number}-{'b' if bold else 'r'}"
    if name not in pdf.fonts:
        pdf.add_font(name, fname=face.path, collection_font_number=face.number)
    return name
