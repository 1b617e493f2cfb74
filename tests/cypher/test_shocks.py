"""The questions of `cypher/shocks`: who is hit, at which tier, between which bounds, and who could step in."""

from __future__ import annotations

from cypher.graphs import ask
from kg.store.client import Client

GRAPH = """
    Company: ASML {country: NL}, Nikon {country: JP}, TSMC {country: TW}, UMC {country: TW}, Apple {country: US}, NVIDIA {country: US}, Alone {country: CH}
    Product: EUV, DUV, wafers, phone
    Facility: Fab 18
    Place: Taiwan, Tainan
    Program: Chip Act, Silent Act
    Organization: Bureau
    Sector: foundries
    ASML -SUPPLIES-> TSMC {product: EUV, belief: 0.9, date: 2025-01-01}
    Nikon -SUPPLIES-> TSMC {product: DUV}
    TSMC -SUPPLIES-> Apple {product: wafers, belief: 0.8, date: 2025-02-01}
    UMC -SUPPLIES-> Apple {product: wafers, belief: 0.6}
    TSMC -SUPPLIES-> NVIDIA {belief: 0.7, date: 2025-03-01}
    NVIDIA -SUPPLIES-> Apple {belief: 0.5, date: 2025-04-01}
    Apple -SUPPLIES-> TSMC {modality: rumour}
    ASML -PRODUCES-> EUV {sole: true, belief: 0.9}
    Nikon -PRODUCES-> DUV
    ASML -PRODUCES-> DUV {belief: 0.7}
    TSMC -PRODUCES-> wafers
    phone -USES-> wafers {belief: 0.9}
    Apple -PRODUCES-> phone {belief: 0.9}
    EUV -SUCCEEDS-> DUV
    TSMC -OPERATES-> Fab 18 {belief: 0.9}
    NVIDIA -USES-> Fab 18 {belief: 0.6}
    Fab 18 -LOCATED_IN-> Tainan
    Tainan -PART_OF-> Taiwan
    Chip Act -AFFECTS-> foundries {effect: 1, mechanism: policy, belief: 0.9}
    Bureau -REGULATES-> TSMC {belief: 0.9}
    UMC -IN_SECTOR-> foundries {belief: 0.8}
"""


def test_a_supplier_fails_down_the_chain_between_two_bounds(asked: Client) -> None:
    rows = ask(asked, "shocks/supplier", "hit", "tier", "how", "exposure", "exposure_at_most", "path", "since", "belief", company="ASML")
    apple = 1 - (1 - 0.9 * 0.4) * (1 - 0.9 * 0.35 * 0.25)
    assert rows == [
        ("TSMC", 1, "buys from ASML", 0.9, 0.9, ["ASML", "TSMC"], "2025-01-01", 0.9),
        ("Apple", 2, "buys from TSMC", 0.36, round(apple, 4), ["ASML", "TSMC", "Apple"], "2025-02-01", 0.8),
        ("NVIDIA", 2, "buys from TSMC", 0.315, 0.315, ["ASML", "TSMC", "NVIDIA"], "2025-03-01", 0.7),
    ]


def test_what_could_step_in_is_said_or_said_to_be_unknown(asked: Client) -> None:
    assert ask(asked, "shocks/supplier", "hit", "substitutes", company="ASML") == [
        ("TSMC", ["none known"]), ("Apple", ["UMC (supplies it already)"]), ("NVIDIA", ["not disclosed"]),
    ]
    assert ask(asked, "shocks/supplier", "substitutes", company="Nikon", depth=1) == [["ASML"]]


def test_a_ring_of_rumours_ends_at_the_one_who_fails(asked: Client) -> None:
    rows = ask(asked, "shocks/supplier", "hit", company="TSMC", modalities="fact,rumour", depth=4)
    assert rows == ["Apple", "NVIDIA"]
    assert ask(asked, "shocks/supplier", company="Alone") == []


def test_a_shock_as_of_a_day_and_without_decay(asked: Client) -> None:
    assert ask(asked, "shocks/supplier", "hit", company="ASML", as_of="2025-02-15") == ["TSMC", "Apple"]
    assert ask(asked, "shocks/supplier", "exposure", company="ASML", decay=1, depth=2) == [0.9, 0.72, 0.63]


def test_a_facility_fails(asked: Client) -> None:
    rows = ask(asked, "shocks/facility", "hit", "tier", "how", "exposure", facility="Fab 18", depth=2)
    assert rows == [("TSMC", 1, "runs Fab 18", 0.9), ("NVIDIA", 1, "uses Fab 18", 0.6), ("Apple", 2, "buys from TSMC", 0.36)]


def test_a_product_is_not_to_be_had(asked: Client) -> None:
    rows = ask(asked, "shocks/product", "hit", "label", "tier", "how", "substitutes", product="wafers", depth=2)
    assert rows == [
        ("phone", "Product", 1, "uses wafers", ["none known"]),
        ("Apple", "Company", 1, "buys wafers", ["none known"]),
        ("TSMC", "Company", 1, "makes wafers", ["not disclosed"]),
        ("NVIDIA", "Company", 2, "buys from TSMC", ["not disclosed"]),
    ]
    assert ask(asked, "shocks/product", "hit", "substitutes", product="EUV", depth=1) == [("ASML", ["not disclosed"]), ("TSMC", ["DUV (older)"])]


def test_a_country_is_cut_off(asked: Client) -> None:
    rows = ask(asked, "shocks/country", "hit", "tier", "how", "exposure", "exposure_at_most", country="TW", depth=1)
    assert rows == [("Apple", 1, "buys from TSMC", 0.8, 0.92), ("NVIDIA", 1, "buys from TSMC", 0.7, 0.7)]
    assert ask(asked, "shocks/country", "hit", country="tw", depth=1, most=1) == ["Apple", "NVIDIA"]


def test_a_place_takes_what_stands_in_its_parts_with_it(asked: Client) -> None:
    assert ask(asked, "shocks/country", "hit", "how", country="Taiwan", depth=1) == [("TSMC", "runs Fab 18"), ("NVIDIA", "uses Fab 18")]
    assert ask(asked, "shocks/country", country="Nowhere") == []


def test_a_policy_reaches_the_members_of_a_sector_and_their_customers(asked: Client) -> None:
    rows = ask(asked, "shocks/policy", "hit", "tier", "how", "exposure", policy="Chip Act")
    assert rows == [("foundries", 1, "gains by Chip Act", 0.9), ("UMC", 2, "is in foundries", 0.36), ("Apple", 3, "buys from UMC", 0.108)]
    assert ask(asked, "shocks/policy", "how", policy="Bureau", depth=1) == ["is regulated by Bureau"]
    assert ask(asked, "shocks/policy", policy="Silent Act") == []
