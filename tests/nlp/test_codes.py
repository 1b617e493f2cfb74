"""Codes: one way of writing each, with and without a name beside it."""

import pytest

from kg.nlp.codes import canonical_code, find_codes


@pytest.mark.parametrize(("written", "code"), [
    ("sz300308", "300308.SZ"), ("600519.SS", "600519.SH"), ("00700.HK", "0700.HK"), ("700.HK", "0700.HK"), ("HKEX: 9988", "9988.HK"),
    ("NASDAQ: NVDA", "NVDA"),
    ("NYSE：TSM", "TSM"), ("AAPL.O", "AAPL"), ("BRKb.N", "BRK-B"), ("TYO: 7203", "7203.T"), ("2330.TW", "2330.TW"),
    ("ASML.AS", "ASML.AS"), ("159363", "159363"),
])
def test_a_code_has_one_way_of_writing(written: str, code: str) -> None:
    assert canonical_code(written) == (code, True)


def test_bare_letters_may_be_anything() -> None:
    assert canonical_code("FDA") == ("FDA", False)


@pytest.mark.parametrize("written", ["2026", "12.5", "Acme", "3.SH", "FY2026", "ABC.XYZ", "PE: 22x"])
def test_what_is_no_code(written: str) -> None:
    assert canonical_code(written) is None


@pytest.mark.parametrize(("text", "code", "name"), [
    ("某某科技(300308)涨停", "300308", "某某科技"), ("某某科技（股票代码：300308）", "300308", "某某科技"),
    ("Acme ( ACM.N ) rose", "ACM", "Acme"),
    ("the Widget ETF, code 588200)", "588200", "the Widget ETF"), ("Acme <ACME.O> said", "ACME", "Acme"),
    ("某某-W（09988.HK）", "9988.HK", "某某-W"),
    ("双重上市的某某(600519.SH, 0700.HK)", "600519.SH", "双重上市的某某"),
])
def test_a_code_in_brackets_belongs_to_the_name_before_it(text: str, code: str, name: str) -> None:
    (hit,) = find_codes(text)
    assert (hit.code, text[:hit.name_end].endswith(name)) == (code, True)


@pytest.mark.parametrize(("text", "codes"), [
    ("buy $TSLA and 600519.SH now", ["TSLA", "600519.SH"]), ("规模最大159363实时吸金", ["159363"]), ("成交159363元", []),
    ("共159363.5万", []), ("约510300股", []),
    ("grew 20% (2025: 18%)", []), ("(see page 3)", []), ("in US$ terms", []),
])
def test_codes_that_stand_alone(text: str, codes: list[str]) -> None:
    assert [hit.code for hit in find_codes(text) if hit.certain] == codes
