"""Assembly: the readings of many documents become one graph, in which every fact rests on its claims."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import Any

from kg.ids import make_id
from kg.knowledge.ontology import Ontology
from kg.model import Argument, Claim, Document, Entity, Fact, Graph, Reading, Rejected
from kg.resolve.belief import Trust, believe
from kg.resolve.records import resolve_events, resolve_metrics
from kg.resolve.screen import objection

_BESIDE = frozenset({"en.produces.brand_before", "en.produces.used_from"})  # frames that take who stands beside a product for its maker
DATED = ("planned_for",)  # qualifiers that every relation may bear


def assemble(readings: Sequence[Reading], entity_of: Mapping[str, str], entities: Iterable[Entity], ontology: Ontology, trust: Trust) -> Graph:
    """Put readings together.

    `entity_of` maps mention ids to entity ids (what identity decided), `entities` are the nodes. Claims that do not fit the ontology
    are rejected with the reason. The result is deterministic: sorted by document order, then by place in the text, then by id.
    """
    by_id = {entity.id: entity for entity in entities}
    labels = {id_: entity.labels[0] for id_, entity in by_id.items()}
    names = {id_: entity.name for id_, entity in by_id.items()}
    documents = {reading.document.id: reading.document for reading in readings}

    event_ids, events = resolve_events(((e, r.document.published) for r in readings for e in r.events), entity_of, names)
    node_of = {**entity_of, **event_ids}
    metric_ids, metrics = resolve_metrics((m for r in readings for m in r.metrics), node_of)
    node_of.update(metric_ids)
    labels.update(dict.fromkeys(events, "Event") | dict.fromkeys(metrics, "Metric"))

    makers = _known_makers((c for r in readings if r.document.kind == "reference" for c in r.claims), node_of)
    claims: dict[str, Claim] = {}
    rejected = [item for reading in readings for item in reading.rejected]
    told_of = {entity_of[m.id] for r in readings if r.document.kind == "text" for m in r.mentions if m.id in entity_of}
    for reading in readings:
        for claim in reading.claims:
            resolved = _resolve(claim, node_of, labels, ontology)
            if isinstance(resolved, Claim) and resolved.reader in _BESIDE:
                resolved = _not_another_maker(resolved, makers)
            if isinstance(resolved, Claim):
                if reading.document.kind == "reference" and not {resolved.subject.id, resolved.object.id} & told_of:
                    continue  # background about what no document mentions
                kept = claims.get(resolved.id)
                claims[resolved.id] = resolved if kept is None or resolved.confidence > kept.confidence else kept
            else:
                rejected.append(resolved)

    quoted = {claim.document for claim in claims.values()}
    readings = [reading for reading in readings if reading.document.kind == "text" or reading.document.id in quoted]
    facts = _facts(claims.values(), documents, ontology, trust)
    used = _used(facts, events.values(), metrics.values())
    silent = {m.id for r in readings for m in r.mentions if not m.text}  # who is meant without a word: the topic, an unprinted publisher
    claims = {id_: _without(claim, silent) for id_, claim in claims.items()}
    spots = {end.mention: end.id for claim in claims.values() for end in (claim.subject, claim.object)}
    mentions = tuple(
        mention.model_copy(update={"entity": entity_of.get(mention.id) or spots.get(mention.id)})
        for reading in readings for mention in reading.mentions
        if mention.id not in silent
        and (mention.id in spots or (reading.document.kind == "text" and mention.label not in ("Event", "Metric")))
    )
    told = [mention for mention in mentions if mention.entity in by_id]
    facts += _mentioned_in(told) + _published_by(readings, entity_of, labels)
    used |= {mention.entity for mention in told if mention.entity} | {fact.object for fact in facts if fact.relation == "PUBLISHED_BY"}
    linked = {fact.object for fact in facts} | {fact.subject for fact in facts}
    return Graph(
        documents=tuple(reading.document for reading in readings),
        mentions=mentions,
        claims=tuple(claims.values()),
        entities=tuple(by_id[id_] for id_ in sorted(used) if id_ in by_id),
        facts=tuple(facts),
        events=tuple(event for id_, event in events.items() if id_ in linked),
        metrics=tuple(metric for id_, metric in metrics.items() if id_ in linked),
        rejected=tuple(rejected),
    )


def fact_id(ontology: Ontology, subject: str, relation: str, object: str, properties: Mapping[str, Any], modality: str, negated: bool) -> str:
    """Return the identity of a fact: its ends (in either order where the relation is symmetric), key properties, modality and polarity."""
    kind = ontology.facts[relation]
    ends = sorted((subject, object)) if kind.symmetric else [subject, object]
    key = {name: properties.get(name) for name in kind.key}
    return make_id("fact", ends, relation, key, modality, negated)


def _resolve(claim: Claim, node_of: Mapping[str, str], labels: Mapping[str, str], ontology: Ontology) -> Claim | Rejected:
    subject, object_ = _node(claim.subject, node_of), _node(claim.object, node_of)
    if subject is None or object_ is None:
        end = "subject" if subject is None else "object"
        return _refused(claim, f"{claim.relation}: the {end} could not be resolved to anything known or nameable")
    reason = objection(ontology, subject, labels[subject], claim.relation, object_, labels[object_])
    if reason:
        return _refused(claim, f"{claim.reader}: {reason}")
    if ontology.facts[claim.relation].symmetric and subject > object_:
        subject, object_ = object_, subject
        claim = claim.model_copy(update={"subject": claim.object, "object": claim.subject})
    qualifiers = _qualifiers(claim, node_of, ontology)
    fact = fact_id(ontology, subject, claim.relation, object_, qualifiers, claim.modality, claim.negated)
    return claim.model_copy(update={
        "id": make_id("claim", claim.document, claim.start, claim.end, fact, claim.ended),
        "fact": fact,
        "subject": Argument(mention=claim.subject.mention, id=subject),
        "object": Argument(mention=claim.object.mention, id=object_),
        "qualifiers": qualifiers,
        "holder": node_of.get(claim.holder) if claim.holder else None,
    })


def _refused(claim: Claim, reason: str) -> Rejected:
    return Rejected(document=claim.document, start=claim.start, end=claim.end, text=claim.text, reason=reason)


def _known_makers(background: Iterable[Claim], node_of: Mapping[str, str]) -> dict[str, set[str]]:
    """Return for each product the ids of those that background says make it."""
    makers: dict[str, set[str]] = defaultdict(set)
    for claim in (claim for claim in background if claim.relation == "PRODUCES"):
        maker, product = _node(claim.subject, node_of), _node(claim.object, node_of)
        if maker and product:
            makers[product].add(maker)
    return dict(makers)


def _not_another_maker(claim: Claim, makers: Mapping[str, Collection[str]]) -> Claim | Rejected:
    """Reject that who stands beside a product makes it, where others are known to: a "Japan Airlines 787" is Boeing's."""
    known = makers.get(claim.object.id or "")
    if not known or claim.subject.id in known:
        return claim
    return _refused(claim, f"{claim.reader}: another is known to make it, and who stands beside its name may use it")


def _node(argument: Argument, node_of: Mapping[str, str]) -> str | None:
    for key in (argument.id, argument.mention):
        if key is not None and key in node_of:
            return node_of[key]
    return None


def _without(claim: Claim, silent: Collection[str]) -> Claim:
    """Return the claim without the mentions that have no words."""
    ends = {name: getattr(claim, name) for name in ("subject", "object")}
    return claim.model_copy(update={name: Argument(mention=None, id=end.id) for name, end in ends.items() if end.mention in silent})


def _qualifiers(claim: Claim, node_of: Mapping[str, str], ontology: Ontology) -> dict[str, Any]:
    """Return the qualifiers the ontology knows, entities among them as ids; one that cannot be resolved is left out."""
    own = ontology.facts[claim.relation].own
    kept: dict[str, Any] = {}
    for name in (*own, *DATED):
        value = claim.qualifiers.get(name)
        if value is None:
            continue
        kind = own.get(name)
        if kind == "entity":
            value = node_of.get(value)
        elif kind == "entities":
            value = sorted({node_of[item] for item in value if item in node_of}) or None
        if value is not None:
            kept[name] = value
    return kept


def _facts(claims: Iterable[Claim], documents: Mapping[str, Document], ontology: Ontology, trust: Trust) -> list[Fact]:
    groups: dict[str, list[Claim]] = defaultdict(list)
    for claim in claims:
        groups[claim.fact or ""].append(claim)
    facts = []
    for id_, group in groups.items():
        first = group[0]
        strongest = sorted(group, key=lambda c: (-c.confidence, c.document, c.start))
        properties: dict[str, Any] = {}
        for claim in strongest:
            for name, value in claim.qualifiers.items():
                properties.setdefault(name, value)
        latest = max(group, key=lambda c: (documents[c.document].published or "", c.document, c.start))
        belief, support = believe(group, documents, trust)
        stated = any(documents[c.document].kind == "text" for c in group)
        order = (*ontology.facts[first.relation].own, *DATED)
        facts.append(Fact(
            id=id_, subject=first.subject.id or "", relation=first.relation, object=first.object.id or "",
            properties={name: properties[name] for name in order if name in properties},
            modality=first.modality, negated=first.negated, ended=latest.ended, belief=belief,
            origin="stated" if stated else "reference", support=support, claims=tuple(c.id for c in group),
        ))
    return facts


def _mentioned_in(mentions: Iterable[Any]) -> list[Fact]:
    counts = Counter((mention.entity, mention.document) for mention in mentions)
    return [_evidence(entity, "MENTIONED_IN", document, {"count": count}) for (entity, document), count in counts.items()]


def _published_by(readings: Iterable[Reading], entity_of: Mapping[str, str], labels: Mapping[str, str]) -> list[Fact]:
    facts = []
    for reading in readings:
        for mention in reading.mentions:
            entity = entity_of.get(mention.id)
            if entity and reading.publisher == mention.id and labels[entity] in ("Company", "Organization"):
                facts.append(_evidence(reading.document.id, "PUBLISHED_BY", entity, {}))
                break
    return facts


def _evidence(subject: str, relation: str, object: str, properties: Mapping[str, Any]) -> Fact:
    return Fact(
        id=make_id("fact", subject, relation, object), subject=subject, relation=relation, object=object, properties=properties,
        modality="fact", negated=False, ended=False, belief=1.0, origin="stated", support=1, claims=(),
    )


def _used(facts: Iterable[Fact], events: Iterable[Any], metrics: Iterable[Any]) -> set[str]:
    ids: set[str] = set()
    for fact in facts:
        ids |= {fact.subject, fact.object}
        for value in fact.properties.values():
            ids |= {value} if isinstance(value, str) else set(value) if isinstance(value, (list, tuple)) else set()
    for event in events:
        ids |= set(event.participants) | {event.holder}
    for metric in metrics:
        ids |= {metric.subject, metric.holder}
    return {id_ for id_ in ids if id_}
