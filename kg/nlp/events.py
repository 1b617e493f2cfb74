"""Events: what happened or is planned, of which kind, with whom, when.

Words tell them (`data/events`), figures make them (a capex plan, a fund's inflow), and prices move. Who takes part is looked for around the
trigger as its form says; an event of which nobody is told is none.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace

from spacy.tokens import Doc

from kg.knowledge.event_types import EventLanguage, EventTrigger, load_events
from kg.knowledge.metric_terms import load_metric_language
from kg.model import Values
from kg.nlp import metrics
from kg.nlp.assertion import assess
from kg.nlp.layout import Layout, lay_out
from kg.nlp.price_moves import find_moves
from kg.nlp.spans import Assertion, Figure, Found, Happening, Quantity, published_date
from kg.nlp.subjects import subject_of
from kg.nlp.timing import as_time, times

READER = "events"
_BY = re.compile(r"[^,;.]{0,30}?\bby\s+(?:the\s+)?(?:[\w-]+\s+){0,2}$", re.IGNORECASE)
_OF = re.compile(r"\s*(?:of|for)\s+(?:[\w'’.-]+[\s,]+){0,6}$", re.IGNORECASE)
LONGEST = {"en": 90, "zh": 36}  # characters between a trigger and its object


def extract(doc: Doc, topic: Found | None = None) -> list[Happening]:
    """Return the events of a sentence in order. `topic` is whom the document is about, for sentences without a subject.

    Reads what `metrics.extract` reads. The figures of an event are among those that `metrics.extract` gives for the same sentence.
    """
    language = load_events(doc._.language)
    layout = lay_out(doc)
    figures = list(doc._.figures) or metrics.extract(doc, topic)
    found = [
        *_moved(doc, layout, language, figures),
        *_made_by_figures(doc, layout, language, figures),
        *_told(doc, layout, language, topic),
    ]
    return _once(found)


# -- told by words ------------------------------------------------------------------------------------------------------------------


def _told(doc: Doc, layout: Layout, language: EventLanguage, topic: Found | None) -> list[Happening]:
    happenings = []
    for trigger, pattern in language.triggers:
        for hit in pattern.finditer(layout.plain):
            start, end = hit.span()
            if any(m.start < end and start < m.end for m in layout.mentions):
                continue
            happening = _happening(doc, layout, language, trigger, start, end, topic)
            if happening is not None:
                happenings.append(happening)
    return happenings


def _happening(
    doc: Doc, layout: Layout, language: EventLanguage, trigger: EventTrigger, start: int, end: int, topic: Found | None
) -> Happening | None:
    subject, objects = _parties(layout, language, trigger, start, end, topic)
    value = _value(layout, trigger, start, end)
    missing = {"subject": subject is None, "object": not objects, "value": value is None}
    if any(missing[name] for name in trigger.needs):
        return None
    main = subject or objects[0]
    said = assess(doc, start, end, subject=main)
    participants = [(subject, "subject")] if subject is not None else []
    participants += [(member, trigger.role) for member in objects if member is not subject]
    values = _when(layout, language, start, end, value)
    return Happening(
        kind=trigger.kind, start=start, end=end, participants=tuple(participants), reader=f"{READER}.{trigger.kind}.{trigger.form}",
        date=_date(doc, layout, language, start, end), values=values, assertion=said, confidence=0.7 if doc._.passage == "title" else 0.75,
    )


def _parties(
    layout: Layout, language: EventLanguage, trigger: EventTrigger, start: int, end: int, topic: Found | None
) -> tuple[Found | None, list[Found]]:
    words = load_metric_language(language.language)
    if trigger.form == "noun":
        subject = subject_of(layout, words, start, end, trigger.subject, None, of=not trigger.object)
        objects = _after(layout, language, trigger, end, _OF if language.language == "en" else None)
        return subject, objects
    if trigger.form == "passive":
        head = _before(layout, language, trigger.object, start) or subject_of(layout, words, start, end, trigger.object, topic, of=False)
        by = next((m for m in layout.mentions if m.label in trigger.subject and m.start >= end and _BY.fullmatch(layout.plain[end:m.start])), None)
        return by, [head] if head is not None else []
    subject = _before(layout, language, trigger.subject, start) or subject_of(layout, words, start, end, trigger.subject, topic, of=False)
    return subject, [m for m in _after(layout, language, trigger, end, None) if m is not subject]


def _before(layout: Layout, language: EventLanguage, labels: Iterable[str], start: int) -> Found | None:
    """The mention right before a trigger, but for a few small words."""
    mention = next((m for m in reversed(layout.mentions) if m.end <= start), None)
    if mention is None or mention.label not in set(labels):
        return None
    gap = layout.plain[mention.end:start]
    if language.language == "zh":
        near = len(gap) <= 8 and not re.search(r"[，,；;。、的]", gap)
    else:
        near = bool(re.fullmatch(r"\s+(?:(?:has|have|had|also|will|would|is|was|to|recently|already|just|plans?|agreed|said it|is set to|on \w+day|inc|corp|ltd)\s+)*", gap, re.IGNORECASE))
    if not near or load_metric_language(language.language).words["not_subject"].search(layout.plain[max(0, mention.start - 8):mention.start].rstrip() + "\u0000".strip("\u0000")):
        return None if not near else _unless_governed(layout, language, mention)
    return mention


def _unless_governed(layout: Layout, language: EventLanguage, mention: Found) -> Found | None:
    before = layout.plain[:mention.start].rstrip()
    words = load_metric_language(language.language).words["not_subject"]
    return None if any(hit.end() == len(before) for hit in words.finditer(before, max(0, len(before) - 14))) else mention


def _after(layout: Layout, language: EventLanguage, trigger: EventTrigger, end: int, gap: re.Pattern[str] | None) -> list[Found]:
    """The first mention after a trigger that can be its object, with its list."""
    limit = layout.end_of(end, soft=language.language == "en")
    for mention in layout.mentions:
        if mention.start < end or mention.start >= limit or layout.in_brackets(mention.start):
            continue
        words = layout.plain[end:mention.start]
        if len(words) > LONGEST[language.language] or (gap is not None and not gap.fullmatch(words)):
            return []
        if mention.label in trigger.object:
            return [m for m in layout.coordinated(mention) if m.start >= end]
    return []


def _value(layout: Layout, trigger: EventTrigger, start: int, end: int) -> Quantity | None:
    """The nearest value of the event's own kinds in its clause."""
    left, right = layout.start_of(start, soft=False), layout.end_of(end, soft=False)
    near = [v for v in layout.values if v.kind in trigger.value and left <= v.start and v.end <= right]
    return min(near, key=lambda v: min(abs(v.start - end), abs(start - v.end)), default=None)


def _when(layout: Layout, language: EventLanguage, start: int, end: int, value: Quantity | None) -> Values:
    values = value.values if value is not None else Values()
    clause = layout.plain[layout.start_of(start):layout.end_of(end)]
    session = next((name for name, cue in language.sessions.items() if cue.search(clause)), None)
    near = [as_time(time) for time in times(layout) if time.kind == "period" and layout.start_of(start, soft=False) <= time.start <= layout.end_of(end, soft=False)]
    update = {"session": session, **(near[0] if len(near) == 1 else {})}
    return values.model_copy(update={name: each for name, each in update.items() if each is not None})


def _date(doc: Doc, layout: Layout, language: EventLanguage, start: int, end: int) -> str | None:
    """The one day that the clause names, or today where it says so."""
    left, right = layout.start_of(start, soft=False), layout.end_of(end, soft=False)
    days = {time.values.as_of for time in times(layout) if time.kind == "date" and left <= time.start < right and time.values.as_of}
    if len(days) == 1:
        return days.pop()
    published = published_date(doc)
    return published.isoformat() if not days and published and language.today.search(layout.plain[left:right]) else None


# -- made by figures ------------------------------------------------------------------------------------------------------------------


def _made_by_figures(doc: Doc, layout: Layout, language: EventLanguage, figures: list[Figure]) -> list[Happening]:
    happenings = []
    for kind, (rule, cue) in language.figures.items():
        if cue is not None and not cue.search(layout.plain):
            continue
        fitting = [figure for figure in figures if figure.name in rule.metrics and figure.assertion.modality in rule.modality
                   and (not rule.labels or figure.subject.label in rule.labels) and not figure.assertion.negated
                   and (rule.holder is None or figure.assertion.holder == figure.subject)]
        for subject in dict.fromkeys(figure.subject for figure in fitting):
            own = [figure for figure in fitting if figure.subject == subject]
            happenings.append(_of_figures(doc, layout, language, kind, own))
    return happenings


def _of_figures(doc: Doc, layout: Layout, language: EventLanguage, kind: str, own: list[Figure]) -> Happening:
    first = own[0]
    start, end = first.start, max(figure.end for figure in own)
    session = next((name for name, cue in language.sessions.items() if cue.search(layout.plain)), None)
    lead = first.values if kind in ("capex", "fund_flow") else Values(period=first.values.period)
    values = lead.model_copy(update={"session": session if kind == "fund_flow" else None, "segment": None})
    return Happening(
        kind=kind, start=start, end=end, participants=((first.subject, "subject"),), reader=f"{READER}.{kind}.figures",
        date=_date(doc, layout, language, start, end), values=values, figures=tuple(own), assertion=first.assertion,
    )


# -- moves of prices ------------------------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class _Told:
    date: str | None
    session: str | None


def _moved(doc: Doc, layout: Layout, language: EventLanguage, figures: list[Figure]) -> list[Happening]:
    taken = {value.start for figure in figures for value in layout.values if value.end == figure.end and figure.name != "share_price"}
    happenings = []
    for move in find_moves(layout, language, taken):
        told = _move_time(doc, layout, language, move.start, move.end)
        said = assess(doc, move.start, move.end, subject=None)
        values = _when(layout, language, move.start, move.end, None)
        values = move.values.model_copy(update={"session": told.session, **{
            name: getattr(values, name) for name in ("window_start", "window_end", "period") if getattr(values, name)}})
        happenings.append(Happening(
            kind="price_move", start=move.start, end=move.end, participants=((move.who, "subject"),), reader=f"{READER}.price_move",
            date=told.date, values=values, assertion=replace(said, holder=None) if said.modality == "fact" else said,
        ))
    return happenings


def _move_time(doc: Doc, layout: Layout, language: EventLanguage, start: int, end: int) -> _Told:
    clause = layout.plain[layout.start_of(start):layout.end_of(end)]
    session = next((name for name, cue in language.sessions.items() if cue.search(clause)), None)
    return _Told(_date(doc, layout, language, start, end), session)


def _once(found: list[Happening]) -> list[Happening]:
    """Leave out what is told twice in one sentence: the same kind with the same main participant and no value of its own."""
    kept: list[Happening] = []
    for happening in found:
        people = {member.entity or (member.start, member.end) for member, _ in happening.participants}
        same = [k for k in kept if k.kind == happening.kind and people & {m.entity or (m.start, m.end) for m, _ in k.participants}]
        bare = happening.values.value is None and happening.values.low is None and happening.values.high is None
        if same and (bare or any(k.values == happening.values for k in same) or happening.kind in ("earnings", "guidance", "capex", "fund_flow")):
            continue
        kept.append(happening)
    return sorted(kept, key=lambda happening: (happening.start, happening.end, happening.kind))


__all__ = ["Assertion", "extract"]
