"""Questions asked of a real Neo4j: by name and in Cypher of one's own, as rows, as a frame, as a graph."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parent / "store"))
from graphs import CHIP, CUSTOMER, GRAPH, SENTENCE, SUPPLIER

from kg.ask import query
from kg.errors import QueryError
from kg.settings import Settings
from kg.store.client import Client
from kg.store.load import load_graph

OWN = """// Title: What is used
// Question: What does this company use?
// 问题: 这家公司使用什么？
// Param: company: entity(Company) -- who
// Param: least: integer(0..9) = 0 -- at least
// Example: kg query run own.cypher company=BOC
MATCH (c:Company)-[f:USES]->(p:Product) WHERE $company IN c.aliases AND f.quantity >= $least RETURN p.name AS product
"""


@pytest.fixture
def loaded(client: Client, neo4j_server: Settings) -> Settings:
    load_graph(GRAPH, client)
    return neo4j_server


@pytest.mark.parametrize("company", ["Blue Ocean Cloud", "蓝海云", CUSTOMER.id])
def test_a_question_is_asked_by_its_name_with_a_name_in_any_language(loaded: Settings, company: str) -> None:
    answer = query("exposure/suppliers", company=company, settings=loaded)
    assert [(row["supplier"], row["proof"]) for row in answer.rows] == [(SUPPLIER.name, SENTENCE)]


def test_a_parameter_may_be_called_as_the_function_calls_its_own(loaded: Settings) -> None:
    assert query("MATCH (n:Product) WHERE n.name = $question RETURN n.id AS id", question=CHIP.name, settings=loaded).rows == ({"id": CHIP.id},)


def test_a_name_that_the_graph_does_not_know_suggests_one_that_it_does(loaded: Settings) -> None:
    with pytest.raises(QueryError, match="Galaxy Semiconductor"):
        query("exposure/customers", company="Galaxi Semiconductors", settings=loaded)


def test_the_frame_has_the_columns_and_types_of_the_answer(loaded: Settings) -> None:
    frame = query("exposure/suppliers", company="BOC", settings=loaded).frame()
    assert frame.loc[0, "supplier"] == SUPPLIER.name
    assert str(frame.dtypes["belief"]) == "Float64"


def test_an_empty_frame_keeps_its_columns(loaded: Settings) -> None:
    answer = query("exposure/customers", company="BOC", settings=loaded)
    assert list(answer.frame().columns) == list(answer.columns)


def test_the_graph_of_a_question_is_the_facts_behind_its_rows(loaded: Settings) -> None:
    graph = query("exposure/suppliers", company="BOC", settings=loaded).graph()
    assert [(one, key, other) for one, other, key in graph.edges(keys=True)] == [(SUPPLIER.id, "fact:SUPPLIES", CUSTOMER.id)]
    assert graph.nodes[CUSTOMER.id]["label"] == "Company"
    assert graph.nodes[CUSTOMER.id]["name_zh"] == "蓝海云"
    assert graph.edges[SUPPLIER.id, CUSTOMER.id, "fact:SUPPLIES"]["proof"] == SENTENCE


def test_the_graph_of_a_path_is_all_of_its_facts(loaded: Settings) -> None:
    graph = query("exposure/tiers", company="BOC", settings=loaded).graph()
    assert set(graph.nodes) == {SUPPLIER.id, CUSTOMER.id}


def test_cypher_of_ones_own_is_told_by_its_spaces(loaded: Settings) -> None:
    answer = query("MATCH (c:Company {name: $name}) RETURN c, c.country AS country;", name=SUPPLIER.name, settings=loaded)
    assert answer.rows == ({"c": SUPPLIER.name, "country": "CN"},)
    assert set(answer.graph().nodes) == {SUPPLIER.id}


def test_values_alone_are_no_graph(loaded: Settings) -> None:
    with pytest.raises(QueryError, match="no nodes, relationships or paths"):
        query("MATCH (c:Company) RETURN c.name", settings=loaded).graph()


def test_a_file_with_the_header_of_a_module_is_one(loaded: Settings, tmp_path: Path) -> None:
    file = tmp_path / "own.cypher"
    file.write_text(OWN, encoding="utf-8")
    assert query(file, company="BOC", settings=loaded).rows == ({"product": CHIP.name},)
    with pytest.raises(QueryError, match="least must be a whole number from 0 to 9"):
        query(str(file), company="BOC", least=10, settings=loaded)


def test_a_file_without_a_header_is_cypher(loaded: Settings, tmp_path: Path) -> None:
    file = tmp_path / "own.cypher"
    file.write_text("// mine\nMATCH (p:Product) RETURN p.name AS product\n", encoding="utf-8")
    assert query(file, settings=loaded).rows == ({"product": CHIP.name},)


@pytest.mark.parametrize(
    ("cypher", "message"),
    [
        ("MATCH (n) SET n.name = 'x' RETURN n", "a question may not write"),
        ("CREATE (n:Company) RETURN n", "a question may not write"),
        ("CREATE INDEX x FOR (n:Company) ON (n.x)", "a question may not write"),
        ("MATCH (n RETURN n", r"Invalid input 'RETURN'.*\(line 1, column 10\)$"),
        ("MATCH (n:Company) RETURN $nobody", "nobody"),
    ],
)
def test_what_does_more_than_read_is_refused_in_one_line(loaded: Settings, cypher: str, message: str) -> None:
    with pytest.raises(QueryError, match=message) as caught:
        query(cypher, settings=loaded)
    assert "\n" not in str(caught.value)


def test_a_file_that_is_not_there_is_said(loaded: Settings) -> None:
    with pytest.raises(QueryError, match=r"cannot read nowhere\.cypher"):
        query("nowhere.cypher", settings=loaded)
