"""What stands beside a name and changes what it is: the sector word after a product, the noun after a chip's name, the rest of a longer name."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from kg.knowledge.lexicon import Entry, Lexicon
from kg.nlp.guards import SECTOR_WORD
from kg.nlp.spans import Found

_HEAD_GAP = re.compile(r"\s?")
_LEGAL_FORM = re.compile(
    r"(?:,?\s+(?:Inc|Corp|Co|Ltd|PLC|Plc|plc|AG|SE|NV|N\.V|SA|S\.A|SpA|LLC|LP|Limited|Corporation|Incorporated|AB|ASA|Oyj|GmbH|Bhd)\b\.?)+(?![\w-])"
)
_CHINESE_PLACES = frozenset({"place:china", "place:beijing", "place:hong-kong", "place:taiwan"})
_OTHER_FIRM = frozenset("Securities Funds Fund Wireless Communication Communications Card Life Trust Bank Insurance Chemical Chemicals Steel Logistics Construction Engineering".split())
_BODIES = frozenset("Bank University Institute College Academy Republic Kingdom".split())
_ZH_BODY = re.compile(
    r"[\u4e00-\u9fff]{0,6}?(?<![的在和与对向将是有了称等])(?:大学|学院|医院|研究院|研究所|日报|晚报|商报|联储|证交所|交易所|公安局|监管局|管理局|委员会|管委会|法院|检察院|人民政府|市政府|省政府|电力公司|电视台|卫星网|协会)"
)
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
    match = SECTOR_WORD.match(text, mention.end)
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


def with_legal_form(text: str, mention: Found) -> Found:
    """Let a company's mention reach over the legal form that follows it: Broadcom + Corp., BYD + Co Ltd."""
    match = _LEGAL_FORM.match(text, mention.end) if mention.label == "Company" and text[mention.start:mention.end].isascii() else None
    if match is None:
        return mention
    end = match.end() - 1 if match.group().endswith(".") and not text[match.end():].strip() else match.end()
    return replace(mention, end=end)


def belongs_elsewhere(text: str, mention: Found, mentions: Sequence[Found], lexicon: Lexicon) -> bool:
    """Tell whether a Chinese ministry's short name is that of another country: 德国外交部, 泰国央行."""
    if mention.label != "Organization" or mention.entity is None or lexicon[mention.entity].country != "CN" or text[mention.start].isascii():
        return False
    return any(m.label == "Place" and m.end == mention.start and m.entity not in _CHINESE_PLACES for m in mentions)


def in_longer_name(text: str, mention: Found, mentions: Sequence[Found]) -> bool:
    """Tell whether a place or a company only opens or closes a longer, unknown name: "China Eastern Trading", "Hyundai Securities", 上海某某大学."""
    if mention.label == "Place" and not text[mention.start:mention.end].isascii():
        rest = _ZH_BODY.match(text, mention.end)
        return bool(rest) and not any(m.start < rest.end() and m.end > mention.end for m in mentions if rest)
    if mention.label not in ("Place", "Company") or mention.reader == "code" or not text[mention.start:mention.end].isascii() or _is_title(text):
        return False
    taken = {m.start for m in mentions} | {m.end for m in mentions}
    after = _NEXT_WORD.match(text, mention.end)
    if after and after.start("word") not in taken:
        if mention.label == "Company":
            return after["word"] in _OTHER_FIRM
        if after["word"] not in _CALENDAR and mention.start > 0:
            return True
    before = _LAST_WORD.search(text, max(0, mention.start - 40), mention.start)
    return bool(mention.label == "Place" and before and before.group().rstrip().endswith(" of") and before.end("word") not in taken and before.start() > 0
                and before["word"] in _BODIES)


def _is_title(text: str) -> bool:
    words = re.findall(r"[A-Za-z]{4,}", text)
    return len(words) > 3 and sum(word[0].isupper() for word in words) > 0.7 * len(words)
