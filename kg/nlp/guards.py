"""Evidence for names that are ordinary words as well: Target, Gap, 机器人, 太阳能, 中国电影.

Such a name counts only where its neighbourhood says that a company (an index, ...) is meant.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache

from kg.knowledge.name_words import alternatives
from kg.nlp.spans import Found

_JOIN = re.compile(r"\s*(?:、|,|，|;|；|/|和|及|与|以及|和/或|and|&|or|,\s*and)\s*")
_MAKER_GAP = re.compile(r"\s?(?:'s|’s|的)?\s?(?:new |latest |next-generation |[^\s、,，/]{1,4})?")
_WHOSE_GAP = re.compile(r"\s?(?:'s|’s|的)\s?(?:new |giant |flagship )?")
_AFTER_MARK = re.compile(r"\s*[(（]\s*[+\-]?\d+(?:\.\d+)?%")


@cache
def _pattern(name: str) -> re.Pattern[str]:
    """Return one of the patterns of this room, made from the word lists when it is first needed."""
    link = alternatives("en", "company_link")
    return re.compile({
        "after": rf"{alternatives('en', 'company_after')}",
        "before": rf"(?i:\b{alternatives('en', 'company_before')},?(?:\s+{link})?\s+)$",
        "zh after": rf"\s*{alternatives('zh', 'company_after')}",
        "zh before": rf"{alternatives('zh', 'company_before')}$",
        "title before": rf"(?:\b{alternatives('en', 'title_before')}\s+|{alternatives('zh', 'title_before')})$",
        "title after": rf",\s+(?:the\s+|its\s+)?{alternatives('en', 'title_after')}|\s?{alternatives('zh', 'title_after')}",
        "product after": rf"\s?(?:\d|{alternatives('en', 'product_after')}|{alternatives('zh', 'product_after')})",
        "site after": rf"\s(?:{alternatives('en', 'site_word')})|\s?{alternatives('zh', 'site_word')}",
        "power after": rf"(?i:(?:,|,? and|,? or|/)\s?{alternatives('en', 'power_source')})",
        "power before": rf"(?i:{alternatives('en', 'power_source')}(?:,|,? and|,? or|/)\s?)$",
        "sector": rf"(?i:(?:-related)?\s+{alternatives('en', 'sector_word')}|\s?等?{alternatives('zh', 'sector_word')})",
    }[name])


def sector_word_end(text: str, end: int) -> int | None:
    """Return where the sector word that follows `end` ends ("industry", 板块), or None where none follows."""
    match = _pattern("sector").match(text, end)
    return match.end() if match else None


def has_corporate_evidence(text: str, start: int, end: int) -> bool:
    """Tell whether the words beside `text[start:end]` say that it is a company."""
    before, after = text[max(0, start - 40):start], text[end:end + 40]
    if _AFTER_MARK.match(after):
        return True
    if text[start:end].isascii():
        if not text[start].isupper():
            return False
        return bool(_pattern("after").match(after)) or bool(_pattern("before").search(before))
    return bool(_pattern("zh after").match(after)) or bool(_pattern("zh before").search(before))


def joined(text: str, first_end: int, second_start: int) -> bool:
    """Tell whether nothing but a list's comma or "and" stands between two names."""
    return 0 <= second_start - first_end <= 8 and bool(_JOIN.fullmatch(text[first_end:second_start]))


def has_product_evidence(text: str, start: int, end: int, mentions: Sequence[Found]) -> bool:
    """Tell whether a product's name that is also a word stands beside its maker, another product, a version number or a product noun."""
    after = text[end:end + 24]
    if _pattern("product after").match(after):
        return True
    for mention in mentions:
        if mention.label == "Product" and (joined(text, mention.end, start) or joined(text, end, mention.start)):
            return True
        if mention.label in ("Company", "Person") and mention.end <= start and _MAKER_GAP.fullmatch(text[mention.end:start]):
            return True
    return False


def has_site_evidence(text: str, start: int, end: int, mentions: Sequence[Found]) -> bool:
    """Tell whether a site's name that is also a word stands behind whose it is ("xAI's Colossus") or before what it is (a supercomputer)."""
    if _pattern("site after").match(text, end):
        return True
    return any(m.label == "Company" and m.end <= start and _WHOSE_GAP.fullmatch(text[m.end:start]) for m in mentions)


def has_evidence(label: str, text: str, start: int, end: int, mentions: Sequence[Found]) -> bool:
    """Tell whether a guarded name of an entity with this label is meant at `text[start:end]`, given the other mentions found so far."""
    if label == "Product":
        return has_product_evidence(text, start, end, mentions)
    if label == "Facility":
        return has_site_evidence(text, start, end, mentions)
    if label == "Person":
        return bool(_pattern("title before").search(text[max(0, start - 40):start]) or _pattern("title after").match(text, end))
    if label == "Sector":
        beside = _pattern("power after").match(text, end) or _pattern("power before").search(text[:start])
        return sector_word_end(text, end) is not None or bool(beside)
    if label not in ("Company", "Organization"):
        return False
    if text[start:end].isascii() and not text[start].isupper() and not text[start].isdigit():
        return False
    return is_listed_with_companies(text, start, end, mentions) or has_corporate_evidence(text, start, end)


def is_listed_with_companies(text: str, start: int, end: int, mentions: Sequence[Found]) -> bool:
    """Tell whether the name stands in one list with a company that was found without such help."""
    return any(m.label == "Company" and (joined(text, m.end, start) or joined(text, end, m.start)) for m in mentions)
