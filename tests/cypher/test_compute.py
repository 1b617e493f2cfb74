"""The questions about computing sites: what they hold, take and load, and who wants one chip."""

from __future__ import annotations

import pytest

from cypher.graphs import ask
from kg.errors import QueryError
from kg.store.client import Client
from kg.store.queries import find_module

GRAPH = """
    Company: xAI, NVIDIA, AMD, Oracle
    Facility: Colossus {kind: data centre, aliases: [巨像]}, Harbour {kind: data centre}, Fab 9 {kind: fab}
    Product: H100, H200, MI300, rack, GPU
    Sector: data centers {aliases: [data centre]}
    Infrastructure: power grid
    Resource: electricity {name_en: electricity}, water {name_en: water}
    Event: Colossus expansion {kind: expansion, date: 2026-04-01, modality: plan}
    xAI -OPERATES-> Colossus {origin: reference}
    NVIDIA -PRODUCES-> H100
    NVIDIA -PRODUCES-> H200
    AMD -PRODUCES-> GPU
    NVIDIA -PRODUCES-> GPU
    Colossus -USES-> H100 {state: installed, joint: [H100, H200], quantity: 200000, unit: GPU, approximate: true}
    Colossus -USES-> H200 {state: installed, joint: [H100, H200], quantity: 200000, unit: GPU, approximate: true}
    Colossus -USES-> rack {state: installed, low: 30, high: 1250000, unit: rack}
    Colossus -USES-> GPU {state: planned, quantity: 555000, unit: GPU, modality: plan, belief: 0.6}
    rack -USES-> H200
    Colossus -REPORTED-> power_capacity {value: 1.0e+9, unit: W, display: 1 GW}
    Colossus -PARTICIPATES_IN-> Colossus expansion {modality: plan}
    Colossus expansion -REPORTED-> power_capacity {value: 1.5e+9, unit: W, display: 1.5 GW, modality: plan, planned_for: 2026-04}
    Colossus -REPORTED-> power_demand {value: 7, unit: "%", display: "7%", modality: hypothetical}
    Harbour -LOADS-> power grid {quantity: 300, unit: m3}
    Harbour -LOADS-> water {quantity: 12, unit: m3, belief: 0.3}
    data centers -LOADS-> electricity
    Fab 9 -USES-> MI300 {state: installed, negated: true}
    Oracle -USES-> H100 {quantity: 131072, unit: GPU, modality: plan, state: planned}
    NVIDIA -SUPPLIES-> Oracle {product: H100}
    Fab 9 -USES-> H100 {state: installed, low: 900, ended: true}
"""


def steps(client: Client, *columns: str, **given: object) -> list[object]:
    return ask(client, "compute/to_grid", *columns, **given)


def test_a_site_is_told_from_its_operator_to_what_it_loads(asked: Client) -> None:
    assert steps(asked, "step", "what", "state", "figure", "note", site="巨像") == [
        ("operated by", "xAI", "", "", ""),
        ("holds chips", "H100", "installed", "≈200,000", "one figure for 2 chips: count it once"),
        ("holds chips", "H200", "installed", "≈200,000", "one figure for 2 chips: count it once"),
        ("holds chips", "rack", "installed", "30-1.25m", ""),
        ("holds chips", "GPU", "planned", "555,000", ""),
        ("made by", "NVIDIA", "", "", "maker of H100"),
        ("made by", "NVIDIA", "", "", "maker of H200"),
        ("takes power", "power capacity", "now", "1 GW", ""),
        ("takes power", "power capacity", "planned for 2026-04", "1.5 GW", ""),
        ("takes power", "power demand", "possible", "7%", "no unit of power"),
        ("loads", "not disclosed", "", "", ""),
        ("loads as one of its kind", "electricity", "", "not disclosed", "said of data centers, not of this site"),
    ]


def test_megawatts_come_as_numbers_too(asked: Client) -> None:
    rows = steps(asked, "step", "state", "value", "unit", site="Colossus", modalities="fact,plan")
    assert [row[1:] for row in rows if row[0] == "takes power"] == [("now", 1e9, "W"), ("planned for 2026-04", 1.5e9, "W")]


def test_a_load_in_a_unit_that_does_not_measure_it_is_marked(asked: Client) -> None:
    rows = steps(asked, "step", "what", "figure", "note", site="Harbour")
    assert rows[1:3] == [("loads", "power grid", "300 m3", "no unit of power or energy"), ("loads", "water", "12 m3", "")]


def test_what_no_sentence_says_has_no_proof(asked: Client) -> None:
    assert steps(asked, "step", "what", "proof", "belief", site="Harbour")[0] == ("takes power", "not disclosed", None, None)


def test_all_sites_of_which_something_is_known_are_told_and_a_denied_chip_is_not(asked: Client) -> None:
    assert set(steps(asked, "site")) == {"Colossus", "Harbour"}


def test_what_is_believed_too_little_or_comes_from_elsewhere_is_left_out(asked: Client) -> None:
    assert "water" not in steps(asked, "what", site="Harbour", min_belief=0.5)
    assert "operated by" not in steps(asked, "step", site="Colossus", origins="stated")


def test_a_site_that_is_not_there_has_no_rows(asked: Client) -> None:
    assert steps(asked, site="Atlantis") == []


def test_demand_for_a_chip_is_told_by_site_and_operator(asked: Client) -> None:
    rows = ask(asked, "compute/chip_demand", "inside", "user", "operator", "state", "figure", "quantity", "shared_with", chip="H100")
    assert rows == [
        ("H100", "Oracle", "Oracle", "bought", "not disclosed", None, []),
        ("H100", "Colossus", "xAI", "installed", "≈200,000", 200000.0, ["H200"]),
        ("H100", "Oracle", "Oracle", "planned", "131,072", 131072.0, []),
    ]


def test_a_system_counts_for_the_chip_inside(asked: Client) -> None:
    rows = ask(asked, "compute/chip_demand", "inside", "user", "figure", "unit", chip="H200")
    assert ("rack", "Colossus", "30-1.25m", "rack") in rows
    assert ("H200", "rack", "not disclosed", None) not in rows


def test_a_chip_that_nobody_wants_has_no_rows(asked: Client) -> None:
    assert ask(asked, "compute/chip_demand", chip="MI300") == []


@pytest.mark.parametrize(
    ("module", "given", "message"),
    [
        ("compute/to_grid", {"limit": 0}, "limit must be a whole number from 1 to 1000"),
        ("compute/to_grid", {"min_belief": 2}, "min_belief must be a number from 0 to 1"),
        ("compute/chip_demand", {}, "needs chip"),
        ("compute/chip_demand", {"chip": "H100", "as_of": "yesterday"}, "as_of must be a date"),
    ],
)
def test_parameters_out_of_domain_are_told_in_one_line(module: str, given: dict[str, object], message: str) -> None:
    with pytest.raises(QueryError, match=message):
        find_module(module).bind(given)
