"""The questions about evidence: what proves a fact, a path or all that is said of a name, who said it first, and where sources disagree."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from cypher.graphs import ask, fill
from kg.errors import QueryError
from kg.knowledge.ontology import load_ontology
from kg.settings import Settings
from kg.store.anatomy import dissect
from kg.store.client import Client, connect
from kg.store.queries import find_module

GRAPH = """
    Company: ASML, TSMC {name_zh: 台积电}, Apple, Lone, Mystery
    Product: EUV
    Fund: Chip ETF {ticker: 159363.SZ}
    Index: Chip Index
    ASML -SUPPLIES-> TSMC {product: EUV, id: "fact:a", belief: 0.9, date: 2026-01-10, source: Wire, says: ASML ships EUV to TSMC., confidence: 0.7}
    ASML -SUPPLIES-> TSMC {product: EUV, id: "fact:a", belief: 0.9, date: 2026-01-03, source: Daily, says: TSMC buys from ASML., confidence: 0.6}
    TSMC -SUPPLIES-> Apple {id: "fact:b", date: 2024-06-01, modality: plan, holder: TSMC}
    Chip ETF -TRACKS-> Chip Index {id: "fact:d", date: 2026-01-05, source: Seller, party: "159363", says: It follows the index.}
    Chip ETF -TRACKS-> Chip Index {id: "fact:d", date: 2026-01-07, source: Other seller, party: "159363"}
    Chip ETF -TRACKS-> Chip Index {id: "fact:d", date: 2026-01-09, source: Wire, says: The fund tracks it.}
    TSMC -DEPENDS_ON-> EUV {id: "fact:e", date: ~, belief: 0.3}
    TSMC -REPORTED-> revenue {id: "fact:f", value: 3.3e+10, currency: USD, period: 2025Q4, display: US$33bn, date: 2026-01-20}
"""

DERIVED = """
    MATCH (asml:Company {name: 'ASML'}), (apple:Company {name: 'Apple'})
    CREATE (asml)-[:SUPPLIES {id: 'fact:c', origin: 'derived', rule: 'passed on', premises: ['fact:a', 'fact:b'], modality: 'fact', negated: false,
                              ended: false, belief: 0.4, first_seen: '2026-02-01'}]->(apple)
"""

FIGURES = """
    Company: Alpha, B, C, D, E, F, G {aliases: [吉]}, H, Bank
    Event: Alpha earnings {kind: earnings}
    Alpha -PARTICIPATES_IN-> Alpha earnings
    Alpha earnings -REPORTED-> revenue {value: 2.36e+12, currency: TWD, period: "2026", display: NT$2.36trn, belief: 0.9}
    Alpha -REPORTED-> revenue {value: 2.36e+10, currency: TWD, period: "2026", display: NT$23.6bn}
    Alpha -REPORTED-> revenue {value: 2.36e+12, currency: TWD, period: "2027", display: NT$2.36trn}
    B -REPORTED-> capex {low: 5.2e+10, high: 5.6e+10, currency: USD, period: "2026", display: US$52-56bn, belief: 0.9}
    B -REPORTED-> capex {high: 5.6e+10, currency: USD, period: "2026", display: ≤US$56bn}
    B -REPORTED-> fund_size {value: 1.678e+9, currency: CNY, display: 16.78亿元, belief: 0.9}
    B -REPORTED-> fund_size {value: 1.7e+9, currency: CNY, display: ≈17亿元, approximate: true}
    C -REPORTED-> capex_growth {value: 30, unit: "%", period: "2026", basis: yoy, display: 30%, belief: 0.9}
    C -REPORTED-> capex_growth {value: 40, unit: "%", period: "2026", basis: prior_guidance, display: 40%}
    C -REPORTED-> revenue {value: 3.0e+10, currency: USD, period: "2026", display: US$30bn, belief: 0.9}
    C -REPORTED-> revenue {value: 9.0e+11, currency: TWD, period: "2026", display: NT$900bn}
    D -REPORTED-> market_cap {value: 5.0e+11, currency: USD, as_of: 2026-01-15, display: US$500bn, belief: 0.9}
    D -REPORTED-> market_cap {value: 5.2e+11, currency: USD, as_of: 2026-01-16, display: US$520bn}
    D -REPORTED-> fund_flow {value: 1.2e+9, currency: CNY, display: 12亿元, belief: 0.9}
    D -REPORTED-> fund_flow {value: 4.78e+8, currency: CNY, display: 4.78亿元}
    E -REPORTED-> gross_margin {value: 62.3, unit: "%", period: 2025Q4, display: 62.3%, belief: 0.9}
    E -REPORTED-> gross_margin {value: 58, unit: "%", period: 2025Q4, display: 58%, source: Wire}
    E -REPORTED-> gross_margin {value: 62.3, unit: "%", period: 2025Q4, display: 62.3%, segment: chips}
    F -REPORTED-> revenue {value: 1.0e+10, currency: USD, period: "2027", display: US$10bn, modality: forecast, holder: Bank, date: 2026-01-20, belief: 0.9}
    F -REPORTED-> revenue {value: 9.0e+9, currency: USD, period: "2027", display: US$9bn, modality: forecast, holder: Bank, date: 2025-10-20}
    F -REPORTED-> revenue {value: 8.0e+9, currency: USD, period: "2027", display: US$8bn}
    G -SUPPLIES-> H {belief: 0.7, source: Wire}
    G -SUPPLIES-> H {negated: true, belief: 0.6, says: G does not supply H.}
"""


def filled(settings: Settings, text: str, then: str = "RETURN 1") -> Iterator[Client]:
    with connect(settings) as client:
        client.write("MATCH (n) DETACH DELETE n")
        fill(client, text)
        client.write(then)
        yield client


@pytest.fixture(scope="class")
def graph(neo4j_server: Settings) -> Iterator[Client]:
    yield from filled(neo4j_server, GRAPH, DERIVED)


@pytest.fixture(scope="class")
def figures(neo4j_server: Settings) -> Iterator[Client]:
    yield from filled(neo4j_server, FIGURES)


class TestProof:
    def test_every_claim_of_a_fact_is_told_the_oldest_first(self, graph: Client) -> None:
        rows = ask(graph, "evidence/of_fact", "step", "subject", "relation", "object", "confidence", "proof", "source", "date", fact="fact:a")
        assert rows == [
            (1, "ASML", "SUPPLIES", "TSMC", 0.6, "TSMC buys from ASML.", "Daily", "2026-01-03"),
            (1, "ASML", "SUPPLIES", "TSMC", 0.7, "ASML ships EUV to TSMC.", "Wire", "2026-01-10"),
        ]

    def test_a_path_is_told_step_by_step_with_its_holders(self, graph: Client) -> None:
        rows = ask(graph, "evidence/of_fact", "step", "object", "modality", "holder", fact="fact:b, fact:d")
        assert rows == [(1, "Apple", "plan", "TSMC"), *[(2, "Chip Index", "fact", None)] * 3]

    def test_what_follows_by_a_rule_is_followed_by_its_premises(self, graph: Client) -> None:
        rows = ask(graph, "evidence/of_fact", "subject", "object", "rule", "origin", fact="fact:c")
        assert rows[0] == ("ASML", "Apple", "passed on", "derived")
        assert {row[:2] for row in rows[1:]} == {("ASML", "TSMC"), ("TSMC", "Apple")}

    def test_an_id_of_no_fact_has_no_rows(self, graph: Client) -> None:
        assert ask(graph, "evidence/of_fact", fact="fact:none") == []

    def test_all_that_is_said_of_a_name_is_told_in_both_directions(self, graph: Client) -> None:
        rows = ask(graph, "evidence/of_node", "subject", "relation", "object", "figure", "voices", name="台积电")
        assert rows == [
            ("ASML", "SUPPLIES", "TSMC", "", 2), ("TSMC", "REPORTED", "revenue", "US$33bn", 1), ("TSMC", "SUPPLIES", "Apple", "", 1),
            ("TSMC", "DEPENDS_ON", "EUV", "", 1),
        ]

    def test_a_name_of_which_nothing_is_said_has_no_rows(self, graph: Client) -> None:
        assert ask(graph, "evidence/of_node", name="Lone") == []
        assert ask(graph, "evidence/voices", name="Lone") == []

    def test_weak_is_what_one_voice_says_or_what_was_not_said_again(self, graph: Client) -> None:
        rows = ask(graph, "evidence/weak", "weakness", "subject", "object", "last_said", stale_before="2026-01-11")
        assert rows == [
            ("one voice and stale", "TSMC", "Apple", "2024-06-01"), ("one voice and stale", "TSMC", "EUV", None),
            ("stale", "Chip ETF", "Chip Index", "2026-01-09"), ("stale", "ASML", "TSMC", "2026-01-10"),
            ("one voice", "TSMC", "revenue US$33bn", "2026-01-20"),
        ]

    @pytest.mark.parametrize(
        ("weakness", "objects"),
        [("one voice", {"Apple", "EUV", "revenue US$33bn"}), ("stale", {"Apple", "EUV"}), ("one voice and stale", {"Apple", "EUV"})],
    )
    def test_one_weakness_of_one_name(self, graph: Client, weakness: str, objects: set[str]) -> None:
        assert set(ask(graph, "evidence/weak", "object", name="TSMC", weakness=weakness)) == objects

    def test_voices_are_told_with_who_was_first_and_who_has_an_interest(self, graph: Client) -> None:
        rows = ask(graph, "evidence/voices", "first_source", "first_said", "next_source", "days_later", "voices", "disinterested", "parties", name="Chip ETF")
        assert rows == [("Seller", "2026-01-05", "Wire", 4, 2, 1, ["159363"])]

    def test_only_what_was_said_by_the_day_counts_as_a_voice(self, graph: Client) -> None:
        rows = ask(graph, "evidence/voices", "object", "first_source", "next_source", "voices", name="ASML", as_of="2026-01-05")
        assert rows == [("TSMC", "Daily", "", 1)]

    def test_all_types_of_facts_are_looked_up_by_id(self) -> None:
        walks = dissect(find_module("evidence/of_fact").cypher).walks
        assert [set(walk.types) for walk in walks if "id" in walk.keys] == [set(load_ontology().facts)] * 2


class TestDisagreements:
    def disagreements(self, client: Client, name: str, **given: str) -> list[object]:
        return ask(client, "evidence/disagreements", "measure", "figure", "other", "class", "why", name=name, **given)

    @pytest.mark.parametrize(
        ("name", "rows"),
        [
            ("Alpha", [("revenue", "NT$2.36trn", "NT$23.6bn", "scale", "100 times apart")]),
            ("B", [("capex", "US$52-56bn", "≤US$56bn", "bound", "one contains the other"), ("fund size", "16.78亿元", "≈17亿元", "bound", "one is rounded")]),
            ("C", [("capex growth", "30%", "40%", "basis", "yoy against prior guidance"), ("revenue", "US$30bn", "NT$900bn", "basis", "USD against TWD")]),
            ("D", [
                ("fund flow", "12亿元", "4.78亿元", "snapshot", "the windows are not disclosed"),
                ("market cap", "US$500bn", "US$520bn", "snapshot", "2026-01-15 against 2026-01-16"),
            ]),
            ("E", [("gross margin", "62.3%", "58%", "real", "the same thing, differently")]),
            ("F", [("revenue", "US$10bn", "US$9bn", "snapshot", "said on 2026-01-20 and on 2025-10-20")]),
            ("吉", [("SUPPLIES", "H", "denied", "real", "said and denied")]),
            ("Bank", []),
        ],
    )
    def test_each_is_classed(self, figures: Client, name: str, rows: list[object]) -> None:
        assert self.disagreements(figures, name) == rows

    def test_all_are_told_the_real_ones_first(self, figures: Client) -> None:
        rows = ask(figures, "evidence/disagreements", "subject", "class")
        assert rows[:3] == [("E", "real"), ("G", "real"), ("Alpha", "scale")]
        assert len(rows) == 10

    def test_one_class_is_told_with_the_sentences_of_both(self, figures: Client) -> None:
        rows = ask(figures, "evidence/disagreements", "subject", "proof", "other_proof", "other_source", **{"class": "real"})
        assert rows == [
            ("E", "E reported gross_margin.", "E reported gross_margin.", "Wire"), ("G", "G supplies H.", "G does not supply H.", "Daily"),
        ]


@pytest.mark.parametrize(
    ("module", "given", "message"),
    [
        ("evidence/of_fact", {}, "needs fact"),
        ("evidence/of_node", {"name": ""}, "name must not be empty"),
        ("evidence/weak", {"weakness": "old"}, "weakness must be one of"),
        ("evidence/voices", {"name": "TSMC", "as_of": "2026-13-01"}, "as_of must be a date"),
        ("evidence/disagreements", {"class": "bad"}, "class must be one of"),
    ],
)
def test_parameters_out_of_domain_are_told_in_one_line(module: str, given: dict[str, object], message: str) -> None:
    with pytest.raises(QueryError, match=message):
        find_module(module).bind(given)
