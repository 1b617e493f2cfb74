"""Figures: which metric of whom a typed value is, for which period, part and basis.

A value belongs to the term right after it ("$1 billion in revenue") or to the nearest fitting one before it, when only words stand between
that link terms to values. Values in one list are aligned with periods, terms or subjects of the same number. When in doubt, no figure.
"""

from __future__ import annotations

import re
from dataclasses import replace
from itertools import pairwise

from spacy.tokens import Doc

from kg.knowledge.event_types import load_events
from kg.knowledge.metric_terms import MetricTerm, load_names
from kg.nlp.alignment import aligned
from kg.nlp.assertion import assess
from kg.nlp.doubts import doubt
from kg.nlp.figure_modality import is_consensus, said_of
from kg.nlp.figure_parts import PARTS, SOLD, names, place_of, placed, share_holder, unit_of, whole
from kg.nlp.layout import Layout, lay_out
from kg.nlp.linking import TIMES, Link
from kg.nlp.price_moves import find_moves, span_of
from kg.nlp.spans import Figure, Found, published_date
from kg.nlp.subjects import subject_of
from kg.nlp.suspects import flag_parts, flag_suspects, implausible, overlong
from kg.nlp.terms import find_terms
from kg.nlp.timing import basis_of, time_of
from kg.nlp.value_reading import link

__all__ = ["extract", "flag_suspects"]

READER = "metrics"
RATED = ("pe_ratio", "pb_ratio", "ps_ratio", "share_price")  # beside a target price, they are part of a rating
SHARES = ("revenue_share", "profit_share")
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
        if is_consensus(layout, found):
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
        subject = whole(layout, found, topic)
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
    if base.whole and segment and not names(layout, subject, segment):
        return None
    if subject.label in PARTS and found.name.startswith(SOLD):
        owner = subject_of(layout, subject.start, subject.start, ("Company",), topic, own=found.name.startswith(SHARED))
        if owner is not None and layout.lang.patterns["maker"].fullmatch(layout.text[subject.start : subject.end]):
            segment, subject = None, owner  # "the chipmaker" is the company, no part of it
        elif owner is None and segment and names(layout, subject, segment):
            segment = None
        if owner is not None:
            segment, subject = segment or layout.text[subject.start : subject.end], owner
    elif segment and names(layout, subject, segment):
        segment = None
    if found.name in SHARES:
        segment = segment or share_holder(layout, found)
        if segment is None or not any(character.isalnum() for character in segment):
            return None  # a share of nobody knows what
    if _of_another(layout, found, subject) or (found.name not in SHARES and _is_joint(layout, subject, found)):
        return None
    subject, segment = placed(layout, subject, found, segment)
    segment = segment or unit_of(layout, subject, found) or place_of(layout, subject, found)
    if base.whole and segment:
        return None
    update = {"segment": segment, **time_of(layout, found, moment=base.as_of)}
    if found.name.endswith("_growth") or found.quantity.kind == "multiple":
        update["basis"] = basis_of(layout, found)
        if update["basis"] == "qoq":
            update["basis"] = _sequential(layout, update.get("period"))
    why = doubt(layout, found, subject, update.get("basis"), segment)
    if why is not None:
        doc._.rejected = (*doc._.rejected, (found.start, found.end, f"{READER}: {found.name}: {why}"))
        return None
    values = found.values.model_copy(update={name: value for name, value in update.items() if value is not None})
    values = values.model_copy(update={"suspect": implausible(found.name, values, load_names())})
    said = (
        last.assertion
        if found.term.anaphor and found.term.growth and last is not None
        else said_of(doc, layout, found, subject, base, values.period)
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


def base_of(name: str) -> MetricTerm:
    """Return the standard term of a figure's name: that of revenue for revenue_growth."""
    names = load_names()
    return names.get(name) or names[name.removesuffix("_growth").removesuffix("_change")]


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


_QUARTER = re.compile("季(?!节)")


def _sequential(layout: Layout, period: str | None) -> str | None:
    """What 环比 and "sequentially" mean: on the month before where a month is told of, on the quarter before where a quarter is."""
    if layout.lang.spaced:
        return "mom" if re.fullmatch(r"\d{4}-\d\d", period or "") else "qoq"
    if period is None:
        return "qoq" if _QUARTER.search(layout.plain) else "mom" if "月" in layout.plain else None
    return "mom" if re.fullmatch(r"\d{4}-\d\d", period) else "qoq" if "Q" in period or _QUARTER.search(layout.plain) else None


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
