"""Shares and multiples that are words of their own: doubled, threefold, two-thirds of, 翻番, 百分之五, 六成五."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Literal

from kg.nlp.numbers import NUMBER, chinese_value, read_number

Ratio = tuple[int, int, Literal["percent", "multiple"], float, bool, Literal["up"] | None]  # start, end, kind, value, approximate, change

_MAY_HOLD = re.compile(r"twice|doubl|tripl|quadrupl|fold|third|fourth|fifth|tenth|quarter|翻|分之|成", re.I)
_ONCE = r"(?!\s+(?:a|an|per|this|last|in)\s+(?:day|week|month|quarter|year)\b)"
_TURNS = {
    re.compile(rf"\btwice\b{_ONCE}|\bdoubl(?:e|es|ed|ing)\b(?![- ]digit| down\b)", re.I): 2.0,
    re.compile(r"\btripl(?:e|es|ed|ing)\b", re.I): 3.0,
    re.compile(r"\bquadrupl(?:e|es|ed|ing)\b", re.I): 4.0,
    re.compile(r"翻(?:了)?(?:一)?番|翻倍"): 2.0,
    re.compile(r"翻(?:了)?两番"): 4.0,
}
_FOLD = re.compile(r"\b(?P<n>two|three|four|five|six|seven|eight|nine|ten)fold\b", re.I)
_FRACTION = re.compile(
    r"(?P<by>\bby\s+(?:about\s+|around\s+|nearly\s+|almost\s+|over\s+|more than\s+|some\s+)?)?"
    r"\b(?P<over>a|one|two|three|four)[- ](?P<under>third|quarter|fourth|fifth|tenth)s?\b(?!-)(?P<of>\s+of\b)?",
    re.I,
)
_OVER = {"a": 1, "one": 1, "two": 2, "three": 3, "four": 4}
_UNDER = {"third": 3, "quarter": 4, "fourth": 4, "fifth": 5, "tenth": 10}
_PART = re.compile(
    r"(?P<under>百|千|[二三四五六七八九十])分之(?P<over>[零一二三四五六七八九十百两]+(?:点[零一二三四五六七八九]+)?)"
    r"|(?P<tenths>[一二三四五六七八九两])成(?P<and>[一二三四五六七八九半])(?![为])"
)


def ratios(text: str) -> Iterator[Ratio]:
    """Yield the shares (in percent) and multiples of `text` that no digits write."""
    if not _MAY_HOLD.search(text):
        return
    for pattern, value in _TURNS.items():
        for found in pattern.finditer(text):
            word = found.group().lower()
            yield *found.span(), "multiple", value, False, "up" if word.endswith(("ed", "ing")) or "翻" in word else None
    for found in _FOLD.finditer(text):
        count = NUMBER.match(found["n"])
        number = read_number(count) if count else None
        if number:
            yield *found.span(), "multiple", number.value, False, None
    for found in _FRACTION.finditer(text):
        months = found["over"].lower() == "a" and found["under"].lower() == "quarter" and not found["by"]  # a quarter of losses
        if (found["by"] or found["of"]) and not months:
            end = found.end("under") + text.startswith("s", found.end("under"))
            share = _share(_OVER[found["over"].lower()], _UNDER[found["under"].lower()])
            yield found.start("over"), end, "percent", share, True, None
    for found in _PART.finditer(text):
        if found["tenths"]:
            half = 5.0 if found["and"] == "半" else chinese_value(found["and"]) or 0.0
            yield *found.span(), "percent", 10 * (chinese_value(found["tenths"]) or 0) + half, False, None
        else:
            over, under = chinese_value(found["over"]), chinese_value(found["under"])
            if over is not None and under:
                yield *found.span(), "percent", _share(over, under), under not in (100, 1000, 10, 2, 4, 5), None


def _share(over: float, under: float) -> float:
    return float(f"{100 * over / under:.6g}")
