"""A brief on a name, from a real Neo4j, opened in a real Chromium: every statement with its source."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

import pytest

sys.path.insert(0, str(Path(__file__).parent / "store"))
from graphs import GRAPH, SENTENCE
from programs import program

from kg.briefing import compose, report
from kg.errors import InputError, QueryError
from kg.settings import Settings
from kg.store.client import Client
from kg.store.load import load_graph


@pytest.fixture
def loaded(client: Client, neo4j_server: Settings) -> Settings:
    load_graph(GRAPH, client)
    return neo4j_server


def test_every_row_has_a_source_and_every_source_a_row(loaded: Settings) -> None:
    made = compose("蓝海云", settings=loaded)
    used = {number for section in made.sections for row in section.rows for number in row.notes}
    assert all(row.notes for section in made.sections for row in section.rows)
    assert used == {note.number for note in made.notes}
    assert SENTENCE in {note.sentence for note in made.notes}


def test_what_the_graph_is_silent_about_is_said(loaded: Settings) -> None:
    made = compose("蓝海云", settings=loaded)
    assert "Ratings" in made.silent
    assert "Ratings" not in {section.title for section in made.sections}


def test_a_brief_opens_offline_with_its_picture_and_its_sources(loaded: Settings, browser: Any, tmp_path: Path) -> None:
    report("Blue Ocean Cloud", tmp_path / "brief.html", settings=loaded)
    page = browser.new_page()
    asked: list[str] = []
    complaints: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.on("console", lambda message: complaints.append(message.text))
    page.goto((tmp_path / "brief.html").as_uri())
    text = page.inner_text("body")
    drawn = page.locator("figure svg").bounding_box()
    linked = page.evaluate("[...document.querySelectorAll('sup a')].every(a => document.querySelector(a.getAttribute('href')))")
    assert (asked, complaints, linked) == ([(tmp_path / "brief.html").as_uri()], [], True)
    assert drawn is not None and drawn["width"] > 300
    assert "Who supplies it" in text and SENTENCE in text and "Galaxy Semiconductor" in text


def test_a_brief_as_a_deck_is_its_picture_its_answers_and_its_sources(loaded: Settings, tmp_path: Path) -> None:
    from pptx import Presentation

    program("dot", "graphviz")
    report("蓝海云", tmp_path / "brief.pptx", settings=loaded)
    slides = Presentation(str(tmp_path / "brief.pptx")).slides
    assert [slide.shapes.title.text for slide in slides if slide.shapes.title] == ["蓝海云", "蓝海云: what is known", "Sources: 蓝海云"]
    assert "Who supplies it" in {shape.name for shape in slides[1].shapes if shape.has_table}


def test_an_ending_and_a_name_that_cannot_be_are_told(loaded: Settings, tmp_path: Path) -> None:
    with pytest.raises(InputError, match=r"end it in \.html or \.pptx"):
        report("蓝海云", tmp_path / "brief.doc", settings=loaded)
    with pytest.raises(QueryError, match="did you mean"):
        report("Galaxi Semiconductor", tmp_path / "brief.html", settings=loaded)
