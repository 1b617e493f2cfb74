"""The questions of `cypher/exposure`, on one small chain with a ring, a tie, parallel facts, and facts that must not count."""

from __future__ import annotations

import pytest

from cypher.graphs import ask
from kg.store.client import Client

GRAPH = """
    Company: Zeiss {country: DE}, ASML {country: NL, name_zh: 阿斯麦, tickers: [ASML]}, TSMC {country: TW, name_zh: 台积电}
    Company: Samsung {country: KR}, NVIDIA {country: US}, AMD {country: US}, Tesla {country: US}, Island
    Company: Rumoured, Former, Never, Guessed
    Product: EUV, wafers, lens
    Fund: Chip Fund {ticker: "159001"}, Empty Fund
    Index: Chip Index
    Sector: data centers, AI data centers
    Resource: electricity
    Infrastructure: power grid
    Facility: Giga
    Zeiss -SUPPLIES-> ASML {product: lens, belief: 0.9, sole: true, share_of_cost_pct: 20, share_of_revenue_pct: 30, disclosed_by: Zeiss, date: 2025-01-01}
    ASML -SUPPLIES-> TSMC {product: EUV, belief: 0.8, share_of_cost_pct: 10, share_of_revenue_pct: 40, date: 2025-06-01}
    ASML -SUPPLIES-> Samsung {product: EUV, belief: 0.8, date: 2025-06-01}
    TSMC -SUPPLIES-> NVIDIA {product: wafers, belief: 0.9, share_of_cost_pct: 50, share_of_revenue_pct: 25, date: 2025-03-01}
    TSMC -SUPPLIES-> NVIDIA {belief: 0.5}
    Samsung -SUPPLIES-> NVIDIA {belief: 0.7, date: 2025-03-01}
    TSMC -SUPPLIES-> AMD {belief: 0.6, date: 2025-03-01}
    NVIDIA -SUPPLIES-> Tesla {belief: 0.8, date: 2025-03-01}
    Tesla -SUPPLIES-> TSMC {belief: 0.5, date: ~}
    Rumoured -SUPPLIES-> NVIDIA {modality: rumour}
    Former -SUPPLIES-> NVIDIA {ended: true}
    Never -SUPPLIES-> NVIDIA {negated: true}
    Guessed -SUPPLIES-> NVIDIA {origin: derived}
    ASML -PRODUCES-> EUV {sole: true, belief: 0.9}
    TSMC -USES-> EUV {belief: 0.7, quantity: 20, state: installed}
    Tesla -DEPENDS_ON-> EUV {belief: 0.6}
    Chip Fund -TRACKS-> Chip Index {belief: 0.95}
    Chip Index -HOLDS-> NVIDIA {weight_pct: 40, as_of: 2026-01-01, belief: 0.9}
    Chip Index -HOLDS-> NVIDIA {weight_pct: 10, as_of: 2025-01-01}
    Chip Index -HOLDS-> AMD {low: 20, high: 30, as_of: 2026-01-01}
    Chip Index -HOLDS-> Tesla {as_of: 2026-01-01}
    AI data centers -PART_OF-> data centers {belief: 0.6}
    AI data centers -LOADS-> power grid {quantity: 5.0e+9, unit: W, belief: 0.7}
    data centers -LOADS-> electricity {belief: 0.9}
    data centers -DEPENDS_ON-> electricity {modality: plan}
"""


def test_suppliers_and_their_shares(asked: Client) -> None:
    rows = ask(asked, "exposure/suppliers", "supplier", "product", "sole", "share_of_cost_pct", "disclosed_by", "since", company="阿斯麦")
    assert rows == [("Zeiss", "lens", True, "20.0", "Zeiss", "2025-01-01")]


def test_what_is_rumoured_over_denied_or_derived_is_no_supplier_unless_asked_for(asked: Client) -> None:
    assert ask(asked, "exposure/suppliers", "supplier", company="NVIDIA") == ["TSMC", "Samsung", "TSMC"]
    assert "Rumoured" in ask(asked, "exposure/suppliers", "supplier", company="NVIDIA", modalities="fact,rumour")
    assert ask(asked, "exposure/suppliers", "supplier", company="NVIDIA", origins="derived") == ["Guessed"]
    assert ask(asked, "exposure/suppliers", "supplier", company="NVIDIA", min_belief=0.8) == ["TSMC"]
    assert ask(asked, "exposure/suppliers", "supplier", company="NVIDIA", as_of="2025-12-31") == ["TSMC", "Samsung"]


def test_customers_the_surest_first_and_no_more_than_asked(asked: Client) -> None:
    rows = ask(asked, "exposure/customers", "customer", "product", "share_of_revenue_pct", "share_of_cost_pct", company="台积电")
    assert rows == [("NVIDIA", "wafers", "25.0", "50.0"), ("AMD", "not disclosed", "not disclosed", "not disclosed"), ("NVIDIA", *["not disclosed"] * 3)]
    assert ask(asked, "exposure/customers", "customer", company="台积电", limit=1) == ["NVIDIA"]
    assert ask(asked, "exposure/customers", company="AMD") == []


def test_tiers_up_take_the_shortest_path_and_of_these_the_one_of_the_strongest_weakest_link(asked: Client) -> None:
    rows = ask(asked, "exposure/tiers", "tier", "company", "path", "belief", "since", company="NVIDIA", depth=4)
    assert rows == [
        (1, "TSMC", ["TSMC", "NVIDIA"], 0.9, "2025-03-01"),
        (1, "Samsung", ["Samsung", "NVIDIA"], 0.7, "2025-03-01"),
        (2, "ASML", ["ASML", "TSMC", "NVIDIA"], 0.8, "2025-06-01"),
        (2, "Tesla", ["Tesla", "TSMC", "NVIDIA"], 0.5, "2025-03-01"),
        (3, "Zeiss", ["Zeiss", "ASML", "TSMC", "NVIDIA"], 0.8, "2025-06-01"),
    ]


def test_tiers_down_end_where_the_ring_closes(asked: Client) -> None:
    rows = ask(asked, "exposure/tiers", "tier", "company", "path", company="TSMC", direction="down", depth=4)
    assert rows == [(1, "NVIDIA", ["TSMC", "NVIDIA"]), (1, "AMD", ["TSMC", "AMD"]), (2, "Tesla", ["TSMC", "NVIDIA", "Tesla"])]


def test_a_tier_as_of_a_day_has_only_links_known_then(asked: Client) -> None:
    assert ask(asked, "exposure/tiers", "company", company="NVIDIA", depth=3, as_of="2025-05-01") == ["TSMC", "Samsung", "Tesla"]


def test_a_hub_is_named_and_not_walked_through(asked: Client) -> None:
    assert ["ASML", "Samsung", "NVIDIA"] in ask(asked, "exposure/tiers", "path", company="NVIDIA", hub=1)
    assert ask(asked, "exposure/paths", "path", supplier="ASML", customer="NVIDIA", hub=1) == [["ASML", "Samsung", "NVIDIA"]]


def test_a_name_without_links_has_no_tiers(asked: Client) -> None:
    assert ask(asked, "exposure/tiers", company="Island") == []


def test_paths_multiply_beliefs_and_shares_and_decay_after_the_first_step(asked: Client) -> None:
    columns = ("path", "products", "exposure", "chain_belief", "share_of_cost_pct", "share_of_revenue_pct", "since", "belief")
    rows = ask(asked, "exposure/paths", *columns, supplier="ASML", customer="NVIDIA")
    assert rows == [
        (["ASML", "TSMC", "NVIDIA"], ["EUV", "wafers"], 0.36, 0.72, "5.0", "10.0", "2025-06-01", 0.8),
        (["ASML", "Samsung", "NVIDIA"], ["EUV", "not disclosed"], 0.28, 0.56, "not disclosed", "not disclosed", "2025-06-01", 0.7),
    ]


def test_no_path_against_the_flow_nor_from_a_name_to_itself(asked: Client) -> None:
    assert ask(asked, "exposure/paths", supplier="AMD", customer="ASML", depth=4) == []
    assert ask(asked, "exposure/paths", supplier="TSMC", customer="TSMC", depth=4) == []
    assert ask(asked, "exposure/between", supplier="TSMC", customer="Island") == []


def test_the_exposure_counts_a_link_that_two_chains_share_once(asked: Client) -> None:
    columns = ("exposure", "exposure_at_most", "chain_belief", "chains", "tier", "share_of_cost_pct", "share_of_revenue_pct", "path", "since", "belief")
    rows = ask(asked, "exposure/between", *columns, supplier="Zeiss", customer="NVIDIA")
    by_tsmc, by_samsung = 0.4 * 0.45, 0.4 * 0.35  # after Zeiss to ASML, 0.9, which both share
    exposure = round(0.9 * (by_tsmc + by_samsung - by_tsmc * by_samsung), 4)
    chain = round(0.9 * (0.72 + 0.56 - 0.72 * 0.56), 4)
    assert rows == [(exposure, exposure, chain, 2, 3, "≥1.0", "≥3.0", ["Zeiss", "ASML", "TSMC", "NVIDIA"], "2025-06-01", 0.8)]


def test_a_single_link_is_worth_its_belief(asked: Client) -> None:
    assert ask(asked, "exposure/between", "exposure", "exposure_at_most", supplier="TSMC", customer="AMD") == [(0.6, 0.6)]


def test_shared_suppliers_with_both_ways(asked: Client) -> None:
    columns = ("supplier", "tier_of_one", "tier_of_other", "exposure_of_one", "exposure_of_other", "path_to_other", "belief")
    assert ask(asked, "exposure/shared_suppliers", *columns, one="NVIDIA", other="AMD") == [
        ("TSMC", 1, 1, 0.9, 0.6, ["TSMC", "AMD"], 0.6), ("ASML", 2, 2, 0.36, 0.24, ["ASML", "TSMC", "AMD"], 0.6),
        ("Tesla", 2, 2, 0.225, 0.15, ["Tesla", "TSMC", "AMD"], 0.5),
    ]
    assert ask(asked, "exposure/shared_suppliers", one="NVIDIA", other="Island") == []
    assert ask(asked, "exposure/shared_suppliers", one="NVIDIA", other="NVIDIA") == []


def test_the_suppliers_behind_a_fund_by_its_index_and_its_latest_weights(asked: Client) -> None:
    rows = ask(asked, "exposure/portfolio", "supplier", "holdings", "tier", "weight_pct", "exposed_pct", "path", fund="159001", depth=1)
    assert rows == [
        ("TSMC", ["NVIDIA 40.0%", "AMD 20.0%"], 1, 60.0, 48.0, ["TSMC", "NVIDIA"]),
        ("Samsung", ["NVIDIA 40.0%"], 1, 40.0, 28.0, ["Samsung", "NVIDIA"]),
        ("NVIDIA", ["Tesla (weight not disclosed)"], 1, None, None, ["NVIDIA", "Tesla"]),
    ]
    assert ask(asked, "exposure/portfolio", fund="Empty Fund") == []


def test_suppliers_by_country(asked: Client) -> None:
    rows = ask(asked, "exposure/by_country", "country", "tier", "suppliers", "names", "exposure", company="NVIDIA")
    assert rows == [("KR", 1, 1, ["Samsung"], 0.7), ("TW", 1, 1, ["TSMC"], 0.9), ("NL", 2, 1, ["ASML"], 0.36), ("US", 2, 1, ["Tesla"], 0.225)]
    assert ask(asked, "exposure/by_country", "country", company="NVIDIA", origins="derived") == ["not disclosed"]


def test_who_stands_around_a_product(asked: Client) -> None:
    rows = ask(asked, "exposure/by_product", "role", "who", "whom", "detail", product="EUV")
    assert rows == [
        ("makes", "ASML", "", "the only one"), ("supplies", "ASML", "Samsung", ""), ("supplies", "ASML", "TSMC", ""),
        ("uses", "TSMC", "", "20 installed"), ("depends on", "Tesla", "", ""),
    ]


@pytest.mark.parametrize(("modalities", "expected"), [
    ("fact", [("data centers", "loads", "electricity", "not disclosed", 0.9), ("AI data centers", "loads", "power grid", "5.0 GW", 0.6)]),
    ("plan", [("data centers", "depends on", "electricity", "not disclosed", 0.8)]),
])
def test_what_a_sector_and_its_parts_lean_on(asked: Client, modalities: str, expected: list[tuple[object, ...]]) -> None:
    assert ask(asked, "exposure/of_sector", "who", "exposure", "what", "quantity", "belief", sector="data centers", modalities=modalities) == expected
