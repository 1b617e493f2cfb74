"""Decks and pictures asked of a real Neo4j: a list of questions becomes a presentation."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

import pptx
import pytest
from click.testing import CliRunner
from programs import program

sys.path.insert(0, str(Path(__file__).parent / "store"))
from graphs import GRAPH, SENTENCE

from kg.cli import main
from kg.errors import InputError
from kg.presenting import picture, present
from kg.settings import Settings
from kg.store.client import Client
from kg.store.load import load_graph


@pytest.fixture
def loaded(client: Client, neo4j_server: Settings) -> Settings:
    program("dot", "graphviz")
    load_graph(GRAPH, client)
    return neo4j_server


@pytest.fixture
def questions(tmp_path: Path) -> Path:
    path = tmp_path / "deck.yaml"
    path.write_text(
        "slides:\n"
        "  - {title: Who is near?, around: 星河半导体, hops: 1, layout: rings}\n"
        "  - {query: exposure/suppliers, parameters: {company: 蓝海云}}\n",
        encoding="utf-8",
    )
    return path


def test_each_question_becomes_a_slide_with_its_sources_after_it(loaded: Settings, questions: Path, tmp_path: Path) -> None:
    shown = present(questions, tmp_path / "deck.pptx", settings=loaded)
    deck: Any = pptx.Presentation(str(tmp_path / "deck.pptx"))
    titles = [slide.shapes.title.text for slide in deck.slides]
    assert titles[:2] == ["Who is near?", "Sources: Who is near?"]
    assert titles[2::2] == [shown.pictures[1][0]]
    assert SENTENCE in deck.slides[0].notes_slide.notes_text_frame.text


def test_the_command_writes_the_deck_and_counts_its_pictures(
    loaded: Settings, questions: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("KG_HOME", str(loaded.home))
    result = CliRunner().invoke(main, ["export", str(tmp_path / "deck.pptx"), "--deck", str(questions)], catch_exceptions=False)
    assert result.output.splitlines()[-1] == f"2 pictures and their sources in {tmp_path / 'deck.pptx'}."
    assert "Who is near?: 2 nodes, 1 lines" in result.output


def test_a_picture_bears_the_title_that_it_was_given(loaded: Settings, tmp_path: Path) -> None:
    picture("星河半导体", tmp_path / "near.svg", title="Near the galaxy", layout="force", settings=loaded)
    assert "<title>Near the galaxy</title>" in (tmp_path / "near.svg").read_text(encoding="utf-8")


@pytest.mark.parametrize(("text", "line", "said"), [
    ("slides:\n  - {around: TSMC}\n  - {arround: TSMC}\n", 3, "a slide has no arround"),
    ("slides:\n  - {path: ASML}\n", 2, "a path is a list of two names"),
    ("slide: []\n", None, "holds no list called slides"),
])
def test_a_list_that_cannot_be_read_is_told_with_its_line(tmp_path: Path, text: str, line: int | None, said: str) -> None:
    (tmp_path / "deck.yaml").write_text(text, encoding="utf-8")
    with pytest.raises(InputError, match=said) as raised:
        present(tmp_path / "deck.yaml", tmp_path / "deck.pptx")
    assert raised.value.line == line


def test_a_title_for_what_is_no_picture_is_refused_before_anything_is_asked(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="are for pictures"):
        picture("TSMC", tmp_path / "a.xlsx", title="Suppliers")
