"""What the writers write, opened by others: networkx reads the GraphML, pydantic the JSON."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path

import networkx as nx
import pytest
from pydantic import ValidationError
from subgraphs import NASTY, PLAN, SENTENCE, SMALL

from kg.errors import InputError
from kg.exporting import wording
from kg.exporting.graphml import to_networkx
from kg.exporting.html import page
from kg.exporting.subgraph import Edge, Subgraph
from kg.exporting.writers import WRITERS, write
from kg.knowledge.yaml_file import data_folder, read_yaml


def test_networkx_reads_back_the_graphml_it_was_given(tmp_path: Path) -> None:
    write(SMALL, tmp_path / "graph.graphml")
    read = nx.read_graphml(tmp_path / "graph.graphml", force_multigraph=True)
    meant = to_networkx(SMALL)
    assert dict(read.nodes(data=True)) == dict(meant.nodes(data=True))
    assert list(read.edges(keys=True, data=True)) == list(meant.edges(keys=True, data=True))


def test_graphml_tells_gephi_what_to_show_and_joins_lists(tmp_path: Path) -> None:
    write(SMALL, tmp_path / "graph.graphml")
    read = nx.read_graphml(tmp_path / "graph.graphml", force_multigraph=True)
    node = read.nodes["company:tsmc"]
    assert (node["label"], node["kind"], node["tickers"]) == ("TSMC", "Company", "2330.TW; TSM")
    assert node["figures"] == "revenue: NT$4.88trn; capex: USD 52bn to 56bn (plan)"
    fact = read.edges["company:galaxy", "company:tsmc", "fact:1"]
    assert (fact["label"], fact["proof"], fact["negated"]) == ("SUPPLIES", SENTENCE, False)


def test_names_that_xml_cannot_hold_are_written_without_what_it_cannot(tmp_path: Path) -> None:
    write(NASTY, tmp_path / "graph.graphml")
    read = nx.read_graphml(tmp_path / "graph.graphml", force_multigraph=True)
    assert read.nodes["n:0"]["label"] == NASTY.nodes[0].name
    assert read.nodes["n:8"]["label"] == "bell  and tab "


def test_json_is_the_subgraph(tmp_path: Path) -> None:
    write(SMALL, tmp_path / "graph.json")
    assert Subgraph.model_validate_json((tmp_path / "graph.json").read_bytes()) == SMALL.model_validate(SMALL.model_dump(mode="json"))


@pytest.mark.parametrize("ending", WRITERS)
def test_the_same_subgraph_gives_the_same_bytes(tmp_path: Path, ending: str) -> None:
    paths = [tmp_path / f"{name}{ending}" for name in "ab"]
    for path in paths:
        write(SMALL, path)
    assert paths[0].read_bytes() == paths[1].read_bytes()


@pytest.mark.parametrize("name", ["graph.pptx", "graph"])
def test_an_unknown_ending_names_the_known_ones(tmp_path: Path, name: str) -> None:
    with pytest.raises(InputError, match=r"\.html, \.graphml, \.json"):
        write(SMALL, tmp_path / name)


def test_a_missing_folder_is_made(tmp_path: Path) -> None:
    write(SMALL, tmp_path / "new" / "deep" / "graph.json")
    assert (tmp_path / "new" / "deep" / "graph.json").exists()


def test_a_place_that_cannot_be_written_is_said(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(InputError, match=r"cannot be written"):
        write(SMALL, tmp_path / "file" / "graph.json")


def test_an_edge_without_its_end_is_refused() -> None:
    lost = Edge(id="f", type="SUPPLIES", subject="company:tsmc", object="company:gone")
    with pytest.raises(ValidationError, match="company:gone"):
        SMALL.model_validate({**SMALL.model_dump(), "edges": [lost]})


def test_nothing_in_the_data_can_end_its_script_element() -> None:
    block = page(NASTY).split('type="application/json">')[1].split("</script>")[0]
    assert not {"<", ">", "&", "\u2028"} & set(block)
    assert [node["name"] for node in json.loads(block)["nodes"]] == [node.name for node in NASTY.nodes]


def test_vendored_libraries_are_those_of_the_list() -> None:
    folder = data_folder("vendor")
    for library in read_yaml(folder / "vendor.yaml").values():
        assert hashlib.sha256((folder / library["file"]).read_bytes()).hexdigest() == library["sha256"]


@pytest.mark.parametrize(
    ("values", "words"),
    [
        ({"value": 5.2e10, "currency": "USD"}, "USD 52bn"),
        ({"low": 100, "high": 340, "unit": "x"}, "100 x to 340 x"),
        ({"low": 6, "unit": "%"}, "at least 6%"),
        ({"value": 2e5, "approximate": True}, "≈ 200,000"),
        ({"value": 1.5e9, "unit": "W"}, "1.5 GW"),
        ({"value": 0, "unit": "%"}, "0%"),
        ({}, ""),
    ],
)
def test_amounts_read_as_people_write_them(values: dict[str, object], words: str) -> None:
    assert wording.amount(values) == words


def test_an_edge_says_its_number_and_its_reservations() -> None:
    plan = next(edge for edge in SMALL.edges if edge.proof == PLAN)
    assert (wording.verb(plan), wording.quantity(plan), wording.reservations(plan)) == ("uses", "25,000", ("plan",))
