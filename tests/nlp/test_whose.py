"""Whose figure, whose event, whose name: what a sentence says of a part, of another, or of a thing that nobody knows is not claimed of the one named."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from kg.model import Reading
from kg.nlp.gazetteer import default_gazetteer

Read = Callable[..., Reading]


def said(reading: Reading) -> set[tuple[str, str, str]]:
    """Return what is claimed: who, what, and of an event or a figure its kind or name."""
    names = {mention.id: mention.text for mention in reading.mentions}
    things = {event.id: event.kind for event in reading.events} | {metric.id: metric.name for metric in reading.metrics} | names
    key = lambda end: things.get(end.id or "") or things.get(end.mention or "", "?")  # noqa: E731
    return {(key(claim.subject), claim.relation, key(claim.object)) for claim in reading.claims}


@pytest.mark.parametrize(("text", "gone"), [
    ("美股行业ETF涨跌各异，银行业ETF涨3.4%，半导体ETF跌超1%。", "半导体"),
    ("氢能源板块走高，比亚迪涨超5%。", "能源"),
    ("汇丰前海证券净亏损扩大。", "汇丰"),
    ("That drove a semiconductor index up 1.7 percent.", "semiconductor"),
])
def test_a_name_within_a_longer_one_is_not_meant(text: str, gone: str) -> None:
    assert gone not in {text[m.start : m.end] for m in default_gazetteer().find(text)}


@pytest.mark.parametrize("text", ["今日半导体板块走高。", "港股半导体板块走低。", "半导体板块走强，市场回暖。"])
def test_a_board_by_its_own_name_is_meant(text: str) -> None:
    assert "半导体" in {text[m.start : m.end][:3] for m in default_gazetteer().find(text)}


@pytest.mark.parametrize(("texts", "lang", "not_said"), [
    (("Caterpillar sees a good year", "The unit boasted a 20 percent operating margin in 2025."), "en", ("Caterpillar", "REPORTED", "operating_margin")),
    (("EADS ( EAD.PA ) unit Airbus said it had taken 140 orders during the month.",), "en", ("EADS", "REPORTED", "orders")),
    (("Apple seeks a Samsung sales ban, $707 million more in damages.",), "en", ("Samsung", "REPORTED", "revenue")),
    (("Since the first fire, Tesla's shares have lost more than 27 percent.",), "en", ("Tesla", "PARTICIPATES_IN", "price_move")),
    (("Since hitting a 12-year low on March 9, the S&P 500 has risen nearly 40 percent.",), "en", ("S&P 500", "PARTICIPATES_IN", "price_move")),
    (("Intel has 400 orders for the server line.",), "en", ("Intel", "REPORTED", "orders")),
    (("Nokia slipped to 19 percent, a research firm said.",), "en", ("Nokia", "PARTICIPATES_IN", "price_move")),
    (("比亚迪将向乙公司支付补偿款，由此减少比亚迪2025年净利润2000万元。",), "zh", ("比亚迪", "REPORTED", "net_profit")),
    (("比亚迪今日涨1%，盘后数据显示，1家机构专用席位净买入4亿元。",), "zh", ("比亚迪", "PARTICIPATES_IN", "fund_flow")),
    (("国内商品期货收盘，苹果涨超6%。",), "zh", ("苹果", "PARTICIPATES_IN", "price_move")),
    (("比亚迪拟收购宁德时代39%股权。",), "zh", ("比亚迪", "ACQUIRES", "宁德时代")),
    (("Intel agreed to buy a 20 percent stake in Nokia.",), "en", ("Intel", "ACQUIRES", "Nokia")),
    (("Halden posts record profit, signs Qualcomm deal", "The group's second-quarter net loss was 871 million euros."), "en",
     ("Qualcomm", "REPORTED", "net_profit")),
])
def test_it_is_not_said_of_the_one_named(read: Read, texts: tuple[str, ...], lang: str, not_said: tuple[str, str, str]) -> None:
    assert not_said not in said(read(*texts, lang=lang))


@pytest.mark.parametrize(("text", "lang", "told"), [
    ("比亚迪拟收购宁德时代60%股权。", "zh", ("比亚迪", "ACQUIRES", "宁德时代")),
    ("比亚迪2025年净利润2000万元。", "zh", ("比亚迪", "REPORTED", "net_profit")),
    ("EADS ( EAD.PA ) unit Airbus said it had taken 140 orders during the month.", "en", ("Airbus", "REPORTED", "orders")),
    ("Since July 1, Tesla's shares have lost more than 27 percent.", "en", ("Tesla", "PARTICIPATES_IN", "price_move")),
    ("Shares of Nokia fell 5 percent to $19.", "en", ("Nokia", "PARTICIPATES_IN", "price_move")),
])
def test_it_is_said_of_the_one_named(read: Read, text: str, lang: str, told: tuple[str, str, str]) -> None:
    assert told in said(read(text, lang=lang))


@pytest.mark.parametrize(("makers", "whose"), [("major manufacturers", True), ("utilities", False)])
def test_makers_named_by_no_name_are_those_of_the_sector_that_the_sentence_is_about(read: Read, makers: str, whose: bool) -> None:
    reading = read(f"The solar energy industry is still growing fast, with {makers} accelerating capacity expansion.")
    assert any(relation == "PARTICIPATES_IN" and thing == "expansion" for _, relation, thing in said(reading)) is whose
