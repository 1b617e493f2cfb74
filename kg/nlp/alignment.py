"""Lists of values: the i-th value belongs to the i-th period, term or subject."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from kg.nlp.layout import Layout
from kg.nlp.spans import Figure, Quantity
from kg.nlp.timing import as_time, times, years_of

_YEAR = re.compile(r"(?:FY)?20\d\d")
_YEARS = re.compile(r"(?:FY)?20\d\d(?:年)?(?:(?:, and |, | and |、|和|/)(?:FY)?20\d\d(?:年)?)+")  # "2025, 2026 and 2027"


def aligned(layout: Layout, figures: Sequence[Figure]) -> list[Figure]:
    """Return figures with the periods that a list gives them; a list that nothing aligns says nothing, and is left out."""
    result: list[Figure] = []
    for group in _groups(layout, figures):
        result += group if len(group) == 1 else _spread(layout, group)
    return result


def _groups(layout: Layout, figures: Sequence[Figure]) -> list[list[Figure]]:
    """Figures of one name whose values stand in one list."""
    groups: list[list[Figure]] = []
    for figure in figures:
        last = groups[-1][-1] if groups else None
        if last is not None and last.name == figure.name and last.subject == figure.subject and _listed(layout, last, figure):
            groups[-1].append(figure)
        else:
            groups.append([figure])
    return groups


def _listed(layout: Layout, left: Figure, right: Figure) -> bool:
    return bool(layout.lang.words["list"].fullmatch(layout.plain[left.end : right.end - _length(layout, right)]))


def _length(layout: Layout, figure: Figure) -> int:
    """The length of the value that ends the figure's words."""
    return next((value.end - value.start for value in layout.values if value.end == figure.end), 0)


def _spread(layout: Layout, group: list[Figure]) -> list[Figure]:
    size = len(group)
    for run in _runs_of_times(layout):
        if len(run) == size:
            return [
                replace(figure, values=figure.values.model_copy(update={"window_start": None, "window_end": None, "as_of": None, **time}))
                for figure, time in zip(group, run, strict=True)
            ]
    return []


def _runs_of_times(layout: Layout) -> list[list[dict[str, str]]]:
    """The lists of periods of a sentence: "2026, 2027 and 2028", each beside a value of its own, or 2026-2028年 year by year."""
    found = times(layout)
    runs = [[{"period": year} for year in years_of(time)] for time in found if len(years_of(time)) > 1]
    runs += [[{"period": year} for year in _YEAR.findall(hit.group())] for hit in _YEARS.finditer(layout.plain)]
    singles: list[Quantity] = [time for time in found if len(years_of(time)) == 1]
    if len(singles) > 1:
        runs.append([as_time(time) for time in singles])
    return runs
