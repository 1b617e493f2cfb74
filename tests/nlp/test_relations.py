"""Frames at work on made-up sentences."""

from __future__ import annotations

from pathlib import Path

import pytest
import spacy
from spacy.tokens import Doc

from kg.errors import DataError
from kg.knowledge.frames import Frames, read_frames
from kg.knowledge.ontology import load_ontology
from kg.knowledge.yaml_file import data_folder
from kg.nlp.relations import Engine, extract
from kg.nlp.spans import Found, Stated, register
from kg.nlp.values import find_values

SYNTAX = data_folder("frames", "en", "syntax.yaml").read_text(encoding="utf-8")


def sentence(text: str, **mentions: str) -> Doc:
    register()
    doc = spacy.blank("en").make_doc(text)
    found = [(name.replace("_", " "), label) for name, label in mentions.items()]
    doc._.mentions = tuple(sorted((Found(text.index(n), text.index(n) + len(n), label, None, "test") for n, label in found), key=lambda m: m.start))
    doc._.values = tuple(find_values(text, "en"))
    return doc


def triples(doc: Doc, stated: list[Stated]) -> set[tuple[str, str, str]]:
    return {(doc.text[s.subject.start:s.subject.end], s.relation, doc.text[s.object.start:s.object.end]) for s in stated}


def frames_of(folder: Path, *records: str, words: str = "") -> Frames:
    (folder / "syntax.yaml").write_text(SYNTAX, encoding="utf-8")
    (folder / "words.yaml").write_text(words or "words: {}", encoding="utf-8")
    (folder / "test.yaml").write_text("frames:\n" + "\n".join(records), encoding="utf-8")
    return read_frames(folder, "en", load_ontology())


def frame(name: str, relation: str, pattern: str, **more: object) -> str:
    extra = "".join(f"  {key}: {value}\n" for key, value in more.items())
    return f"- id: {name}\n  relation: {relation}\n  pattern: \"{pattern}\"\n{extra}  examples: [{{text: x, mentions: {{}}, claims: []}}]"


def test_customers_are_supplied() -> None:
    doc = sentence("Arm, whose customers include Qualcomm, grew.", Arm="Company", Qualcomm="Company")
    assert triples(doc, extract(doc)) == {("Arm", "SUPPLIES", "Qualcomm")}


def test_a_supplier_supplies() -> None:
    doc = sentence("Apple supplier Largan grew.", Apple="Company", Largan="Company")
    assert triples(doc, extract(doc)) == {("Largan", "SUPPLIES", "Apple")}


def test_nearness_is_no_link() -> None:
    doc = sentence("Apple rose, while Largan fell on Monday.", Apple="Company", Largan="Company")
    assert extract(doc) == []


def test_the_sole_supplier_of_a_product_is_nobodys_supplier() -> None:
    doc = sentence("Lasertec, the sole supplier of mask testers, gained.", Lasertec="Company", mask_testers="Product")
    assert [(s.relation, s.qualifiers.get("sole")) for s in extract(doc)] == [("PRODUCES", True)]


def test_shared_number_is_joint() -> None:
    doc = sentence("Barn 7 houses 4,000 B200 and H200 chips.", Barn_7="Facility", B200="Product", H200="Product")
    joint = [s.qualifiers["joint"] for s in extract(doc)]
    assert [len(members) for members in joint] == [2, 2]


def test_each_member_has_its_own_weight() -> None:
    doc = sentence("Orient Fund's top holdings include Moutai (9.8%) and Midea (7%).", Orient_Fund="Fund", Moutai="Company", Midea="Company")
    weights = {doc.text[s.object.start:s.object.end]: s.qualifiers.get("weight_pct") for s in extract(doc)}
    assert weights == {"Moutai": 9.8, "Midea": 7.0}


def test_a_plan_is_no_fact() -> None:
    doc = sentence("Rio Tinto plans to buy Arcadium.", Rio_Tinto="Company", Arcadium="Company")
    assert [s.assertion.modality for s in extract(doc)] == ["plan"]


def test_what_is_presupposed_stays_a_fact_in_a_plan() -> None:
    doc = sentence("Dell plans to hire from Apple supplier Largan.", Dell="Company", Apple="Company", Largan="Company")
    assert [s.assertion.modality for s in extract(doc)] == ["fact"]


def test_the_source_of_a_note_rates() -> None:
    doc = sentence('The investment rating for Infineon is "Buy".', Infineon="Company")
    assert [(s.subject.reader, s.qualifiers["rating"], s.assertion.modality) for s in extract(doc)] == [("source", "buy", "opinion")]


def test_a_possessor_is_not_the_thing() -> None:
    doc = sentence("Corning sells glass to Apple's assemblers.", Corning="Company", glass="Product", Apple="Company")
    assert extract(doc) == []


def test_opposite_directions_keep_the_more_confident(tmp_path: Path) -> None:
    frames = frames_of(tmp_path, frame("sure", "SUPPLIES", "{subject:Company} feeds {object:Company}", confidence=0.9),
                       frame("unsure", "SUPPLIES", "{object:Company} feeds {subject:Company}", confidence=0.5))
    doc = sentence("Foo feeds Bar.", Foo="Company", Bar="Company")
    assert (triples(doc, Engine(frames, load_ontology()).read(doc)), len(doc._.rejected)) == ({("Foo", "SUPPLIES", "Bar")}, 1)


@pytest.mark.parametrize(("record", "reason"), [
    (frame("x", "FEEDS", "{subject} {object}"), "no relation FEEDS"),
    (frame("x", "SUPPLIES", "{subject:Firm} feeds {object}"), "no label Firm"),
    (frame("x", "SUPPLIES", "{subject} @feeds {object}"), "no @feeds"),
    (frame("x", "SUPPLIES", "{subject} feeds"), "needs object"),
    (frame("x", "SUPPLIES", "{subject} feeds {weight:value.mass} to {object}"), "no property weight"),
])
def test_a_faulty_frame_says_where_it_stands(tmp_path: Path, record: str, reason: str) -> None:
    with pytest.raises(DataError, match=rf"test\.yaml:2: .*{reason}"):
        Engine(frames_of(tmp_path, record), load_ontology())


@pytest.mark.parametrize(("text", "maker"), [
    ("Android phone makers HTC and Motorola met.", set()),
    ("Windows phones made by Nokia sold badly.", set()),
    ("Google develops Android.", {("Google", "PRODUCES", "Android")}),
])
def test_who_makes_what_runs_a_system_does_not_make_the_system(text: str, maker: set[tuple[str, str, str]]) -> None:
    from kg.nlp.pipeline import Reader
    from kg.reading.text import read_plain

    reading = Reader().read(read_plain(text, "made-up.txt"))
    names = {mention.id: mention.text for mention in reading.mentions}
    found = {(names[c.subject.mention or ""], c.relation, names[c.object.mention or ""]) for c in reading.claims if c.relation == "PRODUCES"}
    assert found == maker
