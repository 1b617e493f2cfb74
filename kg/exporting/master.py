"""The presentation that slides are added to: a firm's own, with its master and theme, or a plain one in kg's colours."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pptx
from lxml import etree
from pptx.enum.shapes import PP_PLACEHOLDER
from pptx.util import Pt

from kg.errors import InputError
from kg.exporting.content import look

_A = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
_TITLES = (PP_PLACEHOLDER.TITLE, PP_PLACEHOLDER.CENTER_TITLE)
_FEET = (PP_PLACEHOLDER.DATE, PP_PLACEHOLDER.FOOTER, PP_PLACEHOLDER.SLIDE_NUMBER)
_BELOW = 62.0  # for legend and footer, in points


class Master:
    """An open presentation: its layout for a title and a picture, its size in points, and what must stay free above and below a picture."""

    def __init__(self, deck: Any, layout: Any) -> None:
        self.deck, self._layout = deck, layout
        self.width, self.height = deck.slide_width / 12700, deck.slide_height / 12700
        title = next(each for each in layout.placeholders if each.placeholder_format.type in _TITLES)
        self.top = (title.top + title.height) / 12700 + 12
        feet = [each.top / 12700 for each in layout.placeholders if each.placeholder_format.type in _FEET and each.top is not None]
        self.bottom = _BELOW + max(0.0, self.height - min([*feet, self.height]) if feet and min(feet) > self.height / 2 else 0.0)

    def add(self, title: str) -> Any:
        """Add a slide with this title, and return it; placeholders that nothing fills are taken out."""
        page = self.deck.slides.add_slide(self._layout)
        for placeholder in list(page.placeholders):
            if placeholder.placeholder_format.type in _TITLES:
                placeholder.text_frame.text = title
            else:
                placeholder._element.getparent().remove(placeholder._element)
        return page


def open_master(template: Path | None) -> Master:
    """Return a presentation to add slides to. Raises InputError for a template that cannot be opened or has no layout with a title."""
    if template is None:
        return Master(*_plain())
    try:
        deck: Any = pptx.Presentation(str(template))
    except Exception as error:  # python-pptx raises what zipfile, lxml and its own checks raise
        raise InputError(f"cannot be opened as a presentation: {error}", where=template, hint="save it from PowerPoint as .pptx") from error
    for number in reversed(range(len(deck.slides))):
        entry = deck.slides._sldIdLst[number]
        deck.part.drop_rel(entry.rId)
        deck.slides._sldIdLst.remove(entry)
    layouts = [
        (len([1 for each in layout.placeholders if each.placeholder_format.type not in (*_TITLES, *_FEET)]), number, layout)
        for number, layout in enumerate(deck.slide_layouts)
        if any(each.placeholder_format.type is PP_PLACEHOLDER.TITLE and each.top is not None for each in layout.placeholders)
    ]
    if not layouts:
        raise InputError("no layout of this presentation has a title", where=template, hint="add a layout with a title to its master")
    return Master(deck, min(layouts, key=lambda each: each[:2])[2])


def _plain() -> tuple[Any, Any]:
    """Return python-pptx's own presentation made wide, its theme in kg's colours and fonts, and its layout of a title alone."""
    deck: Any = pptx.Presentation()
    page, sizes = look()["page"], look()["sizes"]
    stretch = Pt(page["width"]) / deck.slide_width
    deck.slide_width, deck.slide_height = Pt(page["width"]), Pt(page["height"])
    master = deck.slide_master
    for holder in (master, *deck.slide_layouts):
        for shape in holder.shapes:
            if shape._element.xpath(".//a:xfrm"):
                shape.left, shape.width = int(shape.left * stretch), int(shape.width * stretch)
    layout = next(each for each in deck.slide_layouts if each.name == "Title Only")
    for holder in (master, layout):
        for shape in list(holder.placeholders):
            if shape.placeholder_format.type in _TITLES:
                shape.left, shape.top = Pt(page["margin"]), Pt(16)
                shape.width, shape.height = Pt(page["width"] - 2 * page["margin"]), Pt(56)
            elif holder is layout and shape.placeholder_format.type in _FEET:
                shape._element.getparent().remove(shape._element)
    for level in master._element.iter("{http://schemas.openxmlformats.org/presentationml/2006/main}titleStyle"):
        for style in level.iter(f"{_A}lvl1pPr"):
            style.set("algn", "l")
            for run in style.iter(f"{_A}defRPr"):
                run.set("sz", str(sizes["title"] * 100))
                run.set("b", "1")
    for frame in (shape.text_frame for shape in layout.placeholders if shape.placeholder_format.type in _TITLES):
        frame.margin_left = frame.margin_right = 0
    _recolour(master)
    return deck, layout


def _recolour(master: Any) -> None:
    """Write kg's colours and fonts into the theme, which python-pptx does not open."""
    part = next(each.target_part for each in master.part.rels.values() if each.reltype.endswith("/theme"))
    theme = etree.fromstring(part.blob)
    wanted = {"dk1": look()["text"]["ink"], "lt1": look()["text"]["paper"], "dk2": look()["text"]["muted"]}
    wanted |= {f"accent{role['theme']}": role["colour"] for role in look()["roles"].values() if isinstance(role, dict)}
    for name, colour in wanted.items():
        for slot in theme.iter(f"{_A}{name}"):
            for old in list(slot):
                slot.remove(old)
            etree.SubElement(slot, f"{_A}srgbClr", val=colour.lstrip("#"))
    for fonts in (*theme.iter(f"{_A}majorFont"), *theme.iter(f"{_A}minorFont")):
        for tag, face in (("latin", "Arial"), ("ea", "Microsoft YaHei")):
            for font in fonts.iter(f"{_A}{tag}"):
                font.set("typeface", face)
    part._blob = etree.tostring(theme, xml_declaration=True, encoding="UTF-8", standalone=True)
