"""Figures as people write them on a slide: US$52-56bn, ≈200k, 1 GW, 9.8%."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from kg.exporting.subgraph import Edge, Figure
from kg.exporting.wording import reservations

_SIGNS = {"USD": "US$", "CNY": "CN¥", "JPY": "JP¥", "TWD": "NT$", "HKD": "HK$", "EUR": "€", "GBP": "£", "KRW": "₩", "INR": "₹"}
_SCALES = ((1e12, "trn"), (1e9, "bn"), (1e6, "m"), (1e3, "k"))
_WATTS = ((1e9, " GW"), (1e6, " MW"), (1e3, " kW"), (1.0, " W"))
_OF_EDGES = ("quantity", "amount", "share_pct", "weight_pct", "stake_pct", "share_of_revenue_pct", "target_price")
_COUNTED = {"gpu", "gpus", "chip", "chips", "unit", "units", "card", "cards"}  # what the box at the end of the line names already


def short(values: Mapping[str, Any]) -> str:
    """Return value, or low and high, with unit and currency, as short as a slide wants it; "" where there is no number."""
    value, low, high = (values.get(name) for name in ("value", "low", "high"))
    unit, currency = str(values.get("unit") or ""), str(values.get("currency") or "")
    if value is not None:
        text = _with_unit([float(value)], unit, currency)
    elif low is not None and high is not None:
        text = _with_unit([float(low), float(high)], unit, currency)
    elif low is not None:
        text = "≥" + _with_unit([float(low)], unit, currency)
    elif high is not None:
        text = "≤" + _with_unit([float(high)], unit, currency)
    else:
        return ""
    return f"≈{text}" if values.get("approximate") else text


def on_line(edge: Edge) -> str:
    """Return the number that a line is about, and what must be said with it: "≈200k", "555k (plan)", "Buy, €45"."""
    own = edge.properties
    name = next((name for name in _OF_EDGES if own.get(name) is not None), None)
    unit = "%" if name and name.endswith("_pct") else own.get("unit")
    if str(unit).lower() in _COUNTED:
        unit = None
    values = {**own, "value": own[name] if name else None, "unit": unit}
    number = short(values) if name or own.get("low") is not None or own.get("high") is not None else ""
    told = ", ".join(reservations(edge))
    return " ".join(filter(None, (", ".join(filter(None, (str(own.get("rating") or ""), number))), f"({told})" if told else "")))


def on_box(figure: Figure, names: Mapping[str, str]) -> str:
    """Return a figure as a box shows it: "power 1 GW (plan, 2026-04)"; `names` gives the short names of some."""
    own = figure.properties
    number = short(own) or figure.display or "not disclosed"
    period = own.get("period") or own.get("planned_for") or own.get("as_of")
    about = ", ".join(filter(None, (*reservations(figure), str(period) if period else "")))
    segment = f", {own['segment']}" if own.get("segment") else ""
    name = names.get(figure.name, figure.name.replace("_", " "))
    return f"{name}{segment} {number}{f' ({about})' if about else ''}"


def is_disclosed(figure: Figure) -> bool:
    """True where a figure has a number or the words of its text."""
    return bool(figure.display or short(figure.properties))


def _with_unit(numbers: list[float], unit: str, currency: str) -> str:
    largest = max(abs(number) for number in numbers)
    if unit == "W":
        size, name = next((pair for pair in _WATTS if largest >= pair[0]), _WATTS[-1])
    else:
        size, name = next((pair for pair in _SCALES if largest >= pair[0]), (1.0, "")) if currency or largest >= 10_000 else (1.0, "")
    span = (" to " if numbers[0] < 0 else "-").join(f"{number / size:,.4g}" for number in numbers)
    sign = _SIGNS.get(currency, f"{currency} " if currency else "")
    tail = "%" if unit == "%" else "" if unit in ("W", "") else unit if unit == "x" else f" {unit}"
    return f"{sign}{span}{name}{tail}"
