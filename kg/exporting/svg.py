"""SVG: letters as outlines, so that Chinese shows on any machine, and the same bytes from run to run."""

from __future__ import annotations

import re
from collections.abc import Iterator
from html import escape
from pathlib import Path

from kg.exporting import fonts
from kg.exporting.drawing import draw
from kg.exporting.picture import Picture
from kg.exporting.sheet import STROKE, Rect, Run, Sheet, Stroke, sheet
from kg.exporting.subgraph import Subgraph

_NOT_IN_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_MANY = 1000


def write(subgraph: Subgraph, path: Path) -> None:
    """Draw a subgraph and write it as SVG."""
    write_picture(draw(subgraph), path)


def write_picture(picture: Picture, path: Path) -> None:
    """Write a picture as SVG. Raises InputError where it holds Chinese and no font of this machine does."""
    path.write_text(svg(sheet(picture), path), encoding="utf-8", newline="\n")


def svg(drawn: Sheet, path: Path) -> str:
    """Return a sheet as SVG: a glyph is drawn once and used as often as it stands in a text; what a text says is in its label."""
    runs = [item for item in drawn.items if isinstance(item, Run)]
    fonts.require("".join(run.text for run in runs), where=path)
    glyphs: dict[tuple[str, bool], str] = {}
    body = [part for item in drawn.items for part in _item(item, glyphs)]
    # Thousands of long lines are drawn without smoothing: that takes a third of the time, and no eye follows them one by one.
    quick = ["<style>.l{shape-rendering:optimizeSpeed}</style>"] if sum(isinstance(item, Stroke) for item in drawn.items) > _MANY else []
    wide, high = _n(drawn.width), _n(drawn.height)
    return "\n".join((
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{wide}pt" height="{high}pt" viewBox="0 0 {wide} {high}" role="img">',
        f"<title>{_text(drawn.title)}</title>", *quick, "<defs>", *(_glyph(char, bold, id) for (char, bold), id in glyphs.items()), "</defs>", *body,
        "</svg>", "",
    ))


def _item(item: Rect | Stroke | Run, glyphs: dict[tuple[str, bool], str]) -> Iterator[str]:
    if isinstance(item, Run):
        yield from _run(item, glyphs)
        return
    about = f"<title>{_text(item.about)}</title>" if item.about else ""
    dash = f' stroke-dasharray="{" ".join(map(_n, item.dash))}"' if item.dash else ""
    if isinstance(item, Rect):
        stroke = f' stroke="{item.stroke}" stroke-width="{_n(item.thick)}"{dash}' if item.stroke else ""
        place = f'x="{_n(item.x)}" y="{_n(item.y)}" width="{_n(item.w)}" height="{_n(item.h)}"'
        round_ = f' rx="{_n(item.radius)}"' if item.radius else ""
        yield f'<rect {place}{round_} fill="{item.fill}"{stroke}' + (f">{about}</rect>" if about else "/>")
        return
    way = " ".join(_piece(start, end, item.curved) for start, end in item.pieces)
    head = f'<path d="M{" L".join(f"{_n(x)} {_n(y)}" for x, y in item.head)}Z" fill="{item.colour}"/>' if item.head else ""
    if way or head:
        yield f'<g>{about}<path class="l" d="{way}" fill="none" stroke="{item.colour}" stroke-width="{_n(STROKE)}"{dash}/>{head}</g>'


def _piece(start: tuple[float, float], end: tuple[float, float], curved: bool) -> str:
    begin = f"M{_n(start[0])} {_n(start[1])}"
    if not curved or start[1] == end[1]:
        return f"{begin}L{_n(end[0])} {_n(end[1])}"
    middle = (start[0] + end[0]) / 2
    return f"{begin}C{_n(middle)} {_n(start[1])} {_n(middle)} {_n(end[1])} {_n(end[0])} {_n(end[1])}"


def _run(run: Run, glyphs: dict[tuple[str, bool], str]) -> Iterator[str]:
    x = 0.0
    uses = []
    for char in run.text:
        if not char.isspace() and fonts.outline(char, run.bold) is not None:
            id = glyphs.setdefault((char, run.bold), f"{'b' if run.bold else 'r'}{ord(char):x}")
            uses.append(f'<use href="#{id}" x="{_n(x * 1000)}"/>')
        elif not char.isspace():
            uses.append(f'<rect x="{_n(x * 1000 + 50)}" y="-700" width="500" height="700" fill="none" stroke="{run.colour}" stroke-width="50"/>')
        x += fonts.width(char, 1.0, bold=run.bold)
    scale = _n(run.size / 1000, 5)
    place = f"translate({_n(run.x)} {_n(run.y)}) scale({scale})"
    yield f'<g role="img" aria-label="{_text(run.text)}" fill="{run.colour}" transform="{place}">{"".join(uses)}</g>'


def _glyph(char: str, bold: bool, id: str) -> str:
    found = fonts.outline(char, bold)
    commands, units = found if found else ("", 1000.0)
    scale = _n(1000 / units, 5)
    return f'<path id="{id}" d="{commands}" transform="scale({scale} -{scale})"/>'


def _n(number: float, digits: int = 2) -> str:
    return f"{number:.{digits}f}".rstrip("0").rstrip(".") if number else "0"


def _text(text: str) -> str:
    return escape(_NOT_IN_XML.sub("", text), quote=True)
