"""A part of the graph, to look at or to hand on: around a name, behind an answer, between two names, in a document, new since a day."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from pydantic import BaseModel, ConfigDict

from kg.errors import QueryError
from kg.exporting.subgraph import Edge, Evidence, Figure, Node, Sentence, Source, Subgraph
from kg.knowledge.ontology import load_ontology
from kg.settings import Settings
from kg.store import chosen
from kg.store.client import Client, connect
from kg.store.gathering import Gathered, gather
from kg.store.guard import guard, plan
from kg.store.limits import Limits
from kg.store.names import bearers
from kg.store.neighbourhood import Reached, between, reached_by, walk
from kg.store.picture import drawn
from kg.store.queries import ORIGINS, Parameter, find_module

if TYPE_CHECKING:
    from kg.store.queries import Module

HOPS = 4
STEPS = 6  # of a path, at most
SHOWN = 60
SAID = ("fact", "plan", "forecast", "opinion")


class Exported(BaseModel):
    """What an export wrote: the files, how many nodes and edges it shows, and how many nodes within reach it leaves out."""

    model_config = ConfigDict(frozen=True)

    paths: tuple[Path, ...]
    nodes: int
    edges: int
    more: int


def export(around: str | None, path: str | Path, *, settings: Settings | None = None, **selection: Any) -> Exported:
    """Write a part of the graph to a file whose ending tells the form (`.html`, `.graphml`, `.xlsx`, ...); see `subgraph` for which part.

    Raises InputError for an ending that none has and a place that cannot be written, and what `subgraph` raises.
    """
    from kg.exporting.writers import write, writer_for

    path = Path(path)
    writer_for(path)  # an ending that says nothing is known before anything is asked
    part = subgraph(around, settings=settings, **selection)
    written = write(part, path)
    return Exported(paths=tuple(written), nodes=len(part.nodes), edges=len(part.edges), more=part.more)


def subgraph(
    around: str | None = None, *, query: str | None = None, parameters: Mapping[str, Any] | None = None, cypher: str | None = None,
    path: tuple[str, str] | None = None, document: str | None = None, since: str | None = None, hops: int | None = None,
    modalities: Collection[str] | None = None, origins: Collection[str] = ORIGINS, min_belief: float = 0.0,
    relations: Collection[str] = (), labels: Collection[str] = (), max_nodes: int = SHOWN, settings: Settings | None = None,
) -> Subgraph:
    """Return a part of the graph: one of

    - `around`: what lies at most `hops` (1 to 4, 2 unless told) facts from a name in any language, a ticker or an id;
    - `query`: the facts behind the answer of a question (`exposure/tiers`), asked with `parameters`;
    - `cypher`: the nodes, relationships and paths that a statement answers; it may not write;
    - `path`: the shortest ways between two names, of at most `hops` (1 to 6, 6 unless told) facts, run along or against;
    - `document`: what one document says, told by its id, title, path or address;
    - `since`: what was first said on or after a day. With one of the others, it limits that.

    Only facts of these modalities (fact, plan, forecast and opinion unless told), origins and relation types, of at least this belief
    (0..1), that lead to nodes of these labels, are taken; a question has its own modalities, unless told. Of more than `max_nodes` nodes
    the nearest and most surely linked are kept; `more` tells how many are not, and each node how many were cut off there.
    Raises QueryError: a value out of its domain, none or several of the above, or a name that the graph does not know (with the nearest).
    """
    asked = {"around": around, "query": query, "cypher": cypher, "path": path, "document": document}
    given = [name for name, value in asked.items() if value is not None]
    if len(given) > 1:
        raise QueryError(f"{' and '.join(given)} are two selections, and a file takes one")
    if not given and since is None:
        raise QueryError("nothing is selected", hint="give a name to look around, a query, Cypher, a path, a document or a day")
    if parameters and query is None:
        raise QueryError("parameters go with a query", hint="name its module")
    if hops is not None and around is None and path is None:
        raise QueryError("hops go with around or path, and nothing else")
    hops = (_STEPS if path else _HOPS).value(hops) if hops is not None else STEPS if path else 2
    most = _MAX_NODES.value(max_nodes)
    limits = Limits(
        modalities=_MODALITIES.value(list(SAID if modalities is None else modalities)), origins=_ORIGINS.value(list(origins)),
        min_belief=_MIN_BELIEF.value(min_belief), relations=_known(relations, load_ontology().facts, "relation"),
        labels=_known(labels, load_ontology().entity_labels, "label"), since=_SINCE.value(since) if since is not None else "",
    )
    module = find_module(query) if query is not None else None
    bound = module.bind(parameters or {}) if module else {}
    with connect(settings or Settings()) as client:
        if module:
            limits = _of_module(limits, bound, modalities)
            found = _answered(client, module, bound, limits)
        elif around is not None:
            centres = bearers(client, around, load_ontology().entity_labels)
            found = _Found(around, centres, walk(client, centres, hops, limits))
        elif path is not None:
            found = _between(client, path, hops, limits)
        else:
            found = _chosen(client, cypher, document, limits)
        part = gather(client, found.reached, limits, most)
    return _subgraph(found, part, hops if around is not None else 0, module)


class _Found(NamedTuple):
    """What was asked for in a few words, the nodes that were asked for by name, and what was reached."""

    title: str
    centres: list[str]
    reached: Reached


def _of_module(limits: Limits, bound: Mapping[str, Any], modalities: Collection[str] | None) -> Limits:
    """Hold what is drawn to the limits that the question was asked with."""
    return limits._replace(
        modalities=limits.modalities if modalities is not None else bound.get("modalities", limits.modalities),
        origins=[origin for origin in limits.origins if origin in bound.get("origins", limits.origins)],
        min_belief=max(limits.min_belief, bound.get("min_belief", 0.0)),
    )


def _answered(client: Client, module: Module, bound: Mapping[str, Any], limits: Limits) -> _Found:
    """Ask a question for the facts behind its rows, and those of the paths that its rows tell."""
    statement = drawn(module.cypher)
    if statement is None:
        raise QueryError(f"{module.name} answers figures, not facts: there is nothing to draw", hint=f"kg query run {module.name} shows them")
    named = {p.name: bearers(client, bound[p.name], p.domain) for p in module.parameters if p.type == "entity"}
    told = chosen.of_cypher(client, statement, bound, limits)
    named_types = {*re.findall(r"\b[A-Z_]+\b", module.cypher)} & {*load_ontology().facts}
    paths = chosen.of_paths(client, client.read(module.cypher, bound).records(), named_types, limits)
    centres = list(dict.fromkeys(id for ids in named.values() for id in ids))
    return _Found(", ".join([module.title, *(bound[name] for name in named)]), centres, reached_by(client, [*told.facts, *paths], centres))


def _between(client: Client, ends: tuple[str, str], steps: int, limits: Limits) -> _Found:
    start, end = (bearers(client, name, load_ontology().entity_labels) for name in ends)
    facts = between(client, start, end, steps, limits)
    if not facts:
        hint = "allow more steps, or more modalities, origins and relations"
        raise QueryError(f"nothing links {ends[0]!r} and {ends[1]!r} within {steps} steps", hint=hint)
    return _Found(f"From {ends[0]} to {ends[1]}", [*start, *end], reached_by(client, facts, start))


def _chosen(client: Client, cypher: str | None, document: str | None, limits: Limits) -> _Found:
    if document is not None:
        told = chosen.of_document(client, document, limits)
        return _Found(told.title, [], _some(reached_by(client, told.facts, ()), f"{told.title!r} states nothing that may be shown"))
    if cypher is not None:
        guard(cypher)
        plan(client, cypher, {})
        told = chosen.of_cypher(client, cypher, {}, limits)
        return _Found("A question in Cypher", [], reached_by(client, told.facts, (), told.nodes))
    told = chosen.since(client, limits)
    return _Found(f"New since {limits.since}", [], _some(reached_by(client, told.facts, ()), f"nothing was first said on or after {limits.since}"))


def _some(reached: Reached, otherwise: str) -> Reached:
    if not reached.distance:
        raise QueryError(otherwise, hint="the limits on modalities, origins, belief, relations and labels hold here too")
    return reached


def _subgraph(found: _Found, part: Gathered, hops: int, module: Module | None) -> Subgraph:
    """Put rows into the types of `kg.exporting`: figures to their bearers, the relation's own properties apart from the proof."""
    figures: dict[str, list[Figure]] = {}
    for row in part.figures:
        metric = row["metric"]
        evidence = {**_evidence(row["properties"], part), **{name: metric[name] for name in ("modality", "negated", "holder") if name in metric}}
        own = {name: value for name, value in sorted(metric.items()) if name not in _FIGURE and name not in evidence}
        figures.setdefault(row["bearer"], []).append(
            Figure(id=metric["id"], fact=row["properties"]["id"], name=metric["name"], display=metric.get("display"), properties=own, **evidence)
        )
    nodes = {}
    for row in part.nodes:
        fields = {name: row["properties"].get(name) for name in ("name", "name_en", "name_zh")}
        own = {name: value for name, value in sorted(row["properties"].items()) if name not in _NODE}
        nodes[row["id"]] = Node(
            id=row["id"], label=row["label"], **fields, aliases=tuple(row["properties"].get("aliases", ())), properties=own,
            figures=tuple(figures.get(row["id"], ())), distance=part.distance[row["id"]], hidden=part.hidden.get(row["id"], 0),
            left_out=part.left_out.get(row["id"], 0),
        )
    relations = load_ontology().relations
    edges = [
        Edge(**{name: row[name] for name in ("id", "type", "subject", "object")}, **_evidence(row["properties"], part),
             properties={name: row["properties"][name] for name in relations[row["type"]].own if name in row["properties"]})
        for row in part.facts
    ]
    return Subgraph(
        around=found.title, hops=hops, centres=tuple(id for id in found.centres if id in nodes),
        nodes=tuple(nodes[id] for id in part.distance), edges=tuple(edges), more=part.more,
        module=module.name if module else None, question=module.question if module else None,
        question_zh=module.question_zh if module else None, names={id: name for id, name in part.names.items() if id not in nodes},
        documents=tuple(Source.model_validate({name: value for name, value in row.items() if name in Source.model_fields}) for row in part.documents),
    )


def _evidence(properties: Mapping[str, Any], part: Gathered) -> dict[str, Any]:
    told = {name: properties[name] for name in Evidence.model_fields if name in properties}
    rows = ({name: row[name] for name in Sentence.model_fields if name in row} for row in part.sentences.get(properties["id"], []))
    return {**told, "sentences": tuple(Sentence.model_validate(row) for row in rows)}


def _known(given: Collection[str], known: Collection[str], what: str) -> tuple[str, ...]:
    for name in given:
        if name not in known:
            raise QueryError(f"there is no {what} {name!r}", hint=f"it is one of {', '.join(known)}")
    return tuple(given)


_NODE = frozenset({"id", "name", "name_en", "name_zh", "aliases"})
_FIGURE = frozenset({"id", "name", "display", "subject"})
_HOPS = Parameter(name="hops", type="integer", domain=("1", str(HOPS)), about="steps at most")
_STEPS = Parameter(name="hops", type="integer", domain=("1", str(STEPS)), about="steps at most")
_MODALITIES = Parameter(name="modalities", type="modalities", about="how it is said")
_ORIGINS = Parameter(name="origins", type="origins", about="where it comes from")
_MIN_BELIEF = Parameter(name="min_belief", type="number", domain=("0", "1"), about="belief at least")
_MAX_NODES = Parameter(name="max_nodes", type="integer", domain=("1", "5000"), about="nodes at most")
_SINCE = Parameter(name="since", type="date", about="the first day")
