"""The ontology compiled to Cypher, as text and as the server parses it."""

from __future__ import annotations

import pytest

from kg.errors import KgError
from kg.knowledge.ontology import Ontology, load_ontology
from kg.store import statements
from kg.store.client import Client

ONTOLOGY = load_ontology()


def _every_statement(ontology: Ontology) -> list[str]:
    return [
        *(statements.merge_nodes(ontology, label) for label in ontology.labels),
        *(statements.merge_relationships(relation, "Entity", "Metric") for relation in ontology.relations.values()),
        statements.list_nodes(ontology), statements.list_relationships(ontology),
        statements.DELETE_NODES, statements.DELETE_RELATIONSHIPS,
    ]


def test_entities_bear_the_common_label_beside_their_own() -> None:
    assert statements.merge_nodes(ONTOLOGY, "Company") == (
        "UNWIND $rows AS row MERGE (n:Company {id: row.id}) SET n = row.properties SET n:Entity"
    )


def test_claims_are_no_entities() -> None:
    assert "Entity" not in statements.merge_nodes(ONTOLOGY, "Claim")


def test_a_fact_is_merged_by_its_id() -> None:
    assert statements.merge_relationships(ONTOLOGY.relations["SUPPLIES"], "Entity", "Entity").endswith(
        "MERGE (s)-[r:SUPPLIES {id: row.id}]->(o) SET r = row.properties"
    )


def test_an_edge_of_proof_is_merged_by_its_ends() -> None:
    assert "MERGE (s)-[r:STATED_IN]->(o)" in statements.merge_relationships(ONTOLOGY.relations["STATED_IN"], "Claim", "Document")


@pytest.mark.parametrize("label", [*ONTOLOGY.labels, "Entity"])
def test_ids_are_unique_for_every_label(label: str) -> None:
    assert any(f"FOR (n:{label}) REQUIRE n.id IS UNIQUE" in statement for statement in statements.schema(ONTOLOGY).values())


@pytest.mark.parametrize("relation", ONTOLOGY.facts)
def test_ids_are_unique_for_every_type_of_fact(relation: str) -> None:
    assert any(f"FOR ()-[r:{relation}]-() REQUIRE r.id IS UNIQUE" in statement for statement in statements.schema(ONTOLOGY).values())


def test_the_server_understands_every_statement(client: Client) -> None:
    refused = []
    for statement in _every_statement(ONTOLOGY):
        try:
            client.write(f"EXPLAIN {statement}", {"rows": []})
        except KgError as error:
            refused.append((statement, str(error)))
    assert not refused
