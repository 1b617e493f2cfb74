"""A picture of a subgraph, laid out: boxes, lines, what their numbers stand for. Every writer of pictures draws this and adds nothing.

Lengths are points (1/72 inch), x to the right, y downwards, from the page's upper left corner.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import combinations
from typing import Literal

from kg.model.document import Record

Side = Literal["left", "right", "top", "bottom", "middle"]
Style = Literal["solid", "dashed", "dotted", "tie"]  # a tie leads to what is drawn together, and says nothing
LayoutName = Literal["columns", "layers", "rings", "matrix", "force"]


class Text(Record):
    """One line of text, set at `size` points."""

    text: str
    size: float
    bold: bool = False
    muted: bool = False


class Place(Record):
    """Something that takes up room on the page."""

    id: str
    lines: tuple[Text, ...] = ()
    x: float = 0.0
    y: float = 0.0
    w: float
    h: float

    def at(self, side: Side) -> tuple[float, float]:
        """Return the middle of a side, where a line may end, or the middle of the whole."""
        x = {"left": self.x, "right": self.x + self.w}.get(side, self.x + self.w / 2)
        y = {"top": self.y, "bottom": self.y + self.h}.get(side, self.y + self.h / 2)
        return x, y


class Box(Place):
    """A node, a cell of a matrix, or "and 34 more". `name` is its whole name, `role` its colour (data/styles/picture.yaml), `full` all it tells."""

    kind: Literal["node", "centre", "more", "head", "cell"] = "node"
    role: str = ""
    name: str = ""
    label: str = ""
    full: tuple[str, ...] = ()
    style: Style = "solid"


class Tag(Place):
    """What stands on a line: the relation in words, its number, the numbers of its footnotes. Lines that say the same of one end share a tag."""


class Stop(Record):
    """A point that a line goes through: the side of a box or a tag, or (`at` is None) a bend."""

    at: str | None = None
    side: Side = "middle"
    x: float
    y: float


class Line(Record):
    """A fact. `notes` are the numbers of its footnotes; `stops` its way from subject to object; `tag` the tag that it passes, if any."""

    id: str
    subject: str
    object: str
    label: str
    style: Style
    arrow: bool = True
    notes: tuple[int, ...] = ()
    tag: str | None = None
    stops: tuple[Stop, ...] = ()
    curved: bool = False


class Note(Record):
    """A numbered footnote: the sentence word for word, its source, its date as the source gives it, and its origin (stated, reference, derived)."""

    number: int
    sentence: str
    source: str = ""
    date: str = ""
    origin: str = "stated"


class Heading(Place):
    """What a column, a layer or a ring holds."""


class Entry(Record):
    """One entry of the legend: a role's colour or a line's style, and what it stands for."""

    key: str
    about: str


class Picture(Record):
    """A page. `body` is what boxes, tags and headings take up (x, y, width, height); `footer` are lines of text, `left_out` counts unseen nodes."""

    title: str
    layout: LayoutName
    width: float
    height: float
    body: tuple[float, float, float, float]
    boxes: tuple[Box, ...]
    tags: tuple[Tag, ...] = ()
    lines: tuple[Line, ...] = ()
    headings: tuple[Heading, ...] = ()
    legend: tuple[Entry, ...] = ()
    notes: tuple[Note, ...] = ()
    footer: tuple[str, ...] = ()
    left_out: int = 0

    def places(self) -> dict[str, Place]:
        """Return boxes and tags by their ids."""
        return {place.id: place for place in (*self.boxes, *self.tags)}


def faults(picture: Picture) -> Iterator[str]:
    """Give what is wrong with the geometry: two places that overlap, one outside the page, a line through a box or a tag that it does not serve."""
    places: list[Place] = [*picture.headings, *picture.boxes, *picture.tags]
    for place in places:
        if place.x < -_SLACK or place.y < -_SLACK or place.x + place.w > picture.width + _SLACK or place.y + place.h > picture.height + _SLACK:
            yield f"{place.id} is outside the page"
    for one, other in combinations(sorted(places, key=lambda place: place.x), 2):
        if overlap(one, other):
            yield f"{one.id} and {other.id} overlap"
    if picture.layout in ("rings", "force"):  # there a line may pass under a box; in columns it never does
        return
    for line in picture.lines:
        serves = {line.subject, line.object, line.tag}
        for place in (*picture.boxes, *picture.tags):
            if place.id not in serves and crosses(line, place):
                yield f"the line {line.id} runs through {place.id}"


def crosses(line: Line, place: Place) -> bool:
    """True where a line runs through a place, by more than a point."""
    return any(place.x + 1 < x < place.x + place.w - 1 and place.y + 1 < y < place.y + place.h - 1 for x, y in path(line))


def overlap(one: Place, other: Place, apart: float = 0.0) -> bool:
    """True where two places share more than an edge, or come nearer to one another than `apart`."""
    slack = _SLACK - apart
    return (one.x + one.w - slack > other.x and other.x + other.w - slack > one.x
            and one.y + one.h - slack > other.y and other.y + other.h - slack > one.y)


def path(line: Line, steps: int = 16) -> list[tuple[float, float]]:
    """Return points close together along the way of a line."""
    points = [(line.stops[0].x, line.stops[0].y)] if line.stops else []
    for start, end in pieces(line):
        points += [between(start, end, step / steps, curved=line.curved) for step in range(1, steps + 1)]
    return points


def pieces(line: Line) -> Iterator[tuple[Stop, Stop]]:
    """Give what of a line is drawn: from stop to stop, but not across a tag."""
    for start, end in zip(line.stops, line.stops[1:], strict=False):
        if start.at is None or start.at != end.at:
            yield start, end


def between(start: Stop, end: Stop, part: float, *, curved: bool) -> tuple[float, float]:
    """Return the point at a part (0..1) of the way between two stops; a curve leaves and arrives level, its handles half way."""
    if not curved:
        return start.x + (end.x - start.x) * part, start.y + (end.y - start.y) * part
    middle, rest = (start.x + end.x) / 2, 1 - part
    x = rest**3 * start.x + 3 * (rest**2 * part + rest * part**2) * middle + part**3 * end.x
    y = (rest**3 + 3 * rest**2 * part) * start.y + (3 * rest * part**2 + part**3) * end.y
    return x, y


_SLACK = 0.05
