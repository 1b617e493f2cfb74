"""Puts an extracted graph into Neo4j: afterwards the database holds that graph, whatever it held before."""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, NamedTuple

from kg.ids import make_id
from kg.knowledge.ontology import Ontology, load_ontology
from kg.model.files import read_graph, read_manifest
from kg.model.graph import Graph
from kg.store import statements
from kg.store.client import Client
from kg.store.derive import derive
from kg.store.progress import Progress, silent
from kg.store.rows import Rows, graph_rows


class LoadReport(NamedTuple):
    """What a load wrote: nodes by label, relationships by type, facts derived by rule, how many stale ones it removed, and the seconds it took."""

    nodes: Mapping[str, int]
    relationships: Mapping[str, int]
    derived: Mapping[str, int]
    removed: int
    seconds: float


def load(folder: Path, client: Client, progress: Progress = silent) -> LoadReport:
    """Load the folder that `kg extract` wrote, see `load_graph`. Raises InputError with file and line."""
    return load_graph(read_graph(folder), client, progress, version=read_manifest(folder).tool)


def load_graph(graph: Graph, client: Client, progress: Progress = silent, *, version: str = "") -> LoadReport:
    """Make the database hold `graph`: schema first; what an earlier build left and this one lacks is removed; all is merged;
    then the rules of `cypher/derive` add what follows from it (see `kg.store.derive`).

    Labels and relationship types of the ontology are kg's own; others in the same database are left alone, and so are Build nodes,
    of which each load adds one. Loading again changes nothing else, and a load that was cut off is mended by the next.
    """
    begun, started = time.monotonic(), _now()
    ontology = load_ontology()
    rows = graph_rows(graph, ontology)
    make_schema(ontology, client, progress)
    build = {"id": make_id("build", started), "started": started, "version": version}
    client.write(statements.merge_nodes(ontology, statements.BUILD), {"rows": [{"id": build["id"], "properties": build}]})
    removed = _remove_stale(rows, ontology, client, progress)
    for label, nodes in rows.nodes.items():
        _write(client, statements.merge_nodes(ontology, label), nodes, label, progress)
    for ends, edges in rows.relationships.items():
        _write(client, statements.merge_relationships(ontology.relations[ends.relation], *ends[1:]), edges, ends.relation, progress)
    derived = derive(client, ontology, progress)
    build["finished"] = _now()
    client.write(statements.merge_nodes(ontology, statements.BUILD), {"rows": [{"id": build["id"], "properties": build}]})
    counts: Counter[str] = Counter()
    for ends, edges in rows.relationships.items():
        counts[ends.relation] += len(edges)
    return LoadReport(
        {label: len(nodes) for label, nodes in rows.nodes.items()}, dict(counts), derived.facts, removed + derived.retracted, time.monotonic() - begun
    )


def make_schema(ontology: Ontology, client: Client, progress: Progress) -> None:
    """Make the constraints and indexes that are not there yet, and wait until they can be used."""
    made = {name for (name,) in client.read(statements.SCHEMA_NAMES).rows}
    missing = [statement for name, statement in statements.schema(ontology).items() if name not in made]
    for number, statement in enumerate(missing, 1):
        client.write(statement)
        progress("schema", number, len(missing))
    client.read("CALL db.awaitIndexes(300)")


def _remove_stale(rows: Rows, ontology: Ontology, client: Client, progress: Progress) -> int:
    """Remove what the database holds of the ontology's and `rows` lack; return how many nodes and relationships that were.

    A node is told by its label and id, a fact by its id and ends, an edge of proof by its ends.
    """
    wanted_nodes = {(label, row["id"]) for label, nodes in rows.nodes.items() for row in nodes}
    wanted_edges = {
        (ends.relation, row["id"], row["subject"], row["object"]) for ends, edges in rows.relationships.items() for row in edges
    }
    edges = [element for element, *edge in client.read(statements.list_relationships(ontology)).rows if tuple(edge) not in wanted_edges]
    _write(client, statements.DELETE_RELATIONSHIPS, edges, "removing relationships", progress)
    nodes = [element for element, *node in client.read(statements.list_nodes(ontology)).rows if tuple(node) not in wanted_nodes]
    _write(client, statements.DELETE_NODES, nodes, "removing nodes", progress)
    return len(edges) + len(nodes)


def _write(client: Client, statement: str, rows: Sequence[Any], step: str, progress: Progress) -> None:
    for done in client.write_batches(statement, rows):
        progress(step, done, len(rows))


def _now() -> str:
    return datetime.now(UTC).isoformat(timespec="milliseconds")
