"""Arguments of predicates over hand-made Universal Dependencies trees."""

from __future__ import annotations

import pytest
import spacy
from spacy.tokens import Doc

from kg.knowledge.frames import load_frames
from kg.nlp.predicates import Tree

VOCAB = spacy.blank("en").vocab
TREE = Tree(load_frames("en").syntax)


def tree(*rows: tuple[str, str, int, str]) -> Doc:
    words, tags, heads, deps = zip(*rows, strict=True)
    return Doc(VOCAB, words=list(words), pos=list(tags), heads=list(heads), deps=list(deps), lemmas=[w.lower() for w in words])


SHARED = tree(("Bosch", "PROPN", 1, "nsubj"), ("employs", "VERB", 1, "ROOT"), ("people", "NOUN", 1, "obj"), ("and", "CCONJ", 4, "cc"),
              ("makes", "VERB", 1, "conj"), ("sensors", "NOUN", 4, "obj"))
PASSIVE = tree(("chips", "NOUN", 2, "nsubj:pass"), ("are", "AUX", 2, "aux:pass"), ("made", "VERB", 2, "ROOT"), ("by", "ADP", 4, "case"),
               ("TSMC", "PROPN", 2, "obl"))
RELATIVE = tree(("TSMC", "PROPN", 4, "nsubj"), ("which", "PRON", 2, "nsubj"), ("makes", "VERB", 0, "acl:relcl"), ("chips", "NOUN", 2, "obj"),
                ("grew", "VERB", 4, "ROOT"))
OPEN = tree(("Rio", "PROPN", 1, "nsubj"), ("plans", "VERB", 1, "ROOT"), ("to", "PART", 3, "mark"), ("buy", "VERB", 1, "xcomp"),
            ("Arcadium", "PROPN", 3, "obj"))
OBJECT_RELATIVE = tree(("chips", "NOUN", 0, "ROOT"), ("that", "PRON", 3, "obj"), ("TSMC", "PROPN", 3, "nsubj"), ("makes", "VERB", 0, "acl:relcl"))


@pytest.mark.parametrize(("doc", "predicate", "role", "expected"), [
    (SHARED, 4, "agent", ["Bosch"]),
    (SHARED, 4, "theme", ["sensors"]),
    (PASSIVE, 2, "agent", ["TSMC"]),
    (PASSIVE, 2, "theme", ["chips"]),
    (RELATIVE, 2, "agent", ["TSMC"]),
    (OPEN, 3, "agent", ["Rio"]),
    (OBJECT_RELATIVE, 3, "theme", ["chips"]),
])
def test_arguments(doc: Doc, predicate: int, role: str, expected: list[str]) -> None:
    assert [token.text for token in TREE.arguments(doc[predicate], role)] == expected
