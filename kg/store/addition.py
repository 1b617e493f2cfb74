"""Adds a part of a graph to what the database holds: what it lacks is written, what it holds stays as it is, nothing is removed."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from kg.knowledge.ontology import load_ontology
from kg.store.client import BATCH, Client
from kg.store.load import make_schema
from kg.store.progress import Progress, silent
from kg.store.rows import Row, Rows
from kg.store.statements import merge_nodes, merge_relationships


class Added(NamedTuple):
    """How many nodes and relationships were added, and how many the database held already."""

    nodes: int
    relationships: int
    nodes_known: int
    relationships_known: int


def add_rows(rows: Rows, client: Client, progress: Progress = silent) -> Added:
    """Write the rows that the database lacks: a node is told by its label and id, a fact by its id. Done again, it adds nothing."""
    ontology = load_ontology()
    make_schema(ontology, client, progress)
    nodes = edges = 0
    for label, each in rows.nodes.items():
        nodes += _write(client, _once(merge_nodes(ontology, label)), each, "nodes_created")
        progress("add nodes", nodes, None)
    for ends, each in rows.relationships.items():
        edges += _write(client, _once(merge_relationships(ontology.relations[ends.relation], *ends[1:])), each, "relationships_created")
        progress("add relationships", edges, None)
    return Added(nodes, edges, _count(rows.nodes.values()) - nodes, _count(rows.relationships.values()) - edges)


def _once(merge: str) -> str:
    """Turn a statement that merges into one that leaves what is there as it is."""
    return merge.replace(" SET ", " ON CREATE SET ", 1).replace(" SET n:", ", n:")


def _write(client: Client, statement: str, rows: list[Row], created: str) -> int:
    return sum(client.write(statement, {"rows": rows[at : at + BATCH]}).changes.get(created, 0) for at in range(0, len(rows), BATCH))


def _count(groups: Iterable[list[Row]]) -> int:
    return sum(map(len, groups))
