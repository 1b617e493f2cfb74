"""What stands beside a name and changes what it is: the sector word after a product, the noun after a chip's name, the rest of a longer name."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from kg.knowledge.lexicon import Entry, Lexicon
from kg.nlp.spans import Found

_SECTOR_EN = re.compile(r"(?:-related)?\s+(?:sectors?|industry|industries|segment|concept|theme|supply chain|industry chain|industrial chain|track|(?:concept )?stocks)\b", re.IGNORECASE)
_SECTOR_ZH = re.compile(r"\s?(?:等)?(?:板块|行业|产业链|产业|赛道|概念股|概念|个股|主题|题材)")
_HEAD_GAP = re.compile(r"\s?")
_CALENDAR = frozenset("Monday Tuesday Wednesday Thursday Friday Saturday Sunday January February March April May June July August September October November December".split())
_NEXT_WORD = re.compile(r"\s+(?P<word>[A-Z][\w&-]*)")
_LAST_WORD = re.compile(r"(?P<word>[A-Z][\w&-]*)(?:\s+of)?\s+$")


def sector_after(text: str, mention: Found, lexicon: Lexicon) -> Found:
    """Return the sector that a product (resource, ...) is part of the name of, when a sector word follows: optical modules -> its sector."""
    if mention.label not in ("Product", "Resource", "Infrastructure", "Sector") or mention.entity is None:
        return mention
    sector = mention.entity if mention.label == "Sector" else (twin.id if (twin := lexicon.twin(mention.entity, "Sector")) else None)
    if sector is None:
        return mention
    match = _SECTOR_EN.match(text, mention.end) or _SECTOR_ZH.match(text, mention.end)
    return replace(mention, end=match.end(), label="Sector", entity=sector) if match else mention


def merge_heads(text: str, mentions: Sequence[Found], lexicon: Lexicon) -> list[Found]:
    """Join a product's name with the common noun of its kind that follows: H200 + GPUs, EUV + machines. `mentions` are sorted."""
    merged: list[Found] = []
    for mention in mentions:
        last = merged[-1] if merged else None
        if last and last.label == mention.label == "Product" and last.entity and mention.entity and _HEAD_GAP.fullmatch(text[last.end:mention.start]):
            head, name = lexicon[mention.entity], lexicon[last.entity]
            if head.kind == name.kind and _is_common_noun(head) and not _is_common_noun(name):
                merged[-1] = replace(last, end=mention.end)
                continue
        merged.append(mention)
    return merged


def _is_common_noun(entry: Entry) -> bool:
    return any(name.isascii() and name == name.lower() for name in entry.names)


def is_part_of_longer_name(text: str, mention: Found, mentions: Sequence[Found]) -> bool:
    """Tell whether a place only opens or closes a longer, unknown name: "China Eastern Trading", "Bank of Hawaii"."""
    if mention.label != "Place" or not text[mention.start:mention.end].isascii() or _is_title(text):
        return False
    taken = {m.start for m in mentions} | {m.end for m in mentions}
    after = _NEXT_WORD.match(text, mention.end)
    if after and after["word"] not in _CALENDAR and after.start("word") not in taken and mention.start > 0:
        return True
    before = _LAST_WORD.search(text, max(0, mention.start - 40), mention.start)
    return bool(before and before.group().rstrip().endswith(" of") and before.end("word") not in taken and before.start() > 0 and before["word"] in
                ("Bank", "University", "Institute", "College", "Academy", "Republic", "Kingdom"))


def _is_title(text: str) -> bool:
    words = re.findall(r"[A-Za-z]{4,}", text)
    return len(words) > 3 and sum(word[0].isupper() for word in words) > 0.7 * len(words)
