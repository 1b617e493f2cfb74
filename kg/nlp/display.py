"""Figures as a reader likes them, in the language of the text: NT$4.88trn, US$52-56bn, 520-560亿美元, 62.3%, 1 GW, ≈200k."""

from __future__ import annotations

from kg.model import Values
from kg.nlp.units import vocabulary

_STEPS = {"en": ((1e12, "trn"), (1e9, "bn"), (1e6, "m"), (1e3, "k")), "zh": ((1e12, "万亿"), (1e8, "亿"), (1e4, "万"))}
_PREFIXES = ((1e12, "T"), (1e9, "G"), (1e6, "M"), (1e3, "k"))
_GLUED = ("%", "x")
_CHINESE = {"year": "年", "quarter": "个季度", "month": "个月", "week": "周", "day": "天", "hour": "小时", "minute": "分钟", "second": "秒", "pp": "个百分点",
            "bp": "个基点", "point": "点", "x": "倍", "t": "吨", "oz": "盎司", "m": "米", "m2": "平方米", "m3": "立方米", "bbl": "桶"}
_PLURAL_EN = frozenset(("year", "month", "week", "day", "hour", "minute", "second", "quarter"))


def display(values: Values, language: str) -> str | None:
    """Return `values` as a short figure in `language` (en, zh), or None where they hold no number."""
    numbers = [number for number in (values.value, values.low, values.high) if number is not None]
    if not numbers:
        return values.period or values.as_of
    step, suffix = _step(max(abs(number) for number in numbers), values, language)
    if values.value is not None:
        figure = _round(values.value / step)
    elif values.low is not None and values.high is not None:
        figure = f"{_round(values.low / step)}{'-' if values.high >= 0 <= values.low else ' to ' if language == 'en' else '至'}{_round(values.high / step)}"
    else:
        figure = f"≥{_round(numbers[0] / step)}" if values.low is not None else f"≤{_round(numbers[0] / step)}"
    return ("≈" if values.approximate else "") + _dressed(figure, suffix, values, language)


def _step(largest: float, values: Values, language: str) -> tuple[float, str]:
    if values.unit in ("W", "Wh"):
        return next(((size, f" {prefix}{values.unit}") for size, prefix in _PREFIXES if largest >= size), (1.0, f" {values.unit}"))
    if values.unit == "%":
        return 1.0, ""
    steps = _STEPS["zh" if language == "zh" else "en"]
    if values.currency and language != "zh":
        steps = steps[:3]
    return next(((size, word) for size, word in steps if largest >= size * (1 if size > 1e4 or language != "zh" else 1)), (1.0, ""))


def _dressed(figure: str, suffix: str, values: Values, language: str) -> str:
    if values.unit in ("W", "Wh"):
        return figure + suffix
    if values.currency:
        signs = vocabulary().signs.get(values.currency, {"en": values.currency + " ", "zh": values.currency})
        per = f"/{values.unit.partition('/')[2]}" if values.unit and "/" in values.unit else ""
        if language == "zh":
            return f"{figure}{suffix}{signs['zh']}{per}"
        bound = figure[0] if figure[0] in "≥≤" else ""
        rest = figure[len(bound):]
        minus = "-" if rest.startswith("-") else ""
        return f"{bound}{minus}{signs['en']}{' ' if signs['en'].isalpha() and len(signs['en']) == 3 else ''}{rest[len(minus):]}{suffix}{per}"
    unit = values.unit or ""
    if unit == "%" or unit in _GLUED and language != "zh":
        return f"{figure}{suffix}{unit}"
    if not unit:
        return f"{figure}{suffix}"
    if language == "zh":
        return f"{figure}{suffix}{_CHINESE.get(unit, unit)}"
    if not unit.isascii():
        return f"{figure}{suffix}{unit}"
    plural = "s" if unit in _PLURAL_EN and figure != "1" or unit[-1:].isalpha() and len(unit) > 3 and unit.isalpha() and figure != "1" and not unit.isupper() else ""
    return f"{figure}{suffix} {unit}{plural}"


def _round(number: float) -> str:
    """Two decimals at most, none from a thousand on."""
    size = abs(number)
    places = 2 if size < 1000 else 0
    if size and size < 0.1:
        return f"{number:.3g}"
    return f"{number:,.{places}f}".rstrip("0").rstrip(".") if places else f"{number:,.0f}"
