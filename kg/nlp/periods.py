"""Dates and periods in running text, resolved against the day of publication.

Canonical forms: a day is `as_of` in ISO; a period is 2026, 2026-01, 2025Q4, 2025H1, 2026-2030, FY2026, FY2025Q4 (a fiscal year is not
taken for a calendar year: FY25Q4 stays FY2025Q4); a stretch of days is a window. What cannot be computed without the day of
publication (today, the fourth quarter, 上周) is not known when that day is not. A quarter or month without a year is the one nearest
to the day of publication.
"""

from __future__ import annotations

import calendar
import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date, timedelta

from dateutil.relativedelta import relativedelta

from kg.knowledge.normalise import HAN
from kg.nlp import period_patterns as patterns
from kg.nlp.dates import Groups, distance, last_day, month_of, nearest_day, ordinal, valid_day, year_of


@dataclass(frozen=True, slots=True)
class When:
    """A date (`as_of`) or a period (`period`, or a window of two ISO dates) at `[start, end)`."""

    start: int
    end: int
    as_of: str | None = None
    period: str | None = None
    window: tuple[str, str] | None = None

    @property
    def known(self) -> bool:
        """False for a relative date (the fourth quarter, 1月6日) when the day of publication is unknown: still no figure."""
        return bool(self.as_of or self.period or self.window)


Resolver = Callable[[Groups, date | None], "Found | None"]


@dataclass(frozen=True, slots=True)
class Found:
    """What a resolver makes of a match."""

    as_of: str | None = None
    period: str | None = None
    window: tuple[str, str] | None = None


_UNKNOWN = Found()


def find_periods(text: str, language: str, published: date | None = None) -> list[When]:
    """Return the dates and periods of `text` (normalised), sorted and not overlapping. `published` resolves relative ones."""
    taken = bytearray(len(text))
    found: list[When] = []
    lower = text.lower()
    open_gates: dict[tuple[str, ...], bool] = {}
    chinese = bool(HAN.search(text))
    for name, gate, pattern in patterns.rules(english=language == "en" or not chinese, chinese=chinese):
        if gate not in open_gates:
            open_gates[gate] = any(literal in lower for literal in gate)
        if not open_gates[gate]:
            continue
        resolve = _RESOLVERS[name]
        for match in pattern.finditer(text):
            start, end = match.span()
            if any(taken[start:end]):
                continue
            made = resolve(match.groupdict(), published)
            if made is None and published is None and resolve is not _window:
                made = _UNKNOWN
            if made is not None:
                taken[start:end] = b"\1" * (end - start)
                found.append(When(start, end, made.as_of, made.period, made.window))
    return _in_order(text, sorted(found, key=lambda when: when.start))


def _in_order(text: str, found: list[When]) -> list[When]:
    """Quarters told in a row follow one another: in "Q1 and Q2" the first is not of the year after the second."""
    for place in range(len(found) - 1):
        one, other = (_QUARTER.fullmatch(when.period or "") for when in found[place:place + 2])
        gap = text[found[place].end:found[place + 1].start]
        if one and other and one["q"] < other["q"] and one["y"] > other["y"] and patterns.IN_A_ROW.fullmatch(gap):
            found[place] = replace(found[place], period=f"{other['y']}Q{one['q']}")
    return found


_QUARTER = re.compile(r"(?P<y>\d{4})Q(?P<q>[1-4])")


# -- resolvers: groups of a match and the day of publication -> what it means -----------------------------------------------------------


def _day(groups: Groups, published: date | None) -> Found | None:
    year = year_of(groups, published)
    month, day = month_of(groups), int(groups["d"] or 0)
    if month is None:
        return None
    on = nearest_day(month, day, published) if year is None else valid_day(year, month, day)
    return Found(as_of=on.isoformat()) if on else None


def _day_range(groups: Groups, published: date | None) -> Found | None:
    first = _day(groups, published)
    if first is None or first.as_of is None:
        return None
    start = date.fromisoformat(first.as_of)
    month = month_of(groups, "2") or start.month
    last = groups.get("y2")
    year = int(last) if last else start.year + (month < start.month)
    end = valid_day(year, month, int(groups["d2"] or 0))
    if end is not None and last and not groups.get("y"):
        start = valid_day(year - (start.month > month), start.month, start.day) or start
    return Found(window=(start.isoformat(), end.isoformat())) if end and start <= end else None


def _day_of_month(groups: Groups, published: date | None) -> Found | None:
    """`16日`: the last such day that is not past the day after publication."""
    if published is None:
        return None
    for back in range(3):
        near = published - relativedelta(months=back)
        on = valid_day(near.year, near.month, int(groups["d"] or 0))
        if on and on <= published + timedelta(days=1):
            return Found(as_of=on.isoformat())
    return None


def _whole_month(groups: Groups, published: date | None) -> Found | None:
    year, month = year_of(groups, published), month_of(groups)
    if month is None:
        return None
    side = (groups.get("side") or "").lower()
    if side and published is not None:  # "last September" is over, "next May" has not begun
        year = published.year - (month >= published.month) if side == "last" else published.year + (month <= published.month)
    if year is None:
        middle = nearest_day(month, 15, published)
        if middle is None:
            return None
        year = middle.year
    return Found(period=f"{year}-{month:02d}")


def _quarter(groups: Groups, published: date | None) -> Found | None:
    quarter = ordinal(groups["q"])
    if quarter is None:
        return None
    year = year_of(groups, published)
    fiscal = "FY" if groups.get("fy") else ""
    if year is None and published is not None and not fiscal:
        year = min((published.year + step for step in (-1, 0, 1)), key=lambda y: distance(published, (y, 3 * quarter - 2), 3))
    return Found(period=f"{fiscal}{year}Q{quarter}") if year is not None else None


def _half(groups: Groups, published: date | None) -> Found | None:
    half = ordinal(groups["q"])
    year = year_of(groups, published)
    if year is None and published is not None and half is not None:
        year = min((published.year + step for step in (-1, 0, 1)), key=lambda y: distance(published, (y, 6 * half - 5), 6))
    return Found(period=f"{'FY' if groups.get('fy') else ''}{year}H{half}") if year is not None and half in (1, 2) else None


def _months(groups: Groups, published: date | None) -> Found | None:
    """From one month to another (July-September, 2021年4~5月份); without a year, the stretch that has ended or is about to."""
    first, last, year = month_of(groups), month_of(groups, "2"), year_of(groups, published)
    if first is None or last is None or not (1 <= first < last <= 12):
        return None
    if year is None and published is not None:
        year = published.year - (last_day(published.year, last) > published + timedelta(days=31))
    return Found(window=(f"{year}-{first:02d}-01", last_day(year, last).isoformat())) if year is not None else None


def _ending(groups: Groups, published: date | None) -> Found | None:
    """The year to March, the nine months ended September 30: the stretch that ends there; without a year, the nearest such end.

    An end that is said to be past ("ended") lies before the day of publication, one to come ("ending") not long before it.
    """
    month, day, year = month_of(groups), int(groups.get("d") or 0), year_of(groups, published)
    if month is None:
        return None
    years = [year] if year is not None else [published.year + step for step in (-1, 0, 1)] if published is not None else []
    ends = [end for y in years if (end := valid_day(y, month, day) if day else last_day(y, month))]
    side = (groups["side"] or "").lower()
    if published is not None and year is None:
        month_ago = published - timedelta(days=31)
        ends = [end for end in ends if (end <= published if side.endswith("ended") else end >= month_ago if side == "ending" else True)]
        ends.sort(key=lambda end: abs((end - published).days))
    count = ordinal(groups.get("n")) if groups.get("n") else 1
    if not ends or not count:
        return None
    months = {"y": 12, "m": 1, "q": 3}[(groups["unit"] or "y")[0].lower()] * count
    first = ends[0] + timedelta(days=1) - relativedelta(months=months)
    return Found(window=(first.isoformat(), ends[0].isoformat()))


def _quarter_to(groups: Groups, published: date | None) -> Found | None:
    """The December quarter: the three months that end with it."""
    month = month_of(groups)
    return _quarter({**groups, "q": str((month or 0) // 3)}, published) if month else None


def _first_months(groups: Groups, published: date | None) -> Found | None:
    """The first nine months, 前三季度: from New Year's Day to the end of the last month named."""
    count = ordinal(groups["n"])
    if count is None:
        return None
    months = count * 3 if groups.get("quarters") else count
    year = year_of(groups, published)
    if year is None and published is not None and 1 <= months <= 12:
        ended = date(published.year, months, 1) + relativedelta(months=1)
        year = published.year if ended <= published + timedelta(days=31) else published.year - 1
    if year is None or not 1 <= months <= 12:
        return None
    return Found(window=(f"{year}-01-01", f"{year}-{months:02d}-{calendar.monthrange(year, months)[1]:02d}"))


def _whole_year(groups: Groups, published: date | None) -> Found | None:
    year = year_of(groups, published)
    return Found(period=f"{'FY' if groups.get('fy') else ''}{year}") if year is not None else None


def _years(groups: Groups, published: date | None) -> Found | None:
    first = year_of(groups, published)
    written = groups["y2"] or ""
    if first is None or not written:
        return None
    last = int(written) if len(written) == 4 else first // 100 * 100 + int(written)
    fiscal = "FY" if groups.get("fy") else ""
    return Found(period=f"{fiscal}{first}-{fiscal}{last}") if first < last <= first + 60 else None


def _relative(groups: Groups, published: date | None) -> Found | None:
    """This, last or next day, week, month, quarter or year."""
    if published is None:
        return None
    step, unit = patterns.STEPS[(groups["rel"] or "").lower().replace("-", " ")]
    if unit == "day":
        return Found(as_of=(published + timedelta(days=step)).isoformat())
    if unit == "week":
        monday = published - timedelta(days=published.weekday()) + timedelta(weeks=step)
        return Found(window=(monday.isoformat(), (monday + timedelta(days=6)).isoformat()))
    if unit == "month":
        near = published + relativedelta(months=step)
        return Found(period=f"{near.year}-{near.month:02d}")
    if unit == "quarter":
        near = published + relativedelta(months=3 * step)
        return Found(period=f"{near.year}Q{(near.month + 2) // 3}")
    return Found(period=str(published.year + step))


def _weekday(groups: Groups, published: date | None) -> Found | None:
    """The last such day up to the day of publication, or the one in the week that 上, 本, 下 (last, this, next) names."""
    if published is None:
        return None
    wanted = patterns.WEEKDAYS[(groups["wd"] or "").lower()]
    week, of = groups.get("week"), groups.get("of")
    monday = published - timedelta(days=published.weekday())
    if of:  # "Tuesday next week"
        on = monday + timedelta(weeks=patterns.WEEK_STEPS[of.lower()], days=wanted)
    elif week:
        step = patterns.WEEK_STEPS[week.lower()]
        on = monday + timedelta(weeks=step, days=wanted)
        if week.lower() == "last":  # "last Friday" said on a Monday is three days ago, not ten
            on = published - timedelta(days=(published.weekday() - wanted) % 7 or 7)
        elif week.lower() == "next":
            on = published + timedelta(days=(wanted - published.weekday()) % 7 or 7)
    else:
        on = published - timedelta(days=(published.weekday() - wanted) % 7)
    return Found(as_of=on.isoformat())


def _window(groups: Groups, published: date | None) -> Found | None:
    """The past eight weeks, 近六个月, the next decade: counted from the day of publication."""
    count = ordinal(groups.get("n")) if groups.get("n") else 1
    if published is None or not count:
        return None
    unit = patterns.SPANS[(groups["unit"] or "").lower()]
    try:
        step = {"day": relativedelta(days=count), "week": relativedelta(weeks=count), "month": relativedelta(months=count),
                "quarter": relativedelta(months=3 * count), "half": relativedelta(months=6), "year": relativedelta(years=count),
                "decade": relativedelta(years=10 * count)}[unit]
        if (groups["side"] or "").lower() in patterns.AHEAD:
            return Found(window=(published.isoformat(), (published + step).isoformat()))
        return Found(window=((published - step).isoformat(), published.isoformat()))
    except (OverflowError, ValueError):
        return None


def _year_to_date(groups: Groups, published: date | None) -> Found | None:
    del groups
    return Found(window=(f"{published.year}-01-01", published.isoformat())) if published else None


_RESOLVERS: dict[str, Resolver] = {
    "day": _day, "day_range": _day_range, "day_of_month": _day_of_month, "month": _whole_month, "months": _months, "ending": _ending,
    "quarter": _quarter, "quarter_to": _quarter_to, "half": _half, "first_months": _first_months, "year": _whole_year, "years": _years,
    "relative": _relative, "weekday": _weekday, "window": _window, "year_to_date": _year_to_date,
}
