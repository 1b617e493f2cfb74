"""Figures that cannot be: flagged with the reason, and left as they stand."""

from __future__ import annotations

import pytest

from kg.model import Values
from kg.nlp import metrics
from kg.nlp.metrics import flag_suspects
from kg.nlp.spans import Found
from kg.nlp.staging import stage

CORVID = {"Corvid Devices": "Company"}
HAITANG = {"海棠电子": "Company"}
TOPIC = Found(0, 0, "Company", "company:corvid", "topic", antecedent=True, name="Corvid Devices")


def read(text: str, language: str = "en") -> list[Values]:
    """The figures of one sentence about Corvid Devices or 海棠电子."""
    names = {"zh": HAITANG, "en": CORVID}[language]
    return [figure.values for figure in metrics.extract(stage(text, {name: label for name, label in names.items() if name in text}, language), TOPIC)]


def reasons(text: str, language: str = "en") -> list[str | None]:
    return [values.suspect for values in read(text, language)]


@pytest.mark.parametrize(("text", "language"), [
    ("Corvid Devices' gross margin was 141% in 2025.", "en"),
    ("海棠电子2025年毛利率为162.5%。", "zh"),
])
def test_a_margin_above_the_whole_is_flagged(text, language):
    assert all("cannot be above 100%" in (reason or "") for reason in reasons(text, language))


def test_a_flagged_margin_keeps_its_value():
    assert [values.value for values in read("Corvid Devices' gross margin was 141% in 2025.")] == [141]


def test_parts_that_make_more_than_their_total_are_flagged():
    text = "Corvid Devices' 2025 revenue was $10 billion, with cloud revenue of $8 billion and memory revenue of $7 billion."
    assert reasons(text) == ["the parts told beside it make 1.5e+10, not 1e+10"] * 3


def test_parts_that_make_less_than_their_total_may_have_fellows():
    text = "Corvid Devices' 2025 revenue was $10 billion, with cloud revenue of $3 billion and memory revenue of $4 billion."
    assert reasons(text) == [None] * 3


def test_parts_that_are_said_to_be_all_and_make_less_are_flagged():
    text = "Corvid Devices' 2025 revenue was $10 billion, made up of cloud revenue of $3 billion and memory revenue of $4 billion."
    assert reasons(text) == ["the parts told beside it make 7e+09, not 1e+10"] * 3


def test_chinese_parts_that_make_more_than_their_total_are_flagged():
    text = "海棠电子2025年营业收入48亿元，汽车业务收入30亿元，家电业务收入25亿元。"
    assert reasons(text, "zh") == ["the parts told beside it make 5.5e+09, not 4.8e+09"] * 3


def test_shares_of_one_whole_above_a_hundred_are_flagged():
    text = "Cloud made up 70% of revenue, memory accounted for 45% of revenue."
    assert reasons(text) == ["the parts told beside it make 115%"] * 2


def test_shares_of_one_whole_within_a_hundred_are_not_flagged():
    assert reasons("Cloud made up 50% of revenue, memory accounted for 45% of revenue.") == [None, None]


@pytest.mark.parametrize(("one", "other", "factor"), [
    ("海棠电子2025年净利润为23.1亿元。", "海棠电子2025年净利润为2310万元。", "100 times apart"),
    ("海棠电子2025年净利润为23.1亿元。", "海棠电子2025年净利润为2310元。", "1e+06 times apart"),
])
def test_a_scale_misread_beside_another_figure_of_the_same_thing_is_flagged(one, other, factor):
    figures = [*metrics.extract(stage(one, HAITANG, "zh")), *metrics.extract(stage(other, HAITANG, "zh"))]
    assert all(factor in (figure.values.suspect or "") for figure in flag_suspects(figures))


def test_figures_of_two_periods_may_differ_by_any_factor():
    one, other = "海棠电子2025年净利润为23.1亿元。", "海棠电子2015年净利润为2310万元。"
    figures = [*metrics.extract(stage(one, HAITANG, "zh")), *metrics.extract(stage(other, HAITANG, "zh"))]
    assert [figure.values.suspect for figure in flag_suspects(figures)] == [None, None]


@pytest.mark.parametrize(("text", "language"), [
    ("Corvid Devices' revenue in the first quarter of 2025 (2025-01-01 to 2025-06-30) was $3 billion.", "en"),
    ("海棠电子2025年一季度（2025年1月1日至2025年6月30日）营业收入12亿元。", "zh"),
])
def test_a_period_longer_than_its_name_is_flagged(text, language):
    assert reasons(text, language) == ["181 days are more than 2025Q1 has"]


def test_a_period_as_long_as_its_name_is_not_flagged():
    assert reasons("海棠电子2025年一季度（2025年1月1日至2025年3月31日）营业收入12亿元。", "zh") == [None]
