"""Loading into a real Neo4j: the database holds the graph of the folder, whatever it held before."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from graphs import CUSTOMER, DOCUMENT, EXPANSION, GRAPH, PAPER, SENTENCE, SUPPLIER

from kg.errors import InputError, StoreError
from kg.model import Graph
from kg.model.files import SCHEMA, Manifest, write_graph
from kg.settings import Settings
from kg.store.client import Client, connect
from kg.store.load import load, load_graph
from kg.store.profile import Profile


def edges(client: Client) -> set[tuple[str, str, str]]:
    """Return (subject, type, object) of all relationships."""
    return set(client.read("MATCH (s)-[r]->(o) RETURN s.id, type(r), o.id").rows)  # type: ignore[arg-type]


def contents(client: Client) -> tuple[list[str], list[str]]:
    """Return every node and every relationship with all its properties, Build nodes apart."""
    nodes = client.read("MATCH (n) WHERE NOT n:Build RETURN labels(n), properties(n)").rows
    relationships = client.read("MATCH (s)-[r]->(o) RETURN s.id, type(r), properties(r), o.id").rows
    return tuple(sorted(json.dumps(row, sort_keys=True, ensure_ascii=False) for row in rows) for rows in (nodes, relationships))  # type: ignore[return-value]


def without_the_plan() -> Graph:
    """Return the graph that a second build of fewer texts would make: no chip, no plan, no event."""
    return GRAPH.model_copy(update={
        "entities": (SUPPLIER, CUSTOMER, PAPER), "events": (), "metrics": (), "claims": GRAPH.claims[:2],
        "facts": tuple(fact for fact in GRAPH.facts if fact.relation in ("SUPPLIES", "MENTIONED_IN", "PUBLISHED_BY")),
    })


def test_the_database_holds_the_graph(client: Client) -> None:
    load_graph(GRAPH, client)
    assert edges(client) == {
        ("company:galaxy", "SUPPLIES", "company:blue"), ("company:blue", "USES", "product:n7"),
        ("company:blue", "PARTICIPATES_IN", "event:1"), ("event:1", "REPORTED", "metric:1"),
        *((claim.id, "STATED_IN", DOCUMENT.id) for claim in GRAPH.claims),
        *((claim.id, "SUBJECT", claim.subject.id) for claim in GRAPH.claims),
        *((claim.id, "OBJECT", claim.object.id) for claim in GRAPH.claims),
        ("claim:3", "HELD_BY", "company:blue"), ("metric:1", "HELD_BY", "company:blue"),
        (DOCUMENT.id, "PUBLISHED_BY", PAPER.id), (CUSTOMER.id, "MENTIONED_IN", DOCUMENT.id),
    }


def test_a_fact_carries_the_sentence_of_its_strongest_claim(client: Client) -> None:
    load_graph(GRAPH, client)
    answer = client.read("MATCH ()-[r:SUPPLIES]->() RETURN r.proof, r.proof_source, r.proof_date, r.claim_count, r.first_seen")
    assert answer.rows == [(SENTENCE, DOCUMENT.source, DOCUMENT.published, 2, DOCUMENT.published)]


def test_every_edge_of_a_fact_carries_a_sentence(client: Client) -> None:
    load_graph(GRAPH, client)
    assert client.read("MATCH ()-[r]->() WHERE r.belief IS NOT NULL AND r.proof IS NULL RETURN count(r)").rows == [(0,)]


def test_an_edge_of_proof_carries_its_own_properties_only(client: Client) -> None:
    load_graph(GRAPH, client)
    assert client.read("MATCH ()-[r:MENTIONED_IN]->() RETURN properties(r)").rows == [({"count": 2},)]


def test_entities_bear_their_own_properties_and_both_names(client: Client) -> None:
    load_graph(GRAPH, client)
    answer = client.read("MATCH (n:Company {id: $id}) RETURN labels(n), n.name_en, n.name_zh, n.tickers, n.country", {"id": SUPPLIER.id})
    assert answer.rows == [(["Company", "Entity"], "Galaxy Semiconductor", "星河半导体", ["688999.SH"], "CN")]


@pytest.mark.parametrize("name", ["星河", "galaxy", "688999.SH"])
def test_names_are_found_in_any_script_and_by_ticker(client: Client, name: str) -> None:
    load_graph(GRAPH, client)
    client.read("CALL db.awaitIndexes(60)")
    search = "CALL db.index.fulltext.queryNodes('entity_names', $name) YIELD node RETURN node.id LIMIT 1"
    answer = client.read(search, {"name": f'"{name}"'})
    assert answer.rows == [(SUPPLIER.id,)]


def test_loading_again_changes_nothing(client: Client) -> None:
    load_graph(GRAPH, client)
    before = contents(client)
    load_graph(GRAPH, client)
    assert contents(client) == before


def test_what_a_later_build_lacks_is_removed(client: Client) -> None:
    load_graph(without_the_plan(), client)
    wanted = contents(client)
    load_graph(GRAPH, client)
    report = load_graph(without_the_plan(), client)
    assert (contents(client), report.removed > 0) == (wanted, True)


def test_an_entity_that_changes_its_label_is_one_node(client: Client) -> None:
    load_graph(GRAPH, client)
    paper = PAPER.model_copy(update={"labels": ("Organization",)})
    load_graph(GRAPH.model_copy(update={"entities": (*(entity for entity in GRAPH.entities if entity != PAPER), paper)}), client)
    assert client.read("MATCH (n {id: $id}) RETURN labels(n)", {"id": PAPER.id}).rows == [(["Organization", "Entity"],)]


def test_what_is_not_of_the_ontology_is_left_alone(client: Client) -> None:
    client.write("CREATE (:Note {text: 'mine'})-[:ABOUT]->(:Note {text: 'too'})")
    load_graph(GRAPH, client)
    assert client.read("MATCH (:Note)-[r:ABOUT]->(:Note) RETURN count(r)").rows == [(1,)]


def test_each_load_leaves_a_finished_build(client: Client) -> None:
    load_graph(GRAPH, client, version="1.2.3")
    assert client.read("MATCH (b:Build) WHERE b.finished >= b.started RETURN b.version").rows == [("1.2.3",)]


def test_batches_are_of_the_size_asked_for(client: Client) -> None:
    assert list(client.write_batches("UNWIND $rows AS row CREATE (:Note {n: row})", [1, 2, 3], size=2)) == [2, 3]


def test_a_folder_is_loaded(client: Client, tmp_path: Path) -> None:
    write_graph(GRAPH, tmp_path, Manifest(schema_version=SCHEMA, tool="0", readers={}, data={}, inputs={}))
    assert load(tmp_path, client).relationships["SUPPLIES"] == 1


def test_a_folder_of_an_unknown_schema_is_refused(client: Client, tmp_path: Path) -> None:
    write_graph(GRAPH, tmp_path, Manifest(schema_version=SCHEMA + 1, tool="0", readers={}, data={}, inputs={}))
    with pytest.raises(InputError, match="schema"):
        load(tmp_path, client)


def test_a_fact_about_a_node_that_is_not_there_is_refused(client: Client) -> None:
    with pytest.raises(InputError, match=EXPANSION.id):
        load_graph(GRAPH.model_copy(update={"events": ()}), client)


def test_a_server_killed_midway_ends_in_the_same_graph(neo4j_server: Settings, client: Client) -> None:
    load_graph(GRAPH, client)
    wanted = contents(client)
    client.write("MATCH (n) DETACH DELETE n")

    def kill(step: str, done: int, total: int | None) -> None:
        if step == "Claim" and (process := Profile(neo4j_server.home).process()):
            process.kill()
            process.wait()

    with pytest.raises(StoreError, match="does not answer"):
        load_graph(GRAPH, client, kill)
    with connect(neo4j_server) as again:
        load_graph(GRAPH, again)
        assert contents(again) == wanted
