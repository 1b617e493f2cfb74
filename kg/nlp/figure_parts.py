"""Of which part of its subject a figure speaks: a unit, a product, a place; and whose a share of the whole is."""

from __future__ import annotations

import re

from kg.nlp.layout import Layout
from kg.nlp.linking import Link
from kg.nlp.spans import Found
from kg.nlp.subjects import strip_words, without_values
from kg.nlp.terms import find_terms

PARTS = frozenset({"Sector", "Product", "Place"})  # whose revenue is a company's revenue of that part, where the company is known
GOODS = ("Sector", "Product", "Resource")
TRADED = ("exports", "imports", "export_volume", "import_volume")  # which countries do with goods
SOLD = ("revenue", "gross_margin", "sales_volume", "deliveries", "shipments", "production", "market_share")

_UNIT = re.compile(
    r"['’]s?\s+(?P<unit>(?:[\w,&-]+\s+){0,6}?(?:business(?:es)?|units?|groups?|divisions?|arm|segments?|operations|subsidiary|affiliate))\s"
    r"|\s+(?P<name>(?:(?:[A-Z][\w&-]*,?|&|and)\s+){1,5}?)(?:unit\s+|division\s+)?(?:reported|posted|said|had|saw|earned|lost|recorded|contributed|raised)\b"
)


def unit_of(layout: Layout, subject: Found, found: Link) -> str | None:
    """The part of a company whose figure it is, though only the company has a name: "Boeing's defense business reported"."""
    if not layout.lang.spaced or subject.label != "Company" or subject.end > found.start or subject.start == subject.end:
        return None
    unit = _UNIT.match(layout.plain, subject.end, found.start)
    return (unit["unit"] or unit["name"]).strip(" ,") if unit else None


def place_of(layout: Layout, subject: Found, found: Link) -> str | None:
    """The place that sales are said to be made in: "a 6 percent drop in first-half sales in the United States"."""
    if subject.label != "Company" or not found.name.startswith(SOLD):
        return None
    place = next((m for m in layout.mentions if m.start >= found.term.end), None)
    told = place is not None and place.label == "Place" and layout.lang.patterns["sold_in"].fullmatch(layout.plain[found.term.end : place.start])
    return layout.text[place.start : place.end] if place is not None and told else None


def placed(layout: Layout, subject: Found, found: Link, segment: str | None) -> tuple[Found, str | None]:
    """Return the subject and the part of a figure, as the place says that stands right before either.

    Of goods that a country trades ("美国煤炭出口") the country is the subject and the goods are the part; of other goods and sectors the
    country is the part ("the Indian airline market"); a company's sales somewhere (在中国的销量) are those of that part.
    """
    if subject.start == subject.end:
        return subject, segment
    place = next((m for m in reversed(layout.mentions) if m.label == "Place" and m.end <= found.term.start), None)
    if subject.label in GOODS:
        land = place if place is not None and place.end <= subject.start and _stands_before(layout, place, subject) else None
        own = layout.lang.patterns["own_land"].search(layout.plain[: subject.start])
        if land is not None and found.name.startswith(TRADED):
            # 美国大豆进口量: goods that are brought in bear the name of where they come from
            return (land, segment or layout.text[subject.start : subject.end]) if found.name.startswith("export") else (subject, segment)
        if land is not None or own is not None:
            return subject, segment or (layout.text[land.start : land.end] if land is not None else own["land"] if own is not None else None)
    elif (
        subject.label == "Company" and found.name.startswith(SOLD) and place is not None and place.start >= subject.end
        and layout.lang.patterns["sold_at"].fullmatch(layout.plain[subject.end : place.start])
    ):
        sold = layout.text[place.start : place.end]
        return subject, sold if segment is None or sold in segment else f"{sold}{segment}"
    return subject, segment


def _stands_before(layout: Layout, place: Found, goods: Found) -> bool:
    gap = strip_words(without_values(layout, place.end, goods.start), layout.lang.words["modifiers"])
    return layout.start_of(goods.start) <= place.start and gap in ("", "的", "整体", "total", "overall", "domestic")


def names(layout: Layout, subject: Found, segment: str) -> bool:
    text = layout.text[subject.start : subject.end]
    return bool(text) and (segment in text or text in segment)


def whole(layout: Layout, found: Link, topic: Found | None) -> Found | None:
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


def share_holder(layout: Layout, found: Link) -> str | None:
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
