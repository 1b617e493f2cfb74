"""Events and metrics of many documents made one: the same thing told twice is one record with two claims."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from functools import reduce
from typing import Any

from kg.ids import make_id
from kg.model import Event, Metric, Values

# Two moves of one price on one day are two events; two reports of one launch are one.
TOLD_APART_BY_VALUE = frozenset({"price_move", "fund_flow"})
_VALUE_FIELDS = ("value", "low", "high", "unit", "currency", "basis")


def resolve_events(
    events: Iterable[tuple[Event, str | None]], entity_of: Mapping[str, str], names: Mapping[str, str],
) -> tuple[dict[str, str], dict[str, Event]]:
    """Give events their lasting ids. Takes each event with the day (ISO) on which it was told, or None.

    Returns (local id -> id, id -> merged Event); an event without a known participant is left out. Two are one where kind, main participant,
    time (an undated event's is the month in which it was told) and modality agree and nothing else that they say differs; one that could be
    either of two others is neither. The order in which they come changes nothing.
    """
    alike: dict[str, list[Event]] = defaultdict(list)
    for event, told_on in events:
        participants = tuple(dict.fromkeys(entity_of[p] for p in event.participants if p in entity_of))
        if not participants:
            continue
        when = event.date or event.window_end or event.period or event.planned_for or (told_on or "")[:7]
        holder = entity_of.get(event.holder) if event.holder else None
        name = " ".join(filter(None, [names[participants[0]], event.kind.replace("_", " "), event.period or event.date]))
        key = make_id("event", event.kind, participants[0], when, event.session, event.modality, event.negated)
        alike[key].append(event.model_copy(update={"participants": participants, "holder": holder, "name": name}))
    ids: dict[str, str] = {}
    merged: dict[str, Event] = {}
    for key, told in alike.items():
        for group in _grouped(told):
            id_ = make_id("event", key, *_said(group[0]))
            merged[id_] = reduce(_merge_events, group).model_copy(update={"id": id_})
            ids.update((event.id, id_) for event in group)
    return ids, merged


def _grouped(told: Iterable[Event]) -> list[list[Event]]:
    """Put events that agree together, those that say most first: each joins the one group that it fits, or begins one."""
    groups: list[list[Event]] = []
    for event in sorted(told, key=lambda event: (not _has_value(event), -len(event.participants), str(_said(event)), event.id)):
        same = [group for group in groups if _said(group[0]) == _said(event)]
        fitting = same or [group for group in groups if _agree(group[0], event)]
        if len(fitting) == 1:
            fitting[0].append(event)
        else:
            groups.append([event])
    return groups


def _said(event: Event) -> tuple[tuple[str, ...], tuple[Any, ...]]:
    """Who else takes part in an event, and its value."""
    return tuple(sorted(event.participants[1:])), tuple(getattr(event, field) for field in _VALUE_FIELDS)


def _has_value(event: Event) -> bool:
    return any(value is not None for value in _said(event)[1])


def _agree(one: Event, other: Event) -> bool:
    """Tell whether two events of one kind, time and main participant can be one: the same value or none, the same others or fewer of them."""
    (mine, value), (theirs, another) = _said(one), _said(other)
    told = one.kind in TOLD_APART_BY_VALUE or (_has_value(one) and _has_value(other))
    few, many = sorted((set(mine), set(theirs)), key=len)
    return few <= many and (value == another or not told)


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
