"""Events: what happened or is planned, of which kind, with whom, when.

Words tell them (`data/events`), figures make them (a capex plan, a fund's inflow), and prices move. Who takes part is looked for around the
trigger as its form says; an event of which nobody is told is none.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import cache

from spacy.tokens import Doc

from kg.knowledge.event_types import EventLanguage, EventTrigger, load_events
from kg.model import Values
from kg.nlp import metrics
from kg.nlp.assertion import assess
from kg.nlp.event_doubts import doubt, is_ruled_out
from kg.nlp.event_modality import said_of
from kg.nlp.layout import TITLE, Layout, lay_out
from kg.nlp.literals import Screen, screen_of
from kg.nlp.parties import parties
from kg.nlp.price_moves import Move, find_moves, span_of
from kg.nlp.spans import Assertion, Figure, Found, Happening, Quantity, is_parsed, published_date
from kg.nlp.timing import as_time, is_of_another_clause, times

READER = "events"
_FOR_OTHERS = re.compile(r"\b(?:industry|market|global|world|economic|gdp|oil|price target|rating)\b", re.IGNORECASE)  # what brokers forecast
_PARTIES = ("Company", "Organization", "Person", "Place", "Fund", "Sector")  # whoever can be dealt with; other things are what it is about
_OWNED = {  # after a name: what it owns
    "en": re.compile(r"(?:['’]s?)\s+(?!(?:outstanding |common |ordinary |remaining )*(?:shares?|stock)\b)"),
    "zh": re.compile(r"旗下|所属|的?(?:全资|控股)?子公司|所?持有?的|的(?![^，。；]{0,10}(?:股权|股份|[%％]))"),
}
_UNIT_OF = re.compile(r"\b(?:unit|division|business|arm|operations|assets|plants?|factory|brands?)\s+of\s+(?:the\s+)?$", re.IGNORECASE)
_SAID_ON = re.compile(r"\b(?:said|says|told|reported)\s+(?:\w+\s+){0,3}(?:on\s+|late\s+|early\s+)*$", re.IGNORECASE)  # the day of saying
_BE = re.compile(r"\b(?:was|were|been|is|are|be|being|get|got|gets)\s+(?:\w+ly\s+|not\s+|also\s+)?$", re.IGNORECASE)


def extract(doc: Doc, topic: Found | None = None, figures: Sequence[Figure] | None = None) -> list[Happening]:
    """Return the events of a sentence in order. `topic` is whom the document is about, for sentences without a subject.

    Reads what `metrics.extract` reads. The figures of an event are among `figures`, what `metrics.extract` gives for the same sentence
    (asked, where they are not given).
    """
    if not doc._.mentions and topic is None:
        return []
    language = load_events(doc._.language)
    layout = lay_out(doc)
    figures = metrics.extract(doc, topic) if figures is None else figures
    found = [
        *_moved(doc, layout, language, figures),
        *_made_by_figures(doc, layout, language, figures),
        *_told(doc, layout, language, topic),
    ]
    return _once(found)


# -- told by words ------------------------------------------------------------------------------------------------------------------


@cache
def _triggers(language: str) -> Screen[tuple[EventTrigger, re.Pattern[str]]]:
    return screen_of(load_events(language).triggers)


def _told(doc: Doc, layout: Layout, language: EventLanguage, topic: Found | None) -> list[Happening]:
    happenings = []
    text = TITLE.sub(lambda title: "《" + "\u3000" * (len(title.group()) - 2) + "》", layout.plain)  # what a title says does not happen
    for trigger, pattern in _triggers(language.language).hopeful(text):
        for hit in pattern.finditer(text):
            start, end = hit.span()
            if any(m.start < end and start < m.end and not (start <= m.start and m.end <= end) for m in layout.mentions):
                continue
            if is_ruled_out(layout, trigger, end):
                continue
            if trigger.form == "verb" and language.language == "en" and _BE.search(layout.plain[max(0, start - 24) : start]):
                if not trigger.object:
                    continue
                turned = trigger.model_copy(update={"form": "passive"})
                happening = _happening(doc, layout, turned, start, end, language=language, topic=topic)
                if happening is not None and happening.participants[0][1] == "subject":
                    happenings.append(happening)
                continue
            told = hit.span("t") if "t" in pattern.groupindex and hit["t"] else hit.span()
            happening = _happening(doc, layout, trigger, start, end, language=language, topic=topic, told=told)
            if happening is not None:
                happenings.append(replace(happening, start=told[0], end=told[1]) if told != hit.span() else happening)
    return happenings


def _happening(
    doc: Doc, layout: Layout, trigger: EventTrigger, start: int, end: int, *, language: EventLanguage, topic: Found | None,
    told: tuple[int, int] | None = None,
) -> Happening | None:
    """Return the event that a trigger at `[start, end)` tells; the words of it that say so stand at `told`, where they are not all."""
    if trigger.kind == "guidance" and layout.lang.spaced and _FOR_OTHERS.search(layout.plain[start : end + 60]):
        return None
    value = _value(layout, language, trigger, start, end)
    if "value" in trigger.needs and value is None:
        return None
    subject, objects = parties(doc, layout, trigger, start, end, topic=topic)
    missing = {"subject": subject is None, "object": not objects, "value": value is None}
    if any(missing[name] for name in trigger.needs):
        return None
    if trigger.kind == "launch" and objects and all(_is_kind_of_thing(layout, member) for member in objects):
        return None  # "the launch of smartphones": of which, nobody says
    main = subject or objects[0]
    values = _when(layout, language, start, end, value)
    said = said_of(doc, layout, trigger, *(told or (start, end)), main=main, period=values.period)
    if trigger.kind == "earnings" and said.modality != "fact":
        return None
    participants = [(subject, "subject")] if subject is not None else []
    participants += [(member, _role(doc, layout, trigger, member)) for member in objects if member is not subject]
    why = doubt(layout, language, trigger.kind, start, participants)
    if why is not None:
        doc._.rejected = (*doc._.rejected, (start, end, f"{READER}: {trigger.kind}: {why}"))
        return None
    return Happening(
        kind=trigger.kind,
        start=start,
        end=end,
        participants=tuple(participants),
        reader=f"{READER}.{trigger.kind}.{trigger.form}",
        date=_date(doc, layout, language, start, end),
        values=values,
        assertion=said,
        confidence=0.7 if doc._.passage == "title" else 0.75,
    )


def _role(doc: Doc, layout: Layout, trigger: EventTrigger, member: Found) -> str:
    """What an object is to an event: of a deal, whoever owns what changes hands is the other side of it, not its target."""
    if member.label not in _PARTIES:
        return "target"
    if trigger.kind != "deal" or trigger.role != "target" or member.label == "Facility":
        return trigger.role
    if _OWNED[layout.language].match(layout.plain, member.end) or _UNIT_OF.search(layout.plain, 0, member.start):
        return "counterparty"
    last = next((token for token in reversed(doc) if member.start <= token.idx < member.end), None)
    owner = layout.language == "en" and is_parsed(doc) and last is not None and last.dep_ in ("compound", "nmod:poss") and last.head.idx >= member.end
    return "counterparty" if owner else trigger.role


def _is_kind_of_thing(layout: Layout, member: Found) -> bool:
    """Tell whether a product is named by a common noun in English: "smartphones", "operating system"."""
    words = layout.text[member.start : member.end]
    return member.label == "Product" and layout.lang.spaced and words.isascii() and words == words.lower() and not any(c.isdigit() for c in words)


def _value(layout: Layout, language: EventLanguage, trigger: EventTrigger, start: int, end: int) -> Quantity | None:
    """The nearest value of the event's own kinds in its clause."""
    reach = (40, 40) if trigger.form == "noun" else (0, 40) if layout.language == "zh" else (0, 90)
    left, right = max(layout.start_of(start, soft=False), start - reach[0]), min(layout.end_of(end, soft=False), end + reach[1])
    near = [
        v
        for v in layout.values
        if v.kind in trigger.value
        and left <= v.start
        and v.end <= right
        and not re.search(r"\b(?:which|who|while|whose)\b", layout.plain[end : v.start])
        and not (v.kind == "money" and language.patterns["a_share"].match(layout.plain, v.end))
    ]
    nearest = min(near, key=lambda v: (trigger.value.index(v.kind), min(abs(v.start - end), abs(start - v.end))), default=None)
    return None if nearest is not None and layout.counts_another(nearest) else nearest


def _when(layout: Layout, language: EventLanguage, start: int, end: int, value: Quantity | None) -> Values:
    values = value.values if value is not None else Values()
    session = _session(layout, language, start, end)
    near = [
        as_time(time) for time in times(layout)
        if time.kind == "period" and layout.start_of(start) <= time.start <= layout.end_of(end) and not is_of_another_clause(layout, time, start)
    ]
    update = {"session": session, **(near[0] if len(near) == 1 else {})}
    return values.model_copy(update={name: each for name, each in update.items() if each is not None})


def _session(layout: Layout, language: EventLanguage, start: int, end: int) -> str | None:
    """The part of the day that the clause names, else the only one that the sentence names."""
    clause = layout.plain[layout.start_of(start) : layout.end_of(end)]
    own = [name for name, cue in language.sessions.items() if cue.search(clause)]
    if own:
        return own[0]
    wider = layout.plain[layout.start_of(start, soft=False) : layout.end_of(end, soft=False)]
    told = [name for name, cue in language.sessions.items() if cue.search(wider)]
    return told[0] if len(told) == 1 else None


def _date(doc: Doc, layout: Layout, language: EventLanguage, start: int, end: int) -> str | None:
    """The one day that the clause names, or today where it says so."""
    left, right = layout.start_of(start, soft=False), layout.end_of(end, soft=False)
    days = {
        time.values.as_of
        for time in times(layout)
        if time.kind == "date"
        and left <= time.start < right
        and time.values.as_of
        and not re.search(r"(?:ended|ending|as of|截至|since|until|自)\s*$", layout.plain[max(0, time.start - 8) : time.start])
        and not _SAID_ON.search(layout.plain[: time.start])
        and not is_of_another_clause(layout, time, start)
    }
    if len(days) == 1:
        return days.pop()
    published = published_date(doc)
    return published.isoformat() if not days and published and language.today.search(layout.plain[left:right]) else None


# -- made by figures ------------------------------------------------------------------------------------------------------------------


def _made_by_figures(doc: Doc, layout: Layout, language: EventLanguage, figures: Sequence[Figure]) -> list[Happening]:
    happenings: list[Happening] = []
    for kind, (rule, cue) in language.figures.items() if figures else ():
        if cue is not None and not cue.search(layout.plain):
            continue
        fitting = [
            figure
            for figure in figures
            if figure.name in rule.metrics
            and figure.assertion.modality in rule.modality
            and (not rule.labels or figure.subject.label in rule.labels)
            and not figure.assertion.negated
            and (rule.holder is None or figure.assertion.holder == figure.subject)
            and not (kind == "guidance" and _is_over(figure.values.period, published_date(doc)))
        ]
        for subject in dict.fromkeys(figure.subject for figure in fitting):
            own = [figure for figure in fitting if figure.subject == subject]
            happenings.append(_of_figures(doc, layout, language, kind, own))
    return happenings


def _is_over(period: str | None, published: date | None) -> bool:
    """Tell whether a period's year (its last) lies before that of publication: nobody guides for it any more."""
    years = re.findall(r"(?<!\d)(?:19|20)\d\d(?!\d)", period or "")
    return bool(years) and published is not None and int(years[-1]) < published.year - 1


def _of_figures(doc: Doc, layout: Layout, language: EventLanguage, kind: str, own: list[Figure]) -> Happening:
    first = own[0]
    start, end = first.start, max(figure.end for figure in own)
    session = next((name for name, cue in language.sessions.items() if cue.search(layout.plain)), None)
    lead = first.values if kind in ("capex", "fund_flow") else Values(period=first.values.period)
    values = lead.model_copy(update={"session": session if kind == "fund_flow" else None, "segment": None})
    return Happening(
        kind=kind,
        start=start,
        end=end,
        participants=((first.subject, "subject"),),
        reader=f"{READER}.{kind}.figures",
        date=_date(doc, layout, language, start, end),
        values=values,
        figures=tuple(own),
        assertion=first.assertion,
    )


# -- moves of prices ------------------------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class _Told:
    date: str | None
    session: str | None


def _moved(doc: Doc, layout: Layout, language: EventLanguage, figures: Sequence[Figure]) -> list[Happening]:
    taken = {value.start for figure in figures for value in layout.values if value.end == figure.end and figure.name != "share_price"}
    happenings = []
    for move in find_moves(layout, language, taken):
        told = _move_time(doc, layout, language, move.start, move.end)
        said = _market_said(doc, layout, move)
        if said.modality != "fact" and move.bare:
            continue
        if span_of(layout, move):
            continue  # over a longer time: a figure of the metric price_change, no event
        values = move.values.model_copy(update={"session": told.session})
        happenings.append(
            Happening(
                kind="price_move",
                start=move.start,
                end=move.end,
                participants=((move.who, "subject"),),
                reader=f"{READER}.price_move",
                date=told.date,
                values=values,
                assertion=said,
            )
        )
    return happenings


_MAY = re.compile(
    r"\b(?:to|will|would|could|may|might|should|expected|likely|if|unless)\s+(?:\w+\s+)?$|(?:或|可能|将|有望|料|预计|若|如果|会)[^，,]{0,4}$",
    re.IGNORECASE,
)


def _market_said(doc: Doc, layout: Layout, move: Move) -> Assertion:
    """How a move is said. A move with a number that no auxiliary holds has been seen on the market, whatever else the sentence expects."""
    said = assess(doc, move.start, move.end, subject=None)
    seen = not move.bare and not _MAY.search(layout.plain[max(0, move.start - 30) : move.start])
    return Assertion(negated=said.negated) if said.modality == "fact" or seen else said


def _move_time(doc: Doc, layout: Layout, language: EventLanguage, start: int, end: int) -> _Told:
    return _Told(_date(doc, layout, language, start, end), _session(layout, language, start, end))


def _once(found: list[Happening]) -> list[Happening]:
    """Leave out what is told twice in one sentence: the same kind with the same main participant and no value of its own."""
    kept: list[Happening] = []
    for happening in found:
        people = {member.entity or (member.start, member.end) for member, _ in happening.participants}
        same = [k for k in kept if k.kind == happening.kind and people & {m.entity or (m.start, m.end) for m, _ in k.participants}]
        bare = happening.values.value is None and happening.values.low is None and happening.values.high is None
        if same and (
            bare or any(k.values == happening.values for k in same) or happening.kind in ("earnings", "guidance", "capex", "fund_flow")
        ):
            continue
        kept.append(happening)
    return sorted(kept, key=lambda happening: (happening.start, happening.end, happening.kind))


__all__ = ["Assertion", "extract"]
