"""From readings to a graph, with readings written by hand."""

from __future__ import annotations

import hashlib
from typing import Any

import pytest

from kg.knowledge.ontology import load_ontology
from kg.model import Argument, Claim, Document, Entity, Event, Graph, Mention, Metric, Reading
from kg.resolve.assemble import assemble
from kg.resolve.belief import Trust

TRUST = Trust(text=0.9, reference=0.97, interested_party=0.6, ceiling=0.99)
LABELS = {"Foxlink": "Company", "Apple": "Company", "connectors": "Product", "Taipei": "Place", "Daily": "Company"}


def document(name: str, text: str, **fields: Any) -> Document:
    return Document(id=name, path=name, offset=0, title=name, language="en", sha256=hashlib.sha256(text.encode()).hexdigest(), text=text, **fields)


def mention(doc: Document, word: str) -> Mention:
    start = doc.text.index(word)
    return Mention(id=f"{doc.id}/{word}", document=doc.id, start=start, end=start + len(word), text=word, label=LABELS.get(word, "Company"))


def claim(doc: Document, subject: str, relation: str, object_: str, **fields: Any) -> Claim:
    values: dict[str, Any] = {"qualifiers": {}, "modality": "fact", "negated": False, "ended": False, "holder": None, "confidence": 0.8} | fields
    return Claim(
        id=f"{doc.id}/{subject}/{relation}/{object_}", fact=None, document=doc.id, start=0, end=len(doc.text), locator=None, text=doc.text,
        subject=Argument(mention=f"{doc.id}/{subject}", id=None), relation=relation, object=Argument(mention=f"{doc.id}/{object_}", id=None),
        reader="test", **values,
    )


def reading(doc: Document, *claims: Claim, words: tuple[str, ...] = ("Foxlink", "Apple", "connectors"), **fields: Any) -> Reading:
    values: dict[str, Any] = {"events": (), "metrics": (), "rejected": ()} | fields
    return Reading(document=doc, mentions=tuple(mention(doc, word) for word in words if word in doc.text), claims=claims, **values)


def graph(*readings: Reading) -> Graph:
    entity_of = {m.id: m.text for r in readings for m in r.mentions if m.label not in ("Event", "Metric")}
    entities = [Entity(id=word, labels=(label, "Entity"), name=word) for word, label in LABELS.items()]
    return assemble(readings, entity_of, entities, load_ontology(), TRUST)


def facts(result: Graph, relation: str) -> list[Any]:
    return [fact for fact in result.facts if fact.relation == relation]


SENTENCE = "Foxlink supplies Apple with connectors."


def test_two_voices_make_one_fact_that_is_believed_more() -> None:
    one, two = document("a", SENTENCE, source="Daily"), document("b", SENTENCE + " ", source="Weekly")
    single = graph(reading(one, claim(one, "Foxlink", "SUPPLIES", "Apple")))
    both = graph(*(reading(doc, claim(doc, "Foxlink", "SUPPLIES", "Apple")) for doc in (one, two)))
    assert facts(single, "SUPPLIES")[0].belief == pytest.approx(0.72)
    (fact,) = facts(both, "SUPPLIES")
    assert (fact.support, len(fact.claims)) == (2, 2)
    assert fact.belief == pytest.approx(1 - 0.28**2, abs=1e-4)


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ({"source": "Daily"}, {"source": "daily"}),
        ({"source": "Daily"}, {"source": "Weekly", "copy": True}),
        ({"interested_party": "Fund X"}, {"interested_party": "Fund X"}),
    ],
    ids=["one publisher", "copies of one text", "one interested party"],
)
def test_voices_that_are_one_do_not_add_up(first: dict[str, Any], second: dict[str, Any]) -> None:
    copy = second.pop("copy", False)
    one, two = document("a", SENTENCE, **first), document("b", SENTENCE if copy else SENTENCE + " ", **second)
    result = graph(*(reading(doc, claim(doc, "Foxlink", "SUPPLIES", "Apple")) for doc in (one, two)))
    assert facts(result, "SUPPLIES")[0].support == 1


def test_a_plan_and_a_fact_stand_side_by_side() -> None:
    doc = document("a", SENTENCE)
    plan = claim(doc, "Foxlink", "SUPPLIES", "Apple", modality="plan").model_copy(update={"id": "plan"})
    result = graph(reading(doc, claim(doc, "Foxlink", "SUPPLIES", "Apple"), plan))
    assert sorted(fact.modality for fact in facts(result, "SUPPLIES")) == ["fact", "plan"]


def test_key_properties_tell_facts_apart_and_entities_among_them_are_resolved() -> None:
    doc = document("a", SENTENCE)
    with_product = claim(doc, "Foxlink", "SUPPLIES", "Apple", qualifiers={"product": "a/connectors"}).model_copy(update={"id": "product"})
    result = graph(reading(doc, claim(doc, "Foxlink", "SUPPLIES", "Apple"), with_product))
    assert [fact.properties for fact in facts(result, "SUPPLIES")] == [{}, {"product": "connectors"}]


def test_a_symmetric_relation_is_one_fact_either_way() -> None:
    one, two = document("a", SENTENCE), document("b", SENTENCE + " ")
    result = graph(
        reading(one, claim(one, "Foxlink", "PARTNERS_WITH", "Apple")), reading(two, claim(two, "Apple", "PARTNERS_WITH", "Foxlink"))
    )
    assert len(facts(result, "PARTNERS_WITH")) == 1


@pytest.mark.parametrize(
    ("subject", "relation", "object_", "reason"),
    [
        ("connectors", "SUPPLIES", "Apple", "Product cannot be the subject"),
        ("Foxlink", "PRODUCES", "Apple", "Company cannot be the object"),
        ("Apple", "SUPPLIES", "Apple", "to itself"),
    ],
)
def test_what_does_not_fit_the_ontology_is_rejected_with_its_reason(subject: str, relation: str, object_: str, reason: str) -> None:
    doc = document("a", SENTENCE)
    result = graph(reading(doc, claim(doc, subject, relation, object_)))
    assert not facts(result, relation)
    assert reason in result.rejected[0].reason


def test_an_event_told_twice_is_one_event_with_two_claims() -> None:
    readings = []
    for name, period in (("a", "2027"), ("b", "2027")):
        doc = document(name, SENTENCE + " " * ord(name[0]))
        event = Event(id=f"{name}/e", kind="capex", name="capex", participants=(f"{name}/Apple",), period=period, modality="plan")
        metric = Metric(id=f"{name}/m", name="capex", subject=f"{name}/e", low=5.0, high=6.0, currency="USD", modality="plan")
        spot = [Mention(id=f"{name}/{label}", document=name, start=0, end=1, text="F", label=label) for label in ("Event", "Metric")]
        takes_part = claim(doc, "Apple", "PARTICIPATES_IN", "Event", modality="plan")
        takes_part = takes_part.model_copy(update={"object": Argument(mention=f"{name}/Event", id=f"{name}/e")})
        reports = claim(doc, "Event", "REPORTED", "Metric", modality="plan")
        ends = {"subject": Argument(mention=f"{name}/Event", id=f"{name}/e"), "object": Argument(mention=f"{name}/Metric", id=f"{name}/m")}
        reports = reports.model_copy(update=ends)
        base = reading(doc, takes_part, reports, events=(event,), metrics=(metric,))
        readings.append(base.model_copy(update={"mentions": (*base.mentions, *spot)}))
    result = graph(*readings)
    assert [event.name for event in result.events] == ["Apple capex 2027"]
    assert len(result.metrics) == 1
    assert result.metrics[0].subject == result.events[0].id
    assert [len(fact.claims) for fact in (*facts(result, "PARTICIPATES_IN"), *facts(result, "REPORTED"))] == [2, 2]


def test_background_nobody_asked_for_stays_out() -> None:
    text, background = document("a", SENTENCE), document("r", "Apple buys connectors in Taipei from Daily.", kind="reference")
    about_apple, about_others = claim(background, "Apple", "LOCATED_IN", "Taipei"), claim(background, "Daily", "LOCATED_IN", "Taipei")
    words = ("Apple", "Taipei", "Daily")
    result = graph(reading(text, claim(text, "Foxlink", "SUPPLIES", "Apple")), reading(background, about_apple, about_others, words=words))
    assert [(fact.subject, fact.origin) for fact in facts(result, "LOCATED_IN")] == [("Apple", "reference")]
    assert "Daily" not in {entity.id for entity in result.entities}


@pytest.mark.parametrize(("known", "made"), [("Apple", []), ("Foxlink", ["Foxlink"]), (None, ["Foxlink"])], ids=["another", "the same", "nobody"])
def test_who_stands_before_a_product_makes_it_unless_another_is_known_to(known: str | None, made: list[str]) -> None:
    text = document("a", "Foxlink connectors failed.")
    background = document("r", "Apple and Foxlink make connectors.", kind="reference")
    beside = claim(text, "Foxlink", "PRODUCES", "connectors").model_copy(update={"reader": "en.produces.brand_before"})
    known_makers = [claim(background, known, "PRODUCES", "connectors")] if known else []
    result = graph(reading(text, beside), reading(background, *known_makers))
    assert [fact.subject for fact in facts(result, "PRODUCES") if fact.origin == "stated"] == made


def test_a_fact_of_text_and_background_is_stated() -> None:
    text, background = document("a", SENTENCE), document("r", SENTENCE + " ", kind="reference")
    result = graph(*(reading(doc, claim(doc, "Foxlink", "SUPPLIES", "Apple")) for doc in (text, background)))
    assert facts(result, "SUPPLIES")[0].origin == "stated"
