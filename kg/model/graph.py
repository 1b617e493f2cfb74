"""What the graph believes: entities, events, metrics, and facts with the claims behind them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from pydantic import Field

from kg.model.claim import Claim, Mention, Modality, Origin, Rejected
from kg.model.document import Document, Record


class Entity(Record):
    """A node that bears `:Entity` and one label of its own (`labels[0]`). `properties` are the label's own (tickers, country, kind)."""

    id: str
    labels: tuple[str, ...]
    name: str
    name_en: str | None = None
    name_zh: str | None = None
    aliases: tuple[str, ...] = ()
    properties: Mapping[str, Any] = Field(default_factory=dict)


class Values(Record):
    """Typed values in base units (USD not "billion USD", W, percent as 62.3 with unit "%"). Nothing is converted or filled in.

    Either `value`, or a range of `low` and/or `high` (one alone is a bound: "over" gives low, "at most" gives high;
    "nearly" is no bound: it gives an `approximate` value).
    `basis` is what a change or a multiple is measured against (yoy, qoq, mom, prior_year_end, prior_guidance, a period, an entity id).
    `suspect` is the reason why a figure cannot be, where it cannot; the figure is kept as it stands.
    """

    value: float | None = None
    low: float | None = None
    high: float | None = None
    unit: str | None = None
    currency: str | None = None
    approximate: bool = False
    period: str | None = None
    as_of: str | None = None
    window_start: str | None = None
    window_end: str | None = None
    session: str | None = None
    segment: str | None = None
    basis: str | None = None
    display: str | None = None
    suspect: str | None = None


class Metric(Values):
    """One figure of one subject. `subject` is an entity or event id (a mention id before resolving); so is `holder`."""

    id: str
    name: str
    subject: str
    modality: Modality = "fact"
    negated: bool = False
    holder: str | None = None
    planned_for: str | None = None


class Event(Values):
    """Something that happened or is planned. `participants` are entity ids (mention ids before resolving), the main one first."""

    id: str
    kind: str
    name: str
    participants: tuple[str, ...] = ()
    date: str | None = None
    modality: Modality = "fact"
    negated: bool = False
    ended: bool = False
    holder: str | None = None
    planned_for: str | None = None


class Fact(Record):
    """What the claims for one (subject, relation, object, key properties, modality, negated) add up to."""

    id: str
    subject: str
    relation: str
    object: str
    properties: Mapping[str, Any]
    modality: Modality
    negated: bool
    ended: bool
    belief: float
    origin: Origin
    support: int
    claims: tuple[str, ...]
    rule: str | None = None
    premises: tuple[str, ...] = ()


class Reading(Record):
    """What the readers found in one document, before anything is resolved: all ids among them are of mentions or local records.

    `publisher` is the id of the mention that names the document's publisher.
    """

    document: Document
    publisher: str | None = None
    mentions: tuple[Mention, ...]
    claims: tuple[Claim, ...]
    events: tuple[Event, ...]
    metrics: tuple[Metric, ...]
    rejected: tuple[Rejected, ...]


class Graph(Record):
    """The whole of one build: what `kg extract` writes and `kg load` reads."""

    documents: tuple[Document, ...]
    mentions: tuple[Mention, ...]
    claims: tuple[Claim, ...]
    entities: tuple[Entity, ...]
    facts: tuple[Fact, ...]
    events: tuple[Event, ...]
    metrics: tuple[Metric, ...]
    rejected: tuple[Rejected, ...]
