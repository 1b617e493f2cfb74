"""Who takes part in what a trigger tells: its subject and its objects, by nearness, by the parse, and by the clause.

Nearness comes first ("X has launched"); where it says nothing, the parse does: a subject that the parser finds and nobody knows rules
every other one out. Only a clause without a subject falls back on the sentence and the document's topic.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from spacy.tokens import Doc, Token

from kg.knowledge.event_types import EventTrigger
from kg.nlp.layout import Layout
from kg.nlp.spans import Found
from kg.nlp.subjects import subject_of

LONGEST = {"en": 90, "zh": 36}  # characters between a trigger and its object
_BY = re.compile(r"[^,;.]{0,30}?\bby\s+(?:the\s+)?(?:[\w-]+\s+){0,2}$", re.IGNORECASE)
_OF = re.compile(r"\s*(?:of|for)\s+(?:[\w'’.-]+[\s,]+){0,6}$", re.IGNORECASE)
_NEAR = re.compile(
    r"\s*,?\s*(?:which|that|who)?\s*(?:(?:has|have|had|also|will|would|is|was|to|recently|already|just|plans?|planned|agreed|"
    r"said (?:it|on \w+day it)|is set to|on \w+day|inc|corp|ltd|\w+ly|now|aims|intends|expects|hopes|wants)\s+)*",
    re.IGNORECASE,
)
_GOVERNED = 14  # characters before a mention in which a preposition that governs it ends
_PRONOUNS = ("its", "it", "their", "其")
_MAKERS = re.compile(r"(?:manufacturer|maker|company|companie|firm|player|producer|supplier|stock|vendor)s?")
STRICT = ("launch", "legal", "deal", "policy")  # kinds whose object must be the verb's own
_OTHER_CLAUSE = ("acl", "acl:relcl", "advcl", "ccomp", "parataxis")
_KINDS_OF = re.compile(
    r"version|series|line|family|range|generation|model|lineup|fleet|stake|share|majority|control|part|portfolio|pair|number"
)
_HELD = re.compile(r"\s*(?:所)?持有?的")  # whose holding is sold, not what is sold
_MEANT_FOR = re.compile(r"(?:用于|面向|针对|基于|搭载|支持|适用于|经)\s*$")
_RELATIVE = ("which", "that", "who")
_UNKNOWN = object()


def parties(
    doc: Doc, layout: Layout, trigger: EventTrigger, start: int, end: int, *, topic: Found | None
) -> tuple[Found | None, list[Found]]:
    """Return the subject (or None) and the objects of a trigger at `[start, end)`, as its form says."""
    if trigger.form == "noun":
        subject = subject_of(layout, start, end, trigger.subject, None, of=not trigger.object, own=trigger.kind != "outage")
        return subject, _apart(layout, subject, _after(layout, trigger, end, _OF if layout.language == "en" else None))
    alone = topic if not trigger.object or layout.language == "zh" else None  # of two parties, both are named
    if "subject" in trigger.needs and not any(m.label in trigger.subject for m in (*layout.mentions, *((alone,) if alone else ()))):
        return None, []
    if trigger.form == "passive":
        head = _head(doc, layout, trigger.object, start, topic)
        by = next(
            (m for m in layout.mentions if m.label in trigger.subject and m.start >= end and _BY.fullmatch(layout.plain[end : m.start])),
            None,
        )
        return by, [head] if head is not None else []
    found = _after(layout, trigger, end, None) or _beside(layout, trigger, start)
    if "object" in trigger.needs and not found:
        return None, []
    verb = _verb_at(doc, start) if layout.language == "en" else None
    if (
        verb is not None
        and layout.pos
        and verb.dep_ in ("amod", "acl")
        and verb.tag_ != "VBG"
        and trigger.object
    ):
        return None, []  # "the accused models", "the film released last year"
    subject = _head(doc, layout, trigger.subject, start, alone)
    if layout.language == "en" and layout.pos and trigger.kind in STRICT:
        found = [m for m in found[:1] if _is_argument(doc, m, start, loose=trigger.kind == "policy")] and found
    objects = _apart(layout, subject, found)
    if subject is not None and subject is topic and len(objects) < len(found):
        return None, found  # the topic is what the sentence does something to
    return subject, objects


def _beside(layout: Layout, trigger: EventTrigger, start: int) -> list[Found]:
    """The party of a Chinese verb that "with" or "to" brings before it: 与X签署."""
    if layout.language != "zh":
        return []
    near = next((m for m in reversed(layout.mentions) if m.end <= start and m.start >= layout.start_of(start)), None)
    if near is None or near.label not in trigger.object or len(layout.plain[near.end : start]) > 8:
        return []
    return [near] if re.search(r"(?:与|和|同|跟|向|对)\s*$", layout.plain[: near.start]) else []


def _verb_at(doc: Doc, start: int) -> Token | None:
    return next((token for token in doc if token.idx <= start < token.idx + len(token.text)), None)


def _is_argument(doc: Doc, mention: Found, start: int, *, loose: bool = False) -> bool:
    """Tell whether a mention is an argument of the verb at `start`, not of a clause or a noun within it."""
    verb = _verb_at(doc, start)
    token = next((t for t in reversed(doc) if mention.start <= t.idx < mention.end), None)
    steps = 0
    while token is not None and token not in (verb, token.head) and steps < 8:
        inner = token.dep_ == "nmod" and not _KINDS_OF.fullmatch(token.head.lemma_.lower())
        if token.dep_ in _OTHER_CLAUSE or (inner and mention.label != "Company" and not loose):
            return False
        token, steps = token.head, steps + 1
    return True


def _apart(layout: Layout, subject: Found | None, objects: list[Found]) -> list[Found]:
    """Leave out of the objects what the subject is itself."""
    return [m for m in objects if subject is None or _identity(layout, m) != _identity(layout, subject)]


def _identity(layout: Layout, mention: Found) -> str:
    return mention.entity or mention.name or layout.text[mention.start : mention.end]


def _head(doc: Doc, layout: Layout, labels: Iterable[str], start: int, topic: Found | None) -> Found | None:
    near = _before(layout, labels, start)
    if near is not None:
        return near
    if layout.pos and layout.language == "en":
        parsed = _parsed(doc, layout, start)
        if parsed is _UNKNOWN:
            return None
        if isinstance(parsed, Found):
            return parsed if parsed.label in set(labels) else None
    if layout.language == "en" and re.search(r"\bto\s+$", layout.plain[:start]):
        return None
    return subject_of(layout, start, start, labels, topic, of=False, possessor=False)


def _before(layout: Layout, labels: Iterable[str], start: int) -> Found | None:
    """The mention right before a trigger, but for a few small words."""
    mention = next((m for m in reversed(layout.mentions) if m.end <= start), None)
    if mention is None or mention.label not in set(labels) or layout.text[mention.start : mention.end].lower() in ("its", "their"):
        return None
    gap = layout.plain[mention.end : start]
    if layout.language == "zh":
        near = len(gap) <= 8 and not re.search(r"[，,；;。、的]", gap)
    else:
        near = bool(_NEAR.fullmatch(gap)) and not (gap.lstrip().startswith(",") and not re.match(r"\s*,\s*(?:which|that|who)\b", gap))
    return mention if near and not _is_governed(layout, mention) else None


def _is_governed(layout: Layout, mention: Found) -> bool:
    before = layout.plain[: mention.start].rstrip()
    words = layout.lang.words["not_subject"]
    return any(hit.end() == len(before) for hit in words.finditer(before, max(0, len(before) - _GOVERNED)))


def _parsed(doc: Doc, layout: Layout, start: int) -> object:
    """The mention that the parser holds for the subject of the verb at `start`; `_UNKNOWN` if it is none; None if there is no subject."""
    verb = next((token for token in doc if token.idx <= start < token.idx + len(token.text)), None)
    for _ in range(6):
        if verb is None:
            return None
        subject = next((child for child in verb.children if child.dep_.startswith("nsubj")), None)
        if subject is not None:
            return _named(layout, verb, subject)
        if verb.dep_ in ("acl:relcl", "acl"):
            return _of_token(layout, verb.head) or _UNKNOWN
        if verb.dep_ not in ("conj", "xcomp", "advcl", "aux", "cop", "compound:prt"):
            return None
        verb = verb.head
    return None


def _named(layout: Layout, verb: Token, subject: Token) -> object:
    if subject.lower_ in _RELATIVE:
        return _of_token(layout, verb.head) or _UNKNOWN
    if _MAKERS.fullmatch(subject.lower_):
        within = [child for child in subject.children if child.dep_ == "nmod"]  # "makers of solar panels"
        if not within and any(child.lower_ == "with" for child in verb.children):  # "the solar industry grows, with makers adding capacity"
            within = [child for outer in verb.ancestors for child in outer.children if child.dep_.startswith("nsubj")][:1]
        sector = next((m for child in within if (m := _of_token(layout, child)) and m.label == "Sector"), None)
        if sector is not None:
            return sector
    apposed = next((m for m in layout.mentions if re.fullmatch(r"\s*,\s*", layout.plain[m.end : subject.left_edge.idx])), None)
    return (
        _of_token(layout, subject)
        or apposed
        or next(
            (
                m
                for child in subject.children
                if child.dep_ in ("appos", "flat", "compound") and (m := _of_token(layout, child)) and m.start > subject.idx
            ),
            None,
        )
        or _UNKNOWN
    )


def _of_token(layout: Layout, token: Token) -> Found | None:
    return next((m for m in layout.mentions if m.start <= token.idx < m.end), None)


def _after(layout: Layout, trigger: EventTrigger, end: int, gap: re.Pattern[str] | None) -> list[Found]:
    """The first mention after a trigger that can be its object, with its list."""
    limit = layout.end_of(end, soft=layout.language == "en")
    for mention in layout.mentions:
        if mention.start < end or mention.start >= limit or layout.in_brackets(mention.start):
            continue
        words = layout.plain[end : mention.start]
        if len(words) > LONGEST[layout.language] or (gap is not None and not gap.fullmatch(words)):
            return []
        if layout.language == "zh" and (_HELD.match(layout.plain, mention.end) or _MEANT_FOR.search(layout.plain[: mention.start])):
            continue
        if mention.antecedent and layout.text[mention.start : mention.end].lower() in _PRONOUNS:
            continue
        if mention.label in trigger.object:
            listed = [m for m in layout.coordinated(mention) if m.start >= end]
            return [m for m in listed if layout.text[m.start : m.end].lower() not in _PRONOUNS]
    return []
