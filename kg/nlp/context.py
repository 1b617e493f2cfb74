"""What stands beside a name and changes it: a sector word, the noun after a chip's name, a legal form, the rest of a longer name."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from functools import cache, lru_cache

from kg.knowledge.lexicon import Entry, Lexicon
from kg.knowledge.name_words import alternatives, word_list
from kg.knowledge.normalise import HAN
from kg.nlp.guards import sector_word_end
from kg.nlp.spans import Found

_LISTED = re.compile(r"\s*(?:,|and\b|or\b|&)")
_HEAD_GAP = re.compile(r"\s?")
_CHINESE_PLACES = frozenset({"place:china", "place:beijing", "place:hong-kong", "place:taiwan"})
_COMMON = frozenset({"Sector", "Product", "Resource", "Infrastructure"})
_NO_NAME = "[的在和与对向将是有了称等及或买卖持发购入一二两三某该其家由被为从并也让给]"  # characters that stand between two names, not in one
_NEXT_WORD = re.compile(r"\s+(?P<word>[A-Z][\w&-]*)")
_LEAST_COMMON = 4
_OPENING = re.compile(r"\s?[(（]\s?")
_LATIN_GLOSS = re.compile(r"(?P<opening>\s?[(（]\s?)(?P<name>[A-Z][\w.&'’-]*(?: (?:of |and |& )?[A-Z0-9][\w.&'’-]*)*)\s?[,，)）]")
_LAST_WORD = re.compile(r"(?P<word>[A-Z][\w&-]*)(?:\s+of)?\s+$")


@cache
def _pattern(name: str) -> re.Pattern[str]:
    """Return one of the patterns of this room, made from the word lists when it is first needed."""
    return re.compile({
        "legal form": rf"(?:,?\s+(?:&\s+)?{alternatives('en', 'legal_form')}\.?)+(?![\w-])",
        "zh fund": rf"(?:行业|产业|主题|概念|板块)?{alternatives('zh', 'fund_after')}",
        "en fund": rf"\s+{alternatives('en', 'fund_after')}",
        "zh firm": rf"(?:(?!{_NO_NAME})[\u4e00-\u9fff]){{1,6}}?(?<!旗下){alternatives('zh', 'firm_after')}",
        "zh board": rf"(?:^|[，。；：、！？【】\s])(?:{alternatives('zh', 'board_before')}|[，、：])*+(?P<rest>[\u4e00-\u9fff]{{1,3}})$",
        "zh board after": r"(?:板块|概念)",
        "zh index": rf"{alternatives('zh', 'index_before')}\s?$",
        "zh component": rf"{alternatives('zh', 'component')}(?:产品)?",
        "zh site": rf"{alternatives('zh', 'site_after')}",
        "zh body": rf"(?:(?![批设建公发布同意印今将新一复])[\u4e00-\u9fff]){{0,8}}?(?<![的在和与对向将是有了称等]){alternatives('zh', 'body_after')}",
    }[name])


def sector_after(text: str, mention: Found, lexicon: Lexicon) -> Found:
    """Return the sector whose name a product (resource, ...) opens when a sector word follows: optical modules + industry."""
    if mention.label not in ("Product", "Resource", "Infrastructure", "Sector") or mention.entity is None:
        return mention
    sector = mention.entity if mention.label == "Sector" else (twin.id if (twin := lexicon.twin(mention.entity, "Sector")) else None)
    if sector is None:
        return mention
    end = sector_word_end(text, mention.end)
    return replace(mention, end=end, label="Sector", entity=sector) if end else mention


def with_component(text: str, mention: Found) -> Found:
    """Let a Chinese good's mention reach over the part of it that follows (电池 + 结构件): that part is a product of its own."""
    if mention.label != "Product" or text[mention.start].isascii():
        return mention
    part = _pattern("zh component").match(text, mention.end)
    return replace(mention, end=part.end(), entity=None, reader="shape") if part else mention


def merge_heads(text: str, mentions: Sequence[Found], lexicon: Lexicon) -> list[Found]:
    """Join a product's name with the common noun of its kind that follows: H200 + GPUs, EUV + machines; and a noun with one that it describes.

    `mentions` are sorted.
    """
    merged: list[Found] = []
    for mention in mentions:
        last = merged[-1] if merged else None
        beside = last is not None and _HEAD_GAP.fullmatch(text[last.end:mention.start])
        if last and beside and last.label == mention.label == "Product" and last.entity and mention.entity:
            head, name = lexicon[mention.entity], lexicon[last.entity]
            if head.kind == name.kind and _is_common_noun(head) and not _is_common_noun(name):
                merged[-1] = replace(last, end=mention.end)
                continue
            if last.end < mention.start and _is_common_noun(head) and _is_common_noun(name):  # EUV photoresist is photoresist
                merged[-1] = replace(mention, start=last.start)
                continue
        merged.append(mention)
    return merged


def merge_places(text: str, mentions: Sequence[Found], lexicon: Lexicon) -> list[Found]:
    """Join a place with what it is part of where both are named in one: 河南许昌, "Memphis, Tennessee". `mentions` are sorted."""
    merged: list[Found] = []
    for mention in mentions:
        last = merged[-1] if merged else None
        if last and last.label == mention.label == "Place" and last.entity and mention.entity:
            between = text[last.end:mention.start]
            if not between and _is_within(mention.entity, last.entity, lexicon):
                merged[-1] = replace(mention, start=last.start)
                continue
            in_list = _LISTED.match(text, mention.end) and any(m.label == "Place" and m.start > mention.end for m in mentions)
            if between == ", " and not in_list and _is_within(last.entity, mention.entity, lexicon):
                merged[-1] = replace(last, end=mention.end)
                continue
        merged.append(mention)
    return merged


def _is_within(part: str, whole: str, lexicon: Lexicon) -> bool:
    return any(each.id == whole for each in lexicon.wholes(part))


def _is_common_noun(entry: Entry) -> bool:
    return any(name.isascii() and name.islower() for name in entry.names)


def with_legal_form(text: str, mention: Found) -> Found:
    """Let a company's mention reach over the legal form that follows it: Broadcom + Corp., BYD + Co Ltd."""
    if mention.label != "Company" or not text[mention.start:mention.end].isascii():
        return mention
    match = _pattern("legal form").match(text, mention.end)
    if match is None:
        return mention
    end = match.end() - 1 if match.group().endswith(".") and not text[match.end():].strip() else match.end()
    return replace(mention, end=end)


def belongs_elsewhere(text: str, mention: Found, mentions: Sequence[Found], lexicon: Lexicon) -> bool:
    """Tell whether a Chinese ministry's short name is that of another country: 德国外交部, 泰国央行."""
    if mention.label != "Organization" or mention.entity is None or text[mention.start].isascii():
        return False
    if lexicon[mention.entity].country != "CN":
        return False
    return any(m.label == "Place" and m.end == mention.start and m.entity not in _CHINESE_PLACES for m in mentions)


def in_longer_name(text: str, mention: Found, mentions: Sequence[Found]) -> bool:
    """Tell whether a place or a company is part of a longer, unknown name: "China Widget Trading", 上海某某大学."""
    if mention.label in _COMMON and not text[mention.start:mention.end].isascii() and _pattern("zh site").match(text, mention.end):
        return True
    if mention.label in ("Place", "Organization") and not text[mention.start:mention.end].isascii():
        rest = _pattern("zh body").match(text, mention.end)
        return bool(rest) and not any(m.start < rest.end() and m.end > mention.end for m in mentions if rest)
    if mention.label not in ("Place", "Company") or mention.reader == "code":
        return False
    if not text[mention.start:mention.end].isascii() or _is_title(text):
        return False
    taken = {m.start for m in mentions} | {m.end for m in mentions}
    if mention.label == "Company" and any(
        m.label == "Company" and (text[mention.end : m.start] == " " or text[m.end : mention.start] == " ") and m is not mention for m in mentions
    ):
        return True  # two firms' names beside each other are the name of a third: "Sony Ericsson"
    after = _NEXT_WORD.match(text, mention.end)
    if after and after.start("word") not in taken:
        if mention.label == "Company":
            return after["word"] in word_list("en", "other_firm")
        if after["word"] not in word_list("en", "calendar") and mention.start > 0:
            return True
    before = _LAST_WORD.search(text, max(0, mention.start - 40), mention.start)
    if mention.label == "Place" and before and HAN.search(text):
        return True  # in Chinese a Latin word before a Latin place is part of a name: New Energy Indonesia
    if mention.label == "Company" and before and before["word"] in word_list("en", "given_name") and " " not in text[mention.start : mention.end]:
        return True  # Michael Dell is a man
    return bool(mention.label == "Place" and before and before.group().rstrip().endswith(" of") and before.end("word") not in taken
                and before.start() > 0 and before["word"] in word_list("en", "body_of"))


def with_capitalised_head(text: str, mentions: Sequence[Found], lexicon: Lexicon) -> list[Found]:
    """Join a firm's name with the capitalised common noun right behind it: Volvo + Trucks is a firm of its own. `mentions` are sorted."""
    joined: list[Found] = []
    for mention in mentions:
        last = joined[-1] if joined else None
        if (
            last is not None and last.label == "Company" and last.reader not in ("code", "shape") and mention.label in ("Product", "Sector")
            and text[last.end : mention.start] == " " and _is_common_word(text[mention.start : mention.end], mention, lexicon)
            and text[last.start : last.end].isascii() and not _is_title(text)
        ):
            joined[-1] = Found(last.start, mention.end, "Company", None, "shape")
        else:
            joined.append(mention)
    return joined


def _is_common_word(surface: str, mention: Found, lexicon: Lexicon) -> bool:
    """Tell whether a capitalised word is a common noun that only a name's end writes so (Trucks; not Dreamliner, GPUs)."""
    small = surface.lower()
    if surface != small.capitalize() or len(small) < _LEAST_COMMON or mention.entity is None:
        return False
    return any(name.rstrip("s") == small.rstrip("s") for name in lexicon[mention.entity].names)


def in_brackets_behind(text: str, one: tuple[int, int], other: tuple[int, int]) -> bool:
    """Tell whether one of two spans opens the brackets behind the other: 大众(Volkswagen), "Orange(奥朗捷)"."""
    first, second = sorted((one, other))
    return bool(_OPENING.fullmatch(text, first[1], second[0]))


def in_gloss_of_another(text: str, mention: Found, mentions: Sequence[Found]) -> bool:
    """Tell whether a name is only part of the Latin name in brackets behind a Chinese company's: HD现代重工(HD Hyundai Heavy)."""
    if mention.label != "Company" or not text[mention.start : mention.end].isascii():
        return False
    for other in mentions:
        if other.label != "Company" or other.end > mention.start or other.entity == mention.entity or not HAN.search(text, other.start, other.end):
            continue
        gloss = _LATIN_GLOSS.match(text, other.end)
        if gloss and gloss.start("name") <= mention.start and mention.end <= gloss.end("name"):
            return (mention.start, mention.end) != gloss.span("name")
    return False


def in_fund_name(text: str, mention: Found) -> bool:
    """Tell whether a sector or a good only says what a fund or an index holds: the fund moves, and nobody knows it by name."""
    if mention.label not in _COMMON:
        return False
    return bool(_pattern("en fund" if text[mention.start : mention.end].isascii() else "zh fund").match(text, mention.end))


def in_narrower_name(text: str, mention: Found, mentions: Sequence[Found]) -> bool:
    """Tell whether a Chinese name is the end or the beginning of one that nobody knows: 氢能源板块 is not that of energy, 汇丰前海证券 not HSBC."""
    if text[mention.start].isascii() or mention.reader == "code":
        return False
    if mention.label == "Company" and mention.entity is not None:
        rest = _pattern("zh firm").match(text, mention.end)
        return bool(rest) and not any(m.start < rest.end() and m.end > mention.end for m in mentions if rest)
    if mention.label == "Index" and _pattern("zh index").search(text, max(0, mention.start - 8), mention.start):
        return True
    if mention.label != "Sector" or not (_pattern("zh board after").match(text, mention.end) or text[: mention.end].endswith(("板块", "概念"))):
        return False
    before = _pattern("zh board").search(text, max(0, mention.start - 16), mention.start)
    return before is not None and not any(m.start < mention.start and m.end > before.start("rest") for m in mentions)


def is_capitalised_part(text: str, mention: Found, mentions: Sequence[Found]) -> bool:
    """Tell whether a common noun is only the last or first word of somebody's name: Ruritanian Airlines, Electronics Show."""
    if mention.label not in _COMMON or mention.entity is None or not text[mention.start].isupper() or mention.start == 0 or _is_title(text):
        return False
    surface = text[mention.start:mention.end]
    if not surface.isascii() or any(c.isupper() for word in surface.split() for c in word[1:]) or surface.split()[-1][0].islower():
        return False  # GPUs, AI and the like are written so everywhere
    taken = {m.start for m in mentions} | {m.end for m in mentions}
    before = _LAST_WORD.search(text, max(0, mention.start - 40), mention.start)
    if text[: mention.start].endswith("& "):
        return True  # American Axle & Manufacturing
    after = _NEXT_WORD.match(text, mention.end)
    return bool(before and before.end("word") not in taken and before.start() > 0) or bool(after and after.start("word") not in taken)


@lru_cache(maxsize=64)  # asked for each mention of a sentence
def _is_title(text: str) -> bool:
    if HAN.search(text):
        return False  # Latin names in Chinese are capitalised everywhere
    words = re.findall(r"[A-Za-z]{4,}", text)
    return len(words) > 3 and sum(word[0].isupper() for word in words) > 0.7 * len(words)
