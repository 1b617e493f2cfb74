"""Words for edges and figures, as a person writes them: "supplies", "200,000 (planned)", "US$52bn"."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from typing import Any

from kg.exporting.subgraph import Edge, Figure, Subgraph
from kg.knowledge.ontology import load_ontology

_SCALES = ((1e12, "trn"), (1e9, "bn"), (1e6, "m"))
_WATTS = ((1e9, "GW"), (1e6, "MW"), (1e3, "kW"))
_BARE = ("quantity", "amount", "share_pct", "weight_pct", "stake_pct")  # the number that an edge is about, where it has one


def verb(edge: Edge) -> str:
    """Return the relation as words between subject and object: "supplies", "is part of"."""
    return _said(edge.type)


@lru_cache(maxsize=256)
def _said(type: str) -> str:
    relation = load_ontology().facts.get(type)
    if relation is None or not relation.says:
        return type.lower().replace("_", " ")
    return relation.says.format(subject="", object="").strip()


def reservations(edge: Edge | Figure) -> tuple[str, ...]:
    """Return what must be said with an edge or a figure so that it is not taken for a plain fact: not, ended, plan, ..."""
    return tuple(word for word, holds in (("not", edge.negated), ("ended", edge.ended), (edge.modality, edge.modality != "fact")) if holds)


def quantity(edge: Edge) -> str:
    """Return the number that an edge is about, in words; "" where it has none. Nothing is made up: no number, no words."""
    own = edge.properties
    unit = "%" if any(name in own for name in _BARE[2:]) else own.get("unit")
    name = next((name for name in _BARE if name in own), None)
    words = amount({**own, "value": own[name] if name else None, "unit": unit})
    rating = own.get("rating")
    target = amount({"value": own.get("target_price"), "currency": own.get("currency")}) if own.get("target_price") is not None else ""
    return ", ".join(filter(None, (words if name or "low" in own or "high" in own else "", rating and str(rating), target)))


def figure(figure: Figure) -> str:
    """Return a figure as its text writes it or, where that is not known, from its values."""
    return figure.display or amount(figure.properties) or "not disclosed"


def amount(values: Mapping[str, Any]) -> str:
    """Return value, or low and high, with unit and currency; "" where there is no number."""
    value, low, high = (values.get(name) for name in ("value", "low", "high"))
    unit, currency = values.get("unit"), values.get("currency")
    if value is not None:
        text = _number(value, unit, currency)
    elif low is not None and high is not None:
        text = f"{_number(low, unit, currency)} to {_number(high, unit, None)}"
    elif low is not None:
        text = f"at least {_number(low, unit, currency)}"
    elif high is not None:
        text = f"at most {_number(high, unit, currency)}"
    else:
        return ""
    return f"≈ {text}" if values.get("approximate") else text


def own_properties(own: Mapping[str, Any], subgraph: Subgraph) -> dict[str, str]:
    """Return properties as words, ids of entities as their names."""
    return {name: _word(value, subgraph) for name, value in own.items() if value not in (None, "", [], ())}


def _word(value: Any, subgraph: Subgraph) -> str:
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, list | tuple):
        return ", ".join(_word(part, subgraph) for part in value)
    if isinstance(value, int | float):
        return _number(value, None, None)
    return subgraph.name_of(str(value))


def _number(value: Any, unit: str | None, currency: str | None) -> str:
    number = float(value)
    if unit == "W":
        return next((f"{number / size:,.4g} {name}" for size, name in _WATTS if abs(number) >= size), f"{number:,.4g} W")
    scale = next(((size, name) for size, name in _SCALES if abs(number) >= size), None) if currency or abs(number) >= 1e7 else None
    text = f"{number / scale[0]:,.4g}{scale[1]}" if scale else f"{number:,.10g}"
    return f"{currency + ' ' if currency else ''}{text}{'%' if unit == '%' else f' {unit}' if unit else ''}"
