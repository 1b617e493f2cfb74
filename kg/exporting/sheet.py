"""A picture as a printed sheet: every rectangle, stroke, arrow head and line of text where it goes, for the writers of SVG and PDF."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from kg.exporting import content as contents
from kg.exporting.content import look
from kg.exporting.fonts import width, wrap
from kg.exporting.picture import Box, Line, Note, Picture, Place, Stop, Text, pieces

ARROW = (7.0, 3.2)  # an arrow's head: its length, and half its width
STROKE = 1.2
_ASCENT = 0.92  # of a line's size, from its top to its baseline


class Rect(NamedTuple):
    """A rectangle with round corners; `about` is what a reader is told who rests on it."""

    x: float
    y: float
    w: float
    h: float
    fill: str
    stroke: str = ""
    thick: float = 0.0
    radius: float = 3.0
    dash: tuple[float, ...] = ()
    about: str = ""


class Stroke(NamedTuple):
    """A line from point to point or, where `curved`, a curve that leaves and arrives level; `head` is the triangle at its end."""

    pieces: tuple[tuple[tuple[float, float], tuple[float, float]], ...]
    curved: bool
    colour: str
    dash: tuple[float, ...]
    head: tuple[tuple[float, float], ...] = ()
    about: str = ""


class Run(NamedTuple):
    """A line of text: its left end, its baseline, its size."""

    x: float
    y: float
    text: str
    size: float
    bold: bool
    colour: str


class Sheet(NamedTuple):
    """Its size in points, its title, and what is drawn on it, from below to above."""

    width: float
    height: float
    title: str
    items: tuple[Rect | Stroke | Run, ...]


def sheet(picture: Picture) -> Sheet:
    """Return a picture with its title above, and legend, footer and footnotes below."""
    sizes, ink, page = look()["sizes"], look()["text"], look()["page"]
    margin, room = page["margin"], picture.width - 2 * page["margin"]
    items: list[Rect | Stroke | Run] = []
    y = float(margin)
    for text in wrap(picture.title, room, sizes["title"], bold=True, lines=2):
        items.append(Run(margin, y + sizes["title"] * _ASCENT, text, sizes["title"], True, ink["ink"]))
        y += sizes["title"] * 1.25
    items.append(Rect(margin, y + 3, room, 1.2, ink["rule"], radius=0))
    items += _strokes(picture)
    for tag in picture.tags:
        items.append(Rect(tag.x, tag.y, tag.w, tag.h, ink["paper"], radius=0))
        items += _texts(tag, tag.lines, ink["ink"])
    for heading in picture.headings:
        items += _texts(heading, heading.lines, ink["muted"])
    for box in picture.boxes:
        items += _box(box)
    y = max(picture.body[1] + picture.body[3], max((box.y + box.h for box in picture.boxes), default=0.0)) + 20
    y = _legend(picture, items, margin, y, room)
    for text in wrap(" ".join(picture.footer), room, sizes["text"], lines=6):
        items.append(Run(margin, y + sizes["text"] * _ASCENT, text, sizes["text"], False, ink["muted"]))
        y += sizes["text"] * 1.3
    if picture.notes:
        y = _notes(picture.notes, items, margin, y + 8, room)
    height = max(picture.height, y + margin)
    return Sheet(picture.width, height, picture.title, (Rect(0, 0, picture.width, height, ink["paper"], radius=0), *items))


def colours(box: Box) -> tuple[str, str, str]:
    """Return the fill of a box, its border, and the colour of its text."""
    ink = look()["text"]
    if box.kind == "cell":
        return ("#F4F6F8" if box.lines else ink["paper"]), ink["rule"], ink["ink"]
    role = look()["roles"].get(box.role)
    if role is None:
        return ink["paper"], ink["line"], ink["muted"]
    return (role["colour"], role["colour"], ink["paper"]) if box.kind == "centre" else (role["tint"], role["colour"], ink["ink"])


def _box(box: Box) -> Iterator[Rect | Run]:
    fill, border, ink = colours(box)
    dash = (3.0, 2.5) if box.kind == "more" else _dash(box.style) if box.kind == "cell" else ()
    yield Rect(box.x, box.y, box.w, box.h, fill, border, 1.0, dash=dash, about="\n".join(box.full))
    yield from _texts(box, box.lines, ink, plain=box.kind == "centre")


def _texts(place: Place, lines: Sequence[Text], colour: str, *, plain: bool = False) -> Iterator[Run]:
    """Set lines in the middle of a place; muted ones in the muted colour unless the ground is dark."""
    y = place.y + (place.h - contents.height(lines)) / 2
    for line in lines:
        ink = look()["text"]["muted"] if line.muted and not plain else colour
        x = place.x + (place.w - width(line.text, line.size, bold=line.bold)) / 2
        yield Run(x, y + line.size * (_ASCENT + 0.08), line.text, line.size, line.bold, ink)
        y += line.size * 1.22


def _strokes(picture: Picture) -> Iterator[Stroke]:
    """Draw each line; what two lines share (the way to their tag) is drawn once."""
    colour, names = look()["text"]["line"], {box.id: box.name for box in picture.boxes}
    drawn: set[tuple[tuple[float, float], tuple[float, float]]] = set()
    for line in picture.lines:
        whole = [((a.x, a.y), (b.x, b.y)) for a, b in pieces(line)]
        own = tuple(piece for piece in whole if piece not in drawn)
        drawn.update(own)
        head: tuple[tuple[float, float], ...] = ()
        if line.arrow and whole:
            head = arrow_head(line)
        about = f"{names.get(line.subject, '')} {line.label} {names.get(line.object, '')} {contents.numbered(line.notes)}".strip()
        yield Stroke(own, line.curved, look()["text"]["rule"] if line.style == "tie" else colour, _dash(line.style), head, about)


def _dash(style: str) -> tuple[float, ...]:
    return tuple(float(part) * STROKE for part in look()["styles"].get(style, {"dash": ()})["dash"])


def arrow_head(line: Line) -> tuple[tuple[float, float], ...]:
    """Return the three points of the arrow's head at the end of a line, which a curve reaches level."""
    start, end = line.stops[-2], line.stops[-1]
    length, half = ARROW
    dx, dy = (1.0 if end.x >= start.x else -1.0, 0.0) if line.curved else _unit(start, end)
    if line.curved and end.side in ("left", "right"):
        dx = 1.0 if end.side == "left" else -1.0
    x, y = end.x - dx * length, end.y - dy * length
    return (end.x, end.y), (x - dy * half, y + dx * half), (x + dy * half, y - dx * half)


def _unit(start: Stop, end: Stop) -> tuple[float, float]:
    dx, dy = end.x - start.x, end.y - start.y
    length = (dx * dx + dy * dy) ** 0.5 or 1.0
    return dx / length, dy / length


def _legend(picture: Picture, items: list[Rect | Stroke | Run], left: float, y: float, room: float) -> float:
    """Set the legend in rows, and return where it ends."""
    size, ink, roles = look()["sizes"]["text"], look()["text"], look()["roles"]
    x = left
    for entry in picture.legend:
        sign = 14.0 if entry.key in roles else 26.0
        wide = sign + 5 + width(entry.about, size) + 18
        if x + wide > left + room + 18 and x > left:
            x, y = left, y + size * 1.6
        middle = y + size * 0.6
        if entry.key in roles:
            items.append(Rect(x, middle - 4.5, 12, 9, roles[entry.key]["tint"], roles[entry.key]["colour"], 1.0, radius=2))
        else:
            items.append(Stroke((((x, middle), (x + sign - 2, middle)),), False, ink["line"], _dash(entry.key)))
        items.append(Run(x + sign + 4, y + size * _ASCENT, entry.about, size, False, ink["ink"]))
        x += wide
    return y + size * 1.6 if picture.legend else y


def _notes(notes: Iterable[Note], items: list[Rect | Stroke | Run], left: float, y: float, room: float) -> float:
    """Set the footnotes in columns, and return where they end."""
    size, ink = look()["sizes"]["text"], look()["text"]
    count = max(1, int(room // 420))
    gap = 24.0
    wide = (room - gap * (count - 1)) / count
    items.append(Rect(left, y, room, 0.8, ink["rule"], radius=0))
    blocks = [[*wrap(note_text(note), wide, size, lines=60)] for note in notes]
    heights = [len(block) * size * 1.28 + 5 for block in blocks]
    target = sum(heights) / count
    column, top, bottom = 0, y + 8, y
    at, filled = top, 0.0
    for block, high in zip(blocks, heights, strict=True):
        if column < count - 1 and filled + high / 2 > target * (column + 1):
            column, at = column + 1, top
        for text in block:
            items.append(Run(left + column * (wide + gap), at + size * _ASCENT, text, size, False, ink["ink"]))
            at += size * 1.28
        at += 5
        filled += high
        bottom = max(bottom, at)
    return bottom


def note_text(note: Note) -> str:
    """Return a footnote as one reads it: number, sentence in quotes, source, date, and a word where no document of the set says it."""
    origin = "" if note.origin == "stated" else "background" if note.origin == "reference" else note.origin
    about = ", ".join(filter(None, (note.source, note.date, origin)))
    return f"[{note.number}] “{note.sentence}”{f' {about}' if about else ''}"

