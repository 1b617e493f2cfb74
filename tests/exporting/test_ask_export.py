"""A part of the graph, asked of a real Neo4j and written to a file."""

from __future__ import annotations

import json
import sys
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parent.parent / "store"))
from graphs import CUSTOMER, GRAPH, PAPER, SENTENCE, SUPPLIER

from kg.ask import export, subgraph
from kg.errors import InputError, QueryError
from kg.settings import Settings
from kg.store.client import Client
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
    assert found.nodes[0].hidden == 2


def test_a_node_without_neighbours_stands_alone(loaded: Settings) -> None:
    assert [node.id for node in subgraph("Harbour Daily", settings=loaded).nodes] == [PAPER.id]


def test_a_near_miss_suggests(loaded: Settings) -> None:
    with pytest.raises(QueryError, match=r"knows nothing called 'Galaxi Semiconductor' \(did you mean Galaxy Semiconductor"):
        subgraph("Galaxi Semiconductor", settings=loaded)


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
    content = json.loads(written.path.read_text(encoding="utf-8"))
    assert (written.nodes, written.edges, written.more) == (len(content["nodes"]), len(content["edges"]), 0)
