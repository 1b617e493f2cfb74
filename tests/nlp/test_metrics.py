"""Figures: the examples of the data files, and what no single sentence shows."""

from __future__ import annotations

from pathlib import Path

import pytest

from kg.errors import DataError
from kg.knowledge.metric_terms import load_metric_language, load_names, read_names
from kg.nlp import metrics
from kg.nlp.alignment import aligned
from kg.nlp.figure_modality import is_future
from kg.nlp.layout import lay_out
from kg.nlp.metrics import flag_suspects
from kg.nlp.pipeline import Reader
from kg.nlp.spans import Found
from kg.nlp.staging import figure_faults, stage
from kg.reading.text import read_plain

TOPIC = Found(0, 0, "Company", "company:corvid", "topic", antecedent=True, name="Corvid Devices")


@pytest.mark.parametrize("language", ["en", "zh"])
def test_examples_of_the_data_are_read_as_they_say(language):
    assert figure_faults(language) == []


@pytest.mark.parametrize("language", ["en", "zh"])
def test_every_term_of_a_language_is_a_standard_term(language):
    assert {name for name, _ in load_metric_language(language).phrases} <= set(load_names())


def test_contradicting_figures_of_one_document_are_both_suspect():
    small = stage("Net profit for FY2027 was NT$ 23,100 million.", {}, "en")
    large = stage("Net profit for FY2027 was NT$ 2,310,000 million.", {}, "en")
    figures = [*metrics.extract(small, TOPIC), *metrics.extract(large, TOPIC)]
    assert [figure.values.suspect is not None for figure in flag_suspects(figures)] == [True, True]


def test_two_estimates_of_one_size_are_not_suspect():
    one = stage("Net profit for FY2027 is seen at NT$ 2,310 million.", {}, "en")
    other = stage("Net profit for FY2027 is seen at NT$ 2,450 million.", {}, "en")
    figures = [*metrics.extract(one, TOPIC), *metrics.extract(other, TOPIC)]
    assert [figure.values.suspect for figure in flag_suspects(figures)] == [None, None]


def test_nothing_is_read_without_a_subject():
    assert metrics.extract(stage("Revenue rose 9% to $3 billion.", {}, "en")) == []


def test_an_unknown_name_is_not_the_topic():
    assert metrics.extract(stage("Quarterly revenue at Foolander rose 9% to $3 billion in Oslo, Brask said.", {}, "en"), None) == []


def test_a_list_that_nothing_aligns_says_nothing():
    doc = stage("Corvid Devices forecast revenue of $3 billion, $4 billion and $5 billion.", {"Corvid Devices": "Company"}, "en")
    assert metrics.extract(doc) == []


def test_aligning_nothing_gives_nothing():
    doc = stage("Corvid Devices grew.", {"Corvid Devices": "Company"}, "en")
    assert aligned(lay_out(doc), []) == []


@pytest.mark.parametrize(
    ("period", "future"), [("2027", True), ("FY2026", True), ("2025Q4", False), ("2025", False), ("2026-02", True), (None, False)]
)
def test_a_period_is_future_when_most_of_it_is(period, future):
    doc = stage("x", {}, "en", "2026-01-20")
    assert is_future(period, doc._.published) is future


def test_a_fault_in_the_names_is_told_with_its_line(tmp_path: Path):
    file = tmp_path / "names.yaml"
    file.write_text("revenue: {kinds: [money], labels: [Company]}\nprofit: {kind: [money]}\n", encoding="utf-8")
    with pytest.raises(DataError) as raised:
        read_names(file)
    assert raised.value.line == 2


@pytest.mark.parametrize(("counted", "figures"), [("nine auto parts", ["production"]), ("nine auto parts plants", [])])
def test_a_unit_that_only_describes_the_next_noun_is_not_counted(counted: str, figures: list[str]) -> None:
    reading = Reader().read(read_plain(f"Alfa said on Friday it was halting production of {counted} in Mexico that supply carmakers.", "made-up.txt"))
    assert [metric.name for metric in reading.metrics] == figures
