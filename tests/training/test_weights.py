"""The shipped pipelines load and read a plain sentence sensibly."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
import spacy
from spacy.language import Language

import kg
import kg.nlp.tokenize_zh

WEIGHTS = Path(kg.__file__).parent / "data" / "weights"


@pytest.fixture(scope="module")
def english() -> Language:
    return spacy.load(WEIGHTS / "en")


@pytest.fixture(scope="module")
def chinese() -> Language:
    return spacy.load(WEIGHTS / "zh")


def test_an_english_sentence(english: Language) -> None:
    doc = english("The company sold three factories last year.")
    read = {token.text: (token.pos_, token.lemma_, token.dep_, token.head.text) for token in doc}
    assert read["sold"] == ("VERB", "sell", "ROOT", "sold")
    assert read["company"] == ("NOUN", "company", "nsubj", "sold")
    assert read["factories"] == ("NOUN", "factory", "obj", "sold")


def test_supplies_is_a_verb_and_a_noun(english: Language) -> None:
    assert [token.pos_ for token in english("Brightwater supplies cables to the utility.") if token.text == "supplies"] == ["VERB"]
    assert [token.pos_ for token in english("Food supplies are low.") if token.text == "supplies"] == ["NOUN"]


def test_the_past_tense_of_news_is_a_verb(english: Language) -> None:
    doc = english("Brightwater Corp accused Northline Grid of breaking a contract on Friday, escalating a legal battle.")
    assert [(token.text, token.dep_) for token in doc if token.dep_ in ("ROOT", "obj")][:2] == [("accused", "ROOT"), ("Grid", "obj")]


def test_a_chinese_sentence(chinese: Language) -> None:
    doc = chinese("这家公司去年收购了两家工厂。")
    read = {token.text: (token.pos_, token.dep_, token.head.text) for token in doc}
    assert doc.text == "这家公司去年收购了两家工厂。"
    assert read["公司"] == ("NOUN", "nsubj", "收购")
    assert read["收购"] == ("VERB", "ROOT", "收购")
    assert read["工厂"] == ("NOUN", "dobj", "收购")


@pytest.mark.parametrize("language", ["en", "zh"])
def test_each_pipeline_has_its_card(language: str) -> None:
    card = json.loads((WEIGHTS / language / "card.json").read_text(encoding="utf-8"))
    assert {"data", "licence", "settings", "dev", "date"} <= card.keys()
    assert card["dev"]["las"] > 70
