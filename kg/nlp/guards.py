"""Evidence for names that are ordinary words as well: Target, Gap, 机器人, 太阳能, 中国电影.

Such a name counts only where its neighbourhood says that a company (an index, ...) is meant.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from kg.nlp.spans import Found

_EN_AFTER = re.compile(
    r"(?:'s)?\s+(?:Inc|Corp|Co|Ltd|PLC|plc|AG|SE|NV|SA|Group|Holdings)\b|"
    r"(?:'s)?\s+(?:shares?|stock|executives?|management|chief|CEO|CFO|spokes\w+|profits?|earnings|revenues?|customers?|suppliers?|quarterly|subsidiary|unit)\b|"
    r"\s+(?:said|says|reported|reports|announced|posted|expects|forecast|plans to|agreed to|acquired|will acquire|fell|rose|gained|slid|jumped|dropped|climbed|"
    r"surged|tumbled|plunged|rallied|lost|added|has agreed|is buying|is selling|declined to comment|closed (?:up|down)|was (?:up|down))\b"
)
_EN_BEFORE = re.compile(
    r"(?:\bshares (?:of|in)|\bstock of|\bretailers?|\bmakers?|\bgiants?|\bcompan(?:y|ies)|\bfirms?|\bsuppliers?|\bproducers?|\bowner|\bparent|\brivals?|\bsubsidiary|"
    r"\bunit of|\bcustomers?|\bclients?|\bcompetitors?|\bcompanies (?:like|such as|including)|\bbanks?|\binsurers?|\bbrokers?|\bbrokerage|\bstocks (?:like|such as|including))"
    r"(?:,)?(?:\s+(?:like|such as|including|is|was|named|called))?\s+$", re.IGNORECASE,
)
_ZH_AFTER = re.compile(
    r"\s*(?:公司|股份|集团|董事|总裁|CEO|股价|股票|市值|财报|年报|季报|半年报|业绩|旗下|控股|涨停|跌停|涨超|跌超|涨逾|跌逾|大涨|大跌|上涨|下跌|领涨|领跌|收涨|收跌|盘中|高开|低开|触及|走强|走弱|跟涨|跟跌|涨\d|跌\d|涨幅|跌幅|"
    r"公告|发布公告|披露|拟|近日公告|发布|宣布|获得?机构|中标|子公司|预计\d|预增|净利|营收|等多股|等个股|等股|等概念股|回复|终止|回应|新股|上市首日|午后|两连板|\d+连板|封板|[:：])"
)
_ZH_BEFORE = re.compile(r"(?:[【]|龙头|个股|公司|厂商|企业|持有|持股|增持|减持|买入|卖出|成分股|重仓股|权重股|供应商|客户|同行|概念股|子公司|母公司|控股股东|收购|入股|净买入|净卖出|[:：]\s?)$")
_HEADLINE_ZH = re.compile(r"(?:^|【)$")
SECTOR_WORD = re.compile(
    r"(?:-related)?\s+(?:sectors?|industry|industries|segment|concept|theme|supply chain|industry chain|industrial chain|track|(?:concept )?stocks)\b|"
    r"\s?(?:等)?(?:板块|行业|产业链|产业|赛道|概念股|概念|个股|主题|题材)", re.IGNORECASE,
)
_JOIN = re.compile(r"\s*(?:、|,|，|;|；|/|和|及|与|以及|和/或|and|&|or|,\s*and)\s*")
_AFTER_MARK = re.compile(r"\s*[(（]\s*[+\-]?\d+(?:\.\d+)?%")


def has_corporate_evidence(text: str, start: int, end: int) -> bool:
    """Tell whether the words beside `text[start:end]` say that it is a company."""
    before, after = text[max(0, start - 40):start], text[end:end + 40]
    if _AFTER_MARK.match(after):
        return True
    if text[start:end].isascii():
        if not text[start].isupper():
            return False
        return bool(_EN_AFTER.match(after)) or bool(_EN_BEFORE.search(before))
    if _HEADLINE_ZH.search(text[:start]) and re.match(r"\s*(?:[:：]|公告|\S{0,4}公告)", after):
        return True
    return bool(_ZH_AFTER.match(after)) or bool(_ZH_BEFORE.search(before))


def joined(text: str, first_end: int, second_start: int) -> bool:
    """Tell whether nothing but a list's comma or "and" stands between two names."""
    return 0 <= second_start - first_end <= 8 and bool(_JOIN.fullmatch(text[first_end:second_start]))


def has_product_evidence(text: str, start: int, end: int, mentions: Sequence[Found]) -> bool:
    """Tell whether a product's name that is also a word stands beside its maker, another product, a version number or a product noun."""
    after = text[end:end + 24]
    if re.match(r"\s?(?:\d|GPUs?\b|chips?\b|models?\b|processors?\b|platform\b|architecture\b|系列|芯片|架构|大?模型|平台|处理器)", after):
        return True
    for mention in mentions:
        if mention.label == "Product" and (joined(text, mention.end, start) or joined(text, end, mention.start)):
            return True
        if mention.label in ("Company", "Person") and mention.end <= start and re.fullmatch(r"\s?(?:'s|’s|的)?\s?(?:new |latest |next-generation |\S{1,4})?", text[mention.end:start]):
            return True
    return False


def has_evidence(label: str, text: str, start: int, end: int, mentions: Sequence[Found]) -> bool:
    """Tell whether a guarded name of an entity with this label is meant at `text[start:end]`, given the other mentions found so far."""
    if label == "Product":
        return has_product_evidence(text, start, end, mentions)
    if label == "Sector":
        return bool(SECTOR_WORD.match(text, end))
    if label not in ("Company", "Organization"):
        return False
    if text[start:end].isascii() and not text[start].isupper() and not text[start].isdigit():
        return False
    return is_listed_with_companies(text, start, end, mentions) or has_corporate_evidence(text, start, end)


def is_listed_with_companies(text: str, start: int, end: int, mentions: Sequence[Found]) -> bool:
    """Tell whether the name stands in one list with a company that was found without such help."""
    return any(m.label == "Company" and (joined(text, m.end, start) or joined(text, end, m.start)) for m in mentions)
