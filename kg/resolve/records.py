"""Events and metrics of many documents made one: the same thing told twice is one record with two claims."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from kg.ids import make_id
from kg.model import Event, Metric, Values

# Two moves of one price on one day are two events; two reports of one launch are one.
TOLD_APART_BY_VALUE = frozenset({"price_move", "fund_flow"})
_VALUE_FIELDS = ("value", "low", "high", "unit", "currency", "basis")


def resolve_events(events: Iterable[Event], entity_of: Mapping[str, str], names: Mapping[str, str]) -> tuple[dict[str, str], dict[str, Event]]:
    """Give events their lasting ids. Returns (local id -> id, id -> merged Event); an event without a known participant is left out."""
    ids: dict[str, str] = {}
    merged: dict[str, Event] = {}
    for event in events:
        participants = tuple(dict.fromkeys(entity_of[p] for p in event.participants if p in entity_of))
        if not participants:
            continue
        when = event.date or event.window_end or event.period or event.planned_for
        told = tuple(getattr(event, field) for field in _VALUE_FIELDS) if event.kind in TOLD_APART_BY_VALUE else ()
        ids[event.id] = id_ = make_id("event", event.kind, participants[0], when, event.session, event.modality, event.negated, told)
        holder = entity_of.get(event.holder) if event.holder else None
        name = " ".join(filter(None, [names[participants[0]], event.kind.replace("_", " "), event.period or event.date]))
        event = event.model_copy(update={"id": id_, "participants": participants, "holder": holder, "name": name})
        merged[id_] = _merge_events(merged[id_], event) if id_ in merged else event
    return ids, merged


def _merge_events(first: Event, second: Event) -> Event:
    update: dict[str, Any] = {"participants": tuple(dict.fromkeys(first.participants + second.participants))}
    for field in (*Values.model_fields, "date", "holder", "planned_for"):
        if getattr(first, field) is None and getattr(second, field) is not None:
            update[field] = getattr(second, field)
    return first.model_copy(update=update)


def resolve_metrics(metrics: Iterable[Metric], node_of: Mapping[str, str]) -> tuple[dict[str, str], dict[str, Metric]]:
    """Give metrics their lasting ids (identity of a metric: `ontology.md`). Returns (local id -> id, id -> Metric).

    `node_of` maps mention ids to entities and local event ids to events; a metric of an unknown subject is left out.
    """
    ids: dict[str, str] = {}
    merged: dict[str, Metric] = {}
    for metric in metrics:
        subject = node_of.get(metric.subject)
        if subject is None:
            continue
        holder = node_of.get(metric.holder) if metric.holder else None
        basis = node_of.get(metric.basis, metric.basis) if metric.basis else None
        id_ = make_id(
            "metric", subject, metric.name, metric.segment, metric.period, metric.window_start, metric.window_end, basis, holder,
            metric.modality, metric.negated, metric.value, metric.low, metric.high, metric.unit, metric.currency,
        )
        ids[metric.id] = id_
        merged.setdefault(id_, metric.model_copy(update={"id": id_, "subject": subject, "holder": holder, "basis": basis}))
    return ids, merged
