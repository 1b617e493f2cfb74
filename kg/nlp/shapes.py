"""Names never met before, known by their shape: a legal form, a fund's name before its code, a theme with its sector word."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

from kg.knowledge.name_words import alternatives, word_list

_LETTER = r"A-Za-z0-9À-ɏ&'’\-"
_CAP = rf"(?:(?:[A-Z]\.)+|St\.|[A-Z][{_LETTER}]*|[a-z]?[A-Z]{{2,}}[{_LETTER}]*|\d+[A-Z][{_LETTER}]*)"
_LINK = r"(?:\s+(?:of|&|the|de|for|in)(?=\s+[A-Z]))?"
_NO_COMMA = r"，。；、：:,;！!？?\s“”\"《》【】\[\]"


@cache
def _pattern(name: str) -> re.Pattern[str]:
    """Return one of the patterns of this room, made from the word lists when it is first needed."""
    legal, last = alternatives("en", "legal_form"), alternatives("en", "last_word")
    return re.compile({
        "legal": rf"(?<![{_LETTER}.])(?P<name>{_CAP}(?:{_LINK}\s+{_CAP}){{0,5}}?,?\s+{legal})(?![\w-])",
        "last word": rf"(?<![{_LETTER}.])(?P<name>{_CAP}(?:\s+(?:&\s+)?{_CAP}){{0,3}}?\s+{last})(?!\w)",
        "run": rf"{_CAP}(?:\s+(?:of\s+|&\s+)?{_CAP}){{0,4}},?(?:\s+{legal})?$",
        "legal forms alone": rf"(?:{legal}[\s,.]*)+",
        "zh legal": rf"[\u4e00-\u9fffA-Za-z0-9（）()·]{{2,24}}?{alternatives('zh', 'legal_form')}",
        "zh common": rf"{alternatives('zh', 'common_part')}+",
        "zh common form": rf"{alternatives('zh', 'common_part')}+{alternatives('zh', 'legal_form')}",
        "zh before": rf"{alternatives('zh', 'before_name')}|[{_NO_COMMA}]",
        "zh run": rf"(?:^|(?<=[{_NO_COMMA}(（和与及]))[\u4e00-\u9fff]{{2,6}}$",
        "zh list": r"(?:(?<=[，、：；。])|^)(?:港股|美股|A股)?(?P<items>[\u4e00-\u9fffA-Za-z·-]{3,9}?(?:、[\u4e00-\u9fffA-Za-z·-]{2,9}?)*)"
                   rf"{alternatives('zh', 'list_end')}",
        "zh market": rf".{{0,24}}{alternatives('zh', 'market_part')}",
        "zh no firm": rf"{alternatives('zh', 'no_firm_end')}$|{alternatives('zh', 'market_word')}|^{alternatives('zh', 'before_name')}",
        "fund": r"(?:(?:[A-Za-z][\w&+'-]*|\d+|[A-Z])\s+){0,6}?ETF(?:\s+[A-Z][\w-]*){0,3}$",
        "zh fund": r"[\u4e00-\u9fffA-Za-z0-9+&·-]{0,24}?ETF(?:联接)?[\u4e00-\u9fffA-Z]{0,8}$",
        "zh before fund": rf".*{alternatives('zh', 'before_fund')}(?=.{{2}})",
    }[name])


_FORMS = ("股份有限公司", "有限责任公司", "有限公司", "集团公司", "集团")
_SHORTEST_CORE = 4  # ideographs of a name before its legal form
_KIND = re.compile(r"[A-Z]\w*-[a-z]+")
_LIST_ITEM = re.compile(r"[\u4e00-\u9fffA-Za-z]{3,8}")
_SAME_FIRM = re.compile(r"(?:股份|集团|控股|公司|国际|-[A-Z]+|[AH]股?)?")


@dataclass(frozen=True, slots=True)
class Shape:
    """A name by its shape at `text[start:end]`."""

    start: int
    end: int
    label: str
    firm: bool  # a legal form says so: no further evidence is needed


def company_shapes(text: str) -> list[Shape]:
    """Return stretches that look like company names by their legal form (firm) or by a usual last word (not firm)."""
    shapes = [s for m in _pattern("legal").finditer(text) if (s := _english(text, m, firm=True))]
    shapes += [s for m in _pattern("last word").finditer(text) if (s := _english(text, m, firm=False))]
    for match in _pattern("zh legal").finditer(text):
        start = match.start() + _name_start(match.group())
        name = text[start:match.end()]
        firm = not name.endswith("集团")
        if _pattern("zh common form").fullmatch(name):
            continue
        whole = all(name.count(opening) == name.count(closing) for opening, closing in ("()", "（）"))
        if whole and (len(name) >= 6 if firm else 4 <= len(name) <= 10):
            shapes.append(Shape(start, match.end(), "Company", firm))
    return shapes


def _name_start(stretch: str) -> int:
    """Return where the company's name begins in a stretch that ends in its legal form: after the last word that ends before a name.

    A cut by one ideograph that would leave no more than the usual last words (海盈和 | 电科技有限公司) is none.
    """
    core = len(stretch) - next(len(form) for form in _FORMS if stretch.endswith(form))
    cuts = [(m.end(), _SHORTEST_CORE if m.end() - m.start() == 1 else 2) for m in _pattern("zh before").finditer(stretch)]
    common = _pattern("zh common")
    return max((end for end, left in cuts if core - end >= left and not common.fullmatch(stretch, end, core)), default=0)


def listed_names(text: str, starts: Sequence[int], ends: Sequence[int]) -> list[tuple[int, int]]:
    """Return the items of a sentence's Chinese lists of stocks (甲、乙跌超5%，丙跌3%).

    It is such a list when one of its items, by `starts` and `ends`, is a known company, or when its first words name a part of the market.
    """
    spans: list[tuple[int, int]] = []
    for run in _pattern("zh list").finditer(text):
        place = run.start("items")
        for item in run["items"].split("、"):
            spans.append((place, place + len(item)))
            place += len(item) + 1
    known = any(start in starts and end in ends for start, end in spans)
    if not known and not _pattern("zh market").match(text):
        return []
    no_firm = _pattern("zh no firm")
    return [(start, end) for start, end in spans if _LIST_ITEM.fullmatch(text[start:end]) and not no_firm.search(text[start:end])]


def is_same_firm(rest: str) -> bool:
    """Tell whether what follows a company's name in a list item leaves it the same company (江西铜业 + 股份, 哔哩哔哩 + -W)."""
    return bool(_SAME_FIRM.fullmatch(rest))


def fund_name_before(text: str, end: int) -> int | None:
    """Return where a fund's name that ends at `end` begins ("云计算ETF汇添富", "Sci-Tech Chip ETF"), or None where none ends there."""
    before = text[max(0, end - 80):end]
    if match := _pattern("zh fund").search(before):
        name = match.group()
        if not name.isascii():
            start = end - len(name)
            cut = _pattern("zh before fund").match(name.partition("ETF")[0] + "ETF")
            return start + (cut.end() if cut else 0)
    if match := _pattern("fund").search(before):
        lead_words = word_list("en", "before_fund")
        words = match.group().split(" ")
        place = next(i for i, word in enumerate(words) if word == "ETF")
        while len(words) > 1 and place and words[0].lower() in lead_words:
            words, place = words[1:], place - 1
        lead = [i for i in range(place) if words[i].lower() in lead_words]
        words = words[lead[-1] + 1:] if lead else words
        return end - len(" ".join(words))
    return None


def capitalised_name_before(text: str, end: int) -> int | None:
    """Return where a run of capitalised words (or a Chinese name after punctuation) that ends at `end` begins, or None."""
    before = text[max(0, end - 60):end]
    match = _pattern("run").search(before)
    if match:
        words = list(re.finditer(r"\S+", match.group()))
        first = _first_word([word.group() for word in words])
        if first is None or _pattern("legal forms alone").fullmatch(match.group()[words[first].start():]):
            return None
        return end - len(match.group()) + words[first].start()
    match = _pattern("zh run").search(before)
    return end - len(match.group()) if match else None


def _first_word(words: Sequence[str]) -> int | None:
    """Return which of the words of a capitalised stretch begins the name, or None where no name is left.

    What opens a sentence (Rival, Yesterday), says whose or what kind it is (Ruritania's, Debt-laden), or who speaks for it (Ann Bee of)
    is no part of it.
    """
    first = 0
    for place, word in enumerate(words):
        speaks_for = word == "of" and place > 0 and words[place - 1].rstrip(".,") not in word_list("en", "of_after")
        if speaks_for or word.endswith(("'s", "’s")) or _KIND.fullmatch(word) or (place == first and _opens(word)):
            first = place + 1
    while first < len(words) and words[first].islower():  # "Shares in Corvid Motors Inc"
        first += 1
    return first if first < len(words) else None


def _opens(word: str) -> bool:
    bare = word.rstrip(".,")
    return bare in word_list("en", "before_name") or bare in word_list("en", "calendar") or bare in ("and", "&")


def _english(text: str, match: re.Match[str], *, firm: bool) -> Shape | None:
    start, end = match.start("name"), match.end("name")
    words = list(re.finditer(r"\S+", text[start:end]))
    first = _first_word([word.group() for word in words])
    if first is None:
        return None
    left = [word.group().rstrip(".,") for word in words[first:]]
    if len(left) < 2 or (not firm and all(word in word_list("en", "common_part") for word in left)):
        return None
    return Shape(start + words[first].start(), end, "Company", firm)
