"""Graphs written by hand, for the golden tests of the query modules.

    Company: ASML, TSMC {name_zh: 台积电, tickers: [TSM], country: TW}
    Product: EUV
    Event: outage at Fab 18 {kind: outage, date: 2026-01-03}
    ASML -PRODUCES-> EUV {sole: true, date: 2025-12-01, source: Reuters}
    ASML -SUPPLIES-> TSMC {product: EUV, belief: 0.9, modality: plan, origin: reference}
    TSMC -PARTICIPATES_IN-> outage at Fab 18
    TSMC -REPORTED-> capex {value: 5.2e+10, currency: USD, period: 2026, display: US$52bn}

The first word of a line of nodes is a label of the ontology; an id is the label and the name (`company:asml`). What a fact's braces
hold, as YAML, is its relation's own properties (names stand for entities), or one of:

    belief (0.8)   modality (fact)   negated   ended   origin (stated)   rule   premises   id (made of the line)
    date (2026-01-01), source (Daily), kind, party, title    of the document: one for each (date, source); `date: ~` leaves it undated
    says (made of the line), confidence (the belief), holder     of the claim

The same fact on several lines has several claims; its support is the number of their sources, its belief that of the first line.
An arrow REPORTED makes a new Metric of the name it points to; the fields of a Metric in its braces go there.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date
from functools import reduce
from typing import Any

import yaml

from kg.ids import digest, make_id
from kg.knowledge.ontology import Ontology, load_ontology
from kg.model import Argument, Claim, Document, Entity, Event, Fact, Graph, Metric
from kg.store.client import Client
from kg.store.load import load_graph
from kg.store.queries import find_module

FACT = re.compile(r"(?P<subject>.+?)\s+-(?P<relation>[A-Z_]+)->\s+(?P<object>[^{]+?)\s*(?P<braces>\{.*\})?")
NODES = re.compile(r"(?P<label>[A-Z][A-Za-z]+):\s+(?P<names>.+)")
NODE = re.compile(r"\s*(?P<name>[^,{]+?)\s*(?P<braces>\{.*?\})?\s*(?:,|$)")
DAY = "2026-01-01"
SOURCE = "Daily"
BELIEF = 0.8


def fill(client: Client, text: str) -> None:
    """Make the database hold the graph that `text` writes, through the loader itself, and wait for its indexes."""
    load_graph(graph(text), client)
    client.read("CALL db.awaitIndexes(60)")


def ask(client: Client, module: str, /, *columns: str, **parameters: Any) -> list[Any]:
    """Return a module's rows: as tuples of `columns`, bare values for one column alone, mappings without any."""
    made = find_module(module)
    answer = client.read(made.cypher, made.bind(parameters))
    assert answer.columns == tuple(column.name for column in made.columns), "the header names other columns"
    rows = answer.records()
    if not columns:
        return rows
    return [row[columns[0]] if len(columns) == 1 else tuple(row[column] for column in columns) for row in rows]


def graph(text: str) -> Graph:
    """Return the graph that `text` writes. Raises ValueError for a line that is neither nodes nor a fact, and for an unknown name."""
    lines = [stripped for line in text.splitlines() if (stripped := line.strip()) and not stripped.startswith("#")]
    return reduce(lambda writer, line: writer.read(line), lines, _Writer()).graph()


class _Writer:
    def __init__(self) -> None:
        self.ontology: Ontology = load_ontology()
        self.ids: dict[str, str] = {}
        self.entities: list[Entity] = []
        self.events: dict[str, Event] = {}
        self.metrics: dict[str, Metric] = {}
        self.documents: dict[str, Document] = {}
        self.claims: list[Claim] = []
        self.facts: dict[str, Fact] = {}

    def read(self, line: str) -> _Writer:
        if match := FACT.fullmatch(line):
            self.fact(match["subject"], match["relation"], match["object"], _braces(match["braces"]))
        elif match := NODES.fullmatch(line):
            for node in NODE.finditer(match["names"]):
                self.node(match["label"], node["name"], _braces(node["braces"]))
        else:
            raise ValueError(f"neither nodes nor a fact: {line}")
        return self

    def graph(self) -> Graph:
        return Graph(
            documents=tuple(self.documents.values()), mentions=(), claims=tuple(self.claims), entities=tuple(self.entities),
            facts=tuple(self.facts.values()), events=tuple(self.events.values()), metrics=tuple(self.metrics.values()), rejected=(),
        )

    def id(self, name: str) -> str:
        if name not in self.ids:
            raise ValueError(f"{name!r} is no node of this graph")
        return self.ids[name]

    def node(self, label: str, name: str, given: dict[str, Any]) -> None:
        id = given.pop("id", f"{label.lower()}:{'-'.join(name.casefold().split())}")
        self.ids[name] = id
        if label == "Event":
            self.events[id] = Event(id=id, name=name, **{"kind": "launch", **given, **self.ends(given)})
            return
        fields = {field: given.pop(field) for field in ("name_en", "name_zh") if field in given}
        aliases = tuple(given.pop("aliases", ()))
        self.entities.append(Entity(id=id, labels=(label,), name=name, aliases=aliases, properties=given, **fields))

    def fact(self, subject: str, relation: str, object: str, given: dict[str, Any]) -> None:
        own = {"belief": BELIEF, "modality": "fact", "negated": False, "ended": False, "origin": "stated", "rule": None, "premises": ()}
        own |= {field: given.pop(field) for field in own if field in given}
        proof = {field: given.pop(field) for field in ("date", "source", "kind", "party", "title", "says", "confidence") if field in given}
        fixed = given.pop("id", None)
        given |= self.ends(given)
        given = {field: float(value) if type(value) is int else value for field, value in given.items()}  # as the readers write them
        if relation == "REPORTED":
            target = self.metric(self.id(subject), object, own, given)
            properties: dict[str, Any] = {}
        else:
            target, properties = self.id(object), given
        holder = given.get("holder")
        keys = {key: value for key, value in properties.items() if key in self.ontology.relations[relation].key}
        id = fixed or make_id("fact", self.id(subject), relation, target, keys, own["modality"], own["negated"])
        claim = self.claim(id, (self.id(subject), relation, target), f"{subject} {relation.lower()} {object}", own, proof, holder)
        made = self.facts.get(id) or Fact(
            id=id, subject=self.id(subject), relation=relation, object=target, claims=(), support=0,
            properties={key: value for key, value in properties.items() if key != "holder"}, **{**own, "premises": tuple(own["premises"])},
        )
        claims = (*made.claims, claim.id)
        voices = {next(d.source for d in self.documents.values() if d.id == c.document) for c in self.claims if c.id in claims}
        self.facts[id] = made.model_copy(update={"claims": claims, "support": len(voices)})
        if relation == "PARTICIPATES_IN":
            event = self.events[target]
            self.events[target] = event.model_copy(update={"participants": (*event.participants, self.id(subject))})

    def metric(self, subject: str, name: str, own: Mapping[str, Any], given: dict[str, Any]) -> str:
        fields = {field: given.pop(field) for field in list(given) if field in Metric.model_fields and field != "holder"}
        fields |= {field: own[field] for field in ("modality", "negated")} | {"holder": given.get("holder")}
        id = make_id("metric", subject, name, fields)
        self.metrics[id] = Metric(id=id, name=name, subject=subject, **fields)
        return id

    def claim(
        self, fact: str, ends: tuple[str, str, str], said: str, own: Mapping[str, Any], proof: Mapping[str, Any], holder: str | None
    ) -> Claim:
        text = proof.get("says", f"{said}.")
        number = len(self.claims)
        document = self.document(proof, "reference" if own["origin"] == "reference" else "text", text)
        start = len(document.text) - len(text)
        made = Claim(
            id=make_id("claim", number, text), fact=fact, document=document.id, start=start, end=start + len(text), locator=None, text=text,
            subject=Argument(mention=None, id=ends[0]), relation=ends[1], object=Argument(mention=None, id=ends[2]), qualifiers={},
            modality=own["modality"], negated=own["negated"], ended=own["ended"], holder=holder,
            confidence=proof.get("confidence", own["belief"]), reader="test",
        )
        self.claims.append(made)
        return made

    def document(self, proof: Mapping[str, Any], kind: str, sentence: str) -> Document:
        source, day, party = proof.get("source", SOURCE), proof.get("date", DAY), proof.get("party")
        id = make_id("doc", source, day, kind, party)
        before = self.documents.get(id)
        text = f"{before.text}\n{sentence}" if before else sentence
        self.documents[id] = Document(
            id=id, path=f"{source}.txt", offset=0, title=proof.get("title", f"{source} {day}"), source=source, published=day, language="en",
            sha256=digest(text), kind=proof.get("kind", kind), interested_party=party, text=text,
        )
        return self.documents[id]

    def ends(self, given: Mapping[str, Any]) -> dict[str, Any]:
        """Return the fields of `given` that name nodes, their ids in place of the names."""
        named = {field: self.id(given[field]) for field in ("product", "disclosed_by", "holder") if given.get(field)}
        joint = {"joint": tuple(self.id(name) for name in given["joint"])} if "joint" in given else {}
        return {**named, **joint}


def _braces(text: str | None) -> dict[str, Any]:
    values = yaml.safe_load(text) if text else {}
    return {key: _plain(value) for key, value in values.items()}


def _plain(value: Any) -> Any:
    """Dates, and years that YAML takes for numbers, are text in the graph; `period: 2026` must be."""
    if isinstance(value, date):
        return value.isoformat()
    return [_plain(part) for part in value] if isinstance(value, list) else value
