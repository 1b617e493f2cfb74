"""The graph as rows for the load statements: each node and each relationship once, with the properties it bears in Neo4j."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable, Mapping
from typing import Any, NamedTuple

from kg.errors import InputError
from kg.knowledge.ontology import Ontology
from kg.model import Claim, Document, Fact, Graph

Row = dict[str, Any]


class Ends(NamedTuple):
    """A relationship type between two kinds of node, as the load statements look them up."""

    relation: str
    subject: str
    object: str


class Rows(NamedTuple):
    """Nodes by label and relationships by type and ends."""

    nodes: dict[str, list[Row]]
    relationships: dict[Ends, list[Row]]


def graph_rows(graph: Graph, ontology: Ontology) -> Rows:
    """Turn a graph into rows: entities, events, metrics, documents and claims; facts, and the edges of proof between them.

    Raises InputError when a fact names what the graph does not hold, or a label or a type is none of the ontology's.
    """
    documents = {document.id: document for document in graph.documents}
    nodes: dict[str, list[Row]] = defaultdict(list)
    for entity in graph.entities:
        nodes[entity.labels[0]].append(_node(entity.id, {**entity.model_dump(exclude={"labels", "properties"}), **entity.properties}))
    for event in graph.events:
        nodes["Event"].append(_node(event.id, {**event.model_dump(exclude={"participants"}), "aliases": []}))
    for metric in graph.metrics:
        nodes["Metric"].append(_node(metric.id, metric.model_dump()))
    for document in graph.documents:
        nodes["Document"].append(_node(document.id, document.model_dump(exclude={"offset"})))
    for claim in graph.claims:
        nodes["Claim"].append(_node(claim.id, _claim(claim, documents.get(claim.document))))
    label = {row["id"]: _looked_up(name) for name, rows in nodes.items() for row in rows}
    claims = {claim.id: claim for claim in graph.claims}
    relationships: dict[Ends, list[Row]] = defaultdict(list)
    for fact in graph.facts:
        try:
            ends = Ends(fact.relation, label[fact.subject], label[fact.object])
            evidence = ontology.relations[fact.relation].evidence
            properties = fact.properties if evidence else _fact(fact, [claims[id] for id in fact.claims], documents)
        except KeyError as error:
            raise InputError(f"fact {fact.id} names {error}, which is not there", hint="extract again with this version of kg") from error
        relationships[ends].append(_edge(fact.subject, fact.object, properties, None if evidence else fact.id))
    for relation, subject, object in _proof(graph):
        if object in label:
            relationships[Ends(relation, label[subject], label[object])].append(_edge(subject, object, {}))
    if unknown := {*nodes} - {*ontology.labels}:
        raise InputError(f"the ontology has no label {', '.join(sorted(unknown))}", hint="extract again with this version of kg")
    return Rows(dict(nodes), dict(relationships))


def strongest(claims: Iterable[Claim], documents: Mapping[str, Document]) -> Claim | None:
    """Return the claim whose sentence stands for a fact: of a text before a reference record, then the most confident, the first of equals."""
    return max(claims, key=lambda claim: (documents[claim.document].kind == "text", claim.confidence), default=None)


def _looked_up(label: str) -> str:
    """Return the label by which a node is found: its own for what is no entity, else `Entity`."""
    return label if label in ("Metric", "Document", "Claim") else "Entity"


def _claim(claim: Claim, document: Document | None) -> Row:
    properties = claim.model_dump(exclude={"document", "subject", "object", "qualifiers"})
    return {**properties, "asserted_at": document.published if document else None}


def _fact(fact: Fact, claims: list[Claim], documents: Mapping[str, Document]) -> Row:
    proof = strongest(claims, documents)
    source = documents[proof.document] if proof else None
    seen = sorted(date for claim in claims if (date := documents[claim.document].published))
    return {
        **{"holder": proof.holder if proof else None, **fact.properties},
        "id": fact.id, "belief": fact.belief, "support": fact.support, "claim_count": len(fact.claims), "claim_ids": list(fact.claims),
        "proof": proof.text if proof else None,
        "proof_source": (source.source or source.title) if source else None,
        "proof_date": source.published if source else None,
        "modality": fact.modality, "negated": fact.negated, "ended": fact.ended,
        "first_seen": seen[0] if seen else None, "last_seen": seen[-1] if seen else None,
        "origin": fact.origin, "rule": fact.rule, "premises": list(fact.premises) or None,
    }


def _proof(graph: Graph) -> Iterable[tuple[str, str, str]]:
    """Tell the edges of proof that follow from claims and metrics; the folder's facts hold the others."""
    for claim in graph.claims:
        for relation, id in (
            ("STATED_IN", claim.document), ("SUBJECT", claim.subject.id), ("OBJECT", claim.object.id), ("HELD_BY", claim.holder)
        ):
            if id:
                yield relation, claim.id, id
    for metric in graph.metrics:
        if metric.holder:
            yield "HELD_BY", metric.id, metric.holder


def _node(id: str, properties: Mapping[str, Any]) -> Row:
    return {"id": id, "properties": _plain({**properties, "id": id})}


def _edge(subject: str, object: str, properties: Mapping[str, Any], id: str | None = None) -> Row:
    return {"id": id, "subject": subject, "object": object, "properties": _plain(properties)}


def _plain(properties: Mapping[str, Any]) -> Row:
    """Leave out what is not known, and write as JSON what Neo4j has no type for."""
    return {
        name: list(value) if isinstance(value, tuple) else json.dumps(value, ensure_ascii=False) if isinstance(value, Mapping) else value
        for name, value in properties.items()
        if value is not None
    }
