"""Whose view a cue gives: the name beside it, with no more than titles, auxiliaries and asides between."""

from __future__ import annotations

import re

from kg.knowledge.cues import Cue, Cues
from kg.nlp.spans import Found

HOLDERS = frozenset({"Company", "Person", "Organization"})
_WITH = ("与", "和", "同", "跟", "向", "对", "为", "给", "从")
_NO_WITH = ("认为", "以为", "因为", "不对")  # end in such a word and are none
_BOTH = ("双方", "两家公司", "both companies")
_TOLD_AT = re.compile(r"(?:网站|官网|互动平台|平台)?(?:上|中)?(?:发布)?(?:公告|披露|表示|称|回复|提交)")
_OWNER = re.compile(
    r"[’']s?\s+(?!(?:\w+\s+){0,3}(?:chief|ceo|cfo|president|chair\w*|head|director|executives?|spokes\w+|analysts?|management|founder|boss)\b)(?!(?-i:[A-Z]\w+\s+[A-Z]))\w",
    re.IGNORECASE,
)
_LAST = 4  # names before a cue that are tried, the nearest first
_BRACKETS = re.compile(r"[(（][^()（）]*[)）]")
_POST = r"(?:analysts?|strategist|economist|president|chief|head|director|manager|managing|executive|chair\w*|founder|partner|spokes\w+)"
# ", which makes tyres," or ", a maker of tyres," or ", chief of tyres at Y,"
_APPOSITION = re.compile(rf"\s*,\s*(?:(?:which|who|whose|an?|the|its|now|formerly|once|based)\b|(?:\w+ ){{0,2}}{_POST}\b)[^,;:]*,\s*")
_SECOND = re.compile(r"(?:,|\s)\s*(?:but|and)\s+(?:(?:also|has|have|had|\w+ly)\s+)*$")  # "X fell and said": the verb is X's second one
_OTHERS = re.compile(r",\s*(?:(?:and|but|while|as)\s+)?(?:it|they|he|she|we|analysts|investors|some|others|which|who)\b")
_BEFORE = re.compile(r"[\s\"“*-]*(?:The\s+)?")
_OFFICE = 24  # characters of the longest office and house before a name
_OPENING = " \t【[“\"'《"


def find_holder(cue: Cue, place: tuple[int, int], text: str, mentions: tuple[Found, ...], book: Cues) -> Found | None:
    """Return whose view the cue at `place` gives, on the side where `cue.holder` says; None where no name stands there."""
    start, end = place
    near = [m for m in mentions if m.label in HOLDERS and not _is_no_speaker(text, m, book)]
    if cue.holder == "after":
        return _after(end, text, near, book)
    before = [m for m in near if m.end <= start]
    if cue.holder != "before" or not before:
        return None
    last = before[-1]
    lead = text[:last.start]
    if book.language == "zh" and lead.endswith(_WITH) and not lead.endswith(_NO_WITH):  # 甲与乙洽谈: the view is the one's before
        return before[-2] if len(before) > 1 and not cue.opening else None
    if cue.opening and not _is_led_in(lead, book):
        return None
    gap = _BRACKETS.sub("", text[last.end:start])
    if _is_bridge(gap, book):
        return last
    if cue.opening:
        return None
    return _by_pronoun(gap, text, before, book) or (_past_asides(start, text, before, book) if book.language == "en" else None)


def _is_no_speaker(text: str, mention: Found, book: Cues) -> bool:
    """Tell whether a name only owns somebody who speaks ("Apple's supplier said"), or is where something was told (在港交所公告称)."""
    if book.language == "zh":
        return _TOLD_AT.match(text, mention.end) is not None and text[: mention.start].endswith(("在", "于", "向"))
    return _OWNER.match(text, mention.end) is not None


def _after(end: int, text: str, near: list[Found], book: Cues) -> Found | None:
    following = next((m for m in near if m.start >= end), None)
    gap = text[end:following.start] if following else ""
    allowed = 4 if book.language == "zh" else 30
    return following if following and len(gap) <= allowed and not re.search(r"[,，:：;；。]", gap) else None


def _by_pronoun(gap: str, text: str, before: list[Found], book: Cues) -> Found | None:
    """Return the one name before, if a pronoun stands for it; of two that are both meant, the latter."""
    pronoun = next((m for m in book.pronoun_regex.finditer(gap) if _is_bridge(gap[m.end():], book)), None)
    named = {m.entity or text[m.start:m.end] for m in before}
    return before[-1] if pronoun is not None and (len(named) == 1 or pronoun[0] in _BOTH) else None


def _past_asides(start: int, text: str, before: list[Found], book: Cues) -> Found | None:
    """Return the subject of an English verb from which an apposition, a relative clause or its first verb parts it."""
    for mention in reversed(before[-_LAST:]):
        gap = _BRACKETS.sub("", text[mention.end:start])
        aside = _APPOSITION.match(gap)
        if aside and _is_bridge(gap[aside.end():], book):
            return mention
        if gap.strip() == "," and text[:mention.start].endswith(", "):  # "its president, X, told"
            return mention
    first = before[0]
    is_first = _BEFORE.fullmatch(text, 0, first.start) is not None
    between = text[first.end:start]
    return first if is_first and _SECOND.search(between) and not _OTHERS.search(between) else None


def _is_led_in(lead: str, book: Cues) -> bool:
    """Tell whether nothing stands before a name that opens a sentence, or in Chinese no more than an office ("某会秘书长某某：")."""
    lead = lead.strip(_OPENING)
    if not lead or book.language == "en":
        return not lead
    return len(lead) <= _OFFICE and not re.search(r"[，。；：,:]", lead) and book.title_regex.search(lead) is not None


def _is_bridge(gap: str, book: Cues) -> bool:
    rest = gap.strip()
    while rest:
        match = book.between_regex.match(rest)
        if match is None or not match[0]:
            return False
        rest = rest[match.end():].lstrip()
    return True
