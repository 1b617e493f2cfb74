"""A part of the graph, asked of a real Neo4j and written to a file."""

from __future__ import annotations

import json
import sys
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parent / "store"))
from graphs import CUSTOMER, DOCUMENT, GRAPH, PAPER, SENTENCE, SUPPLIER, SUPPLIES, TEXT, fact

from kg.errors import InputError, QueryError
from kg.model import Entity
from kg.selection import export, subgraph
from kg.settings import Settings
from kg.store.client import Client
from kg.store.gathering import paragraph
from kg.store.load import load_graph


@pytest.fixture
def loaded(client: Client, neo4j_server: Settings) -> Settings:
    load_graph(GRAPH, client)
    return neo4j_server


@pytest.mark.parametrize("name", ["Galaxy Semiconductor", "星河半导体", "688999.sh", SUPPLIER.id])
def test_a_name_in_any_language_a_ticker_or_an_id_is_the_centre(loaded: Settings, name: str) -> None:
    assert subgraph(name, settings=loaded).centres == (SUPPLIER.id,)


def test_two_hops_reach_what_one_does_not(loaded: Settings) -> None:
    near, far = ({node.id for node in subgraph("星河半导体", hops=hops, settings=loaded).nodes} for hops in (1, 2))
    assert near == {SUPPLIER.id, CUSTOMER.id}
    assert far - near == {"product:n7", "event:1"}


def test_an_edge_carries_its_proof_and_a_metric_is_a_figure_of_its_bearer(loaded: Settings) -> None:
    found = subgraph("蓝海云", settings=loaded)
    supplies = next(edge for edge in found.edges if edge.type == "SUPPLIES")
    assert (supplies.proof, supplies.proof_source, supplies.origin, supplies.belief) == (SENTENCE, "Harbour Daily", "stated", 0.8)
    event = next(node for node in found.nodes if node.id == "event:1")
    assert [(figure.display, figure.modality, figure.holder) for figure in event.figures] == [("300 MW", "plan", CUSTOMER.id)]
    assert {node.label for node in found.nodes} <= {"Company", "Product", "Event"}


def test_only_asked_modalities_are_followed(loaded: Settings) -> None:
    assert {edge.modality for edge in subgraph("蓝海云", modalities=("fact",), settings=loaded).edges} == {"fact"}


def test_what_the_limit_leaves_out_is_counted(loaded: Settings) -> None:
    found = subgraph("蓝海云", max_nodes=2, settings=loaded)
    assert (len(found.nodes), found.more) == (2, 2)
    assert [(node.hidden, node.left_out) for node in found.nodes] == [(2, 2), (0, 0)]


def test_a_node_without_neighbours_stands_alone(loaded: Settings) -> None:
    assert [node.id for node in subgraph("Harbour Daily", settings=loaded).nodes] == [PAPER.id]


def test_a_near_miss_suggests(loaded: Settings) -> None:
    with pytest.raises(QueryError, match=r"knows nothing called 'Galaxi Semiconductor' \(did you mean Galaxy Semiconductor"):
        subgraph("Galaxi Semiconductor", settings=loaded)


def test_every_sentence_comes_with_its_document_and_its_place_in_the_text(loaded: Settings) -> None:
    found = subgraph("星河半导体", hops=1, settings=loaded)
    sentence, weaker = found.edges[0].sentences
    assert (weaker.text, weaker.before) == (SENTENCE.removeprefix("据悉，"), "据悉，")
    assert (sentence.text, sentence.before, sentence.after, sentence.document) == (SENTENCE, "", "", DOCUMENT.id)
    assert TEXT[sentence.start : sentence.end] == SENTENCE
    assert [(source.title, source.published) for source in found.documents] == [(DOCUMENT.title, DOCUMENT.published)]


def test_a_long_paragraph_is_cut_between_words_on_either_side_of_the_sentence() -> None:
    text = "first line\n" + "word " * 200 + "HERE." + " more" * 200 + "\nlast line"
    start = text.index("HERE.")
    cut = paragraph(text, start, start + 5)
    assert cut["before"].startswith("…word ") and cut["after"].endswith(" more…")
    assert (len(cut["before"]), len(cut["after"])) == (396, 396)
    assert paragraph("a\nb HERE. c\nd", 4, 9) == {"before": "b ", "after": " c"}


def test_an_answer_is_drawn_by_the_facts_behind_its_rows(loaded: Settings) -> None:
    found = subgraph(query="exposure/suppliers", parameters={"company": "蓝海云"}, settings=loaded)
    assert [(edge.type, edge.subject, edge.object) for edge in found.edges] == [("SUPPLIES", SUPPLIER.id, CUSTOMER.id)]
    assert (found.centres, found.module) == ((CUSTOMER.id,), "exposure/suppliers")
    assert found.question


def test_an_answer_that_tells_paths_is_drawn_with_every_link_of_them(client: Client, neo4j_server: Settings) -> None:
    third = Entity(id="company:lens", labels=("Company",), name="Lens Works")
    link = fact("SUPPLIES", third.id, SUPPLIER.id, SUPPLIES).model_copy(update={"id": "fact:lens"})
    load_graph(GRAPH.model_copy(update={"entities": (*GRAPH.entities, third), "facts": (*GRAPH.facts, link)}), client)
    found = subgraph(query="exposure/tiers", parameters={"company": "蓝海云"}, settings=neo4j_server)
    assert [(node.id, node.distance) for node in found.nodes] == [(CUSTOMER.id, 0), (SUPPLIER.id, 1), (third.id, 2)]
    assert {edge.id for edge in found.edges} == {"fact:SUPPLIES", "fact:lens"}


def test_a_path_runs_along_facts_and_against_them(loaded: Settings) -> None:
    found = subgraph(path=("星河半导体", "Nova N7"), settings=loaded)
    assert [(node.id, node.distance) for node in found.nodes] == [(SUPPLIER.id, 0), (CUSTOMER.id, 1), ("product:n7", 2)]
    assert {edge.type for edge in found.edges} == {"SUPPLIES", "USES"}


def test_names_that_nothing_links_are_said(loaded: Settings) -> None:
    with pytest.raises(QueryError, match="nothing links '星河半导体' and 'Harbour Daily' within 6 steps"):
        subgraph(path=("星河半导体", "Harbour Daily"), settings=loaded)


@pytest.mark.parametrize("told", [DOCUMENT.id, DOCUMENT.title, DOCUMENT.path])
def test_a_document_brings_what_it_states_and_its_figures(loaded: Settings, told: str) -> None:
    found = subgraph(document=told, settings=loaded)
    assert {edge.type for edge in found.edges} == {"SUPPLIES", "USES", "PARTICIPATES_IN"}
    assert [figure.display for node in found.nodes for figure in node.figures] == ["300 MW"]


def test_an_unknown_document_brings_the_nearest_title(loaded: Settings) -> None:
    with pytest.raises(QueryError, match="did you mean '星河与蓝海'"):
        subgraph(document="星河", settings=loaded)


@pytest.mark.parametrize(("day", "edges"), [("2026-03-02", 3), ("2026-03-03", None)])
def test_what_is_new_since_a_day(loaded: Settings, day: str, edges: int | None) -> None:
    if edges is None:
        with pytest.raises(QueryError, match=f"on or after {day}"):
            subgraph(since=day, settings=loaded)
    else:
        assert len(subgraph(since=day, settings=loaded).edges) == edges


@pytest.mark.parametrize(
    ("cypher", "edges", "nodes"),
    [
        ("MATCH (a)-[f:SUPPLIES]->(b) RETURN f", 1, 2),
        ("MATCH way = (:Company)-[:SUPPLIES]->()-[:USES]->() RETURN way", 2, 3),
        ("MATCH (n:Company) RETURN collect(n) AS them", 1, 3),
        ("MATCH (m:Metric) RETURN {figure: m}", 0, 1),
    ],
)
def test_cypher_brings_what_it_returns_and_facts_between_nodes_that_come_alone(loaded: Settings, cypher: str, edges: int, nodes: int) -> None:
    found = subgraph(cypher=cypher, settings=loaded)
    assert (len(found.edges), len(found.nodes)) == (edges, nodes)


@pytest.mark.parametrize(
    ("cypher", "words"),
    [("MATCH (n) DETACH DELETE n", "may not write"), ("MATCH (n) RETURN n.name", "nothing that can be drawn"), ("MATCH (n", "nvalid input")],
)
def test_cypher_that_cannot_be_drawn_is_refused_in_one_line(loaded: Settings, client: Client, cypher: str, words: str) -> None:
    with pytest.raises(QueryError, match=words) as refused:
        subgraph(cypher=cypher, settings=loaded)
    assert "\n" not in str(refused.value)
    assert client.read("MATCH (n:Company) RETURN count(n)").rows == [(3,)]


@pytest.mark.parametrize(
    ("limits", "types"),
    [
        ({"relations": ["SUPPLIES"]}, {"SUPPLIES"}), ({"labels": ["Company", "Product"]}, {"SUPPLIES", "USES"}),
        ({"origins": ["derived"]}, set()), ({"min_belief": 0.9}, set()), ({"since": "2026-03-03"}, set()),
    ],
)
def test_limits_hold_what_is_taken(loaded: Settings, limits: dict[str, object], types: set[str]) -> None:
    assert {edge.type for edge in subgraph("蓝海云", settings=loaded, **limits).edges} == types  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("selection", "words"),
    [
        ({}, "nothing is selected"), ({"around": "a", "document": "b"}, "two selections"), ({"query": "a", "cypher": "b"}, "two selections"),
        ({"cypher": "RETURN 1", "hops": 2}, "hops go with"), ({"around": "a", "parameters": {"company": "b"}}, "parameters go with a query"),
        ({"around": "a", "relations": ["BUYS"]}, "there is no relation 'BUYS'"), ({"around": "a", "labels": ["Firm"]}, "there is no label 'Firm'"),
        ({"since": "yesterday"}, "since must be a date"), ({"around": "a", "origins": ["hearsay"]}, "origins must be some of"),
        ({"path": ("a", "b"), "hops": 7}, "hops must be"),
    ],
)
def test_a_selection_that_cannot_be_is_said_before_anything_is_asked(selection: dict[str, object], words: str) -> None:
    with pytest.raises(QueryError, match=words):
        subgraph(settings=Settings(NEO4J_URI="bolt://127.0.0.1:1"), **selection)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("limits", "word"), [({"hops": 5}, "hops"), ({"min_belief": 2}, "min_belief"), ({"modalities": ("wish",)}, "modalities")]
)
def test_a_limit_out_of_its_domain_is_said_before_anything_is_asked(tmp_path: Path, limits: dict[str, object], word: str) -> None:
    with pytest.raises(QueryError, match=f"{word} must be"):
        export("TSMC", tmp_path / "graph.json", settings=Settings(NEO4J_URI="bolt://127.0.0.1:1"), **limits)  # type: ignore[arg-type]


def test_an_unknown_ending_is_said_before_anything_is_asked(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="end it in"):
        export("TSMC", tmp_path / "graph.doc", settings=Settings(NEO4J_URI="bolt://127.0.0.1:1"))


def test_a_file_is_written_and_told_of(loaded: Settings, tmp_path: Path) -> None:
    written = export("蓝海云", tmp_path / "graph.json", settings=loaded)
    content = json.loads(written.paths[0].read_text(encoding="utf-8"))
    assert (written.nodes, written.edges, written.more) == (len(content["nodes"]), len(content["edges"]), 0)
