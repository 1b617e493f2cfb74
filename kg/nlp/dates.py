"""The parts of a written date: its year, month and day as numbers, and the day or stretch of days nearest to the day of publication."""

from __future__ import annotations

import calendar
from collections.abc import Mapping
from datetime import date, timedelta

from dateutil.relativedelta import relativedelta

from kg.nlp import period_patterns as patterns

Groups = Mapping[str, str | None]


def year_of(groups: Groups, published: date | None) -> int | None:
    """Return the year that a match names: in digits, in Chinese digits, or by its distance from this one."""
    written = groups.get("y")
    if written:
        written = written.strip("'’ ")
        if not written.isascii():
            return int("".join(str("〇一二三四五六七八九".index(char.replace("零", "〇"))) for char in written))
        return int(written) if len(written) == 4 else 2000 + int(written)
    relative = groups.get("ry")
    if relative and published is not None:
        return published.year + patterns.YEAR_STEPS[relative.lower()]
    return None


def month_of(groups: Groups, which: str = "") -> int | None:
    """Return the month that a match names, as a word or a number."""
    name = groups.get("mon" + which)
    if name:
        return patterns.MONTHS[name.lower()[:3]]
    written = groups.get("m" + which)
    return ordinal(written) if written else None


def ordinal(written: str | None) -> int | None:
    """Return the number that is written in digits or as an ordinal; None for neither."""
    if not written:
        return None
    return int(written) if written.isdigit() and written.isascii() else patterns.ORDINALS.get(written.lower())


def valid_day(year: int, month: int, day: int) -> date | None:
    """Return that day; None where the calendar has none such."""
    try:
        return date(year, month, day)
    except ValueError:
        return None


def last_day(year: int, month: int) -> date:
    """Return the last day of a month."""
    return date(year, month, calendar.monthrange(year, month)[1])


def nearest_day(month: int, day: int, published: date | None) -> date | None:
    """Return the day of that name nearest to the day of publication."""
    if published is None:
        return None
    days = [on for step in (-1, 0, 1) if (on := valid_day(published.year + step, month, day))]
    return min(days, key=lambda on: abs((on - published).days), default=None)


def distance(published: date, start: tuple[int, int], months: int) -> int:
    """Return the days from the day of publication to a stretch of `months` that begins at (year, month); zero within it."""
    first = date(*start, 1)
    last = first + relativedelta(months=months) - timedelta(days=1)
    return max((first - published).days, (published - last).days, 0)
