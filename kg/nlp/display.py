"""Figures as a reader likes them, in the language of the text: NT$4.88trn, US$52-56bn, 520-560亿美元, 62.3%, 1 GW, ≈200k."""

from __future__ import annotations

from kg.model import Values
from kg.nlp.units import vocabulary

_STEPS = {"en": ((1e12, "trn"), (1e9, "bn"), (1e6, "m"), (1e3, "k")), "zh": ((1e12, "万亿"), (1e8, "亿"), (1e4, "万"))}
_PREFIXES = ((1e12, "T"), (1e9, "G"), (1e6, "M"), (1e3, "k"), (0.0, ""))
_CHINESE = {
    "year": "年", "quarter": "个季度", "month": "个月", "week": "周", "day": "天", "hour": "小时", "minute": "分钟", "second": "秒",
    "pp": "个百分点", "bp": "个基点", "point": "点", "x": "倍", "t": "吨", "kg": "公斤", "g": "克", "oz": "盎司", "m": "米", "m2": "平方米",
    "m3": "立方米", "bbl": "桶", "share": "股", "unit": "件",
}
_CHINESE_PER = {**_CHINESE, "month": "月", "quarter": "季", "day": "日"}


def display(values: Values, language: str) -> str | None:
    """Return `values` as a short figure in `language` (en, zh); the period or date where they hold no number, None where not even that."""
    numbers = [number for number in (values.value, values.low, values.high) if number is not None]
    if not numbers:
        return values.period or values.as_of
    chinese = language == "zh"
    step, suffix = _step(max(abs(number) for number in numbers), values.unit, chinese=chinese)
    bound = ""
    if values.value is None and len(numbers) == 1:
        bound = "≥" if values.low is not None else "≤"
    between = "-" if all(number >= 0 for number in numbers) else "至" if chinese else " to "
    figure = between.join(_round(number / step) for number in numbers)
    return ("≈" if values.approximate else "") + bound + _dressed(figure, suffix, values, chinese=chinese)


def _step(largest: float, unit: str | None, *, chinese: bool) -> tuple[float, str]:
    """By how much to divide, and the word that says so."""
    if unit in ("W", "Wh"):
        return next((size or 1.0, f" {prefix}{unit}") for size, prefix in _PREFIXES if largest >= size)
    if unit == "%":
        return 1.0, ""
    return next(((size, word) for size, word in _STEPS["zh" if chinese else "en"] if largest >= max(size, 1e4)), (1.0, ""))


def _dressed(figure: str, suffix: str, values: Values, *, chinese: bool) -> str:
    """The figure with its currency or unit."""
    unit, _, per = (values.unit or "").partition("/")
    per = f"/{_CHINESE_PER.get(per, per) if chinese else per}" if per else ""
    if values.currency:
        sign = vocabulary().signs.get(values.currency, {"en": values.currency, "zh": values.currency})["zh" if chinese else "en"]
        if chinese:
            return f"{figure}{suffix}{sign}{per}"
        sign = f"{sign} " if sign.isalpha() and len(sign) == 3 else sign
        return f"-{sign}{figure[1:]}{suffix}{per}" if figure.startswith("-") else f"{sign}{figure}{suffix}{per}"
    if unit in ("W", "Wh") or not unit:
        return f"{figure}{suffix}{per}"
    if unit == "%" or (unit == "x" and not chinese):
        return f"{figure}{suffix}{unit}{per}"
    if chinese:
        return f"{figure}{suffix}{_CHINESE.get(unit, unit)}{per}"
    many = figure + suffix != "1" and unit.isalpha() and len(unit) > 2 and unit[-1] != "s" and unit not in vocabulary().plurals
    return f"{figure}{suffix}{' ' if unit.isascii() else ''}{unit}{'s' if many and unit.isascii() else ''}{per}"


def _round(number: float) -> str:
    """Two decimals at most, none from ten thousand on."""
    if number and abs(number) < 0.1:
        return f"{number:.3g}"
    if abs(number) >= 10_000:
        return f"{number:,.0f}"
    return f"{number:,.2f}".rstrip("0").rstrip(".")
