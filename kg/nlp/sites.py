"""Sites that bear no name of their own: "its Visp site", "Titan's plant in Des Moines", 华鲁恒升荆州基地, 其芜湖工厂.

What tells such a site from others is whose it is and where it stands, so that is what it is called: two firms' plants in one town are two
things. A mine, a wind farm or a smelter that is named with "the" stands alone ("the Centinela copper mine").
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache

from spacy.tokens import Doc

from kg.knowledge.lexicon import load_lexicon
from kg.knowledge.name_words import alternatives, expression, word_list
from kg.nlp.spans import Found, together

READER = "site"
_CAP = r"(?!(?:Inc|Corp|Ltd|Co)\b)[A-ZÀ-Þ][\w’'-]*[\w]"
_OWNS = re.compile(r"['’]s?\s+")
_POSSESSIVES = frozenset({"its", "their"})
_OWNERS = frozenset({"Company", "Organization"})
_LATIN = re.compile(r"[A-Z][\w.&-]*(?: [A-Z][\w.&-]*){0,2}", re.ASCII)
_LEAD_ZH = re.compile(r"\s?(?:[(（][^()（）]{1,24}[)）])?(?:公司)?(?:将|拟|已|计划|目前)*(?:的|旗下|位于|在|于)*")
_LETTERS = re.compile(r"[A-Z0-9&-]{1,6}")  # EV, HBM: a kind of plant, no town
_GIVE_WAY = frozenset({"Place", "Product", "Sector", "Resource", "Infrastructure"})  # what a site's name may hold in it


@cache
def _pattern(name: str) -> re.Pattern[str]:
    """Return one of the patterns of this room, made from the word lists when it is first needed."""
    head, alone = alternatives("en", "site_head"), alternatives("en", "site_alone")
    place = rf"{_CAP}(?:[ -](?:{_CAP}|de|do|la|el|am|of)){{0,2}}"
    return re.compile({
        "owned": rf"(?:(?:{alternatives('en', 'site_adjective')})\s+)*(?:[a-z][\w-]*\s+){{0,3}}?"
                 rf"(?P<site>(?:(?P<name>{place})\s+)?(?P<kind>(?:[a-z][\w-]*\s+){{0,3}}?){head})(?!s\b|[\w-])"
                 rf"(?P<where>,?\s+(?:in|at|near|outside)\s+(?P<place>{place}))?",
        "alone": rf"\b[Tt]he\s+(?P<site>(?P<name>{place})\s+(?P<kind>(?:[a-z][\w-]*\s+){{0,2}}?){alone})(?!s\b|[\w-])",
    }[name])


def name_sites(doc: Doc) -> None:
    """Add the sites of a sentence to its mentions; what only describes a site in its name is no mention of its own any more."""
    mentions: Sequence[Found] = doc._.mentions
    found = _chinese(doc.text, mentions) if doc._.language == "zh" else _english(doc.text, mentions)
    fresh: list[Found] = []
    for site in found:
        over = [m for m in mentions if m.start < site.end and site.start < m.end]
        if all(m.label in _GIVE_WAY for m in over) and not any(other.start < site.end and site.start < other.end for other in fresh):
            mentions = [m for m in mentions if m not in over]
            fresh.append(site)
    if fresh:
        doc._.mentions = together(mentions, fresh)


def _english(text: str, mentions: Sequence[Found]) -> Iterator[Found]:
    head = expression("en", "site_head")
    if not head.search(text):
        return
    for owner in mentions:
        if owner.label not in _OWNERS:
            continue
        own = _OWNS.match(text, owner.end)
        begin = own.end() if own else owner.end + 1 if text[owner.start : owner.end].lower() in _POSSESSIVES else None
        site = _pattern("owned").match(text, begin) if begin is not None else None
        if site is None or not (site["name"] or site["place"]) or not _is_name(site["name"] or site["place"]):
            continue
        modelled = site["place"] and any(c.isdigit() for c in site["name"] or "")  # two lines for one model stand in two towns
        where = f"{site['place']} {site['name']}" if modelled else site["name"] or site["place"]
        what = site["site"].removeprefix(site["name"] or "").strip()
        yield Found(*site.span("site"), "Facility", None, READER, name=_called(owner, text, f"{where} {what}"))
    for site in _pattern("alone").finditer(text):
        if _is_name(site["name"]) and not any(m.start < site.end("name") and site.start("name") < m.end for m in mentions):
            yield Found(*site.span("site"), "Facility", None, READER)


def _chinese(text: str, mentions: Sequence[Found]) -> Iterator[Found]:
    if not expression("zh", "site_head").search(text):
        return
    places = {m.start: m for m in mentions if m.label == "Place"}
    for owner in mentions:
        if owner.label not in _OWNERS:
            continue
        lead = _LEAD_ZH.match(text, owner.end)
        start = lead.end() if lead else owner.end
        place, end = places.get(start), None
        while place is not None:
            end = place.end
            place = places.get(end)
        latin = _LATIN.match(text, start if end is None else end)
        end = latin.end() if latin else end
        site = _tail_zh().match(text, end) if end is not None else _named_zh().match(text, owner.end)
        if site is None:
            continue
        yield Found(start, site.end(), "Facility", None, READER, name=_called(owner, text, text[start : site.end()], chinese=True))


@cache
def _named_zh() -> re.Pattern[str]:
    """A town that no lexicon knows, right behind the owner: 通用汽车锡劳工厂."""
    name = rf"(?:(?!{alternatives('zh', 'site_not')})[\u4e00-\u9fff]){{2,4}}"
    return re.compile(rf"(?:[(（][^()（）]{{1,24}}[)）])?{name}(?:工厂|厂区|矿区|电站|分厂)(?![人商权])")


@cache
def _tail_zh() -> re.Pattern[str]:
    return re.compile(rf"(?:市|县|省|州)?(?:(?![的和与及、在向由为将已是])[\u4e00-\u9fff0-9.]){{0,6}}?{alternatives('zh', 'site_head')}(?![人商权])")


def _is_name(words: str) -> bool:
    """Tell whether capitalised words may be the name of a site or its town: no day, no country's adjective, no word that opens a sentence."""
    first = words.split(maxsplit=1)[0]
    opens = first in word_list("en", "before_name") or first in word_list("en", "calendar")
    return not opens and not expression("en", "no_site").fullmatch(first) and not _LETTERS.fullmatch(first)


def _called(owner: Found, text: str, site: str, *, chinese: bool = False) -> str:
    known = load_lexicon()
    entry = known[owner.entity] if owner.entity and owner.entity in known else None
    name = ((chinese and entry.name_zh) or entry.name) if entry else owner.name or text[owner.start : owner.end]
    return f"{name}{' ' if name[-1].isascii() and not chinese else ''}{site}"
