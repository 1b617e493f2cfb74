"""What an export wrote goes back into a real Neo4j: beside what is there, and in place of nothing."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parent / "store"))
from graphs import CUSTOMER, GRAPH, SUPPLIER

from kg.adding import add, as_rows
from kg.errors import InputError
from kg.exporting.subgraph import Edge, Node, Subgraph
from kg.selection import export, subgraph
from kg.settings import Settings
from kg.store.client import Client
from kg.store.load import load_graph

WIPE = "MATCH (n) DETACH DELETE n"


@pytest.mark.parametrize("ending", [".json", ".graphml"])
def test_a_part_taken_out_goes_into_an_empty_graph_with_its_sentences(client: Client, neo4j_server: Settings, tmp_path: Path, ending: str) -> None:
    load_graph(GRAPH, client)
    export("蓝海云", tmp_path / f"part{ending}", settings=neo4j_server)
    before = subgraph("蓝海云", settings=neo4j_server)
    client.write(WIPE)
    added = add(tmp_path / f"part{ending}", settings=neo4j_server)
    after = subgraph("蓝海云", settings=neo4j_server)
    assert after.model_dump(exclude={"nodes", "edges"}) == before.model_dump(exclude={"nodes", "edges"})
    assert {node.id: node for node in after.nodes} == {node.id: node for node in before.nodes}
    blank = {"sentences": {"__all__": {"before", "after"}}}  # a document comes without its text
    assert [edge.model_dump(exclude=blank) for edge in after.edges] == [edge.model_dump(exclude=blank) for edge in before.edges]
    assert (added.nodes_known, added.relationships_known) == (0, 0)


def test_a_part_takes_nothing_from_the_whole_and_changes_nothing_in_it(client: Client, neo4j_server: Settings, tmp_path: Path) -> None:
    load_graph(GRAPH, client)
    export("星河半导体", tmp_path / "part.json", hops=1, settings=neo4j_server)
    whole = client.read("MATCH (n) RETURN n.id, properties(n) ORDER BY n.id").rows
    client.write("MATCH (n:Company {id: $id}) SET n.name_en = 'Renamed since'", {"id": CUSTOMER.id})
    added = add(tmp_path / "part.json", settings=neo4j_server)
    assert (added.nodes, added.relationships) == (0, 0)
    assert client.read("MATCH (n:Company {id: $id}) RETURN n.name_en", {"id": CUSTOMER.id}).rows == [("Renamed since",)]
    assert len(client.read("MATCH (n) RETURN n.id").rows) == len(whole)


def test_what_the_graph_lacks_is_added_and_can_be_asked_for(client: Client, neo4j_server: Settings, tmp_path: Path) -> None:
    load_graph(GRAPH, client)
    new = Node(id="company:new", label="Company", name="New Fab", aliases=("新厂",))
    known = Node(id=SUPPLIER.id, label="Company", name=SUPPLIER.name)
    edge = Edge(id="fact:new", type="SUPPLIES", subject=new.id, object=known.id, belief=0.7, origin="reference")
    part = Subgraph(around="New Fab", hops=1, centres=(new.id,), nodes=(new, known), edges=(edge,))
    (tmp_path / "part.json").write_text(part.model_dump_json(), encoding="utf-8")
    added = add(tmp_path / "part.json", settings=neo4j_server)
    assert (added.nodes, added.nodes_known, added.relationships) == (1, 1, 1)
    assert {node.id for node in subgraph("新厂", hops=1, settings=neo4j_server).nodes} == {new.id, known.id}


@pytest.mark.parametrize(("label", "type", "words"), [("Firm", "SUPPLIES", "no entities called Firm"), ("Company", "BUYS", "no Company BUYS Company")])
def test_what_the_ontology_has_no_words_for_is_refused(label: str, type: str, words: str) -> None:
    ends = [Node(id=f"n{at}", label=label, name="N") for at in range(2)]
    part = Subgraph(around="N", hops=1, centres=(), nodes=tuple(ends), edges=(Edge(id="f", type=type, subject="n0", object="n1"),))
    with pytest.raises(InputError, match=words):
        as_rows(part, Path("part.json"))
