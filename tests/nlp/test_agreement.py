"""Frames and encoder brought together: who is believed."""

from __future__ import annotations

import pytest

from kg.nlp.agreement import agree
from kg.nlp.asking import NAMED, drop_idle, load_terms, pairs
from kg.nlp.encoder import Answer
from kg.nlp.questions import NONE
from kg.nlp.spans import Found, Stated, register
from kg.nlp.staging import stage

TEXT = "Bolt AG delivers drives to Nordkap in Oslo."
PLAIN = {"fact": 0.9, "plan": 0.1, "forecast": 0.0, "opinion": 0.0, "rumour": 0.0, "hypothetical": 0.0}


def named(text: str, label: str = "Company", reader: str = "test") -> Found:
    return Found(TEXT.index(text), TEXT.index(text) + len(text), label, None, reader)


BOLT, NORDKAP = named("Bolt AG"), named("Nordkap")


def staged(*stated: Stated, mentions: tuple[Found, ...] = (BOLT, NORDKAP)):  # type: ignore[no-untyped-def]
    register()
    doc = stage(TEXT, {}, "en")
    doc._.mentions, doc._.relations = mentions, stated
    return doc


def answer(label: str, chance: float, modality: dict[str, float] = PLAIN, negated: float = 0.0) -> Answer:
    return Answer({label: chance, NONE: 1 - chance} if label != NONE else {NONE: chance}, modality, negated, 0.0)


def reading(subject: Found, object_: Found) -> Stated:
    return Stated(subject, "SUPPLIES", object_, (8, 16), "en.supplies.test")


def full(label: str, chance: float) -> Answer:
    """Return an answer that has a chance for what the frame reads, too."""
    return Answer({label: chance, "SUPPLIES": 0.01, NONE: 0.0}, PLAIN, 0.0, 0.0)


def test_what_both_read_bears_both_names() -> None:
    doc = staged(reading(BOLT, NORDKAP))
    agree(doc, {(BOLT, NORDKAP): answer("SUPPLIES", 0.9)})
    assert [stated.reader for stated in doc._.relations] == ["en.supplies.test+encoder"]


def test_a_frame_stands_where_the_encoder_sees_nothing() -> None:
    doc = staged(reading(BOLT, NORDKAP))
    agree(doc, {(BOLT, NORDKAP): Answer({NONE: 0.99, "SUPPLIES": 0.01}, PLAIN, 0.0, 0.0)})
    assert [stated.reader for stated in doc._.relations] == ["en.supplies.test"]


def test_a_frame_that_the_encoder_contradicts_is_rejected_with_the_reason() -> None:
    doc = staged(reading(BOLT, NORDKAP))
    agree(doc, {(BOLT, NORDKAP): full("~ACQUIRES", 0.97)})
    assert [stated.reader for stated in doc._.relations if not stated.reader.startswith("encoder")] == []
    assert [why for _, _, why in doc._.rejected] == ["en.supplies.test: SUPPLIES, where the encoder reads ~ACQUIRES (0.97)"]


@pytest.mark.parametrize(("label", "ends"), [("SUPPLIES", (BOLT, NORDKAP)), ("~SUPPLIES", (NORDKAP, BOLT))])
def test_the_encoder_alone_claims_in_the_direction_of_its_label(label: str, ends: tuple[Found, Found]) -> None:
    doc = staged()
    agree(doc, {(BOLT, NORDKAP): answer(label, 0.97)})
    assert [(stated.subject, stated.object, stated.relation) for stated in doc._.relations] == [(*ends, "SUPPLIES")]


def test_the_encoder_alone_claims_nothing_below_its_relations_chance() -> None:
    doc = staged()
    agree(doc, {(BOLT, NORDKAP): answer("SUPPLIES", load_terms().relations["SUPPLIES"] - 0.01)})
    assert doc._.relations == ()


def test_two_names_that_only_the_encoder_knows_make_no_claim() -> None:
    unknown = named("Bolt AG", reader=NAMED), named("Nordkap", reader=NAMED)
    doc = staged(mentions=unknown)
    agree(doc, {unknown: answer("SUPPLIES", 0.97)})
    assert doc._.relations == ()


def test_a_warier_modality_of_the_encoder_counts() -> None:
    doc = staged()
    agree(doc, {(BOLT, NORDKAP): answer("SUPPLIES", 0.97, PLAIN | {"fact": 0.1, "rumour": 0.9})})
    assert [stated.assertion.modality for stated in doc._.relations] == ["rumour"]


def test_a_denial_that_the_encoder_hears_counts() -> None:
    doc = staged()
    agree(doc, {(BOLT, NORDKAP): answer("SUPPLIES", 0.97, negated=0.9)})
    assert [stated.assertion.negated for stated in doc._.relations] == [True]


def test_a_name_of_the_encoders_own_goes_where_no_relation_needs_it() -> None:
    idle, needed = named("Oslo", "Facility", NAMED), named("Nordkap", reader=NAMED)
    doc = staged(reading(BOLT, needed), mentions=(BOLT, needed, idle))
    drop_idle(doc)
    assert doc._.mentions == (BOLT, needed)


def test_a_list_of_many_names_is_not_asked_about() -> None:
    many = tuple(Found(place, place + 1, "Company", None, "test") for place in range(load_terms().most_mentions + 1))
    assert pairs(staged(mentions=many)) == []


def test_only_what_a_relation_could_link_is_asked_about() -> None:
    place = named("Oslo", "Program")
    assert pairs(staged(mentions=(BOLT, NORDKAP, place))) == [(BOLT, NORDKAP)]
