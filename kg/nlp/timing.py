"""When a figure holds: the period, the window, the moment that the sentence gives for it, and lists aligned with periods."""

from __future__ import annotations

import re
from typing import Any

from kg.nlp.layout import Layout
from kg.nlp.linking import TIMES, Link
from kg.nlp.spans import Quantity
from kg.nlp.subjects import RELATIVE, strip_words

_AFTER = re.compile(
    r"\s*,?\s*(?:(?:for|in|during|by|over|through|as of|at|on|to|the|this|for the|in the|during the|at the end of|end of)\s+)*",
    re.IGNORECASE,
)
_UNTIL = re.compile(r"(?:\bby|\bin|\buntil|\bto|\bbefore|到|至|于|在)\s*(?:the\s+)?(?:end\s+of\s+)?$", re.IGNORECASE)
_COMPARED = re.compile(
    r"(?:from|than|versus|against|compared (?:with|to)|that of|those of|levels? (?:of|in)"
    r"|same (?:period|quarter|month|week|time) (?:of|in)|较|比|相比|同比)\s*"
    r"(?:the\s+|in\s+|that of\s+)?$",
    re.IGNORECASE,
)
_SINCE = re.compile(
    r"\bsince\s+(?:the\s+)?(?:(?:early|mid|late|last|start|beginning|end|middle)(?:\s+of|-)?\s*)*(?:the\s+)?$|(?:自|自从)\s*$", re.IGNORECASE
)
_SINCE_ZH = re.compile(r"(?:年|月|日|初|底|末)?(?:\d{1,2}月)?(?:以来|至今|起(?!的))")  # how long, not when
_PARTICIPLE = re.compile(
    r"\b(?:imposed|announced|signed|reached|agreed|opened|founded|acquired|launched|held|unveiled|passed|issued)\s+(?:back\s+)?(?:in|on|last)?\s*$"
)
_WITHIN_YEAR = re.compile(r"\d{4}-\d\d|\d{4}Q\d")  # no time of what holds for a year: "in August it cut its full-year forecast"
_YEARS = re.compile(r"(FY|CY)?(\d{4})-(?:FY|CY)?(\d{4})$")
_THAT_OF = re.compile(
    r"\s*(?:that|those|the level|levels?)?\s*(?:of|in|from)\s+$"
    r"|\s*(?:compared (?:with|to)|versus|than in|the)\s+$|^\s*(?:相当于|较|比|是)?$",
    re.IGNORECASE,
)


def time_of(layout: Layout, link: Link, *, moment: bool) -> dict[str, Any]:
    """Return the updates of `Values` that say when: `period`, `window_start`/`window_end`, or `as_of` for what holds at a `moment`."""
    nearest = _beside(layout, link) or _leading(layout, link)
    if nearest is None or not (moment or nearest.kind == "period"):
        return {}
    told = as_time(nearest)
    around = layout.plain[max(0, link.term.start - 24) : link.term.start]
    return {} if _WITHIN_YEAR.fullmatch(str(told.get("period") or "")) and layout.lang.words["of_year"].search(around) else told


def as_time(quantity: Quantity) -> dict[str, Any]:
    """Return what a date or a period says, as fields of `Values`."""
    values = quantity.values
    if quantity.kind == "date":
        return {"as_of": values.as_of} if values.as_of else {}
    return {name: value for name in ("period", "window_start", "window_end") if (value := getattr(values, name))}


def times(layout: Layout) -> list[Quantity]:
    """Return the dates and periods of a sentence, in order."""
    return [value for value in layout.values if value.kind in ("date", "period") and as_time(value)]


def _beside(layout: Layout, link: Link) -> Quantity | None:
    """The time right after the value, between term and value, or right before the term."""
    value = link.quantity
    candidates = times(layout)
    following = next((v for v in layout.values if v.start >= value.end and v.kind not in TIMES), None)
    limit = following.start if following else len(layout.text)
    for time in candidates:
        if value.end <= time.start < limit:
            gap = layout.plain[value.end : time.start]
            if layout.lang.spaced and _AFTER.fullmatch(gap) and not _is_basis(layout, time):
                return time
            break
    low, high = link.start, link.end
    inside = [t for t in candidates if low <= t.start and t.end <= high and not _is_basis(layout, t)]
    if inside:
        return inside[-1]
    before = [t for t in candidates if t.end <= link.term.start and not _is_basis(layout, t)]
    if before and not strip_words(layout.plain[before[-1].end : link.term.start], layout.lang.words["modifiers"]):
        return before[-1]
    if layout.lang.spaced:
        for time in candidates:
            if value.end <= time.start < limit and layout.end_of(value.end) >= time.start:
                gap = layout.plain[value.end : time.start]
                if (
                    re.search(r"\b(?:in|for|during|by)\s+(?:the\s+)?(?:end\s+of\s+(?:the\s+)?)?$", gap, re.IGNORECASE)
                    and not re.search(r"\b(?:and|from|than|versus|against|compared)\b", gap)
                    and not _is_basis(layout, time)
                ):
                    return time
    return None


def _leading(layout: Layout, link: Link) -> Quantity | None:
    """The nearest time before the term that no other value has taken for itself ("for 2026" after it)."""
    for time in reversed(times(layout)):
        said = layout.lang.patterns["when_said"].search(layout.plain[: time.start])
        if said or time.end > link.term.start or _is_basis(layout, time) or is_of_another_clause(layout, time, link.start):
            continue
        hard = [cut for cut in layout.hard if time.end <= cut < link.term.start and layout.text[cut] not in ":："]
        previous = [v for v in layout.values if v.end <= time.start and v.kind not in TIMES]
        taken = (
            layout.language == "en"
            and previous
            and re.fullmatch(r"\s*(?:for|in|by|during)?\s*(?:the\s+)?", layout.plain[previous[-1].end : time.start])
        )
        return None if hard or taken else time
    return None


def is_start(layout: Layout, time: Quantity) -> bool:
    """Tell whether a time is only since when something holds: "since late February", 2015年以来."""
    if layout.text[time.start : time.end].startswith(("今年", "年初", "this year")):
        return False  # the year to date has its name
    return bool(_SINCE.search(layout.plain[max(0, time.start - 36) : time.start]) or _SINCE_ZH.match(layout.plain, time.end))


def _is_basis(layout: Layout, time: Quantity) -> bool:
    """Tell whether a time is only what something is compared with ("from 2024", 较2024年)."""
    if any(
        cue.search(layout.plain[max(0, time.start - 12) : time.end]) and cue.search(layout.plain[max(0, time.start - 12) : time.end + 10])
        for cue in layout.lang.basis.values()
    ):
        return True
    before = layout.plain[max(0, time.start - 36) : time.start]
    return _COMPARED.search(before) is not None or is_start(layout, time)


def is_of_another_clause(layout: Layout, time: Quantity, place: int) -> bool:
    """Tell whether a time belongs to a relative clause or a participle of which the words at `place` are no part."""
    if not layout.lang.spaced:
        return False
    clause = layout.start_of(time.start)
    if RELATIVE.match(layout.plain, clause) and layout.start_of(place) != clause:
        return True
    told = _PARTICIPLE.search(layout.plain, max(clause, time.start - 40), time.start)
    return told is not None and not told.start() <= place < told.end()


def basis_of(layout: Layout, link: Link) -> str | None:
    """Return what a change or a multiple is measured against: yoy, qoq, mom, prior_guidance, prior_close, a period."""
    value = link.quantity
    others = [v for v in layout.values if v.kind not in TIMES and v is not value and v not in _listed_before(layout, value)]
    left = max(
        [v.end for v in others if v.end <= value.start]
        + [link.term.start if link.term.end <= value.start else layout.start_of(value.start)]
    )
    right = min([v.start for v in others if v.start >= value.end] + [layout.end_of(value.end)])
    around = layout.plain[left : value.start] + "\u0000" + layout.plain[value.end : max(right, value.end)]
    spot = around.index("\u0000")
    best: tuple[int, str] | None = None
    for name, cue in layout.lang.basis.items():
        for hit in cue.finditer(around):
            distance = spot - hit.end() if hit.end() <= spot else hit.start() - spot
            if best is None or distance < best[0]:
                best = (distance, name)
    if best is not None:
        return best[1]
    if value.kind == "multiple":
        than = next((m for m in layout.mentions if m.start >= value.end), None)
        if than is not None and re.fullmatch(
            r"\s*(?:that|those)\s+(?:of|in)\s+(?:the\s+)?|\s*(?:as (?:much|many|large) as)\s+(?:the\s+|in\s+)*",
            layout.plain[value.end : than.start],
        ):
            return than.entity or layout.text[than.start : than.end]
    for time in times(layout):
        if value.end <= time.start <= right + 1 and _THAT_OF.fullmatch(layout.plain[value.end : time.start]) and value.kind == "multiple":
            return as_time(time).get("period") or as_time(time).get("as_of")
        if (
            time.end <= value.start
            and time.start >= left
            and re.search(r"(?:较|比|相比|是|from)\s*$", layout.plain[max(0, time.start - 5) : time.start])
        ):
            return as_time(time).get("period") or as_time(time).get("as_of")
    return None


def _listed_before(layout: Layout, value: Quantity) -> list[Quantity]:
    """The values of the list that `value` goes on with: what is said of the first is said of all (同比增长9%、12%)."""
    row = [value]
    for other in reversed(layout.values):
        if other.end <= row[-1].start and other.kind == value.kind and layout.lang.words["list"].fullmatch(layout.plain[other.end : row[-1].start]):
            row.append(other)
    return row[1:]


def years_of(quantity: Quantity) -> list[str]:
    """Return the single years of a period such as 2025-2027 (FY2025-FY2027), or the period alone."""
    period = quantity.values.period or ""
    found = _YEARS.match(period)
    if not found:
        return [period] if period else []
    prefix = found[1] or ""
    return [f"{prefix}{year}" for year in range(int(found[2]), int(found[3]) + 1)]
