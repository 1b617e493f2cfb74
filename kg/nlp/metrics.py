"""Figures: which metric of whom a typed value is, for which period, part and basis.

A value belongs to the term right after it ("$1 billion in revenue") or to the nearest fitting one before it, when only words stand between
that link terms to values. Values in one list are aligned with periods, terms or subjects of the same number. When in doubt, no figure.
"""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date
from itertools import pairwise

from spacy.tokens import Doc

from kg.knowledge.event_types import load_events
from kg.knowledge.metric_terms import MetricTerm, load_names
from kg.nlp.alignment import aligned
from kg.nlp.assertion import assess
from kg.nlp.doubts import doubt
from kg.nlp.layout import Layout, lay_out
from kg.nlp.linking import TIMES, Link
from kg.nlp.price_moves import find_moves, span_of
from kg.nlp.spans import Assertion, Figure, Found, published_date
from kg.nlp.subjects import subject_of
from kg.nlp.suspects import flag_parts, flag_suspects, implausible, overlong
from kg.nlp.terms import find_terms
from kg.nlp.timing import basis_of, time_of
from kg.nlp.value_reading import link

__all__ = ["extract", "flag_suspects"]

READER = "metrics"
RATED = ("pe_ratio", "pb_ratio", "ps_ratio", "share_price")  # beside a target price, they are part of a rating
SHARES = ("revenue_share", "profit_share")
PARTS = frozenset({"Sector", "Product", "Place"})  # whose revenue is a company's revenue of that part, where the company is known
SOLD = ("revenue", "gross_margin", "sales_volume", "deliveries", "shipments", "production", "market_share")
SHARED = ("market_share",)  # a product has one of its own, unless its maker stands right before it


def extract(doc: Doc, topic: Found | None = None) -> list[Figure]:
    """Return the figures of a sentence in the order of their values. `topic` is whom the document is about.

    Reads `doc._.mentions`, `doc._.values`, `doc._.language` and `doc._.published`. What is read and not believed goes to `doc._.rejected`.
    """
    if not any(value.kind not in TIMES for value in doc._.values) and "percentile" not in doc.text:
        return []
    layout = lay_out(doc)
    terms = find_terms(layout)
    if not terms and not layout.values:
        return []
    figures: list[Figure] = []
    vague: set[Figure] = set()
    links = link(layout, terms)
    for found in links:
        if _is_consensus(layout, found):
            continue
        figure = _figure(doc, layout, found, topic, figures[-1] if figures else None)
        if figure is not None:
            figures.append(figure)
            if found.term.vague:
                vague.add(figure)
    figures = _same_time(_explicit(figures, vague))
    taken = {found.quantity.start for found in links}
    told = [_timed(layout, figure) for figure in aligned(layout, figures)]
    return [*flag_parts(told, layout.plain, layout.lang.patterns["all_of_it"]), *_prices(doc, layout, taken)]


def _timed(layout: Layout, figure: Figure) -> Figure:
    """Flag a figure whose period the text gives more days than its name has."""
    near = [v for v in layout.values if v.kind in ("period", "duration")]
    for period, stretch in pairwise(near):
        if not layout.lang.patterns["days_of"].fullmatch(layout.text[period.end : stretch.start]):
            continue
        told = {values.period or values.window_end for values in (period.values, stretch.values)} - {None}
        reason = overlong(period, stretch)
        if reason and (figure.values.period or figure.values.window_end) in told and figure.values.suspect is None:
            return replace(figure, values=figure.values.model_copy(update={"suspect": reason}))
    return figure


def _same_time(figures: list[Figure]) -> list[Figure]:
    """Give a change the time of the level that it led to: "rose 30% to $75 billion in November"."""
    done: list[Figure] = []
    for figure, after in zip(figures, [*figures[1:], None], strict=False):
        mine, other = figure.values, after.values if after else None
        if (
            after is not None
            and other is not None
            and figure.name == f"{after.name}_growth"
            and figure.start == after.start
            and figure.subject == after.subject
            and not (mine.period or mine.window_end)
            and (other.period or other.window_end)
        ):
            shared = {"period": other.period, "window_start": other.window_start, "window_end": other.window_end}
            figure = replace(figure, values=mine.model_copy(update=shared))
        done.append(figure)
    return done


def _explicit(figures: list[Figure], vague: set[Figure]) -> list[Figure]:
    """Leave out what a vague word ("earnings") says where a plain one ("net profit") says it in the same sentence."""
    plain = {(figure.subject, figure.name) for figure in figures if figure not in vague}
    return [figure for figure in figures if figure not in vague or (figure.subject, figure.name) not in plain]


def _prices(doc: Doc, layout: Layout, taken: set[int]) -> list[Figure]:
    """How far a price moved over a time longer than a day, and the price to which it moved."""
    figures = []
    published = published_date(doc)
    for move in find_moves(layout, load_events(doc._.language), taken):
        span = span_of(layout, move)
        said = assess(doc, move.start, move.end)
        if span and not move.bare:
            values = move.values.model_copy(update=span)
            figures.append(Figure(move.who, "price_change", move.start, move.end, values, READER, said))
        price = move.price
        if (
            price is not None
            and price.start not in taken
            and said.modality == "fact"
            and move.who.label in ("Company", "Fund")
            and not (price.values.unit or "").startswith("USD/b")
        ):
            values = price.values.model_copy(update={"as_of": published.isoformat() if published and not span else None})
            figures.append(Figure(move.who, "share_price", move.start, price.end, values, READER, said))
    return figures


def _figure(doc: Doc, layout: Layout, found: Link, topic: Found | None, last: Figure | None) -> Figure | None:
    base = base_of(found.name)
    if found.name in SOLD and found.values.unit in ("share", "shares", "股"):
        return None  # shares that somebody sold are no goods
    if found.name in SHARES:
        subject = _whole(layout, found, topic)
    elif found.term.anaphor and last is not None:
        subject = last.subject
    else:
        crossing = layout.plain[found.term.start : found.term.end].startswith(("北向", "南向"))  # flows of their own, not of the topic
        subject = subject_of(layout, found.term.start, found.term.end, base.labels, topic, own=base.own or crossing)
    if subject is None and last is not None and not base.own and last.subject.label in base.labels and _goes_on(layout, last, found):
        subject = last.subject
    if subject is None and found.name == "power_capacity" and found.start == found.quantity.start:
        subject = _site(layout, found)
    if subject is None and base.thing is not None:
        subject = _thing(layout, found, *base.thing)
    if subject is None or (found.name in RATED and layout.lang.words["target"].search(layout.plain)):
        return None
    subject = _by_name(layout, subject)
    if subject.label == "Company" and found.name == "power_capacity" and found.start == found.quantity.start:
        return None  # what a company buys or plans is not what it has
    segment = found.term.segment
    if base.whole and segment and not _names(layout, subject, segment):
        return None
    if subject.label in PARTS and found.name.startswith(SOLD):
        owner = subject_of(layout, subject.start, subject.start, ("Company",), topic, own=found.name.startswith(SHARED))
        if owner is not None and layout.lang.patterns["maker"].fullmatch(layout.text[subject.start : subject.end]):
            segment, subject = None, owner  # "the chipmaker" is the company, no part of it
        elif owner is None and segment and _names(layout, subject, segment):
            segment = None
        if owner is not None:
            segment, subject = segment or layout.text[subject.start : subject.end], owner
    elif segment and _names(layout, subject, segment):
        segment = None
    if found.name in SHARES:
        segment = segment or _share_holder(layout, found)
        if segment is None or not any(character.isalnum() for character in segment):
            return None  # a share of nobody knows what
    if _of_another(layout, found, subject) or (found.name not in SHARES and _is_joint(layout, subject, found)):
        return None
    segment = segment or _unit_of(layout, subject, found) or _place_of(layout, subject, found)
    if base.whole and segment:
        return None
    update = {"segment": segment, **time_of(layout, found, moment=base.as_of)}
    if found.name.endswith("_growth") or found.quantity.kind == "multiple":
        update["basis"] = basis_of(layout, found)
        if update["basis"] == "qoq" and re.fullmatch(r"\d{4}-\d\d", update.get("period") or ""):
            update["basis"] = "mom"  # 环比 of a month is on the month before
    why = doubt(layout, found, subject, update.get("basis"))
    if why is not None:
        doc._.rejected = (*doc._.rejected, (found.start, found.end, f"{READER}: {found.name}: {why}"))
        return None
    values = found.values.model_copy(update={name: value for name, value in update.items() if value is not None})
    values = values.model_copy(update={"suspect": implausible(found.name, values, load_names())})
    said = (
        last.assertion
        if found.term.anaphor and found.term.growth and last is not None
        else _said(doc, layout, found, subject, values.period)
    )
    if values.period or values.window_end:
        said = replace(said, planned_for=values.period if said.modality == "plan" and base.own_plan and base.event is None else None)
    if (
        base.own_plan
        and said.modality == "fact"
        and not values.period
        and found.quantity.kind == "money"
        and found.start == found.quantity.start
    ):
        return None  # "its $5 billion capital spending": spent or planned, nothing says
    return Figure(subject=subject, name=found.name, start=found.start, end=found.end, values=values, reader=READER, assertion=said)


def _is_consensus(layout: Layout, found: Link) -> bool:
    """Tell whether the figure is what analysts at large expected: nobody's word."""
    clause = layout.plain[layout.start_of(found.start) : found.start].lstrip()
    hit = layout.lang.words["reporter"].search(clause[:32])
    return hit is not None and bool(layout.lang.words["guides"].search(clause))


def _said(doc: Doc, layout: Layout, found: Link, subject: Found, period: str | None) -> Assertion:
    term = base_of(found.name)
    said = assess(doc, found.start, found.end, subject=subject)
    if (
        (said.modality == "fact" or (said.modality == "forecast" and said.holder is None))
        and not said.negated
        and _is_guided(layout, found, subject, plan=term.own_plan)
    ):
        said = replace(said, modality="plan" if term.own_plan else "forecast", holder=subject)
    if said.modality == "hypothetical" and _ESTIMATED.search(layout.plain[layout.start_of(found.start) : found.start]):
        said = replace(said, modality="forecast")  # "potentially more of A, with an estimated B": only A is a mere possibility
    if term.observed and said.modality in ("forecast", "opinion") and not is_future(period, published_date(doc)):
        said = replace(said, modality="fact")  # "an estimated": measured, and not exactly
    told = layout.plain[layout.start_of(found.start) : found.end]
    if (
        said.modality == "fact"
        and not said.negated
        and is_future(period, published_date(doc))
        and not layout.lang.words["reported"].search(told)
    ):
        said = replace(said, modality="forecast")  # a fiscal year may be over before the year of its name
    if said.modality in ("plan", "forecast") and term.own_plan and (said.holder is None or said.holder == subject):
        said = replace(said, modality="plan", holder=subject)
    if said.modality == "plan" and term.own_plan and said.holder not in (None, subject) and said.holder.label == "Company":
        said = replace(said, modality="forecast")  # whoever says what others will do plans nothing
    return said


_ESTIMATED = re.compile(r"\b(?:estimated|projected|forecast|expected)\s+(?:\w+\s+)?$|(?:预计|预测|预期)[^，,]{0,4}$", re.IGNORECASE)
_PASSIVE = re.compile(r"\b(?:is|are|was|were|be|been|an?|the|its)\s+(?:\w+ly\s+)?$|被$", re.IGNORECASE)


def base_of(name: str) -> MetricTerm:
    """Return the standard term of a figure's name: that of revenue for revenue_growth."""
    names = load_names()
    return names.get(name) or names[name.removesuffix("_growth").removesuffix("_change")]


def _is_guided(layout: Layout, found: Link, subject: Found, *, plan: bool) -> bool:
    """Tell whether a figure is guidance: its owner expects it, or the term itself is that of a plan ("capital spending plan")."""
    if layout.lang.words["preview"].search(layout.plain[found.term.start : found.quantity.start]):
        return True
    if (
        plan
        and found.term.end <= found.quantity.start
        and layout.lang.words["guidance"].search(layout.plain[found.term.end : found.quantity.start])
    ):
        return True
    between = layout.plain[subject.end : found.start] if subject.start < subject.end <= found.start else ""
    if layout.lang.words["gives"].search(between) and layout.lang.words["guidance"].search(layout.plain[found.start : found.end]):
        return True
    if subject.label not in ("Company", "Organization") or len(between) >= 60:
        return False
    return any(not _PASSIVE.search(between[: hit.start()]) for hit in layout.lang.words["guides"].finditer(between))


def is_future(period: str | None, published: date | None) -> bool:
    """Tell whether most of a period (2027, FY2027, 2027Q1, 2027-05) lies after the day of publication."""
    found = re.match(r"(?:FY|CY)?(\d{4})(?:Q([1-4])|H([12])|-(\d{2})(?!\d))?", period or "")
    if found is None or published is None:
        return False
    month = int(found[4]) if found[4] else 3 * int(found[2]) - 1 if found[2] else 6 * int(found[3]) - 2 if found[3] else 7
    return 1 <= month <= 12 and date(int(found[1]), month, 15 if found[2] or found[4] else 1) > published


def _of_another(layout: Layout, found: Link, subject: Found) -> bool:
    """Tell whether the words after the value give it to somebody else: "10.9 trillion yen at Hitachi"."""
    after = next((m for m in layout.mentions if m.start >= found.end and m.label == "Company"), None)
    return (
        after is not None
        and subject.label == "Company"
        and after.entity != subject.entity
        and bool(re.fullmatch(r"\s+(?:at|for|of)\s+(?:rival\s+)?", layout.plain[found.end : after.start]))
    )


def _is_joint(layout: Layout, subject: Found, found: Link) -> bool:
    """Tell whether the subject is one of a list, whose figure it is together: "A and B combined are to post ..."."""
    if subject not in layout.mentions or subject.end > found.start:
        return False
    members = [m for m in layout.coordinated(subject) if m.end <= found.start and m.start >= layout.start_of(subject.start, soft=False)]
    tied = [
        m
        for m in members
        if m is not subject
        and re.fullmatch(r"\s*(?:and|or|、|和|与|及)\s*", layout.plain[min(m.end, subject.end) : max(m.start, subject.start)])
    ]
    return bool(tied)


_UNIT = re.compile(
    r"['’]s?\s+(?P<unit>(?:[\w,&-]+\s+){0,6}?(?:business(?:es)?|units?|groups?|divisions?|arm|segments?|operations|subsidiary|affiliate))\s"
    r"|\s+(?P<name>(?:(?:[A-Z][\w&-]*,?|&|and)\s+){1,5}?)(?:unit\s+|division\s+)?(?:reported|posted|said|had|saw|earned|lost|recorded|contributed|raised)\b"
)


def _unit_of(layout: Layout, subject: Found, found: Link) -> str | None:
    """The part of a company whose figure it is, though only the company has a name: "Boeing's defense business reported"."""
    if not layout.lang.spaced or subject.label != "Company" or subject.end > found.start or subject.start == subject.end:
        return None
    unit = _UNIT.match(layout.plain, subject.end, found.start)
    return (unit["unit"] or unit["name"]).strip(" ,") if unit else None


def _thing(layout: Layout, found: Link, label: str, name: str, words: str) -> Found | None:
    """What a term names itself: the tokens of "token consumption"."""
    hit = re.compile(words, re.IGNORECASE).search(layout.text, found.term.start, found.term.end)
    return Found(hit.start(), hit.end(), label, None, READER, name=name) if hit else None


def _site(layout: Layout, found: Link) -> Found | None:
    """The one facility that the sentence names before a power: "the launch of X, the first 1 GW cluster"."""
    sites = [m for m in layout.mentions if m.label == "Facility" and m.end <= found.start]
    return sites[0] if sites and len({m.entity or layout.text[m.start : m.end] for m in sites}) == 1 else None


def _by_name(layout: Layout, subject: Found) -> Found:
    """Return the mention that names the subject in this sentence, where the one found only refers back to it."""
    if not subject.antecedent or subject.start == subject.end:
        return subject
    key = subject.entity or subject.name
    return next((m for m in layout.mentions if not m.antecedent and key in (m.entity, m.name, layout.text[m.start : m.end])), subject)


def _goes_on(layout: Layout, last: Figure, found: Link) -> bool:
    """Tell whether a term goes on about the subject of the figure before it: nobody else is named in between."""
    between = [
        m
        for m in layout.mentions
        if last.end <= m.start and m.end <= found.term.start and m.label in ("Company", "Organization", "Fund", "Index")
    ]
    return not between and not any(last.end <= cut < found.term.start for cut in layout.hard)


def _whole(layout: Layout, found: Link, topic: Found | None) -> Found | None:
    """Whose revenue a part is a share of: the possessor of the whole, who says so, or the topic; never the part itself."""
    companies = [m for m in layout.mentions if m.label == "Company"]
    inside = [m for m in companies if found.quantity.end <= m.start and m.end <= found.end]
    if inside:
        return inside[0]
    after = [m for m in companies if m.start >= found.end and re.fullmatch(r"\s+(?:of|for|at)\s+", layout.plain[found.end : m.start])]
    if after:
        return after[0]
    before = [m for m in companies if m.end <= found.start]
    parts = [m for m in before if not layout.plain[m.end : found.start].strip(" ,，")]
    owners = [m for m in before if m not in parts]
    if owners and len({m.entity or layout.text[m.start : m.end] for m in owners}) == 1 and not parts:
        return owners[0]
    return topic if topic is not None and topic.label == "Company" and not owners else None


def _names(layout: Layout, subject: Found, segment: str) -> bool:
    text = layout.text[subject.start : subject.end]
    return bool(text) and (segment in text or text in segment)


def _place_of(layout: Layout, subject: Found, found: Link) -> str | None:
    """The place that sales are said to be made in: "a 6 percent drop in first-half sales in the United States"."""
    if subject.label != "Company" or not found.name.startswith(SOLD):
        return None
    place = next((m for m in layout.mentions if m.start >= found.term.end), None)
    told = place is not None and place.label == "Place" and layout.lang.patterns["sold_in"].fullmatch(layout.plain[found.term.end : place.start])
    return layout.text[place.start : place.end] if place is not None and told else None


def _share_holder(layout: Layout, found: Link) -> str | None:
    """The part that makes up a share of the whole: the subject of the verb, as the text calls it."""
    clause = layout.start_of(found.start)
    terms = [term for term in find_terms(layout) if term.end <= found.start and term.segment]
    parts = [m for m in layout.mentions if m.label in PARTS and m.end <= found.start and m.start >= clause]
    if parts:
        return layout.text[parts[0].start : parts[-1].end].strip()
    if terms:
        return terms[-1].segment
    words = layout.plain[clause : found.start].strip(" ,，")
    words = re.sub(r"^(?:the|its|their|其中|其|公司)\s*", "", words, flags=re.IGNORECASE)
    return words if 0 < len(words) <= (40 if layout.lang.spaced else 14) and not re.search(r"\d", words) else None
