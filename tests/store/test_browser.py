"""Neo4j Browser as an analyst meets it: a real Chromium against the managed server."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from graphs import EXPANSION, GRAPH, SENTENCE, USES, fact

from kg.knowledge.ontology import load_ontology
from kg.knowledge.yaml_file import data_folder, read_yaml
from kg.model import Entity
from kg.settings import Settings
from kg.store import server
from kg.store.browser import browser_folder, write_browser_files
from kg.store.client import Client
from kg.store.load import load_graph

PROGRAMS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome")
FLAGS = (
    "--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
    "--disable-component-update", "--disable-sync",
)
PATIENCE = 120_000  # milliseconds: a busy machine draws slowly
LABELS = [label for label in load_ontology().entity_labels if label != "Event"]
NAMES = dict(zip(LABELS, (f"{stem}方" for stem in "甲乙丙丁戊己庚辛壬癸子丑"), strict=True))  # short enough to be drawn whole


def chromium() -> str:
    """Return the Chromium on this machine; without one the test is skipped, and fails where nothing may be skipped."""
    found = next(filter(None, map(shutil.which, PROGRAMS)), None)
    if found is None:
        reason = f"no Chromium on this machine (looked for {', '.join(PROGRAMS)})"
        (pytest.fail if os.environ.get("CI") == "true" else pytest.skip)(reason)
    return found


@pytest.fixture
def page(neo4j_server: Settings, client: Client) -> Iterator[Any]:
    """Neo4j Browser, logged in, on a graph with an entity of every label."""
    from playwright.sync_api import sync_playwright

    zoo = tuple(Entity(id=f"zoo:{label}", labels=(label,), name=name) for label, name in NAMES.items())
    facts = tuple(
        fact("PARTICIPATES_IN", one.id, EXPANSION.id, USES, role="part").model_copy(update={"id": f"fact:{one.id}"}) for one in zoo
    )
    load_graph(GRAPH.model_copy(update={"entities": (*GRAPH.entities, *zoo), "facts": (*GRAPH.facts, *facts)}), client)
    info = server.start(neo4j_server)
    program = chromium()
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=program, args=list(FLAGS))
        page = browser.new_page(viewport={"width": 1500, "height": 1100})
        page.set_default_timeout(PATIENCE)
        page.goto(info.browser_url)
        page.fill("[data-testid=password]", info.password)
        page.click("[data-testid=connect]")
        yield page
        browser.close()


def test_the_guide_opens_on_login_and_its_first_question_draws_an_edge_that_shows_its_sentence(page: Any) -> None:
    page.get_by_text("Who is exposed to whom").first.wait_for()
    page.locator("pre.runnable").first.click()
    page.click("[data-testid=editor-Run]")
    page.locator("svg g.relationship", has_text="SUPPLIES").locator("path.overlay").click()
    page.locator("[data-testid=vizInspector]", has_text=SENTENCE).wait_for()
    _photograph(page, "edge")


def test_every_label_is_drawn_in_its_own_colour_with_chinese_names(page: Any) -> None:
    page.get_by_text("Who is exposed to whom").first.wait_for()
    page.click("[data-testid=activeEditor]")
    page.keyboard.insert_text("MATCH path = (:Entity)-[:PARTICIPATES_IN|SUPPLIES|USES]->(:Entity) RETURN path")
    page.click("[data-testid=editor-Run]")
    page.locator("svg g.node", has_text=NAMES["Sector"]).wait_for()
    page.wait_for_function("document.querySelectorAll('svg g.node').length >= 15")
    _photograph(page, "graph")

    fills = dict(page.eval_on_selector_all(
        "svg g.node", "nodes => nodes.map(n => [n.textContent.trim(), n.querySelector('circle.b-outline').getAttribute('fill')])"
    ))
    look = read_yaml(data_folder("styles", "browser.yaml"))["nodes"]
    assert {label: fills.get(name) for label, name in NAMES.items()} == {label: look[label]["color"] for label in LABELS}


def test_the_written_files_are_those_of_the_ontology_and_the_query_modules(tmp_path: Path) -> None:
    write_browser_files(tmp_path)
    stale = [file.name for file in tmp_path.iterdir() if (browser_folder() / file.name).read_bytes() != file.read_bytes()]
    assert not stale, "write them anew: python -c 'from kg.store.browser import write_browser_files; write_browser_files()'"


def test_no_two_labels_share_a_colour() -> None:
    colours = [look["color"] for look in read_yaml(data_folder("styles", "browser.yaml"))["nodes"].values()]
    assert len(set(colours)) == len(colours)


def _photograph(page: Any, name: str) -> None:
    """Keep a picture for whoever wants to look: set KG_PICTURES to a folder."""
    if folder := os.environ.get("KG_PICTURES"):
        page.wait_for_timeout(4_000)  # the layout comes to rest
        page.screenshot(path=Path(folder) / f"browser-{name}.png")
