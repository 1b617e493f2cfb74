"""The notation of the golden tests' graphs: what a line writes is what the database holds."""

from __future__ import annotations

import pytest

from cypher.graphs import fill, graph
from kg.store.client import Client

TEXT = """
    Company: ASML, TSMC {name_zh: 台积电, tickers: [TSM], country: TW}
    Product: EUV
    Event: outage at Fab 18 {kind: outage, date: 2026-01-03}
    ASML -PRODUCES-> EUV {sole: true, date: 2025-12-01, source: Reuters}
    ASML -SUPPLIES-> TSMC {product: EUV, belief: 0.9, modality: plan, origin: reference}
    ASML -SUPPLIES-> TSMC {product: EUV, modality: plan, source: Reuters, date: 2026-02-02}
    TSMC -PARTICIPATES_IN-> outage at Fab 18
    TSMC -REPORTED-> capex {value: 5.2e+10, currency: USD, period: "2026", display: US$52bn}
"""


def test_a_line_of_nodes_and_a_line_of_facts() -> None:
    made = graph(TEXT)
    assert [entity.id for entity in made.entities] == ["company:asml", "company:tsmc", "product:euv"]
    assert made.facts[0].properties == {"sole": True}
    assert made.facts[1].properties == {"product": "product:euv"}
    assert (made.facts[1].support, made.facts[1].belief, len(made.facts[1].claims)) == (2, 0.9, 2)
    assert made.events[0].participants == ("company:tsmc",)
    assert made.metrics[0].value == 5.2e10


@pytest.mark.parametrize("line", ["Company ASML", "ASML -SUPPLIES-> TSMC"])
def test_a_faulty_line_is_refused(line: str) -> None:
    with pytest.raises(ValueError, match=r"ASML|TSMC"):
        graph(line)


def test_the_database_holds_it(client: Client) -> None:
    fill(client, TEXT)
    answer = client.read("MATCH (:Company {name: 'ASML'})-[f:SUPPLIES]->(c) RETURN c.name_zh, f.origin, f.first_seen, f.last_seen, f.proof")
    assert answer.rows == [("台积电", "reference", "2026-01-01", "2026-02-02", "ASML supplies TSMC.")]
    assert client.read("MATCH (:Company)-[f:REPORTED]->(m:Metric {name: 'capex'}) RETURN m.value, m.period").rows == [(5.2e10, "2026")]
