"""Adding: a file that `kg export` wrote goes back into a graph, this one or another's, beside what is there."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

from kg.errors import InputError
from kg.exporting.subgraph import Edge, Evidence, Figure, Sentence, Subgraph
from kg.knowledge.ontology import load_ontology
from kg.settings import Settings
from kg.store.addition import Added, add_rows
from kg.store.limits import METRIC_OF
from kg.store.progress import Progress, silent
from kg.store.rows import Ends, Row, Rows

if TYPE_CHECKING:
    from kg.model import Modality


def add(path: str | Path, *, settings: Settings | None = None, progress: Progress = silent) -> Added:
    """Add a file that `kg export` wrote (`.json` or `.graphml`) to the graph in Neo4j.

    What the graph lacks is written: nodes, facts, figures, and the sentences that came with them. What it holds already stays as it is,
    by its id, and nothing is removed, so a part of a graph never takes the place of the whole. The next `kg build` or `kg load FOLDER`
    makes the graph anew from its documents, without what was added here. Raises InputError: the file is none of these, or says what
    the ontology has no words for.
    """
    from kg.exporting.readers import read  # networkx takes its time
    from kg.store.client import connect

    path = Path(path)
    rows = as_rows(read(path), path)
    with connect(settings or Settings(), progress) as client:
        return add_rows(rows, client, progress)


def as_rows(subgraph: Subgraph, where: Path) -> Rows:
    """Return a subgraph as rows for the database, each with the properties that a load would give it, as far as the file holds them.

    A document comes without its text. Raises InputError for a label or a relation that the ontology does not have or allow.
    """
    ontology = load_ontology()
    nodes: dict[str, list[Row]] = defaultdict(list)
    edges: dict[Ends, list[Row]] = defaultdict(list)
    labels = {node.id: node.label for node in subgraph.nodes}
    dates = {source.id: source.published for source in subgraph.documents}
    claims: dict[str, Row] = {}
    facts = {*(edge.id for edge in subgraph.edges), *(figure.fact for node in subgraph.nodes for figure in node.figures)}

    def prove(evidence: Edge | Figure, fact: str, relation: str, subject: str, object: str, looked_up: str) -> None:
        for said in evidence.sentences:
            own = said.fact in (None, fact) or said.fact not in facts
            if not own or said.id in claims or said.document not in dates:
                continue
            claims[said.id] = _claim(said, fact, relation, evidence.modality, evidence.negated, dates[said.document])
            _edge(edges, Ends("STATED_IN", "Claim", "Document"), said.id, said.document)
            _edge(edges, Ends("SUBJECT", "Claim", "Entity"), said.id, subject)
            _edge(edges, Ends("OBJECT", "Claim", looked_up), said.id, object)
            if said.holder in labels:
                _edge(edges, Ends("HELD_BY", "Claim", "Entity"), said.id, said.holder)

    for node in subgraph.nodes:
        if node.label not in ontology.labels or not ontology.labels[node.label].entity:
            raise InputError(f"the ontology has no entities called {node.label} ({node.id})", where=where, hint="docs/ontology.md lists them")
        nodes[node.label].append(_row(node.id, {**node.properties, **node.model_dump(include={"name", "name_en", "name_zh", "aliases"})}))
        for figure in node.figures:
            own = figure.model_dump(include={"name", "display", "modality", "negated", "holder"})
            nodes["Metric"].append(_row(figure.id, {**figure.properties, **own, "subject": node.id}))
            if figure.fact:
                _edge(edges, Ends(METRIC_OF, "Entity", "Metric"), node.id, figure.id, _told(figure, figure.fact), figure.fact)
                prove(figure, figure.fact, METRIC_OF, node.id, figure.id, "Metric")
    for edge in subgraph.edges:
        relation = ontology.facts.get(edge.type)
        if relation is None or not relation.allows(labels[edge.subject], labels[edge.object]):
            what = f"{labels[edge.subject]} {edge.type} {labels[edge.object]}"
            raise InputError(f"the ontology has no {what} ({edge.id})", where=where, hint="docs/ontology.md lists what may be linked to what")
        _edge(edges, Ends(edge.type, "Entity", "Entity"), edge.subject, edge.object, {**edge.properties, **_told(edge, edge.id)}, edge.id)
        prove(edge, edge.id, edge.type, edge.subject, edge.object, "Entity")
    nodes["Document"] = [_row(source.id, source.model_dump()) for source in subgraph.documents]
    nodes["Claim"] = [_row(id, claim) for id, claim in claims.items()]
    return Rows({label: rows for label, rows in nodes.items() if rows}, dict(edges))


def _claim(said: Sentence, fact: str, relation: str, modality: Modality, negated: bool, asserted_at: str | None) -> dict[str, Any]:
    own = said.model_dump(exclude={"id", "document", "before", "after"})
    return {**own, "fact": fact, "relation": relation, "modality": modality, "negated": negated, "asserted_at": asserted_at}


def _told(evidence: Evidence, fact: str) -> dict[str, Any]:
    own = evidence.model_dump(include=set(Evidence.model_fields) - {"sentences"})
    return {**own, "id": fact, "claim_ids": [said.id for said in evidence.sentences]}


def _edge(
    edges: Mapping[Ends, list[Row]], ends: Ends, subject: str, object: str, properties: Mapping[str, Any] | None = None, id: str | None = None
) -> None:
    edges[ends].append({"id": id, "subject": subject, "object": object, "properties": _plain(properties or {})})


def _row(id: str, properties: Mapping[str, Any]) -> Row:
    return {"id": id, "properties": {**_plain(properties), "id": id}}


def _plain(properties: Mapping[str, Any]) -> Row:
    known = {name: value for name, value in properties.items() if value is not None}
    return {name: [*value] if isinstance(value, Iterable) and not isinstance(value, str) else value for name, value in known.items()}
