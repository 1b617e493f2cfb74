"""The matcher on small graphs written by hand: what counts as a gold row, and what is counted as which fault."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from kg.errors import DataError, InputError
from kg.evaluation import GraphScore, evaluate_graph, read_gold

GOLD = Path(__file__).parent / "golden" / "seeds.yaml"

HEAD = """
documents: {A: {title: "Orders: 新订单 up", complete: true}}
facts:
"""

ENTITIES = [
    {"id": "e:boreal", "labels": ["Company"], "name": "Boreal Glass", "name_zh": "北光玻璃", "tickers": ["600001.SH"]},
    {"id": "e:tarn", "labels": ["Company"], "name": "Tarn Motors", "aliases": ["Tarn"]},
    {"id": "e:park", "labels": ["Facility"], "name": "Fjord Park"},
    {"id": "e:x1", "labels": ["Product"], "name": "X1", "aliases": ["X1 chip"]},
    {"id": "e:x2", "labels": ["Product"], "name": "X2"},
    {"id": "e:house", "labels": ["Company"], "name": "Quay Securities"},
]


def fact(subject: str, relation: str, obj: str, **fields: Any) -> dict[str, Any]:
    return {
        "id": f"f:{subject}:{relation}:{obj}:{fields.get('modality', 'fact')}", "subject": subject, "relation": relation, "object": obj,
        "properties": {}, "modality": "fact", "negated": False, "ended": False, "belief": 0.8, "origin": "stated", "support": 1,
        "claims": [],
    } | fields


def write(folder: Path, facts: list[dict[str, Any]], *, title: str = "orders:新订单  UP", holder: str | None = None, **files: Any) -> Path:
    """Write an extraction of one document, with one claim behind each stated fact."""
    document = {"id": "d:1", "path": "a.txt", "offset": 0, "title": title, "language": "en", "sha256": "0", "text": "A sentence."}
    claims = []
    for number, item in enumerate(facts):
        if item["origin"] == "stated" and item["relation"] != "MENTIONED_IN":
            item["claims"] = [f"c:{number}"]
            claims.append({
                "id": f"c:{number}", "fact": item["id"], "document": "d:1", "start": 0, "end": 11, "locator": None, "text": "A sentence.",
                "subject": {"mention": None, "id": item["subject"]}, "relation": item["relation"],
                "object": {"mention": None, "id": item["object"]}, "qualifiers": {}, "modality": item["modality"],
                "negated": item["negated"], "ended": False, "holder": holder, "confidence": 0.8, "reader": "test",
            })
    rows = {
        "documents": [document], "mentions": [], "claims": claims, "entities": ENTITIES, "facts": facts, "events": [], "metrics": [],
        "rejected": [],
    } | files
    folder.mkdir()
    for name, records in rows.items():
        (folder / f"{name}.jsonl").write_text("".join(json.dumps(r, ensure_ascii=False) + "\n" for r in records), encoding="utf-8")
    manifest = {"schema_version": 1, "tool": "test", "readers": {}, "data": {}, "inputs": {}}
    (folder / "manifest.json").write_text(json.dumps(manifest), encoding="utf-8")
    return folder


def judge(tmp_path: Path, rows: str, facts: list[dict[str, Any]], **options: Any) -> GraphScore:
    """Score a graph of `facts` against a gold list of `rows`."""
    gold = tmp_path / "gold.yaml"
    gold.write_text(HEAD + rows, encoding="utf-8")
    return evaluate_graph(gold, write(tmp_path / "out", facts, **options))


SUPPLY = "- {doc: A, s: [北光玻璃], r: [SUPPLIES], o: [tarn], w: core, modality: fact}\n"
POWER = "- {doc: A, s: [Fjord Park], r: REPORTED, o: 'metric:power_capacity', w: core, props: {value: 3e8}}\n"


def power(value: float, **fields: Any) -> dict[str, Any]:
    return {"id": "m:1", "name": "power_capacity", "subject": "e:park", "value": value, "unit": "W"} | fields


@pytest.mark.parametrize("name", ["北光玻璃", "北光 玻璃", "BOREAL GLASS", "600001.SH"])
def test_a_row_is_found_by_any_name_of_its_ends(tmp_path: Path, name: str) -> None:
    row = f"- {{doc: A, s: ['{name}'], r: [OWNS, SUPPLIES], o: [Tarn], w: core}}\n"
    result = judge(tmp_path, row, [fact("e:boreal", "SUPPLIES", "e:tarn")])
    assert (result.recall_core, result.precision) == (1.0, 1.0)


def test_a_row_turned_round_is_missed_and_counted_as_a_wrong_direction(tmp_path: Path) -> None:
    result = judge(tmp_path, SUPPLY, [fact("e:tarn", "SUPPLIES", "e:boreal")])
    assert (result.hits, result.wrong_direction, result.wrong_modality) == (0, 1, 0)
    assert [row.fault for row in result.missed] == ["direction"]


def test_a_wrong_direction_is_counted_beside_the_right_one(tmp_path: Path) -> None:
    result = judge(tmp_path, SUPPLY, [fact("e:tarn", "SUPPLIES", "e:boreal"), fact("e:boreal", "SUPPLIES", "e:tarn")])
    assert (result.hits, result.wrong_direction, result.precision) == (1, 1, 0.5)


def test_symmetric_types_count_either_way(tmp_path: Path) -> None:
    row = "- {doc: A, s: [Tarn], r: PARTNERS_WITH, o: [Boreal Glass], w: core}\n"
    result = judge(tmp_path, row, [fact("e:boreal", "PARTNERS_WITH", "e:tarn")])
    assert (result.hits, result.wrong_direction) == (1, 0)


def test_a_plan_read_as_fact_is_counted_as_a_wrong_modality(tmp_path: Path) -> None:
    row = "- {doc: A, s: [Boreal Glass], r: SUPPLIES, o: [Tarn], w: core, modality: [plan, forecast]}\n"
    result = judge(tmp_path, row, [fact("e:boreal", "SUPPLIES", "e:tarn")])
    assert (result.hits, result.wrong_modality) == (0, 1)
    assert result.false_positives[0].fault == "modality"


def test_a_negated_fact_is_no_hit_unless_the_row_is_negated(tmp_path: Path) -> None:
    result = judge(tmp_path, SUPPLY, [fact("e:boreal", "SUPPLIES", "e:tarn", negated=True)])
    assert [row.fault for row in result.missed] == ["polarity"]


def test_a_negated_row_is_found(tmp_path: Path) -> None:
    row = "- {doc: A, s: [Boreal Glass], r: SUPPLIES, o: [Tarn], w: core, negated: true}\n"
    assert judge(tmp_path, row, [fact("e:boreal", "SUPPLIES", "e:tarn", negated=True)]).hits == 1


def test_origin_is_asked_where_the_row_gives_it(tmp_path: Path) -> None:
    row = "- {doc: A, s: [Boreal Glass], r: SUPPLIES, o: [Tarn], w: core, origin: stated}\n"
    result = judge(tmp_path, row, [fact("e:boreal", "SUPPLIES", "e:tarn", origin="reference")])
    assert [row.fault for row in result.missed] == ["origin"]


@pytest.mark.parametrize(("value", "hits"), [(3.05e8, 1), (3.07e8, 0), (2.95e8, 1), (2.93e8, 0)])
def test_numbers_agree_within_two_percent(tmp_path: Path, value: float, hits: int) -> None:
    result = judge(tmp_path, POWER, [fact("e:park", "REPORTED", "m:1")], metrics=[power(value)])
    assert result.hits == hits


def test_a_metric_of_another_name_is_no_hit(tmp_path: Path) -> None:
    result = judge(tmp_path, POWER, [fact("e:park", "REPORTED", "m:1")], metrics=[power(3e8, name="power_demand")])
    assert result.hits == 0


def test_an_event_speaks_for_those_who_take_part_in_it(tmp_path: Path) -> None:
    event = {"id": "v:1", "kind": "expansion", "name": "expansion", "participants": ["e:park"]}
    result = judge(tmp_path, POWER, [fact("v:1", "REPORTED", "m:1")], events=[event], metrics=[power(3e8, subject="v:1")])
    assert result.hits == 1


@pytest.mark.parametrize("on_event", [True, False])
def test_the_value_of_an_event_is_its_own_or_its_metric_s(tmp_path: Path, on_event: bool) -> None:
    row = "- {doc: A, s: [Tarn], r: PARTICIPATES_IN, o: 'event:price_move', w: core, props: {high: -6}}\n"
    event = {"id": "v:1", "kind": "price_move", "name": "fall", "participants": ["e:tarn"]} | ({"high": -6.0} if on_event else {})
    metrics = [] if on_event else [{"id": "m:1", "name": "price_change", "subject": "v:1", "high": -6.0}]
    assert judge(tmp_path, row, [fact("e:tarn", "PARTICIPATES_IN", "v:1")], events=[event], metrics=metrics).hits == 1


def test_the_sign_of_a_number_counts(tmp_path: Path) -> None:
    row = "- {doc: A, s: [Tarn], r: PARTICIPATES_IN, o: 'event:price_move', w: core, props: {high: -6}}\n"
    event = {"id": "v:1", "kind": "price_move", "name": "rise", "participants": ["e:tarn"], "low": 6.0}
    result = judge(tmp_path, row, [fact("e:tarn", "PARTICIPATES_IN", "v:1")], events=[event])
    assert [missed.fault for missed in result.missed] == ["values"]


def test_two_products_that_share_a_quantity_are_two_rows(tmp_path: Path) -> None:
    rows = "".join(f"- {{doc: A, s: [Fjord Park], r: USES, o: [{chip}], w: core, props: {{quantity: 40000}}}}\n" for chip in ("X1", "X2"))
    joint = {"quantity": 40000, "joint": ["e:x1", "e:x2"], "state": "installed"}
    result = judge(tmp_path, rows, [fact("e:park", "USES", chip, properties=joint) for chip in ("e:x1", "e:x2")])
    assert (result.hits, result.exact, result.precision) == (2, 2, 1.0)


def test_a_bound_read_as_a_value_counts_but_is_not_exact(tmp_path: Path) -> None:
    row = "- {doc: A, s: [Fjord Park], r: REPORTED, o: 'metric:power_capacity', w: core, props: {low: 3e8, unit: W}}\n"
    result = judge(tmp_path, row, [fact("e:park", "REPORTED", "m:1")], metrics=[power(3e8)])
    assert (result.hits, result.exact) == (1, 0)
    assert result.inexact[0].differences == ("low: 300000000.0 expected, nothing found",)


def test_the_holder_of_a_view_is_asked_where_the_row_gives_it(tmp_path: Path) -> None:
    row = "- {doc: A, s: [Boreal Glass], r: SUPPLIES, o: [Tarn], w: core, modality: opinion, holder: [Quay Securities]}\n"
    result = judge(tmp_path, row, [fact("e:boreal", "SUPPLIES", "e:tarn", modality="opinion")], holder="e:tarn")
    assert [missed.fault for missed in result.missed] == ["holder"]


def test_the_holder_of_a_view_is_that_of_its_claim_or_metric(tmp_path: Path) -> None:
    row = POWER.replace("w: core", "w: core, holder: [Quay Securities]")
    result = judge(tmp_path, row, [fact("e:park", "REPORTED", "m:1")], metrics=[power(3e8, holder="e:house")])
    assert result.hits == 1


def test_a_stated_fact_that_the_list_lacks_is_a_false_positive_with_its_sentence(tmp_path: Path) -> None:
    result = judge(tmp_path, SUPPLY, [fact("e:boreal", "SUPPLIES", "e:tarn"), fact("e:boreal", "OWNS", "e:tarn")])
    assert (result.recall, result.precision) == (1.0, 0.5)
    assert [(false.fault, false.proof, false.reader) for false in result.false_positives] == [("absent", "A sentence.", "test")]


def test_precision_leaves_out_reference_facts_and_mentions(tmp_path: Path) -> None:
    facts = [
        fact("e:boreal", "SUPPLIES", "e:tarn"), fact("e:boreal", "OWNS", "e:tarn", origin="reference"),
        fact("e:tarn", "MENTIONED_IN", "d:1"),
    ]
    assert judge(tmp_path, SUPPLY, facts).stated == 1


def test_precision_leaves_out_documents_that_are_not_complete(tmp_path: Path) -> None:
    gold = tmp_path / "gold.yaml"
    gold.write_text(HEAD.replace("true", "false") + SUPPLY, encoding="utf-8")
    result = evaluate_graph(gold, write(tmp_path / "out", [fact("e:boreal", "OWNS", "e:tarn")]))
    assert (result.stated, result.precision) == (0, None)


def test_an_allowed_row_is_right_when_there_and_not_missed_when_not(tmp_path: Path) -> None:
    ends = [("Boreal Glass", "Tarn"), ("Tarn", "Boreal Glass")]
    rows = SUPPLY + "".join(f"- {{doc: A, s: [{s}], r: OWNS, o: [{o}], w: allowed}}\n" for s, o in ends)
    result = judge(tmp_path, rows, [fact("e:boreal", "OWNS", "e:tarn")])
    assert (result.precision, result.rows, len(result.missed)) == (1.0, 1, 1)


def test_a_document_that_was_not_read_is_named(tmp_path: Path) -> None:
    assert judge(tmp_path, SUPPLY, [], title="Another").unread == ("Orders: 新订单 up",)


def test_a_missing_node_is_told_from_a_missing_link(tmp_path: Path) -> None:
    rows = SUPPLY + "- {doc: A, s: [Cove Steel], r: SUPPLIES, o: [Tarn], w: core}\n"
    assert [row.detail for row in judge(tmp_path, rows, []).missed] == ["no such link", "no node bears a name of the subject"]


def test_names_of_one_thing_on_two_nodes_are_a_split(tmp_path: Path) -> None:
    result = judge(tmp_path, SUPPLY + "same: [[Boreal Glass, 北光玻璃], [Tarn Motors, X2], [Tarn, 塔恩]]\n", [])
    assert result.split == ("Tarn Motors, X2: e:tarn, e:x2",)
    assert result.unnamed == ("塔恩",)


def test_names_of_two_things_on_one_node_are_a_merge(tmp_path: Path) -> None:
    result = judge(tmp_path, SUPPLY + "different: [[X1, X2], [Tarn, Tarn Motors]]\n", [])
    assert result.merged == ("Tarn, Tarn Motors: e:tarn",)


def test_nodes_that_must_not_be_are_named(tmp_path: Path) -> None:
    assert judge(tmp_path, SUPPLY + "never_nodes: [Core Insights, x1 CHIP]\n", []).never_nodes == ("x1 CHIP: e:x1",)


def test_an_edge_that_must_not_be_is_named_only_when_all_of_it_is_there(tmp_path: Path) -> None:
    never = (
        "never_edges:\n- {s: [Tarn], r: SUPPLIES, o: [Boreal Glass]}\n- {s: [Boreal Glass], r: SUPPLIES, o: [Tarn], modality: plan}\n"
        "- {s: [Boreal Glass], r: SUPPLIES, o: [Tarn], origin: reference}\n"
    )
    result = judge(tmp_path, SUPPLY + never, [fact("e:boreal", "SUPPLIES", "e:tarn"), fact("e:tarn", "SUPPLIES", "e:boreal")])
    assert result.never_edges == ("line 6: Tarn Motors SUPPLIES Boreal Glass (fact)",)


def test_the_table_says_each_share_with_its_counts(tmp_path: Path) -> None:
    table = dict(judge(tmp_path, SUPPLY, [fact("e:boreal", "SUPPLIES", "e:tarn"), fact("e:boreal", "OWNS", "e:tarn")]).as_table())
    assert (table["recall, core"], table["precision, stated"]) == ("100.0% (1 of 1)", "50.0% (1 of 2)")


@pytest.mark.parametrize(
    ("rows", "line"),
    [
        ("- {doc: A, s: [X], r: [SUPPLIES], o: [Y], w: core\n", 5),                      # a brace is not closed
        ("- {doc: A, s: [X], r: SUPPLIES, o: [Y], w: kern}\n", 4),                        # no such weight
        (SUPPLY + "- {doc: A, s: [X], r: SUPPLY, o: [Y], w: core}\n", 5),                 # no such type
        (SUPPLY + "- {doc: B, s: [X], r: SUPPLIES, o: [Y], w: core}\n", 5),               # no such document
        ("- {doc: A, s: [X], r: REPORTED, o: ['event:party'], w: core}\n", 4),            # no such kind of event
        ("- {doc: A, s: [X], r: SUPPLIES, o: [Y], w: core, modality: sure}\n", 4),        # no such modality
        ("- {doc: A, s: [X], o: [Y], w: core}\n", 4),                                     # no type
        (SUPPLY + "same: TSMC\n", 5),                                                     # no list
        (SUPPLY + "nevernodes: [X]\n", 5),                                                # no such section
        ("- TSMC supplies Apple\n", 3),                                                   # no mapping
    ],
)
def test_a_gold_list_that_cannot_be_read_is_an_error_with_file_and_line(tmp_path: Path, rows: str, line: int) -> None:
    gold = tmp_path / "gold.yaml"
    gold.write_text(HEAD + rows, encoding="utf-8")
    with pytest.raises(DataError) as raised:
        read_gold(gold)
    assert (raised.value.where, raised.value.line) == (str(gold), line)


def test_a_folder_that_is_no_extraction_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="no manifest"):
        evaluate_graph(GOLD, tmp_path)


def test_no_row_of_the_seeds_gold_list_says_what_it_forbids() -> None:
    gold = read_gold(GOLD)
    clashes = [
        (row.line, never.line) for row in gold.facts for never in gold.never_edges
        if not (set(row.s).isdisjoint(never.s) or set(row.o).isdisjoint(never.o) or set(row.r).isdisjoint(never.r))
        and (not never.modality or not row.modality or not set(row.modality).isdisjoint(never.modality))
        and all(row.props.get(key) == value for key, value in never.props.items())
    ]
    assert clashes == []
