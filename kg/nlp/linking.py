"""Terms to values: which metric a typed value is a figure of, by the words between them."""

from __future__ import annotations

import re
from dataclasses import dataclass

from kg.knowledge.metric_terms import load_names
from kg.knowledge.normalise import HAN
from kg.model import Values
from kg.nlp.display import display
from kg.nlp.layout import Layout
from kg.nlp.spans import Quantity
from kg.nlp.subjects import RELATIVE, without_values
from kg.nlp.terms import Term

LONGEST_GAP = {"en": 110, "zh": 40}  # characters of words between a term and its value
STRANGERS = {"en": 2, "zh": 3}  # words (characters) between them that link nothing
PROFITS = ("net_profit", "operating_profit", "pretax_profit", "core_profit")
_BY_THE_PIECE = re.compile(r"/(?!share$|year$|quarter$|month$|week$|day$)")  # a price, where a sum is wanted
BY_THE_SHARE = ("eps", "dividend_per_share", "dividend", "share_price", "ipo_price", "price", "nav_per_unit")
SOLD_BY_THE_PIECE = ("price", "nav_per_unit")
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


_AND = re.compile(r"\s+and\s+", re.IGNORECASE)


def after(layout: Layout, terms: list[Term], quantity: Quantity) -> Link | None:
    """ "$1 billion in annual revenue", "a 62% gross margin", "a 5% rise in sales"."""
    for term in terms:
        if term.start < quantity.end:
            continue
        gap = layout.plain[quantity.end : term.start]
        if len(gap) > 45 or quantity.kind == "multiple" or _other_value_first(layout, quantity, term):
            return None
        if _AND.fullmatch(gap):
            return None  # "66 cents and revenue of $5.1 billion": what is after "and" has a value of its own
        way = layout.lang.words["right_change"].fullmatch(gap) if gap else None
        if way is None and not (layout.lang.words["right"].fullmatch(gap) or (gap.strip() == "" and layout.lang.spaced)):
            return None
        if layout.language == "zh" and not gap and quantity.kind != "money":
            return None
        if _is_other(layout, quantity, layout.start_of(quantity.start)):
            return None
        if way is not None or (term.growth and quantity.kind == "percent"):
            return _growth(layout, term, quantity, way["way"] if way else "")
        return _level(layout, term, quantity)
    return None


def _other_value_first(layout: Layout, quantity: Quantity, term: Term) -> bool:
    return any(
        quantity.end <= value.start < term.start and not layout.in_brackets(value.start)
        for value in layout.values
        if value.kind not in TIMES
    )


def before(layout: Layout, terms: list[Term], quantity: Quantity) -> Link | None:
    """ "revenue rose 9 percent to $5 billion": the nearest term before the value that takes values of its kind."""
    for term in reversed(terms):
        if term.end > quantity.start:
            continue
        if (
            not is_linked(layout, term.end, quantity)
            or _is_origin(layout, quantity)
            or _expected_by_others(layout, quantity)
            or _is_former(layout, quantity, layout.start_of(quantity.start))
            or _BEFORE_PRIOR.search(layout.plain[: term.start])
        ):
            return None
        found = (
            _level(layout, term, quantity)
            if "price_change" in term.names or not _is_change(layout, term, quantity)
            else _growth(layout, term, quantity, "")
        )
        if found is not None or any(load_names()[name].kinds and quantity.kind in load_names()[name].kinds for name in term.names):
            return found
        if layout.language == "zh" and "，" in layout.plain[term.end : quantity.start]:
            return None
    return None


_BEFORE_PRIOR = re.compile(
    r"\b(?:previous|lost|missed)\s+(?:\w+\s+)?$"
    r"|(?:\b(?:expectations?|estimates?|consensus|forecasts?)\s+(?:for|of)\s+(?:\w+\s+){0,2}|\bfrom|\bthan|\bversus|"
    r"\bagainst|compared (?:with|to)|\btarget (?:on|for))\s+"
    r"(?:(?:an?|the|its|their|[\w.&-]+['’]s)\s+)*(?:[\w-]+\s+){0,2}$",
    re.IGNORECASE,
)
_BY_OTHERS = re.compile(
    r"\s*(?:that\s+|which\s+)?(?:(?:had been\s+|was\s+)?(?:expected|estimated|forecast|projected|predicted)\s+by\s+"
    r"(?:\w+\s+)?(?:analysts|economists|wall street)"
    r"|(?:the\s+)?(?:analysts|economists|wall street))",
    re.IGNORECASE,
)


_HOW_MANY = re.compile(r"\s*(?:之间|以上|以下)?的(?:有|共有|公司|企业|上市公司|个股|股票)")
_OF_ANOTHER = re.compile(
    r"\s+(?:of\b|(?:declines?|drops?|falls?|dip|plunge|slide|slump|gains?|rises?|increases?|jump|rally|surge|growth)\s+(?:in|of|for)\b)",
    re.IGNORECASE,
)


def _expected_by_others(layout: Layout, quantity: Quantity) -> bool:
    """Tell whether a value is what analysts expected: "the $13.5 billion analysts expect"."""
    if _HOW_MANY.match(layout.plain, quantity.end):
        return True
    if quantity.kind == "percent" and _OF_ANOTHER.match(layout.plain, quantity.end):
        return True
    return bool(_BY_OTHERS.match(layout.plain, quantity.end))


_FROM_ZH = re.compile(r"(?:由|从)(?:此前|之前|原来|上年|去年)?的?$")
_ON_ZH = re.compile(r"\s*(?:大幅|小幅|进一步)?(?:增|升|降|减|提|上调|下调|调|扩|缩|涨|跌|回落|下滑)[^，。,]{0,4}(?:至|到|为)")


def _is_origin(layout: Layout, quantity: Quantity) -> bool:
    """Tell whether a value is where a change began: 由20亿元增至30亿元."""
    return bool(_FROM_ZH.search(layout.plain[: quantity.start]) and _ON_ZH.match(layout.plain, quantity.end))


_RESUMED = re.compile(r",\s+(?!(?:up|down|or|and|an?|the|compared|from|with|versus|rising|falling|an increase|to)\b)[a-z]")


def is_linked(layout: Layout, start: int, quantity: Quantity) -> bool:
    """Tell whether only linking words stand between a term's end and a value."""
    if any(cut for cut in layout.hard if start <= cut < quantity.start and layout.text[cut] not in ":："):
        return False
    gap = layout.plain[start : quantity.start]
    if RELATIVE.match(layout.plain, layout.start_of(start - 1)) and _RESUMED.search(gap):
        return False  # "X, which relies on Y for its revenue, fell 7 percent": the aside is over
    for cue in layout.lang.basis.values():
        gap = cue.sub(lambda found: " " * len(found.group()), gap)
    gap = "".join(a if b != " " else " " for a, b in zip(gap, without_values(layout, start, quantity.start), strict=True))
    if layout.in_brackets(quantity.start) and not layout.in_brackets(start):
        opened = max(layout.text.rfind("(", start, quantity.start), layout.text.rfind("（", start, quantity.start))
        if _says_other(layout, layout.text[opened + 1 : quantity.start]):
            return False
    for mention in layout.mentions:
        if start <= mention.start and mention.end <= quantity.start:
            before = layout.plain[max(0, mention.start - 6) : mention.start]
            if (
                not re.search(r"\b(?:of|for|at|by|in)\s+(?:the\s+)?$", before)
                and layout.lang.spaced
                and mention.label in ("Company", "Organization")
            ):
                return False
            if not layout.lang.spaced and mention.label in ("Company", "Fund", "Index", "Organization"):
                return False
            left, right = mention.start - start, mention.end - start
            gap = gap[:left] + " " * (right - left) + gap[right:]
    if len(" ".join(gap.split())) > LONGEST_GAP[layout.language] or layout.lang.words["expectation"].search(gap):
        return False
    last = max(
        (value.end for value in layout.values if start <= value.start and value.end <= quantity.start and value.kind not in TIMES),
        default=start,
    )
    if layout.lang.words["prior"].search(gap[last - start :]):
        return False
    rest = layout.lang.words["link"].sub(" ", gap)
    rest = layout.lang.words["modifiers"].sub(" ", rest)
    if layout.lang.spaced:
        return len(re.findall(r"[\w'’-]+", rest)) <= STRANGERS["en"]
    return len(re.findall(r"[\u4e00-\u9fff]|[A-Za-z]+", rest)) <= STRANGERS["zh"]


def _says_other(layout: Layout, words: str) -> bool:
    """Tell whether the words that open a bracket say that the value in it is another one (of the day before, of analysts)."""
    return bool(layout.lang.words["prior"].search(words) or layout.lang.words["expectation"].search(words))


def _is_other(layout: Layout, quantity: Quantity, start: int) -> bool:
    """Tell whether the words right before a value say that it is another one (of before, of analysts)."""
    words = layout.plain[start : quantity.start].rstrip()[-30:]
    return _is_former(layout, quantity, start) or bool(layout.lang.words["expectation"].search(words))


def _is_former(layout: Layout, quantity: Quantity, start: int) -> bool:
    """Tell whether the words right before a value say that it is the one of before: "from its previous forecast of $5"."""
    words = layout.plain[start : quantity.start].rstrip()[-30:]
    return any(found.end() == len(words) for found in layout.lang.words["prior"].finditer(words))


def _is_change(layout: Layout, term: Term, quantity: Quantity) -> bool:
    """Tell whether a value is how much something changed, not how much there is of it."""
    if quantity.kind not in ("percent", "points"):
        return False
    tail = _tail(layout, term.end, quantity)
    if re.search(rf"{layout.lang.words['to'].pattern}\s*(?:\b(?:about|around|nearly|a record)\b\s*)?$", tail) and not _CHANGE_OF.search(
        tail
    ):
        return term.growth
    if term.growth or quantity.change is not None:
        return True
    after = layout.plain[quantity.end : quantity.end + 24]
    word = layout.lang.words["change"].match(after.lstrip(" 的-"))
    return (
        bool(word)
        or bool(layout.lang.words["up"].search(tail) or layout.lang.words["down"].search(tail))
        or any(cue.search(tail) or cue.match(after.lstrip()) for name, cue in layout.lang.basis.items() if name != "prior_close")
    )


def _says_to(layout: Layout, term: Term, quantity: Quantity) -> bool:
    tail = _tail(layout, term.end, quantity) if term.end <= quantity.start else ""
    return bool(re.search(rf"{layout.lang.words['to'].pattern}\s*$", tail)) or bool(
        re.match(r"(?:to|至|到|at)\s*", layout.plain[quantity.start : quantity.end])
    )


_CHANGE_OF = re.compile(
    r"(?:growth|increase|rise|jump|gain|drop|decline|decrease|fall|增幅|增速|降幅)(?:\s+rates?)?\s*(?:of|为|达)?\s*$", re.IGNORECASE
)


def _tail(layout: Layout, start: int, quantity: Quantity) -> str:
    """The words right before a value, from the last other value on."""
    last = max(
        (value.end for value in layout.values if start <= value.start and value.end <= quantity.start and value.kind not in TIMES),
        default=start,
    )
    return layout.plain[last : quantity.start]


def _level(layout: Layout, term: Term, quantity: Quantity) -> Link | None:
    start, end = min(term.start, quantity.start), max(term.end, quantity.end)
    if term.growth:
        return None
    for name in term.names:
        if quantity.kind not in load_names()[name].kinds:
            continue
        if quantity.kind in ("count", "number") and not _counts(layout, name, quantity):
            continue
        values = quantity.values
        if quantity.kind == "money" and _BY_THE_PIECE.search(values.unit or "") and name not in SOLD_BY_THE_PIECE:
            continue
        if (values.unit or "").endswith("/share") and name not in BY_THE_SHARE:
            if name not in PROFITS:
                continue
            name = "eps"
        if start == quantity.start and quantity.change is not None and quantity.kind != "percent":
            return None
        if name != "price_change" and quantity.change is not None and quantity.kind != "percent" and not _says_to(layout, term, quantity):
            return Link(term, quantity, f"{name}_change", values if quantity.change == "up" else negative(values), start, end)
        if name in FLOWS and layout.lang.words["outward"].search(layout.text[term.start : term.end]):
            values = negative(values)
        if term.loss and quantity.kind == "money":
            values = negative(values)
        return Link(term, quantity, name, _bounded(layout, quantity, values), start, end)
    if quantity.kind == "multiple" and (quantity.values.unit or "x") in ("x", "times", "倍"):
        for name in term.names:
            if load_names()[name].growth:
                return Link(term, quantity, name, quantity.values, start, end)
    return None


def _growth(layout: Layout, term: Term, quantity: Quantity, way: str) -> Link | None:
    start, end = min(term.start, quantity.start), max(term.end, quantity.end)
    if quantity.kind != "percent" or term.loss:
        return None
    name = next((name for name in term.names if load_names()[name].growth), None)
    if name is None:
        return None
    values = quantity.values
    tail = _tail(layout, term.end, quantity) if term.end <= quantity.start else ""
    said = way or tail + " " + layout.plain[quantity.end : quantity.end + 14]
    ups, downs = list(layout.lang.words["up"].finditer(said)), list(layout.lang.words["down"].finditer(said))
    falls = bool(downs) and (not ups or abs(downs[-1].start() - len(tail)) < abs(ups[-1].start() - len(tail)))
    if quantity.change is None and falls and not _is_negative(values):
        values = negative(values)
    return Link(term, quantity, f"{name}_growth", values, start, end)


def _counts(layout: Layout, name: str, quantity: Quantity) -> bool:
    """Tell whether what is counted is what the metric counts."""
    unit, counted = quantity.values.unit or "", load_names()[name].counts
    if counted is None:
        return not layout.lang.words["not_counted"].fullmatch(unit) and (
            quantity.kind != "number" or bool(unit) or name.endswith(("_ratio", "_percentile", "_unit"))
        )
    return bool(re.fullmatch(counted, unit, re.IGNORECASE))


def _bounded(layout: Layout, quantity: Quantity, values: Values) -> Values:
    """Make a value a lower bound where the word right before it says "past" or 突破, which is no part of the value."""
    before = layout.plain[max(0, quantity.start - 12) : quantity.start].rstrip()
    if values.value is not None and any(hit.end() == len(before) for hit in layout.lang.words["bound_low"].finditer(before)):
        return values.model_copy(update={"value": None, "low": values.value})
    return values


def negative(values: Values) -> Values:
    """Return the same amount below zero (a loss, a fall)."""
    if _is_negative(values):
        return values
    value, low, high = (None if number is None else -number for number in (values.value, values.low, values.high))
    turned = values.model_copy(update={"value": value, "low": high, "high": low, "display": None})
    return turned.model_copy(update={"display": display(turned, "zh" if HAN.search(values.display or "") else "en")})


def _is_negative(values: Values) -> bool:
    return any(number is not None and number < 0 for number in (values.value, values.low, values.high))
