"""Folding keeps the way back to the text; keys are equal only for spellings of one name."""

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from kg.knowledge.normalise import fold, key, legal_form_only, simplify


@given(st.text(alphabet="汉得 信息\n臺積電ＡＢc d，é·", max_size=40))
def test_every_folded_character_comes_from_its_place_in_the_text(text: str) -> None:
    folded = fold(text)
    assert len(folded.starts) == len(folded.text) + 1
    assert all(simplify(text[place]) in (char, "") for char, place in zip(folded.text, folded.starts, strict=False))


@given(st.text(alphabet="汉得 信息\n臺積電ＡＢc d，é·", max_size=40))
@example("c\nc")
def test_the_two_ways_of_folding_agree(text: str) -> None:
    assert simplify(text) == fold(text.strip()).text


def test_a_stray_space_in_a_chinese_name_is_spanned() -> None:
    text = "看好汉得 信息"
    folded = fold(text)
    place = folded.text.index("汉得信息")
    assert text[slice(*folded.span(place, place + 4))] == "汉得 信息"


def test_a_wide_gap_between_two_columns_is_no_stray_space() -> None:
    assert fold("汉得   信息").text == "汉得 信息"


@pytest.mark.parametrize(("left", "right"), [
    ("Acme Widgets Inc.", "ACME WIDGETS CORP"), ("Acme Widgets Co., Ltd.", "Acme Widgets"), ("某某光電股份有限公司", "某某光电"),
    ("Ørsted A/S", "ØRSTED"), ("Acme Holding N.V.", "Acme"),
])
def test_one_name_has_one_key(left: str, right: str) -> None:
    assert key(left) == key(right)


@pytest.mark.parametrize(("left", "right"), [
    ("Acme Energy", "Acme Entergy"), ("Acme Motors", "Acme"), ("某某科技", "某某信息"), ("Corp", "Inc"),
])
def test_names_that_only_look_alike_have_two_keys(left: str, right: str) -> None:
    assert key(left) != key(right)


def test_group_and_holdings_are_kept_where_only_the_legal_form_goes() -> None:
    assert legal_form_only("Acme Group Holdings Co., Ltd.") == "Acme Group Holdings"
