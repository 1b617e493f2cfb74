"""One number and what touches it: currency, scale, unit, measure word, what it is per.

Bounds, ranges and English nouns are the matter of `kg.nlp.figures`.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from kg.nlp.numbers import Number, read_number
from kg.nlp.units import Unit, Vocabulary

_MANY = re.compile(r"[多余](?=[万亿千百]|\D)")
_NODE = re.compile(r"\s?-?(?:nm|纳米|G(?![A-Za-z])|D(?![A-Za-z])|K(?![A-Za-z]))")  # 3nm, 5G, 3D, 10-K are names
_OCCURRENCES = re.compile(r"\s+(?:a|an|per|this|last|in|since|during|over|before|already|daily|weekly)\b")
_PER_TIME = re.compile(r"\s?/\s?[年月日天周季小]|\s(?:per|an?)\s(?:year|annum|month|week|day|hour|quarter)\b")
_DAYS_CUE = re.compile(r"(?:近|连续|前|过去|每|为期|长达|共|仅|用时|历时|最近|未来)\Z")
_EACH = re.compile(
    r"每(?P<per>[股吨桶盎司克公斤千克片颗台辆]{1,3})(?:\w{0,2}(?:价格?|收益|盈利|净资产|股息|红利)|派[发息]?)?(?:[为达约报]|约为)?\s?\Z"
)  # 每股发售价为65.9港元
_SUMMED = re.compile(r"[累连]")  # 3日累涨
# 一倍 is a figure, 一家 an article
_ONE_COUNTS = frozenset(("倍", "个百分点", "年", "周", "天", "小时", "个小时", "吨", "个月", "个星期", "个季度", "成"))
_AFTER_DAY = "线均移"
_AFTER_WEEK = "线均移一二三四五六日天末初期"
_AFTER_POINT = re.compile("[钟半分前后]|整(?!数)")


@dataclass(slots=True)
class Amount:
    """One number at `[start, end)` in base units.

    `scale` is what its scale words make (万: 10,000), `prefixed` says that its currency stands before it, `negative` that a minus is
    written, `many` that a word or sign says "and more" (20多, 60%+), `subunit` what one of its coins makes (a cent: 0.01).
    """

    start: int
    end: int
    number: Number
    value: float
    currency: str | None = None
    unit: Unit | None = None
    counted: str | None = None
    scale: float = 1.0
    prefixed: bool = False
    negative: bool = False
    many: bool = False
    per: str | None = None
    subunit: float = 1.0

    @property
    def bare(self) -> bool:
        """True when nothing says what is counted or measured."""
        return not (self.unit or self.currency or self.counted)


def read_amount(text: str, found: re.Match[str], words: Vocabulary, *, glued: bool = False) -> Amount | None:
    """Return the amount at `found`, a match of NUMBER in `text`; None when the characters around say that it is part of a name.

    `glued` says that what stands before belongs to another figure (100MW/200MWh, 10-20), so that it is neither a minus nor a name.
    """
    number = read_number(found)
    if number is None:
        return None
    amount = Amount(number.start, number.end, number, number.value)
    left = text[number.start - 1:number.start]
    may_be = left in words.currency_ends or (left == " " and text[number.start - 2:number.start - 1] in words.currency_ends)
    before = words.currency_before.search(text, max(0, number.start - 8), number.start) if may_be else None
    if before:
        amount.currency, amount.start, amount.prefixed = words.currencies[before["word"]], before.start(), True
        amount.negative = text[amount.start - 1:amount.start] == "-" and not text[amount.start - 2:amount.start - 1].isalnum()
    elif left == "第" or (left.isascii() and (left.isalpha() or left in ("_", ".", "'"))):
        return None
    elif left in ("-", "/", "–") and not glued:
        further = text[number.start - 2:number.start - 1]
        if further and ((further.isalnum() and further.isascii()) or further in "%)."):
            return None
        amount.negative = left == "-"
        amount.start -= amount.negative
    measured = words.unit.match(text, number.end) or words.scale.match(text, number.end)
    if number.form == "digits" and _NODE.match(text, number.end) and not measured:
        return None
    end = _scaled(text, amount, words, number.end)
    end = _priced(text, amount, words, end)
    amount.end = end if amount.currency else _measured(text, amount, words, end)
    return amount


def _scaled(text: str, amount: Amount, words: Vocabulary, end: int) -> int:
    """Read the scale and "and more" behind the number; return where they end."""
    if many := _MANY.match(text, end):
        amount.many, end = True, many.end()
    scale = words.scale.match(text, end)
    if scale is None and amount.currency:
        scale = words.money_scale.match(text, end)
    while scale:
        word = scale[scale.lastgroup or 0]
        amount.scale *= words.scales[word if len(word) == 1 else word.lower()]
        end = scale.end()
        scale = words.scale.match(text, end) if word in "千百十" else None
    if amount.scale != 1 and (many := _MANY.match(text, end)):
        amount.many, end = True, many.end()
        if more := words.scale.match(text, end):  # 7万多亿
            amount.scale *= words.scales[more[more.lastgroup or 0].lower()]
            end = more.end()
    amount.value = float(f"{amount.value * amount.scale:.12g}")
    if text[end:end + 1] == "+" and not text[end + 1:end + 2].isalnum():
        amount.many, end = True, end + 1
    return end


def _priced(text: str, amount: Amount, words: Vocabulary, end: int) -> int:
    """Read the currency behind the number, and what the price is per; return where they end."""
    after = words.currency_after.match(text, end) if not amount.prefixed or text[end:end + 1] == "元" else None
    if after:
        word = after["word"]
        if word == "pound":  # `a 500 million pound deal`; a lone pound is a weight
            word = "pounds" if amount.scale >= 1e6 else ""
        if word:
            amount.currency = amount.currency or words.currencies[word]
            amount.subunit = 0.01 if word in words.hundredths else 1.0
            amount.value = float(f"{amount.value * amount.subunit:.12g}")
            end = after.end()
    if amount.currency:
        if per := words.per.match(text, end):
            amount.per, end = words.per_names[per["per"]], per.end()
        elif each := _EACH.search(text, max(0, amount.start - 14), amount.start):
            amount.per = words.per_names.get(each["per"])
    return end


def _measured(text: str, amount: Amount, words: Vocabulary, end: int) -> int:
    """Find the unit or the Chinese measure word behind the number; return where it ends."""
    found = words.unit.match(text, end)
    if found and _is_unit(text, amount, found, words):
        amount.unit = words.units[found["unit"]]
        amount.value = float(f"{amount.value * amount.unit.factor:.12g}")
        end = found.end()
        if text[end:end + 1] == "+":
            amount.many, end = True, end + 1
    else:
        counter = words.counter.match(text, end)
        if counter is None or _is_article(amount.number, text) or _trapped(text, counter.end(), counter["counter"], words):
            return end
        amount.counted, end = counter["counter"], counter.end()
    if _PER_TIME.match(text, end) and (step := words.per.match(text, end)):
        amount.per, end = words.per_names[step["per"]], step.end()
    return end


def _trapped(text: str, end: int, word: str, words: Vocabulary) -> bool:
    """Whether the measure word that ends here is only the beginning of a longer word."""
    following = text[end:end + 1]
    return bool(following) and following in words.traps.get(word, "")


def _is_article(number: Number, text: str) -> bool:
    """一家公司 is a company; 二次, 三线 are words: a lone 一 or 二 counts nothing."""
    return number.form == "chinese" and text[number.start:number.end] in ("一", "二")


def _is_unit(text: str, amount: Amount, found: re.Match[str], words: Vocabulary) -> bool:
    """Whether the unit word of `found` measures this number, and is not the beginning of another word or a habit of speech."""
    word, number, after = found["unit"], amount.number, text[found.end():found.end() + 1]
    gap = found.group()[:len(found.group()) - len(word)]

    def before(characters: str) -> bool:
        return bool(after) and after in characters

    if _trapped(text, found.end(), word, words) or (_is_article(number, text) and word not in _ONE_COUNTS):
        return False
    if word == "成":
        return amount.scale == 1 and number.value <= 10
    if word in ("x", "X"):
        return not gap and number.form == "digits" and not (word == "X" and before("机系型版手平"))  # 12X机型
    if word == "日":
        counts = _DAYS_CUE.search(text, max(0, number.start - 3), number.start) or _SUMMED.match(text, found.end())
        return not before(_AFTER_DAY) and bool(counts)
    if word == "周":
        return not before(_AFTER_WEEK)
    if word == "年":
        return not before("期代级报")
    if word == "度":  # of electricity, where there are many; 5度 is warm, 年度 a year
        return amount.scale >= 1e4
    if word in ("点", "方", "寸", "升", "桶", "克", "瓦") and number.form != "digits":
        return False
    if word == "点":
        return not (_AFTER_POINT.match(text, found.end()) or after.isdigit() or (number.value < 13 and number.plain))
    if word == "升":
        return not before("至到级幅")
    if word == "克":
        return not before("拉")
    if word == "times":
        return not _OCCURRENCES.match(text, found.end())
    if word == "quarters" and gap == "-":
        return False
    return number.form != "english" or gap != "" or word in ("fold", "-fold")
