"""What the writers write, opened by others: networkx reads GraphML and GEXF, openpyxl the workbook, the csv module the tables."""

from __future__ import annotations

import csv
import hashlib
import json
import re
from collections import Counter
from pathlib import Path
from xml.etree import ElementTree

import networkx as nx
import pytest
from openpyxl import load_workbook
from pydantic import ValidationError
from subgraphs import NASTY, NASTY_NAMES, PLAN, SENTENCE, SMALL, neighbourhood

from kg.errors import InputError
from kg.exporting import wording
from kg.exporting.graphml import to_networkx
from kg.exporting.html import page
from kg.exporting.mermaid import flowchart
from kg.exporting.readers import read
from kg.exporting.subgraph import Edge, Node, Subgraph, with_stubs
from kg.exporting.writers import write
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
    assert (node["label"], node["type"], node["tickers"]) == ("TSMC", "Company", "2330.TW; TSM")
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


@pytest.mark.parametrize("ending", [".html", ".xlsx", ".csv", ".graphml", ".gexf", ".mmd", ".json"])
def test_the_same_subgraph_gives_the_same_bytes(tmp_path: Path, ending: str) -> None:
    once, again = ([path.read_bytes() for path in write(SMALL, tmp_path / f"{name}{ending}")] for name in "ab")
    assert once == again


@pytest.mark.parametrize("ending", [".json", ".graphml"])
@pytest.mark.parametrize("subgraph", [SMALL, neighbourhood(30)], ids=["small", "neighbourhood"])
def test_what_is_written_is_read_back(tmp_path: Path, ending: str, subgraph: Subgraph) -> None:
    write(subgraph, tmp_path / f"graph{ending}")
    back, meant = (each.model_dump(mode="json") for each in (read(tmp_path / f"graph{ending}"), subgraph))
    assert {edge["id"]: edge for edge in back.pop("edges")} == {edge["id"]: edge for edge in meant.pop("edges")}
    assert back == meant


def test_a_list_whose_parts_hold_the_separator_comes_apart_again(tmp_path: Path) -> None:
    aliases = ("one; two", "[three", "四；五")
    write(SMALL.model_copy(update={"nodes": (*SMALL.nodes, Node(id="x", label="Company", name="X", aliases=aliases))}), tmp_path / "a.graphml")
    assert read(tmp_path / "a.graphml").nodes[-1].aliases == aliases


@pytest.mark.parametrize(
    ("name", "content", "words"),
    [
        ("a.json", "{", "is no JSON that kg wrote"), ("a.json", '{"around": "x"}', "hops: Field required"), ("a.graphml", "<a>", "is no GraphML"),
        ("a.graphml", '<graphml xmlns="http://graphml.graphdrawing.org/xmlns"><graph edgedefault="directed"><node id="a"/></graph></graphml>', "type"),
        ("a.csv", "", "kg loads .json and .graphml"), (None, "", "cannot be read"),
    ],
)
def test_a_file_that_kg_did_not_write_is_told_in_one_line(tmp_path: Path, name: str | None, content: str, words: str) -> None:
    if name:
        (tmp_path / name).write_text(content, encoding="utf-8")
    with pytest.raises(InputError, match=words) as told:
        read(tmp_path / (name or "gone.json"))
    assert "\n" not in str(told.value)


def test_networkx_reads_the_gexf_with_relations_and_colours(tmp_path: Path) -> None:
    write(SMALL, tmp_path / "graph.gexf")
    graph = nx.read_gexf(tmp_path / "graph.gexf")
    node = graph.nodes["company:tsmc"]
    assert (node["label"], node["type"], node["viz"]["color"]) == ("TSMC", "Company", {"r": 0, "g": 114, "b": 178, "a": 1.0})
    edges = {values["id"]: values for *_, values in graph.edges(data=True)}
    assert (edges["fact:1"]["label"], edges["fact:1"]["relation"], edges["fact:1"]["proof"]) == ("SUPPLIES", "SUPPLIES", SENTENCE)


def test_gexf_says_nothing_that_its_schema_does_not_know(tmp_path: Path) -> None:
    """The rules of gexf.xsd 1.2draft that a writer can break: known elements and attributes (and 1.3's `kind`), declared attributes, typed edges."""
    write(SMALL, tmp_path / "graph.gexf")
    root = ElementTree.parse(tmp_path / "graph.gexf").getroot()
    space = "{http://www.gexf.net/1.2draft}"
    known = {
        "gexf": {"version", "{http://www.w3.org/2001/XMLSchema-instance}schemaLocation"}, "meta": set(), "creator": set(),
        "graph": {"defaultedgetype", "mode", "name"}, "attributes": {"class", "mode"}, "attribute": {"id", "title", "type"}, "nodes": set(),
        "node": {"id", "label"}, "attvalues": set(), "attvalue": {"for", "value"}, "edges": set(), "edge": {"id", "source", "target", "label", "kind"},
    }
    found: dict[str, set[str]] = {}
    for element in root.iter():
        if "viz" not in element.tag:
            found.setdefault(element.tag.removeprefix(space), set()).update(element.attrib)
    assert {tag: names - known.get(tag, set()) for tag, names in found.items() if tag not in known or names - known[tag]} == {}
    types = {attribute.get("type") for attribute in root.iter(f"{space}attribute")}
    assert types <= {"integer", "long", "double", "float", "boolean", "liststring", "string", "anyURI"}
    declared = {attribute.get("id") for attribute in root.iter(f"{space}attribute")}
    assert {value.get("for") for value in root.iter(f"{space}attvalue")} <= declared


def test_no_two_edges_of_the_gexf_between_two_nodes_are_of_one_kind_for_gephi_would_keep_one(tmp_path: Path) -> None:
    write(SMALL, tmp_path / "graph.gexf")
    edges = list(ElementTree.parse(tmp_path / "graph.gexf").getroot().iter("{http://www.gexf.net/1.2draft}edge"))
    kinds = Counter((edge.get("source"), edge.get("target"), edge.get("kind")) for edge in edges)
    assert set(kinds.values()) == {1}
    assert {edge.get("kind") for edge in edges} >= {"SUPPLIES", "USES", "USES 2"}


def test_the_workbook_has_a_sheet_a_kind_with_filters_and_numbers_as_numbers(tmp_path: Path) -> None:
    write(SMALL, tmp_path / "graph.xlsx")
    book = load_workbook(tmp_path / "graph.xlsx")
    assert book.sheetnames == [
        "About", "Facts", "Company", "Product", "Facility", "Infrastructure", "Event", "Figures", "Sentences", "Documents",
    ]
    facts = book["Facts"]
    assert facts.auto_filter.ref == f"A1:{facts.cell(1, facts.max_column).column_letter}9"
    first = dict(zip([cell.value for cell in facts[1]], [cell.value for cell in facts[2]], strict=True))
    told = {name: first[name] for name in ("subject", "relation", "object", "belief", "proof", "product", "sole", "holder")}
    assert told == {
        "subject": "Galaxy Semiconductor", "relation": "SUPPLIES", "object": "TSMC", "belief": 0.82, "proof": SENTENCE,
        "product": "etching machines", "sole": "yes", "holder": "TSMC",
    }


FORMULAS = ("=cmd|' /C calc'!A0", "+1+1", "-2+3", "@SUM(A1)", "\t=1", "https://x.example", "{=1}")


def test_a_formula_is_a_text_in_a_workbook_and_in_csv(tmp_path: Path) -> None:
    nodes = tuple(Node(id=f"n:{at}", label="Company", name=name) for at, name in enumerate((*FORMULAS, *NASTY_NAMES)))
    subgraph = Subgraph(around="=1", hops=0, centres=(), nodes=nodes, edges=())
    write(subgraph, tmp_path / "graph.xlsx")
    cells = [cell for row in load_workbook(tmp_path / "graph.xlsx")["Company"].iter_rows(min_row=2) for cell in row]
    assert {cell.data_type for cell in cells if cell.value is not None} == {"s", "n"}
    shown = {cell.value for cell in cells}
    assert {name for name in FORMULAS if name.strip() not in {str(value).strip() for value in shown}} == set()
    with write(subgraph, tmp_path / "graph.csv")[0].open(encoding="utf-8-sig", newline="") as lines:
        names = [row["name"] for row in csv.DictReader(lines)]
    assert not [name for name in names if name.startswith(("=", "+", "-", "@", "\t"))]
    assert names[0] == "'" + FORMULAS[0]


def test_csv_is_two_files_that_a_spreadsheet_opens_in_chinese(tmp_path: Path) -> None:
    nodes, edges = write(SMALL, tmp_path / "graph.csv")
    assert (nodes.name, edges.name) == ("graph.nodes.csv", "graph.edges.csv")
    assert nodes.read_bytes().startswith(b"\xef\xbb\xbf")
    with edges.open(encoding="utf-8-sig", newline="") as lines:
        first = next(csv.DictReader(lines))
    assert (first["subject"], first["object"], first["proof"]) == ("Galaxy Semiconductor", "TSMC", SENTENCE)


def test_mermaid_draws_each_node_and_edge_and_takes_no_word_for_markup() -> None:
    text = flowchart(NASTY)
    cards = re.findall(r'^  n\d+\["([^"\n]*)"\]$', text, re.MULTILINE)
    assert len(cards) == len(NASTY.nodes)
    assert not [card for card in cards if re.search(r"[<>&`\[\]{}|]", card.replace("<br>", ""))]
    assert "emoji #127981;#128640;" in cards[4] and "名" * 200 in cards[6]
    assert len(re.findall(r'^  n\d+ -->\|"supplies"\| n\d+$', text, re.MULTILINE)) == len(NASTY.edges)


def test_mermaid_tells_how_it_is_said() -> None:
    text = flowchart(SMALL)
    assert 'n0 --x|"NOT produces"| n3' in text and 'n4 -->|"uses 25,000 (plan)"| n3' in text
    assert "linkStyle 1 stroke-dasharray:9 5" in text and "linkStyle 3,7 stroke-dasharray:2 5" in text


def test_what_was_left_out_is_a_node_of_a_picture() -> None:
    drawn = with_stubs(SMALL, most=2)
    stubs = [node.name for node in drawn.nodes if node.label == "More"]
    assert stubs == ["and 30 more", "and 4 more elsewhere"]
    assert [(edge.subject, edge.object) for edge in drawn.edges if edge.type == "More"] == [("company:tsmc", "more:company:tsmc")]
    assert with_stubs(neighbourhood(5)) == neighbourhood(5)


@pytest.mark.parametrize("name", ["graph.doc", "graph"])
def test_an_unknown_ending_names_the_known_ones(tmp_path: Path, name: str) -> None:
    with pytest.raises(InputError, match=r"\.html, \.pptx, .*\.json"):
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
