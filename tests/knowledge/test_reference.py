"""Background facts: each is a claim with words that name both ends, and faults are told with file and line."""

from pathlib import Path

import pytest

from kg.errors import DataError
from kg.knowledge.lexicon import load_lexicon
from kg.knowledge.ontology import load_ontology
from kg.knowledge.reference import fund_managers, place_wholes, read_reference, reference_readings

GOOD = """- title: Annual report
  publisher: ASML
  date: "2025-03"
  records:
  - {subject: "company:asml", relation: PRODUCES, object: "product:duv", qualifiers: {sole: false},
     words: "ASML makes DUV lithography machines."}
"""


def written(folder: Path, text: str) -> Path:
    (folder / "facts.yaml").write_text(text, encoding="utf-8")
    return folder


def test_a_record_becomes_a_claim_that_quotes_its_words(tmp_path: Path) -> None:
    (reading,) = read_reference(written(tmp_path, GOOD), load_lexicon(), load_ontology())
    (claim,) = reading.claims
    assert reading.document.text[claim.start:claim.end] == "ASML makes DUV lithography machines."
    assert (reading.document.kind, claim.relation, claim.reader) == ("reference", "PRODUCES", "reference")


def test_mentions_stand_where_the_words_name_them(tmp_path: Path) -> None:
    (reading,) = read_reference(written(tmp_path, GOOD), load_lexicon(), load_ontology())
    assert [(m.text, m.entity) for m in reading.mentions] == [("ASML", "company:asml"), ("DUV lithography machines", "product:duv")]
    assert all(reading.document.text[m.start:m.end] == m.text for m in reading.mentions)


@pytest.mark.parametrize(("old", "new", "line", "says"), [
    ("company:asml", "company:asmll", 5, "the lexicon has no"), ("PRODUCES", "MAKES", 5, "no relation"),
    ("PRODUCES", "OWNS", 5, "links no"),
    ("sole: false", "soul: false", 5, "no property"), ("ASML makes", "It makes", 5, "do not name"),
    ("publisher", "published", 1, "no key"),
    ("  publisher: ASML\n", "", 1, "no publisher"), ("words:", "modality: rumour, words:", 5, "no rumour"),
])
def test_a_fault_is_named_with_its_line(tmp_path: Path, old: str, new: str, line: int, says: str) -> None:
    with pytest.raises(DataError) as caught:
        read_reference(written(tmp_path, GOOD.replace(old, new, 1)), load_lexicon(), load_ontology())
    assert (caught.value.line, says in caught.value.message) == (line, True)


def test_a_fact_that_stands_twice_is_a_fault(tmp_path: Path) -> None:
    with pytest.raises(DataError, match="stands already"):
        read_reference(written(tmp_path, GOOD + GOOD.replace("Annual report", "Another report")), load_lexicon(), load_ontology())


def test_a_fund_is_managed_by_the_house_that_its_listed_name_ends_in() -> None:
    (reading,) = fund_managers({"fund:159273.SZ", "company:asml"}, load_lexicon())
    assert [(claim.relation, claim.text) for claim in reading.claims] == [("MANAGES", "汇添富基金管理云计算ETF汇添富。")]


def test_a_place_is_part_of_all_that_it_lies_in_and_a_whole_brings_no_parts_along() -> None:
    (reading,) = place_wholes({"place:memphis", "place:china", "company:asml"}, load_lexicon())
    assert [(claim.relation, claim.text) for claim in reading.claims] == [
        ("PART_OF", "Memphis is part of Tennessee."), ("PART_OF", "Memphis is part of United States."),
    ]


def test_the_lithography_chain_ships_with_its_sources() -> None:
    told = {(c.text, r.document.source) for r in reference_readings() for c in r.claims}
    assert ("ASML supplies EUV lithography machines to TSMC.", "ASML") in told
    assert any("Colossus 2" in text for text, source in told if source == "xAI")
