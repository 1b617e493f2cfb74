"""Presentations: connectors glued to their boxes, nothing outside the page or too small to read, sources twice, opened by LibreOffice."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pptx
import pytest
from pptx.util import Inches, Pt
from programs import pdf_of, program, run, words_of
from subgraphs import NASTY, NASTY_NAMES, SMALL, neighbourhood
from test_pictures import CHAIN, HOLDINGS

from kg.errors import InputError
from kg.exporting.fonts import plain
from kg.exporting.picture import Picture
from kg.exporting.slides import Page, write_deck

P = "{http://schemas.openxmlformats.org/presentationml/2006/main}"
A = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
PAGES = (
    Page(CHAIN, "From one lens maker to the grid"), Page(SMALL, layout="rings"), Page(NASTY), Page(neighbourhood(60)), Page(HOLDINGS), Page(SMALL, layout="force"),
)
SITES = {0: (0.5, 0.0), 1: (0.0, 0.5), 2: (0.5, 1.0), 3: (1.0, 0.5)}


class Deck:
    """A written deck, opened again, with the pictures that it shows; `shown` are the slides that bear them."""

    def __init__(self, path: Path, pictures: tuple[Picture, ...]) -> None:
        self.path, self.pictures = path, pictures
        self.opened: Any = pptx.Presentation(str(path))
        self.shown = [slide for slide in self.opened.slides if not slide.shapes.title.text.startswith("Sources")]
        self.sources = [slide for slide in self.opened.slides if slide.shapes.title.text.startswith("Sources")]


@pytest.fixture(scope="module")
def deck(tmp_path_factory: pytest.TempPathFactory) -> Deck:
    program("dot", "graphviz")
    path = tmp_path_factory.mktemp("deck") / "deck.pptx"
    return Deck(path, write_deck(PAGES, path))


def wires(slide: Any) -> Iterator[tuple[Any, int, int, int, int]]:
    """Give each connector of a slide with the shapes and sites that it is glued to."""
    for wire in slide.shapes._spTree.iter(f"{P}cxnSp"):
        start, end = wire.find(f".//{A}stCxn"), wire.find(f".//{A}endCxn")
        assert start is not None, "a connector is loose where it begins"
        assert end is not None, "a connector is loose where it ends"
        yield wire, int(start.get("id")), int(start.get("idx")), int(end.get("id")), int(end.get("idx"))


def test_every_connector_is_glued_at_both_ends_to_shapes_of_its_slide(deck: Deck) -> None:
    for slide in deck.shown:
        ids = {shape.shape_id for shape in slide.shapes}
        assert {end for _, start, _, stop, _ in wires(slide) for end in (start, stop)} <= ids


def test_every_connector_ends_where_the_site_that_it_is_glued_to_is(deck: Deck) -> None:
    for slide in deck.shown:
        shapes = {shape.shape_id: shape for shape in slide.shapes}
        for wire, start, begin_site, stop, end_site in wires(slide):
            connector = next(shape for shape in slide.shapes if shape._element is wire)
            for id, site, x, y in ((start, begin_site, connector.begin_x, connector.begin_y), (stop, end_site, connector.end_x, connector.end_y)):
                shape, (across, down) = shapes[id], SITES[site]
                assert abs(shape.left + shape.width * across - x) <= Pt(0.2)
                assert abs(shape.top + shape.height * down - y) <= Pt(0.2)


def test_the_connectors_lead_from_each_subject_to_its_object(deck: Deck) -> None:
    for slide, picture in zip(deck.shown, deck.pictures, strict=True):
        names = {shape.shape_id: shape.name for shape in slide.shapes}
        ways: dict[int, set[int]] = {}
        for _, start, _, end, _ in wires(slide):
            ways.setdefault(start, set()).add(end)
        name_of = {box.id: (box.name or box.id)[:250] for box in picture.boxes}
        for line in picture.lines:
            reached = {id for id, name in names.items() if name == name_of[line.subject]}
            while more := {end for id in reached for end in ways.get(id, ())} - reached:
                reached |= more
            assert name_of[line.object] in {names[id] for id in reached}


def test_there_is_an_arrow_for_each_fact_and_none_on_what_has_no_direction(deck: Deck) -> None:
    for slide, picture in zip(deck.shown, deck.pictures, strict=True):
        arrows = [wire for wire, *_ in wires(slide) if wire.find(f".//{A}tailEnd") is not None]
        assert len(arrows) == sum(line.arrow for line in picture.lines)


def test_dashes_are_those_of_the_styles(deck: Deck) -> None:
    dashes = {}
    for wire, *_ in wires(deck.shown[0]):
        found = wire.find(f".//{A}prstDash")
        dashes[wire.find(f".//{P}cNvPr").get("name")] = found.get("val") if found is not None else "solid"
    assert {name: dash for name, dash in dashes.items() if "Nova" in name or "Foundry" in name} == {
        "Lens Works supplies Harbour Foundry [2]": "dash", "Harbour Foundry supplies Nova [3]": "solid", "Nova produces N7 [4]": "dash",
    }
    assert dashes["Harbour One uses 555k (plan) N7 [6]"] == "sysDot"


def test_colours_are_those_of_the_theme(deck: Deck) -> None:
    for slide in deck.shown:
        assert not list(slide.shapes._spTree.iter(f"{A}srgbClr"))


def test_no_text_is_smaller_than_ten_points(deck: Deck) -> None:
    for slide in deck.opened.slides:
        sizes = [int(run.get("sz")) for name in ("rPr", "defRPr") for run in slide.shapes._spTree.iter(f"{A}{name}") if run.get("sz")]
        assert min(sizes, default=1000) >= 1000
        for shape in slide.shapes:
            if shape.has_text_frame and shape.text_frame.text and not shape.is_placeholder:
                assert all(run.font.size for paragraph in shape.text_frame.paragraphs for run in paragraph.runs)


def test_nothing_is_outside_the_page(deck: Deck) -> None:
    wide, high = deck.opened.slide_width, deck.opened.slide_height
    for slide in deck.opened.slides:
        for shape in slide.shapes:
            assert shape.left >= 0
            assert shape.top >= 0
            assert shape.left + shape.width <= wide
            assert shape.top + shape.height <= high, (slide.shapes.title.text, shape.name)


def test_the_title_is_the_question(deck: Deck) -> None:
    assert [slide.shapes.title.text for slide in deck.shown[:2]] == ["From one lens maker to the grid", "TSMC: who and what it is linked to"]


def test_sentence_source_and_date_stand_in_the_notes_and_on_the_slide_of_sources(deck: Deck) -> None:
    notes = deck.shown[1].notes_slide.notes_text_frame.text
    assert "[1] “据悉，星河半导体向台积电供应刻蚀机。” 港湾日报, 2026-03-02 09:30" in notes
    tables = [shape.table for slide in deck.sources for shape in slide.shapes if shape.has_table]
    rows = [[cell.text for cell in row.cells] for table in tables for row in table.rows]
    assert ["1", "“据悉，星河半导体向台积电供应刻蚀机。”", "港湾日报", "2026-03-02 09:30", "stated"] in rows


def test_every_footnote_stands_on_a_slide_of_sources(deck: Deck) -> None:
    tables = [shape.table for slide in deck.sources for shape in slide.shapes if shape.has_table]
    numbers = [row.cells[0].text for table in tables for row in list(table.rows)[1:]]
    assert numbers == [str(note.number) for picture in deck.pictures for note in picture.notes]


def test_legend_and_footer_stand_on_the_slide(deck: Deck) -> None:
    words = {shape.text_frame.text for shape in deck.shown[0].shapes if shape.has_text_frame}
    assert {"stated in a document", "background or derived", "planned or expected"} <= words
    assert any("rest on a single source" in text and "Not disclosed" in text for text in words)


def test_names_that_try_to_break_out_are_the_text_of_shapes(deck: Deck) -> None:
    told = {shape._element.xpath(".//p:cNvPr")[0].get("descr") or "" for shape in deck.shown[2].shapes}
    assert all(any(plain(name) in text for text in told) for name in NASTY_NAMES)


def test_libreoffice_opens_the_deck_and_shows_its_words(deck: Deck) -> None:
    pdf = pdf_of(deck.path)
    words = words_of(pdf)
    assert int(re.search(r"Pages:\s+(\d+)", run([program("pdfinfo", "poppler-utils"), str(pdf)])).group(1)) == len(deck.opened.slides)  # type: ignore[union-attr]
    assert all(name in words for name in ("台积电", "蓝海云", "Harbour Foundry", "sole maker of", "Sentence, word for word"))


@pytest.fixture
def firm(tmp_path: Path) -> Path:
    """A firm's template of another size, its accent red, with a slide of its own."""
    deck: Any = pptx.Presentation()
    deck.slide_width, deck.slide_height = Inches(10), Inches(7.5)
    deck.slides.add_slide(deck.slide_layouts[0]).shapes.title.text = "Firm's own example"
    deck.slide_layouts[5].name = "Firm title"
    deck.save(str(tmp_path / "firm.pptx"))
    return tmp_path / "firm.pptx"


def test_a_firms_master_is_used_and_its_own_slides_are_left_out(firm: Path, tmp_path: Path) -> None:
    program("dot", "graphviz")
    write_deck([Page(SMALL, "Asked")], tmp_path / "ours.pptx", template=firm)
    deck: Any = pptx.Presentation(str(tmp_path / "ours.pptx"))
    assert (deck.slide_width, deck.slide_height) == (Inches(10), Inches(7.5))
    assert [slide.shapes.title.text for slide in deck.slides] == ["Asked", "Sources: Asked"]
    assert {slide.slide_layout.name for slide in deck.slides} == {"Firm title"}


def test_a_template_that_is_no_presentation_is_one_clear_line(tmp_path: Path) -> None:
    (tmp_path / "firm.pptx").write_text("no presentation", encoding="utf-8")
    with pytest.raises(InputError, match=r"save it from PowerPoint as \.pptx"):
        write_deck([Page(SMALL)], tmp_path / "ours.pptx", template=tmp_path / "firm.pptx")
