"""The questions of `cypher/chokepoints`: sole makers, articulation points, concentration."""

from __future__ import annotations

from cypher.graphs import ask
from kg.store.client import Client

GRAPH = """
    Company: Buyer, Left, Right, Beyond, Deep, Twice, Ring, Alone, A, B, C, D
    Product: scanner, lens, shared, split
    Sector: fabs
    Deep -PRODUCES-> scanner {sole: true, belief: 0.9, date: 2025-01-01}
    Left -USES-> scanner {belief: 0.7}
    fabs -DEPENDS_ON-> scanner {belief: 0.8}
    Right -USES-> scanner {modality: plan}
    Alone -PRODUCES-> lens {sole: true}
    Left -SUPPLIES-> Buyer {belief: 0.9}
    Right -SUPPLIES-> Buyer {belief: 0.6}
    Beyond -SUPPLIES-> Left {belief: 0.8, date: 2026-03-01}
    Deep -SUPPLIES-> Beyond
    Twice -SUPPLIES-> Left
    Twice -SUPPLIES-> Right
    Ring -SUPPLIES-> Beyond
    Beyond -SUPPLIES-> Ring
    A -SUPPLIES-> C {product: shared}
    A -SUPPLIES-> D {product: shared}
    A -SUPPLIES-> Buyer {product: shared, modality: plan}
    B -SUPPLIES-> D {product: shared, belief: 0.5, date: 2025-05-05}
    A -SUPPLIES-> C {product: split}
    B -SUPPLIES-> C {product: split}
    A -PRODUCES-> shared
"""


def test_sole_makers_and_who_needs_them(asked: Client) -> None:
    assert ask(asked, "chokepoints/sole_makers", "maker", "product", "dependants", "count", "since") == [
        ("Deep", "scanner", ["fabs", "Left"], 2, "2025-01-01"), ("Alone", "lens", ["not disclosed"], 0, "2026-01-01"),
    ]
    assert ask(asked, "chokepoints/sole_makers", "dependants", modalities="fact,plan", limit=1) == [["Right", "fabs", "Left"]]
    assert ask(asked, "chokepoints/sole_makers", "maker", min_belief=0.85) == ["Deep"]
    assert ask(asked, "chokepoints/sole_makers", as_of="2024-12-31") == []


def test_articulation_points_and_whom_they_cut_off(asked: Client) -> None:
    rows = ask(asked, "chokepoints/articulation_points", "point", "tier", "cut_off", "names", "path", "since", "belief", company="Buyer", depth=4)
    assert rows == [
        ("Left", 1, 3, ["Beyond", "Deep", "Ring"], ["Left", "Buyer"], "2026-01-01", 0.9),
        ("Beyond", 2, 2, ["Deep", "Ring"], ["Beyond", "Left", "Buyer"], "2026-03-01", 0.8),
    ]


def test_a_supplier_of_two_is_cut_off_by_neither(asked: Client) -> None:
    assert ask(asked, "chokepoints/articulation_points", "point", "names", company="Buyer", depth=2) == [("Left", ["Beyond"])]
    assert ask(asked, "chokepoints/articulation_points", company="Alone") == []


def test_concentration_by_the_customers_that_are_known(asked: Client) -> None:
    columns = ("product", "hhi", "level", "suppliers", "customers", "makers", "largest", "share", "since", "belief")
    assert ask(asked, "chokepoints/concentration", *columns) == [
        ("shared", 5555.6, "highly concentrated", 2, 2, 1, "A", 66.7, "2025-05-05", 0.5),
        ("split", 5000.0, "highly concentrated", 2, 1, 0, "A", 50.0, "2026-01-01", 0.8),
    ]
    assert ask(asked, "chokepoints/concentration", "product", "hhi", product="shared", modalities="plan") == [("shared", 10000.0)]
    assert ask(asked, "chokepoints/concentration", "product", min_customers=2) == ["shared"]
    assert ask(asked, "chokepoints/concentration", product="lens") == []
