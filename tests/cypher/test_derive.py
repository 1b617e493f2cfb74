"""The rules of `cypher/derive`: what follows, from which premises, how sure, and how it goes when they go."""

from __future__ import annotations

from itertools import combinations, product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cypher.graphs import ask, fill, graph
from kg.store.client import Client
from kg.store.derive import WAYS, at_least_one
from kg.store.load import load_graph

SITES = """
    Company: xAI, NVIDIA, AMD, ASML, TSMC
    Facility: Colossus, Colossus 2
    Product: H100, MI300, GPU, EUV
    xAI -OPERATES-> Colossus {belief: 0.9, id: "fact:runs-1", date: 2025-01-01}
    xAI -OPERATES-> Colossus 2 {belief: 0.8, id: "fact:runs-2", date: 2025-06-01}
    Colossus -USES-> H100 {belief: 0.7, id: "fact:uses-1", date: 2025-02-01}
    Colossus 2 -USES-> H100 {belief: 0.5, id: "fact:uses-2"}
    Colossus 2 -USES-> MI300 {modality: plan, id: "fact:uses-3"}
    Colossus -USES-> GPU
    NVIDIA -PRODUCES-> H100 {belief: 0.9, id: "fact:makes-1", origin: reference, date: 2024-01-01}
    AMD -PRODUCES-> MI300 {id: "fact:makes-2"}
    NVIDIA -PRODUCES-> GPU
    AMD -PRODUCES-> GPU
    ASML -PRODUCES-> EUV {sole: true, id: "fact:makes-3"}
    TSMC -DEPENDS_ON-> EUV {id: "fact:needs"}
"""
SECTORS = """
    Company: Meta, Google
    Sector: hyperscalers, clouds
    Facility: Hyperion, Dalles
    Infrastructure: grid
    Resource: water
    Meta -IN_SECTOR-> hyperscalers
    Google -IN_SECTOR-> hyperscalers
    Meta -OPERATES-> Hyperion
    Google -OPERATES-> Dalles
    Hyperion -LOADS-> grid {quantity: 2.0e+9, unit: W}
    Dalles -LOADS-> grid {quantity: 1.0e+9, unit: W}
    Hyperion -LOADS-> water {quantity: 5, unit: m3}
    Dalles -LOADS-> water {quantity: 7, unit: gallon}
    clouds -PART_OF-> hyperscalers {belief: 0.9}
    clouds -LOADS-> grid {belief: 0.5}
"""
DERIVED = (
    "MATCH (s)-[f:SUPPLIES|LOADS {origin: 'derived'}]->(o) RETURN s.name AS subject, type(f) AS type, o.name AS object, properties(f) AS f "
    "ORDER BY subject, object, f.rule, f.modality"
)


def test_who_runs_a_site_buys_from_the_one_maker_of_its_chips(client: Client) -> None:
    fill(client, SITES)
    rows = ask(client, "derive/customer_of_maker", "subject", "object", "product", "premises", "modality", "belief", "since", modalities="fact,plan")
    assert rows == [
        ("NVIDIA", "xAI", "H100", ["fact:makes-1", "fact:runs-1", "fact:uses-1"], "fact", 0.567, "2025-02-01"),
        ("AMD", "xAI", "MI300", ["fact:makes-2", "fact:runs-2", "fact:uses-3"], "plan", 0.512, "2026-01-01"),
        ("NVIDIA", "xAI", "H100", ["fact:makes-1", "fact:runs-2", "fact:uses-2"], "fact", 0.36, "2026-01-01"),
    ]
    assert ask(client, "derive/customer_of_maker", as_of="2025-01-31") == []


def test_two_ways_that_share_a_premise_are_believed_together(client: Client) -> None:
    fill(client, SITES)
    fact = next(row["f"] for row in client.read(DERIVED).records() if row["subject"] == "NVIDIA")
    belief = 0.9 * (1 - (1 - 0.9 * 0.7) * (1 - 0.8 * 0.5))
    assert (fact["belief"], fact["rule"], fact["support"], fact["first_seen"]) == (round(belief, 4), "derive/customer_of_maker", 0, "2025-02-01")
    assert fact["premises"] == ["fact:makes-1", "fact:runs-1", "fact:runs-2", "fact:uses-1", "fact:uses-2"]
    assert fact["proof"] == "NVIDIA produces H100. / xAI operates Colossus. / Colossus uses H100."


def test_derived_facts_answer_only_when_asked_for(client: Client) -> None:
    fill(client, SITES)
    assert ask(client, "exposure/suppliers", company="xAI") == []
    rows = ask(client, "exposure/suppliers", "supplier", "modality", company="xAI", origins="stated,derived", modalities="fact,plan")
    assert rows == [("NVIDIA", "fact"), ("AMD", "plan")]
    assert ask(client, "exposure/customers", "customer", "product", company="ASML", origins="derived") == [("TSMC", "EUV")]


def test_what_follows_goes_with_its_premises_and_loading_again_changes_nothing(client: Client) -> None:
    assert load_graph(graph(SITES), client).derived == {"derive/customer_of_maker": 2, "derive/customer_of_sole_maker": 1}
    before = client.read(DERIVED).rows
    again = load_graph(graph(SITES), client)
    assert (again.removed, client.read(DERIVED).rows) == (0, before)
    fewer = "\n".join(line for line in SITES.splitlines() if "uses-" not in line)
    report = load_graph(graph(fewer), client)
    assert report.derived == {"derive/customer_of_sole_maker": 1}
    assert [row["subject"] for row in client.read(DERIVED).records()] == ["ASML"]


def test_a_sector_loads_what_its_members_and_its_parts_load(client: Client) -> None:
    fill(client, SECTORS)
    rows = [(row["subject"], row["object"], row["f"]["rule"], row["f"].get("quantity"), row["f"].get("unit"), row["f"]["belief"])
            for row in client.read(DERIVED).records()]
    both = round(1 - (1 - 0.8**3) ** 2, 4)
    assert rows == [
        ("hyperscalers", "grid", "derive/load_of_parts", None, None, 0.45), ("hyperscalers", "grid", "derive/load_of_sector", 3.0e9, "W", both),
        ("hyperscalers", "water", "derive/load_of_sector", None, None, both),
    ]


def test_of_several_facts_of_one_modality_between_two_names_the_surest_makes_the_way(client: Client) -> None:
    fill(client, SECTORS + """
    Meta -IN_SECTOR-> hyperscalers {belief: 0.9, id: "fact:surest"}
    Hyperion -LOADS-> grid {quantity: 3.0e+9, unit: W, belief: 0.3}
    Hyperion -LOADS-> grid {quantity: 4.0e+9, unit: W, modality: plan}
""")
    rows = ask(client, "derive/load_of_sector", "object", "quantity", "modality", "belief", modalities="fact,plan")
    assert rows == [
        ("grid", 2.0e9, "fact", 0.576), ("grid", 4.0e9, "plan", 0.576), ("water", 5, "fact", 0.576), ("grid", 1.0e9, "fact", 0.512), ("water", 7, "fact", 0.512),
    ]


@pytest.mark.parametrize("line", ["TSMC -DEPENDS_ON-> EUV {negated: true}", "TSMC -DEPENDS_ON-> EUV {ended: true}", "ASML -DEPENDS_ON-> EUV"])
def test_nothing_follows_from_what_is_denied_or_over_nor_about_oneself(client: Client, line: str) -> None:
    fill(client, f"Company: ASML, TSMC\nProduct: EUV\nASML -PRODUCES-> EUV {{sole: true}}\n{line}")
    assert client.read(DERIVED).rows == []


@given(st.lists(st.frozensets(st.sampled_from("abcdef"), min_size=1, max_size=4), min_size=1, max_size=WAYS), st.data())
@settings(max_examples=50, deadline=None)
def test_at_least_one_way_holds_as_often_as_all_worlds_say(ways: list[frozenset[str]], data: st.DataObject) -> None:
    beliefs = {part: data.draw(st.floats(0, 1), label=part) for part in "abcdef"}
    chance = 0.0
    for world in product([True, False], repeat=6):
        true = {part for part, holds in zip("abcdef", world, strict=True) if holds}
        weight = 1.0
        for part in "abcdef":
            weight *= beliefs[part] if part in true else 1 - beliefs[part]
        chance += weight * any(way <= true for way in ways)
    assert at_least_one(ways, beliefs) == pytest.approx(chance, abs=1e-9)


def test_more_ways_than_can_be_combined_give_a_lower_bound() -> None:
    beliefs = dict.fromkeys("abcdefghij", 0.3)
    ways = [frozenset(pair) for pair in combinations("abcdefghij", 2)]
    assert at_least_one(ways[:WAYS], beliefs) <= at_least_one(ways, beliefs) <= 1
