"""Names never met before, known by their shape: a legal form, a fund's name before its code, a theme with its sector word."""

from __future__ import annotations

import re
from dataclasses import dataclass

_CAP = r"(?:(?:[A-Z]\.)+|St\.|[A-Z][\w&'’-]*|[a-z]?[A-Z]{2,}[\w&-]*|\d+[A-Z]\w*)"
_LINK = r"(?:\s+(?:of|&|the|de|for|in)(?=\s+[A-Z]))?"
_LEGAL = (
    r"(?:Inc(?:orporated)?\b\.?|Corp(?:oration)?\b\.?|Co\b\.?(?:,?\s*Ltd\b\.?)?|Company Limited|Ltd\b\.?|Limited\b|LLC\b|L\.L\.C\.|LLP\b|LP\b|PLC\b|plc\b|AG\b|SE\b|N\.V\.|NV\b|S\.A\.|S\.p\.A\.|SpA\b|"
    r"AB\b|ASA\b|Oyj\b|GmbH\b|KGaA\b|K\.K\.|Bhd\b|Tbk\b)"
)
_SOFT = (
    r"(?:Holdings?|Group|Technolog(?:y|ies)|Semiconductors?|Electronics|Pharmaceuticals?|Therapeutics|Biosciences?|Industries|Motors?|Airlines|Bancorp|Energy Partners|Resources|"
    r"Securities|Capital Management|Asset Management|Investment Management|Investments|Advisors|Partners|Bank|Networks|Laboratories|Shipbuilding|Heavy Industries|Materials|Optoelectronics)\b"
)
_EN_LEGAL = re.compile(rf"(?<![\w&.-])(?P<name>{_CAP}(?:{_LINK}\s+{_CAP}){{0,5}}?,?\s+{_LEGAL})(?![\w-])")
_EN_SOFT = re.compile(rf"(?<![\w&.-])(?P<name>{_CAP}(?:\s+(?:&\s+)?{_CAP}){{0,3}}?\s+{_SOFT})(?!\w)")
_NOT_FIRST = frozenset(
    "A An The In On At Of For From With By As But And Or If When While After Before Since Although Though Its His Her Their Our This That These Those Both Also Meanwhile "
    "However Shareholders Shares Officials Rivals Rival Secretary Treasury Retailer Retailers Chipmaker Automaker Brokerage Insurer Miner Chief Executive President Chairman Director Analyst Analysts Shares Stocks Monday Tuesday Wednesday Thursday Friday Saturday Sunday January February March April "
    "May June July August September October November December Mr Mrs Ms Dr Prof CEO CFO COO CTO Last Next Many Most Some Several Other Such New Major Private Central Commercial "
    "No Buy Sell Hold Rating Core Key Group Industry".split()
)
_ALONE = frozenset(
    "Technology Technologies Group Holdings Holding Bank Capital Company Corporation Industries Investment Investments Securities Partners Energy Motor Motors Materials Semiconductor Semiconductors "
    "Information Consumer Financial Software Hardware Internet Data Advanced Basic Raw Health Care Real Estate Communication Services Optical Cloud".split()
)
_FORMS_ALONE = frozenset("Inc Corp Co Ltd Limited LLC PLC Plc AG SE NV SA Group Holdings".split())
_ZH_LEGAL = re.compile(r"[\u4e00-\u9fffA-Za-z0-9（）()·]{2,24}?(?:股份有限公司|有限责任公司|有限公司|集团公司|(?<!本)(?<!该)(?<!分)(?<!子)集团)")
_ZH_CUT = re.compile(
    r".*(?:的|和|与|及|向|对|由|将|在|为|是|从|于|被|把|给|了|购|据|称|等|其|该|对手|股东|公司|旗下|收购|参股|控股的|持有|认购|出售|转让|设立|成立|投资|拟|同|跟|至|让|经|通过|以及|包括|如|即|名为|关联方|全资|子公司|孙公司|客户|供应商|联合|参与|进行|专项|对外|[，。；、：:,;！!？?\s“”\"《》【】\[\]])(?=.)"
)
_EN_FUND = re.compile(r"(?:(?:[A-Za-z][\w&+'-]*|\d+|[A-Z])\s+){0,6}?ETF(?:\s+[A-Z][\w-]*){0,3}$")
_EN_FUND_LEAD = frozenset("the a an of in as like by and or to with for its this that e.g. such through via including into from on buy is are was has while when".split())
_ZH_FUND = re.compile(r"[\u4e00-\u9fffA-Za-z0-9+&·-]{0,24}?ETF(?:联接)?[\u4e00-\u9fffA-Z]{0,8}$")
_ZH_FUND_CUT = re.compile(
    r".*(?:的|和|与|及|或|由|跟踪|关注|包括|例如|比如|布局|同类规模最大|旗下|相关|热门|产品|如|是|看好|买入|申购|借道|通过|增持|其中|以及)(?=.{2})"
)


@dataclass(frozen=True, slots=True)
class Shape:
    """A name by its shape at `text[start:end]`."""

    start: int
    end: int
    label: str
    firm: bool  # a legal form says so: no further evidence is needed


def company_shapes(text: str) -> list[Shape]:
    """Return stretches that look like company names by their legal form (firm) or by a usual last word (not firm)."""
    shapes = [s for m in _EN_LEGAL.finditer(text) if (s := _english(text, m, firm=True))]
    shapes += [s for m in _EN_SOFT.finditer(text) if (s := _english(text, m, firm=False))]
    for match in _ZH_LEGAL.finditer(text):
        cut = _ZH_CUT.match(match.group())
        start = match.start() + (cut.end() if cut else 0)
        name = text[start:match.end()]
        firm = not name.endswith("集团")
        if (len(name) >= 6 if firm else 4 <= len(name) <= 10) and name.count("(") == name.count(")") and name.count("（") == name.count("）"):
            shapes.append(Shape(start, match.end(), "Company", firm))
    return shapes


def fund_name_before(text: str, end: int) -> int | None:
    """Return where a fund's name that ends at `end` begins ("云计算ETF汇添富", "Sci-Tech Chip ETF"), or None where none ends there."""
    before = text[max(0, end - 80):end]
    if match := _ZH_FUND.search(before):
        name = match.group()
        if not name.isascii():
            start = end - len(name)
            cut = _ZH_FUND_CUT.match(name.partition("ETF")[0] + "ETF")
            return start + (cut.end() if cut else 0)
    if match := _EN_FUND.search(before):
        words = match.group().split(" ")
        place = next(i for i, word in enumerate(words) if word == "ETF")
        while len(words) > 1 and place and words[0].lower() in _EN_FUND_LEAD:
            words, place = words[1:], place - 1
        lead = [i for i in range(place) if words[i].lower() in _EN_FUND_LEAD]
        words = words[lead[-1] + 1:] if lead else words
        return end - len(" ".join(words))
    return None


def capitalised_name_before(text: str, end: int) -> int | None:
    """Return where a run of capitalised words (or a Chinese name after punctuation) that ends at `end` begins, or None."""
    before = text[max(0, end - 60):end]
    match = re.search(rf"{_CAP}(?:\s+(?:of\s+|&\s+)?{_CAP}){{0,4}},?(?:\s+(?:Inc|Corp|Co|Ltd)\.?)?$", before)
    if match:
        words = match.group().split()
        while len(words) > 1 and (_is_no_name_start(words[0]) or words[0] in ("of", "and", "&")):
            words = words[1:]
        if words and not _is_no_name_start(words[0]) and not all(word.rstrip(".,") in _FORMS_ALONE for word in words):
            return end - len(match.group()) + match.group().rfind(" ".join(words))
        return None
    match = re.search(r"(?:^|(?<=[，。；、：:,;！!？?\s“\"《【(（和与及]))[\u4e00-\u9fff]{2,6}$", before)
    return end - len(match.group()) if match else None


def _is_no_name_start(word: str) -> bool:
    """Tell whether a capitalised word only opens a sentence or says whose a company is ("Rival", "China's"), and begins no name."""
    return word.rstrip(".,") in _NOT_FIRST or word.endswith(("'s", "’s", "-based"))


def _english(text: str, match: re.Match[str], *, firm: bool) -> Shape | None:
    start, end = match.start("name"), match.end("name")
    words = text[start:end].split()
    offset = 0
    while words and _is_no_name_start(words[0]):
        offset = text.index(words[0], start + offset) + len(words[0]) - start
        while start + offset < end and text[start + offset].isspace():
            offset += 1
        words = words[1:]
    if len(words) < 2 or (not firm and all(word.rstrip(".,") in _ALONE for word in words)):
        return None
    return Shape(start + offset, end, "Company", firm)
