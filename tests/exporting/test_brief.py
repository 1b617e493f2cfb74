"""A brief's rows: which columns show, how sources are numbered, what is counted; and names that try to break out of the page."""

from __future__ import annotations

from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pptx
from pptx.util import Pt
from programs import pdf_of, program, words_of
from subgraphs import NASTY_NAMES, SMALL

from kg.exporting import brief_deck
from kg.exporting.brief import Brief, Notes, Row, Section, figures, section, write

ROWS = [
    {"supplier": "A", "product": "not disclosed", "sole": True, "share_of_cost_pct": "12", "proof": "A sells.", "source": "Daily", "date": "2026-01-02T10:00",
     "modality": "fact", "origin": "reference", "belief": 0.9},
    {"supplier": "B", "product": "not disclosed", "sole": False, "share_of_cost_pct": "not disclosed", "proof": "A sells.", "source": "Daily",
     "date": "2026-01-02T10:00", "modality": "plan", "origin": "stated", "belief": 0.4},
    {"supplier": "C", "product": "not disclosed", "sole": False, "share_of_cost_pct": "not disclosed", "proof": None, "modality": "fact", "origin": "stated"},
]


def test_columns_that_nothing_fills_are_named_and_rows_beyond_the_limit_are_counted() -> None:
    made = section("Who supplies it", ["supplier", "product", "sole", "share_of_cost_pct"], ROWS, Notes(), most=2)
    assert made.columns == ("supplier", "sole", "share of cost")
    assert [row.cells for row in made.rows] == [("A", "the only one", "12%"), ("B", "", "not disclosed")]
    assert (made.more, made.not_disclosed) == (1, ("product",))


def test_one_sentence_of_one_source_has_one_number_and_reservations_stay_with_the_row() -> None:
    notes = Notes()
    made = section("Who", ["supplier"], ROWS, notes, most=9)
    assert [row.notes for row in made.rows] == [(1,), (1,), ()]
    assert [row.said for row in made.rows] == [("reference",), ("plan",), ()]
    assert [(note.sentence, note.source, note.date) for note in notes.all] == [("A sells.", "Daily", "2026-01-02 10:00")]


def test_a_sentence_that_came_without_its_source_takes_it_when_it_comes() -> None:
    notes = Notes()
    assert notes.number("Said.", None, None) == notes.number("Said.", "Daily", "2026-01-02") == (1,)
    assert notes.number("Said.", "Weekly", "2026-01-02") == (2,)
    assert [note.source for note in notes.all] == ["Daily", "Weekly"]


def test_figures_tell_whose_word_they_are_and_what_is_planned() -> None:
    notes = Notes()
    made = figures("Figures", SMALL.nodes[0], SMALL, notes, most=9)
    assert made.columns == ("figure", "value", "for", "whose word")
    assert [row.cells for row in made.rows] == [("revenue", "NT$4.88trn", "2025Q4", ""), ("capex", "USD 52bn to 56bn", "", "TSMC")]
    assert [row.said for row in made.rows] == [(), ("plan",)]


def test_names_that_try_to_break_out_are_text(tmp_path: Path) -> None:
    notes = Notes()
    rows = tuple(Row(cells=(name,), notes=notes.number(name, name, None)) for name in NASTY_NAMES)
    bare = SMALL.model_copy(update={"edges": ()})
    brief = Brief(name=NASTY_NAMES[0], about=NASTY_NAMES, subgraph=bare, sections=(Section(title="T", columns=("c",), rows=rows),), notes=notes.all)
    write(brief, tmp_path / "brief.html")
    page = (tmp_path / "brief.html").read_text(encoding="utf-8")
    assert "<script" not in page and "<img" not in page
    assert page.count("&lt;/script&gt;") >= 4


def test_the_picture_stands_in_the_page_as_svg_without_numbers_of_its_own(tmp_path: Path) -> None:
    program("dot", "graphviz")
    write(Brief(name="TSMC", subgraph=SMALL, sections=()), tmp_path / "brief.html")
    page = (tmp_path / "brief.html").read_text(encoding="utf-8")
    drawing = ElementTree.fromstring(page[page.index("<svg") : page.index("</svg>") + 6])
    labels = " ".join(element.get("aria-label", "") for element in drawing.iter())
    assert "TSMC" in labels and "[1]" not in labels


def test_a_brief_as_slides_holds_picture_answers_and_sources_within_the_page(tmp_path: Path) -> None:
    program("dot", "graphviz")
    notes = Notes()
    sections = [section(f"Answer {at}", ["supplier", "product", "sole"], ROWS, notes, most=2) for at in range(9)]
    sections.append(figures("Figures", SMALL.nodes[0], SMALL, notes, most=9))
    nasty = Section(title="N", columns=("c",), rows=tuple(Row(cells=(name,)) for name in NASTY_NAMES))
    brief_deck.write(Brief(name="TSMC", subgraph=SMALL, sections=(*sections, nasty), notes=notes.all), tmp_path / "brief.pptx")
    deck: Any = pptx.Presentation(str(tmp_path / "brief.pptx"))
    titles = [slide.shapes.title.text for slide in deck.slides]
    assert titles[0] == "TSMC" and titles[1].startswith("TSMC: what is known (1 of") and titles[-1] == "Sources: TSMC"
    for slide in deck.slides:
        assert all(shape.left + shape.width <= deck.slide_width and shape.top + shape.height <= deck.slide_height for shape in slide.shapes)
        sizes = [paragraph.font.size for shape in slide.shapes if shape.has_table for cell in shape.table.iter_cells() for paragraph in cell.text_frame.paragraphs]
        assert all(size >= Pt(10) for size in sizes)
    words = words_of(pdf_of(tmp_path / "brief.pptx"))
    assert all(each in words for each in ("Answer 8", "US$52-56bn", "and 1 more", "</script>", "A sells."))
