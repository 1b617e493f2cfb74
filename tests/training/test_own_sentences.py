"""The project's own training sentences."""

from __future__ import annotations

from pathlib import Path

import pytest

from kg.errors import DataError
from kg.knowledge.ontology import load_ontology
from kg.nlp.questions import NONE, REVERSE
from kg.training.sentences import own_sentences, read_marked


@pytest.mark.parametrize("language", ["en", "zh"])
def test_every_relation_fits_the_ontology(language: str) -> None:
    facts = load_ontology().facts
    for sentence in own_sentences(language):
        for (head, tail), said in sentence.said.items():
            if not said.label.startswith(REVERSE) and said.label != NONE:
                one, other = sentence.things[head][2], sentence.things[tail][2]
                assert facts[said.label].allows(one, other) or (facts[said.label].symmetric and facts[said.label].allows(other, one)), sentence.text


def test_a_line_is_read_into_text_things_and_what_is_said(tmp_path: Path) -> None:
    path = tmp_path / "own.tsv"
    path.write_text("# form\n[Bolt AG|Company] may ship [drives|Product] to [Nordkap|Company].\t1 SUPPLIES 3; 1 PRODUCES 2 fact negated\trumour\n", encoding="utf-8")
    (sentence,) = read_marked(path)
    assert sentence.text == "Bolt AG may ship drives to Nordkap."
    assert [sentence.text[start:end] for start, end, _ in sentence.things] == ["Bolt AG", "drives", "Nordkap"]
    assert (sentence.said[0, 2].label, sentence.said[0, 2].modality) == ("SUPPLIES", "rumour")
    assert sentence.said[2, 0].label == "~SUPPLIES"
    assert (sentence.said[0, 1].modality, sentence.said[0, 1].negated) == ("fact", True)


def test_a_pair_that_nothing_is_said_of_is_an_example_too(tmp_path: Path) -> None:
    path = tmp_path / "own.tsv"
    path.write_text("[Bolt AG|Company] and [Nordkap|Company] fell.\t\tfact\n", encoding="utf-8")
    (sentence,) = read_marked(path)
    assert {pair: said.label for pair, said in sentence.pairs()} == {(0, 1): NONE, (1, 0): NONE}


@pytest.mark.parametrize(("line", "complaint"), [
    ("[Bolt|Company] fell.\tfact", "2 columns"),
    ("[Bolt|Company] fell.\t1 SUPPLIES 2\tfact", "no relation of two"),
    ("[Bolt|Company] fell.\t\tsure", "no modality"),
])
def test_a_faulty_line_is_told_with_file_and_line(tmp_path: Path, line: str, complaint: str) -> None:
    path = tmp_path / "own.tsv"
    path.write_text("# form\n" + line + "\n", encoding="utf-8")
    with pytest.raises(DataError, match=complaint) as fault:
        read_marked(path)
    assert fault.value.line == 2
