"""The question what changed between two days: what is new, gone, said by further voices, or said in another modality."""

from __future__ import annotations

import pytest

from cypher.graphs import ask
from kg.errors import QueryError
from kg.store.client import Client
from kg.store.queries import find_module

GRAPH = """
    Company: ASML, TSMC, Apple, AMD, Intel, Samsung, xAI
    Facility: Colossus
    ASML -SUPPLIES-> TSMC {date: 2025-12-01, source: Daily}
    ASML -SUPPLIES-> TSMC {date: 2026-01-20T09:30, source: Wire}
    TSMC -SUPPLIES-> Apple {date: 2025-12-01, source: Daily}
    TSMC -SUPPLIES-> Apple {date: 2026-01-21, source: Daily}
    TSMC -SUPPLIES-> AMD {date: 2026-01-22T23:59, source: Daily}
    TSMC -SUPPLIES-> AMD {date: 2026-02-02, source: Wire}
    xAI -OPERATES-> Colossus {date: 2025-11-01, modality: plan}
    xAI -OPERATES-> Colossus {date: 2026-01-19, modality: fact}
    TSMC -SUPPLIES-> Intel {date: 2025-12-01}
    TSMC -SUPPLIES-> Intel {date: 2026-01-16, negated: true, belief: 0.7}
    TSMC -SUPPLIES-> Samsung {date: 2026-01-17, ended: true}
    TSMC -REPORTED-> revenue {value: 3.3e+10, currency: USD, display: US$33bn, date: 2026-01-18, modality: forecast}
    Intel -SUPPLIES-> Apple {date: 2026-01-20, origin: reference}
"""
CHANGES = [
    ("gone", "TSMC", "Samsung", "fact", "ended", "2026-01-17"),
    ("gone", "TSMC", "Intel", "fact", "denied", "2026-01-16"),
    ("modality", "xAI", "Colossus", "plan", "fact", "2026-01-19"),
    ("strengthened", "ASML", "TSMC", "1", "2", "2026-01-20"),
    ("new", "TSMC", "AMD", "", "fact", "2026-01-22"),
    ("new", "TSMC", "revenue US$33bn", "", "forecast", "2026-01-18"),
]
COLUMNS = ("change", "subject", "object", "before", "after", "day")


def test_each_change_is_told_with_what_was_before(asked: Client) -> None:
    assert ask(asked, "change/between", *COLUMNS, since="2026-01-16", until="2026-01-22") == CHANGES


def test_one_kind_of_change(asked: Client) -> None:
    assert ask(asked, "change/between", "object", since="2026-01-16", until="2026-01-22", change="strengthened") == ["TSMC"]


def test_a_later_stretch_has_its_own_changes(asked: Client) -> None:
    assert ask(asked, "change/between", *COLUMNS, since="2026-02-01") == [("strengthened", "TSMC", "AMD", "1", "2", "2026-02-02")]


def test_background_is_no_news_unless_asked_for(asked: Client) -> None:
    assert ask(asked, "change/between", "subject", since="2026-01-16", origins="reference") == ["Intel"]


def test_nothing_changed_before_anything_was_said(asked: Client) -> None:
    assert ask(asked, "change/between", since="2020-01-01", until="2020-12-31") == []


@pytest.mark.parametrize(
    ("given", "message"),
    [({}, "needs since"), ({"since": "2026-01"}, "since must be a date"), ({"since": "2026-01-16", "change": "old"}, "change must be one of")],
)
def test_parameters_out_of_domain_are_told_in_one_line(given: dict[str, object], message: str) -> None:
    with pytest.raises(QueryError, match=message):
        find_module("change/between").bind(given)
