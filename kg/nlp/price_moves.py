"""Moves of prices: whose shares, which index or fund, how far, in which session; one move for each that a list names."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from kg.knowledge.event_types import EventLanguage, load_events
from kg.model import Values
from kg.nlp.layout import Layout
from kg.nlp.linking import negative
from kg.nlp.literals import Screen, screen_of
from kg.nlp.spans import Found, Quantity
from kg.nlp.timing import as_time, is_start, times

LABELS = ("Company", "Fund", "Index", "Sector", "Product", "Resource")
NAMED = ("Company", "Fund", "Index")  # what has a price of its own; sectors and goods must be said to be traded


@dataclass(frozen=True)
class Move:
    """One move: of whom, by how much (`values`: a percentage below zero is a fall; a bound of 0 where only the direction is told)."""

    who: Found
    values: Values
    start: int
    end: int
    price: Quantity | None = None

    @property
    def bare(self) -> bool:
        """True where only the direction is told."""
        return self.values.value is None and 0 in (self.values.low, self.values.high)


def find_moves(layout: Layout, language: EventLanguage, taken: set[int]) -> list[Move]:
    """Return the moves of prices in a sentence. `taken` holds where values begin that are figures of something else."""
    if not any(mention.label in LABELS for mention in layout.mentions):
        return []
    moves: list[Move] = _nominal(layout, taken) if layout.language == "en" else []
    verbs = [(hit, way) for way, pattern in _ways(language.language).hopeful(layout.plain) for hit in pattern.finditer(layout.plain)]
    for hit, way in sorted(verbs, key=lambda pair: (pair[0].start(), -pair[0].end())):
        if any(move.start <= hit.start() < move.end for move in moves) or any(m.start <= hit.start() < m.end for m in layout.mentions):
            continue
        behind = _value_before(layout, hit.start(), taken)
        verb = behind.start if behind else hit.start()
        who = _who(layout, language, verb)
        if not who or _is_elsewhere(layout, who[-1], hit):
            continue
        if any(_says(layout, "led_for").match(layout.plain, begin) for begin in (0, layout.start_of(who[0].start, soft=False))):
            continue
        if layout.lang.spaced and hit.group().lower().endswith("ing") and layout.plain[who[-1].end : verb].lstrip().startswith(","):
            continue  # "X gave the biggest lift to the Y index, rising 4 percent": X rose
        if layout.language == "en" and _of_something_else(layout, language, who[-1], hit, behind):
            continue
        value = behind or _value(layout, language, hit.start(), hit.end(), taken)
        if (
            value is not None
            and _says(layout, "long_time").match(layout.plain, max(value.end, hit.end()))
            and not span_of(layout, Move(who[0], Values(), verb, max(value.end, hit.end())))
        ):
            continue  # over a time that has no date
        if value is None and not moves and not _told_alone(layout, who[-1], hit):
            continue
        values = _values(value, way)
        end = max(value.end if value else 0, hit.end())
        undated = layout.lang.spaced and not span_of(layout, Move(who[0], Values(), verb, hit.end()))
        if undated and _says(layout, "since_then").search(layout.plain[:verb]):
            continue  # "Since the first fire, the shares have lost 27 percent"
        listed = _listed(layout, value, len(who))
        if listed:
            end = listed[-1].end
            moves += [Move(member, _values(each, way), verb, end) for member, each in zip(who, listed, strict=True)]
        else:
            price = _price(layout, end) if len(who) == 1 else None
            moves += [Move(member, values, verb, end, price) for member in who]
    return moves


def _says(layout: Layout, name: str) -> re.Pattern[str]:
    return load_events(layout.language).patterns[name]


@cache
def _ways(language: str) -> Screen[tuple[str, re.Pattern[str]]]:
    return screen_of((way, load_events(language).moves[way]) for way in ("up", "down"))


def _nominal(layout: Layout, taken: set[int]) -> list[Move]:
    """ "a 2% decline in the index", "the fund's 3 percent gain"."""
    moves = []
    for value in layout.values:
        noun = _says(layout, "move_noun").match(layout.plain, value.end)
        if value.kind != "percent" or value.start in taken or noun is None or _says(layout, "long_time").search(layout.plain[: value.start]):
            continue
        after = next((m for m in layout.mentions if m.start >= noun.end()), None)
        before = next((m for m in reversed(layout.mentions) if m.end <= value.start), None)
        who = None
        if (
            after is not None
            and after.label in ("Index", "Fund")
            and re.fullmatch(r"\s+(?:in|for|by)\s+(?:the\s+)?", layout.plain[noun.end() : after.start])
        ) or (
            after is not None
            and after.label == "Company"
            and re.fullmatch(r"\s+(?:in|for)\s+(?:shares|stock) (?:of|in)\s+", layout.plain[noun.end() : after.start])
        ):
            who = after
        elif (
            before is not None
            and before.label in ("Index", "Fund")
            and re.fullmatch(r"['’]s?\s+(?:\w+\s+)?", layout.plain[before.end : value.start])
        ):
            who = before
        if who is not None:
            values = negative(value.values) if noun["way"][0].lower() in "dflps" and noun["way"].lower() != "surge" else value.values
            moves.append(Move(who, values, value.start, noun.end()))
    return moves


def _of_something_else(layout: Layout, language: EventLanguage, last: Found, hit: re.Match[str], behind: Quantity | None) -> bool:
    """Tell whether a noun of moving speaks of no price: "its 11-percent rise in retail sales", a maker that "posted increases"."""
    gap = layout.plain[last.end : behind.start if behind else hit.start()]
    of_what, in_trade = (_says(layout, name).match(layout.plain, hit.end()) for name in ("of_what", "in_trade"))
    if (behind is not None or _POSSESSOR.match(gap)) and of_what and not in_trade:
        return True
    posted = last.label == "Company" and _says(layout, "posted").match(hit.group())
    return bool(posted) and not language.moves["stock_words"].search(layout.plain)


_POSSESSOR = re.compile(r"['’]s?\s")


def _value_before(layout: Layout, start: int, taken: set[int]) -> Quantity | None:
    """The percentage right before a word of direction: "closing 0.5 percent lower"."""
    return (
        next(
            (
                v
                for v in layout.values
                if v.kind == "percent" and v.start not in taken and v.end <= start and not layout.plain[v.end : start].strip()
            ),
            None,
        )
        if layout.language == "en"
        else None
    )


def _is_elsewhere(layout: Layout, last: Found, verb: re.Match[str]) -> bool:
    """Tell whether the verb goes on after a relative clause in which the mention stands: "X, which competes with Y, fell"."""
    gap = layout.plain[last.end : verb.start()]
    opening = layout.plain[layout.start_of(last.start, soft=False) : last.start]
    return (
        gap.rstrip().endswith(",")
        and bool(re.search(r"\b(?:which|who|that)\b", opening))
        and verb.group().lower() not in ("up", "down", "higher", "lower")
    )


def _listed(layout: Layout, first: Quantity | None, size: int) -> list[Quantity]:
    """The values of a list as long as that of the names: "A and B lost 1.7 percent and 3.2 percent respectively"."""
    if first is None or size < 2:
        return []
    run = [first]
    for value in layout.values:
        if (
            value.start >= run[-1].end
            and value.kind == "percent"
            and re.fullmatch(r"\s*(?:、|,|，|和|and|, and)\s*", layout.plain[run[-1].end : value.start])
        ):
            run.append(value)
    return run if len(run) == size else []


def span_of(layout: Layout, move: Move) -> dict[str, str]:
    """Return the time over which a move is told, where it is longer than a day: "in the fourth quarter", 今年以来."""
    reach = 12 if layout.language == "zh" else 30
    near = [
        as_time(time)
        for time in times(layout)
        if time.kind == "period"
        and time.start - move.end <= reach
        and move.start - time.end <= reach
        and not any(layout.plain[cut] in ";；。" for cut in layout.hard if min(time.start, move.start) <= cut < max(time.end, move.end))
        and not (time.start >= move.end and re.search(r"[,，]", layout.plain[move.end : time.start]))
        and not (layout.language == "en" and _describes(layout, move, time))
        and not _says(layout, "from_point").search(layout.plain[: time.start])
    ]
    if len(near) != 1:
        return {}
    since = next(time for time in times(layout) if as_time(time) == near[0])
    if is_start(layout, since):
        return {"basis": near[0].get("period") or near[0].get("window_end") or ""}
    return near[0]


def _describes(layout: Layout, move: Move, time: Quantity) -> bool:
    """Tell whether a period belongs to another noun than the move: "its fourth-quarter profit ..., sending its shares down"."""
    if "-" in layout.text[time.start : time.end]:
        return True
    begins = min(move.start, move.who.start)
    return time.end <= begins and not _says(layout, "opening").fullmatch(layout.plain[time.end : begins])


def _who(layout: Layout, language: EventLanguage, verb: int) -> list[Found]:
    """The mention, with its list, that ends right before the verb but for words that may stand there."""
    last = next((m for m in reversed(layout.mentions) if m.end <= verb and m.label in LABELS), None)
    if last is None or layout.in_brackets(last.start) != layout.in_brackets(verb):
        return []
    if last.label == "Index" and _says(layout, "no_price").search(layout.text[last.start : last.end]):
        return []
    if last.label in ("Fund", "Index") and _says(layout, "among").search(layout.plain[: last.start]):
        return []
    gap = layout.plain[last.end : verb]
    if any(m.start >= last.end and m.end <= verb for m in layout.mentions if m.label not in ("Place",)):
        return []
    if language.language == "zh":
        gap = _without_numbers(layout, last.end, gap)
        if not language.moves["gap"].fullmatch(" ".join(gap.split()).replace(" ", "")):
            return []
    elif not language.moves["gap"].fullmatch(" " + " ".join(gap.split()) + " ") and not language.moves["gap"].fullmatch(
        re.sub(r"\s+", " ", gap)
    ):
        return []
    if last.label == "Index" and _says(layout, "futures").match(gap):
        return []  # the futures move, not the index
    if last.label not in ("Sector", "Fund", "Index") and _says(layout, "concept").match(gap):
        return []  # those that are bought for its sake
    if language.language == "zh" and last.label == "Company" and _says(layout, "goods").search(layout.plain):
        return []  # 苹果 on a futures exchange is a fruit
    if gap.startswith(",") and (told := _says(layout, "apposed").search(layout.plain[: last.start])):
        head = next((m for m in layout.mentions if m.end == told.start()), None)
        return [head] if head is not None and head.label in LABELS else []  # "X, a bellwether on Y, rose": X did
    members = [m for m in layout.coordinated(last) if m.end <= verb]
    named = last.label in NAMED or _is_traded(layout, last, verb)
    return members if named else []


def _without_numbers(layout: Layout, start: int, gap: str) -> str:
    for value in layout.values:
        if value.kind in ("date", "period", "duration", "count") and start <= value.start and value.end <= start + len(gap):
            gap = gap[: value.start - start] + " " * (value.end - value.start) + gap[value.end - start :]
    return gap


def _is_traded(layout: Layout, mention: Found, verb: int) -> bool:
    """Tell whether a sector or a good is spoken of as something with a price: "chip stocks", 光伏板块."""
    if _says(layout, "traded").match(layout.plain[mention.end : verb]) or _says(layout, "shares_of").search(layout.plain[: mention.start]):
        return True
    return layout.language == "zh" and mention.label in ("Resource", "Product") and "期货" in layout.plain


def _value(layout: Layout, language: EventLanguage, verb: int, end: int, taken: set[int]) -> Quantity | None:
    """The percentage that a verb of moving takes; one in points before it is passed over ("fell 186 points, or 2.3 percent")."""
    for value in layout.values:
        if value.end <= end - 1 or value.start < verb or value.kind != "percent":
            continue
        if value.start in taken:
            return None
        gap = layout.plain[end : max(value.start, end)]
        for other in layout.values:
            if end <= other.start and other.end <= value.start and other.kind in ("points", "number", "money", "count"):
                gap = gap[: other.start - end] + " " * (other.end - other.start) + gap[other.end - end :]
        flat = re.sub(r"\s+", " ", gap)
        if layout.lang.spaced and _says(layout, "to_level").search(flat) and layout.plain[verb:end].lower() != "up":
            return None  # "slipped to 19 percent": a share of something, no price
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
        follows = layout.plain[verb.end() : verb.end() + 2]
        if re.match(r"[\u4e00-\u9fff]", follows) and not re.match(r"了|，|,|；|。|、|、", follows):
            return False
        strong = len(verb.group()) >= 2
        return strong and (last.label in NAMED or _is_traded(layout, last, verb.start()))
    if re.match(r"['’]s?\s*$", layout.plain[last.end : verb.start()]) or re.match(r"\s+in\b", layout.plain[verb.end() :]):
        return False  # "the Dow's decline", "posted a rise in profit"
    around = layout.plain[max(0, last.start - 60) : verb.start()]
    return bool(re.search(r"\b(?:shares|stocks?|index)\b", around, re.IGNORECASE)) and not re.match(
        r"\s*(?:\w+\s+)?(?:production|sales|output|prices|revenue|profit)", layout.plain[verb.end() :]
    )


def _price(layout: Layout, end: int) -> Quantity | None:
    """The price that a move led to: "to $7.68", 报1943元."""
    for value in layout.values:
        if value.start >= end and value.kind == "money":
            return value if _says(layout, "price").fullmatch(layout.plain[end : value.start]) else None
    return None
