"""Nearness is no link: two known names that stand near one another, of which the text states nothing together."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from kg.model import Reading
from kg.nlp.pipeline import Reader
from kg.reading.text import read_plain

PASSAGES = [json.loads(line) for line in (Path(__file__).parents[1] / "golden" / "neighbours.jsonl").read_text("utf-8").splitlines()]


@pytest.fixture(scope="module")
def readings() -> dict[str, Reading]:
    documents = [read_plain(passage["text"], f"{number}.txt") for number, passage in enumerate(PASSAGES)]
    return {reading.document.text: reading for reading in Reader().read_all(documents)}


def entities(passage: dict[str, Any], reading: Reading) -> list[set[str]]:
    """The entities that the reader sees at the two places of the pair."""
    return [{m.entity for m in reading.mentions if m.start < end and start < m.end and m.entity} for start, end in passage["pair"]]


@pytest.mark.parametrize("passage", PASSAGES, ids=[passage["text"] for passage in PASSAGES])
def test_both_names_are_known(passage: dict[str, Any], readings: dict[str, Reading]) -> None:
    assert all(entities(passage, readings[passage["text"]]))


@pytest.mark.parametrize("passage", PASSAGES, ids=[passage["text"] for passage in PASSAGES])
def test_neighbours_are_not_related(passage: dict[str, Any], readings: dict[str, Reading]) -> None:
    reading = readings[passage["text"]]
    one, other = entities(passage, reading)
    who = {mention.id: mention.entity for mention in reading.mentions}
    ends = [(who.get(claim.subject.id or ""), claim.relation, who.get(claim.object.id or "")) for claim in reading.claims]
    assert [end for end in ends if {end[0], end[2]} & one and {end[0], end[2]} & other] == []
