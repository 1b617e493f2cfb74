"""Metric terms in a sentence: where a figure's name stands, of what part it speaks, and whether it speaks of growth."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import cache, cached_property, partial

from kg.knowledge.metric_terms import load_metric_language, load_names
from kg.nlp.layout import Layout
from kg.nlp.literals import Screen, screen_of
from kg.nlp.subjects import without_values

_EN_WORD = re.compile(r"[\w&/'’.-]+")
_VERB_LIKE = re.compile(
    r"(?!(?:computing|advertising|networking|gaming|licensing|manufacturing|banking|trading|lending|shipping|marketing|engineering|packaging|streaming|mining|farming|"
    r"clothing|training|consulting|outsourcing|hosting|printing|imaging|lighting|testing|refining|drilling|underwriting|processing|learning|leasing|branded|embedded|connected)$)"
    r"(?:\w+(?:ed|ing)|said|says?|saw|sees?|made|had|has|have|was|were|is|are|be|been|drove|cut|hit|set|did|does|do|its?|grew|rose|fell|lost|won|took|gave|led|"
    r"boosts?|lifts?|raises?|posts?|reports?|expects?|forecasts?|books?|earns?|generates?|sends?|puts?|keeps?|brings?|sank|beat|not|no|also|only|even|both|all|any|some|"
    r"this|that|these|those|which|where|when|while|if|because|after|before|since|until|up|down|out|off|over|about|than|per|each|every|other|more|most|less|will|would|could|may|"
    r"might|should|can|must|n't|between|within|despite|amid|against|through|under|above|below|so|yet|still|just|i|we|he|she|they|you|it|inc|corp|ltd|co|said|optimistic|high|low|strong|solid|robust|significant|impressive|better-than-expected|worse-than-expected|disappointing|healthy|higher-than-expected|lower-than-expected|sharp|steep|huge|big|small|large|good|bad|poor|weaker|stronger|better|worse|best|worst|wider|smaller|bigger|larger|surprise|unexpected|double-digit|single-digit|surprising|first|second|third|fourth)",
    re.IGNORECASE,
)
_TIME_WORD = re.compile(
    r"\b(?:quarter|year|period|months?|weeks?|half|days?|first|second|third|fourth|past|same|region|world|country|area|market|process|case|same-store|end|future|coming|recent|part|particular|addition|total|time|line|cash|order|terms|constant)\b",
    re.IGNORECASE,
)
_SEGMENT_AFTER = re.compile(
    r"\s+(?:from|in|of|at|for)\s+(?:(?:its|their|the|our)\s+)?(?P<part>[\w&/’'-]+(?:\s+[\w&/’'-]+){0,4})", re.IGNORECASE
)
_ZH_PART = re.compile(
    r"(?:[，,、。；;：:\s]|其中|的|及|和|与|来自|^)(?P<part>[\u4e00-\u9fffA-Za-z0-9+]{2,12}?(?:业务|板块|分部|产品|部门|事业部|地区|市场)?)的?$"
)
_NAMING = frozenset(
    {"NOUN", "PROPN", "ADJ", "NUM", "X", "SYM", "VERB"}
)  # VERB: taggers take "advertising revenue" for one; the list below decides
_ZH_TIME = re.compile(r"^[\d.]+$|[一二三四五六七八九十两几半\d](?:个)?(?:周|日|天|月|年|季|交易日|季度)|[周月季年日]度?$")
_ZH_VERBS = re.compile(
    r"[为是将把被使对由于受从到达至超破占比约有无可能会应该要让给请了着过吗呢吧仅仍已再又也都均且或但而因如若其此该本各每某这那等后前中上下]|公司|增长|下降|提升|带动|推动|影响|导致|预计|公布|发布|披露|显示|录得|报告|表示|宣布|创|贡献|确认|增加|减少|扩大|贷|投入|产生|获得|形成"
)


@dataclass(frozen=True)
class Term:
    """A metric's name at `[start, end)`. `names` are the standard terms that it can stand for; the kind of the value decides.

    `growth`: the words speak of its growth ("revenue growth"); `anaphor`: of growth alone ("growth rates of"), that of the term before.
    `loss`: a positive amount is one below zero; `vague`: the word may mean another metric beside a plainer one.
    """

    start: int
    end: int
    names: tuple[str, ...]
    growth: bool = False
    anaphor: bool = False
    loss: bool = False
    vague: bool = False
    part: Callable[[], str | None] | None = field(default=None, compare=False, repr=False)

    @cached_property
    def segment(self) -> str | None:
        """The part of the whole that the words around the term name; looked for when it is asked for, since tags may be needed."""
        return self.part() if self.part is not None else None


def find_terms(layout: Layout) -> list[Term]:
    """Return the metric terms of a sentence in order, the longest reading of each place."""
    hits: dict[tuple[int, int], set[str]] = {}
    for name, pattern in _phrases(layout.language).hopeful(layout.text):
        for found in pattern.finditer(layout.text):
            if found.end() > found.start():
                hits.setdefault(found.span(), set()).add(name)
    named = [(m.start, m.end) for m in layout.mentions]
    chosen: list[tuple[int, int]] = []
    for start, end in sorted(hits, key=lambda span: (span[0] - span[1], span[0])):
        own = any(load_names()[name].own for name in hits[start, end])
        inside = any(
            left < end and start < right and not (own and (left, right) == (start, end))
            for left, right in named
            if right - left >= end - start
        )
        if not inside and not any(left < end and start < right for left, right in chosen):
            chosen.append((start, end))
    terms = [_term(layout, start, end, tuple(sorted(hits[start, end]))) for start, end in sorted(chosen)]
    return sorted([*terms, *_anaphors(layout, terms)], key=lambda term: term.start)


@cache
def _phrases(language: str) -> Screen[tuple[str, re.Pattern[str]]]:
    return screen_of(load_metric_language(language).phrases)


def _term(layout: Layout, start: int, end: int, names: tuple[str, ...]) -> Term:
    growth = re.compile(r"(?:\s*的?\s*)" if layout.language == "zh" else r"\s+(?:\w+\s+)?").match(layout.plain, end)
    close = re.compile(r"\s*的?\s*").match(layout.plain, end)
    grown = next((g for at in (close, growth) if at and (g := layout.lang.words["growth_term"].match(layout.plain, at.end()))), None)
    loss = bool(layout.lang.words["loss"].fullmatch(layout.text[start:end])) or bool(
        layout.language == "zh" and "亏" in layout.text[start:end]
    )
    vague = bool(layout.lang.words["vague"].fullmatch(layout.text[start:end]))

    def part() -> str | None:
        return segment_before(layout, start) or segment_after(layout, end)

    if grown is not None and grown.group() != "增长":
        return Term(start, grown.end(), names, growth=True, loss=loss, vague=vague, part=part)
    return Term(start, end, names, loss=loss, vague=vague, part=part)


def _anaphors(layout: Layout, terms: list[Term]) -> list[Term]:
    """Words that take up the term before them: "growth rates of", 累计金额."""
    found = []
    for hit in layout.lang.words["amount_term"].finditer(layout.plain):
        before = [term for term in terms if term.end <= hit.start()]
        if before and not any(term.start < hit.end() and hit.start() < term.end for term in terms):
            found.append(Term(hit.start(), hit.end(), before[-1].names, anaphor=True, part=partial(_segment, before[-1])))
    for hit in layout.lang.words["growth_term"].finditer(layout.plain):
        if hit.group() in ("增长",) or any(term.start < hit.end() and hit.start() < term.end for term in terms):
            continue
        before = [term for term in terms if term.end <= hit.start()]
        if before:
            found.append(Term(hit.start(), hit.end(), before[-1].names, growth=True, anaphor=True, part=partial(_segment, before[-1])))
    return found


def _segment(term: Term) -> str | None:
    return term.segment


def segment_before(layout: Layout, start: int) -> str | None:
    """Return the part of the whole that the words before a term name: "cloud" in "cloud revenue", 汽车业务 in 汽车业务收入."""
    left = max([m.end for m in layout.mentions if m.end <= start and m.label not in ("Sector", "Product")] + [layout.start_of(start)])
    whole = [m for m in layout.mentions if m.end <= start and m.start >= left and m.label in ("Sector", "Product")]
    gap = without_values(layout, left, start)
    if layout.language == "zh":
        if whole and not _content(layout, layout.text[whole[-1].end : start]):
            return layout.text[whole[-1].start : start].strip(" 的")
        found = _ZH_PART.search(_bare(layout, gap.rstrip()) or " ")
        part = found["part"].strip() if found else ""
        if part and not _is_noun(layout, left + len(gap.rstrip()) - 1) and not part.endswith(("业务", "板块", "产品")):
            part = ""
        return (
            part
            if part and not _ZH_VERBS.search(part) and not layout.lang.words["modifiers"].fullmatch(part) and not _ZH_TIME.search(part)
            else None
        )
    if whole and not _content(layout, layout.plain[whole[-1].end : start]):
        return layout.text[whole[-1].start : whole[-1].end].strip()
    words = list(_EN_WORD.finditer(gap))
    nouns: list[re.Match[str]] = []
    for word in reversed(words):
        text = word.group()
        modifies = layout.lang.words["modifiers"].fullmatch(text) is not None
        between = gap[word.end() : nouns[0].start()] if nouns else " "
        ends = modifies or _VERB_LIKE.fullmatch(text) or len(nouns) == 4 or between.strip() or text[0].isdigit()
        if layout.lang.words["determiners"].fullmatch(text) or (ends and not (modifies and not nouns)):
            break
        tag = layout.pos.get(left + word.start(), "NOUN")
        if tag not in _NAMING or (tag == "VERB" and not text.lower().endswith("ing")):
            break
        if not modifies:
            nouns.insert(0, word)
    if not nouns or re.fullmatch(r"[’'.s-]*", gap[nouns[0].start() : nouns[-1].end()]):
        return None
    return " ".join(gap[nouns[0].start() : nouns[-1].end()].split()).strip("'’ .") or None


def _bare(layout: Layout, words: str) -> str:
    """Return words without the modifiers that end them."""
    modifiers = re.compile(layout.lang.words["modifiers"].pattern + r"$", re.IGNORECASE)
    while (shorter := modifiers.sub("", words)) != words:
        words = shorter
    return words


def _is_noun(layout: Layout, place: int) -> bool:
    """Tell whether the word at `place` is a noun for the tagger (or there is none)."""
    starts = [start for start in layout.pos if start <= place]
    return not starts or layout.pos[max(starts)] in ("NOUN", "PROPN", "X", "ADJ")


def segment_after(layout: Layout, end: int) -> str | None:
    """Return the part that the words after a term name: "revenue from cloud services", "sales in China"."""
    if layout.language == "zh":
        return None
    found = _SEGMENT_AFTER.match(layout.plain, end)
    if not found:
        return None
    for mention in layout.mentions:
        if mention.start == found.start("part") or (found.start("part") <= mention.start <= found.start("part") + 4):
            return layout.text[mention.start : mention.end] if mention.label in ("Sector", "Product", "Place") else None
    if any(
        value.start < found.end("part") and value.end > found.start("part")
        for value in layout.values
        if value.start <= found.start("part") + 8
    ):
        return None
    part: list[str] = []
    if _TIME_WORD.search(" ".join(found["part"].split()[:2])):
        return None
    for word in found["part"].split():
        if not part and word.endswith("ed") and " " in found["part"]:  # "imports of refined copper"
            part.append(word)
            continue
        if layout.lang.words["link"].fullmatch(word) or _VERB_LIKE.fullmatch(word) or word[0].isdigit():
            break
        part.append(word)
    text = " ".join(part)
    if any(text == (value.values.unit or "") for value in layout.values):
        return None
    return text if text and not _TIME_WORD.search(text) and not text[0].isupper() else None


def _content(layout: Layout, text: str) -> str:
    text = re.sub(r"业务|板块|产品|分部|的|\s|segment|business|division|unit", "", text)
    return layout.lang.words["modifiers"].sub("", text).strip()
