"""Neo4j Browser as an analyst meets it: a real Chromium against the managed server."""

from __future__ import annotations

import os
import re
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from cypher.graphs import fill
from graphs import EXPANSION, GRAPH, SENTENCE, USES, fact

from kg.knowledge.ontology import load_ontology
from kg.knowledge.yaml_file import data_folder, read_yaml
from kg.model import Entity
from kg.settings import Settings
from kg.store import server
from kg.store.browser import browser_folder, refresh_guide, style, write_browser_files
from kg.store.client import Client, connect
from kg.store.guard import guard, plan
from kg.store.load import load_graph
from kg.store.queries import grouped, load_modules, titles

PATIENCE = 120_000  # milliseconds: a busy machine draws slowly
LABELS = [label for label in load_ontology().entity_labels if label != "Event"]
NAMES = dict(zip(LABELS, (f"{stem}方" for stem in "甲乙丙丁戊己庚辛壬癸子丑"), strict=True))  # short enough to be drawn whole


@pytest.fixture
def page(browser: Any, neo4j_server: Settings, client: Client) -> Iterator[Any]:
    """Neo4j Browser, logged in, on a graph with an entity of every label."""

    zoo = tuple(Entity(id=f"zoo:{label}", labels=(label,), name=name) for label, name in NAMES.items())
    facts = tuple(
        fact("PARTICIPATES_IN", one.id, EXPANSION.id, USES, role="part").model_copy(update={"id": f"fact:{one.id}"}) for one in zoo
    )
    load_graph(GRAPH.model_copy(update={"entities": (*GRAPH.entities, *zoo), "facts": (*GRAPH.facts, *facts)}), client)
    with _browser(browser, neo4j_server) as page:
        yield page


@contextmanager
def _browser(browser: Any, settings: Settings) -> Iterator[Any]:
    """Neo4j Browser, logged in, as someone meets it who was never here: nothing is remembered, no answer is still being drawn."""
    info = server.start(settings)
    visit = browser.new_context(viewport={"width": 1500, "height": 1250})
    page = visit.new_page()
    page.set_default_timeout(PATIENCE)
    page.goto(info.browser_url)
    page.fill("[data-testid=password]", info.password)
    page.click("[data-testid=connect]")
    yield page
    visit.close()


CHAIN = """
Company: 阿斯麦 {name_en: ASML}, 台积电 {name_en: TSMC, tickers: [TSM]}, 英伟达 {name_en: NVIDIA}, 云海 {name_en: Cloud Sea}, 白鹭证券
Organization: 能源局
Product: 光刻机 {kind: machine}, 芯片 {kind: chip}
Facility: 巨像
Sector: 数据中心, 半导体
Infrastructure: 电网
Place: 台湾
Fund: 芯片基金 {ticker: "512000"}, 算力基金 {ticker: "512001"}
Program: 算力计划
Event: 云海 capex {kind: capex, date: 2026-02-01}, 台积电 guidance {kind: guidance, date: 2026-02-02}, 停电 {kind: outage, date: 2026-02-03}
阿斯麦 -PRODUCES-> 光刻机 {sole: true}
阿斯麦 -SUPPLIES-> 台积电 {product: 光刻机, sole: true}
台积电 -SUPPLIES-> 英伟达 {product: 芯片}
台积电 -SUPPLIES-> 英伟达 {product: 芯片, date: 2026-01-20, source: Weekly}
英伟达 -PRODUCES-> 芯片
英伟达 -SUPPLIES-> 云海 {product: 芯片}
英伟达 -COMPETES_WITH-> 云海
云海 -OPERATES-> 巨像
巨像 -USES-> 芯片 {state: installed, quantity: 200000}
巨像 -REPORTED-> power_capacity {value: 1.0e+9, unit: W, display: 1 GW}
巨像 -LOADS-> 电网
数据中心 -LOADS-> 电网
台积电 -LOCATED_IN-> 台湾
台积电 -IN_SECTOR-> 半导体
算力计划 -AFFECTS-> 数据中心 {effect: 1, mechanism: policy}
云海 -PARTICIPATES_IN-> 云海 capex
云海 capex -REPORTED-> capex {value: 5.0e+9, currency: USD, period: '2026', display: US$5bn}
台积电 -PARTICIPATES_IN-> 停电
台积电 -REPORTED-> gross_margin {value: 162, unit: '%', display: 162%, suspect: a margin above 100%}
停电 -AFFECTS-> 英伟达 {effect: -1, mechanism: supply}
芯片基金 -HOLDS-> 台积电 {weight_pct: 9.8}
算力基金 -HOLDS-> 台积电 {weight_pct: 5.1}
白鹭证券 -RATES-> 台积电 {rating: buy, target_price: 900, currency: TWD, modality: opinion}
"""
CHINESE = re.compile("[\u4e00-\u9fff]")
SHOWN = "svg g.node, td"


@pytest.fixture(scope="module")
def told(neo4j_server: Settings) -> None:
    """A supply chain in Chinese, with the guide of that graph. Tests beside it must not take `client`, which empties it."""
    with connect(neo4j_server) as client:
        client.write("MATCH (n) DETACH DELETE n")
        fill(client, CHAIN)
        refresh_guide(neo4j_server, client)


@pytest.fixture
def guided(told: None, browser: Any, neo4j_server: Settings) -> Iterator[Any]:
    """Neo4j Browser on that chain."""
    with _browser(browser, neo4j_server) as page:
        yield page


@pytest.mark.parametrize("group", grouped())
def test_the_first_question_of_a_group_is_clicked_and_answers_with_chinese_names(group: str, guided: Any) -> None:
    guided.get_by_text("Who is exposed to whom").first.wait_for()
    guide = guided.locator("[data-testid=carousel]").first
    slide = guide.locator("h3", has_text=titles()[group])
    while not slide.is_visible():
        shown = guide.locator("h3").first.inner_text()
        guide.locator("[data-testid=nextSlide]").click()
        guide.locator("h3").filter(has_not_text=shown).first.wait_for()
    answer = _first_answer(guided, guide)
    _photograph(guided, group)
    assert CHINESE.search(answer), answer


def _first_answer(page: Any, guide: Any) -> str:
    """Run the first two blocks of the slide (a question's parameters, then its picture or table), and return what the answer shows."""
    newest = page.locator("[data-testid=frameContents]").first
    guide.locator("pre.runnable").nth(0).click()
    page.click("[data-testid=editor-Run]")
    newest.get_by_text('"modalities"').or_(newest.get_by_text('"limit"')).first.wait_for()
    guide.locator("pre.runnable").nth(1).click()
    page.click("[data-testid=editor-Run]")
    newest.locator(SHOWN).first.wait_for()
    assert not newest.locator("svg g.node", has_text="SUPPLIES").count(), "claims drown the picture"
    return str(newest.inner_text())


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
    page.locator("svg g.node").nth(14).wait_for()
    _photograph(page, "graph")

    fills = dict(page.eval_on_selector_all(
        "svg g.node", "nodes => nodes.map(n => [n.textContent.trim(), n.querySelector('circle.b-outline').getAttribute('fill')])"
    ))
    look = read_yaml(data_folder("styles", "browser.yaml"))["nodes"]
    assert {label: fills.get(name) for label, name in NAMES.items()} == {label: look[label]["color"] for label in LABELS}


def test_the_written_files_are_those_of_the_ontology_and_the_query_modules(tmp_path: Path) -> None:
    write_browser_files(tmp_path)
    stale = [file.name for file in tmp_path.iterdir() if (browser_folder() / file.name).read_bytes() != file.read_bytes()]
    assert {file.name for file in tmp_path.iterdir()} == {"guide.html", "style.grass", "favourites.zip"}
    assert not stale, "write them anew: python -c 'from kg.store.browser import write_browser_files; write_browser_files()'"


def test_no_two_labels_share_a_colour() -> None:
    colours = [look["color"] for look in read_yaml(data_folder("styles", "browser.yaml"))["nodes"].values()]
    assert len(set(colours)) == len(colours)


def test_every_type_of_link_has_a_colour_and_no_caption_is_a_raw_number() -> None:
    sheet = style(load_ontology())
    assert not [name for name in load_ontology().relations if f"relationship.{name} {{" not in sheet]
    assert {*re.findall(r"caption: '(.*)'", sheet)} == {"<type>", "{name}", "{name} {display}", "{title}", "{relation}", "{started}"}


def test_every_favourite_reads_and_its_first_line_is_its_title(client: Client, tmp_path: Path) -> None:
    write_browser_files(tmp_path)
    modules = {module.title: module for module in load_modules().values()}
    with zipfile.ZipFile(tmp_path / "favourites.zip") as archive:
        texts = [archive.read(name).decode() for name in archive.namelist()]
    assert {text.splitlines()[0].removeprefix("// ") for text in texts} == {*modules}
    for text in texts:
        module = modules[text.splitlines()[0].removeprefix("// ")]
        guard(text)
        plan(client, text, {part.name: None for part in module.parameters})


def _photograph(page: Any, name: str) -> None:
    """Keep a picture for whoever wants to look: set KG_PICTURES to a folder."""
    if folder := os.environ.get("KG_PICTURES"):
        page.wait_for_timeout(4_000)  # the layout comes to rest
        page.screenshot(path=Path(folder) / f"browser-{name}.png")
