"""Reading without a parse, where it is not asked for, reads the same."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

import pytest

from kg.model import Document, Reading
from kg.nlp import literals, pipeline
from kg.nlp.draft import Draft, Unparsed
from kg.nlp.lemmas import Lemmas, lemmas_of
from kg.nlp.pipeline import Reader, load_pipeline
from kg.nlp.relations import engine
from kg.nlp.spans import is_parsed
from kg.reading import read

TOP = Path(__file__).parent.parent.parent
LEMMAS = frozenset(lemma for frame in engine("en").predicates.frames for lemma in frame.predicate.lemma)  # type: ignore[union-attr]


class ParsingReader(Reader):
    """Parses every sentence that has a name or a value, whoever asks."""

    def _interpret(self, jobs: Iterable[Any]) -> None:
        self._parse([draft for job in jobs for draft in job.drafts if draft._.mentions or draft._.values])
        super()._interpret(jobs)


@pytest.fixture(scope="module")
def documents() -> list[Document]:
    return list(read([TOP / "tests" / "golden" / "one_way.jsonl", TOP / "seeds"]))


@pytest.fixture(scope="module")
def reader() -> Reader:
    return Reader()


@pytest.fixture(scope="module")
def readings(documents: list[Document], reader: Reader) -> list[Reading]:
    return list(reader.read_all(documents))


@pytest.fixture(scope="module")
def lemmas() -> Lemmas:
    found = lemmas_of(load_pipeline("en", "builtin"))
    assert found is not None
    return found


def test_what_is_parsed_only_on_demand_reads_as_what_is_parsed(documents: list[Document], readings: list[Reading]) -> None:
    assert readings == list(ParsingReader().read_all(documents))


def test_patterns_that_are_looked_for_only_where_they_can_match_read_the_same(
    documents: list[Document], readings: list[Reading], monkeypatch: pytest.MonkeyPatch,
) -> None:
    def everything(screen: Any, text: str) -> Sequence[Any]:
        items = [item for item, _ in screen._items]
        return items if items and isinstance(items[0], tuple) else hopeful(screen, text)  # frames are proved by their own examples

    hopeful = literals.Screen.hopeful
    monkeypatch.setattr(literals.Screen, "hopeful", everything)
    assert readings == list(Reader().read_all(documents))


def test_some_sentences_are_spared(readings: list[Reading], reader: Reader) -> None:
    assert 0 < reader.tally.parsed < reader.tally.sentences


def test_a_form_of_a_lemma_is_among_those_that_can_be_one(documents: list[Document], lemmas: Lemmas) -> None:
    nlp, forms = load_pipeline("en", "builtin"), lemmas.forms(LEMMAS)
    texts = [sentence.text for document in documents for sentence in pipeline.split(document) if sentence.language == "en"]
    words = [word for doc in nlp.pipe(texts) for word in doc if word.lemma_.lower() in LEMMAS]
    assert words
    assert {word.lower_ for word in words} <= forms


def test_each_form_can_be_given_the_lemma(lemmas: Lemmas) -> None:
    lemmatizer = load_pipeline("en", "builtin").get_pipe("trainable_lemmatizer")
    made = {form: [lemmatizer.trees.apply(tree, form) for tree in lemmatizer.labels] for form in lemmas.forms(frozenset({"supply"}))}
    assert [form for form, given in made.items() if form != "supply" and "supply" not in given] == []


def test_irregular_forms_are_known(lemmas: Lemmas) -> None:
    assert {"buys", "buying", "bought"} <= lemmas.forms(frozenset({"buy"}))


def test_a_reader_that_asks_for_words_is_told_that_there_are_none_yet() -> None:
    nlp = load_pipeline("en", "builtin")
    with pytest.raises(Unparsed):
        is_parsed(Draft("Corvid supplies Ostrom.", lambda: nlp.make_doc("Corvid supplies Ostrom.")))


def test_a_sentence_not_worth_parsing_has_no_words() -> None:
    nlp = load_pipeline("en", "builtin")
    draft = Draft("It rained.", lambda: nlp.make_doc("It rained."))
    draft.worth_parsing = False
    assert not is_parsed(draft)
