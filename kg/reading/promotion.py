"""Texts with an interested party: written by or for the seller of a fund, about that fund.

The rule is sober on purpose, for a wrong suspicion costs an honest voice: the fund's own code must stand in the headline, be the only
fund of the text or clearly the main one, and two further signs must be there: the code again and again, at least three of the phrases
that call for buying, a claim of first place among its kind, or a publisher that is a fund desk.
"""

from __future__ import annotations

import re
from collections import Counter

# Exchange-traded funds of Shanghai and Shenzhen: 15xxxx, 16xxxx (LOF), 50xxxx to 58xxxx, 18xxxx (REITs).
_CODE = re.compile(r"(?<![\d.])(?:1[568]\d{4}|5[0-8]\d{4})(?![\d%.])")
_FUND = re.compile(r"ETF|基金|LOF|REIT|\bfund\b", re.I)
_CALLS = re.compile(
    r"加仓|布局|吸金|抢筹|涌入|净申购|净流入|净买入|揽金|逢跌|逢低|低吸|连阳|连吸金|上车|一键|机会|看好|弹性|场外|联接|增持|配置价值"
    r"|值得关注|领跑|跑赢"
    r"|inflows?|net subscription|outperform\w*|beneficiary|investor interest|attract\w*|positioned to benefit", re.I)
_FIRST = re.compile(
    r"同类(?:规模)?最大|规模最大|规模(?:居首|领先|第一)|同类第一|全市场(?:首|唯一)|费率最低|领跑"
    r"|record size|largest|leading (?:in|among|both)", re.I)
_DESK = re.compile(r"基金|ETF|\bJi Jin\b|\bFunds?\b|Asset Management|资管|理财", re.I)


def promoted_fund(title: str, text: str, source: str | None) -> str | None:
    """Return the code of the fund that `text` promotes, or None. `text` includes the title."""
    named = _CODE.findall(title)
    if not named or not _FUND.search(title):
        return None
    counts = Counter(_CODE.findall(text))
    fund = max(named, key=lambda code: counts[code])
    if any(count * 2 > counts[fund] for code, count in counts.items() if code != fund):
        return None
    calls = len({call.lower() for call in _CALLS.findall(text)})
    signs = (counts[fund] >= 3, calls >= 3, bool(_FIRST.search(text)), bool(source and _DESK.search(source)))
    return fund if sum(signs) >= 2 else None
