"""Asking: a question by the name of its module, answered from Neo4j; and a part of the graph, to look at or to hand on."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from pathlib import Path
from typing import Any

from pydantic import BaseModel, ConfigDict

from kg.errors import QueryError
from kg.exporting.subgraph import Edge, Evidence, Figure, Node, Subgraph
from kg.knowledge.ontology import load_ontology
from kg.settings import Settings
from kg.store.client import Client, connect
from kg.store.neighbourhood import Neighbourhood, walk
from kg.store.queries import Module, Parameter, find_module
from kg.store.statements import NAME_INDEX

SUGGESTIONS = 5
HOPS = 4
SHOWN = 60
DRAWN = ("fact", "plan", "forecast", "opinion")


class Answer(BaseModel):
    """The answer to a question: its module, the parameters it was asked with, column names, and rows as mappings from column to value."""

    model_config = ConfigDict(frozen=True, arbitrary_types_allowed=True)

    module: Module
    parameters: Mapping[str, Any]
    columns: tuple[str, ...]
    rows: tuple[Mapping[str, Any], ...]


def query(name: str, *, settings: Settings | None = None, **parameters: Any) -> Answer:
    """Ask a question by its module's name, such as `query("exposure/suppliers", company="台积电")`.

    Names of entities may be in any language, or tickers. The question is run read-only. Raises QueryError for an unknown module,
    a parameter that is unknown, missing or out of its domain, or a name that the graph does not know (with the nearest it knows).
    """
    module = find_module(name)
    bound = module.bind(parameters)
    with connect(settings or Settings()) as client:
        for parameter in module.parameters:
            if parameter.type == "entity":
                _require(client, parameter, bound[parameter.name])
        answer = client.read(module.cypher, bound)
    return Answer(module=module, parameters=bound, columns=answer.columns, rows=tuple(answer.records()))


class Exported(BaseModel):
    """What an export wrote: the file, how many nodes and edges it shows, and how many nodes within reach it leaves out."""

    model_config = ConfigDict(frozen=True)

    path: Path
    nodes: int
    edges: int
    more: int


def export(
    around: str, path: str | Path, *, hops: int = 2, settings: Settings | None = None, modalities: Collection[str] = DRAWN,
    min_belief: float = 0.0, max_nodes: int = SHOWN,
) -> Exported:
    """Write what lies around a name to a file whose ending tells the form: `.html`, `.graphml` or `.json`; see `subgraph`.

    Raises InputError for an ending that is none of these and a place that cannot be written, and what `subgraph` raises.
    """
    from kg.exporting.writers import write, writer_for  # networkx takes its time, and a question does without it

    path = Path(path)
    writer_for(path)  # an ending that says nothing is known before anything is asked
    part = subgraph(around, hops=hops, settings=settings, modalities=modalities, min_belief=min_belief, max_nodes=max_nodes)
    write(part, path)
    return Exported(path=path, nodes=len(part.nodes), edges=len(part.edges), more=part.more)


def subgraph(
    around: str, *, hops: int = 2, settings: Settings | None = None, modalities: Collection[str] = DRAWN, min_belief: float = 0.0,
    max_nodes: int = SHOWN,
) -> Subgraph:
    """Return the entities and events at most `hops` (1 to 4) facts from a name in any language, a ticker or an id, with their figures.

    Only facts of these modalities and at least this belief (0..1) are followed. Of more than `max_nodes` nodes the nearest and most
    surely linked are kept; `more` tells how many are not. A name that several nodes bear stands for all of them.
    Raises QueryError: a value out of its domain, or a name that the graph does not know (with the nearest it knows).
    """
    hops = _HOPS.value(hops)
    max_nodes = _MAX_NODES.value(max_nodes)
    followed = {"modalities": _MODALITIES.value(list(modalities)), "min_belief": _MIN_BELIEF.value(min_belief)}
    with connect(settings or Settings()) as client:
        centres = _bearers(client, around, load_ontology().entity_labels)
        return _subgraph(around, hops, centres, walk(client, centres, hops=hops, max_nodes=max_nodes, **followed))


def _subgraph(around: str, hops: int, centres: list[str], found: Neighbourhood) -> Subgraph:
    """Put rows into the types of `kg.exporting`: figures to their bearers, the relation's own properties apart from the proof."""
    figures: dict[str, list[Figure]] = {}
    for row in found.figures:
        metric = row["metric"]
        evidence = {**_evidence(row["properties"]), **{name: metric[name] for name in ("modality", "negated", "holder") if name in metric}}
        own = {name: value for name, value in sorted(metric.items()) if name not in _FIGURE and name not in evidence}
        figures.setdefault(row["bearer"], []).append(
            Figure(id=metric["id"], name=metric["name"], display=metric.get("display"), properties=own, **evidence)
        )
    nodes = {}
    for row in found.nodes:
        fields = {name: row["properties"].get(name) for name in ("name", "name_en", "name_zh")}
        own = {name: value for name, value in sorted(row["properties"].items()) if name not in _NODE}
        nodes[row["id"]] = Node(
            id=row["id"], label=row["label"], **fields, aliases=tuple(row["properties"].get("aliases", ())), properties=own,
            figures=tuple(figures.get(row["id"], ())), distance=found.distance[row["id"]], hidden=found.hidden.get(row["id"], 0),
        )
    relations = load_ontology().relations
    edges = [
        Edge(**{name: row[name] for name in ("id", "type", "subject", "object")}, **_evidence(row["properties"]),
             properties={name: row["properties"][name] for name in relations[row["type"]].own if name in row["properties"]})
        for row in found.facts
    ]
    names = {id: name for id, name in found.names.items() if id not in nodes}
    return Subgraph(
        around=around, hops=hops, centres=tuple(id for id in centres if id in nodes), nodes=tuple(nodes[id] for id in found.distance),
        edges=tuple(edges), more=found.more, names=names,
    )


def _evidence(properties: Mapping[str, Any]) -> dict[str, Any]:
    return {name: properties[name] for name in Evidence.model_fields if name in properties}


_NODE = frozenset({"id", "name", "name_en", "name_zh", "aliases"})
_FIGURE = frozenset({"id", "name", "display", "subject"})
_HOPS = Parameter(name="hops", type="integer", domain=("1", str(HOPS)), about="steps at most")
_MODALITIES = Parameter(name="modalities", type="modalities", about="how it is said")
_MIN_BELIEF = Parameter(name="min_belief", type="number", domain=("0", "1"), about="belief at least")
_MAX_NODES = Parameter(name="max_nodes", type="integer", domain=("1", "5000"), about="nodes at most")


def _require(client: Client, parameter: Parameter, name: str) -> None:
    """Raise QueryError when no entity of the parameter's labels bears the name; suggest the nearest that do."""
    _bearers(client, name, parameter.domain)


def _bearers(client: Client, name: str, labels: tuple[str, ...]) -> list[str]:
    """Return the ids of the entities of these labels that bear the name, in any language, as a ticker or as their id.

    Raises QueryError when there are none, with the nearest names that there are.
    """
    found = client.read(
        f"CALL db.index.fulltext.queryNodes('{NAME_INDEX}', $phrase) YIELD node "
        "WHERE any(label IN labels(node) WHERE label IN $labels) AND any(name IN [node.name, node.name_en, node.name_zh, node.ticker] "
        "+ coalesce(node.aliases, []) + coalesce(node.tickers, []) WHERE toLower(name) = toLower($name)) RETURN node.id AS id "
        "UNION MATCH (node:Entity {id: $name}) WHERE any(label IN labels(node) WHERE label IN $labels) RETURN node.id AS id",
        {"phrase": '"' + name.replace("\\", " ").replace('"', " ") + '"', "labels": list(labels), "name": name.strip()},
    )
    if found.rows:
        return sorted(row[0] for row in found.rows)
    near = nearest(client, name, labels)
    hint = f"did you mean {', '.join(near)}?" if near else "`kg query run overview/graph` shows what is there"
    kind = f"no {' or '.join(labels).lower()}" if len(labels) < len(load_ontology().entity_labels) else "nothing"
    raise QueryError(f"the graph knows {kind} called {name!r}", hint=hint)


def nearest(client: Client, name: str, labels: tuple[str, ...], count: int = SUGGESTIONS) -> list[str]:
    """Return the names of entities of these labels that come nearest to `name`, the nearest first."""
    words = "".join(char if char.isalnum() else " " for char in name).split()
    if not words:
        return []
    fuzzy = " ".join(f"{word}~ {word}*" if word.isascii() else word for word in words)
    found = client.read(
        f"CALL db.index.fulltext.queryNodes('{NAME_INDEX}', $fuzzy) YIELD node, score "
        "WHERE any(label IN labels(node) WHERE label IN $labels) RETURN DISTINCT node.name, score ORDER BY score DESC LIMIT $count",
        {"fuzzy": fuzzy, "labels": list(labels), "count": count},
    )
    return [row[0] for row in found.rows]
