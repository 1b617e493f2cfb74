"""Why an event whose words were found is not claimed: they speak of odds, of talk, of a person, of what cannot take part in such a thing.

Like `kg.nlp.doubts` for figures: what the words leave open is not said.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache

from kg.knowledge.event_types import EventLanguage, EventTrigger
from kg.knowledge.lexicon import is_source
from kg.nlp.layout import TITLE, Layout
from kg.nlp.spans import Found

_REPORT = re.compile("了?《[^》]{0,40}(?:报告|白皮书|蓝皮书|年鉴|榜|指数|名单|名录)》")
_RESULTS = ("earnings", "guidance")
_VERB = 12  # characters of a trigger: the verb that a part is the subject of may be it
Participant = tuple[Found, str]


@cache
def _compiled(source: str) -> re.Pattern[str]:
    return re.compile(source, re.IGNORECASE)


def is_ruled_out(layout: Layout, trigger: EventTrigger, end: int) -> bool:
    """Tell whether the words from the sentence's beginning to the end of the clause, commas and all, rule a trigger that ends at `end` out.

    What a title says (《……》) is left out; a title right behind the trigger that is that of a report is no rule of an authority.
    """
    if trigger.kind == "policy" and _REPORT.match(layout.plain, end):
        return True
    told = TITLE.sub("《》", layout.plain[: layout.end_of(end, soft=False)])
    return trigger.unless is not None and _compiled(trigger.unless).search(told) is not None


def doubt(layout: Layout, language: EventLanguage, kind: str, start: int, participants: Sequence[Participant]) -> str | None:
    """Return why an event of a kind, told at `start`, is not claimed of its participants; None where nothing speaks against it."""
    for member, role in participants:
        if kind == "legal" and _is_a_persons(layout, language, member):
            return "one of its people is meant, not the company"
        if role == "subject" and kind not in _RESULTS and is_source(member.entity) and language.patterns["reports"].match(layout.plain, member.end):
            return "who tells of it takes no part"
        if role == "subject" and member.label == "Place" and language.patterns["site_of"].match(layout.plain, member.end):
            return "the place only says where a site is"
    part = layout.lang.patterns["part_subject"].search(layout.plain, layout.start_of(start, soft=False), start + _VERB)
    if kind in _RESULTS and part is not None and not any(part.end() <= m.start and m.end <= start for m in layout.mentions if m.label == "Company"):
        return "said of a part that has no name"
    lead, role = participants[0]
    if kind == "expansion" and role == "subject" and lead.label == "Organization" and layout.language == "zh":
        return "a body has others build"
    named = any(m.label == "Company" and m.end <= start and not m.antecedent for m in layout.mentions)
    if role == "subject" and lead.label == "Sector" and named and layout.language == "zh":
        return "a company is named, and a sector is none of those who act"
    return None


def _is_a_persons(layout: Layout, language: EventLanguage, member: Found) -> bool:
    """Tell whether a member is only whose manager, shareholder or former employee somebody is."""
    if member.label != "Company" or member.start == member.end:
        return False
    behind, before = language.patterns["its_person"], language.patterns["person_of"]
    return bool(behind.match(layout.plain, member.end) or before.search(layout.plain[max(0, member.start - 60) : member.start]))
