"""Figures that cannot be: kept as they stand, and flagged with the reason. Nothing is corrected."""

from __future__ import annotations

import math
import re
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date

from kg.knowledge.metric_terms import MetricTerm
from kg.model import Values
from kg.nlp.spans import Figure, Quantity

SLACK = 0.02  # what rounding and "about" may take or give
ROUNDING = 0.5  # percentage points for each part
WEEK = 7  # days: fiscal quarters of 13 and 14 weeks
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

    The same thing: subject, metric, period, day or window, segment, basis, session, currency and unit. Both sides are flagged, for nothing
    here tells which is the slip, unless one of them is told at least twice and the other once.
    """
    groups: dict[tuple[object, ...], list[int]] = defaultdict(list)
    for index, figure in enumerate(figures):
        v = figure.values
        if v.suspect is None and _size(v) and (v.period or v.window_end or v.as_of):
            subject = figure.subject.entity or figure.subject.name or (figure.subject.label, figure.subject.start)
            when = v.period, v.as_of, v.window_start, v.window_end
            groups[subject, figure.name, when, v.segment, v.basis, v.session, v.currency, v.unit].append(index)
    flagged = list(figures)
    for indices in groups.values():
        for index in indices:
            mine = _size(figures[index].values)
            others = [figures[other] for other in indices if _apart(mine, _size(figures[other].values))]
            agreeing = sum(not _apart(mine, _size(figures[other].values)) for other in indices)
            if others and agreeing <= len(others):
                shown = others[0].values.display or f"{_size(others[0].values):g}"
                reason = f"the same document also says {shown}" + _scales_apart(mine, _size(others[0].values))
                flagged[index] = replace(figures[index], values=figures[index].values.model_copy(update={"suspect": reason}))
    return flagged


def flag_parts(figures: Sequence[Figure], plain: str, all_of_it: re.Pattern[str]) -> list[Figure]:
    """Return the figures of one sentence, those flagged that cannot be parts of one whole.

    Parts of one subject's figure that make more than the total told beside them (or, where `all_of_it` finds in `plain` that they are
    all of it, less), and shares of one whole that make more than 100 %. Totals and parts are flagged alike: nothing tells which is the slip.
    """
    groups: dict[tuple[object, ...], list[int]] = defaultdict(list)
    for index, figure in enumerate(figures):
        v = figure.values
        if v.value is not None:
            groups[figure.subject, figure.name, v.period, v.window_start, v.window_end, v.basis, v.currency, v.unit].append(index)
    flagged = list(figures)
    for (_, name, *_), indices in groups.items():
        totals = [index for index in indices if figures[index].values.segment is None]
        parts = {figures[index].values.segment: index for index in indices if figures[index].values.segment is not None}
        reason = _misfit(str(name), [figures[i].values.value or 0.0 for i in totals], [figures[i].values.value or 0.0 for i in parts.values()],
                         complete=bool(all_of_it.search(plain)))
        for index in [*totals, *parts.values()] if reason else ():
            flagged[index] = replace(figures[index], values=figures[index].values.model_copy(update={"suspect": reason}))
    return flagged


def _misfit(name: str, totals: Sequence[float], parts: Sequence[float], *, complete: bool) -> str | None:
    if len(parts) < 2 or min(parts) < 0:
        return None
    made = sum(parts)
    if name.endswith("_share"):
        return f"the parts told beside it make {made:g}%" if made > 100 + ROUNDING * len(parts) else None
    if len(totals) != 1 or name.endswith(("_growth", "_margin", "_ratio", "_rate", "_yield", "_change")):
        return None
    apart = made - totals[0]
    if apart > SLACK * totals[0] or (complete and -apart > SLACK * totals[0]):
        return f"the parts told beside it make {made:g}, not {totals[0]:g}"
    return None


def overlong(period: Quantity, stretch: Quantity) -> str | None:
    """Return why `stretch`, the days that a text gives for `period` ("the first quarter (1 January to 30 June)"), cannot be, or None."""
    days, named = _days(stretch), _days(period)
    if stretch.values.window_end is None or days is None or named is None or days <= named * (1 + SLACK) + WEEK:
        return None
    return f"{days} days are more than {period.values.period or period.values.display} has"


def _days(quantity: Quantity) -> int | None:
    """How long a period, a window or a length of time is at most."""
    v = quantity.values
    if quantity.kind == "duration" and v.unit in _LENGTHS:
        longest = max((number for number in (v.value, v.high, v.low) if number is not None), default=None)
        return None if longest is None else round(longest * _LENGTHS[v.unit])
    if v.window_start and v.window_end:
        return (date.fromisoformat(v.window_end) - date.fromisoformat(v.window_start)).days + 1
    return next((days for form, days in _NAMED.items() if form.fullmatch(v.period or "")), None)


_LENGTHS = {"day": 1.0, "week": 7.0, "month": 31.0, "quarter": 92.0, "year": 366.0}
_NAMED = {re.compile(form): days for form, days in ((r"(?:FY)?\d{4}Q\d", 92), (r"(?:FY)?\d{4}H\d", 184), (r"\d{4}-\d\d", 31), (r"(?:FY)?\d{4}", 371))}


def _scales_apart(one: float, other: float) -> str:
    """Say so where two sizes differ by what a misread scale makes of one: 亿 for million, thousand for million."""
    ratio = max(one, other) / min(one, other)
    power = round(math.log10(ratio))
    return f", {10**power:g} times apart: a scale misread?" if power >= 2 and abs(math.log10(ratio) - power) < 0.05 else ""


def _size(values: Values) -> float:
    return abs(next((number for number in (values.value, values.low, values.high) if number is not None), 0.0))


def _apart(one: float, other: float) -> bool:
    return bool(one and other) and max(one, other) / min(one, other) > OUT_OF_SCALE
