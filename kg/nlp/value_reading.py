"""Every value of a sentence read once: by a term beside it, by words of its own, or by the value before it."""

from __future__ import annotations

import re

from kg.nlp.layout import Layout
from kg.nlp.linking import PROFITS, TIMES, Link, after, before, negative
from kg.nlp.spans import Quantity
from kg.nlp.termless import ordinal_percentiles, percentile, power, share
from kg.nlp.terms import Term


def link(layout: Layout, terms: list[Term]) -> list[Link]:
    """Return the figures of a sentence, each value once, in order."""
    links: list[Link] = ordinal_percentiles(layout)
    for quantity in layout.values:
        if quantity.kind in TIMES or _is_conversion(layout, quantity):
            continue
        beside = _beside(layout, links, quantity)
        if beside is not None:
            links += beside
            continue
        found = share(layout, quantity) or percentile(layout, quantity) or _of(layout, terms, quantity)
        found = found or after(layout, terms, quantity) or before(layout, terms, quantity)
        if found is None and quantity.kind == "power":
            found = power(layout, links, quantity)
        if found is not None:
            links.append(found)
    return links


def _of(layout: Layout, terms: list[Term], quantity: Quantity) -> Link | None:
    """ "a backlog of 4,057 orders": the word before "of" says what the figure is, the one behind it what is counted."""
    last = next((term for term in reversed(terms) if term.end <= quantity.start), None)
    if last is None or quantity.kind != "count" or not _OF.fullmatch(layout.plain[last.end : quantity.start]):
        return None
    return before(layout, terms, quantity)


def _is_conversion(layout: Layout, quantity: Quantity) -> bool:
    """Tell whether a sum in brackets only says the sum before it in another currency."""
    before = next((v for v in reversed(layout.values) if v.end <= quantity.start), None)
    return (
        before is not None
        and before.kind == quantity.kind == "money"
        and layout.in_brackets(quantity.start)
        and not layout.in_brackets(before.start)
        and bool(re.fullmatch(r"\s*[(（]\s*(?:约|约合|合|about|or|around|some)?\s*", layout.text[before.end : quantity.start]))
    )


_OF = re.compile(r"\s+of\s+(?:about\s+|around\s+|nearly\s+|some\s+|over\s+|more than\s+)?", re.IGNORECASE)
_OR = re.compile(r"\s*,?\s*or\s+(?:about\s+)?|\s*[(（]\s*", re.IGNORECASE)


def _beside(layout: Layout, links: list[Link], quantity: Quantity) -> list[Link] | None:
    """ "net income of $2 billion, or 38 cents a share": the same again, by the share or in other money."""
    before = next((v for v in reversed(layout.values) if v.end <= quantity.start), None)
    if before is None or before.kind != "money" or quantity.kind != "money" or not _OR.fullmatch(layout.text[before.end : quantity.start]):
        return None
    last = links[-1] if links and links[-1].quantity is before else None
    if last is None or not (quantity.values.unit or "").endswith("/share") or last.name not in PROFITS:
        return []
    values = negative(quantity.values) if last.term.loss else quantity.values
    return [Link(last.term, quantity, "eps", values, last.start, quantity.end)]
