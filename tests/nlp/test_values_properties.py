"""Values: a number printed in any form is read back to that number, and what must hold for any text at all."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kg.nlp.spans import Quantity
from kg.nlp.values import find_values

settings.register_profile("untimed", deadline=None)  # the first call loads the tables
settings.load_profile("untimed")

AMOUNTS = st.decimals(min_value=1, max_value=999, places=2).map(float)
WHOLE = st.integers(min_value=1, max_value=9_999)
FULL_WIDTH = str.maketrans("0123456789.,%$¥-", "０１２３４５６７８９．，％＄￥－")

MONEY = st.sampled_from([
    ("${:.2f} billion", 1e9, "USD", "en"), ("US${:.2f}bn", 1e9, "USD", "en"), ("{:.2f} million euros", 1e6, "EUR", "en"),
    ("NT$ {:.2f} trillion", 1e12, "TWD", "en"), ("{:.2f} billion yen", 1e9, "JPY", "en"), ("HK${:.2f}", 1, "HKD", "en"),
    ("£{:.2f}m", 1e6, "GBP", "en"), ("{:.2f} trillion won", 1e12, "KRW", "en"), ("{:.2f} cents", 0.01, "USD", "en"),
    ("€{:.2f}", 1, "EUR", "en"), ("USD {:.2f} thousand", 1e3, "USD", "en"), ("{:.2f} billion Swiss francs", 1e9, "CHF", "en"),
    ("{:.2f}亿元", 1e8, "CNY", "zh"), ("{:.2f}万美元", 1e4, "USD", "zh"), ("人民币{:.2f}万亿元", 1e12, "CNY", "zh"),
    ("{:.2f}亿港元", 1e8, "HKD", "zh"), ("{:.2f}万亿韩元", 1e12, "KRW", "zh"), ("{:.2f}百万欧元", 1e6, "EUR", "zh"),
    ("新台币{:.2f}亿元", 1e8, "TWD", "zh"), ("{:.2f}千万日元", 1e7, "JPY", "zh"), ("{:.2f}十亿英镑", 1e9, "GBP", "zh"),
])
SHARES = st.sampled_from([
    ("{:.2f}%", "en"), ("{:.2f} percent", "en"), ("{:.2f} per cent", "en"), ("{:.2f}％", "zh"), ("上涨{:.2f}%", "zh"), ("up {:.2f}%", "en")])
FALLS = st.sampled_from([("fell {:.2f}%", "en"), ("down {:.2f} percent", "en"), ("下跌{:.2f}%", "zh"), ("跌幅为{:.2f}%", "zh")])
RANGES = st.sampled_from([
    ("${:.2f} billion to ${:.2f} billion", "en", 1e9), ("${:.2f}-{:.2f} million", "en", 1e6), ("between €{:.2f} and €{:.2f}", "en", 1),
    ("{:.2f} to {:.2f} percent", "en", 1), ("{:.2f}-{:.2f} GW", "en", 1e9), ("between {:.2f} million won and {:.2f} million", "en", 1e6),
    ("{:.2f} to {:.2f} cents a share", "en", 0.01),
    ("{:.2f}-{:.2f}亿元", "zh", 1e8), ("{:.2f}亿至{:.2f}亿美元", "zh", 1e8), ("{:.2f}万元~{:.2f}万元", "zh", 1e4), ("{:.2f}%到{:.2f}%", "zh", 1),
    ("{:.2f}至{:.2f}倍", "zh", 1),
])
LOWER = st.sampled_from([
    ("over ${:.2f}m", "en"), ("more than ${:.2f}m", "en"), ("at least ${:.2f}m", "en"), ("${:.2f}m or more", "en"),
    ("超{:.2f}百万元", "zh"), ("逾{:.2f}百万元", "zh"), ("不低于{:.2f}百万元", "zh"), ("{:.2f}百万元以上", "zh"), ("{:.2f}百万元上方", "zh"),
])
UPPER = st.sampled_from([
    ("up to ${:.2f}m", "en"), ("as much as ${:.2f}m", "en"), ("at most ${:.2f}m", "en"), ("less than ${:.2f}m", "en"),
    ("不超过{:.2f}百万元", "zh"), ("至多{:.2f}百万元", "zh"), ("不足{:.2f}百万元", "zh"), ("{:.2f}百万元以内", "zh"), ("{:.2f}百万元下方", "zh"),
])
NEARLY = st.sampled_from([
    ("nearly {:.2f}%", "en"), ("about {:.2f}%", "en"), ("almost {:.2f}%", "en"), ("近{:.2f}%", "zh"), ("约{:.2f}%", "zh"), ("{:.2f}%左右", "zh")])
ALPHABET = st.sampled_from(
    "0123456789一二两三十百千万亿.,，-–~至到%％元美$¥€ \n年月日周季Q个家台内多MWGWhx倍成分之点约近超跌涨toandb"
    "etween()（）[]/\u200bé０９．昨上去")
TEXTS = st.one_of(st.text(), st.text(ALPHABET, max_size=60))
LANGUAGES = st.sampled_from(["en", "zh"])
DAYS = st.one_of(st.none(), st.dates(min_value=date(1990, 1, 1), max_value=date(2090, 1, 1)))


def only(text: str, language: str) -> Quantity:
    """The one value of `text`."""
    (quantity,) = find_values(text, language)
    return quantity


@given(AMOUNTS, MONEY)
def test_money_printed_in_any_form_is_read_back(amount: float, form: tuple[str, float, str, str]) -> None:
    pattern, scale, currency, language = form
    values = only(pattern.format(amount), language).values
    assert (values.currency, values.value) == (currency, pytest.approx(amount * scale))


@given(AMOUNTS, MONEY)
def test_full_width_money_is_read_like_narrow(amount: float, form: tuple[str, float, str, str]) -> None:
    text = form[0].format(amount)
    wide, narrow = only(text.translate(FULL_WIDTH), form[3]), only(text, form[3])
    assert (wide.start, wide.end, wide.values.value) == (narrow.start, narrow.end, narrow.values.value)


@given(AMOUNTS, SHARES)
def test_percentages_printed_in_any_form_are_read_back(amount: float, form: tuple[str, str]) -> None:
    quantity = only(form[0].format(amount), form[1])
    assert (quantity.kind, quantity.values.value) == ("percent", pytest.approx(amount))


@given(AMOUNTS, FALLS)
def test_a_fall_is_negative(amount: float, form: tuple[str, str]) -> None:
    quantity = only(form[0].format(amount), form[1])
    assert (quantity.change, quantity.values.value) == ("down", pytest.approx(-amount))


@given(st.integers(10_000, 999_999_999), st.sampled_from(["{:,} GPUs", "{:,} new employees", "about {:,} stores"]))
def test_grouped_counts_are_read_back(count: int, form: str) -> None:
    quantity = only(form.format(count), "en")
    assert (quantity.kind, quantity.values.value) == ("count", count)


@given(AMOUNTS, AMOUNTS, RANGES)
def test_ranges_printed_in_any_form_are_read_back(one: float, other: float, form: tuple[str, str, float]) -> None:
    values = only(form[0].format(one, other), form[1]).values
    assert [values.low, values.high] == pytest.approx(sorted((one * form[2], other * form[2])))


@given(AMOUNTS, LOWER)
def test_what_is_said_to_be_more_has_a_lower_end_alone(amount: float, form: tuple[str, str]) -> None:
    values = only(form[0].format(amount), form[1]).values
    assert (values.value, values.low, values.high) == (None, pytest.approx(amount * 1e6), None)


@given(AMOUNTS, UPPER)
def test_what_is_said_to_be_less_has_an_upper_end_alone(amount: float, form: tuple[str, str]) -> None:
    values = only(form[0].format(amount), form[1]).values
    assert (values.value, values.low, values.high) == (None, None, pytest.approx(amount * 1e6))


@given(AMOUNTS, NEARLY)
def test_nearly_is_approximate_and_no_bound(amount: float, form: tuple[str, str]) -> None:
    values = only(form[0].format(amount), form[1]).values
    assert (values.approximate, values.value) == (True, pytest.approx(amount))


@given(WHOLE, st.sampled_from(["{}亿元", "{}万元", "{}元"]))
def test_chinese_numerals_are_read_like_digits(number: int, form: str) -> None:
    assert only("投资" + form.format(_numeral(number)), "zh").values.value == only("投资" + form.format(number), "zh").values.value


@given(AMOUNTS, AMOUNTS, MONEY, MONEY)
def test_two_currencies_in_one_text_stay_apart(
    one: float, other: float, form: tuple[str, float, str, str], second: tuple[str, float, str, str]
) -> None:
    text = f"{form[0].format(one)} ; {second[0].format(other)}"
    read = [(quantity.values.currency, quantity.values.value) for quantity in find_values(text, form[3])]
    assert read == [(form[2], pytest.approx(one * form[1])), (second[2], pytest.approx(other * second[1]))]


@given(AMOUNTS, MONEY, st.integers(0, 4), st.integers(0, 4))
def test_spaces_around_change_nothing_but_the_offsets(amount: float, form: tuple[str, float, str, str], before: int, after: int) -> None:
    text = form[0].format(amount)
    bare, moved = only(text, form[3]), only(" " * before + text + " " * after, form[3])
    assert (moved.start, moved.end, moved.values) == (bare.start + before, bare.end + before, bare.values)


@given(AMOUNTS, MONEY, st.sampled_from([("公司投资了", "，创新高"), ("The plant cost ", ", they said"), ("(", ")")]))
def test_the_span_is_the_printed_figure(amount: float, form: tuple[str, float, str, str], around: tuple[str, str]) -> None:
    text = around[0] + form[0].format(amount) + around[1]
    quantity = only(text, form[3])
    assert text[quantity.start:quantity.end] == form[0].format(amount)


@given(st.dates(min_value=date(1990, 1, 1), max_value=date(2060, 1, 1)))
def test_a_day_printed_in_any_form_is_read_back(day: date) -> None:
    printed = [f"on {day:%B} {day.day}, {day.year}", f"on {day.day} {day:%B} {day.year}", f"on {day.isoformat()}"]
    read = [only(text, "en").values.as_of for text in printed]
    assert [*read, only(f"于{day.year}年{day.month}月{day.day}日", "zh").values.as_of] == [day.isoformat()] * 4


@given(TEXTS, LANGUAGES, DAYS)
def test_any_text_gives_sorted_spans_within_it_that_do_not_overlap(text: str, language: str, published: date | None) -> None:
    end = 0
    for quantity in find_values(text, language, published):
        assert end <= quantity.start < quantity.end <= len(text)
        end = quantity.end


@given(TEXTS, LANGUAGES, DAYS)
def test_a_window_does_not_end_before_it_begins(text: str, language: str, published: date | None) -> None:
    for quantity in find_values(text, language, published):
        assert (quantity.values.window_start or "") <= (quantity.values.window_end or "9999")


def _numeral(number: int) -> str:
    """`number` in Chinese numerals, up to 9,999."""
    digits, steps = "零一二三四五六七八九", ("千", "百", "十", "")
    said = "".join(digits[int(digit)] + step if digit != "0" else "零" for digit, step in zip(f"{number:04d}", steps, strict=True))
    while "零零" in said:
        said = said.replace("零零", "零")
    return said.strip("零")
