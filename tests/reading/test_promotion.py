"""When a text is taken to be by or for the seller of a fund. The funds are made up."""

from __future__ import annotations

import pytest

from kg.reading.promotion import promoted_fund

PUSH = "资金大举加仓！存储ETF(159999)单周吸金超3亿元"


@pytest.mark.parametrize(("title", "body", "source", "expected"), [
    (PUSH, "存储ETF(159999)领跑同类，资金逢跌布局。看好存储机会，可关注存储ETF(159999)及其场外联接基金。", "Bei He Cai Jing", "159999"),
    (PUSH, "存储板块走强，资金涌入，逢低布局。", "某某基金", "159999"),
    ("存储行业周报：供给偏紧", "相关标的：存储ETF(159999)、芯片ETF(159998)。价格上行。", "NORTH RIVER SECURITIES", None),
    ("海川存储(688001)：扩产提速", "海川存储公告扩产。海川存储(688001)涨超5%。688001 成交活跃。", "NORTH RIVER SECURITIES", None),
    ("两只ETF今日上市：159999与159998", "159999、159998今日上市，资金涌入，看好布局机会。", "Bei He Cai Jing", None),
    ("存储ETF(159999)公告分红", "存储ETF(159999)将于周五分红。", "Bei He Cai Jing", None),
], ids=["pushed", "by a fund desk", "a broker's list", "a share, no fund", "two funds alike", "a plain notice"])
def test_promotion_needs_the_code_in_the_headline_and_two_further_signs(title: str, body: str, source: str, expected: str | None) -> None:
    assert promoted_fund(title, f"{title}\n{body}", source) == expected
