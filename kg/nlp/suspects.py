"""Figures that cannot be: kept as they stand, and flagged with the reason. Nothing is corrected."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import replace

from kg.knowledge.metric_terms import MetricTerm
from kg.model import Values
from kg.nlp.spans import Figure

OUT_OF_SCALE = 20  # two figures of one thing that differ by more than this factor are not two estimates: one is a slip


def implausible(name: str, values: Values, names: Mapping[str, MetricTerm]) -> str | None:
    """Return why `values` cannot be a figure of the metric `name`, or None."""
    term = names.get(name)
    numbers = [number for number in (values.value, values.low, values.high) if number is not None]
    if values.low is not None and values.high is not None and values.low > values.high:
        return "the range runs backwards"
    if term is None:
        if (
            name.endswith("_growth")
            and values.unit == "%"
            and any(number < -100 for number in numbers)
            and not name.startswith(("net_profit", "operating", "pretax", "eps", "ebit"))
        ):
            return "nothing can shrink by more than 100%"
        return None
    if values.unit not in ("x", "times", "倍"):
        if term.least is not None and any(number < term.least for number in numbers):
            return f"{name} cannot be below {term.least:g}"
        if term.most is not None and any(number > term.most for number in numbers):
            return f"{name} cannot be above {term.most:g}{values.unit or ''}"
    return None


def flag_suspects(figures: Sequence[Figure]) -> list[Figure]:
    """Return the figures of one document, those flagged that contradict another of the same thing by their order of magnitude.

    The same thing: subject, metric, period or window, segment, basis, session, currency and unit. Both sides are flagged, for nothing
    here tells which is the slip, unless one of them is told at least twice and the other once.
    """
    groups: dict[tuple[object, ...], list[int]] = defaultdict(list)
    for index, figure in enumerate(figures):
        v = figure.values
        if v.suspect is None and _size(v) and (v.period or v.window_end):
            subject = figure.subject.entity or figure.subject.name or (figure.subject.label, figure.subject.start)
            groups[subject, figure.name, v.period, v.window_start, v.window_end, v.segment, v.basis, v.session, v.currency, v.unit].append(
                index
            )
    flagged = list(figures)
    for indices in groups.values():
        for index in indices:
            mine = _size(figures[index].values)
            others = [figures[other] for other in indices if _apart(mine, _size(figures[other].values))]
            agreeing = sum(not _apart(mine, _size(figures[other].values)) for other in indices)
            if others and agreeing <= len(others):
                shown = others[0].values.display or f"{_size(others[0].values):g}"
                reason = f"the same document also says {shown}"
                flagged[index] = replace(figures[index], values=figures[index].values.model_copy(update={"suspect": reason}))
    return flagged


def _size(values: Values) -> float:
    return abs(next((number for number in (values.value, values.low, values.high) if number is not None), 0.0))


def _apart(one: float, other: float) -> bool:
    return bool(one and other) and max(one, other) / min(one, other) > OUT_OF_SCALE
