"""PowerPoint: native shapes, and connectors glued to them, so that a box that is moved takes its lines along. Sources on a slide and in the notes."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any, NamedTuple

from pptx.enum.dml import MSO_LINE, MSO_THEME_COLOR
from pptx.enum.shapes import MSO_CONNECTOR, MSO_SHAPE
from pptx.enum.text import MSO_ANCHOR, PP_ALIGN
from pptx.util import Pt

from kg.exporting import content as contents
from kg.exporting.content import look
from kg.exporting.drawing import Frame, draw, slide
from kg.exporting.fonts import is_wide, width, wrap
from kg.exporting.master import Master, open_master
from kg.exporting.picture import Box, LayoutName, Line, Note, Picture, Place, Side, Text, pieces
from kg.exporting.sheet import STROKE, note_text
from kg.exporting.subgraph import Subgraph

_SITES: dict[Side, int] = {"top": 0, "left": 1, "bottom": 2, "right": 3}
_DASHES = {"dashed": MSO_LINE.DASH, "dotted": MSO_LINE.ROUND_DOT}
_ACCENTS = (MSO_THEME_COLOR.ACCENT_1, MSO_THEME_COLOR.ACCENT_2, MSO_THEME_COLOR.ACCENT_3, MSO_THEME_COLOR.ACCENT_4, MSO_THEME_COLOR.ACCENT_5)
_A = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
_CELL = 4.0  # between the border of a table's cell and its text
_PALE = 0.9  # how much lighter than its border a box is
_SPARE = 1.06  # how much wider than Arial a firm's font may be


class Page(NamedTuple):
    """A slide to be: what it shows, and its title and layout where they are not to be told from that."""

    subgraph: Subgraph
    title: str | None = None
    layout: LayoutName | None = None


def write(subgraph: Subgraph, path: Path) -> None:
    """Draw a subgraph on a slide and write the presentation, its sources on the slides after it."""
    write_deck([Page(subgraph)], path)


def write_deck(pages: Iterable[Page], path: Path, *, template: Path | None = None) -> tuple[Picture, ...]:
    """Write a presentation with one picture a page, each followed by its sources, and return the pictures.

    `template` is a presentation whose master, theme and page size are used; its own slides are left out. Raises InputError for a template
    that cannot be opened or has no layout with a title, and what `draw` raises.
    """
    master = open_master(template)
    frame = slide(master.width, master.height, master.top, master.bottom)
    pictures = []
    for page in pages:
        picture = draw(page.subgraph, title=page.title, layout=page.layout, frame=frame)
        add_picture(master, picture, frame)
        pictures.append(picture)
    master.deck.save(str(path))
    return tuple(pictures)


def add_picture(master: Master, picture: Picture, frame: Frame) -> None:
    """Add a slide with a picture, and after it those that list its sources."""
    page = master.add(picture.title)
    shapes = page.shapes
    placed = {box.id: _box(shapes, box) for box in picture.boxes}
    for tag in picture.tags:
        placed[tag.id] = _label(shapes, tag, tag.lines)
        placed[tag.id].fill.solid()
        _colour(placed[tag.id].fill.fore_color, MSO_THEME_COLOR.BACKGROUND_1)
    for heading in picture.headings:
        _label(shapes, heading, heading.lines)
    _lines(shapes, picture, placed)
    for id in (*(tag.id for tag in picture.tags), *(box.id for box in picture.boxes)):  # above the lines, so that none strikes a word out
        shapes._spTree.append(placed[id]._element)
    _legend(shapes, picture, frame)
    page.notes_slide.notes_text_frame.text = "\n".join((*(note_text(note) for note in picture.notes), *picture.footer))
    add_sources(master, picture.title, picture.notes)


def _box(shapes: Any, box: Box) -> Any:
    """Add a box; its colours are those of the theme, so that a firm's own take their place."""
    shape = shapes.add_shape(MSO_SHAPE.RECTANGLE if box.kind == "cell" else MSO_SHAPE.ROUNDED_RECTANGLE, *_emu(box))
    if box.kind != "cell":
        shape.adjustments[0] = min(0.5, 3.0 / min(box.w, box.h))
    shape.shadow.inherit = False
    shape.line.width = Pt(1)
    role = look()["roles"].get(box.role)
    if role is None:
        _colour(shape.line.color, MSO_THEME_COLOR.TEXT_2)
        if box.kind == "more":
            shape.line.dash_style = MSO_LINE.DASH
        elif box.style in _DASHES:
            shape.line.dash_style = _DASHES[box.style]
        shape.fill.solid()
        _colour(shape.fill.fore_color, MSO_THEME_COLOR.BACKGROUND_1)
    else:
        accent = _ACCENTS[role["theme"] - 1]
        _colour(shape.line.color, accent)
        shape.fill.solid()
        _colour(shape.fill.fore_color, accent, 0.0 if box.kind == "centre" else _PALE)
    _name(shape, box.name or box.id, "\n".join(box.full))
    _texts(shape, box.lines, MSO_THEME_COLOR.BACKGROUND_1 if box.kind == "centre" else MSO_THEME_COLOR.TEXT_1, plain=box.kind == "centre")
    return shape


def _label(shapes: Any, place: Place, lines: Sequence[Text]) -> Any:
    shape = shapes.add_textbox(*_emu(place))
    _name(shape, " ".join(line.text for line in lines), "")
    _texts(shape, lines, MSO_THEME_COLOR.TEXT_1)
    return shape


def _texts(shape: Any, lines: Sequence[Text], colour: Any, *, align: Any = PP_ALIGN.CENTER, plain: bool = False, wraps: bool = False) -> None:
    frame = shape.text_frame
    frame.margin_left = frame.margin_right = frame.margin_top = frame.margin_bottom = 0
    frame.word_wrap = wraps
    frame.vertical_anchor = MSO_ANCHOR.MIDDLE
    for number, line in enumerate(lines):
        paragraph = frame.paragraphs[0] if number == 0 else frame.add_paragraph()
        paragraph.alignment = align
        run = paragraph.add_run()
        run.text = line.text
        run.font.size = Pt(line.size)
        run.font.bold = line.bold
        _colour(run.font.color, MSO_THEME_COLOR.TEXT_2 if line.muted and not plain else colour)


def _lines(shapes: Any, picture: Picture, placed: dict[str, Any]) -> None:
    """Add the connectors. A line that bends is several, joined by dots no larger than the line is thick; what two lines share is drawn once."""
    drawn: set[tuple[tuple[float, float], tuple[float, float]]] = set()
    names = {box.id: box.name for box in picture.boxes}
    for line in picture.lines:
        parts = list(pieces(line))
        dots: dict[tuple[float, float], Any] = {}
        for number, (start, end) in enumerate(parts):
            key = ((start.x, start.y), (end.x, end.y))
            last = number == len(parts) - 1
            if key in drawn and not last:
                continue
            drawn.add(key)
            wire = shapes.add_connector(MSO_CONNECTOR.STRAIGHT, Pt(start.x), Pt(start.y), Pt(end.x), Pt(end.y))
            for stop, connect in ((start, wire.begin_connect), (end, wire.end_connect)):
                if stop.at in placed:
                    connect(placed[stop.at], _SITES[stop.side])
                    continue
                at = (stop.x, stop.y)
                if at not in dots:
                    dots[at] = _dot(shapes, *at)
                ahead = end.x >= start.x
                connect(dots[at], _SITES["right" if (stop is start) == ahead else "left"])
            about = f"{names.get(line.subject, '')} {line.label} {names.get(line.object, '')} {contents.numbered(line.notes)}"
            _wired(wire, line, arrow=last and line.arrow, about=" ".join(about.split()))


def _dot(shapes: Any, x: float, y: float) -> Any:
    dot = shapes.add_shape(MSO_SHAPE.RECTANGLE, Pt(x - STROKE / 2), Pt(y - STROKE / 2), Pt(STROKE), Pt(STROKE))
    dot.shadow.inherit = False
    dot.line.fill.background()
    dot.fill.solid()
    _colour(dot.fill.fore_color, MSO_THEME_COLOR.TEXT_2)
    _name(dot, "bend", "")
    return dot


def _wired(wire: Any, line: Line, *, arrow: bool, about: str) -> None:
    wire.line.width = Pt(STROKE)
    _colour(wire.line.color, *((MSO_THEME_COLOR.BACKGROUND_1, -0.25) if line.style == "tie" else (MSO_THEME_COLOR.TEXT_2,)))
    if line.style in _DASHES:
        wire.line.dash_style = _DASHES[line.style]
    if arrow:
        ends = wire.line._get_or_add_ln()
        ends.append(ends.makeelement(_A + "tailEnd", {"type": "triangle", "w": "med", "len": "med"}))
    _name(wire, about, about)


def _legend(shapes: Any, picture: Picture, frame: Frame) -> None:
    """Add the legend and the footer below the body."""
    size, roles = look()["sizes"]["text"], look()["roles"]
    left, top, room = frame.body[0], frame.body[1] + frame.body[3] + 10, frame.body[2]
    x = left
    for entry in picture.legend:
        sign = 14.0 if entry.key in roles else 26.0
        wide = width(entry.about, size) * _SPARE + 4
        if x + sign + wide > left + room and x > left:
            x, top = left, top + size * 1.5
        middle = top + size * 0.65
        if entry.key in roles:
            sample = shapes.add_shape(MSO_SHAPE.RECTANGLE, Pt(x), Pt(middle - 4.5), Pt(12), Pt(9))
            sample.shadow.inherit = False
            accent = _ACCENTS[roles[entry.key]["theme"] - 1]
            sample.fill.solid()
            _colour(sample.fill.fore_color, accent, _PALE)
            _colour(sample.line.color, accent)
        else:
            sketch = shapes.build_freeform(Pt(x), Pt(middle), scale=1.0)
            sketch.add_line_segments([(Pt(x + sign - 2), Pt(middle))], close=False)
            sample = sketch.convert_to_shape()
            sample.shadow.inherit = False
            sample.line.width = Pt(STROKE)
            _colour(sample.line.color, MSO_THEME_COLOR.TEXT_2)
            if entry.key in _DASHES:
                sample.line.dash_style = _DASHES[entry.key]
        _name(sample, f"legend: {entry.about}", "")
        label = Place(id="legend", x=x + sign + 2, y=top, w=wide, h=size * 1.3)
        _texts(_plain_box(shapes, label), (Text(text=entry.about, size=size),), MSO_THEME_COLOR.TEXT_1, align=PP_ALIGN.LEFT)
        x += sign + wide + 14
    text = " ".join(picture.footer)
    rows = len(wrap(text, room / _SPARE, size, lines=9))
    foot = Place(id="footer", x=left, y=top + size * 1.6, w=room, h=rows * size * 1.25)
    _texts(_plain_box(shapes, foot), (Text(text=text, size=size, muted=True),), MSO_THEME_COLOR.TEXT_1, align=PP_ALIGN.LEFT, wraps=True)


def _plain_box(shapes: Any, place: Place) -> Any:
    shape = shapes.add_textbox(*_emu(place))
    _name(shape, place.id, "")
    return shape


def add_sources(master: Master, title: str, notes: Sequence[Note]) -> None:
    """Add the slides that list what the numbers stand for, as many as it takes."""
    size = look()["sizes"]["text"]
    left, room = look()["page"]["margin"], master.width - 2 * look()["page"]["margin"]
    widths = (32.0, room - 32.0 - 130.0 - 78.0 - 78.0, 130.0, 78.0, 78.0)
    high = master.height - master.top - 24.0
    rows = [(_cells(note, widths, size)) for note in notes]
    sheets: list[list[tuple[tuple[str, ...], float]]] = [[]]
    filled = _row_height(1, size)
    for cells, tall in rows:
        if sheets[-1] and filled + tall > high:
            sheets.append([])
            filled = _row_height(1, size)
        sheets[-1].append((cells, tall))
        filled += tall
    for number, rows_here in enumerate(sheets if rows else [], 1):
        page = master.add(f"Sources{f' ({number} of {len(sheets)})' if len(sheets) > 1 else ''}: {title}")
        tall = sum(height for _, height in rows_here) + _row_height(1, size)
        table = page.shapes.add_table(len(rows_here) + 1, len(widths), Pt(left), Pt(master.top), Pt(room), Pt(tall)).table
        for column, wide in zip(table.columns, widths, strict=True):
            column.width = Pt(wide)
        for row, (cells, height) in zip(table.rows, [(_HEADS, _row_height(1, size)), *rows_here], strict=True):
            row.height = Pt(height)
            for cell, words in zip(row.cells, cells, strict=True):
                cell.margin_left = cell.margin_right = Pt(_CELL)
                cell.margin_top = cell.margin_bottom = Pt(2)
                cell.text = words
                for paragraph in cell.text_frame.paragraphs:
                    paragraph.font.size = Pt(size)


_HEADS = ("No.", "Sentence, word for word", "Source", "Date", "Origin")


def _cells(note: Note, widths: Sequence[float], size: float) -> tuple[tuple[str, ...], float]:
    """Return the texts of a source's row, and how high it stands; a sentence of more than fourteen lines is whole in the notes only."""
    room = (widths[1] - 2 * _CELL) / _SPARE
    sentence = wrap(f"“{note.sentence}”", room, size, lines=14)
    source = wrap(note.source, (widths[2] - 2 * _CELL) / _SPARE, size, lines=4)
    origin = "background" if note.origin == "reference" else note.origin
    rows = max(len(sentence), len(source), len(wrap(note.date, (widths[3] - 2 * _CELL) / _SPARE, size, lines=3)))
    return (str(note.number), _unbroken(sentence), _unbroken(source), note.date, origin), _row_height(rows, size)


def _unbroken(lines: Sequence[str]) -> str:
    """Put lines together again, without a space where Chinese was broken."""
    text = ""
    for line in lines:
        text += line if not text or (is_wide(text[-1]) or is_wide(line[:1] or " ")) else f" {line}"
    return text


def _row_height(lines: int, size: float) -> float:
    return lines * size * 1.22 + 5


def _emu(place: Place) -> tuple[Pt, Pt, Pt, Pt]:
    return Pt(place.x), Pt(place.y), Pt(place.w), Pt(place.h)


def _colour(color: Any, theme: Any, brightness: float = 0.0) -> None:
    color.theme_color = theme
    if brightness:
        color.brightness = brightness


def _name(shape: Any, name: str, about: str) -> None:
    """Name a shape in the selection pane, and say what it is to who cannot see it."""
    shape.name = name[:250] or "shape"
    for effect in shape._element.iter(_A + "effectRef"):  # the theme's shadow
        effect.set("idx", "0")
    if about:
        shape._element.xpath(".//p:cNvPr")[0].set("descr", about)
