"""Figures: amounts, alone or as the two ends of a range, with what is counted and the words that bound or direct them.

An amount that nothing measures is kept only where its form, a cue or an English plural behind it says that it is a figure.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from kg.nlp.amounts import Amount, read_amount
from kg.nlp.beside import effect_after, effects_before
from kg.nlp.numbers import NUMBER
from kg.nlp.ratios import ratios
from kg.nlp.spans import ValueKind
from kg.nlp.units import Vocabulary, vocabulary

_HYPHENED = re.compile(r"[\w.]+-[a-z]")
_RANGE = re.compile(r"\s?(?P<dash>-{1,2}|–|—|~|至|到)\s?|\s+to\s+")
_FROM = re.compile(r"(?<!ranging )(?<!ranged )(?<!range )(?<!ranges )(?:\b[Ff]rom|从|由|自)\s*(?:[A-Z]{0,3}[$€£¥])?\s*\Z")
_BETWEEN = re.compile(r"\b[Bb]etween\s*\Z|介于\Z")
_AND = re.compile(r"\s?(?:and|和|与|到|至)\s?")
_SAYS_BARE = re.compile(r"(?:近|超|过|逾|约|上|破|达)\Z")
_RANKED = re.compile(r"前\Z")
_WORD = re.compile(r"\s+([A-Za-z][\w&/’-]*)(?![\w'])")
_PER = re.compile(r"\s(?:per|an?)\s(?P<time>year|month|week|day|hour|quarter)\b(?!\s+(?:ago|earlier|before|later))")
_PREVIOUS = re.compile(r"([A-Za-z][\w.'’&-]*)\s+\Z")
_NUMBER_CUE = {
    "zh": re.compile(r"(?:至|到|破|达|报|约|超|近|为|共|收于|站上|跌破|以上|上万|逾|突破|于)\Z"),
    "en": re.compile(
        r"\b(?:to|at|above|below|over|under|about|around|nearly|broke|hit|reached|topped|of|by|was|is|were|totaled|totalled)\s+\Z", re.I),
}


@dataclass(slots=True)
class Figure:
    """A figure at `[start, end)`, in base units. `signed` says that the text itself writes the minus."""

    start: int
    end: int
    kind: ValueKind
    value: float | None = None
    low: float | None = None
    high: float | None = None
    unit: str | None = None
    currency: str | None = None
    approximate: bool = False
    change: Literal["up", "down"] | None = None
    signed: bool = False


def figures(text: str, language: str, taken: bytearray) -> Iterator[Figure]:
    """Yield the figures of `text` (normalised), leaving alone every character that is `taken`, and marking those of words it reads."""
    words = vocabulary()
    for start, end, kind, value, approximate, change in ratios(text):
        if not any(taken[start:end]):
            taken[start:end] = b"\1" * (end - start)
            figure = Figure(start, end, kind, value=value, unit="%" if kind == "percent" else "x", approximate=approximate, change=change)
            _direct(text, figure, words, language)
            yield figure
    position, ended = 0, -1
    while found := NUMBER.search(text, position):
        position = found.end()
        if any(taken[found.start():found.end()]):
            continue
        glued = text[found.start() - 1:found.start()] == "/" and found.start() - 1 == ended  # 100MW/200MWh
        first = read_amount(text, found, words, glued=glued)
        if first is None:
            continue
        second = _upper_end(text, first, words, taken)
        position = max(position, (second or first).end)
        made = _figure(text, first, second, words, language)
        if made is not None and made.start >= ended:  # 0€0: the sign belongs to the first
            ended = made.end
            yield made


def _upper_end(text: str, first: Amount, words: Vocabulary, taken: bytearray) -> Amount | None:
    """The second end of the range that begins with `first`: `5-6%`, `$5 to $6`, `between 5 and 6`; `from 5 to 6` is a change, no range."""
    separator = _RANGE.match(text, first.end)
    if separator is None and _BETWEEN.search(text, max(0, first.start - 9), first.start):
        separator = _AND.match(text, first.end)
        close = True
    elif separator is None or _FROM.search(text, max(0, first.start - 8), first.start):
        return None
    else:
        close = bool(separator["dash"])
    if separator is None:
        return None
    at = separator.end()
    minus = text[at:at + 1] == "-" and first.negative  # -0.3%至-0.2%
    found = NUMBER.match(text, words.currency_before_at(text, at + minus))
    if found is None or any(taken[found.start():found.end()]) or (found["english"] and first.number.form != "english"):
        return None
    second = read_amount(text, found, words, glued=True)
    if second is not None:
        second.negative = second.negative or minus
    if second is None or (first.per and first.per != second.per):
        return None
    return second if _same_measure(first, second, close=close) else None


def _same_measure(first: Amount, second: Amount, *, close: bool) -> bool:
    """Whether two amounts can be the ends of one range. `close` says that a dash or "between" joins them, not a mere "to"."""
    if first.currency and second.currency and first.currency != second.currency:
        return False
    if first.unit and not second.unit:
        return False
    if first.unit and second.unit and first.unit.kind != second.unit.kind:
        return False
    if (first.currency and (second.unit or second.counted)) or (second.currency and (first.unit or first.counted)):
        return False
    if first.currency and not first.prefixed and not second.currency and not (close and second.scale != 1):
        return False
    if first.counted and first.counted != second.counted:
        return False
    if second.bare and second.scale == 1:
        return first.number.form == second.number.form != "chinese" or (close and second.number.form == "digits")
    return True


def _figure(text: str, first: Amount, second: Amount | None, words: Vocabulary, language: str) -> Figure | None:
    """The figure of one amount, or of two as a range; None for what is no figure after all."""
    last = second or first
    unit, currency = last.unit or first.unit, last.currency or first.currency
    low = first.value
    if second is not None:
        low *= second.unit.factor if second.unit and not first.unit else 1
        low *= second.scale if first.scale == 1 and first.number.value < 10_000 else 1
        low *= second.subunit if not first.currency else 1
        low = float(f"{low:.12g}")
    figure = Figure(first.start, last.end, "number", signed=first.negative)
    per = f"/{last.per}" if last.per else ""
    if currency:
        figure.kind, figure.currency, figure.unit = "money", currency, currency + per if per else None
    elif unit:
        figure.kind, figure.unit = unit.kind, unit.name + per
    elif last.counted:
        figure.kind, figure.unit = "count", last.counted + per
    elif text[first.number.start:first.number.end].lower() == "half":
        figure.kind, figure.unit, low, figure.approximate = "percent", "%", 50.0, True
    elif not _is_figure(text, first, last, figure, language):
        return None
    if not _is_said(text, figure, first):
        return None
    if second is None:
        figure.value = -low if first.negative else low
    else:
        figure.low, figure.high = sorted((-low if first.negative else low, -second.value if second.negative else second.value))
    _direct(text, figure, words, language, many=last.many)
    return figure


def _is_said(text: str, figure: Figure, first: Amount) -> bool:
    """Whether the number is said at all.

    数百家 (hundreds) is none, a lone 百 or 亿 only behind a cue (近百家, 超千亿元), 前三名 is a rank.
    """
    number = first.number
    written = text[number.start:number.end].lower()
    if number.form == "chinese":
        if text[number.start - 1:number.start] in ("数", "几", "多"):
            return False
        if written[0] in "百千万亿":
            return bool(_SAYS_BARE.search(text, max(0, first.start - 3), first.start))
    if figure.unit in ("名", "位", "强") and _RANKED.search(text, max(0, first.start - 1), first.start):
        return False
    if number.form == "english" and figure.kind in ("count", "number"):
        return first.scale != 1 or (figure.kind == "count" and written not in ("one", "a", "an"))
    return figure.kind != "number" or number.form == "digits" or first.scale != 1


def _is_figure(text: str, first: Amount, last: Amount, figure: Figure, language: str) -> bool:
    """Whether bare numbers are a figure, and of what: a plain English plural behind makes it a count (set on `figure`)."""
    words = vocabulary()
    number = first.number
    previous = _PREVIOUS.search(text, max(0, first.start - 24), first.start)
    in_name = bool(previous and previous[1][0].isupper() and previous[1].lower() not in words.plain_before and first.scale == 1)
    glued = text[last.end:last.end + 1]
    if glued and ((glued.isascii() and glued.isalpha()) or (glued == "-" and text[last.end + 1:last.end + 2].isalpha())):
        return False
    small = number.plain and last.number.plain and first.scale == last.scale == 1
    if small and (in_name or number.value in words.model_numbers):
        return False
    length = number.end - number.start
    if (language == "en" or text[last.end:last.end + 2].strip().isascii()) and not (small and number.form == "digits" and length > 5):
        noun = _noun(text, last.end, words)
        if noun:
            figure.kind, figure.unit = "count", noun
            return True
    if number.form != "digits":
        return first.scale != 1 or last.scale != 1
    cue = _NUMBER_CUE["zh" if language == "zh" else "en"].search(text, max(0, first.start - 12), first.start)
    if small:
        return cue is not None and 2 <= length <= 4
    is_version = number.value < 10 and first.scale == 1 and "." in text[number.start:number.end]  # 4.0, v2.5
    return not in_name if not is_version else cue is not None


def _noun(text: str, at: int, words: Vocabulary) -> str | None:
    """The plural noun that an English number counts, in the singular, with `/month` if it says so.

    `200,000 NVIDIA H100/H200 GPUs` counts a GPU.
    """
    last = ""
    for _ in range(5):
        found = _WORD.match(text, at)
        if found is None:
            return None
        noun, lower = found[1], found[1].lower()
        if lower in words.no_noun and not (lower == "and" and "-" in last):  # full-time and contract jobs
            return None
        per = _PER.match(text, found.end())
        tail = f"/{per['time']}" if per else ""
        if lower in words.plurals:
            return lower + tail
        if len(noun) > 2 and noun[-1] == "s" and (noun[-2].isupper() or not lower.endswith(("ss", "us", "is"))):
            return _singular(noun) + tail
        at, last = found.end(), lower
    return None


def _singular(noun: str) -> str:
    lower = noun.lower()
    if lower.endswith("ies") and len(noun) > 4:
        return noun[:-3] + "y"
    if lower.endswith(("ches", "shes", "sses", "xes", "zes")):
        return noun[:-2]
    return noun[:-1]


def _direct(text: str, figure: Figure, words: Vocabulary, language: str, *, many: bool = False) -> None:
    """Read the cues on both sides into the figure: bounds, approximation, direction."""
    if figure.kind == "duration" and _HYPHENED.match(text, figure.start):
        return  # "near 32-year lows": the lows are near
    effects = set(effects_before(text, figure.start, figure.kind, language, words))
    after = effect_after(text, figure.end, figure.kind, language, words)
    if after and not (after in ("up", "down") and effects & {"up", "down"}):
        effects.add(after)
    if many:
        effects.add("low")
    figure.approximate = figure.approximate or "approximate" in effects
    if effects & {"up", "down"}:
        figure.change = "down" if "down" in effects or figure.signed else "up"
    if figure.value is not None and ("low" in effects) != ("high" in effects):
        # of a loss written with a minus, "over" means a greater loss
        if ("low" in effects) != figure.signed:
            figure.low = figure.value
        else:
            figure.high = figure.value
        figure.value = None
