"""Pairs of one text, decided together."""

from math import log

import pytest

from kg.nlp.joint import ANY, Candidate, Repeats, count_repeats, decide

PROFIT, SALES, SUM = (0, 6), (10, 15), (20, 25)
SELDOM = Repeats("none", {"Value": {ANY: (-0.1, -4.0)}})
OFTEN = Repeats("none", {"Value": {ANY: (-0.1, -0.1)}})


def asked(head: tuple[int, int], tail: tuple[int, int], chance: float, text: str = "a text") -> Candidate:
    return Candidate(text, head, tail, (None, None), {"none": 1 - chance, "Value": chance})


def test_a_label_that_a_tail_seldom_has_twice_goes_to_the_surest_head() -> None:
    pairs = [asked(PROFIT, SUM, 0.6), asked(SALES, SUM, 0.9)]
    assert decide(pairs, SELDOM, again=0.5, lean=0.0) == ["none", "Value"]


def test_a_label_that_a_tail_often_has_twice_goes_to_both_heads() -> None:
    pairs = [asked(PROFIT, SUM, 0.6), asked(SALES, SUM, 0.9)]
    assert decide(pairs, OFTEN, again=0.5, lean=0.0) == ["Value", "Value"]


def test_pairs_of_other_texts_do_not_matter() -> None:
    pairs = [asked(PROFIT, SUM, 0.6), asked(SALES, SUM, 0.9, "another text")]
    assert decide(pairs, SELDOM, again=0.5, lean=0.0) == ["Value", "Value"]


def test_two_things_are_linked_one_way_only() -> None:
    pairs = [asked(PROFIT, SUM, 0.9), asked(SUM, PROFIT, 0.8)]
    assert decide(pairs, OFTEN, again=0.5, lean=0.0) == ["Value", "none"]


def test_the_order_of_the_pairs_does_not_matter() -> None:
    pairs = [asked(PROFIT, SUM, 0.6), asked(SALES, SUM, 0.9), asked(SUM, SALES, 0.7)]
    assert decide(pairs[::-1], SELDOM, again=0.5, lean=0.0) == decide(pairs, SELDOM, again=0.5, lean=0.0)[::-1]


def test_leaning_towards_links_finds_more_of_them() -> None:
    assert decide([asked(PROFIT, SUM, 0.45)], OFTEN, again=0.5, lean=0.6) == ["Value"]


def test_repeats_are_counted_by_the_kinds_of_the_ends_and_over_all() -> None:
    money, share = ("Metric", "Money"), ("Metric", "Percent")
    links = [("one", PROFIT, SUM, "Value", money), ("one", SALES, SUM, "Value", money), ("two", PROFIT, SUM, "Value", share)]
    counted = count_repeats(links, "none").odds["Value"]
    assert counted["Metric Money"] == pytest.approx((log(0.5 / 3), 0.0), abs=1e-3)  # no head twice; the one tail twice, which is no less likely
    assert set(counted) == {"Metric Money", "Metric Percent", ANY}
