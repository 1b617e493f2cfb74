"""How a figure is said: as a level reached, as guidance, as what others expect; and whether a period is still to come."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date

from spacy.tokens import Doc

from kg.knowledge.metric_terms import MetricTerm
from kg.nlp.assertion import assess
from kg.nlp.layout import Layout
from kg.nlp.linking import Link
from kg.nlp.spans import Assertion, Found, published_date

_ESTIMATED = re.compile(r"\b(?:estimated|projected|forecast|expected)\s+(?:\w+\s+)?$|(?:预计|预测|预期)[^，,]{0,4}$", re.IGNORECASE)
_PASSIVE = re.compile(r"\b(?:is|are|was|were|be|been|an?|the|its)\s+(?:\w+ly\s+)?$|被$", re.IGNORECASE)


def said_of(doc: Doc, layout: Layout, found: Link, subject: Found, term: MetricTerm, period: str | None) -> Assertion:
    """Return how a figure of a term is said of its subject, for a period (of `Values`) or none."""
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
    if said.modality == "fact" and not term.own_plan and not term.observed and found.term.end <= found.quantity.start:
        aimed = layout.lang.patterns["aimed"].match(layout.plain, found.term.end)
        met = layout.lang.patterns["met"].search(layout.plain, layout.start_of(found.term.start), found.term.start)
        said = replace(said, modality="forecast") if aimed and not met else said  # 销量目标高达150万辆
    if said.modality == "forecast" and layout.lang.patterns["at_present"].search(layout.plain[: found.quantity.start]):
        said = replace(said, modality="fact")  # "from today's 21 times to 18": only the end of it is to come
    if said.modality in ("plan", "forecast") and _is_long_over(period, published_date(doc), planned=said.modality == "plan"):
        said = replace(said, modality="fact", holder=None, planned_for=None)  # "hopes to better the 2009 sales of 30": these are known
    if said.modality == "fact" and said.holder is not None and said.holder.start >= found.end:
        expected = layout.lang.words["expectation"].search(layout.plain, found.end, said.holder.start)
        said = replace(said, holder=None) if expected else said  # "above the average estimate, according to X": X has the estimate
    told = layout.plain[layout.start_of(found.start) : found.end]
    if (
        said.modality == "fact"
        and not said.negated
        and is_future(period, published_date(doc))
        and not layout.lang.words["reported"].search(told)
    ):
        said = replace(said, modality="forecast")  # a fiscal year may be over before the year of its name
    if said.modality in ("plan", "forecast") and term.own_plan and (said.holder is None or _is(said.holder, subject)):
        said = replace(said, modality="plan", holder=subject)
    if said.modality == "plan" and term.own_plan and said.holder is not None and not _is(said.holder, subject) and said.holder.label == "Company":
        said = replace(said, modality="forecast")  # whoever says what others will do plans nothing
    return said


def _is(one: Found, other: Found) -> bool:
    return one == other or (one.entity is not None and one.entity == other.entity)


def is_consensus(layout: Layout, found: Link) -> bool:
    """Tell whether the figure is what analysts at large expected: nobody's word."""
    clause = layout.plain[layout.start_of(found.start) : found.start].lstrip()
    hit = layout.lang.words["reporter"].search(clause[:32])
    return hit is not None and bool(layout.lang.words["guides"].search(clause))


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


def _is_long_over(period: str | None, published: date | None, *, planned: bool) -> bool:
    """Tell whether a period's year ended before publication: nobody plans for it; a forecast of it is older than a report that is still due."""
    years = re.findall(r"\d{4}", period or "")
    return bool(years) and published is not None and int(years[-1]) < published.year - (0 if planned else 1)


def is_future(period: str | None, published: date | None) -> bool:
    """Tell whether most of a period (2027, FY2027, 2027Q1, 2027-05) lies after the day of publication."""
    found = re.match(r"(?:FY|CY)?(\d{4})(?:Q([1-4])|H([12])|-(\d{2})(?!\d))?", period or "")
    if found is None or published is None:
        return False
    month = int(found[4]) if found[4] else 3 * int(found[2]) - 1 if found[2] else 6 * int(found[3]) - 2 if found[3] else 7
    return 1 <= month <= 12 and date(int(found[1]), month, 15 if found[2] or found[4] else 1) > published
