"""When a fact of a graph is a row of a gold list, and what keeps it from being one."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from functools import cache
from typing import Any, Literal

from kg.evaluation.gold import GoldEdge
from kg.knowledge.normalise import simplify
from kg.knowledge.ontology import load_ontology
from kg.model import Event, Fact, Graph, Metric

TOLERANCE = 0.02
Fault = Literal["modality", "holder", "origin", "polarity", "direction", "values", "absent"]
FAULTS: tuple[Fault, ...] = ("modality", "holder", "origin", "polarity", "direction", "values", "absent")
"""What is wrong with a near miss, the nearest first."""


@cache
def fold_name(name: str) -> str:
    """Return the form in which names and titles are compared: case, spaces, width and script folded."""
    return "".join(simplify(name).lower().split())


@cache
def _fold_names(names: tuple[str, ...]) -> frozenset[str]:
    return frozenset(map(fold_name, names))


class GraphView:
    """A graph as the matcher sees it: what each node is called, and which values, claims and holders stand behind a fact."""

    def __init__(self, graph: Graph) -> None:
        self.records: dict[str, Event | Metric] = {event.id: event for event in graph.events}
        self.records.update((metric.id, metric) for metric in graph.metrics)
        self.claims = {claim.id: claim for claim in graph.claims}
        self.labels: dict[str, str] = {}
        self.names: dict[str, frozenset[str]] = {}
        self.bearers: dict[str, set[str]] = defaultdict(set)
        self.symmetric = {name for name, relation in load_ontology().facts.items() if relation.symmetric}
        for entity in graph.entities:
            codes = (entity.properties.get("ticker"), *(entity.properties.get("tickers") or ()))
            written = (entity.name, entity.name_en, entity.name_zh, *entity.aliases, *codes)
            self.labels[entity.id] = entity.name
            self.names[entity.id] = frozenset(fold_name(name) for name in written if name)
            for name in self.names[entity.id]:
                self.bearers[name].add(entity.id)
        self.metrics_of: dict[str, list[Metric]] = defaultdict(list)
        for metric in graph.metrics:
            self.names[metric.id] = frozenset({f"metric:{metric.name}"})
            self.labels[metric.id] = f"{metric.name} {metric.display or metric.value or (metric.low, metric.high)}"
            self.metrics_of[metric.subject].append(metric)
        for event in graph.events:
            self.names[event.id] = frozenset({f"event:{event.kind}"})
            self.labels[event.id] = f"[{event.kind}: {event.name} {event.display or ''}]"

    def fault(self, fact: Fact, row: GoldEdge) -> Fault | None:
        """Return what keeps `fact` from being `row`: None when nothing does, "absent" when it is about something else."""
        if fact.relation not in row.r:
            return "absent"
        s, o = _fold_names(row.s), _fold_names(row.o)
        forward = self._bears(fact, fact.subject, s) and self._bears(fact, fact.object, o)
        backward = self._bears(fact, fact.subject, o) and self._bears(fact, fact.object, s)
        if not forward and not (backward and fact.relation in self.symmetric):
            return "direction" if backward else "absent"
        if not all(self._agrees(fact, value) for value in row.props.values()):
            return "values"
        if fact.negated != row.negated:
            return "polarity"
        if row.modality and fact.modality not in row.modality:
            return "modality"
        if row.holder and self.holders(fact).isdisjoint(_fold_names(row.holder)):
            return "holder"
        return "origin" if row.origin and fact.origin != row.origin else None

    def explain(self, row: GoldEdge, candidates: Iterable[Fact]) -> tuple[Fault, str]:
        """Return the fault of the candidate nearest to a row that none satisfies, and words for it."""
        near = [(fault, fact) for fact in candidates if (fault := self.fault(fact, row)) and fault != "absent"]
        if near:
            fault, fact = min(near, key=lambda pair: FAULTS.index(pair[0]))
            return fault, self.show(fact)
        for end, names in (("subject", row.s), ("object", row.o)):
            plain = [name for name in names if not name.startswith(("event:", "metric:"))]
            if len(plain) == len(names) and not any(fold_name(name) in self.bearers for name in plain):
                return "absent", f"no node bears a name of the {end}"
        return "absent", "no such link"

    def differences(self, fact: Fact, row: GoldEdge) -> tuple[str, ...]:
        """Return the properties of `row` that `fact` does not have under their own names."""
        found = []
        for key, expected in row.props.items():
            values = [value for source in self._sources(fact) if (value := source.get(key)) is not None]
            if not any(self._same(value, expected) for value in values):
                found.append(f"{key}: {expected} expected, {', '.join(map(str, values)) or 'nothing'} found")
        return tuple(found)

    def holders(self, fact: Fact) -> set[str]:
        """Return the folded names of those whose plan, forecast or opinion a fact is."""
        ids = {self.claims[id_].holder for id_ in fact.claims if id_ in self.claims}
        ids |= {record.holder for end in (fact.subject, fact.object) if (record := self.records.get(end))}
        return {name for id_ in ids if id_ for name in self.names.get(id_, ())}

    def documents(self, fact: Fact) -> set[str]:
        """Return the ids of the documents that a fact's claims stand in."""
        return {self.claims[id_].document for id_ in fact.claims if id_ in self.claims}

    def reader(self, fact: Fact) -> str:
        """Return the readers of a fact's claims."""
        return ", ".join(sorted({self.claims[id_].reader for id_ in fact.claims if id_ in self.claims}))

    def proof(self, fact: Fact) -> str:
        """Return the sentence of a fact's most confident claim."""
        claims = [self.claims[id_] for id_ in fact.claims if id_ in self.claims]
        return max(claims, key=lambda claim: claim.confidence).text if claims else ""

    def show(self, fact: Fact) -> str:
        """Return a fact in one line, for a reader's eye."""
        names = (self.labels.get(fact.subject, fact.subject), fact.relation, self.labels.get(fact.object, fact.object))
        own = ", ".join(f"{key}={value}" for key, value in fact.properties.items())
        return " ".join(names) + (f" {{{own}}}" if own else "") + f" ({fact.modality}{', negated' if fact.negated else ''})"

    def _bears(self, fact: Fact, node: str, names: frozenset[str]) -> bool:
        if not names.isdisjoint(self.names.get(node, ())):
            return True
        record = self.records.get(node)
        if fact.relation != "REPORTED" or not isinstance(record, Event):
            return False
        # an event speaks for those who take part in it: their figure may hang on either
        return any(not names.isdisjoint(self.names.get(id_, ())) for id_ in record.participants)

    def _sources(self, fact: Fact) -> list[Mapping[str, Any]]:
        """Return where the values of a fact may stand: its own, its metric's, or its event's and the metrics of that."""
        records: list[Event | Metric] = []
        for end in (fact.object, fact.subject):
            record = self.records.get(end)
            if record and not records:
                records += [record, *self.metrics_of[end]] if isinstance(record, Event) else [record]
        return [fact.properties, *(record.model_dump() for record in records)]

    def _agrees(self, fact: Fact, expected: Any) -> bool:
        if not _is_number(expected):
            return True
        found = (value for source in self._sources(fact) for value in source.values())
        return any(_close(value, expected) for value in found if _is_number(value))

    def _same(self, found: Any, expected: Any) -> bool:
        if isinstance(expected, bool):
            return bool(found) == expected
        if _is_number(expected):
            return _is_number(found) and _close(found, expected)
        accepted = {fold_name(str(item)) for item in (expected if isinstance(expected, list | tuple) else [expected])}
        names = self.names.get(found, frozenset()) if isinstance(found, str) else frozenset()
        return not accepted.isdisjoint({fold_name(str(found)), *names})


def _is_number(value: Any) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool)


def _close(found: float, expected: float) -> bool:
    return abs(found - expected) <= TOLERANCE * abs(expected)
