"""The questions about events: whom one touches, what is ahead, and what happened around a company."""

from __future__ import annotations

import pytest

from cypher.graphs import ask
from kg.errors import QueryError
from kg.store.client import Client
from kg.store.queries import find_module

GRAPH = """
    Company: TSMC {name_zh: 台积电}, ASML, Apple, NVIDIA, Samsung, Lone
    Facility: Fab 18
    Sector: chipmaking
    Fund: Chip ETF
    Event: TSMC capex 2026 {kind: capex, period: "2026", modality: plan}, TSMC guidance {kind: guidance, modality: plan}
    Event: Fab 18 outage {kind: outage, date: 2026-01-03}, old outage {kind: outage, date: 2024-05-05}
    Event: Apple launch {kind: launch, date: 2026-09-09, modality: plan}, NVIDIA price move {kind: price_move, date: 2026-01-16, high: 0, unit: "%"}
    Event: Samsung earnings {kind: earnings, period: 2026Q2, modality: forecast}, TSMC listing {kind: legal, planned_for: "2026-2028", modality: plan}
    Event: rumoured deal {kind: deal, date: 2026-05-01}
    TSMC -PARTICIPATES_IN-> TSMC capex 2026 {modality: plan, belief: 0.7, date: 2026-01-16}
    TSMC -PARTICIPATES_IN-> TSMC guidance {modality: plan, belief: 0.5, date: 2026-01-16}
    TSMC -PARTICIPATES_IN-> TSMC listing {modality: plan, belief: 0.5, date: 2026-01-16}
    TSMC -PARTICIPATES_IN-> rumoured deal {modality: rumour, date: 2026-01-16}
    Fab 18 -PARTICIPATES_IN-> Fab 18 outage {role: site, date: 2026-01-04}
    Fab 18 -PARTICIPATES_IN-> old outage {date: 2024-05-06}
    Apple -PARTICIPATES_IN-> Apple launch {modality: plan, date: 2026-01-16}
    NVIDIA -PARTICIPATES_IN-> NVIDIA price move {date: 2026-01-16}
    Samsung -PARTICIPATES_IN-> Samsung earnings {modality: forecast, date: 2026-01-16}
    Fab 18 outage -AFFECTS-> chipmaking {effect: -1, mechanism: supply, belief: 0.6}
    TSMC capex 2026 -REPORTED-> capex {low: 5.2e+10, high: 5.6e+10, currency: USD, display: US$52-56bn, modality: plan}
    TSMC -OPERATES-> Fab 18 {origin: reference, belief: 0.9}
    ASML -SUPPLIES-> TSMC {belief: 0.9}
    TSMC -SUPPLIES-> Apple {belief: 0.9}
    TSMC -SUPPLIES-> Apple {belief: 0.6, modality: plan}
    TSMC -SUPPLIES-> NVIDIA {belief: 0.6}
    TSMC -SUPPLIES-> Samsung {belief: 0.9, ended: true}
    Samsung -COMPETES_WITH-> TSMC
    NVIDIA -IN_SECTOR-> chipmaking {belief: 0.4}
    Chip ETF -HOLDS-> TSMC {belief: 0.8}
"""


def test_an_event_touches_who_takes_part_and_who_is_tied_to_them(asked: Client) -> None:
    rows = ask(asked, "events/touched", "event", "when", "order", "touched", "how", "belief", name="台积电", kind="capex")
    assert rows == [
        ("TSMC capex 2026", "2026", 1, "TSMC", "takes part", 0.7),
        ("TSMC capex 2026", "2026", 2, "ASML", "supplies TSMC", 0.7),
        ("TSMC capex 2026", "2026", 2, "Apple", "buys from TSMC", 0.7),
        ("TSMC capex 2026", "2026", 2, "Chip ETF", "holds TSMC", 0.7),
        ("TSMC capex 2026", "2026", 2, "NVIDIA", "buys from TSMC", 0.6),
    ]


def test_an_event_may_be_named_itself_and_who_loses_is_touched_first(asked: Client) -> None:
    rows = ask(asked, "events/touched", "order", "touched", "how", "belief", name="Fab 18 outage")
    assert rows == [
        (1, "Fab 18", "takes part as site", 0.8), (1, "chipmaking", "loses by supply", 0.6), (2, "TSMC", "runs Fab 18", 0.8),
        (2, "NVIDIA", "is in the sector chipmaking", 0.4),
    ]


def test_only_the_latest_events_are_told_when_so_many_are_asked_for(asked: Client) -> None:
    assert set(ask(asked, "events/touched", "event", name="Fab 18", events=1)) == {"Fab 18 outage"}


def test_who_takes_part_in_nothing_touches_nobody(asked: Client) -> None:
    assert ask(asked, "events/touched", name="Lone") == []


def test_the_calendar_holds_what_was_ahead_when_it_was_written_undated_plans_last(asked: Client) -> None:
    assert ask(asked, "events/calendar", "due", "event", "figures") == [
        ("2026", "TSMC capex 2026", ["capex US$52-56bn"]),
        ("2026-2028", "TSMC listing", []),
        ("2026Q2", "Samsung earnings", []),
        ("2026-09-09", "Apple launch", []),
        ("not disclosed", "TSMC guidance", []),
    ]


@pytest.mark.parametrize(
    ("since", "until", "dated"),
    [
        ("2026-04-01", "2026-06-30", {"TSMC capex 2026", "TSMC listing", "Samsung earnings"}),
        ("2026-07-01", "2026-09-09", {"TSMC capex 2026", "TSMC listing", "Apple launch"}),
        ("2028-12-31", "2030-01-01", {"TSMC listing"}),
        ("2020-01-01", "2025-12-31", set()),
    ],
)
def test_a_period_is_due_while_it_lasts(asked: Client, since: str, until: str, dated: set[str]) -> None:
    rows = ask(asked, "events/calendar", "due", "event", since=since, until=until)
    assert {event for due, event in rows if due != "not disclosed"} == dated


def test_the_calendar_of_one_name(asked: Client) -> None:
    assert ask(asked, "events/calendar", "event", name="Apple") == ["Apple launch"]


def test_what_happened_around_a_company_is_told_with_the_tie(asked: Client) -> None:
    rows = ask(asked, "events/around", "when", "event", "who", "tie", "figure", company="TSMC", modalities="fact")
    assert rows == [
        ("2026-01-16", "NVIDIA price move", "NVIDIA", "buys from it", "down"),
        ("2026-01-03", "Fab 18 outage", "Fab 18", "it runs", "not disclosed"),
        ("2024-05-05", "old outage", "Fab 18", "it runs", "not disclosed"),
    ]


def test_a_competitor_counts_from_either_end_and_one_who_no_longer_buys_does_not(asked: Client) -> None:
    assert ask(asked, "events/around", "who", "tie", company="TSMC", kind="earnings") == [("Samsung", "competes with it")]
    assert {tie for who, tie in ask(asked, "events/around", "who", "tie", company="Samsung") if who == "TSMC"} == {"competes with it"}


def test_what_happened_before_the_first_day_is_left_out(asked: Client) -> None:
    assert ask(asked, "events/around", "event", company="TSMC", kind="outage", since="2026-01-01") == ["Fab 18 outage"]


def test_a_company_to_which_nothing_happened_has_no_rows(asked: Client) -> None:
    assert ask(asked, "events/around", company="Lone") == []


@pytest.mark.parametrize(
    ("module", "given", "message"),
    [
        ("events/touched", {"name": "TSMC", "events": 99}, "events must be a whole number from 1 to 50"),
        ("events/calendar", {"since": "next week"}, "since must be a date"),
        ("events/around", {"company": "TSMC", "modalities": "fact,hope"}, "modalities must be some of"),
    ],
)
def test_parameters_out_of_domain_are_told_in_one_line(module: str, given: dict[str, object], message: str) -> None:
    with pytest.raises(QueryError, match=message):
        find_module(module).bind(given)
