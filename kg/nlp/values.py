"""Typed values in running text: money, percentages, counts, power, multiples, ranges and bounds, dates and periods.

A figure is a number with what touches it: a currency, a scale, a unit. Its span is just that; the words that bound or direct it (over,
nearly, fell, 超, 近, 跌) stay outside of the span, free for others to read, and are told in `Values` and `change`. A direction signs
percentages and points only ("fell 6%" is -6 %); of an amount of money it is told by `change` alone ("cut by $3 bn" is 3e9, down).

Bounds, decided once: over, more than, at least, 超, 逾, 以上, 上方 give `low` alone; up to, as much as, at most, less than, 至多, 不超过, 不足,
以内, 下方 give `high` alone; about, nearly, almost, close to, 约, 近, 接近, 左右 make the value `approximate` and no bound, for "nearly 30%" is
29 %, and a bound of 30 % alone would be true of 3 %. Of a fall the bound turns with the sign: "fell over 6%" is at most -6 %.
A number that nothing marks as a figure (product names, tickers, list numbers) is no value.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from typing import Literal

from dateutil.relativedelta import relativedelta
from spacy.language import Language
from spacy.tokens import Doc

from kg.model import Values
from kg.nlp import spans
from kg.nlp.display import display
from kg.nlp.figures import Figure, figures
from kg.nlp.numbers import normalise
from kg.nlp.periods import find_periods
from kg.nlp.spans import Quantity

_SAME_GAP = re.compile(r",?\s+or\s+|[，,]?\s?或")
_OR_SUM = re.compile(r",?\s+or\s+(?:about\s+)?")
_LIST_GAP = re.compile(r"\s?(?:,|、|，|和|及|与|以及|and|,\s?and|or)\s?")
_ADDRESS = re.compile(r"https?://\S+|www\.[\w./-]+|\b[\w.]+@\w+\.\w+")
_JUNK = re.compile(
    r"(?<!\d)\d{1,2}[:：]\d{2}(?:[:：]\d{2})?(?!\d)"      # times of day
    r"|[(（]\s?\d{4,6}(?:\.[A-Z]{1,4})?\s?[)）]|\b\d{4,6}\.(?:HK|SH|SZ|SS|T|TW|TWO|KS|KQ|BJ|OF|O|N)\b"  # tickers and fund codes
    r"|(?:代码|编号|热线|电话|code:?|[Nn]o\.|#)[：:]?\s?\d[\d-]*|第\s?[\d一二三四五六七八九十百]+"           # codes and ordinals
    r"|[(（]\s?(?:US|HK)?[$€£¥]\s?1\s*=\s*[^()（）]{1,40}[)）]"  # rates of exchange
)


def find_values(text: str, language: str, published: date | None = None) -> list[Quantity]:
    """Return the typed values of `text`, a sentence in `language` (en, zh), sorted and not overlapping.

    `published` is the day that relative dates and periods are counted from; without it they are left out.
    """
    folded = _ADDRESS.sub(lambda found: "_" * len(found.group()), normalise(text))
    if not _MAY_HOLD.search(folded):
        return []
    times = find_periods(folded, language, published)
    found = [
        Quantity(when.start, when.end, "date" if when.as_of else "period",
                 Values(as_of=when.as_of, period=when.period, window_start=when.window[0] if when.window else None,
                        window_end=when.window[1] if when.window else None, display=text[when.start:when.end]))
        for when in times if when.known
    ]
    taken = bytearray(len(text))
    for when in times:
        taken[when.start:when.end] = b"\1" * (when.end - when.start)
    for junk in _JUNK.finditer(folded):
        taken[junk.start():junk.end()] = b"\1" * (junk.end() - junk.start())
    measured = [_quantity(figure, language) for figure in figures(folded, language, taken)]
    return _windows(folded, sorted([*found, *_passed_on(folded, measured, language)], key=lambda quantity: quantity.start))


def _windows(text: str, quantities: list[Quantity]) -> list[Quantity]:
    """Join a length of time and the day on which it ends into one window: "the eight weeks to 7 June"."""
    joined: list[Quantity] = []
    for quantity in quantities:
        before = joined[-1] if joined else None
        last = quantity.values.as_of
        length = _length(before) if before and last and _UNTIL.fullmatch(text, before.end, quantity.start) else None
        if before and last and length:
            first = (date.fromisoformat(last) - length).isoformat()
            values = Values(window_start=first, window_end=last, display=text[before.start:quantity.end])
            joined[-1] = Quantity(before.start, quantity.end, "period", values)
        else:
            joined.append(quantity)
    return joined


def _length(duration: Quantity) -> relativedelta | None:
    count, unit = duration.values.value, duration.values.unit
    if duration.kind != "duration" or not count or count != int(count):
        return None
    steps = {"day": relativedelta(days=1), "week": relativedelta(weeks=1), "month": relativedelta(months=1), "year": relativedelta(years=1)}
    return steps[unit] * int(count) if unit in steps else None


_UNTIL = re.compile(r"\s+(?:to|through|until|till|up to|ended|ending)\s+(?:on\s+)?", re.IGNORECASE)
_MAY_HOLD = re.compile(
    r"[\d一二两三四五六七八九十百千万亿半翻今昨明周星礼去前后本上下年]|(?i:\b(?:one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|twent|thirt|fort|fift|sixt|sevent|eight|ninet"
    r"|half|dozen|hundred|first|second|third|fourth|quarter|fiscal|last|next|this|current|coming|previous|past|to(?:day|morrow|night)|yesterday|overnight|\w+day|million|billion|trillion|twice|doubl|tripl"
    r"|quadrupl|\w+fold|year|YTD|jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec))"
)


def _quantity(figure: Figure, language: str) -> Quantity:
    """A figure as the record that the components share."""
    low, high, value = figure.low, figure.high, figure.value
    if figure.change == "down" and figure.kind in ("percent", "points") and not figure.signed:
        low, high, value = (None if high is None else -high), (None if low is None else -low), (None if value is None else -value)
    values = Values(value=value, low=low, high=high, unit=figure.unit, currency=figure.currency, approximate=figure.approximate)
    return Quantity(figure.start, figure.end, figure.kind, values.model_copy(update={"display": display(values, language)}), figure.change)


def _passed_on(text: str, quantities: list[Quantity], language: str) -> list[Quantity]:
    """The direction of one figure is that of the next in a list (down 3%, 4% and 5%) or in other words (fell 20 points, or 1.2%; 1.2%, or $3)."""
    done: list[Quantity] = []
    for quantity in quantities:
        last = done[-1] if done else None
        gap = (_LIST_GAP if last.kind == "percent" else _SAME_GAP) if last and quantity.kind == "percent" else None
        if last and gap and last.change and not quantity.change and gap.fullmatch(text, last.end, quantity.start):
            quantity = _turned(quantity, last.change, language)
        elif last and last.kind == "percent" and last.change and quantity.kind == "money" and _OR_SUM.fullmatch(text, last.end, quantity.start):
            quantity = replace(quantity, change=last.change)
        done.append(quantity)
    return done


def _turned(quantity: Quantity, change: Literal["up", "down"], language: str) -> Quantity:
    values = quantity.values
    if change == "down":
        flipped = {"value": None if values.value is None else -values.value, "low": None if values.high is None else -values.high,
                   "high": None if values.low is None else -values.low}
        values = values.model_copy(update=flipped)
        values = values.model_copy(update={"display": display(values, language)})
    return replace(quantity, change=change, values=values)


@Language.factory("kg_values", assigns=["doc._.values"])
def make_values(nlp: Language, name: str) -> Callable[[Doc], Doc]:
    """Return the component that reads values; it wants the mentions to be there already."""
    del nlp, name
    spans.register()
    return mark_values


_CODES = re.compile(r"(?<![\w.])[A-Z]{2,4}\d[A-Z]{0,2}\.[A-Z]{1,2}\b")


def mark_values(doc: Doc) -> Doc:
    """Set `doc._.values`: what `find_values` finds, less what lies on a mention or a share's code (GB200 NVL72, NOK1V.HE are no numbers)."""
    held = bytearray(len(doc.text))
    for mention in doc._.mentions:
        held[mention.start:mention.end] = b"\1" * (mention.end - mention.start)
    for code in _CODES.finditer(doc.text):
        held[code.start():code.end()] = b"\1" * (code.end() - code.start())
    found = find_values(doc.text, doc._.language, spans.published_date(doc))
    doc._.values = tuple(quantity for quantity in found if not any(held[quantity.start:quantity.end]))
    return doc
