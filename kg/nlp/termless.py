"""Figures whose words need no term: shares of a whole, percentiles, the power that a site is built for."""

from __future__ import annotations

import re

from kg.model import Values
from kg.nlp.layout import Layout
from kg.nlp.linking import Link, is_linked
from kg.nlp.spans import Quantity
from kg.nlp.terms import Term


def share(layout: Layout, quantity: Quantity) -> Link | None:
    """ "made up 31% of revenue", 占营收的31%."""
    if quantity.kind != "percent":
        return None
    for name, cue in layout.lang.shares.items():
        before = layout.plain[max(0, quantity.start - 40) : quantity.start]
        hits = list(cue.finditer(before))
        if not hits:
            continue
        hit, base = hits[-1], max(0, quantity.start - 40)
        if layout.lang.spaced:
            filler = re.fullmatch(
                r"\s*(?:(?:for|about|around|nearly|over|just|some|roughly|only|a combined|more than|up)\s*)*", before[hit.end() :]
            )
            of = re.match(
                r"\s+of\s+(?:(?:its|the|their|the company['’]s|total|group|overall|net|annual|quarterly|[\w.&]+['’]s|all|wafer)\s+)*"
                r"(?P<what>revenues?|sales|turnover)\b",
                layout.plain[quantity.end :],
                re.IGNORECASE,
            )
            if filler is not None and of is not None:
                start, end = base + hit.start(), quantity.end + of.end()
                return Link(Term(start, end, (name,)), quantity, name, quantity.values, start, end)
        elif not before[hit.end() :].strip():
            of = re.match(r"\s*的(?:总)?(?:营业)?(?:营收|收入|销售额)", layout.plain[quantity.end :])
            if "贡献" not in hit.group() or of:
                start = base + hit.start()
                return Link(
                    Term(start, quantity.end, (name,)), quantity, name, quantity.values, start, quantity.end + (of.end() if of else 0)
                )
    return None


def percentile(layout: Layout, quantity: Quantity) -> Link | None:
    """ "PE is at the 90th percentile", 市盈率处于近十年85%分位."""
    if quantity.kind not in ("percent", "number", "count"):
        return None
    after = layout.plain[quantity.end : quantity.end + 14]
    if (
        not re.match(r"(?:st|nd|rd|th)?\s*(?:percentile|的?(?:历史)?分位)", after, re.IGNORECASE)
        and "percentile" not in layout.text[quantity.start : quantity.end]
    ):
        return None
    start = layout.start_of(quantity.start)
    best: tuple[int, str] | None = None
    for name, cue in layout.lang.percentiles.items():
        for hit in cue.finditer(layout.plain, start, quantity.start):
            if best is None or hit.start() > best[0]:
                best = (hit.start(), name)
    if best is None:
        return None
    values = quantity.values.model_copy(update={"unit": "%"})
    return Link(Term(best[0], quantity.end, (best[1],)), quantity, best[1], values, best[0], quantity.end)


_ORDINAL = re.compile(r"(\d{1,2}(?:\.\d+)?)(?:st|nd|rd|th)\s+percentile", re.IGNORECASE)


def ordinal_percentiles(layout: Layout) -> list[Link]:
    """ "at the 90th percentile": an ordinal, so no value of the sentence's own."""
    links = []
    for found in _ORDINAL.finditer(layout.plain):
        if not any(value.start < found.end() and found.start() < value.end for value in layout.values):
            values = Values(value=float(found[1]), unit="%", display=found.group())
            link_ = percentile(layout, Quantity(found.start(), found.end(), "percent", values))
            links += [link_] if link_ else []
    return links


def power(layout: Layout, links: list[Link], quantity: Quantity) -> Link | None:
    """ "a 300 MW site, to reach 500 MW": power that a place is built for needs no term."""
    after = layout.plain[quantity.end :]
    before = layout.plain[layout.start_of(quantity.start, soft=False) : quantity.start]
    chained = bool(links) and links[-1].name == "power_capacity" and is_linked(layout, links[-1].end, quantity)
    if not (chained or layout.lang.words["site_after"].match(after) or layout.lang.words["site_before"].search(before)):
        return None
    return Link(
        Term(quantity.start, quantity.end, ("power_capacity",)), quantity, "power_capacity", quantity.values, quantity.start, quantity.end
    )
