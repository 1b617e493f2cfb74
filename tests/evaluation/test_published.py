"""Readers of the published sets, on made-up files in each set's form."""

from __future__ import annotations

import gzip
import json
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import pytest

from kg.errors import DataError
from kg.evaluation.names import Name
from kg.evaluation.pairs import Pair
from kg.evaluation.published import (
    EVENT_SETS,
    NAME_SETS,
    SETS,
    Role,
    Told,
    locate,
    read_aircraft,
    read_cluener,
    read_core,
    read_dfki,
    read_fewfc,
    read_finre,
    read_finred,
    read_fintech_key_phrase,
    read_fire,
    read_gsdsimp,
    read_uner,
    read_wnut17,
)

CORE = {
    "id": "E1", "relation": "acquired_by", "invert_relation": 0, "e1_start": 0, "e1_end": 0, "e2_start": 3, "e2_end": 4,
    "e1_name": "Novacor", "e2_name": "Bright Water", "context": ["Novacor", "went", "to", "Bright", "Water", "."],
}
FIRE = {
    "tokens": ["Novacor", " ", "makes", "steel", "pipes", "."],
    "entities": [{"id": "a", "text": "Novacor", "type": "Company", "start": 0, "end": 1},
                 {"id": "b", "text": "steel pipes", "type": "Product", "start": 3, "end": 5},
                 {"id": "c", "text": "pipes", "type": "Product", "start": 4, "end": 5}],
    "relations": [{"head": 1, "tail": 0, "type": "Productof"}, {"head": 1, "tail": 0, "type": "Sector"}, {"head": 2, "tail": 2, "type": "Sector"}],
    "orig_id": 7, "duration": 1,
}
DFKI = {
    "id": "doc:1", "tokens": ["Novacor", "sells", "steel", "pipes", "."], "label": "CompanyProvidesProduct", "entities": [[0, 1], [2, 4]],
    "grammar": ["SUBJ", "OBJ"], "type": ["ORGANIZATION", "PRODUCT"],
}
AIRCRAFT = {
    "id": 3, "text": "海川供应北辰发动机。",
    "entities": [{"id": 10, "start_offset": 0, "end_offset": 2, "label": "组织"}, {"id": 11, "start_offset": 4, "end_offset": 6, "label": "组织"},
                 {"id": 12, "start_offset": 6, "end_offset": 9, "label": "产品/服务"}],
    "relations": [{"from_id": 10, "to_id": 11, "type": "供应"}],
}
CLUENER = {"text": "海川的李青在北辰。", "label": {"name": {"李青": [[3, 4]]}, "company": {"海川": [[0, 1]], "北辰": [[6, 7]]}}}
FEWFC = {
    "id": "x", "content": "海川昨日收购北辰。",
    "events": [{"type": "收购", "mentions": [{"word": "北辰", "span": [6, 8], "role": "obj-org"}, {"word": "收购", "span": [4, 6], "role": "trigger"},
                                            {"word": "海川", "span": [0, 2], "role": "sub-org"}]}],
}


def file(folder: Path, name: str, *records: Mapping[str, Any] | str) -> Path:
    path = folder / name
    lines = [record if isinstance(record, str) else json.dumps(record, ensure_ascii=False) for record in records]
    text = "[" + ",\n".join(lines) + "]" if name.endswith(".json") else "\n".join(lines) + "\n"
    path.write_bytes(gzip.compress(text.encode()) if name.endswith(".gz") else text.encode())
    return path


def shown(pair: Pair) -> tuple[str, str, str]:
    return pair.text[slice(*pair.head)], pair.relation, pair.text[slice(*pair.tail)]


def test_core_reads_from_head_to_tail(tmp_path: Path) -> None:
    plain, turned = read_core(file(tmp_path, "train.json", CORE, CORE | {"id": "E2", "invert_relation": 1}))
    assert shown(plain) == ("Novacor", "acquired_by", "Bright Water")
    assert shown(turned) == ("Bright Water", "acquired_by", "Novacor")
    assert (plain.id, plain.text) == ("core-train-E1", "Novacor went to Bright Water .")


def test_core_can_be_left_in_the_order_of_the_text(tmp_path: Path) -> None:
    (pair,) = read_core(file(tmp_path, "train.json", CORE | {"invert_relation": 1}), oriented=False)
    assert shown(pair) == ("Novacor", "acquired_by", "Bright Water")


def test_fire_gives_all_ordered_pairs(tmp_path: Path) -> None:
    pairs = read_fire(file(tmp_path, "dev.json", FIRE))
    assert [shown(pair) for pair in pairs] == [
        ("Novacor", "none", "steel pipes"), ("Novacor", "none", "pipes"), ("steel pipes", "Productof", "Novacor"),
        ("steel pipes", "none", "pipes"), ("pipes", "none", "Novacor"), ("pipes", "none", "steel pipes"),
    ]
    assert pairs[0].text == "Novacor makes steel pipes ."  # the blank token takes no room


def test_finre_finds_the_names(tmp_path: Path) -> None:
    path = file(tmp_path, "train.txt", "海川\t北辰\t收购\t海川上月收购北辰。", "", "北辰\t海川\t被收购\t海川上月收购北辰。")
    assert [(pair.id, *shown(pair)) for pair in read_finre(path)] == [
        ("finre-train-1", "海川", "收购", "北辰"), ("finre-train-3", "北辰", "被收购", "海川"),
    ]


@pytest.mark.parametrize(
    ("text", "head", "tail", "expected"),
    [
        ("海川与南湖签约,海川收购北辰。", "海川", "北辰", (8, 12)),         # the nearer of two
        ("北辰电池说,北辰的股价跌了。", "北辰", "北辰电池", (6, 0)),         # not the one inside the longer name
        ("北辰电池上市了。", "北辰", "北辰电池", (0, 0)),                    # there is no other
        ("海川控股海川。", "海川", "海川", (0, 4)),                          # one name, two places
        ("The want of ants; ant Ltd buys ants.", "ant", "ants", (18, 12)),   # words, not parts of words
        ("Alfa, Beta, Alfa.", "Beta", "Alfa", (6, 0)),                       # equally near: the first
    ],
)
def test_which_occurrence_of_a_name_is_meant(text: str, head: str, tail: str, expected: tuple[int, int]) -> None:
    places = locate(text, head, tail)
    assert places and (places[0][0], places[1][0]) == expected
    assert locate(text, tail, head) == (places if head == tail else (places[1], places[0]))


def test_a_name_that_is_not_there_has_no_place() -> None:
    assert locate("海川上市了。", "海川", "北辰") is None


def test_dfki_is_unpacked(tmp_path: Path) -> None:
    same = DFKI | {"label": "Identity"}
    late = DFKI | {"id": "doc:2", "label": "no_relation", "entities": [[0, 1], [3, 6]]}
    pairs = read_dfki(file(tmp_path, "dev.jsonl.gz", DFKI, same, late))
    assert [shown(pair) for pair in pairs] == [("Novacor", "CompanyProvidesProduct", "steel pipes"), ("Novacor", "no_relation", "pipes .")]


def test_finred_pairs_sentences_with_tuples(tmp_path: Path) -> None:
    file(tmp_path, "dev.sent", "Novacor, run by Ann Li, owns Brightwater.", "Brightwater makes pipes.")
    file(tmp_path, "dev.tup", "Novacor ; Ann Li ; chief_executive_officer | Novacor ; Brightwater ; owner_of", "Brightwater ; pipes ; industry")
    pairs = read_finred(tmp_path, "dev")
    assert [(pair.id, *shown(pair)) for pair in pairs] == [
        ("finred-dev-1-0", "Novacor", "chief_executive_officer", "Ann Li"), ("finred-dev-1-1", "Novacor", "owner_of", "Brightwater"),
        ("finred-dev-2-0", "Brightwater", "industry", "pipes"),
    ]


def test_aircraft_gives_all_ordered_pairs(tmp_path: Path) -> None:
    pairs = read_aircraft(file(tmp_path, "samples.jsonl", AIRCRAFT))
    assert len(pairs) == 6
    assert [shown(pair) for pair in pairs if pair.relation != "其他/无"] == [("海川", "供应", "北辰")]


UNER = "# sent_id = a-1\n# text = Novacor's Ann.\n1\tNovacor\tB-ORG\t-\tx\n2\t's\tO\t-\t-\n3\tAnn\tB-PER\t-\tx\n4\t.\tB-O\t-\tx\n"


def test_uner_keeps_the_text_and_drops_its_mark_of_doubt(tmp_path: Path) -> None:
    (sentence,) = read_uner(file(tmp_path, "dev.iob2", UNER))
    assert (sentence.id, sentence.text) == ("a-1", "Novacor's Ann.")
    assert sentence.names == (Name(0, 7, "ORG"), Name(10, 13, "PER"))


def test_wnut_joins_words_by_spaces(tmp_path: Path) -> None:
    (sentence,) = read_wnut17(file(tmp_path, "dev.conll", "Bright\tB-corporation\nWater\tI-corporation\nrocks\tO"))
    assert (sentence.text, sentence.names) == ("Bright Water rocks", (Name(0, 12, "corporation"),))


def test_gsdsimp_reads_the_names_of_a_treebank(tmp_path: Path) -> None:
    row = "{}\t{}\t_\tX\tX\t_\t0\troot\t_\tNER={}"
    path = file(tmp_path, "dev.conllu", "# sent_id = 1", row.format(1, "北", "B-ORG"), row.format(2, "辰", "I-ORG"), row.format(3, "说", "O"))
    (sentence,) = read_gsdsimp(path)
    assert (sentence.text, sentence.lang, sentence.names) == ("北辰说", "zh", (Name(0, 2, "ORG"),))


@pytest.mark.parametrize("read", [read_cluener, read_fintech_key_phrase])
def test_inclusive_ends_become_exclusive(tmp_path: Path, read: Callable[[Path], Any]) -> None:
    (sentence,) = read(file(tmp_path, "train.jsonl", CLUENER))
    assert [(sentence.text[name.start:name.end], name.kind) for name in sentence.names] == [("海川", "company"), ("李青", "name"), ("北辰", "company")]
    assert len(sentence.tokens) == len(CLUENER["text"])


def test_fewfc_parts_the_trigger_from_the_arguments(tmp_path: Path) -> None:
    (text,) = read_fewfc(file(tmp_path, "train.jsonl", FEWFC))
    assert text.events == (Told("收购", 4, 6, (Role(0, 2, "sub-org"), Role(6, 8, "obj-org"))),)


@pytest.mark.parametrize(
    ("read", "name", "records", "line"),
    [
        (read_core, "train.json", (CORE, CORE | {"e2_end": 9}), 2),
        (read_core, "train.json", ({"id": "E1"},), 1),
        (read_core, "train.json", (CORE, "{"), 2),
        (read_fire, "dev.json", (FIRE, FIRE | {"relations": [{"head": 0, "tail": 9, "type": "Value"}]}), 2),
        (read_finre, "train.txt", ("海川\t北辰\t海川收购北辰",), 1),
        (read_finre, "train.txt", ("", "海川\t南湖\t收购\t海川收购北辰"), 2),
        (read_dfki, "dev.jsonl", (DFKI, DFKI | {"entities": [[0, 1]]}), 2),
        (read_dfki, "dev.jsonl", (DFKI, "no json"), 2),
        (read_aircraft, "samples.jsonl", (AIRCRAFT | {"entities": AIRCRAFT["entities"][:1]},), 1),
        (read_uner, "dev.iob2", ("1\tNovacor\tORG",), 1),
        (read_uner, "dev.iob2", ("1\tNovacor\tB-ORG", "Novacor"), 2),
        (read_gsdsimp, "dev.conllu", ("1\t北\t_\tX\tX\t_\t0\troot\t_\t_",), 1),
        (read_cluener, "train.jsonl", (CLUENER, CLUENER | {"label": {"name": {"李青": [[2, 3]]}}}), 2),
        (read_fewfc, "train.jsonl", (FEWFC | {"content": "海川收购北辰。"},), 1),
    ],
)
def test_a_bad_row_is_named_by_file_and_line(tmp_path: Path, read: Callable[[Path], Any], name: str, records: tuple[Any, ...], line: int) -> None:
    path = file(tmp_path, name, *records)
    with pytest.raises(DataError) as raised:
        read(path)
    assert (raised.value.where, raised.value.line) == (str(path), line)


def test_a_tuple_of_finred_without_its_sentence_is_named(tmp_path: Path) -> None:
    file(tmp_path, "dev.sent", "Novacor owns Brightwater.")
    tuples = file(tmp_path, "dev.tup", "Novacor ; Brightwater ; owner_of", "Novacor ; Brightwater ; owner_of")
    with pytest.raises(DataError) as raised:
        read_finred(tmp_path, "dev")
    assert (raised.value.where, raised.value.line) == (str(tuples), 2)


def test_label_sets_are_as_large_as_published() -> None:
    sizes = {name: len(each.labels) - (each.null in ("none", "no_relation")) for name, each in SETS.items()}
    assert sizes == {"core": 12, "fire": 18, "dfki": 1, "finred": 29, "finre": 44, "aircraft_zh": 6}


@pytest.mark.parametrize("name", SETS)
def test_inverses_and_symmetric_labels_are_labels_of_the_set(name: str) -> None:
    each = SETS[name]
    assert {*each.inverse, *each.inverse.values(), *each.symmetric} <= set(each.labels)
    assert all(each.inverse[other] == label for label, other in each.inverse.items())
    assert each.symmetric.isdisjoint(each.inverse)


def test_only_sets_with_a_licence_may_train_what_ships() -> None:
    assert {name for sets in (SETS, NAME_SETS, EVENT_SETS) for name, each in sets.items() if not each.ships} == {"finred", "aircraft_zh", "cluener"}
    assert all(each.ships == (each.licence != "not stated") for sets in (SETS, NAME_SETS, EVENT_SETS) for each in sets.values())
