"""Terms to values: which metric a typed value is a figure of, by the words between them."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

from kg.knowledge.metric_terms import MetricLanguage, MetricTerm
from kg.model import Values
from kg.nlp.layout import Layout
from kg.nlp.spans import Quantity
from kg.nlp.subjects import without_values
from kg.nlp.terms import Term

LONGEST_GAP = {"en": 110, "zh": 40}  # characters of words between a term and its value
STRANGERS = {"en": 2, "zh": 3}       # words (characters) between them that link nothing
PROFITS = ("net_profit", "operating_profit", "pretax_profit", "core_profit")
BY_THE_SHARE = ("eps", "dividend_per_share", "dividend", "share_price", "ipo_price", "price", "nav_per_unit")
FLOWS = ("fund_flow", "fund_flow_units")
TIMES = ("date", "period", "duration")


@dataclass(frozen=True)
class Link:
    """A value that is a figure of `name`, read at `term`."""

    term: Term
    quantity: Quantity
    name: str
    values: Values
    start: int
    end: int


def link(layout: Layout, language: MetricLanguage, terms: list[Term], names: Mapping[str, MetricTerm]) -> list[Link]:
    """Return the figures of a sentence, each value once, in order."""
    links: list[Link] = _ordinal_percentiles(layout, language)
    for quantity in layout.values:
        if quantity.kind in TIMES or _is_conversion(layout, quantity):
            continue
        beside = _beside(layout, links, quantity)
        if beside is not None:
            links += beside
            continue
        found = (
            _share(layout, language, quantity)
            or _percentile(layout, language, quantity)
            or _after(layout, language, terms, names, quantity)
            or _before(layout, language, terms, names, quantity)
        )
        if found is None and quantity.kind == "power":
            found = _power(layout, language, links, quantity)
        if found is not None:
            links.append(found)
    return links


def _is_conversion(layout: Layout, quantity: Quantity) -> bool:
    """Tell whether a sum in brackets only says the sum before it in another currency."""
    before = next((v for v in reversed(layout.values) if v.end <= quantity.start), None)
    return (before is not None and before.kind == quantity.kind == "money" and layout.in_brackets(quantity.start) and not layout.in_brackets(before.start)
            and bool(re.fullmatch(r"\s*[(（]\s*(?:约|约合|合|about|or|around|some)?\s*", layout.text[before.end:quantity.start])))


_OR = re.compile(r"\s*,?\s*or\s+(?:about\s+)?|\s*[(（]\s*", re.IGNORECASE)


def _beside(layout: Layout, links: list[Link], quantity: Quantity) -> list[Link] | None:
    """ "net income of $2 billion, or 38 cents a share": the same again, by the share or in another currency; it shares the fate of the first."""
    before = next((v for v in reversed(layout.values) if v.end <= quantity.start), None)
    if before is None or before.kind != "money" or quantity.kind != "money" or not _OR.fullmatch(layout.text[before.end:quantity.start]):
        return None
    last = links[-1] if links and links[-1].quantity is before else None
    if last is None or not (quantity.values.unit or "").endswith("/share") or last.name not in PROFITS:
        return []
    values = negative(quantity.values) if last.term.loss else quantity.values
    return [Link(last.term, quantity, "eps", values, last.start, quantity.end)]


def _power(layout: Layout, language: MetricLanguage, links: list[Link], quantity: Quantity) -> Link | None:
    """ "a 300 MW site, to reach 500 MW": power that a place is built for needs no term."""
    after = layout.plain[quantity.end:]
    before = layout.plain[layout.start_of(quantity.start, soft=False):quantity.start]
    chained = bool(links) and links[-1].name == "power_capacity" and _linked(layout, language, links[-1].end, quantity)
    if not (chained or language.words["site_after"].match(after) or language.words["site_before"].search(before)):
        return None
    return Link(Term(quantity.start, quantity.end, ("power_capacity",)), quantity, "power_capacity", quantity.values, quantity.start, quantity.end)


def _after(layout: Layout, language: MetricLanguage, terms: list[Term], names: Mapping[str, MetricTerm], quantity: Quantity) -> Link | None:
    """ "$1 billion in annual revenue", "a 62% gross margin", "a 5% rise in sales"."""
    for term in terms:
        if term.start < quantity.end:
            continue
        gap = layout.plain[quantity.end:term.start]
        if len(gap) > 45 or quantity.kind == "multiple" or _other_value_first(layout, quantity, term):
            return None
        way = language.words["right_change"].fullmatch(gap) if gap else None
        if way is None and not (language.words["right"].fullmatch(gap) or (gap.strip() == "" and language.spaced)):
            return None
        if language.language == "zh" and not gap and quantity.kind != "money":
            return None
        if _is_other(layout, language, quantity, layout.start_of(quantity.start)):
            return None
        if way is not None or (term.growth and quantity.kind == "percent"):
            return _growth(layout, language, names, term, quantity, quantity.start, term.end, way["way"] if way else "")
        return _level(layout, language, names, term, quantity, quantity.start, term.end)
    return None


def _other_value_first(layout: Layout, quantity: Quantity, term: Term) -> bool:
    return any(quantity.end <= value.start < term.start and not layout.in_brackets(value.start) for value in layout.values if value.kind not in TIMES)


def _before(layout: Layout, language: MetricLanguage, terms: list[Term], names: Mapping[str, MetricTerm], quantity: Quantity) -> Link | None:
    """ "revenue rose 9 percent to $5 billion": the nearest term before the value that takes values of its kind."""
    for term in reversed(terms):
        if term.end > quantity.start:
            continue
        if not _linked(layout, language, term.end, quantity) or _is_origin(layout, quantity) or _expected_by_others(layout, quantity) or _BEFORE_PRIOR.search(layout.plain[:term.start]):
            return None
        found = (
            _level(layout, language, names, term, quantity, term.start, quantity.end)
            if "price_change" in term.names or not _is_change(layout, language, term, quantity)
            else _growth(layout, language, names, term, quantity, term.start, quantity.end, "")
        )
        if found is not None or any(names[name].kinds and quantity.kind in names[name].kinds for name in term.names):
            return found
        if language.language == "zh" and "，" in layout.plain[term.end:quantity.start]:
            return None
    return None


_BEFORE_PRIOR = re.compile(
    r"\b(?:previous|lost|missed)\s+(?:\w+\s+)?$|(?:\b(?:expectations?|estimates?|consensus|forecasts?)\s+(?:for|of)\s+(?:\w+\s+){0,2}|\bfrom|\bthan|\bversus|\bagainst|compared (?:with|to)|\btarget (?:on|for))\s+(?:(?:an?|the|its|their|[\w.&-]+['’]s)\s+)*(?:[\w-]+\s+){0,2}$", re.IGNORECASE)
_BY_OTHERS = re.compile(
    r"\s*(?:that\s+|which\s+)?(?:(?:had been\s+|was\s+)?(?:expected|estimated|forecast|projected|predicted)\s+by\s+(?:\w+\s+)?(?:analysts|economists|wall street)"
    r"|(?:the\s+)?(?:analysts|economists|wall street))", re.IGNORECASE)


_OF_ANOTHER = re.compile(
    r"\s+(?:of\b|(?:declines?|drops?|falls?|dip|plunge|slide|slump|gains?|rises?|increases?|jump|rally|surge|growth)\s+(?:in|of|for)\b)", re.IGNORECASE)


def _expected_by_others(layout: Layout, quantity: Quantity) -> bool:
    """Tell whether a value is what analysts expected: "the $13.5 billion analysts expect"."""
    if quantity.kind == "percent" and _OF_ANOTHER.match(layout.plain, quantity.end):
        return True
    return bool(_BY_OTHERS.match(layout.plain, quantity.end))


_FROM_ZH = re.compile(r"(?:由|从)(?:此前|之前|原来|上年|去年)?的?$")
_ON_ZH = re.compile(r"\s*(?:大幅|小幅|进一步)?(?:增|升|降|减|提|上调|下调|调|扩|缩|涨|跌|回落|下滑)[^，。,]{0,4}(?:至|到|为)")


def _is_origin(layout: Layout, quantity: Quantity) -> bool:
    """Tell whether a value is where a change began: 由20亿元增至30亿元."""
    return bool(_FROM_ZH.search(layout.plain[:quantity.start]) and _ON_ZH.match(layout.plain, quantity.end))


def _linked(layout: Layout, language: MetricLanguage, start: int, quantity: Quantity) -> bool:
    """Tell whether only linking words stand between a term's end and a value."""
    if any(cut for cut in layout.hard if start <= cut < quantity.start and layout.text[cut] not in ":："):
        return False
    gap = without_values(layout, start, quantity.start)
    if layout.in_brackets(quantity.start) and not layout.in_brackets(start):
        opened = max(layout.text.rfind("(", start, quantity.start), layout.text.rfind("（", start, quantity.start))
        if _says_other(language, layout.text[opened + 1:quantity.start]):
            return False
    for mention in layout.mentions:
        if start <= mention.start and mention.end <= quantity.start:
            before = layout.plain[max(0, mention.start - 6):mention.start]
            if not re.search(r"\b(?:of|for|at|by|in)\s+(?:the\s+)?$", before) and language.spaced and mention.label in ("Company", "Organization"):
                return False
            if not language.spaced and mention.label in ("Company", "Fund", "Index", "Organization"):
                return False
            left, right = mention.start - start, mention.end - start
            gap = gap[:left] + " " * (right - left) + gap[right:]
    for cue in language.basis.values():
        gap = cue.sub(lambda found: " " * len(found.group()), gap)
    if len(" ".join(gap.split())) > LONGEST_GAP[language.language] or language.words["expectation"].search(gap):
        return False
    last = max((value.end for value in layout.values if start <= value.start and value.end <= quantity.start and value.kind not in TIMES), default=start)
    if language.words["prior"].search(gap[last - start:]):
        return False
    rest = language.words["link"].sub(" ", gap)
    rest = language.words["modifiers"].sub(" ", rest)
    if language.spaced:
        return len(re.findall(r"[\w'’-]+", rest)) <= STRANGERS["en"]
    return len(re.findall(r"[\u4e00-\u9fff]|[A-Za-z]+", rest)) <= STRANGERS["zh"]


def _says_other(language: MetricLanguage, words: str) -> bool:
    """Tell whether the words that open a bracket say that the value in it is another one (of the day before, of analysts)."""
    return bool(language.words["prior"].search(words) or language.words["expectation"].search(words))


def _is_other(layout: Layout, language: MetricLanguage, quantity: Quantity, start: int) -> bool:
    """Tell whether the words right before a value say that it is another one (of before, of analysts)."""
    words = layout.plain[start:quantity.start].rstrip()[-30:]
    return any(found.end() == len(words) for found in language.words["prior"].finditer(words)) or bool(language.words["expectation"].search(words))


def _is_change(layout: Layout, language: MetricLanguage, term: Term, quantity: Quantity) -> bool:
    """Tell whether a value is how much something changed, not how much there is of it."""
    if quantity.kind not in ("percent", "points"):
        return False
    tail = _tail(layout, term.end, quantity)
    if re.search(rf"{language.words['to'].pattern}\s*(?:\b(?:about|around|nearly|a record)\b\s*)?$", tail) and not _CHANGE_OF.search(tail):
        return term.growth
    if term.growth or quantity.change is not None:
        return True
    after = layout.plain[quantity.end:quantity.end + 24]
    word = language.words["change"].match(after.lstrip(" 的-"))
    return bool(word) or bool(language.words["up"].search(tail) or language.words["down"].search(tail)) or any(
        cue.search(tail) or cue.match(after.lstrip()) for name, cue in language.basis.items() if name != "prior_close")


def _says_to(layout: Layout, language: MetricLanguage, term: Term, quantity: Quantity) -> bool:
    tail = _tail(layout, term.end, quantity) if term.end <= quantity.start else ""
    return bool(re.search(rf"{language.words['to'].pattern}\s*$", tail)) or bool(re.match(r"(?:to|至|到|at)\s*", layout.plain[quantity.start:quantity.end]))


_CHANGE_OF = re.compile(r"(?:growth|increase|rise|jump|gain|drop|decline|decrease|fall|增幅|增速|降幅)(?:\s+rates?)?\s*(?:of|为|达)?\s*$", re.IGNORECASE)


def _tail(layout: Layout, start: int, quantity: Quantity) -> str:
    """The words right before a value, from the last other value on."""
    last = max((value.end for value in layout.values if start <= value.start and value.end <= quantity.start and value.kind not in TIMES), default=start)
    return layout.plain[last:quantity.start]


def _level(
    layout: Layout, language: MetricLanguage, names: Mapping[str, MetricTerm], term: Term, quantity: Quantity, start: int, end: int
) -> Link | None:
    if term.growth:
        return None
    for name in term.names:
        if quantity.kind not in names[name].kinds:
            continue
        if quantity.kind in ("count", "number") and not _counts(name, quantity):
            continue
        values = quantity.values
        if (values.unit or "").endswith("/share") and name not in BY_THE_SHARE:
            if name not in PROFITS:
                continue
            name = "eps"
        if start == quantity.start and quantity.change is not None and quantity.kind != "percent":
            return None
        if name != "price_change" and quantity.change is not None and quantity.kind != "percent" and not _says_to(layout, language, term, quantity):
            return Link(term, quantity, f"{name}_change", values if quantity.change == "up" else negative(values), start, end)
        if name in FLOWS and language.words["outward"].search(layout.text[term.start:term.end]):
            values = negative(values)
        if term.loss and quantity.kind == "money":
            values = negative(values)
        return Link(term, quantity, name, _bounded(layout, language, quantity, values), start, end)
    if quantity.kind == "multiple" and (quantity.values.unit or "x") in ("x", "times", "倍"):
        for name in term.names:
            if names[name].growth:
                return Link(term, quantity, name, quantity.values, start, end)
    return None


def _growth(
    layout: Layout, language: MetricLanguage, names: Mapping[str, MetricTerm], term: Term, quantity: Quantity, start: int, end: int, way: str
) -> Link | None:
    if quantity.kind != "percent" or term.loss:
        return None
    name = next((name for name in term.names if names[name].growth), None)
    if name is None:
        return None
    values = quantity.values
    tail = _tail(layout, term.end, quantity) if term.end <= quantity.start else ""
    said = way or tail + " " + layout.plain[quantity.end:quantity.end + 14]
    ups, downs = list(language.words["up"].finditer(said)), list(language.words["down"].finditer(said))
    falls = bool(downs) and (not ups or abs(downs[-1].start() - len(tail)) < abs(ups[-1].start() - len(tail)))
    if quantity.change is None and falls and not _is_negative(values):
        values = negative(values)
    return Link(term, quantity, f"{name}_growth", values, start, end)


def _share(layout: Layout, language: MetricLanguage, quantity: Quantity) -> Link | None:
    """ "made up 31% of revenue", 占营收的31%."""
    if quantity.kind != "percent":
        return None
    for name, cue in language.shares.items():
        before = layout.plain[max(0, quantity.start - 40):quantity.start]
        hits = [hit for hit in cue.finditer(before)]
        if not hits:
            continue
        hit, base = hits[-1], max(0, quantity.start - 40)
        if language.spaced:
            filler = re.fullmatch(r"\s*(?:(?:for|about|around|nearly|over|just|some|roughly|only|a combined|more than|up)\s*)*", before[hit.end():])
            of = re.match(r"\s+of\s+(?:(?:its|the|their|the company['’]s|total|group|overall|net|annual|quarterly|[\w.&]+['’]s|all|wafer)\s+)*(?P<what>revenues?|sales|turnover)\b",
                          layout.plain[quantity.end:], re.IGNORECASE)
            if filler is not None and of is not None:
                start, end = base + hit.start(), quantity.end + of.end()
                return Link(Term(start, end, (name,)), quantity, name, quantity.values, start, end)
        elif not before[hit.end():].strip():
            of = re.match(r"\s*的(?:总)?(?:营业)?(?:营收|收入|销售额)", layout.plain[quantity.end:])
            if "贡献" not in hit.group() or of:
                start = base + hit.start()
                return Link(Term(start, quantity.end, (name,)), quantity, name, quantity.values, start, quantity.end + (of.end() if of else 0))
    return None


def _percentile(layout: Layout, language: MetricLanguage, quantity: Quantity) -> Link | None:
    """ "PE is at the 90th percentile", 市盈率处于近十年85%分位."""
    if quantity.kind not in ("percent", "number", "count"):
        return None
    after = layout.plain[quantity.end:quantity.end + 14]
    if not re.match(r"(?:st|nd|rd|th)?\s*(?:percentile|的?(?:历史)?分位)", after, re.IGNORECASE) and "percentile" not in layout.text[quantity.start:quantity.end]:
        return None
    start = layout.start_of(quantity.start)
    best: tuple[int, str] | None = None
    for name, cue in language.percentiles.items():
        for hit in cue.finditer(layout.plain, start, quantity.start):
            if best is None or hit.start() > best[0]:
                best = (hit.start(), name)
    if best is None:
        return None
    values = quantity.values.model_copy(update={"unit": "%"})
    return Link(Term(best[0], quantity.end, (best[1],)), quantity, best[1], values, best[0], quantity.end)


_ORDINAL = re.compile(r"(\d{1,2}(?:\.\d+)?)(?:st|nd|rd|th)\s+percentile", re.IGNORECASE)


def _ordinal_percentiles(layout: Layout, language: MetricLanguage) -> list[Link]:
    """ "at the 90th percentile": an ordinal, so no value of the sentence's own."""
    links = []
    for found in _ORDINAL.finditer(layout.plain):
        if not any(value.start < found.end() and found.start() < value.end for value in layout.values):
            values = Values(value=float(found[1]), unit="%", display=found.group())
            link_ = _percentile(layout, language, Quantity(found.start(), found.end(), "percent", values))
            links += [link_] if link_ else []
    return links


_COUNTED = {
    "employees": r"employees?|workers?|staff|people|jobs?|人|名|员工|positions?", "job_cuts": r"employees?|workers?|staff|people|jobs?|人|名|positions?|posts?",
    "users": r"users?|subscribers?|customers?|people|accounts?|户|人|用户|个|subscriptions?", "orders": r"orders?|aircraft|jets?|planes?|vehicles?|units?|cars?|架|辆|台|艘|套|ships?|vessels?|片",
    "deliveries": r"aircraft|jets?|planes?|vehicles?|units?|cars?|架|辆|台|艘|套|ships?|helicopters?|万辆|deliveries", "fund_flow_units": r"units?|份|shares?",
    "parameters": r"parameters?|参数|", "token_consumption": r"tokens?|token|词元|", "turnover_volume": r"shares?|股|手|contracts?|lots?|units?|份|", "wafer_capacity": r"wafers?|片|",
}


_PEOPLE = r"(?:households?|homes?|residents?|people|persons?|workers?|customers?|users?|states?|countries|plants?|models?|factor(?:y|ies)|lines?|sites?|stores?|facilit(?:y|ies)|contracts?|companies|deals?|points?|days?|times|years?|jobs|户|人|家|个|名|位|天|次|倍)"


def _counts(name: str, quantity: Quantity) -> bool:
    """Tell whether what is counted is what the metric counts."""
    known = _COUNTED.get(name)
    unit = quantity.values.unit or ""
    if known is None and re.fullmatch(_PEOPLE, unit, re.IGNORECASE):
        return False
    if known is None:
        return quantity.kind != "number" or unit != "" or name in ("pe_ratio", "pb_ratio", "ps_ratio", "nav_per_unit", "pe_percentile", "pb_percentile")
    return bool(re.fullmatch(known, unit, re.IGNORECASE)) or (not unit and name in ("employees", "users", "job_cuts", "deliveries", "orders") and quantity.kind == "count")


def _bounded(layout: Layout, language: MetricLanguage, quantity: Quantity, values: Values) -> Values:
    """Make a value a lower bound where the word right before it says "past" or 突破, which is no part of the value."""
    before = layout.plain[max(0, quantity.start - 12):quantity.start].rstrip()
    if values.value is not None and any(hit.end() == len(before) for hit in language.words["bound_low"].finditer(before)):
        return values.model_copy(update={"value": None, "low": values.value})
    return values


def negative(values: Values) -> Values:
    """Return the same amount below zero (a loss, a fall)."""
    if _is_negative(values):
        return values
    turn = lambda number: None if number is None else -number  # noqa: E731
    return values.model_copy(update={"value": turn(values.value), "low": turn(values.high), "high": turn(values.low)})


def _is_negative(values: Values) -> bool:
    return any(number is not None and number < 0 for number in (values.value, values.low, values.high))
