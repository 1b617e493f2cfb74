"""Dates and periods, resolved against the day of publication (Friday, 16 January 2026, unless said otherwise)."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.nlp.periods import find_periods

PUBLISHED = date(2026, 1, 16)

ENGLISH = [
    ("on January 12, 2026", "2026-01-12"),
    ("on Jan. 5", "2026-01-05"),
    ("on 3 March 2025", "2025-03-03"),
    ("effective January 19", "2026-01-19"),
    ("on December 30", "2025-12-30"),
    ("dated 2025-11-28", "2025-11-28"),
    ("dated 20251128", "2025-11-28"),
    ("January 5-9", "2026-01-05/2026-01-09"),
    ("from Dec 29 to Jan 2", "2025-12-29/2026-01-02"),
    ("2025/11/28-2026/01/16", "2025-11-28/2026-01-16"),
    ("on Monday", "2026-01-12"),
    ("on Friday", "2026-01-16"),
    ("last Friday", "2026-01-09"),
    ("next Tuesday", "2026-01-20"),
    ("today", "2026-01-16"),
    ("yesterday", "2026-01-15"),
    ("this week", "2026-01-12/2026-01-18"),
    ("last month", "2025-12"),
    ("next quarter", "2026Q2"),
    ("this year", "2026"),
    ("the previous year", "2025"),
    ("Q4 2025", "2025Q4"),
    ("Q4'25", "2025Q4"),
    ("4Q25", "2025Q4"),
    ("2025Q4", "2025Q4"),
    ("in Q3", "2025Q3"),
    ("the fourth quarter of 2025", "2025Q4"),
    ("fourth-quarter revenue", "2025Q4"),
    ("first-quarter guidance", "2026Q1"),
    ("the second quarter of last year", "2025Q2"),
    ("FY25Q4", "FY2025Q4"),
    ("FY2026", "FY2026"),
    ("FY26E", "FY2026"),
    ("FY2026-2028", "FY2026-FY2028"),
    ("fiscal 2027", "FY2027"),
    ("fiscal year 2027", "FY2027"),
    ("the second half of 2026", "2026H2"),
    ("in the first half of the year", "2026H1"),
    ("1H26", "2026H1"),
    ("H2 2025", "2025H2"),
    ("the first nine months of 2025", "2025-01-01/2025-09-30"),
    ("in 2027", "2027"),
    ("by 2030", "2030"),
    ("its 2026 strategy", "2026"),
    ("2026E", "2026"),
    ("2026-2030", "2026-2030"),
    ("between 2026 and 2030", "2026-2030"),
    ("from 2026 to 2028", "2026-2028"),
    ("in March 2025", "2025-03"),
    ("by April", "2026-04"),
    ("since November", "2025-11"),
    ("over the past eight weeks", "2025-11-21/2026-01-16"),
    ("in the last six months", "2025-07-16/2026-01-16"),
    ("over the next decade", "2026-01-16/2036-01-16"),
    ("so far this year", "2026-01-01/2026-01-16"),
    ("year-to-date", "2026-01-01/2026-01-16"),
    ("it may march on", ""),
    ("2026 GW of 2000%", ""),
    ("costing $2025", ""),
    ("the 2020s", ""),
    ("1,999 and 20.25", ""),
    ("H100 and H20", ""),
    ("Q6", ""),
    ("sat on the sofa", ""),
]
CHINESE = [
    ("2026年1月12日", "2026-01-12"),
    ("1月12日", "2026-01-12"),
    ("12月30日", "2025-12-30"),
    ("15日晚间公告", "2026-01-15"),
    ("29日表示", "2025-12-29"),
    ("1月5日至9日", "2026-01-05/2026-01-09"),
    ("12月29日-1月2日", "2025-12-29/2026-01-02"),
    ("2025年11月28日至2026年1月16日", "2025-11-28/2026-01-16"),
    ("周一", "2026-01-12"),
    ("上周五", "2026-01-09"),
    ("下周三", "2026-01-21"),
    ("星期四", "2026-01-15"),
    ("今日", "2026-01-16"),
    ("昨日", "2026-01-15"),
    ("明天", "2026-01-17"),
    ("本周", "2026-01-12/2026-01-18"),
    ("上月", "2025-12"),
    ("去年", "2025"),
    ("今年", "2026"),
    ("明年底", "2027"),
    ("2025年第四季度", "2025Q4"),
    ("2025年四季度", "2025Q4"),
    ("四季度", "2025Q4"),
    ("去年三季度", "2025Q3"),
    ("25Q4", "2025Q4"),
    ("今年上半年", "2026H1"),
    ("2025年下半年", "2025H2"),
    ("前三季度", "2025-01-01/2025-09-30"),
    ("2025年1-11月", "2025-01-01/2025-11-30"),
    ("前11个月", "2025-01-01/2025-11-30"),
    ("2026年", "2026"),
    ("2026年度", "2026"),
    ("2027财年", "FY2027"),
    ("26年营收", "2026"),
    ("2026—2030年", "2026-2030"),
    ("2026年至2030年", "2026-2030"),
    ("2025年12月", "2025-12"),
    ("12月份", "2025-12"),
    ("近六个月", "2025-07-16/2026-01-16"),
    ("过去三年", "2023-01-16/2026-01-16"),
    ("未来5年", "2026-01-16/2031-01-16"),
    ("年初以来", "2026-01-01/2026-01-16"),
    ("3个月", ""),
    ("5日均线", ""),
    ("回踩五日线", ""),
    ("三季报未出", "2025Q3"),
    ("一周", ""),
]


@pytest.mark.parametrize(("phrase", "expected"), ENGLISH, ids=[phrase for phrase, _ in ENGLISH])
def test_reads_english_periods(phrase: str, expected: str) -> None:
    assert _read(phrase, "en", PUBLISHED) == expected


@pytest.mark.parametrize(("phrase", "expected"), CHINESE, ids=[phrase for phrase, _ in CHINESE])
def test_reads_chinese_periods(phrase: str, expected: str) -> None:
    assert _read(phrase, "zh", PUBLISHED) == expected


@pytest.mark.parametrize(("phrase", "language"), [
    ("today", "en"), ("on Monday", "en"), ("the fourth quarter", "en"), ("上周五", "zh"), ("四季度", "zh")])
def test_a_relative_date_is_not_known_without_the_day_of_publication(phrase: str, language: str) -> None:
    assert not any(when.known for when in find_periods(phrase, language))


def test_a_full_date_is_known_without_the_day_of_publication() -> None:
    assert _read("2025年12月31日", "zh", None) == "2025-12-31"


def test_a_quarter_without_a_year_is_the_one_nearest_to_publication() -> None:
    assert _read("the second quarter", "en", date(2025, 8, 2)) == "2025Q2"


@given(st.dates(date(1990, 1, 1), date(2059, 12, 31)),
       st.sampled_from([("%Y-%m-%d", "en"), ("%B %-d, %Y", "en"), ("%d %B %Y", "en"), ("%Y%m%d", "en"), ("%Y年%m月%d日", "zh"),
                        ("%Y/%m/%d", "zh")]))
def test_a_date_printed_in_any_form_is_read_back(day: date, form: tuple[str, str]) -> None:
    if form[0] == "%Y%m%d" and day.year < 2000:
        return  # eight digits that begin with 19 are more often a code
    assert _read(day.strftime(form[0]), form[1], None) == day.isoformat()


def _read(phrase: str, language: str, published: date | None) -> str:
    found = [when for when in find_periods(phrase, language, published) if when.known]
    return "; ".join(when.as_of or when.period or "/".join(when.window or ()) for when in found)
