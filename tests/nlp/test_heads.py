"""Companies that nobody has met at the head of a Chinese sentence. The companies are made up, but for the known."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from kg.model import Reading

Read = Callable[..., Reading]


def companies(reading: Reading) -> list[str]:
    return [mention.text for mention in reading.mentions if mention.label == "Company" and mention.text not in ("公司", "该公司")]


@pytest.mark.parametrize(("text", "names"), [
    ("绿澜股份：预中标3.33亿元污水处理项目", ["绿澜股份"]),
    ("禾珀电子公告，公司2025年净利润3.2亿元，同比增长25%。", ["禾珀电子"]),
    ("青穗生物宣布完成8.7亿元B轮融资，由腾讯领投。", ["青穗生物", "腾讯"]),
    ("澄谷科技披露，向中微公司采购刻蚀设备12台。", ["澄谷科技", "中微公司"]),
])
def test_who_opens_a_flash_is_read_though_nobody_has_met_it(read: Read, text: str, names: list[str]) -> None:
    assert companies(read(text, lang="zh")) == names


def test_its_figures_are_its_own(read: Read) -> None:
    reading = read("禾珀电子公告，公司2025年净利润3.2亿元，同比增长25%。", lang="zh")
    names = {mention.id: mention.name or mention.text for mention in reading.mentions}
    assert {names[claim.subject.mention or ""] for claim in reading.claims if claim.relation == "PARTICIPATES_IN"} == {"禾珀电子"}


@pytest.mark.parametrize("text", [
    "市场消息：2025年净利润3.2亿元，同比增长25%。",
    "国家邮政局：预计2026年快递业务收入1.16万亿元 同比增12%",
    "李建国：2026年行业销量将增长10%。",
    "公司2025年净利润3.2亿元，同比增长25%。",
])
def test_an_office_a_person_and_a_word_are_no_company(read: Read, text: str) -> None:
    assert companies(read(text, lang="zh")) == []


def test_a_head_of_which_nothing_is_said_is_no_mention(read: Read) -> None:
    assert companies(read("禾珀电子：今晚讨论元宵节。", lang="zh")) == []
