"""Why a figure that was read is not claimed: it is somebody else's, of several together, or of no one yet.

Precision comes first: where the words leave it open whose figure it is, nothing is said, and the reason is kept with the reading.
"""

from __future__ import annotations

import re

from kg.knowledge.lexicon import is_source
from kg.nlp.figure_parts import GOODS, TRADED
from kg.nlp.layout import Layout
from kg.nlp.linking import Link
from kg.nlp.spans import Found
from kg.nlp.subjects import strip_words, without_values

_PAID = ("debt", "cash")
_BY_MODEL = ("orders", "deliveries", "backlog")
_FLOWS = ("fund_flow", "fund_flow_units")
_EARNED = ("net_profit", "operating_profit", "pretax_profit", "gross_profit", "revenue")
_TOPIC = 4  # characters behind a colon that rather end the name before it (中广核电力：总发电量)
_BRACKET = re.compile("[(（]")
_SALES = ("revenue", "sales_volume", "deliveries", "shipments", "production")
_HELD_BY_ONE = ("kWh", "Wh", "mAh")
_OF_FIRMS = (*_EARNED, "gross_margin", "net_margin")


def doubt(layout: Layout, found: Link, subject: Found, basis: str | None, segment: str | None = None) -> str | None:
    """Return why the figure `found` is not claimed of `subject`, or None.

    `basis` is what it is measured against and `segment` of which part it is, where that is said.
    """
    patterns = layout.lang.patterns
    clause = layout.start_of(found.start)
    before = layout.plain[clause : found.start]
    if patterns["threshold"].search(layout.plain[layout.start_of(found.start, soft=False) : found.start]):
        return "a threshold, not a level"
    if patterns["of_class"].match(layout.plain, found.quantity.end):
        return "a mark that others pass, not a level"
    if layout.in_brackets(found.quantity.start) and patterns["bracketed_other"].search(_BRACKET.split(layout.text[: found.quantity.start])[-1]):
        return "what was expected or came before, in brackets"
    if found.name == "registered_capital" and (subject.antecedent or subject.start == subject.end):
        return "the capital of a firm that the sentence does not name"
    if found.name == "production_capacity" and found.quantity.kind == "energy" and found.values.unit in _HELD_BY_ONE:
        return "what one of them holds, not what is made"
    if subject.label == "Organization" and subject.start == subject.end:
        return "a body that the text is about tells of others"
    if found.name not in _FLOWS and subject.label in GOODS and _are_named_apart(layout, found, subject):
        return "goods named in another clause"
    if found.quantity.kind == "count" and patterns["ranked"].match(layout.plain, found.quantity.end):
        return "so many of the biggest, no figure"
    if found.name == "employees" and patterns["not_staff"].search(layout.plain[found.start : found.end]):
        return "people who do not work there"
    if found.name == "registered_capital" and patterns["longer_firm"].search(layout.plain[: subject.start]):
        return "the capital of a firm with a longer name"
    if found.name in TRADED and subject.start >= found.term.end and patterns["origin"].fullmatch(layout.plain[found.term.end : subject.start]):
        return "where goods come from or go to, not who trades them"
    if subject.label in GOODS and segment is None and patterns["limited"].search(layout.plain[: subject.start]):
        return "said of a part of them only"
    if _is_of_an_untold_part(layout, found, subject, segment):
        return "said of a part that has no name here"
    if subject.label == "Product" and found.name.startswith(_BY_MODEL) and layout.text[subject.start : subject.end].islower():
        return "whose orders they are, nothing says"
    if subject.label == "Product" and subject.start == subject.end and found.name.startswith(_OF_FIRMS):
        return "a product earns nothing that the sentence does not say"
    if subject.label == "Place" and layout.lang.spaced and found.name.startswith(_SALES) and any(
        m.label == "Company" and m.end <= subject.start and not is_source(m.entity) for m in layout.mentions
    ):
        return "whose sales there, nothing says"
    if subject.label in ("Place", *GOODS) and patterns["whose_there"].search(layout.plain[: subject.start]):
        return "what somebody does there"
    if patterns["joint"].search(layout.plain[clause : found.end]):
        return "the figure of several together"
    if subject.end <= clause and patterns["elsewhere"].match(before):
        return "said of a place, not of the subject as a whole"
    if found.term.segment and patterns["owner_unknown"].match(found.term.segment):
        return "the possessor is nobody known"
    if subject.label == "Place" and _is_part_of_name(layout, subject):
        return "the place is part of a longer name"
    if subject.label == "Company" and _forecast_of_a_market(layout, found, subject):
        return "a forecast of a market, not of its author"
    if subject.label == "Sector" and found.name.startswith(_EARNED) and _is_trade_of_a_firm(layout, subject):
        return "the figure of a firm that nobody knows"
    if subject.label == "Place" and layout.in_brackets(subject.start):
        return "a place in brackets is nobody's subject"
    if patterns["part_subject"].search(layout.plain[layout.start_of(found.start, soft=False) : found.start]):
        return "said of a part that has no name"
    if subject.label == "Organization" and found.name.startswith(_OF_FIRMS):
        return "the figure of its members: a body earns nothing"
    if found.quantity.kind == "money" and patterns["part_of"].search(layout.plain[: found.start]):
        return "of which only a part is the subject's"
    behind = found.term.end <= found.quantity.start
    if behind and found.quantity.kind == "count" and patterns["definite"].search(layout.plain[: found.quantity.start]):
        return "things named before, no figure"
    if behind and found.quantity.kind == "money" and patterns["sum_of_another"].match(layout.plain, found.quantity.end):
        return "the sum of something else"
    if _changes_it(layout, found, clause):
        return "what changes it, not its level"
    if found.name in _BY_MODEL and patterns["for_model"].match(layout.plain, max(found.term.end, found.quantity.end)):
        return "said of one model"
    if found.name == "ipo_proceeds" and patterns["not_ipo"].search(layout.plain):
        return "the money of another issue"
    if found.name in _FLOWS and patterns["seats"].search(before):
        return "the buying of a seat, not the flow into the share"
    if found.name in _FLOWS and subject.label == "Company" and patterns["crossing"].search(layout.plain[: found.start]):
        return "the flow of a channel into many shares"
    if found.name in _PAID and found.quantity.end <= found.term.start and patterns["paid_in"].search(layout.plain[: found.quantity.start]):
        return "a price paid in it"
    if found.name == "revenue_share" and patterns["of_stranger"].match(layout.plain, found.quantity.end) and subject.start != subject.end:
        held = any(found.quantity.end <= m.start and m.end <= found.end for m in layout.mentions)
        return None if held else "the whole is that of nobody known"
    if found.quantity.kind == "multiple" and basis is None and patterns["than_another"].match(layout.plain, found.quantity.end):
        return "a multiple of another's"
    return "a count of something else" if layout.counts_another(found.quantity) else None


def _are_named_apart(layout: Layout, found: Link, subject: Found) -> bool:
    """Tell whether Chinese goods or a sector stand in an earlier clause than the term, and not before a colon."""
    headed = layout.text[subject.end : subject.end + 1] in (":", "：")
    return not layout.lang.spaced and not headed and subject.end <= layout.start_of(found.term.start)


def _is_of_an_untold_part(layout: Layout, found: Link, subject: Found, segment: str | None) -> bool:
    """Tell whether words between a Chinese subject and the term narrow the figure down, and no part was read from them: 甲公司期货成交量."""
    if layout.lang.spaced or segment is not None or subject.label not in ("Company", "Organization", *GOODS):
        return False
    if not max(layout.start_of(found.term.start), 1) <= subject.end <= found.term.start:
        return False
    gap = re.split("[:：]", without_values(layout, subject.end, found.term.start))
    left = strip_words(gap[-1], layout.lang.words["modifiers"]).replace(" ", "")
    return (len(gap) == 1 or len(left) > _TOPIC) and layout.lang.patterns["narrowing"].fullmatch(left) is not None


def _is_trade_of_a_firm(layout: Layout, subject: Found) -> bool:
    """Tell whether a sector's name only says what a firm does: "the chipmaker", 某公司主要从事储能，营收……"""
    patterns, words = layout.lang.patterns, layout.text[subject.start : subject.end].split()
    return bool(patterns["unnamed_firm"].match(layout.plain, subject.end) or (words and patterns["maker"].fullmatch(words[-1])))


def _changes_it(layout: Layout, found: Link, clause: int) -> bool:
    """Tell whether the quantity is by how much the level moved: "rose by 3 billion", "cut 500 jobs", "weighed on profit by 20 million"."""
    patterns, plain = layout.lang.patterns, layout.plain
    if found.quantity.kind not in ("money", "count") or found.name.endswith(("_growth", "_change")):
        return False
    if patterns["by_how_much"].search(plain[: found.quantity.start]) or patterns["fewer"].search(plain[: found.term.start]):
        return True
    return found.quantity.kind == "money" and found.name in _EARNED and patterns["effect_on"].search(plain[clause : found.term.start]) is not None


def _is_part_of_name(layout: Layout, subject: Found) -> bool:
    if not layout.pos:
        return False
    left = layout.lang.patterns["longer_before"].search(layout.text, 0, subject.start)
    right = layout.lang.patterns["longer_after"].match(layout.text, subject.end)
    named = [(m.start, m.end) for m in layout.mentions]
    return any(
        hit is not None
        and layout.pos.get(hit.start() if hit is left else hit.start() + 1) == "PROPN"
        and not any(start <= hit.start() + 1 < end for start, end in named)
        for hit in (left, right)
    )


def _forecast_of_a_market(layout: Layout, found: Link, subject: Found) -> bool:
    """Tell whether a place stands right before the term, and a word of forecasting right behind: "its U.S. auto sales forecast"."""
    if not layout.lang.words["guidance"].match(layout.plain[found.term.end :].lstrip()):
        return False
    return any(
        m.label in ("Place", "Sector") and subject.end <= m.start and m.end <= found.term.start
        and m.start >= layout.start_of(found.term.start) and len(layout.plain[m.end : found.term.start].split()) <= 2
        for m in layout.mentions
    )
