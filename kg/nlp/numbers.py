"""Numbers as people write them: digits in groups, full width, Chinese numerals, English words.

`normalise` folds full-width forms one character for one, so that every offset into the result is one into the text.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

_FULL_WIDTH = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F) if chr(code) not in "，；：？！（）"}
_SPACES, _DASHES = dict.fromkeys((0x3000, 0xA0, 0x202F, 0x2009), 0x20), dict.fromkeys((0x2212, 0x2011, 0x2010), 0x2D)
_FOLD = _FULL_WIDTH | _SPACES | _DASHES | {0xFFE5: 0xA5, 0xFFE1: 0xA3}

_DIGITS = r"\d{1,3}(?:,\d{3})+(?:\.\d+)?(?![\d])|\d+(?:\.\d+)?"
_NO_ZERO = "部件|件|售|担|食|碳|排|关税|钱|工|下|距离|利率"  # 零部件 are not none
_CHINESE = rf"(?:零(?!{_NO_ZERO})|[〇一二三四五六七八九两十百千万亿])[零〇一二三四五六七八九十百千万亿两]*(?:点[零〇一二三四五六七八九]+)?"
_ONES = {
    "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8, "nine": 9, "ten": 10, "eleven": 11,
    "twelve": 12, "thirteen": 13, "fourteen": 14, "fifteen": 15, "sixteen": 16, "seventeen": 17, "eighteen": 18, "nineteen": 19,
}
_TENS = {"twenty": 20, "thirty": 30, "forty": 40, "fifty": 50, "sixty": 60, "seventy": 70, "eighty": 80, "ninety": 90}
_SPOKEN = {**_ONES, **_TENS, "half": 0.5, "dozen": 12, "hundred": 100, "a": 1, "an": 1}
_UNITS = "|".join(sorted(_ONES, key=len, reverse=True))
_ENGLISH = (
    rf"\b(?:(?:{'|'.join(_TENS)})(?:[- ](?:{'|'.join(list(_ONES)[:9])}))?|{_UNITS})(?:[ -](?:dozen|hundred))?(?:\s+and\s+a\s+half)?\b"
    r"|\b(?:half\s+an?|half(?=\s+(?:of|the|its|their))|an?\s+dozen|an?\s+hundred|an?(?=\s+(?:thousand|million|billion|trillion)\b))"
)
_FRACTION = r"(?:[ -]?(?P<over>\d)/(?P<under>[2-9])(?![\d/]))"
NUMBER = re.compile(rf"(?P<digits>{_DIGITS}){_FRACTION}?|(?P<chinese>{_CHINESE})|(?P<english>(?i:{_ENGLISH}))")

_VALUE = {char: value for value, char in enumerate("零一二三四五六七八九")} | {"〇": 0, "两": 2}
_STEP = {"十": 10, "百": 100, "千": 1000}
_MYRIAD = {"万": 10**4, "亿": 10**8}


@dataclass(frozen=True, slots=True)
class Number:
    """A number at `[start, end)`.

    `form` is digits, chinese or english; `plain` says that nothing marks it as a figure (no comma, no point).
    """

    start: int
    end: int
    value: float
    form: str
    plain: bool


def normalise(text: str) -> str:
    """Return `text` with full-width digits, letters, signs and odd spaces folded to ASCII; its length does not change."""
    return text.translate(_FOLD)


def read_number(found: re.Match[str]) -> Number | None:
    """Return the number of a match of `NUMBER`, or None when its words make none."""
    if found["digits"]:
        written = found["digits"]
        value = float(written.replace(",", ""))
        if found["over"]:
            value += int(found["over"]) / int(found["under"])
        return Number(found.start(), found.end(), value, "digits", not found["over"] and written.isdigit())
    if found["chinese"]:
        spoken = chinese_value(found["chinese"])
        return None if spoken is None else Number(found.start(), found.end(), spoken, "chinese", True)
    return Number(found.start(), found.end(), english_value(found["english"]), "english", True)


def chinese_value(numeral: str) -> float | None:
    """Return the value of a Chinese numeral (一百二十, 两万, 三点五), or None when it is no number (二〇二六 is read digit by digit)."""
    whole, _, decimals = numeral.partition("点")
    if len(whole) > 1 and all(char in _VALUE for char in whole):
        value: float = int("".join(str(_VALUE[char]) for char in whole))
    else:
        total = section = digit = 0
        last = 0
        for char in whole:
            if char in _VALUE:
                if digit and _VALUE[char]:
                    return None
                digit = _VALUE[char]
            elif char in _STEP:
                section += (digit or 1) * _STEP[char]
                digit, last = 0, _STEP[char]
            else:
                scale = _MYRIAD[char]
                total = (total + section + digit or 1) * scale if scale > 10**4 or not total else total + (section + digit or 1) * scale
                section = digit = 0
                last = scale
        # 三万五 is 35,000: a bare last digit counts the next lower step
        value = total + section + (digit * last // 10 if digit and last >= 100 and whole[-2:-1] not in "零〇" else digit)
    if decimals:
        value += float("0." + "".join(str(_VALUE[char]) for char in decimals))
    return float(value)


def english_value(words: str) -> float:
    """Return the value of English number words (twenty-five, a dozen, one and a half)."""
    parts = re.split(r"[\s-]+", words.lower())
    value = 0.0
    for part in (p for p in parts if p not in ("and", "a", "an")):
        step = _SPOKEN[part]
        value = (value or 1) * step if part in ("dozen", "hundred") else value + step
    return value or 1.0
