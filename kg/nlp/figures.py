"""Numbers with what touches them: the machine behind `kg.nlp.values`.

From each number it looks to both sides: currency, scale, unit or the noun counted, a second number that makes a range, then the words
that bound or direct it. What is left bare is kept only where its form or a cue says that it is a figure.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from kg.nlp.numbers import NUMBER, Number, read_number
from kg.nlp.spans import ValueKind
from kg.nlp.units import Unit, Vocabulary, vocabulary

_RANGE = re.compile(r"\s?(?:-{1,2}|–|—|~|至|到|\s+to\s+)\s?")
_FROM = re.compile(r"(?:\bfrom|从|由|自)\s*(?:[A-Z]{0,3}[$€£¥])?\s*\Z")
_MANY = re.compile(r"[多余](?=[万亿千百]|\D)")
_PART = re.compile(r"(?P<under>百|千|[二三四五六七八九十])分之(?P<over>[零一二三四五六七八九十百两]+(?:点[零一二三四五六七八九]+)?)|(?P<tenths>[一二三四五六七八九两])成(?P<and>[一二三四五六七八九半])(?![为])")
_TURNS = {
    re.compile(r"\b(?:twice|doubl(?:e|es|ed|ing))\b(?![- ]digit)(?! down\b)", re.I): 2.0,
    re.compile(r"\btripl(?:e|es|ed|ing)\b", re.I): 3.0,
    re.compile(r"\bquadrupl(?:e|es|ed|ing)\b", re.I): 4.0,
    re.compile(r"翻(?:了)?(?:一)?番|翻倍"): 2.0,
    re.compile(r"翻(?:了)?两番"): 4.0,
}
_MAY_TURN = re.compile(r"twice|doubl|tripl|quadrupl|fold|翻", re.I)
_FOLD = re.compile(r"\b(?P<n>two|three|four|five|six|seven|eight|nine|ten)fold\b", re.I)
_OCCURRENCES = re.compile(r"\s+(?:a|an|per|this|last|in|since|during|over|before|already|daily|weekly)\b")
_SAYS_BARE = re.compile(r"(?:近|超|过|逾|约|上|破|达)\Z")
_PER = re.compile(r"\s?/\s?[年月日天周季小]|\s(?:per|an?)\s(?:year|annum|month|week|day|hour|quarter)\b")
_NODE = re.compile(r"\s?-?(?:nm|纳米|G(?![A-Za-z])|D(?![A-Za-z])|K(?![A-Za-z]))")
_WORD = re.compile(r"\s+([A-Za-z][\w&/’-]*)(?![\w'])")
_NO_NOUN = frozenset("is was has does its this thus plus less across versus always perhaps towards sales us as his yes vs ours s gets says".split())
_FUNCTION = frozenset(
    """and or of to in for at the by on from as with than were are be been have had will would could may that which who its their but
    after before while when where until since into over under about up down per a an is was has it he she they we if so not also""".split()
)
_PLAIN_PREVIOUS = _FUNCTION | frozenset("some around approximately nearly almost roughly least most more all only just these those both other its deploy deployed with total".split())
_PREVIOUS = re.compile(r"([A-Za-z][\w.'’&-]*)\s+\Z")
_COUNT_CUE_ZH = re.compile(r"(?:至|到|破|达|报|约|超|近|为|共|收于|站上|跌破|以上|上万|逾|突破|于)\Z")
_NUMBER_CUE_EN = re.compile(r"\b(?:to|at|above|below|over|under|about|around|nearly|broke|hit|reached|topped|of|by|was|is|were|totaled|totalled)\s+\Z", re.I)
_DAYS_CUE = re.compile(r"(?:近|连续|前|过去|每|为期|长达|共|仅|用时|历时|最近|未来)\Z")
_OFF_CUES = frozenset("over in under within for".split())


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


@dataclass(slots=True)
class _Amount:
    """One number and what touches it, before ranges and cues."""

    start: int
    end: int
    number: Number
    value: float
    currency: str | None = None
    unit: Unit | None = None
    counted: str | None = None
    scale: float = 1.0
    prefixed: bool = False
    negative: bool = False
    many: bool = False
    per: str | None = None


def figures(text: str, language: str, taken: bytearray) -> Iterator[Figure]:
    """Yield the figures of `text` (normalised), left to right, leaving alone every character that is `taken`."""
    words = vocabulary()
    if language == "zh" or "分之" in text or "成" in text or "翻" in text:
        yield from _parts(text, taken)
    yield from _turns(text, taken)
    position, ended = 0, -1
    while found := NUMBER.search(text, position):
        position = found.end()
        if any(taken[found.start():found.end()]):
            continue
        glued = text[found.start() - 1:found.start()] == "/" and found.start() - 1 == ended  # 100MW/200MWh
        amount = _amount(text, found, words, language, glued=glued)
        if amount is None:
            continue
        figure, position = _with_range(text, amount, words, language, taken)
        position = max(position, found.end())
        if figure is not None:
            ended = figure.end
            yield figure


def _amount(text: str, found: re.Match[str], words: Vocabulary, language: str, *, glued: bool = False) -> _Amount | None:
    """The number of `found` with its currency, scale and unit; None when the characters around say that it is part of a name."""
    number = read_number(found)
    if number is None:
        return None
    amount = _Amount(number.start, number.end, number, number.value)
    left = text[number.start - 1:number.start]
    may_be = left in words.currency_ends or (left == " " and text[number.start - 2:number.start - 1] in words.currency_ends)
    before = words.currency_before.search(text, max(0, number.start - 8), number.start) if may_be else None
    if before:
        amount.currency, amount.start, amount.prefixed = words.currencies[before["word"]], before.start(), True
        amount.negative = text[amount.start - 1:amount.start] == "-" and not text[amount.start - 2:amount.start - 1].isalnum()
    elif left and (left.isascii() and (left.isalpha() or left in "_.'") or left == "第"):
        return None
    elif left in ("-", "/", "–") and not glued:
        further = text[number.start - 2:number.start - 1]
        if further and (further.isalnum() and further.isascii() or further in "%)."):
            return None
        amount.negative = left == "-"
        amount.start -= amount.negative
    if number.form == "digits" and (_NODE.match(text, number.end) and not words.unit.match(text, number.end) and not words.scale.match(text, number.end)):
        return None
    end = number.end
    end = _scaled(text, amount, words, end)
    if not before or (text[end:end + 1] == "元"):
        after = words.currency_after.match(text, end)
        if after:
            word = after["word"]
            if word == "pound":  # `a 500 million pound deal`; a lone pound is a weight
                word = "pounds" if amount.scale >= 1e6 else ""
            if word:
                amount.currency = amount.currency or words.currencies[word]
                amount.value = float(f"{amount.value / 100:.12g}") if word in words.hundredths else amount.value
                end = after.end()
    if amount.currency:
        per = words.per.match(text, end)
        if per:
            amount.per, end = words.per_names[per["per"]], per.end()
    else:
        end = _measured(text, amount, words, end)
        per = _PER.match(text, end) if amount.unit or amount.counted else None
        if per and (step := words.per.match(text, end)):
            amount.per, end = words.per_names[step["per"]], step.end()
    amount.end = end
    return amount


def _scaled(text: str, amount: _Amount, words: Vocabulary, end: int) -> int:
    many = _MANY.match(text, end)
    if many:
        amount.many, end = True, many.end()
    scale = words.scale.match(text, end)
    if scale is None and amount.currency:
        scale = words.money_scale.match(text, end)
    while scale:
        word = scale[scale.lastgroup or 0]
        amount.scale *= words.scales[word if len(word) == 1 else word.lower()]
        end = scale.end()
        scale = words.scale.match(text, end) if word in "千百十" else None
    if amount.scale != 1 and (many := _MANY.match(text, end)):
        amount.many, end = True, many.end()
    amount.value = float(f"{amount.value * amount.scale:.12g}")
    if text[end:end + 1] == "+" and not text[end + 1:end + 2].isalnum():
        amount.many, end = True, end + 1
    return end


def _measured(text: str, amount: _Amount, words: Vocabulary, end: int) -> int:
    """Find the unit or the Chinese measure word behind the number; return where it ends."""
    found = words.unit.match(text, end)
    if found and _is_unit(text, amount, found, words):
        amount.unit = words.units[found["unit"]]
        amount.value = float(f"{amount.value * amount.unit.factor:.12g}")
        end = found.end()
        if text[end:end + 1] == "+":
            amount.many, end = True, end + 1
        return end
    counter = words.counter.match(text, end)
    if counter and not _is_article(amount.number, text) and not _trapped(text, counter.end(), counter["counter"], words):
        amount.counted = counter["counter"]
        return counter.end()
    return end


def _trapped(text: str, end: int, word: str, words: Vocabulary) -> bool:
    """Whether the measure word that ends here is only the beginning of a longer word."""
    following = text[end:end + 1]
    return bool(following) and following in words.traps.get(word, "")


def _is_article(number: Number, text: str) -> bool:
    """一家公司 is a company; 二次, 三线 are words: a lone 一 or 二 counts nothing."""
    return number.form == "chinese" and text[number.start:number.end] in ("一", "二")


def _is_unit(text: str, amount: _Amount, found: re.Match[str], words: Vocabulary) -> bool:
    word, number, after = found["unit"], amount.number, text[found.end():found.end() + 1]
    gap = found.group()[:len(found.group()) - len(word)]
    if _is_article(number, text) and word not in ("倍", "个百分点", "年", "周", "天", "小时", "吨", "个月"):
        return False
    if _trapped(text, found.end(), word, words) or word == "成" and (amount.scale != 1 or number.value > 10):
        return False
    if word in ("x", "X") and (gap or number.form != "digits"):
        return False
    if word in ("日", "周"):
        return after not in "线均移一二三四五六日天末初期" and (word == "周" or bool(_DAYS_CUE.search(text, max(0, number.start - 3), number.start)))
    if word == "年":
        return after not in "期代级报" or not after
    if word in ("点", "方", "寸", "升", "桶", "克", "瓦", "度"):
        if number.form != "digits":
            return False
        return not (word == "点" and (after in "钟半整分前后" and after or after.isdigit() or number.value < 13 and number.plain)
                    or word == "升" and after in "至到级幅" and after or word == "克" and after in "拉" and after)
    if word == "times":
        return not _OCCURRENCES.match(text, found.end())
    if gap == "-" and word in ("m", "x", "quarters"):
        return False
    return number.form != "english" or gap != "" or word in ("fold", "-fold")


def _with_range(text: str, first: _Amount, words: Vocabulary, language: str, taken: bytearray) -> tuple[Figure | None, int]:
    """The figure that begins with `first`, whether alone or as the lower end of a range, and where to read on."""
    separator = _RANGE.match(text, first.end)
    if separator and not first.per and not _FROM.search(text, max(0, first.start - 8), first.start):
        symbol = words.currency_before_at(text, separator.end())
        found = NUMBER.match(text, symbol)
        if found and not any(taken[found.start():found.end()]) and not (found["english"] and not first.number.form == "english"):
            second = _amount(text, found, words, language) if symbol != separator.end() or not _is_dash(separator) else _amount_behind_dash(text, found, words, language)
            if second is not None and _same_measure(first, second, _is_dash(separator)):
                return _figure(text, first, second, words, language), second.end
    between = re.search(r"\bbetween\s*\Z|介于\Z", text[max(0, first.start - 9):first.start])
    if between and (joint := re.compile(r"\s?(?:and|和|与|到|至)\s?").match(text, first.end)):
        found = NUMBER.match(text, words.currency_before_at(text, joint.end()))
        second = _amount(text, found, words, language) if found and not any(taken[found.start():found.end()]) else None
        if second is not None and _same_measure(first, second, True):
            return _figure(text, first, second, words, language), second.end
    return _figure(text, first, None, words, language), first.end


def _is_dash(separator: re.Match[str]) -> bool:
    return separator.group().strip() in ("-", "--", "–", "—", "~", "至", "到")


def _amount_behind_dash(text: str, found: re.Match[str], words: Vocabulary, language: str) -> _Amount | None:
    """The second number of a range: the dash before it is no minus and no part of a name."""
    blind = f"{text[:found.start() - 1]} {text[found.start():]}"
    return _amount(blind, found, words, language)


def _same_measure(first: _Amount, second: _Amount, dash: bool) -> bool:
    if first.currency and second.currency and first.currency != second.currency:
        return False
    if first.unit and not second.unit and not (second.prefixed and first.prefixed):
        return False
    if first.unit and second.unit and first.unit.kind != second.unit.kind:
        return False
    if first.currency and (second.unit or second.counted) or second.currency and (first.unit or first.counted):
        return False
    if first.currency and not first.prefixed and not second.currency:
        return False
    if first.counted and first.counted != second.counted:
        return False
    bare = not (second.unit or second.currency or second.counted or second.scale != 1)
    if bare and not dash and not first.number.form == "digits":
        return False
    if second.number.form == "chinese" and bare:
        return False
    return True


def _figure(text: str, first: _Amount, second: _Amount | None, words: Vocabulary, language: str) -> Figure | None:
    last = second or first
    unit, currency, counted = last.unit or first.unit, last.currency or first.currency, last.counted
    low = first.value
    if second is not None:
        if not first.unit and second.unit:
            low = float(f"{low * second.unit.factor:.12g}")
        if first.scale == 1 and second.scale != 1 and first.number.value < 10_000:
            low = float(f"{low * second.scale:.12g}")
    figure = Figure(first.start, last.end, "number", signed=first.negative)
    if currency:
        figure.kind, figure.currency, figure.unit = "money", currency, f"{currency}/{last.per}" if last.per else None
    elif unit:
        figure.kind, figure.unit = unit.kind, f"{unit.name}/{last.per}" if last.per else unit.name  # type: ignore[assignment]
    elif counted:
        figure.kind, figure.unit = "count", f"{counted}/{last.per}" if last.per else counted
    elif not _bare(text, first, last, words, figure, language):
        return None
    if text[first.number.start:first.number.end].lower() == "half" and figure.kind == "number":
        figure.kind, figure.unit, low, figure.approximate = "percent", "%", 50.0, True
    if first.number.form != "digits" and figure.kind == "number" and first.scale == 1:
        return None
    sign = -1.0 if first.negative else 1.0
    if second is None:
        figure.value = sign * low
    else:
        figure.low, figure.high = sorted((sign * low, second.value if not second.negative else -second.value))
    if not _is_said(text, figure, first):
        return None
    _direct(text, figure, words, language, many=last.many)
    return figure


def _is_said(text: str, figure: Figure, first: _Amount) -> bool:
    """百, 千, 万, 亿 alone are numbers only where a word says so (近百家, 超千亿元); 数百家 (hundreds) is no number at all."""
    written = text[first.number.start:first.number.end]
    if first.number.form == "chinese":
        if text[first.number.start - 1:first.number.start] in tuple("数几多"):
            return False
        if written[0] in "百千万亿":
            return bool(_SAYS_BARE.search(text, max(0, first.start - 3), first.start))
    if first.number.form == "english" and written.lower() in ("one", "a", "an") and figure.kind in ("count", "number"):
        return first.scale != 1
    return True


def _bare(text: str, first: _Amount, last: _Amount, words: Vocabulary, figure: Figure, language: str) -> bool:
    """Whether numbers without a unit are a figure, and of what: a plain English noun behind makes it a count."""
    number = first.number
    previous = _PREVIOUS.search(text, max(0, first.start - 24), first.start)
    name = bool(previous and previous[1][:1].isupper() and previous[1].lower() not in _PLAIN_PREVIOUS and first.scale == 1)
    glued = text[last.end:last.end + 1]
    if glued and (glued.isascii() and glued.isalpha() or glued == "-" and text[last.end + 1:last.end + 2].isalpha()):
        return False
    small = number.plain and last.number.plain and first.scale == last.scale == 1
    if small and (name or number.value in words.model_numbers):
        return False
    if language == "en" or text[last.end:last.end + 2].strip().isascii():
        noun = _noun(text, last.end, words)
        if noun and not (small and number.form == "digits" and len(text[number.start:number.end]) > 5):
            figure.kind, figure.unit = "count", noun
            return True
    if number.form != "digits":
        return first.scale != 1 or last.scale != 1 or text[number.start:number.end].lower() == "half"
    if not small and not name:
        return not (number.value < 10 and first.scale == 1 and "." in text[number.start:number.end] and not _NUMBER_CUE_EN.search(text, max(0, first.start - 12), first.start)
                    and not _COUNT_CUE_ZH.search(text, max(0, first.start - 4), first.start))
    written = text[number.start:number.end]
    if len(written) in (5, 6) and first.scale == 1 or len(written) < 2 or name:
        return not small and not name
    return bool(_COUNT_CUE_ZH.search(text, max(0, first.start - 4), first.start) if language == "zh" else _NUMBER_CUE_EN.search(text, max(0, first.start - 12), first.start))


def _noun(text: str, at: int, words: Vocabulary) -> str | None:
    """The plural noun that an English number counts, in the singular: `200,000 NVIDIA H100/H200 GPUs` counts a GPU."""
    for _ in range(5):
        found = _WORD.match(text, at)
        if found is None:
            return None
        noun, lower = found[1], found[1].lower()
        if lower in _FUNCTION or lower in _NO_NOUN:
            return None
        if lower in words.plurals:
            return lower
        if len(noun) > 2 and noun[-1] == "s" and (noun[-2].isupper() or not lower.endswith(("ss", "us", "is"))):
            return _singular(noun)
        at = found.end()
    return None


def _singular(noun: str) -> str:
    lower = noun.lower()
    if lower.endswith("ies") and len(noun) > 4:
        return noun[:-3] + "y"
    if lower.endswith(("ches", "shes", "sses", "xes", "zes")):
        return noun[:-2]
    return noun[:-1]


def _direct(text: str, figure: Figure, words: Vocabulary, language: str, *, many: bool) -> None:
    """Read the cues on both sides: bounds, approximation, direction."""
    effects = set(_before(text, figure, words, language))
    after = words.after["zh" if language == "zh" else "en"].match(text, figure.end)
    if after is None and language == "zh" and text[figure.end:figure.end + 1] in ("或", "及"):
        after = words.after["zh"].match(text, figure.end + 1)
    if after:
        said = after["cue"].strip().lower()
        effect = words.after_effects[language].get(said) or words.after_effects[language].get(said.split()[-1])
        if effect in ("up", "down"):
            if figure.kind in ("percent", "points") and not effects & {"up", "down"}:
                effects.add(effect)
        elif effect:
            effects.add(effect)
    if many:
        effects.add("low")
    figure.approximate = figure.approximate or "approximate" in effects
    if "up" in effects or "down" in effects:
        figure.change = "down" if "down" in effects else "up"
    if figure.value is not None and ("low" in effects) != ("high" in effects):
        if "low" in effects:
            figure.low = figure.value
        else:
            figure.high = figure.value
        figure.value = None
        if figure.signed:  # 跌超 is told by the word; a written minus keeps its own order: "over -5%" is not read
            figure.low, figure.high = figure.high, figure.low
            if figure.low is None and figure.high is None:
                return


def _before(text: str, figure: Figure, words: Vocabulary, language: str) -> Iterator[str]:
    """The effects of the words right before the figure, nearest first, until one directs it or is unknown."""
    position, bounded = figure.start, False
    cues = words.cues
    for _ in range(8):
        left = text[max(0, position - 40):position]
        phrase, length = _phrase(left, cues["zh"], words.longest_zh) if language == "zh" else ("", 0)
        effect = cues["zh"].get(phrase) if length else None
        if effect is None:
            phrase, length = _english_phrase(left, cues["en"])
            effect = cues["en"].get(phrase) if length else None
        if effect is None or effect == "stop" or (phrase == "上" and text[position:position + 1] not in tuple("百千万亿")):
            return
        position -= length
        if effect in ("low", "high"):
            if bounded or (figure.kind == "duration" and phrase in _OFF_CUES):
                return
            bounded = True
            yield effect
        elif effect != "link":
            yield effect
            if effect in ("up", "down"):
                return


def _phrase(left: str, cues: dict[str, str], longest: int) -> tuple[str, int]:
    for length in range(min(longest, len(left)), 0, -1):
        if left[-length:] in cues:
            return left[-length:], length
    return "", 0


def _english_phrase(left: str, cues: dict[str, str]) -> tuple[str, int]:
    bare = left.rstrip()
    if bare[-1:] in tuple("~≈><≥≤+"):
        return bare[-1], len(left) - len(bare) + 1
    if not bare or (bare == left and left[-1:].isalnum()):
        return "", 0
    at = len(bare)
    best: tuple[str, int] = ("", 0)
    for _ in range(4):
        cut = bare.rfind(" ", 0, at)
        phrase = bare[cut + 1:].lower().lstrip("(\"“'")
        if phrase in cues:
            best = (phrase, len(left) - cut - 1)
        if cut < 0:
            break
        at = cut
    return best


def _turns(text: str, taken: bytearray) -> Iterator[Figure]:
    """Multiples that are words of their own: doubled, threefold, 翻番."""
    if not _MAY_TURN.search(text):
        return
    for pattern, value in _TURNS.items():
        for found in pattern.finditer(text):
            if not any(taken[found.start():found.end()]):
                taken[found.start():found.end()] = b"\1" * (found.end() - found.start())
                word = found.group().lower()
                change: Literal["up"] | None = "up" if word.endswith(("ed", "ing")) or "翻" in word else None
                yield Figure(found.start(), found.end(), "multiple", value=value, unit="x", change=change)
    for found in _FOLD.finditer(text):
        if not any(taken[found.start():found.end()]):
            taken[found.start():found.end()] = b"\1" * (found.end() - found.start())
            count = NUMBER.match(found["n"])
            number = read_number(count) if count else None
            if number:
                yield Figure(found.start(), found.end(), "multiple", value=number.value, unit="x")


def _parts(text: str, taken: bytearray) -> Iterator[Figure]:
    """百分之五, 三分之一, 六成五."""
    from kg.nlp.numbers import chinese_value

    for found in _PART.finditer(text):
        if any(taken[found.start():found.end()]):
            continue
        if found["tenths"]:
            value: float | None = 10 * (chinese_value(found["tenths"]) or 0) + (5 if found["and"] == "半" else chinese_value(found["and"]) or 0)
            exact = True
        else:
            over, under = chinese_value(found["over"]), chinese_value(found["under"])
            value = 100 * over / under if over is not None and under else None
            exact = under in (100, 1000, 10, 2, 4, 5)
        if value is not None:
            taken[found.start():found.end()] = b"\1" * (found.end() - found.start())
            yield Figure(found.start(), found.end(), "percent", value=float(f"{value:.6g}"), unit="%", approximate=not exact)
