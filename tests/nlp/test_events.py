"""Events: the examples of the data files, and what hangs on the document."""

from __future__ import annotations

import pytest

from kg.knowledge.event_types import load_events
from kg.knowledge.ontology import load_ontology
from kg.nlp import events, metrics
from kg.nlp.spans import Found
from kg.nlp.staging import event_faults, stage


@pytest.mark.parametrize("language", ["en", "zh"])
def test_examples_of_the_data_are_read_as_they_say(language):
    assert event_faults(language) == []


@pytest.mark.parametrize("language", ["en", "zh"])
def test_figures_make_only_kinds_of_the_ontology(language):
    assert set(load_events(language).figures) <= set(load_ontology().labels["Event"].kinds)


def test_figures_of_an_event_are_those_of_the_sentence():
    doc = stage("Norrland Chip lifts its 2027 capital spending to 9-11 billion euros.", {"Norrland Chip": "Company"}, "en")
    doc._.figures = tuple(metrics.extract(doc))
    (event,) = events.extract(doc)
    assert event.figures == doc._.figures


def test_relative_days_need_the_day_of_publication():
    doc = stage("The Lindgren ETF drew a net inflow of 310 million yuan today.", {"Lindgren ETF": "Fund"}, "en", None)
    (event,) = events.extract(doc)
    assert event.date is None


def test_the_topic_stands_in_where_nobody_is_named():
    topic = Found(0, 0, "Company", "company:corvid", "topic", antecedent=True, name="Corvid Devices")
    doc = stage("Capital expenditures have been raised.", {}, "en")
    assert [(event.kind, event.participants[0][0]) for event in events.extract(doc, topic)] == [("capex", topic)]


def test_the_topic_is_no_party_of_what_is_done_to_it():
    topic = Found(0, 0, "Company", "company:corvid", "topic", antecedent=True, name="Corvid Devices")
    doc = stage("Inspectors banned Corvid Devices from the auction.", {"Corvid Devices": "Company"}, "en")
    assert events.extract(doc, topic) == []


def test_a_rumour_of_something_else_does_not_touch_a_price():
    doc = stage("Corvid Devices fell 4 percent after a source said a sale was near.", {"Corvid Devices": "Company"}, "en")
    (event,) = events.extract(doc)
    assert event.assertion.modality == "fact"


def test_a_stoppage_is_not_over_by_the_word_that_tells_it() -> None:
    doc = stage("Corvid Devices halted production at its plant on Monday.", {"Corvid Devices": "Company"}, "en")
    (happening,) = [each for each in events.extract(doc) if each.kind == "outage"]
    assert not happening.assertion.ended
