"""Figures as a reader likes them, in the language of the text: NT$4.88trn, US$52-56bn, 520-560亿美元, 62.3%, 1 GW, ≈200k."""

from __future__ import annotations

from kg.model import Values
from kg.nlp.units import vocabulary

_STEPS = {"en": ((1e12, "trn"), (1e9, "bn"), (1e6, "m"), (1e3, "k")), "zh": ((1e12, "万亿"), (1e8, "亿"), (1e4, "万"))}
_CHINESE_PER = {"month": "月", "quarter": "季"}
_PREFIXES = ((1e12, "T"), (1e9, "G"), (1e6, "M"), (1e3, "k"))
_GLUED = ("%", "x")
_CHINESE = {"year": "年", "quarter": "个季度", "month": "个月", "week": "周", "day": "天", "hour": "小时", "minute": "分钟", "second": "秒", "pp": "个百分点",
            "bp": "个基点", "point": "点", "x": "倍", "t": "吨", "oz": "盎司", "m": "米", "m2": "平方米", "m3": "立方米", "bbl": "桶", "share": "股", "kg": "公斤", "g": "克", "unit": "件"}


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
    return next(((size, word) for size, word in steps if largest >= max(size, 1e4)), (1.0, ""))


def _dressed(figure: str, suffix: str, values: Values, language: str) -> str:
    if values.unit in ("W", "Wh"):
        return figure + suffix
    if values.currency:
        signs = vocabulary().signs.get(values.currency, {"en": values.currency + " ", "zh": values.currency})
        per = values.unit.partition("/")[2] if values.unit else ""
        per = f"/{_CHINESE.get(per, per) if language == 'zh' else per}" if per else ""
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
        return f"{figure}{suffix}{'/'.join(_CHINESE_PER.get(part, _CHINESE.get(part, part)) if at else _CHINESE.get(part, part) for at, part in enumerate(unit.split('/')))}"
    if not unit.isascii():
        return f"{figure}{suffix}{unit}"
    counted, stroke, per = unit.partition("/")
    plural = "s" if figure + suffix != "1" and counted.isalpha() and len(counted) > 2 and counted[-1] != "s" and counted not in vocabulary().plurals else ""
    return f"{figure}{suffix} {counted}{plural}{stroke}{per}"


def _round(number: float) -> str:
    """Two decimals at most, none from a thousand on."""
    size = abs(number)
    places = 2 if size < 10_000 else 0
    if size and size < 0.1:
        return f"{number:.3g}"
    return f"{number:,.{places}f}".rstrip("0").rstrip(".") if places else f"{number:,.0f}"
