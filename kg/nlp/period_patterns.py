"""How dates and periods are written (patterns in `kg/data/units/periods.yaml`) and what their words count."""

from __future__ import annotations

import re
from functools import cache
from typing import Any

from kg.knowledge.yaml_file import data_folder, read_yaml

IN_A_ROW = re.compile(r"\s?(?:,|、|和|与|及|至|到|-|–|—)\s?|\s+(?:and|or|to|through)\s+(?:the\s+)?")
Rule = tuple[str, tuple[str, ...], re.Pattern[str]]  # resolver, literals of which one must be there, pattern

_DIGITS_ZH = "一二三四五六七八九"
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_COUNTS = ("one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve")
_WEEK = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")

MONTHS = {name: number for number, name in enumerate(_MONTHS, 1)}
ORDINALS = {
    **{word: number for number, word in enumerate(_COUNTS, 1)},
    "first": 1, "second": 2, "third": 3, "fourth": 4, "final": 4, "1st": 1, "2nd": 2, "3rd": 3, "4th": 4,
    **{one: number for number, one in enumerate(_DIGITS_ZH, 1)},
    "十": 10, "两": 2, "上": 1, "中": 1, "下": 2,
    **{f"十{one}": 10 + number for number, one in enumerate(_DIGITS_ZH, 1)},
    **{f"{ten}十{one}": 10 * tens + number for tens, ten in enumerate(_DIGITS_ZH, 1) for number, one in enumerate(("", *_DIGITS_ZH))},
}
WEEKDAYS = {name: number for names in (_WEEK, "一二三四五六日") for number, name in enumerate(names)} | {"天": 6}
WEEK_STEPS = {"上": -1, "本": 0, "这": 0, "下": 1, "last": -1, "this": 0, "next": 1}
YEAR_STEPS = {"今年": 0, "去年": -1, "明年": 1, "前年": -2, "后年": 2, "本年度": 0, "本年": 0, "this": 0, "last": -1, "next": 1}
STEPS: dict[str, tuple[int, str]] = {
    "today": (0, "day"), "tonight": (0, "day"), "overnight": (-1, "day"), "yesterday": (-1, "day"), "tomorrow": (1, "day"),
    **{f"{word} {unit}": (step, unit) for unit in ("year", "week", "month", "quarter")
       for word, step in (("this", 0), ("current", 0), ("last", -1), ("previous", -1), ("next", 1), ("coming", 1))},
    **dict.fromkeys(("今日", "今天", "今晨", "今晚", "今早"), (0, "day")),
    **dict.fromkeys(("昨日", "昨天", "昨夜", "昨晚", "隔夜"), (-1, "day")),
    **dict.fromkeys(("明日", "明天"), (1, "day")),
    "前天": (-2, "day"), "后天": (2, "day"),
    "本周": (0, "week"), "当周": (0, "week"), "上周": (-1, "week"), "下周": (1, "week"),
    "本月": (0, "month"), "上月": (-1, "month"), "下月": (1, "month"),
    "本季度": (0, "quarter"), "上季度": (-1, "quarter"), "下季度": (1, "quarter"),
    **{word: (step, "year") for word, step in YEAR_STEPS.items() if not word.isascii()},
}
SPANS = {
    **{word + plural: word for word in ("day", "week", "month", "quarter", "year", "decade") for plural in ("", "s")},
    "年": "year", "月": "month", "周": "week", "星期": "week", "天": "day", "日": "day", "季度": "quarter", "半年": "half",
}
AHEAD = frozenset(("next", "coming", "following", "未来"))


@cache
def rules(*, english: bool, chinese: bool) -> tuple[Rule, ...]:
    """Return the patterns for a text with English, with Chinese, or with both, in the order in which they are tried."""
    table: dict[str, Any] = read_yaml(data_folder("units", "periods.yaml"))
    rows = [*table["common"], *(table["english"] if english else ()), *(table["chinese"] if chinese else ())]
    return tuple((name, tuple(str(gate).split()), re.compile(_whole(pattern, table["parts"]))) for name, gate, pattern in rows)


def _whole(pattern: str, parts: dict[str, str]) -> str:
    """Put the parts into a pattern, and the parts of parts."""
    while found := re.search(r"(?<!\?P)<([A-Z]\w*)>", pattern):
        pattern = pattern[:found.start()] + parts[found[1]] + pattern[found.end():]
    return pattern
