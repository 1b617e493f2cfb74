"""The only door out of the readers: what they wrote on the `Doc`s of one document becomes mentions, claims, events and metrics."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import Any

from spacy.tokens import Doc

from kg.ids import make_id
from kg.model import Argument, Claim, Document, Event, Mention, Metric, Reading, Rejected
from kg.nlp.confidence import group_of, load_calibration
from kg.nlp.spans import Assertion, Figure, Found, Happening, Stated

SATURDAY = 5
TITLE_FACTOR = 0.75  # headlines shorten and sharpen: the body outweighs them
HEARSAY_FACTOR = 0.9  # a mention that refers back may refer to something else
DATED_RELATIONS = {"RATES": "as_of", "HOLDS": "as_of"}  # true as of the day on which it was published
DAILY_EVENTS = frozenset({"price_move", "fund_flow"})  # told on the day on which they happen


class Harvest:
    """Collects one document's findings.

    `publisher` is the source line's company, if the lexicon knows it. `own_views` is True when the publisher speaks for itself (a broker's
    note): the forecasts and opinions that the text gives to nobody are then the publisher's.
    """

    def __init__(self, document: Document, publisher: Mention | None, own_views: bool) -> None:
        self.document = document
        self.publisher = publisher
        self.own_views = own_views and publisher is not None
        self._mentions: dict[str, Mention] = {}
        self._claims: dict[str, Claim] = {}
        self._events: dict[str, Event] = {}
        self._metrics: dict[str, Metric] = {}
        self._rejected: list[Rejected] = []
        if publisher is not None:
            self._mentions[publisher.id] = publisher

    def take(self, doc: Doc) -> None:
        """Take in what the readers found in one sentence."""
        for found in doc._.mentions:
            self._mention(doc, found)
        for stated in doc._.relations:
            self._relation(doc, stated)
        for happening in doc._.happenings:
            for each in _apart(happening):
                self._event(doc, each)
        told = [figure for happening in doc._.happenings for figure in happening.figures]
        for figure in doc._.figures:
            if figure not in told:  # the event has it
                self._figure(doc, figure, None)
        for start, end, reason in doc._.rejected:
            self.reject(doc._.start + start, doc._.start + end, reason)

    def reject(self, start: int, end: int, reason: str) -> None:
        """Note a stretch of the document that was seen and not believed."""
        self._rejected.append(Rejected(document=self.document.id, start=start, end=end, text=self.document.text[start:end], reason=reason))

    def reading(self) -> Reading:
        """Return everything taken in so far, in the order of the text."""
        place = lambda item: (item.start, item.end, item.id)  # noqa: E731
        return Reading(
            document=self.document,
            publisher=self.publisher.id if self.publisher else None,
            mentions=tuple(sorted(self._mentions.values(), key=place)),
            claims=tuple(sorted(self._claims.values(), key=place)),
            events=tuple(self._events.values()),
            metrics=tuple(self._metrics.values()),
            rejected=tuple(sorted(self._rejected, key=lambda item: (item.start, item.end, item.reason))),
        )

    # -- one kind of finding each ------------------------------------------------------------------------------------------------

    def _mention(self, doc: Doc, found: Found) -> Mention | None:
        if found.reader == "source":
            return self.publisher
        start, end = doc._.start + found.start, doc._.start + found.end
        return self._keep(start, end, found.label, found.entity, found.name)

    def _keep(self, start: int, end: int, label: str, entity: str | None = None, name: str | None = None) -> Mention:
        id_ = make_id("mention", self.document.id, start, end, label)
        text = self.document.text[start:end]
        mention = Mention(id=id_, document=self.document.id, start=start, end=end, text=text, label=label, entity=entity, name=name)
        return self._mentions.setdefault(id_, mention)

    def _relation(self, doc: Doc, stated: Stated) -> None:
        subject, object_ = self._mention(doc, stated.subject), self._mention(doc, stated.object)
        if subject is None or object_ is None:
            start, end = doc._.start + stated.trigger[0], doc._.start + stated.trigger[1]
            self.reject(start, end, f"{stated.relation}: its source says it, and the document's publisher is not known")
            return
        qualifiers = {name: self._qualifier(doc, value) for name, value in stated.qualifiers.items()}
        dated = DATED_RELATIONS.get(stated.relation)
        if dated and self.document.published:
            qualifiers.setdefault(dated, self.document.published[:10])
        if stated.relation == "PRODUCES" and qualifiers.get("sole") is False:
            qualifiers.pop("sole")
        back = stated.subject.antecedent or stated.object.antecedent
        self._claim(doc, Argument(mention=subject.id, id=None), stated.relation, Argument(mention=object_.id, id=None),
                    qualifiers, stated.assertion, stated.confidence * (HEARSAY_FACTOR if back else 1.0), stated.reader)

    def _event(self, doc: Doc, happening: Happening) -> None:
        participants = [(mention, role) for found, role in happening.participants if (mention := self._mention(doc, found))]
        if not participants:
            self.reject(doc._.start + happening.start, doc._.start + happening.end, f"{happening.kind}: nobody known takes part in it")
            return
        start, end = doc._.start + happening.start, doc._.start + happening.end
        mention = self._keep(start, end, "Event")
        said = happening.assertion
        when = happening.date
        if when is None and happening.kind in DAILY_EVENTS and not happening.values.window_end and not happening.values.period:
            when = self._trading_day()
        local = make_id("local-event", mention.id, happening.kind, participants[0][0].id, happening.values.model_dump())
        self._events[local] = Event(
            id=local, kind=happening.kind, name=happening.kind.replace("_", " "), participants=tuple(m.id for m, _ in participants),
            date=when, modality=said.modality, negated=said.negated, ended=said.ended, holder=self._holder(doc, said),
            planned_for=said.planned_for, **happening.values.model_dump(),
        )
        for participant, role in participants:
            self._claim(doc, Argument(mention=participant.id, id=None), "PARTICIPATES_IN", Argument(mention=mention.id, id=local),
                        {"role": role}, said, happening.confidence, happening.reader, happening.kind)
        for figure in happening.figures:
            self._figure(doc, figure, (mention, local))

    def _trading_day(self) -> str | None:
        """Return the day of publication, unless no market was open on it: of which day a weekend's text speaks is not known."""
        published = self.document.published
        return published[:10] if published and date.fromisoformat(published[:10]).weekday() < SATURDAY else None

    def _figure(self, doc: Doc, figure: Figure, event: tuple[Mention, str] | None) -> None:
        """Take a figure of an event (`event` is its mention and local id) or, without one, of the figure's own subject."""
        subject = event[0] if event else self._mention(doc, figure.subject)
        if subject is None:
            self.reject(doc._.start + figure.start, doc._.start + figure.end, f"{figure.name}: nobody known has this figure")
            return
        mention = self._keep(doc._.start + figure.start, doc._.start + figure.end, "Metric")
        said = figure.assertion
        subject_id = event[1] if event else subject.id
        local = make_id("local-metric", mention.id, figure.name, subject_id, figure.values.model_dump(), said.modality)
        self._metrics[local] = Metric(
            id=local, name=figure.name, subject=subject_id, modality=said.modality, negated=said.negated,
            holder=self._holder(doc, said), planned_for=said.planned_for, **figure.values.model_dump(),
        )
        self._claim(doc, Argument(mention=subject.id, id=event[1] if event else None), "REPORTED", Argument(mention=mention.id, id=local),
                    {}, said, figure.confidence * (HEARSAY_FACTOR if figure.subject.antecedent else 1.0), figure.reader)

    # -- shared --------------------------------------------------------------------------------------------------------------------

    def _claim(self, doc: Doc, subject: Argument, relation: str, object_: Argument, qualifiers: Mapping[str, Any], said: Assertion,
               own: float, reader: str, kind: str | None = None) -> None:
        """Write a claim. `own` is what its reader says of it (0..1), `kind` the kind of the event that it tells."""
        start, end = _trimmed(self.document.text, doc._.start, doc._.start + len(doc.text))
        if said.planned_for and said.modality == "plan":
            qualifiers = {**qualifiers, "planned_for": said.planned_for}
        said_by_itself = own * (TITLE_FACTOR if doc._.passage == "title" else 1.0)
        confidence = load_calibration().confidence(group_of(relation, reader, kind), said_by_itself)
        claim = Claim(
            id=make_id("local-claim", self.document.id, start, end, subject.model_dump(), relation, object_.model_dump(), qualifiers, said.modality),
            fact=None, document=self.document.id, start=start, end=end, locator=None, text=self.document.text[start:end],
            subject=subject, relation=relation, object=object_, qualifiers=qualifiers, modality=said.modality, negated=said.negated,
            ended=said.ended, holder=self._holder(doc, said), confidence=confidence, reader=reader,
        )
        self._claims.setdefault(claim.id, claim)

    def _holder(self, doc: Doc, said: Assertion) -> str | None:
        mention = self._mention(doc, said.holder) if said.holder else None
        if mention is None and self.own_views and said.modality in ("forecast", "opinion"):
            mention = self.publisher
        return mention.id if mention else None

    def _qualifier(self, doc: Doc, value: Any) -> Any:
        if isinstance(value, Found):
            mention = self._mention(doc, value)
            return mention.id if mention else None
        if isinstance(value, (list, tuple)):
            return [self._qualifier(doc, item) for item in value]
        return value.isoformat() if isinstance(value, date) else value


def _apart(happening: Happening) -> list[Happening]:
    """Return a price move of several as one of each: each price moves by itself, though one sentence tells them all."""
    if happening.kind != "price_move":
        return [happening]
    return [replace(happening, participants=(participant,)) for participant in happening.participants]


def _trimmed(text: str, start: int, end: int) -> tuple[int, int]:
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    return start, end


def harvest(document: Document, docs: Sequence[Doc], publisher: Mention | None = None, *, own_views: bool = False) -> Reading:
    """Return the reading of one document from its sentences' `Doc`s, in the order of the text (see `Harvest`)."""
    basket = Harvest(document, publisher, own_views)
    for passage in document.passages:
        if passage.kind == "table":
            basket.reject(passage.start, passage.end, "a scrap of a table, not a sentence")
    for doc in docs:
        basket.take(doc)
    return basket.reading()
