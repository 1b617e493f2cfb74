"""The rows of a part of the graph: nodes, facts, figures, sentences in their paragraphs, and how much was left out. Only reads."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, NamedTuple

from kg.knowledge.ontology import load_ontology
from kg.store.client import Client
from kg.store.limits import HELD, TOLD, Limits
from kg.store.neighbourhood import Reached

SENTENCES = 5  # of a fact, the surest first
AROUND = 400  # characters of the paragraph on either side of a sentence
Row = dict[str, Any]


class Gathered(NamedTuple):
    """Rows as Neo4j holds them. Ids in `distance` are in order of nearness.

    `nodes` are {id, label, properties}, `facts` {id, type, subject, object, properties}, `figures` {bearer, metric, properties}.
    `sentences` are the claims of each fact, with what stands `before` and `after` them; `documents` what they stand in. `hidden` counts,
    for each node, its neighbours that are not here, `left_out` those that the limit on nodes cut off there, `more` all of these.
    """

    distance: Mapping[str, int]
    nodes: list[Row]
    facts: list[Row]
    figures: list[Row]
    sentences: Mapping[str, list[Row]]
    documents: list[Row]
    hidden: Mapping[str, int]
    left_out: Mapping[str, int]
    more: int
    names: Mapping[str, str]


def gather(client: Client, reached: Reached, limits: Limits, max_nodes: int) -> Gathered:
    """Return the rows of what was reached; of more than `max_nodes` nodes the nearest. The same database gives the same answer."""
    kept, cut = list(reached.distance)[:max_nodes], list(reached.distance)[max_nodes:]
    here = limits.parameters(ids=kept, cut=cut, facts=list(reached.facts or ()), all=reached.facts is None, reported=limits.figures)
    chosen = "AND ($all OR f.id IN $facts)"
    nodes = client.read(
        "MATCH (n:Entity) WHERE n.id IN $ids RETURN n.id AS id, head([l IN labels(n) WHERE l <> 'Entity']) AS label, "
        "properties(n) AS properties ORDER BY id", here,
    ).records()
    facts = client.read(
        f"MATCH (s:Entity)-[f]->(o:Entity) WHERE s.id IN $ids AND o.id IN $ids AND {HELD} {chosen} "
        "RETURN f.id AS id, type(f) AS type, s.id AS subject, o.id AS object, properties(f) AS properties ORDER BY id", here,
    ).records()
    figures = client.read(
        f"MATCH (n:Entity)-[f]->(m:Metric) WHERE n.id IN $ids AND type(f) IN $reported AND {TOLD} {chosen} "
        "RETURN n.id AS bearer, properties(m) AS metric, properties(f) AS properties ORDER BY m.name, m.period, m.id", here,
    ).records()
    hidden = client.read(
        f"MATCH (n:Entity)-[f]-(m:Entity) WHERE n.id IN $ids AND NOT m.id IN $ids AND {HELD} RETURN n.id, count(DISTINCT m)", here,
    ).rows
    beyond = client.read(
        f"MATCH (n:Entity)-[f]-(m:Entity) WHERE n.id IN $ids AND m.id IN $cut AND {HELD} {chosen} RETURN m.id, collect(DISTINCT n.id)", here,
    ).rows if cut else []
    place = {id: at for at, id in enumerate(kept)}
    left_out = Counter(min(ends, key=place.__getitem__) for _, ends in beyond)
    names = client.read("MATCH (n:Entity) WHERE n.id IN $ids RETURN n.id, n.name ORDER BY n.id", {"ids": _mentioned(facts, figures)}).rows
    sentences, documents = _sentences(client, [row["properties"] for row in (*facts, *figures)])
    return Gathered(
        {id: reached.distance[id] for id in kept}, nodes, facts, figures, sentences, documents, dict(hidden), left_out, len(cut), dict(names)
    )


def _sentences(client: Client, facts: Iterable[Mapping[str, Any]]) -> tuple[dict[str, list[Row]], list[Row]]:
    """Return the surest claims of each fact, each once, in their paragraphs; and the documents they stand in, without their texts."""
    proved: dict[str, list[str]] = {}
    for fact in facts:
        for id in fact.get("claim_ids", ()):
            proved.setdefault(id, []).append(fact["id"])
    claims = client.read(
        "MATCH (c:Claim)-[:STATED_IN]->(d:Document) WHERE c.id IN $ids RETURN properties(c) AS claim, d.id AS document "
        "ORDER BY c.confidence DESC, c.id", {"ids": sorted(proved)},
    ).records()
    wanted = sorted({row["document"] for row in claims})
    documents = client.read("MATCH (d:Document) WHERE d.id IN $ids RETURN properties(d) AS document ORDER BY d.id", {"ids": wanted}).rows
    texts = {document["id"]: document.pop("text", "") for (document,) in documents}
    sentences: dict[str, list[Row]] = {}
    for row in claims:
        claim, document = row["claim"], row["document"]
        for id in proved[claim["id"]]:
            told = sentences.setdefault(id, [])
            if len(told) < SENTENCES and not any((each["text"], each["document"]) == (claim["text"], document) for each in told):
                told.append({**claim, "document": document, **paragraph(texts[document], claim["start"], claim["end"])})
    return sentences, [document for (document,) in documents]


def paragraph(text: str, start: int, end: int) -> dict[str, str]:
    """Return what stands before and after `text[start:end]` in the same paragraph: of a long one the nearer part, cut between words."""
    before = text[:start].rpartition("\n")[2]
    after = text[end:].partition("\n")[0]
    if len(before) > AROUND:
        before = "…" + re.sub(r"^\w*\s", "", before[-AROUND:])
    if len(after) > AROUND:
        after = re.sub(r"\s\w*$", "", after[:AROUND]) + "…"
    return {"before": before, "after": after}


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
