"""Without HanLP installed, and with what it gives: the parts of the seam that need no HanLP."""

from __future__ import annotations

import importlib.util

import pytest

from kg.errors import InputError
from kg.nlp.hanlp_pipeline import copied, placed
from kg.nlp.pipeline import Reader

INSTALLED = importlib.util.find_spec("hanlp_common") is not None


@pytest.mark.skipif(INSTALLED, reason="HanLP is installed here")
def test_what_to_install_is_told() -> None:
    with pytest.raises(InputError) as told:
        Reader(zh="hanlp:anything")
    assert str(told.value) == "HanLP is not installed (pip install 'kg-supplychain[hanlp]')"


@pytest.mark.parametrize("text", ["臺灣積體電路", "ＡＢ１２％，（：", "a\u3000b\tc", "👍🏽𠀀\u200b", ""])
def test_the_copy_is_as_long_as_the_text(text: str) -> None:
    assert len(copied(text)) == len(text)


def test_the_copy_keeps_full_width_punctuation() -> None:
    assert copied("台積電，１００％（ＡＢ）") == "台积电，100%（AB）"


@pytest.mark.parametrize(("words", "spans"), [
    (["北轧", "供应", "钢卷"], [(3, 5), (5, 7), (7, 9)]),
    (["北轧", "钢卷"], [(3, 5), (5, 7), (7, 9)]),
    (["北轧", "", "[UNK]", "钢卷"], [(3, 5), (5, 7), (7, 9)]),
    ([], [(3, 9)]),
])
def test_words_cover_the_text_whatever_the_model_leaves_out(words: list[str], spans: list[tuple[int, int]]) -> None:
    assert placed("北轧供应钢卷", words, 3) == spans
