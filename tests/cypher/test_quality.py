"""The questions about the graph itself: what hangs in the air, what may be one thing or two, which figures cannot be, and what it is made of."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from cypher.graphs import ask, graph
from kg.errors import QueryError
from kg.knowledge.ontology import load_ontology
from kg.model import Fact
from kg.settings import Settings
from kg.store.anatomy import dissect
from kg.store.client import Client, connect
from kg.store.load import load_graph
from kg.store.queries import find_module

GRAPH = """
    Company: ASML {aliases: [阿斯麦]}, TSMC {tickers: [2330.TW, TSM.N]}, Apple, Hygon {tickers: ["688041.SH", "600000.SH"]}, Cloud One {aliases: [云一]}, 云一, Fresh, Quiet
    Product: EUV
    Sector: apple
    Event: TSMC capex {kind: capex, period: "2026", value: -5, unit: USD, display: -US$5, suspect: spending below nothing, modality: plan}
    ASML -SUPPLIES-> TSMC {product: EUV, belief: 0.9, id: "fact:a"}
    ASML -PRODUCES-> EUV {origin: reference, date: 2024-01-01, id: "fact:b"}
    TSMC -PARTICIPATES_IN-> TSMC capex {modality: plan, belief: 0.6}
    TSMC -REPORTED-> net_profit {value: 2.36e+10, currency: TWD, period: FY2026, display: NT$23.6bn, suspect: "a scale misread?", modality: forecast}
    TSMC -REPORTED-> revenue {value: 3.3e+10, currency: USD, display: US$33bn, belief: 0.85}
    Apple -IN_SECTOR-> apple
    Hygon -SUPPLIES-> Cloud One {belief: 0.5}
    云一 -SUPPLIES-> Apple {belief: 0.3, modality: rumour}
"""

DERIVED = """
    MATCH (tsmc:Company {name: 'TSMC'}), (tool:Product {name: 'EUV'})
    CREATE (tsmc)-[:DEPENDS_ON {id: 'fact:c', origin: 'derived', rule: 'sole tool', premises: ['fact:a', 'fact:b'], modality: 'fact', negated: false,
                                ended: false, belief: 0.4, support: 1, first_seen: '2026-01-01', last_seen: '2026-01-01'}]->(tool)
"""


@pytest.fixture(scope="module")
def database(neo4j_server: Settings) -> Iterator[Client]:
    made = graph(GRAPH)
    document = made.documents[0].id
    mentions = tuple(
        Fact(
            id=f"mention:{name}", subject=f"company:{name}", relation="MENTIONED_IN", object=document, properties={"count": count},
            modality="fact", negated=False, ended=False, belief=1.0, origin="stated", support=1, claims=(),
        )
        for name, count in {"fresh": 3, "asml": 2}.items()
    )
    with connect(neo4j_server) as client:
        client.write("MATCH (n) DETACH DELETE n")
        load_graph(made.model_copy(update={"facts": (*made.facts, *mentions)}), client)
        client.write(DERIVED)
        client.read("CALL db.awaitIndexes(60)")
        yield client


@pytest.fixture(scope="module")
def empty(database: Client) -> Client:
    """The same server, its database empty: asked for last."""
    database.write("MATCH (n) DETACH DELETE n")
    return database


def test_an_orphan_is_mentioned_and_nothing_more(database: Client) -> None:
    rows = ask(database, "quality/orphans", "name", "label", "documents", "mentions", "proof", "source", "belief")
    assert rows == [("Fresh", "Company", 1, 3, "Daily 2026-01-01", "Daily", None)]


def test_an_orphan_has_no_fact_of_any_type() -> None:
    walks = dissect(find_module("quality/orphans").cypher).walks
    assert [set(walk.types) for walk in walks[:2]] == [set(load_ontology().facts)] * 2


def test_two_nodes_of_one_name_and_one_of_two_tickers_are_in_doubt(database: Client) -> None:
    assert ask(database, "quality/doubtful_merges", "doubt", "node", "other", "shared", "belief") == [
        ("shared name", "company:apple", "sector:apple", "apple", 0.8),
        ("shared name", "company:cloud-one", "company:云一", "云一", 0.3),
        ("two tickers", "company:hygon", "", "688041.SH, 600000.SH", 0.5),
    ]


@pytest.mark.parametrize(("doubt", "count"), [("shared name", 2), ("two tickers", 1)])
def test_one_kind_of_doubt(database: Client, doubt: str, count: int) -> None:
    assert ask(database, "quality/doubtful_merges", "doubt", doubt=doubt) == [doubt] * count


def test_figures_that_cannot_be_are_told_with_the_reason(database: Client) -> None:
    assert ask(database, "quality/suspect_figures", "subject", "measure", "period", "figure", "value", "unit", "why") == [
        ("TSMC", "net profit", "FY2026", "NT$23.6bn", 2.36e10, "TWD", "a scale misread?"),
        ("TSMC", "capex", "2026", "-US$5", -5, "USD", "spending below nothing"),
    ]


def test_what_no_sentence_says_is_told_the_oldest_first(database: Client) -> None:
    rows = ask(database, "quality/unproved", "subject", "relation", "object", "rule", "premises", "origin")
    assert rows == [("ASML", "PRODUCES", "EUV", "", 0, "reference"), ("TSMC", "DEPENDS_ON", "EUV", "sole tool", 2, "derived")]


def test_what_no_sentence_says_of_one_name(database: Client) -> None:
    assert ask(database, "quality/unproved", "relation", name="阿斯麦") == ["PRODUCES"]
    assert ask(database, "quality/unproved", name="Apple") == []


def test_the_graph_is_counted_by_kind_and_origin_with_its_best_proved_example(database: Client) -> None:
    rows = ask(database, "overview/graph", "relation", "facts", "example", "origin", modalities="fact,plan,forecast")
    assert rows == [
        ("REPORTED", 2, "TSMC -> revenue US$33bn", "stated"), ("SUPPLIES", 2, "ASML -> TSMC", "stated"),
        ("IN_SECTOR", 1, "Apple -> apple", "stated"), ("PARTICIPATES_IN", 1, "TSMC -> TSMC capex", "stated"),
        ("PRODUCES", 1, "ASML -> EUV", "reference"),
    ]


@pytest.mark.parametrize("module", [
    "quality/orphans", "quality/doubtful_merges", "quality/suspect_figures", "quality/unproved", "overview/graph", "evidence/weak",
    "evidence/disagreements", "compute/to_grid", "events/calendar", "money/capex", "money/fund_flows", "money/ratings",
])
def test_an_empty_graph_answers_every_general_question_with_no_rows(empty: Client, module: str) -> None:
    assert ask(empty, module) == []


@pytest.mark.parametrize(
    ("module", "given", "message"),
    [
        ("quality/orphans", {"modalities": "fact"}, "no parameter 'modalities'"),
        ("quality/doubtful_merges", {"doubt": "some"}, "doubt must be one of"),
        ("quality/suspect_figures", {"min_belief": -1}, "min_belief must be a number from 0 to 1"),
        ("quality/unproved", {"as_of": "now"}, "as_of must be a date"),
        ("overview/graph", {"limit": "all"}, "limit must be a whole number"),
    ],
)
def test_parameters_out_of_domain_are_told_in_one_line(module: str, given: dict[str, object], message: str) -> None:
    with pytest.raises(QueryError, match=message):
        find_module(module).bind(given)
