"""Moves of prices: whose shares, which index or fund, how far, in which session; one move for each that a list names."""

from __future__ import annotations

import re
from dataclasses import dataclass

from kg.knowledge.event_types import EventLanguage
from kg.model import Values
from kg.nlp.layout import Layout
from kg.nlp.linking import negative
from kg.nlp.spans import Found, Quantity

LABELS = ("Company", "Fund", "Index", "Sector", "Product", "Resource")
NAMED = ("Company", "Fund", "Index")  # what has a price of its own; sectors and goods must be said to be traded
_OF = re.compile(r"(?:shares?|stocks?|units?)\s+(?:of|in)\s+(?:the\s+)?$", re.IGNORECASE)
_SERIES = re.compile(r"^(?:\s*(?:,|points?|or|and|%)\s*)*$", re.IGNORECASE)
_PRICE = re.compile(r"\s*(?:,|，|;)?\s*(?:to|at|to close at|to trade at|to end at|报于?|至|收于|收报|股价报|现报|，报)\s*(?:a\s+[\w\s-]{0,25}(?:of|at)\s+)?$", re.IGNORECASE)
_TRADED_EN = re.compile(r"\s+(?:(?:concept|application|related|equipment|technology|chip|bank|energy|mining)\s+)?(?:shares|stocks|equities|futures|prices|index|etfs?|names|companies)\b|\s+sector\b", re.IGNORECASE)
_TRADED_ZH = re.compile(r"[\u4e00-\u9fffA-Z+]{0,6}?(?:板块|概念股?|股|指数|期货|主力|ETF|合约|现货|赛道|方向)")


@dataclass(frozen=True)
class Move:
    """One move: of whom, by how much (`values`: a percentage below zero is a fall; a bound of 0 where only the direction is told)."""

    who: Found
    values: Values
    start: int
    end: int
    price: Quantity | None = None


def find_moves(layout: Layout, language: EventLanguage, taken: set[int]) -> list[Move]:
    """Return the moves of prices in a sentence. `taken` holds where values begin that are figures of something else."""
    moves: list[Move] = []
    verbs = [(hit, way) for way in ("up", "down") for hit in language.moves[way].finditer(layout.plain)]
    for hit, way in sorted(verbs, key=lambda pair: (pair[0].start(), -pair[0].end())):
        if any(move.start <= hit.start() < move.end for move in moves) or any(m.start <= hit.start() < m.end for m in layout.mentions):
            continue
        who = _who(layout, language, hit.start())
        if not who:
            continue
        value = _value(layout, language, hit.start(), hit.end(), taken)
        if value is None and not _told_alone(layout, who[-1], hit):
            continue
        values = _values(value, way)
        end = max(value.end if value else 0, hit.end())
        price = _price(layout, end) if value else None
        moves += [Move(member, values, hit.start(), end, price) for member in who]
    return moves


def _who(layout: Layout, language: EventLanguage, verb: int) -> list[Found]:
    """The mention, with its list, that ends right before the verb but for words that may stand there."""
    last = next((m for m in reversed(layout.mentions) if m.end <= verb and m.label in LABELS), None)
    if last is None or layout.in_brackets(last.start) != layout.in_brackets(verb):
        return []
    gap = layout.plain[last.end:verb]
    if any(m.start >= last.end and m.end <= verb for m in layout.mentions if m.label not in ("Place",)):
        return []
    if language.language == "zh":
        gap = _without_numbers(layout, last.end, gap)
        if not language.moves["gap"].fullmatch(" ".join(gap.split()).replace(" ", "")):
            return []
    elif not language.moves["gap"].fullmatch(" " + " ".join(gap.split()) + " ") and not language.moves["gap"].fullmatch(re.sub(r"\s+", " ", gap)):
        return []
    members = [m for m in layout.coordinated(last) if m.end <= verb]
    named = last.label in NAMED or _is_traded(layout, last, verb)
    return members if named else []


def _without_numbers(layout: Layout, start: int, gap: str) -> str:
    for value in layout.values:
        if value.kind in ("date", "period", "duration", "count") and start <= value.start and value.end <= start + len(gap):
            gap = gap[:value.start - start] + " " * (value.end - value.start) + gap[value.end - start:]
    return gap


def _is_traded(layout: Layout, mention: Found, verb: int) -> bool:
    """Tell whether a sector or a good is spoken of as something with a price: "chip stocks", 光伏板块."""
    after = layout.plain[mention.end:verb]
    if layout.language == "zh":
        return bool(_TRADED_ZH.match(after)) or mention.label in ("Resource", "Product") and "期货" in layout.plain
    return bool(_TRADED_EN.match(after)) or bool(_OF.search(layout.plain[:mention.start]))


def _value(layout: Layout, language: EventLanguage, verb: int, end: int, taken: set[int]) -> Quantity | None:
    """The percentage that a verb of moving takes; one in points before it is passed over ("fell 186 points, or 2.3 percent")."""
    for value in layout.values:
        if value.end <= end - 1 or value.start < verb or value.kind != "percent":
            continue
        if value.start in taken:
            return None
        gap = layout.plain[end:max(value.start, end)]
        for other in layout.values:
            if end <= other.start and other.end <= value.start and other.kind in ("points", "number", "money", "count"):
                gap = gap[:other.start - end] + " " * (other.end - other.start) + gap[other.end - end:]
        flat = re.sub(r"\s+", " ", gap)
        return value if language.moves["to_value"].fullmatch(flat) or not flat.strip() else None
    return None


def _values(value: Quantity | None, way: str) -> Values:
    if value is None:
        return Values(low=0, unit="%") if way == "up" else Values(high=0, unit="%")
    values = value.values
    return negative(values) if way == "down" else values


def _told_alone(layout: Layout, last: Found, verb: re.Match[str]) -> bool:
    """Tell whether a direction without a number is a price's: it is shares, a board or an index that moves."""
    if layout.language == "zh":
        follows = layout.plain[verb.end():verb.end() + 2]
        if re.match(r"[\u4e00-\u9fff]", follows) and not re.match(r"了|，|,|；|。|、|、", follows):
            return False
        strong = len(verb.group()) >= 2
        return strong and (last.label in NAMED or _is_traded(layout, last, verb.start()))
    around = layout.plain[max(0, last.start - 60):verb.start()]
    return bool(re.search(r"\b(?:shares|stocks?|index)\b", around, re.IGNORECASE)) and not re.match(r"\s*(?:\w+\s+)?(?:production|sales|output|prices|revenue|profit)", layout.plain[verb.end():])


def _price(layout: Layout, end: int) -> Quantity | None:
    """The price that a move led to: "to $7.68", 报1943元."""
    for value in layout.values:
        if value.start >= end and value.kind == "money":
            return value if _PRICE.fullmatch(layout.plain[end:value.start]) else None
    return None
