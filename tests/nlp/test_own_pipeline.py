"""A spaCy pipeline of the user's own: made here in a few steps, saved, and loaded by its path."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pytest
import spacy
from spacy.language import Language
from spacy.tokens import Doc
from spacy.training import Example
from spacy.vocab import Vocab

from kg.errors import InputError
from kg.model import Document, Passage
from kg.nlp.own_pipeline import write_tree
from kg.nlp.pipeline import Reader, load_pipeline

# Two clauses, drawn as spaCy's English pipelines draw them: prepositions govern their nouns.
WORDS = ("Corning", "runs", "plants", "in", "Ohio", "and", "supplied", "sheets", "of", "all", "sizes", "to", "Apple", ".")
HEADS = (1, 1, 1, 2, 3, 1, 1, 6, 7, 10, 8, 6, 11, 6)
DEPS = ("nsubj", "ROOT", "dobj", "prep", "pobj", "cc", "conj", "dobj", "prep", "det", "pobj", "prep", "pobj", "punct")
TAGS = ("NNP", "VBZ", "NNS", "IN", "NNP", "CC", "VBD", "NNS", "IN", "DT", "NNS", "IN", "NNP", ".")
TEXT = "Corning runs plants in Ohio and supplied sheets of all sizes to Apple."


def pipeline(parts: Sequence[str] = ("tagger", "parser"), lang: str = "en") -> Language:
    """A pipeline that has learnt one sentence by heart, with a rule for one name."""
    spacy.util.fix_random_seed(0)  # twenty steps are enough from some beginnings only
    nlp = spacy.blank(lang)
    for part in parts:
        nlp.add_pipe(part, config={"min_action_freq": 1} if part == "parser" else {})
    gold = Doc(nlp.vocab, words=list(WORDS), spaces=[True] * 12 + [False, False], heads=list(HEADS), deps=list(DEPS), tags=list(TAGS))
    lesson = Example(Doc(nlp.vocab, words=list(WORDS), spaces=[True] * 12 + [False, False]), gold)
    nlp.initialize(lambda: [lesson])
    for _ in range(20 if parts else 0):
        nlp.update([lesson], drop=0.0)
    ruler = nlp.add_pipe("entity_ruler")
    ruler.add_patterns([{"label": "GPE", "pattern": "Ohio"}, {"label": "CARDINAL", "pattern": "all"}])  # type: ignore[attr-defined]
    return nlp


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("own") / "pipeline"
    pipeline().to_disk(path)
    return path


@pytest.fixture(scope="module")
def doc(folder: Path) -> Doc:
    return load_pipeline("en", str(folder))(TEXT)


def test_its_tree_is_in_the_words_of_the_frames(doc: Doc) -> None:
    read = {token.text: (token.dep_, token.head.text) for token in doc}
    assert read["Apple"] == ("obl", "supplied")
    assert read["to"] == ("case", "Apple")
    assert read["Ohio"] == ("nmod", "plants")
    assert read["sheets"] == ("obj", "supplied")


def test_parts_of_speech_come_from_its_tags(doc: Doc) -> None:
    assert [doc[index].pos_ for index in (0, 1, 3)] == ["PROPN", "VERB", "ADP"]


def test_names_are_of_kinds_that_kg_knows(doc: Doc) -> None:
    assert [(ent.text, ent.label_) for ent in doc.ents] == [("Ohio", "LOC")]


def test_a_frame_reads_its_tree(folder: Path) -> None:
    document = Document(id="doc:1", path="a.txt", offset=0, title="", language="en", sha256="", text=TEXT,
                        passages=(Passage(start=0, end=len(TEXT), kind="body", language="en"),))
    reading = Reader(en=str(folder)).read(document)
    text = {mention.id: mention.text for mention in reading.mentions}
    assert ("Corning", "SUPPLIES", "Apple") in {(text[c.subject.mention], c.relation, text[c.object.mention]) for c in reading.claims}


@pytest.mark.parametrize(("parts", "says"), [(("tagger",), "has no parser"), (("parser",), "has no tagger")])
def test_what_it_lacks_is_told_before_reading(parts: tuple[str, ...], says: str, tmp_path: Path) -> None:
    pipeline(parts).to_disk(tmp_path / "half")
    with pytest.raises(InputError, match=says):
        Reader(en=str(tmp_path / "half"))


def test_a_pipeline_of_another_language_is_refused(tmp_path: Path) -> None:
    pipeline(lang="de").to_disk(tmp_path / "german")
    with pytest.raises(InputError, match="for the language 'de'"):
        Reader(en=str(tmp_path / "german"))


def test_an_unknown_name_points_to_spacys_own_download() -> None:
    with pytest.raises(InputError, match="python -m spacy download") as told:
        Reader(en="en_core_web_xyz")
    assert "pip install" not in str(told.value)


def test_a_folder_without_a_pipeline_is_named(tmp_path: Path) -> None:
    with pytest.raises(InputError, match=tmp_path.name):
        Reader(en=str(tmp_path))


def test_hanlp_reads_chinese_only() -> None:
    with pytest.raises(InputError, match="--nlp-zh"):
        Reader(en="hanlp:anything")


@pytest.mark.parametrize("label", ["compound:vv", "case:suff", "nsubj"])  # a hash of 64 bits, one of 63, and a number of spaCy's own
def test_a_tree_takes_any_label(label: str) -> None:
    doc = Doc(Vocab(), words=["Mills", "run"])
    write_tree(doc, ["NOUN", "VERB"], [1, 1], [label, "ROOT"])
    assert [(token.pos_, token.head.i, token.dep_) for token in doc] == [("NOUN", 1, label), ("VERB", 1, "ROOT")]
