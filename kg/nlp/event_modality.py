"""How an event is said: as done, planned, or expected of somebody by others."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date

from spacy.tokens import Doc

from kg.knowledge.event_types import EventTrigger, load_events
from kg.nlp.assertion import assess
from kg.nlp.figure_modality import is_future
from kg.nlp.layout import Layout
from kg.nlp.spans import Assertion, Found, published_date

STOPPAGES = frozenset({"outage"})  # the words that tell such an event say themselves that something stops: by them it is not over
BANS = frozenset({"legal", "policy", *STOPPAGES})  # whose words may say themselves that something is not to be
_ANNOUNCED = ("policy", "launch", "deal", "expansion", "financing", "order", "outage")  # brought about: who says so plans them
_DONE = ("managed", "began", "begun", "started", "continued", "continues", "went on", "helped", "forced", "enabled", "allowed", "had")
_EXPECTS = re.compile(r"\b(?:(?:expect|want|ask)(?:s|ed|ing)?|urg(?:e|es|ed|ing)|press(?:es|ed|ing)?)\s+(?:the\s+)?$", re.IGNORECASE)
_INFINITIVE = re.compile("".join(rf"(?<!\b{verb})" for verb in _DONE) + r"\s+to\s+$", re.IGNORECASE)


def said_of(doc: Doc, layout: Layout, trigger: EventTrigger, start: int, end: int, *, main: Found, period: str | None) -> Assertion:
    """How an event is said. What is yet to be done is a plan: "to open", what falls into the future, and spending raised or cut."""
    said = assess(doc, start, end, subject=main)
    if any(first < end and start < last for first, last in said.cues):  # the word that tells the event is no cue about it: "U.S. bans ..."
        said = replace(said, ended=said.ended and trigger.kind not in STOPPAGES, negated=said.negated and trigger.kind not in BANS)
    if said.negated:
        return said
    if said.modality == "opinion" and said.cues and all(first < end and start < last for first, last in said.cues):
        said = replace(said, modality="fact", holder=None)  # "warned about its outlook": the warning itself was given
    if trigger.kind == "guidance" and said.modality == "plan":
        return replace(said, modality="forecast")
    if trigger.kind == "financing" and said.modality == "fact" and _is_intended(layout, start, end):
        return replace(said, modality="plan", holder=said.holder or main)
    if trigger.kind == "capex":
        spender = said.modality in ("fact", "forecast") and said.holder in (None, main) and main.label == "Company"
        return replace(said, modality="plan", holder=main) if spender else said
    if said.modality == "fact" and layout.language == "en" and trigger.form == "verb" and _INFINITIVE.search(layout.plain[:start]):
        return replace(said, modality="plan", holder=said.holder or main)
    if said.modality in ("plan", "forecast") and main.start < main.end and _EXPECTS.search(layout.plain, 0, main.start):
        return replace(said, modality="forecast", holder=None if said.holder in (None, main) else said.holder)  # others expect it of them
    own = trigger.kind in _ANNOUNCED and main.label in ("Company", "Organization", "Place")
    if said.modality == "forecast" and own and said.holder in (None, main):
        return replace(said, modality="plan", holder=main)
    if said.modality == "fact" and trigger.kind != "guidance" and _is_to_come(period, published_date(doc)):
        return replace(said, modality="plan")
    return said


def _is_to_come(period: str | None, published: date | None) -> bool:
    """Tell whether a period is yet to come; what "was launched in 2010", told in that year, is not."""
    return is_future(period, published) and not (published is not None and period == str(published.year))


def _is_intended(layout: Layout, start: int, end: int) -> bool:
    """Tell whether the money is yet to be raised: 募集资金总额不超过……，将用于……"""
    patterns, before = load_events(layout.language).patterns, layout.plain[layout.start_of(start) : start]
    told = layout.plain[start : layout.end_of(end, soft=False)]
    return patterns["raised"].search(before + layout.plain[start:end]) is None and patterns["intended"].search(before + told) is not None
