"""Whose figure, whose event: the mention that a term or a trigger at some place of a sentence belongs to.

Possessor first, then the complement ("revenue of X"), then the subject of the clause, then that of the sentence, then the document's topic
if the sentence names nobody. Where two could be meant, nobody is.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping

from kg.nlp.layout import Layout
from kg.nlp.spans import Found

_POSSESSIVE = re.compile(r"\s*(?:['’]s?|的)?\s*")
_OF = re.compile(
    r"\s*(?:(?:growth|projections?|forecasts?|guidance|estimates?|targets?|outlook|figures?)\s+)?(?:of|for|at|by|from)\s+(?:the\s+)?(?:[\w-]+\s+){0,2}",
    re.IGNORECASE,
)
_UNKNOWN_NAME_ZH = re.compile(
    r"[\u4e00-\u9fff]{2,12}(?:公司|集团|股份|银行|证券|基金|科技|控股|电子|实业|院|局|部|协会|数据显示)"
    r"|[\u4e00-\u9fff]{2,8}(?<!公司)(?<!集团)(?<!公司[副原前])(?<!集团[副原前])(?<!公司执行)(?<!公司常务)(?:总经理|董事长|总裁|副总|负责人)"
)
_AT_LARGE = re.compile(
    r"\b(?:worldwide|global|world|industry|industry-wide|overall|national|nationwide|market|sector|consumer|economic)\b", re.IGNORECASE
)
_TO_WHOM = re.compile(r"[向给]\s*$")
# 20股融资余额: of none of them alone
_SO_MANY = re.compile(r"(?<!旗下)(?<![\d.每])(?<!每\d)\d+\s*(?:只个股|只|家|股)(?!份|子公司|工厂|门店|公司)")
_HEADED = re.compile(r"\s*[：:]")  # "X：净利润..." speaks of X to its end
_DESCRIBING = ("Place", "Sector")  # which stand before nouns more often than they are subjects
_MARKET = re.compile(r"\b(?:worldwide|industry|industry-wide|market|nationwide|economists|analysts)\s+(?:[\w-]+\s+){0,2}$", re.IGNORECASE)
_SOURCE = re.compile(
    r"(?:according to|data from|figures from)\s+(?:[\w-]+\s+){0,4}$"
    r"|(?:research|data|consulting|tracking|polling|survey)\s+(?:\w+\s+)?(?:firm|group|company|house|provider)\s+$",
    re.IGNORECASE,
)
_ITS = re.compile(r"\s*(?:(?:and|while|but|with)\s+)?(?:its|their)\b", re.IGNORECASE)
RELATIVE = re.compile(r"\s*(?:which|who)\b", re.IGNORECASE)
_DATELINE = re.compile(r"\s*\((?:Reuters|AP|AFP|Bloomberg|Xinhua)\)\s*-")
_PARTICIPLE = re.compile(r"\s*(?:\w+ly\s+)?(?P<verb>[a-z]+ing)\s")
_OWNS = re.compile(r"['’]s?\s")
_WORD = re.compile(r"[A-Za-z][\w&'’.-]*")


def subject_of(
    layout: Layout,
    start: int,
    end: int,
    labels: Iterable[str],
    topic: Found | None,
    *,
    of: bool = True,
    own: bool = False,
    possessor: bool = True,
) -> Found | None:
    """Return the mention with one of `labels` that the words at `[start, end)` belong to, or None when that is not clear.

    `of`: a complement after the words may be it; `own`: only who stands right beside the words, or what they name themselves;
    without `possessor`, who stands right before them is no owner but a subject like others (before a verb).
    """
    rank = {label: place for place, label in enumerate(labels)}
    allowed = set(rank)
    fitting = [m for m in layout.mentions if m.label in allowed]
    if _belongs_to_another(layout, start, allowed):
        return None
    near = (_possessor(layout, start, fitting) if possessor else None) or (_complement(layout, end, fitting) if of else None)
    if near is not None or own:
        return near or _inside(start, end, fitting)
    return (
        (_chinese(layout, start, fitting, rank) if layout.language == "zh" else _english(layout, start, fitting, rank))
        or (topic if topic is not None and topic.label in allowed and _headless(layout, start, end, fitting) else None)
        or _inside(start, end, [m for m in fitting if m.label not in ("Sector", "Product")])  # 发电 in 发电量 is nobody
    )


def _belongs_to_another(layout: Layout, start: int, allowed: set[str]) -> bool:
    """Tell whether the possessor right before the words is something that cannot have them: "the S&P 500's profit growth"."""
    before = next((m for m in reversed(layout.mentions) if m.end <= start), None)
    if before is None or before.label in allowed or layout.language == "zh":
        return False
    gap = without_values(layout, before.end, start)
    return bool(re.match(r"['’]s?\s", gap)) and not strip_words(gap[2:], layout.lang.words["modifiers"])


def _unknown_before(layout: Layout, start: int, end: int) -> bool:
    """Tell whether a name that nobody knows stands in `[start, end)`: it may be what the words there are about."""
    spans = [*((m.start, m.end) for m in layout.mentions), *((v.start, v.end) for v in layout.values)]
    return start < end and any(
        start <= place < end and tag == "PROPN" and not any(left <= place < right for left, right in spans)
        for place, tag in layout.pos.items()
    )


def _inside(start: int, end: int, fitting: list[Found]) -> Found | None:
    """The thing that the words themselves name: tokens in "token consumption"."""
    return next((m for m in fitting if m.start < end and start < m.end), None)


def _possessor(layout: Layout, start: int, fitting: list[Found]) -> Found | None:
    """The mention right before, but for modifiers and periods: "TSMC's fourth-quarter", 台积电2025年."""
    for mention in reversed(fitting):
        if mention.end > start:
            continue
        gap = without_values(layout, mention.end, start)
        if "、" in gap or "," in gap or "，" in gap:
            return None
        possessive = _POSSESSIVE.match(gap)
        rest = gap[possessive.end() :] if possessive else gap
        if layout.language == "en" and possessive and not possessive.group().strip():
            # "X total revenue": a noun before a noun; small words in between make it something else
            rest = re.sub(r"\b(?:in|for|of|on|to|from|by|that|and|while|but|as|a|an|the|its|their)\b", "§", rest)
        if not strip_words(rest, layout.lang.words["modifiers"]):
            return None if _is_reporter(layout, mention) or (layout.language == "zh" and _TO_WHOM.search(layout.plain[: mention.start])) else mention
        return None
    return None


def _complement(layout: Layout, end: int, fitting: list[Found]) -> Found | None:
    for mention in fitting:
        if mention.start >= end:
            gap = layout.plain[end : mention.start]
            return mention if len(gap) < 60 and _OF.fullmatch(gap) else None
    return None


def _english(layout: Layout, start: int, fitting: list[Found], rank: Mapping[str, int]) -> Found | None:
    before = [m for m in fitting if m.end <= start and not layout.in_brackets(m.start)]
    clause = layout.start_of(start)
    if RELATIVE.match(layout.plain, clause):
        return next((m for m in before if m.end <= clause and not layout.plain[m.end : clause].strip(" ,")), None)
    if _ITS.match(layout.plain, clause):
        free = [m for m in before if _heads_clause(layout, m) and m.end <= clause]
        likeliest = min((rank[m.label] for m in free), default=-1)
        free = [m for m in free if rank[m.label] == likeliest]
        return free[0] if free and _same(layout, free) else None
    heads = [
        m
        for m in before
        if _heads_clause(layout, m)
        and not _OWNS.match(layout.plain, m.end)
        and not (m.label in _DESCRIBING and layout.is_subject(m) is False)  # "the U.S. planemaker is", "a cloud computing contract"
    ]
    if not heads:
        possessors = [m for m in before if _OWNS.match(layout.plain, m.end)]
        others = [
            m for m in layout.mentions if m.end <= start and m.label in ("Company", "Organization", "Place", "Fund", "Index", "Facility")
        ]
        return possessors[0] if possessors and _same(layout, others) else None
    own = [m for m in heads if m.start >= clause]
    if own and _is_participial(layout, clause):
        own, heads = [], [m for m in heads if m.end <= clause]
    if own:
        if _MARKET.search(layout.plain[own[0].end : start]):
            return None
        own = _likeliest(layout, own)
        return own[0] if own and _same(layout, own) else None
    if _MARKET.search(layout.plain[clause:start]):
        return None
    heads = _likeliest(layout, heads)
    return heads[0] if heads and _same(layout, heads) else None


def _is_participial(layout: Layout, clause: int) -> bool:
    """Tell whether a clause opens with a participle, whose object is not the subject: "crushing rival X with a record profit"."""
    first = _PARTICIPLE.match(layout.plain, clause)
    return first is not None and not any(m.start <= first.start("verb") < m.end for m in layout.mentions)


def _likeliest(layout: Layout, mentions: list[Found]) -> list[Found]:
    """Return those of some mentions that are subjects for the parser; where it says nothing, those that do not only describe another."""
    plain = [m for m in mentions if not _modifies(layout, m)]
    return plain if len(mentions) == 1 and plain else [m for m in plain if layout.is_subject(m)] or plain


def _chinese(layout: Layout, start: int, fitting: list[Found], rank: Mapping[str, int]) -> Found | None:
    """The nearest mention in the clause that no preposition holds; else one of an earlier clause; of several labels, the likeliest."""
    before = [
        m
        for m in fitting
        if m.end <= start and not layout.in_brackets(m.start) and _heads_clause(layout, m) and layout.plain[m.end : m.end + 1] != "的"
    ]
    if not before:
        return None
    clause = layout.start_of(start)
    own = [m for m in before if m.start >= clause]
    if own:
        return min(reversed(own), key=lambda m: rank[m.label])
    if _unknown_before(layout, clause, start):
        return None
    if _HEADED.match(layout.plain, before[0].end) and not layout.plain[: before[0].start].strip("【 "):
        return before[0]
    last = before[-1]
    return min((m for m in before if layout.start_of(m.start) == layout.start_of(last.start)), key=lambda m: rank[m.label])


def _headless(layout: Layout, start: int, end: int, fitting: list[Found]) -> bool:
    """Tell whether nobody is named before `start` who could own what stands there: only small words open the clause."""
    if any(m.end <= start and not layout.in_brackets(m.start) and _heads_clause(layout, m) for m in fitting):
        return False
    opening = without_values(layout, layout.start_of(start, soft=layout.language == "zh"), start)
    if layout.language == "zh":
        if _SO_MANY.search(layout.plain[layout.start_of(start) : start]):
            return False
        return not _UNKNOWN_NAME_ZH.search(layout.plain[:start]) and not _unknown_before(layout, layout.start_of(start), start)
    if _AT_LARGE.search(opening):
        return False
    clause = layout.start_of(start)
    placed = any(clause <= m.start < start and m.label == "Place" for m in layout.mentions)
    if placed and layout.lang.patterns["market_of"].search(layout.plain[:start]):
        return False  # "U.S. auto sales" are those of the trade
    rest = strip_words(strip_words(opening, layout.lang.words["determiners"]), layout.lang.words["modifiers"])
    words = _WORD.findall(rest)
    first = len(opening) - len(opening.lstrip()) + layout.start_of(start, soft=False)
    if len(words) > 2 or any(word[0].isupper() for word in words[1:]):
        return False
    if not words or not words[0][0].isupper():
        return True
    return end > start and opening.strip().startswith(words[0]) and layout.pos.get(first, "NOUN") == "NOUN"  # "Cloud revenue"


def _heads_clause(layout: Layout, mention: Found) -> bool:
    """Tell whether a mention can be a subject: no preposition before it, no analyst after it."""
    before = layout.plain[: mention.start].rstrip()
    before = layout.lang.patterns["described"].sub("", before[-80:])
    for found in layout.lang.words["not_subject"].finditer(before, max(0, len(before) - 14)):
        if found.end() == len(before):
            return False
    if layout.lang.patterns["unit_after"].match(layout.plain, mention.end) or _DATELINE.match(layout.plain, mention.end):
        return False
    return not _is_reporter(layout, mention)


def _modifies(layout: Layout, mention: Found) -> bool:
    """Tell whether a mention only describes the one after it: "Airbus parent EADS"."""
    after = next((m for m in layout.mentions if m.start >= mention.end), None)
    return after is not None and bool(
        re.fullmatch(
            r"\s+(?:parent|unit|subsidiary|rival|owner|supplier|partner|customer|maker|arm|division|affiliate|spinoff|chief|executive|ceo)\s+",
            layout.plain[mention.end : after.start],
            re.IGNORECASE,
        )
    )


def _is_reporter(layout: Layout, mention: Found) -> bool:
    after = layout.plain[mention.end : mention.end + 14].lstrip(" '’s")
    if _SOURCE.search(layout.plain[max(0, mention.start - 44) : mention.start]):
        return True
    return bool(layout.lang.words["reporter"].match(after))


def _same(layout: Layout, mentions: list[Found]) -> bool:
    return len({_identity(layout, m) for m in mentions}) == 1


def _identity(layout: Layout, mention: Found) -> str:
    return mention.entity or mention.name or layout.text[mention.start : mention.end]


def without_values(layout: Layout, start: int, end: int) -> str:
    """Return the words between two places, with brackets and values blanked out."""
    text = layout.plain[start:end]
    for value in layout.values:
        left, right = max(value.start, start), min(value.end, end)
        if left < right:
            text = text[: left - start] + " " * (right - left) + text[right - start :]
    return text


def strip_words(text: str, words: re.Pattern[str]) -> str:
    """Return what is left of `text` without these words and without punctuation."""
    return re.sub(r"[\s,，、:：'’\"“”().（）—–-]+", " ", words.sub(" ", text)).strip()
