"""What lies around a node: a walk along facts, a hop at a time, and what is found there. Only reads."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from typing import Any, NamedTuple

from kg.knowledge.ontology import load_ontology
from kg.store.client import Client

METRIC_OF = "REPORTED"  # its objects are figures of a node, no neighbours of it
_HELD = "type(f) IN $facts AND f.modality IN $modalities AND f.belief >= $min_belief"


class Neighbourhood(NamedTuple):
    """Rows as Neo4j holds them. Ids in `distance` are in order of nearness: hops, then belief and number of the links that led there.

    `nodes` are {id, label, properties}, `facts` {id, type, subject, object, properties}, `figures` {bearer, metric, properties}.
    `hidden` counts, for each node, its neighbours that are not here; `more` the nodes within reach that the limit left out.
    """

    distance: Mapping[str, int]
    nodes: list[dict[str, Any]]
    facts: list[dict[str, Any]]
    figures: list[dict[str, Any]]
    hidden: Mapping[str, int]
    more: int
    names: Mapping[str, str]


def walk(
    client: Client, centres: Sequence[str], *, hops: int, modalities: Collection[str], min_belief: float, max_nodes: int
) -> Neighbourhood:
    """Return what lies at most `hops` facts from the nodes `centres`, along facts of these modalities that are believed enough.

    Of more than `max_nodes` the nearest are kept. The same database gives the same answer, in the same order.
    """
    ontology = load_ontology()
    facts = [name for name in ontology.facts if name != METRIC_OF]
    held = {"facts": facts, "modalities": sorted(modalities), "min_belief": min_belief}
    reached = _reach(client, centres, hops, held)
    kept = list(reached)[:max_nodes]
    here = {**held, "ids": kept}
    nodes = client.read(
        "MATCH (n:Entity) WHERE n.id IN $ids RETURN n.id AS id, head([l IN labels(n) WHERE l <> 'Entity']) AS label, "
        "properties(n) AS properties ORDER BY id", here,
    ).records()
    links = client.read(
        f"MATCH (s:Entity)-[f]->(o:Entity) WHERE s.id IN $ids AND o.id IN $ids AND {_HELD} "
        "RETURN f.id AS id, type(f) AS type, s.id AS subject, o.id AS object, properties(f) AS properties ORDER BY id", here,
    ).records()
    figures = client.read(
        f"MATCH (n:Entity)-[f:{METRIC_OF}]->(m:Metric) WHERE n.id IN $ids AND f.modality IN $modalities AND f.belief >= $min_belief "
        "RETURN n.id AS bearer, properties(m) AS metric, properties(f) AS properties ORDER BY m.name, m.period, m.id", here,
    ).records()
    hidden = client.read(
        f"MATCH (n:Entity)-[f]-(m:Entity) WHERE n.id IN $ids AND NOT m.id IN $ids AND {_HELD} RETURN n.id, count(DISTINCT m)", here,
    ).rows
    names = client.read("MATCH (n:Entity) WHERE n.id IN $ids RETURN n.id, n.name ORDER BY n.id", {"ids": _mentioned(links, figures)}).rows
    return Neighbourhood({id: reached[id] for id in kept}, nodes, links, figures, dict(hidden), len(reached) - len(kept), dict(names))


def _reach(client: Client, centres: Sequence[str], hops: int, held: Mapping[str, Any]) -> dict[str, int]:
    """Return the distance of each node within reach, the nearest first and, among equals, those most surely linked."""
    reached = dict.fromkeys(centres, 0)
    frontier = list(reached)
    for hop in range(1, hops + 1):
        steps = client.read(
            f"MATCH (n:Entity)-[f]-(m:Entity) WHERE n.id IN $ids AND {_HELD} RETURN m.id, max(f.belief), count(f)",
            {**held, "ids": frontier},
        ).rows
        new = [(-belief, -count, id) for id, belief, count in steps if id not in reached]
        frontier = [id for _, _, id in sorted(new)]
        reached.update(dict.fromkeys(frontier, hop))
    return reached


def _mentioned(facts: Sequence[Mapping[str, Any]], figures: Sequence[Mapping[str, Any]]) -> list[str]:
    """Return the ids of entities that facts and figures mention in their properties."""
    relations = load_ontology().relations
    mentioned: Counter[str] = Counter()
    for fact in facts:
        for name, kind in {**relations[fact["type"]].own, "holder": "entity"}.items():
            if kind in ("entity", "entities") and (value := fact["properties"].get(name)):
                mentioned.update(value if isinstance(value, list) else [value])
    mentioned.update(holder for figure in figures if (holder := figure["metric"].get("holder")))
    mentioned.update(basis for figure in figures if (basis := figure["metric"].get("basis")))
    return sorted(mentioned)
