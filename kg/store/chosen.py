"""Facts chosen by something else than nearness: by document, by day, by Cypher. Only reads."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from itertools import pairwise
from typing import Any, NamedTuple

from kg.errors import QueryError
from kg.knowledge.ontology import load_ontology
from kg.store.client import Client
from kg.store.limits import HELD, TOLD, Limits
from kg.store.picture import picture

SECONDS = 60.0  # how long a statement of the user's own may run


class Chosen(NamedTuple):
    """The ids of facts, the most telling first, and of nodes that are wanted besides their ends; `title` is what they are called."""

    facts: Sequence[str]
    nodes: Sequence[str] = ()
    title: str = ""


def of_document(client: Client, given: str, limits: Limits) -> Chosen:
    """Return the facts that a document states; it is told by its id, title, path or address. Raises QueryError, with the nearest titles."""
    found = client.read(
        "MATCH (d:Document) WHERE $given IN [d.id, d.title, d.path, d.url] RETURN d.id, d.title ORDER BY d.published DESC, d.id",
        {"given": given.strip()},
    ).rows
    if not found:
        near = client.read(
            "MATCH (d:Document) WHERE toLower(d.title) CONTAINS toLower($given) RETURN d.title, d.id ORDER BY d.published DESC, d.id LIMIT 3",
            {"given": given.strip()},
        ).rows
        hint = "did you mean " + " or ".join(f"{title!r} ({id})" for title, id in near) + "?" if near else "give its id, title, path or address"
        raise QueryError(f"the graph knows no document {given!r}", hint=hint)
    facts = client.read(
        "MATCH (c:Claim)-[:STATED_IN]->(d:Document) WHERE d.id IN $documents WITH collect(c.id) AS claims MATCH (s:Entity)-[f]->(o) "
        f"WHERE any(claim IN f.claim_ids WHERE claim IN claims) AND {_WITH_FIGURES} RETURN f.id ORDER BY f.belief DESC, f.id",
        limits.parameters(documents=[id for id, _ in found], reported=limits.figures),
    ).rows
    return Chosen([id for (id,) in facts], title=found[0][1])


def since(client: Client, limits: Limits) -> Chosen:
    """Return the facts that were first seen on or after the day of the limits, the newest first."""
    facts = client.read(
        f"MATCH (s:Entity)-[f]->(o) WHERE {_WITH_FIGURES} RETURN f.id ORDER BY f.first_seen DESC, f.belief DESC, f.id",
        limits.parameters(reported=limits.figures),
    ).rows
    return Chosen([id for (id,) in facts])


def of_cypher(client: Client, cypher: str, parameters: Mapping[str, Any], limits: Limits) -> Chosen:
    """Return the facts and nodes of a statement's answer, on their own, in lists, in maps or in paths; it may not write.

    An answer of nodes alone brings the facts between them. A Metric brings the fact that reports it. Raises QueryError: the statement
    is wrong, writes, takes more than a minute, or answers nothing that can be drawn.
    """
    seen = picture(client, client.read(cypher, parameters, timeout=SECONDS).rows)
    entities, known = load_ontology().entity_labels, load_ontology().facts
    nodes = [node["id"] for node in seen.nodes if node["label"] in entities]
    metrics = [node["id"] for node in seen.nodes if node["label"] == "Metric"]
    facts = [link["id"] for link in seen.links if link["type"] in known]
    if not (nodes or metrics or facts):
        raise QueryError("the statement answers nothing that can be drawn", hint="return nodes, relationships or paths, not their properties")
    held = {id for (id,) in client.read(
        f"MATCH (s:Entity)-[f]->(o) WHERE ((f.id IN $facts OR ($alone AND s.id IN $nodes AND o.id IN $nodes)) AND {HELD}) "
        f"OR (type(f) IN $reported AND (o.id IN $metrics OR f.id IN $facts) AND {TOLD}) RETURN f.id",
        limits.parameters(facts=facts, alone=not facts, nodes=nodes, metrics=metrics, reported=limits.figures),
    ).rows}
    return Chosen([*(id for id in facts if id in held), *sorted(held - {*facts})], nodes)


def of_paths(client: Client, rows: Iterable[Mapping[str, Any]], relations: Iterable[str], limits: Limits) -> list[str]:
    """Return the facts of these types that link names next to each other in the columns of an answer that tell paths (`path`, `path_to_one`)."""
    paths = [value for row in rows for name, value in row.items() if name.startswith("path") and isinstance(value, list)]
    steps = sorted({(one, other) for path in paths for one, other in pairwise(path)})
    found = client.read(
        f"UNWIND $steps AS step MATCH (a:Entity {{name: step[0]}})-[f]-(b:Entity {{name: step[1]}}) WHERE type(f) IN $wanted AND {HELD} "
        "RETURN DISTINCT f.id AS id ORDER BY id", limits.parameters(steps=[list(step) for step in steps], wanted=sorted(relations)),
    ).rows if steps else []
    return [id for (id,) in found]


_WITH_FIGURES = (
    f"((type(f) IN $relations AND o:Entity AND any(label IN labels(o) WHERE label IN $labels)) OR type(f) IN $reported) AND {TOLD} "
    "AND any(label IN labels(s) WHERE label IN $labels)"
)
