"""The questions about money: capital spending, guidance, revenue by segment, fund flows and holdings, ratings."""

from __future__ import annotations

import pytest

from cypher.graphs import ask
from kg.errors import QueryError
from kg.store.client import Client
from kg.store.queries import find_module

GRAPH = """
    Company: TSMC {name_zh: 台积电}, ASML, KLA, State Grid, Lone, Bank A, Bank B, Apple, Intel, AMD
    Product: EUV
    Sector: computing, software
    Infrastructure: power grid
    Fund: Chip ETF {ticker: 159363.SZ, aliases: ["159363"]}, Cloud ETF, Empty ETF
    Index: Chip Index
    Event: TSMC capex 2026 {kind: capex, modality: plan}, TSMC guidance 2026 {kind: guidance, modality: forecast}
    Event: TSMC earnings {kind: earnings, period: 2025Q4}, flow of 16 January {kind: fund_flow, date: 2026-01-16, session: intraday}

    TSMC -PARTICIPATES_IN-> TSMC capex 2026 {modality: plan}
    TSMC capex 2026 -REPORTED-> capex {low: 5.2e+10, high: 5.6e+10, currency: USD, period: "2026", display: US$52-56bn, modality: plan, holder: TSMC}
    TSMC capex 2026 -REPORTED-> capex_growth {value: 40, unit: "%", basis: prior_guidance, planned_for: "2026", display: ≈40%, modality: plan, belief: 0.4}
    State Grid -INVESTS_IN-> power grid {amount: 4.0e+12, currency: CNY, period: 2026-2030, modality: plan}
    ASML -SUPPLIES-> TSMC {product: EUV, belief: 0.9}
    KLA -SUPPLIES-> TSMC
    Lone -SUPPLIES-> TSMC {negated: true}

    TSMC -PARTICIPATES_IN-> TSMC guidance 2026 {modality: forecast}
    TSMC guidance 2026 -REPORTED-> revenue_growth {value: 30, unit: "%", period: "2026", display: ≈30%, modality: forecast, holder: TSMC}
    TSMC guidance 2026 -REPORTED-> gross_margin {low: 60, high: 62, unit: "%", period: "2026", display: 60-62%, modality: forecast, holder: TSMC}
    TSMC -REPORTED-> revenue_growth {value: 28, unit: "%", period: FY2026, display: 28%, modality: forecast, holder: Bank A}
    TSMC -REPORTED-> gross_margin {value: 61, unit: "%", period: "2026", display: 61%, modality: forecast, holder: Bank A}
    TSMC -REPORTED-> gross_margin {value: 64.5, unit: "%", period: "2026", display: 64.5%, modality: forecast, holder: Bank B, belief: 0.9}
    TSMC -REPORTED-> capex {value: 7.0e+10, currency: USD, period: "2026", display: US$70bn, modality: forecast, holder: Bank A}
    TSMC -REPORTED-> capex {value: 1.5e+12, currency: TWD, period: "2026", display: NT$1.5trn, modality: forecast, holder: Bank B, suspect: too high}
    TSMC -REPORTED-> net_profit {value: 2.0e+12, currency: TWD, period: FY2027, display: NT$2trn, modality: forecast, holder: Bank A}

    TSMC -PARTICIPATES_IN-> TSMC earnings
    TSMC earnings -REPORTED-> revenue_share {value: 55, unit: "%", segment: HPC, display: 55%}
    TSMC earnings -REPORTED-> revenue_share {value: 32, unit: "%", segment: phones, display: 32%}
    TSMC -REPORTED-> revenue_share {low: 60, unit: "%", segment: 3nm and 5nm, display: ≥60%}
    TSMC -REPORTED-> revenue {value: 3.3e+10, currency: USD, period: 2025Q4, display: US$33bn}
    TSMC -REPORTED-> revenue_share {value: 9, unit: "%", segment: cars, display: 9%, modality: forecast}

    Chip ETF -PARTICIPATES_IN-> flow of 16 January
    flow of 16 January -REPORTED-> fund_flow {value: 4.78e+8, currency: CNY, display: 4.78亿元}
    Chip ETF -REPORTED-> fund_flow {value: 1.2e+9, currency: CNY, window_start: 2026-01-12, window_end: 2026-01-16, display: CNY 1.2bn}
    computing -REPORTED-> fund_flow {value: -3.0e+8, currency: CNY, as_of: 2026-01-14, display: -3亿元}

    Chip ETF -HOLDS-> TSMC {as_of: 2026-01-16, weight_pct: 9.8}
    Chip ETF -HOLDS-> Apple {as_of: 2026-01-16, low: 4.0, high: 5.0}
    Chip ETF -HOLDS-> computing {as_of: 2026-01-16, weight_pct: 60.0, approximate: true}
    Chip ETF -HOLDS-> TSMC {as_of: 2025-06-30, weight_pct: 20.0}
    Chip ETF -TRACKS-> Chip Index {belief: 0.5}
    Chip Index -HOLDS-> Intel {as_of: 2026-01-16, weight_pct: 3.0}
    Cloud ETF -HOLDS-> TSMC {as_of: 2026-01-10, weight_pct: 4}
    Cloud ETF -HOLDS-> Intel {as_of: 2026-01-10, weight_pct: 7, belief: 0.9}
    Cloud ETF -HOLDS-> Apple {as_of: 2026-01-10}
    Cloud ETF -HOLDS-> AMD {as_of: 2026-01-10}

    Bank A -RATES-> TSMC {as_of: 2026-01-16, rating: buy, target_price: 407.0, currency: USD, security: TSM, period: FY2027, multiple: 22x PE, modality: opinion}
    Bank A -RATES-> TSMC {as_of: 2025-10-16, rating: hold, target_price: 370.0, currency: USD, security: TSM, modality: opinion}
    Bank A -RATES-> TSMC {as_of: 2025-12-01, rating: buy, target_price: 1800.5, currency: TWD, security: "2330", modality: opinion}
    Bank B -RATES-> software {as_of: 2026-01-01, rating: recommended, modality: opinion}
"""


def test_capital_spending_is_told_with_its_basis_and_the_suppliers_of_the_buyer(asked: Client) -> None:
    rows = ask(
        asked, "money/capex", "measure", "figure", "low", "high", "unit", "period", "basis", "holder", "suppliers", buyer="台积电", modalities="plan,fact"
    )
    suppliers = ["ASML (EUV)", "KLA"]
    assert rows == [
        ("capex", "US$52-56bn", 5.2e10, 5.6e10, "USD", "2026", "", "TSMC", suppliers),
        ("capex growth", "≈40%", 40, 40, "%", "2026", "prior guidance", "not disclosed", suppliers),
    ]


def test_the_spending_of_all_holds_investments_in_a_named_thing(asked: Client) -> None:
    rows = ask(asked, "money/capex", "buyer", "measure", "figure", "low", "unit", "suppliers", modalities="plan")
    assert rows[0] == ("State Grid", "invests in power grid", "CNY 4trn", 4e12, "CNY", ["not disclosed"])
    assert [row[0] for row in rows] == ["State Grid", "TSMC", "TSMC"]


def test_forecasts_stand_beside_guidance_with_the_gap(asked: Client) -> None:
    rows = ask(asked, "money/guidance", "measure", "guidance", "forecast", "forecaster", "gap", "gap_unit", "note", company="TSMC")
    assert rows == [
        ("capex", "US$52-56bn", "US$70bn", "Bank A", 25.0, "%", ""),
        ("capex", "US$52-56bn", "NT$1.5trn", "Bank B", None, "", "USD against TWD; too high"),
        ("gross margin", "60-62%", "64.5%", "Bank B", 2.5, "pp", ""),
        ("gross margin", "60-62%", "61%", "Bank A", 0.0, "pp", ""),
        ("revenue growth", "≈30%", "28%", "Bank A", -2.0, "pp", "calendar year against fiscal year"),
        ("capex growth", "≈40%", "not disclosed", "not disclosed", None, "", ""),
        ("net profit", "not disclosed", "NT$2trn", "Bank A", None, "", ""),
    ]


def test_guidance_has_its_own_sentence_beside_that_of_the_forecast(asked: Client) -> None:
    rows = ask(asked, "money/guidance", "guidance_proof", "proof", company="TSMC", measure="revenue_growth")
    assert rows == [("TSMC guidance 2026 reported revenue_growth.", "TSMC reported revenue_growth.")]


def test_revenue_is_told_by_segment_and_period(asked: Client) -> None:
    rows = ask(asked, "money/revenue_mix", "segment", "figure", "low", "high", "period", company="TSMC")
    assert rows == [
        ("3nm and 5nm", "≥60%", 60, None, "not disclosed"), ("HPC", "55%", 55, 55, "2025Q4"), ("phones", "32%", 32, 32, "2025Q4"),
    ]


def test_flows_are_told_by_window_and_one_day_is_no_window(asked: Client) -> None:
    rows = ask(asked, "money/fund_flows", "fund", "direction", "figure", "low", "from_day", "to_day", "session")
    assert rows == [
        ("Chip ETF", "in", "CNY 1.2bn", 1.2e9, "2026-01-12", "2026-01-16", "not disclosed"),
        ("Chip ETF", "in", "4.78亿元", 4.78e8, "not disclosed", "2026-01-16", "intraday"),
        ("computing", "out", "-3亿元", -3e8, "2026-01-14", "2026-01-14", "not disclosed"),
    ]


def test_flows_of_one_fund_by_its_code(asked: Client) -> None:
    assert set(ask(asked, "money/fund_flows", "fund", fund="159363")) == {"Chip ETF"}


def test_a_fund_holds_what_its_index_holds(asked: Client) -> None:
    rows = ask(asked, "money/holdings", "through", "holding", "label", "weight", "weight_pct", "held_on", "belief", fund="159363")
    assert rows == [
        ("Chip ETF", "computing", "Sector", "≈60%", 60, "2026-01-16", 0.8),
        ("Chip ETF", "TSMC", "Company", "9.8%", 9.8, "2026-01-16", 0.8),
        ("Chip ETF", "Apple", "Company", "4-5%", 4, "2026-01-16", 0.8),
        ("Chip ETF", "TSMC", "Company", "20%", 20, "2025-06-30", 0.8),
        ("Chip Index", "Intel", "Company", "3%", 3, "2026-01-16", 0.5),
    ]


def test_two_funds_overlap_by_the_smaller_of_their_latest_weights(asked: Client) -> None:
    rows = ask(asked, "money/overlap", "holding", "weight", "other_weight", "overlap", "held_on", "belief", fund="Chip ETF", other="Cloud ETF")
    assert rows == [
        ("TSMC", 9.8, 4, 4, "2026-01-16", 0.8), ("Intel", 3, 7, 3, "2026-01-16", 0.5), ("Apple", 4, None, None, "2026-01-16", 0.8),
    ]


def test_a_fund_that_holds_nothing_overlaps_with_none(asked: Client) -> None:
    assert ask(asked, "money/overlap", fund="Chip ETF", other="Empty ETF") == []


def test_targets_are_told_by_security_and_currency_with_what_was_before(asked: Client) -> None:
    rows = ask(asked, "money/ratings", "security", "rating", "target", "target_price", "multiple", "rated_on", "before", "change", name="TSMC")
    assert rows == [
        ("2330", "buy", "TWD 1800.5", 1800.5, "not disclosed", "2025-12-01", "", None),
        ("TSM", "buy", "USD 407", 407, "22x PE", "2026-01-16", "hold, 370 on 2025-10-16", 10.0),
        ("TSM", "hold", "USD 370", 370, "not disclosed", "2025-10-16", "", None),
    ]


def test_a_rating_without_a_target_says_so(asked: Client) -> None:
    assert ask(asked, "money/ratings", "rated", "target", "security")[0] == ("TSMC", "TWD 1800.5", "2330")
    assert ask(asked, "money/ratings", "rated", "target", "security", name="software") == [("software", "not disclosed", "not disclosed")]


@pytest.mark.parametrize("module", ["money/capex", "money/fund_flows", "money/ratings"])
def test_a_name_of_which_nothing_is_said_has_no_rows(asked: Client, module: str) -> None:
    made = find_module(module).parameters[0].name
    assert ask(asked, module, **{made: "Lone"}) == []


@pytest.mark.parametrize(
    ("module", "given", "message"),
    [
        ("money/guidance", {}, "needs company"),
        ("money/overlap", {"fund": "Chip ETF"}, "needs other"),
        ("money/capex", {"min_belief": "much"}, "min_belief must be a number from 0 to 1"),
        ("money/ratings", {"name": " "}, "name must not be empty"),
        ("money/holdings", {"fund": "Chip ETF", "origins": "heard"}, "origins must be some of"),
        ("money/fund_flows", {"limit": 1001}, "limit must be a whole number"),
        ("money/revenue_mix", {"company": "TSMC", "firm": "TSMC"}, "no parameter 'firm'"),
    ],
)
def test_parameters_out_of_domain_are_told_in_one_line(module: str, given: dict[str, object], message: str) -> None:
    with pytest.raises(QueryError, match=message):
        find_module(module).bind(given)
